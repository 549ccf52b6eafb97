"""The report of the round before: given, or found where this run will put its own."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from workbook_tools.errors import InputError
from workbook_tools.findings import COLUMNS
from workbook_tools.limits import CELL_CHARACTERS, SHEET_ROWS
from workbook_tools.pipeline.wanted import REPORT, check_place
from workbook_tools.reports.run_json import SCHEMA

if TYPE_CHECKING:
    from workbook_tools.rounds import Report

RUN_REPORT = "run.json"
_COMMANDS = ("check", "merge")
_OF_A_FILE = frozenset({"file", "sha256", "unit", "status"})
_OF_A_FINDING = frozenset(
    {"rule", "severity", "unit", "file", "sheet", "cell", "row", "column", "value", "message", "clause"}
)
_OF_A_ROW = frozenset({"file", "sheet", "row", "content"})
_NUMBERS = frozenset({"row"})
_KNOWN = _OF_A_FILE.union(COLUMNS, _OF_A_ROW)


def previous_report(given: Path | None, out: Path | None) -> Report | None:
    """Return the report of the round before as plain data, None where there is none.

    Raises
    ------
    InputError
        A report was given and is none of ours; one that is only found in the folder of outputs is passed over.
    """
    if given is None:
        return _read(out / RUN_REPORT) if out is not None else None
    check_place(given, REPORT)
    report = _read(given)
    if report is None:
        raise InputError(f"{given}: это не отчёт прошлого запуска. {REPORT}")
    return report


def _read(path: Path) -> dict[str, Any] | None:
    try:
        # What is no regular file may never come to an end.
        report = json.loads(path.read_bytes(), parse_constant=_refuse) if path.is_file() else None
    except (OSError, ValueError, RecursionError):
        return None
    return report if _is_ours(report) else None


def _refuse(constant: str) -> None:
    """Refuse NaN and Infinity, which only Python takes for JSON."""
    raise ValueError(constant)


def _is_ours(report: object) -> bool:
    """Tell whether all that is read from a report of ours is there and of its kind: somebody may have edited it."""
    if not isinstance(report, dict) or report.get("schema") != SCHEMA or report.get("command") not in _COMMANDS:
        return False
    lists = (
        (report.get("files"), _OF_A_FILE),
        (report.get("findings"), _OF_A_FINDING),
        # Reports of earlier versions have neither.
        (report.get("mended", []), _OF_A_FINDING),
        (report.get("judged", []), _OF_A_ROW),
    )
    return all(isinstance(items, list) and all(_holds(item, names) for item in items) for items, names in lists)


def _holds(item: object, names: frozenset[str]) -> bool:
    return isinstance(item, dict) and names <= item.keys() and all(_is_of_kind(*pair) for pair in item.items())


def _is_of_kind(name: str, value: object) -> bool:
    """Tell whether a value is what a report of ours has under its name; names of a later version are passed over."""
    if value is None or name not in _KNOWN:
        return True
    if name in _NUMBERS:
        return isinstance(value, int) and 0 <= value <= SHEET_ROWS
    return isinstance(value, str) and len(value) <= CELL_CHARACTERS
