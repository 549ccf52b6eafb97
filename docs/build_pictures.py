"""Draw the pictures of the pages: sheets of the samples' workbooks, as LibreOffice prints them.

Run as `python docs/build_pictures.py`; needs soffice and pdftoppm. Beside the pictures stand the fingerprints of the
workbooks they show, so that a test can tell when they are out of date.
"""

from __future__ import annotations

import hashlib
import subprocess
import tempfile
import zipfile
from pathlib import Path
from typing import NamedTuple

from workbook_tools.cli.console import Speaker
from workbook_tools.cli.demo import DAY, run_demo

DOCS = Path(__file__).resolve().parent
FINGERPRINTS = DOCS / "pictures.sha256"


class Picture(NamedTuple):
    """What a picture shows of a printed workbook: a page, dots per inch, and which part of it in dots (whole: none)."""

    page: int
    resolution: int = 80
    part: tuple[int, int, int, int] | None = None


SHOWN = {
    f"Перечень_{DAY}.xlsx": {
        "summary.png": Picture(1),
        "annex.png": Picture(2),
        "journal.png": Picture(7, 80, (30, 45, 1270, 545)),
        "decisions.png": Picture(11, 80, (30, 45, 1260, 456)),
    },
    "замечания/КАДР.xlsx": {
        "returned.png": Picture(3, 100, (40, 50, 1100, 545)),
        "remarks.png": Picture(6, 100, (40, 50, 1100, 528)),
    },
}


def fingerprint(workbook: Path) -> str:
    """Return the SHA-256 of a workbook's parts, whatever packed them."""
    digest = hashlib.sha256()
    with zipfile.ZipFile(workbook) as archive:
        for name in sorted(archive.namelist()):
            digest.update(name.encode() + b"\0" + archive.read(name))
    return digest.hexdigest()


def fingerprints(folder: Path) -> str:
    """Return a line for each workbook that the pictures show: its fingerprint and its name."""
    return "".join(f"{fingerprint(folder / name)}  {name}\n" for name in SHOWN)


def demo_workbooks(folder: Path) -> None:
    """Make the workbooks that the pictures show."""
    run_demo(folder, Speaker(quiet=True))


def printed(workbook: Path, place: Path) -> Path:
    """Print a workbook into a folder, and return the file of its pages."""
    home = f"-env:UserInstallation={(place / 'home').as_uri()}"
    convert = ["soffice", "--headless", home, "--convert-to", "pdf", "--outdir", str(place), str(workbook)]
    subprocess.run(convert, check=True, capture_output=True)
    return place / f"{workbook.stem}.pdf"


def draw(pages: Path, picture: Picture, target: Path) -> None:
    """Draw a picture of a file of pages."""
    page, resolution = str(picture.page), str(picture.resolution)
    part = zip(("-x", "-y", "-W", "-H"), picture.part or (), strict=False)
    cut = [word for name, value in part for word in (name, str(value))]
    what = ["-f", page, "-l", page, "-singlefile", "-r", resolution, *cut, "-png"]
    subprocess.run(["pdftoppm", *what, str(pages), str(target.with_suffix(""))], check=True)


def main() -> None:
    """Draw the pictures anew, those of the profile's page too."""
    import build_profile_pictures  # noqa: PLC0415 - it draws by what stands here

    build_profile_pictures.main()
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        demo_workbooks(folder / "demo")
        for workbook, pictures in SHOWN.items():
            pages = printed(folder / "demo" / workbook, folder)
            for name, picture in pictures.items():
                draw(pages, picture, DOCS / name)
        FINGERPRINTS.write_text(fingerprints(folder / "demo"), encoding="utf-8")


if __name__ == "__main__":
    main()
