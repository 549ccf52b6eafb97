"""Records matched by the similarity of their processes: one global assignment, never two records to one."""

from __future__ import annotations

import math
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from itertools import product
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from scipy.optimize import linear_sum_assignment
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components

from workbook_tools.comparing.candidates import candidates
from workbook_tools.comparing.evidence import Process, Scales, Term
from workbook_tools.comparing.names import name_of

if TYPE_CHECKING:
    import pandas as pd

# Logarithm of odds from which two processes are taken to be one.
LEAST = 3.0
_SURE = 0.99
_RIVAL, _BARELY = 1.5, 0.2
_MOST_CELLS = 16_000_000
_REPEAT, _OF_RECORD = "\n", 1e-3


class Similar(NamedTuple):
    """A proposed pair: index labels, score from 0 to 1, the evidence, and the labels of what fits as well."""

    before: int
    after: int
    score: float
    terms: tuple[Term, ...]
    rivals_before: tuple[int, ...]
    rivals_after: tuple[int, ...]


class Edge(NamedTuple):
    """Two records that may be one."""

    before: int
    after: int
    weight: float
    terms: tuple[Term, ...]


def similar(
    old: pd.DataFrame,
    new: pd.DataFrame,
    gone: pd.Index,
    come: pd.Index,
    pairs: Iterable[tuple[int, int]],
    refused: AbstractSet[tuple[int, int]] = frozenset(),
) -> list[Similar]:
    """Match what is left by similarity of the process, within the same touchpoint (design.md section 6).

    Parameters
    ----------
    old, new
        Frames of keys.compared, index 0…n-1.
    gone, come
        Labels of the records without a pair.
    pairs
        Labels of the pairs found already: what they say of a process counts.
    refused
        Labels of the pairs that are none, whatever speaks for them.
    """
    if gone.empty or come.empty:
        return []
    was, now = _processes(old, gone), _processes(new, come)
    _note_pairs(was, now, old, new, pairs)
    scales = Scales(old, new)
    edges = _edges(list(was.values()), list(now.values()), scales, (old, new))
    edges = [edge for edge in edges if (edge.before, edge.after) not in refused]
    return [item for group in _components(edges) for item in _assigned(group)]


def _processes(table: pd.DataFrame, left: pd.Index) -> dict[str, Process]:
    found: dict[str, Process] = {}
    seen: Counter[tuple[str, str]] = Counter()
    rows = table.loc[left, ["activity", "process", "touchpoint", "name"]]
    for label, activity, process, touchpoint, name in rows.itertuples(name=None):
        item = found.setdefault(f"{activity}\n{process}", Process(activity, process, name_of(name)))
        # A record that repeats another of its process stands beside it under a name of its own.
        seen[item.key, touchpoint] += 1
        item.rows[f"{touchpoint}{_REPEAT * (seen[item.key, touchpoint] - 1)}"] = label
    return found


def _note_pairs(
    was: Mapping[str, Process],
    now: Mapping[str, Process],
    old: pd.DataFrame,
    new: pd.DataFrame,
    pairs: Iterable[tuple[int, int]],
) -> None:
    """Tell each process where its other records went, and where they came from."""
    before, after = (
        (old["activity"] + "\n" + old["process"]).tolist(),
        (new["activity"] + "\n" + new["process"]).tolist(),
    )
    for index, at in pairs:
        one, other = before[index], after[at]
        if one in was:
            was[one].paired[other] += 1
        if other in now:
            now[other].paired[one] += 1


def _edges(
    was: Sequence[Process], now: Sequence[Process], scales: Scales, rows: tuple[pd.DataFrame, pd.DataFrame]
) -> list[Edge]:
    edges = []
    for left, right in candidates(was, now, rows):
        one, other = was[left], now[right]
        terms = tuple(scales.of(one, other))
        weight = sum(term.weight for term in terms)
        if weight <= LEAST and scales.all_else_same(one, other, len(was) * len(now)):
            # A name beyond recognition: whether it is the process that has all else in common, a person must say.
            weight = LEAST + _BARELY
        if weight > LEAST:
            # Equal weights are told apart in a way that neither the order of rows nor that of the editions decides.
            weight += zlib.crc32("\n".join(sorted((one.key, other.key))).encode()) / 2**32 * 1e-6
            edges += [
                Edge(before, after, weight + closer, terms) for before, after, closer in _records_of(one, other, scales)
            ]
    return edges


