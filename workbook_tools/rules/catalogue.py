"""The whole catalogue П-01 … П-29 as one table in clause order: every message of every rule, and who asks it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook_tools.rules.actions import ACTION_RULES
from workbook_tools.rules.columns import column_rules
from workbook_tools.rules.content import CONTENT_RULES, LATER_RULES
from workbook_tools.rules.rule import Rule, Stage, Told
from workbook_tools.rules.titles import TITLE_RULES

if TYPE_CHECKING:
    from workbook_tools.profile import Profile

TOLD: tuple[Told, ...] = (
    Told("П-01", "main", Stage.FILE),
    Told("П-01", "no_sheet", Stage.FILE),
    Told("П-01", "no_title", Stage.FILE),
    Told("П-01", "no_title_text", Stage.FILE),
    Told("П-01", "guessed_letters", Stage.FILE),
    Told("П-01", "twice_column", Stage.FILE),
    Told("П-01", "extra_column", Stage.FILE),
    Told("П-01", "unreadable", Stage.FILE),
    Told("П-01", "other_table", Stage.FILE),
    Told("П-01", "same_name", Stage.FILE),
    Told("П-01", "other_sheet", Stage.FILE),
    Told("П-01", "merged", Stage.FILE),
    Told("П-01", "hidden", Stage.FILE),
    Told("П-01", "beside", Stage.FILE),
    Told("П-01", "live", Stage.FILE),
    Told("П-01", "repeated_header", Stage.EDITION),
    Told("П-01", "near_header", Stage.EDITION),
    Told("П-01", "numbering", Stage.EDITION),
    Told("П-01", "next_table", Stage.EDITION),
    Told("П-01", "foreign_table", Stage.EDITION),
    Told("П-01", "nested_table", Stage.EDITION),
    Told("П-01", "outer_table", Stage.EDITION),
    Told("П-01", "hidden_sheet", Stage.EDITION),
    Told("П-01", "outside", Stage.EDITION),
    Told("П-01", "set_aside", Stage.EDITION),
    Told("П-01", "left_out", Stage.EDITION),
    Told("П-01", "marked", Stage.EDITION),
    Told("П-02", "error_cell", Stage.FILE),
    Told("П-02", "formula", Stage.FILE),
    Told("П-02", "no_date", Stage.FILE),
    Told("П-02", "long_number", Stage.FILE),
    Told("П-02", "no_number", Stage.FILE),
    Told("П-02", "no_value", Stage.FILE),
    Told("П-02", "twice_cell", Stage.FILE),
    Told("П-02", "lost_text", Stage.FILE),
    Told("П-02", "control", Stage.FILE),
    Told("П-02", "long_text", Stage.FILE),
    Told("П-02", "shown_number", Stage.FILE),
    Told("П-02", "rounded_number", Stage.FILE),
    Told("П-02", "masked_number", Stage.FILE),
    Told("П-02", "shown_date", Stage.FILE),
    Told("П-02", "other_value", Stage.FILE),
    Told("П-02", "moment", Stage.FILE),
    Told("П-02", "truth", Stage.FILE),
    Told("П-02", "stray", Stage.FILE),
    Told("П-03", "main", Stage.EDITION, "direction"),
    Told("П-03", "alias", Stage.EDITION, "direction"),
    Told("П-04", "main", Stage.EDITION, "activity"),
    Told("П-04", "label", Stage.EDITION, "direction"),
    Told("П-06", "quarantined", Stage.EDITION, "kind"),
    Told("П-06", "waiting_apart", Stage.EDITION, "kind"),
    Told("П-08", "split", Stage.EDITION, "touchpoint"),
    Told("П-08", "paired", Stage.EDITION, "touchpoint"),
    Told("П-08", "crossed", Stage.EDITION, "touchpoint"),
    Told("П-09", "edition", Stage.EDITION, "touchpoint"),
    Told("П-12", "main", Stage.REGISTER, "key"),
    Told("П-13", "derived", Stage.EDITION, "client"),
    Told("П-15", "deleted", Stage.UNIT, "code"),
    Told("П-16", "main", Stage.CHANGE),
    Told("П-18", "main", Stage.UNIT),
    Told("П-18", "silent", Stage.UNIT),
    Told("П-18", "superseded", Stage.FILE),
    Told("П-18", "same_file", Stage.FILE),
    Told("П-18", "same_date", Stage.FILE),
    Told("П-20", "main", Stage.OUTPUT),
    Told("П-20", "no_name", Stage.OUTPUT),
    Told("П-20", "no_act", Stage.OUTPUT),
    Told("П-20", "decisions_file", Stage.OUTPUT, "decision"),
    Told("П-20", "decision_unknown", Stage.OUTPUT, "decision"),
    Told("П-20", "decision_wrong", Stage.OUTPUT, "decision"),
    Told("П-20", "decision_no_verdict", Stage.OUTPUT, "decision"),
    Told("П-20", "decision_no_reason", Stage.OUTPUT, "decision"),
    Told("П-20", "decision_unexplained", Stage.OUTPUT, "decision"),
    Told("П-20", "decision_bad_date", Stage.OUTPUT, "decision"),
    Told("П-20", "decision_expired", Stage.OUTPUT, "decision"),
    Told("П-20", "decision_stale", Stage.OUTPUT, "decision"),
    Told("П-20", "decision_gone", Stage.OUTPUT, "decision"),
    Told("П-20", "decision_unused", Stage.OUTPUT, "decision"),
    Told("П-20", "decision_twice", Stage.OUTPUT, "decision"),
    Told("П-20", "decision_clash", Stage.OUTPUT, "decision"),
    Told("П-20", "decision_held", Stage.OUTPUT, "decision"),
    Told("П-21", "output", Stage.OUTPUT),
    Told("П-21", "main", Stage.EDITION),
    Told("П-23", "moved", Stage.EDITION, "contact"),
    Told("П-24", "main", Stage.REGISTER, "activity"),
    Told("П-24", "unused", Stage.REGISTER, "touchpoint"),
    Told("П-25", "main", Stage.REGISTER, "touchpoint"),
    Told("П-26", "main", Stage.ROW),
    Told("П-26", "lookalike", Stage.ROW),
    Told("П-26", "joined", Stage.EDITION),
    Told("П-26", "continued", Stage.EDITION),
    Told("П-26", "added", Stage.EDITION),
    Told("П-26", "parted", Stage.EDITION, "needs"),
    Told("П-27", "codes_apart", Stage.EDITION),
)


def catalogue(profile: Profile) -> tuple[Rule | Told, ...]:
    """Return every check of the catalogue in clause order, those that pandera runs before those that have no row."""
    entries: tuple[Rule | Told, ...] = (
        *column_rules(profile),
        *CONTENT_RULES,
        *ACTION_RULES,
        *LATER_RULES,
        *TITLE_RULES,
        *TOLD,
    )
    return tuple(sorted(entries, key=lambda entry: entry.code))
