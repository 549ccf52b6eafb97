"""The changed words of two texts are marked and nothing else; joined again, the pieces are the texts as written."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.books import PROFILE
from workbook_tools.comparing.marking import Marked, Piece, marked, marked_needs
from workbook_tools.text import split_list

TEXTS = st.one_of(
    st.text(max_size=40),
    st.text(alphabet="абв №5.,;«»–\n\u00a0", max_size=30),
    st.lists(st.sampled_from("Приём выдача справок и заявлений № 5 , . – « »".split()), max_size=10).map(" ".join),  # noqa: SIM905 - words
)
NEEDS = st.lists(
    st.sampled_from(["Получение консультации", "консультация", "Подача жалобы", "подача Жалобы.", "Приём", " "]),
    max_size=6,
).map(";".join)


def text(pieces: tuple[Piece, ...]) -> str:
    return "".join(piece.text for piece in pieces)


def of(pieces: tuple[Piece, ...], mark: str) -> list[str]:
    return [piece.text for piece in pieces if piece.mark == mark]


# --- words ---------------------------------------------------------------------------------------------------------


def test_only_the_changed_words_are_marked() -> None:
    both = marked("Приём заявлений на отпуск", "Приём обращений на отпуск")
    assert both.before == (Piece("Приём ", "same"), Piece("заявлений", "removed"), Piece(" на отпуск", "same"))
    assert both.after == (Piece("Приём ", "same"), Piece("обращений", "added"), Piece(" на отпуск", "same"))


def test_what_is_added_at_the_end_is_marked_there_only() -> None:
    both = marked("Выдача справок", "Выдача справок о стаже")
    assert both.before == (Piece("Выдача справок", "same"),)
    assert both.after == (Piece("Выдача справок", "same"), Piece(" о стаже", "added"))


def test_a_number_is_changed_as_a_whole() -> None:
    both = marked("Договор № 125", "Договор № 126")
    assert (of(both.before, "removed"), of(both.after, "added")) == (["125"], ["126"])


def test_punctuation_is_marked_apart_from_the_word_beside_it() -> None:
    both = marked("Приём, выдача", "Приём; выдача")
    assert (of(both.before, "removed"), of(both.after, "added")) == ([","], [";"])


@pytest.mark.parametrize("blank", ["", " "])
def test_a_text_that_came_is_all_added_and_one_that_went_all_removed(blank: str) -> None:
    assert of(marked(blank, "Приём").after, "added") == ["Приём"]
    assert of(marked("Приём", blank).before, "removed") == ["Приём"]


def test_two_blank_texts_have_no_pieces() -> None:
    assert marked("", "") == Marked((), ())


@settings(deadline=None, max_examples=200)
@given(TEXTS, TEXTS)
def test_joined_again_the_pieces_are_the_texts(before: str, after: str) -> None:
    both = marked(before, after)
    assert (text(both.before), text(both.after)) == (before, after)


@settings(deadline=None, max_examples=150)
@given(TEXTS)
def test_equal_texts_are_the_same_throughout(same: str) -> None:
    expected = (Piece(same, "same"),) if same else ()
    assert marked(same, same) == Marked(expected, expected)


@settings(deadline=None, max_examples=150)
@given(TEXTS, TEXTS)
def test_the_same_words_stand_on_both_sides_in_the_same_order(before: str, after: str) -> None:
    both = marked(before, after)
    assert "".join(of(both.before, "same")) == "".join(of(both.after, "same"))
    assert {piece.mark for piece in both.before} <= {"same", "removed"}
    assert {piece.mark for piece in both.after} <= {"same", "added"}


@settings(deadline=None, max_examples=100)
@given(TEXTS, TEXTS)
def test_pieces_have_text_and_neighbours_of_one_mark_are_one(before: str, after: str) -> None:
    for pieces in marked(before, after):
        assert all(piece.text for piece in pieces)
        assert all(one.mark != other.mark for one, other in pairwise(pieces))


# --- needs ---------------------------------------------------------------------------------------------------------


def test_needs_in_another_order_are_the_same() -> None:
    both = marked_needs("Подача жалобы; Приём", "Приём; Подача жалобы", PROFILE)
    assert both == Marked((Piece("Подача жалобы; Приём", "same"),), (Piece("Приём; Подача жалобы", "same"),))


def test_a_need_that_went_is_struck_and_one_that_came_is_added_whole() -> None:
    both = marked_needs("Получение консультации; Подача жалобы", "Подача запроса; Получение консультации", PROFILE)
    assert both.before == (Piece("Получение консультации; ", "same"), Piece("Подача жалобы", "removed"))
    assert both.after == (Piece("Подача запроса", "added"), Piece("; Получение консультации", "same"))


def test_an_item_spelled_otherwise_is_marked_word_by_word() -> None:
    both = marked_needs("Приём; подача Жалобы", "подача жалобы; Приём", PROFILE)
    assert (of(both.before, "removed"), of(both.after, "added")) == (["Жалобы"], ["жалобы"])


def test_another_wording_of_one_need_is_marked_inside_the_item() -> None:
    both = marked_needs("Получение консультации", "Получение консультации клиентом", PROFILE)
    assert both.before == (Piece("Получение консультации", "same"),)
    assert both.after == (Piece("Получение консультации", "same"), Piece(" клиентом", "added"))


@settings(deadline=None, max_examples=150)
@given(NEEDS, NEEDS)
def test_joined_again_the_pieces_are_the_items_of_both_lists(before: str, after: str) -> None:
    both = marked_needs(before, after, PROFILE)
    assert text(both.before) == "; ".join(split_list(before))
    assert text(both.after) == "; ".join(split_list(after))


@settings(deadline=None, max_examples=100)
@given(NEEDS)
def test_equal_needs_are_the_same_throughout(needs: str) -> None:
    both = marked_needs(needs, "; ".join(reversed(split_list(needs))), PROFILE)
    items = [PROFILE.need_key(item) for item in split_list(needs)]
    if len(items) == len(set(items)):
        assert {piece.mark for piece in (*both.before, *both.after)} <= {"same"}
