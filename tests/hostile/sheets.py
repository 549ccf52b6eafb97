"""Cases of groups A7, B1–B3, B6 and B7: the XML of a sheet, and where its cells stand."""

from __future__ import annotations

import re
from collections.abc import Callable

from tests.hostile.case import FINDING, READ, Case, Expected, any_told, at_cell, edited, read, refused, told
from tests.hostile.parts import Parts, text_cell
from tests.hostile.rewriting import mapped_rows, shared
from tests.hostile.stage import CELL, CONTACT, DATA, ROW, process_name

_BOOK = "xl/workbook.xml"
_NAME = f"E{ROW}"
_ENTITY = '<!DOCTYPE x [<!ENTITY e "{body}">]>'
_LAUGHS = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))


def _before(text: str, name: str = DATA) -> Callable[[Parts], Parts]:
    return lambda parts: parts.put(name, text + parts.text(name))


def _recoded(encoding: str, label: str) -> Callable[[Parts], Parts]:
    """Write a document type in another encoding, where a search for its letters does not find it."""
    head = f'<?xml version="1.0" encoding="{label}"?><!DOCTYPE x [<!ENTITY e "каб. 0017">]>'
    return lambda parts: parts.put(DATA, (head + parts.swap(CONTACT, "&e;", count=-1).text()).encode(encoding))


ENTITIES = edited(
    "A7",
    refused(),
    {
        "doctype-empty": _before("<!DOCTYPE worksheet>"),
        "entity-internal": lambda p: _before(_ENTITY.format(body=CONTACT))(p.swap(CONTACT, "&e;", count=-1)),
        "entity-from-a-file": lambda p: _before('<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>')(
            p.swap(CONTACT, "&e;", count=-1)
        ),
        "entity-billion-laughs": lambda p: _before(f'<!DOCTYPE x [<!ENTITY e0 "ha">{_LAUGHS}]>')(
            p.swap(CONTACT, "&e9;")
        ),
        "entity-quadratic": lambda p: _before(_ENTITY.format(body="a" * 50_000))(p.swap(CONTACT, "&e;" * 2_000)),
        "entity-parameter": _before('<!DOCTYPE x [<!ENTITY % p SYSTEM "http://example.org/x.dtd"> %p;]>'),
        "entity-in-utf-16-le": _recoded("utf-16-le", "UTF-16LE"),
        "entity-in-utf-16-with-bom": _recoded("utf-16", "UTF-16"),
        "doctype-in-shared-strings": lambda p: _before("<!DOCTYPE sst>", "xl/sharedStrings.xml")(shared(p)),
        "doctype-in-the-workbook": _before("<!DOCTYPE workbook>", _BOOK),
        "doctype-in-the-relations": _before("<!DOCTYPE x>", "xl/_rels/workbook.xml.rels"),
        "doctype-in-the-types": _before("<!DOCTYPE x>", "[Content_Types].xml"),
        "doctype-in-the-styles": _before("<!DOCTYPE x>", "xl/styles.xml"),
        "depth-100000": lambda p: p.swap("</sheetData>", "</sheetData>" + "<a>" * 100_000 + "</a>" * 100_000),
        "depth-2000-in-a-cell": at_cell(f'<c r="{CELL}" t="inlineStr">{"<is>" * 2_000}{"</is>" * 2_000}</c>'),
        "attributes-50000": lambda p: p.swap("<sheetData>", f"<sheetData {_many_attributes(50_000)}>"),
        "attribute-of-2-mib": lambda p: p.swap("<sheetData>", f'<sheetData a="{"x" * 2_000_000}">'),
        "name-of-2-mib": lambda p: p.swap("</sheetData>", f"</sheetData><{'x' * 2_000_000}/>"),
        "end-tag-missing": lambda p: p.swap("</sheetData>", ""),
        "sheet-cut-after-a-row": lambda p: p.put(DATA, p.text()[: p.text().index('<row r="11"')]),
        "sheet-empty-part": lambda p: p.put(DATA, ""),
        "sheet-all-nul": lambda p: p.put(DATA, b"\0" * 5_000),
        "sheet-of-bad-utf-8": lambda p: p.put(DATA, p.content[DATA].replace("каб".encode(), b"\xd0\xff\xba")),
        "attribute-twice": lambda p: p.swap(f'<c r="{CELL}"', f'<c r="{CELL}" r="A1"'),
        "ampersand-alone": lambda p: p.swap(CONTACT, "каб & 0017"),
        "workbook-cut": lambda p: p.put(_BOOK, p.content[_BOOK][:900]),
    },
)


def _many_attributes(count: int) -> str:
    return " ".join(f'a{n}="1"' for n in range(count))


