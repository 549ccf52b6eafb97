"""Work over many files keeps their order, whoever does it."""

from __future__ import annotations

import operator
import os
import signal
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from multiprocessing import get_context
from pathlib import Path

import pytest

from workbook_tools.children import METHOD, Children
from workbook_tools.errors import InputError, InternalError
from workbook_tools.work import _abandon, mapper, surviving


def slow_first(number: int) -> int:
    """Answer the sooner the later it was asked."""
    time.sleep(0.05 * (4 - number))
    return -number


@pytest.mark.parametrize("workers", [1, 2, 0])
def test_the_answers_come_in_the_order_of_the_questions(workers: int) -> None:
    with mapper(workers) as run:
        assert list(run(slow_first, range(5))) == [0, -1, -2, -3, -4]


@pytest.mark.parametrize(
    ("workers", "parts", "others"), [(0, 1, False), (0, 2, True), (0, None, True), (1, 9, False), (2, 1, True)]
)
def test_no_process_is_started_where_there_is_too_little_to_do(
    monkeypatch: pytest.MonkeyPatch, workers: int, parts: int | None, *, others: bool
) -> None:
    monkeypatch.setattr("os.cpu_count", lambda: 2)
    with mapper(workers, parts) as run:
        assert (list(run(process_id, ["a"])) != [os.getpid()]) is others


def process_id(_: str) -> int:
    return os.getpid()


@pytest.mark.parametrize(("cores", "own", "others"), [(2, 1.0, 1), (2, 0.2, 2), (3, 0.5, 2), (3, 0.1, 3)])
def test_a_core_is_left_to_this_process_where_its_own_work_fills_one(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, cores: int, own: float, others: int
) -> None:
    monkeypatch.setattr("os.cpu_count", lambda: cores)
    with mapper(0, 9, own) as run:
        assert len(set(run(partial(meet, tmp_path, others), range(12)))) == others


def meet(folder: Path, others: int, _: int) -> int:
    """Answer as soon as so many processes have been asked."""
    (folder / str(os.getpid())).touch()
    wait_until(lambda: len(list(folder.iterdir())) >= others)
    return os.getpid()


def wait_until(happened: Callable[[], bool]) -> None:
    until = time.monotonic() + 60
    while not happened():
        assert time.monotonic() < until, "it never happened"
        time.sleep(0.01)


def test_others_begin_while_this_process_still_makes_what_they_are_asked(tmp_path: Path) -> None:
    with mapper(2) as run:
        list(run(touch, asked_once_the_first_is_there(tmp_path / "первый", tmp_path / "второй")))


def asked_once_the_first_is_there(first: Path, second: Path) -> Iterator[Path]:
    yield first
    wait_until(first.exists)
    yield second


@pytest.mark.parametrize("workers", [1, 2])
def test_no_questions_give_no_answers(workers: int) -> None:
    with mapper(workers) as run:
        assert list(run(operator.neg, [])) == []


@pytest.mark.parametrize("workers", [1, 2])
def test_a_fault_of_one_question_is_raised(workers: int) -> None:
    with mapper(workers) as run, pytest.raises(ZeroDivisionError):
        list(run(one_over, [1, 0]))


def one_over(number: int) -> float:
    return 1 / number


class Heavy:
    """A function that tells when it was last taken apart."""

    def __init__(self) -> None:
        self.taken_apart = uuid.uuid4()

    def __reduce__(self) -> tuple[type[Heavy], tuple[()]]:
        return Heavy, ()

    def __call__(self, _: int) -> tuple[int, uuid.UUID]:
        return os.getpid(), self.taken_apart


def test_what_is_done_is_taken_apart_once_in_each_process() -> None:
    with mapper(2) as run:
        answers = set(run(Heavy(), range(20)))
    assert len(answers) == len({process for process, _ in answers}) <= 2


def test_a_process_that_dies_is_told_in_russian() -> None:
    with pytest.raises(InternalError) as told, mapper(2) as run:
        list(run(die, [1, 2]))
    assert str(told.value) == (
        "процесс, который писал книги, прервался. Проверьте, хватает ли памяти, и запустите ещё раз "
        "(с --workers 1 её нужно меньше)."
    )
    assert told.value.exit_code == 3


@pytest.mark.skipif(sys.platform == "win32", reason="the system has no such waiting")
def test_no_process_outlives_the_one_that_died() -> None:
    with ProcessPoolExecutor(1, get_context(METHOD)) as executor:
        # Nothing else would end it.
        asked = executor.submit(signal.pause)
        _abandon(executor)
        with pytest.raises(BrokenProcessPool):
            asked.result()


def test_processes_that_break_while_they_are_asked_are_told_in_russian(monkeypatch: pytest.MonkeyPatch) -> None:
    def closed(*_: object) -> None:
        raise OSError("handle is closed")

    monkeypatch.setattr(ProcessPoolExecutor, "submit", closed)
    with pytest.raises(InternalError, match="процесс, который писал книги, прервался"), mapper(2) as run:
        run(operator.neg, [1])


def die(_: object) -> None:
    os._exit(1)


def test_what_is_not_begun_when_the_block_is_left_by_an_error_is_never_done(tmp_path: Path) -> None:
    paths = [tmp_path / f"{number}" for number in range(40)]
    with pytest.raises(ZeroDivisionError):
        begin_and_fail(paths)
    assert sum(path.exists() for path in paths) < len(paths)


def begin_and_fail(paths: list[Path]) -> None:
    with mapper(2) as run:
        run(touch, paths)
        one_over(0)


def touch(path: Path) -> None:
    time.sleep(0.05)
    path.touch()


def test_a_scheduler_without_the_extra_is_refused_in_russian(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)  # as Python itself marks a package that is not there
    with pytest.raises(InputError) as refused, surviving(Children(), "tcp://127.0.0.1:8786"):
        pass
    assert str(refused.value) == (
        '--scheduler: для работы на кластере установите дополнение: pip install "perechen[cluster]".'
    )
    assert refused.value.exit_code == 2
