"""What needs the officer's decision: warnings that want an answer, conflicts, foreign records, waiting records."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from workbook_tools.decisions.decision import question_key
from workbook_tools.records import CONTENT, QUARANTINED, among, quarantined, rows, tuples
from workbook_tools.remarks import Severity
from workbook_tools.rules import RIVAL_RULES
from workbook_tools.rules.catalogue import catalogue
from workbook_tools.rules.rule import Rule

if TYPE_CHECKING:
    import pandas as pd

    from workbook_tools.profile import Profile
    from workbook_tools.tables import Table

CONFLICT, FOREIGN = ("П-09", "between_units"), ("П-19", "main")
# A conflict after the officer has returned this side of it: it waits for nobody but its unit.
LOST_CONFLICT = ("П-09", "between_units_returned")
WAITING = ("П-06", "quarantined")
# A foreign row that changes nothing asks nothing; what two units agree on is settled already.
_NOTHING_TO_DECIDE = {("П-19", "kept")}
_BETWEEN = ", "
_WHOLE_ROW = ("action", *CONTENT, "basis")


@dataclass(frozen=True)
class Question:
    """What the officer must decide.

    Attributes
    ----------
    key
        Its code, by which a decision finds it again.
    text, clause
        The question and the clause it rests on.
    code, unit, source
        The record, the unit's code, and where the question stands, as people read it.
    answer
        What the unit says to it.
    rule, variant
        The finding that asks.
    file, row
        The row it stands on; "" and 0 where it stands on none.
    index
        The label of its finding, -1 where it has none.
    """

    key: str
    text: str
    code: str
    unit: str
    source: str
    clause: str
    answer: str = ""
    rule: str = ""
    variant: str = ""
    file: str = ""
    row: int = 0
    index: int = -1

    @property
    def kind(self) -> tuple[str, str]:
        """The rule and which of its messages asks."""
        return self.rule, self.variant


def ask(findings: pd.DataFrame, table: Table, profile: Profile) -> list[Question]:
    """Return the questions that the findings on rows put to the officer.

    Parameters
    ----------
    findings
        A findings frame with a unique index.
    table
        The rows with their facts.
    """
    asked = findings[_asks(findings, profile)]
    wanted = set(tuples(asked, "file", "row"))
    own = table.frame[among(table.frame, wanted, "file", "row")]
    by_place = dict(zip(tuples(own, "file", "row"), rows(own), strict=True))
    reads = {(rule.code, rule.message, rule.at): rule.reads for rule in catalogue(profile) if isinstance(rule, Rule)}
    found = []
    for index, item in zip(asked.index, rows(asked), strict=True):
        row = by_place.get((item["file"], item["row"]))
        if row is not None and row["live"] and not (row["settled"] and row["was_state"] == QUARANTINED):
            found.append(_question(int(index), item, row, reads))
    return found


def _asks(findings: pd.DataFrame, profile: Profile) -> pd.Series[bool]:
    """Tell which findings want a decision: warnings of the profile's rules, and the conflict of two units."""
    warns = (findings["severity"] == Severity.WARNING.value) & findings["rule"].isin(profile.decision_rules)
    conflict = (findings["rule"] == CONFLICT[0]) & (findings["variant"] == CONFLICT[1])
    for rule, variant in _NOTHING_TO_DECIDE:
        warns &= ~((findings["rule"] == rule) & (findings["variant"] == variant))
    return warns | conflict


def _question(
    index: int,
    item: Mapping[str, Any],
    row: Mapping[str, Any],
    reads: Mapping[tuple[str, str, str], tuple[str, ...]],
) -> Question:
    kind = item["rule"], item["variant"]
    judged = _WHOLE_ROW if kind in {CONFLICT, FOREIGN} else reads.get((*kind, item["column"]), (item["column"],))
    return Question(
        _key(kind, item["column"], row, judged),
        item["message"],
        row["code"],
        item["unit"],
        _source(item),
        item["clause"],
        item["answer"] or row["note"],
        *kind,
        item["file"],
        item["row"],
        index,
    )


def _source(item: Mapping[str, Any]) -> str:
    return _BETWEEN.join(part for part in (item["file"], item["sheet"], item["cell"]) if part)


def stands_on(sheet: str, source: str) -> bool:
    """Tell whether a question stands on a sheet, by the words for where it stands."""
    return sheet in source.split(_BETWEEN)


def _key(kind: tuple[str, str], column: str, row: Mapping[str, Any], judged: tuple[str, ...]) -> str:
    record = row["code"] or row["record_key"]
    return question_key((*kind, column, row["unit"], record), (str(row[name]) for name in judged if name in row))


def conflict_keys(own: pd.DataFrame) -> Iterator[str]:
    """Yield for each row the code that the question would have were the row one side of a conflict.

    Parameters
    ----------
    own
        Rows with their facts.
    """
    (at,) = {rule.at for rule in RIVAL_RULES if (rule.code, rule.message) == CONFLICT}
    return (_key(CONFLICT, at, row, _WHOLE_ROW) for row in rows(own))


def waiting(register: pd.DataFrame, profile: Profile) -> Iterator[Question]:
    """Yield a question for each record that is kept apart until somebody says what is meant."""
    for row in rows(quarantined(register)):
        text = (
            f"Запись {row['code']}: точка «{row['touchpoint']}», процесс «{row['process']}» – на уточнении. "
            "Принять – ввести запись в действие как есть; вернуть – пусть подразделение уточнит или исключит её."
        )
        content = (str(row[name]) for name in CONTENT)
        key = question_key(of_waiting(row["unit"], row["code"]), content)
        clause = profile.cite("П-06")
        yield Question(key, text, row["code"], row["unit"], row["source"], clause, "", *WAITING)


def of_waiting(unit: str, code: str) -> tuple[str, ...]:
    """Return what the question on a waiting record is about."""
    return (*WAITING, "", unit, code)


def ask_of_edition(findings: pd.DataFrame, register: pd.DataFrame, profile: Profile) -> list[Question]:
    """Return what an earlier edition asks the officer: its waiting records, and warnings on what was read of it."""
    held = list(waiting(register, profile))
    at: dict[tuple[str, int], list[str]] = defaultdict(list)
    for row in rows(register):
        at[row["file"], row["row"]].append(row["code"])
    asked = findings[_asks(findings, profile) & (findings["file"] != "") & (findings["variant"] != WAITING[1])]
    for index, item in zip(asked.index, rows(asked), strict=True):
        codes = item["record"] or ", ".join(at[item["file"], item["row"]])
        kind = item["rule"], item["variant"]
        source = _source(item)
        key = question_key((*kind, item["column"], item["unit"], codes, source), (item["value"], item["message"]))
        held.append(Question(key, item["message"], codes, item["unit"], source, item["clause"], "", *kind, index=index))
    return held
