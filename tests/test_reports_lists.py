"""«Подразделения» and the units on «Сводка»: what came, what is refused as a whole, what did not come."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from openpyxl import load_workbook

from tests.books import PROFILE, UnitBook
from tests.desk import Desk
from workbook_tools.dossier import MISSING, RECEIVED, UnitLine
from workbook_tools.reports.lists import told_status

if TYPE_CHECKING:
    from pathlib import Path

    from openpyxl.worksheet.worksheet import Worksheet


@pytest.mark.parametrize(
    ("status", "file", "words"),
    [(MISSING, "", "не поступили"), (RECEIVED, "а.xlsx", "получены"), (RECEIVED, "б.xlsx", "получены, не приняты")],
)
def test_what_came_from_a_unit_is_told_in_words(status: str, file: str, words: str) -> None:
    assert told_status(UnitLine("КАДР", "Отдел кадров", status, file=file), {"б.xlsx"}) == words


def status_of(sheet: Worksheet, unit: str) -> str:
    """Return what stands right of a unit's name where its line has one of the words looked for."""
    name = PROFILE.unit_name(unit)
    pairs = [(row[at].value, row[at + 1].value) for row in sheet.iter_rows() for at in range(len(row) - 1)]
    (told,) = {str(value) for text, value in pairs if text == name and str(value).startswith(("получены", "не пост"))}
    return told


def test_a_file_refused_as_a_whole_is_told_as_received_and_not_accepted(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    unsigned = UnitBook("КАДР")
    unsigned.sign(head_name="", checked="")
    desk.send("КАДР", unsigned)
    desk.send("БУХ", UnitBook("БУХ"))
    result = desk.merge()
    book = load_workbook(desk.book(result))
    for sheet in (book["Подразделения"], book["Сводка"]):
        told = {unit: status_of(sheet, unit) for unit in ("КАДР", "БУХ", "ИТ")}
        assert told == {"КАДР": "получены, не приняты", "БУХ": "получены", "ИТ": "не поступили"}, sheet.title
    units = {item["unit"]: item["status"] for item in result.report["units"]}
    assert (units["КАДР"], units["БУХ"], units["ИТ"]) == ("received", "received", "missing")
    assert {item["unit"]: item["status"] for item in result.report["files"]}["КАДР"] == "rejected"
