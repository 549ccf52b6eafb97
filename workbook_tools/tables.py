"""A table under check: canonical values, values as typed, what could not be read, and where each cell stands."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd


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

    def with_columns(self, columns: pd.DataFrame) -> Table:
        """Return the table with more columns in its frame, by index; those of the same name give way."""
        return replace(self, frame=self.frame.drop(columns=columns.columns, errors="ignore").join(columns))
