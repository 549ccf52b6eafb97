"""`diff` says on which document an exclusion rests where the later edition's journal tells it for certain."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from openpyxl import load_workbook

from tests.books import BASIS, DATE, EDITION, PROFILE, SOVIETS, UnitBook, edition_of_rows
from tests.desk import LOADED, Desk, told
from workbook_tools import records
from workbook_tools.dossier import Dossier
from workbook_tools.pipeline.bases import OfJournal, told_by_journal
from workbook_tools.pipeline.comparing import diff
from workbook_tools.pipeline.consolidating import APPROVED
from workbook_tools.pipeline.editions import load_edition
from workbook_tools.pipeline.foreign import foreign_files
from workbook_tools.reports.consolidated import write_consolidated

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

    from workbook_tools.pipeline.result import Result

COLUMNS = list(PROFILE.headers("journal"))
UNKNOWN = "Основание: не указано."


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Return an edition and the one that was made from it by excluding Т-0001."""
    desk = Desk(tmp_path_factory.mktemp("стол"))
    book = UnitBook()
    book.edit("Т-0001", action="исключить", basis=BASIS)
    desk.send("КАДР", book)
    return desk.edition, desk.book(desk.merge())


def excluded(result: Result) -> dict[str, Any]:
    (change,) = [item for item in result.report["changes"] if "excluded" in item["classes"]]
    assert change["record"] == "Т-0001"
    return dict(change)


def journal_line(sheet: Worksheet) -> int:
    column = COLUMNS.index("class") + 1
    return next(row for row in range(1, 20) if str(sheet.cell(row, column).value).startswith("К4"))


def altered(new: Path, path: Path, name: str, value: str | None) -> Path:
    """Write another value into the journal's line on the exclusion, as a person would."""
    workbook = load_workbook(new)
    sheet = workbook["Журнал изменений"]
    sheet.cell(journal_line(sheet), COLUMNS.index(name) + 1).value = value
    workbook.save(path)
    return path


def edition(path: Path, rows: list[dict[str, Any]], date: str) -> Path:
    held = edition_of_rows(rows, date)
    write_consolidated(path, Dossier(PROFILE, "", held.records, date, APPROVED, held.last_code))
    return path


def test_the_document_is_taken_from_the_journal_and_told_with_its_cell(made: tuple[Path, Path], tmp_path: Path) -> None:
    old, new = made
    result = diff(old, new, LOADED, tmp_path / "сравнение.xlsx")
    assert excluded(result)["text"].endswith(f"Основание: {BASIS}.")
    ((variant, severity, cell, message),) = told(result, "П-14")
    assert (variant, severity) == ("from_journal", "info")
    assert message == f"Запись Т-0001: основание исключения взято из журнала изменений новой редакции: «{BASIS}»."
    (place,) = [item for item in result.report["findings"] if item["rule"] == "П-14"]
    assert (place["file"], place["sheet"], place["record"]) == (new.name, "Журнал изменений", "Т-0001")
    assert load_workbook(new)[place["sheet"]][str(cell)].value == BASIS
    sheet = load_workbook(tmp_path / "сравнение.xlsx")["Журнал изменений"]
    assert sheet.cell(journal_line(sheet), COLUMNS.index("basis") + 1).value == BASIS


@pytest.mark.parametrize(
    ("name", "value"), [("code", "Т-0099"), ("process", "Иной процесс"), ("touchpoint", "Иная точка"), ("basis", None)]
)
def test_a_line_that_does_not_fit_the_exclusion_tells_nothing(
    made: tuple[Path, Path], tmp_path: Path, name: str, value: str | None
) -> None:
    result = diff(made[0], altered(made[1], tmp_path / "новая.xlsx", name, value), LOADED)
    assert excluded(result)["text"].endswith(UNKNOWN)
    assert told(result, "П-14") == []


