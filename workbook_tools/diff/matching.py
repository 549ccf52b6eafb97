"""Which record of one edition is which of the other: by code, then by key, never one to two."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import pandas as pd

from workbook_tools import records
from workbook_tools.records import mapped
from workbook_tools.text import compare_key

if TYPE_CHECKING:
    from workbook_tools.profile import Profile

BY_CODE, BY_KEY = "code", "key"


class Matches(NamedTuple):
    """Pairs of records and what is left over.

    Attributes
    ----------
    pairs
        Columns `before`, `after` (index labels of the two frames) and `by` (code or key); index 0…n-1.
    gone, come
        Index labels of the records without a pair.
    """

    pairs: pd.DataFrame
    gone: pd.Index
    come: pd.Index


def match(before: pd.DataFrame, after: pd.DataFrame, profile: Profile) -> Matches:
    """Match two records frames: code, else activity + process + touchpoint, else process + touchpoint.

    Source: design.md section 6; similarity of processes follows these.
    """
    steps = (
        (BY_CODE, before["code"], after["code"]),
        (BY_KEY, records.record_key(before, profile), records.record_key(after, profile)),
        (BY_KEY, _without_activity(before, profile), _without_activity(after, profile)),
    )
    gone, come = before.index, after.index
    found = []
    for by, old, new in steps:
        pairs = _pair(old[gone], new[come]).assign(by=by)
        gone, come = gone[~gone.isin(pairs["before"])], come[~come.isin(pairs["after"])]
        found.append(pairs)
    return Matches(pd.concat(found, ignore_index=True), gone, come)


def _without_activity(frame: pd.DataFrame, profile: Profile) -> pd.Series[str]:
    return mapped(frame["process"], compare_key).str.cat(mapped(frame["touchpoint"], profile.touchpoint_key), sep="\n")


def _pair(old: pd.Series[str], new: pd.Series[str]) -> pd.DataFrame:
    """Pair equal keys, the first with the first, the second with the second; blank keys never."""
    left = _numbered(old, "before")
    right = _numbered(new, "after")
    return left.merge(right, on=["key", "turn"], how="inner")[["before", "after"]]


def _numbered(keys: pd.Series[str], name: str) -> pd.DataFrame:
    kept = keys[keys.str.strip() != ""]
    return pd.DataFrame({"key": kept.to_numpy(), "turn": kept.groupby(kept).cumcount().to_numpy(), name: kept.index})
