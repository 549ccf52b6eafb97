"""How a table prints: the paper on which it can be read, its margins, its page numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook_tools.xlsx.measure import CELL_PADDING_PIXELS, PIXELS_PER_WIDTH_UNIT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from workbook_tools.xlsx.book import XlsxSheet

A4, A3 = 9, 8
_LONG_SIDE, _SHORT_SIDE = 11.69, 8.27
_PIXELS_PER_INCH = 96
_LEFT, _RIGHT, _TOP, _BOTTOM = 0.5, 0.4, 0.6, 0.6
PAGE_PIXELS = (_LONG_SIDE - _LEFT - _RIGHT) * _PIXELS_PER_INCH
"""The room across a page of A4, landscape, on the screen's scale."""
ROOM_INCHES = {A4: _SHORT_SIDE - _TOP - _BOTTOM, A3: _LONG_SIDE - _TOP - _BOTTOM}
"""The room down a page, landscape, by the paper: the short side of A3 is the long one of A4."""
# Text of 10 points below three quarters of its size is not read but deciphered.
_LEAST_SCALE = 0.75


def set_up_page(sheet: XlsxSheet, widths: Sequence[float], *, landscape: bool = True) -> None:
    """Set a table to print one page wide, pages numbered; one too wide for A4 goes on A3.

    Parameters
    ----------
    widths
        The widths of its columns in characters.
    """
    raw = sheet.raw
    if landscape:
        raw.set_landscape()
    else:
        raw.set_portrait()
    raw.set_paper(paper(widths, landscape=landscape))
    raw.fit_to_pages(1, 0)
    raw.set_margins(left=_LEFT, right=_RIGHT, top=_TOP, bottom=_BOTTOM)
    raw.set_footer("&L&A&R&P из &N")


def paper(widths: Sequence[float], *, landscape: bool = True) -> int:
    """Return the paper, as the file format counts them, on which columns of these widths can still be read."""
    room = PAGE_PIXELS if landscape else (_SHORT_SIDE - _LEFT - _RIGHT) * _PIXELS_PER_INCH
    return A4 if room >= _LEAST_SCALE * pixels(widths) else A3


def pixels(widths: Sequence[float]) -> float:
    """Return how many pixels columns of these widths (in characters) take on the screen."""
    return sum(width * PIXELS_PER_WIDTH_UNIT + CELL_PADDING_PIXELS for width in widths)
