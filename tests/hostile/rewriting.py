"""A good workbook written in other ways that the standard allows, or that other programs have."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tests.hostile.stage import LAST_ROW

if TYPE_CHECKING:
    from tests.hostile.parts import Parts

_BOOK, _RELS, _TYPES = "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "[Content_Types].xml"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PURL = "http://purl.oclc.org/ooxml"
_INLINE = re.compile(r'(<c r="[A-Z]+\d+"(?: s="\d+")?) t="inlineStr"><is>(.*?)</is></c>', re.DOTALL)


def strict(parts: Parts) -> Parts:
    """Write the package in the Strict namespaces."""
    parts = parts.every(_strict).every(_strict, ".rels")
    return parts.swap("<workbook ", '<workbook conformance="strict" ', _BOOK)


def _strict(text: str) -> str:
    return text.replace(MAIN, f"{_PURL}/spreadsheetml/main").replace(OFFICE, f"{_PURL}/officeDocument/relationships")


def prefixed(parts: Parts) -> Parts:
    """Write the sheets and the workbook with the prefix x, as some libraries do."""
    sheets = [name for name in parts.content if name.startswith("xl/worksheets/sheet")]
    for name in (*sheets, _BOOK):
        text = re.sub(r"<(/?)([A-Za-z]\w*)(?=[\s/>])", r"<\1x:\2", parts.text(name))
        parts = parts.put(name, text.replace(f'xmlns="{MAIN}"', f'xmlns:x="{MAIN}"'))
    return parts


def shared(parts: Parts) -> Parts:
    """Keep texts in the table of shared strings instead of in the cells."""
    strings: dict[str, int] = {}

    def numbered(match: re.Match[str]) -> str:
        return f'{match[1]} t="s"><v>{strings.setdefault(match[2], len(strings))}</v></c>'

    for name in [name for name in parts.content if name.startswith("xl/worksheets/sheet")]:
        parts = parts.put(name, _INLINE.sub(numbered, parts.text(name)))
    table = "".join(f"<si>{text}</si>" for text in strings)
    parts = parts.put("xl/sharedStrings.xml", f'<sst xmlns="{MAIN}" count="9999">{table}</sst>')
    return related(parts, "sharedStrings", "sharedStrings.xml", "spreadsheetml.sharedStrings+xml")


def related(parts: Parts, kind: str, target: str, content_type: str) -> Parts:
    """Add a relation of the workbook and the type of its part."""
    relation = f'<Relationship Id="rIdX{kind}" Type="{OFFICE}/{kind}" Target="{target}"/></Relationships>'
    kind_of_part = f"application/vnd.openxmlformats-officedocument.{content_type}"
    override = f'<Override PartName="/xl/{target}" ContentType="{kind_of_part}"/>'
    return parts.swap("</Relationships>", relation, _RELS).swap("</Types>", f"{override}</Types>", _TYPES)


def mapped_rows(parts: Parts, number: dict[int, int]) -> Parts:
    """Move rows of the data sheet: all that is written there goes to other numbers."""

    rows = re.findall(r"<row .*?</row>", parts.text(), re.DOTALL)
    moved = sorted((_renumbered(row, number) for row in rows), key=_number)
    return parts.sub(r"<sheetData>.*</sheetData>", lambda _: f"<sheetData>{''.join(moved)}</sheetData>")


def _number(row: str) -> int:
    return int(row[len('<row r="') :].partition('"')[0])


def _renumbered(row: str, number: dict[int, int]) -> str:
    old = _number(row)
    new = number.get(old, old)
    return re.sub(rf'r="([A-Z]*){old}"', rf'r="\g<1>{new}"', row)


def mapped_columns(parts: Parts, shift: int) -> Parts:
    """Move all that is written on the data sheet some columns to the right."""
    return parts.sub(r'<c r="([A-M])(\d+)"', lambda cell: f'<c r="{chr(ord(cell[1]) + shift)}{cell[2]}"')


def reversed_rows(parts: Parts) -> Parts:
    """Write the rows of the data sheet from the last to the first."""
    rows = re.findall(r"<row .*?</row>", parts.text(), re.DOTALL)
    return parts.sub(r"<sheetData>.*</sheetData>", lambda _: f"<sheetData>{''.join(reversed(rows))}</sheetData>")


def reversed_cells(parts: Parts) -> Parts:
    """Write the cells of each row from right to left."""

    def turned(row: re.Match[str]) -> str:
        cells = re.findall(r"<c [^>]*?/>|<c .*?</c>", row[2], re.DOTALL)
        return row[1] + "".join(reversed(cells)) + "</row>"

    return parts.sub(r"(<row [^>]*>)(.*?)</row>", turned)


def without_places(parts: Parts) -> Parts:
    """Leave the places of rows and cells to be counted, as the standard allows."""
    parts = _all_cells_written(parts)
    return parts.sub(r'(<(?:c|row)) r="[A-Z]*\d+"', r"\1")


def _all_cells_written(parts: Parts) -> Parts:
    """Write an empty cell wherever none stands, and drop empty rows at the end."""
    rows = {int(n): body for n, body in re.findall(r'<row r="(\d+)"[^>]*>(.*?)</row>', parts.text(), re.DOTALL)}
    lines = (f'<row r="{n}">{_filled(n, rows.get(n, ""))}</row>' for n in range(1, LAST_ROW + 1))
    return parts.sub(r"<sheetData>.*</sheetData>", lambda _: f"<sheetData>{''.join(lines)}</sheetData>")


def _filled(row: int, body: str) -> str:
    cells = {
        place: cell
        for cell, place in re.findall(rf'(<c r="([A-Z]+){row}"(?: [^>]*?)?(?:/>|>.*?</c>))', body, re.DOTALL)
    }
    return "".join(cells.get(letter, f'<c r="{letter}{row}"/>') for letter in "ABCDEFGHIJKLM")
