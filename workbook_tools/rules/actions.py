"""П-14 … П-19 on a row: what the action says beside the edition in force."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from workbook_tools.records import CHANGE, CONTENT, EXCLUDE, INCLUDE, KEEP
from workbook_tools.rules.content import listed, meant_word, unlisted_words
from workbook_tools.rules.rule import Holds, Row, Rule, Suggest, text

if TYPE_CHECKING:
    import pandas as pd

    from workbook_tools.profile import Profile


def action_words(row: Row, profile: Profile) -> Mapping[str, str]:
    """Return the action and the code."""
    return {"act": profile.name_of("actions", text(row, "action")), "id": text(row, "code")}


def doing(*actions: str) -> Holds:
    """Return the rows with one of the actions."""
    return lambda frame, _: frame["action"].isin(actions)


def known(frame: pd.DataFrame, profile: Profile) -> pd.Series[bool]:
    """Tell which rows name a record that the edition has."""
    return frame["known"]


def known_and_doing(*actions: str) -> Holds:
    """Return the rows with one of the actions that name a record of the edition."""
    return lambda frame, _: frame["known"] & frame["action"].isin(actions)


def to_do(action: str) -> Suggest:
    """Return the action that was probably meant."""
    return lambda _, profile: profile.name_of("actions", action)


def basis_given(frame: pd.DataFrame, profile: Profile) -> pd.Series[bool]:
    """П-14: a basis document is named for whatever changes the register."""
    return frame["basis"] != ""


def kept_as_is(frame: pd.DataFrame, profile: Profile) -> pd.Series[bool]:
    """П-15: «без изменений» means that nothing differs from the edition."""
    return frame["edited"] == ""


def edited_words(row: Row, profile: Profile) -> Mapping[str, str]:
    """Return the words of П-15 for an edited row: the action and the headers of the changed columns."""
    headers = [profile.field[name].header for name in text(row, "edited").split(", ")]
    return {**action_words(row, profile), "cols": ", ".join(f"«{header}»" for header in headers)}


def really_changed(frame: pd.DataFrame, profile: Profile) -> pd.Series[bool]:
    """П-15: «изменить» means that something differs from the edition."""
    return (frame["changed"] != "") | frame["retyped"]


def code_given(frame: pd.DataFrame, profile: Profile) -> pd.Series[bool]:
    """П-15: keeping, changing and excluding need the record's code."""
    return frame["code"] != ""


def no_code_for_new(frame: pd.DataFrame, profile: Profile) -> pd.Series[bool]:
    """П-15: a new row has no code yet."""
    return frame["code"] == ""


def code_known(frame: pd.DataFrame, profile: Profile) -> pd.Series[bool]:
    """П-15: the edition has the code."""
    return frame["known"]


def coded(frame: pd.DataFrame, profile: Profile) -> pd.Series[bool]:
    """П-15: the rows that name a record, where an edition is in force."""
    return (frame["code"] != "") & frame["has_edition"] & (frame["action"] != INCLUDE)


def code_once(frame: pd.DataFrame, profile: Profile) -> pd.Series[bool]:
    """П-15: a code stands once in a file."""
    return ~frame.duplicated(["file", "code"], keep=False) | (frame["code"] == "")


def same_touchpoint_excluded(frame: pd.DataFrame, profile: Profile) -> pd.Series[bool]:
    """П-15: an excluded row still names the touchpoint that the record has."""
    return ~frame["changed"].str.contains("touchpoint")


def excluded_words(row: Row, profile: Profile) -> Mapping[str, str]:
    """Return the words of П-15 for an excluded row that names another touchpoint."""
    return {**action_words(row, profile), "v": text(row, "touchpoint"), "was": text(row, "was_touchpoint")}


def of_others(*actions: str) -> Holds:
    """Return the rows with one of the actions whose owner is asked for row by row, not once for a foreign file."""
    return lambda frame, _: frame["known"] & frame["action"].isin(actions) & ~frame["foreign_file"]


def own_record(frame: pd.DataFrame, profile: Profile) -> pd.Series[bool]:
    """П-19: the record belongs to the unit that sent the file."""
    return (frame["was_unit"] == "") | (frame["was_unit"] == frame["unit"])


def owner_words(row: Row, profile: Profile) -> Mapping[str, str]:
    """Return the words of П-19."""
    return {"id": text(row, "code"), "unit2": profile.unit_name(text(row, "was_unit"))}


ACTION_RULES: tuple[Rule, ...] = (
    Rule(
        "П-14",
        "main",
        "basis",
        ("action", "basis"),
        basis_given,
        action_words,
        judges_blank=True,
        applies=doing(INCLUDE, CHANGE, EXCLUDE),
    ),
    Rule(
        "П-15",
        "unknown",
        "action",
        ("action",),
        listed("action", "actions"),
        unlisted_words("action", "actions"),
        suggest=meant_word("action", "actions"),
    ),
    Rule(
        "П-15",
        "edited",
        "action",
        ("action", "code", *CONTENT),
        kept_as_is,
        edited_words,
        applies=doing(KEEP),
        suggest=to_do(CHANGE),
    ),
    Rule(
        "П-15",
        "same",
        "action",
        ("action", "code"),
        really_changed,
        action_words,
        applies=known_and_doing(CHANGE),
        suggest=to_do(KEEP),
    ),
    Rule(
        "П-15",
        "no_code",
        "code",
        ("action", "code"),
        code_given,
        action_words,
        judges_blank=True,
        applies=doing(KEEP, CHANGE, EXCLUDE),
    ),
    Rule(
        "П-15",
        "has_code",
        "code",
        ("action", "code"),
        no_code_for_new,
        action_words,
        judges_blank=True,
        applies=doing(INCLUDE),
    ),
    Rule("П-15", "unknown_code", "code", ("action", "code"), code_known, action_words, applies=coded),
    Rule(
        "П-15",
        "code_twice",
        "code",
        ("code",),
        code_once,
        lambda row, _: {"id": text(row, "code"), "m": text(row, "twin_row")},
    ),
    Rule(
        "П-15",
        "other_touchpoint",
        "touchpoint",
        ("action", "touchpoint"),
        same_touchpoint_excluded,
        excluded_words,
        applies=known_and_doing(EXCLUDE),
    ),
    Rule(
        "П-19",
        "main",
        "code",
        ("action", "code"),
        own_record,
        owner_words,
        applies=of_others(INCLUDE, CHANGE, EXCLUDE),
    ),
    Rule("П-19", "kept", "code", ("action", "code"), own_record, owner_words, applies=of_others(KEEP)),
)
