"""Words that a person struck out in a workbook: they are read as any others, and told (П-01).

Readers of values know nothing of fonts. Few .xlsx files have any such font, so that most are done with after one look
at the bytes of two parts.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from workbook_tools.errors import InputError
from workbook_tools.grids import Aside, Grid
from workbook_tools.reading.exact import read_cells
from workbook_tools.reading.pieces import Piece, Strings, unescaped
from workbook_tools.reading.styles import style_number

if TYPE_CHECKING:
    from workbook_tools.reading.exact import Cell
    from workbook_tools.reading.parts import Package, SheetPart
    from workbook_tools.reading.values import Values

STRUCK = "зачёркнутый текст"
_MARK = b"strike"
_CELL = re.compile(rb"<c(?=[\s/>])[^>]*?(?:/>|>.*?</c>)", re.DOTALL)
_SHARED = re.compile(rb"<v[^>]*>\s*(\d{1,9})\s*</v>")
# Where a row or a cell stands depends on those before it.
_NO_PLACE = re.compile(rb"<(?:row|c)(?=[\s/>])(?![^>]*\sr\s*=)")


class StruckWords:
    """What is struck out in a package: cells of some formats, and pieces of shared texts."""

    def __init__(self, package: Package, values: Values) -> None:
        self._styles = values.styles.struck if _has_mark(package, package.styles) else frozenset()
        # Of a text without marks of its own the words are needed where its whole cell is struck out.
        self._texts = values.shared if self._styles or _has_mark(package, package.strings) else Strings()
        pieces = self._texts.pieces.items()
        struck = (index for index, found in pieces if any(piece.is_struck for piece in found))
        self._struck_texts = frozenset(struck)
        styles = "|".join(map(str, sorted(self._styles)))
        self._in_style = re.compile(rf"""\ss\s*=\s*["']0*(?:{styles})["']""".encode()) if styles else None

    def asides(self, sheet: SheetPart, part: bytes, grid: Grid) -> tuple[Aside, ...]:
        """Return the struck words of a sheet that was read, as `told_by_rows` does."""
        if not self._may_be_in(part):
            return ()
        try:
            cells = read_cells(self._suspected(part), sheet.name).at
        except InputError:  # that the sheet is damaged is told by whoever reads its values
            return ()
        return told_by_rows({place: "".join(self._struck(cell, grid.text(*place))) for place, cell in cells.items()})

    def _may_be_in(self, part: bytes) -> bool:
        # A sheet may hold texts of several fonts itself.
        return bool(self._struck_texts) or _MARK in part or self._has_style(part)

    def _has_style(self, part: bytes) -> bool:
        return self._in_style is not None and self._in_style.search(part) is not None

    def _suspected(self, part: bytes) -> bytes:
        """Return a sheet's XML but for the cells in which nothing is struck out: to take all of them takes long."""
        if b"<!" in part or _NO_PLACE.search(part):
            return part
        return _CELL.sub(lambda found: found[0] if self._is_suspect(found[0]) else b"", part)

    def _is_suspect(self, cell: bytes) -> bool:
        shared = _SHARED.search(cell) if self._struck_texts else None
        return (shared is not None and int(shared[1]) in self._struck_texts) or _MARK in cell or self._has_style(cell)

    def _struck(self, cell: Cell, shown: str) -> Iterator[str]:
        is_whole = style_number(cell.style) in self._styles
        for piece in self._pieces(cell) or [Piece(shown or cell.value or "", is_struck=None)]:
            if piece.is_struck or (is_whole and piece.is_struck is None):
                yield unescaped(piece.text)

    def _pieces(self, cell: Cell) -> Sequence[Piece]:
        """Return the pieces of a text; none of a number or a date, whose value says nothing of how it is seen."""
        if cell.kind != "s":
            return cell.pieces
        index = style_number((cell.value or "").strip())
        return self._texts.pieces_of(index) if 0 <= index < len(self._texts.found) else ()


def _has_mark(package: Package, part: str) -> bool:
    return bool(part) and _MARK in package.archive.read(part)


def told_by_rows(words: Mapping[tuple[int, int], str]) -> tuple[Aside, ...]:
    """Return what is struck out by zero-based row and column, that of a row together at the first cell that has any."""
    rows: dict[int, dict[int, str]] = defaultdict(dict)
    for (row, column), text in sorted(words.items()):
        if text.strip():
            rows[row][column] = text.strip()
    return tuple(Aside(row, min(found), STRUCK, "; ".join(found.values()), is_read=True) for row, found in rows.items())
