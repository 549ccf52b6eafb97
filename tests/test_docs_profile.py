"""The page on profiles says what is so: its pictures, its example, the messages it quotes."""

from __future__ import annotations

import datetime
import re
import sys
from pathlib import Path

import pytest
from openpyxl import load_workbook

from workbook_tools.errors import ProfileError
from workbook_tools.pipeline.profiles import any_profile, write_profile_book
from workbook_tools.profile import load_profile, shipped_names
from workbook_tools.profile_book.writing import ORDERED

DOCS = Path(__file__).parent.parent / "docs"
sys.path.insert(0, str(DOCS))

import build_pictures  # noqa: E402 - a script beside the pictures, no part of the package
import build_profile_pictures  # noqa: E402 - as above

TEXT = (DOCS / "profile.ru.md").read_text(encoding="utf-8")


def test_the_pictures_show_today_s_workbook_of_the_second_profile(tmp_path: Path) -> None:
    workbook = build_profile_pictures.profile_workbook(tmp_path)
    drawn = build_profile_pictures.FINGERPRINT.read_text(encoding="utf-8").strip()
    assert build_pictures.fingerprint(workbook) == drawn, "run: python docs/build_pictures.py"
    assert set(re.findall(r"\((profile-\w+\.png)\)", TEXT)) == set(build_profile_pictures.PAGES)


def test_the_example_is_a_profile(tmp_path: Path) -> None:
    (example,) = re.findall(r"```toml\n(.*?)```", TEXT, re.DOTALL)
    path = tmp_path / "профиль.toml"
    path.write_text(example, encoding="utf-8")
    profile = load_profile(path).profile
    assert (profile.name, profile.body.short, profile.period.deadline) == (
        "nash_komitet",
        "Комитет",
        datetime.date(2026, 12, 15),
    )
    assert [unit.email for unit in profile.units] == ["obshchiy@example.org"]
    assert profile.officer.unit == profile.units[0].code


def test_the_messages_are_those_of_the_program(tmp_path: Path) -> None:
    path = tmp_path / "профиль.xlsx"
    write_profile_book(path, load_profile())
    for sheet, cell, value in (("Подразделения", "F6", "отдел"), ("Точки", "C7", "смешанная")):
        book = load_workbook(path)
        before = book[sheet][cell].value
        book[sheet][cell] = value
        book.save(path)
        with pytest.raises(ProfileError) as refused:
            any_profile(path)
        assert f"    ошибка: {refused.value}.\n" in TEXT
        book[sheet][cell] = before
        book.save(path)


def test_every_shipped_profile_and_every_sheet_named_is_there() -> None:
    assert all(f"| `{name}` |" in TEXT for name in shipped_names())
    named = {
        name for line in re.findall(r"\*\*\d+\. Лист[ы]? (.*?)\.\*\*", TEXT) for name in re.findall("«(.*?)»", line)
    }
    assert named <= {part.sheet for part in ORDERED}
    assert len(named) > 8
