"""What counts as equal text, and what is tidied."""

from __future__ import annotations

import inspect
import re
from random import Random

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from workbook_tools import text as text_module
from workbook_tools.text import compare_key, join_list, list_key, one_script, plural, shown, split_list, tidy

# What is met in workbooks: both scripts, look-alikes, every kind of space, quote and dash, invisible signs.
ALPHABET = "АВСЕНКМОРТХУЖЭёЁйсеорхуABCEHKMOPTXYSzceopxyßſﬁ019 \t\n\u00a0\u2009\u200b\u00ad\ufeff.;,«»„“\"'’—–-−()№"
typed = st.text(ALPHABET) | st.text(st.characters(exclude_categories=["Cs", "Mn", "Mc", "Me"]))


steady = st.text("АЯажяёйЙ09.,;:()/%№\"'+- »aA\t", max_size=12)


@given(typed | steady)
def test_a_steady_text_has_the_form_that_any_text_is_given(text: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(text_module, "_STEADY", re.compile("(?!)"))
        slowly = inspect.unwrap(compare_key)(text)
    assert inspect.unwrap(compare_key)(text) == slowly


def test_tidy_leaves_one_kind_of_space_and_no_edges() -> None:
    assert tidy("\u00a0Отдел\r\n  кадров\t\u2009(пример) ") == "Отдел кадров (пример)"


def test_tidy_drops_invisible_signs() -> None:
    assert tidy("\ufeffпе\u00adре\u200bчень\u200e") == "перечень"


def test_tidy_composes_letters() -> None:
    assert tidy("и\u0306 е\u0308") == "й ё"


def test_tidy_composes_letters_torn_by_an_invisible_sign() -> None:
    assert tidy("и\u200d\u0306") == "й"


def test_tidy_keeps_letters_case_quotes_and_dashes() -> None:
    assert tidy('СЭД «ДелоПро» — "Ёлка" №\u00a01.') == 'СЭД «ДелоПро» — "Ёлка" № 1.'


@given(st.text())
@example("и\u200d\u0306")
def test_tidying_twice_is_tidying_once(text: str) -> None:
    assert tidy(tidy(text)) == tidy(text)


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("CЭД", "СЭД"),
        ("Cистема докyментов", "Система документов"),
        ("Wоrd", "Word"),
        ("Excel", "Excel"),
        ("СЭД", "СЭД"),
        ("COBET", "COBET"),
        ("eДокумент", "еДокумент"),
        ("iФорма", "iФорма"),
        ("СЭД-PRO", "СЭД-PRO"),
    ],
)
def test_only_a_word_of_two_scripts_whose_foreign_letters_have_twins_changes(word: str, expected: str) -> None:
    assert one_script(word) == expected


@given(typed)
def test_putting_words_into_one_script_keeps_the_length_and_settles(text: str) -> None:
    assert len(one_script(text)) == len(text)
    assert one_script(one_script(text)) == one_script(text)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Здание Министерства", "здание  министерства"),
        ("приём", "прием"),
        ("«Госуслуги»", '"Госуслуги"'),
        ("офлайн–точка", "офлайн-точка"),
        ("Оформление отчета.", "Оформление отчета"),
        ("CЭД", "СЭД"),
        ("Дом\u00a0Советов", "Дом Советов"),
        ("перенесён­ный", "перенесенный"),
    ],
)
def test_editorial_differences_make_no_difference(one: str, other: str) -> None:
    assert compare_key(one) == compare_key(other)


@pytest.mark.parametrize(("one", "other"), [("приказ № 1", "приказ № 2"), ("отдел", "отделы"), ("а, б", "а б")])
def test_words_signs_and_numbers_make_a_difference(one: str, other: str) -> None:
    assert compare_key(one) != compare_key(other)


@given(typed)
@example("ёs")
@example("ſа")
@example("a. .")
def test_a_comparison_key_is_its_own_key(text: str) -> None:
    assert compare_key(compare_key(text)) == compare_key(text)


@given(st.text(ALPHABET))
def test_tidying_and_case_leave_the_comparison_key(text: str) -> None:
    assert compare_key(tidy(text)) == compare_key(text)


def test_a_list_is_split_at_semicolons_only() -> None:
    assert split_list(" подача жалобы/запроса;; консультация, ответ ;\n") == (
        "подача жалобы/запроса",
        "консультация, ответ",
    )


@given(st.lists(typed))
def test_a_joined_list_splits_into_its_items(items: list[str]) -> None:
    clean = tuple(item for item in (tidy(text.replace(";", ",")) for text in items) if item)
    assert split_list(join_list(clean)) == clean


@given(st.lists(typed), st.randoms(use_true_random=False))
def test_order_and_repeats_leave_the_list_key(items: list[str], random: Random) -> None:
    shuffled = [*items, *items[:1]]
    random.shuffle(shuffled)
    assert list_key(";".join(shuffled)) == list_key(";".join(items))


def test_a_list_key_tells_items_from_their_concatenation() -> None:
    assert list_key("консультация; ответ") != list_key("консультация ответ")
    assert list_key("Ответ; консультация.") == list_key("консультация; ответ")
    assert list_key(" ; . ;") == ""


@pytest.mark.parametrize(
    ("count", "expected"),
    [
        (0, "0 записей"),
        (1, "1 запись"),
        (2, "2 записи"),
        (4, "4 записи"),
        (5, "5 записей"),
        (10, "10 записей"),
        (11, "11 записей"),
        (12, "12 записей"),
        (14, "14 записей"),
        (20, "20 записей"),
        (21, "21 запись"),
        (22, "22 записи"),
        (100, "100 записей"),
        (101, "101 запись"),
        (111, "111 записей"),
        (1_012, "1012 записей"),
        (1_023, "1023 записи"),
    ],
)
def test_a_count_bends_its_noun(count: int, expected: str) -> None:
    assert plural(count, "запись", "записи", "записей") == expected


@given(st.integers(min_value=0))
def test_a_count_and_the_same_count_past_a_hundred_take_one_form(count: int) -> None:
    assert plural(count, "а", "б", "в").split()[1] == plural(count + 100, "а", "б", "в").split()[1]


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("обычный «текст» – № 5", "обычный «текст» – № 5"),
        ("а\nб\tв", "а\\nб\\tв"),
        ("а\u202eб\u200b\ufeff", "а\\u202eб\\u200b\\ufeff"),
        ("байт \udcff", "байт \\xff"),
        ("\ud800", "\\ud800"),
        ("\x1b[31m\x00\x85\u2028", "\\x1b[31m\\x00\\x85\\u2028"),
        ("\U000e0001", "\\U000e0001"),
    ],
)
def test_what_hides_in_a_text_is_written_out(text: str, written: str) -> None:
    assert shown(text) == written
