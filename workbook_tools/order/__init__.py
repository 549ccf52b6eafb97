"""The draft amending order as plain texts (regulation.md section 5); a writer only lays them out."""

from workbook_tools.order.draft import draft_order
from workbook_tools.order.model import AnnexPart, Group, Note, Order

__all__ = ["AnnexPart", "Group", "Note", "Order", "draft_order"]
