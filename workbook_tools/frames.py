"""Frames hold their texts as Python's own strings, whether or not pyarrow is there: it knows no half of a character.

The name of a file may hold bytes of no encoding, which travel as such halves; and values are handed on one by one,
which costs less where they are plain objects. Whoever makes frames imports this first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, overload

import numpy as np
import pandas as pd

from workbook_tools.text import Made, each

if TYPE_CHECKING:
    from numpy.typing import NDArray

pd.set_option("mode.string_storage", "python")

_AT_ONCE = 1_024
# What "str" means, found at once: by its name the libraries look for it among all their kinds.
TEXT = pd.StringDtype("python", na_value=np.nan)


def mapped(column: pd.Series[str], function: Callable[[str], str] | Made[str]) -> pd.Series[str]:
    """Return the column with a function applied once to each distinct text."""
    return pd.Series(each(function, column.tolist()), index=column.index, dtype=TEXT, name=column.name)


class Rows(Sequence[dict[str, Any]]):
    """A frame's rows as plain dictionaries, each made when asked for: all at once they take ten times its room.

    Parameters
    ----------
    order
        The places in the frame of the rows that are given, where they are not all of them as they stand.
    """

    def __init__(self, table: pd.DataFrame, order: NDArray[np.int64] | None = None) -> None:
        self._names = [str(name) for name in table.columns]
        # The frame's own arrays: lists, or arrays in another order, would take its room once more.
        self._columns = [table[name].to_numpy() for name in table.columns]
        self._order = np.arange(len(table)) if order is None else order

    def column(self, name: str) -> list[Any]:
        """Return the values of a column."""
        values: list[Any] = self._columns[self._names.index(name)][self._order].tolist()
        return values

    def __len__(self) -> int:
        """Return how many rows there are."""
        return len(self._order)

    def __iter__(self) -> Iterator[dict[str, Any]]:
        """Give the rows in order."""
        for first in range(0, len(self), _AT_ONCE):
            yield from self[first : first + _AT_ONCE]

    @overload
    def __getitem__(self, index: int) -> dict[str, Any]: ...
    @overload
    def __getitem__(self, index: slice) -> list[dict[str, Any]]: ...
    def __getitem__(self, index: int | slice) -> dict[str, Any] | list[dict[str, Any]]:
        """Return a row, or some."""
        if isinstance(index, slice):
            some = self._order[index]
            columns = [column[some].tolist() for column in self._columns]
            return [dict(zip(self._names, values, strict=True)) for values in zip(*columns, strict=True)]
        at = self._order[index]
        return dict(zip(self._names, [column.item(at) for column in self._columns], strict=True))
