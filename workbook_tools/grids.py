"""Cells as found: what the readers hand on, before anything is interpreted."""

from __future__ import annotations

import datetime
import math
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import TypeGuard

from workbook_tools import limits

# How the reader of Word documents names what is no table of its own.
LINES_ABOVE, LINES_BELOW = "строки над таблицей", "строки под таблицей"
FOOTNOTES, NESTED_TABLE = "сноски", "вложенная таблица"
# How readers name what stands beside the text of a cell.
DRAWN, ABOVE_A_WORD = "надпись или рисунок", "подпись над словом"

_TEXT = frozenset({str})

CellValue = int | float | str | bool | datetime.time | datetime.date | datetime.datetime | datetime.timedelta


@dataclass(frozen=True)
class Span:
    """A merged area by zero-based rows and columns, both ends included."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int


@dataclass(frozen=True)
class Trouble:
    """A cell whose value is not certain (zero-based place).

    Attributes
    ----------
    kind
        Which message of П-02 tells it: an error, a formula never calculated, a date that cannot be, …
    shown
        What stands in the cell.
    """

    row: int
    column: int
    kind: str
    shown: str


@dataclass(frozen=True)
class Shown:
    """A cell of which something else is seen than is read (zero-based place).

    Attributes
    ----------
    kind
        Which message of П-02 tells it: read as shown, shown rounded, shown in a way that is not
        certain, a day, another value, a length of time, a truth value.
    read
        What is read.
    other
        The number as written where what is shown is read; else what is shown, or the format's code.
    """

    row: int
    column: int
    kind: str
    read: str
    other: str


@dataclass(frozen=True)
class Aside:
    """What is to be told of a cell that was read: what stands beside its text, or how the text stands there.

    Attributes
    ----------
    row, column
        Its zero-based place; None for what stands on the sheet as a whole.
    what
        What it is, in Russian: «надпись или рисунок», «сноска»; begins no sentence.
    shown
        Its words.
    is_read
        Whether the words are part of the text that was read.
    """

    row: int | None
    column: int | None
    what: str
    shown: str
    is_read: bool = False


@dataclass(frozen=True)
class Grid:
    """One sheet, or one table of a Word document, as found.

    Attributes
    ----------
    name
        The sheet's name; «таблица 1» for the first table of a document.
    rows
        Values from the first row and column of the sheet, so that `rows[6][2]` is C7; blank is "".
    merged
        Merged areas; only the first cell of an area holds its value.
    troubles
        Cells whose value could not be read.
    shown
        Cells that show their number otherwise than it is written.
    hidden
        Whether the sheet is hidden.
    hidden_rows, hidden_columns
        The hidden rows and columns, zero-based.
    filtered
        Whether a filter chooses among the rows.
    asides
        What stands beside the values of cells and is no part of them.
    """

    name: str
    rows: tuple[tuple[CellValue, ...], ...]
    merged: tuple[Span, ...] = ()
    troubles: tuple[Trouble, ...] = ()
    hidden: bool = False
    hidden_rows: tuple[int, ...] = ()
    hidden_columns: tuple[int, ...] = ()
    filtered: bool = False
    shown: tuple[Shown, ...] = ()
    asides: tuple[Aside, ...] = ()

    @cached_property
    def texts(self) -> tuple[tuple[str, ...], ...]:
        """The rows as a person would type them."""
        return tuple([row if _is_text(row) else tuple(map(_text, row)) for row in self.rows])

    @cached_property
    def filled(self) -> tuple[int, ...]:
        """The rows that hold anything, zero-based: text, a number, an error or a formula."""
        filled = [row for row, cells in enumerate(self.texts) if any(map(str.strip, cells))]
        return tuple(sorted({*filled, *(trouble.row for trouble in self.troubles)}) if self.troubles else filled)

    def text(self, row: int, column: int) -> str:
        """Return a cell's text by zero-based row and column, "" outside the sheet."""
        if row >= len(self.rows) or column >= len(self.rows[row]):
            return ""
        return _text(self.rows[row][column])

    def texts_of(self, row: int, columns: Sequence[int]) -> list[str]:
        """Return the texts of some columns of a row, "" outside the sheet."""
        cells = self.texts[row] if row < len(self.rows) else ()
        width = len(cells)
        return [cells[column] if column < width else "" for column in columns]

    def columns_of(self, columns: Sequence[int], first: int) -> list[list[str]]:
        """Return the texts of some columns from a row downwards, each column as a list."""
        width = max(columns, default=-1) + 1
        rows = [row if len(row) >= width else row + ("",) * (width - len(row)) for row in self.texts[first:]]
        return [[row[column] for row in rows] for column in columns]


@dataclass(frozen=True)
class Book:
    """A workbook or document as found.

    Attributes
    ----------
    file
        The file as findings name it: relative to what the user gave.
    sha256
        The SHA-256 of its content, hexadecimal.
    grids
        Its sheets or tables, in order.
    before
        Text lines that stand before the first table of a document (the title); empty for workbooks.
    notes
        What the file holds besides cells that is never opened or run (macros, links to other books), in Russian.
    encoding
        In which encoding a table saved as text was read; "" for workbooks and documents.
    """

    file: str
    sha256: str
    grids: tuple[Grid, ...]
    before: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    encoding: str = ""


def _is_text(row: tuple[CellValue, ...]) -> TypeGuard[tuple[str, ...]]:
    return _TEXT.issuperset(map(type, row))


def _text(value: CellValue) -> str:
    return value if type(value) is str else cell_text(value)


def cell_text(value: CellValue) -> str:
    """Return a cell's value as a person would type it: 5, not 5.0; 0,0000001; 19.03.2024; 36:00:00; да, not True."""
    if isinstance(value, bool):
        return "да" if value else "нет"
    if isinstance(value, float):
        return _number_text(value)
    if isinstance(value, datetime.datetime):
        return _joined(value.strftime("%d.%m.%Y"), value.time())
    if isinstance(value, datetime.date):
        return value.strftime("%d.%m.%Y")
    if isinstance(value, datetime.timedelta):
        return _span_text(value)
    return value.isoformat("seconds") if isinstance(value, datetime.time) else str(value)


def _number_text(value: float) -> str:
    """Return a number without an exponent, by the digits that sheets keep: 0,3 and not its tail in binary."""
    if not math.isfinite(value):
        return str(value)
    return (
        str(int(value)) if value.is_integer() else f"{Decimal(f'{value:.{limits.NUMBER_DIGITS}g}'):f}".replace(".", ",")
    )


def _joined(day: str, time: datetime.time) -> str:
    if time == datetime.time():
        return day
    return f"{day} {time.isoformat('seconds' if time.second else 'minutes')}"


def _span_text(value: datetime.timedelta) -> str:
    """Return a length of time in hours, minutes and seconds; days are hours too."""
    seconds = round(abs(value).total_seconds())
    minutes, seconds = divmod(seconds, 60)
    sign = "-" if value < datetime.timedelta() else ""
    return f"{sign}{minutes // 60}:{minutes % 60:02}:{seconds:02}"


def cell_name(row: int, column: int) -> str:
    """Return the A1 name of a cell by zero-based row and column."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return f"{letters}{row + 1}"
