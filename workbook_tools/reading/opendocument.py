"""An OpenDocument spreadsheet (.ods) -> its cells that the fast reader shows blank, or not as written (B4)."""

from __future__ import annotations

from collections.abc import Mapping

from workbook_tools.grids import Trouble
from workbook_tools.reading.markup import parse

_OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0 "
_TYPES = {"string": "", "float": "value", "percentage": "value", "currency": "value", "boolean": "boolean-value"} | {
    "date": "date-value",
    "time": "time-value",
}
_CELLS = {"table-cell", "covered-table-cell"}
# What the fast reader leaves out between two words, gluing them.
_BREAKS = {"line-break", "tab"}
# An error that stands in more cells than this side by side is one fault, and told often enough.
_MOST_REPEATS = 1_000


def error_cells(content: bytes) -> dict[str, tuple[Trouble, ...]]:
    """Return by sheet the cells with errors, of no known type, without a value, or with breaks between words.

    Parameters
    ----------
    content
        The part `content.xml`.
    """
    reader = _Errors()
    parse(content, reader)
    return {name: tuple(troubles) for name, troubles in reader.found.items() if troubles}


class _Errors:
    """Takes the cells of all sheets and keeps those with errors; what is repeated is counted, not written out."""

    def __init__(self) -> None:
        self.found: dict[str, list[Trouble]] = {}
        self._troubles: list[Trouble] = []
        self._row = self._column = 0
        self._rows = self._columns = 1
        self._kind = ""
        self._aside = 0
        self._pieces: list[str] = []

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        local = name.rpartition(" ")[2]
        own = {key.rpartition(" ")[2]: value for key, value in attributes.items()}
        if local == "table":
            self._troubles = self.found.setdefault(own.get("name", ""), [])
            self._row = 0
        elif local == "table-row":
            self._column, self._rows = 0, _repeats(own, "number-rows-repeated")
        elif local in _CELLS:
            self._columns = _repeats(own, "number-columns-repeated")
            self._kind, self._pieces = _kind_of(attributes), []
        elif local == "annotation":
            self._aside += 1
        elif local in _BREAKS and not self._kind:
            self._kind = "no_value"

    def end(self, name: str) -> None:
        local = name.rpartition(" ")[2]
        if local == "table-row":
            self._row += self._rows
        elif local == "annotation":
            self._aside -= 1
        elif local in _CELLS:
            shown = "".join(self._pieces).strip()
            if self._kind and (shown or self._kind != "no_value"):
                self._tell(self._kind, shown or "#?")
            self._column += self._columns
            self._kind = ""

    def text(self, data: str) -> None:
        if not self._aside:
            self._pieces.append(data)

    def _tell(self, kind: str, shown: str) -> None:
        for row in range(self._row, self._row + min(self._rows, _MOST_REPEATS)):
            for column in range(self._column, self._column + min(self._columns, _MOST_REPEATS)):
                self._troubles.append(Trouble(row, column, kind, shown))


def _repeats(own: Mapping[str, str], name: str) -> int:
    given = own.get(name, "1")
    return max(1, int(given)) if given.isdecimal() else 1


def _kind_of(attributes: Mapping[str, str]) -> str:
    """Return what is wrong with a cell by its attributes: a kind of trouble, "" where nothing is."""
    # Programs say it in an attribute of their own, beside the standard one of the same name.
    if any(key.endswith(" value-type") and value == "error" for key, value in attributes.items()):
        return "error_cell"
    given = attributes.get(f"{_OFFICE}value-type", "")
    needed = _TYPES.get(given)
    if not given and any(key.endswith(" formula") for key in attributes):
        return "formula"
    is_whole = needed is not None and (not needed or f"{_OFFICE}{needed}" in attributes)
    return "" if is_whole else "no_value"
