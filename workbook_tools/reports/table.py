"""A data sheet: title, one header, one record a row; freeze, filter, print set-up on every one."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, repeat
from typing import TYPE_CHECKING, TypeGuard

from workbook_tools.errors import OutputError
from workbook_tools.limits import CELL_CHARACTERS, SHEET_ROWS
from workbook_tools.reports.page import NOTHING
from workbook_tools.xlsx.book import place_on
from workbook_tools.xlsx.measure import Heights, fitting_width, row_height
from workbook_tools.xlsx.paging import TITLE_HEIGHT
from workbook_tools.xlsx.printing import set_up_page
from workbook_tools.xlsx.style import CELL, DATE, HEADER, LINK, NOTE, NUMBER, TITLE, Properties

if TYPE_CHECKING:
    from xlsxwriter.format import Format

    from workbook_tools.profile import Profile
    from workbook_tools.xlsx.book import Value, XlsxBook, XlsxSheet

SIZE = 10

Cells = Mapping[str, "Value"]
Line = Sequence["Value"]


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
) -> int:
    """Write a data sheet; parameters as for write_lines, but for each row its values by column name."""
    return write_lines(sheet, key, lines_of(key, rows, profile), profile, text)


def lines_of(key: str, rows: Iterable[Cells], profile: Profile) -> list[Line]:
    """Return rows by column name as the lines of a sheet."""
    names = [column.name for column in profile.sheets[key].columns]
    return [[row.get(name, "") for name in names] for row in rows]


def write_lines(
    sheet: XlsxSheet,
    key: str,
    lines: Sequence[Line],
    profile: Profile,
    text: TableText | None = None,
    styles: Sequence[Properties] | None = None,
    *,
    repeated: bool = True,
    widths: Sequence[float] | None = None,
) -> int:
    """Write a data sheet.

    Parameters
    ----------
    key
        The sheet's key in the profile: its columns, headers and widths.
    lines
        For each row its values in the order of the columns.
    text
        Title and note above; without it the header stands in the first row.
    styles
        For each row what differs from the common style.
    repeated
        Whether the header stands on every printed page: not where another table follows below.
    widths
        The widths of its columns, where more rows will be appended below; otherwise as wide as its own rows need.

    Returns
    -------
    int
        The zero-based row of the header.
    """
    header = _write_top(sheet, text)
    widths = widths or fitting_widths(key, lines, profile)
    titles = list(profile.headers(key).values())
    sheet.header(header, titles, widths)
    _link_back(sheet, header, titles[0], profile, above=text is not None)
    sheet.raw.set_row(header, row_height(titles, list(widths), SIZE, least=2))
    append_lines(sheet, header + 1, widths, lines, styles)
    if not lines and text:
        sheet.put(header + 1, 0, text.empty, NOTE | {"text_wrap": False})
    if repeated:
        sheet.raw.repeat_rows(header)
    _finish(sheet, header, len(lines), widths)
    return header


def _link_back(sheet: XlsxSheet, header: int, title: str, profile: Profile, *, above: bool) -> None:
    """Write the link to «Сводка» above the header; where nothing stands above, the first header is the link."""
    summary = profile.sheets["summary"].name
    place, words = place_on(summary), f"К листу «{summary}»"
    if above:
        sheet.put_link(header - 1, 0, place, words, LINK | {"font_size": 9})
    else:
        sheet.put_link(header, 0, place, title, HEADER | LINK, words)


def fitting_widths(key: str, lines: Sequence[Line], profile: Profile) -> list[float]:
    """Return how wide each column of a table is: as the profile says, or as its longest text needs to be seen whole."""
    columns = enumerate(profile.sheets[key].columns)
    return [fitting_width(_texts(lines, at), column.width, SIZE) for at, column in columns]


def _texts(lines: Sequence[Line], column: int) -> list[str]:
    """Return the texts of a column; numbers and dates are never long."""
    values = [line[column] for line in lines]
    return [value for value in values if isinstance(value, str)]


def append_lines(
    sheet: XlsxSheet,
    first: int,
    widths: Sequence[float],
    lines: Sequence[Line],
    styles: Sequence[Properties] | None = None,
) -> None:
    """Write rows in columns of these widths from a row of the sheet on; parameters as for write_lines.

    Raises
    ------
    OutputError
        There are more rows than a sheet holds: none is ever left out.
    """
    refuse_more_rows(sheet, first + len(lines), len(lines))
    texts = lines if _are_texts(lines) else [list(map(_shown, line)) for line in lines]
    looks = _Looks(sheet.book)
    formats = list(map(looks.of, lines, styles or repeat({}, len(lines))))
    sheet.put_rows(first, lines, formats, Heights(widths, SIZE).of(texts))


def _are_texts(lines: Sequence[Line]) -> TypeGuard[Sequence[Sequence[str]]]:
    return {str}.issuperset(map(type, chain.from_iterable(lines)))


class _Looks:
    """The formats of rows by the kinds of their values, each found once."""

    def __init__(self, book: XlsxBook) -> None:
        self._book = book
        self._known: dict[tuple[object, ...], tuple[Format, ...]] = {}

    def of(self, line: Line, extra: Properties) -> tuple[Format, ...]:
        """Return the format of each value of a row, with what differs from the common style."""
        if NOTHING in line:
            return self._new(line, extra)
        kinds = (*extra.items(), None, *map(type, line))
        found = self._known.get(kinds)
        if found is None:
            found = self._known[kinds] = self._new(line, extra)
        return found

    def _new(self, line: Line, extra: Properties) -> tuple[Format, ...]:
        return tuple(self._book.format(_style(value) | extra) for value in line)


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


def rows_above(text: TableText) -> int:
    """Return how many rows stand above a header: the title, the lines of the note, the link back."""
    return text.note.count("\n") + 3


def _write_top(sheet: XlsxSheet, text: TableText | None) -> int:
    if text is None:
        return 0
    sheet.put(0, 0, text.title, TITLE)
    sheet.raw.set_row(0, TITLE_HEIGHT)
    for row, line in enumerate(text.note.split("\n"), 1):
        sheet.put(row, 0, line, NOTE | {"text_wrap": False})
    return rows_above(text)


def _style(value: Value) -> Properties:
    if value == NOTHING:
        # Nothing to count stands where the number would.
        return NUMBER
    if isinstance(value, str) or value is None:
        return CELL
    return NUMBER if isinstance(value, int | float) else DATE


def _shown(value: Value) -> str:
    return value if isinstance(value, str) else "" if value is None else str(value)


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
