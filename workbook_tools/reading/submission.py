"""Workbook -> a unit's submission: sheets by name or header, headers by text, values with their cells."""

from __future__ import annotations

import contextlib
import hashlib
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from workbook_tools.errors import InputError
from workbook_tools.grids import Book, Grid, cell_name
from workbook_tools.placing.disk import file_sha256
from workbook_tools.reading.answers import read_answers
from workbook_tools.reading.files import NOT_OPENED, read_content
from workbook_tools.reading.headers import find_sheet, find_table
from workbook_tools.reading.rows import data_rows, set_aside
from workbook_tools.reading.shape import shape_remarks
from workbook_tools.reading.shown import of_title, shown_otherwise
from workbook_tools.reading.workbook import book_of
from workbook_tools.remarks import Place, Remark
from workbook_tools.submissions import Submission, TitleValue
from workbook_tools.suggestions import nearest, of_names
from workbook_tools.text import compare_key, tidy

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from workbook_tools.profile import Profile
    from workbook_tools.reading.headers import Table
    from workbook_tools.sources import Source

_LEAST_HEADERS = 7
_LEAST_LABELS = 5
# A book of these sheets is a profile, whatever it is called.
PROFILE_SHEETS = ("Нормы", "Правила", "Листы", "Графы")
_NOT_A_UNITS = "это {}, а не файл подразделения. Уберите {} из папки с файлами"
_VOLUME = _NOT_A_UNITS.format("том Перечня, записанный программой", "его")
_EDITION = _NOT_A_UNITS.format("сводная книга Перечня", "её")
_PROFILE = _NOT_A_UNITS.format("профиль органа", "его")


def read_submission(source: Source, name: str, profile: Profile) -> Submission:
    """Read a unit's file; a file that cannot be read comes back with its reason, never as an exception.

    Parameters
    ----------
    name
        The file as findings will name it.
    """
    try:
        content = read_content(source)
    except InputError as error:
        return not_read(source, name, str(error))
    except OSError:
        return not_read(source, name, NOT_OPENED)
    try:
        return submission_of(book_of(name, content, source.suffix), profile)
    except InputError as error:
        return _unread(name, hashlib.sha256(content).hexdigest(), str(error))


def not_read(source: Source, name: str, why: str) -> Submission:
    """Return what stands for a file that could not be read (П-01), with the reason as a Russian sentence."""
    sha256 = ""
    # What is no regular file may never come to an end, what is at an address may not come again.
    if isinstance(source, Path):
        with contextlib.suppress(OSError):
            sha256 = file_sha256(source) if source.is_file() and not source.is_symlink() else ""
    return _unread(name, sha256, why)


def _unread(name: str, sha256: str, why: str) -> Submission:
    remark = Remark("П-01", "unreadable", Place(file=name), {"why": why})
    return Submission(name, sha256, unreadable=why, remarks=(remark,))


def submission_of(book: Book, profile: Profile) -> Submission:
    """Interpret a workbook as a unit's submission.

    Returns
    -------
    Submission
        With remarks П-01 for missing, repeated and foreign columns and sheets, П-02 for unreadable cells.

    Raises
    ------
    InputError
        It is a book of the program's own that no unit fills in.
    """
    _refuse_own(book, profile)
    headers = profile.headers("data")
    grid = find_sheet(book, profile.sheets["data"].name, list(headers.values()), _LEAST_HEADERS)
    table = find_table(grid, headers, _LEAST_HEADERS) if grid else None
    title_sheet, title = _title(book, profile)
    meta = _meta(book, profile) or ({} if title else _of_name(book.file, profile))
    unit = (title["unit"].text if "unit" in title else "") or meta.get("unit", "")
    if grid is None or table is None:
        remark = _no_sheet(book, profile.sheets["data"].name, unit, profile)
        return Submission(book.file, book.sha256, title_sheet=title_sheet, title=title, meta=meta, remarks=(remark,))
    place = Place(unit=unit, file=book.file, sheet=grid.name)
    aside = set_aside(grid, table, headers)
    return Submission(
        file=book.file,
        sha256=book.sha256,
        sheet=grid.name,
        title_sheet=title_sheet,
        title=title,
        meta=meta,
        columns=table.columns,
        rows=data_rows(grid, table, frozenset(item.row for item in aside), frozenset(headers)),
        filled=len(grid.filled),
        aside=aside,
        remarks=(
            *_title_remarks(book, title_sheet, title, place, profile),
            *_header_remarks(table, place, profile),
            *_trouble_remarks(grid, table, place, profile),
            *_shown_remarks(grid, table, place, profile),
            *_stray_remarks(grid, table, place),
            *shape_remarks(book, grid, table, place, profile, _LEAST_HEADERS),
        ),
        answers=read_answers(book, profile),
    )


