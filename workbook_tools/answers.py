"""What a unit says to its remarks, and its notes on rows: nothing that a person wrote is lost on the way."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import pandas as pd

from workbook_tools.records import rows
from workbook_tools.remarks import told
from workbook_tools.text import compare_key

if TYPE_CHECKING:
    from workbook_tools.profile import Profile
    from workbook_tools.submissions import Answer, Submission
    from workbook_tools.tables import Table

_CELL = re.compile(r"[A-Z]{1,3}\d+")
_MORE = "и ещё"


class Voice(NamedTuple):
    """Something that a unit wrote beside the data.

    Attributes
    ----------
    kind
        answer (to a remark) or note (on a row).
    message
        The remark that is answered, as the unit read it.
    stands
        Whether the remark is still there; True for a note.
    """

    kind: str
    unit: str
    file: str
    sheet: str
    cell: str
    rule: str
    message: str
    text: str
    stands: bool = True


def with_answers(findings: pd.DataFrame, submissions: Sequence[Submission], profile: Profile) -> pd.DataFrame:
    """Return the findings with what the units answer to them in `answer`; the frame's index stays."""
    given = dict.fromkeys(findings.index, "")
    for item in (item for item in submissions if item.answers):
        own = findings[findings["file"] == item.file]
        for answer in reversed(item.answers):
            given |= dict.fromkeys(_met(answer, own, profile), answer.text)
    return findings.assign(answer=pd.Series(given, dtype="str"))


def _met(answer: Answer, findings: pd.DataFrame, profile: Profile) -> list[Hashable]:
    """Return the findings that an answer is to, by their index.

    Rule and column are the same. Rows may have moved since the line was written: where the line's words stand at
    another cell and not at the one it names, they are what was answered. So they are where it does not name every cell.
    """
    headers = findings["column"].map(profile.column_header)
    meant = findings[(findings["rule"] == answer.rule) & (headers == answer.header)]
    cells = set(_CELL.findall(answer.place))
    said = pd.Series([_says(item, answer.message) for item in rows(meant)], index=meant.index, dtype="bool")
    if not cells or _MORE in answer.place:
        return list(meant.index[said] if said.any() else meant.index)
    there = meant["cell"].isin(cells)
    for fits in (there & said, said, there):
        if fits.any():
            return list(meant.index[fits])
    return []


def _says(finding: dict[str, Any], message: str) -> bool:
    return compare_key(told(finding["message"], finding["suggestion"])) == compare_key(message)


def voices(submissions: Sequence[Submission], table: Table, findings: pd.DataFrame, profile: Profile) -> list[Voice]:
    """Return every answer and every note of the files that count, in order of files and places.

    Parameters
    ----------
    table
        The rows of the files that count.
    findings
        The findings with their answers.
    """
    return [*_answers(submissions, findings, profile), *_notes(table)]


def _answers(submissions: Sequence[Submission], findings: pd.DataFrame, profile: Profile) -> Iterator[Voice]:
    for item in (item for item in submissions if item.answers):
        own = findings[findings["file"] == item.file]
        for answer in item.answers:
            place = item.unit, item.file, answer.sheet, answer.cell
            stands = bool(_met(answer, own, profile))
            yield Voice("answer", *place, answer.rule, answer.message, answer.text, stands)


def _notes(table: Table) -> Iterator[Voice]:
    noted = table.frame[table.frame["note"] != ""]
    for index, row in zip(noted.index, rows(noted), strict=True):
        place = row["unit"], row["file"], row["sheet"], table.cell(int(index), "note")
        yield Voice("note", *place, "", row["code"], row["note"])
