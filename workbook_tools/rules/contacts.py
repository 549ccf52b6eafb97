"""П-23 on a row: the address or number of a touchpoint."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from workbook_tools.rules.rule import Row, Rule, checked, text

if TYPE_CHECKING:
    import pandas as pd

    from workbook_tools.profile import Profile

_READS = ("touchpoint", "contact")


def well_formed(frame: pd.DataFrame, profile: Profile) -> pd.Series[bool]:
    """П-23: an address, an e-mail address or a number is written as one."""
    return frame["contact_fault"] == ""


def contact_needed(frame: pd.DataFrame, profile: Profile) -> pd.Series[bool]:
    """П-23: the rows of touchpoints that are reached by an address or a number."""
    return frame["checked"] & frame["ref_contact"].isin(["url", "email", "phone"])


def on_the_net(frame: pd.DataFrame, profile: Profile) -> pd.Series[bool]:
    """П-23: the rows of the body's own site and e-mail; a social network has its own domain."""
    return frame["checked"] & frame["ref_contact"].isin(["url", "email"])


def contact_given(frame: pd.DataFrame, profile: Profile) -> pd.Series[bool]:
    """П-23: such a touchpoint has one."""
    return frame["contact"] != ""


def of_government(frame: pd.DataFrame, profile: Profile) -> pd.Series[bool]:
    """П-23: a site or an e-mail address lies in a domain of public bodies."""
    return frame["contact_foreign"] == ""


def contact_words(row: Row, profile: Profile) -> Mapping[str, str]:
    """Return the touchpoint and what is wrong or strange in its address."""
    return {
        "tp": text(row, "touchpoint"),
        "v": text(row, "contact_fault") or text(row, "contact_foreign"),
    }


CONTACT_RULES: tuple[Rule, ...] = (
    Rule("П-23", "main", "contact", _READS, well_formed, contact_words, applies=checked),
    Rule("П-23", "absent", "contact", _READS, contact_given, contact_words, judges_blank=True, applies=contact_needed),
    Rule("П-23", "not_government", "contact", _READS, of_government, contact_words, applies=on_the_net),
)
