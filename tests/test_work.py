"""Work over many files keeps their order, whoever does it."""

from __future__ import annotations

import operator
import sys
import time

import pytest

from workbook_tools.errors import InputError
from workbook_tools.work import mapper


def slow_first(number: int) -> int:
    """Answer the sooner the later it was asked."""
    time.sleep(0.05 * (4 - number))
    return -number


@pytest.mark.parametrize("workers", [1, 2, 0])
def test_the_answers_come_in_the_order_of_the_questions(workers: int) -> None:
    with mapper(workers) as run:
        assert list(run(slow_first, range(5))) == [0, -1, -2, -3, -4]


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


def test_a_scheduler_without_the_extra_is_refused_in_russian(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)  # as Python itself marks a package that is not there
    with pytest.raises(InputError) as refused, mapper(scheduler="tcp://127.0.0.1:8786"):
        pass
    assert str(refused.value) == 'для работы на кластере установите дополнение: pip install "perechen[cluster]"'
    assert refused.value.exit_code == 2
