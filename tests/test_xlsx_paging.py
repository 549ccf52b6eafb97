"""What announces rows never ends a page, and the pages are as full as that allows."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from workbook_tools.xlsx.paging import Pages, page_room, page_starts

heights = st.lists(st.floats(1, 60), max_size=40)
ROOM, REPEATED = 100.0, 20.0


def test_a_line_that_announces_rows_goes_on_the_page_of_the_first_of_them() -> None:
    assert page_starts([40, 40, 20, 40], ROOM) == [3]
    assert page_starts([40, 40, 20, 40], ROOM, announcing=[2]) == [2]
    assert page_starts([40, 40, 10, 10, 40], ROOM, announcing=[2, 3]) == [2]


def test_what_is_repeated_takes_room_on_every_further_page() -> None:
    assert page_starts([40] * 7, ROOM) == [2, 4, 6]
    assert page_starts([40] * 7, ROOM, 30) == [2, 3, 4, 5, 6]


@given(heights, st.sets(st.integers(0, 40)))
def test_no_page_ends_with_what_announces_unless_it_holds_nothing_else(rows: list[float], bands: set[int]) -> None:
    starts = page_starts(rows, ROOM, REPEATED, bands)
    assert starts == sorted(set(starts))
    for first, start in pairwise([0, *starts]):
        assert start - 1 not in bands or set(range(first, start)) <= bands


@given(heights, st.sets(st.integers(0, 40)))
def test_no_page_holds_more_than_it_has_room_for_but_for_a_single_row(rows: list[float], bands: set[int]) -> None:
    starts = page_starts(rows, ROOM, REPEATED, bands)
    for number, (first, end) in enumerate(pairwise([0, *starts, len(rows)])):
        used = (REPEATED if number else 0) + sum(rows[first:end])
        assert used <= ROOM + 1e-6 or end - first == 1


def test_a_wide_table_is_printed_smaller_and_a_page_holds_more_of_its_rows() -> None:
    assert page_room([100.0]) == page_room([50.0])
    assert page_room([100.0]) < page_room([180.0])


def test_written_downwards_a_row_without_room_starts_a_page() -> None:
    pages = Pages(ROOM)
    for row in range(5):
        pages.take(row, 40)
    assert pages.starts == [2, 4]
    pages.start(9)
    assert (pages.fit(100), pages.fit(101)) == (True, False)
    pages.take(9, 300)
    assert pages.starts == [2, 4, 9]


def test_rows_taken_together_are_parted_only_where_no_page_holds_them() -> None:
    pages = Pages(ROOM, REPEATED)
    pages.take(0, 50)
    pages.take(1, 30, 30)
    assert pages.starts == [1]
    pages.take(3, 30, 30, 30)
    assert pages.starts == [1, 3, 5]
    pages.take(6)
    assert pages.starts == [1, 3, 5]


def test_rows_begin_a_page_where_they_are_whole_there_or_need_no_more_pages() -> None:
    pages = Pages(ROOM)
    pages.take(0, 50)
    assert not pages.is_better_started([20, 20], 5, 10)
    assert pages.is_better_started([20, 20], 15, 10)
    assert not pages.is_better_started([40, 40, 40], 5, 10)
    assert pages.is_better_started([40, 40, 40, 40], 5, 10)


def test_no_page_starts_below_the_last_row() -> None:
    assert page_starts([30, 120], 30, 25) == [1]
    assert page_starts([], 30, 25) == []
