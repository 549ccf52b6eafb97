"""П-09 and П-15 on a row: who else claims the same process and touchpoint (раздел II, п. 2.4)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from workbook_tools.rules.rule import Holds, Row, Rule, checked, text

if TYPE_CHECKING:
    import pandas as pd

    from workbook_tools.profile import Profile


def no_rival(kind: str) -> Holds:
    """П-09: nobody else claims the same process and touchpoint in this way."""

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


def nothing_left(kind: str) -> Holds:
    """П-15: the row brings back no excluded record in this way; what is not taken, or waits, brings nothing back."""

    def holds(frame: pd.DataFrame, profile: Profile) -> pd.Series[bool]:
        return (frame["left"] != kind) | ~frame["rival"].isin(["", "united"])

    return holds


def left_words(row: Row, profile: Profile) -> Mapping[str, str]:
    """Return the words of П-15 for a row that includes what another row excludes."""
    place = f"{row['left_file']}, строка {row['left_row']}"
    return {
        "id": text(row, "left_code"),
        "m": place if row["left"] == "taken_over" else str(row["left_row"]),
        "unit2": profile.unit_name(text(row, "left_unit")),
        "doc": text(row, "left_basis"),
    }


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
    *(
        Rule("П-15", kind, "action", ("action", *KEY), nothing_left(kind), left_words)
        for kind in ("again", "again_same", "taken_over")
    ),
    Rule("П-09", "clients", "client", (*KEY, "client"), clients_agree, rival_words, applies=checked),
)
