"""Merging cells that are written already: the writer's own way writes every one of them again and keeps a note of each.

What the writer reads when it closes the sheet is its list of areas, which has no documented name. That an area noted
there comes to the same bytes is proven with the installed writer before the first one is.
"""

from __future__ import annotations

import datetime
import io
from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import xlsxwriter

if TYPE_CHECKING:
    from workbook_tools.xlsx.book import XlsxSheet
    from workbook_tools.xlsx.style import Properties


class Area(NamedTuple):
    """Cells side by side or below each other, both corners included (row, column), and what the first one says."""

    first: tuple[int, int]
    last: tuple[int, int]
    text: str


def merge_written(sheet: XlsxSheet, areas: Iterable[Area], style: Properties) -> None:
    """Merge areas whose cells are written in a style: the first with the text, all others blank.

    No two of them may have a cell in common, and none may be a single cell.
    """
    if proven():
        sheet.raw.merge.extend([*area.first, *area.last] for area in areas)
        return
    for area in areas:
        sheet.merge(*area, style)


@cache
def proven() -> bool:
    """Tell whether the installed writer takes areas that are only noted: tried once a process."""
    try:
        noted, own = (_sample(notes=notes) for notes in (True, False))
    except Exception:  # noqa: BLE001 - whatever another version of the writer refuses, it is then asked in its own way
        return False
    return noted == own


def _sample(*, notes: bool) -> bytes:
    """Return a workbook with two merged areas, made either way."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        book.set_properties({"created": datetime.datetime(2000, 1, 1)})  # noqa: DTZ001 - a workbook's dates have no zone
        sheet, style = book.add_worksheet(), book.add_format({"border": 1})
        for column, last, text in ((0, 5, "а"), (1, 2, "б")):
            if not notes:
                sheet.merge_range(1, column, last, column, text, style)
                continue
            sheet.write_string(1, column, text, style)
            for row in range(2, last + 1):
                sheet.write_blank(row, column, None, style)
            sheet.merge.append([1, column, last, column])
    return file.getvalue()
