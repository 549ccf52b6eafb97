"""What people read once, however many cells it stands in; nothing falls out of the count."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.books import PROFILE
from workbook_tools import findings as found
from workbook_tools.groups import Finding, first_of, grouped, worst_first
from workbook_tools.limits import CELL_CHARACTERS
from workbook_tools.records import rows
from workbook_tools.remarks import Place, Remark

if TYPE_CHECKING:
    from collections.abc import Iterable


def blank(row: int, header: str = "Вид точки") -> Remark:
    place = Place("ИТ", "ИТ.xlsx", "Сведения", f"I{row}", row, "kind", "")
    return Remark("П-02", "main", place, {"col": header})


def odd(row: int, value: str) -> Remark:
    place = Place("ИТ", "ИТ.xlsx", "Сведения", f"I{row}", row, "kind", value)
    return Remark("П-05", "main", place, {"v": value})


def worded(remarks: Iterable[Remark]) -> list[Finding]:
    return [*rows(found.of_remarks(remarks, PROFILE))]


def test_the_same_fault_in_two_hundred_cells_is_one_group() -> None:
    findings = worded(blank(row) for row in range(6, 206))
    (group,) = grouped(findings, PROFILE)
    assert (group.count, len(group.cells), group.alike) == (200, 200, True)
    assert first_of(group.cells, PROFILE.limits.shown_cells) == "I6, I7, I8, I9, I10 и ещё 195"
    assert group.message == "Не заполнена графа «Вид точки». Без неё сведения считаются неполными."


def test_a_few_faults_that_differ_stand_alone_and_many_become_one() -> None:
    limit = PROFILE.limits.shown_alike
    few = grouped(worded(odd(row, f"вид {row}") for row in range(limit)), PROFILE)
    assert [group.count for group in few] == [1] * limit
    (many,) = grouped(worded(odd(row, f"вид {row}") for row in range(limit + 1)), PROFILE)
    assert (many.count, many.alike) == (limit + 1, False)
    assert many.message.startswith("Вид точки «вид 0» не предусмотрен.")
    assert many.message.endswith(f" И ещё {limit} таких же замечаний к этой графе.")
    assert first_of(many.values, 2) == "вид 0, вид 1 и ещё 4"


def test_what_stands_on_no_cell_is_never_put_together() -> None:
    remarks = [Remark("П-24", "unused", Place(column="touchpoint"), {"tp": f"точка {n}"}) for n in range(20)]
    assert len(grouped(worded(remarks), PROFILE)) == 20


def test_of_nothing_there_are_no_groups() -> None:
    assert grouped([], PROFILE) == []


def test_what_was_probably_meant_follows_the_message() -> None:
    place = Place("ИТ", "ИТ.xlsx", "Сведения", "I6", 6, "kind", "цыфровая")
    findings = worded([Remark("П-05", "main", place, {"v": "цыфровая"}, "цифровая")])
    (group,) = grouped(findings, PROFILE)
    assert group.message.endswith(" Возможно, имелось в виду: «цифровая».")


@pytest.mark.parametrize(("count", "shown"), [(0, ""), (1, "а"), (2, "а, а"), (3, "а, а и ещё 1")])
def test_the_first_are_named_and_the_rest_counted(count: int, shown: str) -> None:
    assert first_of(("а",) * count, 2) == shown


@pytest.mark.parametrize(("texts", "limit"), [(("ж" * 20_000, "щ" * 20_000), 5), (("ж" * 32_767, "щ"), 1)])
def test_values_that_one_cell_does_not_hold_are_cut_and_each_is_seen(texts: tuple[str, ...], limit: int) -> None:
    shown = first_of(texts, limit)
    assert 30_000 < len(shown) <= CELL_CHARACTERS
    assert all(text[:1_000] in shown for text in texts[:limit])
    assert shown.endswith("щ…" if limit > 1 else "ж… и ещё 1")


def test_more_values_than_a_cell_has_room_for_still_fit() -> None:
    assert len(first_of([str(number) for number in range(20_000)], 50_000)) <= CELL_CHARACTERS


def test_answers_that_one_cell_does_not_hold_are_cut() -> None:
    findings = zip(worded([blank(6), blank(7)]), "да", strict=True)
    (group,) = grouped([{**finding, "answer": 20_000 * answer} for finding, answer in findings], PROFILE)
    assert len(group.answer) <= CELL_CHARACTERS
    assert [line[:3] for line in group.answer.splitlines()] == ["ддд", "ааа"]


kinds = st.builds(blank, st.integers(6, 30)) | st.builds(odd, st.integers(6, 30), st.text("абв", max_size=2))


@given(st.lists(kinds, max_size=60))
def test_the_groups_hold_every_finding_once(remarks: list[Remark]) -> None:
    findings = worded(remarks)
    groups = grouped(findings, PROFILE)
    assert sum(group.count for group in groups) == len(findings)
    assert sorted(cell for group in groups for cell in group.cells) == sorted(finding["cell"] for finding in findings)


def test_errors_stand_before_warnings_and_warnings_before_infos() -> None:
    given = [
        Remark("П-26", words={"a": "а", "b": "б"}),
        Remark("П-19", words={"id": "Т-0001", "unit2": "ИТ"}),
        blank(7),
        blank(3),
    ]
    heavy = worst_first(worded(given))
    assert [finding["severity"] for finding in heavy] == ["error", "error", "warning", "info"]
    assert [finding["row"] for finding in heavy[:2]] == [7, 3]


def test_a_book_of_decisions_that_is_none_stands_before_all_other_errors() -> None:
    book = Remark("П-20", "decisions_file", words={"why": "это текст, а не книга"})
    assert [finding["rule"] for finding in worst_first(worded([blank(7), blank(3), book]))] == ["П-20", "П-02", "П-02"]
