"""Workbooks for tests written part by part, as no library would write them; and files of the old kind."""

from __future__ import annotations

import io
import struct
import zipfile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
SHEET, WORKBOOK, RELATIONS = "xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
STRINGS, STYLES = "xl/sharedStrings.xml", "xl/styles.xml"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def relations(**targets: str) -> str:
    """Return relationships rId1, rId2, … of the kinds named, each to its target; «!» marks one outside the package."""
    links = []
    for number, (kind, target) in enumerate(targets.items(), 1):
        mode = ' TargetMode="External"' if target.startswith("!") else ""
        path = target.lstrip("!")
        links.append(f'<Relationship Id="rId{number}" Type="{LINKS}/{kind}" Target="{path}"{mode}/>')
    return f'<Relationships xmlns="{PACKAGE}">{"".join(links)}</Relationships>'


def sheet(rows: str, *, before: str = "", after: str = "", namespace: str = MAIN) -> str:
    """Return a sheet's XML around its rows."""
    return f'<worksheet xmlns="{namespace}">{before}<sheetData>{rows}</sheetData>{after}</worksheet>'


def book_parts(rows: str = "", *, strings: str = "<si><t>первая</t></si><si><t>вторая</t></si>") -> dict[str, str]:
    """Return the parts of a workbook with one sheet «Лист1»; format 1 is a date, 2 a length of time."""
    return {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "_rels/.rels": relations(officeDocument="xl/workbook.xml"),
        WORKBOOK: workbook('<sheet name="Лист1" sheetId="1" r:id="rId1"/>'),
        RELATIONS: relations(worksheet="worksheets/sheet1.xml", sharedStrings="sharedStrings.xml", styles="styles.xml"),
        STYLES: f'<styleSheet xmlns="{MAIN}"><numFmts><numFmt numFmtId="164" formatCode="[h]:mm"/></numFmts>'
        '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/></cellXfs></styleSheet>',
        STRINGS: f'<sst xmlns="{MAIN}">{strings}</sst>',
        SHEET: sheet(rows),
    }


def workbook(sheets: str, *, before: str = "") -> str:
    """Return the main part around its list of sheets."""
    return f'<workbook xmlns="{MAIN}" xmlns:r="{LINKS}">{before}<sheets>{sheets}</sheets></workbook>'


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    """Return an archive of parts."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def saved(path: Path, parts: Mapping[str, str | bytes]) -> Path:
    """Write an archive of parts."""
    path.write_bytes(zipped(parts))
    return path


def replaced(source: Path, target: Path, part: str, *pairs: tuple[str, str]) -> Path:
    """Copy a workbook with texts of one part replaced, each of which must be there."""
    with zipfile.ZipFile(source) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    content = parts[part].decode()
    for old, new in pairs:
        if old not in content:
            raise LookupError(old)
        content = content.replace(old, new)
    return saved(target, parts | {part: content.encode()})


_SECTOR, _FREE, _END, _FAT = 512, 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
_LEAST_STREAM = 4096


def old_file(streams: Mapping[str, bytes]) -> bytes:
    """Return a file of the old kind (a compound document) with a few small streams."""
    contents = {name: content.ljust(_LEAST_STREAM, b"\0") for name, content in streams.items()}
    starts, chains, at = {}, [], 2
    for name, content in contents.items():
        count = -(-len(content) // _SECTOR)
        starts[name] = at
        chains += [*range(at + 1, at + count), _END]
        at += count
    fat = [_FAT, _END, *chains]
    table = struct.pack(f"<{_SECTOR // 4}I", *fat, *[_FREE] * (_SECTOR // 4 - len(fat)))
    names = list(contents)
    entries = [_entry("Root Entry", 5, child=1 if names else _FREE)]
    for number, name in enumerate(names, 1):
        following = number + 1 if number < len(names) else _FREE
        entries.append(_entry(name, 2, right=following, start=starts[name], size=len(contents[name])))
    directory = b"".join(entries).ljust(_SECTOR, b"\0")
    body = b"".join(content.ljust(-(-len(content) // _SECTOR) * _SECTOR, b"\0") for content in contents.values())
    return _header() + table + directory + body


def _header() -> bytes:
    head = (
        OLE + b"\0" * 16 + struct.pack("<HHHHH6xIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, 1, 1, 0, 4096, _END, 0, _END, 0)
    )
    return head + struct.pack("<109I", 0, *[_FREE] * 108)


def _entry(name: str, kind: int, *, child: int = _FREE, right: int = _FREE, start: int = 0, size: int = 0) -> bytes:
    encoded = name.encode("utf-16-le")
    head = encoded.ljust(64, b"\0") + struct.pack("<HBBIII", len(encoded) + 2, kind, 1, _FREE, right, child)
    return head + b"\0" * 36 + struct.pack("<IQ", start, size)


def record(kind: int, content: bytes) -> bytes:
    """Return a record of an old workbook."""
    return struct.pack("<HH", kind, len(content)) + content
