"""П-17 and П-27 on a title sheet: who checked the file, and for which edition it was made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from workbook_tools.rules.rule import Holds, Row, Rule, Stage, Words, text
from workbook_tools.suggestions import nearest
from workbook_tools.text import compare_key, russian_date

if TYPE_CHECKING:
    import pandas as pd

    from workbook_tools.profile import Profile

_SIGNED = ("head_name", "head_post", "checked")
_EXECUTOR = ("executor_name", "executor_post", "executor_phone", "filled")


def label_words(name: str) -> Words:
    """Return a title field's label, its value and the edition's date."""

    def words(row: Row, profile: Profile) -> Mapping[str, str]:
        label = next(field.label for field in profile.title_fields if field.name == name)
        return {"col": label, "v": text(row, name), "d": russian_date(text(row, "edition_date"))}

    return words


def signed(name: str) -> Holds:
    """П-17: the service block names who checked the data; reported once, at its first blank line."""

    def holds(frame: pd.DataFrame, profile: Profile) -> pd.Series[bool]:
        earlier = frame[list(_SIGNED[: _SIGNED.index(name)])]
        return (frame[name] != "") | (earlier == "").any(axis=1)

    return holds


def executor_given(name: str) -> Holds:
    """П-17: the executor is named; reported once, at the first blank line."""

    def holds(frame: pd.DataFrame, profile: Profile) -> pd.Series[bool]:
        earlier = frame[list(_EXECUTOR[: _EXECUTOR.index(name)])]
        return (frame[name] != "") | (earlier == "").any(axis=1)

    return holds


def is_date(name: str) -> Holds:
    """П-17: what stands for a date is one."""

    def holds(frame: pd.DataFrame, profile: Profile) -> pd.Series[bool]:
        return (frame[name] == "") | (frame[f"{name}_date"] != "")

    return holds


def not_in_future(name: str) -> Holds:
    """П-17: the date is not after the run's."""

    def holds(frame: pd.DataFrame, profile: Profile) -> pd.Series[bool]:
        return frame[f"{name}_date"] <= frame["today"]

    return holds


def not_before_edition(frame: pd.DataFrame, profile: Profile) -> pd.Series[bool]:
    """П-17: the check is not older than the edition checked."""
    return (frame["checked_date"] == "") | (frame["checked_date"] >= frame["edition_date"])


def answered(frame: pd.DataFrame, profile: Profile) -> pd.Series[bool]:
    """П-17: whether anything changed is answered with yes or no."""
    return frame["has_changes"].map(compare_key).isin(list(profile.words["answers"]))


def answer_agrees(frame: pd.DataFrame, profile: Profile) -> pd.Series[bool]:
    """П-17: the answer fits the rows."""
    no = {key for key, term in profile.words["answers"].items() if term.code == "no"}
    return ~frame["has_changes"].map(compare_key).isin(list(no)) | (frame["changes"] == 0)


def same_edition(frame: pd.DataFrame, profile: Profile) -> pd.Series[bool]:
    """П-27: the template was made from the edition in force."""
    return (frame["edition_date"] == "") | (frame["base_date"] == "") | (frame["base_date"] == frame["edition_date"])


def base_given(frame: pd.DataFrame, profile: Profile) -> pd.Series[bool]:
    """П-27: where an edition is in force, the template was made from one."""
    return (frame["edition_date"] == "") | (frame["base_date"] != "")


def edition_given(frame: pd.DataFrame, profile: Profile) -> pd.Series[bool]:
    """П-27: a template made from an edition is checked against one."""
    return (frame["has_edition"] != "") | (frame["base_date"] == "")


def unit_known(frame: pd.DataFrame, profile: Profile) -> pd.Series[bool]:
    """П-27: the unit is one of the profile's."""
    return frame["unit"].isin(list(profile.unit))


def meant_unit(row: Row, profile: Profile) -> str:
    """Return the code of the unit that was probably meant: by the code, else by the name beside it."""
    given = (text(row, "unit"), text(row, "unit_name"))
    near = (nearest(value, profile.wordings["units"], profile.limits.suggestion) for value in given)
    return next((code for code in near if code), "")


def same_unit(frame: pd.DataFrame, profile: Profile) -> pd.Series[bool]:
    """П-27: the title sheet and the hidden marks name one unit."""
    return (frame["meta_unit"] == "") | (frame["meta_unit"] == frame["unit"]) | ~frame["unit"].isin(list(profile.unit))


def same_version(frame: pd.DataFrame, profile: Profile) -> pd.Series[bool]:
    """П-27: the template is of the version that this program writes."""
    return (frame["meta_version"] == "") | (frame["meta_version"] == profile.template.version)


def edition_words(row: Row, profile: Profile) -> Mapping[str, str]:
    """Return the dates of the two editions."""
    return {"d1": russian_date(text(row, "base_date")), "d2": russian_date(text(row, "edition_date"))}


def _dates(name: str) -> tuple[Rule, ...]:
    words = label_words(name)
    return (
        Rule("П-17", "not_a_date", name, (name,), is_date(name), words),
        Rule("П-17", "future", name, (name,), not_in_future(name), words),
    )


_RULES: tuple[Rule, ...] = (
    *(Rule("П-17", "main", name, (name,), signed(name), judges_blank=True) for name in _SIGNED),
    *_dates("checked"),
    Rule("П-17", "before_edition", "checked", ("checked",), not_before_edition, label_words("checked")),
    *(
        Rule("П-17", "executor", name, (name,), executor_given(name), label_words(name), judges_blank=True)
        for name in _EXECUTOR
    ),
    *_dates("filled"),
    Rule("П-17", "answer", "has_changes", ("has_changes",), answered, judges_blank=True),
    Rule(
        "П-17",
        "contradiction",
        "has_changes",
        ("has_changes",),
        answer_agrees,
        lambda row, _: {"v": text(row, "has_changes"), "n": text(row, "changes")},
    ),
    Rule("П-27", "main", "edition", ("edition",), same_edition, edition_words, judges_blank=True),
    Rule("П-27", "no_base", "edition", ("edition",), base_given, edition_words, judges_blank=True),
    Rule("П-27", "no_edition", "edition", ("edition",), edition_given, edition_words, judges_blank=True),
    Rule(
        "П-27",
        "unit",
        "unit",
        ("unit",),
        unit_known,
        lambda row, _: {"v": text(row, "unit")},
        judges_blank=True,
        suggest=meant_unit,
    ),
    Rule(
        "П-27",
        "mixed",
        "unit",
        ("unit",),
        same_unit,
        lambda row, _: {"v": text(row, "unit"), "v2": text(row, "meta_unit")},
    ),
    Rule(
        "П-27",
        "version",
        "edition",
        ("edition",),
        same_version,
        lambda row, profile: {"v": text(row, "meta_version"), "v2": profile.template.version},
        judges_blank=True,
    ),
)

TITLE_RULES: tuple[Rule, ...] = tuple(replace(rule, stage=Stage.TITLE) for rule in _RULES)
