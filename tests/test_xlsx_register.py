"""Every workbook about the register says whose it is, and is set in the font that the profile names."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook

from workbook_tools.profile import load_profile
from workbook_tools.xlsx.register import register_book

PROFILE = load_profile().profile


@pytest.mark.parametrize("rows", [1, 10_000])
def test_properties_and_font_are_those_of_the_profile(tmp_path: Path, rows: int) -> None:
    path = tmp_path / "книга.xlsx"
    with register_book(path, "Сведения", PROFILE, datetime.date(2024, 3, 19), rows) as book:
        book.sheet("Лист").put_row(0, ["текст"], {})
    made = load_workbook(path)
    said = made.properties
    assert (said.title, said.subject, said.creator) == ("Сведения", PROFILE.act.title, PROFILE.body.name)
    assert said.created == datetime.datetime(2024, 3, 19)  # noqa: DTZ001 - the format's own dates bear no zone
    font = made["Лист"]["A1"].font
    assert (font.name, font.size) == (PROFILE.style.screen_font, 10)
