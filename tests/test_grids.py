"""Cells as found: their text as a person would type it, their names as a spreadsheet shows them."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.utils import column_index_from_string, get_column_letter
from openpyxl.utils.cell import coordinate_from_string

from workbook_tools.grids import CellValue, Grid, cell_name, cell_text


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("", ""),
        (" как есть ", " как есть "),
        (5, "5"),
        (5.0, "5"),
        (-2.0, "-2"),
        (1234.5, "1234,5"),
        (0.1, "0,1"),
        (1e15, "1000000000000000"),
        (float("inf"), "inf"),
        (True, "да"),
        (False, "нет"),
        (datetime.date(2024, 3, 19), "19.03.2024"),
        (datetime.datetime(2024, 3, 19), "19.03.2024"),  # noqa: DTZ001 - a cell has no zone
        (datetime.datetime(2024, 3, 19, 9, 5), "19.03.2024 09:05"),  # noqa: DTZ001 - as above
        (datetime.time(9, 5), "09:05:00"),
        (datetime.timedelta(hours=30), "30:00:00"),
        (datetime.timedelta(days=45_000, hours=12), "1080012:00:00"),
        (-datetime.timedelta(minutes=90, seconds=5), "-1:30:05"),
        (1e-07, "0,0000001"),
        (-1.5e-20, "-0,000000000000000000015"),
        (0.30000000000000004, "0,3"),
        (datetime.datetime(2024, 3, 19, 9, 5, 7), "19.03.2024 09:05:07"),  # noqa: DTZ001 - as above
    ],
)
def test_a_value_reads_as_a_person_would_type_it(value: CellValue, expected: str) -> None:
    assert cell_text(value) == expected


@given(st.integers())
def test_a_whole_number_never_shows_a_fraction(number: int) -> None:
    assert cell_text(number) == str(number)


@given(st.integers(min_value=-(2**53), max_value=2**53))
def test_a_whole_number_reads_alike_as_integer_and_as_float(number: int) -> None:
    assert cell_text(float(number)) == cell_text(number)


@given(st.dates(min_value=datetime.date(1900, 1, 1)))
def test_a_date_reads_day_month_year(day: datetime.date) -> None:
    assert cell_text(day) == f"{day.day:02}.{day.month:02}.{day.year}"


def test_columns_are_named_as_openpyxl_names_them_to_the_last_one() -> None:
    assert [cell_name(0, column) for column in range(16_384)] == [
        f"{get_column_letter(column)}1" for column in range(1, 16_385)
    ]


@given(st.integers(0, 1_048_575), st.integers(0, 16_383))
def test_a_cell_is_found_again_by_its_name(row: int, column: int) -> None:
    letters, number = coordinate_from_string(cell_name(row, column))
    assert (number - 1, column_index_from_string(letters) - 1) == (row, column)


def test_the_seventh_row_and_third_column_are_c7() -> None:
    assert cell_name(6, 2) == "C7"
    assert cell_name(1_048_575, 16_383) == "XFD1048576"


def test_outside_the_sheet_every_cell_is_blank() -> None:
    grid = Grid("Сведения", (("№", 1.0), ("да",)))
    assert [grid.text(0, 1), grid.text(1, 1), grid.text(2, 0), grid.text(0, 2)] == ["1", "", "", ""]
