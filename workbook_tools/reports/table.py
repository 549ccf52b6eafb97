"""A data sheet: title, one header, one record a row; freeze, filter, print set-up on every one."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from workbook_tools.errors import OutputError
from workbook_tools.limits import CELL_CHARACTERS, SHEET_ROWS
from workbook_tools.reports.page import NOTHING
from workbook_tools.xlsx.book import place_on
from workbook_tools.xlsx.measure import fitting_width, row_height
from workbook_tools.xlsx.printing import set_up_page
from workbook_tools.xlsx.style import CELL, DATE, HEADER, LINK, NOTE, NUMBER, TITLE, Properties

if TYPE_CHECKING:
    from workbook_tools.profile import Profile
    from workbook_tools.xlsx.book import Value, XlsxSheet

SIZE = 10

Cells = Mapping[str, "Value"]


@dataclass(frozen=True)
class TableText:
    """What stands above a table (a note may have several lines), and what is said where it has no rows."""

    title: str
    note: str = ""
    empty: str = "Записей нет."


class Columns(NamedTuple):
    """A table's columns: their names and their widths in characters."""

    names: list[str]
    widths: list[float]


def write_table(
    sheet: XlsxSheet,
    key: str,
    rows: Sequence[Cells],
    profile: Profile,
    text: TableText | None = None,
    styles: Sequence[Properties] | None = None,
    *,
    repeated: bool = True,
    columns: Columns | None = None,
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
    columns
        Its columns, where more rows will be appended below; otherwise as wide as its own rows need.

    Returns
    -------
    int
        The zero-based row of the header.
    """
    header = _write_top(sheet, text)
    columns = columns or columns_for(key, rows, profile)
    titles = list(profile.headers(key).values())
    sheet.header(header, titles, columns.widths)
    _link_back(sheet, header, titles[0], profile, above=text is not None)
    sheet.raw.set_row(header, row_height(titles, columns.widths, SIZE, least=2))
    append_rows(sheet, header + 1, columns, rows, styles)
    if not rows and text:
        sheet.put(header + 1, 0, text.empty, NOTE | {"text_wrap": False})
    if repeated:
        sheet.raw.repeat_rows(header)
    _finish(sheet, header, len(rows), columns.widths)
    return header


def _link_back(sheet: XlsxSheet, header: int, title: str, profile: Profile, *, above: bool) -> None:
    """Write the link to «Сводка» above the header; where nothing stands above, the first header is the link."""
    summary = profile.sheets["summary"].name
    place, words = place_on(summary), f"К листу «{summary}»"
    if above:
        sheet.put_link(header - 1, 0, place, words, LINK | {"font_size": 9})
    else:
        sheet.put_link(header, 0, place, title, HEADER | LINK, words)


def columns_for(key: str, rows: Sequence[Cells], profile: Profile) -> Columns:
    """Return a table's columns, each as wide as the profile says, or as its longest text needs to be seen whole."""
    columns = profile.sheets[key].columns
    texts = ((_shown(row.get(column.name, "")) for row in rows) for column in columns)
    widths = [fitting_width(own, column.width, SIZE) for own, column in zip(texts, columns, strict=True)]
    return Columns([column.name for column in columns], widths)


def append_rows(
    sheet: XlsxSheet,
    first: int,
    columns: Columns,
    rows: Sequence[Cells],
    styles: Sequence[Properties] | None = None,
) -> None:
    """Write rows in a table's columns from a row of the sheet on; parameters as for write_table.

    Raises
    ------
    OutputError
        There are more rows than a sheet holds: none is ever left out.
    """
    refuse_more_rows(sheet, first + len(rows), len(rows))
    for at, row in enumerate(rows, first):
        values = [row.get(name, "") for name in columns.names]
        _write_row(sheet, at, values, styles[at - first] if styles else {})
        sheet.raw.set_row(at, row_height([_shown(value) for value in values], columns.widths, SIZE))


def refuse_more_rows(sheet: XlsxSheet, needed: int, shown: int = 0) -> None:
    """Refuse what a sheet does not hold.

    Parameters
    ----------
    needed
        How many rows of the sheet would be used.
    shown
        How many of them are named as too many, where it is not all.

    Raises
    ------
    OutputError
        There are more rows than a sheet holds.
    """
    if needed > SHEET_ROWS:
        raise OutputError(
            f"лист «{sheet.name}»: строк {shown or needed}, а лист книги вмещает {SHEET_ROWS}. Ничего не записано. "
            "Разделите Перечень по видам деятельности: каждому виду – свой профиль и своя книга."
        )


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
    if value == NOTHING:
        # Nothing to count stands where the number would.
        return NUMBER
    if isinstance(value, str) or value is None:
        return CELL
    return NUMBER if isinstance(value, int | float) else DATE


def _shown(value: Value) -> str:
    return "" if value is None else str(value)


def _finish(sheet: XlsxSheet, header: int, count: int, widths: Sequence[float]) -> None:
    sheet.raw.freeze_panes(header + 1, 0)
    if count:
        sheet.raw.autofilter(header, 0, header + count, len(widths) - 1)
    sheet.raw.hide_gridlines(2)
    set_up_page(sheet, widths)


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
