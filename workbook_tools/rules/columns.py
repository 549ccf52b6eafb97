"""П-02 on a row: what the columns of the profile ask for – filled where required, short enough."""

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
