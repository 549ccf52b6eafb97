"""What the rules look at beside a row itself: the edition's record, the reference list, the other rows."""

from __future__ import annotations

from itertools import compress
from typing import TYPE_CHECKING

import pandas as pd

from workbook_tools import records
from workbook_tools.bodies import body_facts
from workbook_tools.compared import differing
from workbook_tools.contacts import contact_facts
from workbook_tools.frames import mapped
from workbook_tools.glued import GluedTouchpoints
from workbook_tools.near import near_processes
from workbook_tools.needs import needs_facts
from workbook_tools.records import CHANGE, CONTENT, INCLUDE, KEEP
from workbook_tools.rivals import rivals
from workbook_tools.stages import stage_twins

if TYPE_CHECKING:
    from workbook_tools.profile import Profile
    from workbook_tools.records import Edition

_REFERENCE = {
    "ref_kind": "str",
    "ref_disputed": "bool",
    "ref_listed": "bool",
    "ref_internal": "bool",
    "ref_contact": "str",
    "glued": "str",
}
CHECKED_ACTIONS = (KEEP, INCLUDE, CHANGE)


def facts(frame: pd.DataFrame, edition: Edition | None, profile: Profile, live: frozenset[str]) -> pd.DataFrame:
    """Return what is known about each row.

    Parameters
    ----------
    frame
        The rows' canonical values (normalise).
    edition
        The edition in force; None where the register starts empty.
    live
        The files whose rows count: neither superseded nor refused as a whole.

    Returns
    -------
    DataFrame
        Same index; `live`, `checked` (content is checked), `known` (the edition has the code), `has_edition`,
        `was_<field>` for the content, `was_unit`, `was_state`, `changed` (fields that differ, comma-separated),
        `foreign_file` (its file does not count, and none of the records it names is its unit's),
        `edited` (those of them that П-02 does not already speak of), `retyped` (only the spelling differs),
        `twin_row` (another row of the file with the same code), `settled` (confirmed as the edition has it),
        `ref_kind`, `ref_disputed`, `ref_listed`, `ref_internal`, `ref_contact` (what the reference list says),
        `glued` (touchpoints named in one cell), `record_key`, `rival…` (the other claim to the same key),
        `left…` (the excluded record that a new row brings back),
        `stage_twin`, `near_process`, `needs_…`, `body_…`, `contact_…` (what the texts say).
    """
    base = _base(frame, edition)
    known = base["was_state"] != ""
    differs = differing(frame, _was(base), profile)
    changed = _named(differs).where(known, "")
    table = base.assign(
        live=frame["file"].isin(live),
        checked=frame["action"].isin(CHECKED_ACTIONS),
        known=known,
        foreign_file=_foreign_file(frame, base, live),
        has_edition=edition is not None,
        changed=changed,
        edited=_named(differs & ~_emptied(frame, profile)).where(known, ""),
        retyped=known & _retyped(frame, base),
        twin_row=_twin_rows(frame),
        settled=known & (changed == "") & (frame["action"] == KEEP),
        record_key=records.record_key(frame, profile),
    ).join(_reference(frame, profile))
    whole = frame.join(table)
    return table.join(
        [
            rivals(whole, edition, profile),
            stage_twins(whole, profile).rename("stage_twin").to_frame(),
            near_processes(whole, edition, profile).rename("near_process").to_frame(),
            needs_facts(frame, profile),
            body_facts(frame, profile),
            contact_facts(whole, profile),
        ]
    )


def _base(frame: pd.DataFrame, edition: Edition | None) -> pd.DataFrame:
    """Return the edition's record for each row's code, blank where there is none."""
    columns = [*CONTENT, "unit", "state"]
    held = edition.records if edition else records.empty()
    coded = held[held["code"] != ""].set_index("code")[columns]
    found = coded.reindex(frame["code"]).fillna("").set_axis(frame.index)
    return found.rename(columns={name: f"was_{name}" for name in columns}).astype("str")


def _foreign_file(frame: pd.DataFrame, base: pd.DataFrame, live: frozenset[str]) -> pd.Series[bool]:
    own = (base["was_unit"] == frame["unit"]) & (base["was_unit"] != "")
    return ~frame["file"].isin(live) & ~frame["file"].isin(frame.loc[own, "file"].unique())


def _was(base: pd.DataFrame) -> pd.DataFrame:
    return base.rename(columns={f"was_{name}": name for name in CONTENT})


def _named(marked: pd.DataFrame) -> pd.Series[str]:
    """Return for each row the names of the content columns that are marked, comma-separated."""
    rows = records.tuples(marked, *CONTENT)
    # There are few different rows of marks: most have none at all.
    named = {row: ", ".join(compress(CONTENT, row)) for row in set(rows)}
    return pd.Series([named[row] for row in rows], index=marked.index, dtype="str")


def _emptied(frame: pd.DataFrame, profile: Profile) -> pd.DataFrame:
    """Tell where a column that must be filled is blank: П-02 says so, and one cause is one finding."""
    return pd.DataFrame({name: (frame[name] == "") & (KEEP in profile.field[name].required_for) for name in CONTENT})


def _retyped(frame: pd.DataFrame, base: pd.DataFrame) -> pd.Series[bool]:
    """Tell where a text differs at least in its spelling, which is an editorial change."""
    texts = ["process", "touchpoint", "contact", "needs"]
    was = base[[f"was_{name}" for name in texts]].set_axis(texts, axis=1)
    return frame[texts].ne(was).any(axis=1)


def _twin_rows(frame: pd.DataFrame) -> pd.Series[int]:
    """Return for each row the number of another row of its file with the same code, 0 where there is none."""
    rows = frame.groupby(["file", "code"])["row"]
    first, last = rows.transform("min"), rows.transform("max")
    return first.where(frame["row"] != first, last).where((first != last) & (frame["code"] != ""), 0).astype("int64")


def _reference(frame: pd.DataFrame, profile: Profile) -> pd.DataFrame:
    """Return what the reference list of touchpoints says of each row's touchpoint."""
    known = {text: profile.touchpoint(text) for text in frame["touchpoint"].unique()}
    column = frame["touchpoint"]
    return pd.DataFrame(
        {
            "ref_kind": column.map({text: profile.kind_of(item) if item else "" for text, item in known.items()}),
            "ref_disputed": column.map({text: item is not None and item.kind_disputed for text, item in known.items()}),
            "ref_listed": column.map({text: item is not None and item.in_list for text, item in known.items()}),
            "ref_internal": column.map({text: item is not None and item.internal for text, item in known.items()}),
            "ref_contact": column.map({text: item.contact if item else "" for text, item in known.items()}),
            "glued": _glued(column, profile),
        },
        index=frame.index,
    ).astype(_REFERENCE)


def _glued(column: pd.Series[str], profile: Profile) -> pd.Series[str]:
    find = GluedTouchpoints(profile)
    return mapped(column, lambda text: ", ".join(f"«{item}»" for item in find.named(text)))
