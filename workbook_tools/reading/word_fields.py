"""Fields of a Word document: what stands between a field's beginning and its result is its code, and no text."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from docx.oxml.ns import qn

if TYPE_CHECKING:
    from collections.abc import Iterable

    from docx.oxml.xmlchemy import BaseOxmlElement

FIELD_MARK = qn("w:fldChar")
_KIND = qn("w:fldCharType")


class Codes(NamedTuple):
    """The parts of a paragraph that are the code of a field.

    `shown_by_none` are those of fields that have no result at all: whoever reads the document sees nothing of them.
    """

    parts: frozenset[BaseOxmlElement]
    shown_by_none: tuple[BaseOxmlElement, ...]


def codes_of(parts: Iterable[BaseOxmlElement]) -> Codes:
    """Return which parts are the code of a field; fields may stand in the code and in the result of others.

    Parameters
    ----------
    parts
        The marks of fields and what else may be text, in the order of the document. What follows the beginning of a
        field that does not end is no code: it may be text.
    """
    # For each field that is open what was met of its code, None from its result on.
    fields: list[list[BaseOxmlElement] | None] = []
    codes: set[BaseOxmlElement] = set()
    without: list[BaseOxmlElement] = []
    for part in parts:
        kind = part.get(_KIND, "") if part.tag == FIELD_MARK else ""
        for code in fields[:-1] if kind in {"separate", "end"} else fields:
            if code is not None:
                code.append(part)
        if kind == "begin":
            fields.append([])
        elif kind == "separate" and fields:
            codes.update(fields[-1] or ())
            fields[-1] = None
        elif kind == "end" and fields:
            code = fields.pop() or []
            without += code
            codes.update(code)
    return Codes(frozenset(codes), tuple(without))
