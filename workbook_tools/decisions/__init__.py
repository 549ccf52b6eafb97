"""What the officer must decide, what was decided, and whether it still fits the data (раздел II, п. 2)."""

from workbook_tools.decisions.decision import ACCEPT, RETURN, Decision
from workbook_tools.decisions.proposals import ask_of_changes
from workbook_tools.decisions.question import Question, ask, ask_of_edition, waiting
from workbook_tools.decisions.settle import Settled, Settlement, settle, told

__all__ = [
    "ACCEPT",
    "RETURN",
    "Decision",
    "Question",
    "Settled",
    "Settlement",
    "ask",
    "ask_of_changes",
    "ask_of_edition",
    "settle",
    "told",
    "waiting",
]
