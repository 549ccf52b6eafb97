"""Two editions -> changes in the order's own classes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from workbook_tools import records
from workbook_tools.diff.change import EXCLUDED, NEW, REPLACED, SPLIT_MERGED, Change, Record, count
from workbook_tools.diff.classes import differences, pair_entries
from workbook_tools.diff.matching import BY_KEY, match
from workbook_tools.diff.regroup import merged_groups, replacements, split_groups
from workbook_tools.diff.wording import carried_over, entry
from workbook_tools.records import UNCONFIRMED, in_force

if TYPE_CHECKING:
    import pandas as pd

    from workbook_tools.profile import Profile


def compare(
    before: pd.DataFrame,
    after: pd.DataFrame,
    profile: Profile,
    *,
    date: str = "",
    received: frozenset[str] = frozenset(),
    links: Mapping[str, str] | None = None,
    bases: Mapping[str, str] | None = None,
) -> list[Change]:
    """Compare two editions (design.md section 6).

    Parameters
    ----------
    before, after
        Records frames (records.RECORD); quarantined records take no part.
    date
        The date of the earlier edition, for К15.
    received
        Units that sent something, for К15: of them a record was not accepted rather than not sent.
    links
        Codes of replaced records, old -> new, where they are known (К13).
    bases
        By the code of an excluded record the document that its exclusion rests on, where it is known.

    Returns
    -------
    list of Change
        By the record's code, then activity, process and touchpoint; empty where nothing changed.
    """
    old, new = _ordered(before), _ordered(after)
    matches = match(old, new, profile)
    replaced = _replaced_in_place(matches.pairs, old, new, profile)
    pairs = matches.pairs[~matches.pairs.index.isin(replaced.index)]
    gone = [*matches.gone, *replaced["before"]]
    come = [*matches.come, *replaced["after"]]
    splits = split_groups(old, new, gone, come, profile)
    merges = merged_groups(old, new, [index for index in gone if index not in splits], profile)
    gone = [index for index in gone if index not in splits and index not in merges]
    come = [index for index in come if index not in {item for group in splits.values() for item in group}]
    linked = replacements(old, new, gone, come, links or {})
    changes = [
        *_paired(old, new, pairs, profile, date, received),
        *_regrouped(old, new, splits, merges, profile),
        *_gone(old, new, gone, linked, profile, bases or {}),
        *_come(old, new, come, linked, profile),
    ]
    return sorted(changes, key=_order)


def _ordered(edition: pd.DataFrame) -> pd.DataFrame:
    """Return the records in force in an order of their own, so that the order of the rows decides nothing."""
    return in_force(edition).sort_values(list(records.RECORD), kind="stable", ignore_index=True)


def _order(change: Change) -> tuple[str, str, str, str, bool]:
    record = change.record
    return record["code"], record["activity"], record["process"], record["touchpoint"], change.after is not None


def _row(frame: pd.DataFrame, index: int) -> Record:
    return {str(name): value for name, value in frame.loc[index].items()}


def _replaced_in_place(pairs: pd.DataFrame, old: pd.DataFrame, new: pd.DataFrame, profile: Profile) -> pd.DataFrame:
    """Return the pairs whose touchpoint differs: section III knows no replacement, so they are К4 and К1."""
    was = records.mapped(old.loc[pairs["before"], "touchpoint"], profile.touchpoint_key).to_numpy()
    now = records.mapped(new.loc[pairs["after"], "touchpoint"], profile.touchpoint_key).to_numpy()
    return pairs.loc[list(was != now)]


def _paired(
    old: pd.DataFrame,
    new: pd.DataFrame,
    pairs: pd.DataFrame,
    profile: Profile,
    date: str,
    received: frozenset[str],
) -> Iterator[Change]:
    before = old.loc[pairs["before"]].reset_index(drop=True)
    after = new.loc[pairs["after"]].reset_index(drop=True)
    differs = differences(before, after, profile)
    unconfirmed = (after["state"] == UNCONFIRMED) & (before["state"] != UNCONFIRMED)
    how = pairs["by"].tolist()
    for index in differs.index[differs.any(axis=1) | unconfirmed]:
        was, now = _row(before, index), _row(after, index)
        flags = {str(name): bool(value) for name, value in differs.loc[index].items()}
        entries = pair_entries(was, now, flags, profile)
        if unconfirmed[index]:
            known = now["unit"] in received
            entries = (*entries, carried_over(profile, now, date, received=known))
        yield Change(entries, was, now, how[index])


def _regrouped(
    old: pd.DataFrame,
    new: pd.DataFrame,
    splits: Mapping[int, list[int]],
    merges: Mapping[int, int],
    profile: Profile,
) -> Iterator[Change]:
    for index, parts in splits.items():
        source, pieces = _row(old, index), [_row(new, part) for part in parts]
        made = entry(profile, SPLIT_MERGED, source, {"src": _name(source), "ids": ", ".join(map(_name, pieces))})
        for piece in pieces:
            yield Change((made,), source, piece, BY_KEY)
    for index, target in merges.items():
        was, now = _row(old, index), _row(new, target)
        made = entry(profile, SPLIT_MERGED, was, {"src": _name(was), "ids": _name(now)}, "merged")
        yield Change((made,), was, now, BY_KEY)


def _name(record: Record) -> str:
    return str(record["code"]) or f"«{record['process']}» – «{record['touchpoint']}»"


def _gone(
    old: pd.DataFrame,
    new: pd.DataFrame,
    gone: list[int],
    linked: Mapping[int, int],
    profile: Profile,
    bases: Mapping[str, str],
) -> Iterator[Change]:
    left = set(records.mapped(new["touchpoint"], profile.touchpoint_key))
    for index in gone:
        record = _row(old, index)
        variant = "process" if profile.touchpoint_key(record["touchpoint"]) in left else "body"
        basis = bases.get(record["code"], "")
        made = entry(profile, EXCLUDED, {**record, "basis": basis}, variant=variant)
        change = Change((made,), record, None, basis=basis)
        yield _linked(change, record, _row(new, linked[index]), profile) if index in linked else change


def _come(
    old: pd.DataFrame,
    new: pd.DataFrame,
    come: list[int],
    linked: Mapping[int, int],
    profile: Profile,
) -> Iterator[Change]:
    known = set(records.mapped(old["touchpoint"], profile.touchpoint_key))
    source = {target: index for index, target in linked.items()}
    for index in come:
        record = _row(new, index)
        variant = "process" if profile.touchpoint_key(record["touchpoint"]) in known else "body"
        change = Change((entry(profile, NEW, record, variant=variant),), None, record)
        yield _linked(change, _row(old, source[index]), record, profile) if index in source else change


def _linked(change: Change, was: Record, now: Record, profile: Profile) -> Change:
    words = {
        "id_old": _name(was),
        "id_new": _name(now),
        "old": was["touchpoint"],
        "new": now["touchpoint"],
    }
    return replace(change, entries=(*change.entries, entry(profile, REPLACED, now, words)))


def regrouped_by(changes: list[Change]) -> int:
    """Return by how many records splitting and merging changed the register: the К14 term of the sum."""
    groups = [change for change in changes if change.classes == (SPLIT_MERGED,)]
    merges = sum(entry.variant == "merged" for change in groups for entry in change.entries)
    parts = [change for change in groups if change.entries[0].variant != "merged"]
    sources = {id(change.before) for change in parts}
    return len(parts) - len(sources) - merges


def meets(before: int, after: int, changes: list[Change]) -> bool:
    """Tell whether было + К1 − К4 ± К14 = стало (regulation.md section 5)."""
    return before + count(changes, NEW) - count(changes, EXCLUDED) + regrouped_by(changes) == after
