"""Areas and columns around the cells of a sheet; what is no area of a sheet is none."""

from __future__ import annotations

import pytest
from openpyxl.utils import column_index_from_string, get_column_letter

from workbook_tools.grids import Span
from workbook_tools.reading.surroundings import Surroundings, area, column_number


@pytest.mark.parametrize("number", [1, 26, 27, 52, 702, 703, 16_384])
def test_columns_are_numbered_as_spreadsheets_do(number: int) -> None:
    letters = get_column_letter(number)
    assert column_number(letters) == number - 1 == column_index_from_string(letters) - 1


@pytest.mark.parametrize(
    ("reference", "found"),
    [
        ("B2:C4", [Span(1, 1, 3, 2)]),
        ("A1", [Span(0, 0, 0, 0)]),
        ("A1:XFD1048576", [Span(0, 0, 1_048_575, 16_383)]),
        ("C4:B2", []),
        ("A1:XFE1", []),
        ("A1:A1048577", []),
        ("A0:B2", []),
        ("$A$1:B2", []),
        ("", []),
    ],
)
def test_only_an_area_of_a_sheet_is_one(reference: str, found: list[Span]) -> None:
    assert list(area(reference)) == found


def test_hidden_stretches_of_columns_end_with_the_sheet_and_wrong_ones_are_passed_over() -> None:
    around = Surroundings()
    for first, last, hidden in (("2", "3", "1"), ("5", "99999", "true"), ("7", "8", "0"), ("x", "9", "1")):
        around.start("col", {"min": first, "max": last, "hidden": hidden})
    assert around.hidden_columns == [(1, 2), (4, 16_383)]
