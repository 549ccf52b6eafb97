"""Cases of groups A9, B7, B8 and B11 that must be read whole: what other programs and people make of a good file."""

from __future__ import annotations

import re

from tests.hostile.case import Case, any_told, at_cell, edited, found, read, read_or_refused
from tests.hostile.parts import Parts, text_cell
from tests.hostile.rewriting import (
    MAIN,
    OFFICE,
    mapped_columns,
    mapped_rows,
    prefixed,
    related,
    reversed_cells,
    reversed_rows,
    shared,
    strict,
    without_places,
)
from tests.hostile.stage import CELL, CONTACT, DATA, ROW, TITLE

_BOOK, _RELS, _TYPES = "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "[Content_Types].xml"


def _added_row(number: int, cells: str, attributes: str = "") -> str:
    return f'<row r="{number}"{attributes}>{cells}</row></sheetData>'


def _far_style(parts: Parts) -> Parts:
    return parts.swap("</sheetData>", _added_row(1_048_576, '<c r="XFD1048576" s="1"/>'))


def _many_styled_rows(parts: Parts) -> Parts:
    rows = "".join(f'<row r="{n}"><c r="A{n}" s="1"/><c r="M{n}" s="1"/></row>' for n in range(1_000, 61_000))
    return parts.swap("</sheetData>", f"{rows}</sheetData>")


def _epoch_1904(parts: Parts) -> Parts:
    """Count the days from 1904 and write the dates accordingly: the same dates."""
    parts = parts.swap("<workbookPr/>", '<workbookPr date1904="1"/>', _BOOK)
    return parts.sub(r"<v>(46\d{3})</v>", lambda day: f"<v>{int(day[1]) - 1462}</v>", TITLE)


def _filtered(parts: Parts) -> Parts:
    parts = parts.sub(rf'<row r="({ROW}|{ROW + 1})"', r'<row r="\1" hidden="1"')
    rule = '<filterColumn colId="4"><filters><filter val="x"/></filters></filterColumn>'
    return parts.sub(r"<autoFilter [^>]*/>", f'<autoFilter ref="A5:M12">{rule}</autoFilter>', count=1)


def _noted(parts: Parts, kind: str, target: str, content_type: str, content: str | bytes) -> Parts:
    return related(parts.put(f"xl/{target}", content), kind, target, content_type)


def _external_link(parts: Parts) -> Parts:
    link = (
        f'<externalLink xmlns="{MAIN}"><externalBook xmlns:r="{OFFICE}" r:id="rId1"><sheetNames>'
        '<sheetName val="Лист1"/></sheetNames></externalBook></externalLink>'
    )
    rels = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
        f'Type="{OFFICE}/externalLinkPath" Target="file:///\\\\host\\share\\b.xlsx" TargetMode="External"/>'
        "</Relationships>"
    )
    parts = _noted(
        parts, "externalLink", "externalLinks/externalLink1.xml", "spreadsheetml.externalLink+xml", link
    ).put("xl/externalLinks/_rels/externalLink1.xml.rels", rels)
    return parts.sub(
        r"<definedNames>|(?=<calcPr)",
        f'<externalReferences><externalReference xmlns:r="{OFFICE}" r:id="rIdXexternalLink"/></externalReferences>'
        r"\g<0>",
        _BOOK,
        count=1,
    )


def _connection(parts: Parts) -> Parts:
    text = (
        f'<connections xmlns="{MAIN}"><connection id="1" name="c" type="5" refreshedVersion="3" refreshOnLoad="1">'
        '<dbPr connection="Provider=SQLOLEDB;Data Source=evil" command="drop table"/></connection></connections>'
    )
    return _noted(parts, "connections", "connections.xml", "spreadsheetml.connections+xml", text)


def _macros(parts: Parts) -> Parts:
    parts = parts.sub(
        r"application/vnd\.openxmlformats-officedocument\.spreadsheetml\.sheet\.main\+xml",
        "application/vnd.ms-excel.sheet.macroEnabled.main+xml",
        _TYPES,
    )
    return _noted(parts, "vbaProject", "vbaProject.bin", "x", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"AutoOpen" * 60)


