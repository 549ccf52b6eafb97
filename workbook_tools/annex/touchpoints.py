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
# A place beyond doubt, wherever it stands; a bracket around it is no part of it.
_ROOM = re.compile(
    r"\(?\s*(?:(?:каб|ком|пом|оф|ауд|эт|ул|пл|пер|корп|стр|пр-т|просп|д|г)\.|№?\s*\d+-?й?\s+этаж|\d{6}\b"
    r"|(?:кабинет|комната|помещение|этаж|офис|улица|площадь|проспект|адрес)\b)",
    re.IGNORECASE,
)
_LEAD = re.compile(r"\s*:|\s+[–—-]\s")
_DETAIL = re.compile(r"[а-яёa-zA-Z\d@«\"№]")
_PIECE = re.compile(r"[,;\n]|(?:\([^()\n]*\)|[^,;\n])+")
_AND_FIRST = re.compile(r"(?:и|а также)\s+", re.IGNORECASE)
_ALSO = re.compile(r"а также\s+", re.IGNORECASE)
_AND_ANOTHER = re.compile(r"\s+(?:и|а также)\s+(?=[А-ЯЁA-Z])")
_AND_LAST = re.compile(r"(?:^|\s+)(?:и|а также)$", re.IGNORECASE)
_JOINS = re.compile(r"[,;/+&]")
_WORD = re.compile(r"\w")
# A name in Latin letters right behind a touchpoint («мессенджер MAX») is the touchpoint's own.
_LATIN = re.compile(r"[A-Za-z]")
_MARKS = " \t\n:–—-•"

Role = Literal["name", "contact", "detail", "text", "join", "break"]


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
    if token.role in {"contact", "detail"} or (token.role == "text" and link == "join" and _PLACE.match(token.text)):
        return [*done, (*others, replace(item, contacts=_with(item.contacts, token, link)))]
    if link == "join":
        return [*done, (*last, Named(token.text))]
    if token.role == "name" or (token.text[0].isupper() and not _LATIN.match(token.text)):
        return [*segments, (Named(token.text),)]
    return [*done, (*others, replace(item, text=f"{item.text} {token.text}"))]


def _with(contacts: tuple[str, ...], token: _Token, link: Role) -> tuple[str, ...]:
    """Add an address; the parts of one postal address stay together."""
    if (
        link == "join"
        and token.role != "contact"
        and contacts
        and _ROOM.match(contacts[-1])
        and _PLACE.match(token.text)
    ):
        return (*contacts[:-1], f"{contacts[-1]}, {token.text}")
    return (*contacts, token.text)


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
        words = tidy(text[slice(*match.span(group))])
        yield _Found(_Token(role, words if role == "name" else words.rstrip(".")), *match.span())


def _is_inside(gap: str, found: _Found) -> bool:
    """Tell whether a known name is but the tail of an unknown one: «новое здание Министерства»."""
    if found.token.role == "contact" or not found.token.text[0].islower():
        return False
    before = re.split(r"[,;\n:]", gap)[-1].strip()
    return not _AND_LAST.search(before) and bool(_WORD.search(before))


def _gap(gap: str, *, after_known: bool, before_known: bool) -> Iterator[_Token]:
    """Yield what stands between known things: separators and text that is in no list."""
    pieces = _PIECE.findall(gap)
    detailed = after_known and bool(_LEAD.match(gap))
    for index, piece in enumerate(pieces):
        first, last = after_known and index == 0, before_known and index == len(pieces) - 1
        detailed = detailed and piece not in {";", "\n"}
        for token in _piece(piece, first=first, last=last):
            if _is_detail(token, first=first, detailed=detailed):
                yield from _details(token.text)
            else:
                yield token


def _is_detail(token: _Token, *, first: bool, detailed: bool) -> bool:
    """Tell whether a text belongs to the touchpoint before it as its address: a room, or what a colon announces."""
    if token.role != "text":
        return False
    room = _ROOM.match(token.text) and (first or not token.text[0].isupper())
    return bool(room or (detailed and (first or _DETAIL.match(token.text))))


def _details(text: str) -> Iterator[_Token]:
    """Yield an address without the brackets around it, and the touchpoint that «и» adds after it."""
    own, *others = _AND_ANOTHER.split(text, maxsplit=1)
    bracketed = own.startswith("(") and own.endswith(")")
    yield _Token("detail", own[1:-1].strip() if bracketed else own)
    for other in others:
        yield from (_Token("join"), _Token("text", other))


def _piece(piece: str, *, first: bool, last: bool) -> Iterator[_Token]:
    text = piece.strip(_MARKS)
    opening = (_AND_FIRST if first else _ALSO).match(text)
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
