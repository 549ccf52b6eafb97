"""Damage to a workbook that keeps its archive whole: markup torn apart and put together wrongly, parts swapped."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from hypothesis import strategies as st

from tests.hostile.parts import Parts

_TOKEN = re.compile(r"<[^>]*>")
_VALUE = re.compile(r'(?<==")[^"]*(?=")')
_PARTS = (
    "xl/worksheets/sheet3.xml",
    "xl/worksheets/sheet2.xml",
    "xl/workbook.xml",
    "xl/_rels/workbook.xml.rels",
    "xl/styles.xml",
    "[Content_Types].xml",
)
VALUES = ("", "0", "-1", "A0", "XFE1", "H10", "1e400", "99999999999", "s", "e", "str", "inlineStr", "true")
PIECES = ("\x01", "&#1;", "&", "<", "<!DOCTYPE a>", "<!-- c -->", "<c/>", "<row/>", "</c>", "<v>1</v>", "<v/>", "#REF!")


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


_IN_TEXT: dict[str, Callable[[str, Blow], str]] = {
    "drop": _dropped,
    "double": _doubled,
    "move": _moved,
    "stretch": _stretch_doubled,
    "value": _revalued,
    "graft": _grafted,
    "cut": _cut,
}
_OF_BYTES = ("flip", "truncate")
BLOWS = st.builds(
    Blow,
    st.sampled_from([*_IN_TEXT, "swap", *_OF_BYTES]),
    st.sampled_from([0, 0, 0, *range(len(_PARTS))]),
    st.floats(0, 1, exclude_max=True),
    st.floats(0, 1, exclude_max=True),
    st.integers(0, 100),
)


def damaged(package: bytes, blows: list[Blow]) -> bytes:
    """Return a package after some blows; those on its bytes come last."""
    parts = Parts.of(package)
    for blow in blows:
        name = _PARTS[blow.part]
        if blow.kind in _IN_TEXT:
            parts = parts.put(name, _IN_TEXT[blow.kind](parts.text(name), blow))
        elif blow.kind == "swap":
            other = _PARTS[blow.piece % len(_PARTS)]
            parts = parts.put(name, parts.text(other)).put(other, parts.text(name))
    content = parts.packed()
    for blow in (blow for blow in blows if blow.kind in _OF_BYTES):
        at = int(len(content) * blow.at)
        flipped = content[:at] + bytes([content[at] ^ (1 << blow.piece % 8)]) + content[at + 1 :] if content else b""
        content = flipped if blow.kind == "flip" else content[:at]
    return content
