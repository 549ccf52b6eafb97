"""The workbook of `status`: a page that says at a glance how things stand, and the remarks behind it."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from openpyxl import load_workbook

from tests.books import TODAY, UnitBook
from tests.cycle import opened, profile_due, send
from tests.language import foreign_words
from workbook_tools.desk.status import status_of
from workbook_tools.pipeline.commands import Options
from workbook_tools.profile import LoadedProfile
from workbook_tools.reports.status import write_status

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("д")
    desk = opened(root / "дело")
    book = UnitBook("КАДР")
    book.edit("Т-0001", needs="")
    send(desk, "КАДР", book)
    unsigned = UnitBook("ИТ")
    unsigned.sign(checked="")
    send(desk, "ИТ", unsigned)
    (desk.incoming / "сканы.xlsx").write_bytes(b"PK\x03\x04 broken")
    loaded = LoadedProfile(profile_due(datetime.date(2026, 11, 30)), "")
    write_status(root / "состояние.xlsx", status_of(desk, loaded, Options(TODAY)).overview)
    return root / "состояние.xlsx"


@pytest.fixture
def page(path: Path) -> Worksheet:
    return load_workbook(path)["Сводка"]


def texts(page: Worksheet) -> list[str]:
    return [str(cell.value) for row in page.iter_rows() for cell in row if cell.value is not None]


def rows(page: Worksheet) -> dict[str, list[object]]:
    start = next(cell.row for cell in page["A"] if cell.value == "Код")
    lines = page.iter_rows(min_row=start + 1, max_row=start + 6, values_only=True)
    return {str(line[0]): list(line[1:]) for line in lines}


def test_the_figures_say_how_things_stand(page: Worksheet) -> None:
    shown = texts(page)
    assert "На 22.11.2026, период: 4 квартал 2026 г., действующая редакция от 19.03.2024." in shown
    for value, caption in (("2 из 6", "подразделений ответили"), ("4", "нужно напомнить"), ("8", "дней до срока")):
        assert caption in shown
        assert value in shown


def test_each_unit_has_its_line(page: Worksheet) -> None:
    found = rows(page)
    assert list(found) == ["ОРГ", "ИНФ", "КАДР", "ИТ", "БУХ", "АХО"]
    name, filled, _, turn, errors, _, due = found["КАДР"]
    assert (name, str(filled), turn, errors) == ("Отдел кадров (пример)", "2026-11-18 00:00:00", 1, 1)
    assert due == "вернуть на исправление"
    assert found["ИТ"][-1] == "файл целиком не принят: вернуть на исправление"
    assert found["БУХ"][1:5] == ["–", "–", "–", "–"]
    assert found["БУХ"][-1] == "напомнить"


def test_the_number_of_errors_leads_to_the_first_of_them(page: Worksheet) -> None:
    cell = next(row[5] for row in page.iter_rows() if row[0].value == "КАДР")
    assert cell.hyperlink is not None
    assert str(cell.hyperlink.location).startswith("'Замечания'!A")


def test_files_that_do_not_count_are_named_with_why(page: Worksheet) -> None:
    assert any(text.startswith("сканы.xlsx: ") for text in texts(page))


def test_the_page_prints_on_one_sheet_and_is_russian(page: Worksheet, path: Path) -> None:
    assert page.page_setup.orientation == "portrait"
    assert page.page_setup.paperSize == 9
    assert foreign_words(" ".join(texts(page))) == []
    assert load_workbook(path).sheetnames == ["Сводка", "Замечания"]
