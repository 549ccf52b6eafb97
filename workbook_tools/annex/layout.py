"""The table of Приложение 1 in a document: its header, its rows, and what page breaks did to them."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from workbook_tools.errors import InputError
from workbook_tools.grids import cell_name
from workbook_tools.limits import HEADER_SEARCH_ROWS
from workbook_tools.remarks import Place
from workbook_tools.text import compare_key, tidy

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from workbook_tools.grids import Book, Grid

CARRIED = ("number", "direction", "process", "touchpoint")
CONTENT = ("process", "touchpoint", "needs", "kind")


@dataclass(frozen=True)
class Cell:
    """A cell of the table: where it stands (zero-based), which column it belongs to, its text as typed."""

    file: str
    sheet: str
    row: int
    column: int
    name: str
    typed: str

    @property
    def text(self) -> str:
        """The text on one line."""
        return tidy(self.typed)

    def place(self, unit: str = "", name: str = "") -> Place:
        """Return the cell as the place of a finding, under its own column's name or another."""
        address = cell_name(self.row, self.column)
        return Place(unit, self.file, self.sheet, address, self.row + 1, name or self.name, self.typed)


@dataclass(frozen=True)
class SourceRow:
    """A row of the table; a blank continuation cell stands as the cell that it continues."""

    file: str
    sheet: str
    row: int
    cells: Mapping[str, Cell]


@dataclass(frozen=True)
class Link:
    """A cell that continues another: the cell itself, the cell with the text as it is read, the row's direction."""

    cell: Cell
    read_as: Cell
    direction: Cell | None


@dataclass
class Layout:
    """What the tables of a document hold, gathered row by row.

    Attributes
    ----------
    rows
        The rows that make records.
    title
        The filled cells above the first header.
    repeated
        The first cells of the headers that were repeated.
    extra
        The headers of columns that the form does not have.
    joined
        Second parts of processes cut by a page break.
    continued
        Blank touchpoint cells.
    carried
        The cells that a blank one below would continue.
    after_header
        Whether the last filled row was a repeated header.
    """

    rows: list[SourceRow] = field(default_factory=list)
    title: list[Cell] = field(default_factory=list)
    repeated: list[Cell] = field(default_factory=list)
    extra: list[Cell] = field(default_factory=list)
    joined: list[Link] = field(default_factory=list)
    continued: list[Link] = field(default_factory=list)
    carried: dict[str, Cell] = field(default_factory=dict)
    after_header: bool = False


@dataclass(frozen=True)
class Table:
    """A grid with the header of Приложение 1."""

    file: str
    grid: Grid
    header: int
    columns: Mapping[str, int]
    headers: Mapping[str, str]
    inside: Mapping[tuple[str, int], int]

    def cell(self, row: int, name: str) -> Cell:
        """Return a column's cell; inside a merged area, the cell that holds the area's text."""
        first = row if name in CARRIED else self.inside.get((name, row), row)
        return self.at(first, self.columns[name], name)

    def at(self, row: int, column: int, name: str) -> Cell:
        """Return a cell by its place."""
        return Cell(self.file, self.grid.name, row, column, name, self.grid.text(row, column))


def lay_out(book: Book, headers: Mapping[str, str]) -> Layout:
    """Find the table of Приложение 1 and its rows; tables with the same header are one table.

    Parameters
    ----------
    book
        The document or workbook.
    headers
        The header texts by column name.

    Raises
    ------
    InputError
        No table has all the headers (раздел I, п. 2; Приложение 1).
    """
    found = (_table(book.file, grid, headers) for grid in book.grids)
    tables = [table for table in found if table is not None]
    if not tables:
        raise InputError(_not_found(headers))
    layout = Layout(title=list(_above(tables[0])))
    for table in tables:
        layout.extra.extend(_extra(table))
        for row in range(table.header, len(table.grid.rows)):
            _read_row(layout, table, row)
    layout.repeated = layout.repeated[1:]
    return layout