def _records_of(one: Process, other: Process, scales: Scales) -> Iterator[tuple[int, int, float]]:
    """Yield the records of two processes that may be one, and how much closer they are than others beside them.

    Where a process has a touchpoint several times, what the records say tells which is which.
    """
    sides: list[dict[str, list[int]]] = []
    for item in (one, other):
        rows: dict[str, list[int]] = defaultdict(list)
        for name, label in item.rows.items():
            rows[name.rstrip(_REPEAT)].append(label)
        sides.append(rows)
    for name in sorted(sides[0].keys() & sides[1].keys()):
        alone = len(sides[0][name]) == len(sides[1][name]) == 1
        for before, after in product(sides[0][name], sides[1][name]):
            own = 0.0 if alone else _OF_RECORD * sum(term.weight for term in scales.of_record(before, after))
            yield before, after, own


def _positions(labels: Iterable[int]) -> dict[int, int]:
    """Return the position of each label, 0…n-1, in the order in which they first come."""
    return {label: number for number, label in enumerate(dict.fromkeys(labels))}


def _components(edges: Sequence[Edge]) -> Iterator[list[Edge]]:
    """Yield the edges in groups that share no record: each is an assignment of its own."""
    if not edges:
        return
    left, right = _positions(edge.before for edge in edges), _positions(edge.after for edge in edges)
    size = len(left) + len(right)
    ends = np.array([[left[edge.before] for edge in edges], [len(left) + right[edge.after] for edge in edges]])
    graph = coo_matrix((np.ones(len(edges)), (ends[0], ends[1])), shape=(size, size))
    _, labels = connected_components(graph, directed=False)
    groups: dict[int, list[Edge]] = defaultdict(list)
    for edge, at in zip(edges, ends[0], strict=True):
        groups[int(labels[at])].append(edge)
    for group in groups.values():
        yield from _manageable(group)


def _manageable(edges: list[Edge]) -> Iterator[list[Edge]]:
    """Yield a group as it is; one too large to solve at once by its stronger half, which falls into smaller groups."""
    cells = len({edge.before for edge in edges}) * len({edge.after for edge in edges})
    if cells <= _MOST_CELLS:
        yield edges
        return
    stronger = sorted(edges, key=lambda edge: -edge.weight)[: len(edges) // 2]
    yield from _components(stronger)


def _assigned(edges: Sequence[Edge]) -> Iterator[Similar]:
    left, right = _positions(edge.before for edge in edges), _positions(edge.after for edge in edges)
    gain = np.zeros((len(left), len(right)))
    by_place = {(left[edge.before], right[edge.after]): edge for edge in edges}
    for place, edge in by_place.items():
        gain[place] = edge.weight - LEAST
    rows, columns = linear_sum_assignment(gain, maximize=True)
    beside: dict[tuple[str, int], list[Edge]] = defaultdict(list)
    for edge in edges:
        beside["before", edge.before].append(edge)
        beside["after", edge.after].append(edge)
    for place in zip(rows.tolist(), columns.tolist(), strict=True):
        if place in by_place:
            edge = by_place[place]
            yield _judged(edge, beside["before", edge.before], beside["after", edge.after])


def _judged(edge: Edge, same_before: Sequence[Edge], same_after: Sequence[Edge]) -> Similar:
    """Return the pair with its score: its odds against no match and against all others that either record has."""
    others = [*(item for item in same_before if item is not edge), *(item for item in same_after if item is not edge)]
    odds = [math.exp(min(item.weight, 60.0) - min(edge.weight, 60.0)) for item in others]
    score = 1 / (1 + math.exp(LEAST - edge.weight) + sum(odds))
    return Similar(
        edge.before,
        edge.after,
        round(min(score, _SURE), 2),
        edge.terms,
        tuple(item.before for item in same_after if item is not edge and item.weight > edge.weight - _RIVAL),
        tuple(item.after for item in same_before if item is not edge and item.weight > edge.weight - _RIVAL),
    )
