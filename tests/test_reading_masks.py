"""What a cell shows by its format is read where it is certain and loses nothing; else it is told beside the number."""

from __future__ import annotations

import datetime
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbook_tools.grids import CellValue, Shown, cell_text
from workbook_tools.reading.masks import shown, shown_cells

DAY, MOMENT = datetime.date(2026, 4, 3), datetime.datetime(2026, 4, 3, 9, 5)  # noqa: DTZ001 - sheets know no zones


@pytest.mark.parametrize(
    ("value", "code", "seen"),
    [
        (0.5, "0%", "50%"),
        (0.07, "0%", "7%"),
        (0.0, "0%", "0%"),
        (0.5, "0.00%", "50,00%"),
        (0.125, "0.0#%", "12,5%"),
        (123456, "000-00-00", "012-34-56"),
        (17.0, "00000", "00017"),
        (-17.0, "00000", "-00017"),
        (89101234567, r"+0\ \(000\)\ 000\-00\-00", "+8 (910) 123-45-67"),
        (12345678, "000-00-00", "1234-56-78"),
        (6, '"Т-"0000', "Т-0006"),
        (1.5, "0.00", "1,50"),
        (0.5, "#.00", ",50"),
        (5, "0.##", "5,"),
        (1234567, "#,##0", "1 234 567"),
        (1234.5, "#,##0.00", "1 234,50"),
        (17, "000,000", "000 017"),
        (5, '0" шт."', "5 шт."),
        (-5, '0" шт."', "-5 шт."),
        (1234.5, "_-* #,##0.00\\ [$₽-419]_-;-* #,##0.00\\ [$₽-419]_-", "1 234,50 ₽"),
        (-5, "0.0;-0.0", "-5,0"),
        (5, "[Red]0.0", "5,0"),
        (5, "??0.0", "5,0"),
        (5.5, 'General" шт."', "5,5 шт."),
        (5, '0"%"', "5%"),
        (5, r"0\%", "5%"),
        (5, '"%"0', "%5"),
        (5, "[$%-419]0", "%5"),
        (5, 'General"%"', "5%"),
        (0.5, '0%" (%)"', "50% (%)"),
    ],
)
def test_a_form_that_loses_nothing_is_read_and_the_number_told(value: float, code: str, seen: str) -> None:
    assert shown(value, code) == ("shown_number", seen, cell_text(value))


@pytest.mark.parametrize(
    ("value", "code", "seen"),
    [
        (0.505, "0%", "51%"),
        (2.5, "0", "3"),
        (-0.4, "0", "0"),
        (1.005, "0.00", "1,01"),
        (1234567.5, "#,##0", "1 234 568"),
        (-5, "#,##0;[Red](#,##0)", "(5)"),
        (-5, "0;0", "5"),
        (1, '"да";;"нет"', "да"),
        (0, '0;-0;"нет"', "нет"),
    ],
)
def test_a_form_that_loses_something_is_told_and_the_number_read(value: float, code: str, seen: str) -> None:
    assert shown(value, code) == ("rounded_number", cell_text(value), seen)


@pytest.mark.parametrize(
    "code",
    [
        "0.00E+00",
        "# ?/?",
        '[=1]"да";"нет"',
        ";;;",
        "0,",
        "0.0,",
        ",0",
        "General0",
        "0;0;0;0;0",
        "0 шт",
        "0.0.0",
        "0%%",
        "General%",
        "[$-FFFFFFFF]0",
        "0" * 256,
        '0"',
        "денежный",
    ],
)
def test_a_form_that_is_not_certain_is_told_by_its_code(code: str) -> None:
    assert shown(5.0, code) == ("masked_number", "5", code)


def test_signs_that_no_text_holds_come_from_no_format() -> None:
    assert shown(5.0, '0"\x01\ud800"') == ("shown_number", "5??", "5")
    assert shown(5.0, "0\x01") == ("masked_number", "5", "0?")


@pytest.mark.parametrize(
    ("value", "code"),
    [
        (5.0, "0"),
        (5.0, "#"),
        (5.0, "General"),
        (5.0, "@"),
        (-5.0, "General;-General"),
        (5.0, "0;-0;0;@"),
        (-5.0, "0_);-0"),
        (1.5, "0.0"),
        (1e15, "0.00"),
        (float("inf"), "0.00"),
        ("5", "0.00"),
        (True, "0.00"),
        (datetime.timedelta(hours=1), "0.00"),
        (DAY, "dd.mm.yyyy"),
    ],
)
def test_what_is_read_as_it_is_seen_is_not_told(value: CellValue, code: str) -> None:
    assert shown(value, code) is None


@given(st.integers(0, 10**14), st.integers(1, 12), st.sampled_from(["", '" шт."', "%"]))
def test_no_digit_of_a_whole_number_is_lost_in_a_form_that_is_read(number: int, places: int, tail: str) -> None:
    found = shown(number / 100 if tail == "%" else number, "0" * places + tail)
    if found and found[0] == "shown_number":
        assert int(re.sub(r"\D", "", found[1])) == number
        assert len(re.sub(r"\D", "", found[1])) == max(places, len(str(number)))


@given(st.floats(-1e14, 1e14), st.text('0#?.,%;"-+[]$ \\_*@Ee/()', max_size=12))
def test_any_format_gives_text_or_is_told_and_never_fails(number: float, code: str) -> None:
    found = shown(number, code)
    assert found is None or cell_text(number) in found[1:]


def test_a_day_in_an_odd_form_is_told_with_its_code() -> None:
    assert shown(DAY, "d-mmm") == ("shown_date", "03.04.2026", "d-mmm")
    assert shown(MOMENT, "mmm yy") == ("shown_date", "03.04.2026 09:05", "mmm yy")


def test_cells_are_told_at_their_places_and_none_outside_the_rows() -> None:
    codes = {(0, 1): "0%", (5, 0): "0%", (0, 9): "0%", (0, 0): "0%"}
    assert list(shown_cells([("текст", 0.5)], codes)) == [Shown(0, 1, "shown_number", "50%", "0,5")]
