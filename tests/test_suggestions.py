"""What was probably meant: near enough, or typed in the wrong layout; never nonsense from far away."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.books import PROFILE
from workbook_tools.suggestions import Alike, nearest, numbers_in, of_names
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


def test_the_key_most_alike_is_found_by_letters_or_by_words_in_any_order() -> None:
    keys = Alike(["ведение личных дел", "выдача справок", "прием заявлений"])
    assert keys.to("ведение личных делах", "", 90) == "ведение личных дел"
    assert keys.to("справок выдача", "", 90) == "выдача справок"
    assert keys.to("выдача справок", "выдача справок", 90) == ""
    assert keys.to("снабжение", "", 90) == ""
    assert Alike([]).to("выдача справок", "", 90) == ""


def test_of_two_that_are_as_alike_the_first_is_named() -> None:
    assert Alike(["выдача справки а", "выдача справки б"]).to("выдача справки в", "", 90) == "выдача справки а"


def test_the_numbers_of_a_name_are_told_apart_from_its_words() -> None:
    assert numbers_in("отчет № 12 за 2024 год, форма 4-а") == ("12", "2024", "4")
    assert numbers_in("отчет") == ()
