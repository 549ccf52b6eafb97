"""Workbook -> the officer's decisions: the sheet «Решения» of a consolidated workbook."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook_tools.decisions import Decision
from workbook_tools.errors import InputError
from workbook_tools.reading.headers import find_sheet, find_table
from workbook_tools.text import tidy
from workbook_tools.titles import iso_date

if TYPE_CHECKING:
    from workbook_tools.grids import Book, Grid
    from workbook_tools.profile import Profile
    from workbook_tools.reading.headers import Table

_LEAST_HEADERS = 5
_WRITTEN = ("decision", "reason", "until")


def decisions_of(book: Book, profile: Profile) -> list[Decision]:
    """Return the decisions of a consolidated workbook: the lines in which the officer wrote something.

    Raises
    ------
    InputError
        It has no sheet with the columns of «Решения».
    """
    headers = profile.headers("decisions")
    name = profile.sheets["decisions"].name
    grid = find_sheet(book, name, list(headers.values()), _LEAST_HEADERS)
    table = find_table(grid, headers, _LEAST_HEADERS) if grid else None
    missing = [headers[key] for key in ("key", "decision") if table is None or key not in table.columns]
    if grid is None or table is None or missing:
        columns = ", ".join(f"«{header}»" for header in missing)
        raise InputError(f"в книге нет листа «{name}» с графами {columns}. Укажите сводную книгу с решениями")
    read = (_decision(grid, row, table, book.file, profile) for row in range(table.header_row + 1, len(grid.rows)))
    return [decision for decision in read if decision is not None]


def _decision(grid: Grid, row: int, table: Table, file: str, profile: Profile) -> Decision | None:
    texts = {name: tidy(grid.text(row, column)) for name, column in table.columns.items()}
    if not any(texts.get(name) for name in _WRITTEN):
        return None
    return Decision(
        key=texts.get("key", ""),
        verdict=texts.get("decision", ""),
        reason=texts.get("reason", ""),
        until=_day(grid, row, table, "until"),
        who=texts.get("who", ""),
        when=_day(grid, row, table, "when"),
        question=texts.get("question", ""),
        code=texts.get("code", ""),
        unit=profile.unit_code(texts.get("unit", "")),
        source=texts.get("source", ""),
        clause=texts.get("clause", ""),
        file=file,
        sheet=grid.name,
        row=row + 1,
    )


def _day(grid: Grid, row: int, table: Table, name: str) -> str:
    """Return a date as ISO, the text itself where it is no date."""
    column = table.columns.get(name)
    if column is None or column >= len(grid.rows[row]):
        return ""
    return iso_date(grid.rows[row][column]) or tidy(grid.text(row, column))
