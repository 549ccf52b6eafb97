"""Examined files + edition -> the next edition with its changes, sums and findings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING, Any, NamedTuple

from workbook_tools import comparing, records
from workbook_tools import findings as found
from workbook_tools.answers import voices
from workbook_tools.dossier import MISSING, RECEIVED, Dossier, UnitLine
from workbook_tools.errors import InternalError
from workbook_tools.memory import give_back
from workbook_tools.merging import (
    ROW,
    NextEdition,
    Reconciliation,
    SheetLedger,
    dropped,
    fates,
    next_edition,
    reconcile,
    sheet_ledgers,
)
from workbook_tools.owners import former_owners, owner_remarks
from workbook_tools.pipeline.deciding import NO_DECISIONS, Decided, LoadedDecisions, decide
from workbook_tools.records import UNCONFIRMED, Edition
from workbook_tools.remarks import Remark, Severity
from workbook_tools.rounds import Report, Rounds, compared, judged, unchanged
from workbook_tools.rules.output import (
    CellOf,
    clarifications,
    directions_agree,
    named_in_output,
    strange_kinds,
    waiting_dropped,
    with_canonical_directions,
)
from workbook_tools.rules.register import coverage, key_touchpoints, silent_units
from workbook_tools.standing import ACCEPTED, REJECTED, SUPERSEDED, UNREADABLE, Standing
from workbook_tools.tally import tally

if TYPE_CHECKING:
    import pandas as pd

    from workbook_tools.comparing import Change
    from workbook_tools.pipeline.examining import Examined
    from workbook_tools.profile import LoadedProfile, Profile
    from workbook_tools.tables import Table

PROJECT, APPROVED = "ПРОЕКТ", "утверждена"
# What of the rows makes the next edition, and what is told of them afterwards.
_ACTING = (*ROW, "action", "was_process", "was_touchpoint", "was_kind", "was_state")
_TOLD = ("file", "sheet", "row", "unit", "code", "note")


class _Merged(NamedTuple):
    """An edition with what came in."""

    decided: Decided
    following: NextEdition
    changes: list[Change]
    received: frozenset[str]
    sums: Reconciliation
    dropped: pd.DataFrame
    ledgers: tuple[SheetLedger, ...]


def consolidate(
    examined: Examined,
    edition: Edition | None,
    loaded: LoadedProfile,
    today: str,
    decisions: LoadedDecisions = NO_DECISIONS,
    previous: Report | None = None,
) -> Dossier:
    """Merge what was examined into the edition, by the officer's decisions where there are any.

    Of the table that was examined nothing is left but where its rows stand and what the units noted.

    Raises
    ------
    InternalError
        The rows or the register do not add up: a fault of the program.
    """
    profile = loaded.profile
    base = _canonical(edition or Edition(records.empty()), profile)
    decided = decide(examined, base, decisions.decisions, profile, today)
    at_fault, stands = judged(examined.table, decided.examined.findings), unchanged(previous, examined.table)
    merged = _merged(decided, base, profile)
    examined, following = merged.decided.examined, merged.following
    told = _told(merged, edition, decisions.fault, profile)
    rounds = compared(previous, told, examined.files, stands)
    dossier = Dossier(profile, loaded.sha256, following.records, today, PROJECT, following.last_code, base.date)
    return replace(
        dossier,
        changes=merged.changes,
        findings=rounds.findings,
        files=examined.files,
        reconciliation=merged.sums,
        dropped=tuple(sorted(set(merged.dropped["code"]))),
        ledgers=merged.ledgers,
        settlement=merged.decided.settlement,
        voices=voices(examined.submissions, examined.table, rounds.findings, profile),
        mended=rounds.mended,
        judged=at_fault,
        rules=tally(examined.asked + _asked(base, merged.changes, profile), rounds.findings, profile),
        earlier=base.history if base.date else (),
        decided_in=(decisions.file, decisions.sha256),
        units=_unit_lines(examined, rounds, following.records, profile),
    )


def _merged(decided: Decided, base: Edition, profile: Profile) -> _Merged:
    examined = decided.examined
    ledger = fates(examined.table, examined.findings, decided.allowed)
    rows = examined.table.frame[list(_ACTING)].join(ledger)
    # A large run needs the room.
    examined.table.keep(_TOLD)
    following, gone = next_edition(base, rows, profile, decided.released), dropped(rows)
    del rows
    give_back()
    received = frozenset(item.unit for item in examined.files if item.status in {ACCEPTED, REJECTED})
    confirmed = base.records.assign(
        state=base.records["state"].replace(UNCONFIRMED, records.IN_FORCE), unit=former_owners(base)
    )
    context = comparing.Context(base.date, received, following.replaced, following.bases, base.kinds)
    changes = comparing.compare(confirmed, following.records, profile, context)
    give_back()
    sums = _reconciled(examined, ledger, base, following.records)
    if not comparing.meets(sums.before, sums.after, changes):
        raise InternalError("сверка не сошлась: было + включено − исключено ≠ стало. Это ошибка программы.")
    return _Merged(decided, following, changes, received, sums, gone, _ledgers(examined, ledger))


def _told(merged: _Merged, edition: Edition | None, fault: Remark | None, profile: Profile) -> pd.DataFrame:
    """Return all findings: on files and rows, decisions, units, the register, changes, and the edition's directions."""
    examined, register = merged.decided.examined, merged.following.records
    cell = _cells(examined.table)
    remarks = chain(
        [fault] if fault else [],
        _of_the_whole(edition, register, merged.received, profile),
        clarifications(merged.changes, profile, cell),
        waiting_dropped(merged.dropped, profile, cell),
    )
    held = edition.records if edition else records.empty()
    strange = strange_kinds(held, edition.file if edition else "", profile)
    old = found.eased(found.of_remarks(chain(directions_agree(held, profile), strange), profile))
    return found.gather(examined.findings, found.of_remarks(remarks, profile), old)


