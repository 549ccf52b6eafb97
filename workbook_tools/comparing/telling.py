"""Matched, regrouped, lost and new records -> changes with their classes and sentences."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from workbook_tools.comparing.change import EXCLUDED, NEW, REPLACED, RULE, SPLIT_MERGED, Change, Record, RuleChange
from workbook_tools.comparing.classes import FORMS, WRITTEN, differences, pair_entries
from workbook_tools.comparing.defaults import Flip, flips
from workbook_tools.comparing.matching import BY_KEY, Match
from workbook_tools.comparing.sides import Sides, name_of_pair
from workbook_tools.comparing.wording import carried_over, entry, evidence, record_name
from workbook_tools.records import UNCONFIRMED

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

    from workbook_tools.comparing.regroup import Group
    from workbook_tools.profile import Profile

# By the label of an excluded record the new one in its place, and whether that is certain.
Places = Mapping[int, tuple[int, bool]]

_RULED = ("touchpoint", "kind")
# What is read of matched records takes much room: no more of them are looked at together.
_AT_ONCE = 65_536


def of_pairs(sides: Sides, matches: Sequence[Match]) -> Iterator[Change]:
    """Yield what changed in the matched records, and the rules that changed with them."""
    _, was = sides.old.picked([item.before for item in matches], (), _RULED)
    _, now = sides.new.picked([item.after for item in matches], (), _RULED)
    flipped = flips(was, now, sides.known.kinds or {}, sides.profile)
    follows = _follows(was, now, flipped).to_numpy()
    for first in range(0, len(matches), _AT_ONCE):
        some = slice(first, first + _AT_ONCE)
        yield from _of_some(sides, matches[some], follows[some])
    for flip in flipped.values():
        own = (follows & (was["touchpoint"] == flip.touchpoint.code).to_numpy()).nonzero()[0].tolist()
        pairs = [(sides.old.rows[matches[at].before], sides.new.rows[matches[at].after]) for at in own]
        if pairs:
            yield _of_rule(flip, pairs, sides.profile)


def _of_some(sides: Sides, matches: Sequence[Match], follows: NDArray[np.bool_]) -> Iterator[Change]:
    """Yield what changed in some matched records, of which it is known which ones only follow a rule."""
    read = (*WRITTEN, "state"), FORMS
    before, was = sides.old.picked([item.before for item in matches], *read)
    after, now = sides.new.picked([item.after for item in matches], *read)
    differs = differences((before, after), (was, now), sides.profile)
    differs["kind"] &= ~follows
    absent = [name for name in map(str, differs) if name.removeprefix("spelled_") in sides.known.absent]
    differs[absent] = False
    differs["state"] = (after["state"] == UNCONFIRMED) & (before["state"] != UNCONFIRMED)
    some = differs[differs.any(axis=1)]
    for index, flags in zip(some.index.tolist(), some.to_dict("records"), strict=True):
        yield _of_pair(sides, matches[index], {str(name): bool(value) for name, value in flags.items()})


def _of_pair(sides: Sides, item: Match, differs: Mapping[str, bool]) -> Change:
    """Return the change of one matched pair, with how surely its records are one, and why."""
    was, now = sides.old.rows[item.before], sides.new.rows[item.after]
    addresses = sides.old.addresses[item.before], sides.new.addresses[item.after]
    entries = pair_entries(was, now, differs, sides.profile, addresses)
    if differs["state"]:
        received = None if sides.known.received is None else now["unit"] in sides.known.received
        entries = (*entries, carried_over(sides.profile, now, sides.known.date, received=received))
    return Change(
        entries,
        was,
        now,
        item.by,
        score=item.similar.score if item.similar else 1.0,
        proposed=item.proposed and name_of_pair(was, now) not in sides.known.accepted,
        evidence=evidence(item, sides.old.rows, sides.new.rows),
    )


def _follows(was: pd.DataFrame, now: pd.DataFrame, flipped: Mapping[str, Flip]) -> pd.Series[bool]:
    """Tell which records only follow a rule that changed."""
    before = was["touchpoint"].map({code: flip.before for code, flip in flipped.items()})
    after = now["touchpoint"].map({code: flip.after for code, flip in flipped.items()})
    return (was["kind"] == before) & (now["kind"] == after)


def _of_rule(flip: Flip, pairs: Iterable[tuple[Record, Record]], profile: Profile) -> Change:
    followed = tuple(pairs)
    blank = Change((), None, None, rule=RuleChange(flip.touchpoint.name, followed))
    words = {
        "old": profile.name_of("kinds", flip.before),
        "new": profile.name_of("kinds", flip.after),
        "k": str(len(followed)),
    }
    return replace(blank, entries=(entry(profile, RULE, blank.record, words),))


def of_groups(sides: Sides, groups: Iterable[Group], *, merged: bool) -> Iterator[Change]:
    """Yield a change for each part of what was split, or merged (К14)."""
    whole_side, part_side = (sides.new, sides.old) if merged else (sides.old, sides.new)
    for group in groups:
        whole, parts = whole_side.rows[group.whole], [part_side.rows[part] for part in group.parts]
        names = ", ".join(map(record_name, parts))
        words = {"src": names, "ids": record_name(whole)} if merged else {"src": record_name(whole), "ids": names}
        variant = "merged" if merged else "repeated" if group.repeats else ""
        made = entry(sides.profile, SPLIT_MERGED, whole, words, variant)
        for part in parts:
            basis = (sides.known.bases or {}).get(part["code"], "") if merged else ""
            yield Change((made,), *((part, whole) if merged else (whole, part)), BY_KEY, basis=basis)


def of_lost(sides: Sides, lost: Sequence[int], places: Places) -> Iterator[Change]:
    """Yield the excluded records (К4), each with the one that took its place, if any (К13)."""
    remaining = set(sides.new.touchpoints)
    for index in lost:
        record = sides.old.rows[index]
        basis = (sides.known.bases or {}).get(record["code"], "")
        variant = "process" if sides.old.touchpoints[index] in remaining else "body"
        made = entry(sides.profile, EXCLUDED, {**record, "basis": basis}, variant=variant)
        change = Change((made,), record, None, basis=basis)
        at, certain = places.get(index, (-1, True))
        yield change if at < 0 else _linked(change, sides.new.rows[at], sides, certain=certain)


def of_new(sides: Sides, come: Sequence[int], places: Places) -> Iterator[Change]:
    """Yield the new records (К1), each with the one whose place it took, if any (К13)."""
    known = set(sides.old.touchpoints)
    sources = {at: (index, certain) for index, (at, certain) in places.items()}
    for index in come:
        record = sides.new.rows[index]
        variant = "process" if sides.new.touchpoints[index] in known else "body"
        change = Change((entry(sides.profile, NEW, record, variant=variant),), None, record)
        at, certain = sources.get(index, (-1, True))
        yield change if at < 0 else _linked(change, sides.old.rows[at], sides, certain=certain)


def _linked(change: Change, counterpart: Record, sides: Sides, *, certain: bool) -> Change:
    linked = replace(change, counterpart=counterpart)
    was, now = linked.pair or (counterpart, counterpart)
    words = {"id_old": record_name(was), "id_new": record_name(now), "old": was["touchpoint"], "new": now["touchpoint"]}
    name = name_of_pair(was, now)
    if not certain and name in sides.known.refused:
        return change
    variant = "uncoded" if not (was["code"] and now["code"]) else "same" if was["code"] == now["code"] else ""
    made = entry(sides.profile, REPLACED, now, words, variant)
    return replace(linked, entries=(*change.entries, made), proposed=not certain and name not in sides.known.accepted)
