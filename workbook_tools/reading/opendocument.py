"""An OpenDocument spreadsheet (.ods) -> its cells that the fast reader shows blank, or not as written (B4)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from workbook_tools.grids import Shown, Trouble
from workbook_tools.reading.found import Found
from workbook_tools.reading.markup import parse
from workbook_tools.reading.masks import of_seen, of_seen_day, of_span

_OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0 "
_TYPES = {"string": "", "float": "value", "percentage": "value", "currency": "value", "boolean": "boolean-value"} | {
    "date": "date-value",
    "time": "time-value",
}
_SHOWN_OTHERWISE = {"float", "percentage", "currency", "date", "time"}
_NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,3})?", re.ASCII)
_CELLS = {"table-cell", "covered-table-cell"}
# What the fast reader leaves out between two words, gluing them.
_BREAKS = {"line-break", "tab"}
# An error that stands in more cells than this side by side is one fault, and told often enough.
_MOST_REPEATS = 1_000


def look_through(content: bytes) -> dict[str, Found]:
    """Return by sheet the cells with errors, of no known type, without a value, with breaks, or shown otherwise.

    Parameters
    ----------
    content
        The part `content.xml`.
    """
    reader = _Cells()
    parse(content, reader)
    names = [name for name in reader.troubles if reader.troubles[name] or reader.shown[name]]
    return {name: Found(tuple(reader.troubles[name]), shown=tuple(reader.shown[name])) for name in names}


class _Cells:
    """Takes the cells of all sheets and keeps those to tell; what is repeated is counted, not written out."""

    def __init__(self) -> None:
        self.troubles: dict[str, list[Trouble]] = {}
        self.shown: dict[str, list[Shown]] = {}
        self._name = ""
        self._row = self._column = 0
        self._rows = self._columns = 1
        self._kind = ""
        self._written = ("", "")
        self._has_text = False
        self._aside = 0
        self._pieces: list[str] = []

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        local = name.rpartition(" ")[2]
        own = {key.rpartition(" ")[2]: value for key, value in attributes.items()}
        if local == "table":
            self._name, self._row = own.get("name", ""), 0
            self.troubles.setdefault(self._name, [])
            self.shown.setdefault(self._name, [])
        elif local == "table-row":
            self._column, self._rows = 0, _repeats(own, "number-rows-repeated")
        elif local in _CELLS:
            self._columns = _repeats(own, "number-columns-repeated")
            self._kind, self._pieces = _kind_of(attributes), []
            self._written, self._has_text = _written(attributes), False
        elif local == "annotation":
            self._aside += 1
        elif local == "p" and not self._aside:
            self._has_text = True
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
            elif self._written[1] and self._has_text and not self._kind:
                self._tell_shown(shown)
            self._column += self._columns
            self._kind = ""

    def text(self, data: str) -> None:
        if not self._aside:
            self._pieces.append(data)

    def _tell(self, kind: str, shown: str) -> None:
        self.troubles[self._name] += [Trouble(*place, kind, shown) for place in self._places()]

    def _tell_shown(self, seen: str) -> None:
        told = _told(*self._written, seen)
        if told:
            self.shown[self._name] += [Shown(*place, *told) for place in self._places()]

    def _places(self) -> Iterator[tuple[int, int]]:
        for row in range(self._row, self._row + min(self._rows, _MOST_REPEATS)):
            for column in range(self._column, self._column + min(self._columns, _MOST_REPEATS)):
                yield row, column


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


def _written(attributes: Mapping[str, str]) -> tuple[str, str]:
    """Return the type of a number or day and what is written of it; blank where it is none."""
    given = attributes.get(f"{_OFFICE}value-type", "")
    value = attributes.get(f"{_OFFICE}{_TYPES[given]}", "") if given in _SHOWN_OTHERWISE else ""
    return given, value if given in {"date", "time"} or _NUMBER.fullmatch(value) else ""


def _told(kind: str, value: str, seen: str) -> tuple[str, str, str] | None:
    """Return how a number, day or time is shown otherwise than it is written; None where it is not."""
    if kind == "time":
        return of_span(value)
    return of_seen_day(value, seen) if kind == "date" else of_seen(float(value), seen)
