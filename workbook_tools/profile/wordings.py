"""Texts with words to fill in: a profile may reword them, but knows only the words the shipped one has."""

from __future__ import annotations

import string
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from workbook_tools.profile.profile import Profile


def wording_faults(profile: Profile, shipped: Profile) -> list[str]:
    """Return one Russian line for each text that the profile lacks or that cannot be filled in.

    The shipped profile has every text and knows its words.
    """
    given = _texts(profile)
    return [fault for path, pattern in _texts(shipped).items() for fault in _faults(path, given.get(path), pattern)]


def _texts(profile: Profile) -> dict[str, str]:
    """Return every text with words to fill in, by its key's path."""
    messages = {
        f"rules.{code}.messages.{name}": text
        for code, rule in profile.rules.items()
        for name, text in rule.messages.items()
    }
    sentences = {f"changes.{name}.text": change.text for name, change in profile.changes.items()}
    variants = {
        f"changes.{name}.variants.{variant}": text
        for name, change in profile.changes.items()
        for variant, text in change.variants.items()
    }
    marks = {f"annex.mark.{number}": "{genitive}{name}" + line for number, line in enumerate(profile.annex.mark)}
    title = {"annex.title": "{genitive}{name}" + profile.annex.title}
    own = {f"texts.{name}": str(text) for name, text in profile.texts}
    return messages | sentences | variants | marks | title | own | {"template.file_name": profile.template.file_name}


def _faults(path: str, text: str | None, pattern: str) -> Iterator[str]:
    if text is None:
        if not path.startswith("annex.mark"):
            yield f"{path}: нет обязательного ключа"
        return
    try:
        unknown = _placeholders(text) - _placeholders(pattern)
    except ValueError:
        yield f"{path}: непарная фигурная скобка; подстановка записывается в скобках с двух сторон"
        return
    yield from (f"{path}: подстановка «{word}» этому тексту неизвестна" for word in sorted(unknown))


def _placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}
