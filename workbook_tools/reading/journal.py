"""Workbook -> what the journal of an edition says of exclusions: an edition keeps no row of what it excluded."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from workbook_tools.comparing.change import EXCLUDED
from workbook_tools.grids import cell_name
from workbook_tools.reading.headers import find_table
from workbook_tools.records import canonical_code
from workbook_tools.text import tidy

if TYPE_CHECKING:
    from workbook_tools.grids import Book, Grid
    from workbook_tools.profile import Profile
    from workbook_tools.reading.headers import Table

_LEAST_HEADERS = 8
_SAID = ("activity", "process", "touchpoint", "basis")


class Exclusion(NamedTuple):
    """A line of the journal on a record that was excluded (К4).

    Attributes
    ----------
    code, activity, process, touchpoint
        The record.
    basis
        The document that its exclusion rests on; "" where the line names none.
    sheet, row, cell
        Where the document stands; row and cell as a spreadsheet shows them.
    """

    code: str
    activity: str
    process: str
    touchpoint: str
    basis: str
    sheet: str
    row: int
    cell: str


def exclusions_of(book: Book, profile: Profile) -> list[Exclusion]:
    """Return the exclusions that a workbook's sheet «Журнал изменений» tells; none where it has no such table.

    A record that two lines exclude is left out, and a line whose document cannot be read for certain. Where it is not
    certain which records the lines exclude, any of them may exclude another's: then there are none.
    """
    setting, headers = profile.sheets["journal"], profile.headers("journal")
    grid = next((grid for grid in book.grids if grid.name == setting.name), None)
    table = find_table(grid, headers, _LEAST_HEADERS) if grid else None
    if grid is None or table is None or not {"code", "class", *_SAID} <= set(table.columns):
        return []
    if _doubtful(grid, table, "code", "class"):
        return []
    found = list(_exclusions(grid, table, profile))
    lines = Counter(item.code for item in found)
    doubtful = _doubtful(grid, table, "basis")
    return [item for item in found if lines[item.code] == 1 and item.row not in doubtful]


def _doubtful(grid: Grid, table: Table, *names: str) -> set[int]:
    """Return the rows of the table, as a spreadsheet shows them, in which a cell of some columns is not certain."""
    columns = {table.columns[name] for name in names}
    unclear = {item.row for item in grid.troubles if item.column in columns}
    unclear |= {item.row for item in grid.shown if item.column in columns}
    # What is struck out is told by the row, at the first column that has any.
    struck = [(item.row, item.column or 0) for item in grid.asides if item.row is not None and item.is_read]
    unclear |= {row for row, first in struck if first <= max(columns)}
    return {row + 1 for row in unclear if row > table.header_row}


def _exclusions(grid: Grid, table: Table, profile: Profile) -> Iterator[Exclusion]:
    excluded, column = profile.changes[EXCLUDED].code, table.columns["basis"]
    for row in range(table.header_row + 1, len(grid.rows)):
        texts = {name: tidy(grid.text(row, at)) for name, at in table.columns.items()}
        # Behind the class's code stands the letter of its variant: «К4б. Исключение…».
        kind = texts["class"].partition(".")[0]
        if kind.startswith(excluded) and kind.removeprefix(excluded) in {"", "а", "б"}:
            activity, process, touchpoint, basis = (texts[name] for name in _SAID)
            code, cell = canonical_code(texts["code"]), cell_name(row, column)
            yield Exclusion(code, activity, process, touchpoint, basis, grid.name, row + 1, cell)
