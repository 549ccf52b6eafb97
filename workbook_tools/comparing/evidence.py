"""What speaks for and against two records being one: the weights of record linkage (Fellegi and Sunter)."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from workbook_tools.comparing.names import Likeness, Name, likeness, name_of, weights

if TYPE_CHECKING:
    import pandas as pd

# How likely a column stays as it is from one edition to the next when the record is the same one.
STAYS = {"kind": 0.95, "needs": 0.85, "contact": 0.85, "client": 0.95, "unit": 0.92, "key": 0.9}
_ACTIVITY_STAYS, _TOUCHPOINT_STAYS = 0.93, 0.88
# Natural logarithms of odds: a name told in the same words, all of it in others, other numbers in it, words added.
_SAME_NAME, _OTHER_WORDS, _OTHER_NUMBERS, _MORE_WORDS = 6.0, 17.0, 14.0, 2.5
_BEYOND_CHANCE, _RAREST = 3.0, 0.05
_OF_COLUMNS, _LIVES_ON, _WENT_ALONG = 5.0, 2.0, 5.0


@dataclass
class Process:
    """A process of one edition: its records that have no pair yet, and what became of the others.

    Attributes
    ----------
    activity, process
        As compared.
    name
        The name of the process, taken apart.
    rows
        By touchpoint the index label of its record without a pair; of several the first.
    paired
        How many of its records have a pair already, by the key of the other edition's process.
    """

    activity: str
    process: str
    name: Name
    rows: dict[str, int] = field(default_factory=dict)
    paired: Counter[str] = field(default_factory=Counter)

    @property
    def key(self) -> str:
        """What names the process."""
        return f"{self.activity}\n{self.process}"


class Term(NamedTuple):
    """One piece of evidence: what it is about and its logarithm of odds."""

    about: str
    weight: float


class Scales:
    """Weighs pairs of processes by how common their words and values are in both editions.

    Parameters
    ----------
    old, new
        Frames of keys.compared.
    """

    def __init__(self, old: pd.DataFrame, new: pd.DataFrame) -> None:
        self._old, self._new = old, new
        names = {*old["name"], *new["name"]}
        self.weight: Mapping[str, float] = weights(name_of(name) for name in names)
        self._size = max(1, len(old) + len(new))

    @cached_property
    def _values(self) -> Mapping[str, tuple[list[str], list[str]]]:
        return {name: (self._old[name].tolist(), self._new[name].tolist()) for name in STAYS}

    @cached_property
    def _common(self) -> Mapping[str, Counter[str]]:
        columns = (*STAYS, "activity", "touchpoint")
        return {name: Counter([*self._old[name].tolist(), *self._new[name].tolist()]) for name in columns}

    def _rarity(self, column: str, value: str) -> float:
        return self._common[column][value] / self._size

    def of(self, was: Process, now: Process) -> list[Term]:
        """Return the evidence on two processes being one."""
        like = likeness(was.name, now.name, self.weight)
        terms = [Term("name", _of_name(like))]
        same = was.activity == now.activity
        share = (self._rarity("activity", was.activity) + self._rarity("activity", now.activity)) / 2
        terms.append(Term("activity", _agreement(_ACTIVITY_STAYS, share, same=same)))
        terms.extend(self._of_columns(was, now))
        terms.extend(self._of_touchpoints(was, now))
        terms.extend(_of_others(was, now))
        return terms

    def _of_columns(self, was: Process, now: Process) -> Iterator[Term]:
        totals: dict[str, float] = defaultdict(float)
        for touchpoint in was.rows.keys() & now.rows.keys():
            for term in self.of_record(was.rows[touchpoint], now.rows[touchpoint]):
                totals[term.about] += term.weight
        whole = sum(totals.values())
        least = min(1.0, _OF_COLUMNS / abs(whole)) if whole else 1.0
        yield from (Term(name, totals[name] * least) for name in STAYS if name in totals)

    def of_record(self, index: int, at: int) -> Iterator[Term]:
        """Yield the evidence of the columns of two records; what both leave blank says nothing."""
        for name, (old, new) in self._values.items():
            was, now = old[index], new[at]
            if was or now:
                share = (self._rarity(name, was) + self._rarity(name, now)) / 2
                yield Term(name, _agreement(STAYS[name], share, same=was == now))

    def all_else_same(self, was: Process, now: Process, crowd: int) -> bool:
        """Tell whether two processes differ in nothing but their names, and in so much that it is hardly chance.

        Parameters
        ----------
        crowd
            How many pairs of processes there are: the more, the sooner one of them agrees by chance.
        """
        if was.activity != now.activity or was.rows.keys() != now.rows.keys() or was.paired or now.paired:
            return False
        terms = [term for name in was.rows for term in self.of_record(was.rows[name], now.rows[name])]
        same = all(term.weight > 0 for term in terms) and was.name.numbers == now.name.numbers
        return same and sum(term.weight for term in terms) > math.log(crowd) + _BEYOND_CHANCE

    def _of_touchpoints(self, was: Process, now: Process) -> Iterator[Term]:
        shared = was.rows.keys() & now.rows.keys()
        lone = len(was.rows.keys() ^ now.rows.keys())
        # A repeated record bears its touchpoint's name with a sign behind it.
        shares = (max(self._rarity("touchpoint", name.rstrip("\n")), _RAREST) for name in shared)
        rarity = sum(math.log(_TOUCHPOINT_STAYS / share) for share in shares)
        yield Term("touchpoints", 0.5 * rarity - 0.7 * lone)


def _of_name(like: Likeness) -> float:
    numbers = 0.0 if like.numbers else -_OTHER_NUMBERS
    return _SAME_NAME - _OTHER_WORDS * like.swapped - _MORE_WORDS * (1 - like.common) + numbers


def _agreement(stays: float, share: float, *, same: bool) -> float:
    """Return the logarithm of odds of a column that is the same, or is not."""
    chance = min(max(share, 1e-3), 0.98)
    return math.log(stays / chance) if same else math.log((1 - stays) / (1 - chance))


def _of_others(was: Process, now: Process) -> Iterator[Term]:
    """Yield what the records say that have a pair already: a process that lives on was hardly renamed."""
    along = was.paired[now.key] + now.paired[was.key]
    if along:
        yield Term("along", _WENT_ALONG)
    elif was.paired[was.key] or now.paired[now.key]:
        yield Term("lives_on", -_LIVES_ON)
