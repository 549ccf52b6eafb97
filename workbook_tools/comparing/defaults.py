"""A touchpoint whose kind the profile's rule changed: one entry, not as many changes of kind (К12)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import pandas as pd

    from workbook_tools.profile import Profile, Touchpoint

_FEWEST, _MOST = 2, 2 / 3


class Flip(NamedTuple):
    """A touchpoint's kind by the rule before and now."""

    touchpoint: Touchpoint
    before: str
    after: str


def flips(before: pd.DataFrame, after: pd.DataFrame, stood: Mapping[str, str], profile: Profile) -> dict[str, Flip]:
    """Return the touchpoints whose rule changed, by their code.

    Parameters
    ----------
    before, after
        Frames of keys.compared of the matched records, with the same index.
    stood
        The kind of each touchpoint by the rule of the earlier edition, where that edition says it. Where it does
        not, only a touchpoint that the Порядок itself calls both ways can have had another rule: most of its records,
        and at least two, came to follow the new one.

    Source: раздел I, п. 3; раздел II, п. 3.
    """
    found = {}
    for touchpoint in profile.touchpoints:
        now = profile.kind_of(touchpoint)
        was = stood.get(touchpoint.code, "")
        if not stood and touchpoint.kind_disputed:
            was = _followed_otherwise(before, after, touchpoint.code, now)
        if was not in {"", now}:
            found[touchpoint.code] = Flip(touchpoint, was, now)
    return found


def _followed_otherwise(before: pd.DataFrame, after: pd.DataFrame, code: str, now: str) -> str:
    """Return the kind that most records of a touchpoint had before they all got the present one, else «»."""
    own = (before["touchpoint"] == code) & (after["touchpoint"] == code)
    turned = own & (before["kind"] != now) & (after["kind"] == now)
    was = before.loc[turned, "kind"]
    if len(was) < max(_FEWEST, _MOST * int(own.sum())):
        return ""
    return str(was.iloc[0]) if (was == was.iloc[0]).all() else ""
