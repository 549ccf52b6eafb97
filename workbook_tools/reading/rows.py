"""The filled rows of a data sheet: which are data, and what the others are; none is passed over in silence."""

from __future__ import annotations

import re
from itertools import compress
from typing import TYPE_CHECKING

from workbook_tools.submissions import PackedRows, SetAside
from workbook_tools.text import compare_key

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from workbook_tools.grids import Grid
    from workbook_tools.reading.headers import Table

# A header that stands again has at least so many of its cells.
_LEAST_OF_A_HEADER = 3
_TOTAL = re.compile(r"(итого|всего)( по .*)?:?|итого строк.*")
_AMOUNT = re.compile(r"[\d\s.,]*")


def depth(grid: Grid) -> int:
    """Return how many rows a sheet has, those included that hold nothing but what could not be read."""
    return max([len(grid.rows), *(trouble.row + 1 for trouble in grid.troubles)])


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
    sure = unread | _surely_data(grid, table, keys)
    whats = ((row + 1, _what(grid, row, table, keys)) for row in grid.filled if row not in sure)
    return tuple(SetAside(row, what) for row, what in whats if what)


def _surely_data(grid: Grid, table: Table, keys: Mapping[str, str]) -> set[int]:
    """Return rows that are seen to be data at once: a number in the first column and a word in the next.

    A number alone is neither a total nor, where no header is a number, a header that stands again.
    """
    first, *others = table.columns
    if first != "number" or not others or keys[first].isdecimal():
        return set()
    below = table.header_row + 1
    numbers, texts = grid.columns_of((table.columns[first], table.columns[others[0]]), below)
    pairs = enumerate(zip(numbers, texts, strict=True), below)
    return {row for row, (number, text) in pairs if number.isdecimal() and text[:1].isalnum()}


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


def data_rows(grid: Grid, table: Table, aside: frozenset[int], fields: frozenset[str]) -> PackedRows:
    """Return the rows in which something stands besides the ordinal number; blank rows never end the table.

    Parameters
    ----------
    aside
        The rows that are no data, as a spreadsheet numbers them.
    fields
        The columns that a row should have: one that is not there cannot be read.
    """
    first, names = table.header_row + 1, tuple(table.columns)
    numbers = range(first + 1, depth(grid) + 1)
    columns = grid.columns_of(tuple(table.columns.values()), first)
    # What could not be read may stand below all that could.
    columns = [texts + [""] * (len(numbers) - len(texts)) for texts in columns]
    missing = fields.difference(names)
    unreadable = [missing] * len(numbers)
    for row, name, at in _untold(grid, table):
        unreadable[row - first] |= {name}
        columns[at][row - first] = ""
    said = zip(*(texts for name, texts in zip(names, columns, strict=True) if name != "number"), strict=True)
    told = [any(map(str.strip, texts)) for texts in said] or [False] * len(numbers)
    taken = [
        (is_told or unread is not missing) and number not in aside
        for number, is_told, unread in zip(numbers, told, unreadable, strict=True)
    ]
    return PackedRows.of(
        names,
        list(compress(numbers, taken)),
        list(compress(unreadable, taken)),
        [list(compress(texts, taken)) for texts in columns],
    )


def _untold(grid: Grid, table: Table) -> Iterator[tuple[int, str, int]]:
    """Yield the cells below the header that could not be read: row, the column's name and its place in the table."""
    known = {column: (name, at) for at, (name, column) in enumerate(table.columns.items())}
    for trouble in grid.troubles:
        if trouble.column in known and trouble.row > table.header_row:
            yield trouble.row, *known[trouble.column]
