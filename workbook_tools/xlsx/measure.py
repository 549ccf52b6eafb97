"""How many lines a text takes in a cell: clients do not fit wrapped rows by themselves, so we compute heights."""

from __future__ import annotations

from functools import lru_cache

# Shares of the font size; rounded up so that a substitute font still fits.
_NARROW = set("ilI.,:;!|'\"()[]{}/\\ -–·tfjr")
_WIDE = set("ЖШЩЮМФЫЪжшщюмфыъ@%mwMWДОQ—№")
_NARROW_SHARE, _COMMON_SHARE, _CAPITAL_SHARE, _WIDE_SHARE = 0.34, 0.56, 0.72, 0.82

PIXELS_PER_POINT = 96 / 72
PIXELS_PER_WIDTH_UNIT = 7
_RESERVE = 0.90
SERIF = 0.87  # Times New Roman and its substitutes run narrower than Arial
_LINE_SPACING = 1.28
_PADDING = 4.0
MAX_HEIGHT = 409.0


def _sign_width(sign: str) -> float:
    if sign in _NARROW:
        return _NARROW_SHARE
    if sign in _WIDE:
        return _WIDE_SHARE
    return _CAPITAL_SHARE if sign.isupper() else _COMMON_SHARE


@lru_cache(maxsize=65536)
def text_width(text: str, size: float) -> float:
    """Return a text's width in pixels at a font size in points, somewhat overestimated."""
    return sum(map(_sign_width, text)) * size * PIXELS_PER_POINT


@lru_cache(maxsize=65536)
def line_count(text: str, width: float, size: float, face: float = 1.0) -> int:
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
        How wide the font runs beside Arial: 1, or SERIF.
    """
    room = width * PIXELS_PER_WIDTH_UNIT * _RESERVE / face
    return sum(_wrapped(paragraph, room, size) for paragraph in text.split("\n"))


def _wrapped(paragraph: str, room: float, size: float) -> int:
    lines, used, space = 1, 0.0, text_width(" ", size)
    for word in paragraph.split(" "):
        width = text_width(word, size)
        if used and used + space + width > room:
            lines, used = lines + 1, 0.0
        lines += max(0, -(-int(width) // int(room)) - 1)
        used += width + (space if used else 0.0)
    return lines


def row_height(texts: list[str], widths: list[float], size: float, least: int = 1, face: float = 1.0) -> float:
    """Return the height in points of a row that shows every text whole, at most Excel's 409."""
    lines = max([least, *(line_count(text, width, size, face) for text, width in zip(texts, widths, strict=True))])
    return min(MAX_HEIGHT, lines_height(lines, size))


def lines_height(lines: int, size: float) -> float:
    """Return the height in points that a number of lines needs."""
    return round(lines * size * _LINE_SPACING + _PADDING, 1)
