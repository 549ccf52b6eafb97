"""A decision as the officer wrote it, and the code that ties it to its question."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass

from workbook_tools.text import compare_key

ACCEPT, RETURN = "accept", "return"
VERDICTS = {
    ACCEPT: ("принять", "принято"),
    RETURN: ("вернуть", "возвращено", "возвратить"),
}
_KEY = re.compile(r"В-(?P<subject>\d{12})-(?P<content>\d{6})-(?P<check>\d{2})")


@dataclass(frozen=True)
class Decision:
    """One line of the sheet «Решения» in which the officer wrote something.

    Attributes
    ----------
    key
        The code of its question, as found.
    verdict
        What the officer chose, as typed.
    reason, who
        Why, and who decided; "" where it is not said.
    until, when
        The last day on which it holds and the day of the decision: ISO, "" where there is none, the text as typed
        where it is no date.
    question, code, unit, source, clause
        The question as the sheet words it.
    file, sheet, row
        Where the line stands; the row as a spreadsheet shows it.
    """

    key: str
    verdict: str
    reason: str = ""
    until: str = ""
    who: str = ""
    when: str = ""
    question: str = ""
    code: str = ""
    unit: str = ""
    source: str = ""
    clause: str = ""
    file: str = ""
    sheet: str = ""
    row: int = 0


def verdict_of(text: str) -> str:
    """Return which verdict a word means, "" where it is none."""
    key = compare_key(text)
    return next((verdict for verdict, words in VERDICTS.items() if key in words), "")


def question_key(subject: Iterable[str], content: Iterable[str]) -> str:
    """Return a question's code: what it is about, what stood there when it was asked, and two check digits.

    The first part stays while the question is about the same rule, record and column; the second changes with
    the values that were judged, so that a decision never passes to other data unseen.
    """
    return _joined(subject_of_parts(subject), _digits(content, 6))


def moved_key(key: str, subject: Iterable[str]) -> str:
    """Return the code of the question on another subject of which the same was judged.

    Raises
    ------
    ValueError
        The code is none of ours.
    """
    match = _KEY.fullmatch(key.strip())
    if match is None:
        raise ValueError(key)
    return _joined(subject_of_parts(subject), match["content"])


def subject_of_parts(subject: Iterable[str]) -> str:
    """Return the part of a question's code that says what it is about, for what it is about."""
    return _digits(subject, 12)


def subject_of(key: str) -> str:
    """Return the part of a question's code that says what it is about, "" where the code is none of ours."""
    match = _KEY.fullmatch(key.strip())
    if match is None or _check(match["subject"], match["content"]) != match["check"]:
        return ""
    return match["subject"]


def _digits(parts: Iterable[str], count: int) -> str:
    text = "\n".join(map(compare_key, parts))
    return f"{int(hashlib.sha256(text.encode(errors='surrogateescape')).hexdigest(), 16) % 10**count:0{count}d}"


def _joined(about: str, stood: str) -> str:
    return f"В-{about}-{stood}-{_check(about, stood)}"


def _check(subject: str, content: str) -> str:
    return f"{int(subject + content) % 97:02d}"
