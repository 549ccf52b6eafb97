"""Writers of other formats, of text cells only: compound files, .xls of two ages, .xlsb and .ods."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Mapping
from functools import lru_cache
from xml.sax.saxutils import escape

from openpyxl import load_workbook

from tests.hostile.parts import Entry, Parts, packed
from workbook_tools.grids import cell_text

Sheets = dict[str, list[list[str]]]
SECTOR = 512
_END, _FREE, _FAT = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD


@lru_cache(maxsize=4)
def _sheets(package: bytes) -> Sheets:
    book = load_workbook(io.BytesIO(package))
    return {
        sheet.title: [
            [cell_text(value) if value is not None else "" for value in row]  # type: ignore[arg-type] # no rich text
            for row in sheet.iter_rows(values_only=True, max_row=min(sheet.max_row, 60))
        ]
        for sheet in book
    }


def sheets(parts: Parts) -> Sheets:
    """Return the texts of all sheets by name."""
    return _sheets(parts.packed())


def ole(streams: dict[str, bytes]) -> bytes:
    """Return a compound file of streams, each filled up so far that it has sectors of its own."""
    padded = [content + b"\0" * max(4096 - len(content), -len(content) % SECTOR) for content in streams.values()]
    lengths = [-(-len(content) // SECTOR) for content in padded]
    starts = [sum(lengths[:at]) for at in range(len(lengths))]
    directory = sum(lengths)
    pages = -(-(len(streams) + 1) // 4)
    fat = [n + 1 for n in range(directory + pages)]
    for last in (*(start + length - 1 for start, length in zip(starts, lengths, strict=True)), len(fat) - 1):
        fat[last] = _END
    tables = -(-(len(fat) + len(fat) // 100 + 1) // 128)
    fat += [_FAT] * tables
    first_table = len(fat) - tables
    fat += [_FREE] * (tables * 128 - len(fat))
    head = bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 16 + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + b"\0" * 6
    head += struct.pack("<IIIIIIIII", 0, tables, directory, 0, 4096, _END, 0, _END, 0)
    head += struct.pack("<109I", *(list(range(first_table, first_table + tables)) + [_FREE] * (109 - tables)))
    names = [("Root Entry", 5, _END, 0), *zip(streams, [2] * len(padded), starts, map(len, padded), strict=True)]
    listed = b"".join(_listed(*item, at, len(names)) for at, item in enumerate(names))
    body = b"".join(padded) + listed.ljust(pages * SECTOR, b"\0")
    return head + body + struct.pack(f"<{len(fat)}I", *fat)


def _listed(name: str, kind: int, start: int, size: int, at: int, count: int) -> bytes:
    """Return an entry of a compound file's directory."""
    text = name.encode("utf-16-le") + b"\0\0"
    following = at + 1 if 0 < at < count - 1 else _FREE
    child = 1 if at == 0 and count > 1 else _FREE
    links = struct.pack("<BBIII", kind, 1, _FREE, following, child)
    return text.ljust(64, b"\0") + struct.pack("<H", len(text)) + links + b"\0" * 36 + struct.pack("<IQ", start, size)


def record(kind: int, content: bytes) -> bytes:
    return struct.pack("<HH", kind, len(content)) + content


def biff(book: Sheets, version: int = 0x0600, extra: bytes = b"") -> bytes:
    """Return the stream of an old workbook: text cells only, in UTF-16 (Excel 97) or cp1251 (Excel 95)."""
    wide = version == 0x0600
    bodies = [_biff_sheet(rows, version) for rows in book.values()]
    names = [_short(name, wide=wide) for name in book]
    start = record(0x0809, struct.pack("<HHHHII", version, 5, 0x0DBB, 1997, 0, 6)[: 16 if wide else 8]) + extra
    start += record(0x0042, struct.pack("<H", 1200 if wide else 1251))
    at = len(start) + sum(4 + 6 + len(name) for name in names) + 4
    listed = b""
    for name, body in zip(names, bodies, strict=True):
        listed += record(0x0085, struct.pack("<IH", at, 0) + name)
        at += len(body)
    return start + listed + record(0x000A, b"") + b"".join(bodies)


def _short(text: str, *, wide: bool) -> bytes:
    return bytes([len(text)]) + (b"\1" + text.encode("utf-16-le") if wide else text.encode("cp1251", "replace"))


def _biff_sheet(rows: list[list[str]], version: int) -> bytes:
    wide = version == 0x0600
    start = record(0x0809, struct.pack("<HHHHII", version, 0x10, 0x0DBB, 1997, 0, 6)[: 16 if wide else 8])
    start += record(0x0200, struct.pack("<IIHHH", 0, len(rows), 0, max(map(len, rows), default=0), 0))
    cells = b"".join(
        record(0x0204, struct.pack("<HHHH", row, column, 0, len(text)) + _letters(text, wide=wide))
        for row, line in enumerate(rows)
        for column, text in enumerate(line)
        if text
    )
    return start + cells + record(0x000A, b"")


def _letters(text: str, *, wide: bool) -> bytes:
    return b"\1" + text.encode("utf-16-le") if wide else text.encode("cp1251", "replace")


