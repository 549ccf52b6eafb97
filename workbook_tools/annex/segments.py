"""Cells into which several texts were written one after another."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from workbook_tools.text import compare_key, one_script, tidy

if TYPE_CHECKING:
    from workbook_tools.annex.wordings import Wordings

_WORD = re.compile(r"\S+")
_BEGINNING = re.compile(r"[А-ЯЁA-Z][а-яёa-z]+(?=[^\w]|$)")
_SEPARATORS = " ;,\n\t"
# «Офлайн - точки»: the word «точка» after a kind says nothing more, however it is joined.
_POINT = re.compile(r"[\s‐‑‒–—―−-]*точк(?:а|и|е|у|ой)\b", re.IGNORECASE)
_PREPOSITIONS = frozenset(
    [
        "а",
        "без",
        "в",
        "во",
        "для",
        "до",
        "за",
        "и",
        "из",
        "или",
        "к",
        "ко",
        "между",
        "на",
        "над",
        "не",
        "о",
        "об",
        "от",
        "по",
        "под",
        "при",
        "про",
        "с",
        "со",
        "у",
        "через",
    ]
)


def kind_codes(text: str, wordings: Wordings) -> tuple[str, ...]:
    """Return the kinds that a cell names, in order; none where anything else is written there."""
    plain = one_script(tidy(text))
    return _kinds(plain, wordings) or _kinds(_POINT.sub(" ", plain), wordings)


def _kinds(plain: str, wordings: Wordings) -> tuple[str, ...]:
    rest = wordings.kinds.sub(" ", plain)
    if set(re.findall(r"\w+", rest.casefold())) - {"и"}:
        return ()
    return tuple(wordings.kind_codes[compare_key(name)] for name in wordings.kinds.findall(plain))


def wording_segments(text: str, wordings: Wordings) -> tuple[str, ...]:
    """Split a text at the capitalised words inside it: glued sentences, as far as spelling can tell.

    An abbreviation, a word in quotes or brackets, a word after a preposition and
    a word of the body's or a touchpoint's name begin nothing.
    """
    plain = tidy(text)
    bounds = [0, *capitals_inside(plain, wordings), len(plain)]
    pieces = (plain[first:last].strip(_SEPARATORS) for first, last in pairwise(bounds))
    return tuple(piece for piece in pieces if piece)


def capitals_inside(plain: str, wordings: Wordings) -> list[int]:
    """Return where in a tidy text a capitalised word begins something new."""
    return [
        word.start()
        for before, word in pairwise(_WORD.finditer(plain))
        if _begins(before.group(), word.group(), wordings) and _is_outside(plain[: word.start()])
    ]


def _begins(before: str, word: str, wordings: Wordings) -> bool:
    match = _BEGINNING.match(word)
    return match is not None and before.casefold() not in _PREPOSITIONS and not wordings.is_name(match.group())


def _is_outside(text: str) -> bool:
    opened = sum(text.count(sign) for sign in "(«„“")
    return opened <= sum(text.count(sign) for sign in ")»”")
