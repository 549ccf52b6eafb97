"""What a unit's workbook has besides the cells of its template: other sheets, hidden and merged places, live parts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from workbook_tools.grids import cell_name
from workbook_tools.reading.delimited import GUESSED
from workbook_tools.reading.headers import find_table
from workbook_tools.remarks import Place, Remark
from workbook_tools.text import compare_key, plural, stretches

if TYPE_CHECKING:
    from workbook_tools.grids import Book, Grid
    from workbook_tools.profile import Profile
    from workbook_tools.reading.headers import Table

_OF_THE_TEMPLATE = ("instruction", "title", "lists", "meta", "data", "unit_remarks")


def shape_remarks(book: Book, grid: Grid, table: Table, place: Place, profile: Profile, least: int) -> Iterator[Remark]:
    """Yield П-01 for what is hidden, merged or no value on the data sheet, for other filled sheets and for live parts.

    Parameters
    ----------
    least
        How many of the template's headers make a table.
    """
    yield from _hidden_remarks(grid, table, place, profile)
    yield from _merged_remarks(grid, table, place)
    for other in book.grids:
        yield from _aside_remarks(other, place)
        if other is not grid:
            yield from _other_sheet_remarks(book, other, grid, place, profile, least)
    if book.encoding == GUESSED:
        yield Remark("П-01", "guessed_letters", Place(place.unit, place.file), {})
    if book.notes:
        yield Remark("П-01", "live", Place(place.unit, place.file), {"v": ", ".join(book.notes)})


def _hidden_remarks(grid: Grid, table: Table, place: Place, profile: Profile) -> Iterator[Remark]:
    names = {column: name for name, column in table.columns.items()}
    rows = [row + 1 for row in grid.hidden_rows if row > table.header_row and any(map(str, grid.rows[row]))]
    columns = [profile.field[names[column]].header for column in grid.hidden_columns if column in names]
    found = [
        "сам лист" if grid.hidden else "",
        f"{'строки' if rows[1:] else 'строка'} {stretches(rows)}" if rows else "",
        f"{'графы' if columns[1:] else 'графа'} {', '.join(f'«{header}»' for header in columns)}" if columns else "",
        "включён отбор строк" if grid.filtered and rows else "",
    ]
    told = "; ".join(filter(None, found))
    if told:
        yield Remark("П-01", "hidden", place, {"sheet": grid.name, "v": told})


def _merged_remarks(grid: Grid, table: Table, place: Place) -> Iterator[Remark]:
    known = set(table.columns.values())
    for span in grid.merged:
        inside = known.intersection(range(span.first_column, span.last_column + 1))
        if span.first_row > table.header_row and inside and span.first_row < len(grid.rows):
            first = cell_name(span.first_row, span.first_column)
            area = f"{first}:{cell_name(span.last_row, span.last_column)}"
            at = Place(place.unit, place.file, place.sheet, first, span.first_row + 1)
            yield Remark("П-01", "merged", at, {"v": area})


def _aside_remarks(grid: Grid, place: Place) -> Iterator[Remark]:
    """Yield a remark for each text that stands on a sheet and is no value of a cell, or is one that was struck out."""
    for aside in grid.asides:
        at = Place(place.unit, place.file, grid.name, value=aside.shown)
        where = f"На листе «{grid.name}»"
        if aside.row is not None and aside.column is not None:
            at = replace(at, cell=cell_name(aside.row, aside.column), row=aside.row + 1)
            where = "В ячейке"
        message = "struck" if aside.is_read else "beside"
        yield Remark("П-01", message, at, {"where": where, "what": aside.what, "v": aside.shown})


def _other_sheet_remarks(
    book: Book, other: Grid, grid: Grid, place: Place, profile: Profile, least: int
) -> Iterator[Remark]:
    """Yield a remark for a sheet that is none of the template's and is filled: what stands on it is not read."""
    at = Place(place.unit, place.file, other.name)
    words = {"sheet": other.name, "v": grid.name}
    table = find_table(other, profile.headers("data"), least)
    if compare_key(other.name) == compare_key(grid.name):
        rows = _filled_rows(other, table) if table else len(other.filled)
        if rows:
            yield Remark("П-01", "same_name", at, _same_name(book, other, grid, rows))
        return
    if table is not None:
        rows = _filled_rows(other, table)
        if rows:
            counted = plural(rows, "строка", "строки", "строк")
            yield Remark("П-01", "other_table", at, {**words, "n": counted})
        return
    known = {compare_key(profile.sheets[key].name) for key in _OF_THE_TEMPLATE}
    if compare_key(other.name) in known:
        return
    labels = {compare_key(field.label) for field in profile.title_fields}
    texts = {text for cells in other.texts for text in cells if text}
    if texts and labels.isdisjoint(map(compare_key, texts)):
        yield Remark("П-01", "other_sheet", at, words)


def _same_name(book: Book, other: Grid, grid: Grid, rows: int) -> dict[str, str]:
    """Return the words that tell two sheets of one name apart: where they stand in the book."""
    sides = ("левее", "правее")
    first = next(item for item in book.grids if item is grid or item is other)
    read, left_out = sides if first is grid else sides[::-1]
    return {"sheet": other.name, "a": read, "b": left_out, "n": plural(rows, "строка", "строки", "строк")}


def _filled_rows(grid: Grid, table: Table) -> int:
    columns = [column for name, column in table.columns.items() if name != "number"]
    below = range(table.header_row + 1, len(grid.rows))
    return sum(any(map(str.strip, grid.texts_of(row, columns))) for row in below)
