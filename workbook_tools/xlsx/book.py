"""Writing workbooks: text stays text, every refusal of the writer is an error, the same input gives the same bytes."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import xlsxwriter
from xlsxwriter.utility import xl_rowcol_to_cell

from workbook_tools.errors import InternalError, OutputError
from workbook_tools.limits import CELL_CHARACTERS
from workbook_tools.xlsx.first_page import BareFirstPage
from workbook_tools.xlsx.measure import PIXELS_PER_POINT, PIXELS_PER_WIDTH_UNIT, line_count, lines_height
from workbook_tools.xlsx.style import CELL, HEADER, Properties

if TYPE_CHECKING:
    from types import TracebackType

    from xlsxwriter.chart import Chart
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

Value = str | int | float | datetime.date | None

_OPTIONS = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_COMMENT_SIZE, _COMMENT_MARGIN, _HIGHEST_COMMENT = 9, 12, 700
_WAKES_UP = re.compile(r"^[\s\x00]*[=+\-@＝＋－＠]|^[\t\r\n\x00]")
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def printable(text: str) -> str:
    """Return the text with characters that a workbook cannot hold shown as their code."""
    return _ILLEGAL.sub(lambda match: f"\\x{ord(match.group()):04x}", text)


class XlsxBook:
    """A workbook under construction; use as a context manager.

    Parameters
    ----------
    path
        Where to write.
    properties
        Document properties: title, subject, author, company.
    created
        The date in the document's properties: an argument, so that the bytes repeat.
    font
        The font of every cell that asks for no other; size in points.
    """

    def __init__(
        self,
        path: Path,
        properties: Mapping[str, str],
        created: datetime.date,
        font: Properties,
    ) -> None:
        self._book = xlsxwriter.Workbook(str(path), _OPTIONS)
        moment = datetime.datetime.combine(created, datetime.time())
        self._book.set_properties({**properties, "created": moment})
        self._formats: dict[str, Any] = {}
        self.font = dict(font)

    def format(self, properties: Properties) -> Format:
        """Return the writer's format for a set of properties, one object for each set."""
        name = repr(sorted(properties.items()))
        if name not in self._formats:
            self._formats[name] = self._book.add_format({**self.font, **properties})
        return self._formats[name]

    def sheet(self, name: str, *, bare_first_page: bool = False) -> XlsxSheet:
        """Add a sheet; its printed header may begin with the second page."""
        kind = BareFirstPage if bare_first_page else None
        return XlsxSheet(self, self._book.add_worksheet(name, kind))

    def define_name(self, name: str, formula: str) -> None:
        """Define a name for a range."""
        self._book.define_name(name, formula)

    def chart(self, options: Mapping[str, Any]) -> Chart:
        """Add a chart to place on a sheet."""
        return self._book.add_chart(dict(options))

    def close(self) -> None:
        """Write the file.

        Raises
        ------
        OutputError
            The file cannot be written.
        """
        try:
            self._book.close()
        except (OSError, xlsxwriter.exceptions.FileCreateError) as error:
            raise OutputError("книгу не удалось записать; проверьте права на папку и место на диске") from error

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            self.close()


