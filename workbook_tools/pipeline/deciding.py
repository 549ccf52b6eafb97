"""Examined files + the officer's decisions -> the findings as they stand after them, and what may act."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from workbook_tools import findings as found
from workbook_tools.answers import with_answers
from workbook_tools.decisions import Decision, Question, Settlement, ask, settle, told, waiting
from workbook_tools.decisions.following import followed, withdrawn
from workbook_tools.decisions.question import CONFLICT, FOREIGN, WAITING, conflict_keys
from workbook_tools.decisions.settle import ACCEPTED, AWAITED, AWAITED_MENDED, RETURNED, Ground, Stake, clashed
from workbook_tools.errors import InputError
from workbook_tools.pipeline.wanted import DECISIONS, check_place, fitted
from workbook_tools.reading.decisions import decisions_of
from workbook_tools.records import CHANGE, EXCLUDE, QUARANTINED, among, record_key, tuples
from workbook_tools.remarks import Place, Remark
from workbook_tools.rivals import rivals
from workbook_tools.rules import RIVAL_RULES
from workbook_tools.schema import check_table, with_errors
from workbook_tools.standing import ACCEPTED as ACCEPTED_FILE
from workbook_tools.standing import REJECTED

if TYPE_CHECKING:
    import pandas as pd

    from workbook_tools.pipeline.examining import Examined
    from workbook_tools.pipeline.foreign import ForeignFiles
    from workbook_tools.profile import Profile
    from workbook_tools.records import Edition
    from workbook_tools.tables import Table

_RIVAL = {(rule.code, rule.message) for rule in RIVAL_RULES}


class LoadedDecisions(NamedTuple):
    """The officer's decisions as read; where the file is no book of decisions, none of them and why (П-20).

    `file` and `sha256` are the name and the checksum of the file, "" where there is none or it could not be read.
    """

    decisions: tuple[Decision, ...] = ()
    fault: Remark | None = None
    sha256: str = ""
    file: str = ""


NO_DECISIONS = LoadedDecisions()
NOTHING = Settlement()


def load_decisions(path: Path | None, profile: Profile, files: ForeignFiles) -> LoadedDecisions:
    """Read the decisions of a consolidated workbook; without a path there are none.

    Raises
    ------
    InputError
        There is no such file.
    """
    if path is None:
        return NO_DECISIONS
    check_place(path, DECISIONS)
    try:
        book = files.book(path)
        return LoadedDecisions(tuple(decisions_of(book, profile)), sha256=book.sha256, file=book.file)
    except InputError as error:
        why = str(fitted(error, path, DECISIONS)).removeprefix(f"{path.name}: ").rstrip(".")
        return LoadedDecisions(fault=Remark("П-20", "decisions_file", Place(file=path.name), {"why": why}))


@dataclass(frozen=True)
class Decided:
    """Examined files after the officer's decisions.

    Attributes
    ----------
    examined
        With the findings as they stand now: accepted ones only told, returned ones errors.
    settlement
        What became of each question and decision.
    allowed
        File and row of the rows that act by decision: on another unit's record, or against its claim.
    released
        Codes of the waiting records that are put in force.
    """

    examined: Examined
    settlement: Settlement
    allowed: frozenset[tuple[str, int]]
    released: frozenset[str]


def decide(
    examined: Examined, edition: Edition, decisions: Sequence[Decision], profile: Profile, today: str
) -> Decided:
    """Apply decisions to the questions of a run; without decisions every question stays open."""
    after = examined
    decisions = followed(decisions, edition.records, profile)
    settlement = _settled(examined, edition, decisions, profile, today)
    returned, granted = settlement.places(RETURNED), settlement.places(ACCEPTED, FOREIGN)
    if returned or granted:
        after = _claimed_anew(examined, returned, granted, edition, profile)
        settlement = _settled(after, edition, decisions, profile, today, settlement)
    findings = found.gather(told(after.findings, settlement), found.of_remarks(settlement.remarks, profile))
    released = frozenset(
        item.question.code
        for item in settlement.settled
        if item.question and item.status == ACCEPTED and item.question.kind == WAITING
    )
    allowed = settlement.places(ACCEPTED, CONFLICT, FOREIGN)
    return Decided(replace(after, findings=findings), settlement, allowed, released)


def _settled(
    examined: Examined,
    edition: Edition,
    decisions: Sequence[Decision],
    profile: Profile,
    today: str,
    earlier: Settlement = NOTHING,
) -> Settlement:
    """Put the decisions to the questions; a conflict that was accepted stays so when its rival is returned."""
    questions = [*ask(examined.findings, examined.table, profile), *_waiting(examined.table, edition, profile)]
    asked = {question.key for question in questions}
    accepted = (item.question for item in earlier.settled if item.question and item.status == ACCEPTED)
    questions += [replace(question, index=-1) for question in accepted if question.key not in asked]
    settlement = settle(questions, decisions, today, profile, _ground(examined, edition, decisions, profile))
    stakes = _stakes(settlement, examined.table, edition, profile)
    return clashed(settlement, stakes, _held(examined, edition, profile), profile) if stakes else settlement


def _ground(examined: Examined, edition: Edition, decisions: Sequence[Decision], profile: Profile) -> Ground:
    """Return what decisions rest on that nothing asks for: the records, the units of which no row counts, the rows."""
    status = {item.unit: item.status for item in examined.files if item.status in {ACCEPTED_FILE, REJECTED}}
    silent = [unit.code for unit in profile.units if status.get(unit.code) != ACCEPTED_FILE]
    return Ground(
        frozenset(edition.records["code"]),
        {unit: AWAITED_MENDED if unit in status else AWAITED for unit in silent},
        _rivals_awaited(examined.table, decisions, silent, profile),
        withdrawn(decisions, examined.table.frame, profile),
        edition.date,
        profile.sheets["data"].name,
    )


def _rivals_awaited(
    table: Table, decisions: Sequence[Decision], silent: Sequence[str], profile: Profile
) -> dict[str, str]:
    """Return by its question's code the silent unit that each decision on a conflict waits for.

    Who stands on the other side the question alone tells: its code holds only the row that is judged.
    """
    named = {
        decision.key: unit
        for decision in decisions
        for unit in silent
        if decision.unit != unit and f"«{profile.unit_name(unit)}»" in decision.question
    }
    if not named:
        return {}
    units = [decision.unit for decision in decisions if decision.key in named]
    own = table.frame[table.frame["live"] & table.frame["unit"].isin(units)]
    return {key: named[key] for key in conflict_keys(own) if key in named}


def _waiting(table: Table, edition: Edition, profile: Profile) -> list[Question]:
    """Return the questions about waiting records that no row of the run speaks of otherwise."""
    frame = table.frame
    speaks = frame["live"] & frame["known"] & ~frame["settled"] & (frame["was_state"] == QUARANTINED)
    spoken_of = set(frame.loc[speaks, "code"])
    left = edition.records[~edition.records["code"].isin(spoken_of)]
    return list(waiting(left, profile))


def _claimed_anew(
    examined: Examined,
    returned: frozenset[tuple[str, int]],
    granted: frozenset[tuple[str, int]],
    edition: Edition,
    profile: Profile,
) -> Examined:
    """Return what was examined with the claims as they stand after the decisions.

    Parameters
    ----------
    returned
        Rows that claim nothing any more: their rivals have nothing to settle with them.
    granted
        Rows that act on another unit's record: what they exclude or move away holds its place no longer.
    """
    findings = examined.findings
    of_rivals = among(findings, _RIVAL, "rule", "variant")
    at_returned = among(findings, returned, "file", "row")
    table = examined.table
    refused = with_errors(table, findings[~of_rivals]) | _marked(table, returned)
    table = table.with_columns(rivals(table.frame, edition, profile, refused, _marked(table, granted)))
    again = found.gather(findings[~of_rivals | at_returned], check_table(table, RIVAL_RULES, profile))
    return replace(examined, table=table, findings=with_answers(again, examined.submissions, profile))


def _marked(table: Table, places: frozenset[tuple[str, int]]) -> pd.Series[bool]:
    return among(table.frame, places, "file", "row")


def _stakes(settlement: Settlement, table: Table, edition: Edition, profile: Profile) -> dict[str, Stake]:
    """Return, by accepted question, what is at stake in it: a process × touchpoint of a kind, or a record."""
    accepted = [item for item in settlement.settled if item.question and item.status == ACCEPTED]
    if not accepted:
        return {}
    claims = tuples(table.frame, "record_key", "kind")
    claimed = dict(zip(tuples(table.frame, "file", "row"), claims, strict=True))
    codes = edition.records["code"].tolist()
    own = dict(zip(codes, record_key(edition.records, profile).tolist(), strict=True))
    stakes = {}
    for item in accepted:
        question = item.question
        if question is None:
            continue
        if question.kind == CONFLICT:
            key, kind = claimed[question.file, question.row]
            stakes[question.key] = Stake(f"key {key}", kind)
        elif question.kind == FOREIGN:
            stakes[question.key] = Stake(f"code {question.code}", question.key)
        elif question.kind == WAITING:
            stakes[question.key] = Stake(f"key {own[question.code]}", question.key)
    return stakes


def _held(examined: Examined, edition: Edition, profile: Profile) -> frozenset[str]:
    """Return what is at nobody's disposal: keys of records in force, records that their own unit changes."""
    table = examined.table
    frame = table.frame[~with_errors(table, examined.findings) & table.frame["live"]]
    own = frame[frame["known"] & (frame["unit"] == frame["was_unit"]) & frame["action"].isin([CHANGE, EXCLUDE])]
    in_force = record_key(edition.in_force, profile)
    return frozenset({*(f"code {code}" for code in own["code"]), *(f"key {key}" for key in in_force)})
