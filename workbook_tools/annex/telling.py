"""What reading an annex had to decide, and what it left aside, as remarks with their places."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from workbook_tools.annex.cells import Cell
from workbook_tools.annex.headings import heading_of, heading_remarks
from workbook_tools.annex.tables import filled_cells
from workbook_tools.grids import FOOTNOTES, LINES_ABOVE, LINES_BELOW, NESTED_TABLE
from workbook_tools.remarks import Place, Remark
from workbook_tools.text import compare_key, tidy

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workbook_tools.annex.layout import Layout
    from workbook_tools.grids import Book, Grid
    from workbook_tools.profile import Profile

_TITLE = re.compile(r"\bперечень\b", re.IGNORECASE)
_MARK = re.compile(r"приложение(?:\s*№?\s*\d+)?", re.IGNORECASE)
_OTHER_BODY = re.compile(r"взаимодействия\s+(.+?)\s+в рамках", re.IGNORECASE)
_SHOWN_CELLS = 40
_LINES = (LINES_ABOVE, LINES_BELOW, FOOTNOTES)


def title_remarks(book: Book, layout: Layout, profile: Profile) -> Iterator[Remark]:
    """Yield П-21 when the title of the Перечень names another body (раздел I, п. 2), П-01 for other lines above."""
    lines = [(tidy(line), Place(file=book.file, value=line)) for line in book.before]
    lines += [(cell.text, cell.place()) for cell in layout.title]
    start = next((index for index, (line, _) in enumerate(lines) if _TITLE.search(line)), len(lines))
    for index, (line, place) in enumerate(lines):
        if index != start and not _MARK.fullmatch(line):
            yield Remark("П-01", "set_aside", place, {"v": line})
    title = tidy(" ".join(line for line, _ in lines[start:]))
    key = compare_key(title)
    if title and not any(compare_key(name) in key for name in (profile.body.genitive, profile.body.name)):
        other = _OTHER_BODY.search(title)
        words = {"v": other.group(1) if other else title, "body": profile.body.genitive}
        yield Remark("П-21", place=lines[start][1], words=words)


def layout_remarks(book: Book, layout: Layout, profile: Profile) -> Iterator[Remark]:
    """Yield what was decided on rows and cells, then what is no part of the table."""
    for decision in layout.told:
        unit = heading_of(decision.direction.typed, profile).unit if decision.direction else ""
        yield Remark(decision.rule, decision.message, decision.cell.place(unit), decision.words)
    read = {section.grid.name for section in layout.found.sections}
    for grid in book.grids:
        if grid.hidden and grid.name in read:
            yield Remark("П-01", "hidden_sheet", Place(file=book.file, sheet=grid.name), {"sheet": grid.name})
    yield from _aside_remarks(book, layout)
    for message, grids in (("foreign_table", layout.found.foreign), ("nested_table", layout.found.nested)):
        for grid in grids:
            inner = f"{grid.name.partition(f', {NESTED_TABLE}')[0]}, {NESTED_TABLE}"
            holds_read = any(name.startswith(inner) for name in read)
            yield _whole(book.file, grid, "outer_table" if holds_read else message)
    for grid in layout.found.lines:
        for cell in filled_cells(book.file, grid, range(len(grid.rows))):
            place = Place(file=book.file, sheet=grid.name, row=cell.row + 1, value=cell.typed)
            yield Remark("П-01", "set_aside", place, {"v": cell.text})


def _aside_remarks(book: Book, layout: Layout) -> Iterator[Remark]:
    """Yield what stands beside the texts of cells or is no plain text; that of a table in a cell only once."""
    read = {section.grid.name for section in layout.found.sections}
    nested = {grid.name for grid in layout.found.nested}
    for grid in book.grids:
        holds_read = any(name.startswith(f"{grid.name}, {NESTED_TABLE}") for name in read)
        for aside in () if grid.name in nested or (holds_read and grid.name not in read) else grid.asides:
            row = 0 if aside.row is None else aside.row + 1
            place, where = Place(file=book.file, sheet=grid.name, row=row, value=aside.shown), "Вне ячеек"
            if aside.row is not None and aside.column is not None and not grid.name.startswith(_LINES):
                place = Cell(book.file, grid.name, aside.row, aside.column, "", aside.shown).place()
                where = "В ячейке"
            words = {"where": where, "what": aside.what, "v": aside.shown}
            yield Remark("П-01", "marked" if aside.is_read else "left_out", place, words)


def _whole(file: str, grid: Grid, message: str) -> Remark:
    cells = list(islice(filled_cells(file, grid, range(len(grid.rows))), _SHOWN_CELLS))
    return Remark("П-01", message, cells[0].place(), {"v": "; ".join(cell.text for cell in cells)})


def row_remarks(layout: Layout, profile: Profile) -> Iterator[Remark]:
    """Yield what is to be said of the rows' headings, and П-02 for what a row neither has nor continues (п. 2.2)."""
    for cell in dict.fromkeys(row.cells["direction"] for row in layout.rows):
        if cell.text:
            yield from heading_remarks(cell, profile)
    headers = profile.headers("annex")
    unreadable = {decision.cell.spot for decision in layout.told if decision.message in {"error_cell", "formula"}}
    for row in layout.rows:
        unit = heading_of(row.cells["direction"].typed, profile).unit
        for name in ("direction", "process", "touchpoint", "needs", "kind"):
            cell = row.cells[name]
            if not cell.text and cell.spot not in unreadable:
                yield Remark("П-02", place=cell.place(unit), words={"col": headers[name]})
