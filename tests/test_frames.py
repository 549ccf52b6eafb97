"""Texts stay what they are in a frame, whatever libraries are installed."""

from __future__ import annotations

import pytest

from workbook_tools import findings, records
from workbook_tools.profile import load_profile
from workbook_tools.remarks import Place, Remark


@pytest.mark.parametrize("text", ["а\udcffб", "\ud800", "обычный"])
def test_a_half_of_a_character_stands_in_a_frame(text: str) -> None:
    frame = records.frame([{"process": text}])
    assert frame["process"].tolist() == [text]
    found = findings.of_remarks([Remark("П-20", "no_act", Place(file=text))], load_profile().profile)
    assert found["file"].tolist() == [text]
