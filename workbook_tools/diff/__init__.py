"""Two editions -> changes in the classes of the order."""

from workbook_tools.diff.change import Change, Entry, count
from workbook_tools.diff.compare import compare, meets, regrouped_by

__all__ = ["Change", "Entry", "compare", "count", "meets", "regrouped_by"]
