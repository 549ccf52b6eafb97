"""Of all processes only those worth weighing are brought together: no renamed one is missed, none without a point."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.editions import HEAVY, MODERATE, Editing, pair
from tests.books import MINISTRY, PHONE, PROFILE, SED, SOVIETS, STAFF, record
from workbook_tools import records
from workbook_tools.comparing.candidates import candidates
from workbook_tools.comparing.evidence import Process
from workbook_tools.comparing.keys import compared, ordered
from workbook_tools.comparing.names import name_of

if TYPE_CHECKING:
    import pandas as pd

Row = dict[str, Any]


class Side(NamedTuple):
    """An edition: its processes, and the frame their records stand in."""

    processes: list[Process]
    keys: pd.DataFrame
    by_row: dict[int, int]


def side(edition: pd.DataFrame) -> Side:
    raw = ordered(edition)
    keys = compared(raw, PROFILE)
    found: dict[tuple[str, str], Process] = {}
    by_row = {}
    for label, (activity, process, touchpoint, name) in enumerate(
        keys[["activity", "process", "touchpoint", "name"]].itertuples(index=False, name=None)
    ):
        item = found.setdefault((activity, process), Process(activity, process, name_of(name)))
        again = sum(place.rstrip("\n") == touchpoint for place in item.rows)
        item.rows[touchpoint + "\n" * again] = label
        by_row[int(raw["row"].iloc[label])] = list(found).index((activity, process))
    return Side(list(found.values()), keys, by_row)


def near(old: Side, new: Side) -> list[tuple[int, int]]:
    return list(candidates(old.processes, new.processes, (old.keys, new.keys)))


@lru_cache(maxsize=4)
def generated(editing: Editing, seed: int) -> tuple[Side, Side, frozenset[tuple[int, int]]]:
    """Return both sides of a generated pair and the positions of the processes that were reworded."""
    made = pair(1_000, editing, PROFILE, seed, coded=False)
    old, new = side(made.old), side(made.new)
    renamed = {(old.by_row[was], new.by_row[now]) for kind, was, now in made.truth if kind == "process_renamed"}
    return old, new, frozenset(renamed)


def shared(old: Side, new: Side, place: tuple[int, int]) -> bool:
    return bool(old.processes[place[0]].rows.keys() & new.processes[place[1]].rows.keys())


# --- a register of some four hundred processes ---------------------------------------------------------------------

GENERATED = [(MODERATE, 1_201), (HEAVY, 1_202)]


@pytest.mark.parametrize(("editing", "seed"), GENERATED)
def test_no_reworded_process_is_missed(editing: Editing, seed: int) -> None:
    old, new, renamed = generated(editing, seed)
    assert len(old.processes) > 380
    assert len(renamed) > 25
    found = set(near(old, new))
    assert [place for place in sorted(renamed) if shared(old, new, place) and place not in found] == []


@pytest.mark.parametrize(("editing", "seed"), GENERATED)
def test_far_fewer_are_weighed_than_there_are_pairs_and_all_share_a_touchpoint(editing: Editing, seed: int) -> None:
    old, new, _ = generated(editing, seed)
    found = near(old, new)
    assert len(found) < len(old.processes) * len(new.processes) / 5
    assert [place for place in found if not shared(old, new, place)] == []


def test_the_same_are_found_whichever_edition_is_the_earlier() -> None:
    old, new, _ = generated(*GENERATED[0])
    assert {(one, other) for other, one in near(new, old)} == set(near(old, new))


def test_they_come_in_order_and_each_once() -> None:
    old, new, _ = generated(*GENERATED[0])
    found = near(old, new)
    assert found == sorted(set(found))


# --- small editions ------------------------------------------------------------------------------------------------


def row(process: str, touchpoint: str = MINISTRY, **values: str) -> Row:
    return record("", "КАДР", STAFF, process, touchpoint) | values


def small(*rows: Row) -> Side:
    return side(records.frame(rows))


@pytest.mark.parametrize(("old", "new"), [([], []), ([row("Приём")], []), ([], [row("Приём")])])
def test_an_edition_without_processes_has_no_candidates(old: list[Row], new: list[Row]) -> None:
    assert near(small(*old), small(*new)) == []


def test_processes_of_other_touchpoints_are_never_brought_together() -> None:
    assert near(small(row("Приём заявлений", PHONE)), small(row("Приём заявлений", MINISTRY))) == []


def test_a_touchpoint_by_another_of_its_names_is_the_same() -> None:
    assert near(small(row("Приём заявлений", "СЭД")), small(row("Принятие заявлений", SED))) == [(0, 0)]


def test_processes_that_share_nothing_but_the_touchpoint_are_not_weighed() -> None:
    old = row("Приём заявлений", client="внешний", kind="digital", needs="Подача жалобы", contact="каб. 1", key="yes")
    new = row("Уборка", client="внутренний", needs="Получение ответа", contact="каб. 2", unit="ИТ")
    assert near(small(old), small(new)) == []


def test_processes_that_share_all_but_a_word_of_their_names_are_weighed() -> None:
    values = {"client": "внешний", "kind": "digital", "needs": "Подача жалобы", "contact": "каб. 1", "key": "yes"}
    assert near(small(row("Приём заявлений", **values)), small(row("Уборка", **values))) == [(0, 0)]


def test_names_with_the_same_words_are_one_process_and_a_record_that_repeats_stands_beside() -> None:
    old = small(row("Приём «заявлений»"), row("Приём заявлений", PHONE), row("Приём: заявлений", contact="каб. 2"))
    assert len(old.processes) == 1
    assert sorted(old.processes[0].rows) == ["ЗДАНИЕ", "ЗДАНИЕ\n", "ТЕЛЕФОН"]
    assert near(old, small(row("Принятие заявлений"))) == [(0, 0)]
    assert near(old, small(row("Принятие заявлений"), row("Принятие заявлений"))) == [(0, 0)]


PROCESSES = st.builds(
    row,
    st.sampled_from(["Приём заявлений", "Принятие заявлений", "Выдача справок", "Справок: выдача", "Договор № 5", ""]),
    st.sampled_from([MINISTRY, SOVIETS, PHONE, ""]),
    needs=st.sampled_from(["Консультация", "Подача жалобы"]),
    contact=st.sampled_from(["", "каб. 1"]),
)
EDITIONS = st.lists(PROCESSES, max_size=6).map(lambda rows: small(*rows))


@settings(deadline=None, max_examples=30)
@given(EDITIONS, EDITIONS)
def test_of_small_editions_too_the_same_are_found_both_ways_and_all_share_a_touchpoint(old: Side, new: Side) -> None:
    found = near(old, new)
    assert all(shared(old, new, place) for place in found)
    assert {(one, other) for other, one in near(new, old)} == set(found)
