"""What can be said of a workbook's package without a spreadsheet program: it is whole, and nothing in it is live."""

from __future__ import annotations

import posixpath
import re
import zipfile
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from openpyxl import load_workbook

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ALLOWED = re.compile(
    r"\[Content_Types\]\.xml|_rels/\.rels|docProps/(?:app|core)\.xml|"
    r"xl/(?:workbook|styles|sharedStrings)\.xml|xl/_rels/workbook\.xml\.rels|xl/theme/theme\d+\.xml|"
    r"xl/worksheets/(?:_rels/)?sheet\d+\.xml(?:\.rels)?|xl/comments\d+\.xml|xl/charts/chart\d+\.xml|"
    r"xl/drawings/(?:_rels/)?(?:drawing\d+\.xml(?:\.rels)?|vmlDrawing\d+\.vml)"
)
_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"


def faults(path: Path) -> list[str]:
    """Return what is wrong with a workbook, one line each; nothing where it is sound."""
    with zipfile.ZipFile(path) as archive:
        names = archive.namelist()
        parts = {name: archive.read(name) for name in names}
    found = [
        *(f"twice: {name}" for name in set(names) if names.count(name) > 1),
        *(f"not allowed: {name}" for name in names if not ALLOWED.fullmatch(name)),
        *_types(parts),
        *_targets(parts),
        *_sheets(parts),
    ]
    return found or list(_places(path))


def _types(parts: dict[str, bytes]) -> Iterator[str]:
    tree = ET.fromstring(parts["[Content_Types].xml"])  # noqa: S314 - we wrote it
    given = {item.get("PartName", "").lstrip("/") for item in tree.iter(f"{_TYPES}Override")}
    endings = {item.get("Extension") for item in tree.iter(f"{_TYPES}Default")}
    yield from (f"no part for its type: {name}" for name in given - parts.keys())
    known = (name for name in parts if name in given or name.rpartition(".")[2] in endings)
    yield from (f"no type: {name}" for name in parts.keys() - set(known) - {"[Content_Types].xml"})


def _targets(parts: dict[str, bytes]) -> Iterator[str]:
    for name in (name for name in parts if name.endswith(".rels")):
        folder = posixpath.dirname(posixpath.dirname(name))
        for item in ET.fromstring(parts[name]):  # noqa: S314 - as above
            target = item.get("Target", "")
            inside = (
                target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
            )
            if item.get("TargetMode") == "External":
                yield f"external: {name} -> {target}"
            elif inside not in parts:
                yield f"leads nowhere: {name} -> {target}"


def _sheets(parts: dict[str, bytes]) -> Iterator[str]:
    strings = parts.get("xl/sharedStrings.xml", b"").count(b"<si>")
    for name in (name for name in parts if re.fullmatch(r"xl/worksheets/sheet\d+\.xml", name)):
        text = parts[name].decode()
        if "<f>" in text or "<f " in text:
            yield f"formula: {name}"
        indices = map(int, re.findall(r't="s"[^>]*><v>(\d+)</v>', text))
        yield from (f"no such string: {name} {index}" for index in indices if index >= strings)


def _places(path: Path) -> Iterator[str]:
    book = load_workbook(path)
    for sheet in book:
        links = [cell.hyperlink for row in sheet.iter_rows() for cell in row if cell.hyperlink is not None]
        places = {str(link.location) for link in links}
        for place in sorted(places):
            if place.rpartition("!")[0].strip("'").replace("''", "'") not in book.sheetnames:
                yield f"link to no sheet: {sheet.title} -> {place}"
        areas = list(sheet.merged_cells.ranges)
        meeting = (
            (one, other) for at, one in enumerate(areas) for other in areas[at + 1 :] if not one.isdisjoint(other)
        )
        yield from (f"areas meet: {sheet.title} {one} {other}" for one, other in meeting)
