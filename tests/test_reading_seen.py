"""What a file says is seen of a cell is compared by value: the same is read as it is seen, another is told."""

from __future__ import annotations

import datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbook_tools.grids import cell_text
from workbook_tools.reading.seen import of_day, of_number, of_time, of_truth

DAY, MOMENT = datetime.date(2026, 4, 3), datetime.datetime(2026, 4, 3, 9, 5)  # noqa: DTZ001 - sheets know no zones


@pytest.mark.parametrize(
    ("value", "seen"),
    [
        (0.5, "50 %"),
        (5.0, "5%"),
        (-0.5, "-50%"),
        (123456.0, "012-34-56"),
        (12032026.0, "12.03.2026"),
        (6.0, "Т-0006"),
        (89101234567.0, "+8 (910) 123-45-67"),
        (1234.5, "1 234,50 ₽"),
        (1234.5, "1.234,50"),
        (1234567.0, "1,234,567"),
        (-5.0, "\u22125,0"),
        (-5.0, "-$5.00"),
        (0.5, ",50"),
        (5.0, "5 шт."),
    ],
)
def test_a_form_that_loses_nothing_is_read_and_the_number_told(value: float, seen: str) -> None:
    assert of_number(value, seen) == ("shown_number", seen, cell_text(value))


@pytest.mark.parametrize(
    ("value", "seen"),
    [
        (5000.0, "5"),
        (5000.0, "5,0"),
        (0.05, "5"),
        (0.505, "51%"),
        (5.0, "50%"),
        (12.0, "1,2"),
        (105.0, "1.05"),
        (-5.0, "(5)"),
        (-5.0, "5"),
        (-5.0, "Т-5"),
        (5.0, "-5"),
        (0.0, "#DIV/0!"),
        (15.0, "1E+5"),
        (1.0, "да"),
        (5.0, ""),
        (-5.0, "-5,00000000000000000000000000001"),
    ],
)
def test_another_number_is_told_and_that_which_is_written_read(value: float, seen: str) -> None:
    assert of_number(value, seen) == ("rounded_number", cell_text(value), seen)


@pytest.mark.parametrize(("value", "seen"), [(5.0, "5"), (0.5, "0.5"), (-5.0, "-5"), (1e16, "1E+16")])
def test_a_number_seen_as_it_is_written_is_not_told(value: float, seen: str) -> None:
    assert of_number(value, seen) is None


def test_blanks_that_hold_figures_together_are_seen_as_blanks() -> None:
    assert of_number(1234.5, "1\u202f234,50\xa0₽") == ("shown_number", "1 234,50 ₽", "1234,5")


@given(st.decimals(-(10**9), 10**9, places=2), st.floats(-1e9, 1e9))
def test_only_the_number_itself_is_read_as_it_is_seen(seen: Decimal, value: float) -> None:
    for written in (float(seen), value):
        found = of_number(written, f"{seen:.2f} ₽")
        assert found is not None
        assert (found[0] == "shown_number") == (Decimal(f"{written:.15g}") == seen)


@pytest.mark.parametrize(
    ("value", "seen"),
    [
        (DAY, "03.04.2026"),
        (DAY, "3/4/26"),
        (DAY, "2026-04-03"),
        (DAY, "03.04.2026 00:00"),
        (MOMENT, "03.04.2026"),
        (MOMENT, "03.04.26 9:05"),
        (MOMENT, "2026-04-03 09:05:00"),
    ],
)
def test_a_day_in_figures_is_read_as_it_is(value: datetime.date, seen: str) -> None:
    assert of_day(value, seen) is None


@pytest.mark.parametrize("seen", ["20.04.2025", "04/03/26", "03.04.2569", "2026-03-04", "03.04.25", "03.04.2026 10:00"])
@pytest.mark.parametrize("value", [DAY, MOMENT])
def test_another_day_or_hour_is_told(value: datetime.date, seen: str) -> None:
    assert of_day(value, seen) == ("other_value", cell_text(value), seen)


@pytest.mark.parametrize("seen", ["3.апр", "", "04 2026", "03.04.2026 9:05 PM"])
def test_a_day_that_is_not_seen_in_figures_is_told_as_such(seen: str) -> None:
    assert of_day(DAY, seen) == ("shown_date", "03.04.2026", seen)


@pytest.mark.parametrize(
    ("value", "seen"),
    [
        (datetime.time(10), "10:00"),
        (datetime.time(10, 0, 30), "10:00"),
        (datetime.time(9, 5, 1, 500_000), "09:05:01,50"),
        (datetime.timedelta(hours=36), "36:00:00"),
        (datetime.timedelta(hours=-1), "-1:00"),
    ],
)
def test_a_time_seen_as_it_is_read_is_not_told(value: datetime.time | datetime.timedelta, seen: str) -> None:
    assert of_time(value, seen) is None


@pytest.mark.parametrize(
    ("value", "seen"),
    [
        (datetime.time(10), "11:00"),
        (datetime.time(10, 0, 30), "10:00:10"),
        (datetime.timedelta(hours=36), "12:00"),
        (datetime.timedelta(hours=-1), "1:00"),
        (datetime.time(10), "утро"),
        (datetime.time(10), "10:00,5"),
        (datetime.time(10), ""),
    ],
)
def test_another_time_is_told(value: datetime.time | datetime.timedelta, seen: str) -> None:
    assert of_time(value, seen) == ("other_value", cell_text(value), seen)


@pytest.mark.parametrize(("truth", "seen"), [(True, "ИСТИНА"), (True, "true"), (False, "ЛОЖЬ"), (False, "нет")])
def test_a_truth_value_seen_by_its_own_word_is_not_told(truth: bool, seen: str) -> None:  # noqa: FBT001 - the value
    assert of_truth(truth, seen) is None


@pytest.mark.parametrize(("truth", "seen"), [(True, "ЛОЖЬ"), (False, "1"), (True, "WAHR"), (True, "")])
def test_another_truth_value_is_told(truth: bool, seen: str) -> None:  # noqa: FBT001 - the value
    assert of_truth(truth, seen) == ("other_value", cell_text(truth), seen)
