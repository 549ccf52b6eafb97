"""What is begun before a run is what the run reads; what is wrong with it is the run's to tell."""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path

import pytest

from tests.books import PROFILE, UnitBook
from workbook_tools.errors import InputError
from workbook_tools.pipeline.ahead import ahead, expect_edition
from workbook_tools.pipeline.examining import read_files
from workbook_tools.placing.lock import LOCK


def incoming(folder: Path) -> tuple[Path, Path]:
    """Return a folder with one unit's file, and a workbook beside it."""
    (folder / "входящие").mkdir()
    UnitBook().save(folder / "входящие" / "КАДР.xlsx")
    return folder / "входящие", UnitBook().save(folder / "книга.xlsx")


@pytest.mark.parametrize("left", [[], [LOCK]])
def test_all_that_is_named_is_read_ahead_unless_a_run_left_something_among_the_outputs(
    tmp_path: Path, left: list[str]
) -> None:
    folder, book = incoming(tmp_path)
    out = tmp_path / "итоги"
    out.mkdir()
    for name in left:
        (out / name).touch()
    with ahead([folder], None, book, out, PROFILE) as files:
        files.book(folder / "КАДР.xlsx")  # the one child comes to it when it is through with what was begun before
        for path in (folder / "КАДР.xlsx", book):
            path.write_bytes(b"")
        read = read_files([folder], PROFILE, files)
        assert [bool(item.unreadable) for item in read.submissions] == [bool(left)]
        with pytest.raises(InputError) if left else nullcontext():
            assert files.book(book).file == book.name


def test_what_is_wrong_is_not_told_before_the_run_meets_it(tmp_path: Path) -> None:
    folder, book = incoming(tmp_path)
    lost = tmp_path / "нет.xlsx"
    with ahead([folder], lost, book, None, PROFILE) as files, pytest.raises(InputError, match="такого файла нет"):
        expect_edition(lost, PROFILE, files)
    with ahead([lost], None, lost, None, PROFILE) as files:
        with pytest.raises(InputError, match="такого файла или папки нет"):
            read_files([lost], PROFILE, files)
        with pytest.raises(InputError):
            files.book(lost)
