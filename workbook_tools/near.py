"""A process that is typed a little otherwise than one that the register knows already (раздел II, п. 2.4)."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import pandas as pd

from workbook_tools.records import CHANGE, INCLUDE, tuples
from workbook_tools.suggestions import Alike, numbers_in
from workbook_tools.text import compare_key

if TYPE_CHECKING:
    from workbook_tools.profile import Profile
    from workbook_tools.records import Edition


def near_processes(frame: pd.DataFrame, edition: Edition | None, profile: Profile) -> pd.Series[str]:
    """Return for each new or changed row the known process of its activity that its own is nearly worded as.

    Parameters
    ----------
    frame
        Rows with `action`, `activity`, `process`, `was_process`.

    Returns
    -------
    Series
        Same index; "" where the process is known itself, or near to none, or only to the record's own earlier name;
        names whose numbers differ are not near.
    """
    known = _Known(edition, profile.limits.similar_process)
    asked = frame["action"].isin([INCLUDE, CHANGE]) & (frame["process"] != "")
    columns = ["activity", "process", "was_process"]
    rows = tuples(frame.loc[asked], *columns)
    found = {row: known.near(*row) for row in set(rows)}
    near = pd.Series([found[row] for row in rows], index=frame.index[asked], dtype="str")
    return near.reindex(frame.index, fill_value="").astype("str")


class _Known:
    """The processes of an edition by activity and by the numbers in their names."""

    def __init__(self, edition: Edition | None, least: float) -> None:
        self._least = least
        self._names: dict[tuple[str, ...], dict[str, str]] = defaultdict(dict)
        if edition is not None:
            pairs = tuples(edition.records, "activity", "process")
            for activity, process in dict.fromkeys(pairs):
                key = compare_key(process)
                self._names[compare_key(activity), *numbers_in(key)].setdefault(key, process)
        self._alike: dict[tuple[str, ...], Alike] = {}

    def near(self, activity: str, process: str, was: str) -> str:
        """Return the process that a name is nearly worded as, other than what it was."""
        key = compare_key(process)
        place = (compare_key(activity), *numbers_in(key))
        names = self._names.get(place, {})
        if not names or key in names:
            return ""
        if place not in self._alike:
            self._alike[place] = Alike(names)
        return names.get(self._alike[place].to(key, compare_key(was), self._least), "")
