"""The ends of cells: each value has one, entered once; what needs the writer's own hand has none."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import xlsxwriter

from workbook_tools.limits import CELL_CHARACTERS
from workbook_tools.xlsx.ends import ABSENT, BLANK, Ends

if TYPE_CHECKING:
    from workbook_tools.xlsx.checking import Value


@pytest.fixture
def book(tmp_path: Path) -> xlsxwriter.Workbook:
    return xlsxwriter.Workbook(tmp_path / "к.xlsx")


def test_texts_are_shared_in_the_order_in_which_they_come(book: xlsxwriter.Workbook) -> None:
    ends = Ends(book)
    assert ends.enter(["б", "а", "", None, "б"])
    assert [ends[value] for value in ("б", "а", "", None)] == [
        ' t="s"><v>0</v></c>',
        ' t="s"><v>1</v></c>',
        BLANK,
        BLANK,
    ]


def test_numbers_stand_in_their_cells_and_days_are_the_writers_own(book: xlsxwriter.Workbook) -> None:
    ends = Ends(book)
    assert ends.enter([5, 0.1 + 0.2, datetime.date(2024, 3, 19)])
    assert ends[5] == "><v>5</v></c>"
    assert ends[0.1 + 0.2] == "><v>0.3</v></c>"
    assert ends.end(datetime.date(2024, 3, 19)) is None


@pytest.mark.parametrize(
    "strange", ["\0", "<r>а</r>", "ж" * CELL_CHARACTERS, datetime.date(1812, 9, 7)], ids=["sign", "run", "long", "day"]
)
def test_where_a_text_needs_the_writers_own_hand_nothing_is_entered(book: xlsxwriter.Workbook, strange: Value) -> None:
    ends = Ends(book)
    assert not ends.enter(["до", strange, "после"])
    assert "до" not in ends
    assert ends.end(strange) is None
    assert ends.end("после") == ' t="s"><v>0</v></c>'


@pytest.mark.parametrize(("text", "live"), [("=1+1", True), (" +7", True), ("@а", True), ("а=1", False), ("7", False)])
def test_what_a_client_could_run_is_known(book: xlsxwriter.Workbook, text: str, *, live: bool) -> None:
    ends = Ends(book)
    ends.enter([text])
    assert (text in ends.live) is live


def test_cells_that_hold_a_text_are_counted(book: xlsxwriter.Workbook) -> None:
    ends = Ends(book)
    rows: list[list[Value]] = [["а", 5, "", None], ["а", "б", 7, "в"]]
    ends.enter([value for row in rows for value in row])
    kept = [[ends[value] for value in row] for row in rows]
    kept[1][3] = ABSENT
    ends.count(kept, [value for row in rows for value in row])
    assert book.str_table.count == 3
    assert book.str_table.unique_count == 3
