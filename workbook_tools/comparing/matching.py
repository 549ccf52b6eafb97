"""Which record of one edition is which of the other: by code, by key, by similarity; never one to two."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from typing import TYPE_CHECKING, NamedTuple

import pandas as pd

from workbook_tools.comparing.keys import COMPARED, joined, labels_by, single

if TYPE_CHECKING:
    from workbook_tools.comparing.similar import Similar

BY_CODE, BY_KEY, BY_SIMILARITY = "code", "key", "similarity"
# Records of one process and touchpoint beyond this (2,000 by 2,000) are no register: they are paired as they stand.
_MOST_PAIRS = 4_000_000


class Match(NamedTuple):
    """Two records that are one: their index labels, how they were matched, and what stands beside it.

    Attributes
    ----------
    by
        code, key or similarity.
    similar
        The score and the evidence, where similarity decided.
    equal
        Whether other records of the same key fitted as well.
    """

    before: int
    after: int
    by: str
    similar: Similar | None = None
    equal: bool = False

    @property
    def proposed(self) -> bool:
        """Whether a person must confirm it."""
        return self.equal or self.similar is not None


def match(
    old: pd.DataFrame,
    new: pd.DataFrame,
    codes: tuple[pd.Series[str], pd.Series[str]],
    spoken_for: tuple[set[int], set[int]] = (set(), set()),
    refused: AbstractSet[tuple[int, int]] = frozenset(),
) -> list[Match]:
    """Match the records of two editions (design.md section 6).

    By code; else by activity, process and touchpoint; else by process and touchpoint, where only one record of each
    edition has them; else by similarity, as one assignment.

    Parameters
    ----------
    old, new
        Frames of keys.compared, index 0…n-1.
    codes
        The codes of both editions; blank ones match nothing.
    spoken_for
        Labels of the records that take no part.
    refused
        Labels of the pairs that similarity must not bring together.
    """
    gone, come = (
        side.drop(index=list(spoken)) if spoken else side for side, spoken in zip((old, new), spoken_for, strict=True)
    )
    found = [Match(*pair, BY_CODE) for pair in single(codes[0][gone.index], codes[1][come.index])]
    found += _same_key(*_left(gone, come, found))
    gone, come = _left(gone, come, found)
    elsewhere = (joined(side, "process", "touchpoint") for side in (gone, come))
    found += [Match(*pair, BY_KEY) for pair in single(*elsewhere)]
    gone, come = _left(gone, come, found)
    if any(item.by == BY_CODE for item in found):
        # Where both editions bear codes, another code is another record, however near its words.
        gone, come = gone[codes[0][gone.index] == ""], come[codes[1][come.index] == ""]
    if not gone.empty and not come.empty:
        # In most runs nothing is left to be weighed, and what weighs it takes long to load.
        from workbook_tools.comparing.similar import similar  # noqa: PLC0415 - as above

        pairs = [(item.before, item.after) for item in found]
        likely = similar(old, new, gone.index, come.index, pairs, refused)
        found += [Match(item.before, item.after, BY_SIMILARITY, item) for item in likely]
    return found


def _left(old: pd.DataFrame, new: pd.DataFrame, found: Iterable[Match]) -> tuple[pd.DataFrame, pd.DataFrame]:
    listed = list(found)
    gone = old.index.isin([item.before for item in listed])
    return old[~gone], new[~new.index.isin([item.after for item in listed])]


def _same_key(old: pd.DataFrame, new: pd.DataFrame) -> Iterator[Match]:
    """Yield pairs of one activity, process and touchpoint; of several the most alike, which is only proposed."""
    whole = [joined(side, *COMPARED) for side in (old, new)]
    pairs = [*_turns(*whole)]
    yield from (Match(*pair, BY_KEY) for pair in pairs)
    old = old.drop(index=[before for before, _ in pairs])
    new = new.drop(index=[after for _, after in pairs])
    keys = [joined(side, "activity", "process", "touchpoint") for side in (old, new)]
    alone = [*single(*keys)]
    yield from (Match(*pair, BY_KEY) for pair in alone)
    left = keys[0].drop([before for before, _ in alone]), keys[1].drop([after for _, after in alone])
    groups = labels_by(left[0]), labels_by(left[1])
    for key in sorted(groups[0].keys() & groups[1].keys()):
        yield from _most_alike(old.loc[groups[0][key]], new.loc[groups[1][key]])


def _turns(old: pd.Series[str], new: pd.Series[str]) -> Iterator[tuple[int, int]]:
    """Yield the labels of equal texts, the first with the first, the second with the second."""
    sides = [
        pd.DataFrame({"key": side, "turn": side.groupby(side).cumcount(), "at": side.index}) for side in (old, new)
    ]
    both = sides[0].merge(sides[1], on=["key", "turn"])
    yield from zip(both["at_x"].tolist(), both["at_y"].tolist(), strict=True)


def _most_alike(old: pd.DataFrame, new: pd.DataFrame) -> Iterator[Match]:
    """Yield the pairs with the fewest differences in all; where others fit as well, the pair is marked."""
    if len(old) * len(new) > _MOST_PAIRS:
        labels = zip(old.index.tolist(), new.index.tolist(), strict=False)
        yield from (Match(*pair, BY_KEY, equal=True) for pair in labels)
        return
    from scipy.optimize import linear_sum_assignment  # noqa: PLC0415 - seldom needed, and long to load

    left, right = (side[list(COMPARED)].to_numpy(dtype=object) for side in (old, new))
    differ = (left[:, None, :] != right[None, :, :]).sum(axis=2)
    rows, columns = linear_sum_assignment(differ)
    for row, column in zip(rows.tolist(), columns.tolist(), strict=True):
        least = differ[row, column]
        equal = int((differ[row] <= least).sum() + (differ[:, column] <= least).sum()) > 2  # noqa: PLR2004 - itself, twice
        yield Match(int(old.index[row]), int(new.index[column]), BY_KEY, equal=bool(equal))
