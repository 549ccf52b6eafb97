"""What a cell of an OpenDocument sheet says: its value by its attributes, its text, and what stands beside these."""

from __future__ import annotations

import datetime
import math
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from workbook_tools import limits
from workbook_tools.grids import ABOVE_A_WORD, DRAWN, NESTED_TABLE
from workbook_tools.reading.seen import of_day, of_number, of_time, of_truth
from workbook_tools.reading.values import NUMBER, Untold
from workbook_tools.text import tidy

if TYPE_CHECKING:
    from workbook_tools.grids import CellValue

_SPACE = "urn:oasis:names:tc:opendocument:xmlns:"
OFFICE, TABLE = f"{_SPACE}office:1.0 ", f"{_SPACE}table:1.0 "
"""The namespaces of attributes and elements, with the blank that parts them from a name."""
_TEXT = f"{_SPACE}text:1.0 "
_PARAGRAPHS = frozenset({f"{_TEXT}p", f"{_TEXT}h"})
_SIGNS = {f"{_TEXT}line-break": "\n", f"{_TEXT}tab": "\t"}
_BLANKS, _COUNT = f"{_TEXT}s", f"{_TEXT}c"
_SPAN, _SPAN_STYLE = f"{_TEXT}span", f"{_TEXT}style-name"
# What no reader of the sheet sees in the cell: remarks on it, what was taken out, names for those who cannot see.
_UNSEEN = frozenset(
    {f"{OFFICE}annotation", f"{OFFICE}annotation-end", f"{_TEXT}tracked-changes", f"{TABLE}cell-range-source"}
)
_NAMES = frozenset({"title", "desc"})
_BESIDE = {
    f"{_TEXT}note": "сноска",
    f"{_TEXT}ruby-text": ABOVE_A_WORD,
    f"{TABLE}table": NESTED_TABLE,
}
_ELSE = "текст"
_DRAWN = (f"{_SPACE}drawing:1.0 ", f"{_SPACE}dr3d:1.0 ", f"{TABLE}shapes")

_VALUE_TYPE = f"{OFFICE}value-type"
_ATTRIBUTES = dict.fromkeys(("float", "percentage", "currency"), f"{OFFICE}value") | {
    kind: f"{OFFICE}{kind}-value" for kind in ("string", "boolean", "date", "time")
}
_LENGTH = re.compile(r"(-?)PT?(?:(\d{1,9})H)?(?:(\d{1,9})M)?(?:(\d{1,9}(?:[.,]\d{1,9})?)S)?", re.ASCII)
_TRUTHS = {"true": True, "false": False}
_LOST = "#?"


class Content:
    """Takes the elements inside a cell: the text of its paragraphs, and what is no part of it.

    Attributes
    ----------
    beside
        What stands there besides the cell's own text: what it is, in Russian, and its words.
    is_used
        Whether there was any element or text.
    pieces
        The text piece by piece, each after the styles that its words bear, the innermost last.
    """

    def __init__(self) -> None:
        self.beside: list[tuple[str, str]] = []
        self.is_used = False
        self.pieces: list[tuple[tuple[str, ...], str]] = []
        self._paragraphs: list[str] = []
        self._begins = 0
        self._styles: tuple[str, ...] = ()
        self._spans: list[int] = []
        self._apart: list[str] = []
        self._depth = self._paragraph = self._left_at = self._mute_at = 0
        self._left = ""

    @property
    def is_open(self) -> bool:
        """Whether an element inside the cell has not ended."""
        return self._depth > 0

    @property
    def has_paragraphs(self) -> bool:
        """Whether the file says what is seen of the cell, be it nothing."""
        return bool(self._paragraphs)

    @property
    def shown(self) -> str:
        """The cell's text, its paragraphs parted by line breaks."""
        return "\n".join(self._paragraphs)

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """Take the start of an element."""
        self.is_used = True
        self._depth += 1
        if self._left_at:
            self._start_apart(name)
        elif name in _PARAGRAPHS and not self._paragraph:
            self._paragraph, self._begins = self._depth, len(self.pieces)
        elif name == _SPAN:
            self._spans.append(self._depth)
            self._styles += (attributes.get(_SPAN_STYLE, ""),)
        elif name in _SIGNS:
            self._put(_SIGNS[name])
        elif name == _BLANKS:
            given = attributes.get(_COUNT, "1")
            # A text with more blanks than a cell holds is told as too long.
            count = int(given) if given.isascii() and given.isdecimal() and len(given) <= len("16384") else 1
            self._put(" " * min(count, limits.CELL_CHARACTERS + 1))
        elif name in _UNSEEN:
            self._left_at, self._left = self._depth, ""
        elif name in _BESIDE or not name.startswith(_TEXT):
            drawn = DRAWN if name.startswith(_DRAWN) else _ELSE
            self._left_at, self._left, self._apart = self._depth, _BESIDE.get(name, drawn), []

    def end(self, name: str) -> None:  # noqa: ARG002 - the elements are known by their depth
        """Take its end."""
        if self._left_at == self._depth:
            words = tidy(" ".join(self._apart))
            if self._left and words:
                self.beside.append((self._left, words))
            self._left_at, self._apart = 0, []
        elif self._paragraph == self._depth:
            self._paragraphs.append("".join(text for _, text in self.pieces[self._begins :]))
            self._put("\n")
            self._paragraph = 0
        elif self._spans and self._spans[-1] == self._depth:
            self._spans.pop()
            self._styles = self._styles[:-1]
        if self._mute_at == self._depth:
            self._mute_at = 0
        self._depth -= 1

    def text(self, data: str) -> None:
        """Take a piece of text."""
        if self._paragraph and not self._left_at:
            self._put(data)
        elif data.isspace() or self._mute_at:
            return
        elif self._left_at:
            self._apart.append(data)
        else:
            self.is_used = True
            self.beside.append((_ELSE, tidy(data)))

    def _put(self, text: str) -> None:
        self.pieces.append((self._styles, text))

    def _start_apart(self, name: str) -> None:
        if name in _UNSEEN or (name.rpartition(" ")[2] in _NAMES and not self._mute_at):
            self._mute_at = self._mute_at or self._depth


