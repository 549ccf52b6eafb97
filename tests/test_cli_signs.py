"""On a console that lacks a sign something like it is shown, whatever the sign and the console."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbook_tools.cli.signs import nearest

ENCODINGS = ["cp866", "cp1251", "koi8-r", "ascii", "cp437"]


def on(encoding: str, text: str) -> str:
    """Return a text as a console of an encoding shows it."""
    return "".join(sign if has(encoding, sign) else nearest(sign, encoding) for sign in text)


def has(encoding: str, sign: str) -> bool:
    try:
        sign.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


@pytest.mark.parametrize(
    ("encoding", "shown"),
    [
        ("cp866", '"Ёлка" - № 1... -> ось >= 2 м x 3 [x]'),
        ("cp1251", "«Ёлка» – № 1… -> ось >= 2 м x 3 [x]"),
        ("koi8-r", '"Ёлка" - N 1... -> ось ≥ 2 м x 3 [x]'),
        ("ascii", '"Yolka" - N 1... -> os >= 2 m x 3 [x]'),
    ],
)
def test_signs_of_our_messages_have_their_like(encoding: str, shown: str) -> None:
    assert on(encoding, "«Ёлка» – № 1… → ось ≥ 2\u202fм × 3 ☑") == shown


def test_a_frame_of_a_table_stays_a_frame() -> None:
    assert on("cp866", "╭─┐│") == "+─┐│"
    assert on("cp1251", "╭─┐│") == "+-+|"


def test_russian_letters_are_spelled_where_there_are_none() -> None:
    assert on("ascii", "Съешь ещё ЩИ, юный Йог") == "Sesh eshchyo ShchI, yunyj Jog"
    assert on("ascii", "50 ₽, 5 °C") == "50 rub., 5 grad.C"


def test_what_has_no_like_is_shown_by_its_code() -> None:
    assert on("cp866", "😀 界") == "\\U0001f600 \\u754c"


@given(st.text(), st.sampled_from(ENCODINGS))
def test_whatever_is_shown_can_be_written(text: str, encoding: str) -> None:
    on(encoding, text).encode(encoding)
