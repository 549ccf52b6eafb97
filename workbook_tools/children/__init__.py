"""Work on what came from outside, in child processes: one that dies, hangs or grows harms nobody but its own item."""

from workbook_tools.children.bounds import Bounds, Lost
from workbook_tools.children.pool import METHOD, Children, warm_up
from workbook_tools.children.serving import attempt, ignore_interruption
from workbook_tools.children.starting import apart

__all__ = ["METHOD", "Bounds", "Children", "Lost", "apart", "attempt", "ignore_interruption", "warm_up"]