class XlsxSheet:
    """A sheet under construction: checked writes over the writer's own sheet, which is `raw`."""

    def __init__(self, book: XlsxBook, raw: Worksheet) -> None:
        self.book = book
        self.raw = raw
        self.name: str = raw.get_name()

    def put(self, row: int, column: int, value: Value, style: Properties = CELL) -> None:
        """Write one value as it is; text that a client could run is kept as text.

        Raises
        ------
        OutputError
            The text is longer than a cell holds: nothing is ever cut.
        InternalError
            The writer refused.
        """
        if value is None or value == "":
            self._check(self.raw.write_blank(row, column, None, self.book.format(style)), row, column)
        elif isinstance(value, str):
            self._put_text(row, column, printable(value), style)
        elif isinstance(value, datetime.date):
            self._check(self.raw.write_datetime(row, column, value, self.book.format(style)), row, column)
        else:
            self._check(self.raw.write_number(row, column, value, self.book.format(style)), row, column)

    def _put_text(self, row: int, column: int, text: str, style: Properties) -> None:
        self._check(self.raw.write_string(row, column, text, self._text_format(row, text, style)), row, column)

    def _text_format(self, row: int, text: str, style: Properties) -> Format:
        """Return the format of a text that fits into a cell, marked as text where a client could run it."""
        if len(text) > CELL_CHARACTERS:
            raise OutputError(
                f"лист «{self.name}», строка {row + 1}: текст длиннее {CELL_CHARACTERS} знаков, ячейка его не вмещает. "
                "Сократите его в исходном файле и запустите ещё раз."
            )
        live = _WAKES_UP.match(text) is not None
        return self.book.format({**style, "quote_prefix": True} if live else style)

    def put_rich(
        self, row: int, column: int, parts: Sequence[tuple[str, Properties]], style: Properties = CELL
    ) -> None:
        """Write text whose parts have fonts of their own; one part or none is written plainly."""
        parts = [(printable(text), font) for text, font in parts if text]
        if len(parts) <= 1:
            self.put(row, column, "".join(text for text, _ in parts), style | (parts[0][1] if parts else {}))
            return
        shape = self._text_format(row, "".join(text for text, _ in parts), style)
        fragments = [item for text, font in parts for item in (self.book.format(font), text)]
        self._check(self.raw.write_rich_string(row, column, *fragments, shape), row, column)

    def put_row(self, row: int, values: Sequence[Value], style: Properties = CELL, column: int = 0) -> None:
        """Write values side by side."""
        for offset, value in enumerate(values):
            self.put(row, column + offset, value, style)

    def put_link(self, row: int, column: int, target: str, text: str, style: Properties, tip: str = "") -> None:
        """Write a link to a place in this workbook; target as «'Лист'!A1», `tip` as shown under the pointer."""
        shape, shown = self.book.format(style), printable(text)
        code = self.raw.write_url(row, column, f"internal:{target}", shape, string=shown, tip=tip or None)
        self._check(code, row, column)

    def put_linked(self, row: int, column: int, value: float, target: str, style: Properties) -> None:
        """Write a number that leads to a place in this workbook; it looks and counts as it would without the link."""
        shape = self.book.format(style)
        self._check(self.raw.write_url(row, column, f"internal:{target}", shape, string="-"), row, column)
        self.put(row, column, value, style)

    def place(self, row: int, column: int = 0) -> str:
        """Return a cell of this sheet as a link names it: 'Реестр'!A5."""
        quoted = self.name.replace("'", "''")
        return f"'{quoted}'!{xl_rowcol_to_cell(row, column)}"

    def show_chart(
        self, row: int, column: int, chart: Chart, size: tuple[int, int], description: str, offset: int = 0
    ) -> None:
        """Place a chart with its upper left corner at a cell; size and offset to the right in pixels.

        `description` says in words what it shows, for those who cannot see it.
        """
        width, height = size
        chart.set_size({"width": width, "height": height})
        options = {"x_offset": offset, "y_offset": 2, "object_position": 2, "description": printable(description)}
        self._check(self.raw.insert_chart(row, column, chart, options), row, column)

    def header(self, row: int, titles: Sequence[str], widths: Sequence[float], column: int = 0) -> None:
        """Write a header row and set the widths of its columns."""
        for offset, (title, width) in enumerate(zip(titles, widths, strict=True)):
            self.raw.set_column(column + offset, column + offset, width)
            self.put(row, column + offset, title, HEADER)

    def merge(self, first: tuple[int, int], last: tuple[int, int], value: Value, style: Properties) -> None:
        """Merge an area and write its text; an area of one cell is written plainly."""
        if first != last:
            self._check(self.raw.merge_range(*first, *last, "", self.book.format(style)), *first)
        self.put(*first, value, style)

    def validate(self, area: tuple[int, int, int, int], options: Mapping[str, Any]) -> None:
        """Attach a data validation to an area (first row, first column, last row, last column)."""
        self._check(self.raw.data_validation(*area, dict(options)), area[0], area[1])

    def comment(self, row: int, column: int, text: str, width: int = 320) -> None:
        """Attach a comment, as high as its text needs; width in pixels."""
        lines = line_count(text, width / PIXELS_PER_WIDTH_UNIT, _COMMENT_SIZE)
        height = min(_HIGHEST_COMMENT, lines_height(lines, _COMMENT_SIZE) * PIXELS_PER_POINT + _COMMENT_MARGIN)
        options = {"x_scale": width / 128, "y_scale": height / 74, "font_size": _COMMENT_SIZE, "author": ""}
        self._check(self.raw.write_comment(row, column, printable(text), options), row, column)

    def _check(self, code: int | None, row: int, column: int) -> None:
        if code:
            raise InternalError(f"лист «{self.name}», строка {row + 1}, графа {column + 1}: запись отклонена ({code})")
