"""The profile's workbook, opened and saved by LibreOffice, is still the same profile."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

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
    home = f"-env:UserInstallation={(tmp_path / 'home').as_uri()}"
    books = [str(tmp_path / f"{name}.xlsx") for name in names]
    out = tmp_path / "сохранено"
    convert = ["soffice", "--headless", home, "--convert-to", kind, "--outdir", str(out), *books]
    subprocess.run(convert, check=True, capture_output=True, timeout=180)
    for name in names:
        assert any_profile(out / f"{name}.{kind}").profile == load_profile(name).profile
