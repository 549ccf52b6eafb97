"""What was probably meant: near enough, or typed in the wrong layout; never nonsense from far away."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.books import PROFILE
from workbook_tools.suggestions import nearest, of_names, similar
from workbook_tools.text import compare_key

LEAST = PROFILE.limits.suggestion
RUSSIAN = "йцукенгшщзхъфывапролджэячсмитьбю"
LATIN = "qwertyuiop[]asdfghjkl;'zxcvbnm,."
TO_LATIN = str.maketrans(RUSSIAN, LATIN)


def meant(listing: str, text: str) -> str:
    return nearest(text, PROFILE.wordings[listing], LEAST)


@pytest.mark.parametrize(
    ("listing", "text", "expected"),
    [
        ("touchpoints", "телефоная связь", "телефонная связь"),
        ("touchpoints", "связь телефонная", "телефонная связь"),
        ("touchpoints", "сайт министерсва", "официальный сайт Министерства"),
        ("touchpoints", "Ntktajyyfz cdzpm", "телефонная связь"),
        ("touchpoints", "CЭД ДелоПро", "система электронного документооборота (СЭД)"),
        ("kinds", "цыфровая", "цифровая"),
        ("kinds", "jakfqy", "офлайн"),
        ("kinds", "ofline", "офлайн"),
        ("activities", "Кадровая робота", "кадровая работа"),
        ("answers", "HET", "нет"),
        ("answers", "lf", "да"),
        ("actions", "bcrk.xbnm", "исключить"),
        ("actions", "без изменения", "без изменений"),
        ("clients", "внутрений", "внутренний"),
        ("units", "Отдел кадроа (пример)", "КАДР"),
    ],
)
def test_a_slip_is_understood(listing: str, text: str, expected: str) -> None:
    assert meant(listing, text) == expected


@pytest.mark.parametrize(
    ("listing", "text"),
    [
        ("touchpoints", "Telegram-бот"),
        ("touchpoints", "Чат-бот"),
        ("touchpoints", "здание"),
        ("touchpoints", "МФЦ"),
        ("kinds", "смешанная"),
        ("answers", "не"),
        ("answers", "д"),
        ("clients", "все"),
        ("units", "СПОРТ"),
        ("units", "ИТД"),
        ("activities", "спорт"),
        ("actions", ""),
        ("actions", "   "),
    ],
)
def test_nothing_far_away_is_proposed(listing: str, text: str) -> None:
    assert meant(listing, text) == ""


def test_between_two_things_equally_near_nothing_is_chosen() -> None:
    assert nearest("процесс 3", of_names(["процесс 1", "процесс 2"]), LEAST) == ""
    assert nearest("процесс 3", {"процесс 1": "один", "процесс 2": "один"}, LEAST) == "один"


def test_of_nothing_nothing_is_chosen() -> None:
    assert nearest("прием", {}, LEAST) == ""


@given(st.text(max_size=30), st.lists(st.text(min_size=1, max_size=20), max_size=6))
def test_what_is_proposed_is_always_one_of_the_things_that_can_be_meant(text: str, names: list[str]) -> None:
    assert nearest(text, of_names(names), LEAST) in {"", *names}


@given(st.text(alphabet=RUSSIAN, min_size=2, max_size=20))
def test_a_word_typed_in_the_wrong_layout_comes_back(word: str) -> None:
    typed = word.translate(TO_LATIN)
    assert compare_key(nearest(typed, of_names([word, "совсем другое"]), LEAST)) == compare_key(word)


@pytest.mark.parametrize(
    ("one", "other", "near"),
    [
        ("Ведение личных дел", "Ведение личных делах", True),
        ("Выдача справок", "выдача справок.", True),
        ("Отчет за 2024 год", "Отчет за 2025 год", False),
        ("Выдача справки № 1", "Выдача справки № 2", False),
        ("Выдача справок", "Прием заявлений", False),
    ],
)
def test_names_are_alike_by_their_words_and_never_where_a_number_differs(one: str, other: str, *, near: bool) -> None:
    assert (similar(one, other) >= PROFILE.limits.similar_process) is near
    assert similar(one, other) == similar(other, one)
