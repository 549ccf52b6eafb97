"""Edition + rows -> next edition: what is confirmed, changed, excluded, included, carried over."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

from workbook_tools import records
from workbook_tools.frames import TEXT, mapped
from workbook_tools.merging.fates import CHANGED, EXCLUDED, INCLUDED, UNCHANGED
from workbook_tools.records import IN_FORCE, QUARANTINED, UNCONFIRMED, Edition
from workbook_tools.text import compare_key, join_list, split_list

if TYPE_CHECKING:
    from workbook_tools.profile import Profile

Row = dict[str, Any]
_RELEASED = "released"
# What of a row becomes part of a record, or says how.
_OF_A_CONFIRMATION = ("code", "basis", "unit", "file", "sheet", "row")
# What `next_edition` reads of the rows beside their fates.
ROW = (*_OF_A_CONFIRMATION, *records.CONTENT, "known", "record_key")


@dataclass(frozen=True)
class NextEdition:
    """The next edition and how it came about.

    Attributes
    ----------
    records
        Columns records.RECORD, in the order of the register.
    last_code
        The highest number ever given, excluded records included.
    replaced
        Codes of records whose touchpoint was replaced: old -> new.
    bases
        By the code of a record that is no more the document its unit named for that.
    """

    records: pd.DataFrame
    last_code: int
    replaced: Mapping[str, str]
    bases: Mapping[str, str]


def next_edition(
    edition: Edition, rows: pd.DataFrame, profile: Profile, released: frozenset[str] = frozenset()
) -> NextEdition:
    """Apply the rows that act to the edition.

    Parameters
    ----------
    edition
        The edition in force; empty where the register starts.
    rows
        The rows (ROW) with their fates; only `effective` ones act, `decided` ones before others.
    released
        Codes of the waiting records that the officer puts in force.

    Returns
    -------
    NextEdition
        A record that no row confirms stays as it was, «перенесено без подтверждения» (К15).
    """
    by_code = _by_code(rows)
    kept, replaced = _kept(_with_released(edition.records, released), by_code, rows, profile)
    left = _left(edition, by_code, profile)
    included = records.rows(_in_order(rows[rows["effective"] & (rows["fate"] == INCLUDED)], profile))
    coming = [*replaced.values(), *(_new_record(row, profile) for row in included)]
    codes = kept["code"].tolist()
    joined, new = _united(kept, _again(coming, left, profile), profile)
    # A large run needs the room, here and below.
    del kept
    highest = max([edition.last_code, *map(records.code_number, (*codes, *(row["code"] for row in new)))])
    coded, last = _coded(new, set(codes), highest)
    whole = pd.concat([joined, records.frame(coded)], ignore_index=True)
    del joined
    frame = _sorted(whole, profile)
    gone = by_code[(by_code["fate"] == EXCLUDED) | by_code["code"].isin(list(replaced))]
    return NextEdition(frame, last, _links(frame, replaced, profile), dict(records.tuples(gone, "code", "basis")))


def _by_code(rows: pd.DataFrame) -> pd.DataFrame:
    """Return by code the row that acts on each record of the edition: of several a decided one, else the last.

    Of its content nothing: only of those that change something is it asked for, by the index `at`.
    """
    acting = rows["effective"] & rows["known"]
    addressed = rows.loc[acting, [*_OF_A_CONFIRMATION, "fate", "decided"]].assign(at=rows.index[acting])
    ranked = addressed.sort_values("decided", kind="stable") if addressed["decided"].any() else addressed
    return ranked.drop_duplicates("code", keep="last").set_index("code", drop=False)


def _left(edition: Edition, by_code: pd.DataFrame, profile: Profile) -> dict[str, Row]:
    """Return by its key each excluded record."""
    excluded = by_code.loc[by_code["fate"] == EXCLUDED, "code"]
    held = edition.in_force[edition.in_force["code"].isin(excluded)]
    # Of two records with one key the first: they are given to the keys from the last to the first.
    return dict(zip(records.record_key(held, profile).tolist()[::-1], records.rows(held)[::-1], strict=True))


def _again(coming: Iterable[Row], left: Mapping[str, Row], profile: Profile) -> list[Row]:
    """Return new records, each that repeats an excluded one with its code; those of other units than its own last.

    One process × one touchpoint is one record (раздел II, п. 2.4): what leaves and comes in one run has never left,
    and another unit that names it too does not take it over.
    """
    found = [(row, left.get(records.key_of(row, profile))) for row in coming]
    coded = [(row | {"code": row["code"] or was["code"]}, was["unit"]) if was else (row, "") for row, was in found]
    return [row for row, unit in sorted(coded, key=lambda pair: pair[1] not in {"", pair[0]["unit"]})]


def _with_released(held: pd.DataFrame, released: frozenset[str]) -> pd.DataFrame:
    """Return the records by their places, with those that are released marked."""
    placed = held.reset_index(drop=True)
    return placed.assign(state=placed["state"].mask(placed["code"].isin(released), _RELEASED))


def _kept(
    held: pd.DataFrame, by_code: pd.DataFrame, rows: pd.DataFrame, profile: Profile
) -> tuple[pd.DataFrame, dict[str, Row]]:
    """Return the records that stay, and the successors of those whose touchpoint was replaced, by the old code."""
    fates = held["code"].map(by_code["fate"])
    own = held[fates == CHANGED]
    changed, replaced = _changed(own, rows.loc[by_code.loc[own["code"], "at"].tolist()], profile)
    confirmed = _confirmed(held[fates == UNCHANGED], by_code)
    waiting = _unconfirmed(held[~fates.isin([UNCHANGED, CHANGED, EXCLUDED])])
    return pd.concat([confirmed, waiting, changed]).sort_index(), replaced


def _unconfirmed(held: pd.DataFrame) -> pd.DataFrame:
    states = {QUARANTINED: QUARANTINED, _RELEASED: IN_FORCE}
    return held.assign(state=mapped(held["state"], lambda state: states.get(state, UNCONFIRMED)))


def _confirmed(held: pd.DataFrame, by_code: pd.DataFrame) -> pd.DataFrame:
    rows = by_code[["file", "sheet", "row", "unit"]].loc[held["code"]].set_axis(held.index)
    places = rows[["file", "sheet", "row"]]
    source = list(map(records.source_text, *(places[name].tolist() for name in places)))
    return held.assign(
        **places,
        source=pd.Series(source, held.index, TEXT),
        state=held["state"].where(held["state"] == QUARANTINED, IN_FORCE),
        unit=held["unit"].where(held["unit"] != "", rows["unit"]),
    )


def _changed(held: pd.DataFrame, rows: pd.DataFrame, profile: Profile) -> tuple[pd.DataFrame, dict[str, Row]]:
    """Return the records that rows change, and by the old code the successors of those that name another touchpoint.

    The index of a record stays its own.
    """
    kept: dict[int, Row] = {}
    replaced: dict[str, Row] = {}
    both = zip(held.index, records.rows(held), records.rows(rows), strict=True)
    for place, record, row in both:
        new = _new_record(row, profile)
        if _other_touchpoint(record, row, profile):
            replaced[record["code"]] = new | {"code": "", "unit": record["unit"]}
        else:
            kept[place] = new | {"code": record["code"], "unit": record["unit"] or row["unit"]}
    return _placed(kept), replaced


def _placed(rows: Mapping[int, Row]) -> pd.DataFrame:
    """Return a records frame of rows by their index."""
    return records.frame(rows.values()).set_axis(pd.Index(list(rows), dtype="int64"))


def _other_touchpoint(record: Row, row: Row, profile: Profile) -> bool:
    """Tell whether a changed row names another touchpoint; a quarantined record has none yet to replace."""
    if record["state"] == QUARANTINED:
        return False
    return profile.touchpoint_key(record["touchpoint"]) != profile.touchpoint_key(row["touchpoint"])


def _place(row: Row) -> Row:
    file, sheet, number = row["file"], row["sheet"], row["row"]
    return {"file": file, "sheet": sheet, "row": number, "source": records.source_text(file, sheet, number)}


def _new_record(row: Row, profile: Profile) -> Row:
    content = {name: row[name] for name in (*records.CONTENT, "basis", "unit")}
    direction = profile.direction_of.get(row["activity"], "")
    decided = {"decided": bool(row["decided"])}
    return content | decided | _place(row) | {"code": row["code"], "direction": direction, "state": IN_FORCE}


def _in_order(rows: pd.DataFrame, profile: Profile) -> pd.DataFrame:
    """Put new rows in an order that does not depend on the order or the names of the files."""
    rank = {unit.code: number for number, unit in enumerate(profile.units)}
    order = rows["unit"].map(rank).fillna(len(rank))
    return rows.assign(rank=order).sort_values(["rank", "unit", "row", "record_key", "file"], kind="stable")


def _united(kept: pd.DataFrame, new: Iterable[Row], profile: Profile) -> tuple[pd.DataFrame, list[Row]]:
    """Unite new records with those of the same process and touchpoint: needs are added, every source is named.

    Source: раздел II, п. 2.4.
    """
    coming = [(records.key_of(row, profile), row) for row in new]
    # Few processes come anew: of the others no record need be looked at closer.
    processes = {compare_key(row["process"]) for _, row in coming}
    is_near = mapped(kept["process"], compare_key).isin(processes) & (kept["state"] != QUARANTINED)
    near = dict(zip(kept.index[is_near], records.rows(kept[is_near]), strict=True))
    groups = {records.key_of(row, profile): place for place, row in near.items()}
    grown: dict[int, Row] = {}
    fresh: dict[str, Row] = {}
    for key, row in coming:
        if key in groups:
            place = groups[key]
            grown[place] = _joined(grown[place] if place in grown else near[place], row)
        else:
            fresh[key] = _joined(fresh[key], row) if key in fresh else row
    return pd.concat([kept.drop(index=list(grown)), _placed(grown)]).sort_index(), list(fresh.values())


def _joined(record: Row, row: Row) -> Row:
    needs = {compare_key(item): item for item in (*split_list(row["needs"]), *split_list(record["needs"]))}
    known = [compare_key(item) for item in split_list(record["needs"])]
    order = [*known, *(key for key in map(compare_key, split_list(row["needs"])) if key not in known)]
    decided = {name: row[name] for name in ("kind", "client")} if row.get("decided") else {}
    return (
        record
        | decided
        | {
            "needs": join_list(tuple(needs[key] for key in dict.fromkeys(order))),
            "contact": _added(record["contact"], row["contact"]),
            "key": "yes" if "yes" in {record["key"], row["key"]} else record["key"] or row["key"],
            "basis": _added(record["basis"], row["basis"]),
            "source": f"{record['source']}; {row['source']}",
        }
    )


def _added(text: str, other: str) -> str:
    """Return a cell's text as it is, with the items of another that it lacks."""
    known = set(split_list(text))
    missing = [item for item in dict.fromkeys(split_list(other)) if item not in known]
    return join_list((text, *missing)) if text and missing else text or other


