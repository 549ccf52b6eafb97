"""The form in which contents are compared: what a difference of spelling is not, and where two frames differ."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbook_tools import records
from workbook_tools.compared import comparison, differing
from workbook_tools.profile import load_profile

PROFILE = load_profile().profile


@pytest.mark.parametrize(
    ("name", "one", "other"),
    [
        ("needs", "Консультация; подача документов", "подача документов;консультация"),
        ("touchpoint", "Телефонная связь", "телефон"),
        ("process", "Приём", "прием."),
        ("key", "", "no"),
    ],
)
def test_no_change_compares_equal(name: str, one: str, other: str) -> None:
    compared = comparison(records.frame([{name: one}, {name: other}]), PROFILE)
    assert compared.columns.tolist() == list(records.CONTENT)
    assert compared.iloc[0].tolist() == compared.iloc[1].tolist()


@pytest.mark.parametrize("name", records.CONTENT)
def test_a_change_of_any_content_compares_unequal(name: str) -> None:
    compared = comparison(
        records.frame([{"key": "yes"} | {name: "no" if name == "key" else "иное"}, {"key": "yes"}]), PROFILE
    )
    assert [column for column in records.CONTENT if compared[column].iloc[0] != compared[column].iloc[1]] == [name]


SPELLINGS = st.sampled_from(["", "yes", "no", "Телефон", "телефонная связь", "Приём", "прием.", "б; а", "А;б", "СЭД"])
CONTENTS = st.lists(st.tuples(*([SPELLINGS] * 2 * len(records.CONTENT))), max_size=4)


@settings(deadline=None)
@given(CONTENTS)
def test_what_differs_is_what_differs_in_its_compared_form(rows: list[tuple[str, ...]]) -> None:
    width = len(records.CONTENT)
    one, other = (
        pd.DataFrame([row[at : at + width] for row in rows], columns=list(records.CONTENT), dtype="str")
        for at in (0, width)
    )
    forms = [comparison(side, PROFILE) for side in (one, other)]
    pd.testing.assert_frame_equal(differing(one, other, PROFILE), forms[0].ne(forms[1]))


def test_comparing_leaves_the_records_as_they_were() -> None:
    frame = records.frame([{}, {"needs": "б; а"}])
    before = frame.copy()
    comparison(frame, PROFILE)
    records.record_key(frame, PROFILE)
    pd.testing.assert_frame_equal(frame, before)
