"""The cells of the profile's sheets gathered into tables, each with its place."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from workbook_tools.grids import cell_name, cell_text
from workbook_tools.profile.faults import BLANK
from workbook_tools.profile_book.cells import NOT_SAID, WrongCellError, read
from workbook_tools.profile_book.parts import KEY, LABEL, VALUE, Kind, Line, Lines, Slot, Table
from workbook_tools.text import compare_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from workbook_tools.grids import CellValue, Grid
    from workbook_tools.profile_book.shape import Data, Path

_HEADER_ROWS = 20
_BRANCHES = {"rules": ("messages",)}
"""What a part of a mapping has without a row of its own on another sheet."""


@dataclass
class Gathered:
    """What the sheets hold so far.

    Attributes
    ----------
    data
        The tables, as `shape.laid_out` describes them.
    places
        For the way to each value its cell, as a fault names it.
    faults
        One Russian line for each cell that does not hold what it should.
    """

    data: Data = field(default_factory=lambda: {"words": {}})
    places: dict[Path, str] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)

    def add(self, grid: Grid, part: Lines | Table) -> None:
        """Add what a sheet holds."""
        headers = [column.header for column in part.columns] if isinstance(part, Table) else [LABEL, VALUE, KEY]
        found = _header(grid, headers)
        absent = [header for header in headers if compare_key(header) not in found.columns]
        if absent:
            names = ", ".join(f"«{header}»" for header in absent)
            self.faults.append(f"{grid.name}: нет графы {names}; верните заголовок в строку над значениями")
            return
        columns = [found.columns[compare_key(header)] for header in headers]
        if isinstance(part, Table):
            _TableRows(self, grid, part, columns).add(found.row, found.extra)
        else:
            _LineRows(self, grid, part, columns).add(found.row)

    def value(self, cell: _Cell, kind: Kind, choice: Any) -> object:  # noqa: ANN401 - a mapping of values to words
        """Return what a cell means; a fault is noted, and nothing is said then."""
        try:
            return read(cell.value, kind, choice)
        except WrongCellError as error:
            self.faults.append(f"{cell.place}: {error}")
            return NOT_SAID


class _Cell:
    """A cell, its value and its name."""

    def __init__(self, grid: Grid, row: int, column: int) -> None:
        cells: Sequence[CellValue] = grid.rows[row] if row < len(grid.rows) else ()
        self.value: CellValue = cells[column] if column < len(cells) else ""
        self.place = f"{grid.name}!{cell_name(row, column)}"

    @property
    def is_blank(self) -> bool:
        return not cell_text(self.value).strip()


@dataclass(frozen=True)
class _Header:
    row: int
    columns: dict[str, int]
    extra: list[str]


def _header(grid: Grid, headers: Iterable[str]) -> _Header:
    """Return the row among the first that holds most of the headers."""
    wanted = {compare_key(header) for header in headers}
    rows = [list(map(compare_key, row)) for row in grid.texts[:_HEADER_ROWS]] or [[]]
    row = max(range(len(rows)), key=lambda number: len(wanted.intersection(rows[number])))
    columns = {key: column for column, key in reversed(list(enumerate(rows[row]))) if key in wanted}
    extra = [f"{grid.name}!{cell_name(row, at)}" for at, key in enumerate(rows[row]) if key and key not in wanted]
    return _Header(row, columns, extra)


class _TableRows:
    """The rows of a table."""

    def __init__(self, found: Gathered, grid: Grid, table: Table, columns: list[int]) -> None:
        self.found, self.grid, self.table, self.columns = found, grid, table, columns
        self.first = ""

    def add(self, header: int, extra: list[str]) -> None:
        """Add every row under the header that is not blank."""
        self.found.faults += [
            f"{place}: такой графы в профиле нет; удалите её или исправьте название" for place in extra
        ]
        self._begin(header)
        for row in range(header + 1, len(self.grid.rows)):
            cells = [_Cell(self.grid, row, at) for at in self.columns]
            if not all(cell.is_blank for cell in cells):
                self._add_row(cells)

    def _begin(self, header: int) -> None:
        """Note where the table and its columns stand, and that it is there even where it has no rows."""
        root = str(self.table.at[0])
        roots: list[Path] = [(root, name) for name in self.table.columns[0].choice] if root == "words" else [(root,)]
        for way in roots:
            self.found.places.setdefault(way, self.grid.name)
            for column, at in zip(self.table.columns, self.columns, strict=True):
                self.found.places.setdefault((*way, column.key), f"{self.grid.name}!{cell_name(header, at)}")
        holder = self.found.data["words"] if root == "words" else self.found.data
        for way in roots if self.table.whole else ():
            holder.setdefault(str(way[-1]), [] if self.table.at[-1] is Slot.ITEM else {})

    def _add_row(self, cells: list[_Cell]) -> None:
        columns = self.table.columns
        values = [
            self.found.value(cell, column.kind, column.choice) for cell, column in zip(cells, columns, strict=True)
        ]
        owners = [at for at, column in enumerate(columns) if column.key.isdecimal()]
        blank = [cells[at].place for at in owners if cells[at].is_blank]
        self.found.faults += [f"{place}: {BLANK}" for place in blank]
        if blank or any(values[at] is NOT_SAID for at in owners):
            return
        own = {columns[at].key: (values[at], cells[at].place) for at in range(len(columns)) if at not in owners}
        self._put([str(values[at]) for at in owners], own, cells[0].place)

    def _put(self, keys: list[str], own: dict[str, tuple[object, str]], place: str) -> None:
        """Put a row's values at the end of their way."""
        way, holder = self._holder(keys, place)
        if holder is None:
            return
        last = self.table.at[-1]
        path: Path = (*way, len(holder) if last is Slot.ITEM else keys[-1])
        if last is Slot.KEY and keys[-1] in holder:
            self.found.faults.append(_twice(place, keys[-1]))
            return
        self.found.places[path] = place
        self.found.places |= {(*path, key) if key else path: cell for key, (_, cell) in own.items()}
        part: Any = {key: value for key, (value, _) in own.items() if value is not NOT_SAID}
        if "" in own:
            part = own[""][0]
        elif self.table.whole and last is Slot.KEY:
            part |= {branch: {} for branch in _BRANCHES.get(str(way[0]), ())}
        if last is Slot.ITEM:
            holder.append(part)
        else:
            holder[keys[-1]] = part

    def _holder(self, keys: list[str], place: str) -> tuple[Path, Any]:
        """Return the way to the list or mapping that a row belongs to, and it; None where its owner is unknown."""
        holder: Any = self.found.data
        way: list[str | int] = []
        left = iter(keys)
        steps = self.table.at[:-1]
        for number, step in enumerate(steps):
            name = next(left) if step is Slot.KEY else str(step)
            if step is Slot.KEY and not (way == ["words"] or name in holder):
                self.found.faults.append(
                    f"{place}: «{name}» не описано; впишите его на листе, где перечислены такие имена"
                )
                return (), None
            after = steps[number + 1] if number + 1 < len(steps) else self.table.at[-1]
            holder = holder.setdefault(name, [] if after is Slot.ITEM else {})
            way.append(name)
        return tuple(way), holder


