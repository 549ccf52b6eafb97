"""A table is found by its headers, wherever it stands and however they are typed."""

from __future__ import annotations

import pytest

from workbook_tools.grids import Book, CellValue, Grid, Span
from workbook_tools.limits import HEADER_SEARCH_ROWS
from workbook_tools.reading.headers import Table, find_sheet, find_table

HEADERS = {
    "code": "Код записи",
    "process": "Наименование процесса",
    "kind": "Вид точки",
    "contact": "Адрес (контакт) точки",
}
NAMES = list(HEADERS.values())


def grid(*rows: tuple[CellValue, ...], name: str = "Сведения") -> Grid:
    return Grid(name, rows)


def table(*rows: tuple[CellValue, ...], least: int = 3) -> Table | None:
    return find_table(grid(*rows), HEADERS, least)


def test_columns_are_found_in_any_order() -> None:
    found = table(("Вид точки", "Адрес (контакт) точки", "Код записи", "Наименование процесса"))
    assert found == Table(0, {"kind": 0, "contact": 1, "code": 2, "process": 3}, (), ())


def test_the_header_is_found_in_a_later_row_and_column() -> None:
    found = table(("Сведения",), (), ("", "", "Код записи", "Вид точки", "Наименование процесса"), ("Вид точки",))
    assert found == Table(2, {"code": 2, "kind": 3, "process": 4}, (), ())


@pytest.mark.parametrize(
    "typed",
    ["Наименование\nпроцесса", "НАИМЕНОВАНИЕ  ПРОЦЕССА", "\u00a0Наименование\u00a0процесса ",
     "Наимено\u00adвание процесса.",
     "Наименование пpоцеccа"],
)  # fmt: skip
def test_line_breaks_case_spaces_and_look_alikes_make_no_difference(typed: str) -> None:
    found = table(("Код записи", typed, "Вид точки"))
    assert found == Table(0, {"code": 0, "process": 1, "kind": 2}, (), ())


def test_repeated_and_foreign_headers_are_kept_as_typed() -> None:
    found = table(("Код записи", "Вид точки", "вид  точки", "Наименование процесса", "Телефон\nотдела", ""))
    assert found == Table(0, {"code": 0, "kind": 1, "process": 3}, ((2, "вид точки"),), ((4, "Телефон отдела"),))


def test_too_few_headers_are_no_table() -> None:
    assert table(("Код записи", "Вид точки", "Вид точки")) is None
    assert table() is None


@pytest.mark.parametrize(("above", "found"), [(HEADER_SEARCH_ROWS - 1, True), (HEADER_SEARCH_ROWS, False)])
def test_the_header_is_looked_for_among_the_first_rows_only(above: int, *, found: bool) -> None:
    rows = [("",)] * above
    assert (table(*rows, tuple(NAMES)) is not None) is found


def test_a_sheet_is_known_by_its_name_if_it_holds_the_headers() -> None:
    book = Book("а.xlsx", "", (grid(tuple(NAMES), name="Лист1"), grid(tuple(NAMES[:3]), name="СВЕДЕНИЯ ")))
    assert find_sheet(book, "Сведения", NAMES, 3) is book.grids[1]


def test_a_renamed_sheet_is_found_by_its_headers() -> None:
    book = Book("а.xlsx", "", (grid(("Код записи",)), grid(tuple(NAMES), name="Лист1"), grid(name="Лист2")))
    assert find_sheet(book, "Сведения", NAMES, 3) is book.grids[1]


def test_a_book_without_the_headers_has_no_such_sheet() -> None:
    assert find_sheet(Book("а.xlsx", "", (grid(("Код записи",)),)), "Сведения", NAMES, 3) is None
    assert find_sheet(Book("а.xlsx", "", ()), "Сведения", NAMES, 3) is None


def test_a_header_split_over_merged_cells_is_found_in_its_lower_row() -> None:
    rows = (
        ("Код записи", "Точка", "", "Наименование процесса"),
        ("", "Вид точки", "Адрес (контакт) точки", ""),
        ("Т-0001",),
    )
    merged = (Span(0, 0, 1, 0), Span(0, 1, 0, 2), Span(0, 3, 1, 3))
    found = find_table(Grid("Сведения", rows, merged), HEADERS, 3)
    assert found == Table(1, {"code": 0, "kind": 1, "contact": 2, "process": 3}, (), ())
