"""How the faults of a profile are worded where more than one of its parts tells them."""

from __future__ import annotations

import string
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Set as AbstractSet

MISSING = "нет обязательного ключа"
BLANK = "значение не заполнено; впишите его"


def placeholders(text: str) -> set[str]:
    """Return the words that a text has filled in.

    Raises
    ------
    ValueError
        A brace has no fellow.
    """
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def placeholder_faults(path: str, text: str, known: AbstractSet[str]) -> Iterator[str]:
    """Yield one Russian line for each word of a text that nothing fills in, or for a brace without its fellow.

    Parameters
    ----------
    path
        The path of the text's key.
    known
        The words that are filled in.
    """
    try:
        unknown = placeholders(text) - known
    except ValueError:
        yield f"{path}: непарная фигурная скобка; подстановка записывается в скобках с двух сторон"
        return
    yield from (f"{path}: подстановка «{word}» этому тексту неизвестна" for word in sorted(unknown))
