"""A real LibreOffice prints what we write: the summary is one page whatever it says, the form wastes none."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from dataclasses import replace

import pytest

from benchmarks.editions import HEAVY, MODERATE, Editing, pair
from tests.interop.office import converted, printed_pages
from workbook_tools.comparing import compare
from workbook_tools.dossier import MISSING, RECEIVED, Dossier, UnitLine
from workbook_tools.profile import load_profile
from workbook_tools.reports.comparison import write_comparison
from workbook_tools.reports.consolidated import write_consolidated

PROFILE = load_profile().profile
DAY = "2026-11-25"

pytestmark = [
    pytest.mark.libreoffice,
    pytest.mark.skipif(
        not (shutil.which("soffice") and shutil.which("pdftotext")), reason="LibreOffice or pdftotext is not installed"
    ),
]


def dossier(size: int, editing: Editing | None, units: int) -> Dossier:
    """Return a register of a size with changes, or none, and what came from some units."""
    made = pair(size, editing or MODERATE, PROFILE, 5, coded=True)
    order = made.new.sort_values(["activity", "process", "touchpoint"], ignore_index=True)
    changes = compare(made.old, made.new, PROFILE) if editing else []
    lines = [
        UnitLine(f"П{number}", f"Отдел № {number}", RECEIVED if number % 2 else MISSING, 10, number, 2, 3)
        for number in range(units)
    ]
    return Dossier(PROFILE, "", order, DAY, "ПРОЕКТ", 9999, base_date="2024-03-19", changes=changes, units=lines)


def silent() -> Dossier:
    """Return a register of which no unit answered."""
    lines = [UnitLine(f"П{number}", f"Отдел № {number}", MISSING, carried_over=3) for number in range(30)]
    return replace(dossier(23, None, 0), units=lines)


def wordy() -> Dossier:
    """Return a register with a record too long for a page."""
    made = dossier(23, None, 0)
    made.records.loc[0, "needs"] = "; ".join(f"получение разъяснения по вопросу № {number}" for number in range(160))
    return made


CONSOLIDATED: dict[str, Callable[[], Dossier]] = {
    "small": lambda: dossier(23, None, 0),
    "small, changed": lambda: dossier(23, MODERATE, 6),
    "large": lambda: dossier(120, None, 6),
    "large, much changed": lambda: dossier(300, HEAVY, 40),
    "silent": silent,
    "wordy": wordy,
}
COMPARED = {"moderate": (120, MODERATE), "heavy": (300, HEAVY)}


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """Return the text of each page of each workbook as LibreOffice prints it."""
    folder = tmp_path_factory.mktemp("печать")
    for name, make in CONSOLIDATED.items():
        write_consolidated(folder / f"{name}.xlsx", make())
    for name, (size, editing) in COMPARED.items():
        write_comparison(folder / f"{name}.xlsx", dossier(size, editing, 0))
    books = sorted(folder.iterdir())
    return {pdf.stem: printed_pages(pdf) for pdf in converted("pdf", folder / "pdf", *books)}


@pytest.mark.parametrize("name", ["small", "small, changed", "large", "large, much changed"])
def test_the_summary_is_one_page_and_the_form_has_no_nearly_empty_one(printed: dict[str, list[str]], name: str) -> None:
    pages = printed[name]
    assert "Перечень точек взаимодействия с клиентом" in pages[0]
    assert "Приложение 1" in pages[1]
    assert not re.match(r"\s*1\s", pages[1])
    form = [pages[1], *(page for page in pages[2:] if "исполнительного органа" in page)]
    assert [page.split()[0] for page in form[1:]] == [str(number) for number in range(2, len(form) + 1)]
    assert all(len(page.split()) > 30 for page in form)


def test_where_no_unit_answered_the_page_says_so_on_one_page(printed: dict[str, list[str]]) -> None:
    pages = printed["silent"]
    assert "не ответили: 30 подразделений" in pages[0]
    assert "0 из 30" in pages[0]
    assert "Приложение 1" in pages[1]


def test_a_record_too_long_for_a_page_leaves_no_page_to_the_header_alone(printed: dict[str, list[str]]) -> None:
    form = [page for page in printed["wordy"] if "исполнительного органа" in page]
    assert form[0].count("разъяснения") > 5
    assert all(len(page.split()) > 40 for page in form)


@pytest.mark.parametrize("name", COMPARED)
def test_the_summary_of_a_comparison_is_one_page(printed: dict[str, list[str]], name: str) -> None:
    pages = printed[name]
    assert "Сравнение редакций" in pages[0]
    assert "Журнал изменений" in pages[1]


def test_nobody_reads_a_word_that_only_programs_know(printed: dict[str, list[str]]) -> None:
    assert not re.search(r"\b(?:nan|None|NaN|null|True|False)\b", " ".join(printed["small"]))
