"""Cases of groups A3, B13 and B14: other formats, honest and not; made by code, and by LibreOffice where there is one."""

from __future__ import annotations

import csv
import io
import struct
import subprocess
import tempfile
import zipfile
from functools import lru_cache
from pathlib import Path
from xml.sax.saxutils import escape

from openpyxl import load_workbook

from tests.hostile.case import FINDING, READ, Case, Expected, contents, read, refused, told
from tests.hostile.parts import Entry, Parts, packed
from tests.hostile.stage import LAST_ROW
from workbook_tools.grids import cell_text

Sheets = dict[str, list[list[str]]]
_SECTOR = 512
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
    padded = [content + b"\0" * max(4096 - len(content), -len(content) % _SECTOR) for content in streams.values()]
    lengths = [-(-len(content) // _SECTOR) for content in padded]
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
    body = b"".join(padded) + listed.ljust(pages * _SECTOR, b"\0")
    return head + body + struct.pack(f"<{len(fat)}I", *fat)


def _listed(name: str, kind: int, start: int, size: int, at: int, count: int) -> bytes:
    """Return an entry of a compound file's directory."""
    text = name.encode("utf-16-le") + b"\0\0"
    following = at + 1 if 0 < at < count - 1 else _FREE
    child = 1 if at == 0 and count > 1 else _FREE
    links = struct.pack("<BBIII", kind, 1, _FREE, following, child)
    return text.ljust(64, b"\0") + struct.pack("<H", len(text)) + links + b"\0" * 36 + struct.pack("<IQ", start, size)


def _record(kind: int, content: bytes) -> bytes:
    return struct.pack("<HH", kind, len(content)) + content


def biff(book: Sheets, version: int = 0x0600, extra: bytes = b"") -> bytes:
    """Return the stream of an old workbook: text cells only, in UTF-16 (Excel 97) or cp1251 (Excel 95)."""
    wide = version == 0x0600
    bodies = [_biff_sheet(rows, version) for rows in book.values()]
    names = [_short(name, wide=wide) for name in book]
    start = _record(0x0809, struct.pack("<HHHHII", version, 5, 0x0DBB, 1997, 0, 6)[: 16 if wide else 8]) + extra
    start += _record(0x0042, struct.pack("<H", 1200 if wide else 1251))
    at = len(start) + sum(4 + 6 + len(name) for name in names) + 4
    listed = b""
    for name, body in zip(names, bodies, strict=True):
        listed += _record(0x0085, struct.pack("<IH", at, 0) + name)
        at += len(body)
    return start + listed + _record(0x000A, b"") + b"".join(bodies)


def _short(text: str, *, wide: bool) -> bytes:
    return bytes([len(text)]) + (b"\1" + text.encode("utf-16-le") if wide else text.encode("cp1251", "replace"))


def _biff_sheet(rows: list[list[str]], version: int) -> bytes:
    wide = version == 0x0600
    start = _record(0x0809, struct.pack("<HHHHII", version, 0x10, 0x0DBB, 1997, 0, 6)[: 16 if wide else 8])
    start += _record(0x0200, struct.pack("<IIHHH", 0, len(rows), 0, max(map(len, rows), default=0), 0))
    cells = b"".join(
        _record(0x0204, struct.pack("<HHHH", row, column, 0, len(text)) + _letters(text, wide=wide))
        for row, line in enumerate(rows)
        for column, text in enumerate(line)
        if text
    )
    return start + cells + _record(0x000A, b"")


def _letters(text: str, *, wide: bool) -> bytes:
    return b"\1" + text.encode("utf-16-le") if wide else text.encode("cp1251", "replace")


def xlsb(book: Sheets) -> bytes:
    """Return a binary workbook of text cells."""
    bundle = b"".join(
        _brt(156, struct.pack("<II", 0, number) + _wide(f"rId{number}") + _wide(name))
        for number, name in enumerate(book, 1)
    )
    frame = _brt(131) + _brt(153, struct.pack("<III", 0, 0, 0)) + _brt(143) + bundle + _brt(144) + _brt(157) + _brt(132)
    space = "http://schemas.openxmlformats.org"
    office = f"{space}/officeDocument/2006/relationships"
    links = "".join(
        f'<Relationship Id="rId{n}" Type="{office}/worksheet" Target="worksheets/sheet{n}.bin"/>'
        for n in range(1, len(book) + 1)
    )
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
        **{f"xl/worksheets/sheet{n}.bin": _brt_sheet(rows) for n, rows in enumerate(book.values(), 1)},
    }
    return packed(Entry(name, content) for name, content in parts.items())


def _brt(kind: int, content: bytes = b"") -> bytes:
    return _seven_bits(kind) + _seven_bits(len(content)) + content


def _seven_bits(number: int) -> bytes:
    found = bytearray()
    while number >= 0x80:
        found.append(number & 0x7F | 0x80)
        number >>= 7
    return bytes([*found, number])


def _wide(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def _brt_sheet(rows: list[list[str]]) -> bytes:
    width = max(map(len, rows), default=1)
    cells = b""
    for row, line in enumerate(rows):
        cells += _brt(0, struct.pack("<IIHBBBI", row, 0, 300, 0, 0, 0, 0))
        cells += b"".join(
            _brt(6, struct.pack("<II", column, 0) + _wide(text)) for column, text in enumerate(line) if text
        )
    size = _brt(148, struct.pack("<IIII", 0, len(rows) - 1, 0, width - 1))
    return _brt(129) + size + _brt(145) + cells + _brt(146) + _brt(130)


def ods(book: Sheets, manifest: str = "") -> bytes:
    """Return an OpenDocument workbook of text cells."""
    tables = "".join(
        f'<table:table table:name="{escape(name)}">{_ods_rows(rows)}</table:table>' for name, rows in book.items()
    )
    office = "urn:oasis:names:tc:opendocument:xmlns"
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content xmlns:office="{office}:office:1.0" '
        f'xmlns:table="{office}:table:1.0" xmlns:text="{office}:text:1.0" office:version="1.3"><office:body>'
        f"<office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"
    )  # fmt: skip
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    files = (
        f'<manifest:manifest xmlns:manifest="{office}:manifest:1.0"><manifest:file-entry manifest:full-path="/" '
        f'manifest:media-type="{kind}"/><manifest:file-entry manifest:full-path="content.xml" '
        f'manifest:media-type="text/xml">{manifest}</manifest:file-entry></manifest:manifest>'
    )
    return packed(
        [
            Entry("mimetype", kind.encode(), method=zipfile.ZIP_STORED),
            Entry("content.xml", content.encode()),
            Entry("META-INF/manifest.xml", files.encode()),
        ]
    )


def _ods_rows(rows: list[list[str]]) -> str:
    return "".join(f"<table:table-row>{''.join(map(_ods_cell, line))}</table:table-row>" for line in rows)


def _ods_cell(text: str) -> str:
    if not text:
        return "<table:table-cell/>"
    return f'<table:table-cell office:value-type="string"><text:p>{escape(text)}</text:p></table:table-cell>'


def as_csv(parts: Parts, separator: str = ";", last: int = LAST_ROW) -> str:
    """Return the data sheet as a spreadsheet program saves it."""
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=separator, lineterminator="\r\n").writerows(sheets(parts)["Сведения"][:last])
    return text.getvalue()


