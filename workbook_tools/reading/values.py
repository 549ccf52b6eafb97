"""What a cell of the exact form holds: shared strings, formats, numbers and dates (robustness.md B4, B8, B9)."""

from __future__ import annotations

import datetime
import math
import re
from functools import cached_property
from typing import TYPE_CHECKING

from workbook_tools import limits
from workbook_tools.errors import InputError
from workbook_tools.reading.markup import parse
from workbook_tools.reading.pieces import Strings, unescaped
from workbook_tools.reading.plain import PlainReader, plain_strings
from workbook_tools.reading.styles import Styles, read_styles, style_number

if TYPE_CHECKING:
    from workbook_tools.grids import CellValue
    from workbook_tools.reading.exact import Cell
    from workbook_tools.reading.parts import Package

NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?", re.ASCII)
"""A number as files hold it: a point, no commas, no blanks."""
_INDEX = re.compile(r"\d{1,9}", re.ASCII)
_ITEM_END, _LIST_END = b"</si>", b"</sst>"
_TRUE, _FALSE = {"1", "true"}, {"0", "false"}
_EPOCH, _EPOCH_1904 = datetime.datetime(1899, 12, 30), datetime.datetime(1904, 1, 1)  # noqa: DTZ001 - sheets know no zones
_DAY, _LAST_FALSE_DAY, _DAYS_BETWEEN_EPOCHS = datetime.timedelta(days=1), 60, 1462


class Untold(Exception):  # noqa: N818 - no error: a cell that says nothing certain
    """A cell whose value is not certain.

    Parameters
    ----------
    kind
        The kind of trouble.
    shown
        What stands in the cell.
    """

    def __init__(self, kind: str, shown: str) -> None:
        self.kind = kind
        self.shown = shown
        super().__init__(kind, shown)


class Values:
    """Reads the values of cells of one package."""

    def __init__(self, package: Package) -> None:
        self._package = package

    @cached_property
    def shared(self) -> Strings:
        """The shared strings, as they are written."""
        strings = Strings()
        if self._package.strings:
            parse(self._package.archive.read(self._package.strings), strings)
        return strings

    @cached_property
    def _strings(self) -> tuple[str, ...]:
        return tuple(map(unescaped, self.shared.found))

    @cached_property
    def plain(self) -> PlainReader | None:
        """What reads sheets of the plain form; None where the shared strings are not of it, or may hold odd signs."""
        if not self._package.strings:
            return PlainReader([], self._plain_number)
        strings = plain_strings(self._package.archive.read(self._package.strings))
        return None if strings is None or self._package.has_odd_strings else PlainReader(strings, self._plain_number)

    def _plain_number(self, raw: str, style: int) -> CellValue | None:
        """Return what a number is in a usual format: itself or a day; None in any other, or where it can be no day."""
        if style in self.styles.general:
            return float(raw)
        try:
            return _day(float(raw), raw, from_1904=self._package.from_1904) if style in self.styles.days else None
        except Untold:
            return None

    @cached_property
    def first_string(self) -> str:
        """The first of the shared strings, "" where there are none; found without reading the others."""
        part = self._package.archive.read(self._package.strings) if self._package.strings else b""
        end = part.find(_ITEM_END) + len(_ITEM_END)
        if end < len(_ITEM_END) or not part.rstrip().endswith(_LIST_END):
            return next(iter(self._strings), "")
        strings = Strings()
        try:
            parse(part[:end] + _LIST_END, strings)
        except InputError:  # the end that was found stands inside a comment or in the text itself
            return next(iter(self._strings), "")
        return unescaped(strings.found[0])

    @cached_property
    def styles(self) -> Styles:
        """The formats of the package's cells."""
        part = self._package.styles
        return read_styles(self._package.archive.read(part) if part else b"")

    def value_of(self, cell: Cell) -> CellValue:
        """Return a cell's value, "" for a blank.

        Raises
        ------
        Untold
            The value is not certain: an error, a formula never calculated, a number or date that cannot be.
        """
        raw = cell.value or ""
        if cell.text is not None and not raw:
            return unescaped(cell.text)
        if cell.kind == "e":
            raise Untold("error_cell", raw or "#?")
        is_empty_text = cell.kind == "str" and cell.value is not None
        if cell.formula is not None and not raw and not is_empty_text:
            raise Untold("formula", f"={cell.formula or '…'}")
        return self._written(cell, raw) if raw or (cell.kind == "s" and cell.value is not None) else ""

    def _written(self, cell: Cell, raw: str) -> CellValue:
        if cell.kind == "s":
            return self._shared(raw.strip())
        if cell.kind in {"str", "inlineStr"}:
            return unescaped(raw)
        if cell.kind == "b":
            return _truth(raw.strip())
        if cell.kind == "d":
            return _iso(raw.strip())
        if cell.kind in {"n", ""}:
            return self._number(raw.strip(), cell)
        raise Untold("no_value", raw)

    def _shared(self, raw: str) -> str:
        if not _INDEX.fullmatch(raw) or int(raw) >= len(self._strings):
            raise Untold("lost_text", raw)
        return self._strings[int(raw)]

    def _number(self, raw: str, cell: Cell) -> CellValue:
        number = float(raw) if NUMBER.fullmatch(raw) else math.nan
        if not math.isfinite(number):
            raise Untold("no_number", raw)
        kind = self.styles.kind(style_number(cell.style))
        if kind == "time" and 0 <= number < 1:
            return _time(number, raw)
        if kind in {"datetime", "time"}:
            return _day(number, raw, from_1904=self._package.from_1904)
        if kind == "timedelta":
            return _span(number, raw)
        if abs(number) >= 10**limits.NUMBER_DIGITS:
            raise Untold("long_number", raw)
        return number


def _span(days: float, raw: str) -> CellValue:
    try:
        return datetime.timedelta(days=days)
    except OverflowError as error:
        raise Untold("no_number", raw) from error


def _truth(raw: str) -> bool:
    if raw not in _TRUE | _FALSE:
        raise Untold("no_value", raw)
    return raw in _TRUE


def _iso(raw: str) -> CellValue:
    try:
        moment = datetime.datetime.fromisoformat(raw)
    except ValueError as error:
        raise Untold("no_date", raw) from error
    return moment.date() if moment.time() == datetime.time() else moment


def _day(serial: float, raw: str, *, from_1904: bool) -> CellValue:
    last = limits.LAST_DATE_SERIAL - (_DAYS_BETWEEN_EPOCHS if from_1904 else 0)
    if not 1 <= serial < last + 1 or (not from_1904 and int(serial) == _LAST_FALSE_DAY):
        raise Untold("no_date", raw)
    days = serial if from_1904 or serial > _LAST_FALSE_DAY else serial + 1
    moment = _moment(_EPOCH_1904 if from_1904 else _EPOCH, days)
    return moment.date() if moment.time() == datetime.time() else moment


def _time(share: float, raw: str) -> CellValue:
    """Return the time of day that is so great a share of it."""
    moment = _moment(_EPOCH, share)
    if moment.date() != _EPOCH.date():
        raise Untold("no_date", raw)
    return moment.time()


def _moment(epoch: datetime.datetime, days: float) -> datetime.datetime:
    """Return a moment so many days after another, to the millisecond."""
    return epoch + round(days * 86_400_000) * (_DAY / 86_400_000)
