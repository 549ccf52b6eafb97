"""What a sheet's XML says around its cells: hidden columns, a filter, merged areas."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from workbook_tools.errors import SAVE_AGAIN, InputError
from workbook_tools.grids import Span
from workbook_tools.limits import SHEET_COLUMNS, SHEET_ROWS

MAIN = (
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    "http://purl.oclc.org/ooxml/spreadsheetml/main",
    "",
)
"""The namespaces of the elements that make a sheet."""
_AREA = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})(?::([A-Z]{1,3})([1-9][0-9]{0,6}))?")
_OF_CELLS = frozenset({"row", "c"})
YES = frozenset({"1", "true"})


class Surroundings:
    """Takes the elements of a sheet that stand outside its cells.

    Attributes
    ----------
    hidden_columns
        Zero-based first and last columns of each hidden stretch.
    merged
        The merged areas.
    filtered
        Whether a filter chooses among the rows.
    """

    def __init__(self) -> None:
        self.hidden_columns: list[tuple[int, int]] = []
        self.merged: list[Span] = []
        self.filtered = False

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """Take the start of an element."""
        local = name.rpartition(" ")[2]
        if local == "col" and attributes.get("hidden") in YES:
            self.hidden_columns.extend(_stretch(attributes))
        elif local == "mergeCell":
            self.merged.extend(area(attributes.get("ref", "")))
        elif local == "filterColumn":
            self.filtered = True
        elif local in _OF_CELLS:
            raise InputError(f"файл повреждён: на листе есть ячейки вне таблицы. {SAVE_AGAIN}")

    def end(self, name: str) -> None:
        """Take the end of an element."""

    def text(self, data: str) -> None:
        """Take a piece of text: there is none that counts."""


def _stretch(attributes: Mapping[str, str]) -> Iterator[tuple[int, int]]:
    first, last = attributes.get("min", ""), attributes.get("max", "")
    if first.isdecimal() and last.isdecimal():
        yield int(first) - 1, min(int(last), SHEET_COLUMNS) - 1


def column_number(letters: str) -> int:
    """Return the zero-based column of its letters: 0 for A."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def area(reference: str) -> Iterator[Span]:
    """Yield the area of a reference (B2:C4); none where it is no area of a sheet."""
    found = _AREA.fullmatch(reference)
    if found is None:
        return
    left, top, right, bottom = found[1], found[2], found[3] or found[1], found[4] or found[2]
    span = Span(int(top) - 1, column_number(left), int(bottom) - 1, column_number(right))
    if span.first_row <= span.last_row < SHEET_ROWS and span.first_column <= span.last_column < SHEET_COLUMNS:
        yield span
