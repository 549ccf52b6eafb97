"""П-10, П-11, П-22, П-29 on a row: what its texts say beside the words of the Порядок."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from workbook_tools.bodies import TEXTS
from workbook_tools.rules.rule import Holds, Row, Rule, Words, checked, text

if TYPE_CHECKING:
    import pandas as pd

    from workbook_tools.profile import Profile


def no_stage_twin(frame: pd.DataFrame, profile: Profile) -> pd.Series[bool]:
    """П-10: no earlier row of the file has a process that differs only in its stage, at the same touchpoint."""
    return frame["stage_twin"] == 0


def stage_words(row: Row, profile: Profile) -> Mapping[str, str]:
    """Return the two rows of П-10."""
    return {"n": text(row, "stage_twin"), "m": text(row, "row")}


def worded_as_known(frame: pd.DataFrame, profile: Profile) -> pd.Series[bool]:
    """П-10: a process is not nearly but not quite worded as one that the register has."""
    return frame["near_process"] == ""


def of_known_form(*, several: bool) -> Holds:
    """П-11: every need is one of the forms of interaction; apart where several of a row are none."""

    def holds(frame: pd.DataFrame, profile: Profile) -> pd.Series[bool]:
        return (frame["needs_other"] == "") | (frame["needs_other"].str.contains("; ") != several)

    return holds


def form_words(row: Row, profile: Profile) -> Mapping[str, str]:
    """Return the needs that are no form of the Порядок, and its forms."""
    forms = "; ".join(form.name for form in profile.interaction_forms[:-1])
    return {"v": text(row, "needs_other").replace("; ", "», «"), "list": forms}


def no_other_body(column: str) -> Holds:
    """П-22: a text names no other public body."""
    return lambda frame, _: frame[f"body_{column}"] == ""


def body_words(column: str) -> Words:
    """Return the name of the other body."""
    return lambda row, _: {"v": text(row, f"body_{column}")}


def not_the_process(frame: pd.DataFrame, profile: Profile) -> pd.Series[bool]:
    """П-29: no need repeats the name of its process."""
    return frame["needs_copied"] == ""


STAGE_RULES: tuple[Rule, ...] = (
    Rule(
        "П-10",
        "main",
        "process",
        ("activity", "process", "touchpoint"),
        no_stage_twin,
        stage_words,
        applies=checked,
    ),
    Rule(
        "П-10",
        "known",
        "process",
        ("activity", "process"),
        worded_as_known,
        lambda row, _: {"p": text(row, "process"), "p2": text(row, "near_process")},
        applies=checked,
        suggest=lambda row, _: text(row, "near_process"),
    ),
)

FORM_RULES: tuple[Rule, ...] = (
    Rule("П-11", "main", "needs", ("needs", "process"), of_known_form(several=False), form_words, applies=checked),
    Rule("П-11", "several", "needs", ("needs", "process"), of_known_form(several=True), form_words, applies=checked),
)

BODY_RULES: tuple[Rule, ...] = tuple(
    Rule(
        "П-22",
        "main",
        column,
        (column,),
        no_other_body(column),
        body_words(column),
        applies=checked,
    )
    for column in TEXTS
)

COPY_RULES: tuple[Rule, ...] = (
    Rule(
        "П-29",
        "main",
        "needs",
        ("needs", "process"),
        not_the_process,
        lambda row, _: {"v": text(row, "needs_copied")},
        applies=checked,
    ),
)
