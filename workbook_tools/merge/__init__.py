"""Edition + submissions -> next edition, with every row accounted for."""

from workbook_tools.merge.fates import fates
from workbook_tools.merge.ledger import Reconciliation, SheetLedger, reconcile, sheet_ledgers
from workbook_tools.merge.register import NextEdition, next_edition

__all__ = ["NextEdition", "Reconciliation", "SheetLedger", "fates", "next_edition", "reconcile", "sheet_ledgers"]
