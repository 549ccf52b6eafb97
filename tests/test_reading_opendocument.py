"""An OpenDocument spreadsheet comes back cell by cell: repeated, hidden, merged; what is in doubt names its cell."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.hostile.formats import ods
from tests.opened import book, cell, number, row
from workbook_tools.errors import InputError
from workbook_tools.grids import Aside, Grid, Shown, Span, Trouble
from workbook_tools.reading.archive import Archive
from workbook_tools.reading.dense import dense_grids
from workbook_tools.reading.opendocument import read_sheets

ERROR = (
    '<table:table-cell office:value-type="string" calcext:value-type="error"{}><text:p>#DIV/0!</text:p>'
    "</table:table-cell>"
)
BLANK = "<table:table-cell/>"


def read(rows: str, styles: str = "", attributes: str = "") -> Grid:
    (grid,) = read_sheets(book(rows, styles, attributes))
    return grid


def times(what: str, count: object) -> str:
    return f'table:number-{what}-repeated="{count}"'


def test_a_value_stands_after_all_that_is_repeated_before_it() -> None:
    grid = read(
        row(BLANK, times("rows", 2))
        + row(f"<table:table-cell {times('columns', 2)}/><table:covered-table-cell/>{cell('а', times('columns', 2))}")
        + row(cell("б") + cell("в"), times("rows", 2))
        + row(f"<table:table-cell {times('columns', 16_380)}/>", times("rows", 1_048_000))
    )
    blank = ("",) * 5
    assert grid.rows == (blank, blank, ("", "", "", "а", "а"), *([("б", "в", "", "", "")] * 2))


def test_rows_and_columns_stand_where_they_are_though_others_head_or_hold_them() -> None:
    columns = f"<table:table-columns><table:table-column {times('columns', 2)}/></table:table-columns>"
    head = f"<table:table-header-rows>{row(cell('шапка'))}</table:table-header-rows>"
    group = f"<table:table-row-group>{row(cell('в группе'))}</table:table-row-group>"
    assert read(columns + head + group + row(cell("ниже"))).rows == (("шапка",), ("в группе",), ("ниже",))


def test_an_error_stands_after_all_that_is_repeated_before_it() -> None:
    error = Trouble(1, 1, "error_cell", "#DIV/0!"), Trouble(1, 2, "error_cell", "#DIV/0!")
    grid = read(row(BLANK) + row(BLANK + ERROR.format(" " + times("columns", 2)) + cell("а")))
    assert (grid.troubles, grid.rows[1]) == (error, ("", "", "", "а"))


def test_an_error_that_is_repeated_down_is_told_in_each_row() -> None:
    assert [item.row for item in read(row(ERROR.format(""), times("rows", 3))).troubles] == [0, 1, 2]


@pytest.mark.parametrize("given_times", ["0", "-1", "x", "1.5", "", "99999999999999999999", "٣"])
@pytest.mark.parametrize("what", ["rows", "columns"])
def test_a_repetition_that_is_no_number_is_refused_naming_the_cell(what: str, given_times: str) -> None:
    repeated = times(what, given_times)
    rows = row(cell("а")) + (row(BLANK + cell("б"), repeated) if what == "rows" else row(BLANK + cell("б", repeated)))
    sentence = (
        f"на листе «Лист» около ячейки {'A' if what == 'rows' else 'B'}2 указано число повторений «{given_times[:20]}»"
    )
    with pytest.raises(InputError, match=sentence):
        read(rows)


FAR, PAST = "далеко за таблицей", "за последней строкой или графой"


@pytest.mark.parametrize(
    ("rows", "place", "what"),
    [
        (row(cell("а", times("columns", 20_000))), "ACOF1", PAST),
        (row(cell("а"), times("rows", 2_000_000)), "A2000000", PAST),
        (row(f"<table:table-cell {times('columns', 16_384)}/>{cell('а')}"), "XFE1", PAST),
        (row(BLANK, times("rows", 1_048_576)) + row(cell("а")), "A1048577", PAST),
        (
            row(BLANK, times("rows", 10_000)) + row(f"<table:table-cell {times('columns', 5_000)}/>{cell('а')}"),
            "GJI10001",
            FAR,
        ),
        (row(cell("а", times("columns", 50)), times("rows", 1_000_000)), "AX1000000", FAR),
    ],
)
def test_a_value_that_would_fill_the_sheet_is_refused_naming_the_cell(rows: str, place: str, what: str) -> None:
    with pytest.raises(InputError, match=f"значение в ячейке {place} листа «Лист» стоит {what}"):
        read(rows)


def test_a_spoiled_number_is_told_at_its_cell_and_the_rest_is_read() -> None:
    grid = read(row(number("1,5") + cell("а") + number("1.5")))
    assert grid.rows == (("", "а", 1.5),)
    assert grid.troubles == (Trouble(0, 0, "no_number", "1,5"),)


def test_hidden_and_filtered_rows_and_hidden_columns_are_noted() -> None:
    hidden = 'table:visibility="collapse"'
    columns = f"<table:table-column/><table:table-column {hidden} {times('columns', 16_383)}/>"
    grid = read(columns + row(cell("а")) + row(cell("б") * 3, f"{hidden} {times('rows', 2)}"))
    assert (grid.hidden_rows, grid.hidden_columns, grid.filtered) == ((1, 2), (1, 2), False)
    grid = read(row(cell("а")) + row(cell("б"), 'table:visibility="filter"') + row(BLANK, hidden))
    assert (grid.hidden_rows, grid.hidden_columns, grid.filtered) == ((1,), (), True)


def test_a_hidden_sheet_is_noted() -> None:
    styles = '<style:style style:name="ta2"><style:table-properties table:display="false"/></style:style>'
    assert read(row(cell("а")), styles, 'table:style-name="ta2"').hidden
    assert not read(row(cell("а")), styles, 'table:style-name="ta1"').hidden


def test_merged_areas_are_noted() -> None:
    spanned = 'table:number-columns-spanned="2" table:number-rows-spanned="3"'
    plain = 'table:number-columns-spanned="1" table:number-rows-spanned="1"'
    assert read(row(cell("а", plain)) + row(BLANK + cell("б", spanned))).merged == (Span(1, 1, 3, 2),)


def test_what_stands_beside_a_cell_or_on_the_sheet_is_told_where_it_stands() -> None:
    box = "<draw:frame><draw:text-box><text:p>в рамке</text:p></draw:text-box></draw:frame>"
    grid = read(f"<table:shapes>{box}</table:shapes>" + row(BLANK + cell("а", "", box)))
    assert grid.rows == (("", "а"),)
    what = "надпись или рисунок"
    assert grid.asides == (Aside(None, None, what, "в рамке"), Aside(0, 1, what, "в рамке"))


def test_a_table_in_a_cell_is_told_and_moves_no_cell() -> None:
    inner = f'<table:table table:is-sub-table="true">{row(cell("внутри") + cell("ещё"))}</table:table>'
    grid = read(row(cell("а", "", inner) + cell("б")) + row(cell("в")))
    assert grid.rows == (("а", "б"), ("в", ""))
    assert grid.asides == (Aside(0, 0, "вложенная таблица", "внутри ещё"),)


def test_deleted_cells_and_tables_outside_the_sheets_are_none_of_the_book() -> None:
    table = f"<table:table>{row(cell('нет'))}</table:table>"
    gone = f"<table:tracked-changes><table:deletion>{table}</table:deletion></table:tracked-changes>"
    content = book(row(cell("а"))).replace(b"<table:table ", f"{gone}<table:table ".encode(), 1)
    assert [grid.rows for grid in read_sheets(content)] == [(("а",),)]


def test_what_is_no_spreadsheet_or_no_markup_is_refused() -> None:
    with pytest.raises(InputError, match="файл повреждён: в нём нет листов"):
        read_sheets(b"<a/>")
    with pytest.raises(InputError, match="его разметка нарушена"):
        read_sheets(book(row(cell("а")))[:-5])


@pytest.mark.parametrize(
    ("held", "told"),
    [
        ('office:value-type="percentage" office:value="0.5"><text:p>50%</text:p>', ("shown_number", "50%", "0,5")),
        ('office:value-type="currency" office:value="5"><text:p>5,00 ₽</text:p>', ("shown_number", "5,00 ₽", "5")),
        ('office:value-type="float" office:value="2.5"><text:p>3</text:p>', ("rounded_number", "2,5", "3")),
        ('office:value-type="float" office:value="5"><text:p/>', ("rounded_number", "5", "")),
        (
            'office:value-type="date" office:date-value="2026-04-03"><text:p>3.апр</text:p>',
            ("shown_date", "03.04.2026", "3.апр"),
        ),
        (
            'office:value-type="date" office:date-value="2026-04-03"><text:p>04/03/26</text:p>',
            ("other_value", "03.04.2026", "04/03/26"),
        ),
        (
            'office:value-type="boolean" office:boolean-value="true"><text:p>ЛОЖЬ</text:p>',
            ("other_value", "да", "ЛОЖЬ"),
        ),
        (
            'office:value-type="time" office:time-value="PT10H00M00S"><text:p>11:00</text:p>',
            ("other_value", "10:00:00", "11:00"),
        ),
    ],
)
def test_what_is_seen_otherwise_than_it_is_written_is_told_wherever_it_is_repeated(
    held: str, told: tuple[str, str, str]
) -> None:
    grid = read(row(f"<table:table-cell {times('columns', 2)} {held}</table:table-cell>"))
    assert grid.shown == (Shown(0, 0, *told), Shown(0, 1, *told))


@pytest.mark.parametrize("what", ["rows", "columns"])
def test_what_is_read_is_the_same_in_all_cells_though_not_all_are_told(what: str) -> None:
    percent = 'office:value-type="percentage" office:value="0.05"><text:p>5%</text:p></table:table-cell>'
    across, down = (times(what, 1_500), "") if what == "columns" else ("", times(what, 1_500))
    grid = read(row(f"<table:table-cell {across} {percent}", down))
    assert {value for cells in grid.rows for value in cells} == {"5%"}
    assert len(grid.rows) * len(grid.rows[0]) == 1_500
    assert len(grid.shown) == 1_000


@pytest.mark.parametrize(
    "held",
    [
        'office:value-type="float" office:value="7.5"><text:p>7,5</text:p>',
        'office:value-type="float" office:value="7.5">',
        'office:value-type="date" office:date-value="2026-11-25"><text:p>25.11.2026</text:p>',
        'office:value-type="float" office:value="1,5"><text:p>7</text:p>',
        'office:value-type="string"><text:p>7</text:p>',
    ],
)
def test_what_is_seen_as_it_is_written_is_not_told(held: str) -> None:
    assert read(row(f"<table:table-cell {held}</table:table-cell>")).shown == ()


TYPED = st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"), max_size=8)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(TYPED, max_size=4), max_size=5))
def test_the_fast_reader_returns_the_same_cells(rows: list[list[str]]) -> None:
    package = ods({"Лист": rows})
    (fast,) = dense_grids(package)
    (own,) = read_sheets(Archive(package).read("content.xml"))
    assert own.rows == fast.rows


def test_the_fast_reader_returns_the_same_values() -> None:
    values = number("1.50") + number("-3e2", "percentage") + number("7", "currency") + cell("а  б")
    values += (
        '<table:table-cell office:value-type="boolean" office:boolean-value="true"/>'
        '<table:table-cell office:value-type="date" office:date-value="2026-11-25"/>'
        '<table:table-cell office:value-type="date" office:date-value="2026-11-25T10:20:30.5"/>'
        '<table:table-cell office:value-type="time" office:time-value="PT10H20M30S"/>'
    )
    package = ods({"Лист": [["а"]]}, content=book(row(values) * 2))
    (fast,) = dense_grids(package)
    (own,) = read_sheets(Archive(package).read("content.xml"))
    assert own.rows == fast.rows
    assert own.rows[0][-1] == datetime.time(10, 20, 30)
