"""What fuzzing and breaking by hand found: the smallest input of each find, by a name that tells what it is."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple

from openpyxl import load_workbook

from tests.books import PROFILE
from tests.fuzz.stage import UNIT, files

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet


class Find(NamedTuple):
    """An input that the program did not stand, and what must become of it.

    Attributes
    ----------
    given
        The files of the options, as `stage.run` takes them.
    code
        The exit code.
    says
        What is said at the console or stands in the report.
    """

    given: Callable[[], dict[str, bytes]]
    code: int = 1
    says: str = ""


def _changed(package: bytes, sheet: str, change: Callable[[Worksheet], None]) -> bytes:
    book = load_workbook(io.BytesIO(package))
    change(book[sheet])
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def edition(column: str, text: str) -> Find:
    """Return a find in one cell of the first record of an edition."""
    at = 1 + list(PROFILE.headers("register")).index(column)

    def change(sheet: Worksheet) -> None:
        sheet.cell(2, at).value = text

    return Find(lambda: {"edition": _changed(files().edition, "Реестр", change)})


def decisions(says: str = "", **texts: str) -> Find:
    """Return a find in the cells of every line of «Решения»."""
    columns = list(PROFILE.headers("decisions"))

    def change(sheet: Worksheet) -> None:
        header = next(row for row in range(1, 20) if sheet.cell(row, 1).value == "№")
        for name, text in texts.items():
            for row in range(header + 1, sheet.max_row + 1):
                sheet.cell(row, 1 + columns.index(name)).value = text

    return Find(lambda: {"decisions": _changed(files().decisions, "Решения", change)}, says=says)


def previous(**values: object) -> Find:
    """Return a find in the report of the round before, which is then none of ours."""

    def given() -> dict[str, bytes]:
        report: dict[str, Any] = json.loads(files().previous)
        return {"previous": json.dumps(report | values).encode()}

    return Find(given, 2, "это не отчёт прошлого запуска")


def file_of_round(**values: object) -> Find:
    """Return a find in the first file that the report of the round before lists."""
    listed = {"file": "а.xlsx", "sha256": "0", "unit": UNIT, "status": "accepted"} | values
    return previous(files=[listed])


FOUND = {
    "edition-source-row-of-23-digits": edition("source", f"а.xlsx › Сведения › строка {'9' * 23}"),
    "edition-source-row-of-5000-digits": edition("source", f"а.xlsx › Сведения › строка {'9' * 5000}"),
    "decisions-signed-in-the-year-1": decisions("0001-01-01", when="01.01.0001"),
    "decisions-reason-that-fills-a-cell": decisions("…", reason="р" * 32_767),
    "report-mended-is-no-list": previous(mended=1),
    "report-mended-holds-no-findings": previous(mended=["исправлено"]),
    "report-unit-is-a-list": file_of_round(unit=["КАДР"]),
    "report-status-is-a-table": file_of_round(status={"accepted": True}),
    "report-row-of-a-finding-is-huge": previous(
        findings=[
            dict.fromkeys(("rule", "severity", "unit", "file", "sheet", "cell", "column", "value", "message", "clause"))
            | {"row": 10**400}
        ]
    ),
}
