"""Cases of groups A3, A4, B13 and B14: other formats, honest and not."""

from __future__ import annotations

import csv
import io
import struct
import subprocess
import tempfile
from functools import partial
from pathlib import Path
from xml.sax.saxutils import escape

from tests.hostile.case import FINDING, READ, Case, Expected, contents, read, refused, told
from tests.hostile.formats import SECTOR, biff, ods, ole, record, sheets, xlsb
from tests.hostile.parts import Entry, Parts, packed
from tests.hostile.stage import LAST_ROW


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
        order = ["soffice", settings, "--headless", "--convert-to", ending, "--outdir", str(folder / "out")]
        subprocess.run([*order, str(folder / "книга.xlsx")], check=True, capture_output=True, timeout=120)
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
        Case(
            f"{ending}-by-libreoffice",
            "B13",
            read(),
            partial(_saved_by_libreoffice, ending=ending),
            f"{{unit}}.{ending}",
            needs="libreoffice",
        )
        for ending in ("xls", "ods", "xlsx")
    ),
]
PASSWORDS = contents(
    "A3",
    refused("паролем"),
    {
        "password-of-a-package": lambda _: ole({"EncryptionInfo": b"\4\0\4\0", "EncryptedPackage": b"\x55" * 9_000}),
        "password-of-an-old-book": lambda p: ole(
            {"Workbook": biff(sheets(p), extra=record(0x2F, b"\1\0" + b"x" * 52))}
        ),
        "password-by-xor-of-an-old-book": lambda p: ole(
            {"Workbook": biff(sheets(p), extra=record(0x2F, b"\0\0\1\2\3\4"))}
        ),
        "password-of-ods": lambda p: ods(sheets(p), "<manifest:encryption-data/>"),
    },
)
OLD = [
    *contents(
        "B13",
        refused("xlsx"),
        {
            "excel-95": lambda p: ole({"Book": biff(sheets(p), 0x0500)}),
            "excel-95-under-a-new-name": lambda p: ole({"Workbook": biff(sheets(p), 0x0500)}),
            "excel-4": lambda _: record(0x0409, struct.pack("<HH", 0, 0x10)) + record(0x0A, b""),
            "excel-2": lambda _: record(0x0009, struct.pack("<HH", 2, 0x10)) + record(0x0A, b""),
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
            "xls-record-longer-than-the-file": lambda p: ole(
                {"Workbook": biff(sheets(p), extra=record(0x85, b"")[:2] + b"\xff\xff")}
            ),
        },
    ),
    *contents(
        "B13",
        told(),
        {"xls-sheet-offset-wrong": lambda p: ole({"Workbook": _wrong_offset(biff(sheets(p)))})},
    ),
]


def _looping(content: bytes) -> bytes:
    """Let the chain of the first stream lead back to its start."""
    at = struct.unpack_from("<I", content, 76)[0]
    table = SECTOR * (at + 1)
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
            "web-page-in-utf-16": lambda _: "\ufeff<html><table></table></html>".encode("utf-16-le"),
        },
    ),
    *contents("A3", refused("2003 года"), {"spreadsheet-2003": lambda _: _SPREADSHEET_2003.encode()}),
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
]


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
    Case(
        "csv-of-bad-utf-8",
        "B14",
        told(),
        lambda p: as_csv(p).encode("utf-8-sig").replace("каб".encode(), b"\xd0\xff\x98"),
        _CSV,
    ),
    Case("csv-utf-16-cut", "B14", told(), lambda p: as_csv(p).encode("utf-16")[:-401], _CSV),
]

CASES: list[Case] = [*FORMATS, *PASSWORDS, *OLD, *PRETENDERS, *TABLES]
