"""What was written, read again by another reader before anybody sees it: its parts, its formulas, its values."""

from __future__ import annotations

import datetime
import re
import zipfile
from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.parsers import expat

from python_calamine import CalamineWorkbook

from workbook_tools.errors import InternalError
from workbook_tools.limits import FIRST_DATE
from workbook_tools.text import russian_date

Value = str | int | float | datetime.date | None

XLSX_PARTS = re.compile(
    r"\[Content_Types\]\.xml|_rels/\.rels|docProps/(core|app)\.xml|xl/(workbook|styles|sharedStrings)\.xml"
    r"|xl/_rels/workbook\.xml\.rels|xl/theme/theme\d+\.xml|xl/worksheets/(sheet\d+\.xml|_rels/sheet\d+\.xml\.rels)"
    r"|xl/charts/chart\d+\.xml|xl/drawings/(drawing\d+\.xml|vmlDrawing\d+\.vml|_rels/drawing\d+\.xml\.rels)"
    r"|xl/comments\d+\.xml"
)
_SHEET = re.compile(r"xl/worksheets/sheet\d+\.xml")
# A cell's formula: none of our workbooks has any.
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s/>]")
_EXTERNAL = re.compile(rb"""TargetMode\s*=\s*["']External""", re.IGNORECASE)
_FIRST_DAY = datetime.datetime(1899, 12, 30)  # noqa: DTZ001 - a workbook's dates have no zone
_CHUNK, _OVERLAP = 1 << 20, 64
_BITS = (1 << 64) - 1


@dataclass
class Tally:
    """How many cells of a sheet hold a value, and a sum over what each holds and where, whatever their order."""

    cells: int = 0
    total: int = 0

    def add(self, mark: int) -> None:
        """Count a cell by its mark."""
        self.cells += 1
        self.total = (self.total + mark) & _BITS


class Written:
    """What was put into a sheet: eight bytes a cell, for a cell may be written again, and then only the last counts."""

    def __init__(self) -> None:
        self._rows: dict[int, array[int]] = {}

    def put(self, row: int, column: int, value: Value) -> None:
        """Note what a cell holds now."""
        marks = self._rows.setdefault(row, array("Q"))
        if column >= len(marks):
            marks.extend([0] * (column + 1 - len(marks)))
        marks[column] = _mark(row, column, value)

    def clear(self, first: tuple[int, int], last: tuple[int, int]) -> None:
        """Note that nothing is left in an area, both corners included."""
        for row in range(first[0], last[0] + 1):
            marks = self._rows.get(row, array("Q"))
            for column in range(first[1], min(last[1] + 1, len(marks))):
                marks[column] = 0

    @property
    def tally(self) -> Tally:
        """The cells that hold a value."""
        tally = Tally()
        for marks in self._rows.values():
            for mark in filter(None, marks):
                tally.add(mark)
        return tally


def check_workbook(path: Path, expected: Sequence[tuple[str, Tally]]) -> None:
    """Make sure that a workbook holds the sheets, in order, with the values that were put into them, and no more.

    Raises
    ------
    InternalError
        It does not, or holds a part, a link or a formula that is none of ours.
    """
    check_parts(path, XLSX_PARTS)
    try:
        found = list(_read(path))
    except Exception as error:
        raise _wrong("записанная книга не читается") from error
    if [name for name, _ in found] != [name for name, _ in expected]:
        raise _wrong("в записанной книге не те листы")
    for (name, tally), (_, wanted) in zip(found, expected, strict=True):
        if tally != wanted:
            raise _wrong(
                f"лист «{name}»: в книге заполнено ячеек {tally.cells}, передано на запись {wanted.cells}"
                if tally.cells != wanted.cells
                else f"лист «{name}»: значения в книге отличаются от переданных на запись"
            )


def check_parts(path: Path, allowed: re.Pattern[str]) -> None:
    """Make sure that a package holds no part but the allowed ones, each well formed, no outer link and no formula.

    Raises
    ------
    InternalError
        It holds something else.
    """
    try:
        with zipfile.ZipFile(path) as package:
            names = package.namelist()
            strange = [name for name in names if not allowed.fullmatch(name)]
            if strange or len(set(names)) < len(names):
                raise _wrong(f"в записанном файле лишние части ({', '.join(strange) or 'повторы'})")
            for name in names:
                _check_part(package, name)
    except (zipfile.BadZipFile, expat.ExpatError, OSError) as error:
        raise _wrong("записанный файл повреждён") from error


def _check_part(package: zipfile.ZipFile, name: str) -> None:
    forbidden = _EXTERNAL if name.endswith(".rels") else _FORMULA if _SHEET.fullmatch(name) else None
    parser, tail = expat.ParserCreate(), b""
    with package.open(name) as stream:
        while chunk := stream.read(_CHUNK):
            if forbidden and forbidden.search(tail + chunk):
                raise _wrong(f"в записанном файле есть формула или внешняя ссылка ({name})")
            tail = chunk[-_OVERLAP:]
            parser.Parse(chunk, False)  # noqa: FBT003 - the parser has no names for its arguments
    parser.Parse(b"", True)  # noqa: FBT003 - as above


def _read(path: Path) -> Iterator[tuple[str, Tally]]:
    with CalamineWorkbook.from_path(path) as book:
        for name in book.sheet_names:
            yield name, _tally(book.get_sheet_by_name(name).to_python(skip_empty_area=False))


def _tally(rows: Iterable[Sequence[object]]) -> Tally:
    tally = Tally()
    for row, cells in enumerate(rows):
        for mark in (_mark(row, column, value) for column, value in enumerate(cells) if value != ""):
            tally.add(mark)
    return tally


def _mark(row: int, column: int, value: object) -> int:
    """Return a number for a value at its place, 0 for a blank."""
    if value is None or value == "":
        return 0
    return hash((row, column, _canonical(value))) & _BITS or 1


def as_cells_hold(value: Value) -> Value:
    """Return a day that a workbook has no number for as people write it; anything else as it is."""
    if not isinstance(value, datetime.date) or value.isoformat() >= FIRST_DATE.isoformat():
        return value
    return russian_date(value.isoformat()[:10])


def _canonical(value: object) -> object:
    """Return a value as a workbook keeps it: numbers to 16 digits, dates as numbers of days."""
    if isinstance(value, int | float):
        return float(f"{value:.16G}")
    if isinstance(value, datetime.datetime):
        return (value - _FIRST_DAY) / datetime.timedelta(days=1)
    if isinstance(value, datetime.date):
        return float((value - _FIRST_DAY.date()).days)
    return value


def _wrong(what: str) -> InternalError:
    return InternalError(
        f"самопроверка записи не сошлась: {what}. Файлы не заменены. Это ошибка программы, сообщите разработчикам."
    )
