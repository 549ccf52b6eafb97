"""What a heading of Приложение 1 means: the activity, its direction, its usual client, its owner."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from workbook_tools.remarks import Remark
from workbook_tools.text import compare_key, tidy

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workbook_tools.annex.cells import Cell
    from workbook_tools.profile import Profile


@dataclass(frozen=True)
class Heading:
    """A heading as records hold it; an unknown one is kept as typed."""

    activity: str
    direction: str
    client: str = ""
    unit: str = ""


def heading_of(typed: str, profile: Profile) -> Heading:
    """Return what a heading means by the profile (раздел II, п. 1)."""
    activity = profile.activities_by_wording.get(compare_key(typed))
    if activity is None:
        direction = profile.words["directions"].get(compare_key(typed))
        return Heading(tidy(typed), direction.name if direction else tidy(typed))
    name = activity.name
    return Heading(name, profile.direction_of[name], activity.client, profile.owner_of.get(name, ""))


def heading_remarks(cell: Cell, profile: Profile) -> Iterator[Remark]:
    """Yield what is to be said of one heading: П-03 and П-04, and П-13 for the client that the annex does not name."""
    heading = heading_of(cell.typed, profile)
    activity = profile.activity_of.get(heading.activity)
    if activity is None:
        yield _unknown(cell, profile)
        return
    place = cell.place(heading.unit)
    if compare_key(cell.typed) not in {compare_key(activity.annex_label), compare_key(activity.name)}:
        yield Remark("П-03", "alias", place, {"v": cell.text, "canon": activity.annex_label})
    yield Remark("П-04", "label", place, {"v": cell.text, "a": heading.activity, "d": heading.direction})
    client = cell.place(heading.unit, "client")
    yield Remark("П-13", "derived", client, {"a": heading.activity, "c": heading.client})


def _unknown(cell: Cell, profile: Profile) -> Remark:
    if compare_key(cell.typed) in profile.words["directions"]:
        activities = "; ".join(activity.name for activity in profile.activities)
        return Remark("П-04", "unknown", cell.place(), {"v": cell.text, "list": activities})
    directions = "; ".join(direction.name for direction in profile.directions)
    return Remark("П-03", "main", cell.place(), {"v": cell.text, "list": directions})
