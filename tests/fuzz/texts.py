"""Damage to plain text: a report of an earlier run, a profile, a table of values."""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from hypothesis import strategies as st

from tests.fuzz.damage import TEXTS

# What stands where something of another kind is expected.
JSON_VALUES: tuple[Any, ...] = (
    None,
    True,
    0,
    -1,
    1.5,
    10**400,
    float("nan"),
    "",
    "null",
    [],
    [[]],
    [None],
    {},
    {"unit": []},
    {"file": {}, "unit": []},
    "\ud800",
    "А" * 40_000,
    "../../etc",
    *TEXTS[:12],
)
TOML_VALUES = (
    '""',
    '"x"',
    "0",
    "-1",
    "1.5",
    "nan",
    "inf",
    "9223372036854775808",
    "true",
    "[]",
    "[[]]",
    "{}",
    '["", ""]',
    '["(", "["]',
    '"("',
    '"[a-"',
    '"{"',
    '"{}"',
    '"{0}"',
    '"{v.x}"',
    '"{v[0]}"',
    '"{v!z}"',
    '"{v:>999999999}"',
    '"\\u0000"',
    '"a\\nb"',
    '"[]:*?/\\\\"',
    "2026-13-45",
    "2026-11-22",
    "0001-01-01",
    "9999-12-31",
    "07:32:00",
    "1979-05-27T07:32:00Z",
    '"' + "а" * 300 + '"',
    '"' + "а" * 40_000 + '"',
)


class Stroke(NamedTuple):
    """One change to a text: of which kind, where (a share of the way), to where, with which piece."""

    kind: str
    at: float
    to: float
    piece: int


def _strokes(*kinds: str) -> st.SearchStrategy[Stroke]:
    share = st.floats(0, 1, exclude_max=True)
    return st.builds(Stroke, st.sampled_from(kinds), share, share, st.integers(0, 200))


TOML_VALUE = re.compile(r"(?<== )[^\n]+(?=\n)")
CSV_VALUE = re.compile(r"[^;\r\n]+")
TREE_STROKES = _strokes("put", "put", "put", "drop", "copy", "cut", "double")
LINE_STROKES = _strokes("value", "value", "value", "drop", "double", "move", "cut", "graft")


def _places(tree: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:  # noqa: ANN401 - whatever JSON holds
    """Yield the way to every value of a tree."""
    items = tree.items() if isinstance(tree, dict) else enumerate(tree) if isinstance(tree, list) else ()
    for key, value in items:
        yield (*path, key)
        yield from _places(value, (*path, key))


def _at(tree: Any, path: tuple[Any, ...]) -> Any:  # noqa: ANN401 - whatever JSON holds
    for key in path:
        tree = tree[key]
    return tree


def damaged_tree(text: str, strokes: list[Stroke]) -> bytes:
    """Return JSON after some strokes; cutting and doubling fall on its text and come last."""
    tree = json.loads(text)
    for stroke in strokes:
        _strike(tree, stroke)
    made = json.dumps(tree, ensure_ascii=False).encode("utf-8", "surrogatepass")
    for stroke in strokes:
        if stroke.kind == "cut":
            made = made[: int(len(made) * stroke.at)]
        elif stroke.kind == "double":
            made += made
    return made


def _strike(tree: Any, stroke: Stroke) -> None:  # noqa: ANN401 - whatever JSON holds
    # What stands on top is as likely hit as the many small things below.
    places = [place for place in _places(tree) if len(place) <= 1 + stroke.piece % 4]
    if not places:
        return
    *path, last = places[int(stroke.at * len(places))]
    holder = _at(tree, tuple(path))
    if stroke.kind == "put":
        holder[last] = JSON_VALUES[stroke.piece % len(JSON_VALUES)]
    elif stroke.kind == "drop":
        del holder[last]
    elif stroke.kind == "copy":
        holder[last] = copy.deepcopy(_at(tree, places[int(stroke.to * len(places))]))


def damaged_lines(text: str, strokes: list[Stroke], values: tuple[str, ...], value: re.Pattern[str]) -> bytes:
    """Return a text of lines after some strokes.

    Parameters
    ----------
    values, value
        What is put in the place of what; it stands on a line.
    """
    for stroke in strokes:
        if stroke.kind == "value":
            text = _valued(text, stroke, values, value)
        elif stroke.kind == "cut":
            text = text[: int(len(text) * stroke.at)]
        else:
            text = _moved(text, stroke)
    return text.encode("utf-8", "surrogatepass")


def _valued(text: str, stroke: Stroke, values: tuple[str, ...], value: re.Pattern[str]) -> str:
    found = [match.span() for match in value.finditer(text)]
    if not found:
        return text
    start, end = found[int(stroke.at * len(found))]
    return text[:start] + values[stroke.piece % len(values)] + text[end:]


def _moved(text: str, stroke: Stroke) -> str:
    lines = text.splitlines(keepends=True) or [""]
    at, to = int(stroke.at * len(lines)), int(stroke.to * len(lines))
    if stroke.kind == "drop":
        del lines[at]
    elif stroke.kind == "double":
        lines.insert(at, lines[at])
    elif stroke.kind == "move":
        lines.insert(to, lines.pop(at))
    elif stroke.kind == "graft":
        lines[at] = lines[at][: int(len(lines[at]) * stroke.to)] + TEXTS[stroke.piece % len(TEXTS)] + lines[at]
    return "".join(lines)
