"""The formats that files name by a number are known, and so is which format may show a number otherwise."""

from __future__ import annotations

import pytest
from openpyxl.styles.numbers import BUILTIN_FORMATS

from workbook_tools.reading.codes import BUILT_IN, code_of, is_odd


@pytest.mark.parametrize(
    "code",
    [
        "",
        "General",
        "@",
        "dd.mm.yyyy",
        r"dd\.mm\.yyyy;@",
        "[$-419]d/m/yy",
        "[$-FC19]dd/mm/yyyy",
        "[$-1010419]dd.mm.yyyy",
        "[$-20409]dd/mm/yyyy",
        "[$-ru-RU]dd.mm.yyyy",
        "yyyy-mm-dd hh:mm",
    ],
)
def test_a_usual_format_is_not_odd(code: str) -> None:
    assert not is_odd(code)


@pytest.mark.parametrize(
    "code", ["0", "0%", "d-mmm", "mm/yyyy", "m.d.h", "d mmmm yyyy", "d.m-yy", r"\d.mm.yyyy", r"\d.\m.\y\y"]
)
def test_any_other_format_is_odd(code: str) -> None:
    assert is_odd(code)


@pytest.mark.parametrize(
    "place",
    [
        "107041E",
        "D07041E",
        "170000",
        "100419",
        "1060401",
        "2000401",
        "41E",
        "0401",
        "F800",
        "x-sysdate",
        "th-TH",
        "ru-RU,6",
    ],
)
def test_a_day_that_may_be_counted_by_another_calendar_is_odd(place: str) -> None:
    assert is_odd(f"[$-{place}]dd/mm/yyyy")


def test_formats_named_by_number_are_those_that_openpyxl_knows() -> None:
    assert {int(number): code for number, code in BUILT_IN.items()} == {
        number: code for number, code in BUILTIN_FORMATS.items() if number
    }


def test_a_format_of_the_file_goes_before_one_of_the_machine() -> None:
    codes = [
        code_of(number, {"164": "0%", "14": "d-mmm"}) for number in ("164", "14", "22", "9", "44", "0", "999", "x")
    ]
    assert codes == ["0%", "d-mmm", "", "0%", "денежный", "", "", ""]