def _saved_by_libreoffice(parts: Parts, ending: str) -> bytes:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "книга.xlsx").write_bytes(parts.packed())
        settings = f"-env:UserInstallation={(folder / 'settings').as_uri()}"
        order = [
            "soffice",
            settings,
            "--headless",
            "--convert-to",
            ending,
            "--outdir",
            folder / "out",
            folder / "книга.xlsx",
        ]
        subprocess.run(order, check=True, capture_output=True, timeout=120)
        return (folder / "out" / f"книга.{ending}").read_bytes()


def _in_archive(parts: Parts) -> bytes:
    return packed([Entry("Перечень.xlsx", parts.packed())])


def _html(parts: Parts) -> bytes:
    rows = "".join(f"<tr>{''.join(f'<td>{escape(v)}</td>' for v in row)}</tr>" for row in sheets(parts)["Сведения"])
    return f"<html><body><table>{rows}</table></body></html>".encode()


_SPREADSHEET_2003 = (
    '<?xml version="1.0"?>\r\n<?mso-application progid="Excel.Sheet"?>\r\n<Workbook '
    'xmlns="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet><Table/></Worksheet></Workbook>'
)
_MIME = b"MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n\r\n--x\r\nContent-Type: text/html\r\n\r\n<table/>"

FORMATS = [
    Case("xls-by-code", "B13", read(), lambda p: ole({"Workbook": biff(sheets(p))}), "{unit}.xls"),
    Case("xls-named-xlsx", "A3", read(), lambda p: ole({"Workbook": biff(sheets(p))})),
    Case("xlsb-by-code", "A3", read(), lambda p: xlsb(sheets(p)), "{unit}.xlsb"),
    Case("xlsb-named-xlsx", "A3", read(), lambda p: xlsb(sheets(p))),
    Case("ods-by-code", "A3", read(), lambda p: ods(sheets(p)), "{unit}.ods"),
    Case("xlsx-named-xls", "A3", read(), Parts.packed, "{unit}.xls"),
    Case("xlsx-named-ods", "A3", read(), Parts.packed, "{unit}.ods"),
    *(
        Case(f"{ending}-by-libreoffice", "B13", read(), lambda p, ending=ending: _saved_by_libreoffice(p, ending),
             f"{{unit}}.{ending}", needs="libreoffice")
        for ending in ("xls", "ods", "xlsx")
    ),
]  # fmt: skip
PASSWORDS = contents(
    "A3",
    refused("паролем"),
    {
        "password-of-a-package": lambda _: ole({"EncryptionInfo": b"\4\0\4\0", "EncryptedPackage": b"\x55" * 9_000}),
        "password-of-an-old-book": lambda p: ole({"Workbook": biff(sheets(p), extra=_record(0x2F, b"\1\0" + b"x" * 52))}),
        "password-by-xor-of-an-old-book": lambda p: ole({"Workbook": biff(sheets(p), extra=_record(0x2F, b"\0\0\1\2\3\4"))}),
        "password-of-ods": lambda p: ods(sheets(p), "<manifest:encryption-data/>"),
    },
)  # fmt: skip
OLD = [
    *contents(
        "B13",
        refused("xlsx"),
        {
            "excel-95": lambda p: ole({"Book": biff(sheets(p), 0x0500)}),
            "excel-95-under-a-new-name": lambda p: ole({"Workbook": biff(sheets(p), 0x0500)}),
            "excel-4": lambda _: _record(0x0409, struct.pack("<HH", 0, 0x10)) + _record(0x0A, b""),
            "excel-2": lambda _: _record(0x0009, struct.pack("<HH", 2, 0x10)) + _record(0x0A, b""),
        },
    ),
    *contents(
        "B13",
        refused(),
        {
            "xls-cut": lambda p: ole({"Workbook": biff(sheets(p))})[:3_000],
            "xls-without-a-book": lambda _: ole({"Another": b"x" * 5_000}),
            "xls-with-a-looping-chain": lambda p: _looping(ole({"Workbook": biff(sheets(p))})),
            "xls-header-only": lambda _: bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 504,
            "xls-sector-size-huge": lambda p: _patched(ole({"Workbook": biff(sheets(p))}), 30, b"\xff\xff"),
            "xls-record-longer-than-the-file": lambda p: ole({"Workbook": biff(sheets(p), extra=_record(0x85, b"")[:2] + b"\xff\xff")}),
        },
    ),
    *contents(
        "B13",
        told(),
        {"xls-sheet-offset-wrong": lambda p: ole({"Workbook": _wrong_offset(biff(sheets(p)))})},
    ),
]  # fmt: skip


