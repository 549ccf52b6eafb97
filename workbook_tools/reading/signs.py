"""Characters that no text of a person holds, and numbers that lost digits, whatever the file's format (B9, B10)."""

from __future__ import annotations

import datetime
import math
import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from workbook_tools import limits
from workbook_tools.grids import Trouble

if TYPE_CHECKING:
    from workbook_tools.grids import CellValue

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]|_x(?:D[89A-F][0-9A-F]{2}|FFF[EF])_")

# Texts worth a look, as bytes: a character of one of these kinds is found much faster in them.
ODD_SIGNS = bytes(sign for sign in range(32) if sign not in b"\t\n\r") + b"\x7f"
ODD, TO_ODD = b"\1", bytes.maketrans(ODD_SIGNS, b"\1" * len(ODD_SIGNS))
_MAYBE = (ODD, b"_x", b"<r>", b"\xed", b"\xef\xbf")
_RUN, _ESCAPED = "<r>", re.compile(r"_x[0-9A-Fa-f]{4}_|\r")


def sign_troubles(rows: Sequence[Sequence[CellValue]]) -> Iterator[Trouble]:
    """Yield the texts with control characters, halves of characters, no characters, or more than a cell holds."""
    texts = {value for row in rows for value in row if type(value) is str}
    joined = "\n".join(texts).encode("utf-8", "surrogatepass").translate(TO_ODD)
    is_plain = not any(mark[:1] in joined and mark in joined for mark in _MAYBE)
    if is_plain and max(map(len, texts), default=0) <= limits.CELL_CHARACTERS:
        return
    strange = {text: trouble for text in texts if (trouble := _strange(text))}
    for row, values in enumerate(rows):
        for column, value in enumerate(values):
            if isinstance(value, str) and value in strange:
                yield Trouble(row, column, *strange[value])


def _strange(text: str) -> tuple[str, str] | None:
    """Return what is wrong with a text, as the kind of the trouble and what is shown of it."""
    if found := _CONTROL.search(text):
        return "control", _code(found[0])
    if len(text) > limits.CELL_CHARACTERS:
        return "long_text", str(len(text))
    # No workbook writer that we know gives this back as it was.
    return ("control", _RUN) if text.startswith(_RUN) and _ESCAPED.search(text) else None


def _code(sign: str) -> str:
    return sign.strip("_x") if len(sign) > 1 else f"{ord(sign):04X}"


def number_troubles(rows: Sequence[Sequence[CellValue]], *, has_days: bool) -> Iterator[Trouble]:
    """Yield the numbers that lost digits and, where days are numbers, those that are none; of files without XML."""
    for row, values in enumerate(rows):
        for column, value in enumerate(values):
            if isinstance(value, float) and not abs(value) < 10**limits.NUMBER_DIGITS:
                kind = "long_number" if math.isfinite(value) else "no_number"
                yield Trouble(row, column, kind, f"{value:g}")
            elif has_days and isinstance(value, datetime.time):
                yield Trouble(row, column, "no_date", f"{value:%H:%M}")
