"""Finding a table by its headers: any row among the first, any order of columns."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

from workbook_tools.limits import HEADER_SEARCH_ROWS
from workbook_tools.text import compare_key, tidy

if TYPE_CHECKING:
    from collections.abc import Sequence

    from workbook_tools.grids import Book, Grid


class Table(NamedTuple):
    """Where a table stands on a sheet.

    Attributes
    ----------
    header_row
        Zero-based row of the header.
    columns
        Zero-based column of each known field.
    twice, extra
        Columns whose header repeats a known one, or is none of ours, with the header as typed.
    """

    header_row: int
    columns: Mapping[str, int]
    twice: tuple[tuple[int, str], ...]
    extra: tuple[tuple[int, str], ...]


def find_sheet(book: Book, name: str, headers: Sequence[str], least: int) -> Grid | None:
    """Return the first sheet of that name that holds the headers, else the one with most; None where none has."""
    wanted = {compare_key(header) for header in headers}
    # Two sheets of a book may bear one name.
    named = [grid for grid in book.grids if compare_key(grid.name) == compare_key(name)]
    known = next((grid for grid in named if _score(grid, wanted) >= least), None)
    if known is not None:
        return known
    scored = [(grid, score) for grid in book.grids if (score := _score(grid, wanted)) >= least]
    return max(scored, key=lambda item: item[1], default=(None, 0))[0]


def _score(grid: Grid, wanted: set[str]) -> int:
    found: set[str] = set()
    for row in grid.texts[:HEADER_SEARCH_ROWS]:
        found |= wanted.intersection(map(compare_key, row))
        if len(found) == len(wanted):
            break
    return len(found)


def find_table(grid: Grid, headers: Mapping[str, str], least: int) -> Table | None:
    """Return the table under the row with most of the headers (field name -> header); None where none has enough."""
    wanted = {compare_key(header): name for name, header in headers.items()}
    best = _header_row(grid, frozenset(wanted))
    if best is None or best.found < least:
        return None
    return _table(grid, best.row, best.keys, wanted)


class _HeaderRow(NamedTuple):
    """A row, how many headers are found in it, and its cells as they are compared."""

    row: int
    found: int
    keys: list[str]


def _header_row(grid: Grid, wanted: frozenset[str]) -> _HeaderRow | None:
    """Return the first of the rows with most of the headers, None where the sheet is empty."""
    above = _merged_above(grid)
    best = None
    for row, cells in enumerate(grid.texts[:HEADER_SEARCH_ROWS]):
        raised = [above.get((row, column)) for column in range(len(cells))] if above else [None] * len(cells)
        keys = [compare_key(grid.text(*at) if at else text) for text, at in zip(cells, raised, strict=True)]
        found = len(wanted.intersection(keys))
        if best is None or found > best.found:
            best = _HeaderRow(row, found, keys)
        if found == len(wanted):
            break
    return best


def _merged_above(grid: Grid) -> dict[tuple[int, int], tuple[int, int]]:
    """Return for the lowest cell of each upright merged area the cell that holds its text: a header of two rows."""
    upright = [span for span in grid.merged if span.first_column == span.last_column and span.last_row > span.first_row]
    return {(span.last_row, span.last_column): (span.first_row, span.first_column) for span in upright}


def _table(grid: Grid, row: int, keys: list[str], wanted: Mapping[str, str]) -> Table:
    columns: dict[str, int] = {}
    twice: list[tuple[int, str]] = []
    extra: list[tuple[int, str]] = []
    for column, key in enumerate(keys):
        name = wanted.get(key)
        if name and name not in columns:
            columns[name] = column
        elif key:
            (twice if name else extra).append((column, tidy(grid.text(row, column)) or key))
    return Table(row, columns, tuple(twice), tuple(extra))
