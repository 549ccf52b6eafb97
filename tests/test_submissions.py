"""A unit's file as read, on its way from the process that read it."""

from __future__ import annotations

import pickle

from hypothesis import given
from hypothesis import strategies as st

from workbook_tools.submissions import PackedRows, RawRow, Submission, TitleValue, by_columns

NAMES = ("number", "code", "process")
TEXTS = st.sampled_from(["", "приём", "Т-0001", "приём заявлений"])
ROWS = st.lists(st.tuples(st.dictionaries(st.sampled_from(NAMES), TEXTS), st.frozensets(st.sampled_from(NAMES))))


@given(ROWS)
def test_a_submission_comes_whole_from_another_process(rows: list[tuple[dict[str, str], frozenset[str]]]) -> None:
    numbered = tuple(RawRow(number, texts, unreadable) for number, (texts, unreadable) in enumerate(rows, 6))
    sent = Submission("а.xlsx", "f" * 64, title={"unit": TitleValue("КАДР", "КАДР", "C8")}, rows=numbered, filled=9)
    assert pickle.loads(pickle.dumps(sent)) == sent  # noqa: S301 - packed a moment ago


def test_equal_texts_go_once_from_one_process_to_another() -> None:
    words = ["приём", "заявлений"]
    rows = tuple(RawRow(number, {"process": " ".join(words)}) for number in range(6, 1_006))
    alone = len(pickle.dumps(Submission("а.xlsx", "", rows=rows[:1])))
    assert len(pickle.dumps(Submission("а.xlsx", "", rows=rows))) < alone + 20 * len(rows)


@given(st.lists(st.tuples(TEXTS, TEXTS, st.frozensets(st.sampled_from(NAMES)))))
def test_rows_given_by_columns_are_the_same_rows(rows: list[tuple[str, str, frozenset[str]]]) -> None:
    columns = [[row[0] for row in rows], [row[1] for row in rows]]
    numbers = list(range(6, 6 + len(rows)))
    found = PackedRows.of(NAMES[:2], numbers, [row[2] for row in rows], columns)
    assert found == tuple(
        RawRow(at, dict(zip(NAMES, row[:2], strict=False)), row[2]) for at, row in zip(numbers, rows, strict=True)
    )
    assert pickle.loads(pickle.dumps(Submission("", "", rows=found))).rows == found  # noqa: S301 - as above


@given(ROWS)
def test_columns_of_rows_are_their_texts_however_they_are_kept(
    rows: list[tuple[dict[str, str], frozenset[str]]],
) -> None:
    numbered = tuple(RawRow(number, texts, unreadable) for number, (texts, unreadable) in enumerate(rows, 6))
    came = pickle.loads(pickle.dumps(Submission("", "", rows=numbered))).rows  # noqa: S301 - as above
    asked = by_columns(came, [*NAMES, "note"])
    assert asked == by_columns(numbered, [*NAMES, "note"])
    assert asked.numbers == [row.number for row in numbered]
    assert asked.unreadable == [row.unreadable for row in numbered]
    assert asked.texts == {name: [row.texts.get(name, "") for row in numbered] for name in (*NAMES, "note")}


@given(ROWS)
def test_rows_from_another_process_are_the_same_rows_however_they_are_asked_for(
    rows: list[tuple[dict[str, str], frozenset[str]]],
) -> None:
    numbered = tuple(RawRow(number, texts, unreadable) for number, (texts, unreadable) in enumerate(rows, 6))
    came = pickle.loads(pickle.dumps(Submission("а.xlsx", "", rows=numbered))).rows  # noqa: S301 - as above
    assert (tuple(came), len(came), list(came[1:])) == (numbered, len(numbered), list(numbered[1:]))
    assert [came[index] for index in range(len(came))] == list(numbered)
    assert came == numbered
    assert repr(came) == repr(tuple(came))
    assert hash(came) == hash(pickle.loads(pickle.dumps(Submission("", "", rows=came))).rows)  # noqa: S301 - as above
    assert came != (*numbered, RawRow(5, {}))
