"""All that the consolidated workbook shows, as plain data: one object for every sheet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

import pandas as pd

from workbook_tools import findings as found
from workbook_tools.comparing import count, regrouped_by
from workbook_tools.comparing.change import CARRIED_OVER, EXCLUDED, NEW
from workbook_tools.decisions import Settlement
from workbook_tools.records import in_force, point
from workbook_tools.remarks import Severity
from workbook_tools.text import plural
from workbook_tools.volumes import NO_VOLUMES, Volumes

if TYPE_CHECKING:
    from workbook_tools.answers import Voice
    from workbook_tools.comparing import Change
    from workbook_tools.merging import Reconciliation, SheetLedger
    from workbook_tools.profile import Profile
    from workbook_tools.records import Approval, Edition, Point
    from workbook_tools.rounds import Item
    from workbook_tools.standing import Standing
    from workbook_tools.tally import RuleLine
    from workbook_tools.unit_form import Round

RECEIVED, MISSING = "received", "missing"
_NO_ACTIVITY = "правила отнесения точек"
INCLUDED, CHANGED, LEFT_OUT = "included", "changed", "excluded"


@dataclass(frozen=True)
class UnitLine:
    """What came from a unit: counts of its rows, findings and records carried over; the file and who signed it.

    `round` says what it mended since the round before, where there was one.
    """

    code: str
    name: str
    status: str
    rows: int = 0
    errors: int = 0
    warnings: int = 0
    carried_over: int = 0
    file: str = ""
    filled: str = ""
    executor: str = ""
    head: str = ""
    round: Round | None = None


class Balance(NamedTuple):
    """The sum of the register (regulation.md section 5): было + К1 − К4 ± К14 = стало."""

    before: int
    new: int
    excluded: int
    regrouped: int
    after: int

    @property
    def text(self) -> str:
        """The sum as people read it."""
        regrouped = f" {'+' if self.regrouped > 0 else '−'} {abs(self.regrouped)} (К14)" if self.regrouped else ""
        return (
            f"Было записей {self.before} + включено {self.new} (К1) − исключено {self.excluded} (К4){regrouped} = "
            f"стало {self.after}."
        )


@dataclass(frozen=True)
class Dossier:
    """What a consolidated workbook is written from.

    Attributes
    ----------
    records
        The edition's records (records.RECORD), in the order of the register.
    date, state
        The edition's date (ISO) and state, as people read it.
    last_code
        The highest number ever given to a record.
    base_date
        The date of the edition it was made from, ISO; "" where there was none.
    changes, findings
        What changed against that edition, and what is not in order.
    units, files
        What came from each unit, and what became of each file.
    reconciliation
        The sums; None for an imported edition.
    dropped
        The codes of records that waited and were excluded: no part of the register, they are in none of its changes.
    profile_sha256
        Of the profile's file.
    ledgers, rules
        What became of the filled rows of each unit's sheet, and how far each rule reached.
    voices
        What the units wrote beside the data: answers to remarks, notes on rows.
    mended, judged
        What the units mended of the round before; by place a hash of each row with a fault, for the round after.
    settlement
        What the officer must decide, and what became of the decisions given.
    compared
        The two editions, where they were only compared.
    earlier, volumes
        The editions before this one, as far as they are known; what stands beside the workbook, for no sheet holds it.
    approval
        The act that put the edition in force; None while it is a project.
    decided_in, made_from
        Of the officer's decisions, and of an imported annex, the file and its SHA-256; "" where there was none.
    """

    profile: Profile
    profile_sha256: str
    records: pd.DataFrame
    date: str
    state: str
    last_code: int
    base_date: str = ""
    changes: Sequence[Change] = ()
    findings: pd.DataFrame = field(default_factory=found.empty)
    units: Sequence[UnitLine] = ()
    files: Sequence[Standing] = ()
    reconciliation: Reconciliation | None = None
    dropped: tuple[str, ...] = ()
    ledgers: Sequence[SheetLedger] = ()
    rules: Sequence[RuleLine] = ()
    voices: Sequence[Voice] = ()
    mended: Sequence[Item] = ()
    judged: Sequence[Item] = ()
    settlement: Settlement = field(default_factory=Settlement)
    compared: tuple[Edition, Edition] | None = None
    earlier: tuple[Point, ...] = ()
    volumes: Volumes = NO_VOLUMES
    approval: Approval | None = None
    decided_in: tuple[str, str] = ("", "")
    made_from: tuple[str, str] = ("", "")

    @property
    def history(self) -> tuple[Point, ...]:
        """How many records of each kind the editions had, up to this one, oldest first."""
        return (*(item for item in self.earlier if item.date < self.date), point(self.date, self.records))

    @cached_property
    def in_force(self) -> pd.DataFrame:
        """The records of the register itself."""
        return in_force(self.records)

    @cached_property
    def cases(self) -> list[Change]:
        """The changes that are cases of section III: they oblige to actualise the register."""
        return [change for change in self.changes if self.is_case(change)]

    def is_case(self, change: Change) -> bool:
        """Tell whether a change is one of those cases."""
        return any(self.profile.changes[name].case for name in change.classes)

    @cached_property
    def balance(self) -> Balance | None:
        """How the changes lead from one edition to the other; None where there is only one."""
        if self.compared:
            before, after = (len(edition.in_force) for edition in self.compared)
        elif self.reconciliation:
            before, after = self.reconciliation.before, self.reconciliation.after
        else:
            return None
        changes = list(self.changes)
        return Balance(before, count(changes, NEW), count(changes, EXCLUDED), regrouped_by(changes), after)

    @cached_property
    def own_changes(self) -> list[Change]:
        """The changes themselves: all but records that were only carried over."""
        return [change for change in self.changes if set(change.classes) != {CARRIED_OVER}]

    @cached_property
    def by_class(self) -> dict[str, int]:
        """How many lines of the change log each class has, in the profile's order; records only carried over aside.

        A record may have several: they add up to more than there are changes.
        """
        kinds = Counter(entry.kind for change in self.own_changes for entry in change.entries)
        return {name: kinds[name] for name in self.profile.changes if kinds[name] and name != CARRIED_OVER}

    @cached_property
    def by_activity(self) -> pd.DataFrame:
        """What activity_counts counts."""
        return activity_counts(self)

    @property
    def missing_units(self) -> list[UnitLine]:
        """The units that nothing came from."""
        return [unit for unit in self.units if unit.status == MISSING]

    @property
    def open_questions(self) -> int:
        """How many questions still want a decision."""
        return sum(item.question is not None and not item.applies for item in self.settlement.settled)

    @property
    def _of_first_edition(self) -> str:
        waiting = len(self.records) - len(self.in_force)
        parts = [f"Первая редакция: {plural(len(self.in_force), 'запись', 'записи', 'записей')}"]
        parts += [f"на уточнении: {waiting}"] if waiting else []
        parts += [f"ждут решения вопросов: {self.open_questions}"] if self.open_questions else []
        return "; ".join(parts) + "."

    @property
    def conclusion(self) -> str:
        """One sentence that says how things stand."""
        if not self.base_date and not self.compared and not self.units:
            return self._of_first_edition
        changes = self.own_changes
        waiting = len(self.records) - len(self.in_force)
        # What an act has put in force does not want one any more.
        act = self.compared[1].approval if self.compared else self.approval
        cases = self.profile.texts.of_cases if act else self.profile.texts.need_act
        parts = [f"Изменений: {len(changes)}, {cases}: {len(self.cases)}" if changes else "Изменений нет"]
        proposed = sum(change.proposed for change in changes)
        if proposed:
            parts.append(f"ждут подтверждения: {proposed}")
        errors = found.count(self.findings, Severity.ERROR)
        if self.missing_units:
            units = plural(len(self.missing_units), "подразделение", "подразделения", "подразделений")
            parts.append(f"не ответили: {units}")
        if errors:
            rejected = f", не принято строк: {self.reconciliation.rejected}" if self.reconciliation else ""
            parts.append(f"ошибок в файлах: {errors}{rejected}")
        if waiting and not self.compared:
            parts.append(f"записей на уточнении: {waiting}")
        return "; ".join(parts) + "."


def activity_counts(dossier: Dossier) -> pd.DataFrame:
    """Return for each activity, the profile's first, how many records, of which kind, and what changed.

    Returns
    -------
    DataFrame
        Index: activity names; integer columns `records`, `digital`, `offline`, `key`, `included`, `changed`,
        `excluded`: together the last three are the changes.
    """
    held = dossier.in_force
    changed = (activity_of(change) for change in dossier.own_changes)
    by, known = held["activity"], (item.name for item in dossier.profile.activities)
    names = list(dict.fromkeys([*known, *by.tolist(), *changed]))
    counts = pd.DataFrame(
        {
            "records": by.value_counts(),
            "digital": by[held["kind"] == "digital"].value_counts(),
            "offline": by[held["kind"] == "offline"].value_counts(),
            "key": by[held["key"] == "yes"].value_counts(),
            **{name: _changes_by_activity(dossier, name) for name in (INCLUDED, CHANGED, LEFT_OUT)},
        },
    )
    return counts.reindex(names).fillna(0).astype("int64")


def shown_activities(counts: pd.DataFrame, most: int) -> pd.DataFrame:
    """Return the counts of activities fit for a page: of too many the largest, the rest added up in one row.

    Parameters
    ----------
    counts
        What activity_counts returns.
    most
        How many rows the page has room for.
    """
    if len(counts) <= most:
        return counts
    busy = counts.sort_values("records", ascending=False, kind="stable").index[: most - 1]
    rest = counts.drop(index=busy)
    others = pd.DataFrame([rest.sum()], index=[f"прочие виды деятельности ({len(rest)})"])
    return pd.concat([counts.loc[[name for name in counts.index if name in set(busy)]], others])


def counted_as(change: Change) -> str:
    """Return under what a change is counted, each under one thing: included, excluded, changed; "" for none."""
    classes = set(change.classes)
    if classes & {NEW, EXCLUDED}:
        return INCLUDED if NEW in classes else LEFT_OUT
    return CHANGED if classes - {CARRIED_OVER} else ""


def activity_of(change: Change) -> str:
    """Return the activity under which a change is counted; a rule belongs to none."""
    return str(change.record["activity"]) or _NO_ACTIVITY


def _changes_by_activity(dossier: Dossier, name: str) -> pd.Series[int]:
    names = [activity_of(change) for change in dossier.changes if counted_as(change) == name]
    return pd.Series(names, dtype="str").value_counts()
