"""What becomes of each row that was read: the ledger that the reconciliation adds up."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from workbook_tools.records import CHANGE, EXCLUDE, INCLUDE, KEEP, QUARANTINED, among
from workbook_tools.schema import with_errors

if TYPE_CHECKING:
    from workbook_tools.tables import Table

UNCHANGED, CHANGED, INCLUDED, EXCLUDED, REJECTED = "unchanged", "changed", "included", "excluded", "rejected"
_BY_ACTION = {KEEP: UNCHANGED, CHANGE: CHANGED, INCLUDE: INCLUDED, EXCLUDE: EXCLUDED}


def fates(table: Table, findings: pd.DataFrame, allowed: frozenset[tuple[str, int]] = frozenset()) -> pd.DataFrame:
    """Return what becomes of each row.

    Parameters
    ----------
    table
        The rows with their facts.
    findings
        The findings on them: a row with an error is not taken.
    allowed
        File and row of the rows that the officer lets act on another unit's record, or against its claim.

    Returns
    -------
    DataFrame
        Same index; `fate` (unchanged, changed, included, excluded, rejected), `foreign` (another unit's record:
        what would change it waits for the officer), `effective` (the row acts on the next edition) and `decided`
        (it does so by the officer's decision).
    """
    frame = table.frame
    faulty = with_errors(table, findings)
    decided = among(frame, allowed, "file", "row")
    foreign = frame["known"] & (frame["was_unit"] != "") & (frame["was_unit"] != frame["unit"]) & ~decided
    by_action = frame["action"].map(_BY_ACTION).fillna(REJECTED).astype("str")
    without_edition = ~frame["known"] & frame["action"].isin([KEEP, CHANGE])
    by_action = by_action.mask(without_edition, INCLUDED)
    refused = faulty | ~frame["live"] | (foreign & (frame["action"] != KEEP))
    fate = by_action.mask(refused, REJECTED)
    return pd.DataFrame(
        {"fate": fate, "foreign": foreign, "effective": (fate != REJECTED) & ~foreign, "decided": decided},
        index=frame.index,
    )


def dropped(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the rows that exclude a record which waits: it is no part of the register, and no change will tell of it.

    Parameters
    ----------
    rows
        The rows with their facts and fates.
    """
    return rows[rows["effective"] & (rows["fate"] == EXCLUDED) & (rows["was_state"] == QUARANTINED)]
