"""A touchpoint cell taken apart by the reference list: names, addresses, and text that is in no list."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal, NamedTuple

from workbook_tools.text import one_script, tidy

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workbook_tools.annex.wordings import Wordings

_PLACE = re.compile(r"(?:каб|ком|пом|оф|ауд|эт|г|ул|пл|пр|пер|д|корп|стр)\w*(?:\.|\s)|\d", re.IGNORECASE)
_PIECE = re.compile(r"[,;\n]|(?:\([^()\n]*\)|[^,;\n])+")
_AND_FIRST = re.compile(r"(?:и|а также)\s+", re.IGNORECASE)
_AND_LAST = re.compile(r"(?:^|\s+)(?:и|а также)$", re.IGNORECASE)
_JOINS = re.compile(r"[,;/+&]")
_WORD = re.compile(r"\w")
_MARKS = " \t\n:–—-•"

Role = Literal["name", "contact", "text", "join", "break"]


@dataclass(frozen=True)
class Named:
    """A touchpoint as the cell names it, and the addresses that follow it."""

    text: str
    contacts: tuple[str, ...] = ()


class _Token(NamedTuple):
    role: Role
    text: str = ""


class _Found(NamedTuple):
    token: _Token
    start: int
    end: int


Segment = tuple[Named, ...]


def touchpoint_segments(text: str, wordings: Wordings) -> tuple[Segment, ...]:
    """Split a touchpoint cell.

    Touchpoints joined by «,», «;» or «и» make one segment; a touchpoint that follows
    with no separator begins the next. Nothing is dropped but separators.
    Source: раздел II, п. 2.4.
    """
    segments: list[Segment] = []
    link: Role = "break"
    for token in _tokens("\n".join(map(tidy, text.splitlines())), wordings):
        if token.role in {"join", "break"}:
            link = "join" if "join" in {link, token.role} else "break"
            continue
        segments = _placed(segments, token, link)
        link = "text"
    return tuple(segments)


def _placed(segments: list[Segment], token: _Token, link: Role) -> list[Segment]:
    """Add a token to the segments; `link` is the separator before it, «text» where there was none."""
    if not segments:
        return [(Named(token.text),)]
    *done, last = segments
    *others, item = last
    if token.role == "contact" or (token.role == "text" and link == "join" and _PLACE.match(token.text)):
        return [*done, (*others, replace(item, contacts=(*item.contacts, token.text)))]
    if link == "join":
        return [*done, (*last, Named(token.text))]
    if token.role == "name" or token.text[0].isupper():
        return [*segments, (Named(token.text),)]
    return [*done, (*others, replace(item, text=f"{item.text} {token.text}"))]


def _tokens(text: str, wordings: Wordings) -> Iterator[_Token]:
    end = 0
    for found in _found(text, wordings):
        gap = text[end : found.start]
        if _is_inside(gap, found):
            continue
        yield from _gap(gap, after_known=end > 0, before_known=True)
        yield found.token
        end = found.end
    yield from _gap(text[end:], after_known=end > 0, before_known=False)


def _found(text: str, wordings: Wordings) -> Iterator[_Found]:
    # One script, letter for letter, so that places in the searched text are places in the text as written.
    for match in wordings.known.finditer(one_script(text)):
        group = match.lastgroup or "name"
        role: Role = "name" if group == "name" else "contact"
        yield _Found(_Token(role, tidy(text[slice(*match.span(group))])), *match.span())


def _is_inside(gap: str, found: _Found) -> bool:
    """Tell whether a known name is but the tail of an unknown one: «новое здание Министерства»."""
    if found.token.role == "contact" or not found.token.text[0].islower():
        return False
    before = re.split(r"[,;\n:]", gap)[-1].strip()
    return not _AND_LAST.search(before) and bool(_WORD.search(before))


def _gap(gap: str, *, after_known: bool, before_known: bool) -> Iterator[_Token]:
    """Yield what stands between known things: separators and text that is in no list."""
    pieces = _PIECE.findall(gap)
    for index, piece in enumerate(pieces):
        first, last = after_known and index == 0, before_known and index == len(pieces) - 1
        yield from _piece(piece, first=first, last=last)


def _piece(piece: str, *, first: bool, last: bool) -> Iterator[_Token]:
    text = piece.strip(_MARKS)
    opening = _AND_FIRST.match(text) if first else None
    text = text[opening.end() :] if opening else text
    closing = _AND_LAST.search(text) if last else None
    text = text[: closing.start()] if closing else text
    if opening:
        yield _Token("join")
    if _WORD.search(text):
        yield _Token("text", text)
    elif _JOINS.search(text):
        yield _Token("join")
    if closing:
        yield _Token("join")
    if piece == "\n":
        yield _Token("break")
