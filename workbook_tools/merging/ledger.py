"""The reconciliation: every row that was read is accounted for, and the register's sum meets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from workbook_tools.errors import InternalError
from workbook_tools.merging.fates import REJECTED

if TYPE_CHECKING:
    import pandas as pd

    from workbook_tools.submissions import SetAside, Submission


@dataclass(frozen=True)
class Reconciliation:
    """The sums of a run (contract.md).

    Attributes
    ----------
    read
        Filled rows of all files that could be read.
    unchanged, changed, included, excluded, rejected, superseded
        What became of them.
    carried_over
        Records of the edition that nobody confirmed.
    before, after
        Records in force in the two editions.
    """

    read: int
    unchanged: int
    changed: int
    included: int
    excluded: int
    rejected: int
    superseded: int
    carried_over: int
    before: int
    after: int

    def check(self) -> None:
        """Make sure that the rows add up.

        Raises
        ------
        InternalError
            They do not: a row was lost or invented.
        """
        parts = self.unchanged + self.changed + self.included + self.excluded + self.rejected + self.superseded
        if parts != self.read:
            raise InternalError(
                f"сверка не сошлась: прочитано строк {self.read}, учтено {parts}. Это ошибка программы."
            )

    def as_json(self) -> Mapping[str, int]:
        """Return the sums as the report's plain object."""
        return asdict(self)


@dataclass(frozen=True)
class SheetLedger:
    """What became of the filled rows of one sheet.

    Attributes
    ----------
    filled
        Rows that hold anything at all, as counted on the sheet itself.
    merged
        Rows that confirm, change, include or exclude a record.
    refused
        Rows that are not taken; each is told by the findings on it or on its file.
    superseded
        Rows of a file for which a later one counts.
    aside
        Filled rows that are no data.
    """

    file: str
    sheet: str
    filled: int
    merged: int
    refused: int
    superseded: int
    aside: tuple[SetAside, ...]

    def check(self) -> None:
        """Make sure that every filled row is accounted for.

        Raises
        ------
        InternalError
            One is not: it was lost or invented.
        """
        parts = self.merged + self.refused + self.superseded + len(self.aside)
        if parts != self.filled:
            raise InternalError(
                f"{self.file}: сверка строк не сошлась (лист «{self.sheet}»): заполнено {self.filled}, учтено {parts}. "
                "Это ошибка программы."
            )

    def as_json(self) -> Mapping[str, object]:
        """Return the counts as the report's plain object."""
        counts = {name: value for name, value in asdict(self).items() if name != "aside"}
        return counts | {"aside": [item._asdict() for item in self.aside]}


def sheet_ledgers(
    submissions: Sequence[Submission], superseded: frozenset[str], rows: pd.DataFrame
) -> tuple[SheetLedger, ...]:
    """Account for the filled rows of each data sheet.

    Parameters
    ----------
    superseded
        The files for which a later one counts.
    rows
        A row for each row that was judged: `file` and `fate`.
    """
    refused = rows["fate"] == REJECTED
    merged, not_taken = (rows.loc[chosen, "file"].value_counts() for chosen in (~refused, refused))
    return tuple(
        SheetLedger(
            item.file,
            item.sheet,
            item.filled,
            int(merged.get(item.file, 0)),
            int(not_taken.get(item.file, 0)),
            len(item.rows) if item.file in superseded else 0,
            item.aside,
        )
        for item in submissions
        if item.sheet
    )


def reconcile(
    fates: pd.DataFrame, read: int, superseded: int, before: pd.DataFrame, after: pd.DataFrame, carried: int
) -> Reconciliation:
    """Add up a run; `fates` as merge.fates returns, `before` and `after` the records in force."""
    counts = fates["fate"].value_counts()
    by_fate = {name: int(counts.get(name, 0)) for name in ("unchanged", "changed", "included", "excluded", "rejected")}
    return Reconciliation(
        read=read,
        **by_fate,
        superseded=superseded,
        carried_over=carried,
        before=len(before),
        after=len(after),
    )
