"""Cases of groups B2, B4, B9 and B14: numbers that are seen otherwise than they are written, and cells left out."""

from __future__ import annotations

import struct
from functools import partial
from typing import TYPE_CHECKING
from xml.sax.saxutils import quoteattr

from tests.hostile.case import FINDING, Case, Expected, at_cell, found, read, refused, told
from tests.hostile.formats import brt, brt_styles, sheets, xlsb
from tests.hostile.old import as_csv
from tests.hostile.stage import CELL, CONTACT, FIRST_NEW, ROW

if TYPE_CHECKING:
    from tests.hostile.parts import Parts

_STYLES = "xl/styles.xml"
_H10 = ("Сведения", ROW - 1, 7)
_CSV = "Перечень_{unit}_2024-03-19.csv"


def _formatted(value: str, code: str, parts: Parts) -> bytes:
    """Write a number of a format into the cell."""
    own = f'<numFmt numFmtId="900" formatCode={quoteattr(code)}/></numFmts>'
    style = parts.text(_STYLES).partition("<cellXfs")[2].partition("</cellXfs>")[0].count("<xf ")
    parts = parts.swap("</numFmts>", own, _STYLES).swap("</cellXfs>", '<xf numFmtId="900"/></cellXfs>', _STYLES)
    return at_cell(f'<c r="{CELL}" s="{style}"><v>{value}</v></c>')(parts).packed()


def _told(contact: str, *says: str) -> Expected:
    return Expected((FINDING,), says, (CELL,), contact)


_NUMBERS = {
    "percent": ("0.5", "0%", _told("50%", "видно «50%»", "число 0,5")),
    "percent-rounded": ("0.505", "0%", _told("0,505", "видно «51%»")),
    "mask-of-a-telephone": ("123456", "000-00-00", _told("012-34-56", "012-34-56", "123456")),
    "mask-of-noughts": ("17", "00000", _told("00017", "00017")),
    "two-places": ("1.5", "0.00", _told("1,50")),
    "no-places": ("2.5", "0", _told("2,5", "видно «3»")),
    "groups-of-three": ("1234567", "#,##0", _told("1 234 567")),
    "with-a-unit": ("5", '0" шт."', _told("5 шт.", "5 шт.")),
    "of-a-condition": ("1", '[=1]"да";"нет"', _told("1", "особом виде")),
    "hidden": ("5", ";;;", _told("5", "особом виде")),
    "day-and-month": ("46115", "d\\-mmm", _told("03.04.2026", "дата в особом виде")),
    "length-of-time": ("1.5", "[h]:mm", _told("36:00:00", "36:00:00")),
    "whole-in-whole": ("5", "0", read("5")),
    "day-in-figures": ("46115", "dd.mm.yyyy", read("03.04.2026")),
}
SHOWN = [
    Case(f"shown-{name}", "B9", expected, partial(_formatted, value, code))
    for name, (value, code, expected) in _NUMBERS.items()
]


def _binary(record: bytes, parts: Parts, styles: bytes = b"") -> bytes:
    return xlsb(sheets(parts), {_H10: record}, styles)


def _cell(kind: int, content: bytes, style: int = 0) -> bytes:
    return brt(kind, struct.pack("<II", 7, style) + content)


def _xlsb(name: str, group: str, expected: Expected, record: bytes, styles: bytes = b"") -> Case:
    return Case(f"xlsb-{name}", group, expected, partial(_binary, record, styles=styles), "{unit}.xlsb")


_RICH = b"\0" + struct.pack("<I", len(CONTACT)) + CONTACT.encode("utf-16-le")
_NUMBER = struct.pack("<d", 0.5)
BINARY = [
    _xlsb("error", "B4", found(CELL, says=["#REF!"]), _cell(3, b"\x17")),
    _xlsb("error-of-a-formula", "B4", found(CELL, says=["#N/A"]), _cell(11, b"\x2a\0\0")),
    _xlsb("error-unknown", "B4", told(CELL), _cell(3, b"\x99")),
    _xlsb("rich-text", "B2", found(CELL), _cell(62, _RICH)),
    _xlsb("short-cell", "B2", found(CELL), brt(16, b"\0" * 4 + _NUMBER)),
    _xlsb("cell-twice", "B2", found(CELL), _cell(5, _NUMBER) * 2),
    _xlsb("percent", "B9", _told("50%", "видно «50%»"), _cell(5, _NUMBER, 1), brt_styles("0%")),
    _xlsb("number", "B9", read("0,5"), _cell(5, _NUMBER), brt_styles("0%")),
    _xlsb("record-cut", "B2", refused("обрывается"), brt(5, b"\0" * 8)[:-4] + b"\xff" * 3),
]


def _ragged(parts: Parts) -> bytes:
    """Put a delimiter into the header and the first row, so that the usual width begins below both."""
    lines = as_csv(parts).split("\r\n")
    return "\r\n".join(f"{line};лишнее" if at in {4, 5} else line for at, line in enumerate(lines)).encode()


TABLES = [
    Case("csv-header-ragged", "B14", refused("строка 5"), _ragged, _CSV),
    Case(
        "csv-field-of-200000-characters",
        "B14",
        Expected((FINDING,), ("больше знаков",), (f"H{FIRST_NEW}",)),
        lambda p: as_csv(p).replace(CONTACT, "ъ" * 200_000, 1).encode(),
        _CSV,
    ),
]

CASES: list[Case] = [*SHOWN, *BINARY, *TABLES]
