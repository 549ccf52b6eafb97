"""What a unit says to its remarks, and its notes on rows: nothing that a person wrote is lost on the way."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from workbook_tools.records import rows

if TYPE_CHECKING:
    import pandas as pd

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
    answers = {item.file: item.answers for item in submissions if item.answers}
    if not answers:
        return findings
    given = [
        next((answer.text for answer in answers.get(item["file"], ()) if _meets(answer, item, profile)), "")
        for item in rows(findings)
    ]
    return findings.assign(answer=given).astype({"answer": "str"})


def _meets(answer: Answer, finding: dict[str, object], profile: Profile) -> bool:
    """Tell whether an answer is to a finding: rule and column the same, and the cell one that the line named."""
    header = profile.column_header(str(finding["column"]))
    if answer.rule != finding["rule"] or answer.header != header:
        return False
    cells = set(_CELL.findall(answer.place))
    return not cells or _MORE in answer.place or finding["cell"] in cells


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
    for item in submissions:
        own = rows(findings[findings["file"] == item.file]) if item.answers else []
        for answer in item.answers:
            stands = any(_meets(answer, finding, profile) for finding in own)
            place = item.unit, item.file, answer.sheet, answer.cell
            yield Voice("answer", *place, answer.rule, answer.message, answer.text, stands)


def _notes(table: Table) -> Iterator[Voice]:
    noted = table.frame[table.frame["note"] != ""]
    for index, row in zip(noted.index, rows(noted), strict=True):
        place = row["unit"], row["file"], row["sheet"], table.cell(int(index), "note")
        yield Voice("note", *place, "", row["code"], row["note"])
