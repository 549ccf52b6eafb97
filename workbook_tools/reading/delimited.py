"""Text with delimiters (.csv) -> cells as found: the sheet «Сведения» as some programs save it."""

from __future__ import annotations

import codecs
import csv
import io
from collections import Counter

from workbook_tools import limits
from workbook_tools.errors import InputError
from workbook_tools.grids import Grid

_SHEET = "таблица"
_DELIMITERS = ";\t"
_SAVE_AS_BOOK = "Сохраните таблицу книгой в формате .xlsx и пришлите ещё раз"
GUESSED = "Windows-1251"
"""The encoding of a text that bears no mark of one and is no UTF-8."""
_FILLED_IN_A_TITLE = 2
_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)

Row = list[str]


def read_delimited(content: bytes) -> tuple[list[Grid], str]:
    """Return the one table of a text file, and the encoding in which it was read.

    Fields are kept as typed: text stays text, a number keeps its zeros. A line counts as a row of a sheet, so
    that `A1` of a finding is what a spreadsheet program shows.

    Raises
    ------
    InputError
        The text is in no encoding that is used for such files, has no delimiters, an open quotation mark or a
        row of another length than the table; one Russian sentence without the file's name.
    """
    text, encoding = _decoded(content)
    if "\0" in text:
        raise InputError(f"это не таблица: в тексте стоят нулевые знаки. {_SAVE_AS_BOOK}")
    rows = _rows(text, max(_DELIMITERS, key=text.count))
    width = _width(rows)
    if width == 1:
        raise InputError(f"в тексте нет граф: они разделяются точкой с запятой или табуляцией. {_SAVE_AS_BOOK}")
    _check_rows(rows, width)
    return [Grid(_SHEET, tuple(tuple(row) for row in rows))], encoding


def _decoded(content: bytes) -> tuple[str, str]:
    try:
        if content.startswith(_UTF_16):
            return content.decode("utf-16"), "UTF-16"
        return content.decode("utf-8-sig"), "UTF-8"
    except UnicodeDecodeError:
        pass
    try:
        return content.decode("cp1251"), GUESSED
    except UnicodeDecodeError as error:
        raise InputError(f"буквы таблицы не читаются. {_SAVE_AS_BOOK}") from error


def _rows(text: str, delimiter: str) -> list[Row]:
    # What is too long for a cell is told at its cell; the library would take it for a fault of the text.
    csv.field_size_limit(limits.FILE_BYTES)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows: list[Row] = []
    try:
        rows.extend(reader)
    except csv.Error as error:
        why = f"строка {len(rows) + 1}: кавычки открыты и не закрыты, где кончается значение – неясно"
        raise InputError(f"{why}. {_SAVE_AS_BOOK}") from error
    return rows


def _width(rows: list[Row]) -> int:
    """Return how many columns the table has: those of the rows that together hold most, be there ever so many above."""
    counts = Counter(len(row) for row in rows if len(row) > 1)
    return max(counts, key=lambda width: (counts[width] * width, width), default=1)


def _is_of_table(row: Row, width: int) -> bool:
    """Tell a row of the table, be it too long or too short, from the lines of a title above: a name and its value."""
    filled = sum(bool(field.strip()) for field in row)
    return filled > _FILLED_IN_A_TITLE and 2 * filled > width


def _check_rows(rows: list[Row], width: int) -> None:
    """Refuse a table in which a row has lost or gained a delimiter: its values would stand in wrong columns."""
    first = next(number for number, row in enumerate(rows) if len(row) == width or _is_of_table(row, width))
    for number, row in enumerate(rows[first:], first + 1):
        if row and len(row) != width and any(field.strip() for field in row):
            raise InputError(
                f"строка {number}: значений {len(row)}, а граф в таблице {width}. Значения могли бы попасть не в свои "
                f"графы. {_SAVE_AS_BOOK}"
            )
    if len(rows) * width > limits.USED_BOX_CELLS:
        raise InputError(f"в таблице больше {limits.USED_BOX_CELLS // 1_000_000} млн ячеек. {_SAVE_AS_BOOK}")
