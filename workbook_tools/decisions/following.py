"""Decisions on rows that had no code: they follow the record when it gets one, and fall when the row is no more."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from workbook_tools.decisions.decision import ACCEPT, Decision, moved_key, subject_of, subject_of_parts, verdict_of
from workbook_tools.decisions.question import CONFLICT
from workbook_tools.records import record_key, tuples
from workbook_tools.rules.catalogue import catalogue

if TYPE_CHECKING:
    import pandas as pd

    from workbook_tools.profile import Profile


class _Kind(NamedTuple):
    """What of a row a question can be about: a rule, which of its messages, and the column."""

    rule: str
    message: str
    column: str


def followed(decisions: Sequence[Decision], register: pd.DataFrame, profile: Profile) -> list[Decision]:
    """Return the decisions, accepted ones on rows without a code as decisions on the records that came of them.

    What was judged stays in the question's code: a decision applies only while it stands there as it stood. A conflict
    was about the coming of the row, and is over.

    Parameters
    ----------
    register
        The records of the edition in force.
    """
    accepted = [item for item in decisions if _is_on_a_new_row(item) and verdict_of(item.verdict) == ACCEPT]
    held = register[register["unit"].isin({item.unit for item in accepted})]
    held = held.assign(record_key=record_key(held, profile))
    kinds = [kind for kind in _kinds(profile) if kind[:2] != CONFLICT]
    found = {subject: (kind, unit, code) for subject, kind, unit, code in _subjects(held, accepted, kinds)}
    given = {item.key for item in decisions}
    moved = {}
    for item in accepted:
        if place := found.get(subject_of(item.key)):
            kind, unit, code = place
            key = moved_key(item.key, (*kind, unit, code))
            # What was decided of the record itself since then goes before.
            if key not in given:
                moved[item.key] = replace(item, key=key, code=code)
    return [moved.get(item.key, item) for item in decisions]


def withdrawn(decisions: Sequence[Decision], rows: pd.DataFrame, profile: Profile) -> frozenset[str]:
    """Return the codes of the questions on rows without a code that are no more among the rows of their units.

    Parameters
    ----------
    rows
        The rows of the run; columns `unit`, `code`, `record_key`.
    """
    of_rows = [item for item in decisions if _is_on_a_new_row(item) and item.unit in profile.unit]
    here = {subject for subject, *_ in _subjects(rows[rows["code"] == ""], of_rows, _kinds(profile))}
    return frozenset(item.key for item in of_rows if subject_of(item.key) not in here)


def _is_on_a_new_row(decision: Decision) -> bool:
    return not decision.code and bool(subject_of(decision.key))


def _kinds(profile: Profile) -> list[_Kind]:
    """Return what a row can be asked about; a rule that stands on no column of its own may stand on any."""
    columns = [column.name for column in profile.sheets["data"].columns]
    asking = (
        entry
        for entry in catalogue(profile)
        if entry.code in profile.decision_rules or (entry.code, entry.message) == CONFLICT
    )
    return [
        _Kind(entry.code, entry.message, column)
        for entry in asking
        for column in ((entry.at,) if entry.at else columns)
    ]


def _subjects(
    table: pd.DataFrame, decisions: Sequence[Decision], kinds: Sequence[_Kind]
) -> Iterator[tuple[str, _Kind, str, str]]:
    """Yield what the decisions are about, as far as it stands in a table: the subject, its kind, unit and code."""
    wanted = {subject_of(item.key) for item in decisions}
    own = table[table["unit"].isin({item.unit for item in decisions})]
    for unit, code, record in tuples(own, "unit", "code", "record_key"):
        for kind in kinds:
            subject = subject_of_parts((*kind, unit, record))
            if subject in wanted:
                yield subject, kind, unit, code