def _linked(parts: Parts) -> Parts:
    """Give the contact a hyperlink to an address outside."""
    rels = "xl/worksheets/_rels/sheet3.xml.rels"
    parts = parts.swap(
        "</Relationships>",
        f'<Relationship Id="rIdH" Type="{OFFICE}/hyperlink" Target="javascript:alert(1)" TargetMode="External"/>'
        "</Relationships>",
        rels,
    )
    return parts.swap("</hyperlinks>", f'<hyperlink ref="{CELL}" xmlns:r="{OFFICE}" r:id="rIdH"/></hyperlinks>')


def _other_sheet_first(parts: Parts) -> Parts:
    sheets = re.findall(r"<sheet [^>]*/>", parts.text(_BOOK))
    order = [sheets[2], sheets[0], sheets[4], sheets[3], sheets[1]]
    parts = parts.sub(r"<sheets>.*</sheets>", f"<sheets>{''.join(order)}</sheets>", _BOOK)
    return parts.sub(r"<definedNames>.*?</definedNames>", "", _BOOK)


def _unmerged_header(parts: Parts) -> Parts:
    return parts.swap("<t>Вид точки</t>", '<t xml:space="preserve">  вид  точки\n</t>')


FORMS = edited(
    "B2",
    read(),
    {
        "strict-namespaces": strict,
        "shared-strings": shared,
        "prefix-of-the-namespace": prefixed,
        "prefix-and-shared-strings": lambda p: prefixed(shared(p)),
        "rows-in-reverse-order": reversed_rows,
        "cells-from-right-to-left": reversed_cells,
        "places-not-written": without_places,
        "dimension-wrong": lambda p: p.sub(r'<dimension ref="[^"]*"/>', '<dimension ref="A1"/>'),
        "dimension-missing": lambda p: p.sub(r'<dimension ref="[^"]*"/>', ""),
        "spans-wrong": lambda p: p.sub(r'<row r="10"', '<row r="10" spans="1:2"'),
        "bom-before-the-part": lambda p: p.put(DATA, b"\xef\xbb\xbf" + p.content[DATA]),
        "comments-and-instructions": lambda p: p.swap("<sheetData>", "<!-- <row r='1'/> --><?pi x?><sheetData>"),
        "letters-as-references": lambda p: p.swap("каб.", "&#1082;&#x430;&#1073;.", count=-1),
        "text-as-cdata": lambda p: p.swap(f"<t>{CONTACT}</t>", f"<t><![CDATA[{CONTACT}]]></t>", count=-1),
        "formula-text-with-its-value": at_cell(f'<c r="{CELL}" t="str"><f>"каб. "&amp;"0017"</f><v>{CONTACT}</v></c>'),
        "unknown-extension-at-the-end": lambda p: p.swap(
            "</worksheet>", '<extLst><ext uri="{x}"/></extLst></worksheet>'
        ),
        "attributes-in-single-quotes": lambda p: p.sub(r'<c r="(\w+)"', r"<c r='\1'"),
        "spaces-in-tags": lambda p: p.sub(r'<c r="(\w+)"', '<c\n\t r = "\\1"'),
    },
)
RECODED = edited(
    "B2",
    read_or_refused(),
    {"utf-16-part": lambda p: p.put(DATA, ('<?xml version="1.0" encoding="UTF-16"?>' + p.text()).encode("utf-16"))},
)
BOX = edited("B3", read(), {"style-at-the-farthest-cell": _far_style, "styles-on-60000-rows": _many_styled_rows})

