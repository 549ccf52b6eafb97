"""What a text needs before it stands in a cell: signs that no workbook holds, text that a client could run."""

from __future__ import annotations

import re

from workbook_tools.limits import CELL_CHARACTERS

_RUN, _RUN_END = "<r>", "</r>"
# Before the first visible character may stand spaces and signs without a width.
_WAKES_UP = re.compile(r"^[\s\x00\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]*[=+\-@＝＋－＠]|^[\t\r\n\x00]")
# In text of several fonts the writer spells these so that they come back as something else.
_ONE_FONT = re.compile(r"_x[0-9A-Fa-f]{4}_|\r")
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def printable(text: str) -> str:
    """Return the text with characters that a workbook cannot hold shown as their code."""
    return _ILLEGAL.sub(lambda match: f"\\x{ord(match.group()):04x}", text)


def is_live(text: str) -> bool:
    """Tell whether a client could run the text."""
    return _WAKES_UP.match(text) is not None


def is_markup(text: str) -> bool:
    """Tell whether the writer would take the text for markup of its own."""
    return text.startswith(_RUN) and text.endswith(_RUN_END)


def is_of_one_font(text: str) -> bool:
    """Tell whether the text comes back as it was only where all of it has one font."""
    return _ONE_FONT.search(text) is not None


def is_fit(text: str) -> bool:
    """Tell whether the text can be written as it is, unless it is live; a very long one needs a closer look."""
    return (
        len(text) <= CELL_CHARACTERS // 2
        # What can be printed has no sign that a workbook cannot hold, and is known much sooner.
        and (text.isprintable() or _ILLEGAL.search(text) is None)
        and not text.startswith(_RUN)
    )
