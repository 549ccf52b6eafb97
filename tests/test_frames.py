"""Texts stay what they are in a frame, whatever libraries are installed."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbook_tools import findings, frames, records
from workbook_tools.frames import Rows
from workbook_tools.profile import load_profile
from workbook_tools.remarks import Place, Remark


@pytest.mark.parametrize("text", ["а\udcffб", "\ud800", "обычный"])
def test_a_half_of_a_character_stands_in_a_frame(text: str) -> None:
    frame = records.frame([{"process": text}])
    assert frame["process"].tolist() == [text]
    found = findings.of_remarks([Remark("П-20", "no_act", Place(file=text))], load_profile().profile)
    assert found["file"].tolist() == [text]


def test_rows_are_the_frame_s_own_in_order_and_by_place() -> None:
    table = pd.DataFrame({"code": ["а", "б", "в"], "row": [1, 2, 3]})
    rows = Rows(table)
    assert list(rows) == [{"code": "а", "row": 1}, {"code": "б", "row": 2}, {"code": "в", "row": 3}]
    assert [rows[index] for index in (0, -1)] == [{"code": "а", "row": 1}, {"code": "в", "row": 3}]
    assert rows[1:] == list(rows)[1:]
    assert (len(rows), len(Rows(table[:0])), list(Rows(table[:0]))) == (3, 0, [])


@given(st.lists(st.integers(0, 4), max_size=7), st.integers(1, 3))
def test_rows_in_an_order_are_those_of_the_frame_put_in_it(order: list[int], at_once: int) -> None:
    table = pd.DataFrame({"code": list("абвгд"), "row": range(5), "live": [True, False] * 2 + [True]})
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(frames, "_AT_ONCE", at_once)
        rows = Rows(table, np.array(order, dtype="int64"))
        put = Rows(table.iloc[order].reset_index(drop=True))
        assert list(rows) == list(put) == [rows[place] for place in range(len(order))] == rows[:]
        assert rows.column("row") == put.column("row") == order
        assert all(type(row["row"]) is int and type(row["live"]) is bool for row in rows)
