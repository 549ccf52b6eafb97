"""Areas merged after their cells were written: the same sheet as the writer's own way makes."""

from __future__ import annotations

import datetime
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from workbook_tools.xlsx import merging
from workbook_tools.xlsx.book import XlsxBook
from workbook_tools.xlsx.merging import Area, merge_written
from workbook_tools.xlsx.style import CELL

if TYPE_CHECKING:
    import pytest

TEXTS = ["заголовок", "=1+1", "<r>а</r>"]


def book(path: Path) -> XlsxBook:
    return XlsxBook(path, {"title": "проба"}, datetime.date(2026, 11, 25), {"font_name": "Arial", "font_size": 10})


def written(path: Path, sizes: list[int], *, noted: bool) -> dict[str, bytes]:
    """Write columns of merged cells of so many rows either way; return the parts of the file."""
    with book(path) as made:
        sheet = made.sheet("Лист")
        areas = [
            Area((1, column), (size, column), TEXTS[column % len(TEXTS)])
            for column, size in enumerate(sizes)
            if size > 1
        ]
        for area in areas if noted else []:
            for row in range(area.first[0], area.last[0] + 1):
                sheet.put(row, area.first[1], "" if row > 1 else area.text, CELL)
        if noted:
            merge_written(sheet, areas, CELL)
        for area in [] if noted else areas:
            sheet.merge(*area, CELL)
    with zipfile.ZipFile(path) as package:
        return {name: package.read(name) for name in package.namelist()}


@given(sizes=st.lists(st.integers(1, 5), min_size=1, max_size=6))
def test_noted_areas_come_to_the_same_bytes(tmp_path_factory: pytest.TempPathFactory, sizes: list[int]) -> None:
    folder = tmp_path_factory.mktemp("книги")
    assert written(folder / "а.xlsx", sizes, noted=True) == written(folder / "б.xlsx", sizes, noted=False)


def test_the_installed_writer_takes_areas_that_are_noted() -> None:
    assert merging.proven()


def test_with_a_writer_that_does_not_the_sheet_is_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    noted = written(tmp_path / "а.xlsx", [3, 1, 4], noted=True)
    monkeypatch.setattr(merging, "proven", lambda: False)
    asked = written(tmp_path / "б.xlsx", [3, 1, 4], noted=True)
    # A text that is put twice is counted twice by the writer; all else is the same.
    assert {name for name in noted if noted[name] != asked[name]} <= {"xl/sharedStrings.xml"}


def test_a_writer_that_keeps_areas_elsewhere_is_asked_in_its_own_way(monkeypatch: pytest.MonkeyPatch) -> None:
    class Strange:
        def __init__(self, *_: object) -> None:
            raise TypeError("no such option")

    monkeypatch.setattr(xlsxwriter, "Workbook", Strange)
    assert merging.proven.__wrapped__() is False
