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
    filled = [row for row, cells in enumerate(grid.texts) if any(map(str.strip, cells))]
    return sorted(troubled.union(filled)) if troubled else filled


def set_aside(grid: Grid, table: Table, headers: Mapping[str, str]) -> tuple[SetAside, ...]:
    """Return the filled rows of a data sheet that are no data, in order.

    Parameters
    ----------
    headers
        Field name -> header, as the profile has them.
    """
    columns = set(table.columns.values())
    unread = {trouble.row for trouble in grid.troubles if trouble.column in columns and trouble.row > table.header_row}
    keys = {name: compare_key(header) for name, header in headers.items()}
    whats = ((row + 1, _what(grid, row, table, keys)) for row in filled_rows(grid) if row not in unread)
    return tuple(SetAside(row, what) for row, what in whats if what)


def _what(grid: Grid, row: int, table: Table, keys: Mapping[str, str]) -> str:
    """Return what a filled row is that is no data; "" where it is data.

    Parameters
    ----------
    keys
        Field name -> its header as it is compared.
    """
    if row <= table.header_row:
        return "header" if row == table.header_row else "above"
    typed = zip(table.columns, grid.texts_of(row, tuple(table.columns.values())), strict=True)
    # Nearly every row is seen to be data by its first two texts, and the others need not be compared.
    filled = ((name, key) for name, text in typed if text and (key := compare_key(text)))
    name, first = next(filled, ("", ""))
    if not name:
        return "stray"
    is_total = _TOTAL.fullmatch(first) is not None
    if not is_total and first != keys[name]:
        return "number" if name == "number" and next(filled, None) is None else ""
    rest = list(filled)
    if name == "number" and not rest and not is_total:
        return "number"
    if len(rest) + 1 >= _LEAST_OF_A_HEADER and first == keys[name] and all(key == keys[other] for other, key in rest):
        return "repeated"
    return "total" if is_total and all(_AMOUNT.fullmatch(key) for _, key in rest) else ""
