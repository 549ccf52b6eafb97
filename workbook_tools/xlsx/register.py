"""A workbook about the register, whoever it is for: its properties and its font are those of the profile."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook_tools.xlsx.book import XlsxBook
from workbook_tools.xlsx.checking import Check, check_workbook

if TYPE_CHECKING:
    import datetime
    from pathlib import Path

    from workbook_tools.profile import Profile

# Some tens of megabytes, packed and unpacked.
_MOST_IN_MEMORY = 5_000


def register_book(
    path: Path, title: str, profile: Profile, created: datetime.date, records: int, check: Check = check_workbook
) -> XlsxBook:
    """Return a new workbook under construction; use as a context manager.

    Parameters
    ----------
    path
        Where to write.
    title
        The title in the document's properties.
    created
        The date in the document's properties.
    records
        About how many rows the longest of its sheets will have.
    check
        Reads again what was written.
    """
    properties = {
        "title": title,
        "subject": profile.act.title,
        "author": profile.body.name,
        "company": profile.body.name,
    }
    font = {"font_name": profile.style.screen_font, "font_size": 10}
    return XlsxBook(path, properties, created, font, in_memory=records <= _MOST_IN_MEMORY, check=check)