def xlsb(book: Sheets, instead: Mapping[tuple[str, int, int], bytes] | None = None, styles: bytes = b"") -> bytes:
    """Return a binary workbook of text cells.

    Parameters
    ----------
    instead
        Records that stand in the place of cells, by sheet and zero-based row and column; b"" leaves the cell out.
    styles
        The part with the formats; none where it is empty.
    """
    bundle = b"".join(
        brt(156, struct.pack("<II", 0, number) + _wide(f"rId{number}") + _wide(name))
        for number, name in enumerate(book, 1)
    )
    frame = brt(131) + brt(153, struct.pack("<III", 0, 0, 0)) + brt(143) + bundle + brt(144) + brt(157) + brt(132)
    space = "http://schemas.openxmlformats.org"
    office = f"{space}/officeDocument/2006/relationships"
    links = "".join(
        f'<Relationship Id="rId{n}" Type="{office}/worksheet" Target="worksheets/sheet{n}.bin"/>'
        for n in range(1, len(book) + 1)
    )
    links += f'<Relationship Id="rIdS" Type="{office}/styles" Target="styles.bin"/>' if styles else ""
    relations = f'<Relationships xmlns="{space}/package/2006/relationships">{{}}</Relationships>'
    root = f'<Relationship Id="rId1" Type="{office}/officeDocument" Target="xl/workbook.bin"/>'
    types = (
        f'<Types xmlns="{space}/package/2006/content-types"><Default Extension="rels" ContentType="application/'
        'vnd.openxmlformats-package.relationships+xml"/><Default Extension="bin" ContentType="application/'
        'vnd.ms-excel.sheet.binary.macroEnabled.main"/></Types>'
    )
    parts = {
        "[Content_Types].xml": types.encode(),
        "_rels/.rels": relations.format(root).encode(),
        "xl/_rels/workbook.bin.rels": relations.format(links).encode(),
        "xl/workbook.bin": frame,
        **({"xl/styles.bin": styles} if styles else {}),
        **{
            f"xl/worksheets/sheet{n}.bin": _brt_sheet(name, rows, instead or {})
            for n, (name, rows) in enumerate(book.items(), 1)
        },
    }
    return packed(Entry(name, content) for name, content in parts.items())


def brt(kind: int, content: bytes = b"") -> bytes:
    """Return a record of a binary workbook."""
    return _seven_bits(kind) + _seven_bits(len(content)) + content


def _seven_bits(number: int) -> bytes:
    found = bytearray()
    while number >= 0x80:
        found.append(number & 0x7F | 0x80)
        number >>= 7
    return bytes([*found, number])


def _wide(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def brt_styles(code: str) -> bytes:
    """Return a part with two formats of cells: the general one, and one of a code."""
    own = brt(44, struct.pack("<H", 164) + _wide(code))
    formats = b"".join(brt(47, struct.pack("<HH", 0, number) + b"\0" * 12) for number in (0, 164))
    listed = brt(615, struct.pack("<I", 1)) + own + brt(616) + brt(617, struct.pack("<I", 2)) + formats + brt(618)
    return brt(278) + listed + brt(279)


def _brt_sheet(name: str, rows: list[list[str]], instead: Mapping[tuple[str, int, int], bytes]) -> bytes:
    width = max(map(len, rows), default=1)
    cells = b""
    for row, line in enumerate(rows):
        cells += brt(0, struct.pack("<IIHBBBI", row, 0, 300, 0, 0, 0, 0))
        for column, text in enumerate(line):
            plain = brt(6, struct.pack("<II", column, 0) + _wide(text)) if text else b""
            cells += instead.get((name, row, column), plain)
    size = brt(148, struct.pack("<IIII", 0, max(len(rows) - 1, 0), 0, width - 1))
    return brt(129) + size + brt(145) + cells + brt(146) + brt(130)


def ods(book: Sheets, manifest: str = "", content: bytes = b"") -> bytes:
    """Return an OpenDocument workbook of text cells, or of a content that was made elsewhere."""
    tables = "".join(
        f'<table:table table:name="{escape(name)}">{_ods_rows(rows)}</table:table>' for name, rows in book.items()
    )
    office = "urn:oasis:names:tc:opendocument:xmlns"
    written = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content xmlns:office="{office}:office:1.0" '
        f'xmlns:table="{office}:table:1.0" xmlns:text="{office}:text:1.0" office:version="1.3"><office:body>'
        f"<office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    files = (
        f'<manifest:manifest xmlns:manifest="{office}:manifest:1.0"><manifest:file-entry manifest:full-path="/" '
        f'manifest:media-type="{kind}"/><manifest:file-entry manifest:full-path="content.xml" '
        f'manifest:media-type="text/xml">{manifest}</manifest:file-entry></manifest:manifest>'
    )
    return packed(
        [
            Entry("mimetype", kind.encode(), method=zipfile.ZIP_STORED),
            Entry("content.xml", content or written.encode()),
            Entry("META-INF/manifest.xml", files.encode()),
        ]
    )


def _ods_rows(rows: list[list[str]]) -> str:
    return "".join(f"<table:table-row>{''.join(map(_ods_cell, line))}</table:table-row>" for line in rows)


def _ods_cell(text: str) -> str:
    if not text:
        return "<table:table-cell/>"
    return f'<table:table-cell office:value-type="string"><text:p>{escape(text)}</text:p></table:table-cell>'
