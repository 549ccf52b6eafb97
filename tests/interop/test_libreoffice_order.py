"""A real LibreOffice lays out the draft order and saves it again; what it prints and keeps is what was written."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from tests.interop.office import converted, printed_pages
from workbook_tools.pipeline import commands
from workbook_tools.pipeline.commands import Options
from workbook_tools.pipeline.editions import load_edition
from workbook_tools.profile import load_profile

ROOT = Path(__file__).parent.parent.parent
SAMPLES = ROOT / "samples"
EDITION = SAMPLES / "edition-2024-03-19.xlsx"
LOADED = load_profile()
PROFILE = LOADED.profile
CONTENT = ["activity", "process", "touchpoint", "contact", "needs", "kind"]
_FILTERS = ("/usr/lib/libreoffice/program/libswlo.so", "/opt/libreoffice/program/libswlo.so")


def _has_writer() -> bool:
    return bool(shutil.which("soffice") and shutil.which("pdftotext") and any(Path(name).exists() for name in _FILTERS))


pytestmark = [
    pytest.mark.libreoffice,
    pytest.mark.skipif(not _has_writer(), reason="LibreOffice Writer or pdftotext is not installed"),
]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Return the draft order of the samples' merge and the register it belongs to."""
    out = tmp_path_factory.mktemp("order")
    result = commands.merge([SAMPLES / "incoming"], LOADED, EDITION, out, Options("2026-11-22"))
    return next(path for path in result.outputs if path.suffix == ".docx"), result.outputs[0]


@pytest.fixture(scope="module")
def pages(made: tuple[Path, Path]) -> list[str]:
    (printed,) = converted("pdf", made[0].parent / "saved", made[0])
    return printed_pages(printed)


def test_the_first_page_is_a_project_without_number_date_and_page_number(pages: list[str]) -> None:
    assert pages[0].split()[0] == "ПРОЕКТ"
    assert re.search(r"«__»\s+_+\s+20__\s+№\s+_+", pages[0])
    assert not re.search(r"^\s*1\s*$", pages[0], re.MULTILINE)


def test_the_pages_are_numbered_from_the_second_on(pages: list[str]) -> None:
    for number, page in enumerate(pages[1:], 2):
        assert page.split()[0] == str(number)


def test_the_header_of_the_annex_stands_on_every_page_of_it(pages: list[str]) -> None:
    tables = [page for page in pages if "Особенности" in page]
    assert len(tables) >= 2
    first = pages.index(tables[0])
    assert pages[first : first + len(tables)] == tables


def test_no_page_is_nearly_empty(pages: list[str]) -> None:
    assert all(len(page.split()) > 25 for page in pages)


def test_the_annex_saved_again_by_libreoffice_imports_to_the_same_records(made: tuple[Path, Path]) -> None:
    order, register = made
    (saved,) = converted("docx", order.parent / "saved", order)
    again = load_edition(saved, PROFILE).edition.in_force
    held = load_edition(register, PROFILE).edition.in_force
    assert again[CONTENT].to_numpy().tolist() == held[CONTENT].to_numpy().tolist()