def _coded(new: list[Row], taken: set[str], last: int) -> tuple[list[Row], int]:
    """Give codes to new records; a code once given is never given again."""
    coded: list[Row] = []
    for row in new:
        if row["code"] and row["code"] not in taken:
            taken.add(row["code"])
            coded.append(row)
            continue
        last += 1
        coded.append(row | {"code": records.code_text(last)})
    return coded, last


def _links(frame: pd.DataFrame, replaced: Mapping[str, Row], profile: Profile) -> dict[str, str]:
    """Return the code of the record in which each successor stands, by the code that it replaced."""
    if not replaced:
        return {}
    # Of two records with one key the first: the codes are given to the keys from the last to the first.
    codes = dict(zip(records.record_key(frame, profile).tolist()[::-1], frame["code"].tolist()[::-1], strict=True))
    return {code: codes[records.key_of(row, profile)] for code, row in replaced.items()}


def _sorted(frame: pd.DataFrame, profile: Profile) -> pd.DataFrame:
    """Order by activity as the profile lists them, then by process, each process by its oldest record."""
    return frame.loc[_order(frame, profile)].reset_index(drop=True)


def _order(frame: pd.DataFrame, profile: Profile) -> pd.Index[int]:
    rank = {activity.name: number for number, activity in enumerate(profile.activities)}
    named = [tuple(map(compare_key, pair)) for pair in records.tuples(frame, "activity", "process")]
    places = {pair: place for place, pair in enumerate(dict.fromkeys(named))}
    process = pd.Series([places[pair] for pair in named], index=frame.index, dtype="int64")
    number = pd.Series(map(records.code_number, frame["code"].tolist()), index=frame.index, dtype="int64")
    order = pd.DataFrame(
        {
            "activity": frame["activity"].map(rank).fillna(len(rank)),
            "process": number.groupby(process, sort=False).transform("min"),
            "number": number,
        },
        index=frame.index,
    )
    return order.sort_values(["activity", "process", "number"], kind="stable").index
