"""Two editions -> the documents behind exclusions, where the later edition's own journal tells them for certain."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from workbook_tools import records
from workbook_tools.errors import InputError
from workbook_tools.reading.journal import Exclusion, exclusions_of
from workbook_tools.text import compare_key

if TYPE_CHECKING:
    from workbook_tools.pipeline.foreign import ForeignFiles
    from workbook_tools.profile import Profile
    from workbook_tools.records import Edition

_SAME = ("activity", "process", "touchpoint")


def told_bases(before: Edition, after: Edition, path: Path, profile: Profile, files: ForeignFiles) -> list[Exclusion]:
    """Return for what the later edition excluded from the earlier one the lines of its journal that name a document.

    There are none where the later edition was not made from the earlier one, or its journal cannot be read; a line
    counts only where the earlier edition has that record under that code.

    Parameters
    ----------
    path
        The later edition's workbook.
    """
    if not is_made_from(after, before):
        return []
    try:
        book = files.book(path, profile.sheets["journal"].name)
    except InputError:
        return []
    if book.sha256 != after.sha256:
        return []
    held = {row["code"]: _said(*(row[name] for name in _SAME)) for row in records.rows(before.in_force)}
    return [
        item
        for item in exclusions_of(book, profile)
        if item.basis and item.code and held.get(item.code) == _said(item.activity, item.process, item.touchpoint)
    ]


def is_made_from(after: Edition, before: Edition) -> bool:
    """Tell whether the later edition says of its predecessor, by date and counts, what the earlier one is."""
    is_dated_so = bool(before.date) and after.base_date == before.date
    return is_dated_so and after.history[:-1][-1:] == (before.point,)


def _said(*texts: str) -> tuple[str, ...]:
    return tuple(map(compare_key, texts))
