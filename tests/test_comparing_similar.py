"""What codes and keys leave over is matched by similarity as one assignment; a person has the last word."""

from __future__ import annotations

from itertools import permutations
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.books import ACCOUNTING, COMPUTING, MINISTRY, PHONE, PROFILE, SED, SOVIETS, STAFF, record
from workbook_tools import records
from workbook_tools.comparing import Change, compare
from workbook_tools.comparing.keys import compared, ordered
from workbook_tools.comparing.similar import LEAST, Similar, similar

Row = dict[str, Any]
PROCESS, IN_FULL = "Приём заявлений на отпуск", "Приём заявлений на отпуск в электронной форме"
STAFFED, LAID_OFF = "Приём заявлений на отпуск сотрудников", "Приём заявлений на отпуск служащих"
# What both editions hold besides, without a change.
STAYS = [
    ("Согласование служебных командировок", SOVIETS, "каб. 21"),
    ("Ремонт средств связи", SED, ""),
    ("Проведение медицинских осмотров", MINISTRY, "каб. 22"),
    ("Уборка помещений", SOVIETS, "каб. 23"),
    ("Хранение архивных дел", PHONE, "20-00-09"),
]


def row(process: str = PROCESS, touchpoint: str = MINISTRY, **values: str) -> Row:
    return record("", "КАДР", STAFF, process, touchpoint, contact="каб. 1") | values


BESIDE = [
    row(process, touchpoint, contact=contact, activity=activity, needs=f"Подача запроса {at}", kind="digital")
    for at, ((process, touchpoint, contact), activity) in enumerate(
        zip(STAYS, [ACCOUNTING, COMPUTING, COMPUTING, ACCOUNTING, COMPUTING], strict=True)
    )
]


def log(before: list[Row], after: list[Row]) -> list[Change]:
    return compare(records.frame([*before, *BESIDE]), records.frame([*after, *BESIDE]), PROFILE)


def pairs(found: list[Change]) -> list[tuple[str, str]]:
    """Return the names of the processes that were taken to be one."""
    return [
        (change.before["process"], change.after["process"])
        for change in found
        if change.before is not None and change.after is not None
    ]


def matched(before: list[Row], after: list[Row]) -> list[Similar]:
    """Match all records of two editions by similarity alone."""
    old, new = (compared(ordered(records.frame(side)), PROFILE) for side in (before, after))
    return similar(old, new, old.index, new.index, [])


def weight(one: Row, other: Row) -> float:
    """Return how much speaks for two records being one when there are no others, 0 where they are not matched."""
    return sum(term.weight for item in matched([one], [other]) for term in item.terms)


# --- one renamed process -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("process", [IN_FULL, "Принятие заявлений на отпуск", "Заявлений на отпуск: приём"])
def test_a_reworded_process_is_proposed_with_its_score_and_why(process: str) -> None:
    (change,) = log([row()], [row(process)])
    assert (change.classes, change.by, change.proposed) == (("process_renamed",), "similarity", True)
    assert 0.5 < change.score <= 0.99
    (speaks_for,) = change.evidence
    assert speaks_for.startswith("За: ")
    assert "слова наименования процесса" in speaks_for


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Приём заявлений", "Выдача трудовых книжек"),
        ("Договор № 5 об аренде", "Договор № 6 об аренде"),
        ("План мероприятий на 2024 год", "План мероприятий на 2025 год"),
        ("Приём документов, II этап", "Приём документов, III этап"),
    ],
)
def test_another_process_and_another_number_are_an_exclusion_and_a_new_record(one: str, other: str) -> None:
    found = log([row(one)], [row(other)])
    assert sorted(change.classes for change in found) == [("excluded",), ("new",)]
    assert not any(change.proposed for change in found)


def test_a_renamed_process_at_another_touchpoint_is_none() -> None:
    found = log([row(contact="")], [row(IN_FULL, SOVIETS, contact="", needs="Подача жалобы")])
    assert sorted(change.classes for change in found) == [("excluded",), ("new",)]


def test_all_records_of_a_process_are_renamed_together() -> None:
    places = [MINISTRY, SOVIETS, PHONE]
    found = log([row(PROCESS, place) for place in places], [row(IN_FULL, place) for place in places])
    assert [change.classes for change in found] == [("process_renamed",)] * 3
    assert len({change.score for change in found}) == 1


def test_with_the_name_other_columns_may_change() -> None:
    (change,) = log([row()], [row(IN_FULL, contact="каб. 2", key="yes")])
    assert change.classes == ("contact_changed", "process_renamed", "key_changed")


# --- one assignment ------------------------------------------------------------------------------------------------


