"""Filling a template as a person does: into unlocked cells, by header and record code."""

from __future__ import annotations

import datetime
import io
import re
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from openpyxl import load_workbook
from openpyxl.cell.cell import MergedCell

if TYPE_CHECKING:
    from openpyxl.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

    from workbook_tools.profile import Profile

Value = str | datetime.date
_SAVED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*(</dcterms:modified>)")


class FilledTemplate:
    """A unit's template under its hands.

    Parameters
    ----------
    template
        The template as the program made it.
    profile
        Where its sheets and headers are named.
    """

    def __init__(self, template: Path, profile: Profile) -> None:
        self._book = load_workbook(template)
        self._title: Worksheet = self._book[profile.sheets["title"].name]
        self._data: Worksheet = self._book[profile.sheets["data"].name]
        self._labels = {field.label: field.name for field in profile.title_fields}
        self._columns = {name: column for column, name in enumerate(profile.headers("data"), 1)}
        self._first = profile.template.header_row + 1

    def sign(self, values: Mapping[str, Value]) -> None:
        """Fill in the title sheet by field name."""
        for row in self._title.iter_rows(min_col=2, max_col=3):
            name = self._labels.get(str(row[0].value), "")
            if name in values:
                self._type(row[1], values[name])

    def edit(self, code: str, **values: Value) -> None:
        """Change cells of the row with a code."""
        self._fill(self._row_of(code), values)

    def add(self, **values: Value) -> None:
        """Fill in the first free row."""
        row = self._first
        while self._data.cell(row, self._columns["action"]).value:
            row += 1
        self._fill(row, values)

    def delete(self, code: str) -> None:
        """Delete the row with a code, as a person does who lifts the protection."""
        self._data.delete_rows(self._row_of(code))

    def save(self, target: Path) -> None:
        """Save, with nothing in the file that differs from one run to the next."""
        buffer = io.BytesIO()
        self._book.save(buffer)
        settled = io.BytesIO()
        with zipfile.ZipFile(buffer) as source, zipfile.ZipFile(settled, "w") as archive:
            for name in source.namelist():
                entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
                entry.create_system = 0
                entry.compress_type = zipfile.ZIP_DEFLATED
                archive.writestr(entry, _SAVED.sub(rb"\g<1>2026-11-20T00:00:00Z\g<2>", source.read(name)))
        target.write_bytes(settled.getvalue())

    def _row_of(self, code: str) -> int:
        column = self._columns["code"]
        return next(
            row for row in range(self._first, self._data.max_row + 1) if self._data.cell(row, column).value == code
        )

    def _fill(self, row: int, values: Mapping[str, Value]) -> None:
        for name, value in values.items():
            self._type(self._data.cell(row, self._columns[name]), value)

    @staticmethod
    def _type(cell: Cell | MergedCell, value: Value) -> None:
        if isinstance(cell, MergedCell) or cell.protection.locked:
            raise ValueError(f"{cell.coordinate} is locked: a person could not type there")
        cell.value = value
