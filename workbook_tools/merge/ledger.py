"""The reconciliation: every row that was read is accounted for, and the register's sum meets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from workbook_tools.errors import InternalError

if TYPE_CHECKING:
    import pandas as pd


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
