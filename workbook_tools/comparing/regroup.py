"""Records that were only split or merged, and touchpoints that took another's place: excluded and new, but linked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from workbook_tools.comparing.keys import joined, labels_by, numbered, single
from workbook_tools.glued import GluedTouchpoints

if TYPE_CHECKING:
    import pandas as pd

    from workbook_tools.profile import Profile

_IDENTITY = ("activity", "process", "touchpoint")
_SAME_CONTENT = ("kind", "client", "unit", "key")
_SAME_OFFER = ("client", "needs", "unit", "key")


@dataclass(frozen=True)
class Group:
    """A record of one edition and the records of the other that it is made of, by index label (К14).

    `repeats` tells that each of the parts says all that the whole does.
    """

    whole: int
    parts: tuple[int, ...]
    repeats: bool = False


@dataclass(frozen=True)
class Regrouped:
    """What was split (the whole is the old record) and what was merged (the whole is the new one)."""

    splits: tuple[Group, ...]
    merges: tuple[Group, ...]

    @property
    def gone(self) -> set[int]:
        """The old records that are spoken for."""
        return {group.whole for group in self.splits} | {part for group in self.merges for part in group.parts}

    @property
    def come(self) -> set[int]:
        """The new records that are spoken for."""
        return {group.whole for group in self.merges} | {part for group in self.splits for part in group.parts}


class _Side:
    """One edition: its records' compared forms by label, and what names them, as numbers and as texts."""

    def __init__(self, keys: pd.DataFrame, names: pd.Series[int]) -> None:
        self.keys, self.names = keys, names
        # To look up single cells in a frame is slow.
        self._columns = {str(name): keys[name].to_numpy() for name in keys}

    def cell(self, index: int, column: str) -> str:
        text: str = self._columns[column][index]
        return text

    def beside(self, other: _Side) -> pd.Series[str]:
        """Return the names of the records of which the other edition has none so named."""
        return joined(self.keys[~self.names.isin(other.names)], *_IDENTITY)


def regrouped(old: pd.DataFrame, new: pd.DataFrame, profile: Profile) -> Regrouped:
    """Find the records that were split or merged with their content unchanged (К14; раздел II, п. 2.4).

    One record that named several touchpoints stands for one record each; records that repeat one process and
    touchpoint stand for the one that has the needs of all. Whichever edition is the earlier, the same are found.

    Parameters
    ----------
    old, new
        Frames of keys.compared, index 0…n-1.
    """
    was, now = (_Side(*side) for side in zip((old, new), numbered(old, new, *_IDENTITY), strict=True))
    find = GluedTouchpoints(profile)
    splits = [*_glued(was, now, find, profile), *_repeated(was, now)]
    merges = [*_glued(now, was, find, profile), *_repeated(now, was)]
    return Regrouped(tuple(splits), tuple(merges))


def _glued(whole: _Side, parts: _Side, find: GluedTouchpoints, profile: Profile) -> Iterator[Group]:
    """Yield the records that named several touchpoints, with the records that name one of them each."""
    typed = whole.keys["typed"].tolist()
    several = {text: named for text in dict.fromkeys(typed) if (named := find.named(text))}
    if not several:
        return
    left = parts.beside(whole)
    free = labels_by(left)
    known = set(parts.names.tolist())
    for index, (text, name) in enumerate(zip(typed, whole.names, strict=True)):
        taken = _parts_of(whole, index, several[text], free, profile) if text in several and name not in known else ()
        alike = all(_same(whole, index, parts, part, (*_SAME_CONTENT, "needs")) for part in taken)
        if taken and alike and _adds_up(whole, index, parts, taken, "contact", "\n"):
            for part in taken:
                free[left[part]].remove(part)
            yield Group(index, taken)


def _parts_of(
    whole: _Side, index: int, named: tuple[str, ...], free: Mapping[str, list[int]], profile: Profile
) -> tuple[int, ...]:
    """Return a record of the other edition for each touchpoint that a record names, nothing where one has none."""
    head = f"{whole.cell(index, 'activity')}\n{whole.cell(index, 'process')}"
    wanted = dict.fromkeys(f"{head}\n{profile.touchpoint_key(item)}" for item in named)
    found = [free.get(key, []) for key in wanted]
    return tuple(labels[0] for labels in found) if len(found) == len(named) and all(found) else ()


def _same(one: _Side, index: int, other: _Side, at: int, columns: Iterable[str]) -> bool:
    return all(one.cell(index, name) == other.cell(at, name) for name in columns)


def _repeated(whole: _Side, parts: _Side) -> Iterator[Group]:
    """Yield the records whose process and touchpoint the other edition has several times, all needs in all."""
    repeats = labels_by(parts.names[parts.names.duplicated(keep=False)])
    single_names = whole.names[whole.names.isin(list(repeats)) & ~whole.names.duplicated(keep=False)]
    for index, key in zip(single_names.index.tolist(), single_names, strict=True):
        found = repeats[key]
        alike = all(_same(whole, index, parts, part, (*_SAME_CONTENT, "contact")) for part in found)
        if alike and _adds_up(whole, index, parts, found, "needs", "\n"):
            same = all(_same(whole, index, parts, part, ("needs",)) for part in found)
            yield Group(index, tuple(found), repeats=same)


def _adds_up(whole: _Side, index: int, parts: _Side, found: Iterable[int], column: str, sign: str) -> bool:
    """Tell whether a list of the whole is what the lists of its parts hold together."""
    own = {item.strip() for item in whole.cell(index, column).split(sign)}
    held = {item.strip() for part in found for item in parts.cell(part, column).split(sign)}
    return own - {""} == held - {""}


def replacements(
    old: pd.DataFrame, new: pd.DataFrame, codes: tuple[pd.Series[str], pd.Series[str]], links: Mapping[str, str]
) -> dict[int, tuple[int, bool]]:
    """Return, by the label of an excluded record, the new record that took its place, and whether that is certain.

    Parameters
    ----------
    old, new
        Frames of keys.compared of the excluded and of the new records.
    codes
        The codes of both, with the same labels.
    links
        Codes of records known to be replaced, old -> new.

    Known links are certain. Without them one touchpoint that a process lost and one that it got, which offer the same
    to the same client, are only proposed (К13).
    """
    was, now = (dict(zip(side.index.tolist(), side, strict=True)) for side in codes)
    by_code = {code: index for index, code in now.items() if code}
    linked = {index: by_code[links[code]] for index, code in was.items() if links.get(code, "") in by_code}
    left = old.drop(index=list(linked)), new.drop(index=list(linked.values()))
    # Two codes are two records: what the one offered says nothing of the other.
    proposed = {index: (at, False) for index, at in _by_process(*left) if not (was[index] and now[at])}
    return {index: (at, True) for index, at in linked.items()} | proposed


def _by_process(old: pd.DataFrame, new: pd.DataFrame) -> Iterator[tuple[int, int]]:
    lost, got = (joined(side[side["needs"] != ""], "activity", "process", *_SAME_OFFER) for side in (old, new))
    yield from single(lost, got)
