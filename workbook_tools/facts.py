"""What the rules look at beside a row itself: the edition's record, the reference list, the other rows."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, NamedTuple

import pandas as pd

from workbook_tools import records
from workbook_tools.glued import GluedTouchpoints
from workbook_tools.records import CHANGE, CONTENT, INCLUDE, KEEP, mapped

if TYPE_CHECKING:
    from collections.abc import Mapping

    from workbook_tools.profile import Profile
    from workbook_tools.records import Edition

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
        `edited` (those of them that П-02 does not already speak of), `retyped` (only the spelling differs),
        `twin_row` (another row of the file with the same code), `settled` (confirmed as the edition has it),
        `ref_kind`, `ref_disputed`, `ref_listed`, `glued` (touchpoints named in one cell), `record_key`, and
        `rival…` (the other claim to the same key).
    """
    base = _base(frame, edition)
    known = base["was_state"] != ""
    differs = records.comparison(frame, profile).ne(records.comparison(_was(base), profile))
    changed = _named(differs).where(known, "")
    table = base.assign(
        live=frame["file"].isin(live),
        checked=frame["action"].isin(CHECKED_ACTIONS),
        known=known,
        has_edition=edition is not None,
        changed=changed,
        edited=_named(differs & ~_emptied(frame, profile)).where(known, ""),
        retyped=known & _retyped(frame, base),
        twin_row=_twin_rows(frame),
        settled=known & (changed == "") & (frame["action"] == KEEP),
        record_key=records.record_key(frame, profile),
    ).join(_reference(frame, profile))
    return table.join(_rivals(frame.join(table), edition, profile))


def _base(frame: pd.DataFrame, edition: Edition | None) -> pd.DataFrame:
    """Return the edition's record for each row's code, blank where there is none."""
    columns = [*CONTENT, "unit", "state"]
    held = edition.records if edition else records.empty()
    coded = held[held["code"] != ""].set_index("code")[columns]
    found = coded.reindex(frame["code"]).fillna("").set_axis(frame.index)
    return found.rename(columns={name: f"was_{name}" for name in columns}).astype("str")


def _was(base: pd.DataFrame) -> pd.DataFrame:
    return base.rename(columns={f"was_{name}": name for name in CONTENT})


def _named(marked: pd.DataFrame) -> pd.Series[str]:
    """Return for each row the names of the content columns that are marked, comma-separated."""
    names = [
        ", ".join(name for name, mark in zip(CONTENT, row, strict=True) if mark)
        for row in marked[list(CONTENT)].to_numpy()
    ]
    return pd.Series(names, index=marked.index, dtype="str")


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
            "glued": _glued(column, profile),
        },
        index=frame.index,
    ).astype({"ref_kind": "str", "ref_disputed": "bool", "ref_listed": "bool", "glued": "str"})


def _glued(column: pd.Series[str], profile: Profile) -> pd.Series[str]:
    find = GluedTouchpoints(profile)
    return mapped(column, lambda text: ", ".join(f"«{item}»" for item in find.named(text)))


class _Claim(NamedTuple):
    """Somebody's claim that a process × touchpoint stands in the next edition."""

    file: str
    row: int
    unit: str
    code: str
    kind: str
    live: bool = True
    brings: bool = False

    @property
    def order(self) -> tuple[bool, bool, int]:
        """Its place among the claims of one file: who had the key before, then the edition's records, then by row."""
        return self.brings, not self.code, self.row


_NO_RIVAL = {"rival": "", "rival_file": "", "rival_row": 0, "rival_unit": "", "rival_code": "", "rival_kind": ""}


def _rivals(frame: pd.DataFrame, edition: Edition | None, profile: Profile) -> pd.DataFrame:
    """Return for each row that brings a key the first other claim to it, and of which kind it is."""
    waits = frame["settled"] & (frame["was_state"] == records.QUARANTINED)
    whole = (frame[["activity", "process", "touchpoint"]] != "").all(axis=1)
    brings = (
        (frame["action"] == INCLUDE)
        | (frame["was_state"] == records.QUARANTINED)
        | frame["changed"].str.contains("activity|process|touchpoint")
    )
    claiming = frame.assign(brings=brings)[frame["checked"] & ~waits & whole]
    claims = _claims(claiming, frame, edition, profile)
    bringing = claiming[claiming["brings"]]
    found = {int(index): _rival(claims, row) for index, row in zip(bringing.index, records.rows(bringing), strict=True)}
    table = pd.DataFrame(
        [found.get(int(index), _NO_RIVAL) for index in frame.index], index=frame.index, columns=list(_NO_RIVAL)
    )
    return table.astype({name: "int64" if name == "rival_row" else "str" for name in _NO_RIVAL})


def _claims(
    claiming: pd.DataFrame,
    frame: pd.DataFrame,
    edition: Edition | None,
    profile: Profile,
) -> Mapping[str, list[_Claim]]:
    claims: dict[str, list[_Claim]] = defaultdict(list)
    if edition:
        addressed = set(frame.loc[frame["live"] & (frame["unit"] == frame["was_unit"]), "code"])
        left = edition.in_force[~edition.in_force["code"].isin(addressed)]
        for key, row in zip(records.record_key(left, profile), records.rows(left), strict=True):
            claims[key].append(_Claim("", 0, row["unit"], row["code"], row["kind"]))
    for row in records.rows(claiming):
        claims[row["record_key"]].append(_claim(row))
    return claims


def _claim(row: Mapping[str, Any]) -> _Claim:
    return _Claim(row["file"], row["row"], row["unit"], row["code"], row["kind"], row["live"], row["brings"])


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
    }


def _rank(claim: _Claim, own: _Claim) -> tuple[int, str]:
    if claim.file == own.file:
        return (1, "same_file") if claim.order < own.order else (0, "")
    if claim.code and (own.code or claim.unit == own.unit):
        return 2, "in_edition"
    return (4, "united") if claim.kind == own.kind else (3, "between_units")
