"""A sheet under construction, cell by cell: checked writes over the writer's own sheet."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from workbook_tools.errors import InternalError, OutputError
from workbook_tools.limits import CELL_CHARACTERS
from workbook_tools.xlsx.checking import Value, Written, as_cells_hold
from workbook_tools.xlsx.style import CELL, Properties
from workbook_tools.xlsx.texts import is_live, is_markup, is_of_one_font, printable

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

    from workbook_tools.xlsx.book import XlsxBook
    from workbook_tools.xlsx.rows import RowSheet


class CellSheet:
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

    def put_link(self, row: int, column: int, target: str, text: str, style: Properties, tip: str = "") -> None:
        """Write a link to a place in this workbook; target as «'Лист'!A1», `tip` as shown under the pointer."""
        shown = printable(text)
        if is_markup(shown):
            self.put_linked(row, column, shown, target, style, tip)
            return
        shape = self._text_format(row, shown, self.book.format(style))
        self.written.put(row, column, shown)
        code = self._bare.write_url(row, column, f"internal:{target}", shape, string=shown, tip=tip or None)
        self._check(code, row, column)

    def put_linked(self, row: int, column: int, value: Value, target: str, style: Properties, tip: str = "") -> None:
        """Write a value that leads to a place in this workbook; it looks and counts as it would without the link."""
        shape = self.book.format(style)
        code = self._bare.write_url(row, column, f"internal:{target}", shape, string="-", tip=tip or None)
        self._check(code, row, column)
        self.put(row, column, value, style)

    def forget(self) -> None:
        """Let go of the writer's sheet, and that of its rows: it and its book hold each other."""
        self._bare.__dict__.clear()
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
