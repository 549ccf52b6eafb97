"""The day of a run: as people give it, checked once for all who ask."""

from __future__ import annotations

import datetime

import pytest

from workbook_tools.errors import InputError
from workbook_tools.pipeline.days import day_of, today


@pytest.mark.parametrize(("given", "day"), [("2026-11-22", "2026-11-22"), ("20261122", "2026-11-22")])
def test_a_day_comes_back_in_one_form(given: str, day: str) -> None:
    assert day_of(given) == day


@pytest.mark.parametrize("given", ["30.02.2026", "2026-02-30", "", "завтра"])
def test_what_is_no_day_is_refused_under_its_name(given: str) -> None:
    with pytest.raises(InputError, match=f"^--date: «{given}» не дата. Запишите её в виде ГГГГ-ММ-ДД"):
        day_of(given)


def test_of_a_day_as_people_write_it_is_said_how_to_write_it_here() -> None:
    with pytest.raises(InputError, match=r"^--date: запишите дату 1\.12\.2026 в виде ГГГГ-ММ-ДД: 2026-12-01\.$"):
        day_of("1.12.2026")


def test_the_first_day_that_a_spreadsheet_shows_is_the_first_one_taken() -> None:
    assert day_of("1900-03-01") == "1900-03-01"
    with pytest.raises(InputError, match=r"^дата: 1900-02-28 раньше всех дат, которые знает таблица"):
        day_of("1900-02-28", "дата")


def test_today_is_a_day() -> None:
    assert datetime.date.fromisoformat(today()) <= datetime.date.today()  # noqa: DTZ011 - the same calendar
