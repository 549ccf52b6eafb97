"""Who else claims the same process and touchpoint (раздел II, п. 2.4): in the file, in the edition, in another unit."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

import pandas as pd

from workbook_tools import records
from workbook_tools.compared import differing
from workbook_tools.records import EXCLUDE, INCLUDE

if TYPE_CHECKING:
    from workbook_tools.profile import Profile
    from workbook_tools.records import Edition


class _Claim(NamedTuple):
    """Somebody's claim that a process × touchpoint stands in the next edition."""

    file: str
    row: int
    unit: str
    code: str
    kind: str
    client: str
    live: bool = True
    basis: str = ""
    brings: bool = False
    leaves: bool = False

    @property
    def order(self) -> tuple[bool, bool, int]:
        """Its place among the claims of one file: who had the key before, then the edition's records, then by row."""
        return self.brings, not self.code, self.row


_OF_A_ROW = ("file", "row", "unit", "code", "kind", "client", "live", "basis")
_SPELLED = ("process", "touchpoint", "contact")
_NO_RIVAL: Mapping[str, str | int] = {
    "rival": "",
    "rival_file": "",
    "rival_row": 0,
    "rival_unit": "",
    "rival_code": "",
    "rival_kind": "",
    "rival_client": "",
}
_NOTHING_LEFT: Mapping[str, str | int] = {
    "left": "",
    "left_file": "",
    "left_row": 0,
    "left_unit": "",
    "left_code": "",
    "left_basis": "",
}
_OF_NOTHING: Mapping[str, str | int] = {**_NO_RIVAL, **_NOTHING_LEFT}


def rivals(
    frame: pd.DataFrame,
    edition: Edition | None,
    profile: Profile,
    refused: pd.Series[bool] | None = None,
    decided: pd.Series[bool] | None = None,
) -> pd.DataFrame:
    """Return for each row that brings a key the other claim to it that decides its fate, and which record left it.

    Parameters
    ----------
    frame
        The rows with their facts.
    refused
        Rows that are not taken for a fault of their own: they claim nothing, and what the edition
        says of their records still stands.
    decided
        Rows that act on another unit's record by the officer's decision; none where it is not given.

    Returns
    -------
    DataFrame
        Same index; `rival` (same_file, in_edition, between_units, united or ""), `rival_file`, `rival_row`
        (integer), `rival_unit`, `rival_code`, `rival_kind`, `rival_client`; of a new row that names what another row
        excludes, so that the record stays: `left` (again, again_same: of the same file; taken_over), `left_file`,
        `left_row` (integer), `left_unit`, `left_code`, `left_basis`.
    """
    nowhere = pd.Series(data=False, index=frame.index)
    taken = ~(nowhere if refused is None else refused)
    foreign = nowhere if decided is None else decided
    waits = frame["settled"] & (frame["was_state"] == records.QUARANTINED)
    whole = (frame[["activity", "process", "touchpoint"]] != "").all(axis=1)
    brings = (
        (frame["action"] == INCLUDE)
        | (frame["was_state"] == records.QUARANTINED)
        | frame["changed"].str.contains("activity|process|touchpoint")
    )
    # What the officer decided of a record goes before what its own unit says of it.
    overruled = frame["code"].isin(frame.loc[foreign, "code"]) & ~foreign & ~brings
    claims_it = frame["checked"] & ~waits & whole & taken & ~overruled
    claiming = frame.loc[claims_it, [*_OF_A_ROW, "record_key"]].assign(brings=brings)
    bringing = claiming[claiming["brings"]]
    addressed = frame["live"] & taken & ((frame["unit"] == frame["was_unit"]) | foreign)
    claims = _claims(claiming, bringing["record_key"], set(frame.loc[addressed, "code"]), edition, profile)
    leaves = addressed & (frame["action"] == EXCLUDE)
    excluding = frame.loc[leaves, list(_OF_A_ROW)].assign(last=foreign).sort_values("last", kind="stable")
    for key, claim in _left(excluding, edition, profile):
        claims[key].append(claim)
    found = {
        int(index): {**_rival(claims, row), **_returned(claims, row)}
        for index, row in zip(bringing.index, records.rows(bringing), strict=True)
    }
    alike = {label: {**found[label], "left": "again_same"} for label in _alike(found, frame, edition, profile)}
    return _columns(found | alike, frame)


def _columns(found: Mapping[int, Mapping[str, str | int]], frame: pd.DataFrame) -> pd.DataFrame:
    """Return what is known of some rows, by their labels, as columns of a whole frame."""
    places = [(at, found[label]) for at, label in enumerate(frame.index.tolist()) if label in found]
    columns, blank = {}, {value: _column([value] * len(frame), value, frame.index) for value in ("", 0)}
    for name, value in _OF_NOTHING.items():
        if all(row[name] == value for _, row in places):
            # A large run needs the room: what holds nothing is held once.
            columns[name] = blank[value]
            continue
        values = [value] * len(frame)
        for at, row in places:
            values[at] = row[name]
        columns[name] = _column(values, value, frame.index)
    return pd.DataFrame(columns, index=frame.index, copy=False)


