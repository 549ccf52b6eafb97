"""Who else claims the same process and touchpoint (раздел II, п. 2.4): in the file, in the edition, in another unit."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

import pandas as pd

from workbook_tools import records
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
    brings: bool = False
    leaves: bool = False

    @property
    def order(self) -> tuple[bool, bool, int]:
        """Its place among the claims of one file: who had the key before, then the edition's records, then by row."""
        return self.brings, not self.code, self.row


_OF_A_ROW = ("file", "row", "unit", "code", "kind", "client", "live")
_NO_RIVAL: Mapping[str, object] = {
    "rival": "",
    "rival_file": "",
    "rival_row": 0,
    "rival_unit": "",
    "rival_code": "",
    "rival_kind": "",
    "rival_client": "",
}


def rivals(
    frame: pd.DataFrame,
    edition: Edition | None,
    profile: Profile,
    refused: pd.Series[bool] | None = None,
) -> pd.DataFrame:
    """Return for each row that brings a key the other claim to it that decides its fate.

    Parameters
    ----------
    frame
        The rows with their facts.
    refused
        Rows that are not taken for a fault of their own: they claim nothing, and what the edition
        says of their records still stands.

    Returns
    -------
    DataFrame
        Same index; `rival` (same_file, in_edition, between_units, united, again or ""), `rival_file`, `rival_row`
        (integer), `rival_unit`, `rival_code`, `rival_kind`, `rival_client`.
    """
    taken = pd.Series(data=True, index=frame.index) if refused is None else ~refused
    waits = frame["settled"] & (frame["was_state"] == records.QUARANTINED)
    whole = (frame[["activity", "process", "touchpoint"]] != "").all(axis=1)
    brings = (
        (frame["action"] == INCLUDE)
        | (frame["was_state"] == records.QUARANTINED)
        | frame["changed"].str.contains("activity|process|touchpoint")
    )
    claiming = frame.loc[frame["checked"] & ~waits & whole & taken, [*_OF_A_ROW, "record_key"]].assign(brings=brings)
    bringing = claiming[claiming["brings"]]
    addressed = frame["live"] & taken & (frame["unit"] == frame["was_unit"])
    claims = _claims(claiming, bringing["record_key"], set(frame.loc[addressed, "code"]), edition, profile)
    for key, claim in _left(frame[addressed & (frame["action"] == EXCLUDE)], edition, profile):
        claims[key].append(claim)
    found = {int(index): _rival(claims, row) for index, row in zip(bringing.index, records.rows(bringing), strict=True)}
    labels = frame.index.tolist()
    places = [(at, found[label]) for at, label in enumerate(labels) if label in found]
    columns = {}
    for name, blank in _NO_RIVAL.items():
        values = [blank] * len(labels)
        for at, row in places:
            values[at] = row[name]
        columns[name] = pd.Series(values, frame.index, "int64" if name == "rival_row" else "str")
    return pd.DataFrame(columns, index=frame.index)


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
    """Yield, with its key, each record in force that a row of its own unit excludes: it has left, or comes again."""
    if edition is None or excluding.empty:
        return
    held = edition.in_force[edition.in_force["code"].isin(excluding["code"])]
    keys = dict(zip(held["code"].tolist(), records.record_key(held, profile).tolist(), strict=True))
    for row in records.rows(excluding[excluding["code"].isin(held["code"])]):
        yield keys[row["code"]], _claim({**row, "brings": False})._replace(leaves=True)


def _claim(row: Mapping[str, Any]) -> _Claim:
    return _Claim(**{name: row[name] for name in (*_OF_A_ROW, "brings")})


def _rival(claims: Mapping[str, list[_Claim]], row: Mapping[str, Any]) -> Mapping[str, object]:
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


def _rank(claim: _Claim, own: _Claim) -> tuple[int, str]:
    if claim.leaves:
        return (5, "again") if claim.file == own.file and not own.code else (0, "")
    if claim.file == own.file:
        return (1, "same_file") if claim.order < own.order else (0, "")
    if claim.code and (own.code or claim.unit == own.unit):
        return 2, "in_edition"
    return (4, "united") if claim.kind == own.kind else (3, "between_units")
