"""A data sheet: title, one header, one record a row; freeze, filter, print set-up on every one."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from workbook_tools.errors import OutputError
from workbook_tools.limits import CELL_CHARACTERS, SHEET_ROWS
from workbook_tools.xlsx.measure import row_height
from workbook_tools.xlsx.style import CELL, DATE, LINK, NOTE, NUMBER, TITLE, Properties

if TYPE_CHECKING:
    from workbook_tools.profile import Profile
    from workbook_tools.xlsx.book import Value, XlsxSheet

SIZE = 10
PAPER_A4 = 9

Cells = Mapping[str, "Value"]


@dataclass(frozen=True)
class TableText:
    """What stands above a table (a note may have several lines), and what is said where it has no rows."""

    title: str
    note: str = ""
    empty: str = "Записей нет."


def write_table(
    sheet: XlsxSheet,
    key: str,
    rows: Sequence[Cells],
    profile: Profile,
    text: TableText | None = None,
    styles: Sequence[Properties] | None = None,
    *,
    repeated: bool = True,
) -> int:
    """Write a data sheet.

    Parameters
    ----------
    key
        The sheet's key in the profile: its columns, headers and widths.
    rows
        For each row its values by column name.
    text
        Title and note above; without it the header stands in the first row.
    styles
        For each row what differs from the common style.
    repeated
        Whether the header stands on every printed page: not where another table follows below.

    Returns
    -------
    int
        The zero-based row of the header.
    """
    header = _write_top(sheet, text)
    if text:
        summary = profile.sheets["summary"].name
        sheet.put_link(header - 1, 0, f"'{summary}'!A1", f"К листу «{summary}»", LINK | {"font_size": 9})
    columns = profile.sheets[key].columns
    titles, widths = list(profile.headers(key).values()), [column.width for column in columns]
    sheet.header(header, titles, widths)
    sheet.raw.set_row(header, row_height(titles, widths, SIZE, least=2))
    append_rows(sheet, header + 1, key, rows, profile, styles)
    if not rows and text:
        sheet.put(header + 1, 0, text.empty, NOTE | {"text_wrap": False})
    if repeated:
        sheet.raw.repeat_rows(header)
    _finish(sheet, header, len(rows), len(columns))
    return header


def append_rows(
    sheet: XlsxSheet,
    first: int,
    key: str,
    rows: Sequence[Cells],
    profile: Profile,
    styles: Sequence[Properties] | None = None,
) -> None:
    """Write rows in a table's columns from a row of the sheet on; parameters as for write_table.

    Raises
    ------
    OutputError
        There are more rows than a sheet holds: none is ever left out.
    """
    if first + len(rows) > SHEET_ROWS:
        raise OutputError(
            f"лист «{sheet.name}»: строк {len(rows)}, а лист книги вмещает {SHEET_ROWS}. Ничего не записано. "
            "Разделите Перечень по видам деятельности: каждому виду – свой профиль и своя книга."
        )
    columns = profile.sheets[key].columns
    names, widths = [column.name for column in columns], [column.width for column in columns]
    for offset, row in enumerate(rows):
        extra = styles[offset] if styles else {}
        _write_row(sheet, first + offset, [row.get(name, "") for name in names], extra)
        sheet.raw.set_row(first + offset, row_height([_shown(row.get(name, "")) for name in names], widths, SIZE))


def _write_top(sheet: XlsxSheet, text: TableText | None) -> int:
    if text is None:
        return 0
    sheet.put(0, 0, text.title, TITLE)
    sheet.raw.set_row(0, 28)
    lines = text.note.split("\n")
    for row, line in enumerate(lines, 1):
        sheet.put(row, 0, line, NOTE | {"text_wrap": False})
    return len(lines) + 2


def _write_row(sheet: XlsxSheet, at: int, values: list[Value], extra: Properties) -> None:
    for column, value in enumerate(values):
        sheet.put(at, column, value, _style(value) | extra)


def _style(value: Value) -> Properties:
    if isinstance(value, str) or value is None:
        return CELL
    return NUMBER if isinstance(value, int | float) else DATE


def _shown(value: Value) -> str:
    return "" if value is None else str(value)


def _finish(sheet: XlsxSheet, header: int, count: int, width: int) -> None:
    sheet.raw.freeze_panes(header + 1, 0)
    if count:
        sheet.raw.autofilter(header, 0, header + count, width - 1)
    sheet.raw.hide_gridlines(2)
    set_up_page(sheet)


def set_up_page(sheet: XlsxSheet) -> None:
    """Set a data sheet to print on A4 landscape, one page wide, pages numbered."""
    sheet.raw.set_landscape()
    sheet.raw.set_paper(PAPER_A4)
    sheet.raw.fit_to_pages(1, 0)
    sheet.raw.set_margins(left=0.5, right=0.4, top=0.6, bottom=0.6)
    sheet.raw.set_footer("&L&A&R&P из &N")


def fitting(text: str) -> str:
    """Return a sentence that a cell can hold; of a longer one the beginning, and where the whole is to be found."""
    if len(text) <= CELL_CHARACTERS:
        return text
    rest = "… Текст длиннее, чем помещается в ячейку: полностью он стоит в графах «Было» и «Стало» и в самой записи."
    return text[: CELL_CHARACTERS - len(rest)] + rest


def as_date(iso: str) -> datetime.date | str:
    """Return an ISO date as a date for a cell; other text stays as it is."""
    try:
        return datetime.date.fromisoformat(iso)
    except ValueError:
        return iso
