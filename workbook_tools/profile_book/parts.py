"""What a sheet of the profile's workbook is made of: lines of one value each, or a table."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from typing import NamedTuple


class Kind(Enum):
    """What a cell holds, and what a blank one means."""

    TEXT = "text"  # blank: an empty text
    ENTRY = "entry"  # blank: not said
    WORDS = "words"  # divided by semicolons; blank: none
    PARAGRAPHS = "paragraphs"  # a line each; lines only
    NUMBER = "number"
    FLAG = "flag"
    DATE = "date"
    CHOICE = "choice"


class Slot(Enum):
    """A step on the way to the rows of a table: every key of a mapping, or every item of a list."""

    KEY = "key"
    ITEM = "item"


Choice = Mapping[str, str]
"""For each value the word that people choose."""
Step = str | Slot


class Column(NamedTuple):
    """A column of a table.

    Attributes
    ----------
    key
        The key of the row's part; "0" or "1" for the key of a mapping on the way to it, "" for the row itself.
    help
        What stands above the header.
    source
        The sheet whose first column gives the values to choose from, or the short list whose words do.
    """

    key: str
    header: str
    width: float
    help: str = ""
    kind: Kind = Kind.TEXT
    choice: Choice = {}  # noqa: RUF012 - never changed, as nothing of a named tuple is
    source: str = ""


class Table(NamedTuple):
    """A sheet with a row for each part of one kind.

    Attributes
    ----------
    at
        The way from the profile to a row's part.
    whole
        Whether its rows make the parts, or only add to those of another sheet.
    """

    sheet: str
    note: str
    at: tuple[Step, ...]
    columns: tuple[Column, ...]
    free: int = 10
    whole: bool = True


class Line(NamedTuple):
    """A value with its label; a heading has no key."""

    key: str
    label: str
    help: str = ""
    kind: Kind = Kind.TEXT
    choice: Choice = {}  # noqa: RUF012 - as above


class Lines(NamedTuple):
    """A sheet with a line for each value."""

    sheet: str
    note: str
    lines: tuple[Line, ...]


LABEL, VALUE, HELP, KEY = "Что", "Значение", "Пояснение", "Ключ (не менять)"
"""The headers of a sheet of lines."""
