"""A process that is typed a little otherwise than one that the register knows already (раздел II, п. 2.4)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

import pandas as pd

from workbook_tools.records import CHANGE, INCLUDE
from workbook_tools.suggestions import similar
from workbook_tools.text import compare_key

if TYPE_CHECKING:
    from workbook_tools.profile import Profile
    from workbook_tools.records import Edition

_BLOCK = 4


def near_processes(frame: pd.DataFrame, edition: Edition | None, profile: Profile) -> pd.Series[str]:
    """Return for each new or changed row the known process of its activity that its own is nearly worded as.

    Parameters
    ----------
    frame
        Rows with `action`, `activity`, `process`, `was_process`.

    Returns
    -------
    Series
        Same index; "" where the process is known itself, or near to none, or the record's own earlier name.
    """
    known = _known(edition)
    asked = frame["action"].isin([INCLUDE, CHANGE]) & (frame["process"] != "")
    columns = ["activity", "process", "was_process"]
    rows = list(frame.loc[asked, columns].itertuples(index=False, name=None))
    least = profile.limits.similar_process
    found = {row: _near(row[1], row[2], known.get(compare_key(row[0]), {}), least) for row in set(rows)}
    near = pd.Series([found[row] for row in rows], index=frame.index[asked], dtype="str")
    return near.reindex(frame.index, fill_value="").astype("str")


Processes = Mapping[str, Mapping[str, str]]


def _known(edition: Edition | None) -> dict[str, dict[str, str]]:
    """Return the processes of each activity in the edition, by what they are compared by."""
    known: dict[str, dict[str, str]] = defaultdict(dict)
    if edition is not None:
        for activity, process in zip(edition.records["activity"], edition.records["process"], strict=True):
            known[compare_key(activity)].setdefault(compare_key(process), process)
    return known


def _near(process: str, was: str, known: Mapping[str, str], least: float) -> str:
    key = compare_key(process)
    if key in known:
        return ""
    scored = [(similar(key, other), name) for other, name in _of_a_kind(key, known) if other != compare_key(was)]
    score, name = max(scored, default=(0.0, ""))
    return name if score >= least else ""


def _of_a_kind(key: str, known: Mapping[str, str]) -> Iterable[tuple[str, str]]:
    """Yield the known processes that share a beginning of a word and nearly the length: others cannot be near."""
    starts = {word[:_BLOCK] for word in key.split() if len(word) >= _BLOCK}
    for other, name in known.items():
        if 2 * abs(len(other) - len(key)) <= len(key) and starts & {word[:_BLOCK] for word in other.split()}:
            yield other, name
