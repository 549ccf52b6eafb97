"""Workbook file -> cells as found, with their addresses."""

from __future__ import annotations

import hashlib
import re
import warnings
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from openpyxl import load_workbook
from openpyxl.utils import column_index_from_string
from python_calamine import CalamineSheet, CalamineWorkbook, SheetVisibleEnum

from workbook_tools import limits
from workbook_tools.errors import InputError
from workbook_tools.grids import Book, Grid, Span, Trouble, cell_name
from workbook_tools.reading.guards import FileType, file_type

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_SUSPECT = re.compile(rb"""\st=["']e["']|<(?:\w+:)?f[\s/>]""")
# A sheet of 19 columns, A to S, is within the limit however long it is.
_WIDE = re.compile(rb'\sr="(?:[T-Z]|[A-Z]{2,3})\d+"')
_VALUED = re.compile(rb'<(?:\w+:)?c\s(?:[^>]*?\s)?r="([A-Z]{1,3})(\d+)"(?:[^>]*[^>/])?>(?!</)')
_ERROR, _FORMULA = "error", "formula"


def read_workbook(path: Path, name: str) -> Book:
    """Read every sheet of a workbook (.xlsx, .xlsm, .xlsb, .xls, .ods).

    Parameters
    ----------
    name
        The file as findings will name it.

    Raises
    ------
    InputError
        The file is no workbook, is protected or damaged; one Russian sentence without the file's name.
    """
    kind = file_type(path)
    if kind is FileType.DOCX:
        raise InputError("это документ Word, а не книга. Пришлите заполненный шаблон в формате .xlsx")
    try:
        doubtful = kind is FileType.XLSX and _inspected(path)
        grids = _grids(path)
        troubles = _troubles(path) if doubtful else {}
    except (KeyboardInterrupt, SystemExit, InputError, MemoryError):
        raise
    except BaseException as error:
        raise InputError(
            "книга повреждена и не читается. Откройте её, сохраните заново в формате .xlsx и пришлите ещё раз",
        ) from error
    marked = (replace(grid, troubles=tuple(troubles.get(grid.name, ()))) for grid in grids)
    return Book(name, file_sha256(path), tuple(marked))


def file_sha256(path: Path) -> str:
    """Return the SHA-256 of a file's content, hexadecimal."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _grids(path: Path) -> list[Grid]:
    with CalamineWorkbook.from_path(path) as book:
        return [
            _grid(book.get_sheet_by_index(index), hidden=meta.visible != SheetVisibleEnum.Visible)
            for index, meta in enumerate(book.sheets_metadata)
        ]


def _grid(sheet: CalamineSheet, *, hidden: bool) -> Grid:
    if sheet.total_height * sheet.total_width > limits.USED_BOX_CELLS:
        raise InputError(_too_far(f"значение на листе «{sheet.name}»"))
    rows = tuple(tuple(row) for row in sheet.to_python(skip_empty_area=False))
    merged = tuple(Span(*first, *last) for first, last in sheet.merged_cell_ranges or [])
    return Grid(sheet.name, rows, merged, hidden=hidden)


def _troubles(path: Path) -> dict[str, list[Trouble]]:
    """Return, by sheet, the cells that the fast reader shows as blank though something stands in them."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        values = load_workbook(path, data_only=True)
        formulas = load_workbook(path)
    found: dict[str, list[Trouble]] = {}
    for sheet in values.worksheets:
        found[sheet.title] = list(_sheet_troubles(sheet, formulas[sheet.title]))
    return found


def _sheet_troubles(values: Worksheet, formulas: Worksheet) -> Iterator[Trouble]:
    # Only cells that are there: the library's own iteration makes one at every place up to the farthest format.
    written_cells = formulas._cells  # noqa: SLF001
    for (row, column), cell in sorted(values._cells.items()):  # noqa: SLF001
        written = written_cells[row, column]
        trouble = _trouble(cell.data_type, cell.value, written.data_type, written.value)
        if trouble:
            yield Trouble(row - 1, column - 1, *trouble)


def _inspected(path: Path) -> bool:
    """Refuse sheets too wide for the fast reader; tell whether any has cells that it would show as blank."""
    doubtful = False
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            if name.startswith("xl/worksheets/") and name.endswith(".xml"):
                part = archive.read(name)
                _check_box(part)
                doubtful = doubtful or _SUSPECT.search(part) is not None
    return doubtful


def _check_box(part: bytes) -> None:
    """Refuse a sheet whose values span more cells than memory holds; formats without a value do not count."""
    if not _WIDE.search(part):
        return
    widest, deepest, far = 0, 0, (0, "")
    for match in _VALUED.finditer(part):
        column, row = column_index_from_string(match[1].decode()), int(match[2])
        widest, deepest = max(widest, column), max(deepest, row)
        far = max(far, (row * column, cell_name(row - 1, column - 1)))
    if widest * deepest > limits.USED_BOX_CELLS:
        raise InputError(_too_far(f"значение в ячейке {far[1]}"))


def _too_far(what: str) -> str:
    size = f"{limits.USED_BOX_CELLS // 1_000_000} млн ячеек"
    return f"{what} стоит далеко за таблицей: лист занимает больше {size}. Удалите его и пришлите файл ещё раз"


def _trouble(value_type: str, value: object, written_type: str, written: object) -> tuple[str, str] | None:
    if value_type == "e":
        return _ERROR, str(value)
    if written_type == "f" and value is None:
        return _FORMULA, str(getattr(written, "text", written))
    return None
