"""Workbook -> what a unit wrote beside the remarks of its returned copy."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook_tools.grids import cell_name
from workbook_tools.reading.headers import find_sheet, find_table
from workbook_tools.submissions import Answer
from workbook_tools.text import tidy

if TYPE_CHECKING:
    from workbook_tools.grids import Book
    from workbook_tools.profile import Profile

_LEAST_HEADERS = 5
_OF_A_REMARK = ("rule", "cell", "column", "message")


def read_answers(book: Book, profile: Profile) -> tuple[Answer, ...]:
    """Return the answers on the sheet of remarks, none where the workbook has no such sheet."""
    headers = profile.headers("unit_remarks")
    grid = find_sheet(book, profile.sheets["unit_remarks"].name, list(headers.values()), _LEAST_HEADERS)
    table = find_table(grid, headers, _LEAST_HEADERS) if grid else None
    if grid is None or table is None or "answer" not in table.columns:
        return ()
    # What looks like a formula is still what a person wrote.
    unread = {(trouble.row, trouble.column): trouble.shown for trouble in grid.troubles}
    found = []
    for row in range(table.header_row + 1, len(grid.rows)):
        texts = {name: tidy(grid.text(row, column)) for name, column in table.columns.items()}
        texts["answer"] = unread.get((row, table.columns["answer"])) or texts["answer"]
        if texts["answer"]:
            rule, place, header, message = (texts.get(name, "") for name in _OF_A_REMARK)
            at = cell_name(row, table.columns["answer"])
            found.append(Answer(rule, place, header, message, texts["answer"], grid.name, at))
    return tuple(found)
