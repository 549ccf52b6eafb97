"""Edition + submissions -> next edition, with every row accounted for."""

from workbook_tools.merging.fates import dropped, fates
from workbook_tools.merging.ledger import Reconciliation, SheetLedger, reconcile, sheet_ledgers
from workbook_tools.merging.register import ROW, NextEdition, next_edition

__all__ = [
    "ROW",
    "NextEdition",
    "Reconciliation",
    "SheetLedger",
    "dropped",
    "fates",
    "next_edition",
    "reconcile",
    "sheet_ledgers",
]
