"""A working folder: what lies where, which edition is in force, the folder of a new run."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbook_tools.desk.folder import Desk, desk_at, edition_in_force, fresh_folder, runs


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    made = Desk(tmp_path)
    made.editions.mkdir()
    made.profile.write_bytes(b"PK")
    return made


def put(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"PK")
    return path


def test_a_folder_with_a_profile_and_editions_is_a_working_folder(desk: Desk, tmp_path: Path) -> None:
    assert desk_at(tmp_path) == desk
    assert desk_at(desk.editions) is None


def test_without_editions_none_is_in_force(desk: Desk, tmp_path: Path) -> None:
    assert edition_in_force(desk) is None
    assert edition_in_force(Desk(tmp_path / "нет такой")) is None


def test_the_latest_published_edition_is_in_force(desk: Desk) -> None:
    put(desk.editions / "2024-03-19" / "Перечень_2024-03-19.xlsx")
    latest = put(desk.editions / "2026-12-01" / "Перечень_2026-12-01.xlsx")
    put(desk.editions / "2026-12-01" / "Перечень_2026-12-01_том_01.xlsx")
    put(desk.editions / "2026-12-01" / "~$Перечень_2026-12-01.xlsx")
    assert edition_in_force(desk) == latest


def test_an_edition_laid_there_by_hand_is_known_by_its_name(desk: Desk) -> None:
    put(desk.editions / "2024-03-19" / "Перечень_2024-03-19.xlsx")
    assert edition_in_force(desk) == desk.editions / "2024-03-19" / "Перечень_2024-03-19.xlsx"
    later = put(desk.editions / "Перечень_2025-01-10.xlsx")
    assert edition_in_force(desk) == later


def test_of_one_date_the_published_edition_goes_before_the_one_laid_there(desk: Desk) -> None:
    put(desk.editions / "Перечень_2024-03-19.xlsx")
    published = put(desk.editions / "2024-03-19" / "Перечень_2024-03-19.xlsx")
    assert edition_in_force(desk) == published


def test_an_edition_of_any_name_serves_where_there_is_no_other(desk: Desk) -> None:
    put(desk.editions / "~$перечень.xlsx")
    assert edition_in_force(desk) is None
    named = put(desk.editions / "наш перечень.xlsx")
    assert edition_in_force(desk) == named
    put(desk.editions / "2024-03-19" / "Перечень_2024-03-19.xlsx")
    assert edition_in_force(desk) != named


def test_a_folder_that_holds_no_edition_is_passed_over(desk: Desk) -> None:
    first = put(desk.editions / "2024-03-19" / "Перечень_2024-03-19.xlsx")
    (desk.editions / "2027-01-01").mkdir()
    put(desk.editions / "черновики" / "Перечень_2028-01-01.xlsx")
    assert edition_in_force(desk) == first


def test_runs_are_listed_by_date_and_number_of_the_day(tmp_path: Path) -> None:
    for name in ("2026-11-22_10", "2026-11-22_2", "2026-11-22", "2026-11-21_3", "прочее"):
        (tmp_path / name).mkdir()
    assert [folder.name for folder, _ in runs(tmp_path)] == [
        "2026-11-21_3",
        "2026-11-22",
        "2026-11-22_2",
        "2026-11-22_10",
    ]
    assert runs(tmp_path / "нет") == []


@given(count=st.integers(1, 12))
def test_each_run_of_a_day_gets_a_folder_of_its_own_after_the_others(
    tmp_path_factory: pytest.TempPathFactory, count: int
) -> None:
    parent = tmp_path_factory.mktemp("выпуски")
    made = []
    for _ in range(count):
        folder = fresh_folder(parent, "2026-11-22")
        folder.mkdir()
        made.append(folder)
    assert [folder for folder, _ in runs(parent)] == made
