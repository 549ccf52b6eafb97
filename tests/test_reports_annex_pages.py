"""The form on pages: no page with a header alone, names whole wherever they stand, room left for rounding."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbook_tools.printed import AnnexRow
from workbook_tools.reports.annex_pages import PAGE_HEIGHT_PT, Form, Layout, laid_out, spans
from workbook_tools.xlsx.measure import SERIF, line_count, lines_height

FORM = Form((4.0, 22.0, 28.0, 26.0, 29.0, 16.0), 12, 235.0, 53.0)
PAPER_PT = (210 - 40) / 25.4 * 72


def row(process: str, needs: str, number: str = "1") -> AnnexRow:
    return AnnexRow(number, "Взаимодействие с внутренним клиентом", process, "здание", needs, "Офлайн-точка")


def filled(layout: Layout) -> list[float]:
    """Return how much of each page is used, in points."""
    used = [FORM.top, *[FORM.repeated] * layout.pages[-1]]
    for height, page in zip(layout.heights, layout.pages, strict=True):
        used[page] += height
    return used


rows = st.lists(
    st.builds(
        lambda process, stages, needs: [row(f"процесс {process} " * stages, "потребность; " * needs)] * (process + 1),
        st.integers(0, 4),
        st.integers(1, 30),
        st.integers(1, 120),
    ),
    min_size=1,
    max_size=6,
).map(lambda groups: [item for group in groups for item in group])


@settings(deadline=None)
@given(rows)
def test_every_page_holds_its_rows_and_every_name_is_whole_on_it(given_rows: list[AnnexRow]) -> None:
    layout = laid_out(given_rows, FORM)
    assert all(used <= PAGE_HEIGHT_PT for used in filled(layout))
    for column in (1, 2):
        for first, last in spans(layout.rows, column + 1, layout.pages):
            lines = line_count(layout.rows[first][column], FORM.widths[column], FORM.size, SERIF)
            assert sum(layout.heights[first : last + 1]) >= lines_height(lines, FORM.size) - 0.01


@settings(deadline=None)
@given(rows)
def test_no_word_is_lost_and_no_page_is_without_a_row(given_rows: list[AnnexRow]) -> None:
    layout = laid_out(given_rows, FORM)
    assert " ".join(" ".join(item.needs for item in layout.rows).split()) == " ".join(
        " ".join(item.needs for item in given_rows).split()
    )
    assert sorted(set(layout.pages)) == list(range(layout.pages[-1] + 1))


@pytest.mark.parametrize("needs", [10, 40, 150, 600])
def test_the_first_page_is_never_a_header_alone(needs: int) -> None:
    layout = laid_out([row("Учёт", "получение разъяснения по вопросу; " * needs)], FORM)
    assert layout.pages[0] == 0
    assert all(used > PAGE_HEIGHT_PT * 0.55 for used in filled(layout)[1:-1])


def test_a_long_record_goes_on_after_a_whole_item_of_its_list() -> None:
    layout = laid_out([row("Учёт", "; ".join(f"получение разъяснения № {at}" for at in range(80)))], FORM)
    assert len(layout.rows) > 2
    assert all(item.needs.endswith(";") for item in layout.rows[:-1])


@pytest.mark.parametrize("count", [9, 12, 15, 16, 20, 31, 44])
def test_a_last_page_holds_more_than_the_end_of_a_broken_process(count: int) -> None:
    layout = laid_out([row("Рассмотрение обращений граждан", f"потребность {at}") for at in range(count)], FORM)
    if layout.pages[-1]:
        assert filled(layout)[-1] - FORM.repeated > PAGE_HEIGHT_PT * 0.2


def test_a_process_that_no_page_holds_begins_where_the_one_before_it_ends() -> None:
    small, large = [row("Малый", "потребность")], [row("Большой", f"потребность {at}") for at in range(40)]
    first = [row("Первый", f"потребность {at}") for at in range(9)]
    layout = laid_out([*first, *small, *large], FORM)
    assert layout.pages[len(first)] == layout.pages[len(first) + 1]


def test_a_text_without_a_space_is_whole_in_the_rows_that_go_on() -> None:
    layout = laid_out([row("Учёт", "щ" * 1000)], FORM)
    assert "".join(item.needs for item in layout.rows) == "щ" * 1000
    for item, height in zip(layout.rows, layout.heights, strict=True):
        assert height >= lines_height(line_count(item.needs, FORM.widths[4], FORM.size, SERIF), FORM.size)


def test_a_page_has_room_for_the_rounding_of_its_rows() -> None:
    heights = laid_out([row(f"Процесс {at}", "потребность") for at in range(200)], FORM)
    rows_on_a_page = max(heights.pages.count(page) for page in set(heights.pages))
    assert max(filled(heights)) + rows_on_a_page * 0.375 <= PAPER_PT
