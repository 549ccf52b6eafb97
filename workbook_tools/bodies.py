"""Names of other public bodies in a text (Приложение 1: the heading of the annex names a foreign one)."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

import pandas as pd

from workbook_tools.frames import mapped
from workbook_tools.text import compare_key

if TYPE_CHECKING:
    from workbook_tools.profile import Profile
    from workbook_tools.profile.models import Bodies

TEXTS = ("process", "touchpoint", "contact", "needs", "note")
_TERRITORY = (
    r"(?:[А-ЯЁ][а-яё-]+(?:ой|ого|его)\s+(?:области|края|округа)|Республики\s+[А-ЯЁ][а-яё]+"
    r"|Российской\s+Федерации|России|РФ)"
)


def body_facts(frame: pd.DataFrame, profile: Profile) -> pd.DataFrame:
    """Return for each row the first other body that each of its texts names: columns `body_<field>`, same index."""
    pattern, own = _pattern(profile.bodies), _own_rests(profile)
    return pd.DataFrame(
        {f"body_{name}": mapped(frame[name], lambda text: _named(text, pattern, own)) for name in TEXTS},
        index=frame.index,
    )


def other_body(text: str, profile: Profile) -> str:
    """Return the first other body that a text names, as written; "" where it names none or this one."""
    return _named(text, _pattern(profile.bodies), _own_rests(profile))


def _named(text: str, pattern: re.Pattern[str], own: frozenset[str]) -> str:
    for match in pattern.finditer(text):
        rest = compare_key(match["rest"] or "")
        if match["short"] or not any(own_rest.startswith(rest) for own_rest in own):
            return match.group().strip()
    return ""


def _own_rests(profile: Profile) -> frozenset[str]:
    """Return what follows the first word in the names of the body itself, as compared."""
    own = {compare_key(name) for name in (profile.body.name, profile.body.genitive, profile.body.short)}
    return frozenset(rest for name in own if (rest := name.partition(" ")[2]))


@lru_cache(maxsize=8)
def _pattern(bodies: Bodies) -> re.Pattern[str]:
    nouns = "|".join(_any_case(noun) for noun in bodies.nouns)
    subjects = "|".join(re.escape(subject).replace("\\ ", r"\s+") for subject in bodies.subjects)
    short = "|".join(re.escape(name) for name in bodies.short_names)
    named = rf"(?:{subjects})\b(?:\s+и\s+[а-яё]+)*(?:\s+{_TERRITORY})?" if subjects else "(?!)"
    placed = rf"(?:[а-яё,]+\s+){{0,8}}?{_TERRITORY}"
    full = rf"\b(?:{nouns})\s+(?P<rest>{named}|{placed})" if nouns else "(?P<rest>(?!))"
    return re.compile(rf"{full}|\b(?P<short>(?:{short})[а-яё]*)\b" if short else rf"{full}|(?P<short>(?!))")


def _any_case(noun: str) -> str:
    """Return a pattern for a noun in any grammatical case, with a small or a capital letter."""
    stem = re.sub("[аеиоуыэюяьй]$", "", noun)
    return f"[{stem[0].upper()}{stem[0].lower()}]{re.escape(stem[1:])}[а-яё]*"
