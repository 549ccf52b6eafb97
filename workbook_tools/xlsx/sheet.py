"""A sheet under construction: checked writes over the writer's own sheet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, product
from typing import TYPE_CHECKING, Any, NamedTuple

from xlsxwriter.utility import xl_rowcol_to_cell

from workbook_tools.xlsx.cells import CellSheet
from workbook_tools.xlsx.ends import ABSENT, BLANK, Ends
from workbook_tools.xlsx.measure import PIXELS_PER_POINT, PIXELS_PER_WIDTH_UNIT, line_count, lines_height
from workbook_tools.xlsx.style import CELL, HEADER, Properties
from workbook_tools.xlsx.texts import printable

if TYPE_CHECKING:
    from xlsxwriter.chart import Chart
    from xlsxwriter.format import Format

    from workbook_tools.xlsx.checking import Value
    from workbook_tools.xlsx.rows import Formats

_COMMENT_SIZE, _COMMENT_MARGIN, _HIGHEST_COMMENT = 9, 12, 700


def place_on(sheet: str, cell: str = "A1") -> str:
    """Return a cell as a link names it: 'Реестр'!A5."""
    quoted = sheet.replace("'", "''")
    return f"'{quoted}'!{cell}"


class XlsxSheet(CellSheet):
    """A sheet under construction: cells, rows, merged areas, and all that is put beside the values."""

    def put_rows(
        self,
        first: int,
        rows: Sequence[Sequence[Value]],
        formats: Sequence[Formats],
        heights: Sequence[float] | None = None,
    ) -> None:
        """Write rows one below the other, each from its first column on, as `put` would value by value.

        It takes less time and room. No chart can show their values.

        Parameters
        ----------
        first
            The place of the first of them on the sheet.
        formats
            For each row the format of each of its values, of the book's `format`; None where there is no cell, which
            is not so of all of a row.
        heights
            The rows' heights in points.

        Raises
        ------
        OutputError
            A text is longer than a cell holds: nothing is ever cut.
        InternalError
            The writer refused.
        """
        ends, block = self.book.ends, _Block(first, rows, formats, heights)
        if ends is None or any(map(self._bare.holds, range(first, first + len(rows)))):
            self._put_singly(block)
        elif ends.enter(chain.from_iterable(rows)):
            self._keep(block, ends)
        else:
            self._keep_singly(block, ends)

    def share(self, values: Iterable[Value]) -> None:
        """Have values that rows will hold known before, in an order of their own."""
        if self.book.ends is not None:
            self.book.ends.enter(values)

    def _keep_singly(self, block: _Block, ends: Ends) -> None:
        """Keep rows of which some hold a text that the writer must be given: each text in its turn, as it would be."""
        for row in block.singly():
            if ends.enter(row.rows[0]):
                self._keep(row, ends)
            else:
                blank = [ABSENT if shape is None else BLANK for shape in row.formats[0]]
                self._check(self._bare.keep(row.first, row.formats, [blank], row.heights), row.first, len(blank) - 1)
                self._put_singly(row._replace(heights=None))

    def _put_singly(self, block: _Block) -> None:
        for row, (values, shapes) in enumerate(zip(block.rows, block.formats, strict=True), block.first):
            for column, (value, shape) in enumerate(zip(values, shapes, strict=True)):
                if shape is not None:
                    self._put(row, column, value, shape)
        for row, height in enumerate(block.heights or (), block.first):
            self.raw.set_row(row, height)

    def _keep(self, block: _Block, ends: Ends) -> None:
        if not block.rows:
            return
        block = block._replace(formats=self._quoted(block, ends))
        kept, others = _ends(block, ends)
        code = self._bare.keep(block.first, block.formats, kept, block.heights)
        self._check(code, block.first, len(block.rows[0]) - 1)
        self.written.put_rows(block.first, block.rows)
        ends.count(kept, chain.from_iterable(block.rows))
        for at, column in others:
            shape = block.formats[at][column]
            if shape is not None:
                self._put(block.first + at, column, block.rows[at][column], shape)

    def _quoted(self, block: _Block, ends: Ends) -> Sequence[Formats]:
        """Return the formats with the mark that what a client could run is text."""
        live = [at for at, values in enumerate(block.rows) if not ends.live.isdisjoint(values)] if ends.live else []
        if not live:
            return block.formats
        marked = list(block.formats)
        for at in live:
            shapes = zip(block.rows[at], block.formats[at], strict=True)
            marked[at] = tuple(
                self.book.quoted(shape) if shape and value in ends.live else shape for value, shape in shapes
            )
        return marked

    def put_row(self, row: int, values: Sequence[Value], style: Properties = CELL, column: int = 0) -> None:
        """Write values side by side."""
        for offset, value in enumerate(values):
            self.put(row, column + offset, value, style)

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
        ends, (row, column) = self.book.ends, first
        if not ends or column != last[1] or not self._bare.keeps(row):
            return False
        end = ends.end(value)
        is_live = value in ends.live
        if not self._bare.merge_down(column, row, last[0], shape, end or BLANK):
            return False
        if end is None or is_live:
            self._put(row, column, value, shape)
        else:
            self.written.put(row, column, value)
            ends.count([[end]], [value])
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


class _Block(NamedTuple):
    """Rows one below the other, from a row of the sheet on; parameters as for `put_rows`."""

    first: int
    rows: Sequence[Sequence[Value]]
    formats: Sequence[Formats]
    heights: Sequence[float] | None

    def singly(self) -> Iterator[_Block]:
        """Give each row as a block of its own."""
        for at, (values, shapes) in enumerate(zip(self.rows, self.formats, strict=True)):
            yield _Block(self.first + at, [values], [shapes], None if self.heights is None else [self.heights[at]])


def _ends(block: _Block, ends: Ends) -> tuple[list[list[str]], list[tuple[int, int]]]:
    """Return the ends of the cells of rows, and by row and column the places of the cells that have none."""
    found: list[list[Any]] = [list(map(ends.get, values)) for values in block.rows]
    gaps = {shapes for shapes in set(block.formats) if None in shapes}
    for at in [at for at, shapes in enumerate(block.formats) if shapes in gaps] if gaps else ():
        found[at] = [ABSENT if shape is None else end for end, shape in zip(found[at], block.formats[at], strict=True)]
    others = [
        (at, column) for at, own in enumerate(found) if None in own for column, end in enumerate(own) if end is None
    ]
    for at, column in others:
        found[at][column] = BLANK
    return found, others
