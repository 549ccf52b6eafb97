"""What a rule is: a named object that an auditor can read beside the regulation."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from workbook_tools.profile import Profile

Holds = Callable[[pd.DataFrame, "Profile"], "pd.Series[bool]"]
Blank = Callable[[str], "NDArray[np.bool_]"]
Row = Mapping[str, object]
Words = Callable[[Row, "Profile"], Mapping[str, str]]
Suggest = Callable[[Row, "Profile"], str]


class Stage(StrEnum):
    """Where in a run a rule is asked, and by that what its answers are counted in."""

    FILE = "file"
    TITLE = "title"
    ROW = "row"
    UNIT = "unit"
    EDITION = "edition"
    REGISTER = "register"
    CHANGE = "change"
    OUTPUT = "output"


def no_words(row: Row, profile: Profile) -> Mapping[str, str]:
    """Return nothing: the message has no words to fill in."""
    return {}


def checked(frame: pd.DataFrame, profile: Profile) -> pd.Series[bool]:
    """Tell which rows have their content checked: all but those to be excluded."""
    return frame["checked"]


@dataclass(frozen=True)
class Rule:
    """One check of the catalogue that has a row: pandera runs it.

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
    applies
        (frame, profile) -> boolean Series; the rows that the rule speaks of at all, every row where it is None.
    suggest
        (row, profile) -> what was probably meant, as people read it; "" where nothing is near.
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
    applies: Holds | None = None
    stage: Stage = Stage.ROW
    suggest: Suggest | None = None

    @property
    def name(self) -> str:
        """The rule's identity in the schema and its failure cases."""
        return f"{self.code}:{self.message}:{self.at}"

    def asked(self, frame: pd.DataFrame, unreadable: pd.DataFrame, blank: Blank, profile: Profile) -> pd.Series[bool]:
        """Tell in which rows the rule is asked: it applies, what it reads is readable, a cell it judges is filled.

        `blank` tells of a column which of its cells hold nothing.
        """
        silenced = np.logical_or.reduce([unreadable[name].to_numpy() for name in self.reads])
        if not self.judges_blank:
            silenced = silenced | blank(self.at)
        heard = pd.Series(~silenced, index=frame.index)
        return heard if self.applies is None else self.applies(frame, profile) & heard


@dataclass(frozen=True)
class Told:
    """One check of the catalogue that has no row: the stage that asks it gives the finding itself.

    Attributes
    ----------
    code, message
        As in a Rule.
    stage
        Who asks it.
    at
        The column it is reported at; "" where it stands on none, or on any.
    """

    code: str
    message: str
    stage: Stage
    at: str = ""


def text(row: Row, column: str) -> str:
    """Return a row's value as text."""
    return str(row[column])
