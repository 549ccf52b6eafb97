"""Texts stay what they are in a frame, whatever libraries are installed."""

from __future__ import annotations

import pandas as pd
import pytest

from workbook_tools import findings, records
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
