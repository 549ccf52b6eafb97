"""A question's code: the same for the same matter, other for other data, and wrong when it was typed by hand."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from workbook_tools.decisions.decision import ACCEPT, RETURN, question_key, subject_of, verdict_of

words = st.lists(st.text(alphabet="абвгАБВГ1 ", min_size=1, max_size=8), min_size=1, max_size=4)


@given(words, words)
def test_a_code_is_the_same_for_the_same_words_however_they_are_cased(subject: list[str], content: list[str]) -> None:
    key = question_key(subject, content)
    assert key == question_key([word.upper() for word in subject], content)
    assert len(key) == len("В-000000000000-000000-00")
    assert subject_of(key) == key[2:14]


@given(words, words, words)
def test_other_data_change_the_code_and_leave_what_it_is_about(
    subject: list[str], content: list[str], other: list[str]
) -> None:
    key, changed = question_key(subject, content), question_key(subject, [*content, "иное", *other])
    assert subject_of(key) == subject_of(changed)
    assert key != changed


@given(words, words, st.integers(min_value=2, max_value=20), st.integers(min_value=1, max_value=9))
def test_a_digit_typed_wrong_makes_a_code_that_is_none(
    subject: list[str], content: list[str], at: int, by: int
) -> None:
    key = question_key(subject, content)
    if key[at].isdigit():
        wrong = f"{key[:at]}{(int(key[at]) + by) % 10}{key[at + 1 :]}"
        assert subject_of(wrong) == ""


def test_what_is_no_code_is_about_nothing() -> None:
    assert [subject_of(text) for text in ("", "В-1", "Т-0001", "B-000000000000-000000-00", "принять")] == [""] * 5


def test_a_verdict_is_known_by_its_words() -> None:
    assert [verdict_of(word) for word in ("принять", " Принять. ", "ПРИНЯТО")] == [ACCEPT] * 3
    assert [verdict_of(word) for word in ("вернуть", "Возвратить", "возвращено")] == [RETURN] * 3
    assert [verdict_of(word) for word in ("", "да", "может быть", "не принять")] == [""] * 4
