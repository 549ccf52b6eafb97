"""Words that a person struck out in a workbook: they are read as any others, and told (П-01).

Readers of values know nothing of fonts. Few .xlsx files have any such font, so that most are done with after one look
at the bytes of two parts.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple

from workbook_tools.errors import InputError
from workbook_tools.grids import Aside
from workbook_tools.reading.exact import read_cells
from workbook_tools.reading.markup import keeps_space, parse, text_of
from workbook_tools.reading.styles import style_number
from workbook_tools.reading.values import unescaped

if TYPE_CHECKING:
    from workbook_tools.reading.exact import Cell
    from workbook_tools.reading.parts import Package, SheetPart

STRUCK = "зачёркнутый текст"
_MARK = b"strike"
_OFF = frozenset({"0", "false"})


class Piece(NamedTuple):
    """A part of a shared text, and whether it is struck out; None where the font of its cell says so."""

    text: str
    is_struck: bool | None


class StruckWords:
    """What is struck out in a package: cells of some formats, and pieces of shared texts."""

    def __init__(self, package: Package) -> None:
        fonts, texts = _Fonts(), _Pieces()
        for name, taker in ((package.styles, fonts), (package.strings, texts)):
            part = package.archive.read(name) if name else b""
            # Of a text without marks of its own the words are needed where its whole cell is struck out.
            if _MARK in part or (part and taker is texts and fonts.struck):
                parse(part, taker)
        self._styles, self._texts = fonts.struck, texts.found
        self._has_pieces = any(piece.is_struck for pieces in texts.found for piece in pieces)

    def asides(self, sheet: SheetPart, part: bytes) -> tuple[Aside, ...]:
        """Return the struck words of a sheet, as `told_by_rows` does."""
        if not self._may_be_in(part):
            return ()
        try:
            cells = read_cells(part, sheet.name).at
        except InputError:  # that the sheet is damaged is told by whoever reads its values
            return ()
        return told_by_rows({place: "".join(self._struck(cell)) for place, cell in cells.items()})

    def _may_be_in(self, part: bytes) -> bool:
        if self._has_pieces or not self._styles:
            return self._has_pieces
        styles = "|".join(map(str, sorted(self._styles)))
        return re.search(rf"""\ss=["'](?:{styles})["']""".encode(), part) is not None

    def _struck(self, cell: Cell) -> Iterator[str]:
        is_whole = style_number(cell.style) in self._styles
        for piece in self._pieces(cell):
            if piece.is_struck or (is_whole and piece.is_struck is None):
                yield unescaped(piece.text)

    def _pieces(self, cell: Cell) -> list[Piece]:
        if cell.kind != "s":
            return [Piece(cell.text or cell.value or "", is_struck=None)]
        index = style_number((cell.value or "").strip())
        return self._texts[index] if 0 <= index < len(self._texts) else []


def told_by_rows(words: Mapping[tuple[int, int], str]) -> tuple[Aside, ...]:
    """Return what is struck out by zero-based row and column, that of a row together at the first cell that has any."""
    rows: dict[int, dict[int, str]] = defaultdict(dict)
    for (row, column), text in sorted(words.items()):
        if text.strip():
            rows[row][column] = text.strip()
    return tuple(Aside(row, min(found), STRUCK, "; ".join(found.values()), is_read=True) for row, found in rows.items())


def _is_on(attributes: Mapping[str, str]) -> bool:
    return attributes.get("val", "1") not in _OFF


class _Fonts:
    """Takes the formats of cells; `struck` are the numbers of those whose font is struck out."""

    def __init__(self) -> None:
        self.struck: set[int] = set()
        self._fonts: list[bool] = []
        self._inside = ""
        self._formats = 0

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        local = name.rpartition(" ")[2]
        if local in {"fonts", "cellXfs"}:
            self._inside = local
        elif self._inside == "fonts" and local == "font":
            self._fonts.append(False)
        elif self._inside == "fonts" and local == "strike" and self._fonts:
            self._fonts[-1] = _is_on(attributes)
        elif self._inside == "cellXfs" and local == "xf":
            font = style_number(attributes.get("fontId", "0"))
            if 0 <= font < len(self._fonts) and self._fonts[font]:
                self.struck.add(self._formats)
            self._formats += 1

    def end(self, name: str) -> None:
        if name.rpartition(" ")[2] == self._inside:
            self._inside = ""

    def text(self, data: str) -> None:
        """Take nothing: formats are told by properties alone."""


class _Pieces:
    """Takes the shared texts piece by piece, readings aloud left out."""

    def __init__(self) -> None:
        self.found: list[list[Piece]] = []
        self._path: list[str] = []
        self._struck: bool | None = None
        self._text: list[str] = []
        self._keeps_space = False

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        local = name.rpartition(" ")[2]
        self._path.append(local)
        if local == "si":
            self.found.append([])
        elif local == "r":
            self._struck = None
        elif local == "t":
            self._text, self._keeps_space = [], keeps_space(attributes)
        elif local == "rPr":
            self._struck = False
        elif local == "strike" and "rPr" in self._path:
            self._struck = _is_on(attributes)

    def end(self, name: str) -> None:  # noqa: ARG002 - the elements are known by the path
        local = self._path.pop()
        if local == "t" and self.found and "rPh" not in self._path:
            self.found[-1].append(Piece(text_of(self._text, keeps_space=self._keeps_space), self._struck))
        elif local in {"r", "si"}:
            self._struck = None

    def text(self, data: str) -> None:
        self._text.append(data)