@pytest.mark.parametrize(
    ("date", "count"), [("2024-03-20", len(EDITION.records)), (DATE, len(EDITION.records) - 1)], ids=["date", "counts"]
)
def test_against_another_edition_than_its_own_predecessor_nothing_is_taken(
    made: tuple[Path, Path], tmp_path: Path, date: str, count: int
) -> None:
    rows = list(records.rows(EDITION.records))
    result = diff(edition(tmp_path / "иная.xlsx", rows[:count], date), made[1], LOADED)
    assert excluded(result)["text"].endswith(UNKNOWN)
    message = (
        f"Основания исключений не взяты из журнала изменений редакции «{made[1].name}»: он составлен по сравнению с "
        "редакцией от 19.03.2024, а «иная.xlsx» – другая редакция или изменена позже. Чтобы основания были указаны, "
        "сравнивайте редакции, которые идут одна за другой."
    )
    assert told(result, "П-14") == [("other_base", "info", None, message)]


def test_without_a_journal_the_editions_are_compared_as_ever(made: tuple[Path, Path], tmp_path: Path) -> None:
    workbook = load_workbook(made[1])
    del workbook["Журнал изменений"]
    workbook.save(tmp_path / "новая.xlsx")
    result = diff(made[0], tmp_path / "новая.xlsx", LOADED)
    assert excluded(result)["text"].endswith(UNKNOWN)


def test_a_file_changed_between_its_two_readings_tells_nothing(made: tuple[Path, Path]) -> None:
    with foreign_files() as files:
        before, after = (load_edition(path, PROFILE, files).edition for path in made)
        told_of = told_by_journal(before, after, made[1], PROFILE, files)
        assert [item.code for item in told_of.exclusions] == ["Т-0001"]
        other = replace(after, sha256="0" * 64)
        assert told_by_journal(before, other, made[1], PROFILE, files) == OfJournal()
        assert told_by_journal(before, after, made[1].with_name("нет.xlsx"), PROFILE, files) == OfJournal()


@pytest.fixture(scope="module")
def replaced(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Return an edition and the one that was made from it by putting another touchpoint in the place of Т-0001."""
    desk = Desk(tmp_path_factory.mktemp("стол"))
    book = UnitBook()
    book.edit("Т-0001", action="изменить", touchpoint=SOVIETS, basis=BASIS)
    desk.send("КАДР", book)
    return desk.edition, desk.book(desk.merge())


def of_class(path: Path, code: str) -> list[list[str]]:
    """Return the lines of a class of a journal, each its record, sentence and document."""
    names = [COLUMNS.index(name) for name in ("code", "text", "basis")]
    lines = load_workbook(path)["Журнал изменений"].iter_rows(values_only=True)
    found = [line for line in lines if str(line[COLUMNS.index("class")]).startswith(f"{code}.")]
    return [[str(line[at]) for at in names] for line in found]


def test_a_replacement_of_the_merge_is_one_for_the_comparison_too(replaced: tuple[Path, Path], tmp_path: Path) -> None:
    result = diff(*replaced, LOADED, tmp_path / "сравнение.xlsx")
    lines = of_class(tmp_path / "сравнение.xlsx", "К13")
    assert lines == of_class(replaced[1], "К13")
    assert [basis for *_, basis in lines] == [BASIS, BASIS]
    changes = [item for item in result.report["changes"] if "replaced" in item["classes"]]
    assert [item["classes"] for item in changes] == [["excluded", "replaced"], ["new", "replaced"]]
    assert result.dossier is not None
    assert not any(change.proposed for change in result.dossier.changes)


@pytest.mark.parametrize("name", ["code", "process", "text"])
def test_a_line_that_does_not_fit_the_replacement_links_nothing(
    replaced: tuple[Path, Path], tmp_path: Path, name: str
) -> None:
    workbook = load_workbook(replaced[1])
    sheet = workbook["Журнал изменений"]
    row = next(row for row in range(1, 30) if str(sheet.cell(row, COLUMNS.index("class") + 1).value)[:3] == "К13")
    sheet.cell(row, COLUMNS.index(name) + 1).value = "Т-0099"
    workbook.save(tmp_path / "новая.xlsx")
    result = diff(replaced[0], tmp_path / "новая.xlsx", LOADED)
    assert not any("replaced" in item["classes"] for item in result.report["changes"])
