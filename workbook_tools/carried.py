"""What of a unit's file its returned copy cannot hold: the copy is made anew, from what was read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook_tools.text import shortened

if TYPE_CHECKING:
    from collections.abc import Iterable

    from workbook_tools.groups import Finding
    from workbook_tools.profile import Profile

_SHAPE, _CELLS = "П-01", "П-02"
_COLUMNS = {"main", "extra_column", "twice_column"}
_SHEETS = {"other_table", "same_name", "other_sheet"}
# What stands there is named by its remark in full.
_VALUE = 60


def not_carried(findings: Iterable[Finding], profile: Profile) -> tuple[str, ...]:
    """Return what stands in a unit's own file and not in its returned copy, each once, in words.

    Parameters
    ----------
    findings
        The findings on the file, sheet and cell as in the file itself.
    """
    told = (_told(finding, profile) for finding in findings)
    return tuple(dict.fromkeys(text for text in told if text))


def stands_outside(finding: Finding) -> bool:
    """Tell whether what a finding speaks of has no place in the returned copy, only in the unit's own file."""
    if not finding["sheet"]:
        return False
    return _is_column(finding) or _is_of(finding, _SHAPE, {*_SHEETS, "beside"}) or _is_of(finding, _CELLS, {"stray"})


def _told(finding: Finding, profile: Profile) -> str:
    """Return the words for what a finding tells of and the copy does not hold, "" where it holds all."""
    if _is_of(finding, _SHAPE, {"no_sheet"}):
        near = f", возможно, это «{finding['suggestion']}»" if finding["suggestion"] else ""
        return f"сведения с листа, который не найден{near}"
    if _is_of(finding, _SHAPE, {"no_title"}):
        return f"строка «{profile.column_header(finding['column'])}» листа «{finding['sheet']}»"
    if _is_of(finding, _SHAPE, {"live"}):
        return "макросы, вложения или ссылки на другие книги"
    return _outside(finding) if stands_outside(finding) else ""


def _outside(finding: Finding) -> str:
    sheet, cell, value = finding["sheet"], finding["cell"], shortened(finding["value"], _VALUE)
    if _is_column(finding):
        return f"графа «{value}» ({cell})" if value else f"повторная графа ({cell})"
    if finding["variant"] in _SHEETS:
        return f"лист «{sheet}»"
    place = f"ячейка {cell}" if finding["variant"] == "stray" else f"приписка на листе «{sheet}»"
    return f"{place}: «{value}»"


def _is_column(finding: Finding) -> bool:
    """Tell whether a finding stands at a header that is none of the template's; a column that is gone has no cell."""
    return bool(finding["cell"]) and _is_of(finding, _SHAPE, _COLUMNS)


def _is_of(finding: Finding, rule: str, variants: set[str]) -> bool:
    return finding["rule"] == rule and finding["variant"] in variants
