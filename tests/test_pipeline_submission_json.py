"""A unit's file as read goes into JSON and comes back the same, value by value and kind by kind."""

from __future__ import annotations

import datetime
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.books import PROFILE, UnitBook
from workbook_tools.pipeline.submission_json import as_plain, of_plain
from workbook_tools.reading.submission import read_submission
from workbook_tools.remarks import Place, Remark
from workbook_tools.submissions import SET_ASIDE, Answer, RawRow, SetAside, Submission, TitleValue

TEXTS = st.text(st.characters(), max_size=8)
NUMBERS = st.integers(0, 2**40)
NAMES = st.dictionaries(TEXTS, TEXTS, max_size=3)
ZONES = st.sampled_from([None, datetime.UTC])
VALUES = st.one_of(
    TEXTS,
    st.booleans(),
    st.integers(-(2**60), 2**60),
    st.floats(allow_nan=False),
    st.dates(),
    st.times().map(lambda time: time.replace(fold=0)),
    st.datetimes(timezones=ZONES).map(lambda time: time.replace(fold=0)),
    st.timedeltas(),
)
PLACES = st.builds(Place, TEXTS, TEXTS, TEXTS, TEXTS, NUMBERS, TEXTS, TEXTS, TEXTS)
ROWS = st.lists(st.tuples(NAMES, st.frozensets(TEXTS, max_size=2)), max_size=6).map(
    lambda rows: tuple(RawRow(number, texts, unread) for number, (texts, unread) in enumerate(rows, 6))
)
FILES = st.builds(
    Submission,
    file=TEXTS,
    sha256=TEXTS,
    sheet=TEXTS,
    title_sheet=TEXTS,
    title=st.dictionaries(TEXTS, st.builds(TitleValue, VALUES, TEXTS, TEXTS, st.booleans()), max_size=3),
    meta=NAMES,
    columns=st.dictionaries(TEXTS, NUMBERS, max_size=3),
    rows=ROWS,
    aside=st.lists(st.builds(SetAside, NUMBERS, st.sampled_from(sorted(SET_ASIDE))), max_size=2).map(tuple),
    remarks=st.lists(st.builds(Remark, TEXTS, TEXTS, PLACES, NAMES, TEXTS), max_size=2).map(tuple),
    answers=st.lists(st.builds(Answer, *[TEXTS] * 7), max_size=2).map(tuple),
).map(lambda item: replace(item, filled=len(item.rows) + len(item.aside)))


def there_and_back(submission: Submission) -> Submission:
    return of_plain(json.loads(json.dumps(as_plain(submission))))


@given(FILES)
def test_a_file_as_read_comes_back_the_same(submission: Submission) -> None:
    back = there_and_back(submission)
    assert back == submission
    # 1, 1.0 and True are equal, and the order of names is no part of equality; both show in what is written.
    assert repr(back.title) == repr(submission.title)
    assert [list(row.texts) for row in back.rows] == [list(row.texts) for row in submission.rows]
    assert [list(part) for part in (back.meta, back.columns)] == [list(submission.meta), list(submission.columns)]


def test_a_number_that_is_none_comes_back() -> None:
    sent = Submission("а.xlsx", "f", title={"filled": TitleValue(float("nan"), "nan", "C1")})
    assert repr(there_and_back(sent)) == repr(sent)


def test_a_real_file_comes_back_the_same(tmp_path: Path) -> None:
    path = UnitBook().save(tmp_path / "КАДР.xlsx")
    read = read_submission(path, path.name, PROFILE)
    assert read.rows
    assert there_and_back(read) == read


def changed(name: str, value: object) -> dict[str, Any]:
    place = ["", "", "", "", 1, "", "", ""]
    whole = Submission(
        "а.xlsx",
        "f" * 64,
        title={"unit": TitleValue("КАДР", "КАДР", "C8")},
        rows=(RawRow(6, {"code": "Т-0001"}, frozenset({"kind"})),),
        filled=2,
        aside=(SetAside(5, "header"),),
        remarks=(Remark("П-01", "main", Place(row=1), {"col": "А"}),),
    )
    assert as_plain(whole)["remarks"][0][2] == place
    assert there_and_back(whole) == whole
    return as_plain(whole) | {name: value}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("file", 1),
        ("sha256", None),
        ("filled", "1"),
        ("filled", -1),
        # A row would be missing.
        ("filled", 3),
        ("rows", []),
        ("filled", True),
        ("columns", {"code": 1.5}),
        ("meta", {"unit": ["КАДР"]}),
        ("meta", []),
        ("title", {"unit": ["КАДР", "КАДР", "C8"]}),
        ("title", {"unit": ["КАДР", "КАДР", "C8", 0]}),
        ("title", {"unit": [{"date": "31.12.2026"}, "", "C8", False]}),
        ("title", {"unit": [{"eval": "1"}, "", "C8", False]}),
        ("title", {"unit": [{"date": "2026-12-31", "time": "10:00"}, "", "C8", False]}),
        ("title", {"unit": [{"timedelta": [1, 2, 3.5]}, "", "C8", False]}),
        ("title", {"unit": [None, "", "C8", False]}),
        ("rows", [[["code"], [6], [[]], [["Т-0001", "Т-0002"]]]]),
        ("rows", [[["code", "kind"], [6], [[]], [["Т-0001"]]]]),
        ("rows", [[["code"], ["6"], [[]], [["Т-0001"]]]]),
        ("rows", [[["code"], [6], [[]]]]),
        ("rows", {}),
        ("rows", [[["code"], [2**63], [[]], [["Т-0001"]]]]),
        ("rows", [[["code"], [6], [[]], [["Т" * 32_768]]]]),
        ("aside", [[5]]),
        ("aside", [[5, "exit"]]),
        ("remarks", [["П-01", "main", [""] * 8, {}, ""]]),
        ("remarks", [["П-01", "main", ["", "", "", "", 1], {}, ""]]),
        ("answers", [["П-01"]]),
    ],
)
def test_what_is_no_file_as_read_is_refused(name: str, value: object) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - it has no words: nobody reads them
        of_plain(changed(name, value))


@pytest.mark.parametrize("plain", [None, [], "файл", {}, {"file": "а.xlsx"}])
def test_what_is_not_even_an_object_is_refused(plain: object) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - as above
        of_plain(plain)
