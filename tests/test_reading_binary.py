"""A binary workbook: errors, formats and cells that the fast reader leaves out are told at their places."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

import pytest

from tests.hostile.formats import brt, brt_styles, xlsb
from workbook_tools.errors import InputError
from workbook_tools.grids import Grid, Shown, Trouble
from workbook_tools.reading.archive import Archive
from workbook_tools.reading.binary import BinaryBook
from workbook_tools.reading.workbook import read_workbook

if TYPE_CHECKING:
    from pathlib import Path

ROWS = [["Код", "Адрес"], ["Т-0001", "каб. 17"], ["Т-0002", ""]]
B2 = ("Лист", 1, 1)


def cell(kind: int, content: bytes, style: int = 0) -> bytes:
    return brt(kind, struct.pack("<II", 1, style) + content)


def read(record: bytes, tmp_path: Path, styles: bytes = b"") -> Grid:
    path = tmp_path / "а.xlsb"
    path.write_bytes(xlsb({"Пустой": [], "Лист": ROWS}, {B2: record}, styles))
    return read_workbook(path, "а.xlsb").grids[1]


HALF = struct.pack("<d", 0.5)
TEXT = struct.pack("<I", 2) + "да".encode("utf-16-le")


@pytest.mark.parametrize(
    ("record", "text"),
    [
        (cell(2, struct.pack("<i", 5 << 2 | 2)), "5"),
        (cell(4, b"\1"), "да"),
        (cell(5, HALF), "0,5"),
        (cell(6, TEXT), "да"),
        (cell(8, TEXT + b"\0" * 6), "да"),
        (cell(9, HALF + b"\0" * 6), "0,5"),
        (cell(10, b"\1" + b"\0" * 6), "да"),
        (cell(1, b""), ""),
        (cell(8, b"\0" * 10), ""),
        (cell(6, b"\0" * 4), ""),
    ],
)
def test_values_and_blanks_are_no_trouble(record: bytes, text: str, tmp_path: Path) -> None:
    grid = read(record, tmp_path)
    assert (grid.text(1, 1), grid.troubles, grid.shown) == (text, (), ())


@pytest.mark.parametrize(
    ("record", "kind", "shown"),
    [
        (cell(3, b"\x2a"), "error_cell", "#N/A"),
        (cell(11, b"\x07\0\0"), "error_cell", "#DIV/0!"),
        (cell(62, b"\0" + TEXT), "no_value", "…"),
        (brt(17, b"\0" * 4 + TEXT), "no_value", "…"),
        (brt(14, b"\0" * 4 + b"\x17"), "error_cell", "#REF!"),
        (cell(5, HALF) + cell(6, TEXT), "twice_cell", "…"),
    ],
)
def test_errors_and_cells_left_out_are_told(record: bytes, kind: str, shown: str, tmp_path: Path) -> None:
    grid = read(record, tmp_path)
    assert (grid.text(1, 1), grid.troubles) == ("", (Trouble(1, 1, kind, shown),))
    assert [grid.text(row, 0) for row in range(3)] == ["Код", "Т-0001", "Т-0002"]


def test_a_number_is_read_as_its_format_shows_it(tmp_path: Path) -> None:
    grid = read(cell(5, HALF, 1), tmp_path, brt_styles("0%"))
    assert (grid.text(1, 1), grid.shown) == ("50%", (Shown(1, 1, "shown_number", "50%", "0,5"),))


@pytest.mark.parametrize("record", [cell(5, HALF)[:-5], brt(6, b"\0" * 4), brt(5, b"\xff" * 16), b"\xff"])
def test_records_that_break_off_are_refused(record: bytes) -> None:
    with pytest.raises(InputError, match="запись в нём обрывается"):
        BinaryBook(Archive(xlsb({"Лист": [["а"]]}, {("Лист", 0, 0): record})))


def test_cells_that_are_not_in_the_file_are_refused() -> None:
    book = BinaryBook(Archive(xlsb({"Лист": ROWS})))
    with pytest.raises(InputError, match="на листе «Лист» записаны не те ячейки"):
        book.with_lost_cells(Grid("Лист", (("Код", "Адрес", "лишнее"), ("Т-0001", "каб. 17"), ("Т-0002", ""))))


def test_two_sheets_of_one_name_are_refused() -> None:
    with pytest.raises(InputError, match="два листа"):
        BinaryBook(Archive(xlsb({"Лист": ROWS, "ЛИСТ": ROWS})))
