"""How many processes read is settled by how much there is to read, where it was left open."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.books import PROFILE, UnitBook
from workbook_tools.children import Children
from workbook_tools.errors import InputError
from workbook_tools.pipeline.foreign import ForeignFiles
from workbook_tools.reading.scanning import Candidate

MIB = 1024 * 1024


@pytest.mark.parametrize(("more", "count"), [(0, 1), (MIB, 2)])
def test_a_small_run_is_read_by_one_child_and_a_large_one_by_several(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, more: int, count: int
) -> None:
    monkeypatch.setattr("os.cpu_count", lambda: 2)
    whole, other = UnitBook().save(tmp_path / "КАДР.xlsx"), tmp_path / "другой.xlsx"
    other.write_bytes(b"x" * more)
    candidates = [Candidate(path, path.name) for path in (whole, other, tmp_path / "нет.xlsx")]
    with Children(0) as children:
        found = list(ForeignFiles(children).submissions(candidates, PROFILE))
        assert children.count == count
    assert [bool(item.unreadable) for item in found] == [False, True, True]


def test_a_book_that_is_expected_is_read_beside_the_files_and_once(tmp_path: Path) -> None:
    book, unit = UnitBook().save(tmp_path / "книга.xlsx"), UnitBook().save(tmp_path / "КАДР.xlsx")
    with Children(1) as children:
        files = ForeignFiles(children)
        files.expect_book(book, "Сведения")
        assert [item.unreadable for item in files.submissions([Candidate(unit, unit.name)], PROFILE)] == [""]
        book.unlink()
        assert "Сведения" in [grid.name for grid in files.book(book, "Сведения").grids]
        with pytest.raises(InputError):
            files.book(book, "Сведения")


@pytest.mark.parametrize(("asked", "unreadable"), [(2, [False, False]), (1, [True])])
def test_files_that_were_begun_are_read_once_and_others_when_they_are_asked_for(
    tmp_path: Path, asked: int, unreadable: list[bool]
) -> None:
    *paths, last = [UnitBook().save(tmp_path / name) for name in ("КАДР.xlsx", "ФИН.xlsx", "ПРАВО.xlsx")]
    candidates = [Candidate(path, path.name) for path in paths]
    with Children(1) as children:
        files = ForeignFiles(children)
        files.expect_submissions(candidates, PROFILE)
        files.book(last)  # the one child comes to it when it is through with what was begun before
        for path in paths:
            path.unlink()
        found = list(files.submissions(candidates[:asked], PROFILE))
    assert [bool(item.unreadable) for item in found] == unreadable
