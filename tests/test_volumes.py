"""A register is divided into volumes by activity: in order, each record once, no activity cut without need."""

from __future__ import annotations

from itertools import groupby, pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.books import ACCOUNTING, COMPUTING, EDITION, PROFILE, STAFF
from workbook_tools import records
from workbook_tools.dossier import Dossier
from workbook_tools.printed import annex_rows
from workbook_tools.records import IN_FORCE, QUARANTINED
from workbook_tools.volumes import NO_VOLUMES, Volume, Volumes, divided, told

if TYPE_CHECKING:
    import pandas as pd

ACTIVITIES = [STAFF, COMPUTING, ACCOUNTING]


def register(activities: list[str], states: list[str] | None = None) -> pd.DataFrame:
    frame = EDITION.records.iloc[[0] * len(activities)].reset_index(drop=True)
    return records.typed(frame.assign(activity=activities, state=states or [IN_FORCE] * len(activities)))


def lengths(activities: list[str], room: int) -> list[int]:
    return [part.stop - part.start for part in divided(register(activities), room)]


@pytest.mark.parametrize(
    ("sizes", "room", "expected"),
    [
        ([], 3, []),
        ([2, 1, 3], 6, [6]),
        ([2, 1, 3], 5, [3, 3]),
        ([2, 2, 2], 3, [2, 2, 2]),
        ([1, 7, 1], 3, [3, 3, 3]),
        ([1, 5, 2], 3, [3, 3, 2]),
        ([3, 3], 1, [1, 1, 1, 1, 1, 1]),
    ],
)
def test_a_volume_takes_the_activities_that_it_has_room_for(sizes: list[int], room: int, expected: list[int]) -> None:
    activities = [name for name, size in zip(ACTIVITIES, sizes, strict=False) for _ in range(size)]
    assert lengths(activities, room) == expected


@settings(deadline=None, max_examples=50)
@given(st.lists(st.sampled_from(ACTIVITIES), max_size=30), st.integers(1, 12))
@example([STAFF] * 5 + [COMPUTING] * 2, 3)
def test_every_record_stands_in_one_volume_in_order_and_no_activity_is_cut_without_need(
    activities: list[str], room: int
) -> None:
    parts = divided(register(activities), room)
    assert [place for part in parts for place in range(part.start, part.stop)] == list(range(len(activities)))
    assert all(0 < part.stop - part.start <= room for part in parts)
    sizes = [len(list(group)) for _, group in groupby(activities)]
    whole = {0, len(activities), *(sum(sizes[:at]) for at, size in enumerate(sizes))}
    large = [range(sum(sizes[:at]), sum(sizes[: at + 1])) for at, size in enumerate(sizes) if size > room]
    assert all(part.stop in whole or any(part.stop in places for places in large) for part in parts)
    # As full as may be: the next whole activity would not have gone in.
    for part, following in pairwise(parts):
        if following.start in whole and part.stop - part.start < room:
            size = next(size for at, size in enumerate(sizes) if sum(sizes[:at]) == following.start)
            assert part.stop - part.start + size > room


@settings(deadline=None, max_examples=20)
@given(
    st.lists(st.tuples(st.sampled_from(ACTIVITIES), st.sampled_from([IN_FORCE, QUARANTINED])), max_size=20),
    st.integers(1, 8),
)
def test_the_form_in_volumes_has_the_rows_and_numbers_of_the_whole(lines: list[tuple[str, str]], room: int) -> None:
    frame = register([name for name, _ in lines], [state for _, state in lines])
    dossiers = [
        (Dossier(PROFILE, "", frame.iloc[part.start : part.stop].reset_index(drop=True), "", "", 0), part.heading)
        for part in divided(frame, room)
    ]
    together = [row for dossier, heading in dossiers for row in annex_rows(dossier, heading)]
    assert together == annex_rows(Dossier(PROFILE, "", frame, "", "", 0))


def test_what_is_whole_is_not_spoken_of() -> None:
    assert list(told(NO_VOLUMES, PROFILE)) == []
    assert NO_VOLUMES.sheets == frozenset()


def volumes(count: int, flat: str = "") -> Volumes:
    return Volumes(tuple(Volume(f"П_том_{number:02d}.xlsx", "", 9, "") for number in range(1, count + 1)), (), flat)


def test_people_are_told_the_names_of_the_volumes_and_of_the_flat_table() -> None:
    first, second = told(volumes(2, "П.parquet"), PROFILE)
    assert "«Реестр» и «Приложение 1» – в 2 томах рядом с этой книгой" in first
    assert first.endswith("П_том_01.xlsx, П_том_02.xlsx.")
    assert second == "Все записи одной таблицей: в файле П.parquet."


def test_of_many_volumes_the_first_and_the_last_are_named() -> None:
    first, _ = told(volumes(21), PROFILE)
    assert "в 21 томе " in first
    assert first.endswith("П_том_01.xlsx … П_том_21.xlsx.")


def test_people_are_told_why_there_is_no_flat_table() -> None:
    _, second = told(volumes(2), PROFILE)
    assert second == (
        "Все записи одной таблицей: файл .parquet не записан: не установлено дополнение cluster "
        '(pip install "perechen[cluster]").'
    )


def test_people_are_told_of_a_journal_in_volumes() -> None:
    (sentence,) = told(Volumes(journal=volumes(2).register), PROFILE)
    assert sentence.startswith(
        "Строк журнала больше, чем помещается в одну книгу: «Журнал изменений» – в 2 книгах: П_том_01"
    )
