"""Rows given whole: kept as the ends of their cells and rendered a row at a time, as the writer renders a cell.

The writer keeps an object for every cell and renders each by itself, which takes most of the time and of the memory
of a big sheet. Here a row is the list of what follows the head of each of its cells, shared by all cells that hold the
same. Row tags, heads of cells and all that is not kept are still the writer's own; that it all comes to the same
bytes is proven with the installed writer before the first row is kept.
"""

from __future__ import annotations

import datetime
import io
from collections.abc import Callable, Mapping, Sequence
from functools import cache, lru_cache
from itertools import chain, groupby, product
from typing import TYPE_CHECKING, Any
from zipfile import ZipFile

import xlsxwriter
from xlsxwriter.worksheet import CellBlankTuple, Worksheet
from xlsxwriter.xmlwriter import XMLwriter

from workbook_tools.errors import InternalError
from workbook_tools.xlsx.ends import ABSENT, BLANK, Ends
from workbook_tools.xlsx.strings import PlainBook

if TYPE_CHECKING:
    from xlsxwriter.format import Format

# Where a cell has no format there is no cell.
Formats = tuple["Format | None", ...]

_ROW, _RUN = "\x00", "rPr"
_ROWS_OF_A_SPAN = 16


class RowSheet(Worksheet):  # type: ignore[misc] # the writer ships no types
    """The writer's sheet that can keep whole rows; without any it is the writer's own."""

    def __init__(self) -> None:
        super().__init__()
        self._ends: dict[int, list[str]] = {}
        self._formats: dict[int, Formats] = {}
        self._interned: dict[object, Any] = {}
        self.dim_rowmin: int
        self.dim_rowmax: int
        self.fh: Any
        self._merged_to: dict[int, int] = {}
        self._spanned = False
        self.rstring: Any

    def keeps(self, row: int) -> bool:
        """Tell whether a row is kept."""
        return row in self._ends

    def holds(self, row: int) -> bool:
        """Tell whether a row is kept, or the writer was given a cell of it."""
        return row in self._ends or row in self.table

    def keep(
        self, first: int, formats: Sequence[Formats], ends: Sequence[list[str]], heights: Sequence[float] | None = None
    ) -> int:
        """Keep rows from a row and from the first column on; below 0 where one is out of bounds.

        There is one row at least, a cell in each, and none there before. The lists of ends stay the caller's to fill
        until the workbook is closed. Without heights in points the rows keep those that they have.
        """
        formats = [self._interned.setdefault(shapes, shapes) for shapes in formats]
        # One object for the number of a row, wherever it is a key.
        rows = list(range(first, first + len(ends)))
        corners = product((rows[0], rows[-1]), sorted(chain.from_iterable(map(_edges, set(formats)))))
        if any(self._check_dimensions(row, column) for row, column in corners):
            return -1
        self._ends.update(zip(rows, ends, strict=True))
        self._formats.update(zip(rows, formats, strict=True))
        for row, height in zip(rows, heights or (), strict=heights is not None):
            self._set_height(row, height)
        return 0

    def _set_height(self, row: int, height: float) -> None:
        """Set a row's height as the writer does, with one object for all rows alike."""
        alike = self._interned.get(height)
        if alike is None:
            self.set_row(row, height)
            alike = self._interned[height] = self.row_info[row], self.row_sizes[row]
        self.row_info[row], self.row_sizes[row] = alike

    def take(self, row: int, column: int) -> None:
        """Move a cell that the writer was given into the row that is kept, if it is; of a link it looks for its own."""
        if row in self._ends and column < len(self._ends[row]) and column not in self.hyperlinks.get(row, ()):
            cell = self.table[row].pop(column)
            self._set(row, column, cell.format, _end(cell))

    def _set(self, row: int, column: int, shape: Format, end: str) -> None:
        self._ends[row][column], formats = end, self._formats[row]
        if formats[column] is not shape:
            changed = (*formats[:column], shape, *formats[column + 1 :])
            self._formats[row] = self._interned.setdefault(changed, changed)

    def merge_down(self, column: int, first: int, last: int, shape: Format, end: str) -> bool:
        """Merge cells of kept rows that stand below each other; tell whether all of them are kept.

        The writer looks for every cell of an area among all that were merged before. Here the areas of a column go from
        the top down, so none can overlap another.
        """
        rows = range(first, last + 1)
        if any(column >= len(self._ends.get(row, ())) for row in rows):
            return False
        if first <= self._merged_to.get(column, -1):
            raise self._out_of_order()
        for row in rows:
            self._set(row, column, shape, end if row == first else BLANK)
        self.merge.append([first, column, last, column])
        self._merged_to[column] = last
        return True

    def merge_range(self, *given: Any) -> int:  # noqa: ANN401 - the writer's own
        """Merge an area as the writer does: it knows nothing of those in kept rows."""
        if self._merged_to and any(row in self._ends for row in range(given[0], given[2] + 1)):
            raise self._out_of_order()
        return int(super().merge_range(*given))

    def _out_of_order(self) -> InternalError:
        return InternalError(f"лист «{self.name}»: области строк, записанных целиком, объединены не сверху вниз")

    def _get_range_data(self, *area: int) -> Any:  # noqa: ANN401 - the writer's own
        if any(row in self._ends for row in range(area[0], area[2] + 1)):
            raise InternalError(f"лист «{self.name}»: диаграмма по строкам, которые записаны целиком")
        return super()._get_range_data(*area)

    def _calculate_spans(self) -> None:
        if not self._ends:
            super()._calculate_spans()
            return
        if self._spanned:
            return
        edges: dict[int, tuple[int, int]] = {}
        own = (
            (row // _ROWS_OF_A_SPAN, tuple(columns))
            for row, columns in chain(self.table.items(), self.comments.items())
        )
        for block, columns in chain(own, self._kept_edges()):
            if columns:
                known = edges.get(block, columns)
                edges[block] = min(*known, *columns), max(*known, *columns)
        self.row_spans = {block: f"{low + 1}:{high + 1}" for block, (low, high) in edges.items()}
        self._spanned = True

    def _kept_edges(self) -> set[tuple[int, tuple[int, int]]]:
        """Return the first and last columns of kept rows, each pair once for the rows that share a span."""
        edges = {id(shapes): _edges(shapes) for shapes in set(self._formats.values())}
        return {(row // _ROWS_OF_A_SPAN, edges[id(shapes)]) for row, shapes in self._formats.items()}

    def _write_rows(self) -> None:
        if not self._ends:
            super()._write_rows()
            return
        self._calculate_spans()
        edges = self.dim_rowmin, self.dim_rowmax
        for kept, rows in groupby(range(edges[0], edges[1] + 1), self._ends.__contains__):
            if kept:
                self.fh.writelines(map(self._kept, rows))
            else:
                own = list(rows)
                self.dim_rowmin, self.dim_rowmax = own[0], own[-1]
                super()._write_rows()
        self.dim_rowmin, self.dim_rowmax = edges
        self._ends.clear()

    def _kept(self, row: int) -> str:
        """Return the XML of a row that is kept."""
        others = self.table.get(row)
        if others:
            return self._rendered(lambda: self._write_mixed(row, others))
        formats = self._formats[row]
        like = (self.row_spans.get(row // _ROWS_OF_A_SPAN), id(self.row_info.get(row)), id(formats))
        pattern = self._interned.get(like)
        if pattern is None:
            pattern = self._interned[like] = self._pattern(row, like[0], formats)
        return str(pattern.replace(_ROW, str(row + 1)) % tuple(self._ends[row]))

    def _pattern(self, row: int, span: str | None, formats: Formats) -> str:
        """Return a row's XML with a sign in the place of its number, and one for the end of each cell."""
        start = self._rendered(lambda: self._write_row(row, span, self.row_info.get(row)))
        heads = [self._head(row, column, shape) for column, shape in enumerate(formats)]
        start = start.replace(f'r="{row + 1}"', f'r="{_ROW}"', 1).replace("%", "%%")
        return start + "".join(f"{head}%s" for head in heads) + "</row>"

    def _head(self, row: int, column: int, shape: Format | None) -> str:
        if shape is None:
            return ABSENT
        known: str | None = self._interned.get((column, shape))
        if known is None:
            blank = self._rendered(lambda: self._write_cell(row, column, CellBlankTuple(shape)))
            known = self._interned[column, shape] = blank.removesuffix(BLANK).replace(f'{row + 1}"', f'{_ROW}"', 1)
        return known

    def _write_mixed(self, row: int, others: Mapping[int, Any]) -> None:
        """Write a row of which some cells were given to the writer later."""
        formats, ends = self._formats[row], self._ends[row]
        self._write_row(row, self.row_spans.get(row // _ROWS_OF_A_SPAN), self.row_info.get(row))
        for column in sorted({*range(len(ends)), *others}):
            if column in others:
                self._write_cell(row, column, others[column])
            else:
                self.fh.write(self._head(row, column, formats[column]).replace(_ROW, str(row + 1)) + ends[column])
        self._xml_end_tag("row")

    def _write_font(self, xf_format: Format) -> None:
        """Write the font of a run of a text: many a text has the same."""
        known: str | None = self._interned.get((_RUN, xf_format))
        if known is None:
            self.rstring, run = XMLwriter(), self.rstring
            self.rstring._set_filehandle(io.StringIO())  # noqa: SLF001 - as the writer does
            super()._write_font(xf_format)
            known = self._interned[_RUN, xf_format] = self.rstring.fh.getvalue()
            self.rstring = run
        self.rstring.fh.write(known)

    def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:  # noqa: FBT001, FBT002 - the writer's own
        """Return a formula as the writer spells it: it looks for two hundred functions, the same in every workbook."""
        return _spelt(formula, expand_future_functions or self.use_future_functions)

    def _rendered(self, write: Callable[[], None]) -> str:
        """Return what the writer would write."""
        kept, self.fh = self.fh, io.StringIO()
        write()
        text, self.fh = self.fh.getvalue(), kept
        return str(text)


@lru_cache(maxsize=256)
def _spelt(formula: str, all_functions: bool) -> str:  # noqa: FBT001 - as the writer has it
    return str(Worksheet()._prepare_formula(formula, all_functions))  # noqa: SLF001 - the writer has no other name for it


def _edges(formats: Formats) -> tuple[int, int]:
    """Return the first and the last column in which a row has a cell."""
    there = [column for column, shape in enumerate(formats) if shape is not None]
    return there[0], there[-1]


def _end(cell: Any) -> str:  # noqa: ANN401 - the writer's own kinds
    """Return what follows the head of a cell."""
    kind = type(cell).__name__
    if kind == "Blank":
        return BLANK
    return f' t="s"><v>{cell.string}</v></c>' if kind.endswith("String") else f"><v>{cell.number:.16G}</v></c>"


@cache
def proven() -> bool:
    """Tell whether the installed writer renders rows that are kept as it renders its own: tried once a process."""
    try:
        kept, own = (_sample(keeps=keeps) for keeps in (True, False))
    except Exception:  # noqa: BLE001 - whatever another version of the writer refuses, rows are given to it cell by cell
        return False
    return kept == own


def _sample(*, keeps: bool) -> list[tuple[str, bytes]]:
    """Return the parts of a workbook of every kind of row and cell that is kept, written either way."""
    file = io.BytesIO()
    with (PlainBook if keeps else xlsxwriter.Workbook)(file, {"in_memory": True}) as book:
        book.set_properties({"created": datetime.datetime(2000, 1, 1)})  # noqa: DTZ001 - a workbook's dates have no zone
        sheet, texts = book.add_worksheet(worksheet_class=RowSheet), Ends(book, bool)
        plain, bold, day = (book.add_format(look) for look in ({"border": 1}, {"bold": True}, {"num_format": "d.m.yy"}))
        sheet.write_string(0, 0, "%s", bold)
        for row in (1, 2, 17, 40):
            _write_sample(sheet, row, (plain, bold, plain, day), texts if keeps else None)
            sheet.write_rich_string(row, 2, bold, "%d", day, " & ", plain)
            sheet.write_datetime(row, 3, datetime.date(2000, 1, 1), day)
            sheet.take(row, 2)
            sheet.take(row, 3)
        sheet.write_url(2, 0, "internal:Sheet1!A1", plain, string="A")
        sheet.write_number(17, 6, 1 / 3, plain)
        for row in (41, 42):
            _write_sample(sheet, row, (plain, bold, plain, day), texts if keeps else None)
        if not (keeps and sheet.merge_down(0, 41, 42, plain, texts.end("*") or "")):
            sheet.merge_range(41, 0, 42, 0, "", plain)
            sheet.write_string(41, 0, "*", plain)
        else:
            texts.count([[texts["*"]]], "*")
    with ZipFile(file) as package:
        return [(name, package.read(name)) for name in package.namelist()]


def _write_sample(sheet: RowSheet, row: int, formats: Formats, texts: Ends | None) -> None:
    values = [f"<{row}> &", "", "100 %", " _x0041_\n" if row % 2 else '"<\x01\ufffe\u00a0ё\t']
    if texts is not None:
        ends = [texts.end(value) or BLANK for value in values]
        sheet.keep(row, [formats], [ends], [20 + row % 2])
        texts.count([ends], values)
        return
    sheet.set_row(row, 20 + row % 2)
    for column, (value, shape) in enumerate(zip(values, formats, strict=True)):
        if value:
            sheet.write_string(row, column, value, shape)
        else:
            sheet.write_blank(row, column, None, shape)
