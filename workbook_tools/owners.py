"""Whose a record is: one of a unit that the profile does not know goes to the unit of its activity, and is told (П-18).

So it is after a reorganisation, and where the profile named no unit when the annex was read. What is left, of
activities that no unit has, goes to the unit of the authorised officer. Else such records would stand in no template,
and nobody would ever confirm them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import pandas as pd

from workbook_tools.frames import TEXT
from workbook_tools.groups import first_of
from workbook_tools.records import tuples
from workbook_tools.remarks import Place, Remark
from workbook_tools.text import compare_key

if TYPE_CHECKING:
    from workbook_tools.profile import Profile
    from workbook_tools.records import Edition


# Which of the messages of П-18 tell of records that no unit of the profile had.
OWNERLESS = frozenset({"handed", "adopted", "handed_to_officer", "adopted_by_officer", "no_owner"})


def with_owners(edition: Edition, profile: Profile) -> Edition:
    """Return the edition, each record of an unknown unit handed over to the unit that has its activity in the profile.

    A record of an activity that no unit has goes to the officer's unit; where the profile names none it stays as it is.
    """
    records = edition.records
    if set(records["unit"]) <= profile.unit.keys():
        return edition
    owners, handed = [], defaultdict(list)
    for code, unit, activity in tuples(records, "code", "unit", "activity"):
        owner = unit if unit in profile.unit else _owner(activity, profile) or profile.officer.unit or unit
        owners.append(owner)
        if owner != unit:
            handed[unit, owner].append(code)
    column = pd.Series(owners, index=records.index, dtype=TEXT)
    return replace(edition, records=records.assign(unit=column), handed={key: tuple(handed[key]) for key in handed})


def former_owners(edition: Edition) -> pd.Series[str]:
    """Return whose each record was before it was handed over (К8); one that had no unit has not changed hands."""
    if not edition.handed:
        return edition.records["unit"]
    former = {code: old for (old, _), codes in edition.handed.items() if old for code in codes}
    held = tuples(edition.records, "code", "unit")
    return pd.Series([former.get(code, unit) for code, unit in held], index=edition.records.index, dtype=TEXT)


def owner_remarks(edition: Edition | None, profile: Profile) -> Iterator[Remark]:
    """Yield П-18 for records that were handed over, and for those that no unit of the profile can confirm."""
    if edition is None:
        return
    yield from _handed_over(edition, profile)
    strange = edition.records[~edition.records["unit"].isin(profile.unit.keys())]
    if len(strange) and profile.units:
        words = _words(strange["code"].tolist(), profile) | _activities(strange["activity"].tolist())
        yield Remark("П-18", "no_owner", words=words)


def _handed_over(edition: Edition, profile: Profile) -> Iterator[Remark]:
    """Yield what is told of the unit of an activity and of the officer's, which may be one and the same."""
    activity = dict(tuples(edition.records, "code", "activity")) if edition.handed else {}
    for (old, new), codes in sorted(edition.handed.items()):
        words, place = {"unit": old, "unit2": profile.unit_name(new)}, Place(unit=new)
        nobodys = {code: activity[code] for code in codes if not _owner(activity[code], profile)}
        owned = [code for code in codes if code not in nobodys]
        if owned:
            yield Remark("П-18", "handed" if old else "adopted", place, words | _words(owned, profile))
        if nobodys:
            words |= _words(list(nobodys), profile) | _activities(nobodys.values())
            yield Remark("П-18", "handed_to_officer" if old else "adopted_by_officer", place, words)


def _owner(activity: str, profile: Profile) -> str:
    """Return the unit of an activity, whichever of its wordings an edition bears; "" where there is none."""
    known = profile.activities_by_wording.get(compare_key(activity))
    return profile.owner_of.get(known.name, "") if known else ""


def _words(codes: Sequence[str], profile: Profile) -> dict[str, str]:
    return {"n": str(len(codes)), "list": first_of(codes, profile.limits.shown_cells)}


def _activities(names: Iterable[str]) -> dict[str, str]:
    return {"v": ", ".join(f"«{name}»" for name in sorted(set(names)))}