def _refuse_own(book: Book, profile: Profile) -> None:
    """Refuse a book that somebody who looks for units' files puts beside them by mistake: no other sentence helps."""
    names = {compare_key(grid.name) for grid in book.grids}
    register, meta, data = (compare_key(profile.sheets[name].name) for name in ("register", "meta", "data"))
    if "volume" in _meta(book, profile):
        raise InputError(_VOLUME)
    if {register, meta} <= names and data not in names:
        raise InputError(_EDITION)
    if names.issuperset(map(compare_key, PROFILE_SHEETS)):
        raise InputError(_PROFILE)


def _title(book: Book, profile: Profile) -> tuple[str, dict[str, TitleValue]]:
    """Return the title sheet's name and its values; a label's value stands in the next column."""
    labels = {compare_key(field.label): field.name for field in profile.title_fields}
    grid = find_sheet(
        book, profile.sheets["title"].name, [field.label for field in profile.title_fields], _LEAST_LABELS
    )
    if grid is None:
        return "", {}
    troubled = {(trouble.row, trouble.column) for trouble in grid.troubles}
    values: dict[str, TitleValue] = {}
    for row, cells in enumerate(grid.rows):
        for column, _ in enumerate(cells):
            name = labels.get(compare_key(grid.text(row, column)))
            if name and name not in values:
                found = cells[column + 1] if column + 1 < len(cells) else ""
                text = tidy(grid.text(row, column + 1))
                at = (row, column + 1)
                values[name] = TitleValue(found, text, cell_name(*at), unreadable=at in troubled)
    return grid.name, values


def _of_name(file: str, profile: Profile) -> dict[str, str]:
    """Return the mark of the unit that the name of a template's file tells: what has no title still has an author."""
    before, _, after = profile.template.file_name.partition("{unit}")
    name = file.rpartition("/")[2]
    end = after.partition("{")[0]
    code = next((unit.code for unit in profile.units if name.startswith(f"{before}{unit.code}{end}")), "")
    return {"unit": code} if code else {}


def _meta(book: Book, profile: Profile) -> dict[str, str]:
    name = compare_key(profile.sheets["meta"].name)
    grid = next((grid for grid in book.grids if compare_key(grid.name) == name), None)
    if grid is None:
        return {}
    return {name: grid.text(row, 1) for row in range(len(grid.rows)) if (name := grid.text(row, 0))}


def _no_sheet(book: Book, name: str, unit: str, profile: Profile) -> Remark:
    """Return П-01 for a sheet that is not there; one with a name near to it was probably meant."""
    others = [grid.name for grid in book.grids if compare_key(grid.name) != compare_key(name)]
    near = nearest(name, of_names(others), profile.limits.suggestion)
    return Remark("П-01", "no_sheet", Place(unit=unit, file=book.file), {"col": name}, near)


def _title_remarks(
    book: Book, sheet: str, title: dict[str, TitleValue], place: Place, profile: Profile
) -> Iterator[Remark]:
    if not sheet and book.encoding:
        yield Remark("П-01", "no_title_text", Place(unit=place.unit, file=place.file), {})
        return
    if not sheet:
        yield _no_sheet(book, profile.sheets["title"].name, place.unit, profile)
        return
    grid = next(grid for grid in book.grids if grid.name == sheet)
    known = {compare_key(field.label) for field in profile.title_fields}
    texts = {tidy(grid.text(row, 1)) for row in range(len(grid.rows))}
    strange = of_names(sorted(text for text in texts if text and compare_key(text) not in known))
    for field in profile.title_fields:
        if field.name not in title:
            at = Place(unit=place.unit, file=place.file, sheet=sheet, column=field.name)
            near = nearest(field.label, strange, profile.limits.suggestion)
            yield Remark("П-01", "no_title", at, {"sheet": sheet, "col": field.label}, near)
    yield from _title_cell_remarks(grid, title, place, profile)


