"""Addresses and numbers: what is written as a site, an e-mail address or a telephone number must be one."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING

import pandas as pd

from workbook_tools.records import tuples

if TYPE_CHECKING:
    from workbook_tools.profile import Profile

_LABEL = r"[a-z0-9а-яё](?:[a-z0-9а-яё_-]{0,61}[a-z0-9а-яё])?"
_HOST = rf"(?P<host>(?:{_LABEL}\.)+(?:[a-z]{{2,63}}|[а-яё]{{2,63}}|xn--[a-z0-9-]{{2,59}}))"
_URL = re.compile(rf"(?:https?://)?{_HOST}(?::\d{{1,5}})?(?:[/?#]\S*)?", re.IGNORECASE)
_EMAIL = re.compile(rf"[\w.+-]+@{_HOST}", re.IGNORECASE)
_TOKEN = re.compile(r"[^\s,;]+")
_NUMBER = re.compile(r"\+?[\d(][\d\s()–—-]*")
_LETTER_AMONG_DIGITS = re.compile(r"\d-?[^\W\d_]-?\d")
_EXTENSION = re.compile(r"(?:доб|вн|внутр)[а-я.]*\s*№?\s*\d[\d-]*", re.IGNORECASE)
_LIKE_URL = re.compile(r"https?:|www\.|//", re.IGNORECASE)
_FEWEST_DIGITS, _MOST_DIGITS, _FULL_NUMBER = 3, 15, 11
_AROUND = "()[]<>«»\"'.:"


def contact_facts(frame: pd.DataFrame, profile: Profile) -> pd.DataFrame:
    """Look at each row's address.

    Parameters
    ----------
    frame
        Columns `contact` and `ref_contact` (url, email, phone, place, none or "") are read.

    Returns
    -------
    DataFrame
        Same index; `contact_fault`: the part of the address that is malformed, `contact_foreign`: the part that
        lies outside the domains of public bodies; "" where there is none.
    """
    pairs = tuples(frame, "contact", "ref_contact")
    looked_at = {pair: (fault(*pair), foreign(pair[0], profile.government_domains)) for pair in set(pairs)}
    return pd.DataFrame(
        [looked_at[pair] for pair in pairs], index=frame.index, columns=["contact_fault", "contact_foreign"]
    ).astype("str")


def fault(contact: str, kind: str) -> str:
    """Return the malformed part of an address of a kind (url, email, phone, else anything), "" where it is sound."""
    if not contact.strip():
        return ""
    for token in _tokens(contact):
        if ("@" in token and not _EMAIL.fullmatch(token)) or (_LIKE_URL.search(token) and not _URL.fullmatch(token)):
            return token
    return "" if _SOUND.get(kind, bool)(contact) else contact


def foreign(contact: str, domains: tuple[str, ...]) -> str:
    """Return the first site or e-mail address that lies in none of the domains, "" where there is none."""
    for token in _tokens(contact):
        match = _EMAIL.fullmatch(token) or (_URL.fullmatch(token) if _LIKE_URL.search(token) else None)
        if match and not any(_within(match["host"].casefold(), domain) for domain in domains):
            return token
    return ""


def _within(host: str, domain: str) -> bool:
    return host == domain or host.endswith(f".{domain}")


def _tokens(contact: str) -> list[str]:
    return [token.strip(_AROUND) for token in _TOKEN.findall(contact)]


def _has(pattern: re.Pattern[str], contact: str) -> bool:
    return any(pattern.fullmatch(token) for token in _tokens(contact))


def _is_number(contact: str) -> bool:
    """Tell whether a text holds a number of sound length and none that is too long; an extension is none."""
    if _LETTER_AMONG_DIGITS.search(contact):
        return False
    without = _EXTENSION.sub(" ", contact)
    found = [match.group() for match in _NUMBER.finditer(without if _NUMBER.search(without) else contact)]
    lengths = [len(re.sub(r"\D", "", number)) for number in found]
    full = all(length == _FULL_NUMBER for number, length in zip(found, lengths, strict=True) if number[:2] == "+7")
    # A shorter one beside a number is a room or a floor.
    return max(lengths, default=0) >= _FEWEST_DIGITS and max(lengths) <= _MOST_DIGITS and full


_SOUND: Mapping[str, Callable[[str], bool]] = {
    "url": partial(_has, _URL),
    "email": partial(_has, _EMAIL),
    "phone": _is_number,
}
