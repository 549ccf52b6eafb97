"""An edition under the rules of content: its old defects are told as warnings, and nothing is taken away."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from workbook_tools import findings as found
from workbook_tools.facts import facts
from workbook_tools.records import CONTENT, KEEP
from workbook_tools.rules import ROW_RULES
from workbook_tools.rules.output import directions_agree
from workbook_tools.rules.register import coverage, key_touchpoints
from workbook_tools.schema import check_table
from workbook_tools.tables import Table

if TYPE_CHECKING:
    from workbook_tools.profile import Profile

# What reading the edition does not already say of it.
_CODES = {"П-10", "П-11", "П-13", "П-22", "П-23", "П-28", "П-29"}


def audit(register: pd.DataFrame, profile: Profile) -> pd.DataFrame:
    """Check the records of an earlier edition by what they say.

    Parameters
    ----------
    register
        A records frame (records.RECORD).

    Returns
    -------
    DataFrame
        A findings frame: П-10, П-11, П-13, П-22, П-23, П-28, П-29 on the records, П-03 and П-04 on their
        directions, П-12, П-24, П-25 on the whole; errors of old records count as warnings (design.md section 6:
        findings on an edition never remove a record).
    """
    rules = [rule for rule in ROW_RULES if rule.code in _CODES]
    return found.gather(
        check_table(_table(register, profile), rules, profile),
        found.eased(found.of_remarks(directions_agree(register, profile), profile)),
        found.of_remarks(key_touchpoints(register, profile), profile),
        found.of_remarks(coverage(register, profile), profile),
    )


def _table(register: pd.DataFrame, profile: Profile) -> Table:
    fields = [column.name for column in profile.sheets["data"].columns]
    held = register.reset_index(drop=True)
    frame = held[["file", "sheet", "row", "unit", "code", *CONTENT, "basis"]].assign(action=KEEP, number="", note="")
    known = facts(frame, None, profile, frozenset(held["file"])).assign(settled=True)
    typed = pd.DataFrame({name: frame[name].map(lambda text, name=name: profile.shown(name, text)) for name in fields})
    unreadable = pd.DataFrame(data=False, index=frame.index, columns=fields)
    return Table(frame.join(known), typed.astype("str"), unreadable, _no_cell)


def _no_cell(_index: int, _name: str) -> str:
    """Return no cell: a record of an edition is known by its code and its source."""
    return ""
