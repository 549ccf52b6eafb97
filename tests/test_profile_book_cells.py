"""A value comes back from its cell as it was; what a person types means what it looks like."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbook_tools.profile_book.cells import (
    EMPTY,
    NOT_SAID,
    WrongCellError,
    decoded,
    encoded,
    joined,
    parted,
    read,
    shown,
)
from workbook_tools.profile_book.parts import Kind
from workbook_tools.profile_book.tables import KINDS

if TYPE_CHECKING:
    from workbook_tools.grids import CellValue

# No profile holds a NUL, and no file a lone surrogate.
TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")) | st.text("\\u0041;ё \t\r\n\u200b")


@given(TEXTS)
def test_a_text_comes_back(text: str) -> None:
    cell = encoded(text)
    assert decoded(cell) == text
    assert cell == cell.strip()
    assert "\r" not in cell
    assert "\ufffe" not in cell


@given(st.lists(TEXTS, max_size=4))
def test_words_come_back(words: list[str]) -> None:
    assert parted(joined(words)) == words


@given(st.floats(allow_nan=False) | st.integers())
def test_a_number_comes_back(number: float) -> None:
    cell = shown(number, Kind.NUMBER, {})
    assert isinstance(cell, str | int | float)
    assert read(cell, Kind.NUMBER, {}) == number


@given(st.dates(min_value=datetime.date(1, 1, 1)))
def test_a_day_comes_back_also_written_out(day: datetime.date) -> None:
    assert read(day, Kind.DATE, {}) == day
    assert read(f"{day:%d.%m}.{day.year:04}", Kind.DATE, {}) == day
    assert read(datetime.datetime.combine(day, datetime.time()), Kind.DATE, {}) == day


@pytest.mark.parametrize("kind", list(Kind))
def test_a_blank_cell_means_what_its_kind_says(kind: Kind) -> None:
    blank = {Kind.TEXT: "", Kind.PARAGRAPHS: "", Kind.WORDS: []}
    assert read("", kind, KINDS if kind is Kind.CHOICE else {}) == blank.get(kind, NOT_SAID)
    assert shown(None, kind, {}) is None


def test_an_empty_text_differs_from_one_that_is_not_said() -> None:
    assert shown("", Kind.ENTRY, {}) == EMPTY
    assert read(EMPTY, Kind.ENTRY, {}) == ""
    assert shown("", Kind.TEXT, {}) == ""


@pytest.mark.parametrize(
    ("typed", "kind", "meant"),
    [
        (" Министерство ", Kind.TEXT, "Министерство"),
        (118, Kind.TEXT, "118"),
        ("приём; выдача ;; учёт;", Kind.WORDS, ["приём", "выдача", "учёт"]),
        ("1 000", Kind.NUMBER, 1000),
        ("2,5", Kind.NUMBER, 2.5),
        (75.0, Kind.NUMBER, 75),
        (True, Kind.FLAG, True),
        (" НЕТ", Kind.FLAG, False),
        ("Цифровая", Kind.CHOICE, "digital"),
        ("offline", Kind.CHOICE, "offline"),
        ("2026-12-15", Kind.DATE, datetime.date(2026, 12, 15)),
        ("5.1.2027", Kind.DATE, datetime.date(2027, 1, 5)),
    ],
)
def test_what_a_person_types_is_understood(typed: CellValue, kind: Kind, meant: object) -> None:
    assert read(typed, kind, KINDS if kind is Kind.CHOICE else {}) == meant


@pytest.mark.parametrize(
    ("typed", "kind", "told"),
    [
        ("много", Kind.NUMBER, "«много» не число. Впишите число цифрами"),
        ("31.02.2026", Kind.DATE, "«31.02.2026» не дата. Запишите её в виде дд.мм.гггг, например 15.12.2026"),
        ("декабрь", Kind.DATE, "«декабрь» не дата. Запишите её в виде дд.мм.гггг, например 15.12.2026"),
        ("иногда", Kind.FLAG, "«иногда» здесь не предусмотрено. Выберите: «да», «нет»"),
        ("смешанная", Kind.CHOICE, "«смешанная» здесь не предусмотрено. Выберите: «цифровая», «офлайн»"),
    ],
)
def test_what_cannot_be_meant_is_told_with_what_is_wanted(typed: str, kind: Kind, told: str) -> None:
    with pytest.raises(WrongCellError) as refused:
        read(typed, kind, KINDS if kind is Kind.CHOICE else {})
    assert str(refused.value) == told
