"""The tables of Приложение 1 in a document: where each begins, how its columns go, what else the document holds."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from workbook_tools.annex.cells import CONTENT, Cell
from workbook_tools.annex.known import continues
from workbook_tools.grids import FOOTNOTES, LINES_BELOW, NESTED_TABLE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from workbook_tools.annex.headers import Header, HeaderWords
    from workbook_tools.annex.known import Known
    from workbook_tools.grids import Book, Grid, Shown, Span


@dataclass(frozen=True)
class Section:
    """Rows of a grid under one header, or going on without one: `first` and `last` are zero-based, both included."""

    file: str
    grid: Grid
    header: Header | None
    columns: Mapping[str, int]
    first: int
    last: int

    def at(self, row: int, column: int, name: str = "") -> Cell:
        """Return a cell by its place."""
        return Cell(self.file, self.grid.name, row, column, name, self.grid.text(row, column))

    def own(self, row: int) -> dict[str, Cell]:
        """Return the cells of a row by the names of their columns."""
        return {name: self.at(row, column, name) for name, column in self.columns.items()}

    def filled(self, row: int) -> set[str]:
        """Return the names of the columns in which a row says something, be it an error."""
        return {
            name
            for name, column in self.columns.items()
            if (row, column) in self.troubles or self.grid.text(row, column).strip()
        }

    def above(self, row: int, name: str) -> Cell | None:
        """Return the cell whose merged area a cell lies in, the area's first cell itself aside."""
        first = self.inside.get((name, row))
        return None if first is None else self.at(first, self.columns[name], name)

    def across(self, row: int) -> int:
        """Return how many of the table's columns the widest merged area that begins in a row takes."""
        columns = self.columns.values()
        spans = (span for span in self._spans_of.get(row, ()) if span.last_column > span.first_column)
        return max((sum(span.first_column <= at <= span.last_column for at in columns) for span in spans), default=1)

    @cached_property
    def inside(self) -> Mapping[tuple[str, int], int]:
        """For rows inside a merged area of a column, the row that holds the area's text."""
        return {
            (name, row): span.first_row
            for span in self.grid.merged
            for name, column in self.columns.items()
            if span.first_column == column and self.first <= span.first_row
            for row in range(span.first_row + 1, min(span.last_row, self.last) + 1)
        }

    @cached_property
    def merging(self) -> frozenset[str]:
        """The columns whose author merged cells, so that a blank one below is a blank one."""
        return frozenset(name for name, _ in self.inside)

    @cached_property
    def troubles(self) -> Mapping[tuple[int, int], tuple[str, str]]:
        """The cells whose value could not be read: kind of trouble and what they show."""
        return {(item.row, item.column): (item.kind, item.shown) for item in self.grid.troubles}

    @cached_property
    def shown(self) -> Mapping[tuple[int, int], Shown]:
        """The cells of which something else is seen than is read."""
        return {(item.row, item.column): item for item in self.grid.shown}

    def has_trouble(self, row: int) -> bool:
        """Tell whether a value of a row could not be read."""
        return any((row, column) in self.troubles for column in self.columns.values())

    @cached_property
    def _spans_of(self) -> Mapping[int, list[Span]]:
        spans: dict[int, list[Span]] = {}
        for span in self.grid.merged:
            spans.setdefault(span.first_row, []).append(span)
        return spans


@dataclass
class Found:
    """What a document holds: sections of the table in order, and the grids that are none of it."""

    sections: list[Section] = field(default_factory=list)
    foreign: list[Grid] = field(default_factory=list)
    lines: list[Grid] = field(default_factory=list)
    nested: list[Grid] = field(default_factory=list)


def find_tables(book: Book, words: HeaderWords, known: Known) -> Found:
    """Sort the grids of a document; a table without a header goes on with the columns of the one before."""
    found, widest = Found(), 0
    for grid in book.grids:
        sections = list(_sections(book.file, grid, words))
        if sections:
            found.sections.extend(sections)
            widest = _width(grid)
        elif grid.name.startswith((LINES_BELOW, FOOTNOTES)):
            found.lines.append(grid)
        elif NESTED_TABLE in grid.name:
            found.nested.append(grid)
        elif found.sections and _width(grid) <= widest and _goes_on(grid, found.sections[-1], known):
            last = found.sections[-1]
            found.sections.append(Section(book.file, grid, None, last.columns, 0, len(grid.rows) - 1))
        elif _is_filled(grid):
            found.foreign.append(grid)
    return found


def _sections(file: str, grid: Grid, words: HeaderWords) -> Iterator[Section]:
    headers: list[Header] = []
    for row in range(len(grid.rows)):
        if headers and row < headers[-1].row + headers[-1].height:
            continue
        header = words.header_at(grid, row)
        if header is not None:
            headers.append(header)
    below = [header.row for header in headers[1:]] + [len(grid.rows)]
    for header, end in zip(headers, below, strict=False):
        yield Section(file, grid, header, header.columns, header.row + header.height, end - 1)


def _goes_on(grid: Grid, last: Section, known: Known) -> bool:
    """Tell whether a table goes on with the one before: its rows name kinds, or it is the rest of a text cut in two."""
    kinds = [text for row in range(len(grid.rows)) if (text := grid.text(row, last.columns["kind"]).strip())]
    if kinds:
        return any(known.is_kind(text) for text in kinds)
    tail = (grid.text(0, last.columns[name]).strip() for name in CONTENT)
    return len(grid.rows) == 1 and any(continues(text) for text in tail if text)


def _is_filled(grid: Grid) -> bool:
    return _width(grid) > 0


def _width(grid: Grid) -> int:
    return max((column + 1 for row in grid.rows for column, value in enumerate(row) if str(value).strip()), default=0)


def filled_cells(file: str, grid: Grid, rows: Sequence[int] | range) -> Iterator[Cell]:
    """Yield the filled cells of some rows."""
    for row in rows:
        for column in range(len(grid.rows[row])):
            cell = Cell(file, grid.name, row, column, "", grid.text(row, column))
            if cell.text:
                yield cell
