"""П-04 … П-13, П-28 on a row: what a record says, beside the reference list and the other rows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from workbook_tools.rules.contacts import CONTACT_RULES
from workbook_tools.rules.rivalry import KEY, RIVAL_RULES, no_rival, rival_words
from workbook_tools.rules.rule import Holds, Row, Rule, Suggest, Words, checked, text
from workbook_tools.rules.texts import BODY_RULES, COPY_RULES, FORM_RULES, STAGE_RULES
from workbook_tools.suggestions import nearest

if TYPE_CHECKING:
    import pandas as pd

    from workbook_tools.profile import Profile


def choices(listing: str, profile: Profile) -> str:
    """Return a closed list as people read it in a message."""
    return ", ".join(f"«{term.name}»" for term in getattr(profile, listing))


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


def meant_word(column: str, listing: str) -> Suggest:
    """Return the wording of a list that a value was probably meant to be."""
    return lambda row, profile: nearest(text(row, column), profile.wordings[listing], profile.limits.suggestion)


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


def _meant_touchpoint(row: Row, profile: Profile) -> str:
    """Return the touchpoint that was probably meant; one that is known, though not in the list, means itself."""
    return "" if text(row, "ref_kind") else meant_word("touchpoint", "touchpoints")(row, profile)


def one_touchpoint(frame: pd.DataFrame, profile: Profile) -> pd.Series[bool]:
    """П-08: one touchpoint in a record."""
    return frame["glued"] == ""


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


CONTENT_RULES: tuple[Rule, ...] = (
    Rule(
        "П-04",
        "unknown",
        "activity",
        ("activity",),
        listed("activity", "activities"),
        unlisted_words("activity", "activities"),
        applies=checked,
        suggest=meant_word("activity", "activities"),
    ),
    Rule(
        "П-05",
        "main",
        "kind",
        ("kind",),
        listed("kind", "kinds"),
        value_words("kind", "v"),
        applies=checked,
        suggest=meant_word("kind", "kinds"),
    ),
    Rule(
        "П-06",
        "main",
        "kind",
        ("touchpoint", "kind"),
        kind_agrees,
        kind_words,
        applies=with_known_kind(disputed=False),
        suggest=lambda row, profile: profile.name_of("kinds", text(row, "ref_kind")),
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
        suggest=_meant_touchpoint,
    ),
    Rule("П-08", "main", "touchpoint", ("touchpoint",), one_touchpoint, value_words("glued", "list"), applies=checked),
    Rule("П-09", "main", "touchpoint", KEY, no_rival("same_file"), rival_words, applies=checked),
    *RIVAL_RULES,
    *STAGE_RULES,
    *FORM_RULES,
    Rule(
        "П-12",
        "unknown",
        "key",
        ("key",),
        listed("key", "answers"),
        unlisted_words("key", "answers"),
        applies=checked,
        suggest=meant_word("key", "answers"),
    ),
    Rule(
        "П-13",
        "unknown",
        "client",
        ("client",),
        listed("client", "clients"),
        unlisted_words("client", "clients"),
        applies=checked,
        suggest=meant_word("client", "clients"),
    ),
    Rule("П-13", "main", "client", ("activity", "client"), client_usual, client_words, applies=with_usual_client),
)

LATER_RULES: tuple[Rule, ...] = (
    *BODY_RULES,
    *CONTACT_RULES,
    Rule("П-28", "main", "touchpoint", ("touchpoint", "client"), client_inside, applies=inside_only),
    *COPY_RULES,
)
