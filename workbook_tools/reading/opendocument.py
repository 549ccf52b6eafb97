"""An OpenDocument spreadsheet (.ods) -> its sheets, cell by cell, each at its place (robustness.md B2).

No other reader stands beside this one: the fast one glues what stands beside a cell to its text, leaves out sections of
raw text, and gives up a whole file for one spoiled number without naming it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from workbook_tools import limits
from workbook_tools.errors import SAVE_AGAIN, InputError
from workbook_tools.grids import Aside, Grid, Shown, Span, Trouble, cell_name
from workbook_tools.reading.dense import too_far
from workbook_tools.reading.markup import parse
from workbook_tools.reading.masks import READ_AS_SHOWN
from workbook_tools.reading.open_cells import OFFICE, TABLE, Content, seen_otherwise, value_of
from workbook_tools.reading.open_fonts import CELLS, WORDS, DefaultStyles, OpenFonts
from workbook_tools.reading.struck import told_by_rows
from workbook_tools.reading.values import Untold

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from workbook_tools.grids import CellValue

_STYLE = "urn:oasis:names:tc:opendocument:xmlns:style:1.0 "
_BOOK, _SHEET, _SHAPES = f"{OFFICE}spreadsheet", f"{TABLE}table", f"{TABLE}shapes"
_ROW, _COLUMN, _CELLS = (
    f"{TABLE}table-row",
    f"{TABLE}table-column",
    {f"{TABLE}table-cell", f"{TABLE}covered-table-cell"},
)
_ROWS_REPEATED, _COLUMNS_REPEATED = f"{TABLE}number-rows-repeated", f"{TABLE}number-columns-repeated"
_ROWS_SPANNED, _COLUMNS_SPANNED = f"{TABLE}number-rows-spanned", f"{TABLE}number-columns-spanned"
_CELL_STYLE = f"{TABLE}style-name"
_VISIBILITY, _HIDDEN, _FILTERED = f"{TABLE}visibility", {"collapse", "filter"}, "filter"
# What stands in more cells than this side by side is one matter, and told often enough.
_MOST_TOLD = 1_000
_MOST_DIGITS = 9
_LINE_THROUGH = b"line-through"


def read_sheets(content: bytes, styles: bytes = b"") -> list[Grid]:
    """Return the sheets of a workbook, in order.

    Parameters
    ----------
    content
        The part `content.xml`.
    styles
        The part `styles.xml`, where the styles stand that have names of their own.

    Raises
    ------
    InputError
        The XML is broken, it is no spreadsheet, a repetition is no number, or a value stands at no place of a sheet or
        too far out; the sentence names the cell.
    """
    fonts = OpenFonts()
    if _LINE_THROUGH in styles:
        parse(styles, fonts)
    reader = _Reader(fonts)
    parse(content, reader)
    if not reader.found_book:
        raise InputError(f"файл повреждён: в нём нет листов. {SAVE_AGAIN}")
    return [sheet.grid(hidden=sheet.style in reader.hidden_styles) for sheet in reader.sheets]


class _Taken(NamedTuple):
    """The value of a cell, or what is wrong with it, and how it is seen otherwise."""

    value: CellValue | Untold
    shown: tuple[str, str, str] | None = None

    @property
    def read(self) -> CellValue:
        """What is read in each of the cells, told or not: what is seen where that loses nothing."""
        if self.shown and self.shown[0] == READ_AS_SHOWN:
            return self.shown[1]
        return "" if isinstance(self.value, Untold) else self.value


class _Sheet:
    """Takes the rows of a sheet; what is repeated and blank is counted, not written out."""

    def __init__(self, name: str, style: str) -> None:
        self.name = name
        self.style = style
        self.row = self.column = 0
        self.asides: list[Aside] = []
        self.styles = DefaultStyles()
        self.struck: dict[int, str] = {}
        self._all_struck: dict[tuple[int, int], str] = {}
        self.filtered = False
        self._rows: list[tuple[CellValue, ...]] = []
        self._values: list[CellValue] = []
        self._troubles: list[Trouble] = []
        self._faults: list[tuple[int, Untold]] = []
        self._shown: list[Shown] = []
        self._seen: list[tuple[int, tuple[str, str, str]]] = []
        self._merged: list[Span] = []
        self._hidden_rows: list[range] = []
        self._hidden_columns: list[range] = []
        self._columns = self._widest = 0

    def take_column(self, attributes: Mapping[str, str]) -> None:
        """Take the description of columns side by side."""
        times = self.repeats(attributes, _COLUMNS_REPEATED)
        if attributes.get(_VISIBILITY) in _HIDDEN:
            self._hidden_columns.append(range(self._columns, self._columns + times))
        self.styles.take_columns(range(self._columns, self._columns + times), attributes)
        self._columns += times

    def take_cell(self, found: _Taken | None, attributes: Mapping[str, str], times: int) -> None:
        """Take a cell; None for a blank one."""
        if found is not None:
            last = self.column + times
            if last > limits.SHEET_COLUMNS or self.row >= limits.SHEET_ROWS:
                raise self._outside(self.row, last - 1)
            self._values.extend([""] * (self.column - len(self._values)))
            places = range(self.column, min(last, self.column + _MOST_TOLD))
            if isinstance(found.value, Untold):
                self._faults.extend((column, found.value) for column in places)
            if found.shown:
                self._seen.extend((column, found.shown) for column in places)
            self._values.extend([found.read] * times)
        if _ROWS_SPANNED in attributes or _COLUMNS_SPANNED in attributes:
            self._merge(attributes)
        self.column += times

    def end_row(self, times: int, visibility: str) -> None:
        """Take the end of rows that are alike."""
        if self._values:
            self._widest = max(self._widest, len(self._values))
            last = self.row + times
            if last > limits.SHEET_ROWS:
                raise self._outside(last - 1, len(self._values) - 1)
            if last * self._widest > limits.USED_BOX_CELLS:
                raise too_far(self._named(last - 1, len(self._values) - 1))
            self._rows.extend([()] * (self.row - len(self._rows)))
            self._rows.extend([tuple(self._values)] * times)
            for row in range(self.row, min(last, self.row + _MOST_TOLD)):
                self._troubles.extend(Trouble(row, column, bad.kind, bad.shown) for column, bad in self._faults)
                self._shown.extend(Shown(row, column, *told) for column, told in self._seen)
                self._all_struck.update({(row, column): words for column, words in self.struck.items()})
        if visibility in _HIDDEN:
            self._hidden_rows.append(range(self.row, self.row + times))
            self.filtered = self.filtered or visibility == _FILTERED
        self.row += times
        self.column, self._values, self._faults, self._seen = 0, [], [], []
        self.struck = {}

    def repeats(self, attributes: Mapping[str, str], name: str) -> int:
        """Return how often an element stands; at what is no such number all places after it are in doubt."""
        given = attributes.get(name, "1")
        if not (given.isascii() and given.isdecimal() and len(given) <= _MOST_DIGITS and int(given)):
            what = f"указано число повторений «{given[:20]}», которого быть не может"
            near = cell_name(self.row, self.column)
            raise InputError(f"файл повреждён: на листе «{self.name}» около ячейки {near} {what}. {SAVE_AGAIN}")
        return int(given)

    def grid(self, *, hidden: bool) -> Grid:
        """Return the sheet, all rows of one width."""
        width = self._widest
        wide: dict[int, tuple[CellValue, ...]] = {id(row): row + ("",) * (width - len(row)) for row in self._rows}
        rows = tuple(wide[id(row)] for row in self._rows)
        return Grid(
            self.name,
            rows,
            tuple(self._merged),
            tuple(self._troubles),
            hidden,
            tuple(row for some in self._hidden_rows for row in some[: max(0, len(rows) - some.start)]),
            tuple(column for some in self._hidden_columns for column in some[: max(0, width - some.start)]),
            self.filtered,
            tuple(self._shown),
            (*self.asides, *told_by_rows(self._all_struck)),
        )

    def _merge(self, attributes: Mapping[str, str]) -> None:
        rows, columns = self.repeats(attributes, _ROWS_SPANNED), self.repeats(attributes, _COLUMNS_SPANNED)
        last_row, last_column = self.row + rows - 1, self.column + columns - 1
        if (rows > 1 or columns > 1) and last_row < limits.SHEET_ROWS and last_column < limits.SHEET_COLUMNS:
            self._merged.append(Span(self.row, self.column, last_row, last_column))

    def _outside(self, row: int, column: int) -> InputError:
        what = f"{self._named(row, column)} стоит за последней строкой или графой, какие бывают на листе"
        return InputError(f"{what}. Удалите его и пришлите файл ещё раз")

    def _named(self, row: int, column: int) -> str:
        return f"значение в ячейке {cell_name(row, column)} листа «{self.name}»"


class _Reader:
    """Takes the elements of a workbook: its sheets, their rows and cells, and whatever stands in these."""

    def __init__(self, fonts: OpenFonts) -> None:
        self.sheets: list[_Sheet] = []
        self.hidden_styles: set[str] = set()
        self._fonts = fonts
        self.found_book = False
        self._path: list[str] = []
        self._style = ""
        self._sheet: _Sheet | None = None
        self._rows, self._visibility = 1, ""
        self._cell: Mapping[str, str] = {}
        self._content: Content | None = None
        self._held = Content()

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if self._content is not None:
            self._content.start(name, attributes)
        elif self._sheet is None:
            self._start_outside(name, attributes)
        elif name in _CELLS:
            self._cell, self._content = attributes, self._held
        elif name == _ROW:
            self._rows, self._visibility = (
                self._sheet.repeats(attributes, _ROWS_REPEATED),
                attributes.get(_VISIBILITY, ""),
            )
            self._sheet.styles.take_row(attributes)
        elif name == _COLUMN:
            self._sheet.take_column(attributes)
        elif name == _SHAPES:
            self._content = self._held

    def end(self, name: str) -> None:
        if self._content is not None:
            if self._content.is_open:
                self._content.end(name)
            elif self._sheet is not None:
                self._end_content(name, self._sheet)
        elif self._sheet is None:
            self._path.pop()
            self._fonts.end(name)
        elif name == _ROW:
            self._sheet.end_row(self._rows, self._visibility)
        elif name == _SHEET:
            self._sheet = None

    def text(self, data: str) -> None:
        if self._content is not None:
            self._content.text(data)

    def _start_outside(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == _SHEET and self._path and self._path[-1] == _BOOK:
            self._sheet = _Sheet(attributes.get(f"{TABLE}name", ""), attributes.get(f"{TABLE}style-name", ""))
            self.sheets.append(self._sheet)
            return
        self._path.append(name)
        self.found_book = self.found_book or name == _BOOK
        if name == f"{_STYLE}style":
            self._style = attributes.get(f"{_STYLE}name", "")
        elif name == f"{_STYLE}table-properties" and attributes.get(f"{TABLE}display") == "false":
            self.hidden_styles.add(self._style)
        self._fonts.start(name, attributes)

    def _end_content(self, name: str, sheet: _Sheet) -> None:
        content, self._content = self._held, None
        row, column = (sheet.row, sheet.column) if name in _CELLS else (None, None)
        sheet.asides += [Aside(row, column, what, text) for what, text in content.beside]
        if name in _CELLS:
            if self._fonts.strike and content.pieces:
                sheet.struck[sheet.column] = "".join(self._struck(content, sheet))
            times = sheet.repeats(self._cell, _COLUMNS_REPEATED)
            sheet.take_cell(_found(self._cell, content), self._cell, times)
        if content.is_used:
            self._held = Content()

    def _struck(self, content: Content, sheet: _Sheet) -> Iterator[str]:
        """Yield the words of a cell that are struck out: by a style of their own, else by that of the cell."""
        style = self._cell.get(_CELL_STYLE) or sheet.styles.of(sheet.column)
        is_whole = self._fonts.strikes(CELLS, style)
        for styles, text in content.pieces:
            own = (self._fonts.strikes(WORDS, name) for name in reversed(styles))
            if next((said for said in own if said is not None), is_whole):
                yield text


def _found(attributes: Mapping[str, str], content: Content) -> _Taken | None:
    if not attributes and not content.is_used:
        return None
    try:
        value = value_of(attributes, content.shown)
    except Untold as untold:
        return _Taken(untold)
    return None if value == "" else _Taken(value, seen_otherwise(value, content))
