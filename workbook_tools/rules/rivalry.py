"""П-09 and П-15 on a row: who else claims the same process and touchpoint (раздел II, п. 2.4)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from workbook_tools.rules.rule import Holds, Row, Rule, checked, text

if TYPE_CHECKING:
    import pandas as pd

    from workbook_tools.profile import Profile


def no_rival(kind: str) -> Holds:
    """П-09, П-15: nobody else claims the same process and touchpoint in this way."""

    def holds(frame: pd.DataFrame, profile: Profile) -> pd.Series[bool]:
        return frame["rival"] != kind

    return holds


def rival_words(row: Row, profile: Profile) -> Mapping[str, str]:
    """Return the words of П-09."""
    place = f"{row['rival_file']}, строка {row['rival_row']}" if row["rival_file"] else f"запись {row['rival_code']}"
    return {
        "tp": text(row, "touchpoint"),
        "p": text(row, "process"),
        "m": str(row["rival_row"]) if row["rival"] == "same_file" else place,
        "id": text(row, "rival_code"),
        "k": profile.name_of("kinds", text(row, "kind")),
        "k2": profile.name_of("kinds", text(row, "rival_kind")),
        "unit2": profile.unit_name(text(row, "rival_unit")),
        "c": text(row, "client"),
        "c2": text(row, "rival_client"),
    }


def again_words(row: Row, profile: Profile) -> Mapping[str, str]:
    """Return the words of П-15 for a row that includes what another row of its file excludes."""
    return {"id": text(row, "rival_code"), "m": str(row["rival_row"])}


def clients_agree(frame: pd.DataFrame, profile: Profile) -> pd.Series[bool]:
    """П-09: records that are united name the same client."""
    return (frame["rival"] != "united") | (frame["rival_client"] == frame["client"])


KEY = ("activity", "process", "touchpoint")

RIVAL_RULES: tuple[Rule, ...] = (
    Rule("П-09", "in_edition", "touchpoint", KEY, no_rival("in_edition"), rival_words, applies=checked),
    Rule(
        "П-09",
        "between_units",
        "touchpoint",
        (*KEY, "kind"),
        no_rival("between_units"),
        rival_words,
        applies=checked,
    ),
    Rule("П-09", "united", "touchpoint", (*KEY, "kind"), no_rival("united"), rival_words, applies=checked),
    Rule("П-15", "again", "action", ("action", *KEY), no_rival("again"), again_words),
    Rule("П-09", "clients", "client", (*KEY, "client"), clients_agree, rival_words, applies=checked),
)
