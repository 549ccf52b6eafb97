"""Stages of one process are alike but for the word of the stage; other processes are not."""

from __future__ import annotations

import pandas as pd
import pytest

from tests.books import MINISTRY, PHONE, PROFILE, STAFF
from workbook_tools.stages import stage_twins


def twins(*processes: str, touchpoints: tuple[str, ...] = (), files: tuple[str, ...] = ()) -> list[int]:
    count = len(processes)
    frame = pd.DataFrame(
        {
            "file": files or ("a.xlsx",) * count,
            "row": range(6, 6 + count),
            "checked": [True] * count,
            "activity": [STAFF] * count,
            "process": processes,
            "touchpoint": touchpoints or (MINISTRY,) * count,
        }
    )
    return [int(row) for row in stage_twins(frame, PROFILE)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Прием заявлений на отпуск", "Рассмотрение заявлений на отпуск"),
        ("Приём заявлений на отпуск", "Прием и регистрация заявления на отпуск"),
        ("Согласование отчета за 2024 год", "Утверждение отчета за 2024 год"),
    ],
)
def test_processes_that_differ_in_their_stage_are_told_at_the_later_row(one: str, other: str) -> None:
    assert twins(one, other) == [0, 6]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Прием заявлений на отпуск", "Прием заявлений на отпуск"),
        ("Прием заявлений на отпуск", "Рассмотрение жалоб"),
        ("Согласование отчета за 2024 год", "Утверждение отчета за 2025 год"),
        ("Прием", "Рассмотрение"),
        ("", "Прием заявлений"),
    ],
)
def test_other_processes_are_left_alone(one: str, other: str) -> None:
    assert twins(one, other) == [0, 0]


def test_another_point_or_another_file_is_no_repetition() -> None:
    pair = ("Прием заявлений на отпуск", "Рассмотрение заявлений на отпуск")
    assert twins(*pair, touchpoints=(MINISTRY, PHONE)) == [0, 0]
    assert twins(*pair, files=("a.xlsx", "b.xlsx")) == [0, 0]
    assert twins(*pair, touchpoints=(MINISTRY, "Здание  Министерства")) == [0, 6]


def test_all_further_stages_name_the_first() -> None:
    assert twins("Прием заявлений", "Рассмотрение заявлений", "Прием заявлений", "Выдача заявления") == [0, 6, 0, 6]
