"""Every filled row of a data sheet is data, or is named as what it is."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.books import NEW, PROFILE, UnitBook, looked_at
from workbook_tools.grids import Book, Grid, Trouble
from workbook_tools.reading import rows as rows_module
from workbook_tools.reading.headers import Table
from workbook_tools.reading.rows import set_aside
from workbook_tools.reading.submission import submission_of
from workbook_tools.submissions import SET_ASIDE, SetAside, Submission

HEADERS = PROFILE.headers("data")
FIELDS = list(HEADERS)


def row(**texts: str) -> tuple[str, ...]:
    return tuple(texts.get(name, "") for name in FIELDS)


def read(*rows: tuple[str, ...], troubles: tuple[Trouble, ...] = ()) -> Submission:
    """Read a sheet of a title line, the header and these rows from row 3 on."""
    grid = Grid("Сведения", (("Сведения",), tuple(HEADERS.values()), *rows), troubles=troubles)
    return submission_of(Book("а.xlsx", "", (grid,)), PROFILE)


def below(found: Submission) -> list[SetAside]:
    return list(found.aside[2:])


def test_what_stands_above_the_header_and_the_header_are_named() -> None:
    found = read()
    assert found.aside == (SetAside(1, "above"), SetAside(2, "header"))
    assert (found.filled, found.rows) == (2, ())


def test_each_kind_of_row_that_is_no_data_is_named() -> None:
    found = read(
        row(number="1", action="включить"),
        row(number="2"),
        row(),
        tuple(HEADERS.values()),
        row(action="Действие", process="Наименование процесса", kind="вид точки"),
        row(activity="Итого:", needs="12"),
        row(number="Всего"),
        (*row(), "вне граф"),
        row(process="Итого по отделу", kind="офлайн"),
    )
    assert [item.number for item in found.rows] == [3, 11]
    whats = ["number", "repeated", "repeated", "total", "total", "stray"]
    assert below(found) == [SetAside(at, what) for at, what in zip((4, 6, 7, 8, 9, 10), whats, strict=True)]
    assert found.filled == 10


def test_a_cell_that_cannot_be_read_makes_a_row_data() -> None:
    found = read(row(number="1"), row(), troubles=(Trouble(2, 4, "error", "#REF!"), Trouble(3, 40, "error", "#N/A")))
    assert [item.number for item in found.rows] == [3]
    assert below(found) == [SetAside(4, "stray")]
    assert found.filled == 4


def test_a_row_that_holds_nothing_but_what_cannot_be_read_is_data_below_the_last_row_too() -> None:
    found = read(row(action="включить"), troubles=(Trouble(9, 4, "formula", "=A1"),))
    assert [(item.number, item.unreadable) for item in found.rows] == [(3, frozenset()), (10, {FIELDS[4]})]
    assert found.filled == 4


CELLS = st.sampled_from(["", " ", "1", "Итого", "включить", "Действие", "\u00a0", "\u200b"])


@given(st.lists(st.lists(CELLS, max_size=15).map(tuple), max_size=12))
def test_filled_rows_are_data_or_set_aside(rows: list[tuple[str, ...]]) -> None:
    found = read(*rows)
    assert len(found.rows) + len(found.aside) == found.filled
    assert {item.number for item in found.rows}.isdisjoint(item.row for item in found.aside)
    assert {item.what for item in found.aside} <= set(SET_ASIDE)


@settings(deadline=None)
@given(st.lists(st.lists(CELLS, max_size=15).map(tuple), max_size=12), st.permutations(range(len(FIELDS))))
def test_a_row_that_is_seen_to_be_data_at_once_is_data(rows: list[tuple[str, ...]], order: list[int]) -> None:
    header = tuple(HEADERS[FIELDS[at]] for at in order)
    book = Book("а.xlsx", "", (Grid("Сведения", (header, *rows)),))
    at_once = submission_of(book, PROFILE)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(rows_module, "_surely_data", lambda *_: set())
        assert submission_of(book, PROFILE) == at_once


@pytest.mark.parametrize("header", ["1", "№ п/п"])
def test_a_header_that_is_a_number_stands_again(header: str) -> None:
    headers = {"number": header, "code": "2", "process": "3"}
    table = Table(0, {name: at for at, name in enumerate(headers)}, (), ())
    grid = Grid("Сведения", (tuple(headers.values()), ("1", "2", "3"), ("2", "приём", "")))
    again = (SetAside(2, "repeated"),) if header == "1" else ()
    assert set_aside(grid, table, headers) == (SetAside(1, "header"), *again)


def test_a_sum_below_the_table_is_listed_and_breaks_nothing(tmp_path: Path) -> None:
    book = UnitBook()
    at = book.add(**NEW)
    book.put(at + 1, activity="Итого", needs="4")
    (found,) = looked_at(book.save(tmp_path / "КАДР.xlsx")).submissions
    assert SetAside(at + 1, "total") in found.aside
    assert at in [item.number for item in found.rows]
