"""Text as people type it: what counts as equal, and what is tidied."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from itertools import groupby
from typing import TypeVar, cast

from workbook_tools.memory import remembered

Result = TypeVar("Result")

_LATIN = "ABCEHKMOPTXYaceopxy"
_CYRILLIC = "АВСЕНКМОРТХУасеорху"
_TO_CYRILLIC = str.maketrans(_LATIN, _CYRILLIC)
_TO_LATIN = str.maketrans(_CYRILLIC, _LATIN)
_SAME_SIGN = dict.fromkeys("«»„“”‟❝❞″", '"') | dict.fromkeys("‘’‚‛′`", "'") | dict.fromkeys("‐‑‒–—―−", "-") | {"ё": "е"}
_WITH_A_TWIN = re.compile(f"[{''.join(_SAME_SIGN)}]")
# Control and formatting signs, lone surrogates, signs of no meaning, separators of lines and paragraphs.
_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Cn", "Co", "Zl", "Zp"})
_LONE_BYTE, _LAST_SIGN, _LAST_BYTE = 0xDC00, 0x7F, 0xFF
_WORD = re.compile(r"[^\W\d_]+")
_CYRILLIC_LETTER = re.compile(r"[а-яёА-ЯЁ]")
_LATIN_LETTER = re.compile(r"[a-zA-Z]")
# Russian words with single spaces between them, without any sign or letter that has a twin.
_STEADY = re.compile(r"""[А-Яа-я0-9.,;:()/%№"'+-]+(?: [А-Яа-я0-9.,;:()/%№"'+-]+)*""")


def each(function: Callable[[str], Result] | Made[Result], texts: Sequence[str]) -> list[Result]:
    """Return what a function makes of each text; it is asked once of each distinct text.

    What it leaves as it is, is the same object: two columns of a large table then take the room of one.
    """
    made = function if isinstance(function, Made) else Made(function)
    return list(map(made.__getitem__, texts))


class Made(dict[str, Result]):
    """What a function makes of texts, by the text: for several columns in which the same texts stand."""

    def __init__(self, function: Callable[[str], Result]) -> None:
        super().__init__()
        self._function = function

    def __missing__(self, text: str) -> Result:
        made = self._function(text)
        # What a function of texts leaves alone is a text.
        self[text] = kept = cast("Result", text) if made == text else made
        return kept


@remembered(65536)
def tidy(text: str) -> str:
    """Return the text with one kind of space, no invisible characters, no edges.

    Line breaks become spaces; letters, case, quotes and dashes stay as typed.
    """
    # What can be printed is visible: nearly every text is seen to be so at once.
    visible = text if text.isprintable() else "".join(sign for sign in text if unicodedata.category(sign) != "Cf")
    return " ".join(unicodedata.normalize("NFC", visible).split())


def shown(text: str) -> str:
    """Return a text as one line in which nothing hides: what breaks, turns or only disturbs a line is written out."""
    return "".join(shown_code(sign) if unicodedata.category(sign) in _HIDDEN else sign for sign in text)


def shown_code(sign: str) -> str:
    """Return the code of a sign that itself cannot be shown, as Python writes it."""
    # A byte of a file name that is no letter of its encoding travels as a lone surrogate.
    byte = ord(sign) - _LONE_BYTE
    return f"\\x{byte:02x}" if _LAST_SIGN < byte <= _LAST_BYTE else sign.encode("unicode_escape").decode("ascii")


@remembered(65536)
def one_script(text: str) -> str:
    """Return the text with look-alike letters of a mixed word put into one script.

    Only a word that mixes Latin and Cyrillic letters is touched, and only when
    every foreign letter in it has a twin: «CЭД» with a Latin C becomes «СЭД».
    """
    return _WORD.sub(lambda match: _whole_word(match.group()), text) if _is_mixed(text) else text


def _is_mixed(text: str) -> bool:
    return _LATIN_LETTER.search(text) is not None and _CYRILLIC_LETTER.search(text) is not None


def _whole_word(word: str) -> str:
    if not _is_mixed(word):
        return word
    russian = word.translate(_TO_CYRILLIC)
    if not _LATIN_LETTER.search(russian):
        return russian
    latin = word.translate(_TO_LATIN)
    return word if _CYRILLIC_LETTER.search(latin) else latin


def _russian_in_russian(text: str) -> str:
    """Return a Russian text with the words that only look Russian («o», «COBET») put into Russian letters."""
    return _WORD.sub(lambda match: _if_russian(match.group()), text) if _is_mixed(text) else text


def _if_russian(word: str) -> str:
    russian = word.translate(_TO_CYRILLIC)
    return word if _LATIN_LETTER.search(russian) else russian


@remembered(1 << 20)
def compare_key(text: str) -> str:
    """Return the form by which two texts are compared.

    Case, spaces, ё/е, kinds of quotes and dashes, a final dot and look-alike
    letters make no difference (design.md, change class «editorial»).
    """
    # What is steady is changed in its case alone: nearly every text is seen to be so at once.
    if _STEADY.fullmatch(text) and not text.endswith("."):
        return text.casefold()
    folded = _russian_in_russian(one_script(tidy(text))).casefold()
    folded = _WITH_A_TWIN.sub(lambda match: _SAME_SIGN[match.group()], folded)
    # Folding makes letters that have twins (ё to е), so that a mixed word may have become readable in one script.
    return one_script(folded).rstrip(". ")


def split_list(text: str) -> tuple[str, ...]:
    """Return the items of a list typed into one cell through «;»."""
    return tuple(item for item in map(tidy, text.split(";")) if item)


def join_list(items: tuple[str, ...]) -> str:
    """Return list items as one cell's text."""
    return "; ".join(items)


@remembered(65536)
def list_key(text: str) -> str:
    """Return the form by which two lists are compared: order, case and repeats aside."""
    return "\n".join(sorted({compare_key(item) for item in split_list(text)} - {""}))


def spelling_key(text: str) -> str:
    """Return the form in which two lists are spelled alike: order, case, spaces and repeats aside."""
    return "\n".join(sorted({item.casefold() for item in split_list(text)}))


def plural(count: int, one: str, few: str, many: str) -> str:
    """Return the count with its noun: 1 запись, 2 записи, 5 записей."""
    teens = count % 100 in range(11, 15)
    if teens or count % 10 not in range(1, 5):
        return f"{count} {many}"
    return f"{count} {one if count % 10 == 1 else few}"


def stretches(numbers: Iterable[int]) -> str:
    """Return rising numbers as people list them: 7, 9–12."""
    groups = groupby(enumerate(numbers), lambda pair: pair[1] - pair[0])
    stretches = [[number for _, number in group] for _, group in groups]
    return ", ".join(f"{part[0]}–{part[-1]}" if len(part) > 1 else str(part[0]) for part in stretches)


def shortened(text: str, most: int) -> str:
    """Return a text of at most so many characters, for a place where it stands only to be known again."""
    return text if len(text) <= most else f"{text[: most - 1]}…"


def lowered(text: str) -> str:
    """Return a sentence as it goes on within another: its first letter small."""
    return text[:1].lower() + text[1:]


def decimal(number: float, places: int = 2) -> str:
    """Return a number as people write it in Russian: 0,93."""
    return f"{number:.{places}f}".replace(".", ",")


def russian_date(iso: str) -> str:
    """Return an ISO date as people write it: 19.03.2024; "" stays ""."""
    year, _, rest = iso.partition("-")
    month, _, day = rest.partition("-")
    return f"{day}.{month}.{year}" if day else iso
