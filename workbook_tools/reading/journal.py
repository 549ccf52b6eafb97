"""Workbook -> what the journal of an edition says of exclusions and replacements: it keeps no row of what is gone."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple

from workbook_tools.comparing.change import EXCLUDED, REPLACED
from workbook_tools.grids import cell_name
from workbook_tools.reading.headers import find_table
from workbook_tools.records import canonical_code
from workbook_tools.text import tidy

if TYPE_CHECKING:
    from workbook_tools.grids import Book, Grid
    from workbook_tools.profile import Profile
    from workbook_tools.reading.headers import Table

_LEAST_HEADERS, _BOTH = 8, 2
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


class Named(NamedTuple):
    """A record as a line of the journal names it."""

    code: str
    activity: str
    process: str
    touchpoint: str


class Pair(NamedTuple):
    """Two records of which one took the other's place (К13), in the order of their lines."""

    one: Named
    other: Named


def exclusions_of(book: Book, profile: Profile) -> list[Exclusion]:
    """Return the exclusions that a workbook's sheet «Журнал изменений» tells; none where it has no such table.

    A record that two lines exclude is left out, and a line whose document cannot be read for certain. Where it is not
    certain which records the lines exclude, any of them may exclude another's: then there are none.
    """
    journal = _journal(book, profile)
    if journal is None:
        return []
    grid, table = journal
    found = list(_exclusions(grid, table, profile))
    lines = Counter(item.code for item in found)
    doubtful = _doubtful(grid, table, "basis")
    return [item for item in found if lines[item.code] == 1 and item.row not in doubtful]


def replacements_of(book: Book, profile: Profile) -> list[Pair]:
    """Return the replacements that a workbook's sheet «Журнал изменений» tells; none where it has no such table.

    Each stands there twice, on the record that is gone and on the one in its place, in the same words.
    """
    journal = _journal(book, profile)
    if journal is None or "text" not in journal[1].columns:
        return []
    told: dict[str, list[Named]] = defaultdict(list)
    for _, texts in _lines(*journal, profile.changes[REPLACED].code):
        told[texts["text"]].append(_named(texts))
    return [Pair(*lines) for text, lines in told.items() if text and len(lines) == _BOTH]


def _journal(book: Book, profile: Profile) -> tuple[Grid, Table] | None:
    """Return the sheet and its table, None where it is not certain of which record and class each line is."""
    setting, headers = profile.sheets["journal"], profile.headers("journal")
    grid = next((grid for grid in book.grids if grid.name == setting.name), None)
    table = find_table(grid, headers, _LEAST_HEADERS) if grid else None
    if grid is None or table is None or not {"code", "class", *_SAID} <= set(table.columns):
        return None
    return None if _doubtful(grid, table, "code", "class") else (grid, table)


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
    for row, texts in _lines(grid, table, profile.changes[EXCLUDED].code):
        cell = cell_name(row, table.columns["basis"])
        yield Exclusion(*_named(texts), texts["basis"], grid.name, row + 1, cell)


def _lines(grid: Grid, table: Table, code: str) -> Iterator[tuple[int, Mapping[str, str]]]:
    """Yield the lines of a class, by the row from 0, each with its texts by column."""
    for row in range(table.header_row + 1, len(grid.rows)):
        texts = {name: tidy(grid.text(row, at)) for name, at in table.columns.items()}
        # Behind the class's code stands the letter of its variant: «К4б. Исключение…».
        kind = texts["class"].partition(".")[0]
        if kind.startswith(code) and kind.removeprefix(code) in {"", "а", "б"}:
            yield row, texts


def _named(texts: Mapping[str, str]) -> Named:
    return Named(canonical_code(texts["code"]), texts["activity"], texts["process"], texts["touchpoint"])
