"""Where a figure of «Сводка» leads: the first row behind it on another sheet."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from workbook_tools.xlsx.book import XlsxSheet

Places = dict[str, str]


def first_places(sheet: XlsxSheet, first: int, names: Iterable[Iterable[str]]) -> Places:
    """Return for each name the first row that bears it.

    Parameters
    ----------
    first
        The zero-based row of the first line.
    names
        For each line the names that it bears.
    """
    places: Places = {}
    for row, own in enumerate(names, first):
        for name in own:
            if name not in places:
                places[name] = sheet.place(row)
    return places
