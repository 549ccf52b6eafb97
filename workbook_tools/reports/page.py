"""A page written downwards over a fixed set of columns: each part starts where the one before it ended."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from workbook_tools.xlsx.measure import PIXELS_PER_POINT, row_height
from workbook_tools.xlsx.printing import A4, pixels
from workbook_tools.xlsx.style import HEADER_FILL, LINK, MUTED, TEXT, Properties

if TYPE_CHECKING:
    from xlsxwriter.chart import Chart

    from workbook_tools.xlsx.book import Value, XlsxSheet

PAGE_SIZE = 9
NOTHING = "–"
_CHART_HEIGHT, _CHART_GAP = 190, 6
_AT_THE_END: Properties = {"font_size": 8, "align": "right", "text_wrap": False}
_FIGURE: Properties = {"font_size": 18, "bold": True, "align": "center", "valign": "vcenter", "bg_color": HEADER_FILL}
_CAPTION: Properties = {
    "font_size": 8,
    "font_color": MUTED,
    "align": "center",
    "valign": "top",
    "bg_color": HEADER_FILL,
}


class Figure(NamedTuple):
    """A large figure, what it counts, and the place of the rows behind it."""

    value: int | float | str
    caption: str
    place: str = ""
    shape: str = "#,##0"


class Link(NamedTuple):
    """A place and the words that lead there."""

    place: str
    words: str


class Drawing(NamedTuple):
    """A chart, and what it shows in words."""

    chart: Chart
    description: str


class Page:
    """One A4 page, portrait.

    Parameters
    ----------
    widths
        The widths of its columns in characters.
    """

    def __init__(self, sheet: XlsxSheet, widths: Sequence[float]) -> None:
        self.sheet = sheet
        self.row = 0
        self._widths = list(widths)
        for column, width in enumerate(widths):
            sheet.raw.set_column(column, column, width)

    def line(self, text: str, style: Properties, size: float = PAGE_SIZE, link: Link | None = None) -> None:
        """Write one line over the whole width, as high as its text needs; a link stands at its end."""
        last = len(self._widths) - 1 - (link is not None)
        self.sheet.merge((self.row, 0), (self.row, last), text, TEXT | style | {"font_size": size})
        self.sheet.raw.set_row(self.row, row_height([text], [sum(self._widths[: last + 1])], size) + 2)
        if link:
            self.sheet.put_link(self.row, last + 1, link.place, link.words, TEXT | LINK | _AT_THE_END)
        self.row += 1

    def cells(self, values: Sequence[Value], styles: Sequence[Properties], links: Sequence[str] = ()) -> None:
        """Write one table row; `links` are the places that its cells lead to, "" where one leads nowhere."""
        places = links or [""] * len(values)
        for column, (value, style, place) in enumerate(zip(values, styles, places, strict=True)):
            shape = style | {"font_size": PAGE_SIZE}
            if place and isinstance(value, int | float):
                self.sheet.put_linked(self.row, column, value, place, shape)
            else:
                self.sheet.put(self.row, column, value, shape)
        texts = ["" if value is None else str(value) for value in values]
        self.sheet.raw.set_row(self.row, row_height(texts, self._widths[: len(texts)], PAGE_SIZE))
        self.row += 1

    def figures(self, figures: Sequence[Figure], spans: Sequence[tuple[int, int]]) -> None:
        """Write large figures with their captions, each over the columns of its span."""
        for figure, (first, last) in zip(figures, spans, strict=True):
            shape = _FIGURE | {"num_format": figure.shape}
            self.sheet.merge((self.row, first), (self.row, last), figure.value, shape)
            self.sheet.merge((self.row + 1, first), (self.row + 1, last), figure.caption, _CAPTION)
            if figure.place and not isinstance(figure.value, str):
                self.sheet.put_linked(self.row, first, figure.value, figure.place, shape)
        self.sheet.raw.set_row(self.row, 28)
        self.row += 2
        self.space()

    def charts(self, charts: Sequence[Drawing]) -> None:
        """Place charts side by side over the whole width, each as wide as the others."""
        if not charts:
            return
        width = int(pixels(self._widths)) // len(charts)
        for number, chart in enumerate(charts):
            size = width - _CHART_GAP, _CHART_HEIGHT
            self.sheet.show_chart(self.row, 0, chart.chart, size, chart.description, number * width)
        self.sheet.raw.set_row(self.row, (_CHART_HEIGHT + _CHART_GAP) / PIXELS_PER_POINT)
        self.row += 1
        self.space()

    def space(self) -> None:
        """Leave a narrow gap."""
        self.sheet.raw.set_row(self.row, 6)
        self.row += 1

    def set_up(self) -> None:
        """Set the page to print whole on one sheet of A4."""
        raw = self.sheet.raw
        raw.set_portrait()
        raw.set_paper(A4)
        raw.fit_to_pages(1, 1)
        raw.center_horizontally()
        raw.set_margins(left=0.6, right=0.4, top=0.5, bottom=0.5)
        raw.print_area(0, 0, self.row, len(self._widths) - 1)
        raw.hide_gridlines(2)


def dashed(values: Sequence[int]) -> list[Value]:
    """Show a dash where there is nothing to count."""
    return [int(value) if value else NOTHING for value in values]
