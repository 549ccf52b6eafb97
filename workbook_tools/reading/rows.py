"""The filled rows of a data sheet: which are data, and what the others are; none is passed over in silence."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from workbook_tools.submissions import SetAside
from workbook_tools.text import compare_key

if TYPE_CHECKING:
    from collections.abc import Mapping

    from workbook_tools.grids import Grid
    from workbook_tools.reading.headers import Table

# A header that stands again has at least so many of its cells.
_LEAST_OF_A_HEADER = 3
_TOTAL = re.compile(r"(итого|всего)( по .*)?:?|итого строк.*")
_AMOUNT = re.compile(r"[\d\s.,]*")


def filled_rows(grid: Grid) -> int:
    """Return how many rows of a sheet hold anything: text, a number, an error or a formula."""
    troubled = {trouble.row for trouble in grid.troubles}
    filled = {row for row in range(len(grid.rows)) if _holds_anything(grid, row)}
    return len(filled | troubled)


def set_aside(grid: Grid, table: Table, headers: Mapping[str, str]) -> tuple[SetAside, ...]:
    """Return the filled rows of a data sheet that are no data, in order.

    Parameters
    ----------
    headers
        Field name -> header, as the profile has them.
    """
    troubled = {(trouble.row, trouble.column) for trouble in grid.troubles}
    found = []
    for row in range(len(grid.rows)):
        if row < table.header_row:
            what = "above"
        elif row == table.header_row:
            what = "header"
        elif any((row, column) in troubled for column in table.columns.values()):
            continue
        else:
            what = _what(grid, row, table, headers)
        if what and (_holds_anything(grid, row) or any(at == row for at, _ in troubled)):
            found.append(SetAside(row + 1, what))
    return tuple(found)


def _what(grid: Grid, row: int, table: Table, headers: Mapping[str, str]) -> str:
    """Return what a row below the header is that is no data; "" where it is data."""
    texts = {name: compare_key(grid.text(row, column)) for name, column in table.columns.items()}
    filled = {name: text for name, text in texts.items() if text}
    if not filled:
        return "stray"
    if set(filled) == {"number"} and not _TOTAL.fullmatch(filled["number"]):
        return "number"
    if len(filled) >= _LEAST_OF_A_HEADER and all(text == compare_key(headers[name]) for name, text in filled.items()):
        return "repeated"
    first, *rest = filled.values()
    return "total" if _TOTAL.fullmatch(first) and all(map(_AMOUNT.fullmatch, rest)) else ""


def _holds_anything(grid: Grid, row: int) -> bool:
    return any(grid.text(row, column).strip() for column in range(len(grid.rows[row])))
