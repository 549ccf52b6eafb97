"""«Приложение 1»: the official form in the order's six columns, ready to be attached to the order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby, zip_longest
from typing import TYPE_CHECKING

from workbook_tools.printed import AnnexRow, annex_rows
from workbook_tools.xlsx.measure import SERIF, fitting_parts, line_count, lines_height, row_height
from workbook_tools.xlsx.printing import A4

if TYPE_CHECKING:
    from workbook_tools.dossier import Dossier
    from workbook_tools.profile import Profile
    from workbook_tools.xlsx.book import XlsxSheet
    from workbook_tools.xlsx.style import Properties

_BLACK: Properties = {"font_color": "#000000"}
_BOX: Properties = _BLACK | {"border": 1, "text_wrap": True, "valign": "top", "num_format": "@"}
_MM_PER_INCH = 25.4
_PAGE_HEIGHT_PT = (210 - 40) / _MM_PER_INCH * 72
_GAP_PT = 10.0
_LEAST_FILLED = 0.25
_MARK_COLUMN = 4


def write_annex(sheet: XlsxSheet, dossier: Dossier) -> None:
    """Write «Приложение 1» (regulation.md section 6)."""
    profile = dossier.profile
    widths = [column.width for column in profile.sheets["annex"].columns]
    for index, width in enumerate(widths):
        sheet.raw.set_column(index, index, width)
    header, used = _write_top(sheet, profile, widths)
    repeated = _write_header(sheet, profile, header, widths)
    rows = [part for row in annex_rows(dossier) for part in _continued(row, widths, profile.style.table_size)]
    heights = _heights(rows, widths, profile.style.table_size)
    pages = _pages(rows, heights, used + repeated, repeated)
    style = _BOX | _font(profile, profile.style.table_size)
    for offset, (row, height) in enumerate(zip(rows, heights, strict=True), header + 1):
        sheet.put_row(offset, row.texts, style)
        sheet.raw.set_row(offset, height)
    _merge(sheet, rows, pages, header + 1, style)
    breaks = [header + 1 + index for index in range(1, len(rows)) if pages[index] != pages[index - 1]]
    sheet.raw.set_h_pagebreaks(breaks)
    _set_up_page(sheet, profile, header, len(rows))


def _continued(row: AnnexRow, widths: list[float], size: float) -> Iterator[AnnexRow]:
    """Yield a record in as many rows as its texts need: a row has its greatest height, and nothing may be cut."""
    columns = (row.touchpoint, row.needs, row.kind)
    parts = [fitting_parts(text, width, size, SERIF) for text, width in zip(columns, widths[3:], strict=True)]
    for touchpoint, needs, kind in zip_longest(*parts, fillvalue=""):
        yield replace(row, touchpoint=touchpoint, needs=needs, kind=kind)


def _font(profile: Profile, size: int) -> Properties:
    return _BLACK | {"font_name": profile.style.font, "font_size": size}


def _write_top(sheet: XlsxSheet, profile: Profile, widths: list[float]) -> tuple[int, float]:
    """Write the mark at the upper right and the centred title; return the header's row and the height used."""
    size = profile.style.size
    font = _font(profile, size) | {"text_wrap": True}
    words = {"genitive": profile.body.genitive, "name": profile.body.name}
    room = sum(widths[_MARK_COLUMN:])
    used = 0.0
    for row, line in enumerate(profile.annex.mark):
        text = line.format_map(words)
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


def _spans(keys: list[tuple[object, ...]]) -> Iterator[tuple[int, int]]:
    """Yield first and last index of each run of equal keys."""
    start = 0
    for _, group in groupby(keys):
        count = len(list(group))
        yield start, start + count - 1
        start += count


def _keys(rows: list[AnnexRow], depth: int) -> list[tuple[object, ...]]:
    return [row.texts[:depth] for row in rows]


def _heights(rows: list[AnnexRow], widths: list[float], size: float) -> list[float]:
    """Return each row's height: its own cells whole, and the merged cells whole over their rows."""
    own = [row_height(list(row.texts[3:]), widths[3:], size, face=SERIF) for row in rows]
    for column, depth in ((2, 3), (1, 2)):
        for first, last in _spans(_keys(rows, depth)):
            needed = lines_height(line_count(rows[first].texts[column], widths[column], size, SERIF), size)
            missing = needed - sum(own[first : last + 1])
            if missing > 0:
                share = missing / (last - first + 1)
                own[first : last + 1] = [height + share for height in own[first : last + 1]]
    return own


def _pages(rows: list[AnnexRow], heights: list[float], used: float, repeated: float) -> list[int]:
    """Return the page of each row: no process is broken where it fits on one page.

    The first page also holds the mark and the title; every page repeats the header.
    """
    pages, page, empty = [0] * len(rows), 0, True
    processes = list(_spans(_keys(rows, 3)))
    for first, last in processes:
        if used + sum(heights[first : last + 1]) > _PAGE_HEIGHT_PT and not empty:
            page, used, empty = page + 1, repeated, True
        for index in range(first, last + 1):
            # A page without a row would be no page: what is higher than one still goes on it.
            if used + heights[index] > _PAGE_HEIGHT_PT and not empty:
                page, used = page + 1, repeated
            pages[index] = page
            used, empty = used + heights[index], False
    return _filled(pages, heights, processes)


def _filled(pages: list[int], heights: list[float], processes: list[tuple[int, int]]) -> list[int]:
    """Bring whole processes over from the page before to a last page that would stand nearly empty."""
    if not pages or pages[-1] == 0:
        return pages
    last = pages[-1]
    for first, end in reversed(processes):
        on_last, on_other = (_height_of(page, pages, heights) for page in (last, last - 1))
        whole = pages[first] == pages[end] == last - 1
        own = sum(heights[first : end + 1])
        if on_last > _PAGE_HEIGHT_PT * _LEAST_FILLED or (whole and on_other - own < on_last + own):
            break
        if whole:
            pages[first : end + 1] = [last] * (end + 1 - first)
        elif pages[end] != last:
            break
    return pages


def _height_of(page: int, pages: list[int], heights: list[float]) -> float:
    return sum(height for height, at in zip(heights, pages, strict=True) if at == page)


def _merge(sheet: XlsxSheet, rows: list[AnnexRow], pages: list[int], top: int, style: Properties) -> None:
    """Merge №, direction and process over their rows; on a new page they stand again."""
    for column, depth in ((0, 2), (1, 2), (2, 3)):
        keys = [(page, *key) for page, key in zip(pages, _keys(rows, depth), strict=True)]
        for first, last in _spans(keys):
            if last > first:
                sheet.merge((top + first, column), (top + last, column), rows[first].texts[column], style)


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
