"""A table is printed on the smallest paper on which it can still be read."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from workbook_tools.xlsx.printing import A3, A4, PAGE_PIXELS, paper, pixels

widths = st.lists(st.floats(1, 60), max_size=20)


@given(widths, widths)
def test_a_wider_table_never_goes_on_smaller_paper(one: list[float], more: list[float]) -> None:
    assert (paper(one), paper([*one, *more])) != (A3, A4)


@given(widths)
def test_on_a4_three_quarters_of_the_size_are_left(one: list[float]) -> None:
    assert (paper(one) == A4) == (pixels(one) * 0.75 <= PAGE_PIXELS)


def test_upright_paper_has_room_for_less() -> None:
    assert paper([140.0]) == A4
    assert paper([140.0], landscape=False) == A3
