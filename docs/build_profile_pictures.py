"""Draw the pictures of profile.ru.md: the second profile as a workbook.

Called by `build_pictures.py`; the fingerprint of the workbook stands beside the pictures, as there.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from build_pictures import DOCS, Picture, draw, fingerprint, printed

from workbook_tools.pipeline.profiles import write_profile_book
from workbook_tools.profile import load_profile

FINGERPRINT = DOCS / "profile_pictures.sha256"
PROFILE = "svetloozersk_services"
PAGES = {
    "profile-guide.png": Picture(1, part=(0, 0, 0, 680)),
    "profile-body.png": Picture(2, part=(0, 0, 0, 520)),
    "profile-units.png": Picture(3, part=(0, 0, 0, 360)),
    "profile-touchpoints.png": Picture(6, part=(0, 0, 0, 480)),
}


def profile_workbook(folder: Path) -> Path:
    """Make the workbook that the pictures show."""
    workbook = folder / "профиль.xlsx"
    write_profile_book(workbook, load_profile(PROFILE))
    return workbook


def main() -> None:
    """Draw the pictures anew."""
    with tempfile.TemporaryDirectory() as place:
        workbook = profile_workbook(Path(place))
        pages = printed(workbook, Path(place))
        for name, picture in PAGES.items():
            draw(pages, picture, DOCS / name)
        FINGERPRINT.write_text(fingerprint(workbook) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
