"""The exact form of the integrity pass: a sheet's cells element by element, each at its place (robustness.md B2).

It says what is wrong and where; what can be read in one way only is read, what cannot is told.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from workbook_tools import limits
from workbook_tools.errors import SAVE_AGAIN, InputError
from workbook_tools.grids import cell_name
from workbook_tools.reading.markup import parse
from workbook_tools.reading.pieces import Piece, Strings
from workbook_tools.reading.surroundings import MAIN, YES, Surroundings, column_number

_PLACE = re.compile(r"([A-Za-z]{1,3})([0-9]{1,7})")
_SHEET, _DATA, _ROW, _CELL = 1, 2, 3, 4
_KNOWN = {_DATA: {"row"}, _ROW: {"c", "extLst"}, _CELL: {"f", "v", "is", "extLst"}}


@dataclass
class Cell:
    """A cell as its XML has it.

    Attributes
    ----------
    kind
        Its type: s, str, inlineStr, b, d, e, n or "".
    style
        The number of its format.
    value, formula, text
        What stands in v, f and is; None where there is no such element.
    pieces
        The text, piece by piece; none of a blank one.
    """

    kind: str
    style: str
    value: str | None = None
    formula: str | None = None
    text: str | None = None
    pieces: Sequence[Piece] = ()

    @property
    def is_filled(self) -> bool:
        """Whether anything stands in the cell besides a format, or has been lost from it."""
        is_lost = self.kind == "e" or (self.kind == "s" and self.value is not None)
        return bool(self.value) or bool(self.text) or self.formula is not None or is_lost


@dataclass
class Cells:
    """The cells of a sheet by zero-based row and column, those told twice, the hidden rows, and what stands around."""

    at: dict[tuple[int, int], Cell] = field(default_factory=dict)
    twice: dict[tuple[int, int], list[Cell]] = field(default_factory=dict)
    hidden_rows: list[int] = field(default_factory=list)
    around: Surroundings = field(default_factory=Surroundings)


def read_cells(part: bytes, sheet: str) -> Cells:
    """Read a sheet's XML.

    Parameters
    ----------
    sheet
        The sheet's name, for the sentence that refuses it.

    Raises
    ------
    InputError
        The XML is broken, or a row or cell stands at no place of a sheet; the sentence names the nearest cell.
    """
    reader = _Reader(sheet)
    parse(part, reader)
    if not reader.found_data:
        raise InputError(f"файл повреждён: на листе «{sheet}» нет таблицы ячеек. {SAVE_AGAIN}")
    return reader.cells


class _Reader:
    """Takes the elements of a sheet, one after another."""

    def __init__(self, sheet: str) -> None:
        self.cells = Cells()
        self.found_data = False
        self._sheet = sheet
        self._path: list[str] = []
        self._row = self._column = -1
        self._cell = Cell("", "")
        self._text: list[str] = []
        self._strings = Strings()
        self._in_string = False

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        space, _, local = name.rpartition(" ")
        local = local if space in MAIN else f"?{local}"
        depth = len(self._path)
        self._path.append(local)
        if depth < _DATA or self._path[_SHEET] != "sheetData":
            self._outside(local, depth, name, attributes)
        elif "extLst" in self._path:
            return
        elif depth in _KNOWN and local not in _KNOWN[depth]:
            raise self._fault(f"стоит неизвестный элемент «{local.lstrip('?')[:50]}»")
        elif depth == _DATA:
            self._start_row(attributes)
        elif depth == _ROW:
            self._start_cell(attributes)
        else:
            self._start_content(local, depth, attributes)

    def end(self, name: str) -> None:  # noqa: ARG002 - the elements are known by the path
        local, depth = self._path.pop(), len(self._path)
        if depth == _ROW and local == "c" and self._path[_SHEET] == "sheetData":
            self._end_cell()
        elif depth >= _CELL and self._path[_SHEET] == "sheetData" and "extLst" not in self._path:
            self._end_content(local, depth)

    def text(self, data: str) -> None:
        if self._in_string:
            self._strings.text(data)
        else:
            self._text.append(data)

    def _outside(self, local: str, depth: int, name: str, attributes: Mapping[str, str]) -> None:
        if depth == _SHEET and local == "sheetData":
            if self.found_data:
                raise InputError(f"файл повреждён: на листе «{self._sheet}» две таблицы ячеек. {SAVE_AGAIN}")
            self.found_data = True
        self.cells.around.start(name, attributes)

    def _start_row(self, attributes: Mapping[str, str]) -> None:
        given = attributes.get("r")
        self._row = self._row + 1 if given is None else self._number(given) - 1
        self._column = -1
        if not 0 <= self._row < limits.SHEET_ROWS:
            raise self._fault(f"указана строка {self._row + 1}, которой на листе быть не может")
        if attributes.get("hidden") in YES:
            self.cells.hidden_rows.append(self._row)

    def _start_cell(self, attributes: Mapping[str, str]) -> None:
        given = attributes.get("r")
        if given is None:
            self._column += 1
        else:
            found = _PLACE.fullmatch(given)
            if found is None or int(found[2]) != self._row + 1:
                raise self._fault(f"указана ячейка «{given[:20]}», которой в строке {self._row + 1} быть не может")
            self._column = column_number(found[1].upper())
        if self._column >= limits.SHEET_COLUMNS:
            raise self._fault("указана ячейка правее последней графы листа")
        self._cell = Cell(attributes.get("t", ""), attributes.get("s", "0"))

    def _start_content(self, local: str, depth: int, attributes: Mapping[str, str]) -> None:
        self._text = []
        if local == "f" and depth == _CELL:
            self._cell.formula = self._cell.formula or ""
        elif local == "is" and depth == _CELL:
            self._in_string = True
            # A second such element goes on with the text of the first.
            if self._cell.text is None:
                self._strings.begin()
        if self._in_string:
            self._strings.start(local, attributes)

    def _end_content(self, local: str, depth: int) -> None:
        if self._in_string:
            self._end_in_string(local, depth)
        elif local == "f" and depth == _CELL:
            self._cell.formula = "".join(self._text)
        elif local == "v" and depth == _CELL:
            if self._cell.value is not None:
                raise self._fault("в одной ячейке записаны два значения")
            self._cell.value = "".join(self._text)
        self._text = []

    def _end_in_string(self, local: str, depth: int) -> None:
        if local != "extLst":
            self._strings.end(local)
        if depth > _CELL:
            return
        self._in_string = False
        self._cell.text = self._strings.found[-1]
        if self._cell.text:
            self._cell.pieces = self._strings.pieces_of(len(self._strings.found) - 1)

    def _end_cell(self) -> None:
        place, cell = (self._row, self._column), self._cell
        if not cell.is_filled:
            return
        first = self.cells.at.setdefault(place, cell)
        if first is not cell:
            self.cells.twice.setdefault(place, [first]).append(cell)

    def _number(self, given: str) -> int:
        if not (given.isascii() and given.isdecimal() and len(given) <= len(str(limits.SHEET_ROWS))):
            raise self._fault(f"указана строка «{given[:20]}», которой на листе быть не может")
        return int(given)

    def _fault(self, what: str) -> InputError:
        near = cell_name(max(self._row, 0), max(self._column, 0))
        return InputError(f"файл повреждён: на листе «{self._sheet}» около ячейки {near} {what}. {SAVE_AGAIN}")
