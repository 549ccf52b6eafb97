"""The rows of Приложение 1 in a document: which make records, which go on with others, which are neither."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import takewhile, zip_longest
from typing import TYPE_CHECKING

from workbook_tools.annex.cells import CARRIED, Cell, Decision, SourceRow
from workbook_tools.annex.headers import HeaderWords
from workbook_tools.annex.rows import Around, Line, RowKind, is_numeral, kind_of
from workbook_tools.annex.tables import Found, Section, filled_cells, find_tables
from workbook_tools.errors import InputError
from workbook_tools.text import compare_key

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from workbook_tools.annex.known import Known
    from workbook_tools.grids import Book
    from workbook_tools.profile import Profile

_NO_COLUMN = -1


@dataclass
class Layout:
    """What the tables of a document hold.

    Attributes
    ----------
    rows
        The rows that make records.
    title
        The filled cells above the first header.
    told
        What was decided in reading the rows.
    found
        The tables, and the grids that are none.
    """

    rows: list[SourceRow] = field(default_factory=list)
    title: list[Cell] = field(default_factory=list)
    told: list[Decision] = field(default_factory=list)
    found: Found = field(default_factory=Found)


def lay_out(book: Book, profile: Profile, known: Known) -> Layout:
    """Find the table of Приложение 1 and its rows; tables with the same header are one table.

    Raises
    ------
    InputError
        No table has all the headers (раздел I, п. 2; Приложение 1).
    """
    words = HeaderWords(profile)
    found = find_tables(book, words, known)
    if not found.sections:
        raise InputError(_not_found(words.titles))
    first = found.sections[0]
    above = range(first.header.row if first.header else 0)
    layout = Layout(found=found, title=list(filled_cells(book.file, first.grid, above)))
    reader = _Reader(layout, known, words.titles)
    for section in found.sections:
        reader.read(section)
    reader.tell_the_rest()
    return layout


def _not_found(headers: Mapping[str, str]) -> str:
    wanted = ", ".join(f"«{header}»" for header in headers.values())
    return (
        f"в документе нет таблицы Перечня с графами {wanted}. "
        "Проверьте, тот ли это документ и не переименованы ли в нём графы"
    )


class _Reader:
    """Reads the sections one after another; what a page break or a blank cell leaves open goes on in the next."""

    def __init__(self, layout: Layout, known: Known, titles: Mapping[str, str]) -> None:
        self._layout = layout
        self._known = known
        self._titles = titles
        self._carried: dict[str, Cell] = {}
        self._seen = {cell.spot for cell in layout.title}
        self._after_header = False
        self._started = False

    def read(self, section: Section) -> None:
        """Read a section's header and rows."""
        self._read_header(section)
        lines = list(_spoken(section))
        for line, below in zip_longest(lines, lines[1:]):
            kind = kind_of(line, Around(below, self._last, self._after_header), self._known)
            self._tell_troubles(line)
            self._read_line(line, kind)
            self._after_header = self._after_header and kind is RowKind.NUMBERING

    def tell_the_rest(self) -> None:
        """Tell every filled cell of the tables' grids that came into no record and no finding."""
        grids = {section.grid.name: section for section in self._layout.found.sections}
        taken = {(row.sheet, row.row) for row in self._layout.rows}
        for section in grids.values():
            for cell in filled_cells(section.file, section.grid, range(len(section.grid.rows))):
                if cell.spot not in self._seen and (cell.sheet, cell.row) in taken:
                    self._tell("П-01", "outside", cell, v=cell.text)
                elif cell.spot not in self._seen:
                    self._tell("П-01", "set_aside", cell, v=cell.text)

    @property
    def _last(self) -> SourceRow | None:
        return self._layout.rows[-1] if self._layout.rows else None

    def _tell(self, rule: str, message: str, cell: Cell, **words: str) -> None:
        # What stands beside the records, and the headers, is no unit's business.
        direction = None if rule == "П-01" else self._carried.get("direction")
        self._layout.told.append(Decision(rule, message, cell, words, direction))
        self._seen.add(cell.spot)

    def _read_header(self, section: Section) -> None:
        header = section.header
        if header is None:
            self._tell("П-01", "next_table", section.at(section.first, min(section.columns.values())))
            self._seen.discard((section.grid.name, section.first, min(section.columns.values())))
        else:
            cells = list(filled_cells(section.file, section.grid, range(header.row, header.row + header.height)))
            for cell in cells:
                if cell.row == header.row and cell.column not in header.columns.values():
                    self._tell("П-01", "extra_column", cell, col=cell.text)
            if self._started:
                first = header.columns.get("number", min(header.columns.values()))
                self._tell("П-01", "repeated_header", section.at(header.row, first, "number"))
            for name in header.near:
                cell = section.at(header.row, header.columns[name], name)
                self._tell("П-01", "near_header", cell, v=cell.text, col=self._titles[name])
            self._seen.update(cell.spot for cell in cells if cell.column in header.columns.values())
        self._started = self._after_header = True

    def _read_line(self, line: Line, kind: RowKind) -> None:
        if kind is RowKind.NUMBERING:
            self._tell("П-01", "numbering", line.cells[0])
            self._seen.update(cell.spot for cell in line.cells)
        elif kind is RowKind.HEADING and line.heading is not None:
            name = self._known.heading(line.heading.text) or line.heading.text
            number = {"number": line.own["number"]} if line.own.get("number") else {}
            self._carried = {**number, "direction": replace(line.heading, name="direction", typed=name)}
        elif kind in {RowKind.REST, RowKind.NEED}:
            for name in line.in_order:
                self._join(line.own[name], "\n" if kind is RowKind.NEED else " ")
        elif kind is RowKind.LABEL:
            self._carry(line)
        elif kind is RowKind.RECORD:
            self._take(line)

    def _tell_troubles(self, line: Line) -> None:
        for name in line.in_order:
            cell = line.own[name]
            trouble = line.section.troubles.get((cell.row, cell.column))
            if trouble:
                kind, shown = trouble
                self._tell("П-02", kind, replace(cell, typed=shown), col=self._titles[name], v=shown)
            other = line.section.shown.get((cell.row, cell.column)) if name != "number" else None
            if other:
                self._tell("П-02", other.kind, cell, col=self._titles[name], v=other.read, b=other.other)

    def _join(self, tail: Cell, sign: str) -> None:
        """Join the rest of a text to every row that shares the text before the page break."""
        head = self._layout.rows[-1].cells[tail.name]
        whole = replace(head, typed=f"{head.typed}{sign}{tail.typed}") if head.text else tail
        rows = self._layout.rows
        sharing = takewhile(lambda at: rows[at].cells[tail.name] == head, reversed(range(len(rows))))
        for at in list(sharing):
            rows[at] = replace(rows[at], cells={**rows[at].cells, tail.name: whole})
        if tail.name in CARRIED:
            self._carried = {**self._carried, tail.name: whole}
        self._tell("П-26", "joined" if sign == " " else "added", tail, b=whole.text)

    def _carry(self, line: Line) -> None:
        """Keep what a blank cell below would continue; another direction ends what stood under the one before."""
        own = {name: line.own[name] for name in CARRIED if name in line.filled}
        direction = self._carried.get("direction")
        if "direction" in own and direction and compare_key(own["direction"].typed) != compare_key(direction.typed):
            self._carried = {}
        self._carried = {**self._carried, **own}

    def _take(self, line: Line) -> None:
        self._carry(line)
        last = self._last
        cells = {name: self._cell(line, name, last) for name in self._titles}
        for name, cell in cells.items():
            if name in {"process", "touchpoint", "needs", "kind"} and name not in line.filled and cell.text:
                self._tell_continued(line, name, cell)
        number = line.own.get("number")
        if number is not None and number.text and not is_numeral(number.text):
            self._tell("П-01", "outside", number, v=number.text)
        self._layout.rows.append(SourceRow(line.section.file, line.section.grid.name, line.row, cells))
        self._seen.update(cell.spot for cell in (*cells.values(), *line.own.values()))

    def _tell_continued(self, line: Line, name: str, cell: Cell) -> None:
        if name == "touchpoint" or not line.is_merged_from_above(name):
            self._tell("П-26", "continued", line.own[name], b=cell.text)

    def _cell(self, line: Line, name: str, last: SourceRow | None) -> Cell:
        """Return what a row says in a column: its own text, or that of the cell it continues."""
        blank = line.own.get(name) or Cell(line.section.file, line.section.grid.name, line.row, _NO_COLUMN, name, "")
        if name in line.filled:
            return blank
        above = line.section.above(line.row, name)
        if name in CARRIED:
            carries = name != "touchpoint" or above or not line.filled.isdisjoint({"needs", "kind"})
            return self._carried.get(name, above or blank) if carries else blank
        if above is not None:
            return last.cells[name] if last and last.cells[name].spot == above.spot else above
        return self._continued(line, name, last) or blank

    def _continued(self, line: Line, name: str, last: SourceRow | None) -> Cell | None:
        """Return the needs or the kind of the row above, where one process goes on and its author merged no cells."""
        same_process = last is not None and "process" not in line.filled and last.cells["process"].text
        if last is None or not same_process or "direction" in line.filled or name in line.section.merging:
            return None
        return last.cells[name] if last.cells["process"] == self._carried.get("process") else None


def _spoken(section: Section) -> Iterator[Line]:
    """Yield the rows of a section with a text or an error in them."""
    lines = (Line(section, row) for row in range(section.first, section.last + 1))
    return (line for line in lines if line.cells or line.filled)
