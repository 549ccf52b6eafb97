"""Which rows of the official form stand on which page, and how high they are: nothing is cut, no page wasted."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import groupby, zip_longest
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

from workbook_tools.xlsx.measure import MAX_HEIGHT, SERIF, Heights, fitting_parts, line_count, lines_height

if TYPE_CHECKING:
    from workbook_tools.printed import AnnexRow

_MM_PER_INCH = 25.4
# Clients round the height of every row in their own way; a page planned to its last point would spill over.
_ROUNDING_PT = 12.0
PAGE_HEIGHT_PT = (210 - 40) / _MM_PER_INCH * 72 - _ROUNDING_PT
_PIECE_PT = PAGE_HEIGHT_PT / 4
_LEAST_FILLED = 0.25
_RECORD_COLUMNS, _DIRECTION, _PROCESS = 3, 1, 2


class Form(NamedTuple):
    """The form that rows are laid out in: widths of its columns (characters), its font's size in points.

    `top` is the height in points of what stands above the rows on the first page, `repeated` on any other.
    """

    widths: Sequence[float]
    size: float
    top: float
    repeated: float


class Layout(NamedTuple):
    """The rows as printed, the height of each in points and the page of each, from 0."""

    rows: list[AnnexRow]
    heights: list[float]
    pages: list[int]


def laid_out(rows: Sequence[AnnexRow], form: Form) -> Layout:
    """Lay rows out on pages: a process stays whole where a page can hold it, and is named again where none can.

    A record too high for the first page goes on in further rows, so that no page is left with a header alone.
    """
    printed, heights = _continued(rows, form)
    pages = _pages(printed, heights, form)
    # Higher rows may move to another page, where the names above them take room anew.
    while (grown := _grown(printed, heights, pages, form)) != heights:
        heights, pages = grown, _pages(printed, grown, form)
    return Layout(printed, heights, pages)


def spans(rows: Sequence[AnnexRow], depth: int, pages: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield first and last index of each run of rows on one page whose first `depth` cells are the same."""
    start = 0
    for _, group in groupby(zip(pages, map(itemgetter(slice(depth)), rows), strict=True)):
        count = len(list(group))
        yield start, start + count - 1
        start += count


def _continued(rows: Sequence[AnnexRow], form: Form) -> tuple[list[AnnexRow], list[float]]:
    """Return each record in as many rows as it needs to go on any page, and the heights of the rows."""
    printed, heights = list(rows), _heights(rows, form)
    high = [at for at, height in enumerate(heights) if height > PAGE_HEIGHT_PT - form.top]
    for at in reversed(high):
        parts = list(_parts(rows[at], form))
        printed[at : at + 1], heights[at : at + 1] = parts, _heights(parts, form)
    return printed, heights


def _heights(rows: Sequence[AnnexRow], form: Form) -> list[float]:
    """Return how high each row is for its own cells, each distinct text measured once."""
    heights = Heights(form.widths[_RECORD_COLUMNS:], form.size, SERIF)
    return heights.of([row[_RECORD_COLUMNS:] for row in rows])


def _parts(row: AnnexRow, form: Form) -> Iterator[AnnexRow]:
    """Yield a record that is too high for a page in several rows."""
    texts, widths = row[_RECORD_COLUMNS:], form.widths[_RECORD_COLUMNS:]
    parts = [fitting_parts(text, width, form.size, SERIF, _PIECE_PT) for text, width in zip(texts, widths, strict=True)]
    for touchpoint, needs, kind in zip_longest(*parts, fillvalue=""):
        yield row._replace(touchpoint=touchpoint, needs=needs, kind=kind)


def _grown(rows: Sequence[AnnexRow], heights: Sequence[float], pages: Sequence[int], form: Form) -> list[float]:
    """Return the heights at which the names over several rows are whole on every page where they stand."""
    grown = list(heights)
    for column in (_PROCESS, _DIRECTION):
        for first, last in spans(rows, column + 1, pages):
            text = rows[first][column]
            needed = lines_height(line_count(text, form.widths[column], form.size, SERIF), form.size)
            share = (needed - sum(grown[first : last + 1])) / (last - first + 1)
            if share > 0:
                grown[first : last + 1] = [min(MAX_HEIGHT, height + share) for height in grown[first : last + 1]]
    return grown


def _pages(rows: Sequence[AnnexRow], heights: Sequence[float], form: Form) -> list[int]:
    """Return the page of each row."""
    pages, page, used, empty = [0] * len(rows), 0, form.top, True
    processes = list(spans(rows, _PROCESS + 1, pages))
    for first, last in processes:
        own = sum(heights[first : last + 1])
        # One that no page holds whole gains nothing from a new one.
        if used + own > PAGE_HEIGHT_PT >= form.repeated + own and not empty:
            page, used, empty = page + 1, form.repeated, True
        for index in range(first, last + 1):
            # A page without a row would be no page: what is higher than one still goes on it.
            if used + heights[index] > PAGE_HEIGHT_PT and not empty:
                page, used = page + 1, form.repeated
            pages[index] = page
            used, empty = used + heights[index], False
    return _filled(pages, heights, processes)


def _filled(pages: list[int], heights: Sequence[float], processes: list[tuple[int, int]]) -> list[int]:
    """Bring whole processes over from the page before to a last page that would stand nearly empty."""
    if not pages or pages[-1] == 0:
        return pages
    last = pages[-1]
    for first, end in reversed(processes):
        on_last, on_other = (_height_of(page, pages, heights) for page in (last, last - 1))
        whole = pages[first] == pages[end] == last - 1
        own = sum(heights[first : end + 1])
        if on_last > PAGE_HEIGHT_PT * _LEAST_FILLED or (whole and on_other - own < on_last + own):
            break
        if whole:
            pages[first : end + 1] = [last] * (end + 1 - first)
        elif pages[end] != last or pages[first] == last - 1:
            break
    return _balanced(pages, heights, processes[-1])


def _balanced(pages: list[int], heights: Sequence[float], process: tuple[int, int]) -> list[int]:
    """Bring over rows of a last process that is broken anyway, where its end would stand nearly alone."""
    last = pages[-1]
    while True:
        at = pages.index(last) - 1
        on_last, on_other = (_height_of(page, pages, heights) for page in (last, last - 1))
        enough = on_last > PAGE_HEIGHT_PT * _LEAST_FILLED or on_other - heights[at] < on_last + heights[at]
        if enough or at <= process[0]:
            return pages
        pages[at] = last


def _height_of(page: int, pages: Sequence[int], heights: Sequence[float]) -> float:
    # Pages come one after another, so that their rows need not be looked for.
    return sum(heights[bisect_left(pages, page) : bisect_right(pages, page)])
