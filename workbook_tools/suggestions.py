"""What a wrong word was probably meant to be: nearest of a list, the other keyboard layout, look-alike letters."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache

from rapidfuzz import fuzz, process

from workbook_tools.text import compare_key

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


def similar(one: str, other: str) -> float:
    """Return how alike two texts are as they are compared, 0 to 100; 0 where a number in them differs."""
    left, right = compare_key(one), compare_key(other)
    return 0.0 if _numbers(left) != _numbers(right) else _likeness(left, right)


def _numbers(key: str) -> list[str]:
    digits = "".join(sign if sign.isdigit() else " " for sign in key)
    return sorted(digits.split())
