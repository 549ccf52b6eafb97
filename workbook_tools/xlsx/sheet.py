"""A sheet under construction: checked writes over the writer's own sheet."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from itertools import product
from typing import TYPE_CHECKING, Any

from xlsxwriter.utility import xl_rowcol_to_cell

from workbook_tools.errors import InternalError, OutputError
from workbook_tools.limits import CELL_CHARACTERS
from workbook_tools.xlsx.checking import Value, Written, as_cells_hold
from workbook_tools.xlsx.measure import PIXELS_PER_POINT, PIXELS_PER_WIDTH_UNIT, line_count, lines_height
from workbook_tools.xlsx.rows import BLANK, Formats, RowSheet, Texts
from workbook_tools.xlsx.style import CELL, HEADER, Properties
from workbook_tools.xlsx.texts import is_live, is_markup, is_of_one_font, printable

if TYPE_CHECKING:
    from xlsxwriter.chart import Chart
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

    from workbook_tools.xlsx.book import XlsxBook

_COMMENT_SIZE, _COMMENT_MARGIN, _HIGHEST_COMMENT = 9, 12, 700


def place_on(sheet: str, cell: str = "A1") -> str:
    """Return a cell as a link names it: 'Реестр'!A5."""
    quoted = sheet.replace("'", "''")
    return f"'{quoted}'!{cell}"


class XlsxSheet:
    """A sheet under construction: checked writes over the writer's own sheet.

    Attributes
    ----------
    raw
        The writer's own sheet, for what is no value; what it refuses is an error there too.
    written
        What was put into the sheet so far.
    """

    def __init__(self, book: XlsxBook, bare: RowSheet) -> None:
        self.book = book
        self.raw: Worksheet = _Strict(bare)
        self.name: str = bare.get_name()
        self.written = Written()
        self._bare = bare

    def put(self, row: int, column: int, value: Value, style: Properties = CELL) -> None:
        """Write one value as it is; text that a client could run is kept as text, a day too early for a cell is text.

        Raises
        ------
        OutputError
            The text is longer than a cell holds: nothing is ever cut.
        InternalError
            The writer refused.
        """
        self._put(row, column, value, self.book.format(style))

    def put_cells(self, row: int, values: Sequence[Value], formats: Formats, height: float | None = None) -> None:
        """Write a row from its first column on, as `put` would value by value, in less time and room.

        No chart can show its values.

        Parameters
        ----------
        formats
            For each value its format, of the book's `format`.
        height
            The row's height in points.

        Raises
        ------
        OutputError
            A text is longer than a cell holds: nothing is ever cut.
        InternalError
            The writer refused.
        """
        texts = self.book.texts
        if texts is None or self._bare.keeps(row):
            self._put_singly(row, values, formats, height)
            return
        ends: list[str | None] = list(map(texts.get, values))
        self._check(self._bare.keep(row, formats, ends, height), row, len(values) - 1)
        others = 0
        if None in ends:
            self.written.put_texts(row, [value if isinstance(value, str) else "" for value in values])
            others = self._put_new(row, values, formats, ends, texts)
        else:
            self.written.put_texts(row, values)  # type: ignore[arg-type] # what has an end is a text
        texts.count(len(ends) - ends.count(BLANK) - others)

    def _put_singly(self, row: int, values: Sequence[Value], formats: Formats, height: float | None) -> None:
        for column, (value, shape) in enumerate(zip(values, formats, strict=True)):
            self._put(row, column, value, shape)
        if height is not None:
            self.raw.set_row(row, height)

    def _put_new(
        self, row: int, values: Sequence[Value], formats: Formats, ends: list[str | None], texts: Texts
    ) -> int:
        """Fill a row that is kept with what was not written before; return how many values the writer was given."""
        others = 0
        for column in [column for column, end in enumerate(ends) if end is None]:
            ends[column] = texts.end(values[column])
            if ends[column] is None:
                self._put(row, column, values[column], formats[column])
                others += ends[column] != BLANK
        return others

    def _put(self, row: int, column: int, value: Value, shape: Format) -> None:
        value = as_cells_hold(value)
        if isinstance(value, str):
            value = printable(value)
        self.written.put(row, column, value)
        if value is None or value == "":
            code = self._bare.write_blank(row, column, None, shape)
        elif isinstance(value, str):
            code = self._put_text(row, column, value, self._text_format(row, value, shape), shape)
        elif isinstance(value, datetime.date):
            code = self._bare.write_datetime(row, column, value, shape)
        else:
            code = self._bare.write_number(row, column, value, shape)
        self._check(code, row, column)
        self._bare.take(row, column)

    def _put_text(self, row: int, column: int, text: str, shape: Format, own: Format) -> Any:  # noqa: ANN401 - the writer's
        if is_markup(text):
            # In two runs it is written as text.
            return self._bare.write_rich_string(row, column, own, text[:1], own, text[1:], shape)
        return self._bare.write_string(row, column, text, shape)

    def _text_format(self, row: int, text: str, shape: Format) -> Format:
        """Return the format of a text that fits into a cell, marked as text where a client could run it."""
        if len(text) > CELL_CHARACTERS:
            raise OutputError(
                f"лист «{self.name}», строка {row + 1}: текст длиннее {CELL_CHARACTERS} знаков, ячейка его не вмещает. "
                "Сократите его в исходном файле и запустите ещё раз."
            )
        return self.book.quoted(shape) if is_live(text) else shape

    def put_rich(
        self, row: int, column: int, parts: Sequence[tuple[str, Properties]], style: Properties = CELL
    ) -> None:
        """Write text whose parts have fonts of their own; one part or none is written plainly."""
        parts = [(printable(text), font) for text, font in parts if text]
        if len(parts) <= 1:
            self.put(row, column, "".join(text for text, _ in parts), style | (parts[0][1] if parts else {}))
            return
        whole = "".join(text for text, _ in parts)
        if is_of_one_font(whole):
            self.put(row, column, whole, style)
            return
        shape = self._text_format(row, whole, self.book.format(style))
        self.written.put(row, column, whole)
        fragments = [item for text, font in parts for item in (self.book.format(font), text)]
        self._check(self._bare.write_rich_string(row, column, *fragments, shape), row, column)
        self._bare.take(row, column)

    def put_row(self, row: int, values: Sequence[Value], style: Properties = CELL, column: int = 0) -> None:
        """Write values side by side."""
        for offset, value in enumerate(values):
            self.put(row, column + offset, value, style)

    def put_link(self, row: int, column: int, target: str, text: str, style: Properties, tip: str = "") -> None:
        """Write a link to a place in this workbook; target as «'Лист'!A1», `tip` as shown under the pointer."""
        shown = printable(text)
        shape = self._text_format(row, shown, self.book.format(style))
        self.written.put(row, column, shown)
        code = self._bare.write_url(row, column, f"internal:{target}", shape, string=shown, tip=tip or None)
        self._check(code, row, column)

    def put_linked(self, row: int, column: int, value: float, target: str, style: Properties) -> None:
        """Write a number that leads to a place in this workbook; it looks and counts as it would without the link."""
        shape = self.book.format(style)
        self._check(self._bare.write_url(row, column, f"internal:{target}", shape, string="-"), row, column)
        self.put(row, column, value, style)

    def place(self, row: int, column: int = 0) -> str:
        """Return a cell of this sheet as a link names it: 'Реестр'!A5."""
        return place_on(self.name, xl_rowcol_to_cell(row, column))

    def show_chart(
        self, row: int, column: int, chart: Chart, size: tuple[int, int], description: str, offset: int = 0
    ) -> None:
        """Place a chart with its upper left corner at a cell; size and offset to the right in pixels.

        `description` says in words what it shows, for those who cannot see it.
        """
        width, height = size
        chart.set_size({"width": width, "height": height})
        options = {"x_offset": offset, "y_offset": 2, "object_position": 2, "description": printable(description)}
        self._check(self._bare.insert_chart(row, column, chart, options), row, column)

    def header(self, row: int, titles: Sequence[str], widths: Sequence[float], column: int = 0) -> None:
        """Write a header row and set the widths of its columns."""
        for offset, (title, width) in enumerate(zip(titles, widths, strict=True)):
            self.raw.set_column(column + offset, column + offset, width)
            self.put(row, column + offset, title, HEADER)

    def merge(self, first: tuple[int, int], last: tuple[int, int], value: Value, style: Properties) -> None:
        """Merge an area and write its text; an area of one cell is written plainly."""
        if first == last:
            self.put(*first, value, style)
            return
        self.written.clear(first, last)
        shape = self.book.format(style)
        if not self._merge_down(first, last, value, shape):
            self._check(self._bare.merge_range(*first, *last, "", shape), *first)
            for row, column in product(range(first[0], last[0] + 1), range(first[1], last[1] + 1)):
                self._bare.take(row, column)
            self._put(*first, value, shape)

    def _merge_down(self, first: tuple[int, int], last: tuple[int, int], value: Value, shape: Format) -> bool:
        """Merge cells of rows that are kept whole under a text, if that is what they are."""
        texts, (row, column) = self.book.texts, first
        if not texts or column != last[1] or not self._bare.keeps(row):
            return False
        end = texts.end(value)
        if not self._bare.merge_down(column, row, last[0], shape, end or BLANK):
            return False
        if end is None:
            self._put(row, column, value, shape)
        else:
            self.written.put(row, column, value)
            texts.count(int(end is not BLANK))
        return True

    def validate(self, area: tuple[int, int, int, int], options: Mapping[str, Any]) -> None:
        """Attach a data validation to an area (first row, first column, last row, last column)."""
        self._check(self._bare.data_validation(*area, dict(options)), area[0], area[1])

    def comment(self, row: int, column: int, text: str, width: int = 320) -> None:
        """Attach a comment, as high as its text needs; width in pixels."""
        lines = line_count(text, width / PIXELS_PER_WIDTH_UNIT, _COMMENT_SIZE)
        height = min(_HIGHEST_COMMENT, lines_height(lines, _COMMENT_SIZE) * PIXELS_PER_POINT + _COMMENT_MARGIN)
        options = {"x_scale": width / 128, "y_scale": height / 74, "font_size": _COMMENT_SIZE, "author": ""}
        self._check(self._bare.write_comment(row, column, printable(text), options), row, column)

    def forget(self) -> None:
        """Let go of the writer's sheet."""
        del self._bare, self.raw

    def _check(self, code: int | None, row: int, column: int) -> None:
        if code:
            raise InternalError(f"лист «{self.name}», строка {row + 1}, графа {column + 1}: запись отклонена ({code})")


class _Strict:
    """The writer's sheet with every refusal an error: elsewhere it says so by a number that nobody looks at."""

    def __init__(self, bare: Worksheet) -> None:
        self._bare = bare

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - the sheet's own kinds
        found = getattr(self._bare, name)
        if not callable(found):
            return found

        def strict(*args: object, **options: object) -> object:
            answer = found(*args, **options)
            if isinstance(answer, int) and answer < 0:
                raise InternalError(f"лист «{self._bare.get_name()}»: настройка {name} отклонена ({answer})")
            return answer

        return strict
