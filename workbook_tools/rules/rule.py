"""What a rule is: a named object that an auditor can read beside the regulation."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    from workbook_tools.profile import Profile

Holds = Callable[[pd.DataFrame, "Profile"], "pd.Series[bool]"]
Row = Mapping[str, object]
Words = Callable[[Row, "Profile"], Mapping[str, str]]


def no_words(row: Row, profile: Profile) -> Mapping[str, str]:
    """Return nothing: the message has no words to fill in."""
    return {}


@dataclass(frozen=True)
class Rule:
    """One check of the catalogue.

    Attributes
    ----------
    code, message
        The rule's code and which of its messages it words; severity, clause and wording stand in the profile.
    at
        The column it is reported at.
    reads
        The columns it reads: an unreadable cell in one of them leaves the rule unanswered for that row.
    holds
        (frame, profile) -> boolean Series; True where the row is in order. Never raises, never changes the frame.
    words
        (row, profile) -> the words of the message.
    judges_blank
        Whether a blank cell at `at` can break the rule; else blank is in order.
    """

    code: str
    message: str
    at: str
    reads: tuple[str, ...]
    holds: Holds
    words: Words = no_words
    judges_blank: bool = False

    @property
    def name(self) -> str:
        """The rule's identity in the schema and its failure cases."""
        return f"{self.code}:{self.message}:{self.at}"


def text(row: Row, column: str) -> str:
    """Return a row's value as text."""
    return str(row[column])
