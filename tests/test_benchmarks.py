"""The measures run: the goal of the change log holds on small editions, hostile files are judged for what they are."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any, NoReturn

import pytest

from benchmarks.changelog import EDITINGS, Score, facts, measured
from benchmarks.editions import HEAVY, pair
from tests.hostile.case import Case, Expected, any_told, read, refused, told
from workbook_tools.diff import Context, compare
from workbook_tools.profile import load_profile

PROFILE = load_profile().profile


@pytest.mark.parametrize("editing", list(EDITINGS))
@pytest.mark.parametrize(("coded", "least"), [(False, 0.99), (True, 1.0)])
def test_the_goal_of_the_comparison_holds_on_small_editions(editing: str, least: float, *, coded: bool) -> None:
    score = measured(300, editing, coded=coded, seeds=4)["perechen"]
    assert score.rates({*score.right, *score.missed, *score.wrong})[2] >= least


def test_the_generator_makes_the_same_pair_of_the_same_seed_and_another_of_another() -> None:
    one, again, other = (pair(100, HEAVY, PROFILE, seed, coded=False) for seed in (5, 5, 6))
    assert one.old.equals(again.old)
    assert one.new.equals(again.new)
    assert one.truth == again.truth
    assert not one.old.equals(other.old)


def test_the_truth_speaks_only_of_rows_that_are_there_and_of_all_that_came_and_went() -> None:
    made = pair(300, HEAVY, PROFILE, 7, coded=False)
    old, new = set(made.old["row"]), set(made.new["row"])
    assert {was for _, was, _ in made.truth} <= old | {0}
    assert {now for _, _, now in made.truth} <= new | {0}
    came, went = ({fact for fact in made.truth if fact[0] == kind} for kind in ("new", "excluded"))
    parts = [fact for fact in made.truth if fact[0] == "split_merged"]
    grown = len(parts) - len({was for _, was, _ in parts})
    assert len(old) + len(came) - len(went) + grown == len(new)


def test_a_wrong_and_a_missed_fact_lower_the_score() -> None:
    made = pair(100, HEAVY, PROFILE, 8, coded=True)
    found = facts(compare(made.old, made.new, PROFILE, Context()))
    score = Score()
    score.add(found | {("new", 0, 9999)}, made.truth | {("excluded", 9999, 0)})
    precision, recall, both = score.rates({*score.right, *score.missed, *score.wrong})
    assert precision < 1
    assert recall < 1
    assert both < 1


PLAIN = (("1", "Т-0001", "Прием ПОДР00"), ("включить", "Выдача пропуска ПОДР00", "каб. 0017"))
POSIX = pytest.mark.skipif(os.name != "posix", reason="limits of memory are those of POSIX")


@POSIX
@pytest.mark.parametrize(
    ("expected", "got", "came"),
    [
        (read(), {"rows": PLAIN}, "read whole"),
        (refused(), {"rows": PLAIN}, "read whole"),
        (told(), {"rows": PLAIN}, "untold"),
        (told(), {"rows": PLAIN[:1]}, "lost in silence"),
        (any_told(), {"rows": PLAIN[:1]}, "lost in silence"),
        (told(), {"rows": PLAIN[:1], "told": True}, "told"),
        (refused(), {"refused": True}, "refused"),
        (read(), {"refused": True}, "refused in vain"),
        (read("=1+1"), {"rows": PLAIN}, "lost in silence"),
        (read("=1+1"), {"rows": (PLAIN[0], ("включить", "Выдача пропуска ПОДР00", "=1+1"))}, "read whole"),
    ],
)
def test_a_reader_is_judged_by_rows_and_words(expected: Expected, got: dict[str, Any], came: str) -> None:
    from benchmarks.hostile import Got, judged  # noqa: PLC0415 - it needs limits that only POSIX has

    case = Case("случай", "B2", expected, lambda parts: parts.packed())
    assert judged(case, Got(**got), PLAIN) == came


@POSIX
def test_a_reader_that_dies_or_hangs_is_seen(tmp_path: Path) -> None:
    from benchmarks import hostile  # noqa: PLC0415 - as above

    assert hostile.read_apart(lambda _: os._exit(9), tmp_path) == "traceback or death"
    assert hostile.read_apart(_greedy, tmp_path) == "traceback or death"
    assert hostile.read_apart(lambda _: hostile.Got(told=True), tmp_path) == hostile.Got(told=True)
    assert hostile.read_apart(_refusing, tmp_path) == hostile.Got(refused=True)


def _greedy(_: Path) -> NoReturn:
    bytes(4 * 1024**3)
    raise ValueError("there was memory for it")


def _refusing(_: Path) -> NoReturn:
    raise ValueError("no workbook")


@POSIX
def test_the_measure_of_hostile_files_runs_and_prints_its_table(capsys: pytest.CaptureFixture[str]) -> None:
    from benchmarks import hostile  # noqa: PLC0415 - as above

    found = hostile.measured(["B8"])
    hostile.report(found)
    lines = capsys.readouterr().out.splitlines()
    assert {reader: counts.total() for reader, counts in found["B8"].items()} == dict.fromkeys(hostile.READERS, 13)
    assert lines[0].startswith("| group | reader | files | read whole |")
    assert [line.split(" | ")[0] for line in lines[2:]] == ["| B8"] * 3 + ["| **all**"] * 3
