"""Workbook file -> cells as found, with their addresses; a pure function that a process of its own may run."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from workbook_tools.errors import InputError
from workbook_tools.grids import Book, Grid, Trouble
from workbook_tools.reading import biff, opendocument
from workbook_tools.reading.archive import Archive
from workbook_tools.reading.delimited import read_delimited
from workbook_tools.reading.dense import dense_grids
from workbook_tools.reading.files import read_content
from workbook_tools.reading.guards import TEXT, FileType, type_of
from workbook_tools.reading.ole import OldFile
from workbook_tools.reading.ooxml import read_package
from workbook_tools.reading.parts import live_notes
from workbook_tools.reading.signs import number_troubles, sign_troubles

if TYPE_CHECKING:
    from workbook_tools.sources import Source

_TEXT_NAMES = {".csv", ".tsv", ".txt"}
_MACROS, _MACRO_STREAMS = "макросы", ("_VBA_PROJECT_CUR", "Macros")
_DAMAGED = "книга повреждена и не читается. Откройте её, сохраните заново в формате .xlsx и пришлите ещё раз"


def read_workbook(source: Source, name: str) -> Book:
    """Read every sheet of a workbook (.xlsx, .xlsm, .xlsb, .xls, .ods), or a table saved as text (.csv).

    Parameters
    ----------
    name
        The file as findings will name it.

    Raises
    ------
    InputError
        The file is no workbook, is protected or damaged; one Russian sentence without the file's name.
    OSError
        The file cannot be opened.
    """
    return book_of(name, read_content(source), source.suffix)


def book_of(name: str, content: bytes, ending: str) -> Book:
    """Return the workbook that a content is; `ending` is that of the file's name. Raises as `read_workbook` does."""
    try:
        return _book(name, content, ending.casefold())
    except (KeyboardInterrupt, SystemExit, InputError, MemoryError):
        raise
    except BaseException as error:
        raise InputError(_DAMAGED) from error


def _book(name: str, content: bytes, ending: str) -> Book:
    kind, sha256 = type_of(content), hashlib.sha256(content).hexdigest()
    if kind is FileType.DOCX:
        raise InputError("это документ Word, а не книга. Пришлите заполненный шаблон в формате .xlsx")
    if kind is FileType.CSV:
        if ending not in _TEXT_NAMES:
            raise InputError(TEXT)
        texts, encoding = read_delimited(content)
        grids = [_with_troubles(grid, (), has_days=False) for grid in texts]
        return Book(name, sha256, tuple(map(_blanked, grids)), encoding=encoding)
    grids, notes = _read(content, kind)
    return Book(name, sha256, tuple(map(_blanked, grids)), notes=notes)


def _read(content: bytes, kind: FileType) -> tuple[list[Grid], tuple[str, ...]]:
    """Return the sheets and what else the file holds; the reader of a further format is named here."""
    if kind is FileType.XLS:
        file = OldFile(content)
        notes = (_MACROS,) if any(name.startswith(_MACRO_STREAMS) for name in file.streams) else ()
        return _dense(content, biff.error_cells(file.workbook), has_days=True), notes
    archive = Archive(content)
    archive.check_markup()
    if kind is FileType.XLSX:
        return read_package(archive, content)
    if kind is FileType.ODS:
        # Here a time of day is a value of its own; elsewhere it is a day before the first.
        errors = opendocument.error_cells(archive.read("content.xml"))
        return _dense(content, errors, has_days=False), live_notes(archive)
    return _dense(content, {}, has_days=True), live_notes(archive)


def _dense(content: bytes, errors: Mapping[str, tuple[Trouble, ...]], *, has_days: bool) -> list[Grid]:
    """Return the sheets of the fast reader with the errors, which it shows as blank, put to them by name."""
    return [_with_troubles(grid, errors.get(grid.name, ()), has_days=has_days) for grid in dense_grids(content)]


def _with_troubles(grid: Grid, errors: tuple[Trouble, ...], *, has_days: bool) -> Grid:
    numbers = number_troubles(grid.rows, has_days=has_days)
    return replace(grid, troubles=(*errors, *numbers, *sign_troubles(grid.rows)))


def _blanked(grid: Grid) -> Grid:
    """Return a sheet with every cell that is not certain blank, and told in the order of the places."""
    if not grid.troubles:
        return grid
    rows = list(map(list, grid.rows))
    for trouble in grid.troubles:
        # An error beyond the last value stands outside what was read.
        if trouble.row < len(rows) and trouble.column < len(rows[trouble.row]):
            rows[trouble.row][trouble.column] = ""
    in_order = sorted(grid.troubles, key=lambda trouble: (trouble.row, trouble.column))
    return replace(grid, rows=tuple(map(tuple, rows)), troubles=tuple(in_order))
