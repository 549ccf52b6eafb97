"""What may be chosen in a cell of the profile's workbook; everything is checked again when it is read."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any

from xlsxwriter.utility import quote_sheetname

from workbook_tools.profile_book.cells import NO, YES
from workbook_tools.profile_book.parts import Column, Kind, Line
from workbook_tools.profile_book.tables import CLIENTS

if TYPE_CHECKING:
    from workbook_tools.xlsx.book import XlsxSheet

Area = tuple[int, int, int, int]

_LONGEST_LIST = 255
"""So many characters of a list fit into a cell's own validation."""
_FIRST_ROW, _LAST_ROW = 6, 1000


def validate_column(sheet: XlsxSheet, area: Area, column: Column, data: dict[str, Any]) -> None:
    """Attach to a column what may be chosen in it; a name that stands on another sheet is only offered."""
    if column.source == CLIENTS:
        _offer(sheet, area, [item["name"] for item in data[CLIENTS]], firm=False)
    elif column.source:
        source = f"={quote_sheetname(column.source)}!$A${_FIRST_ROW}:$A${_LAST_ROW}"
        _list(sheet, area, source, firm=False)
    elif column.kind in {Kind.CHOICE, Kind.FLAG}:
        _offer(sheet, area, list(column.choice.values()) or [YES, NO], firm=True)


def validate_line(sheet: XlsxSheet, area: Area, line: Line) -> None:
    """Attach to a line's value what it may be."""
    if line.kind is Kind.CHOICE:
        _offer(sheet, area, list(line.choice.values()), firm=True)
    if line.kind is Kind.DATE:
        options = {
            "validate": "date",
            "criteria": ">=",
            "value": datetime.date(1900, 3, 1),
            "error_type": "warning",
            "error_title": "Дата",
            "error_message": "Запишите дату в виде дд.мм.гггг, например 15.12.2026.",
        }
        sheet.validate(area, options)


def _offer(sheet: XlsxSheet, area: Area, words: list[str], *, firm: bool) -> None:
    # A comma would part a word in two.
    if words and len(",".join(words)) <= _LONGEST_LIST and not any("," in word for word in words):
        _list(sheet, area, words, firm=firm)


def _list(sheet: XlsxSheet, area: Area, source: str | list[str], *, firm: bool) -> None:
    options = {
        "validate": "list",
        "source": source,
        "error_type": "stop" if firm else "warning",
        "error_title": "Нет в списке",
        "error_message": "Выберите значение из списка." if firm else "Такого значения в списке нет. Оставить его?",
    }
    sheet.validate(area, options)
