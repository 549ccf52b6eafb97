"""How many lines a text takes in a cell: clients do not fit wrapped rows by themselves, so we compute heights."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import repeat
from math import inf
from typing import Literal, TypeVar

from workbook_tools.memory import remembered
from workbook_tools.xlsx.widths import SANS_BY_WIDTH, SERIF_BY_WIDTH

Face = Literal["sans", "serif"]
SERIF: Face = "serif"

_Given = TypeVar("_Given")
_Found = TypeVar("_Found")

_SHARES = {
    face: {sign: width / 1000 for width, signs in by_width.items() for sign in signs}
    for face, by_width in (("sans", SANS_BY_WIDTH), ("serif", SERIF_BY_WIDTH))
}
# A sign that the tables do not know is taken for a wide one.
_UNKNOWN_SHARE = 1.0
_ROUNDING = 1 + 1e-6
_WIDEST_SHARE = max(_UNKNOWN_SHARE, *(share for shares in _SHARES.values() for share in shares.values()))

PIXELS_PER_POINT = 96 / 72
PIXELS_PER_WIDTH_UNIT = 7
CELL_PADDING_PIXELS = 5
# Clients wrap a little earlier or later than the fonts say, and a substitute font may run wider.
_RESERVE = 0.93
_LINE_SPACING = 1.22
_PADDING = 4.0
_ITEM_END = ";"
_WORD = re.compile(r"\S+\s*|^\s+")
MAX_HEIGHT = 409.0
_MAX_WIDTH = 100.0
_WIDER = 1.25
# Of any text shorter than this many signs to a sign of width it is certain that a row shows it whole.
_SURELY_SHORT = 12
_MOST_WORDS, _FONTS = 65_536, 64


@remembered(65536)
def text_width(text: str, size: float, face: Face = "sans") -> float:
    """Return a text's width in pixels at a font size in points."""
    return _width(text, size, face)


def _width(text: str, size: float, face: Face) -> float:
    return sum(map(_SHARES[face].get, text, repeat(_UNKNOWN_SHARE))) * size * PIXELS_PER_POINT


@remembered(65536)
def line_count(text: str, width: float, size: float, face: Face = "sans") -> int:
    """Return how many lines a text takes in a column.

    Parameters
    ----------
    text
        The cell's text; its own line breaks count.
    width
        The column's width in Excel's units (characters).
    size
        The font size in points.
    face
        Arial and its like, or Times New Roman and its like.
    """
    return _measure(width, size, face)(text)


@remembered(1024)
def _measure(width: float, size: float, face: Face) -> Callable[[str], int]:
    """Return what tells how many lines a text takes in a column."""
    room = width * PIXELS_PER_WIDTH_UNIT * _RESERVE
    known, short = _word_widths(size, face), room / (size * PIXELS_PER_POINT * _WIDEST_SHARE)
    width_of, space = known.__getitem__, known[" "]

    def lines(text: str) -> int:
        if "\n" in text:
            return sum(map(lines, text.split("\n")))
        if len(text) < short:
            return 1
        widths = list(map(width_of, text.split(" ")))
        # However sums are rounded: what has room in one line need not be laid out.
        if (sum(widths) + space * (len(widths) - 1)) * _ROUNDING < room:
            return 1
        return _laid_out(widths, space, room)

    return lines


