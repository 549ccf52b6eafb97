"""П-02 … П-13 on a row: what a record says, beside the reference list and the other rows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from workbook_tools.records import EXCLUDE
from workbook_tools.rules.contacts import CONTACT_RULES
from workbook_tools.rules.rule import Holds, Row, Rule, Words, checked, text
from workbook_tools.rules.texts import BODY_RULES, COPY_RULES, FORM_RULES, STAGE_RULES
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
    return lambda frame, _: frame[field.name] != ""


def short_enough(field: FieldSpec) -> Holds:
    """П-02: a text keeps the column's length."""
    return lambda frame, _: frame[field.name].str.len() <= (field.max_length or 0)


def read_in_row(field: FieldSpec) -> Holds:
    """П-02: the rows in which a column is read; of a row to be excluded only touchpoint and basis are."""
    return lambda frame, _: (frame["action"] != EXCLUDE) | (field.name in _READ_AT_EXCLUSION)


def required_in(field: FieldSpec) -> Holds:
    """П-02: the rows whose action requires a column; an action that is none requires itself."""

    def applies(frame: pd.DataFrame, profile: Profile) -> pd.Series[bool]:
        nameless = ~frame["action"].isin([term.code for term in profile.actions]) & (field.name == "action")
        return frame["action"].isin(field.required_for) | nameless

    return applies


def length_words(field: FieldSpec) -> Words:
    """Return the words of П-02 for a text that is too long."""

    def words(row: Row, profile: Profile) -> Mapping[str, str]:
        count = plural(len(text(row, field.name)), "знак", "знака", "знаков")
        return {"col": field.header, "n": count, "max": str(field.max_length)}

    return words


def listed(column: str, listing: str) -> Holds:
    """П-04, П-05, П-12, П-13, П-15: a value of a closed list is one of its terms."""

    def holds(frame: pd.DataFrame, profile: Profile) -> pd.Series[bool]:
        return frame[column].isin([term.value for term in getattr(profile, listing)])

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


def with_known_kind(*, disputed: bool) -> Holds:
    """П-06: the rows of known touchpoints; apart those of which the Порядок says both."""

    def applies(frame: pd.DataFrame, profile: Profile) -> pd.Series[bool]:
        listed_kind = frame["kind"].isin([kind.code for kind in profile.kinds])
        return frame["checked"] & listed_kind & (frame["ref_kind"] != "") & (frame["ref_disputed"] == disputed)

    return applies


def kind_agrees(frame: pd.DataFrame, profile: Profile) -> pd.Series[bool]:
    """П-06: the kind is the one of the reference list."""
    return frame["kind"] == frame["ref_kind"]


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
    return frame["ref_listed"] | (frame["glued"] != "")


def one_touchpoint(frame: pd.DataFrame, profile: Profile) -> pd.Series[bool]:
    """П-08: one touchpoint in a record."""
    return frame["glued"] == ""


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


def _usual_client(frame: pd.DataFrame, profile: Profile) -> pd.Series[str]:
    return frame["activity"].map({activity.name: activity.client for activity in profile.activities}).fillna("")


def with_usual_client(frame: pd.DataFrame, profile: Profile) -> pd.Series[bool]:
    """П-13: the rows whose activity has a usual client and whose own is a known one."""
    known = frame["client"].isin([term.value for term in profile.clients])
    return frame["checked"] & known & (_usual_client(frame, profile) != "")


def client_usual(frame: pd.DataFrame, profile: Profile) -> pd.Series[bool]:
    """П-13: the client is the usual one of the activity."""
    return frame["client"] == _usual_client(frame, profile)


def inside_only(frame: pd.DataFrame, profile: Profile) -> pd.Series[bool]:
    """П-28: the rows of touchpoints that an external client has no access to."""
    return frame["checked"] & frame["ref_internal"]


