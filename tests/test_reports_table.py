"""A table is written whole or not at all; a sentence that no cell holds says where the whole is."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from contextlib import nullcontext
from typing import TYPE_CHECKING

import pytest

from workbook_tools.errors import OutputError
from workbook_tools.limits import CELL_CHARACTERS, SHEET_ROWS
from workbook_tools.profile import load_profile
from workbook_tools.reports.table import Line, append_lines, fitting, fitting_widths, refuse_more_rows
from workbook_tools.xlsx.book import XlsxBook

if TYPE_CHECKING:
    from pathlib import Path

PROFILE = load_profile().profile


class Many(Sequence[Line]):
    """More rows than a sheet holds, none of which takes any room."""

    def __len__(self) -> int:
        return 1_048_576

    def __getitem__(self, index: object) -> Line:  # type: ignore[override] # one row is like another
        return []


def test_more_rows_than_a_sheet_holds_are_refused_before_the_first_is_written(tmp_path: Path) -> None:
    font = {"font_name": "Arial", "font_size": 10}
    book = XlsxBook(tmp_path / "книга.xlsx", {}, datetime.date(2026, 11, 25), font)
    sheet = book.sheet("Реестр")
    with pytest.raises(OutputError) as refused:
        append_lines(sheet, 1, fitting_widths("register", [], PROFILE), Many())
    assert "строк 1048576, а лист книги вмещает 1048576. Ничего не записано." in str(refused.value)


@pytest.mark.parametrize(("needed", "refused"), [(SHEET_ROWS, False), (SHEET_ROWS + 1, True)])
def test_the_last_row_of_a_sheet_may_be_used_and_no_further(tmp_path: Path, needed: int, *, refused: bool) -> None:
    book = XlsxBook(tmp_path / "книга.xlsx", {}, datetime.date(2026, 11, 25), {"font_name": "Arial", "font_size": 10})
    sheet = book.sheet("Приложение 1")
    with pytest.raises(OutputError, match="лист «Приложение 1»: строк 1048577") if refused else nullcontext():
        refuse_more_rows(sheet, needed)


def test_a_text_too_long_for_a_row_makes_its_column_wider_and_no_other() -> None:
    columns = PROFILE.sheets["register"].columns
    short, long = (
        ["консультация; " * (count if column.name == "needs" else 1) for column in columns] for count in (2, 150)
    )
    usual, wider = (fitting_widths("register", [line], PROFILE) for line in (short, long))
    assert usual == [column.width for column in columns]
    changed = [column.name for column, one, other in zip(columns, usual, wider, strict=True) if one != other]
    assert changed == ["needs"]


@pytest.mark.parametrize("length", [0, 1, CELL_CHARACTERS - 1, CELL_CHARACTERS])
def test_a_text_that_fits_stays_as_it_is(length: int) -> None:
    assert fitting("а" * length) == "а" * length


@pytest.mark.parametrize("length", [CELL_CHARACTERS + 1, 100_000])
def test_a_longer_sentence_fits_and_says_where_the_whole_stands(length: int) -> None:
    text = fitting("а" * length)
    assert len(text) == CELL_CHARACTERS
    assert text.endswith("полностью он стоит в графах «Было» и «Стало» и в самой записи.")
