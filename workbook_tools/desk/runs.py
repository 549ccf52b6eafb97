"""The runs of a working folder: those that came to their end, those of this cycle, what they saw."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from workbook_tools.desk.archive import archive_name, sums_of
from workbook_tools.desk.folder import INCOMING, Desk, edition_in_force, runs
from workbook_tools.errors import OutputError
from workbook_tools.outputs import recover
from workbook_tools.overview import is_mendable
from workbook_tools.pipeline.previous import RUN_REPORT, previous_report
from workbook_tools.placing.journal import is_disordered
from workbook_tools.remarks import Severity
from workbook_tools.standing import ACCEPTED, IGNORED, REJECTED

if TYPE_CHECKING:
    from workbook_tools.rounds import Report

CHECK, MERGE = "check", "merge"
_OF_A_DECISION = ("key", "rule", "status", "decision", "reason", "until")
_ASKED = ("command", "date", "profile", "edition", "files", "findings", "decisions")


@dataclass(frozen=True)
class Run:
    """A check or a merge that came to its end.

    Attributes
    ----------
    folder
        Where its outputs lie.
    report
        What is asked of its report, as plain data; another hand may have changed what `previous_report` does not look
        at.
    """

    folder: Path
    report: Report

    @property
    def command(self) -> str:
        """`check` or `merge`."""
        return str(self.report["command"])

    @property
    def report_file(self) -> Path:
        """The file of the report."""
        return self.folder / RUN_REPORT

    @cached_property
    def files(self) -> Mapping[str, str]:
        """The files that it looked at: by name the SHA-256, "" where it could not be taken."""
        looked_at = (item for item in self.report["files"] if item["status"] != IGNORED)
        return {str(item["file"]): str(item["sha256"] or "") for item in looked_at}

    @cached_property
    def counted(self) -> Mapping[str, str]:
        """The file that counts for each unit: by the unit's code its SHA-256."""
        taken = (item for item in self.report["files"] if item["unit"] and item["status"] in {ACCEPTED, REJECTED})
        return {str(item["unit"]): str(item["sha256"] or "") for item in taken}

    @property
    def edition(self) -> str:
        """The name of the edition's file that it was built on, "" where it began with none."""
        edition = self.report.get("edition")
        return str(edition.get("file") or "") if isinstance(edition, dict) else ""

    @property
    def profile(self) -> str:
        """The SHA-256 of the profile that it went by."""
        profile = self.report.get("profile")
        return str(profile.get("sha256") or "") if isinstance(profile, dict) else ""

    @property
    def book(self) -> Path | None:
        """The consolidated workbook that it wrote, None where it wrote none or the workbook is gone."""
        name = f"Перечень_{self.report.get('date')}.xlsx"
        return next((path for path in self.folder.glob("*.xlsx") if path.name == name), None)

    @property
    def decisions(self) -> list[dict[str, Any]]:
        """The questions to the officer, and the decisions that were applied."""
        decisions = self.report.get("decisions")
        return [item for item in decisions if _is_decision(item)] if isinstance(decisions, list) else []

    @property
    def errors(self) -> int:
        """How many errors the units can mend."""
        return sum(map(_is_unit_error, self.report["findings"]))

    def errors_of(self, unit: str) -> frozenset[tuple[str, str, str]]:
        """Return the errors that a unit can mend: by file, cell and message."""
        own = (item for item in self.report["findings"] if item["unit"] == unit and _is_unit_error(item))
        return frozenset((str(item["file"]), str(item["cell"]), str(item["message"])) for item in own)


def _is_unit_error(item: Mapping[str, Any]) -> bool:
    return item["severity"] == Severity.ERROR.value and is_mendable(item)


def _is_decision(item: object) -> bool:
    """Tell whether what is asked of a decision is text, or nothing, as a run writes it."""
    return isinstance(item, dict) and all(isinstance(item.get(name), str | None) for name in _OF_A_DECISION)


def swept(desk: Desk) -> Desk:
    """Put in order what killed runs left in a working folder: no half of a run is taken for a whole one.

    What another run is writing at this moment is left alone.
    """
    for parent in desk.of_runs:
        for folder, _ in runs(parent):
            with contextlib.suppress(OutputError, OSError):
                recover(folder)
            _remove_empty(folder)
    for place in (desk.root, *desk.of_runs):
        with contextlib.suppress(OutputError, OSError):
            recover(place)
    return desk


def _remove_empty(folder: Path) -> None:
    """Remove a folder of a run that holds nothing; one that holds anything stays as it is."""
    inner = [item for item in folder.iterdir() if item.is_dir()]
    with contextlib.suppress(OSError):
        for item in inner:
            item.rmdir()
        folder.rmdir()


def runs_of_cycle(desk: Desk) -> list[Run]:
    """Return the whole runs that were built on the edition in force, in the order in which they were made."""
    edition = edition_in_force(desk)
    own = []
    for run in _latest_first(desk):
        if run.edition != (edition.name if edition else ""):
            break  # what came before belongs to earlier cycles: their reports may be long
        own.append(run)
    return own[::-1]


def files_of_past(desk: Desk) -> frozenset[str]:
    """Return the SHA-256 of the units' files that the archive of the edition in force holds.

    Only what the archive holds is past: whoever takes it out of `входящие/` loses nothing. What a run on another
    edition looked at may never have been archived: the edition was imported late, or named in a call.
    """
    edition = edition_in_force(desk)
    if edition is None:
        return frozenset()
    held = sums_of(edition.with_name(archive_name(edition.stem.rpartition("_")[2])))
    return frozenset(sha256 for name, sha256 in held.items() if name.startswith(f"{INCOMING}/"))


def _latest_first(desk: Desk) -> Iterator[Run]:
    """Yield the whole runs, each read when it is asked for.

    Checks and merges of one day are told apart by when their reports were written: they lie in two folders.
    """
    named = [(key, folder) for parent in (desk.remarks, desk.releases) for folder, key in runs(parent)]
    whole = [(date, _written(folder), number, folder) for (date, number), folder in named if _is_whole(folder)]
    for _, written, _, folder in sorted(whole, reverse=True):
        report = _report(folder, written)
        if report is not None:
            yield Run(folder, report)


@lru_cache(maxsize=64)
def _report(folder: Path, written: int) -> Report | None:  # noqa: ARG001 - the moment tells one report from the next
    """Return what is asked of a run's report, without the rest, which may be long; None where it is none of ours."""
    report = previous_report(None, folder)
    return None if report is None else {name: report[name] for name in _ASKED if name in report}


def _is_whole(folder: Path) -> bool:
    """Tell whether a run came to its end: its report is written with all else, and nothing is under way."""
    return (folder / RUN_REPORT).is_file() and not is_disordered(folder)


def _written(folder: Path) -> int:
    return (folder / RUN_REPORT).stat().st_mtime_ns
