"""Which classes of change a matched pair of records shows."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING

from workbook_tools import frames
from workbook_tools.comparing.change import (
    ACTIVITY,
    CLIENT,
    CONTACT,
    EDITORIAL,
    KEY,
    KIND,
    NEEDS,
    PROCESS,
    UNIT,
    Entry,
    Record,
)
from workbook_tools.comparing.keys import words_key
from workbook_tools.comparing.wording import NOTHING, entry, needs_words
from workbook_tools.text import compare_key

if TYPE_CHECKING:
    import pandas as pd

    from workbook_tools.profile import Profile

BY_COLUMN = {
    "kind": KIND,
    "needs": NEEDS,
    "contact": CONTACT,
    "process": PROCESS,
    "activity": ACTIVITY,
    "unit": UNIT,
    "key": KEY,
    "client": CLIENT,
}
_SPELLED = ("process", "touchpoint", "contact", "activity", "needs")
# What `differences` reads of the records, and of their compared forms.
WRITTEN, FORMS = _SPELLED, (*BY_COLUMN, "touchpoint")
BLANK = "не указано"


def differences(
    raw: tuple[pd.DataFrame, pd.DataFrame], keys: tuple[pd.DataFrame, pd.DataFrame], profile: Profile
) -> pd.DataFrame:
    """Compare matched records row by row.

    Parameters
    ----------
    raw, keys
        Records frames of the two editions, and frames of keys.compared (columns WRITTEN and FORMS); all of equal length
        and index.

    Returns
    -------
    DataFrame
        Same index; for each column of BY_COLUMN and `touchpoint` whether it differs, and for each spelled
        column `spelled_<column>` whether only its spelling does.
    """
    (before, after), (old, new) = raw, keys
    differs = old[list(FORMS)].ne(new[list(FORMS)])
    differs["needs"] = _where(differs["needs"], before, after, _all_words)
    # A record that had no unit was given one: it has not changed hands.
    differs["unit"] &= old["unit"].ne("")
    written = {name: before[name].ne(after[name]) for name in _SPELLED}
    # Their order, their case and a synonym of the profile are no change.
    written["needs"] = _where(written["needs"], before, after, profile.needs_spelling)
    spelled = {f"spelled_{name}": written[name] & ~differs[name] for name in _SPELLED}
    return differs.assign(**spelled)


def _where(
    some: pd.Series[bool], before: pd.DataFrame, after: pd.DataFrame, form: Callable[[str], str]
) -> pd.Series[bool]:
    """Tell in which of some rows the needs differ in a form; of most rows it need not be made."""
    old, new = (frames.mapped(side.loc[some, "needs"], form) for side in (before, after))
    return old.ne(new).reindex(some.index, fill_value=False)


def _all_words(needs: str) -> str:
    """Return the words of needs, whatever sign stands between them: «;» for «,» is no other set of needs."""
    return words_key(compare_key(needs))


def pair_entries(
    before: Record,
    after: Record,
    differs: Mapping[str, bool],
    profile: Profile,
    addresses: tuple[str, str] = ("", ""),
) -> tuple[Entry, ...]:
    """Return the classes of one matched pair, in the order К1…К15; none where nothing differs.

    Parameters
    ----------
    addresses
        The contacts with what the touchpoints' cells hold of them, where they are known apart.
    """
    contacts = {"contact": addresses[0] or before["contact"]}, {"contact": addresses[1] or after["contact"]}
    apart = {**before, **contacts[0]}, {**after, **contacts[1]}
    return (
        *(_changed(*apart, name, profile) for name in BY_COLUMN if differs[name]),
        *_editorial(before, after, differs, profile),
    )


def _changed(before: Record, after: Record, name: str, profile: Profile) -> Entry:
    told = _told(before, after)
    if name == "needs":
        words = needs_words(before, after, profile)
        variant = _one_sided(old=words["removed"] != NOTHING, new=words["added"] != NOTHING)
        return entry(profile, NEEDS, told, words, variant)
    old, new = (profile.shown(name, record[name]) for record in (before, after))
    variant = _one_sided(old=bool(old), new=bool(new)) if name == "contact" else ""
    return entry(profile, BY_COLUMN[name], told, {"old": old or BLANK, "new": new or BLANK}, variant)


def _one_sided(*, old: bool, new: bool) -> str:
    """Return the variant of a sentence where something was only added, or only taken away."""
    return "" if old and new else "added" if new else "removed"


def _told(before: Record, after: Record) -> Record:
    """Return the record that a sentence is about, with the code that either edition gave it."""
    return {**after, "code": after["code"] or before["code"]}


def _editorial(before: Record, after: Record, differs: Mapping[str, bool], profile: Profile) -> Iterator[Entry]:
    for name in _SPELLED:
        if differs[f"spelled_{name}"]:
            old, new = before[name], after[name]
            # An address that left the touchpoint's cell, or went there, is spelled as it was.
            variant = "moved" if name == "contact" and not (old and new) else ""
            words = {"old": old, "new": new, "address": old or new}
            yield entry(profile, EDITORIAL, _told(before, after), words, variant, name)
