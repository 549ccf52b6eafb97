"""Characters that no text holds, and numbers that lost digits, in files of any format."""

from __future__ import annotations

import datetime
import math

import pytest

from workbook_tools.grids import CellValue, Trouble
from workbook_tools.reading.signs import number_troubles, sign_troubles


@pytest.mark.parametrize("text", ["", "текст", "строка\nстрока\tи\r", "_x0041_", "ё\u0301\u00ad\u200b", "😀", "\u0085"])
def test_what_people_type_is_no_trouble(text: str) -> None:
    assert list(sign_troubles([[text, 5.0]])) == []


@pytest.mark.parametrize(
    ("text", "code"),
    [("а\x00", "0000"), ("\x0bа", "000B"), ("а\x7f", "007F"), ("\ud800", "D800"), ("\ufffe", "FFFE"),
     ("\uffff", "FFFF"), ("а_xDFFF_б", "DFFF"), ("_xFFFE_", "FFFE")],
)  # fmt: skip
def test_what_is_no_character_is_told_by_its_code(text: str, code: str) -> None:
    assert list(sign_troubles([[], ["в порядке", text]])) == [Trouble(1, 1, "control", code)]


@pytest.mark.parametrize(
    ("text", "kind", "shown"),
    [("к" * 32_768, "long_text", "32768"), ("<r>_x0041_</r>", "control", "<r>"), ("<r>а\r</r>", "control", "<r>")],
)
def test_what_no_cell_of_ours_could_hold_is_told(text: str, kind: str, shown: str) -> None:
    assert list(sign_troubles([[text, "к" * 32_767, "<r>а</r>"]])) == [Trouble(0, 0, kind, shown)]


@pytest.mark.parametrize(
    ("value", "kind", "shown"),
    [(1e15, "long_number", "1e+15"), (math.nan, "no_number", "nan"), (-math.inf, "no_number", "-inf"),
     (datetime.time(12, 30), "no_date", "12:30")],
)  # fmt: skip
def test_numbers_that_lost_digits_and_days_that_are_none_are_told(value: float, kind: str, shown: str) -> None:
    assert list(number_troubles([[1.0, value]], has_days=True)) == [Trouble(0, 1, kind, shown)]


def test_fifteen_digits_dates_and_a_time_where_days_are_no_numbers_are_no_trouble() -> None:
    row: list[CellValue] = [999_999_999_999_999.0, "1e400", True, datetime.date(2026, 1, 1)]
    assert list(number_troubles([row], has_days=True)) == []
    assert list(number_troubles([[datetime.time(12)]], has_days=False)) == []
