"""Edition + submissions -> next edition, with every row accounted for."""

from workbook_tools.merge.fates import fates
from workbook_tools.merge.ledger import Reconciliation, reconcile
from workbook_tools.merge.register import NextEdition, next_edition

__all__ = ["NextEdition", "Reconciliation", "fates", "next_edition", "reconcile"]
