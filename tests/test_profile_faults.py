"""A fault that several parts of the profile's reading tell is worded in one place."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import pytest

import workbook_tools
from workbook_tools.profile import faults
from workbook_tools.profile.faults import placeholder_faults, placeholders

ROOT = Path(workbook_tools.__file__).parent
MODULES = [*ROOT.glob("profile/*.py"), *ROOT.glob("profile_book/*.py")]
UNKNOWN = "к.т: подстановка «{}» этому тексту неизвестна"
UNPAIRED = "к.т: непарная фигурная скобка; подстановка записывается в скобках с двух сторон"


@pytest.mark.parametrize(
    "words", [faults.MISSING, faults.BLANK, "непарная фигурная скобка", "этому тексту неизвестна", "здесь уже есть"]
)
def test_a_fault_is_spelled_in_one_place(words: str) -> None:
    found: defaultdict[str, int] = defaultdict(int)
    for module in MODULES:
        found[module.name] += module.read_text(encoding="utf-8").count(words)
    assert sum(found.values()) == 1, dict(found)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("{name} от {date}", []),
        ("{{date}}", []),
        ("{б} {а} {name} {а}", [UNKNOWN.format("а"), UNKNOWN.format("б")]),
        ("{name", [UNPAIRED]),
        ("}", [UNPAIRED]),
    ],
)
def test_words_that_nothing_fills_in_are_told(text: str, told: list[str]) -> None:
    assert list(placeholder_faults("к.т", text, {"name", "date"})) == told


def test_the_words_of_a_text_are_those_in_its_braces() -> None:
    assert placeholders("{а} {б:02} {а} {{в}}") == {"а", "б"}
