"""Writing workbooks: text stays text, every refusal of the writer is an error, the same input gives the same bytes."""

from __future__ import annotations

import datetime
import io
import re
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import xlsxwriter

from workbook_tools.errors import InternalError, OutputError
from workbook_tools.placing.disk import target_of, unwritable
from workbook_tools.xlsx.checking import Check, check_workbook
from workbook_tools.xlsx.checking import Value as Value  # noqa: PLC0414 - handed on to all who write cells
from workbook_tools.xlsx.ends import Ends
from workbook_tools.xlsx.first_page import BareFirstPage
from workbook_tools.xlsx.rows import RowSheet, proven
from workbook_tools.xlsx.sheet import XlsxSheet as XlsxSheet  # noqa: PLC0414 - as above
from workbook_tools.xlsx.sheet import place_on as place_on  # noqa: PLC0414 - as above
from workbook_tools.xlsx.strings import PlainBook
from workbook_tools.xlsx.texts import printable as printable  # noqa: PLC0414 - as above

if TYPE_CHECKING:
    from types import TracebackType

    from xlsxwriter.chart import Chart
    from xlsxwriter.format import Format

    from workbook_tools.xlsx.style import Properties

_OPTIONS = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_NAME_CHARACTERS = 31
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\]|^'|'$")


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
    in_memory
        Hold the parts in memory until all are packed: the writer's files, one for each part, cost a small book more
        time than its writing, and memory is what a large one is short of.
    check
        Reads the file again, when it is closed or, where others do it, by the time that they are waited for.
    """

    def __init__(
        self,
        path: Path,
        properties: Mapping[str, str],
        created: datetime.date,
        font: Properties,
        *,
        in_memory: bool = False,
        check: Check = check_workbook,
    ) -> None:
        self._path = path
        self._check = check
        options = {**_OPTIONS, "in_memory": in_memory}
        self._packed = io.BytesIO() if in_memory else None
        self._book = (PlainBook if proven() else xlsxwriter.Workbook)(self._packed or str(path), options)
        moment = datetime.datetime.combine(created, datetime.time())
        shown = {name: printable(text) for name, text in properties.items()}
        self._book.set_properties({**shown, "created": moment})
        self._formats: dict[tuple[tuple[str, Any], ...], Format] = {}
        self._properties: dict[Format, Properties] = {}
        self._sheets: list[XlsxSheet] = []
        self.font = dict(font)

    @cached_property
    def ends(self) -> Ends | None:
        """The ends of cells by what they hold, for rows that are kept whole; None where the writer cannot keep them."""
        return Ends(self._book) if proven() else None

    def format(self, properties: Properties) -> Format:
        """Return the writer's format for a set of properties, one object for each set."""
        name = tuple(properties.items())
        found = self._formats.get(name)
        if found is None:
            found = self._formats[name] = self._new_format(properties)
        return found

    def _new_format(self, properties: Properties) -> Format:
        """Return the format of a set of properties that was not asked for in this order before."""
        whole = tuple(sorted(properties.items()))
        if whole not in self._formats:
            self._formats[whole] = self._book.add_format({**self.font, **properties})
            self._properties[self._formats[whole]] = dict(properties)
        return self._formats[whole]

    def quoted(self, shape: Format) -> Format:
        """Return a format with the mark that what it shows is text."""
        return self.format({**self._properties[shape], "quote_prefix": True})

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
        kind = BareFirstPage if bare_first_page else RowSheet
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
        """Write the file, and have it read again by another reader.

        Raises
        ------
        OutputError
            The file cannot be written.
        InternalError
            It does not hold what was put into it.
        """
        try:
            self._book.close()
            if self._packed is not None:
                self._path.write_bytes(self._packed.getvalue())
        except (OSError, xlsxwriter.exceptions.FileCreateError) as error:
            refused = error if isinstance(error, OSError) else OSError()
            raise unwritable(target_of(self._path), refused) from error
        self._forget()
        self._check(self._path, [(sheet.name, sheet.written) for sheet in self._sheets])
        self._sheets.clear()

    def _forget(self) -> None:
        """Let go of all that was needed to write, before what was written is read."""
        for sheet in self._sheets:
            sheet.forget()
        self.__dict__.pop("ends", None)
        del self._book, self._packed, self._formats, self._properties

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            self.close()
