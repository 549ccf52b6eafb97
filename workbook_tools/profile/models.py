"""The parts of a profile: each model is one table of the profile's file."""

from __future__ import annotations

import datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

SeverityName = Literal["error", "warning", "info"]
KindName = Literal["digital", "offline"]
ActionName = Literal["keep", "include", "change", "exclude"]
ContactType = Literal["none", "url", "email", "phone", "place"]


class Part(BaseModel):
    """One table of the profile: unknown keys are faults, values never change."""

    # What checks the tables of a file is built when the first profile is read: a process that is handed one needs none.
    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True, defer_build=True)


class Signatory(Part):
    """Who signs the order."""

    post: str
    name: str


class Body(Part):
    """The public body whose register this is."""

    name: str = Field(min_length=1)
    genitive: str = Field(min_length=1)
    short: str = Field(min_length=1)
    signatory: Signatory


class Act(Part):
    """The order that approves the Порядок and its annex."""

    kind: str
    date: datetime.date
    number: str
    title: str
    annex: str


class Officer(Part):
    """The authorised officer (раздел II, п. 2).

    `unit` is the code of the unit they work in, to which the records go that no unit owns; it may be unset.
    """

    post: str
    name: str
    receiving_unit: str
    unit: str = ""


class Period(Part):
    """The period of actualisation and its deadline; both may be unset."""

    label: str = ""
    deadline: datetime.date | None = None


class Term(Part):
    """A word of a closed list: the code used inside, the name people read."""

    name: str = Field(min_length=1)
    code: str = ""
    aliases: tuple[str, ...] = ()

    @property
    def value(self) -> str:
        """The form in which the term stands in frames: its code, else its name."""
        return self.code or self.name


class Kind(Term):
    """A kind of touchpoint and its label in the printed annex."""

    code: KindName
    annex_label: str


class Client(Term):
    """A type of client."""

    external: bool = False


class Activity(Term):
    """A kind of activity, its direction and its heading in the annex."""

    code: str = Field(min_length=1)
    direction: str
    annex_label: str
    client: str
    oral: bool = False

    @property
    def value(self) -> str:
        """Activities stand in frames by name, as in the Порядок."""
        return self.name


class Direction(Term):
    """One of the directions of activity."""

    code: str = Field(min_length=1)

    @property
    def value(self) -> str:
        """Directions stand in frames by name, as in the Порядок."""
        return self.name


class Touchpoint(Term):
    """A touchpoint of the reference list, or one known outside it."""

    code: str = Field(min_length=1)
    kind: KindName
    kind_disputed: bool = False
    clause: str
    in_list: bool = True
    internal: bool = False
    contact: ContactType


class InteractionForm(Part):
    """A form of interaction and the wordings that mean it."""

    name: str
    synonyms: tuple[str, ...] = ()


class Unit(Part):
    """A structural unit, the activities it owns, and whom to write to: its head, executor and e-mail may be unset."""

    code: str = Field(pattern=r"^[\w-]{1,20}$")
    name: str = Field(min_length=1)
    activities: tuple[str, ...] = ()
    head: str = ""
    executor: str = ""
    email: str = ""


class FieldSpec(Part):
    """A column of the register: the one place where its header stands."""

    name: str
    header: str = Field(min_length=1)
    help: str = ""
    list: Literal["actions", "directions", "activities", "clients", "kinds", "answers", "states"] | None = None
    required_for: tuple[ActionName, ...] = ()
    max_length: int | None = Field(default=None, gt=0, le=32767)


class TitleField(Part):
    """A line of the title sheet: label in column B, value in column C."""

    name: str
    label: str = Field(min_length=1)
    fill: Literal["program", "unit"]
    type: Literal["text", "date", "answer"] = "text"
    hint: str = ""


class ColumnSpec(Part):
    """A column of a sheet: its width in characters, and its header where the field's own does not serve."""

    name: str
    width: float = Field(gt=0, le=255)
    header: str = ""


class SheetSpec(Part):
    """A sheet of a workbook we write."""

    name: str = Field(min_length=1, max_length=31)
    columns: tuple[ColumnSpec, ...] = ()


class Template(Part):
    """The unit's template."""

    version: str
    header_row: int = Field(ge=1)
    free_rows: int = Field(ge=0, le=100_000)
    file_name: str
    instruction_title: str
    instruction: tuple[str, ...]


class Annex(Part):
    """The printed form of the register."""

    mark: tuple[str, ...]
    title: str
    contact_joins: dict[ContactType, str]


class Margins(Part):
    """Page margins in millimetres."""

    left: float
    right: float
    top: float
    bottom: float


class Style(Part):
    """Fonts and margins of what is printed; sizes in points."""

    font: str
    screen_font: str
    size: int = Field(ge=6, le=20)
    table_size: int = Field(ge=6, le=20)
    standard: str
    margins_mm: Margins


class Clause(Part):
    """A clause of the Порядок as cited and as quoted."""

    cite: str = Field(min_length=1)
    text: str


class Limits(Part):
    """Where a rule or a list begins and ends; the scores run from 0 (nothing in common) to 100 (the same)."""

    suggestion: float = Field(default=75, ge=50, le=100)
    similar_need: float = Field(default=85, ge=50, le=100)
    similar_process: float = Field(default=90, ge=50, le=100)
    shown_cells: int = Field(default=5, ge=1)
    shown_alike: int = Field(default=5, ge=1)


class Bodies(Part):
    """How the name of a public body is known in a text."""

    nouns: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()
    short_names: tuple[str, ...] = ()


class RuleSetting(Part):
    """What the profile says of a rule: severity, clause, wording; `beta` marks a rule on trial, which only warns."""

    title: str
    severity: SeverityName
    clause: str
    messages: dict[str, str]
    severities: dict[str, SeverityName] = {}
    enabled: bool = True
    beta: bool = False
    example: str = ""


class ChangeClass(Part):
    """A class of change: its code, label, clause and ready sentence."""

    code: str
    label: str
    clause: str
    case: bool
    text: str
    column: str = ""
    variants: dict[str, str] = {}


class Defect(Part):
    """A defect of the Порядок itself and how the program resolves it."""

    clause: str
    defect: str
    resolution: str
