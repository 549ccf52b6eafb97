"""Reports as JSON text, piece by piece: the bytes of the standard library, without a whole report in memory."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from json.encoder import encode_basestring as _quoted
from typing import Any

_STEP = "  "


def pieces(report: Mapping[str, Any]) -> Iterator[str]:
    """Yield a report as text: two spaces a level, every letter as it is, a line break at the end.

    Parameters
    ----------
    report
        Plain objects by name; one of them may be an iterator of plain objects, to be gone through once, and comes out
        as a list.
    """
    if not report:
        yield "{}\n"
        return
    start = "{"
    for name, value in report.items():
        yield f"{start}\n{_STEP}{_key(name)}: "
        yield from _listed(value) if isinstance(value, Iterator | list) else [_text(value, f"\n{_STEP}")]
        start = ","
    yield "\n}\n"


def _listed(items: Iterable[Any]) -> Iterator[str]:
    """Yield the items of a list of the report one by one."""
    line = f"\n{_STEP * 2}"
    start = "["
    for item in items:
        yield f"{start}{line}{_text(item, line)}"
        start = ","
    yield "[]" if start == "[" else f"\n{_STEP}]"


def _text(value: object, line: str) -> str:
    """Return a value as text; `line` begins the line on which it stands."""
    kind = value.__class__
    if kind is str:
        return _quoted(value)  # type: ignore[arg-type] # a text, as its class says
    if value is None:
        return "null"
    if kind is int:
        return repr(value)
    if isinstance(value, Mapping) and value:
        inner = line + _STEP
        parts = map("{}: {}".format, map(_key, value), _texts(value.values(), inner))
        return f"{{{inner}{f',{inner}'.join(parts)}{line}}}"
    if isinstance(value, list | tuple) and value:
        inner = line + _STEP
        return f"[{inner}{f',{inner}'.join(_texts(value, inner))}{line}]"
    return json.dumps(value, ensure_ascii=False)


def _texts(values: Iterable[object], line: str) -> list[str]:
    # Most values are texts, and need not be looked at twice.
    return [_quoted(value) if type(value) is str else _text(value, line) for value in values]


@lru_cache(maxsize=1024)
def _key(name: str) -> str:
    return json.dumps(name, ensure_ascii=False)
