"""Whatever is wrong with one input of a merge: the good files' rows are merged, the rest is read, told or refused.

Two runs of each kind here; more by hand: FUZZ_RUNS=500 python -m pytest -n 0 tests/fuzz/test_fuzz_merging.py
"""

from __future__ import annotations

import os

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.fuzz.damage import (
    ANNEX_PARTS,
    BLOWS,
    DECISIONS_PARTS,
    DOCX_PARTS,
    EDITION_PARTS,
    ODS_PARTS,
    RETURNED_PARTS,
    TEXTS,
    UNIT_PARTS,
    Blow,
    damaged,
)
from tests.fuzz.stage import Ran, annex, faults, files, good_rows, own, run, sound, unit_file
from tests.fuzz.texts import (
    CSV_VALUE,
    LINE_STROKES,
    TOML_VALUE,
    TOML_VALUES,
    TREE_STROKES,
    Stroke,
    damaged_lines,
    damaged_tree,
)

RUNS = int(os.environ.get("FUZZ_RUNS", "2"))
fuzz = settings(
    max_examples=RUNS,
    deadline=None,
    phases=[Phase.reuse, Phase.generate, Phase.shrink] if "FUZZ_RUNS" in os.environ else [Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
blows = given(blows=st.lists(BLOWS, min_size=1, max_size=3))
_PACKAGES = {
    "unit.xlsx": ("КАДР.xlsx", "xlsx", UNIT_PARTS),
    "returned.xlsx": ("КАДР.xlsx", "returned", RETURNED_PARTS),
    "unit.ods": ("КАДР.ods", "ods", ODS_PARTS),
}


def check(ran: Ran, *, merged: bool = True) -> None:
    """Check what holds of every run; and that the good units' rows were merged, where they must be."""
    assert faults(ran) == []
    if merged:
        assert good_rows(ran) == good_rows(sound())


def test_a_run_in_which_nothing_is_damaged_takes_every_good_row() -> None:
    assert faults(sound()) == []
    assert sorted(map(len, good_rows(sound()).values())) == [1, 2]
    assert sound().code == 1


@pytest.mark.parametrize("kind", _PACKAGES)
@fuzz
@blows
def test_a_damaged_file_of_a_unit_takes_only_itself(kind: str, blows: list[Blow]) -> None:
    name, form, parts = _PACKAGES[kind]
    check(run({name: damaged(unit_file(form), blows, parts)}))


@fuzz
@given(strokes=st.lists(LINE_STROKES, min_size=1, max_size=3))
def test_a_damaged_table_of_values_takes_only_itself(strokes: list[Stroke]) -> None:
    check(run({"КАДР.csv": damaged_lines(unit_file("csv").decode(), strokes, TEXTS, CSV_VALUE)}))


@fuzz
@blows
def test_a_damaged_edition_is_read_or_refused(blows: list[Blow]) -> None:
    check(run(own(), edition=damaged(files().edition, blows, EDITION_PARTS)), merged=False)


@pytest.mark.parametrize(("ending", "parts"), [("docx", DOCX_PARTS), ("xlsx", ANNEX_PARTS)])
@fuzz
@blows
def test_a_damaged_annex_is_read_or_refused(ending: str, parts: tuple[str, ...], blows: list[Blow]) -> None:
    check(run(own(), edition=damaged(annex(ending), blows, parts)), merged=False)


@fuzz
@blows
def test_a_damaged_book_of_decisions_leaves_the_good_rows(blows: list[Blow]) -> None:
    check(run(own(), decisions=damaged(files().decisions, blows, DECISIONS_PARTS)))


@fuzz
@given(strokes=st.lists(TREE_STROKES, min_size=1, max_size=3))
def test_a_damaged_report_of_the_round_before_changes_no_row(strokes: list[Stroke]) -> None:
    ran = run(own(), previous=damaged_tree(files().previous.decode(), strokes))
    check(ran, merged=False)
    assert not ran.report or ran.rows == sound().rows


@fuzz
@given(strokes=st.lists(LINE_STROKES, min_size=1, max_size=3))
def test_a_damaged_profile_is_taken_or_refused(strokes: list[Stroke]) -> None:
    profile = damaged_lines(files().profile.decode(), strokes, TOML_VALUES, TOML_VALUE)
    check(run(own(), profile=profile), merged=False)
