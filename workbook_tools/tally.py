"""How far each rule of the catalogue reached in a run: what it was asked of, what it found, or why it was not asked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from workbook_tools.records import tuples
from workbook_tools.rules.catalogue import catalogue
from workbook_tools.rules.rule import Rule, Stage

if TYPE_CHECKING:
    import pandas as pd

    from workbook_tools.profile import Profile
    from workbook_tools.tables import Table

CHECKED, NOT_APPLICABLE, OFF = "checked", "not_applicable", "off"
CELLS = "cells"
NOBODY: Mapping[str, pd.Series[bool]] = {}
_COUNTED = {
    Stage.FILE: "files",
    Stage.TITLE: CELLS,
    Stage.ROW: CELLS,
    Stage.UNIT: "units",
    Stage.EDITION: "records",
    Stage.REGISTER: "entries",
    Stage.CHANGE: "changes",
    Stage.OUTPUT: "outputs",
}


class RuleLine(NamedTuple):
    """What became of one rule in a run.

    Attributes
    ----------
    status
        checked, not_applicable (nothing to ask it of) or off (switched off in the profile).
    checked, counted
        How many things it was asked of, and what they are: cells, files, units, records, entries, changes, outputs.
    errors, warnings, infos
        Its findings by severity.
    """

    code: str
    title: str
    status: str
    checked: int
    counted: str
    errors: int
    warnings: int
    infos: int

    @property
    def findings(self) -> int:
        """All its findings."""
        return self.errors + self.warnings + self.infos


def cells_asked(
    table: Table, rules: Sequence[Rule], profile: Profile, known: Mapping[str, pd.Series[bool]] = NOBODY
) -> Counter[str]:
    """Return by rule code in how many cells of a table it was asked; a cell judged by two messages counts once.

    Parameters
    ----------
    known
        By the rule's name in which rows it was asked, where that was seen already (`check_table`).
    """
    asked: dict[tuple[str, str], pd.Series[bool]] = {}
    for rule in rules:
        if profile.rules[rule.code].enabled:
            mask = known.get(rule.name)
            if mask is None:
                mask = rule.asked(table.frame, table.unreadable, table.blank, profile)
            place = rule.code, rule.at
            asked[place] = asked[place] | mask if place in asked else mask
    return Counter({code: 0 for code, _ in asked}) + _summed(asked)


def _summed(asked: Mapping[tuple[str, str], pd.Series[bool]]) -> Counter[str]:
    counts: Counter[str] = Counter()
    for (code, _), mask in asked.items():
        counts[code] += int(mask.sum())
    return counts


def filled_cells(table: Table) -> int:
    """Return how many cells of a table hold something: П-26 looks at each."""
    return int((table.typed.drop(columns="number") != "").sum().sum())


def tally(asked: Mapping[str, int], findings: pd.DataFrame, profile: Profile) -> list[RuleLine]:
    """Return a line for each rule of the catalogue, in clause order.

    Parameters
    ----------
    asked
        By rule code of how many things it was asked.
    findings
        All findings of the run.
    """
    stages: dict[str, Stage] = {}
    for entry in catalogue(profile):
        stages.setdefault(entry.code, entry.stage)
    counts = Counter(tuples(findings, "rule", "severity"))
    return [_line(code, stages[code], asked.get(code, 0), counts, profile) for code in profile.rules]


def _line(code: str, stage: Stage, asked: int, counts: Mapping[tuple[str, str], int], profile: Profile) -> RuleLine:
    setting = profile.rules[code]
    found = [counts.get((code, severity), 0) for severity in ("error", "warning", "info")]
    status = OFF if not setting.enabled else CHECKED if asked or any(found) else NOT_APPLICABLE
    return RuleLine(code, setting.title, status, asked, _COUNTED[stage], *found)
