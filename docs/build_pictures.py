"""Draw the pictures of the README: pages of the samples' consolidated workbook, as LibreOffice prints them.

Run as `python docs/build_pictures.py`; needs soffice and pdftoppm. Beside the pictures stands the fingerprint of
the workbook they show, so that a test can tell when they are out of date.
"""

from __future__ import annotations

import hashlib
import subprocess
import tempfile
import zipfile
from pathlib import Path

from workbook_tools.cli.console import Speaker
from workbook_tools.cli.demo import DAY, run_demo

DOCS = Path(__file__).resolve().parent
FINGERPRINT = DOCS / "pictures.sha256"
PAGES = {"summary.png": 1, "annex.png": 2}
RESOLUTION = "80"


def fingerprint(workbook: Path) -> str:
    """Return the SHA-256 of a workbook's parts, whatever packed them."""
    digest = hashlib.sha256()
    with zipfile.ZipFile(workbook) as archive:
        for name in sorted(archive.namelist()):
            digest.update(name.encode() + b"\0" + archive.read(name))
    return digest.hexdigest()


def demo_workbook(folder: Path) -> Path:
    """Make the workbook that the pictures show."""
    run_demo(folder, Speaker(quiet=True))
    return folder / f"Перечень_{DAY}.xlsx"


def main() -> None:
    """Draw the pictures anew."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        workbook = demo_workbook(folder)
        home = f"-env:UserInstallation={(folder / 'home').as_uri()}"
        convert = ["soffice", "--headless", home, "--convert-to", "pdf", "--outdir", place, str(workbook)]
        subprocess.run(convert, check=True, capture_output=True)
        for name, page in PAGES.items():
            pages = ["-f", str(page), "-l", str(page), "-singlefile", "-r", RESOLUTION, "-png"]
            target = str((DOCS / name).with_suffix(""))
            subprocess.run(["pdftoppm", *pages, str(workbook.with_suffix(".pdf")), target], check=True)
        FINGERPRINT.write_text(fingerprint(workbook) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
