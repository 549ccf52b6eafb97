"""The profile: the regulation of one public body as data, with the look-ups the pipeline needs."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Literal, TypeVar

from pydantic import Field, model_validator

from workbook_tools.profile.checks import cross_faults
from workbook_tools.profile.models import (
    Act,
    Activity,
    Annex,
    Bodies,
    Body,
    ChangeClass,
    Clause,
    Client,
    Defect,
    Direction,
    FieldSpec,
    InteractionForm,
    Kind,
    Limits,
    Officer,
    Part,
    Period,
    RuleSetting,
    SheetSpec,
    Style,
    Template,
    Term,
    TitleField,
    Touchpoint,
    Unit,
)
from workbook_tools.profile.order_texts import OrderTexts  # noqa: TC001 - pydantic reads the annotation at run time
from workbook_tools.profile.texts import Texts
from workbook_tools.text import compare_key, spelling_key, split_list

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

T = TypeVar("T", bound=Term)


def by_wording(terms: Iterable[T]) -> dict[str, T]:
    """Return the terms by the comparison key of every name and alias."""
    return {compare_key(word): term for term in terms for word in (*term.aliases, term.name)}


def _without_quotes(key: str) -> str:
    """Return a compared text without quotes: «СЭД "ДелоПро"» is «СЭД ДелоПро»."""
    return key.replace('"', "")


class Profile(Part):
    """The regulation of one public body as data.

    Source: the body's Порядок; field names are the words of design.md section 2.
    """

    schema_number: Literal[1] = Field(alias="schema")
    name: str
    body: Body
    act: Act
    officer: Officer
    period: Period = Field(default_factory=Period)
    directions: tuple[Direction, ...] = Field(min_length=1)
    activities: tuple[Activity, ...] = Field(min_length=1)
    touchpoints: tuple[Touchpoint, ...] = Field(min_length=1)
    interaction_forms: tuple[InteractionForm, ...]
    needs: tuple[Term, ...] = ()
    units: tuple[Unit, ...]
    kinds: tuple[Kind, ...]
    clients: tuple[Client, ...]
    actions: tuple[Term, ...]
    answers: tuple[Term, ...]
    states: tuple[Term, ...]
    severities: tuple[Term, ...]
    fields: tuple[FieldSpec, ...]
    title_fields: tuple[TitleField, ...]
    template: Template
    sheets: dict[str, SheetSpec]
    annex: Annex
    style: Style
    clauses: dict[str, Clause]
    rules: dict[str, RuleSetting]
    changes: dict[str, ChangeClass]
    order: OrderTexts
    texts: Texts = Field(default_factory=Texts)
    defects: tuple[Defect, ...] = ()
    decision_rules: frozenset[str] = frozenset()
    limits: Limits = Field(default_factory=Limits)
    bodies: Bodies = Field(default_factory=Bodies)
    government_domains: tuple[str, ...] = ()
    stage_words: tuple[str, ...] = ()
    kind_overrides: dict[str, Literal["digital", "offline"]] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _agrees_with_itself(self) -> Profile:
        faults = cross_faults(self)
        if faults:
            raise ValueError("\n".join(faults))
        return self

    @cached_property
    def field(self) -> Mapping[str, FieldSpec]:
        """The columns by name."""
        return {field.name: field for field in self.fields}

    @cached_property
    def unit(self) -> Mapping[str, Unit]:
        """The units by code."""
        return {unit.code: unit for unit in self.units}

    @cached_property
    def units_by_wording(self) -> Mapping[str, Unit]:
        """The units by the comparison key of code and name."""
        return {compare_key(word): unit for unit in self.units for word in (unit.name, unit.code)}

    @cached_property
    def words(self) -> Mapping[str, Mapping[str, Term]]:
        """The closed lists: for each, its terms by the comparison key of name and aliases."""
        return {
            "actions": by_wording(self.actions),
            "directions": by_wording(self.directions),
            "activities": by_wording(self.activities),
            "clients": by_wording(self.clients),
            "kinds": by_wording(self.kinds),
            "answers": by_wording(self.answers),
            "states": by_wording(self.states),
        }

    @cached_property
    def wordings(self) -> Mapping[str, Mapping[str, str]]:
        """For each closed list, and for touchpoints and units, every wording and what it means, as people read it."""
        lists: dict[str, Iterable[Term]] = {name: getattr(self, name) for name in (*self.words, "touchpoints")}
        meant = {
            name: {word: term.name for term in terms for word in (*term.aliases, term.name)}
            for name, terms in lists.items()
        }
        return meant | {"units": {word: unit.code for unit in self.units for word in (unit.name, unit.code)}}

    @cached_property
    def touchpoints_by_wording(self) -> Mapping[str, Touchpoint]:
        """The known touchpoints by the comparison key of name and aliases, quotes left out."""
        return {_without_quotes(key): item for key, item in by_wording(self.touchpoints).items()}

    @cached_property
    def activities_by_wording(self) -> Mapping[str, Activity]:
        """The activities by the comparison key of name, aliases and heading in the annex."""
        labels = {compare_key(activity.annex_label): activity for activity in self.activities}
        return by_wording(self.activities) | labels

    @cached_property
    def activity_of(self) -> Mapping[str, Activity]:
        """The activities by name, as they stand in frames."""
        return {activity.name: activity for activity in self.activities}

    @cached_property
    def direction_of(self) -> Mapping[str, str]:
        """The direction's name for each activity's name."""
        names = {direction.code: direction.name for direction in self.directions}
        return {activity.name: names[activity.direction] for activity in self.activities}

    @cached_property
    def owner_of(self) -> Mapping[str, str]:
        """The code of the first unit that owns each activity, by the activity's name."""
        names = {activity.code: activity.name for activity in self.activities}
        return {names[code]: unit.code for unit in reversed(self.units) for code in unit.activities}

    @cached_property
    def forms_by_wording(self) -> Mapping[str, str]:
        """The forms of interaction by the comparison key of name and synonyms; the last form takes what is left."""
        return {
            compare_key(word): form.name for form in self.interaction_forms[:-1] for word in (form.name, *form.synonyms)
        }

    @cached_property
    def needs_by_wording(self) -> Mapping[str, Term]:
        """The needs that go by several wordings, by the comparison key of each."""
        return by_wording(self.needs)

    def needs_key(self, text: str) -> str:
        """Return the form by which two lists of needs are compared: order, case, repeats and synonyms aside."""
        return "\n".join(sorted({self.need_key(item) for item in split_list(text)} - {""}))

    def need_key(self, text: str) -> str:
        """Return what one need is compared by, the same for all wordings that the profile calls one."""
        key = compare_key(text)
        known = self.needs_by_wording.get(key)
        return compare_key(known.name) if known else key

    def needs_spelling(self, text: str) -> str:
        """Return the form in which two lists of needs are spelled alike: order, case, repeats and synonyms aside."""
        return spelling_key("; ".join(self._plain_need(item) for item in split_list(text)))

    def _plain_need(self, text: str) -> str:
        """Return the name for a synonym; the name itself however it is spelled stays as it is."""
        key = compare_key(text)
        known = self.needs_by_wording.get(key)
        return known.name if known and key != compare_key(known.name) else text

    def touchpoint(self, text: str) -> Touchpoint | None:
        """Return the known touchpoint that a wording means, or None."""
        return self.touchpoints_by_wording.get(_without_quotes(compare_key(text)))

    def touchpoint_key(self, text: str) -> str:
        """Return what identifies a touchpoint: its code where it is known, else its comparison key."""
        known = self.touchpoint(text)
        return known.code if known else compare_key(text)

    def kind_of(self, touchpoint: Touchpoint) -> str:
        """Return a known touchpoint's kind, the profile's override first."""
        return self.kind_overrides.get(touchpoint.code, touchpoint.kind)

    def name_of(self, listing: str, value: str) -> str:
        """Return the name that people read for a value of a closed list; the value itself where unknown."""
        terms: Iterable[Term] = getattr(self, listing)
        return next((term.name for term in terms if term.value == value), value)

    def unit_code(self, text: str) -> str:
        """Return the code of the unit that a name or a code means, the text itself where it means none."""
        known = self.units_by_wording.get(compare_key(text))
        return known.code if known else text

    def unit_name(self, code: str) -> str:
        """Return a unit's name, or the code itself where the profile does not know it."""
        return self.unit[code].name if code in self.unit else code

    def shown(self, column: str, value: str) -> str:
        """Return a frame's value as people read it in that column."""
        listing = self.field[column].list if column in self.field else None
        if column == "unit":
            return self.unit_name(value)
        return self.name_of(listing, value) if listing else value

    def column_header(self, column: str) -> str:
        """Return the header or label that people know a column or title field by, "" where it is neither."""
        labels = {field.name: field.label for field in self.title_fields}
        return self.field[column].header if column in self.field else labels.get(column, "")

    def headers(self, sheet: str) -> dict[str, str]:
        """Return a sheet's headers by column name, in the sheet's order."""
        return {column.name: column.header or self.field[column.name].header for column in self.sheets[sheet].columns}

    def quoted(self, rule: str) -> str:
        """Return the clause that a rule rests on, as cited, with its text in quotation marks where it has one."""
        clause = self.clauses[self.rules[rule].clause]
        return f"{clause.cite}: «{clause.text.rstrip('.')}»" if clause.text else clause.cite

    def cite(self, rule: str) -> str:
        """Return the clause that a rule rests on, as cited."""
        return self.clauses[self.rules[rule].clause].cite
