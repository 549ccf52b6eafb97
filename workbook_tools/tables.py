"""A table under check: canonical values, values as typed, what could not be read, and where each cell stands."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True)
class Table:
    """Rows of all files in one frame.

    Attributes
    ----------
    frame
        Canonical values; index 0…n-1, unique over all files; columns `file`, `sheet`, `row`, `unit` and the fields.
    typed
        The fields as typed; same index.
    unreadable
        True where a cell could not be read; same index, the fields as columns.
    cell
        Gives the A1 name of a row's cell in a column.
    """

    frame: pd.DataFrame
    typed: pd.DataFrame
    unreadable: pd.DataFrame
    cell: Callable[[int, str], str]
    _blank: dict[str, NDArray[np.bool_]] = field(default_factory=dict, init=False, repr=False, compare=False)

    def blank(self, name: str) -> NDArray[np.bool_]:
        """Tell which cells of a column hold nothing: it is asked for each rule, and found once."""
        if name not in self._blank:
            self._blank[name] = self.frame[name].to_numpy() == ""
        return self._blank[name]

    def with_columns(self, columns: pd.DataFrame) -> Table:
        """Return the table with more columns in its frame, by index; those of the same name give way."""
        others = self.frame[[name for name in self.frame.columns if name not in columns.columns]]
        return replace(self, frame=pd.concat([others, columns.reindex(others.index)], axis=1))

    def keep(self, names: Iterable[str]) -> None:
        """Let go of all but some columns of the frame, of what was typed and could not be read: for all who hold it."""
        kept = set(names)
        for frame in (self.frame, self.typed, self.unreadable):
            for name in [name for name in frame.columns if name not in kept]:
                # In place: whoever else holds the frame loses them too.
                del frame[name]
        self._blank.clear()
