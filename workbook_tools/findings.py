"""Findings: what is not in order, where, by which clause; plain data from the first check to the last report."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from workbook_tools import records
from workbook_tools.frames import TEXT
from workbook_tools.remarks import Remark, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from workbook_tools.profile import Profile


COLUMNS = (
    "rule",
    "severity",
    "clause",
    "unit",
    "file",
    "sheet",
    "cell",
    "row",
    "column",
    "value",
    "message",
    "suggestion",
    "variant",
    "record",
    "since",
    "answer",
)
_KINDS: Mapping[str, Any] = {**dict.fromkeys(COLUMNS, TEXT), "row": "int64"}
# A value may fill a whole cell; a message that names two of them must still fit into one, and so must a comment.
_WORD_CHARACTERS = 1_000


def severity_of(profile: Profile, rule: str, message: str = "main") -> Severity:
    """Return the severity of one of a rule's messages, as the profile sets it; a rule on trial only warns."""
    setting = profile.rules[rule]
    if setting.beta:
        return Severity.WARNING
    return Severity(setting.severities.get(message, setting.severity))


def worded(profile: Profile, rule: str, message: str, words: Mapping[str, str]) -> str:
    """Return a rule's message with its words filled in, long ones cut short; they are never read as a format."""
    short = {name: cut_short(word) for name, word in words.items()}
    return profile.rules[rule].messages[message].format_map(short)


def cut_short(word: str) -> str:
    """Return a word of a message, cut where it is so long that the message would no longer fit into a cell."""
    return word if len(word) <= _WORD_CHARACTERS else f"{word[: _WORD_CHARACTERS - 1]}…"


def empty() -> pd.DataFrame:
    """Return the findings frame with no rows: columns COLUMNS, all text but `row` (integer)."""
    return _EMPTY.copy()


def of_remarks(remarks: Iterable[Remark], profile: Profile) -> pd.DataFrame:
    """Word remarks by the profile.

    Returns
    -------
    DataFrame
        Columns COLUMNS, one row a remark, index 0…n-1; rules switched off are left out. `variant` is which of
        the rule's messages it is, `record` the code of the record it stands on, `since` whether it was there in
        the round before (left, new or ""), `answer` what the unit says to it.
    """
    return frame(
        [
            {
                **vars(remark.place),
                "rule": remark.rule,
                "severity": severity_of(profile, remark.rule, remark.message).value,
                "clause": profile.cite(remark.rule),
                "message": worded(profile, remark.rule, remark.message, remark.words),
                "suggestion": remark.suggestion,
                "variant": remark.message,
                "since": "",
                "answer": "",
            }
            for remark in remarks
            if profile.rules[remark.rule].enabled
        ],
    )


def frame(rows: list[dict[str, str | int]]) -> pd.DataFrame:
    """Return a findings frame of plain rows: columns COLUMNS, all text but `row` (integer)."""
    columns = {name: [row[name] for row in rows] for name in COLUMNS}
    return pd.DataFrame({name: pd.Series(held, dtype=_KINDS[name]) for name, held in columns.items()})


_EMPTY = frame([])


def gather(*frames: pd.DataFrame) -> pd.DataFrame:
    """Join findings frames into one, in the order in which people read them.

    Returns
    -------
    DataFrame
        Columns COLUMNS, no finding twice, by file, sheet, row, rule and column; index 0…n-1.
    """
    joined = pd.concat([empty(), *(frame[list(COLUMNS)] for frame in frames)], ignore_index=True)
    keys = ["file", "sheet", "row", "rule", "column", "message"]
    return joined.drop_duplicates(ignore_index=True).sort_values(keys, kind="stable", ignore_index=True)


def eased(findings: pd.DataFrame, which: pd.Series[bool] | None = None) -> pd.DataFrame:
    """Return the findings with errors turned into warnings, all of them or those marked."""
    errors = findings["severity"] == Severity.ERROR.value
    marked = errors if which is None else errors & which
    return findings.assign(severity=findings["severity"].mask(marked, Severity.WARNING.value))


def of_severity(findings: pd.DataFrame, severity: Severity) -> pd.DataFrame:
    """Return the findings of one severity."""
    return findings[findings["severity"] == severity.value]


def count(findings: pd.DataFrame, severity: Severity) -> int:
    """Return the number of findings of one severity."""
    return int((findings["severity"] == severity.value).sum())


def has_errors(findings: pd.DataFrame) -> bool:
    """Tell whether any finding is an error."""
    return count(findings, Severity.ERROR) > 0


def as_json(findings: pd.DataFrame) -> list[dict[str, str | int | None]]:
    """Return the findings as the report's plain objects; what is not known is null (contract.md)."""
    keep_blank = {"value", "message"}
    shown = records.rows(findings.assign(row=shown_rows(findings)))
    return [{key: value if value or key in keep_blank else None for key, value in row.items()} for row in shown]


def shown_rows(findings: pd.DataFrame) -> pd.Series[int]:
    """Return the row as a spreadsheet shows it: of a title value it stands in the name of its cell."""
    in_cell = findings["cell"].str.extract(r"(\d+)$", expand=False).fillna("0").astype("int64")
    return findings["row"].where(findings["row"] != 0, in_cell)
