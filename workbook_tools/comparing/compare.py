"""Two editions -> changes in the order's own classes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook_tools import records
from workbook_tools.comparing.change import EXCLUDED, NEW, SPLIT_MERGED, Change, count
from workbook_tools.comparing.keys import single
from workbook_tools.comparing.matching import Match, match
from workbook_tools.comparing.regroup import regrouped, replacements
from workbook_tools.comparing.sides import Context, Sides, name_of_pair, side_by_side
from workbook_tools.comparing.telling import Places, of_groups, of_lost, of_new, of_pairs
from workbook_tools.memory import give_back

if TYPE_CHECKING:
    import pandas as pd

    from workbook_tools.profile import Profile
    from workbook_tools.records import Edition

_FEWEST, _LEAST_AGREEING = 3, 0.5


def compare(
    before: pd.DataFrame, after: pd.DataFrame, profile: Profile, context: Context | None = None
) -> list[Change]:
    """Compare two editions (design.md section 6).

    Parameters
    ----------
    before, after
        Records frames (records.RECORD); quarantined records take no part.

    Returns
    -------
    list of Change
        Changed rules first, then by the record's code, activity, process and touchpoint; empty where nothing changed.
    """
    sides = side_by_side(before, after, profile, context or Context())
    give_back()
    groups = regrouped(sides.old.keys, sides.new.keys, profile)
    give_back()
    matches = _matches(sides, (groups.gone, groups.come))
    give_back()
    kept, replaced = _sorted_out(sides, matches)
    lost = _others(sides.old.keys, groups.gone | {item.before for item in kept})
    come = _others(sides.new.keys, groups.come | {item.after for item in kept})
    places = _places(sides, replaced, lost, come)
    changes = [
        *of_pairs(sides, kept),
        *of_groups(sides, groups.splits, merged=False),
        *of_groups(sides, groups.merges, merged=True),
        *of_lost(sides, lost, places),
        *of_new(sides, come, places),
    ]
    return sorted(changes, key=_order)


def _matches(sides: Sides, spoken_for: tuple[set[int], set[int]]) -> list[Match]:
    """Match the records; where the officer refused a pair, weigh again without it, so that another may be proposed."""
    refused: set[tuple[int, int]] = set()
    while True:
        matches = match(sides.old.keys, sides.new.keys, sides.codes, spoken_for, refused)
        again = {(item.before, item.after) for item in matches if item.similar and _refused(sides, item)}
        if not again:
            return matches
        refused |= again


def _sorted_out(sides: Sides, matches: list[Match]) -> tuple[list[Match], list[Match]]:
    """Return the matches that stand, and those of another touchpoint: section III knows no replacement.

    A proposed match that the officer refused is none.
    """
    kept, replaced = [], []
    for item in matches:
        if sides.old.touchpoints[item.before] != sides.new.touchpoints[item.after]:
            replaced.append(item)
        elif not (item.proposed and _refused(sides, item)):
            kept.append(item)
    return kept, replaced


def _refused(sides: Sides, item: Match) -> bool:
    return name_of_pair(sides.old.rows[item.before], sides.new.rows[item.after]) in sides.known.refused


def _others(keys: pd.DataFrame, taken: set[int]) -> list[int]:
    return [index for index in range(len(keys)) if index not in taken]


def _places(sides: Sides, replaced: list[Match], lost: list[int], come: list[int]) -> Places:
    """Return which new record took the place of which lost one: in a coded row that is certain (К13)."""
    in_place = {item.before: (item.after, True) for item in replaced}
    taken = {at for at, _ in in_place.values()}
    old = sides.old.keys.loc[[index for index in lost if index not in in_place]]
    new = sides.new.keys.loc[[index for index in come if index not in taken]]
    codes = sides.codes[0].loc[old.index], sides.codes[1].loc[new.index]
    return in_place | replacements(old, new, codes, sides.known.links or {})


def _order(change: Change) -> tuple[bool, str, str, str, str, bool]:
    record = change.record
    place = record["code"], record["activity"], record["process"], record["touchpoint"]
    return change.rule is None, *place, change.after is not None


def codes_agree(before: Edition, after: Edition, profile: Profile) -> bool:
    """Tell whether the codes of two editions are of one count.

    They are where most of the records that both have bear the same code in both: two editions that were each numbered
    afresh have codes that mean nothing to each other. Fewer than three such records tell nothing, and codes are
    believed.
    """
    sides = [side[side["code"] != ""] for side in (before.in_force, after.in_force)]
    keys = [records.record_key(side, profile) for side in sides]
    pairs = [*single(keys[0], keys[1])]
    codes = [dict(zip(side.index.tolist(), side["code"], strict=True)) for side in sides]
    same = sum(codes[0][one] == codes[1][other] for one, other in pairs)
    return len(pairs) < _FEWEST or same / len(pairs) >= _LEAST_AGREEING


def regrouped_by(changes: list[Change]) -> int:
    """Return by how many records splitting and merging changed the register: the К14 term of the sum."""
    groups = [change for change in changes if change.classes == (SPLIT_MERGED,)]
    merged = [change for change in groups if change.entries[0].variant == "merged"]
    split = [change for change in groups if change.entries[0].variant != "merged"]
    grown = len(split) - len({id(change.before) for change in split})
    return grown - len(merged) + len({id(change.after) for change in merged})


def meets(before: int, after: int, changes: list[Change]) -> bool:
    """Tell whether было + К1 − К4 ± К14 = стало (regulation.md section 5)."""
    return before + count(changes, NEW) - count(changes, EXCLUDED) + regrouped_by(changes) == after
