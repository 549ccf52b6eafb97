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
    scored = [(grid, score) for grid in book.grids if (score := _score(grid, wanted)) >= least]
    named = (grid for grid, _ in scored if compare_key(grid.name) == compare_key(name))
    best, _ = max(scored, key=lambda item: item[1], default=(None, 0))
    return next(named, best)


def _score(grid: Grid, wanted: set[str]) -> int:
    texts = {compare_key(grid.text(row, column)) for row, column in _places(grid)}
    return len(texts & wanted)


def _places(grid: Grid) -> list[tuple[int, int]]:
    return [(row, column) for row, cells in enumerate(grid.rows[:HEADER_SEARCH_ROWS]) for column in range(len(cells))]


def find_table(grid: Grid, headers: Mapping[str, str], least: int) -> Table | None:
    """Return the table under the row with most of the headers (field name -> header); None where none has enough."""
    wanted = {compare_key(header): name for name, header in headers.items()}
    rows = range(min(len(grid.rows), HEADER_SEARCH_ROWS))
    above = _merged_above(grid)
    keys = {
        row: [compare_key(grid.text(*above.get((row, column), (row, column)))) for column in range(len(grid.rows[row]))]
        for row in rows
    }
    best = max(rows, key=lambda row: len(set(keys[row]) & set(wanted)), default=None)
    if best is None or len(set(keys[best]) & set(wanted)) < least:
        return None
    return _table(grid, best, keys[best], wanted)


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