def _doubled(parts: Parts) -> Parts:
    """Write row 10 a second time, under the same number and with another process."""
    return parts.swap("</sheetData>", parts.row(ROW).replace(process_name("", ROW), "Вторая строка ") + "</sheetData>")


def _renamed_row(number: str) -> Callable[[Parts], Parts]:
    return lambda p: p.swap(p.row(ROW), _other_number(p.row(ROW), number))


def _other_number(row: str, number: str, old: int = ROW) -> str:
    return re.sub(rf'r="([A-Z]*){old}"', rf'r="\g<1>{number}"', row)


def _text(place: str, text: str = "потерянное") -> str:
    return text_cell(text, place)


def _index(index: str) -> Callable[[Parts], Parts]:
    return lambda p: shared(p).cell(CELL, f'<c r="{CELL}" t="s"><v>{index}</v></c>')


INDEXES = edited(
    "B2",
    told(CELL),
    {
        "string-index-minus-one": _index("-1"),
        "string-index-a-word": _index("abc"),
        "string-index-too-large": _index("999999"),
        "string-index-over-32-bits": _index("4294967296"),
        "string-index-a-fraction": _index("1.5"),
        "string-index-none": _index(""),
        "string-index-without-a-table": lambda p: p.cell(CELL, f'<c r="{CELL}" t="s"><v>0</v></c>'),
        "cell-of-an-unknown-type": at_cell(f'<c r="{CELL}" t="zz"><v>{CONTACT}</v></c>'),
        "cell-of-an-unknown-element": at_cell(f'<c r="{CELL}"><value>{CONTACT}</value></c>'),
        "cell-twice": lambda p: p.swap(f'<c r="{CELL}"', _text(CELL) + f'<c r="{CELL}"'),
        "cell-with-two-values": at_cell(f'<c r="{CELL}"><v>1</v><v>2</v></c>'),
        "boolean-of-a-word": at_cell(f'<c r="{CELL}" t="b"><v>может быть</v></c>'),
    },
)
PLACES = [
    *edited(
        "B2",
        told(),
        {
            "row-number-twice": _doubled,
            "row-zero": _renamed_row("0"),
            "row-negative": _renamed_row("-3"),
            "row-number-a-word": _renamed_row("десять"),
            "column-past-xfd": lambda p: p.swap("</row></sheetData>", _text("XFE208") + "</row></sheetData>"),
            "place-without-a-number": lambda p: p.swap(f'<c r="{CELL}"', '<c r="H"'),
            "place-without-a-letter": lambda p: p.swap(f'<c r="{CELL}"', f'<c r="{ROW}"'),
            "place-empty": lambda p: p.swap(f'<c r="{CELL}"', '<c r=""'),
            "row-outside-the-table-of-data": lambda p: p.swap(p.row(ROW), "").swap(
                "</sheetData>", "</sheetData>" + p.row(ROW)
            ),
            "two-tables-of-data": lambda p: p.swap('<row r="11"', '</sheetData><sheetData><row r="11"'),
            "value-outside-a-cell": lambda p: p.swap(f'<c r="{CELL}"', f'<v>потеря</v><c r="{CELL}"'),
        },
    ),
    *edited(
        "B2",
        any_told(),
        {
            "row-past-the-end": _renamed_row("1048577"),
            "row-over-32-bits": _renamed_row("4294967306"),
            "cells-say-another-row": lambda p: p.swap(f'<row r="{ROW}"', '<row r="500"'),
            "row-in-a-row": lambda p: p.swap(p.row(ROW), p.row(ROW).replace("</row>", p.row(11) + "</row>")).swap(
                p.row(11), ""
            ),
            "row-under-an-unknown-element": lambda p: p.swap(p.row(ROW), f"<group>{p.row(ROW)}</group>"),
            "row-of-a-foreign-namespace": lambda p: p.swap(
                p.row(ROW), p.row(ROW).replace("<row ", '<row xmlns="urn:x" ', 1)
            ),
            "choice-of-versions": lambda p: p.swap(p.row(ROW), _alternate(p.row(ROW))),
            "two-sheets-of-one-part": lambda p: p.swap('r:id="rId4"', 'r:id="rId3"', _BOOK),
            "data-sheet-is-a-chart": lambda p: p.swap(
                '/worksheet" Target="/xl/worksheets/sheet3.xml"',
                '/chartsheet" Target="/xl/worksheets/sheet3.xml"',
                "xl/_rels/workbook.xml.rels",
            ),
            "place-in-small-letters": lambda p: p.swap(f'<c r="{CELL}"', f'<c r="{CELL.lower()}"'),
            "place-with-dollars": lambda p: p.swap(f'<c r="{CELL}"', f'<c r="$H${ROW}"'),
            "place-with-zeros": lambda p: p.swap(f'<c r="{CELL}"', f'<c r="H00{ROW}"'),
            "type-in-capitals": lambda p: p.sub(
                rf'<c r="{CELL}" s="\d+" t="inlineStr"', f'<c r="{CELL}" t="INLINESTR"'
            ),
            "unknown-root": lambda p: p.sub(r"<worksheet ", "<chartsheet ").swap("</worksheet>", "</chartsheet>"),
        },
    ),
    *edited("B2", read(), {"unknown-attributes": lambda p: p.swap("<c r=", '<c xmlns:q="urn:q" q:a="1" r=', count=-1)}),
]


