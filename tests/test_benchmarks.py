"""The measure of the change log runs, and its goal holds on editions that are small enough for a test."""

from __future__ import annotations

import pytest

from benchmarks.changelog import EDITINGS, Score, facts, measured
from benchmarks.editions import HEAVY, pair
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
