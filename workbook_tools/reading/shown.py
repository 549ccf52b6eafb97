"""Cells of which something else is seen than is read: formats of numbers, lengths of time, truth values (П-02)."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import TYPE_CHECKING

from workbook_tools.grids import Shown, cell_text
from workbook_tools.reading.masks import DAY

if TYPE_CHECKING:
    from collections.abc import Container

    from workbook_tools.grids import CellValue, Grid

_MOMENT = "moment"
# Values of these kinds are read as they are; a truth value is no number here.
_PLAIN = frozenset({str, float, int})


def shown_otherwise(grid: Grid, columns: Container[int]) -> Iterator[Shown]:
    """Yield the cells of some columns of which something else is seen than is read, by their places.

    Parameters
    ----------
    columns
        Zero-based; the others are passed over.
    """
    known = {(item.row, item.column): item for item in grid.shown}
    of_kind = {
        (row, column): Shown(row, column, kind, cell_text(value), _truth(value))
        for row, cells in enumerate(grid.rows)
        if not _PLAIN.issuperset(map(type, cells))
        for column, value in enumerate(cells)
        if type(value) not in _PLAIN and (kind := _kind(value))
    }
    for place, item in sorted((of_kind | known).items()):
        if place[1] in columns:
            yield item


def of_title(grid: Grid) -> list[Shown]:
    """Return the numbers of a title sheet that are seen otherwise; a day is a day there, however it is shown."""
    return [item for item in grid.shown if item.kind != DAY]


def _truth(value: CellValue) -> str:
    if not isinstance(value, bool):
        return ""
    return "ИСТИНА" if value else "ЛОЖЬ"


def _kind(value: CellValue) -> str:
    """Return which message tells a value that has no text of its own; "" for numbers and days."""
    if isinstance(value, bool):
        return "truth"
    has_time = isinstance(value, datetime.datetime) and value.time() != datetime.time()
    return _MOMENT if has_time or isinstance(value, (datetime.timedelta, datetime.time)) else ""
