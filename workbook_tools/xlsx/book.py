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
from workbook_tools.xlsx.checking import Value as Value  # noqa: PLC0414 - handed on to all who write cells
from workbook_tools.xlsx.checking import Written, as_cells_hold, check_workbook
from workbook_tools.xlsx.first_page import BareFirstPage
from workbook_tools.xlsx.measure import PIXELS_PER_POINT, PIXELS_PER_WIDTH_UNIT, line_count, lines_height
from workbook_tools.xlsx.style import CELL, HEADER, Properties

if TYPE_CHECKING:
    from types import TracebackType

    from xlsxwriter.chart import Chart
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

_OPTIONS = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_COMMENT_SIZE, _COMMENT_MARGIN, _HIGHEST_COMMENT = 9, 12, 700
_RUN, _RUN_END = "<r>", "</r>"
# Before the first visible character may stand spaces and signs without a width.
_WAKES_UP = re.compile(r"^[\s\x00\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]*[=+\-@＝＋－＠]|^[\t\r\n\x00]")
# In text of several fonts the writer spells these so that they come back as something else.
_ONE_FONT = re.compile(r"_x[0-9A-Fa-f]{4}_|\r")
_NAME_CHARACTERS = 31
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\]|^'|'$")
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def printable(text: str) -> str:
    """Return the text with characters that a workbook cannot hold shown as their code."""
    return _ILLEGAL.sub(lambda match: f"\\x{ord(match.group()):04x}", text)


def place_on(sheet: str, cell: str = "A1") -> str:
    """Return a cell as a link names it: 'Реестр'!A5."""
    quoted = sheet.replace("'", "''")
    return f"'{quoted}'!{cell}"


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
        self._path = path
        self._book = xlsxwriter.Workbook(str(path), _OPTIONS)
        moment = datetime.datetime.combine(created, datetime.time())
        shown = {name: printable(text) for name, text in properties.items()}
        self._book.set_properties({**shown, "created": moment})
        self._formats: dict[str, Any] = {}
        self._sheets: list[XlsxSheet] = []
        self.font = dict(font)

    def format(self, properties: Properties) -> Format:
        """Return the writer's format for a set of properties, one object for each set."""
        name = repr(sorted(properties.items()))
        if name not in self._formats:
            self._formats[name] = self._book.add_format({**self.font, **properties})
        return self._formats[name]

    def sheet(self, name: str, *, bare_first_page: bool = False) -> XlsxSheet:
        """Add a sheet; its printed header may begin with the second page.

        Raises
        ------
        OutputError
            A workbook can have no sheet of that name.
        """
        taken = {sheet.name.casefold() for sheet in self._sheets}
        unfit = _NOT_IN_NAMES.search(name) or printable(name) != name or name.casefold() in taken
        if unfit or not 0 < len(name) <= _NAME_CHARACTERS:
            raise OutputError(
                f"лист «{printable(name)}» нельзя так назвать: имя листа – до {_NAME_CHARACTERS} знаков, без повторов, "
                "без знаков []:*?/\\ и без апострофа по краям. Исправьте его в профиле."
            )
        kind = BareFirstPage if bare_first_page else None
        self._sheets.append(XlsxSheet(self, self._book.add_worksheet(name, kind)))
        return self._sheets[-1]

    def define_name(self, name: str, formula: str) -> None:
        """Define a name for a range."""
        if self._book.define_name(name, formula):
            raise InternalError(f"имя диапазона «{name}» отклонено")

    def chart(self, options: Mapping[str, Any]) -> Chart:
        """Add a chart to place on a sheet."""
        return self._book.add_chart(dict(options))

    def close(self) -> None:
        """Write the file, and read it again by another reader.

        Raises
        ------
        OutputError
            The file cannot be written.
        InternalError
            It does not hold what was put into it.
        """
        try:
            self._book.close()
        except (OSError, xlsxwriter.exceptions.FileCreateError) as error:
            raise OutputError("книгу не удалось записать; проверьте права на папку и место на диске") from error
        check_workbook(self._path, [(sheet.name, sheet.written.tally) for sheet in self._sheets])

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            self.close()


class XlsxSheet:
    """A sheet under construction: checked writes over the writer's own sheet.

    Attributes
    ----------
    raw
        The writer's own sheet, for what is no value; what it refuses is an error there too.
    written
        What was put into the sheet so far.
    """

    def __init__(self, book: XlsxBook, bare: Worksheet) -> None:
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
        value = as_cells_hold(value)
        self.written.put(row, column, printable(value) if isinstance(value, str) else value)
        if value is None or value == "":
            self._check(self._bare.write_blank(row, column, None, self.book.format(style)), row, column)
        elif isinstance(value, str):
            self._put_text(row, column, printable(value), style)
        elif isinstance(value, datetime.date):
            self._check(self._bare.write_datetime(row, column, value, self.book.format(style)), row, column)
        else:
            self._check(self._bare.write_number(row, column, value, self.book.format(style)), row, column)

    def _put_text(self, row: int, column: int, text: str, style: Properties) -> None:
        shape = self._text_format(row, text, style)
        if text.startswith(_RUN) and text.endswith(_RUN_END):
            # The writer takes such a text for markup of its own; in two runs it is written as text.
            own = self.book.format(style)
            self._check(self._bare.write_rich_string(row, column, own, text[:1], own, text[1:], shape), row, column)
            return
        self._check(self._bare.write_string(row, column, text, shape), row, column)

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
        whole = "".join(text for text, _ in parts)
        if _ONE_FONT.search(whole):
            self.put(row, column, whole, style)
            return
        shape = self._text_format(row, whole, style)
        self.written.put(row, column, whole)
        fragments = [item for text, font in parts for item in (self.book.format(font), text)]
        self._check(self._bare.write_rich_string(row, column, *fragments, shape), row, column)

    def put_row(self, row: int, values: Sequence[Value], style: Properties = CELL, column: int = 0) -> None:
        """Write values side by side."""
        for offset, value in enumerate(values):
            self.put(row, column + offset, value, style)

    def put_link(self, row: int, column: int, target: str, text: str, style: Properties, tip: str = "") -> None:
        """Write a link to a place in this workbook; target as «'Лист'!A1», `tip` as shown under the pointer."""
        shown = printable(text)
        shape = self._text_format(row, shown, style)
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
        if first != last:
            self.written.clear(first, last)
            self._check(self._bare.merge_range(*first, *last, "", self.book.format(style)), *first)
        self.put(*first, value, style)

    def validate(self, area: tuple[int, int, int, int], options: Mapping[str, Any]) -> None:
        """Attach a data validation to an area (first row, first column, last row, last column)."""
        self._check(self._bare.data_validation(*area, dict(options)), area[0], area[1])

    def comment(self, row: int, column: int, text: str, width: int = 320) -> None:
        """Attach a comment, as high as its text needs; width in pixels."""
        lines = line_count(text, width / PIXELS_PER_WIDTH_UNIT, _COMMENT_SIZE)
        height = min(_HIGHEST_COMMENT, lines_height(lines, _COMMENT_SIZE) * PIXELS_PER_POINT + _COMMENT_MARGIN)
        options = {"x_scale": width / 128, "y_scale": height / 74, "font_size": _COMMENT_SIZE, "author": ""}
        self._check(self._bare.write_comment(row, column, printable(text), options), row, column)

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
