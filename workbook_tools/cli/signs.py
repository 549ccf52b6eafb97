"""What is shown on a console for signs that it does not have."""

from __future__ import annotations

import unicodedata

from workbook_tools.text import shown_code

_SEVERAL = {
    "«»„“”‟❝❞″": '"',
    "‘’‚‛′": "'",
    "‐‑‒–—―−": "-",
    "•●▪◦‣·": "*",
    "■□☐": "[ ]",
    "☑☒": "[x]",
    "│┃║╎": "|",
    "─━═╌": "-",
    "┌┐└┘├┤┬┴┼╭╮╯╰╔╗╚╝╠╣╦╩╬": "+",
    "█▓▒░": "#",
    "→⇨➔": "->",
    "✓✔": "+",
    "×✗✘": "x",
}
_ALIKE = {sign: like for signs, like in _SEVERAL.items() for sign in signs} | {
    "←": "<-",
    "↔": "<->",
    "›": ">",
    "‹": "<",
    "≥": ">=",
    "≤": "<=",
    "≠": "<>",
    "≈": "~",
    "÷": "/",
    "±": "+/-",
    "°": "град.",
    "€": "евро",
    "₽": "руб.",
    "№": "N",
    "§": "п.",
}
# For a console that has no Russian letters at all: a sentence that can be made out is worth more than a row of codes.
_LATIN = dict(zip("абвгдезийклмнопрстуфыэ", "abvgdezijklmnoprstufye", strict=True)) | {
    "ё": "yo",
    "ж": "zh",
    "х": "kh",
    "ц": "ts",
    "ч": "ch",
    "ш": "sh",
    "щ": "shch",
    "ъ": "",
    "ь": "",
    "ю": "yu",
    "я": "ya",
}


def nearest(sign: str, encoding: str) -> str:
    """Return what is shown for a sign that an encoding lacks: its like, the letter's sound, else its code.

    Parameters
    ----------
    encoding
        Whatever is returned can be written in it.
    """
    choices = (_ALIKE.get(sign, ""), _plain(sign), _sounds(_ALIKE.get(sign, "")), _sounds(sign))
    return next((choice for choice in choices if choice and _has(encoding, choice)), "") or _silent(sign)


def _silent(sign: str) -> str:
    """Return nothing for a letter without a sound of its own, else the sign's code."""
    return "" if sign.lower() in _LATIN else shown_code(sign)


def _plain(sign: str) -> str:
    """Return a sign without what only decorates it: é as e, ² as 2, № as No, a space of any width as one."""
    if unicodedata.category(sign) == "Zs":
        return " "
    return "".join(part for part in unicodedata.normalize("NFKD", sign) if not unicodedata.combining(part))


def _sounds(text: str) -> str:
    """Return a text with Latin letters for the Russian ones."""
    return "".join(_sound(sign) for sign in text)


def _sound(sign: str) -> str:
    latin = _LATIN.get(sign.lower(), sign)
    return latin.capitalize() if sign.isupper() else latin


def _has(encoding: str, text: str) -> bool:
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True