def _looping(content: bytes) -> bytes:
    """Let the chain of the first stream lead back to its start."""
    at = struct.unpack_from("<I", content, 76)[0]
    table = _SECTOR * (at + 1)
    return _patched(content, table + 4 * 5, struct.pack("<I", 0))


def _patched(content: bytes, at: int, new: bytes) -> bytes:
    return content[:at] + new + content[at + len(new) :]


def _wrong_offset(stream: bytes) -> bytes:
    """Let the third sheet start past the end of the stream."""
    at = -1
    for _ in range(3):
        at = stream.index(b"\x85\0", at + 1)
    return _patched(stream, at + 4, struct.pack("<I", 0x7FFFFFF0))


PRETENDERS = [
    *contents(
        "A3",
        refused("пуст"),
        {
            "empty": lambda _: b"",
            "all-nul": lambda _: b"\0" * 20_000,
            "all-blanks": lambda _: b" \r\n" * 300,
        },
    ),
    *contents(
        "A3",
        refused("веб-страница"),
        {
            "web-page": _html,
            "web-page-with-a-type": lambda _: b'<!DOCTYPE html PUBLIC "x"><html/>',
            "web-page-of-mime": lambda _: _MIME,
            "spreadsheet-2003": lambda _: _SPREADSHEET_2003.encode(),
            "web-page-in-utf-16": lambda _: "\ufeff<html><table></table></html>".encode("utf-16-le"),
        },
    ),
    *contents(
        "A3",
        refused("архив"),
        {
            "archive-of-a-workbook": _in_archive,
            "archive-of-nothing": lambda _: packed([]),
        },
    ),
    *contents(
        "A3",
        refused(),
        {
            "rtf": lambda _: rb"{\rtf1\ansi x}",
            "pdf": lambda _: b"%PDF-1.7\n",
            "picture": lambda _: b"\x89PNG\r\n\x1a\n" + b"\0" * 400,
            "gzip": lambda _: b"\x1f\x8b\x08\0\0\0\0\0",
            "7z": lambda _: b"7z\xbc\xaf\x27\x1c" + b"\0" * 40,
            "noise": lambda _: bytes((n * n * 31 + 7) % 256 for n in range(4_000)),
            "old-word-document": lambda _: ole({"WordDocument": b"x" * 5_000}),
            "letters-pk-alone": lambda _: b"PK",
        },
    ),
    Case(
        "file-over-64-mib",
        "A4",
        refused("64 МиБ"),
        lambda _: b"",
        place=lambda path, _: _sparse(path, 64 * 1024 * 1024 + 1),
    ),
]  # fmt: skip


