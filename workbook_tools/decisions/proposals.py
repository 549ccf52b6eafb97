"""Proposed matches of two editions as questions to the officer: is it one record or two."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from workbook_tools.comparing import name_of_pair
from workbook_tools.comparing.change import REPLACED
from workbook_tools.decisions.decision import question_key
from workbook_tools.decisions.question import Question
from workbook_tools.records import CONTENT
from workbook_tools.text import decimal

if TYPE_CHECKING:
    from workbook_tools.comparing import Change
    from workbook_tools.comparing.change import Record
    from workbook_tools.profile import Profile

PROPOSED = "proposed"


def ask_of_changes(changes: Iterable[Change], profile: Profile) -> dict[str, Question]:
    """Return a question for each pair of records that is only proposed, by the name of the pair."""
    asked: dict[str, Question] = {}
    for change in changes:
        if change.proposed and change.pair is not None:
            asked.setdefault(name_of_pair(*change.pair), _question(change, *change.pair, profile))
    return asked


def _question(change: Change, was: Record, now: Record, profile: Profile) -> Question:
    replaced = REPLACED in change.classes
    kind = profile.changes[REPLACED if replaced else change.classes[0]]
    code = str(now["code"] or was["code"])
    return Question(
        question_key(
            (PROPOSED, str(replaced), was["process"], was["touchpoint"], was["code"]),
            (str(record[name]) for record in (was, now) for name in CONTENT),
        ),
        (_of_place if replaced else _of_record)(change, was, now),
        code,
        str(now["unit"]),
        " → ".join(dict.fromkeys(str(record["source"]) for record in (was, now) if record["source"])),
        profile.clauses[kind.clause].cite,
        rule=kind.code,
        variant=PROPOSED,
    )


def _of_record(change: Change, was: Record, now: Record) -> str:
    score = f" (сходство {decimal(change.score)})" if change.score < 1 else ""
    reasons = " ".join(change.evidence)
    return (
        f"Одна ли это запись{score}: было «{was['process']}» – «{was['touchpoint']}», стало «{now['process']}» – "
        f"«{now['touchpoint']}»? {reasons} Принять – это изменение одной записи; вернуть – прежняя запись исключена, "
        "новая включена."
    )


def _of_place(_change: Change, was: Record, now: Record) -> str:
    return (
        f"Заменена ли точка «{was['touchpoint']}» точкой «{now['touchpoint']}» по процессу «{now['process']}»? "
        "Потребности, клиент и подразделение те же. Принять – исключение и появление связаны как замена; вернуть – "
        "они не связаны."
    )
