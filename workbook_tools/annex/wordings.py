"""The profile's words as patterns that find them in running text, however they are spaced or spelled."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from workbook_tools.text import compare_key, one_script

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from workbook_tools.profile import Profile

_QUOTES = '"«»„“”‟'
_DASHES = "-‐‑‒–—―−"
_CAPITALISED = re.compile(r"(?<!\w)[А-ЯЁA-Z][а-яёa-z]+(?!\w)")
_WORD_OR_SIGN = re.compile(r"\w+|\s+|[^\w\s]")
_SHORTEST_STEM, _LONGEST_ENDING = 3, 4

_EMAIL = r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)*"
_DOMAIN = r"(?<![\w.@-])(?:[a-z0-9-]+\.)+(?:ru|рф|su|com|org|net)(?![\w.])(?:/[^\s,;()«»]*)?"
_URL = rf"(?:https?://|www\.)[^\s,;()«»]+|{_DOMAIN}"
_CODED = r"(?:\+7|\b8)[\s(-]*\d{3,5}[\s)-]*\d[\d\s-]{3,8}\d"
_NUMBER = rf"{_CODED}|\(\d{{3,5}}\)\s*\d[\d\s-]{{3,8}}\d|\b\d{{1,3}}-\d{{2}}-\d{{2}}\b"
_PHONE = rf"(?:\bтел\.?\s*:?\s*)?(?:{_NUMBER})(?:\s*\(?доб\.?\s*\d+\)?)?"
_CONTACT = rf"{_EMAIL}|{_URL}|{_PHONE}"


@dataclass(frozen=True)
class Wordings:
    """What the annex's cells are searched for.

    Attributes
    ----------
    known
        Any address (group `bare`, or `inner` in brackets), or any name or alias of a
        known touchpoint, the longest first (group `name`).
    kinds
        Any name of a kind, the longest first.
    kind_codes
        A kind's code by the comparison key of its name.
    names
        Beginnings of the capitalised words in the names of the body and its touchpoints.
    """

    known: re.Pattern[str]
    kinds: re.Pattern[str]
    kind_codes: Mapping[str, str]
    names: frozenset[str]

    def is_name(self, word: str) -> bool:
        """Tell whether a capitalised word belongs to the body's or a touchpoint's name, in any case form."""
        lower = word.casefold()
        return any(lower.startswith(stem) and len(lower) <= len(stem) + _LONGEST_ENDING for stem in self.names)


def wordings_of(profile: Profile) -> Wordings:
    """Return the profile's words as patterns."""
    touchpoints = [word for item in profile.touchpoints for word in (item.name, *item.aliases)]
    kinds = {
        compare_key(word): kind.code for kind in profile.kinds for word in (kind.name, *kind.aliases, kind.annex_label)
    }
    body = profile.body
    return Wordings(
        re.compile(
            rf"\(\s*(?P<inner>{_CONTACT})\s*\)|(?P<bare>{_CONTACT})|(?P<name>{_any_of(touchpoints)})", re.IGNORECASE
        ),
        re.compile(_any_of(kinds), re.IGNORECASE),
        kinds,
        frozenset(_stems([body.name, body.genitive, body.short, *touchpoints])),
    )


def _any_of(words: Iterable[str]) -> str:
    longest_first = sorted(set(words), key=lambda word: (-len(word), word))
    return rf"(?<!\w)(?:{'|'.join(map(_flexible, longest_first))})(?!\w)"


def _flexible(word: str) -> str:
    return "".join(_flexible_part(part) for part in _WORD_OR_SIGN.findall(one_script(word)))


def _flexible_part(part: str) -> str:
    if part.isspace():
        return rf"[{_QUOTES}]?\s+[{_QUOTES}]?"
    if part in "()":
        return rf"[{_QUOTES}]?\{part}[{_QUOTES}]?"
    if part in _QUOTES:
        return f"[{_QUOTES}]"
    if part in _DASHES:
        return f"[{_DASHES}]"
    spelled = re.sub("[еёЕЁ]", "[её]", re.escape(part))
    # «ПОС» without regard to case would also be the «пос.» of a postal address.
    return f"(?-i:{spelled.replace('[её]', '[ЕЁ]')})" if len(part) > 1 and part.isupper() else spelled


def _stems(texts: Iterable[str]) -> Iterator[str]:
    for text in texts:
        for word in _CAPITALISED.findall(text):
            yield word.casefold()[: max(_SHORTEST_STEM, len(word) - 2)]
