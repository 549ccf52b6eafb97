"""A table lets go of what is needed no more, wherever it is held."""

from __future__ import annotations

import pandas as pd

from workbook_tools.tables import Table


def table() -> Table:
    frame = pd.DataFrame({"file": ["а", "а"], "row": [6, 7], "code": ["Т-0001", ""]}).astype({"row": "int64"})
    return Table(frame, frame[["code"]].copy(), frame[["code"]] == "?", lambda at, name: f"{name}{at}")


def test_of_what_a_table_holds_only_the_columns_named_are_kept() -> None:
    held = table()
    elsewhere = held.frame
    held.keep(("file", "row"))
    assert list(held.frame.columns) == ["file", "row"]
    assert list(elsewhere.columns) == ["file", "row"]
    assert list(held.typed.columns) == list(held.unreadable.columns) == []
    assert held.frame["row"].tolist() == [6, 7]
    assert held.cell(1, "code") == "code1"


def test_a_frame_made_from_it_before_loses_nothing() -> None:
    held = table()
    part = held.frame[["code"]].join(pd.DataFrame({"fate": ["unchanged", "included"]}))
    held.keep(())
    assert part["code"].tolist() == ["Т-0001", ""]


def test_what_is_blank_is_found_once_for_each_column() -> None:
    held = table()
    assert held.blank("code").tolist() == [False, True]
    assert held.blank("code") is held.blank("code")


def test_columns_of_the_same_name_give_way() -> None:
    wider = table().with_columns(pd.DataFrame({"code": ["Т-0003", "Т-0004"], "live": [True, False]}))
    assert list(wider.frame.columns) == ["file", "row", "code", "live"]
    assert wider.frame["code"].tolist() == ["Т-0003", "Т-0004"]
