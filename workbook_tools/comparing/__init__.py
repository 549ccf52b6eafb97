"""Two editions -> changes in the classes of the order."""

from workbook_tools.comparing.change import Change, Entry, count
from workbook_tools.comparing.compare import codes_agree, compare, meets, regrouped_by
from workbook_tools.comparing.sides import Context, name_of_pair

__all__ = [
    "Change",
    "Context",
    "Entry",
    "codes_agree",
    "compare",
    "count",
    "meets",
    "name_of_pair",
    "regrouped_by",
]
