"""П-02 … П-13 on a row: what a record says, beside the reference list and the other rows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from workbook_tools.records import EXCLUDE
from workbook_tools.rules.rule import Holds, Row, Rule, Words, text
from workbook_tools.text import plural

if TYPE_CHECKING:
    import pandas as pd

    from workbook_tools.profile import FieldSpec, Profile


_READ_AT_EXCLUSION = ("touchpoint", "basis")


def choices(listing: str, profile: Profile) -> str:
    """Return a closed list as people read it in a message."""
    return ", ".join(f"«{term.name}»" for term in getattr(profile, listing))


def filled(field: FieldSpec) -> Holds:
    """П-02: a column that the action requires is not blank."""

    def holds(frame: pd.DataFrame, profile: Profile) -> pd.Series[bool]:
        required = frame["action"].isin(field.required_for)
        nameless = ~frame["action"].isin([term.code for term in profile.actions]) & (field.name == "action")
        return (frame[field.name] != "") | ~(required | nameless)

    return holds


def short_enough(field: FieldSpec) -> Holds:
    """П-02: a text keeps the column's length; of a row to be excluded only what is read there is measured."""

    def holds(frame: pd.DataFrame, profile: Profile) -> pd.Series[bool]:
        unread = (frame["action"] == EXCLUDE) & (field.name not in _READ_AT_EXCLUSION)
        return (frame[field.name].str.len() <= (field.max_length or 0)) | unread

    return holds


def length_words(field: FieldSpec) -> Words:
    """Return the words of П-02 for a text that is too long."""

    def words(row: Row, profile: Profile) -> Mapping[str, str]:
        count = plural(len(text(row, field.name)), "знак", "знака", "знаков")
        return {"col": field.header, "n": count, "max": str(field.max_length)}

    return words


def listed(column: str, listing: str, *, always: bool = False) -> Holds:
    """П-04, П-05, П-12, П-13, П-15: a value of a closed list is one of its terms."""

    def holds(frame: pd.DataFrame, profile: Profile) -> pd.Series[bool]:
        known = frame[column].isin([term.value for term in getattr(profile, listing)])
        return known if always else known | ~frame["checked"]

    return holds


def unlisted_words(column: str, listing: str) -> Words:
    """Return the words of a value outside its closed list."""

    def words(row: Row, profile: Profile) -> Mapping[str, str]:
        header = profile.field[column].header
        return {"v": text(row, column), "list": choices(listing, profile), "col": header}

    return words


def value_words(column: str, word: str) -> Words:
    """Return the column's value as the one word of the message."""
    return lambda row, _: {word: text(row, column)}


def kind_agrees(*, disputed: bool) -> Holds:
    """П-06: the kind is the one of the reference list; apart for touchpoints of which the Порядок says both."""

    def holds(frame: pd.DataFrame, profile: Profile) -> pd.Series[bool]:
        listed_kind = frame["kind"].isin([kind.code for kind in profile.kinds])
        agrees = ~listed_kind | ~frame["checked"] | (frame["ref_kind"] == "") | (frame["kind"] == frame["ref_kind"])
        return agrees | (frame["ref_disputed"] != disputed)

    return holds


def kind_words(row: Row, profile: Profile) -> Mapping[str, str]:
    """Return the words of П-06."""
    known = profile.touchpoint(text(row, "touchpoint"))
    clause = known.clause if known else profile.rules["П-06"].clause
    return {
        "tp": text(row, "touchpoint"),
        "k_ref": profile.name_of("kinds", text(row, "ref_kind")),
        "k": profile.name_of("kinds", text(row, "kind")),
        "ref": profile.clauses[clause].cite,
    }


def touchpoint_listed(frame: pd.DataFrame, profile: Profile) -> pd.Series[bool]:
    """П-07: the touchpoint stands in the reference list."""
    return frame["ref_listed"] | ~frame["checked"] | (frame["glued"] != "")


def one_touchpoint(frame: pd.DataFrame, profile: Profile) -> pd.Series[bool]:
    """П-08: one touchpoint in a record."""
    return (frame["glued"] == "") | ~frame["checked"]


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


def clients_agree(frame: pd.DataFrame, profile: Profile) -> pd.Series[bool]:
    """П-09: records that are united name the same client."""
    return (frame["rival"] != "united") | (frame["rival_client"] == frame["client"])


def client_usual(frame: pd.DataFrame, profile: Profile) -> pd.Series[bool]:
    """П-13: the client is the usual one of the activity."""
    usual = frame["activity"].map({activity.name: activity.client for activity in profile.activities}).fillna("")
    known = frame["client"].isin([term.value for term in profile.clients])
    return ~known | ~frame["checked"] | (usual == "") | (frame["client"] == usual)


def client_words(row: Row, profile: Profile) -> Mapping[str, str]:
    """Return the words of П-13."""
    activity = text(row, "activity")
    return {"a": activity, "c": profile.activity_of[activity].client, "v": text(row, "client")}


_KEY = ("activity", "process", "touchpoint")

RIVAL_RULES: tuple[Rule, ...] = (
    Rule("П-09", "in_edition", "touchpoint", _KEY, no_rival("in_edition"), rival_words),
    Rule("П-09", "between_units", "touchpoint", (*_KEY, "kind"), no_rival("between_units"), rival_words),
    Rule("П-09", "united", "touchpoint", (*_KEY, "kind"), no_rival("united"), rival_words),
    Rule("П-09", "clients", "client", (*_KEY, "client"), clients_agree, rival_words),
)

CONTENT_RULES: tuple[Rule, ...] = (
    Rule(
        "П-04",
        "unknown",
        "activity",
        ("activity",),
        listed("activity", "activities"),
        unlisted_words("activity", "activities"),
    ),
    Rule("П-05", "main", "kind", ("kind",), listed("kind", "kinds"), value_words("kind", "v")),
    Rule("П-06", "main", "kind", ("touchpoint", "kind"), kind_agrees(disputed=False), kind_words),
    Rule("П-06", "disputed", "kind", ("touchpoint", "kind"), kind_agrees(disputed=True), kind_words),
    Rule("П-07", "main", "touchpoint", ("touchpoint",), touchpoint_listed, value_words("touchpoint", "tp")),
    Rule("П-08", "main", "touchpoint", ("touchpoint",), one_touchpoint, value_words("glued", "list")),
    Rule("П-09", "main", "touchpoint", _KEY, no_rival("same_file"), rival_words),
    *RIVAL_RULES,
    Rule("П-12", "unknown", "key", ("key",), listed("key", "answers"), unlisted_words("key", "answers")),
    Rule("П-13", "unknown", "client", ("client",), listed("client", "clients"), unlisted_words("client", "clients")),
    Rule("П-13", "main", "client", ("activity", "client"), client_usual, client_words),
)


def column_rules(profile: Profile) -> tuple[Rule, ...]:
    """Return the rules that the profile's columns give: filled where required, short enough (П-02)."""
    fields = [profile.field[column.name] for column in profile.sheets["data"].columns]
    required = [
        Rule("П-02", "main", field.name, (field.name,), filled(field), _header_words(field), judges_blank=True)
        for field in fields
        if field.required_for
    ]
    limited = [
        Rule("П-02", "too_long", field.name, (field.name,), short_enough(field), length_words(field))
        for field in fields
        if field.max_length
    ]
    return (*required, *limited)


def _header_words(field: FieldSpec) -> Words:
    return lambda *_: {"col": field.header}