class _LineRows:
    """The lines of a sheet."""

    def __init__(self, found: Gathered, grid: Grid, lines: Lines, columns: list[int]) -> None:
        self.found, self.grid, self.columns = found, grid, columns
        self.known = {line.key: line for line in lines.lines if line.key}
        self.seen: set[str] = set()

    def add(self, header: int) -> None:
        """Add every line under the header; a line without a key goes on with the paragraphs above."""
        for line in self.known.values():
            self.found.places.setdefault((line.key.split(".")[0],), self.grid.name)
            if line.kind is Kind.PARAGRAPHS:
                self._set(line, [], self.grid.name)
        open_key = ""
        for row in range(header + 1, len(self.grid.rows)):
            _, value, key = (_Cell(self.grid, row, at) for at in self.columns)
            name = cell_text(key.value).strip()
            if name or not value.is_blank:
                self._add_line(name or open_key, value, key)
                open_key = name or open_key
            else:
                open_key = ""

    def _add_line(self, name: str, value: _Cell, key: _Cell) -> None:
        line = self.known.get(name)
        if line is None:
            told = f"ключ «{name}» неизвестен" if name else "не видно, к чему относится значение"
            self.found.faults.append(f"{key.place}: {told}; верните ключ этой строки или удалите её")
        elif line.kind is Kind.PARAGRAPHS:
            self._append(line, value)
        elif name in self.seen:
            self.found.faults.append(_twice(value.place, line.label))
        else:
            self.seen.add(name)
            self._set(line, self.found.value(value, line.kind, line.choice), value.place)

    def _append(self, line: Line, value: _Cell) -> None:
        holder, way = self._holder(line)
        paragraphs = holder[way[-1]]
        self.found.places[*way, len(paragraphs)] = value.place
        paragraphs.append(self.found.value(value, line.kind, line.choice))

    def _set(self, line: Line, value: object, place: str) -> None:
        holder, way = self._holder(line)
        self.found.places[way] = place
        if value is not NOT_SAID:
            holder[way[-1]] = value

    def _holder(self, line: Line) -> tuple[Data, tuple[str, ...]]:
        """Return the mapping that holds a line's value, and the way to the value."""
        *way, last = line.key.split(".")
        holder = self.found.data
        for step in way:
            holder = holder.setdefault(step, {})
        return holder, (*way, last)


def _twice(place: str, name: str) -> str:
    return f"{place}: «{name}» здесь уже есть; оставьте одну строку"