def _laid_out(widths: Iterable[float], space: float, room: float) -> int:
    """Return how many lines words of these widths take."""
    count, used, most = 1, 0.0, int(room)
    for width in widths:
        if used and used + space + width > room:
            count, used = count + 1, 0.0
        if width > most:
            count += -(-int(width) // most) - 1
        used += width + (space if used else 0.0)
    return count


@remembered(_FONTS)
def _word_widths(size: float, face: Face) -> dict[str, float]:
    """Return the widths of words in pixels, which are found as they are asked for."""
    return _Known(partial(_width, size=size, face=face), _MOST_WORDS)


class Heights:
    """The heights of a table's rows: each text of a column is measured once.

    Parameters
    ----------
    widths
        The widths of its columns in Excel's units (characters).
    size
        The font size in points.
    least
        For how many lines every row has room.
    most
        How many texts of a column are known at once, where more than one table is measured.
    """

    def __init__(
        self, widths: Sequence[float], size: float, face: Face = "sans", least: int = 1, most: float = inf
    ) -> None:
        self._least = least
        self._columns = [_Known(_measure(width, size, face), most) for width in widths]
        self._height = _Known(partial(_height, size=size))

    def of(self, rows: Sequence[Sequence[str]]) -> list[float]:
        """Return the heights in points of rows that show every text whole, at most Excel's 409."""
        if any(len(row) != len(self._columns) for row in rows):
            raise ValueError(f"a row has not {len(self._columns)} texts")
        columns = zip(self._columns, zip(*rows, strict=True), strict=True) if rows else ()
        lines = [map(known.__getitem__, texts) for known, texts in columns]
        return [self._height[most] for most in map(max, repeat(self._least, len(rows)), *lines)]


class _Known(dict[_Given, _Found]):
    """What a function returns for what it was given, found once for each; more than the most is forgotten."""

    def __init__(self, find: Callable[[_Given], _Found], most: float = inf) -> None:
        super().__init__()
        self._find = find
        self._most = most

    def __missing__(self, given: _Given) -> _Found:
        if len(self) >= self._most:
            self.clear()
        found = self[given] = self._find(given)
        return found


def row_height(texts: list[str], widths: list[float], size: float, least: int = 1, face: Face = "sans") -> float:
    """Return the height in points of a row that shows every text whole, at most Excel's 409."""
    lines = max([least, *(line_count(text, width, size, face) for text, width in zip(texts, widths, strict=True))])
    return _height(lines, size)


def _height(lines: int, size: float) -> float:
    return min(MAX_HEIGHT, lines_height(lines, size))


def fitting_width(texts: Iterable[str], width: float, size: float) -> float:
    """Return the width at which a row shows each of the texts whole: a column's own, or as much more as they need."""
    for text in sorted((text for text in texts if len(text) > width * _SURELY_SHORT), key=len, reverse=True):
        while width < _MAX_WIDTH and lines_height(line_count(text, width, size), size) > MAX_HEIGHT:
            width = min(_MAX_WIDTH, width * _WIDER)
    return width


def fitting_parts(text: str, width: float, size: float, face: Face = "sans", height: float = MAX_HEIGHT) -> list[str]:
    """Return a text in parts, each of which a row of a height (in points) shows whole.

    A part ends with an item of a list where it can, else with a word.
    """
    most = int((height - _PADDING) / (size * _LINE_SPACING))
    if line_count(text, width, size, face) <= most:
        return [text]
    parts: list[str] = []
    taken: list[str] = []
    for word in (piece for found in _WORD.findall(text) for piece in _in_pieces(found, most, width, size, face)):
        if taken and line_count("".join([*taken, word]).rstrip(), width, size, face) > most:
            end = _last_item(taken)
            parts.append("".join(taken[:end]).rstrip())
            taken = taken[end:]
        taken.append(word)
    return [*parts, "".join(taken).rstrip()]


def _in_pieces(word: str, most: int, width: float, size: float, face: Face) -> Iterator[str]:
    """Yield a word as it is, or cut where it would take more than `most` lines by itself."""
    while line_count(word.rstrip(), width, size, face) > most:
        end = bisect_right(range(len(word)), most, lo=1, key=lambda count: line_count(word[:count], width, size, face))
        yield word[: end - 1]
        word = word[end - 1 :]
    yield word


def _last_item(words: list[str]) -> int:
    """Return after how many words the last whole item of a list ends; all of them where no item does."""
    ends = [number for number, word in enumerate(words, 1) if word.rstrip().endswith(_ITEM_END)]
    return ends[-1] if ends and ends[-1] > len(words) // 2 else len(words)


def lines_height(lines: int, size: float) -> float:
    """Return the height in points that a number of lines needs."""
    return round(lines * size * _LINE_SPACING + _PADDING, 1)
