"""Damage to a package that keeps its archive whole: markup torn apart and put together wrongly, cells mistyped."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple
from xml.sax.saxutils import escape

from hypothesis import strategies as st

from tests.hostile.parts import Parts

_TOKEN = re.compile(r"<[^>]*>")
_VALUE = re.compile(r'(?<==")[^"]*(?=")')
_CELL = re.compile(r'<c r="([A-Z]+\d+)"[^>]*?(?:/>|>.*?</c>)', re.DOTALL)
_ROW = re.compile(r"<row [^>]*?(?:/>|>.*?</row>)", re.DOTALL)
_FRAME = (
    "xl/workbook.xml",
    "xl/_rels/workbook.xml.rels",
    "xl/sharedStrings.xml",
    "xl/styles.xml",
    "[Content_Types].xml",
)
# The sheets on which the blows fall, then the frame of the workbook.
UNIT_PARTS = ("xl/worksheets/sheet3.xml", "xl/worksheets/sheet2.xml", *_FRAME)
EDITION_PARTS = ("xl/worksheets/sheet3.xml", "xl/worksheets/sheet10.xml", *_FRAME)
DECISIONS_PARTS = ("xl/worksheets/sheet6.xml", "xl/worksheets/sheet10.xml", *_FRAME)
RETURNED_PARTS = ("xl/worksheets/sheet3.xml", "xl/worksheets/sheet6.xml", "xl/worksheets/sheet2.xml", *_FRAME)
ANNEX_PARTS = ("xl/worksheets/sheet1.xml", *_FRAME)
ODS_PARTS = ("content.xml", "META-INF/manifest.xml", "mimetype")
DOCX_PARTS = (
    "word/document.xml",
    "word/_rels/document.xml.rels",
    "word/styles.xml",
    "_rels/.rels",
    "[Content_Types].xml",
)
VALUES = ("", "0", "-1", "A0", "XFE1", "H10", "1e400", "99999999999", "s", "e", "str", "inlineStr", "true")
PIECES = ("\x01", "&#1;", "&", "<", "<!DOCTYPE a>", "<!-- c -->", "<c/>", "<row/>", "</c>", "<v>1</v>", "<v/>", "#REF!")

# What nobody expects in a cell: odd numbers and days, signs that only look like digits, the words of other columns.
TEXTS = (
    "",
    " ",
    "0",
    "-1",
    "²",
    "٣",
    "Т-0001",
    "Т-²",
    "Т-٣٣٣٣",
    "Т-0",
    "T-0001",
    "Т-99999999999999999999",
    "31.02.2026",
    "2026-13-45",
    "01.01.0001",
    "9999-12-31",
    "1e400",
    "nan",
    "None",
    "да",
    "принять",
    "вернуть",
    "включить",
    "исключить",
    "здание Министерства",
    "офлайн",
    "=1+1",
    "@SUM(A1)",
    "{}",
    "{value}",
    "{0.__class__}",
    "%s",
    "; ; ;",
    ";" * 3000,
    "\u202eабв",
    "\u200b",
    "e\u0301" * 40,
    "_xD800_",
    "_x0001_",
    "а" * 300,
    "а" * 32_767,
    "«»",
    "Т-0001, Т-0002",
    "a\nb\n\nc",
    "\U0001f600",
)
# Cells that are no text: an error, a formula with and without a value, truth, numbers at the ends of their range.
CELLS = (
    't="e"><v>#REF!</v>',
    "><f>1+1</f>",
    "><f>1+1</f><v>2</v>",
    't="b"><v>1</v>',
    "><v>45000</v>",
    "><v>0</v>",
    "><v>-1</v>",
    "><v>1E+300</v>",
    "><v>1.5</v>",
    "><v>2958466</v>",
    't="d"><v>2026-11-22</v>',
    't="s"><v>0</v>',
)


class Blow(NamedTuple):
    """One change: of which kind, in which part, at which two places (shares of the way), with which of the pieces."""

    kind: str
    part: int
    at: float
    to: float
    piece: int


def _tokens(text: str) -> list[tuple[int, int]]:
    return [found.span() for found in _TOKEN.finditer(text)]


def _chosen(places: list[tuple[int, int]], share: float) -> tuple[int, int]:
    return places[min(int(share * len(places)), len(places) - 1)] if places else (0, 0)


def _dropped(text: str, blow: Blow) -> str:
    start, end = _chosen(_tokens(text), blow.at)
    return text[:start] + text[end:]


def _doubled(text: str, blow: Blow) -> str:
    start, end = _chosen(_tokens(text), blow.at)
    return text[:end] + text[start:end] + text[end:]


def _moved(text: str, blow: Blow) -> str:
    start, end = _chosen(_tokens(text), blow.at)
    _, after = _chosen(_tokens(text), blow.to)
    put = text[:after] + text[start:end] + text[after:]
    shift = end - start if after <= start else 0
    return put[: start + shift] + put[end + shift :]


def _stretch_doubled(text: str, blow: Blow) -> str:
    places = _tokens(text)
    first, last = sorted((_chosen(places, blow.at), _chosen(places, blow.to)))
    return text[: last[1]] + text[first[0] : last[1]] + text[last[1] :]


def _revalued(text: str, blow: Blow) -> str:
    start, end = _chosen([found.span() for found in _VALUE.finditer(text)], blow.at)
    return text[:start] + VALUES[blow.piece % len(VALUES)] + text[end:]


def _grafted(text: str, blow: Blow) -> str:
    _, end = _chosen(_tokens(text), blow.at)
    return text[:end] + PIECES[blow.piece % len(PIECES)] + text[end:]


def _cut(text: str, blow: Blow) -> str:
    return text[: int(len(text) * blow.at)]


def _retyped(text: str, blow: Blow) -> str:
    """Put something else into a cell, which keeps its place and format."""
    cells = list(_CELL.finditer(text))
    if not cells:
        return text
    cell = cells[min(int(blow.at * len(cells)), len(cells) - 1)]
    style = re.search(r' s="\d+"', cell[0])
    head = f'<c r="{cell[1]}"{style[0] if style else ""}'
    typed = blow.piece % (len(TEXTS) + len(CELLS))
    inside = (
        f't="inlineStr"><is><t xml:space="preserve">{escape(TEXTS[typed])}</t></is>'
        if typed < len(TEXTS)
        else CELLS[typed - len(TEXTS)]
    )
    return text[: cell.start()] + f"{head}{'' if inside[0] == '>' else ' '}{inside}</c>" + text[cell.end() :]


def _row_put_elsewhere(text: str, blow: Blow) -> str:
    """Put the cells of a row into the place of another; one of them is then there twice."""
    rows = list(_ROW.finditer(text))
    if not rows:
        return text
    source, target = (rows[min(int(share * len(rows)), len(rows) - 1)] for share in (blow.at, blow.to))
    number = re.search(r'r="(\d+)"', target[0])
    if number is None:
        return text
    moved = re.sub(r'r="([A-Z]*)\d+"', lambda found: f'r="{found[1]}{number[1]}"', source[0])
    return text[: target.start()] + moved + text[target.end() :]


_IN_TEXT: dict[str, Callable[[str, Blow], str]] = {
    "drop": _dropped,
    "double": _doubled,
    "move": _moved,
    "stretch": _stretch_doubled,
    "value": _revalued,
    "graft": _grafted,
    "cut": _cut,
    "cell": _retyped,
    "row": _row_put_elsewhere,
}
_OF_BYTES = ("flip", "truncate")
_KINDS = [*_IN_TEXT, *["cell"] * 6, "swap", *_OF_BYTES]
BLOWS = st.builds(
    Blow,
    st.sampled_from(_KINDS),
    st.sampled_from([0, 0, 0, 0, 1, *range(7)]),
    st.floats(0, 1, exclude_max=True),
    st.floats(0, 1, exclude_max=True),
    st.integers(0, 200),
)


def damaged(package: bytes, blows: list[Blow], names: tuple[str, ...] = UNIT_PARTS) -> bytes:
    """Return a package after some blows to the parts named; those on its bytes come last."""
    parts = Parts.of(package)
    names = tuple(name for name in names if name in parts.content)
    for blow in blows:
        name = names[blow.part % len(names)]
        if blow.kind in _IN_TEXT:
            parts = parts.put(name, _IN_TEXT[blow.kind](parts.text(name), blow))
        elif blow.kind == "swap":
            other = names[blow.piece % len(names)]
            parts = parts.put(name, parts.text(other)).put(other, parts.text(name))
    return battered(parts.packed(), blows)


def battered(content: bytes, blows: list[Blow]) -> bytes:
    """Return bytes after those of the blows that fall on bytes."""
    for blow in (blow for blow in blows if blow.kind in _OF_BYTES):
        at = int(len(content) * blow.at)
        flipped = content[:at] + bytes([content[at] ^ (1 << blow.piece % 8)]) + content[at + 1 :] if content else b""
        content = flipped if blow.kind == "flip" else content[:at]
    return content
