"""Draw the pictures of the README: pages of the samples' consolidated workbook, as LibreOffice prints them.

Run as `python docs/build_pictures.py`; needs soffice and pdftoppm. Beside the pictures stands the fingerprint of
the workbook they show, so that a test can tell when they are out of date.
"""

from __future__ import annotations

import hashlib
import subprocess
import tempfile
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from workbook_tools.cli.console import Speaker
from workbook_tools.cli.demo import DAY, run_demo

DOCS = Path(__file__).resolve().parent
FINGERPRINT = DOCS / "pictures.sha256"
RESOLUTION = "80"


class Place(NamedTuple):
    """What a picture shows: a page, and how much of it from above in pixels, 0 for all."""

    page: int
    height: int = 0


PAGES = {"summary.png": Place(1), "annex.png": Place(2)}


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


def draw(workbook: Path, pages: Mapping[str, Place], folder: Path) -> None:
    """Draw pages of a workbook as LibreOffice prints them: for each picture its place."""
    home = f"-env:UserInstallation={(folder / 'home').as_uri()}"
    convert = ["soffice", "--headless", home, "--convert-to", "pdf", "--outdir", str(folder), str(workbook)]
    subprocess.run(convert, check=True, capture_output=True)
    printed = str(folder / f"{workbook.stem}.pdf")
    for name, (page, height) in pages.items():
        options = ["-f", str(page), "-l", str(page), "-H", str(height), "-singlefile", "-r", RESOLUTION, "-png"]
        subprocess.run(["pdftoppm", *options, printed, str((DOCS / name).with_suffix(""))], check=True)


def main() -> None:
    """Draw the pictures anew, those of the profile's page too."""
    import build_profile_pictures  # noqa: PLC0415 - it draws by what stands here

    build_profile_pictures.main()
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        workbook = demo_workbook(folder)
        draw(workbook, PAGES, folder)
        FINGERPRINT.write_text(fingerprint(workbook) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
