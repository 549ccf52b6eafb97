"""What a cell shows of its number by the cell's format, where that is certain: what is seen is what is read."""

from __future__ import annotations

import datetime
import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal, localcontext
from functools import lru_cache
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from workbook_tools import limits
from workbook_tools.grids import Shown, cell_text
from workbook_tools.reading.codes import is_odd

if TYPE_CHECKING:
    from workbook_tools.grids import CellValue

READ_AS_SHOWN, _ROUNDED, _MASKED = "shown_number", "rounded_number", "masked_number"
DAY = "shown_date"
"""Which message of П-02 tells it: read as shown, shown rounded, shown in a way that is not certain; days, times."""
_MOST_SIGNS, _SECTIONS = 255, 4
_PIECES = re.compile(
    r"""(?P<quoted>"[^"]*")|(?P<escaped>\\.)|(?P<gap>_.|\*[ ])|(?P<locale>\[\$[^\]-]*(?:-[0-9A-Fa-f]{1,4})?\])"""
    r"""|(?P<colour>\[(?:black|blue|cyan|green|magenta|red|white|yellow|color ?\d{1,2})\])"""
    r"""|(?P<general>general|@)|(?P<digit>[0#?])|(?P<point>\.)|(?P<comma>,)|(?P<percent>%)"""
    r"""|(?P<bare>[-+():$€₽£¥'{}<>=!^&~ \xa0])""",
    re.IGNORECASE | re.DOTALL,
)
_SECTION = re.compile(r"""(?:"[^"]*"|\\.|[_*].|\[[^\]]*\]|[^;])*""", re.DOTALL)
_PRECISION, _CODES_KEPT = 600, 256


class _Piece(NamedTuple):
    """A piece of a format: a place of a digit, the point, a comma, a percent, or what stands as it is written."""

    kind: str
    text: str


def shown_cells(rows: Sequence[Sequence[CellValue]], codes: Mapping[tuple[int, int], str]) -> Iterator[Shown]:
    """Yield the cells that show their number otherwise than it is written.

    Parameters
    ----------
    codes
        The code of the format of each cell that may, by zero-based row and column.
    """
    for (row, column), code in codes.items():
        value = rows[row][column] if row < len(rows) and column < len(rows[row]) else ""
        found = shown(value, code)
        if found:
            yield Shown(row, column, *found)


def shown(value: CellValue, code: str) -> tuple[str, str, str] | None:
    """Return how a value is shown; None where that is how it is read.

    Returns
    -------
    tuple
        Kind of the message, what is read, and the other: the number as written where what is shown is read, what is
        shown where the number is read, or the code of the format where what it shows is not certain.
    """
    if isinstance(value, datetime.date):
        return (DAY, cell_text(value), printable(code)) if is_odd(code) else None
    if isinstance(value, (bool, str)) or not isinstance(value, (int, float)) or not is_certain(value):
        return None
    plain = cell_text(value)
    if code == "0" and float(value).is_integer():
        return None
    text, is_whole = _formatted(value, code)
    if not text:
        return _MASKED, plain, printable(code)
    return told(plain, text, is_whole=is_whole)


def told(plain: str, text: str, *, is_whole: bool) -> tuple[str, str, str] | None:
    """Return what is told of a number shown as a text, as `shown` does, by whether nothing of it is lost there."""
    if text == plain:
        return None
    return (READ_AS_SHOWN, text, plain) if is_whole and re.search(r"\d", text) else (_ROUNDED, plain, text)


def is_certain(value: float) -> bool:
    """Tell a number from those that are told as troubles: without end, or with more digits than a cell keeps."""
    return math.isfinite(value) and abs(value) < 10**limits.NUMBER_DIGITS


def printable(text: str) -> str:
    """Return a text with a question mark for every sign that cannot be seen."""
    return "".join(sign if sign.isprintable() else "?" for sign in text)


def _formatted(value: float, code: str) -> tuple[str | None, bool]:
    """Return what a format shows of a number, None where that is not certain, and whether nothing of it is lost."""
    sections = _sections(code)
    if not sections:
        return None, False
    number = Decimal(f"{value:.{limits.NUMBER_DIGITS}g}")
    chosen, is_signed = _chosen(sections, float(value))
    pieces = _pieces(chosen)
    if pieces is None:
        return None, False
    with localcontext(prec=_PRECISION):
        text, is_whole = _put_as_it_is(pieces, abs(number)) or _put(pieces, abs(number))
    sign = "-" if is_signed and value < 0 and re.search("[1-9]", text) else ""
    return printable(f"{sign}{text.strip()}".replace("\xa0", " ")), is_whole and (
        is_signed or value >= 0 or "-" in text
    )


