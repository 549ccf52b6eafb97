"""What a wrong word was probably meant to be: nearest of a list, the other keyboard layout, look-alike letters."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

from rapidfuzz import fuzz, process

from workbook_tools.text import compare_key

_NUMBER = re.compile(r"\d+")
_LATIN_KEYS = "qwertyuiop[]asdfghjkl;'zxcvbnm,.`"
_RUSSIAN_KEYS = "йцукенгшщзхъфывапролджэячсмитьбюё"
_TO_RUSSIAN_LAYOUT = str.maketrans(_LATIN_KEYS, _RUSSIAN_KEYS)
_TO_LATIN_LAYOUT = str.maketrans(_RUSSIAN_KEYS, _LATIN_KEYS)
_LOOK_ALIKE = str.maketrans("abcehkmoptxy", "авсенкмортху")
# Of words so short any two are alike.
_SHORTEST = 4


def nearest(text: str, wordings: Mapping[str, str], least: float) -> str:
    """Return what a text was probably meant to say, "" where nothing is near or two things are equally so.

    Parameters
    ----------
    wordings
        For each known wording what it means, as people read it.
    least
        The score from which a wording is near, 0 (nothing in common) to 100 (the same).
    """
    return _nearest(text, tuple(wordings.items()), least)


def of_names(names: Iterable[str]) -> Mapping[str, str]:
    """Return names as wordings that mean themselves."""
    return {name: name for name in names}


@lru_cache(maxsize=8192)
def _nearest(text: str, wordings: tuple[tuple[str, str], ...], least: float) -> str:
    by_key = {compare_key(wording): meant for wording, meant in wordings}
    readings = [reading for reading in _readings(text) if reading]
    for reading in readings:
        if reading in by_key:
            return by_key[reading]
    return max((_best(reading, by_key, least) for reading in readings), default=(0.0, ""))[1]


def _readings(text: str) -> tuple[str, ...]:
    """Return a text as typed, as typed in the other keyboard layout, and with look-alike letters put right."""
    key = compare_key(text)
    folded = text.strip().casefold()
    layouts = (folded.translate(_TO_RUSSIAN_LAYOUT), folded.translate(_TO_LATIN_LAYOUT))
    return tuple(dict.fromkeys((key, *map(compare_key, layouts), key.translate(_LOOK_ALIKE))))


def _best(reading: str, by_key: Mapping[str, str], least: float) -> tuple[float, str]:
    """Return the best score and what it means; a tie of two meanings is no answer, short words have to be the same."""
    if len(reading) < _SHORTEST:
        return 0.0, ""
    found = process.extract(reading, list(by_key), scorer=_likeness, score_cutoff=least, limit=5)
    meant = {by_key[key] for key, score, _ in found if score == found[0][1]}
    return (found[0][1], meant.pop()) if len(meant) == 1 else (0.0, "")


def _likeness(one: str, other: str, *, score_cutoff: float | None = None) -> float:
    """Return how alike two keys are by their letters, or by their words in any order."""
    cutoff = score_cutoff or 0.0
    return max(fuzz.ratio(one, other, score_cutoff=cutoff), fuzz.token_sort_ratio(one, other, score_cutoff=cutoff))


def numbers_in(key: str) -> tuple[str, ...]:
    """Return the numbers in a text: names that differ in them are not alike, however near their letters."""
    return tuple(sorted(_NUMBER.findall(key)))


class Alike:
    """Keys among which the one most alike to another is looked for, by their letters or by their words in any order."""

    def __init__(self, keys: Iterable[str]) -> None:
        self._keys = list(keys)
        self._by_words = [_in_order(key) for key in self._keys]

    def to(self, key: str, but: str, least: float) -> str:
        """Return the key most alike to another one, "" where none reaches the score `least` (0–100); never `but`."""
        by_letters = process.extract(key, self._keys, scorer=fuzz.ratio, score_cutoff=least, limit=2)
        by_words = process.extract(_in_order(key), self._by_words, scorer=fuzz.ratio, score_cutoff=least, limit=2)
        scored = [(score, -at) for _, score, at in (*by_letters, *by_words) if self._keys[at] != but]
        return self._keys[-max(scored)[1]] if scored else ""


def _in_order(key: str) -> str:
    return " ".join(sorted(key.split()))
