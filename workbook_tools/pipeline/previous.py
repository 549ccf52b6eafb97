"""The report of the round before: given, or found where this run will put its own."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from workbook_tools.errors import InputError
from workbook_tools.pipeline.wanted import REPORT, check_place
from workbook_tools.reports.run_json import SCHEMA

if TYPE_CHECKING:
    from workbook_tools.rounds import Report

RUN_REPORT = "run.json"
_OF_A_FILE = {"file", "sha256", "unit", "status"}
_OF_A_FINDING = {"rule", "severity", "unit", "file", "sheet", "cell", "row", "column", "value", "message", "clause"}


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
        report = json.loads(path.read_bytes()) if path.is_file() else None
    except (OSError, ValueError, RecursionError):
        return None
    return report if _is_ours(report) else None


def _is_ours(report: object) -> bool:
    if not isinstance(report, dict) or report.get("schema") != SCHEMA:
        return False
    lists = ((report.get("files"), _OF_A_FILE), (report.get("findings"), _OF_A_FINDING))
    return report.get("command") in {"check", "merge"} and all(
        isinstance(items, list) and all(isinstance(item, dict) and names <= item.keys() for item in items)
        for items, names in lists
    )
