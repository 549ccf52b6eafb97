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


def depth(grid: Grid) -> int:
    """Return how many rows a sheet has, those included that hold nothing but what could not be read."""
    return max([len(grid.rows), *(trouble.row + 1 for trouble in grid.troubles)])


def filled_rows(grid: Grid) -> list[int]:
    """Return the rows of a sheet that hold anything, zero-based: text, a number, an error or a formula."""
    troubled = {trouble.row for trouble in grid.troubles}
    return [row for row in range(depth(grid)) if row in troubled or _holds_text(grid, row)]


def set_aside(grid: Grid, table: Table, headers: Mapping[str, str]) -> tuple[SetAside, ...]:
    """Return the filled rows of a data sheet that are no data, in order.

    Parameters
    ----------
    headers
        Field name -> header, as the profile has them.
    """
    columns = set(table.columns.values())
    unread = {trouble.row for trouble in grid.troubles if trouble.column in columns and trouble.row > table.header_row}
    whats = ((row + 1, _what(grid, row, table, headers)) for row in filled_rows(grid) if row not in unread)
    return tuple(SetAside(row, what) for row, what in whats if what)


def _what(grid: Grid, row: int, table: Table, headers: Mapping[str, str]) -> str:
    """Return what a filled row is that is no data; "" where it is data."""
    if row <= table.header_row:
        return "header" if row == table.header_row else "above"
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


def _holds_text(grid: Grid, row: int) -> bool:
    return row < len(grid.rows) and any(grid.text(row, column).strip() for column in range(len(grid.rows[row])))
