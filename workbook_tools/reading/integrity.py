"""The fast form of the integrity pass: cells in a sheet's XML = cells that the reader returned (robustness.md B2).

It knows the one shape in which spreadsheet programs write a sheet, and counts in it at the speed of bytes. Whatever
is of another shape, or does not come out even, is not judged here: the exact form reads it element by element.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, time
from itertools import compress, count
from typing import TYPE_CHECKING, NamedTuple

from workbook_tools import limits
from workbook_tools.reading.markup import has_short_tags, parse
from workbook_tools.reading.surroundings import Surroundings, column_number

if TYPE_CHECKING:
    from workbook_tools.grids import CellValue

_ENCODING = re.compile(rb"""<\?xml[^>]*?encoding=["'](?!utf-8["'])""", re.IGNORECASE)
_HIDDEN = (b'hidden="1"', b'hidden="true"')
_ROW = re.compile(rb'<row r="(\d{1,7})"')
_ROW_TAG = re.compile(rb'<row r="(\d{1,7})"([^>]*)>')
_START_BYTES = 100
_BEGIN, _END = b"<sheetData>", b"</sheetData>"
# Sheets of columns A to S are within the limit of cells whatever their rows.
_NARROW_COLUMNS = 19
_WIDE = re.compile(rb'<c r="(?:[A-Z]{2}|[T-Z])')
_VALUED = re.compile(rb'<c r="([A-Z]{1,3})(\d{1,7})"[^>]*(?<!/)>(?!</)')
# What is left of a sheet without its numbers and quotes is a third as long, and tells as much: a shared string, which
# is named by a number, is always the same. Characters that no text holds all become one.
_LESS = b'0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ="'
_SHARED = b"ts><v></v>"
# The fast reader takes an index that is too long for its numbers for the first string.
_LONG_INDEX = re.compile(rb't="s"><v>\d{10}')
# An error that lost even its name; one with a name does not come out even and is seen without this.
_ERROR, _BARE_ERROR = b't="e"', re.compile(rb't="e"[^>]*/>')
_ODD = b"\1"
_ODD_SIGNS = bytes(sign for sign in range(32) if sign not in b"\t\n\r") + b"\x7f"
_TO_ODD = bytes.maketrans(_ODD_SIGNS, _ODD * len(_ODD_SIGNS))
_ODD_MARKS = (_ODD, b"&#", b"_x", b"\xef\xbf")
# The day that Lotus 1-2-3 took for the 29th of February 1900; readers show the day before.
_NO_SUCH_DAY = date(1900, 2, 28)
_DAYS_BETWEEN_EPOCHS = 1462


class Survey(NamedTuple):
    """What was counted in a sheet's XML.

    Attributes
    ----------
    ends, values, shared
        How many elements end inside its rows, how many values do, and how many of these are shared strings.
    is_odd
        Whether it may hold characters that no text of a person does.
    rows
        The numbers of its rows.
    hidden_rows
        Zero-based.
    around
        What stands around the cells.
    box
        How many rows and columns the values span at most.
    farthest
        The zero-based place of the value farthest from the corner, where that many cells would be too many.
    """

    ends: int
    values: int
    shared: int
    is_odd: bool
    rows: frozenset[int]
    hidden_rows: tuple[int, ...]
    around: Surroundings
    box: tuple[int, int]
    farthest: tuple[int, int]


def survey(part: bytes, *, has_strings: bool) -> Survey | None:
    """Count a sheet's XML; None where it is not of the shape that can be counted.

    Parameters
    ----------
    has_strings
        Whether the workbook has shared strings.
    """
    start, end = part.find(_BEGIN), part.rfind(_END)
    if not _is_plain(part) or not 0 <= start < end:
        return None
    around = Surroundings()
    parse(part[: start + len(_BEGIN)] + part[end:], around)
    body = part[start + len(_BEGIN) : end]
    rows = list(map(int, _ROW.findall(body)))
    lean = body.translate(_TO_ODD, _LESS)
    if not _rise(rows) or not lean[:_START_BYTES].lstrip().startswith(b"<row" if rows else b""):
        return None
    hidden = tuple(_hidden_rows(body)) if b"hidden" in lean else ()
    ends = lean.count(b"</") - lean.count(b"</row>")
    shared = lean.count(_SHARED) if has_strings else 0
    if (shared and _LONG_INDEX.search(body)) or (_ERROR in body and _BARE_ERROR.search(body)):
        return None
    box = _box(body, rows[-1] if rows else 0)
    return Survey(ends, lean.count(b"</v>"), shared, _has_odd_signs(lean), frozenset(rows), hidden, around, *box)


def may_hold_odd_signs(part: bytes) -> bool:
    """Tell whether the texts of a part may hold characters that no text of a person does."""
    return _has_odd_signs(part.translate(_TO_ODD))


def _has_odd_signs(text: bytes) -> bool:
    return any(mark[:1] in text and mark in text for mark in _ODD_MARKS)


def _is_plain(part: bytes) -> bool:
    return (
        part.startswith((b"<", b"\xef\xbb\xbf<"))
        and not _ENCODING.match(part[:200].lstrip(b"\xef\xbb\xbf"))
        and not _has_declarations(part)
        and has_short_tags(part)
    )


def _has_declarations(part: bytes) -> bool:
    """Tell whether a part has comments, sections of raw text or the like; «!» alone is sought much faster."""
    at = part.find(b"!")
    while at > 0:
        if part[at - 1] == ord("<"):
            return True
        at = part.find(b"!", at + 1)
    return False


def _rise(rows: list[int]) -> bool:
    in_order = rows == sorted(set(rows))
    return in_order and (not rows or (rows[0] > 0 and rows[-1] <= limits.SHEET_ROWS))


def _hidden_rows(body: bytes) -> Iterator[int]:
    for match in _ROW_TAG.finditer(body):
        if any(mark in match[2] for mark in _HIDDEN):
            yield int(match[1]) - 1


def _box(body: bytes, deepest: int) -> tuple[tuple[int, int], tuple[int, int]]:
    """Return how many rows and columns the values span at most, and the farthest place if that is too many."""
    for columns in (limits.SHEET_COLUMNS, _NARROW_COLUMNS):
        within = deepest * columns <= limits.USED_BOX_CELLS
        if within and (columns == limits.SHEET_COLUMNS or not _WIDE.search(body)):
            return (deepest, columns), (0, 0)
    return bounds((int(match[2]) - 1, column_number(match[1].decode())) for match in _VALUED.finditer(body))


def bounds(places: Iterable[tuple[int, int]]) -> tuple[tuple[int, int], tuple[int, int]]:
    """Return how many rows and columns zero-based places span, and the one farthest from the corner."""
    deepest, widest, farthest = 0, 0, (0, 0)
    for row, column in places:
        deepest, widest = max(deepest, row + 1), max(widest, column + 1)
        farthest = max(farthest, (row, column), key=lambda place: (place[0] + 1) * (place[1] + 1))
    return (deepest, widest), farthest


def agrees(counted: Survey, part: bytes, rows: Sequence[Sequence[CellValue]], *, from_1904: bool) -> bool:
    """Tell whether the reader returned every cell of a sheet, and none that it may have misread.

    Parameters
    ----------
    rows
        The reader's rows from the first row of the sheet.
    """
    if max(map(len, rows), default=0) > limits.SHEET_COLUMNS:
        return False
    returned = [len(row) - row.count("") for row in rows]
    if not counted.rows.issuperset(compress(count(1), returned)) or not _are_whole(counted, part, sum(returned)):
        return False
    # Where every value is a shared string, no number was there to be misread.
    of_other_kinds = counted.values - counted.shared
    if not of_other_kinds:
        return True
    others = [value for row in rows for value in row if type(value) is not str]
    of_formulas = of_other_kinds - len(others)
    if of_formulas and of_formulas != part.count(b't="str"'):
        return False
    return not any(_may_be_misread(value, from_1904=from_1904) for value in others)


def _are_whole(counted: Survey, part: bytes, returned: int) -> bool:
    """Tell whether the elements of the XML are those of the cells returned, and no others.

    A value ends twice (v, c), a text in its place three times (t, is, c); a formula and a blank cell may end once.
    """
    more = counted.ends - (3 * returned - counted.values)
    return more == 0 or more == part.count(b"</f>") + part.count(b'"></c>')


def _may_be_misread(value: CellValue, *, from_1904: bool) -> bool:
    """Tell values behind which a misread number or date may stand; the exact form looks at what is written."""
    if isinstance(value, float):
        last = limits.LAST_DATE_SERIAL - (_DAYS_BETWEEN_EPOCHS if from_1904 else 0)
        return not -last <= value <= last
    return isinstance(value, time) or (value == _NO_SUCH_DAY and not from_1904)
