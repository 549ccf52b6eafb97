"""Which classes of change a matched pair of records shows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from workbook_tools import records
from workbook_tools.diff.change import (
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
from workbook_tools.diff.wording import entry, needs_words
from workbook_tools.text import spelling_key

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
_BLANK = "не указано"


def differences(raw: tuple[pd.DataFrame, pd.DataFrame], keys: tuple[pd.DataFrame, pd.DataFrame]) -> pd.DataFrame:
    """Compare matched records row by row.

    Parameters
    ----------
    raw, keys
        Records frames of the two editions, and frames of keys.compared; all of equal length and index.

    Returns
    -------
    DataFrame
        Same index; for each column of BY_COLUMN and `touchpoint` whether it differs, and for each spelled
        column `spelled_<column>` whether only its spelling does.
    """
    (before, after), (old, new) = raw, keys
    names = [*BY_COLUMN, "touchpoint"]
    differs = old[names].ne(new[names])
    written = {name: before[name].ne(after[name]) for name in _SPELLED} | {"needs": _respelled(before, after)}
    spelled = {f"spelled_{name}": written[name] & ~differs[name] for name in _SPELLED}
    return differs.assign(**spelled)


def _respelled(before: pd.DataFrame, after: pd.DataFrame) -> pd.Series[bool]:
    """Tell where needs are spelled otherwise; their order and case are no change."""
    return records.mapped(before["needs"], spelling_key).ne(records.mapped(after["needs"], spelling_key))


def pair_entries(before: Record, after: Record, differs: Mapping[str, bool], profile: Profile) -> tuple[Entry, ...]:
    """Return the classes of one matched pair, in the order К1…К15; none where nothing differs."""
    return (
        *(_changed(before, after, name, profile) for name in BY_COLUMN if differs[name]),
        *_editorial(before, after, differs, profile),
    )


def _changed(before: Record, after: Record, name: str, profile: Profile) -> Entry:
    if name == "needs":
        return entry(profile, NEEDS, after, needs_words(before, after, profile))
    old, new = (profile.shown(name, record[name]) or _BLANK for record in (before, after))
    return entry(profile, BY_COLUMN[name], after, {"old": old, "new": new})


def _editorial(before: Record, after: Record, differs: Mapping[str, bool], profile: Profile) -> Iterator[Entry]:
    for name in _SPELLED:
        if differs[f"spelled_{name}"]:
            yield entry(profile, EDITORIAL, after, {"old": before[name], "new": after[name]}, column=name)
