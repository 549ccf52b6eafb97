"""The formats of an .xlsx package's cells: which show a number as a day or a length of time, and which are unusual."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING

from workbook_tools.reading import codes
from workbook_tools.reading.markup import is_on, parse
from workbook_tools.reading.surroundings import column_number

if TYPE_CHECKING:
    from workbook_tools.reading.exact import Cells

_NUMBER = re.compile(r"\d{1,9}", re.ASCII)
_PLACE = re.compile(rb"""\sr=["']([A-Z]{1,3})(\d{1,7})["']""")
# The general format and that of texts; a file that gives these numbers codes of its own is strange.
_GENERAL = frozenset({"0", "49"})
_LISTS = frozenset({"fonts", "cellXfs"})
# What says that a cell holds no number.
_NO_NUMBER = re.compile(rb"""\st=["'](?:s|str|inlineStr|b|e)["']|/$""")
# A format named otherwise than by plain digits in the usual spelling: the exact form knows what that means.
_UNUSUAL = re.compile(rb"""s(?=[\s=])(?!="(?:0|[1-9]\d{0,8})"|='(?:0|[1-9]\d{0,8})')(?<=\ss)\s*=""")


class Styles:
    """The formats of cells by the number that a cell names.

    Attributes
    ----------
    codes
        Their codes; "" for the general one and for the days that every machine shows in its own way.
    struck
        Those whose font is struck out.
    """

    def __init__(self, numbers: list[str], own: Mapping[str, str], struck: frozenset[int]) -> None:
        self.struck = struck
        self.codes = [codes.code_of(number, own) for number in numbers]
        self._numbers, self._own = numbers, own
        self._kinds: dict[int, str] = {}

    def kind(self, style: int) -> str:
        """Return what a format makes of a number: datetime, time (of day), timedelta or ""."""
        if not 0 <= style < len(self._numbers):
            return ""
        if style not in self._kinds:
            number = self._numbers[style]
            self._kinds[style] = _kind(self._own.get(number) or codes.BUILT_IN.get(number, ""))
        return self._kinds[style]

    @cached_property
    def general(self) -> frozenset[int]:
        """Those that show a number as it is written and make nothing else of it."""
        numbers = enumerate(self._numbers)
        return frozenset(style for style, number in numbers if number in _GENERAL and number not in self._own)

    @cached_property
    def days(self) -> frozenset[int]:
        """Those that show a number as a day in figures, as it is usual here or on each machine."""
        numbers = enumerate(self._numbers)
        return frozenset(style for style, number in numbers if codes.is_day(number, self._own))

    @cached_property
    def odd(self) -> Mapping[int, str]:
        """The codes of those by which a cell may show its number otherwise than it is written."""
        return {style: code for style, code in enumerate(self.codes) if codes.is_odd(code)}

    @cached_property
    def _tag(self) -> re.Pattern[bytes]:
        styles = "|".join(map(str, self.odd))
        return re.compile(rf"""<c(?=\s)([^>]*\ss=["']({styles})["'][^>]*)>""".encode())

    def odd_cells(self, part: bytes) -> dict[tuple[int, int], str] | None:
        """Return the cells of a sheet's XML that may hold a number of such a format; None where one has no place."""
        found: dict[tuple[int, int], str] = {}
        if not self.odd:
            return found
        if 0 in self.odd or _UNUSUAL.search(part):
            return None
        for match in self._tag.finditer(part):
            if _NO_NUMBER.search(match[1]):
                continue
            place = _PLACE.search(match[1])
            if place is None:
                return None
            found[int(place[2]) - 1, column_number(place[1].decode())] = self.odd[int(match[2])]
        return found

    def odd_of(self, cells: Cells) -> dict[tuple[int, int], str]:
        """Return the same of cells that were read one by one."""
        styles = ((place, style_number(cell.style)) for place, cell in cells.at.items() if cell.kind in {"", "n"})
        return {place: self.odd[style] for place, style in styles if style in self.odd}


def style_number(given: str) -> int:
    """Return the number of a format that a cell names, -1 where it is none."""
    return int(given) if _NUMBER.fullmatch(given) else -1


def read_styles(part: bytes) -> Styles:
    """Read the part with the formats; nothing is one of general formats."""
    reader = _Formats()
    if part:
        parse(part, reader)
    return Styles(reader.numbers, reader.own, frozenset(reader.struck))


def _kind(code: str) -> str:
    # The library takes long to load, and few files come here.
    from openpyxl.styles import numbers  # noqa: PLC0415

    if numbers.is_timedelta_format(code):
        return "timedelta"
    if not numbers.is_date_format(code):
        return ""
    signs = set(numbers.STRIP_RE.sub("", code.partition(";")[0]).casefold())
    return "time" if signs & {"h", "s"} and not signs & {"d", "y"} else "datetime"


class _Formats:
    """Takes the formats of cells, and the fonts they name."""

    def __init__(self) -> None:
        self.numbers: list[str] = []
        self.own: dict[str, str] = {}
        self.struck: set[int] = set()
        self._fonts = 0
        self._struck_fonts: set[int] = set()
        self._inside = ""

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        local = name.rpartition(" ")[2]
        if self._inside == "fonts":
            self._take_font(local, attributes)
        elif self._inside:
            self._take_format(local, attributes)
        elif local in _LISTS:
            self._inside = local
        elif local == "numFmt" and not self.numbers:
            self.own[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")

    def _take_font(self, local: str, attributes: Mapping[str, str]) -> None:
        if local == "font":
            self._fonts += 1
        elif local == "strike" and self._fonts:
            change = self._struck_fonts.add if is_on(attributes) else self._struck_fonts.discard
            change(self._fonts - 1)

    def _take_format(self, local: str, attributes: Mapping[str, str]) -> None:
        if local != "xf":
            return
        if self._struck_fonts and style_number(attributes.get("fontId", "0")) in self._struck_fonts:
            self.struck.add(len(self.numbers))
        self.numbers.append(attributes.get("numFmtId", "0"))

    def end(self, name: str) -> None:
        if name.rpartition(" ")[2] == self._inside:
            self._inside = ""

    def text(self, data: str) -> None:
        pass
