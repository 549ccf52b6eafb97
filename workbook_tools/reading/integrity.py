"""The fast form of the integrity pass: cells in a sheet's XML = cells that the reader returned (robustness.md B2).

It knows the one shape in which spreadsheet programs write a sheet, and counts in it at the speed of bytes. Whatever
is of another shape, or does not come out even, is not judged here: the exact form reads it element by element.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, time
from itertools import compress, count
from typing import TYPE_CHECKING, NamedTuple

from workbook_tools import limits
from workbook_tools.reading.markup import has_short_tags, parse
from workbook_tools.reading.signs import ODD, ODD_SIGNS, TO_ODD
from workbook_tools.reading.surroundings import Surroundings, column_number

if TYPE_CHECKING:
    from workbook_tools.grids import CellValue

# A part begins with its declaration or an element; a comment there may hold a whole sheet that is none.
_BEGINS = re.compile(rb"(?:\xef\xbb\xbf)?<(?:\?xml\s|[^!?])")
_ENCODING = re.compile(rb"""(?:\xef\xbb\xbf)?<\?xml[^>]*?\sencoding\s*=\s*["'](?!utf-8["'])""", re.IGNORECASE)
_HIDDEN = (b'hidden="1"', b'hidden="true"')
_ROW = re.compile(rb'<row r="(\d{1,7})"')
_ROW_TAG = re.compile(rb'<row r="(\d{1,7})"([^>]*)>')
_START_BYTES = 100
_PROLOG = b"\xef\xbb\xbf<?xml"
BEGIN, END = b"<sheetData>", b"</sheetData>"
"""What stands around the rows of a sheet in the usual spelling."""
# Sheets of columns A to Z are within the limit of cells whatever their rows, but for the very longest.
_NARROW_COLUMNS = 26
_VALUED = re.compile(rb'<c r="([A-Z]{1,3})(\d{1,7})"[^>]*(?<!/)>(?!</)')
_ODD_MARKS = (ODD, b"&#", b"_x", b"\xef\xbf")
# What is left of a sheet when only the signs of its elements are kept is a third as long, and is counted that much
# faster: <c r="AB7" t="s"><v>5</v></c> becomes <cr??ts><v></v></c>. All capitals become one sign, and so do all
# characters that no text holds; whether they are there is seen from the signs by which a text may write them.
_CAPITAL, _CAPITALS = b"\2", bytes(range(ord("A"), ord("Z") + 1))
_KEPT = b"<>/:crowvtsefd&_\xef" + _CAPITALS + ODD_SIGNS
_LEFT_OUT = bytes(set(range(256)).difference(_KEPT))
_TO_LEAN = bytes.maketrans(ODD_SIGNS + _CAPITALS, ODD * len(ODD_SIGNS) + _CAPITAL * len(_CAPITALS))
_MAYBE_ODD = (ODD, b"&", b"_", b"\xef")
_LEAN_BEGIN, _LEAN_END = (mark.translate(_TO_LEAN, _LEFT_OUT) for mark in (BEGIN, END))
_SHARED = b"ts><v></v></c>"
_CELL_END, _STRING_END = b"</c>", b"</si>"
_WIDE = b"r" + _CAPITAL * 2
_CELL, _PLACED = b"<c", b"<cr"
# An error that lost even its name; one with a name does not come out even and is seen without this.
_ERROR, _BARE_ERROR = b"te", re.compile(rb"te[^>\2]*/>")
# An element with a prefix may be the same as one without, and is not counted with it.
_OF_ANOTHER_SPACE = re.compile(rb"</[a-z\2]*:")
# The fast reader takes what is no number of a string for that of the first one, and so a number over 64 bits.
_FIRST_STRING = b't="s"><v>0</v>'
# The day that Lotus 1-2-3 took for the 29th of February 1900; readers show the day before.
_NO_SUCH_DAY = date(1900, 2, 28)
_DAYS_BETWEEN_EPOCHS = 1462


class Survey(NamedTuple):
    """What was counted in a sheet's XML.

    Attributes
    ----------
    lean
        The signs of the elements inside its rows, which are counted.
    start, end
        Where its rows stand in the XML.
    shared
        How many of its cells hold shared strings, each of them two elements.
    is_odd
        Whether it may hold characters that no text of a person does, or a text longer than a cell.
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

    lean: bytes
    start: int
    end: int
    shared: int
    is_odd: bool
    rows: frozenset[int]
    hidden_rows: tuple[int, ...]
    around: Surroundings
    box: tuple[int, int]
    farthest: tuple[int, int]

    @property
    def has_numbers(self) -> bool:
        """Whether any value is no shared string."""
        return self.lean.count(b"</v>") > self.shared


def survey(part: bytes, *, has_strings: bool) -> Survey | None:
    """Count a sheet's XML; None where it is not of the shape that can be counted.

    Parameters
    ----------
    has_strings
        Whether the workbook has shared strings.
    """
    start, end = part.find(BEGIN), part.rfind(END)
    if not is_plain(part) or not 0 <= start < end:
        return None
    start += len(BEGIN)
    rows = list(map(int, _ROW.findall(part, start, end)))
    if not rise(rows) or not part[start : start + _START_BYTES].lstrip().startswith(b"<row" if rows else b"<"):
        return None
    if _is_far(part, rows[-1] if rows else 0):
        return None
    lean = _lean(part)
    # Where a cell stands is looked for at its beginning.
    if lean.count(_CELL) != lean.count(_PLACED):
        return None
    if (_ERROR in lean and _BARE_ERROR.search(lean)) or (b":" in lean and _OF_ANOTHER_SPACE.search(lean)):
        return None
    around = Surroundings()
    parse(part[:start] + part[end:], around)
    hidden = tuple(_hidden_rows(part[start:end])) if b"d" in lean and b"hidden" in part else ()
    shared = lean.count(_SHARED) if has_strings else 0
    is_odd = any(mark in lean for mark in _MAYBE_ODD) or not _ends_often(part, _CELL_END, start, end)
    return Survey(
        lean, start, end, shared, is_odd, frozenset(rows), hidden, around, *_box(part, rows[-1] if rows else 0, lean)
    )


def _is_far(part: bytes, last: int) -> bool:
    """Tell whether a cell may name a row far below the last or a column that no sheet has: a fast reader goes there."""
    # Rows of seven figures end with 1 048 576.
    far = rb"""\sr\s*=\s*["'](?:[A-Za-z]{4}|[A-Za-z]{1,3}(?:\d{%d}|[2-9]\d{6}))""" % (len(str(last)) + 1)
    return re.search(far, part) is not None


def _lean(part: bytes) -> bytes:
    """Return the signs of the elements inside the rows of a sheet, or more where it is of a strange shape."""
    lean = part.translate(_TO_LEAN, _LEFT_OUT)
    return lean[lean.find(_LEAN_BEGIN) + len(_LEAN_BEGIN) : lean.rfind(_LEAN_END)]


def may_hold_odd_texts(part: bytes) -> bool:
    """Tell whether shared strings may hold characters that no text of a person does, or be longer than a cell."""
    text = part.translate(TO_ODD)
    is_odd = any(mark[:1] in text and mark in text for mark in _ODD_MARKS)
    return is_odd or not _ends_often(part, _STRING_END, 0, len(part))


def _ends_often(part: bytes, mark: bytes, start: int, end: int) -> bool:
    """Tell whether there is an end in each stretch of bytes, so that no text between two of them is long."""
    step = limits.CELL_CHARACTERS // 2
    return all(part.find(mark, at, at + step) >= 0 for at in range(start, end - step, step))


def is_plain(part: bytes) -> bool:
    """Tell whether a part is UTF-8 without comments, raw text, instructions or very long tags."""
    return (
        _BEGINS.match(part) is not None
        and not _ENCODING.match(part)
        and not _has_declarations(part)
        and has_short_tags(part)
    )


def _has_declarations(part: bytes) -> bool:
    """Tell whether a part has comments, sections of raw text, instructions or the like after its first line.

    Their second sign alone is sought much faster.
    """
    return any(_follows(b"<", sign, part) for sign in (b"!", b"?"))


def _follows(first: bytes, second: bytes, part: bytes) -> bool:
    at = part.find(second, len(_PROLOG))
    while at > 0:
        if part[at - 1 : at] == first:
            return True
        at = part.find(second, at + 1)
    return False


def rise(rows: list[int]) -> bool:
    """Tell whether numbers of rows of a sheet rise, none standing twice."""
    in_order = rows == sorted(set(rows))
    return in_order and (not rows or (rows[0] > 0 and rows[-1] <= limits.SHEET_ROWS))


def _hidden_rows(body: bytes) -> Iterator[int]:
    for match in _ROW_TAG.finditer(body):
        if any(mark in match[2] for mark in _HIDDEN):
            yield int(match[1]) - 1


def _box(part: bytes, deepest: int, lean: bytes) -> tuple[tuple[int, int], tuple[int, int]]:
    """Return how many rows and columns the values span at most, and the farthest place if that is too many."""
    for columns in (limits.SHEET_COLUMNS, _NARROW_COLUMNS):
        within = deepest * columns <= limits.USED_BOX_CELLS
        if within and (columns == limits.SHEET_COLUMNS or _WIDE not in lean):
            return (deepest, columns), (0, 0)
    return bounds((int(match[2]) - 1, column_number(match[1].decode())) for match in _VALUED.finditer(part))


def bounds(places: Iterable[tuple[int, int]]) -> tuple[tuple[int, int], tuple[int, int]]:
    """Return how many rows and columns zero-based places span, and the one farthest from the corner."""
    deepest, widest, farthest = 0, 0, (0, 0)
    for row, column in places:
        deepest, widest = max(deepest, row + 1), max(widest, column + 1)
        farthest = max(farthest, (row, column), key=lambda place: (place[0] + 1) * (place[1] + 1))
    return (deepest, widest), farthest


def agrees(
    counted: Survey, part: bytes, rows: Sequence[Sequence[CellValue]], *, from_1904: bool, first: str = ""
) -> bool:
    """Tell whether the reader returned every cell of a sheet, and none that it may have misread.

    Parameters
    ----------
    rows
        The reader's rows from the first row of the sheet.
    first
        The first of the shared strings.
    """
    if max(map(len, rows), default=0) > limits.SHEET_COLUMNS:
        return False
    filled = [len(row) - row.count("") for row in rows]

    def count_of(mark: bytes) -> int:
        return part.count(mark, counted.start, counted.end)

    if not counted.rows.issuperset(compress(count(1), filled)):
        return False
    if counted.shared and first and sum([row.count(first) for row in rows]) != count_of(_FIRST_STRING):
        return False
    returned, lean = sum(filled), counted.lean
    ends = lean.count(b"</") - lean.count(b"</row>")
    if returned == counted.shared and ends == 2 * returned:
        return True
    values = lean.count(b"</v>")
    return _are_whole(lean, count_of, ends + values - 3 * returned) and _are_certain(
        rows, values - counted.shared, count_of, from_1904=from_1904
    )


def _are_whole(lean: bytes, count_of: Callable[[bytes], int], more: int) -> bool:
    """Tell whether the elements of the XML are those of the cells returned, and no others.

    A value ends twice (v, c), a text in its place three times (t, is, c); a formula and a blank cell may end once.

    Parameters
    ----------
    more
        How many ends there are beside those of the cells returned.
    """
    return more == 0 or more == lean.count(b"</f>") + count_of(b'"></c>')


def _are_certain(
    rows: Sequence[Sequence[CellValue]], of_other_kinds: int, count_of: Callable[[bytes], int], *, from_1904: bool
) -> bool:
    """Tell whether the values that are no texts are as many as are written, and none of them is misread."""
    # Where every value is a shared string, no number was there to be misread.
    if not of_other_kinds:
        return True
    others = [value for row in rows for value in row if type(value) is not str]
    of_formulas = of_other_kinds - len(others)
    if of_formulas and of_formulas != count_of(b't="str"'):
        return False
    return not any(_may_be_misread(value, from_1904=from_1904) for value in others)


def _may_be_misread(value: CellValue, *, from_1904: bool) -> bool:
    """Tell values behind which a misread number or date may stand; the exact form looks at what is written."""
    if isinstance(value, float):
        last = limits.LAST_DATE_SERIAL - (_DAYS_BETWEEN_EPOCHS if from_1904 else 0)
        return not -last <= value <= last
    return isinstance(value, time) or (value == _NO_SUCH_DAY and not from_1904)