def client_inside(frame: pd.DataFrame, profile: Profile) -> pd.Series[bool]:
    """П-28: such a touchpoint does not serve an external client."""
    return ~frame["client"].isin([term.name for term in profile.clients if term.external])


def client_words(row: Row, profile: Profile) -> Mapping[str, str]:
    """Return the words of П-13."""
    activity = text(row, "activity")
    return {"a": activity, "c": profile.activity_of[activity].client, "v": text(row, "client")}


_KEY = ("activity", "process", "touchpoint")

RIVAL_RULES: tuple[Rule, ...] = (
    Rule("П-09", "in_edition", "touchpoint", _KEY, no_rival("in_edition"), rival_words, applies=checked),
    Rule(
        "П-09",
        "between_units",
        "touchpoint",
        (*_KEY, "kind"),
        no_rival("between_units"),
        rival_words,
        applies=checked,
    ),
    Rule("П-09", "united", "touchpoint", (*_KEY, "kind"), no_rival("united"), rival_words, applies=checked),
    Rule("П-09", "clients", "client", (*_KEY, "client"), clients_agree, rival_words, applies=checked),
)

CONTENT_RULES: tuple[Rule, ...] = (
    Rule(
        "П-04",
        "unknown",
        "activity",
        ("activity",),
        listed("activity", "activities"),
        unlisted_words("activity", "activities"),
        applies=checked,
    ),
    Rule("П-05", "main", "kind", ("kind",), listed("kind", "kinds"), value_words("kind", "v"), applies=checked),
    Rule(
        "П-06",
        "main",
        "kind",
        ("touchpoint", "kind"),
        kind_agrees,
        kind_words,
        applies=with_known_kind(disputed=False),
    ),
    Rule(
        "П-06",
        "disputed",
        "kind",
        ("touchpoint", "kind"),
        kind_agrees,
        kind_words,
        applies=with_known_kind(disputed=True),
    ),
    Rule(
        "П-07",
        "main",
        "touchpoint",
        ("touchpoint",),
        touchpoint_listed,
        value_words("touchpoint", "tp"),
        applies=checked,
    ),
    Rule("П-08", "main", "touchpoint", ("touchpoint",), one_touchpoint, value_words("glued", "list"), applies=checked),
    Rule("П-09", "main", "touchpoint", _KEY, no_rival("same_file"), rival_words, applies=checked),
    *RIVAL_RULES,
    *STAGE_RULES,
    *FORM_RULES,
    Rule(
        "П-12", "unknown", "key", ("key",), listed("key", "answers"), unlisted_words("key", "answers"), applies=checked
    ),
    Rule(
        "П-13",
        "unknown",
        "client",
        ("client",),
        listed("client", "clients"),
        unlisted_words("client", "clients"),
        applies=checked,
    ),
    Rule("П-13", "main", "client", ("activity", "client"), client_usual, client_words, applies=with_usual_client),
)

LATER_RULES: tuple[Rule, ...] = (
    *BODY_RULES,
    *CONTACT_RULES,
    Rule("П-28", "main", "touchpoint", ("touchpoint", "client"), client_inside, applies=inside_only),
    *COPY_RULES,
)


def column_rules(profile: Profile) -> tuple[Rule, ...]:
    """Return the rules that the profile's columns give: filled where required, short enough (П-02)."""
    fields = [profile.field[column.name] for column in profile.sheets["data"].columns]
    required = [
        Rule(
            "П-02",
            "main",
            field.name,
            (field.name,),
            filled(field),
            _header_words(field),
            judges_blank=True,
            applies=required_in(field),
        )
        for field in fields
        if field.required_for
    ]
    limited = [
        Rule(
            "П-02",
            "too_long",
            field.name,
            (field.name,),
            short_enough(field),
            length_words(field),
            applies=read_in_row(field),
        )
        for field in fields
        if field.max_length
    ]
    return (*required, *limited)


def _header_words(field: FieldSpec) -> Words:
    return lambda *_: {"col": field.header}