def _not_found(headers: Mapping[str, str]) -> str:
    wanted = ", ".join(f"«{header}»" for header in headers.values())
    return (
        f"в документе нет таблицы Приложения 1 с графами {wanted}. "
        "Проверьте, тот ли это документ и не переименованы ли в нём графы"
    )


def _table(file: str, grid: Grid, headers: Mapping[str, str]) -> Table | None:
    for row, values in enumerate(grid.rows[:HEADER_SEARCH_ROWS]):
        places = {compare_key(grid.text(row, column)): column for column in reversed(range(len(values)))}
        columns = {name: places.get(compare_key(header), -1) for name, header in headers.items()}
        if min(columns.values()) >= 0:
            return Table(file, grid, row, columns, headers, _inside(grid, columns))
    return None


def _inside(grid: Grid, columns: Mapping[str, int]) -> dict[tuple[str, int], int]:
    """Return, for rows inside a merged area of a column, the row that holds the area's text."""
    return {
        (name, row): span.first_row
        for span in grid.merged
        for name, column in columns.items()
        if span.first_column == column
        for row in range(span.first_row + 1, min(span.last_row + 1, len(grid.rows)))
    }


def _above(table: Table) -> Iterator[Cell]:
    for row in range(table.header):
        cells = (table.at(row, column, "") for column in range(len(table.grid.rows[row])))
        yield from (cell for cell in cells if cell.text)


def _extra(table: Table) -> Iterator[Cell]:
    known = set(table.columns.values())
    for column in range(len(table.grid.rows[table.header])):
        cell = table.at(table.header, column, "")
        if cell.text and column not in known:
            yield cell


def _read_row(layout: Layout, table: Table, row: int) -> None:
    own = {name: table.at(row, column, name) for name, column in table.columns.items()}
    filled = {name for name, cell in own.items() if cell.text}
    if not filled or _is_numbering(own):
        return
    if _is_header(table, own):
        layout.repeated.append(own["number"])
    elif layout.after_header and filled == {"process"} and layout.rows:
        _join(layout, own["process"])
    else:
        _take(layout, table, row, filled)
    layout.after_header = _is_header(table, own)


def _is_header(table: Table, own: Mapping[str, Cell]) -> bool:
    return all(compare_key(own[name].typed) == compare_key(header) for name, header in table.headers.items())


def _is_numbering(own: Mapping[str, Cell]) -> bool:
    """Tell whether the row only numbers the columns, as printed forms do under their header."""
    in_order = [cell.text for cell in sorted(own.values(), key=lambda cell: cell.column)]
    return in_order == [str(number + 1) for number in range(len(in_order))]


def _join(layout: Layout, tail: Cell) -> None:
    """Join the tail of a process to every row that shares the process before the page break."""
    head = layout.rows[-1].cells["process"]
    whole = replace(head, typed=f"{head.typed} {tail.typed}")
    layout.rows = [
        replace(row, cells={**row.cells, "process": whole}) if row.cells["process"] == head else row
        for row in layout.rows
    ]
    layout.carried = {**layout.carried, "process": whole}
    layout.joined.append(Link(tail, whole, layout.carried.get("direction")))


def _take(layout: Layout, table: Table, row: int, filled: set[str]) -> None:
    cells = {name: table.cell(row, name) for name in table.columns}
    blank = cells["touchpoint"]
    layout.carried = {**layout.carried, **{name: cells[name] for name in CARRIED if cells[name].text}}
    cells = {**cells, **{name: layout.carried[name] for name in CARRIED if name in layout.carried}}
    if filled.isdisjoint(CONTENT):
        return
    layout.rows.append(SourceRow(table.file, table.grid.name, row, cells))
    if cells["touchpoint"] != blank:
        layout.continued.append(Link(blank, cells["touchpoint"], cells["direction"]))
