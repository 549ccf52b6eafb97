"""What no row says: the register as a whole (П-12, П-24, П-25), silent units (П-18), lost rows and foreign files."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING

from workbook_tools.groups import first_of
from workbook_tools.records import in_force, tuples, unconfirmed_by_unit
from workbook_tools.remarks import Place, Remark
from workbook_tools.text import plural

if TYPE_CHECKING:
    import pandas as pd

    from workbook_tools.profile import Profile
    from workbook_tools.records import Edition


def key_touchpoints(register: pd.DataFrame, profile: Profile) -> Iterator[Remark]:
    """Yield П-12 for each direction without a key touchpoint; columns `direction`, `key`, `state` are read."""
    kept = in_force(register)
    marked = set(kept.loc[kept["key"] == "yes", "direction"])
    for direction in profile.directions:
        if direction.name not in marked:
            yield Remark("П-12", "main", Place(column="key"), {"d": direction.name})


def coverage(register: pd.DataFrame, profile: Profile) -> Iterator[Remark]:
    """Yield П-24 for activities without a record and touchpoints without use, П-25 for oral requests unserved.

    Columns `activity`, `touchpoint`, `kind`, `state` are read.
    """
    kept = in_force(register)
    used = set(map(profile.touchpoint_key, set(kept["touchpoint"].tolist())))
    served = set(kept["activity"].tolist())
    for activity in profile.activities:
        if activity.name not in served:
            yield Remark("П-24", "main", Place(column="activity"), {"a": activity.name})
        elif activity.oral and not _can_be_spoken_to(kept[kept["activity"] == activity.name], profile):
            yield Remark("П-25", "main", Place(column="touchpoint"), {})
    for touchpoint in profile.touchpoints:
        if touchpoint.in_list and touchpoint.code not in used:
            yield Remark("П-24", "unused", Place(column="touchpoint"), {"tp": touchpoint.name})


def _can_be_spoken_to(own: pd.DataFrame, profile: Profile) -> bool:
    known = [profile.touchpoint(text) for text in own["touchpoint"]]
    return bool((own["kind"] == "offline").any()) or any(item and item.contact == "phone" for item in known)


def silent_units(
    edition: Edition | None, register: pd.DataFrame, received: frozenset[str], profile: Profile
) -> Iterator[Remark]:
    """Yield П-18 for each unit of the profile that no file came from, with how many of its records nobody confirmed.

    Parameters
    ----------
    register
        The edition that is made; columns `unit`, `state` are read. What another unit changed with consent, or what was
        excluded so, is not carried over.
    """
    carried = unconfirmed_by_unit(register)
    for unit in profile.units:
        if unit.code not in received:
            number = carried.get(unit.code, 0)
            held = bool(number) or (edition is not None and bool((edition.in_force["unit"] == unit.code).any()))
            moved = plural(number, "запись перенесена", "записи перенесены", "записей перенесено")
            yield Remark("П-18", "main" if held else "silent", Place(unit=unit.code), {"unit": unit.name, "k": moved})


def deleted_rows(
    rows: pd.DataFrame, sheets: dict[str, str], edition: Edition | None, profile: Profile
) -> Iterator[Remark]:
    """Yield П-15 for each of a unit's records that its file no longer has.

    Parameters
    ----------
    rows
        The rows' canonical values; columns `file`, `code` are read.
    sheets
        For each file that counts, the code of its unit.
    """
    if edition is None:
        return
    given: dict[str, set[str]] = defaultdict(set)
    for file, code in tuples(rows, "file", "code"):
        given[file].add(code)
    own: dict[str, list[str]] = defaultdict(list)
    for unit, code in tuples(edition.records, "unit", "code"):
        own[unit].append(code)
    for file, unit in sheets.items():
        for code in (code for code in own[unit] if code not in given[file]):
            place = Place(
                unit=unit, file=file, sheet=profile.sheets["data"].name, column="code", value=code, record=code
            )
            yield Remark("П-15", "deleted", place, {"id": code})


def foreign_files(table: pd.DataFrame, profile: Profile) -> Iterator[Remark]:
    """Yield П-19 once for each refused file that names nothing but other units' records.

    Columns `file`, `sheet`, `unit`, `code`, `was_unit`, `foreign_file` are read.
    """
    of_others = table[table["foreign_file"] & (table["was_unit"] != "")]
    named: dict[tuple[str, str, str], list[tuple[str, str]]] = defaultdict(list)
    for file, sheet, unit, code, owner in tuples(of_others, "file", "sheet", "unit", "code", "was_unit"):
        named[file, sheet, unit].append((code, owner))
    for (file, sheet, unit), given in named.items():
        owners = "», «".join(map(profile.unit_name, dict.fromkeys(owner for _, owner in given)))
        codes = [*dict.fromkeys(code for code, _ in given)]
        words = {"unit2": owners, "n": str(len(codes)), "list": first_of(codes, profile.limits.shown_cells)}
        yield Remark("П-19", "file", Place(unit=unit, file=file, sheet=sheet, column="code"), words)
