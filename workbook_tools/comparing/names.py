"""How alike two names of processes are: rewording, abbreviations, word order, added qualifiers count little."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import snowballstemmer
from rapidfuzz import fuzz
from rapidfuzz.distance import Hamming

from workbook_tools.memory import remembered
from workbook_tools.text import compare_key

_WORD = re.compile(r"[^\W_]+\.?")
# A letter in quotes or brackets, or at the end of the name, is an index («участок Б»), never a preposition.
_INDEX = re.compile(r"""(?<=["'(])\w(?=["')])|(?<=\D\s)[^\W\d](?=[,;:)]|$)""")
# A capital alone inside a name is an index too («зона А здания»), where not all of it is written in capitals.
_CAPITAL = re.compile(r"(?<=[\s-])[A-ZА-ЯЁ](?![\w.])")
# A Roman ten may have been put into Russian letters with the text around it.
_ROMAN = re.compile(r"[ivxх]+")
_HYPHENED = re.compile(r"\b([^\W\d]{2,4})-[^\W\d]{1,3}\b")
# A negation makes another matter of it, like another number.
_NEGATIONS = frozenset({"не", "без"})
_SHORTEST, _ALIKE = 5, 90.0
_LONG_ENOUGH = 12
# No name of a process is longer; the rest of a text that is one would only cost time.
_MOST_WORDS = 60
_STEMMER = snowballstemmer.stemmer("russian")
_SHORTEST_CUT, _SHORTEST_INITIALS = 2, 3
_SMALL_WORDS = frozenset((
    "в", "во", "на", "по", "о", "об", "и", "или", "с", "со", "к", "ко", "от", "до", "из", "за", "для",
    "при", "под", "над", "у", "а", "их", "его", "все", "также", "том", "числе", "г", "год", "года",
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
        Its words without their endings, small words left out; a word cut short keeps its dot.
    numbers
        Numbers, years, indices and negations in it, in order of the alphabet.
    actions
        The stems of the words that name an action.
    """

    key: str
    stems: tuple[str, ...]
    numbers: tuple[str, ...]
    actions: frozenset[str]


@remembered(262144)
def name_of(text: str) -> Name:
    """Take apart a name as it is written."""
    key = compare_key(text)
    words, index = _WORD.findall(_HYPHENED.sub(r"\1.", key)), _INDEX.findall(key)
    if not text.isupper():
        index = [*dict.fromkeys([*index, *map(_as_in_russian, _CAPITAL.findall(text))])]
    words = [word for word in words if word.rstrip(".") not in {*_SMALL_WORDS, *index}]
    numbered = [*(word.rstrip(".") for word in words if _is_number(word)), *index]
    plain = [word for word in words if not _is_number(word)]
    actions = frozenset(stem(word) for word in plain if _ACTION.fullmatch(word.rstrip(".")))
    return Name(key, tuple(dict.fromkeys(map(stem, plain[:_MOST_WORDS]))), tuple(sorted(numbered)), actions)


def _as_in_russian(letter: str) -> str:
    """Return a letter as it is compared within a Russian text: a Latin «A» is the Russian one."""
    return compare_key(f"буква {letter}").rpartition(" ")[2]


def _is_number(word: str) -> bool:
    plain = word.rstrip(".")
    return any(sign.isdigit() for sign in word) or plain in _NEGATIONS or _ROMAN.fullmatch(plain) is not None


@remembered(65536)
def stem(word: str) -> str:
    """Return a word without its ending; a word that was cut short («гос.») stays as it is."""
    return word if word.endswith(".") else str(_STEMMER.stemWord(word))


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
    if one.numbers == other.numbers and _is_mistyped(one.key, other.key):
        return Likeness(common=1.0, swapped=0.0, numbers=True)
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


def _is_mistyped(one: str, other: str) -> bool:
    """Tell whether two texts differ in one letter typed for another: more, or a letter less, may be another word."""
    return len(one) == len(other) >= _LONG_ENOUGH and Hamming.distance(one, other) == 1


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
    left = list(short)
    for word in short:
        at = "".join(item[0] for item in long).find(word) if len(word) >= _SHORTEST_INITIALS else -1
        if at >= 0:
            left.remove(word)
            long = long[:at] + long[at + len(word) :]
    return left, long


@remembered(65536)
def same_word(one: str, other: str) -> bool:
    """Tell whether two words are one: cut short, or with a vowel that comes and goes («справка», «справок»)."""
    short, long = sorted((one.rstrip("."), other.rstrip(".")), key=len)
    if one.endswith(".") or other.endswith("."):
        cut, whole = (one, other) if one.endswith(".") and len(one) - 1 <= len(other.rstrip(".")) else (other, one)
        return cut.endswith(".") and len(cut) > _SHORTEST_CUT and whole.startswith(cut[:-1])
    return len(short) >= _SHORTEST and fuzz.ratio(short, long) >= _ALIKE