MOVED = edited(
    "B7",
    read(),
    {
        "blank-rows-inside-the-table": lambda p: mapped_rows(p, {12: 150, 11: 60, 150: 12, 60: 11}),
        "header-lower": lambda p: mapped_rows(p, {n: n + 30 for n in range(1, 300)}),
        "header-higher": lambda p: mapped_rows(
            p.sub(r'<row r="[1-4]".*?</row>', ""), {n: n - 4 for n in range(5, 300)}
        ),
        "table-further-right": lambda p: mapped_columns(p, 5),
        "header-in-other-words-of-space-and-case": _unmerged_header,
        "data-sheet-hidden": lambda p: p.sub(
            r'(name="Сведения" sheetId="3") state="visible"', r'\1 state="hidden"', _BOOK
        ),
        "data-sheet-very-hidden": lambda p: p.sub(
            r'(name="Сведения" sheetId="3") state="visible"', r'\1 state="veryHidden"', _BOOK
        ),
        "data-sheet-renamed": lambda p: p.swap('name="Сведения"', 'name="Лист1"', _BOOK),
        "sheets-in-another-order": _other_sheet_first,
        "row-hidden": lambda p: p.sub(rf'<row r="{ROW}"', f'<row r="{ROW}" hidden="1"'),
        "row-of-no-height": lambda p: p.sub(rf'<row r="{ROW}"(?: ht="[^"]*")?', f'<row r="{ROW}" ht="0"'),
        "column-hidden": lambda p: p.sub(r'(<col [^>]*min="8")', r'\1 hidden="1"'),
        "rows-filtered": _filtered,
        "meta-sheet-shown": lambda p: p.swap('state="hidden"', 'state="visible"', _BOOK),
    },
)
NOTED = [
    *edited(
        "A9",
        read(),
        {
            "external-link": _external_link,
            "connection-that-refreshes": _connection,
            "embedded-object": lambda p: p.put(
                "xl/embeddings/oleObject1.bin", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" * 99
            ),
            "hyperlink-of-a-unit": _linked,
            "custom-xml-and-pictures": lambda p: p.put("customXml/item1.xml", "<x/>").put("xl/media/i.png", b"\x89PNG"),
        },
    ),
    Case("macros", "A9", read(), lambda p: _macros(p).packed(), "{unit}.xlsm"),
    *edited(
        "A9",
        found(CELL),
        {
            "dde-formula": at_cell(f"<c r=\"{CELL}\"><f>cmd|'/c calc'!A0</f></c>"),
            "web-formula": at_cell(f'<c r="{CELL}"><f>WEBSERVICE("http://example.org/")</f></c>'),
        },
    ),
]
DATES = edited("B8", read(), {"epoch-1904": _epoch_1904})

TEXTS = edited(
    "B11",
    read(),
    {
        "rich-text": at_cell(
            f'<c r="{CELL}" t="inlineStr"><is><r><rPr><b/></rPr><t>каб</t></r><r><t xml:space="preserve">. 0</t></r>'
            "<r><t>017</t></r></is></c>"
        ),
        "phonetic-runs": at_cell(
            f'<c r="{CELL}" t="inlineStr"><is><t>{CONTACT}</t><rPh sb="0" eb="1"><t>кабинет</t></rPh>'
            '<phoneticPr fontId="1"/></is></c>'
        ),
        "space-kept": at_cell(text_cell(f"  {CONTACT} ", CELL, ' xml:space="preserve"')),
        "empty-text": lambda p: p.cell(f"M{ROW}", text_cell("", f"M{ROW}")),
        "rich-text-shared": lambda p: shared(
            p.cell(
                CELL,
                f'<c r="{CELL}" t="inlineStr"><is><r><t>каб.</t></r><r><t xml:space="preserve"> 0017</t></r></is></c>',
            )
        ),
        "phonetic-runs-shared": lambda p: shared(
            p.cell(CELL, f'<c r="{CELL}" t="inlineStr"><is><t>{CONTACT}</t><rPh sb="0" eb="1"><t>к</t></rPh></is></c>')
        ),
    },
)


def _tall_header(parts: Parts) -> Parts:
    parts = mapped_rows(parts, {n: n + 1 for n in range(6, 300)})
    areas = "".join(f'<mergeCell ref="{letter}5:{letter}6"/>' for letter in "ABCDEFGHIJKLM")
    return parts.sub(r"(?=<dataValidations)", f"<mergeCells>{areas}</mergeCells>", count=1)


def _merge(parts: Parts, area: str) -> Parts:
    merged = f'<mergeCells count="1"><mergeCell ref="{area}"/></mergeCells>'
    if "</mergeCells>" in parts.text():
        return parts.swap("</mergeCells>", f'<mergeCell ref="{area}"/></mergeCells>')
    return parts.sub(r"(?=<(?:conditionalFormatting|dataValidations))", merged, count=1)


MERGED = [
    *edited(
        "B7",
        read(),
        {
            "merged-over-data": lambda p: _merge(p, f"H{ROW}:H{ROW + 1}"),
            "merged-beside-the-table": lambda p: _merge(p, "O6:P7"),
            "header-merged-over-two-rows": _tall_header,
        },
    ),
    *edited(
        "B7",
        any_told(),
        {"one-value-merged-over-two-rows": lambda p: _merge(p.cell(f"G{ROW + 1}", ""), f"G{ROW}:G{ROW + 1}")},
    ),
]

CASES: list[Case] = [*FORMS, *RECODED, *BOX, *MOVED, *NOTED, *DATES, *TEXTS, *MERGED]
