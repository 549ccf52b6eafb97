"""The texts of a workbook, piece by piece: those that its sheets share, and those that stand in a cell itself."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from workbook_tools.reading.markup import is_on

_KEEPS_SPACE = "http://www.w3.org/XML/1998/namespace space"
_ESCAPED = re.compile(r"_x([0-9A-F]{4})_")


class Piece(NamedTuple):
    """A part of a text, and whether it is struck out; None where the font of its cell says so."""

    text: str
    is_struck: bool | None


class Strings:
    """Takes texts, one after another, readings aloud left out.

    Attributes
    ----------
    found
        The texts, as they are written.
    pieces
        Those of the texts that have fonts of their own, by the number of the text: few have any.
    """

    def __init__(self) -> None:
        self.found: list[str] = []
        self.pieces: dict[int, list[Piece]] = {}
        self._path: list[str] = []
        self._text: list[str] = []
        self._struck: bool | None = None
        self._keeps_space = False

    def begin(self) -> None:
        """Begin a text; one that sheets share begins of itself."""
        self._struck = None
        self.found.append("")

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """Take the start of an element."""
        local = name.rpartition(" ")[2]
        self._path.append(local)
        if local == "t":
            self._text = []
            self._keeps_space = attributes.get(_KEEPS_SPACE) == "preserve"
        elif local == "si":
            self.begin()
        elif local == "r":
            self._struck = None
        elif local == "rPr":
            self._struck = False
        elif local == "strike" and "rPr" in self._path:
            self._struck = is_on(attributes)

    def end(self, name: str) -> None:  # noqa: ARG002 - the elements are known by the path
        """Take its end."""
        local = self._path.pop()
        if local == "t" and self.found and "rPh" not in self._path:
            text = "".join(self._text)
            # Without that property the blanks at the edges do not count.
            self._add(text if self._keeps_space else text.strip(" \t\r\n"))
        elif local == "r":
            self._struck = None

    def text(self, data: str) -> None:
        """Take some of its text."""
        self._text.append(data)

    def pieces_of(self, index: int) -> Sequence[Piece]:
        """Return the pieces of a text by its number."""
        return self.pieces.get(index) or [Piece(self.found[index], is_struck=None)]

    def _add(self, text: str) -> None:
        last = len(self.found) - 1
        if self._struck is not None or last in self.pieces:
            before = [Piece(self.found[last], is_struck=None)]
            self.pieces.setdefault(last, before).append(Piece(text, self._struck))
        self.found[last] += text


def unescaped(text: str) -> str:
    """Return a text with what stands as _xHHHH_ decoded once; halves of a character stay as they are written."""
    return _ESCAPED.sub(_sign, text) if "_x" in text else text


def _sign(match: re.Match[str]) -> str:
    sign = chr(int(match[1], 16))
    return match[0] if "\ud800" <= sign <= "\udfff" else sign
