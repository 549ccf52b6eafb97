"""Dates on a title sheet are read in the declared forms only; the title table says what each file claims."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.books import DATE, EDITION, NEW, PROFILE, TODAY, UnitBook
from workbook_tools.reading.submission import read_submission
from workbook_tools.submissions import Submission
from workbook_tools.titles import iso_date, title_table

if TYPE_CHECKING:
    from pathlib import Path

    from workbook_tools.grids import CellValue


@pytest.mark.parametrize(
    ("typed", "iso"),
    [
        (datetime.date(2026, 11, 8), "2026-11-08"),
        (datetime.datetime(2026, 11, 8, 14, 30), "2026-11-08"),  # noqa: DTZ001 - spreadsheets know no time zones
        ("08.11.2026", "2026-11-08"),
        ("8.11.2026", "2026-11-08"),
        (" 08.11.2026 г. ", "2026-11-08"),
        ("08.11.2026г", "2026-11-08"),
        ("2026-11-08", "2026-11-08"),
        ("29.02.2024", "2024-02-29"),
        ("29.02.2026", ""),
        ("31.02.2026", ""),
        ("2026-13-01", ""),
        ("00.11.2026", ""),
        ("03/04/2026", ""),
        ("11.08.26", ""),
        ("8 ноября 2026", ""),
        ("вчера", ""),
        ("", ""),
        (46334, ""),
        (46334.0, ""),
        (True, ""),
    ],
)
def test_a_date_is_read_in_the_declared_forms_only(typed: CellValue, iso: str) -> None:
    assert iso_date(typed) == iso


@given(st.dates(datetime.date(1900, 1, 1), datetime.date(2999, 12, 31)))
def test_every_day_is_the_same_in_every_form(day: datetime.date) -> None:
    assert {iso_date(day), iso_date(f"{day:%d.%m.%Y}"), iso_date(day.isoformat())} == {day.isoformat()}


def read(book: UnitBook, tmp_path: Path) -> Submission:
    return read_submission(book.save(tmp_path / "КАДР.xlsx"), "КАДР.xlsx", PROFILE)


def test_the_table_says_what_the_title_the_marks_and_the_rows_claim(tmp_path: Path) -> None:
    book = UnitBook()
    book.sign(checked="31.02.2026", executor_name="  Смирнова\u00a0Д.Д. ")
    book.edit("Т-0001", action="Исключить")
    book.edit("Т-0002", action="забыть")
    book.add(**NEW)
    found = title_table([read(book, tmp_path)], PROFILE, EDITION, TODAY)
    facts = found.frame.loc[0]
    assert {name: facts[name] for name in ("file", "sheet", "row", "unit", "changes", "today", "edition_date")} == {
        "file": "КАДР.xlsx",
        "sheet": "Титул",
        "row": 0,
        "unit": "КАДР",
        "changes": 2,
        "today": TODAY,
        "edition_date": DATE,
    }
    assert (facts["filled_date"], facts["checked_date"], facts["checked"]) == ("2026-11-18", "", "31.02.2026")
    assert (facts["base_date"], facts["meta_unit"], facts["meta_version"]) == (DATE, "КАДР", "1")
    assert facts["executor_name"] == "Смирнова Д.Д."
    assert (found.cell(0, "checked"), found.cell(0, "unit")) == ("C15", "C8")
    assert not found.unreadable.to_numpy().any()


def test_what_a_title_lacks_is_unreadable_and_the_marks_stand_in(tmp_path: Path) -> None:
    book = UnitBook()
    book.title.delete_rows(15)
    book.title.delete_rows(5)
    found = title_table([read(book, tmp_path)], PROFILE, None, TODAY)
    assert [name for name in found.unreadable.columns if found.unreadable.loc[0, name]] == ["edition", "checked"]
    assert (found.frame.loc[0, "base_date"], found.frame.loc[0, "edition_date"]) == (DATE, "")
    assert (found.cell(0, "checked"), found.cell(0, "unit")) == ("", "C7")


def test_a_file_without_a_title_has_no_line(tmp_path: Path) -> None:
    book = UnitBook()
    del book.book["Титул"]
    found = title_table([read(book, tmp_path), Submission("б.xlsx", "", unreadable="пуст")], PROFILE, EDITION, TODAY)
    assert len(found.frame) == 0
    assert {"filled_date", "checked_date", "unit", "head_name"} <= set(found.frame.columns)
