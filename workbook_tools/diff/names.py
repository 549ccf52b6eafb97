"""How alike two names of processes are: rewording, abbreviations, word order, added qualifiers count little."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz

_WORD = re.compile(r"[^\W_]+\.?")
# A letter in quotes or brackets, or at the end of the name, is an index («участок Б»), never a preposition.
_INDEX = re.compile(r"""(?<=["'(])\w(?=["')])|(?<=\D\s)[^\W\d]$""")
_ROMAN = re.compile(r"[ivx]+")
_STEM, _TYPO = 6, 80.0
_SHORTEST_CUT, _SHORTEST_INITIALS = 2, 3
_SMALL_WORDS = frozenset((
    "в", "во", "на", "по", "о", "об", "и", "или", "с", "со", "к", "ко", "от", "до", "из", "за", "для",
    "при", "под", "над", "у", "а", "не", "их", "его", "все", "также", "том", "числе", "г", "год", "года",
    "году",
))  # fmt: skip
# A process is named by an action and its matter, and the action («приём», «рассмотрение») is reworded sooner.
_ACTION = re.compile(r"(?:\w+(?:ние|ция|овка|ержка|верка|ача)|прием|учет|контроль|разбор)")
_OF_ACTION = 0.5


@dataclass(frozen=True)
class Name:
    """A process's name taken apart.

    Attributes
    ----------
    key
        What it is compared by.
    stems
        Its words by their beginnings, small words left out; a word cut short keeps its dot.
    numbers
        Numbers, years and indices in it, in order of the alphabet.
    actions
        The stems of the words that name an action.
    """

    key: str
    stems: tuple[str, ...]
    numbers: tuple[str, ...]
    actions: frozenset[str]


@lru_cache(maxsize=262144)
def name_of(key: str) -> Name:
    """Take apart a name that is in its compared form."""
    words, index = _WORD.findall(key), _INDEX.findall(key)
    words = [word for word in words if word.rstrip(".") not in {*_SMALL_WORDS, *index}]
    numbered = [*(word.rstrip(".") for word in words if _is_number(word)), *index]
    plain = [word for word in words if not _is_number(word)]
    actions = frozenset(stem(word) for word in plain if _ACTION.fullmatch(word.rstrip(".")))
    return Name(key, tuple(dict.fromkeys(map(stem, plain))), tuple(sorted(numbered)), actions)


def _is_number(word: str) -> bool:
    return any(sign.isdigit() for sign in word) or _ROMAN.fullmatch(word.rstrip(".")) is not None


def stem(word: str) -> str:
    """Return a word's beginning; a word that was cut short («гос.») stays as it is, one before a full stop too."""
    return word if word.endswith(".") else word[:_STEM]


def weights(names: Iterable[Name]) -> Mapping[str, float]:
    """Return how much each stem tells: the rarer among the names, the more; of an action half of that."""
    listed = list(names)
    counts = Counter(word for name in listed for word in name.stems)
    actions = {word for name in listed for word in name.actions}
    return {
        word: math.log(1 + len(listed) / count) * (_OF_ACTION if word in actions else 1.0)
        for word, count in counts.items()
    }


@dataclass(frozen=True)
class Likeness:
    """What two names share, in parts of their weight.

    Attributes
    ----------
    common
        What both have, as a part of both together: 1 where they say the same.
    swapped
        What each has instead of what the other has, as a part of the lighter name: 0 where one only adds to the other.
    numbers
        Whether the numbers, years and indices in them are the same.
    """

    common: float
    swapped: float
    numbers: bool


def likeness(one: Name, other: Name, weight: Mapping[str, float]) -> Likeness:
    """Compare two names by their words, in any order."""
    lone, met = _unmet(one.stems, other.stems)
    lone, met = _spelled_out(lone, met)
    met, lone = _spelled_out(met, lone)
    left, right = _heft(one.stems, weight), _heft(other.stems, weight)
    own, foreign = _heft(lone, weight), _heft(met, weight)
    both = left + right
    return Likeness(
        common=(both - own - foreign) / both if both else float(one.key == other.key),
        swapped=min(own, foreign) / (min(left, right) or 1.0),
        numbers=one.numbers == other.numbers,
    )


def _heft(stems: Iterable[str], weight: Mapping[str, float]) -> float:
    return sum(weight.get(word, 1.0) for word in stems)


def _unmet(one: tuple[str, ...], other: tuple[str, ...]) -> tuple[list[str], list[str]]:
    """Return the words of each name that meet none of the other."""
    lone = [word for word in one if word not in other]
    left = [word for word in other if word not in one]
    unmet = []
    for word in lone:
        found = next((candidate for candidate in left if same_word(word, candidate)), None)
        if found is None:
            unmet.append(word)
        else:
            left.remove(found)
    return unmet, left


def _spelled_out(short: list[str], long: list[str]) -> tuple[list[str], list[str]]:
    """Return the words of both names without the abbreviations («АРМ») of one that the other spells out."""
    initials = "".join(word[0] for word in long)
    for word in short:
        at = initials.find(word) if len(word) >= _SHORTEST_INITIALS else -1
        if at >= 0:
            return [item for item in short if item != word], long[:at] + long[at + len(word) :]
    return short, long


@lru_cache(maxsize=65536)
def same_word(one: str, other: str) -> bool:
    """Tell whether two words are one: cut short, or mistyped in a letter."""
    short, long = sorted((one.rstrip("."), other.rstrip(".")), key=len)
    if one.endswith(".") or other.endswith("."):
        return len(short) >= _SHORTEST_CUT and long.startswith(short[:_STEM])
    return len(short) >= _STEM - 1 and fuzz.ratio(short, long) >= _TYPO
