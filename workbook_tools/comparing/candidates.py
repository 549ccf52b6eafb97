"""Which processes of two editions are worth weighing against each other, found without comparing all with all."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, combinations
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from scipy.sparse import csr_matrix

from workbook_tools.comparing.evidence import STAYS
from workbook_tools.records import tuples

if TYPE_CHECKING:
    import pandas as pd

    from workbook_tools.comparing.evidence import Process

_NEAREST = 5
_PREFIX = 3
# What more records than this have in common tells nothing of any two of them, and would cost the square of them.
_COMMON = 150
_AT_ONCE = 2_000
# The pairs of words grow by the square of the words: of a long name the first are enough to find it.
_PAIRED_WORDS = 12


class _Item(NamedTuple):
    """A process as one touchpoint's block sees it: its position, and the tokens by which it is found."""

    position: int
    tokens: list[str]


def candidates(
    old: Sequence[Process], new: Sequence[Process], rows: tuple[pd.DataFrame, pd.DataFrame]
) -> Iterator[tuple[int, int]]:
    """Yield the positions of processes that share a touchpoint and are among each other's nearest there.

    Parameters
    ----------
    old, new
        Processes with records that have no pair.
    rows
        The frames of keys.compared that their records stand in.
    """
    blocks = [_blocks(side, table) for side, table in zip((old, new), rows, strict=True)]
    found: set[tuple[int, int]] = set()
    for touchpoint in blocks[0].keys() & blocks[1].keys():
        left, right = blocks[0][touchpoint], blocks[1][touchpoint]
        near = _near(left, right)
        found.update((left[row].position, right[column].position) for row, column in near)
    yield from sorted(found)


def _blocks(side: Sequence[Process], table: pd.DataFrame) -> Mapping[str, list[_Item]]:
    """Return the processes by touchpoint, each with the tokens of its name and of its record there."""
    values = tuples(table, *STAYS)
    blocks: dict[str, list[_Item]] = {}
    for position, item in enumerate(side):
        words = _tokens_of_name(item)
        for touchpoint, index in item.rows.items():
            tokens = [*words, *_tokens_of_record(values[index])]
            blocks.setdefault(touchpoint, []).append(_Item(position, tokens))
    return blocks


def _tokens_of_name(item: Process) -> list[str]:
    """Return the words of a name, and every two of them: two words together are rare where each is common."""
    stems = [word.rstrip(".") for word in item.name.stems]
    starts = sorted({*(word[:_PREFIX] for word in stems[:_PAIRED_WORDS]), *item.name.numbers[:_PAIRED_WORDS]})
    return [*stems, *starts, *("+".join(pair) for pair in combinations(starts, 2)), item.name.key]


def _tokens_of_record(values: tuple[str, ...]) -> list[str]:
    """Return a record's values, alone and all but one together: one of them may have changed."""
    marked = [f"{name}={value}" for name, value in zip(STAYS, values, strict=True)]
    return [*marked, *("&".join(part) for part in combinations(marked, len(marked) - 1))]


def _near(left: Sequence[_Item], right: Sequence[_Item]) -> Iterator[tuple[int, int]]:
    counts = [Counter(chain.from_iterable(item.tokens for item in side)) for side in (left, right)]
    shared = sorted(
        token for token in counts[0].keys() & counts[1].keys() if counts[0][token] * counts[1][token] <= _COMMON**2
    )
    index = {token: number for number, token in enumerate(shared)}
    total = len(left) + len(right)
    weight = np.array([math.log(1 + total / (counts[0][token] + counts[1][token])) for token in shared])
    one, other = (_matrix(side, index, weight) for side in (left, right))
    yield from _nearest(one, other)
    yield from ((row, column) for column, row in _nearest(other, one))


def _matrix(
    side: Sequence[_Item], index: Mapping[str, int], weight: np.ndarray[tuple[int], np.dtype[np.float64]]
) -> csr_matrix:
    rows = [[index[token] for token in dict.fromkeys(item.tokens) if token in index] for item in side]
    starts = np.cumsum([0, *map(len, rows)])
    columns = np.fromiter(chain.from_iterable(rows), dtype=np.int64)
    return csr_matrix((np.sqrt(weight[columns]), columns, starts), shape=(len(rows), len(index)))


def _nearest(one: csr_matrix, other: csr_matrix) -> Iterator[tuple[int, int]]:
    """Yield for each row of one the rows of the other with which it shares the most weight."""
    turned = other.T.tocsr()
    for first in range(0, one.shape[0], _AT_ONCE):
        product = one[first : first + _AT_ONCE] @ turned
        for row, (start, end) in enumerate(zip(product.indptr[:-1], product.indptr[1:], strict=True), first):
            columns, weights = product.indices[start:end], product.data[start:end]
            best = _top(weights, columns)
            yield from ((row, int(column)) for column in columns[best])


def _top(weights: np.ndarray, columns: np.ndarray) -> Iterable[int]:
    """Return where the heaviest stand; of equals the first columns, so that nothing is left to chance."""
    if len(weights) <= _NEAREST:
        return np.arange(len(weights))
    some = np.argpartition(weights, -_NEAREST)[-_NEAREST:]
    least = weights[some].min()
    fitting = np.flatnonzero(weights >= least)
    return fitting[np.lexsort((columns[fitting], -weights[fitting]))][:_NEAREST]
