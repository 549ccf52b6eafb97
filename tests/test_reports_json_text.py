"""A report as text: the standard library's own bytes, whatever it holds."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbook_tools.reports.json_text import pieces

_TEXT = st.text(st.sampled_from('а"\\/\x00\x1f\n\u2028😀 '), max_size=6)
_PLAIN = st.none() | st.booleans() | st.integers() | st.floats() | _TEXT
_VALUE = st.recursive(
    _PLAIN,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(_TEXT, inner, max_size=4),
    max_leaves=12,
)


@given(st.dictionaries(_TEXT, _VALUE, max_size=5))
def test_the_text_is_that_of_the_standard_library(report: dict[str, Any]) -> None:
    assert "".join(pieces(report)) == json.dumps(report, ensure_ascii=False, indent=2) + "\n"


@given(st.lists(_VALUE, max_size=4))
def test_what_comes_one_by_one_comes_out_as_a_list(items: list[Any]) -> None:
    told = "".join(pieces({"первый": 1, "список": iter(items), "последний": ()}))
    assert told == "".join(pieces({"первый": 1, "список": items, "последний": []}))


def test_no_piece_holds_more_than_one_item_of_a_list() -> None:
    longest = max(map(len, pieces({"список": iter([{"имя": "а" * 50}] * 1000)})))
    assert longest < 100


def test_what_is_no_plain_object_is_refused() -> None:
    with pytest.raises(TypeError):
        list(pieces({"срок": {object()}}))
