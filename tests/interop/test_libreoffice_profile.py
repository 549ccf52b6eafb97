"""The profile's workbook, opened and saved by LibreOffice, is still the same profile."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.interop.office import converted
from workbook_tools.pipeline.profiles import any_profile, write_profile_book
from workbook_tools.profile import load_profile, shipped_names

pytestmark = [
    pytest.mark.libreoffice,
    pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed"),
]


@pytest.mark.parametrize("kind", ["xlsx", "ods"])
def test_a_profile_saved_by_libreoffice_is_the_same(tmp_path: Path, kind: str) -> None:
    names = shipped_names()
    for name in names:
        write_profile_book(tmp_path / f"{name}.xlsx", load_profile(name))
    books = [tmp_path / f"{name}.xlsx" for name in names]
    for name, saved in zip(names, converted(kind, tmp_path / "сохранено", *books), strict=True):
        assert any_profile(saved).profile == load_profile(name).profile
