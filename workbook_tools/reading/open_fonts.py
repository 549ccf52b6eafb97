"""Which formats of an OpenDocument workbook strike out, and the format of a cell that names none."""

from __future__ import annotations

from collections.abc import Mapping

from workbook_tools.reading.open_cells import TABLE

_STYLE = "urn:oasis:names:tc:opendocument:xmlns:style:1.0 "
_LINES = (f"{_STYLE}text-line-through-style", f"{_STYLE}text-line-through-type")
_DEFAULT = f"{TABLE}default-cell-style-name"
CELLS, WORDS = "table-cell", "text"
"""The families of styles: those of cells, and those of words in a cell."""


class OpenFonts:
    """Takes the styles of a workbook, those with names of their own and those of its cells."""

    def __init__(self) -> None:
        self._own: dict[tuple[str, str], bool] = {}
        self._parents: dict[tuple[str, str], str] = {}
        self._style = ("", "")

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """Take the start of an element."""
        if name == f"{_STYLE}style":
            self._style = attributes.get(f"{_STYLE}family", CELLS), attributes.get(f"{_STYLE}name", "")
            self._parents[self._style] = attributes.get(f"{_STYLE}parent-style-name", "")
        elif name == f"{_STYLE}text-properties":
            lines = [attributes[line] for line in _LINES if line in attributes]
            if lines:
                self._own[self._style] = any(line != "none" for line in lines)

    def end(self, name: str) -> None:
        """Take its end."""
        if name == f"{_STYLE}style":
            self._style = ("", "")

    def text(self, data: str) -> None:
        """Take nothing: styles are told by properties alone."""

    @property
    def strike(self) -> bool:
        """Whether any style strikes out."""
        return any(self._own.values())

    def strikes(self, family: str, name: str) -> bool | None:
        """Tell whether a style strikes out, or the nearest that it is based on; None where none of them says."""
        seen: set[str] = set()
        while name and name not in seen:
            if (family, name) in self._own:
                return self._own[family, name]
            seen.add(name)
            name = self._parents.get((family, name), "")
        return None


class DefaultStyles:
    """The styles of a sheet's cells that name none: that of their row, else that of their column."""

    def __init__(self) -> None:
        self._columns: list[tuple[range, str]] = []
        self._row = ""

    def take_columns(self, columns: range, attributes: Mapping[str, str]) -> None:
        """Take the description of columns side by side."""
        if _DEFAULT in attributes:
            self._columns.append((columns, attributes[_DEFAULT]))

    def take_row(self, attributes: Mapping[str, str]) -> None:
        """Take the description of a row."""
        self._row = attributes.get(_DEFAULT, "")

    def of(self, column: int) -> str:
        """Return the style of a cell, "" where nothing names one."""
        return self._row or next((style for columns, style in self._columns if column in columns), "")