def value_of(attributes: Mapping[str, str], shown: str) -> CellValue:
    """Return a cell's value, "" for a blank.

    Parameters
    ----------
    attributes
        Those of the cell, by their full names.
    shown
        The text of its paragraphs.

    Raises
    ------
    Untold
        The value is not certain: an error, a formula never calculated, a number or date that cannot be, no value.
    """
    kind = attributes.get(_VALUE_TYPE, "")
    # Programs say it in an attribute of their own, beside the standard one of the same name.
    if "error" in attributes.values() and _names_error(attributes):
        raise Untold("error_cell", tidy(shown) or _LOST)
    written = attributes.get(_ATTRIBUTES[kind]) if kind in _ATTRIBUTES else None
    if kind == "string":
        return _text(written, shown)
    if written is None:
        return _nothing(attributes, kind, shown)
    if kind == "boolean":
        return _truth(written)
    if kind == "date":
        return _day(written)
    return _time(written) if kind == "time" else _number(written)


def seen_otherwise(value: CellValue, content: Content) -> tuple[str, str, str] | None:
    """Return how a value is seen otherwise than it is written, as `masks.shown` does; None where it is not."""
    if isinstance(value, str) or not content.has_paragraphs:
        return None
    if isinstance(value, bool):
        return of_truth(value, content.shown)
    if isinstance(value, datetime.date):
        return of_day(value, content.shown)
    if isinstance(value, (datetime.time, datetime.timedelta)):
        return of_time(value, content.shown)
    return of_number(value, content.shown)


def _names_error(attributes: Mapping[str, str]) -> bool:
    return any(value == "error" and name.endswith(" value-type") for name, value in attributes.items())


def _text(written: str | None, shown: str) -> str:
    """Return a text; one that is also written beside its paragraphs must be the same, however its lines are broken."""
    if written is None or tidy(written) == tidy(shown):
        return shown
    if shown.strip():
        raise Untold("twice_cell", "; ".join(map(tidy, (written, shown))))
    return written


def _nothing(attributes: Mapping[str, str], kind: str, shown: str) -> CellValue:
    """Return the blank of a cell without a value; one that shows something, or has lost it, is told."""
    if not kind and any(name.endswith(" formula") for name in attributes):
        raise Untold("formula", tidy(shown) or _LOST)
    lost = [attributes[name] for name in _ATTRIBUTES.values() if name in attributes]
    if shown.strip() or lost or kind in _ATTRIBUTES:
        raise Untold("no_value", tidy(shown) or "; ".join(dict.fromkeys(lost)) or _LOST)
    return ""


def _number(written: str) -> float:
    number = float(written) if NUMBER.fullmatch(written.strip()) else math.nan
    if not math.isfinite(number):
        raise Untold("no_number", written)
    return number


def _truth(written: str) -> bool:
    truth = _TRUTHS.get(written.strip().lower())
    if truth is None:
        raise Untold("no_value", written)
    return truth


def _day(written: str) -> CellValue:
    try:
        moment = datetime.datetime.fromisoformat(written.strip())
    except ValueError as error:
        raise Untold("no_date", written) from error
    if moment.tzinfo is not None:
        raise Untold("no_value", written)
    return moment.date() if moment.time() == datetime.time() else moment


def _time(written: str) -> CellValue:
    """Return a time of day, or a length of time where no day is as long."""
    found = _LENGTH.fullmatch(written.strip())
    if found is None or not any(found.groups()[1:]):
        raise Untold("no_value", written)
    hours, minutes = int(found[2] or 0), int(found[3] or 0)
    seconds = float((found[4] or "0").replace(",", "."))
    length = datetime.timedelta(hours=hours, minutes=minutes, seconds=seconds)
    if found[1] or length.days:
        return -length if found[1] else length
    (minutes, seconds), parts = divmod(length.seconds, 60), length.microseconds
    return datetime.time(minutes // 60, minutes % 60, seconds, parts)