def _canonical(edition: Edition, profile: Profile) -> Edition:
    return replace(edition, records=with_canonical_directions(edition.records, profile))


def _of_the_whole(
    edition: Edition | None, register: pd.DataFrame, received: frozenset[str], profile: Profile
) -> Iterator[Remark]:
    """Yield what is to be said of the units and of the register as a whole."""
    yield from silent_units(edition, register, received, profile)
    yield from owner_remarks(edition, profile)
    yield from key_touchpoints(register, profile)
    yield from coverage(register, profile)
    yield from named_in_output(profile)


def _cells(table: Table) -> CellOf:
    places = records.tuples(table.frame, "file", "row")
    indices = dict(zip(places, table.frame.index.tolist(), strict=True))

    def cell(file: str, row: int, column: str) -> str:
        index = indices.get((file, row))
        return "" if index is None else table.cell(index, column)

    return cell


def _asked(base: Edition, changes: Sequence[Change], profile: Profile) -> Counter[str]:
    listed = sum(touchpoint.in_list for touchpoint in profile.touchpoints)
    return Counter(
        {
            "П-03": len(base.records),
            "П-16": len(changes),
            "П-18": len(profile.units),
            "П-20": 1,
            "П-21": 1,
            "П-24": len(profile.activities) + listed,
            "П-25": sum(activity.oral for activity in profile.activities),
        }
    )


def _reconciled(
    examined: Examined,
    ledger: pd.DataFrame,
    base: Edition,
    register: pd.DataFrame,
) -> Reconciliation:
    """Add up the rows of the run and make sure that they meet."""
    sums = reconcile(
        ledger,
        sum(item.rows for item in examined.files if item.status != UNREADABLE),
        sum(item.rows for item in examined.files if item.status == SUPERSEDED),
        base.in_force,
        records.in_force(register),
        int((register["state"] == UNCONFIRMED).sum()),
    )
    sums.check()
    return sums


def _ledgers(examined: Examined, ledger: pd.DataFrame) -> tuple[SheetLedger, ...]:
    """Account for the filled rows of each sheet, and make sure that none is missing."""
    superseded = frozenset(item.file for item in examined.files if item.status == SUPERSEDED)
    ledgers = sheet_ledgers(examined.submissions, superseded, examined.table.frame[["file"]].join(ledger["fate"]))
    for item in ledgers:
        item.check()
    return ledgers


def _unit_lines(examined: Examined, rounds: Rounds, register: pd.DataFrame, profile: Profile) -> list[UnitLine]:
    """Return a line for each unit of the profile, in its order."""
    carried = records.unconfirmed_by_unit(register)
    files = {item.unit: item for item in examined.files if item.status in {ACCEPTED, REJECTED}}
    people = {row["file"]: row for row in records.rows(examined.titles.frame)}
    own = (found.of_severity(rounds.findings, level) for level in (Severity.ERROR, Severity.WARNING))
    errors, warnings = (frame["unit"].value_counts() for frame in own)
    lines = []
    for unit in profile.units:
        line = UnitLine(
            unit.code,
            unit.name,
            MISSING,
            errors=int(errors.get(unit.code, 0)),
            warnings=int(warnings.get(unit.code, 0)),
            carried_over=carried.get(unit.code, 0),
            round=rounds.by_unit.get(unit.code),
        )
        lines.append(_received(line, files[unit.code], people) if unit.code in files else line)
    return lines


def _received(line: UnitLine, item: Standing, people: Mapping[str, Mapping[str, Any]]) -> UnitLine:
    title = people.get(item.file, {})

    def person(role: str) -> str:
        parts = (str(title.get(f"{role}_{part}", "")) for part in ("name", "post", "phone"))
        return ", ".join(part for part in parts if part)

    return replace(
        line,
        status=RECEIVED,
        rows=item.rows,
        file=item.file,
        filled=item.filled,
        executor=person("executor"),
        head=person("head"),
    )