@lru_cache(maxsize=_CODES_KEPT)
def _sections(code: str) -> list[str]:
    """Return the parts of a code for numbers above, below and equal to nought; none where it is not understood."""
    found, at = [], 0
    while len(code) <= _MOST_SIGNS and at <= len(code):
        match = _SECTION.match(code, at)
        found.append(match[0] if match else "")
        at += len(found[-1]) + 1
    return found if len(found) <= _SECTIONS else []


def _chosen(sections: Sequence[str], value: float) -> tuple[str, bool]:
    """Return the section for a number, and whether a minus is put before what it shows."""
    numbers = sections[:3]
    if value < 0 and numbers[1:]:
        return numbers[1], False
    return (numbers[2], True) if value == 0 and numbers[2:] else (numbers[0], True)


@lru_cache(maxsize=_CODES_KEPT)
def _pieces(section: str) -> list[_Piece] | None:
    """Return the pieces of a section; None where one is not understood."""
    found, at = [], 0
    while at < len(section):
        match = _PIECES.match(section, at)
        if match is None:
            return None
        found.append(_piece(str(match.lastgroup), match[0]))
        at = match.end()
    kinds = [piece.kind for piece in found]
    if (
        kinds.count("general") > ("digit" not in kinds)
        or kinds.count("point") > 1
        or kinds.count("percent") > ("general" not in kinds)
    ):
        return None
    return None if _is_scaled(kinds) else found


def _piece(kind: str, text: str) -> _Piece:
    if kind in {"general", "digit", "point", "comma", "percent"}:
        return _Piece(kind, text)
    literal = {"quoted": text[1:-1], "escaped": text[1:], "gap": " ", "colour": ""}.get(kind, text)
    return _Piece("text", literal[2:-1].partition("-")[0] if kind == "locale" else literal)


def _is_scaled(kinds: Sequence[str]) -> bool:
    """Tell whether a comma stands elsewhere than between the places of whole digits: it divides by a thousand."""
    whole = kinds[: kinds.index("point")] if "point" in kinds else kinds
    inside = [kind for kind, _ in groupby(whole)]
    commas = kinds.count("comma")
    between = sum(inside[at - 1 : at + 2] == ["digit", "comma", "digit"] for at in range(1, len(inside)))
    return commas > 0 and (between != commas or inside.count("digit") != between + 1)


def _put_as_it_is(pieces: Sequence[_Piece], number: Decimal) -> tuple[str, bool] | None:
    """Put a number as it is written where a format asks for that; None where it does not."""
    if not any(piece.kind == "general" for piece in pieces):
        return None
    plain = cell_text(float(number))
    return "".join(plain if kind == "general" else text for kind, text in pieces), True


def _put(pieces: Sequence[_Piece], number: Decimal) -> tuple[str, bool]:
    """Put the digits of a number to their places; with it whether all of them found one."""
    kinds = [piece.kind for piece in pieces]
    point = kinds.index("point") if "point" in kinds else len(pieces)
    whole, broken = pieces[:point], pieces[point + 1 :]
    scaled = number * 100 if "percent" in kinds else number
    depth = sum(piece.kind == "digit" for piece in broken)
    rounded = scaled.quantize(Decimal(1).scaleb(-depth), ROUND_HALF_UP)
    before, _, after = f"{rounded:f}".partition(".")
    text = _put_whole(whole, before.lstrip("0"), is_grouped="comma" in kinds)
    text += ("," if point < len(pieces) else "") + _put_broken(broken, after)
    return text, rounded == scaled and "digit" in kinds


def _put_whole(pieces: Sequence[_Piece], digits: str, *, is_grouped: bool) -> str:
    """Put digits from the right; those for which there is no place stand before the first."""
    places = [at for at, piece in enumerate(pieces) if piece.kind == "digit"]
    left, found, put = list(digits), [], 0
    for at in range(len(pieces) - 1, -1, -1):
        kind, text = pieces[at]
        if kind in {"text", "percent"}:
            found.append(text)
        if kind != "digit":
            continue
        own = [left.pop()] if left else [{"0": "0", "?": " "}.get(text, "")]
        own += left[::-1] if at == places[0] else []
        for sign in filter(None, own):
            found.append(f"{sign} " if is_grouped and put and put % 3 == 0 else sign)
            put += 1
    return "".join(reversed(found))


def _put_broken(pieces: Iterable[_Piece], digits: str) -> str:
    """Put digits from the left; noughts at the end only where the format asks for them."""
    rest, found = digits, []
    for kind, text in pieces:
        if kind != "digit":
            found.append(text)
            continue
        is_idle = not rest.strip("0") and text != "0"
        found.append({"?": " ", "#": ""}[text] if is_idle else rest[0])
        rest = rest[1:]
    return "".join(found)
