"""A new process that is nearly worded as a known one is asked about; its own earlier name and numbers are no cause."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.books import ACCOUNTING, MINISTRY, PROFILE, STAFF, edition_of_rows, record
from workbook_tools.near import near_processes

KNOWN = ("Ведение личных дел", "Выдача справки № 1", "Отчёт за 2024 год", "Прием на службу")
EDITION = edition_of_rows(
    [record(f"Т-000{number}", "КАДР", STAFF, name, MINISTRY) for number, name in enumerate(KNOWN, 1)]
)


def near(*rows: tuple[str, str, str, str]) -> list[str]:
    frame = pd.DataFrame(rows, columns=["action", "activity", "process", "was_process"], dtype="str")
    return near_processes(frame, EDITION, PROFILE).tolist()


@pytest.mark.parametrize(
    ("process", "known"),
    [
        ("Ведение личных делах", "Ведение личных дел"),
        ("личных дел ведение", "Ведение личных дел"),
        ("ВЕДЕНИЕ ЛИЧНЫХ  ДЕЛ.", ""),
        ("Выдача справки № 2", ""),
        ("Выдача справк № 1", "Выдача справки № 1"),
        ("Отчёт за 2025 год", ""),
        ("Снабжение бумагой", ""),
        ("", ""),
    ],
)
def test_a_new_process_is_held_against_the_known_ones(process: str, known: str) -> None:
    assert near(("include", STAFF, process, "")) == [known]


def test_only_new_and_changed_rows_are_asked_and_only_about_their_own_activity() -> None:
    typo = "Ведение личных делах"
    assert near(("keep", STAFF, typo, ""), ("exclude", STAFF, typo, ""), ("include", ACCOUNTING, typo, "")) == [""] * 3
    assert near(("change", STAFF, typo, "Прием на службу")) == ["Ведение личных дел"]


def test_the_own_earlier_name_of_a_record_is_no_other_process() -> None:
    assert near(("change", STAFF, "Ведение личных делах", "Ведение личных дел")) == [""]


def test_without_an_edition_no_process_is_known() -> None:
    frame = pd.DataFrame(
        [("include", STAFF, "Ведение личных дел", "")], columns=["action", "activity", "process", "was_process"]
    )
    assert near_processes(frame, None, PROFILE).tolist() == [""]


@given(st.lists(st.sampled_from([*KNOWN, "Ведение личных делах", "Прием на служб"]), max_size=6))
def test_each_row_is_answered_for_itself(names: list[str]) -> None:
    rows = [("include", STAFF, name, "") for name in names]
    assert near(*rows) == [near(row)[0] for row in rows]
