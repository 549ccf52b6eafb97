"""What a unit mended since the last round, what is left, what is new."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from workbook_tools import findings as found
from workbook_tools.decisions.question import CONFLICT, LOST_CONFLICT
from workbook_tools.records import CONTENT, among, rows, tuples
from workbook_tools.standing import ACCEPTED, REJECTED, Standing
from workbook_tools.unit_form import LEFT, NEW, Round

if TYPE_CHECKING:
    import pandas as pd

    from workbook_tools.tables import Table

Report = Mapping[str, Any]
Item = Mapping[str, Any]
_FAULTS = ("error", "warning")
# What of a row its unit can be asked to mend, as it stands in the file.
_JUDGED = ("code", "action", *CONTENT, "basis")
_AT_ONCE = 10_000
# Faults between the rows of one file: mended in one row, they are gone from the other.
_OF_THE_FILE = frozenset({("П-09", "main"), ("П-10", "main"), ("П-15", "code_twice")})


@dataclass(frozen=True)
class Rounds:
    """The round before beside this one.

    Attributes
    ----------
    findings
        The findings of this run with `since` filled in.
    mended
        The findings of the round before that their units mended, as its report has them.
    by_unit
        The counts of each unit that had a round before.
    """

    findings: pd.DataFrame
    mended: tuple[Item, ...] = ()
    by_unit: Mapping[str, Round] = field(default_factory=dict)


def judged(table: Table, findings: pd.DataFrame) -> tuple[Item, ...]:
    """Return what stands in each row that has a fault, for the round after this one: its file may be gone by then."""
    at_fault = set(tuples(findings[_is_fault(findings) & (findings["row"] > 0)], "file", "sheet", "row"))
    chosen = among(table.frame, at_fault, "file", "sheet", "row")
    places = rows(table.frame.loc[chosen, ["file", "sheet", "row"]])
    return tuple({**place, "content": text} for place, text in zip(places, _contents(table, chosen), strict=True))


def unchanged(previous: Report | None, table: Table) -> frozenset[tuple[str, str]]:
    """Return unit and content of each row that stands as it stood, with a fault, in the round before."""
    before = {str(item["content"]) for item in (previous or {}).get("judged", ())}
    if not before:
        return frozenset()
    units = table.frame["unit"]
    pairs = zip(units.tolist(), _contents(table, units.notna()), strict=True)
    return frozenset(pair for pair in pairs if pair[1] in before)


def _contents(table: Table, chosen: pd.Series[bool]) -> Iterator[str]:
    """Yield a hash of each of the rows chosen, as typed."""
    places = chosen.to_numpy().nonzero()[0]
    for start in range(0, len(places), _AT_ONCE):
        # A large run needs the room.
        texts = tuples(table.typed.iloc[places[start : start + _AT_ONCE]], *_JUDGED)
        for text in texts:
            yield hashlib.sha256("\n".join(text).encode(errors="surrogateescape")).hexdigest()[:16]


def compared(
    previous: Report | None,
    findings: pd.DataFrame,
    files: Sequence[Standing],
    stands: frozenset[tuple[str, str]] = frozenset(),
) -> Rounds:
    """Compare the findings of a run with those of the report of the round before.

    Faults are compared unit by unit, by rule, message, column and record, or value where there is no record:
    rows may have moved. A file that has not changed since is no new round: its marks are taken over.
    Where there is no report of a round before, nothing is said. What the officer accepted, and what is asked no
    more although its row stands as it stood, its unit has not mended.

    Parameters
    ----------
    stands
        What `unchanged` returns.
    """
    if previous is None:
        return Rounds(findings)
    before = _counted((item["unit"], item["file"], item["sha256"], item["status"]) for item in previous["files"])
    now = _counted((item.unit, item.file, item.sha256, item.status) for item in files)
    stood = {_row_of(item): str(item["content"]) for item in previous.get("judged", ())}
    since = findings["since"].copy()
    mended: list[Item] = []
    by_unit: dict[str, Round] = {}
    for unit, (file, sha256) in now.items():
        if unit not in before:
            continue
        of_file = findings[(findings["unit"] == unit) & (findings["file"] == file)]
        is_fault = _is_fault(of_file)
        own = of_file[is_fault]
        old_file, old_sha256 = before[unit]
        old = [item for item in previous["findings"] if item["file"] == old_file and item["severity"] in _FAULTS]
        if old_sha256 == sha256:
            marks, gone = _taken_over(own, old, previous, unit)
        else:
            marks, gone = _marked(own, of_file[~is_fault], old)
            gone = [item for item in gone if not (_is_of_row(item) and (unit, stood.get(_row_of(item), "")) in stands)]
        since[own.index] = marks
        mended.extend(gone)
        if any(marks) or gone or old_sha256 != sha256:
            by_unit[unit] = Round(len(gone), marks.count(LEFT), marks.count(NEW))
    return Rounds(findings.assign(since=since), tuple(mended), by_unit)


def _row_of(item: Item) -> tuple[str, str, int]:
    return str(item["file"]), str(item["sheet"]), int(item["row"] or 0)


def _is_of_row(item: Item) -> bool:
    """Tell whether a fault is gone only when its own row is another."""
    return item["column"] in _JUDGED and (item["rule"], item.get("variant")) not in _OF_THE_FILE


def _counted(files: Iterator[tuple[str, str, str, str]]) -> dict[str, tuple[str, str]]:
    return {unit: (file, sha256) for unit, file, sha256, status in files if unit and status in {ACCEPTED, REJECTED}}


def _is_fault(findings: pd.DataFrame) -> pd.Series[bool]:
    return findings["severity"].isin(_FAULTS)


def _key(item: Item) -> tuple[str, ...]:
    kind = (item.get("rule"), item.get("variant"))
    # The same fault, be it decided by now or not.
    kind = CONFLICT if kind == LOST_CONFLICT else kind
    names = (*kind, item.get("column"), item.get("record") or item.get("value"))
    return tuple(str(name or "") for name in names)


def _marked(own: pd.DataFrame, eased: pd.DataFrame, old: Sequence[Item]) -> tuple[list[str], list[Item]]:
    """Mark each fault as left or new; return the marks, and the old faults that nothing stands for any more.

    Parameters
    ----------
    eased
        Findings that are no faults: what the officer accepted is among them.
    """
    waiting = Counter(map(_key, old))
    marks = []
    for fault in rows(own):
        key = _key(fault)
        marks.append(LEFT if waiting[key] > 0 else NEW)
        waiting[key] -= 1
    waiting.subtract(map(_key, rows(eased)))
    gone: list[Item] = []
    for item in reversed(old):
        if waiting[_key(item)] > 0:
            waiting[_key(item)] -= 1
            gone.append(item)
    return marks, gone[::-1]


def _taken_over(own: pd.DataFrame, old: Sequence[Item], previous: Report, unit: str) -> tuple[list[str], list[Item]]:
    """Return the marks and the mended faults that the report gives for the same file."""
    given = {(*_key(item), item.get("cell") or ""): item.get("since") or "" for item in old}
    marks = [given.get((*_key(item), item["cell"]), "") for item in rows(own)]
    return marks, [item for item in previous.get("mended", ()) if item["unit"] == unit]


def mended_findings(mended: Iterable[Item]) -> list[dict[str, Any]]:
    """Return mended faults as rows of a findings frame."""
    blank: dict[str, Any] = dict.fromkeys(found.COLUMNS, "") | {"row": 0}
    return [{name: item.get(name) or blank[name] for name in found.COLUMNS} for item in mended]
