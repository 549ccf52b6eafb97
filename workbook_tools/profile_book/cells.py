"""A value of the profile <-> a cell: what people see and type, and nothing lost on the way."""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Iterable

from workbook_tools.grids import CellValue, cell_text
from workbook_tools.limits import NUMBER_DIGITS
from workbook_tools.profile_book.parts import Choice, Kind
from workbook_tools.text import compare_key

Cell = str | float | datetime.date | None

YES, NO = "да", "нет"
EMPTY = "\\u0000"
"""How an empty text stands where a blank cell means that nothing is said."""
_DIVIDER = ";"
_CODE = re.compile(r"\\u([0-9A-Fa-f]{4})")
_LIKE_A_CODE = re.compile(r"\\(?=u[0-9A-Fa-f]{4})")
_EDGES = re.compile(r"^\s+|\s+$")
_DATES = (
    re.compile(r"(?P<d>\d{1,2})\.(?P<m>\d{1,2})\.(?P<y>\d{4})"),
    re.compile(r"(?P<y>\d{4})-(?P<m>\d\d)-(?P<d>\d\d)"),
)
_UNSEEN = frozenset({"Cc", "Cf", "Zl", "Zp", "Cs"})
_NO_CHARACTERS, _LAST_OF_FOUR = "\ufffe\uffff", "\uffff"

NOT_SAID = object()
"""What a blank cell gives where a key may be left out."""


class WrongCellError(Exception):
    """A cell does not hold what it should; the text says in Russian what is wanted."""


def encoded(text: str) -> str:
    """Return a text as a cell holds it: signs that are not seen, and spaces at its edges, by their codes."""
    safe = "".join(_code(sign) if _is_unseen(sign) else sign for sign in _LIKE_A_CODE.sub(lambda _: _code("\\"), text))
    return _EDGES.sub(lambda edge: "".join(map(_code, edge.group())), safe)


def decoded(text: str) -> str:
    """Return the text that a cell means; spaces at its edges are a slip of the hand."""
    plain = _CODE.sub(lambda code: chr(int(code.group(1), 16)), text.strip())
    return plain.replace("\0", "")


def joined(words: Iterable[str]) -> str:
    """Return words in one cell, divided by semicolons."""
    return f"{_DIVIDER} ".join(_word(word) for word in words)


def parted(text: str) -> list[str]:
    """Return the words of a cell."""
    return [decoded(part) for part in text.split(_DIVIDER) if part.strip()]


def _word(text: str) -> str:
    if not text:
        return EMPTY
    return encoded(text).replace(_DIVIDER, _code(_DIVIDER))


def _code(sign: str) -> str:
    return f"\\u{ord(sign):04X}"


def _is_unseen(sign: str) -> bool:
    return sign != "\n" and (unicodedata.category(sign) in _UNSEEN or sign in _NO_CHARACTERS) and sign <= _LAST_OF_FOUR


def shown(value: object, kind: Kind, choice: Choice) -> Cell:
    """Return a value as its cell shows it; None, and what is not said, are blank."""
    if value is None or value is NOT_SAID:
        return None
    if isinstance(value, list | tuple):
        return joined(choice.get(word, word) for word in value)
    if kind is Kind.CHOICE:
        return choice[str(value)]
    if isinstance(value, bool):
        return YES if value else NO
    if isinstance(value, int | float):
        return _number_shown(value)
    return value if isinstance(value, datetime.date) else _text(str(value), kind)


def _text(text: str, kind: Kind) -> str:
    return EMPTY if kind is Kind.ENTRY and not text else encoded(text)


def _number_shown(value: float) -> Cell:
    """Return a number that a cell keeps, or its digits as text."""
    kept = abs(value) < 10**NUMBER_DIGITS and float(f"{value:.{NUMBER_DIGITS}g}") == value
    return value if kept else repr(value)


def read(value: CellValue, kind: Kind, choice: Choice) -> object:
    """Return what a cell means.

    Raises
    ------
    WrongCellError
        It holds something else.
    """
    text = cell_text(value).strip()
    if kind is Kind.WORDS:
        return [_chosen(word, choice) if choice else word for word in parted(text)]
    if not text:
        return "" if kind in {Kind.TEXT, Kind.PARAGRAPHS} else NOT_SAID
    if kind is Kind.NUMBER:
        return _number(value if isinstance(value, int | float) else text)
    if kind is Kind.DATE:
        return _date(value, text)
    if kind is Kind.FLAG:
        return _chosen(text, {True: YES, False: NO})
    return _chosen(text, choice) if kind is Kind.CHOICE else decoded(text)


def _number(value: float | str) -> float:
    """Return a whole number as such: a profile tells 5 from 5.5."""
    try:
        if isinstance(value, str):
            text = re.sub(r"\s", "", value).replace(",", ".")
            return int(text) if re.fullmatch(r"[+-]?\d+", text) else float(text)
    except ValueError as error:
        raise WrongCellError(f"«{value}» не число. Впишите число цифрами") from error
    return int(value) if value == int(value) else value


def _date(value: CellValue, text: str) -> datetime.date:
    if isinstance(value, datetime.datetime):
        return value.date()
    if isinstance(value, datetime.date):
        return value
    found = next((match for pattern in _DATES if (match := pattern.fullmatch(text))), None)
    try:
        if found:
            return datetime.date(*(int(found[part]) for part in "ymd"))
    except ValueError:
        pass
    raise WrongCellError(f"«{text}» не дата. Запишите её в виде дд.мм.гггг, например 15.12.2026")


def _chosen(text: str, choice: dict[bool, str] | Choice) -> object:
    key = compare_key(text)
    for code, word in choice.items():
        if key in {compare_key(word), compare_key(str(code))}:
            return code
    words = ", ".join(f"«{word}»" for word in choice.values())
    raise WrongCellError(f"«{text}» здесь не предусмотрено. Выберите: {words}")