def _title_cell_remarks(grid: Grid, title: dict[str, TitleValue], place: Place, profile: Profile) -> Iterator[Remark]:
    """Yield a remark for each value of the title sheet that could not be read, or is seen otherwise than it is read."""
    troubles = {cell_name(trouble.row, trouble.column): trouble for trouble in grid.troubles}
    others = {cell_name(item.row, item.column): item for item in of_title(grid)}
    for field in profile.title_fields:
        cell = title[field.name].cell if field.name in title else ""
        at = Place(place.unit, place.file, grid.name, cell, column=field.name)
        if trouble := troubles.get(cell):
            words = {"col": field.label, "v": trouble.shown}
            yield Remark("П-02", trouble.kind, replace(at, value=trouble.shown), words)
        if item := others.get(cell):
            words = {"col": field.label, "v": item.read, "b": item.other}
            yield Remark("П-02", item.kind, replace(at, value=item.read), words)


def _header_remarks(table: Table, place: Place, profile: Profile) -> Iterator[Remark]:
    missing = {name: header for name, header in profile.headers("data").items() if name not in table.columns}
    renamed = _renamed(table, missing, profile)
    for name, header in missing.items():
        column, typed = renamed.get(name, (None, ""))
        at = _at(place, table.header_row, column, name, typed)
        yield Remark("П-01", "main", at, {"col": header}, typed)
    for column, header in table.twice:
        yield Remark("П-01", "twice_column", _at(place, table.header_row, column, ""), {"col": header})
    for column, header in table.extra:
        if (column, header) not in renamed.values():
            yield Remark("П-01", "extra_column", _at(place, table.header_row, column, "", header), {"col": header})


def _renamed(table: Table, missing: Mapping[str, str], profile: Profile) -> dict[str, tuple[int, str]]:
    """Return for each missing column the strange header that was probably meant for it: one cause, one remark."""
    found: dict[str, tuple[int, str]] = {}
    for column, typed in table.extra:
        header = nearest(typed, of_names(missing.values()), profile.limits.suggestion)
        name = next((name for name, wanted in missing.items() if wanted == header), "")
        if name:
            found.setdefault(name, (column, typed))
    return found


def _trouble_remarks(grid: Grid, table: Table, place: Place, profile: Profile) -> Iterator[Remark]:
    names = {column: name for name, column in table.columns.items()}
    told = {column for column, _ in (*table.twice, *table.extra)}
    for trouble in grid.troubles:
        name = names.get(trouble.column, "")
        at = _at(place, trouble.row, trouble.column, name, trouble.shown)
        if trouble.row > table.header_row and name:
            yield Remark("П-02", trouble.kind, at, {"col": profile.field[name].header, "v": trouble.shown})
        elif trouble.row > table.header_row and trouble.column not in told:
            yield Remark("П-02", "stray", at, {"v": trouble.shown})


def _shown_remarks(grid: Grid, table: Table, place: Place, profile: Profile) -> Iterator[Remark]:
    """Yield a remark for each cell of which something else is seen than is read; the ordinal number is no matter."""
    names = {column: name for name, column in table.columns.items() if name != "number"}
    for item in shown_otherwise(grid, names):
        if item.row > table.header_row:
            at = _at(place, item.row, item.column, names[item.column], item.read)
            words = {"col": profile.field[names[item.column]].header, "v": item.read, "b": item.other}
            yield Remark("П-02", item.kind, at, words)


def _stray_remarks(grid: Grid, table: Table, place: Place) -> Iterator[Remark]:
    """Yield a remark for each filled cell of the table that stands under no header."""
    known = {*table.columns.values(), *(column for column, _ in table.twice), *(column for column, _ in table.extra)}
    strange = [column for column in range(max(map(len, grid.rows), default=0)) if column not in known]
    for row in range(table.header_row + 1, len(grid.rows)) if strange else ():
        for column, text in zip(strange, grid.texts_of(row, strange), strict=True):
            if text.strip():
                yield Remark("П-02", "stray", _at(place, row, column, "", text), {"v": text})


def _at(place: Place, row: int, column: int | None, name: str, value: str = "") -> Place:
    cell = "" if column is None else cell_name(row, column)
    return Place(place.unit, place.file, place.sheet, cell, row + 1, name, value)
