"""The codes of formats of numbers: those that files name by a number alone, and which are unusual."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

BUILT_IN = {
    "1": "0",
    "2": "0.00",
    "3": "#,##0",
    "4": "#,##0.00",
    "5": '"$"#,##0_);("$"#,##0)',
    "6": '"$"#,##0_);[Red]("$"#,##0)',
    "7": '"$"#,##0.00_);("$"#,##0.00)',
    "8": '"$"#,##0.00_);[Red]("$"#,##0.00)',
    "9": "0%",
    "10": "0.00%",
    "11": "0.00E+00",
    "12": "# ?/?",
    "13": "# ??/??",
    "14": "mm-dd-yy",
    "15": "d-mmm-yy",
    "16": "d-mmm",
    "17": "mmm-yy",
    "18": "h:mm AM/PM",
    "19": "h:mm:ss AM/PM",
    "20": "h:mm",
    "21": "h:mm:ss",
    "22": "m/d/yy h:mm",
    "37": "#,##0_);(#,##0)",
    "38": "#,##0_);[Red](#,##0)",
    "39": "#,##0.00_);(#,##0.00)",
    "40": "#,##0.00_);[Red](#,##0.00)",
    "41": r'_(* #,##0_);_(* \(#,##0\);_(* "-"_);_(@_)',
    "42": r'_("$"* #,##0_);_("$"* \(#,##0\);_("$"* "-"_);_(@_)',
    "43": r'_(* #,##0.00_);_(* \(#,##0.00\);_(* "-"??_);_(@_)',
    "44": r'_("$"* #,##0.00_)_("$"* \(#,##0.00\)_("$"* "-"??_)_(@_)',
    "45": "mm:ss",
    "46": "[h]:mm:ss",
    "47": "mmss.0",
    "48": "##0.0E+0",
    "49": "@",
}
"""The formats that files name by a number alone."""
# Each machine shows these in its own way: the day as it is usual there, or money in its currency.
_LOCAL_DAY = "14"
_LOCAL_DAYS, _LOCAL_SUMS = {_LOCAL_DAY, "22"}, {"5", "6", "7", "8", "37", "38", "39", "40", "41", "42", "43", "44"}
_OF_THE_MACHINE = "денежный"
_USUAL_DAY = re.compile(r"(?:d{1,2}([./-])m{1,2}\1y{2,4}|yyyy-mm-dd)(?:[ ,]+h{1,2}:mm(?::ss)?)?", re.IGNORECASE)
# A place where days are counted as here: others have calendars of their own, or the whole form is the machine's.
_USUAL_PLACE = re.compile(
    r"\[\$-(?:(?:(?:0?[01]0|0)?[0-2](?=[0-9A-F]{4}\]))?(?!F[48]00|0?4(?:01|1E|29|63|8C)\])[0-9A-F]{1,4}"
    r"|(?!ar|fa|prs|ps|th|x)[A-Z]{2,3}(?:-[A-Z]{2,4})*)\]",
    re.IGNORECASE,
)
_PLAIN = {"", "general", "@"}


def code_of(number: str, own: Mapping[str, str]) -> str:
    """Return a format's code by its number; «денежный» for those that every machine shows in its own currency.

    Parameters
    ----------
    own
        The codes that the file itself gives, by number.
    """
    if number in own:
        return own[number]
    if number in _LOCAL_SUMS:
        return _OF_THE_MACHINE
    return "" if number in _LOCAL_DAYS else BUILT_IN.get(number, "")


def is_odd(code: str) -> bool:
    """Tell whether a cell of this format may show its number otherwise than the number is written."""
    return code.casefold() not in _PLAIN and not _is_usual_day(code)


def is_day(number: str, own: Mapping[str, str]) -> bool:
    """Tell whether a format, by its number, surely shows a day in figures."""
    return _is_usual_day(own[number]) if number in own else number == _LOCAL_DAY


def _is_usual_day(code: str) -> bool:
    # A letter behind this sign is no part of a day: it is shown as it stands.
    bare = re.sub(r";@$|\\(?![a-z])", "", _USUAL_PLACE.sub("", code), flags=re.IGNORECASE)
    return _USUAL_DAY.fullmatch(bare) is not None


def odd_codes(numbers: Iterable[str], own: Mapping[str, str]) -> dict[int, str]:
    """Return the codes by which a cell may show its number otherwise than it is written, by the format's place.

    Parameters
    ----------
    numbers
        The number of each format of cells, in their order.
    own
        The codes that the file itself gives to numbers.
    """
    codes = enumerate(code_of(number, own) for number in numbers)
    return {place: code for place, code in codes if is_odd(code)}
