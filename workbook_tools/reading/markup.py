"""Markup inside an archive: what no office program writes is refused before any parser works on it (A7)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Protocol
from xml.parsers import expat

from workbook_tools import limits
from workbook_tools.errors import SAVE_AGAIN, InputError

_OFF = frozenset({"0", "false"})
_FORBIDDEN = (b"<!DOCTYPE", b"<!ENTITY")
_BROKEN = f"файл повреждён: его разметка нарушена. {SAVE_AGAIN}"
# A tag of fewer bytes than this has fewer attributes than the limit, as each takes five at least.
_SURELY_SHORT = limits.XML_ATTRIBUTES * 5 // 2


class Handler(Protocol):
    """What takes the elements of a part: names are «namespace local», or «local» without a namespace."""

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """Take the start of an element."""

    def end(self, name: str) -> None:
        """Take its end."""

    def text(self, data: str) -> None:
        """Take a piece of text."""


def check_part(part: bytes) -> None:
    """Refuse declarations of entities in any encoding, and tags that are too long.

    Raises
    ------
    InputError
        With the limit that is not kept.
    """
    plain = part if b"\0" not in part[:64] else part.replace(b"\0", b"")
    if b"!" in plain and any(mark in plain for mark in _FORBIDDEN):
        raise InputError(f"в файле есть объявления, которых не бывает в документах. {SAVE_AGAIN}")
    if not has_short_tags(part, limits.XML_TAG_BYTES):
        raise InputError(f"в файле есть элемент длиннее {limits.XML_TAG_BYTES // limits.MIB} МиБ. {SAVE_AGAIN}")


def has_short_tags(part: bytes, limit: int = _SURELY_SHORT) -> bool:
    """Tell whether no tag or text of a part is longer than a limit in bytes: each stretch of half of it ends one."""
    step = limit // 2
    return all(part.find(b">", at, at + step) >= 0 for at in range(0, len(part) - step, step))


def is_on(attributes: Mapping[str, str]) -> bool:
    """Tell whether a property that an element names is switched on."""
    return attributes.get("val", "1") not in _OFF


def parse(part: bytes, handler: Handler) -> None:
    """Hand the elements of a part to a handler, within the limits of depth and attributes.

    Raises
    ------
    InputError
        The part is no well-formed XML, or goes beyond a limit, which is named.
    """
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.ordered_attributes = False
    parser.StartDoctypeDeclHandler = _refuse_declaration
    parser.StartElementHandler, parser.EndElementHandler = _counted(handler)
    parser.CharacterDataHandler = handler.text
    try:
        parser.Parse(part, True)  # noqa: FBT003 - the library's own signature
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise InputError(_BROKEN) from error


def _counted(handler: Handler) -> tuple[Callable[[str, dict[str, str]], None], Callable[[str], None]]:
    depth = 0

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > limits.XML_DEPTH:
            raise InputError(f"в файле больше {limits.XML_DEPTH} вложенных элементов. {SAVE_AGAIN}")
        if len(attributes) > limits.XML_ATTRIBUTES:
            raise InputError(f"у элемента файла больше {limits.XML_ATTRIBUTES} свойств. {SAVE_AGAIN}")
        handler.start(name, attributes)

    def end(name: str) -> None:
        nonlocal depth
        depth -= 1
        handler.end(name)

    return start, end


def _refuse_declaration(*_: object) -> None:
    raise InputError(f"в файле есть объявления, которых не бывает в документах. {SAVE_AGAIN}")
