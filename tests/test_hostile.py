"""Odd and hostile files, merged beside good ones by the real command: nothing is lost in silence or comes alive."""

from __future__ import annotations

import os
from collections import Counter
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.hostile.case import REFUSED
from tests.hostile.corpus import CASES
from tests.hostile.running import BATCH, Batch, failings, fate, invented, missing, run_once, unaccounted

if TYPE_CHECKING:
    from _pytest.mark import ParameterSet

    from tests.hostile.case import Case

POSSIBLE = [case for case in CASES if case.possible]
BATCHES = [POSSIBLE[at : at + BATCH] for at in range(0, len(POSSIBLE), BATCH)]
_BATCH_OF = {case.name: number for number, cases in enumerate(BATCHES) for case in cases}
GROUPS = {f"{part}{number}" for part, last in (("A", 9), ("B", 14)) for number in range(1, last + 1)}


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    # The processes of a parallel run share the folder above their own, and so the merges in it.
    own = tmp_path_factory.getbasetemp()
    return (own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / "враждебные"


@lru_cache(maxsize=len(BATCHES))
def merged(number: int, folder: Path) -> Batch:
    return run_once(BATCHES[number], folder / str(number))


def marked(case: Case) -> ParameterSet:
    skip = pytest.mark.skipif(not case.possible, reason=f"needs {case.needs}")
    return pytest.param(case, id=case.name, marks=[skip])


@pytest.mark.parametrize("case", [marked(case) for case in CASES])
def test_a_file_becomes_what_it_must_and_none_of_its_rows_is_lost_in_silence(case: Case, folder: Path) -> None:
    batch = merged(_BATCH_OF[case.name], folder)
    outcome, good = batch.outcomes[case.name], batch.good[0]
    assert failings(case.expected, outcome, good) == []
    assert unaccounted(outcome, good, case.expected.contact) == []


@pytest.mark.parametrize("number", range(len(BATCHES)))
def test_the_good_files_beside_them_are_merged_and_nothing_in_the_outputs_is_alive(number: int, folder: Path) -> None:
    batch = merged(number, folder)
    assert batch.live == []
    for good in batch.good:
        assert [item["status"] for item in good.files] == ["accepted"]
        assert good.findings == []
        assert len(good.rows) == 6
    fates = {fate(batch.outcomes[case.name], batch.good[0], case.expected.contact) for case in BATCHES[number]}
    assert batch.codes == [2] or REFUSED not in fates


def test_the_rows_of_a_good_file_are_what_was_typed(folder: Path) -> None:
    rows = merged(0, folder).good[0].rows
    assert [row[2] for row in rows] == [
        "Выдача пропуска ПОДР",
        "Замена картриджа ПОДР",
        "Оформление отпуска ПОДР",
        "Поступление на государственную гражданскую службу (прием на работу) в Министерство ПОДР",
        "Сопровождение процесса прохождения государственной гражданской службы (работы) в Министерство ПОДР",
        "Хранение трудовых книжек ПОДР",
    ]
    assert Counter(row[5] for row in rows) == {"каб. 0017": 4, "": 2}
    assert {row[11] for row in rows} == {"действует"}


def test_a_lost_and_an_invented_row_are_seen(folder: Path) -> None:
    good = merged(0, folder).good[0]
    less = type(good)(files=good.files, rows=good.rows[1:])
    assert missing(less, good, None) == good.rows[:1]
    assert unaccounted(less, good, None) == good.rows[:1]
    assert fate(less, good, None) == "lost in silence"
    more = type(good)(files=good.files, rows=[*good.rows, good.rows[0]])
    assert invented(more, good, None) == good.rows[:1]


def test_the_corpus_covers_every_group_and_names_every_case_once() -> None:
    names = Counter(case.name for case in CASES)
    assert len(names) == len(CASES) >= 150
    assert {case.group for case in CASES} >= GROUPS
