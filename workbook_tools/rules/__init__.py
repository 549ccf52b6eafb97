"""The rule catalogue as tables in clause order; texts, severities and clauses stand in the profile."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook_tools.rules.actions import ACTION_RULES
from workbook_tools.rules.columns import column_rules
from workbook_tools.rules.content import CONTENT_RULES, LATER_RULES
from workbook_tools.rules.rivalry import RIVAL_RULES
from workbook_tools.rules.rule import Rule
from workbook_tools.rules.titles import TITLE_RULES

if TYPE_CHECKING:
    from workbook_tools.profile import Profile

__all__ = ["RIVAL_RULES", "ROW_RULES", "TITLE_RULES", "Rule", "own_rules", "row_rules"]

ROW_RULES: tuple[Rule, ...] = (*CONTENT_RULES, *ACTION_RULES, *LATER_RULES)


def row_rules(profile: Profile) -> tuple[Rule, ...]:
    """Return every rule of a row in clause order: the column contract first (П-02), then ROW_RULES."""
    return (*column_rules(profile), *ROW_RULES)


def own_rules(profile: Profile) -> tuple[Rule, ...]:
    """Return the rules that a row keeps or breaks by itself; RIVAL_RULES are asked of the rows that kept them."""
    return tuple(rule for rule in row_rules(profile) if rule not in RIVAL_RULES)
