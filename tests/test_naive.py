"""A thousand rows with seeded defects: the program finds what a plain loop over rows finds, no less and no more."""

from __future__ import annotations

import random
from collections import Counter
from typing import TYPE_CHECKING

import pytest

from tests.books import PROFILE, looked_at
from tests.naive import NAMES, Naive, Said
from tests.seeds import (
    CHANGED,
    DEFECTS,
    GONE,
    KEPT,
    NEW,
    Generated,
    as_people_read,
    claim,
    come_again,
    generated,
    seed,
    spoil,
)
from workbook_tools.rules import own_rules, row_rules

if TYPE_CHECKING:
    from pathlib import Path

SIZE = 1_000
COLUMN = {name: "ABCDEFGHIJKLM"[at] for at, name in enumerate(NAMES)}
# Every check that has a row; П-09 «clients» needs two units that agree in all but the client.
ASKED = {(rule.code, rule.message) for rule in row_rules(PROFILE) if (rule.code, rule.message) != ("П-09", "clients")}


def program(made: Generated, folder: Path) -> Counter[Said]:
    """Return what the program finds in the rows of real files."""
    findings = looked_at(made.save(folder), edition=made.edition).findings
    placed = findings[(findings["column"] != "") & (findings["sheet"] == "Сведения")]
    return Counter(Said(*row) for row in placed[list(Said._fields)].itertuples(index=False))


@pytest.mark.parametrize("seed", [1, 3])
def test_the_program_finds_what_a_loop_over_rows_finds(seed: int, tmp_path: Path) -> None:
    chance = random.Random(seed)  # noqa: S311 - defects, not secrets
    made = generated(SIZE, chance, old_defects=40)
    claim(made, chance)
    come_again(made)
    spoil(made, chance)
    expected = Naive(as_people_read(made.edition)).findings(made.named)
    found = program(made, tmp_path)
    assert (expected - found, found - expected) == (Counter(), Counter())
    assert {(said.rule, said.variant) for said in expected} >= ASKED
    assert expected.total() > SIZE / 2


# --- one defect, one finding ------------------------------------------------------------------------------------------


def test_rows_in_which_nothing_is_wrong_have_no_finding(tmp_path: Path) -> None:
    made = generated(SIZE, random.Random(4))  # noqa: S311 - rows, not secrets
    assert program(made, tmp_path) == Counter()
    assert {texts["action"] for sheet in made.files.values() for _, texts in sheet} == {NEW, CHANGED, KEPT, GONE}


@pytest.mark.parametrize("number", range(3))
def test_each_seeded_defect_is_found_at_its_cell_and_nothing_elsewhere(number: int, tmp_path: Path) -> None:
    chance = random.Random(number)  # noqa: S311 - defects, not secrets
    made = generated(600, chance)
    codes = {(f"{unit}.xlsx", row): texts.get("code", "") for unit, sheet in made.files.items() for row, texts in sheet}
    seeded = seed(made, chance)
    expected = Counter(
        (rule, variant, file, f"{COLUMN[name]}{row}" if name else "", "" if name else codes[file, row])
        for (file, row), defect in seeded.items()
        for rule, variant, name in defect.found
    )
    found = Counter(
        (said.rule, said.variant, said.file, said.cell, "" if said.cell else said.value)
        for said in program(made, tmp_path).elements()
    )
    assert (found - expected, expected - found) == (Counter(), Counter())


def test_the_defects_are_of_every_rule_that_a_row_alone_can_break() -> None:
    seeded = {(rule, variant) for defect in DEFECTS.values() for rule, variant, _ in defect.found}
    alone = {(rule.code, rule.message) for rule in own_rules(PROFILE)}
    among_rows = {("П-09", "main"), ("П-10", "main"), ("П-10", "known"), ("П-15", "code_twice")}
    assert alone - seeded - among_rows == {("П-19", "main"), ("П-19", "kept")}
