"""What was written, read again by another reader before anybody sees it: its parts, its formulas, its values."""

from __future__ import annotations

import datetime
import re
import zipfile
from array import array
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
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
    """How many cells of a sheet hold a value, and a sum over what each row holds and where, whatever their order."""

    cells: int = 0
    total: int = 0

    def add(self, row: int, marks: Sequence[int]) -> None:
        """Count the cells of a row by their marks, 0 for a blank."""
        blank = marks.count(0)
        if blank == len(marks):
            return
        self.cells += len(marks) - blank
        end = len(marks)
        while not marks[end - 1]:
            end -= 1
        self.total = (self.total + hash((row, *marks[:end]))) & _BITS


class Written:
    """What was put into a sheet: eight bytes a cell, for a cell may be written again, and then only the last counts."""

    def __init__(self) -> None:
        self._rows: dict[int, array[int]] = {}

    def put(self, row: int, column: int, value: Value) -> None:
        """Note what a cell holds now."""
        self._upto(row, column + 1)[column] = _mark(value)

    def put_texts(self, row: int, texts: Sequence[str]) -> None:
        """Note which texts the first cells of a row hold now."""
        self._upto(row, len(texts))[: len(texts)] = array("q", map(hash, texts))

    def _upto(self, row: int, columns: int) -> array[int]:
        """Return the marks of a row, at least so many."""
        marks = self._rows.get(row)
        if marks is None:
            marks = self._rows[row] = array("q")
        if columns > len(marks):
            marks.frombytes(bytes(8 * (columns - len(marks))))
        return marks

    def clear(self, first: tuple[int, int], last: tuple[int, int]) -> None:
        """Note that nothing is left in an area, both corners included."""
        for row in range(first[0], last[0] + 1):
            marks = self._rows.get(row, array("q"))
            for column in range(first[1], min(last[1] + 1, len(marks))):
                marks[column] = 0

    @property
    def tally(self) -> Tally:
        """The cells that hold a value."""
        tally = Tally()
        for row, marks in self._rows.items():
            tally.add(row, marks)
        return tally


def check_workbook(path: Path, expected: Sequence[tuple[str, Tally]]) -> None:
    """Make sure that a workbook holds the sheets, in order, with the values that were put into them, and no more.

    Raises
    ------
    InternalError
        It does not, or holds a part, a link or a formula that is none of ours.
    """
    # The other reader works beside Python, so both looks take the time of the longer one.
    with ThreadPoolExecutor(1) as pool:
        parts = pool.submit(check_parts, path, XLSX_PARTS)
        try:
            found = list(_read(path))
        except Exception as error:
            parts.result()
            raise _wrong("записанная книга не читается") from error
        parts.result()
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
            sheet = book.get_sheet_by_name(name)
            # Row by row it begins with the first row, yet with the first column that is filled.
            yield name, _tally(sheet.iter_rows(), sheet.start[1] if sheet.start else 0)


def _tally(rows: Iterable[Sequence[object]], first: int) -> Tally:
    tally, before = Tally(), [0] * first
    for row, cells in enumerate(rows):
        marks = [hash(value) if value.__class__ is str else _mark(value) for value in cells]
        tally.add(row, before + marks)
    return tally


def _mark(value: object) -> int:
    """Return a number for a value: 0 for a blank, as the hash of an empty text is, and for no other."""
    if value is None:
        return 0
    # No cell holds a text with this sign, so no text is taken for a number.
    return hash(value if isinstance(value, str) else f"\x00{_canonical(value)!r}")


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
