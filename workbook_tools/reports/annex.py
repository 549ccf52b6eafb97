"""«Приложение 1»: the official form in the order's six columns, ready to be attached to the order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import TYPE_CHECKING

from workbook_tools.approval import annex_mark
from workbook_tools.printed import annex_rows
from workbook_tools.reports.annex_pages import Form, Layout, laid_out, spans
from workbook_tools.reports.table import refuse_more_rows
from workbook_tools.xlsx.measure import SERIF, row_height
from workbook_tools.xlsx.printing import A4

if TYPE_CHECKING:
    from workbook_tools.dossier import Dossier
    from workbook_tools.profile import Profile
    from workbook_tools.xlsx.book import XlsxSheet
    from workbook_tools.xlsx.style import Properties

_BLACK: Properties = {"font_color": "#000000"}
_BOX: Properties = _BLACK | {"border": 1, "text_wrap": True, "valign": "top", "num_format": "@"}
_MM_PER_INCH = 25.4
_GAP_PT = 10.0
_MARK_COLUMN = 4


def rows_above(profile: Profile) -> int:
    """Return how many rows of the sheet stand above the first record."""
    return len(profile.annex.mark) + 4


def write_annex(sheet: XlsxSheet, dossier: Dossier, first: int = 1) -> None:
    """Write «Приложение 1» (regulation.md section 6), its headings numbered from `first` on.

    Raises
    ------
    OutputError
        The form needs more rows than a sheet holds.
    """
    profile = dossier.profile
    widths = [column.width for column in profile.sheets["annex"].columns]
    for index, width in enumerate(widths):
        sheet.raw.set_column(index, index, width)
    header, used = _write_top(sheet, dossier, widths)
    repeated = _write_header(sheet, profile, header, widths)
    layout = laid_out(annex_rows(dossier, first), Form(widths, profile.style.table_size, used + repeated, repeated))
    refuse_more_rows(sheet, header + 1 + len(layout.rows))
    style = _BOX | _font(profile, profile.style.table_size)
    formats = (sheet.book.format(style),) * len(widths)
    areas = list(_areas(layout))
    sheet.put_rows(header + 1, _named_once(layout, areas), [formats] * len(layout.rows), layout.heights)
    for column, top, bottom in areas:
        text = layout.rows[top][column]
        sheet.merge((header + 1 + top, column), (header + 1 + bottom, column), text, style)
    breaks = [header + 1 + at for at, (page, before) in enumerate(pairwise(layout.pages), 1) if page != before]
    sheet.raw.set_h_pagebreaks(breaks)
    _set_up_page(sheet, profile, header, len(layout.rows))


def _font(profile: Profile, size: int) -> Properties:
    return _BLACK | {"font_name": profile.style.font, "font_size": size}


def _write_top(sheet: XlsxSheet, dossier: Dossier, widths: list[float]) -> tuple[int, float]:
    """Write the mark at the upper right and the centred title; return the header's row and the height used."""
    profile = dossier.profile
    size = profile.style.size
    font = _font(profile, size) | {"text_wrap": True}
    words = {"genitive": profile.body.genitive, "name": profile.body.name}
    room = sum(widths[_MARK_COLUMN:])
    used = 0.0
    for row, text in enumerate(annex_mark(dossier)):
        sheet.merge((row, _MARK_COLUMN), (row, len(widths) - 1), text, font | {"valign": "top"})
        used += _set_height(sheet, row, row_height([text], [room], size, face=SERIF))
    at = len(profile.annex.mark) + 1
    used += _set_height(sheet, at - 1, _GAP_PT)
    title = profile.annex.title.format_map(words)
    sheet.merge((at, 0), (at, len(widths) - 1), title, font | {"bold": True, "align": "center", "valign": "vcenter"})
    used += _set_height(sheet, at, row_height([title], [sum(widths)], size) + _GAP_PT)
    used += _set_height(sheet, at + 1, _GAP_PT)
    return at + 2, used


def _set_height(sheet: XlsxSheet, row: int, height: float) -> float:
    sheet.raw.set_row(row, height)
    return height


def _write_header(sheet: XlsxSheet, profile: Profile, header: int, widths: list[float]) -> float:
    """Write the header row and return its height."""
    titles = list(profile.headers("annex").values())
    size = profile.style.table_size
    sheet.put_row(header, titles, _BOX | _font(profile, size) | {"align": "center", "valign": "vcenter"})
    return _set_height(sheet, header, row_height(titles, widths, size, face=SERIF))


def _areas(layout: Layout) -> Iterator[tuple[int, int, int]]:
    """Yield column, first and last row where №, direction or process is one over several rows of a page."""
    for column, depth in ((0, 2), (1, 2), (2, 3)):
        for first, last in spans(layout.rows, depth, layout.pages):
            if last > first:
                yield column, first, last


def _named_once(layout: Layout, areas: Iterable[tuple[int, int, int]]) -> list[tuple[str, ...]]:
    """Return the rows with each area blank but for its first cell."""
    columns = [list(texts) for texts in zip(*layout.rows, strict=True)]
    for column, first, last in areas:
        columns[column][first + 1 : last + 1] = [""] * (last - first)
    return list(zip(*columns, strict=True))


def _set_up_page(sheet: XlsxSheet, profile: Profile, header: int, count: int) -> None:
    margins = profile.style.margins_mm
    sheet.raw.set_landscape()
    sheet.raw.set_paper(A4)
    inches = (value / _MM_PER_INCH for value in (margins.left, margins.right, margins.top, margins.bottom))
    sheet.raw.set_margins(*inches)
    sheet.raw.set_header(f'&C&"{profile.style.font},Regular"&{profile.style.size}&P', {"margin": 10 / _MM_PER_INCH})
    # Printed with the whole workbook, the form still begins with its own first page.
    sheet.raw.set_start_page(1)
    sheet.raw.repeat_rows(header)
    sheet.raw.print_area(0, 0, header + max(count, 1), len(profile.sheets["annex"].columns) - 1)
    sheet.raw.hide_gridlines(2)
