"""No workbook goes out unread, whoever reads it again and whenever."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from workbook_tools.errors import InternalError
from workbook_tools.pipeline.checks import Checks
from workbook_tools.work import mapper
from workbook_tools.xlsx.book import XlsxBook

DAY = datetime.date(2024, 3, 19)


def write(path: Path, checks: Checks) -> None:
    with XlsxBook(path, {}, DAY, {"font_name": "Calibri", "font_size": 10}, check=checks.ask) as book:
        book.sheet("Лист").put_row(0, ["текст", 5, DAY], {})


@pytest.mark.parametrize("workers", [1, 2])
def test_books_that_hold_what_was_put_into_them_pass(workers: int, tmp_path: Path) -> None:
    with mapper(workers) as run:
        checks = Checks(run)
        for name in ("а.xlsx", "б.xlsx"):
            write(tmp_path / name, checks)
        checks.finish()


@pytest.mark.parametrize("workers", [1, 2])
def test_a_book_that_was_spoiled_is_told_by_the_end(workers: int, tmp_path: Path) -> None:
    with mapper(workers) as run:
        checks = Checks(run)
        write(tmp_path / "а.xlsx", checks)
        checks.finish()
        checks.ask(tmp_path / "а.xlsx", [])
        with pytest.raises(InternalError, match="в записанной книге не те листы"):
            checks.finish()
