"""An OpenDocument spreadsheet (.ods) -> its cells with errors, which the fast reader shows as blank (B4)."""

from __future__ import annotations

from collections.abc import Mapping

from workbook_tools.grids import Trouble
from workbook_tools.reading.markup import parse

_MARK = b'value-type="error"'
# An error that stands in more cells than this side by side is one fault, and told often enough.
_MOST_REPEATS = 1_000


def error_cells(content: bytes) -> dict[str, tuple[Trouble, ...]]:
    """Return the cells with errors by sheet.

    Parameters
    ----------
    content
        The part `content.xml`.
    """
    if _MARK not in content:
        return {}
    reader = _Errors()
    parse(content, reader)
    return {name: tuple(troubles) for name, troubles in reader.found.items()}


class _Errors:
    """Takes the cells of all sheets and keeps those with errors; what is repeated is counted, not written out."""

    def __init__(self) -> None:
        self.found: dict[str, list[Trouble]] = {}
        self._troubles: list[Trouble] = []
        self._row = self._column = 0
        self._rows = self._columns = 1
        self._is_error = False
        self._pieces: list[str] = []

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        local = name.rpartition(" ")[2]
        own = {key.rpartition(" ")[2]: value for key, value in attributes.items()}
        if local == "table":
            self._troubles = self.found.setdefault(own.get("name", ""), [])
            self._row = 0
        elif local == "table-row":
            self._column, self._rows = 0, _repeats(own, "number-rows-repeated")
        elif local in {"table-cell", "covered-table-cell"}:
            self._columns = _repeats(own, "number-columns-repeated")
            # Programs say it in an attribute of their own, beside the standard one of the same name.
            self._is_error = any(key.endswith(" value-type") and value == "error" for key, value in attributes.items())
            self._pieces = []

    def end(self, name: str) -> None:
        local = name.rpartition(" ")[2]
        if local == "table-row":
            self._row += self._rows
        elif local in {"table-cell", "covered-table-cell"}:
            if self._is_error:
                self._tell("".join(self._pieces).strip() or "#?")
            self._column += self._columns
            self._is_error = False

    def text(self, data: str) -> None:
        if self._is_error:
            self._pieces.append(data)

    def _tell(self, shown: str) -> None:
        for row in range(self._row, self._row + min(self._rows, _MOST_REPEATS)):
            for column in range(self._column, self._column + min(self._columns, _MOST_REPEATS)):
                self._troubles.append(Trouble(row, column, "error_cell", shown))


def _repeats(own: Mapping[str, str], name: str) -> int:
    given = own.get(name, "1")
    return max(1, int(given)) if given.isdecimal() else 1