def _column(values: list[str | int], blank: str | int, index: pd.Index) -> pd.Series[Any]:
    """Return values as a column: of whole numbers where what stands for nothing is one, else of texts."""
    return pd.Series(values, index, "int64" if blank == 0 else "str")


def _claims(
    claiming: pd.DataFrame,
    wanted: pd.Series[str],
    addressed: set[str],
    edition: Edition | None,
    profile: Profile,
) -> dict[str, list[_Claim]]:
    """Return by its key who claims each process and touchpoint that is wanted.

    Parameters
    ----------
    addressed
        Codes of the edition's records of which their own unit speaks.
    """
    claims: dict[str, list[_Claim]] = defaultdict(list)
    if edition:
        left = edition.in_force[~edition.in_force["code"].isin(addressed)]
        keys = records.record_key(left, profile)
        among = keys.isin(wanted)
        for key, row in zip(keys[among].tolist(), records.rows(left[among]), strict=True):
            claims[key].append(_Claim("", 0, row["unit"], row["code"], row["kind"], row["client"]))
    for row in records.rows(claiming[claiming["record_key"].isin(wanted)]):
        claims[row["record_key"]].append(_claim(row))
    return claims


def _left(excluding: pd.DataFrame, edition: Edition | None, profile: Profile) -> Iterator[tuple[str, _Claim]]:
    """Yield, with its key, each record in force that a row excludes, in the edition's order: it has left, or stays."""
    if edition is None or excluding.empty:
        return
    by_code = {row["code"]: row for row in records.rows(excluding)}
    held = edition.in_force[edition.in_force["code"].isin(list(by_code))]
    for code, key in zip(held["code"].tolist(), records.record_key(held, profile).tolist(), strict=True):
        yield key, _claim({**by_code[code], "brings": False})._replace(leaves=True)


def _claim(row: Mapping[str, Any]) -> _Claim:
    return _Claim(**{name: row[name] for name in (*_OF_A_ROW, "brings")})


def _rival(claims: Mapping[str, list[_Claim]], row: Mapping[str, Any]) -> Mapping[str, str | int]:
    """Choose the claim that decides a row's fate: in its own file, in the edition, then with another unit."""
    own = _claim(row)
    others = [claim for claim in claims[str(row["record_key"])] if (claim.file, claim.row) != (row["file"], row["row"])]
    own_code = [claim for claim in others if not row["code"] or claim.code != row["code"]]
    live = [claim for claim in own_code if claim.file == own.file or (own.live and claim.live)]
    ranked = sorted((_rank(claim, own), claim) for claim in live)
    ranked = [(rank, claim) for rank, claim in ranked if rank[0]]
    if not ranked:
        return _NO_RIVAL
    (_, kind), claim = ranked[0]
    return {
        "rival": kind,
        "rival_file": claim.file,
        "rival_row": claim.row,
        "rival_unit": claim.unit,
        "rival_code": claim.code,
        "rival_kind": claim.kind,
        "rival_client": claim.client,
    }


def _returned(claims: Mapping[str, list[_Claim]], row: Mapping[str, Any]) -> Mapping[str, str | int]:
    """Return the excluded record as which a new row comes: the first of its key, unless another holds that already."""
    own, here = _claim(row), claims[str(row["record_key"])]
    left = next((claim for claim in here if claim.leaves), None)
    held = any(claim.code and claim.live and not claim.leaves for claim in here)
    if left is None or held or own.code or not own.live:
        return _NOTHING_LEFT
    return {
        "left": "again" if left.file == own.file else "taken_over",
        "left_file": left.file,
        "left_row": left.row,
        "left_unit": left.unit,
        "left_code": left.code,
        "left_basis": left.basis,
    }


def _alike(
    found: Mapping[int, Mapping[str, str | int]], frame: pd.DataFrame, edition: Edition | None, profile: Profile
) -> list[int]:
    """Return the rows that bring back a record of their own file and say what it says."""
    again = [label for label, item in found.items() if item["left"] == "again"]
    if edition is None or not again:
        return []
    held = edition.records.set_index("code", drop=False)
    was = held.loc[[found[label]["left_code"] for label in again]].set_axis(again)
    now = frame.loc[again]
    differs = differing(now, was, profile).any(axis=1)
    for name in _SPELLED:
        differs |= now[name].ne(was[name])
    return differs.index[~differs].tolist()


def _rank(claim: _Claim, own: _Claim) -> tuple[int, str]:
    if claim.leaves:
        return 0, ""
    if claim.file == own.file:
        return (1, "same_file") if claim.order < own.order else (0, "")
    if claim.code and (own.code or claim.unit == own.unit):
        return 2, "in_edition"
    return (4, "united") if claim.kind == own.kind else (3, "between_units")
