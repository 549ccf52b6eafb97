"""A real LibreOffice prints what we write: the summary is one page whatever it says, the form wastes none."""

from __future__ import annotations

import re
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from benchmarks.editions import HEAVY, MODERATE, Editing, pair
from workbook_tools.comparing import compare
from workbook_tools.dossier import MISSING, RECEIVED, Dossier, UnitLine
from workbook_tools.profile import load_profile
from workbook_tools.reports.comparison import write_comparison
from workbook_tools.reports.consolidated import write_consolidated

if TYPE_CHECKING:
    from collections.abc import Callable

PROFILE = load_profile().profile
DAY = "2026-11-25"

pytestmark = [
    pytest.mark.libreoffice,
    pytest.mark.skipif(
        not (shutil.which("soffice") and shutil.which("pdftotext")), reason="LibreOffice or pdftotext is not installed"
    ),
]


def printed(path: Path, write: Callable[[Path, Dossier], None], dossier: Dossier) -> list[str]:
    """Return the text of each page of a workbook as LibreOffice prints it."""
    write(path, dossier)
    home = f"-env:UserInstallation={(path.parent / 'home').as_uri()}"
    command = ["soffice", home, "--headless", "--convert-to", "pdf", "--outdir", str(path.parent), str(path)]
    subprocess.run(command, check=True, capture_output=True)
    text = subprocess.run(
        ["pdftotext", "-layout", str(path.with_suffix(".pdf")), "-"], capture_output=True, check=True
    ).stdout
    return text.decode().split("\f")[:-1]


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


@pytest.mark.parametrize(
    ("size", "editing", "units"), [(23, None, 0), (23, MODERATE, 6), (300, None, 6), (300, HEAVY, 40)]
)
def test_the_summary_is_one_page_and_the_form_has_no_nearly_empty_one(
    tmp_path: Path, size: int, editing: Editing | None, units: int
) -> None:
    pages = printed(tmp_path / "Перечень.xlsx", write_consolidated, dossier(size, editing, units))
    assert "Перечень точек взаимодействия с клиентом" in pages[0]
    assert "Приложение 1" in pages[1]
    assert not re.match(r"\s*1\s", pages[1])
    form = [pages[1], *(page for page in pages[2:] if "исполнительного органа" in page)]
    assert [page.split()[0] for page in form[1:]] == [str(number) for number in range(2, len(form) + 1)]
    assert all(len(page.split()) > 30 for page in form)


def test_where_no_unit_answered_the_page_says_so_on_one_page(tmp_path: Path) -> None:
    silent = [UnitLine(f"П{number}", f"Отдел № {number}", MISSING, carried_over=3) for number in range(30)]
    pages = printed(tmp_path / "Перечень.xlsx", write_consolidated, replace(dossier(23, None, 0), units=silent))
    assert "не ответили: 30 подразделений" in pages[0]
    assert "0 из 30" in pages[0]
    assert "Приложение 1" in pages[1]


def test_a_record_too_long_for_a_page_leaves_no_page_to_the_header_alone(tmp_path: Path) -> None:
    made = dossier(23, None, 0)
    made.records.loc[0, "needs"] = "; ".join(f"получение разъяснения по вопросу № {number}" for number in range(160))
    pages = printed(tmp_path / "Перечень.xlsx", write_consolidated, made)
    form = [page for page in pages if "исполнительного органа" in page]
    assert form[0].count("разъяснения") > 5
    assert all(len(page.split()) > 40 for page in form)


@pytest.mark.parametrize("editing", [MODERATE, HEAVY])
def test_the_summary_of_a_comparison_is_one_page(tmp_path: Path, editing: Editing) -> None:
    pages = printed(tmp_path / "Сравнение.xlsx", write_comparison, dossier(300, editing, 0))
    assert "Сравнение редакций" in pages[0]
    assert "Журнал изменений" in pages[1]


def test_nobody_reads_a_word_that_only_programs_know(tmp_path: Path) -> None:
    pages = printed(tmp_path / "Перечень.xlsx", write_consolidated, dossier(23, None, 0))
    assert not re.search(r"\b(?:nan|None|NaN|null|True|False)\b", " ".join(pages))
