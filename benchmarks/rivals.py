"""Other ways to compare two editions: by key alone, and with daff. Both name pairs of rows; classes are ours."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from workbook_tools import records
from workbook_tools.comparing import Change, Context
from workbook_tools.comparing.matching import BY_KEY, Match
from workbook_tools.comparing.sides import side_by_side
from workbook_tools.comparing.telling import of_lost, of_new, of_pairs

if TYPE_CHECKING:
    import pandas as pd

    from workbook_tools.profile import Profile

KEY = ["activity", "process", "touchpoint"]
_SHOWN = list(records.CONTENT)


def keyed(old: pd.DataFrame, new: pd.DataFrame, profile: Profile, *, coded: bool) -> list[Change]:
    """Compare by a key that must be equal letter for letter: the code, else activity, process and touchpoint."""
    key = ["code"] if coded else KEY
    sides = [side.assign(at=range(len(side))).drop_duplicates(key) for side in (old, new)]
    both = sides[0].merge(sides[1], on=key, suffixes=("_old", "_new"))
    return _changes(old, new, profile, zip(both["at_old"].tolist(), both["at_new"].tolist(), strict=True))


def with_daff(old: pd.DataFrame, new: pd.DataFrame, profile: Profile, *, coded: bool) -> list[Change]:
    """Compare by daff's own alignment, rows in any order, all content columns (and codes) given to it."""
    import daff  # noqa: PLC0415 - the benchmark runs without it, with a word about it

    columns = ["code", *_SHOWN] if coded else _SHOWN
    tables = [daff.PythonTableView([columns, *side[columns].to_numpy().tolist()]) for side in (old, new)]
    flags = daff.CompareFlags()
    flags.ordered = False
    if coded:
        flags.ids = ["code"]
    order = daff.Coopy.compareTables(*tables, flags).align().toOrder()
    units = order.getList() if hasattr(order, "getList") else order.order
    pairs = [(unit.l - 1, unit.r - 1) for unit in units if unit.l > 0 and unit.r > 0]
    return _changes(old, new, profile, iter(pairs))


def _changes(old: pd.DataFrame, new: pd.DataFrame, profile: Profile, pairs: Iterator[tuple[int, int]]) -> list[Change]:
    """Tell what such pairs amount to; another touchpoint is an exclusion and a new record, as with ours."""
    sides = side_by_side(old, new, profile, Context())
    # The rows stand in another order once they are prepared: they are found again by the number each bears.
    places = [{row["row"]: at for at, row in enumerate(side.rows)} for side in (sides.old, sides.new)]
    numbers = old["row"].tolist(), new["row"].tolist()
    found = [(places[0][numbers[0][one]], places[1][numbers[1][other]]) for one, other in pairs]
    kept = [Match(*pair, BY_KEY) for pair in found if sides.old.touchpoints[pair[0]] == sides.new.touchpoints[pair[1]]]
    taken = {item.before for item in kept}, {item.after for item in kept}
    lost = [index for index in range(len(old)) if index not in taken[0]]
    come = [index for index in range(len(new)) if index not in taken[1]]
    return [*of_pairs(sides, kept), *of_lost(sides, lost, {}), *of_new(sides, come, {})]
