"""Rules on what goes out (П-16, П-20, П-21), and on the terms that an edition in force is written in (П-03 … П-05)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from workbook_tools import frames, records
from workbook_tools.comparing.change import CARRIED_OVER, SPLIT_MERGED
from workbook_tools.remarks import Place, Remark
from workbook_tools.text import compare_key

if TYPE_CHECKING:
    import pandas as pd

    from workbook_tools.comparing import Change
    from workbook_tools.profile import Profile

CellOf = Callable[[str, int, str], str]
_NOT_OF_A_ROW = {CARRIED_OVER, SPLIT_MERGED, "rule_changed"}


def named_in_output(profile: Profile) -> Iterator[Remark]:
    """Yield П-20 where the officer or the order has no name in the profile, П-21 where the title names no body."""
    if not profile.officer.post.strip():
        yield Remark("П-20")
    elif not profile.officer.name.strip():
        yield Remark("П-20", "no_name")
    if not profile.act.number.strip():
        yield Remark("П-20", "no_act")
    title = profile.annex.title.format_map({"genitive": profile.body.genitive, "name": profile.body.name})
    key = compare_key(title)
    if not any(compare_key(name) in key for name in (profile.body.genitive, profile.body.name)):
        yield Remark("П-21", "output", words={"v": title, "body": profile.body.genitive})


def clarifications(changes: Sequence[Change], profile: Profile, cell: CellOf) -> Iterator[Remark]:
    """Yield П-16 for each change that is none of the four cases of section III, at the row that brought it.

    Parameters
    ----------
    cell
        Gives the A1 name of a field's cell by file, row and field; "" where the row is not of this run.
    """
    for change in changes:
        settings = [profile.changes[name] for name in change.classes]
        of_row = change.after is not None and not _NOT_OF_A_ROW & set(change.classes)
        if change.after is None or not of_row or any(setting.case for setting in settings):
            continue
        column = next((setting.column for setting in settings if setting.column), "action")
        file, row = str(change.after["file"]), int(change.after["row"])
        at = cell(file, row, column)
        if at:
            sheet, unit, code = (str(change.after[name]) for name in ("sheet", "unit", "code"))
            value = profile.shown(column, str(change.after.get(column, "")))
            yield Remark("П-16", place=Place(unit, file, sheet, at, row, column, value, code))


def waiting_dropped(rows: pd.DataFrame, profile: Profile, cell: CellOf) -> Iterator[Remark]:
    """Yield П-06 for each row that excludes a record which waits (merging.dropped); `cell` as for clarifications."""
    for row in records.rows(rows):
        place = Place(
            row["unit"], row["file"], row["sheet"], cell(row["file"], row["row"], "action"), row["row"], "action",
            profile.shown("action", row["action"]), row["code"],
        )  # fmt: skip
        kind = profile.name_of("kinds", row["was_kind"])
        yield Remark(
            "П-06", "waiting_dropped", place, {"tp": row["was_touchpoint"], "p": row["was_process"], "k": kind}
        )


def directions_agree(register: pd.DataFrame, profile: Profile) -> Iterator[Remark]:
    """Yield П-03 for a direction that is none of the profile's, П-04 where it is not the activity's own.

    Columns `code`, `unit`, `direction`, `activity`, `source` of a records frame are read.
    """
    listed = "; ".join(direction.name for direction in profile.directions)
    pairs = set(records.tuples(register, "direction", "activity"))
    strange = {(direction, own) for direction, own in pairs if _is_strange(direction, own, profile)}
    for row in records.rows(register[records.among(register, strange, "direction", "activity")]):
        typed, activity = str(row["direction"]), str(row["activity"])
        place = Place(unit=row["unit"], column="direction", value=typed, record=row["code"])
        term = profile.words["directions"].get(compare_key(typed))
        expected = profile.direction_of.get(activity, "")
        if term is None:
            if typed:
                yield Remark("П-03", place=place, words={"v": typed, "list": listed})
            continue
        if compare_key(typed) != compare_key(term.name):
            yield Remark("П-03", "alias", place, {"v": typed, "canon": term.name})
        if expected and expected != term.name:
            yield Remark("П-04", place=place, words={"a": activity, "d": term.name, "d2": expected})


def strange_kinds(register: pd.DataFrame, file: str, profile: Profile) -> Iterator[Remark]:
    """Yield П-05 for each record of an edition whose kind is none of the known ones: it is kept as written.

    Columns `code`, `unit`, `kind` of a records frame are read; `file` is the edition's.
    """
    known = {"", *(term.value for term in profile.kinds)}
    for row in records.rows(register[~register["kind"].isin(known)]):
        place = Place(row["unit"], file, profile.sheets["register"].name, "", 0, "kind", row["kind"], row["code"])
        yield Remark("П-05", place=place, words={"v": row["kind"]})


def _is_strange(direction: str, activity: str, profile: Profile) -> bool:
    """Tell whether anything is to be said of a direction: it is not spelled as the profile does, or not the own one."""
    term = profile.words["directions"].get(compare_key(direction))
    if term is None:
        return bool(direction)
    expected = profile.direction_of.get(activity, "")
    return compare_key(direction) != compare_key(term.name) or expected not in {"", term.name}


def with_canonical_directions(register: pd.DataFrame, profile: Profile) -> pd.DataFrame:
    """Return the records with known spellings of a direction brought to its name; П-03 tells of it."""
    words = profile.words["directions"]

    def canonical(text: str) -> str:
        return words[key].value if (key := compare_key(text)) in words else text

    return register.assign(direction=frames.mapped(register["direction"], canonical))
