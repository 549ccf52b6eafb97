"""Records that were split, merged or replaced: what looks like excluded and new but is linked."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from workbook_tools import records
from workbook_tools.glued import GluedTouchpoints
from workbook_tools.text import compare_key, list_key

if TYPE_CHECKING:
    import pandas as pd

    from workbook_tools.profile import Profile


def split_groups(
    old: pd.DataFrame,
    new: pd.DataFrame,
    gone: list[int],
    come: list[int],
    profile: Profile,
) -> dict[int, list[int]]:
    """Return for each record that named several touchpoints the new records it became, all of them found (К14)."""
    by_key: dict[str, list[int]] = defaultdict(list)
    keys = records.record_key(new.loc[come], profile)
    for index, key in keys.items():
        by_key[key].append(int(str(index)))
    groups: dict[int, list[int]] = {}
    find = GluedTouchpoints(profile)
    for index in gone:
        named = find.named(str(old.loc[index, "touchpoint"]))
        parts = _parts(str(old.loc[index, "activity"]), str(old.loc[index, "process"]), named, by_key, profile)
        if parts and all(_same_content(old, index, new, part) for part in parts):
            groups[index] = parts
            _take(by_key, parts)
    return groups


def _take(by_key: dict[str, list[int]], parts: list[int]) -> None:
    """Leave the parts of one record out of the search for another's."""
    for group in by_key.values():
        group[:] = [index for index in group if index not in parts]


def _parts(
    activity: str,
    process: str,
    named: tuple[str, ...],
    by_key: Mapping[str, list[int]],
    profile: Profile,
) -> list[int]:
    head = f"{compare_key(activity)}\n{compare_key(process)}"
    found = [by_key.get(f"{head}\n{profile.touchpoint_key(item)}", []) for item in named]
    return [group[0] for group in found] if found and all(found) else []


def _same_content(old: pd.DataFrame, index: int, new: pd.DataFrame, part: int) -> bool:
    was, now = old.loc[index], new.loc[part]
    return was["kind"] == now["kind"] and list_key(str(was["needs"])) == list_key(str(now["needs"]))


def merged_groups(old: pd.DataFrame, new: pd.DataFrame, gone: list[int], profile: Profile) -> dict[int, int]:
    """Return for each record that repeated another the one record that is left of them (К14)."""
    counts = Counter(records.record_key(old, profile))
    left = {key: int(str(index)) for index, key in records.record_key(new, profile).items()}
    keys = records.record_key(old.loc[gone], profile)
    return {int(str(index)): left[key] for index, key in keys.items() if counts[key] > 1 and key in left}


def replacements(
    old: pd.DataFrame,
    new: pd.DataFrame,
    gone: list[int],
    come: list[int],
    links: Mapping[str, str],
) -> dict[int, int]:
    """Return the pairs of an excluded and a new record that are one replacement (К13).

    Known links and equal codes come first; else a process that lost one touchpoint and got one for a shared need.
    """
    by_code = {str(new.loc[index, "code"]): index for index in come if new.loc[index, "code"]}
    linked: dict[int, int] = {}
    for index in gone:
        code = str(old.loc[index, "code"])
        target = by_code.get(links.get(code, code)) if code else None
        if target is not None:
            linked[index] = target
    return linked | _by_process(old, new, _left(gone, linked), _left(come, linked.values()))


def _left(indices: list[int], taken: Iterable[int]) -> list[int]:
    used = set(taken)
    return [index for index in indices if index not in used]


def _by_process(old: pd.DataFrame, new: pd.DataFrame, gone: list[int], come: list[int]) -> dict[int, int]:
    lost, got = _grouped(old, gone), _grouped(new, come)
    return {
        lost[key][0]: got[key][0]
        for key in lost
        if len(lost[key]) == 1 == len(got.get(key, [])) and _share_need(old, lost[key][0], new, got[key][0])
    }


def _grouped(frame: pd.DataFrame, indices: list[int]) -> dict[tuple[str, str], list[int]]:
    groups: dict[tuple[str, str], list[int]] = defaultdict(list)
    for index in indices:
        row = frame.loc[index]
        groups[compare_key(str(row["activity"])), compare_key(str(row["process"]))].append(index)
    return groups


def _share_need(old: pd.DataFrame, index: int, new: pd.DataFrame, target: int) -> bool:
    was, now = (set(list_key(str(frame.loc[at, "needs"])).split("\n")) for frame, at in ((old, index), (new, target)))
    return bool((was & now) - {""})
