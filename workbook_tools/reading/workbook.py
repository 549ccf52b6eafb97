"""Workbook file -> cells as found, with their addresses; a pure function that a process of its own may run."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from workbook_tools.errors import SAVE_AGAIN, InputError, WrongKindError
from workbook_tools.grids import Book, Grid
from workbook_tools.reading import biff, opendocument
from workbook_tools.reading.archive import Archive
from workbook_tools.reading.binary import BinaryBook
from workbook_tools.reading.delimited import read_delimited
from workbook_tools.reading.dense import dense_grids
from workbook_tools.reading.files import read_content
from workbook_tools.reading.found import Found
from workbook_tools.reading.guards import TEXT, FileType, type_of
from workbook_tools.reading.masks import READ_AS_SHOWN, shown_cells
from workbook_tools.reading.ole import OldFile
from workbook_tools.reading.ooxml import read_package
from workbook_tools.reading.parts import live_notes
from workbook_tools.reading.signs import number_troubles, sign_troubles

if TYPE_CHECKING:
    from workbook_tools.sources import Source

_TEXT_NAMES = {".csv", ".tsv", ".txt"}
_MACROS, _MACRO_STREAMS = "макросы", ("_VBA_PROJECT_CUR", "Macros")
_DAMAGED = "книга повреждена и не читается. Откройте её, сохраните заново в формате .xlsx и пришлите ещё раз"


def read_workbook(source: Source, name: str, wanted: frozenset[str] = frozenset()) -> Book:
    """Read every sheet of a workbook (.xlsx, .xlsm, .xlsb, .xls, .ods), or a table saved as text (.csv).

    Parameters
    ----------
    name
        The file as findings will name it.
    wanted
        The names of the sheets that are needed: of an .xlsx that has one of them the others may be left unread.

    Raises
    ------
    InputError
        The file is no workbook, is protected or damaged; one Russian sentence without the file's name.
    OSError
        The file cannot be opened.
    """
    return book_of(name, read_content(source), source.suffix, wanted)


def book_of(name: str, content: bytes, ending: str, wanted: frozenset[str] = frozenset()) -> Book:
    """Return the workbook that a content is; `ending` is that of the file's name, the rest as of `read_workbook`."""
    try:
        return _book(name, content, ending.casefold(), wanted)
    except (KeyboardInterrupt, SystemExit, InputError, MemoryError):
        raise
    except BaseException as error:
        raise InputError(_DAMAGED) from error


def _book(name: str, content: bytes, ending: str, wanted: frozenset[str]) -> Book:
    kind, sha256 = type_of(content), hashlib.sha256(content).hexdigest()
    if kind is FileType.DOCX:
        raise InputError("это документ Word, а не книга. Пришлите заполненный шаблон в формате .xlsx")
    if kind is FileType.CSV:
        if ending not in _TEXT_NAMES:
            raise WrongKindError(TEXT, SAVE_AGAIN)
        texts, encoding = read_delimited(content)
        grids = [_with_found(grid, Found(), has_days=False) for grid in texts]
        return Book(name, sha256, tuple(map(_as_shown, grids)), encoding=encoding)
    grids, notes = _read(content, kind, wanted)
    return Book(name, sha256, tuple(map(_as_shown, grids)), notes=notes)


def _read(content: bytes, kind: FileType, wanted: frozenset[str]) -> tuple[list[Grid], tuple[str, ...]]:
    """Return the sheets and what else the file holds; the reader of a further format is named here."""
    if kind is FileType.XLS:
        file = OldFile(content)
        notes = (_MACROS,) if any(name.startswith(_MACRO_STREAMS) for name in file.streams) else ()
        return _dense(content, biff.look_through(file.workbook), has_days=True), notes
    archive = Archive(content)
    archive.check_markup()
    if kind is FileType.XLSX:
        return read_package(archive, content, wanted)
    if kind is FileType.ODS:
        sheets = opendocument.read_sheets(archive.read("content.xml"), _styles(archive))
        # Here a time of day is a value of its own; elsewhere it is a day before the first.
        grids = [_with_found(item, Found(item.troubles, shown=item.shown), has_days=False) for item in sheets]
        return grids, live_notes(archive)
    binary = BinaryBook(archive)
    grids = _dense(content, binary.found, has_days=True)
    return [binary.with_lost_cells(grid) for grid in grids], live_notes(archive)


def _styles(archive: Archive) -> bytes:
    return archive.read("styles.xml") if "styles.xml" in archive else b""


def _dense(content: bytes, found: Mapping[str, Found], *, has_days: bool) -> list[Grid]:
    """Return the sheets of the fast reader with what it does not tell, put to them by name."""
    return [_with_found(grid, found.get(grid.name, Found()), has_days=has_days) for grid in dense_grids(content)]


def _with_found(grid: Grid, found: Found, *, has_days: bool) -> Grid:
    numbers = number_troubles(grid.rows, has_days=has_days)
    troubles = (*found.troubles, *numbers, *sign_troubles(grid.rows))
    return replace(grid, troubles=troubles, shown=(*found.shown, *shown_cells(grid.rows, found.codes)))


def _as_shown(grid: Grid) -> Grid:
    """Return a sheet with every cell that is not certain blank, and with what is shown where that is read."""
    if not grid.troubles and not grid.shown:
        return grid
    rows = list(map(list, grid.rows))
    put = {(item.row, item.column): item.read for item in grid.shown if item.kind == READ_AS_SHOWN}
    put |= {(trouble.row, trouble.column): "" for trouble in grid.troubles}
    for (row, column), text in put.items():
        # An error beyond the last value stands outside what was read.
        if row < len(rows) and column < len(rows[row]):
            rows[row][column] = text
    untold = {(trouble.row, trouble.column) for trouble in grid.troubles}
    return replace(
        grid,
        rows=tuple(map(tuple, rows)),
        troubles=tuple(sorted(grid.troubles, key=lambda trouble: (trouble.row, trouble.column))),
        shown=tuple(item for item in grid.shown if (item.row, item.column) not in untold),
    )
