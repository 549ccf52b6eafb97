"""Heights are computed: more text never takes fewer lines, a wider column never more."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbook_tools.xlsx.measure import (
    MAX_HEIGHT,
    Heights,
    fitting_parts,
    fitting_width,
    line_count,
    lines_height,
    row_height,
    text_width,
)

texts = st.text("абвжшщЖШЩWMil., -\n«»№0123456789", max_size=80)
widths = st.floats(1, 255)
sizes = st.sampled_from([8.0, 10.0, 11.0, 12.0, 14.0])


@given(texts, texts, widths, sizes)
def test_more_text_never_takes_fewer_lines(text: str, more: str, width: float, size: float) -> None:
    assert line_count(text + more, width, size) >= line_count(text, width, size)


@given(texts, widths, widths, sizes)
def test_a_wider_column_never_takes_more_lines(text: str, one: float, other: float, size: float) -> None:
    assert line_count(text, max(one, other), size) <= line_count(text, min(one, other), size)


@given(texts, widths)
def test_a_bigger_font_never_takes_fewer_lines(text: str, width: float) -> None:
    counts = [line_count(text, width, size) for size in (8.0, 10.0, 12.0, 14.0)]
    assert counts == sorted(counts)


@given(texts, widths, sizes)
def test_the_text_of_every_line_has_room(text: str, width: float, size: float) -> None:
    assert text_width(text.replace("\n", ""), size) <= (line_count(text, width, size) + text.count(" ")) * width * 7


@given(st.lists(st.tuples(texts, widths), max_size=5), sizes, st.integers(1, 4))
def test_a_row_is_as_high_as_its_highest_cell_and_no_higher_than_a_row_can_be(
    cells: list[tuple[str, float]], size: float, least: int
) -> None:
    lines = max([least, *(line_count(text, width, size) for text, width in cells)])
    height = row_height([text for text, _ in cells], [width for _, width in cells], size, least)
    assert height == min(MAX_HEIGHT, lines_height(lines, size))


@given(st.lists(st.tuples(texts, texts), max_size=5), sizes, st.integers(1, 4))
def test_rows_measured_together_are_as_high_as_each_by_itself(
    rows: list[tuple[str, str]], size: float, least: int
) -> None:
    heights = Heights([12.0, 5.0], size, least=least).of(rows)
    assert heights == [row_height(list(row), [12.0, 5.0], size, least) for row in rows]


def test_a_row_of_other_columns_is_refused() -> None:
    with pytest.raises(ValueError, match="a row has not 2 texts"):
        Heights([12.0, 5.0], 10.0).of([("а", "б"), ("а",)])


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", 1),
        ("слово", 1),
        ("слово\nслово\n", 3),
        ("шестнадцать слов " * 8, 8),
        ("непрерывноеслово" * 4, 4),
    ],
)
def test_lines_are_counted_at_words_breaks_and_edges(text: str, lines: int) -> None:
    assert line_count(text, 20, 10) == lines


def test_wide_letters_take_more_room_than_narrow_ones() -> None:
    assert text_width("ШЩЖ", 10) > text_width("абв", 10) > text_width("il.", 10)
    assert text_width("абв", 20) == 2 * text_width("абв", 10)


def test_text_that_no_row_can_show_gives_the_highest_row() -> None:
    assert row_height(["слово " * 5_000], [10], 10) == MAX_HEIGHT == 409.0


def test_every_text_needs_its_width() -> None:
    with pytest.raises(ValueError, match="shorter"):
        row_height(["а", "б"], [10], 10)


@given(st.lists(st.integers(0, 900), max_size=4), st.sampled_from([8.0, 20.0, 60.0]))
def test_a_column_becomes_just_as_wide_as_its_texts_need_to_be_seen_whole(words: list[int], width: float) -> None:
    own = ["слово " * count for count in words]
    needed = fitting_width(own, width, 10)
    whole = [lines_height(line_count(text, needed, 10), 10) <= MAX_HEIGHT for text in own]
    assert needed == 100 or all(whole)
    before = [lines_height(line_count(text, width, 10), 10) <= MAX_HEIGHT for text in own]
    assert (needed == width) == all(before)


words = st.lists(st.text("абвщ", min_size=1, max_size=20) | st.integers(1, 900).map("щ".__mul__), max_size=100)


@given(
    words,
    st.sampled_from([" ", "; ", "\n", " \n\n"]),
    st.sampled_from([10.0, 29.0]),
    st.sampled_from([60.0, MAX_HEIGHT]),
)
def test_the_parts_of_a_text_are_the_text_and_each_fits_a_row(
    words: list[str], join: str, width: float, height: float
) -> None:
    text = join.join(words)
    parts = fitting_parts(text, width, 10, height=height)
    assert "".join("".join(parts).split()) == "".join(text.split())
    assert all(lines_height(line_count(part, width, 10), 10) <= height for part in parts)
