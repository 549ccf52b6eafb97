"""The parts of a written file: none but the allowed, each well formed, without a formula or a link to the outside."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path
from xml.parsers import expat

from workbook_tools.errors import InternalError

XLSX_PARTS = re.compile(
    r"\[Content_Types\]\.xml|_rels/\.rels|docProps/(core|app)\.xml|xl/(workbook|styles|sharedStrings)\.xml"
    r"|xl/_rels/workbook\.xml\.rels|xl/theme/theme\d+\.xml|xl/worksheets/(sheet\d+\.xml|_rels/sheet\d+\.xml\.rels)"
    r"|xl/charts/chart\d+\.xml|xl/drawings/(drawing\d+\.xml|vmlDrawing\d+\.vml|_rels/drawing\d+\.xml\.rels)"
    r"|xl/comments\d+\.xml"
)
MOST_OF_A_PART = 1 << 30
"""A part of more bytes may come to more than two GiB: its package must say beforehand that it is so large."""
_SHEET = re.compile(r"xl/worksheets/sheet\d+\.xml")
# A cell's formula: none of our workbooks has any.
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s/>]")
# What begins with a fixed text is looked for ten times as fast.
_LIKE_FORMULA = re.compile(rb"<f[\s/>]"), re.compile(rb":f[\s/>]")
_EXTERNAL = re.compile(rb"""TargetMode\s*=\s*["']External""", re.IGNORECASE)
_CHUNK, _OVERLAP = 1 << 20, 64
_ROW_END = b"</row>"
# Whole rows as our writer makes them, of numbers alone: shared texts have theirs. Between rows there is nothing else.
_OWN_ROWS = re.compile(
    rb"(?:(?<=<sheetData>)|(?<=</row>))"
    rb'(?:<row r="\d+"(?: spans="[\d:]+")?(?: ht="[\d.]+")?(?: customHeight="1")?>'
    rb'(?:<c r="[A-Z]+\d+"(?: s="\d+")?(?:/>|(?: t="s")?><v>-?\d+(?:\.\d+)?(?:E[-+]\d+)?</v></c>))*+</row>)++'
)


def check_parts(path: Path, allowed: re.Pattern[str]) -> None:
    """Make sure that a package holds no part but the allowed ones, each well formed, no outer link and no formula.

    Raises
    ------
    InternalError
        It holds something else.
    """
    try:
        with zipfile.ZipFile(path) as package:
            names = package.namelist()
            strange = [name for name in names if not allowed.fullmatch(name)]
            if strange or len(set(names)) < len(names):
                raise wrong(f"в записанном файле лишние части ({', '.join(strange) or 'повторы'})")
            for name in names:
                _check_part(package, name)
    except (zipfile.BadZipFile, expat.ExpatError, OSError) as error:
        raise wrong("записанный файл повреждён") from error


def wrong(what: str) -> InternalError:
    """Return what is said of a written file that is not as it should be."""
    return InternalError(
        f"самопроверка записи не сошлась: {what}. Файлы не заменены. Это ошибка программы, сообщите разработчикам."
    )


def _check_part(package: zipfile.ZipFile, name: str) -> None:
    is_sheet = _SHEET.fullmatch(name)
    is_forbidden = _EXTERNAL.search if name.endswith(".rels") else _formula if is_sheet else None
    parser, tail = expat.ParserCreate(), b""
    with package.open(name) as stream:
        pieces = iter(partial(stream.read, _CHUNK), b"")
        for piece in but_for_rows(pieces) if is_sheet else pieces:
            if is_forbidden and is_forbidden(tail + piece):
                raise wrong(f"в записанном файле есть формула или внешняя ссылка ({name})")
            tail = piece[-_OVERLAP:]
            parser.Parse(piece, False)  # noqa: FBT003 - the parser has no names for its arguments
    parser.Parse(b"", True)  # noqa: FBT003 - as above


def but_for_rows(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Give a sheet's XML but for rows that need no parser, which takes several times as long to find them well formed.

    A row is left out only where it follows the end of another or the beginning of all: what is not well formed with
    it is not without it.
    """
    before, held = b"", b""
    for piece in pieces:
        held += piece
        end = held.rfind(_ROW_END) + len(_ROW_END)
        if end >= len(_ROW_END):
            yield _OWN_ROWS.sub(b"", before + held[:end])[len(before) :]
            before, held = _ROW_END, held[end:]
        elif len(held) > _CHUNK:
            # What stands beside the rows may be long too: to hold it back would take ever longer.
            yield held
            before = held = b""
    yield held


def _formula(data: bytes) -> re.Match[bytes] | None:
    return _FORMULA.search(data) if any(like.search(data) for like in _LIKE_FORMULA) else None