def _sparse(path: Path, size: int) -> None:
    with path.open("wb") as stream:
        stream.truncate(size)


# A table alone has no title sheet: whose it is may be asked, but its rows are read or told.
_TABLE = Expected((READ, FINDING))
_CSV = "Перечень_{unit}_2024-03-19.csv"


def _csv(name: str, expected: Expected, encoding: str, separator: str = ";", file: str = _CSV) -> Case:
    return Case(name, "B14", expected, lambda p: as_csv(p, separator).encode(encoding), file)


def _broken(name: str, old: str, new: str) -> Case:
    return Case(name, "B14", told(), lambda p: as_csv(p).replace(old, new, 1).encode("utf-8-sig"), _CSV)


TABLES = [
    _csv("csv-utf-8", _TABLE, "utf-8"),
    _csv("csv-utf-8-with-bom", _TABLE, "utf-8-sig"),
    _csv("csv-utf-16", _TABLE, "utf-16"),
    _csv("csv-cp1251", Expected((FINDING, READ)), "cp1251", ";"),
    _csv("csv-of-tabs", _TABLE, "utf-8-sig", "\t"),
    _csv("csv-of-tabs-utf-16", _TABLE, "utf-16", "\t"),
    _csv("csv-named-xlsx", Expected((FINDING, READ, "refused")), "cp1251", file="{unit}.xlsx"),
    _broken("csv-quote-unclosed", "каб. 0017", '"каб. 0017'),
    _broken("csv-row-ragged", "каб. 0017", "каб.;0017;лишнее"),
    _broken("csv-with-a-nul", "каб. 0017", "каб.\x000017"),
    Case("csv-of-bad-utf-8", "B14", told(), lambda p: as_csv(p).encode("utf-8-sig").replace("каб".encode(), b"\xd0\xff\x98"), _CSV),
    Case("csv-utf-16-cut", "B14", told(), lambda p: as_csv(p).encode("utf-16")[:-401], _CSV),
]  # fmt: skip

CASES: list[Case] = [*FORMATS, *PASSWORDS, *OLD, *PRETENDERS, *TABLES]
