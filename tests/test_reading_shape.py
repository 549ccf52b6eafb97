"""What a unit's workbook has besides its template's cells is told once, and nothing of it is lost without a word."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from openpyxl.styles import Font

from tests.books import NEW, PROFILE, UnitBook
from tests.sheets import saved
from workbook_tools.grids import Aside
from workbook_tools.reading.submission import read_submission, submission_of
from workbook_tools.reading.workbook import read_workbook
from workbook_tools.remarks import Place, Remark

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

FILE = "КАДР.xlsx"


def remarks(tmp_path: Path, change: Callable[[UnitBook], object]) -> tuple[Remark, ...]:
    book = UnitBook()
    change(book)
    return read_submission(book.save(tmp_path / FILE), FILE, PROFILE).remarks


def on(at: str, **words: str) -> tuple[Place, dict[str, str]]:
    return Place("КАДР", FILE, at), words


def test_a_plain_template_has_nothing_to_tell(tmp_path: Path) -> None:
    assert remarks(tmp_path, lambda book: book.add(**NEW)) == ()


def test_hidden_rows_columns_and_sheets_are_read_and_told_once(tmp_path: Path) -> None:
    def hide(book: UnitBook) -> None:
        for row in (6, 7, 9, 150):
            book.data.row_dimensions[row].hidden = True
        book.add(**NEW)
        book.data.column_dimensions["H"].hidden = True
        book.data.sheet_state = "hidden"

    told = "сам лист; строки 6–7, 9; графа «Адрес (контакт) точки»"
    assert remarks(tmp_path, hide) == (Remark("П-01", "hidden", *on("Сведения", sheet="Сведения", v=told)),)
    assert len(read_submission(tmp_path / FILE, FILE, PROFILE).rows) == 4


def test_rows_that_a_filter_hides_are_read_and_the_filter_is_told(tmp_path: Path) -> None:
    def sift(book: UnitBook) -> None:
        book.data.auto_filter.ref = "A5:M8"
        book.data.auto_filter.add_filter_column(2, ["включить"])
        book.data.row_dimensions[7].hidden = True

    words = {"sheet": "Сведения", "v": "строка 7; включён отбор строк"}
    assert remarks(tmp_path, sift) == (Remark("П-01", "hidden", *on("Сведения", **words)),)


def test_merged_cells_over_data_are_told_at_the_first_of_them(tmp_path: Path) -> None:
    def merge(book: UnitBook) -> None:
        book.data.merge_cells("D6:D8")
        book.data.merge_cells("P6:Q8")

    found = [remark for remark in remarks(tmp_path, merge) if remark.message == "merged"]
    assert found == [Remark("П-01", "merged", Place("КАДР", FILE, "Сведения", "D6", 6), {"v": "D6:D8"})]


def test_a_second_table_on_another_sheet_is_told_with_its_rows(tmp_path: Path) -> None:
    def copy(book: UnitBook) -> None:
        book.book.copy_worksheet(book.data).title = "Сведения (2)"

    words = {"sheet": "Сведения (2)", "v": "Сведения", "n": "3 строки"}
    assert remarks(tmp_path, copy) == (Remark("П-01", "other_table", *on("Сведения (2)", **words)),)


def of_one_name(folder: Path, *, headless: int | None = None, turned: bool = False) -> tuple[Remark, ...]:
    """Return what is told of a book with two sheets «Сведения»; the rows of the second end at 7."""
    book = UnitBook()
    book.save(folder / FILE)
    plain = read_workbook(folder / FILE, FILE)
    data = next(grid for grid in plain.grids if grid.name == "Сведения")
    others = tuple(grid for grid in plain.grids if grid is not data)
    pair = [data, replace(data, rows=data.rows[:7])]
    if headless is not None:
        pair[headless] = replace(data, rows=(("текст",),))
    twins = pair[::-1] if turned else pair
    return submission_of(replace(plain, grids=(*others, *twins)), PROFILE).remarks


@pytest.mark.parametrize(
    ("headless", "turned", "read", "left_out", "rows"),
    [
        (None, False, "левее", "правее", "2 строки"),
        (None, True, "левее", "правее", "3 строки"),
        (1, False, "левее", "правее", "1 строка"),
        (1, True, "правее", "левее", "1 строка"),
        (0, False, "правее", "левее", "1 строка"),
    ],
)
def test_of_two_sheets_of_one_name_the_one_that_is_read_is_told(
    headless: int | None, read: str, left_out: str, rows: str, tmp_path: Path, *, turned: bool
) -> None:
    words = {"sheet": "Сведения", "a": read, "b": left_out, "n": rows}
    told = of_one_name(tmp_path, headless=headless, turned=turned)
    assert told == (Remark("П-01", "same_name", *on("Сведения", **words)),)


@pytest.mark.parametrize("rows", [0, 1])
def test_a_filled_sheet_that_is_none_of_the_templates_is_told_and_a_blank_one_is_not(rows: int, tmp_path: Path) -> None:
    def add(book: UnitBook) -> None:
        sheet = book.book.create_sheet("Черновик")
        for row in range(rows):
            sheet.cell(row + 1, 1).value = "текст"

    words = {"sheet": "Черновик", "v": "Сведения"}
    expected = (Remark("П-01", "other_sheet", *on("Черновик", **words)),) if rows else ()
    assert remarks(tmp_path, add) == expected


@pytest.mark.parametrize(
    ("aside", "where", "at"),
    [
        (Aside(6, 4, "надпись или рисунок", "в рамке"), "В ячейке", ("E7", 7)),
        (Aside(None, None, "надпись или рисунок", "в рамке"), "На листе «Сведения»", ("", 0)),
    ],
)
def test_what_stands_on_a_sheet_and_in_no_cell_is_told_where_it_stands(
    aside: Aside, where: str, at: tuple[str, int], tmp_path: Path
) -> None:
    book = read_workbook(UnitBook().save(tmp_path / FILE), FILE)
    grids = tuple(replace(grid, asides=(aside,)) if grid.name == "Сведения" else grid for grid in book.grids)
    place = Place("КАДР", FILE, "Сведения", at[0], at[1], value="в рамке")
    words = {"where": where, "what": "надпись или рисунок", "v": "в рамке"}
    assert submission_of(replace(book, grids=grids), PROFILE).remarks == (Remark("П-01", "beside", place, words),)


def test_words_that_were_struck_out_are_told_and_the_row_is_read(tmp_path: Path) -> None:
    def strike(book: UnitBook) -> None:
        book.data["E6"].font = Font(strike=True)

    words = {"where": "В ячейке", "what": "зачёркнутый текст", "v": "Увольнение со службы"}
    place = Place("КАДР", FILE, "Сведения", "E6", 6, value="Увольнение со службы")
    assert remarks(tmp_path, strike) == (Remark("П-01", "struck", place, words),)
    assert read_submission(tmp_path / FILE, FILE, PROFILE).rows[0].texts["process"] == "Увольнение со службы"


def test_macros_and_links_are_noted_once_and_the_file_is_read(tmp_path: Path) -> None:
    UnitBook().save(tmp_path / FILE)
    parts = {"xl/vbaProject.bin": b"x", "xl/connections.xml": b"<connections/>"}
    saved(tmp_path / FILE, parts_of(tmp_path / FILE) | parts)
    found = read_submission(tmp_path / FILE, FILE, PROFILE)
    assert found.remarks == (
        Remark("П-01", "live", Place("КАДР", FILE), {"v": "макросы, подключения к данным"}),
    )  # fmt: skip
    assert len(found.rows) == 3


def parts_of(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}
