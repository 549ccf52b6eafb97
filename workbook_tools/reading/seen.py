"""What a file itself says is seen of a cell, compared by value with what is written in it."""

from __future__ import annotations

import datetime
import re
from decimal import Decimal

from workbook_tools import limits
from workbook_tools.grids import cell_text
from workbook_tools.reading.masks import DAY, is_certain, printable, told

OTHER = "other_value"
"""Which message of П-02 tells a day, a time or a truth value in whose place another is seen."""
_TIME = r"(?P<hours>\d{1,2}):(?P<minutes>\d\d)(?::(?P<seconds>\d\d))?"
_DAY = re.compile(
    r"(?:(?P<day>\d{1,2})(?P<sign>[./-])(?P<month>\d{1,2})(?P=sign)(?P<year>\d{4}|\d\d)"
    rf"|(?P<y>\d{{4}})-(?P<m>\d\d)-(?P<d>\d\d))(?:\D+{_TIME})?",
    re.ASCII,
)
_LENGTH = re.compile(
    r"(?P<minus>-?)(?P<hours>\d{1,9}):(?P<minutes>\d\d)(?::(?P<seconds>\d\d)(?:[.,]\d{1,9})?)?", re.ASCII
)
_TRUTHS = {True: {"истина", "true", "да", "1"}, False: {"ложь", "false", "нет", "0"}}
# A minus after a letter is a hyphen; an error and a power of ten hold figures that are no number's own.
_MINUS = re.compile(r"(?<!\w)[-\u2010-\u2013\u2212]")
_NO_NUMBER = re.compile(r"^#|\d[Ee][-+]?\d")
_MARK = re.compile(r"(?<![^\W\d])[.,](?=\d)")


def of_number(value: float, seen: str) -> tuple[str, str, str] | None:
    """Return how a number is shown, as `masks.shown` does; what is seen is read where it is the same number."""
    plain, text = cell_text(value), printable(seen.replace("\xa0", " ").replace("\u202f", " ").strip())
    if text.replace(".", ",") == plain or not is_certain(value):
        return None
    number, found = Decimal(f"{value:.{limits.NUMBER_DIGITS}g}"), _number(text)
    is_whole = found is not None and (found == number or ("%" in text and found == number * 100))
    return told(plain, text, is_whole=is_whole)


def _number(text: str) -> Decimal | None:
    """Return the number that the figures of a text make; None where they make none."""
    if _NO_NUMBER.search(text):
        return None
    marks = list(_MARK.finditer(text))
    signs = [mark[0] for mark in marks]
    # Marks that are alike part groups of figures; the last of them is the point where it is the only one of its kind.
    at = marks[-1].start() if signs and signs.count(signs[-1]) == 1 else len(text)
    whole, broken = (re.sub(r"[^0-9]", "", part) for part in (text[:at], text[at:]))
    if not whole + broken:
        return None
    number = Decimal(f"{whole or 0}.{broken or 0}")
    return number.copy_negate() if _MINUS.search(re.split("[0-9]", text, maxsplit=1)[0]) else number


def of_day(day: datetime.date, seen: str) -> tuple[str, str, str] | None:
    """Return how a day is shown; one in figures is read as it is, and is told where it is another."""
    text = printable(seen.strip())
    found = _DAY.fullmatch(text)
    if found is None:
        return DAY, cell_text(day), text
    return None if _is_day(day, found) else (OTHER, cell_text(day), text)


def _is_day(day: datetime.date, found: re.Match[str]) -> bool:
    year = found["year"] or found["y"]
    same = (int(found["day"] or found["d"]), int(found["month"] or found["m"])) == (day.day, day.month)
    if not same or int(year) != (day.year % 100 if len(year) < len("2026") else day.year):
        return False
    return not found["hours"] or _is_length(_since_midnight(day), found)


def _since_midnight(moment: datetime.date | datetime.time) -> datetime.timedelta:
    if isinstance(moment, (datetime.datetime, datetime.time)):
        parts = {"microseconds": moment.microsecond, "seconds": moment.second}
        return datetime.timedelta(hours=moment.hour, minutes=moment.minute, **parts)
    return datetime.timedelta()


def of_time(value: datetime.time | datetime.timedelta, seen: str) -> tuple[str, str, str] | None:
    """Return how a time of day or a length of time is shown where another is seen, or none in figures."""
    text = printable(seen.strip())
    found = _LENGTH.fullmatch(text)
    length = value if isinstance(value, datetime.timedelta) else _since_midnight(value)
    if found and bool(found["minus"]) == (length < datetime.timedelta()) and _is_length(abs(length), found):
        return None
    return OTHER, cell_text(value), text


def _is_length(length: datetime.timedelta, found: re.Match[str]) -> bool:
    """Tell whether figures show a length of time, be it rounded to the last of its parts that they show."""
    shown = datetime.timedelta(
        hours=int(found["hours"]), minutes=int(found["minutes"]), seconds=int(found["seconds"] or 0)
    )
    return abs(length - shown) < datetime.timedelta(seconds=1 if found["seconds"] else 60)


def of_truth(value: bool, seen: str) -> tuple[str, str, str] | None:  # noqa: FBT001 - the value itself
    """Return how a truth value is shown where its own word is not what is seen."""
    text = printable(seen.strip())
    return None if text.casefold() in _TRUTHS[value] else (OTHER, cell_text(value), text)
