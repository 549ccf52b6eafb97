"""Cells of an annex's table: where they stand, what they say, and how a finding points to them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from workbook_tools.grids import cell_name
from workbook_tools.remarks import Place
from workbook_tools.text import tidy

if TYPE_CHECKING:
    from collections.abc import Mapping

CARRIED = ("number", "direction", "process", "touchpoint")
CONTENT = ("process", "touchpoint", "needs", "kind")


@dataclass(frozen=True)
class Cell:
    """A cell of the table: where it stands (zero-based), which column it belongs to, its text as typed."""

    file: str
    sheet: str
    row: int
    column: int
    name: str
    typed: str

    @property
    def text(self) -> str:
        """The text on one line."""
        return tidy(self.typed)

    @property
    def spot(self) -> tuple[str, int, int]:
        """The place alone: sheet, row, column."""
        return self.sheet, self.row, self.column

    def place(self, unit: str = "", name: str = "") -> Place:
        """Return the cell as the place of a finding, under its own column's name or another."""
        address = cell_name(self.row, self.column)
        return Place(unit, self.file, self.sheet, address, self.row + 1, name or self.name, self.typed)


@dataclass(frozen=True)
class SourceRow:
    """A row of the table; a blank continuation cell stands as the cell that it continues."""

    file: str
    sheet: str
    row: int
    cells: Mapping[str, Cell]


@dataclass(frozen=True)
class Decision:
    """What was decided in reading: the rule's message, the cell it was decided on, the words, the row's direction."""

    rule: str
    message: str
    cell: Cell
    words: Mapping[str, str]
    direction: Cell | None = None
