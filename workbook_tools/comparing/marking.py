"""Which words of a text were taken out and which were put in, so that both can be marked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Literal, NamedTuple

from rapidfuzz.distance import Indel

from workbook_tools.text import split_list

if TYPE_CHECKING:
    from workbook_tools.profile import Profile

Mark = Literal["same", "removed", "added"]
_WORD = re.compile(r"\w+|\s+|[^\w\s]")
_JOIN = "; "


class Piece(NamedTuple):
    """A part of a text and whether it stands in the other text too."""

    text: str
    mark: Mark


class Marked(NamedTuple):
    """Both texts in pieces: joined again they are the texts as written."""

    before: tuple[Piece, ...]
    after: tuple[Piece, ...]


def marked(before: str, after: str) -> Marked:
    """Compare two texts word by word; what both have in the same order is the same."""
    old, new = _WORD.findall(before), _WORD.findall(after)
    removed: list[Piece] = []
    added: list[Piece] = []
    for code in Indel.opcodes(old, new):
        left, right = "".join(old[code.src_start : code.src_end]), "".join(new[code.dest_start : code.dest_end])
        same = code.tag == "equal"
        removed.append(Piece(left, "same" if same else "removed"))
        added.append(Piece(right, "same" if same else "added"))
    return Marked(_joined(removed), _joined(added))


def marked_needs(before: str, after: str, profile: Profile) -> Marked:
    """Compare two lists of needs item by item, in any order; an item that is only spelled otherwise word by word."""
    old, new = split_list(before), split_list(after)
    sides = {profile.need_key(item): item for item in old}, {profile.need_key(item): item for item in new}
    removed = (_item(item, sides[1].get(profile.need_key(item)), "removed") for item in old)
    added = (_item(item, sides[0].get(profile.need_key(item)), "added") for item in new)
    return Marked(_listed(removed), _listed(added))


def _item(item: str, other: str | None, mark: Mark) -> Sequence[Piece]:
    if other is None:
        return (Piece(item, mark),)
    return marked(item, other).before if mark == "removed" else marked(other, item).after


def _listed(items: Iterable[Sequence[Piece]]) -> tuple[Piece, ...]:
    pieces: list[Piece] = []
    for item in items:
        pieces += [Piece(_JOIN, "same"), *item] if pieces else item
    return _joined(pieces)


def _joined(pieces: Iterable[Piece]) -> tuple[Piece, ...]:
    """Return the pieces with neighbours of one mark made one, and none without text."""
    kept = (piece for piece in pieces if piece.text)
    return tuple(
        Piece("".join(piece.text for piece in group), mark)
        for mark, group in groupby(kept, key=lambda piece: piece.mark)
    )
