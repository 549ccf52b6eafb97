"""The sheet «Сведения» saved as text: the same rows as in the workbook, told where the title sheet is missing."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from openpyxl import load_workbook

from workbook_tools.pipeline import commands
from workbook_tools.pipeline.commands import Options
from workbook_tools.profile import load_profile
from workbook_tools.reading.submission import read_submission
from workbook_tools.standing import ACCEPTED, REJECTED

if TYPE_CHECKING:
    from collections.abc import Sequence

    from workbook_tools.submissions import Submission

SAMPLES = Path(__file__).parent.parent / "samples"
LOADED = load_profile()
PROFILE = LOADED.profile
BOOK = SAMPLES / "incoming" / "Перечень_БУХ_2024-03-19.xlsx"
NAME = "Перечень_БУХ_2024-03-19.csv"


def shown(value: object) -> str:
    return "" if value is None else value.strftime("%d.%m.%Y") if hasattr(value, "strftime") else str(value)


def lines(sheet: str) -> list[list[str]]:
    return [[shown(cell.value) for cell in row] for row in load_workbook(BOOK)[sheet].iter_rows()]


def saved(path: Path, rows: Sequence[Sequence[str]], encoding: str = "utf-8-sig", delimiter: str = ";") -> Path:
    stream = io.StringIO(newline="")
    csv.writer(stream, delimiter=delimiter).writerows(rows)
    path.write_bytes(stream.getvalue().encode(encoding))
    return path


def titled() -> list[list[str]]:
    """Return the table with the lines of the title sheet above it."""
    return [*(row[1:3] for row in lines("Титул")[2:16]), [], *lines("Сведения")[4:]]


def read(path: Path) -> Submission:
    return read_submission(path, path.name, PROFILE)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1251"])
@pytest.mark.parametrize("delimiter", [";", "\t"])
def test_the_rows_are_those_of_the_workbook(tmp_path: Path, encoding: str, delimiter: str) -> None:
    found = read(saved(tmp_path / NAME, lines("Сведения"), encoding, delimiter))
    assert found.rows == read(BOOK).rows
    assert found.unit == "БУХ"


def test_a_table_without_the_lines_of_the_title_sheet_is_not_accepted_and_says_why(tmp_path: Path) -> None:
    (tmp_path / "входящие").mkdir()
    path = saved(tmp_path / "входящие" / NAME, lines("Сведения"))
    result = commands.check([path.parent], LOADED, SAMPLES / "edition-2024-03-19.xlsx", None, Options("2026-11-22"))
    (file,) = result.report["files"]
    assert (file["status"], file["unit"], file["rows"]) == (REJECTED, "БУХ", 5)
    assert file["reason"].startswith("В файле нет строк титульного листа: неизвестно, кто заполнил и кто проверил")


def test_with_the_lines_of_the_title_sheet_above_it_a_table_is_accepted(tmp_path: Path) -> None:
    folder = tmp_path / "входящие"
    folder.mkdir()
    saved(folder / NAME, titled())
    result = commands.check([folder], LOADED, SAMPLES / "edition-2024-03-19.xlsx", None, Options("2026-11-22"))
    (file,) = result.report["files"]
    assert (file["status"], file["unit"], file["rows"]) == (ACCEPTED, "БУХ", 5)


def test_letters_that_had_to_be_guessed_are_told(tmp_path: Path) -> None:
    told = [
        [remark.message for remark in read(saved(tmp_path / NAME, lines("Сведения"), encoding)).remarks]
        for encoding in ("utf-8", "cp1251")
    ]
    assert told == [["no_title_text"], ["no_title_text", "guessed_letters"]]


def test_text_under_the_name_of_a_workbook_is_refused(tmp_path: Path) -> None:
    found = read(saved(tmp_path / "Перечень_БУХ_2024-03-19.xlsx", lines("Сведения")))
    assert found.unreadable.startswith("это текст, а не книга.")
