"""The catalogue is whole: 29 rules in clause order, each message with its asker, each rule with its two examples."""

from __future__ import annotations

import ast
from collections import Counter
from pathlib import Path

import pytest

import workbook_tools
from tests.books import PROFILE, UnitBook, found_in, profile_with
from tests.test_rules import CASES_IN_ONE_FILE
from workbook_tools.rules import TITLE_RULES, row_rules
from workbook_tools.rules.catalogue import catalogue
from workbook_tools.rules.rule import Rule, Stage, Told

CODES = [f"П-{number:02d}" for number in range(1, 30)]
TESTS = Path(__file__).parent
# Rules that no single file can break: which test sees them kept, which sees them broken.
ELSEWHERE = {
    "П-03": ("rules_output", "the_direction_of_its_activity_is_in_order", "another_direction_is_told"),
    "П-16": (
        "rules_output",
        "a_change_of_one_of_the_four_cases_is_not_told",
        "a_change_beyond_the_four_cases_is_told_at_its_cell",
    ),
    "П-18": (
        "rules_register",
        "a_silent_unit_is_told_with_what_was_carried_over",
        "a_silent_unit_is_told_with_what_was_carried_over",
    ),
    "П-19": (
        "rules",
        "what_is_in_order_is_not_spoken_of",
        "one_cause_is_one_finding_with_its_cell_and_its_sentence",
    ),
    "П-20": (
        "rules_output",
        "an_officer_with_post_and_name_an_order_with_its_number_and_the_body_are_in_order",
        "what_the_output_cannot_name_is_told_to_the_officer",
    ),
    "П-21": (
        "rules_output",
        "an_officer_with_post_and_name_an_order_with_its_number_and_the_body_are_in_order",
        "what_the_output_cannot_name_is_told_to_the_officer",
    ),
    "П-24": (
        "rules_register",
        "a_touchpoint_used_by_an_alias_is_used",
        "a_touchpoint_of_the_list_that_nobody_uses_is_told_and_one_outside_it_is_not",
    ),
    "П-25": (
        "rules_register",
        "a_telephone_or_a_place_serves_oral_requests",
        "oral_requests_need_a_place_or_a_telephone",
    ),
}


def test_the_table_has_the_29_rules_in_clause_order() -> None:
    codes = [entry.code for entry in catalogue(PROFILE)]
    assert list(dict.fromkeys(codes)) == CODES == list(PROFILE.rules)
    assert codes == sorted(codes)


def test_every_message_of_the_profile_is_somebodys_and_nobody_says_another() -> None:
    told = {(entry.code, entry.message) for entry in catalogue(PROFILE)}
    worded = {(code, message) for code, rule in PROFILE.rules.items() for message in rule.messages}
    assert told == worded


def test_nothing_is_asked_twice() -> None:
    entries = catalogue(PROFILE)
    rules = Counter(entry.name for entry in entries if isinstance(entry, Rule))
    messages = Counter((entry.code, entry.message) for entry in entries if isinstance(entry, Told))
    assert max(rules.values()) == max(messages.values()) == 1


def test_the_table_holds_every_rule_that_the_schema_runs() -> None:
    table = {entry.name for entry in catalogue(PROFILE) if isinstance(entry, Rule)}
    assert table == {rule.name for rule in (*row_rules(PROFILE), *TITLE_RULES)}


def test_what_has_a_row_is_asked_on_a_row_or_a_title_sheet() -> None:
    stages = {entry.stage for entry in catalogue(PROFILE) if isinstance(entry, Rule)}
    assert stages == {Stage.ROW, Stage.TITLE}


@pytest.mark.parametrize("code", CODES)
def test_a_rule_has_a_clause_a_title_and_an_example_that_fails(code: str) -> None:
    setting = PROFILE.rules[code]
    assert PROFILE.clauses[setting.clause].cite
    assert setting.title
    assert setting.example.endswith(".")


@pytest.mark.parametrize("code", CODES)
def test_every_rule_has_a_test_that_passes_and_one_that_fails(code: str) -> None:
    in_one_file = {case.found.rule for case in CASES_IN_ONE_FILE}
    if code in in_one_file:
        return
    module, passes, fails = ELSEWHERE[code]
    tree = ast.parse((TESTS / f"test_{module}.py").read_text(encoding="utf-8"))
    names = {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}
    assert {f"test_{passes}", f"test_{fails}"} <= names


def test_every_entry_that_has_no_row_is_said_somewhere_in_the_package() -> None:
    """A message of the table that no code says would be a promise without a check."""
    package = Path(workbook_tools.__file__).parent
    own = package / "rules" / "catalogue.py"
    code = "\n".join(path.read_text(encoding="utf-8") for path in package.rglob("*.py") if path != own)
    unsaid = [
        f"{entry.code} {entry.message}"
        for entry in catalogue(PROFILE)
        if isinstance(entry, Told)
        and entry.message != "main"
        and f'"{entry.message.removeprefix("decision_")}"' not in code
    ]
    assert unsaid == []


@pytest.mark.parametrize("code", [code for code in CODES if code in {case.found.rule for case in CASES_IN_ONE_FILE}])
def test_a_rule_on_trial_only_warns(code: str, tmp_path: Path) -> None:
    case = next(case for case in CASES_IN_ONE_FILE if case.found.rule == code)
    rules = PROFILE.model_dump(by_alias=True)["rules"]
    profile = profile_with(rules=rules | {code: rules[code] | {"beta": True}})
    book = UnitBook()
    case.faulty(book)
    found = found_in(book.save(tmp_path / "КАДР.xlsx"), profile=profile)
    assert {item.severity for item in found if item.rule == code} == {"warning"}
