"""Which of the letters that are due lie written already: a run made once more is no reason to write them again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from workbook_tools.desk.folder import Desk, runs
from workbook_tools.desk.letters import letter_name
from workbook_tools.overview import MEND, REMIND

if TYPE_CHECKING:
    from pathlib import Path

    from workbook_tools.desk.runs import Run
    from workbook_tools.profile import Profile


class _Posted(NamedTuple):
    """A letter that lies in the working folder: its file's name, the day of its folder, when it was written."""

    name: str
    day: str
    written: int


def letters_posted(desk: Desk, cycle: Sequence[Run], profile: Profile, begun: str = "") -> str:
    """Return where the last letters lie, "" where a letter is due that is not written yet.

    A reminder stands until a run of a later day: nobody is reminded twice in a day. A letter of remarks stands for as
    long as the unit's file and the errors in it are those that it speaks of.

    Parameters
    ----------
    cycle
        The whole runs of this cycle, in their order.
    begun
        The day of its templates, ISO: before any run letters that are older are those of an earlier cycle.
    """
    since = "" if cycle else begun
    written = [(folder, day, _letters_in(folder)) for folder, (day, _) in runs(desk.letters) if day >= since]
    folders = [item for item in written if item[2]]
    posted = [_Posted(path.name, day, path.stat().st_mtime_ns) for _, day, paths in folders for path in paths]
    if not folders or not all(_is_among(posted, cycle, *due) for due in _due(cycle, profile)):
        return ""
    return desk.shown(folders[-1][0])


def _letters_in(folder: Path) -> list[Path]:
    return [path for path in folder.glob("*.txt") if path.is_file()]


def _due(cycle: Sequence[Run], profile: Profile) -> Iterator[tuple[str, str]]:
    """Yield by the last run of which unit what is due; nothing where there was no run."""
    for unit in profile.unit if cycle else ():
        if unit not in cycle[-1].counted:
            yield REMIND, unit
        elif cycle[-1].errors_of(unit):
            yield MEND, unit


def _is_among(posted: Sequence[_Posted], cycle: Sequence[Run], due: str, unit: str) -> bool:
    own = [letter for letter in posted if letter.name == letter_name(due, unit)]
    day = str(cycle[-1].report.get("date"))
    if due == REMIND and any(letter.day >= day for letter in own):
        return True
    run = cycle[-1] if due == REMIND else _since(cycle, unit)
    return any(letter.written >= run.report_file.stat().st_mtime_ns for letter in own)


def _since(cycle: Sequence[Run], unit: str) -> Run:
    """Return the earliest run from which on the unit's file and its errors are those of the last one."""
    first = cycle[-1]
    for run in reversed(cycle):
        if (run.counted.get(unit), run.errors_of(unit)) != (first.counted.get(unit), first.errors_of(unit)):
            break
        first = run
    return first
