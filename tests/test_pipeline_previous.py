"""The report of the round before: edited by somebody it is none of ours; what a later version adds is passed over."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from workbook_tools.errors import InputError
from workbook_tools.pipeline.previous import RUN_REPORT, previous_report

FILE = {"file": "а.xlsx", "sha256": "0", "unit": "КАДР", "status": "accepted"}
_TEXTS = ("rule", "severity", "unit", "file", "sheet", "cell", "column", "value", "message", "clause")
ROW = {"file": "а.xlsx", "sheet": "Сведения", "row": 6, "content": "0"}
FINDING = dict.fromkeys(_TEXTS, "") | {"row": 1}


def report(**values: object) -> str:
    """Return a report that is sound but for the values given."""
    return json.dumps({"schema": 1, "command": "check", "files": [FILE], "findings": [FINDING]} | values)


STRANGE = {
    "no files": report(files=None),
    "a file that is a list": report(files=[[]]),
    "a unit that is a list": report(files=[FILE | {"unit": ["КАДР"]}]),
    "a status that is a table": report(files=[FILE | {"status": {}}]),
    "a huge row": report(findings=[FINDING | {"row": 10**400}]),
    "a row before the first": report(findings=[FINDING | {"row": -1}]),
    "a row in words": report(findings=[FINDING | {"row": "7"}]),
    "a code that is a number": report(findings=[FINDING | {"record": 7}]),
    "a message that fits into no cell": report(findings=[FINDING | {"message": "м" * 32_768}]),
    "mended that is a number": report(mended=1),
    "mended that are words": report(mended=["исправлено"]),
    "a judged row without a place": report(judged=[{"content": "0"}]),
    "what stood in a row as a list": report(judged=[ROW | {"content": []}]),
    "no number": report(note=float("nan")),
}


@pytest.mark.parametrize("content", STRANGE.values(), ids=STRANGE.keys())
def test_a_report_with_values_of_another_kind_is_none_of_ours(tmp_path: Path, content: str) -> None:
    path = tmp_path / RUN_REPORT
    path.write_text(content, encoding="utf-8")
    assert previous_report(None, tmp_path) is None
    with pytest.raises(InputError, match="это не отчёт прошлого запуска"):
        previous_report(path, None)


@pytest.mark.parametrize(
    "values", [{}, {"later": [1]}, {"mended": [FINDING], "judged": [ROW]}, {"findings": [FINDING | {"later": {}}]}]
)
def test_a_report_of_ours_is_taken_with_what_a_later_version_adds(tmp_path: Path, values: dict[str, object]) -> None:
    (tmp_path / RUN_REPORT).write_text(report(**values), encoding="utf-8")
    assert previous_report(None, tmp_path) == json.loads(report(**values))