def _alternate(row: str) -> str:
    space = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    return f'<mc:AlternateContent {space}><mc:Choice Requires="x">{row}</mc:Choice><mc:Fallback/></mc:AlternateContent>'


def _named(new: str) -> Callable[[Parts], Parts]:
    """Give the list of names the name of the data sheet, and data of its own."""
    return lambda p: p.swap('name="Справочники"', f'name="{new}"', _BOOK).put("xl/worksheets/sheet4.xml", _own_rows(p))


def _own_rows(parts: Parts) -> bytes:
    return parts.content[DATA].replace("Оформление".encode(), "Повторное оформление".encode())


SHEETS = [
    *edited(
        "B2",
        told(),
        {
            "two-sheets-of-one-name": _named("Сведения"),
            "two-sheets-of-one-name-but-case": _named("СВЕДЕНИЯ"),
            "data-on-two-sheets": _named("Сведения (2)"),
            "sheets-element-missing": lambda p: p.sub(r"<sheets>.*</sheets>", "", _BOOK),
            "sheets-none": lambda p: p.sub(r"<sheets>.*</sheets>", "<sheets/>", _BOOK),
        },
    ),
    *edited(
        "B7",
        told("N10"),
        {"column-without-a-header": lambda p: p.swap('</row><row r="11"', _text("N10") + '</row><row r="11"')},
    ),
    *edited(
        "B7",
        told("N5"),
        {"column-named-twice": lambda p: p.sub(r'</row><row r="6"', _text("N5", "Действие") + '</row><row r="6"')},
    ),
    *edited("B7", told(says=["Вид точки"]), {"column-missing": lambda p: p.cell("I5", '<c r="I5"/>')}),
    *edited("B7", told(), {"header-below-row-50": lambda p: mapped_rows(p, {n: n + 60 for n in range(1, 300)})}),
]
BOX = [
    *edited(
        "B3",
        refused("XFD1048576"),
        {
            "value-at-the-farthest-cell": lambda p: p.swap(
                "</sheetData>", f'<row r="1048576">{_text("XFD1048576")}</row></sheetData>'
            )
        },
    ),
    *edited(
        "B3",
        told("AA200000"),
        {
            "value-far-down-and-right": lambda p: p.swap(
                "</sheetData>", f'<row r="200000">{_text("AA200000")}</row></sheetData>'
            )
        },
    ),
]


def _with_rows(parts: Parts, *cells: tuple[str, str]) -> Parts:
    """Type texts into blank cells of the data sheet."""
    for place, text in cells:
        parts = parts.cell(place, _text(place, text))
    return parts


def _second_header(parts: Parts) -> Parts:
    """Repeat the header before the last row, as where a table goes on over a page."""
    parts = mapped_rows(parts, {12: 14, 14: 12})
    return parts.swap(parts.row(13), _other_number(parts.row(5), "13", old=5))


# One reader ends the process at the first, and takes its time and memory over the second, which is within the limit.
DEATHS = [
    *edited(
        "B1",
        told(),
        {
            "column-of-many-letters": lambda p: p.swap(
                "</row></sheetData>", _text("ZZZZZZZ208") + "</row></sheetData>"
            ),
        },
    ),
    *edited(
        "B1",
        any_told("GR40000"),
        {
            "box-of-8-million-cells": lambda p: p.swap(
                "</sheetData>", f'<row r="40000">{_text("GR40000")}</row></sheetData>'
            ),
        },
    ),
]
LEDGER = edited(
    "B6",
    Expected((READ, FINDING)),
    {
        "header-repeated-inside": _second_header,
        "total-at-the-end": lambda p: _with_rows(p, ("E13", "Итого строк: 7")),
        "remark-below-the-table": lambda p: _with_rows(p, ("B60", "Проверено, замечаний нет")),
        "rows-with-a-number-only": lambda p: _with_rows(p, ("A13", "8"), ("A14", "9")),
        "row-of-spaces": lambda p: _with_rows(p, ("E13", "   "), ("F13", "\u00a0")),
    },
)

CASES: list[Case] = [*DEATHS, *LEDGER, *ENTITIES, *INDEXES, *PLACES, *SHEETS, *BOX]
