"""What a unit mended since the last round, what is left, what is new."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from workbook_tools import findings as found
from workbook_tools.decisions.question import CONFLICT, LOST_CONFLICT
from workbook_tools.records import rows
from workbook_tools.standing import ACCEPTED, REJECTED, Standing
from workbook_tools.unit_form import LEFT, NEW, Round

if TYPE_CHECKING:
    import pandas as pd

Report = Mapping[str, Any]
Item = Mapping[str, Any]
_FAULTS = ("error", "warning")


@dataclass(frozen=True)
class Rounds:
    """The round before beside this one.

    Attributes
    ----------
    findings
        The findings of this run with `since` filled in.
    mended
        The findings of the round before that are gone, as its report has them.
    by_unit
        The counts of each unit that had a round before.
    """

    findings: pd.DataFrame
    mended: tuple[Item, ...] = ()
    by_unit: Mapping[str, Round] = field(default_factory=dict)


def compared(previous: Report | None, findings: pd.DataFrame, files: Sequence[Standing]) -> Rounds:
    """Compare the findings of a run with those of the report of the round before.

    Faults are compared unit by unit, by rule, message, column and record, or value where there is no record:
    rows may have moved. A file that has not changed since is no new round: its marks are taken over.
    Where there is no report of a round before, nothing is said.
    """
    if previous is None:
        return Rounds(findings)
    before = _counted((item["unit"], item["file"], item["sha256"], item["status"]) for item in previous["files"])
    now = _counted((item.unit, item.file, item.sha256, item.status) for item in files)
    since = findings["since"].copy()
    mended: list[Item] = []
    by_unit: dict[str, Round] = {}
    for unit, (file, sha256) in now.items():
        if unit not in before:
            continue
        own = findings[_is_fault(findings) & (findings["unit"] == unit) & (findings["file"] == file)]
        old_file, old_sha256 = before[unit]
        old = [item for item in previous["findings"] if item["file"] == old_file and item["severity"] in _FAULTS]
        if old_sha256 == sha256:
            marks, gone = _taken_over(own, old, previous, unit)
        else:
            marks, gone = _marked(own, old)
        since[own.index] = marks
        mended.extend(gone)
        if any(marks) or gone or old_sha256 != sha256:
            by_unit[unit] = Round(len(gone), marks.count(LEFT), marks.count(NEW))
    return Rounds(findings.assign(since=since), tuple(mended), by_unit)


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


def _marked(own: pd.DataFrame, old: Sequence[Item]) -> tuple[list[str], list[Item]]:
    """Mark each fault as left or new; return the marks, and the old faults that nothing stands for any more."""
    waiting = Counter(map(_key, old))
    marks = []
    for fault in rows(own):
        key = _key(fault)
        marks.append(LEFT if waiting[key] > 0 else NEW)
        waiting[key] -= 1
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