def test_the_whole_is_weighed_where_the_best_pair_first_would_leave_two_records_alone() -> None:
    mistyped = "Приём заявлний на отпуск"
    workers, citizens = (f"{PROCESS} {whose}" for whose in ("служащих и работников", "граждан и организаций"))
    before, after = [row(), row(workers)], [row(mistyped), row(citizens)]
    best, second, third, none = (weight(one, other) for one in before for other in after)
    assert best > max(second, third)
    assert min(second, third) > none == 0.0
    assert second + third > best + LEAST
    found = log(before, after)
    assert sorted(pairs(found)) == sorted([(PROCESS, citizens), (workers, mistyped)])
    assert all(change.proposed for change in found)


@pytest.mark.parametrize("turn", range(2))
def test_neither_the_order_of_rows_nor_that_of_the_editions_decides(turn: int) -> None:
    one, other = [row(STAFFED), row(LAID_OFF)], [row(PROCESS), row(IN_FULL)]
    expected = sorted(pairs(log(one, other)))
    for before in permutations(one):
        for after in permutations(other):
            sides = (list(before), list(after))
            found = pairs(log(*(sides if turn == 0 else reversed(sides))))
            assert sorted(pair if turn == 0 else pair[::-1] for pair in found) == expected


# --- what fits as well ---------------------------------------------------------------------------------------------


def test_of_two_equally_good_new_processes_one_is_proposed_and_the_other_named() -> None:
    found = log([row()], [row(STAFFED), row(LAID_OFF)])
    assert sorted(change.classes for change in found) == [("new",), ("process_renamed",)]
    (renamed,) = [change for change in found if change.proposed]
    (new,) = [change for change in found if not change.proposed]
    assert renamed.score == pytest.approx(0.5, abs=0.02)
    assert renamed.evidence[-1] == f"Подходит и другое: «{new.record['process']}» – «{MINISTRY}»."


def test_of_two_equally_good_old_processes_one_is_proposed_and_the_other_named() -> None:
    found = log([row(STAFFED), row(LAID_OFF)], [row()])
    assert sorted(change.classes for change in found) == [("excluded",), ("process_renamed",)]
    (renamed,) = [change for change in found if change.proposed]
    (gone,) = [change for change in found if not change.proposed]
    assert renamed.score == pytest.approx(0.5, abs=0.02)
    assert renamed.evidence[-1] == f"Подходит и другое: «{gone.record['process']}» – «{MINISTRY}»."


def test_of_three_equally_good_ones_the_score_is_a_third() -> None:
    (item,) = matched([row(), *BESIDE], [row(f"{PROCESS} {whose}") for whose in ("граждан", "служащих", "женщин")])
    assert item.score == pytest.approx(1 / 3, abs=0.02)
    assert len(item.rivals_after) == 2
    assert item.rivals_before == ()
    assert item.after not in item.rivals_after


# --- what there is not ---------------------------------------------------------------------------------------------


def test_without_records_on_one_side_nothing_is_matched() -> None:
    assert matched([], [row()]) == matched([row()], []) == matched([], []) == []


def test_what_is_nothing_like_it_is_not_matched() -> None:
    assert matched([row(), *BESIDE], [row("Выдача трудовых книжек")]) == []


def test_only_the_records_left_over_are_matched() -> None:
    old, new = (compared(ordered(records.frame([row(text)])), PROFILE) for text in (PROCESS, IN_FULL))
    nobody = pd.Index([], dtype="int64")
    assert similar(old, new, nobody, new.index, []) == []
    assert similar(old, new, old.index, nobody, []) == []
    assert len(similar(old, new, old.index, new.index, [])) == 1


# --- laws ----------------------------------------------------------------------------------------------------------

NAMES = st.sampled_from(
    [PROCESS, IN_FULL, STAFFED, LAID_OFF, "Принятие заявлений на отпуск", "Отпуск: приём заявлений"]
)
EDITIONS = st.lists(
    st.builds(row, NAMES, st.sampled_from([MINISTRY, PHONE]), activity=st.sampled_from([STAFF, COMPUTING])),
    max_size=6,
)


@settings(deadline=None, max_examples=25)
@given(EDITIONS, EDITIONS)
def test_no_record_is_matched_with_two_and_every_pair_is_above_the_threshold(
    before: list[Row], after: list[Row]
) -> None:
    found = matched(before, after)
    assert len({item.before for item in found}) == len({item.after for item in found}) == len(found)
    assert all(sum(term.weight for term in item.terms) > LEAST for item in found)
    assert all(0.0 < item.score <= 0.99 for item in found)


@settings(deadline=None, max_examples=25)
@given(EDITIONS, EDITIONS)
def test_the_same_pairs_are_found_with_the_editions_swapped(before: list[Row], after: list[Row]) -> None:
    there, back = matched(before, after), matched(after, before)
    assert len(there) == len(back)
    assert sorted(item.score for item in there) == pytest.approx(sorted(item.score for item in back), abs=0.011)
