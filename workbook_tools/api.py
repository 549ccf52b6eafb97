"""The library for other programs: the commands as functions, their results as frames.

What stands here is kept: columns may be added, none is renamed or changes its meaning within a major version.
"""

from __future__ import annotations

import datetime
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from workbook_tools import findings as found
from workbook_tools.errors import InputError, WorkbookToolsError
from workbook_tools.pipeline import commands
from workbook_tools.pipeline.days import day_of, today
from workbook_tools.pipeline.profiles import any_profile as load_profile
from workbook_tools.profile import LoadedProfile
from workbook_tools.sources import source_of

if TYPE_CHECKING:
    from workbook_tools.comparing import Change
    from workbook_tools.pipeline.commands import Result
    from workbook_tools.sources import Address

__all__ = ["LoadedProfile", "Outcome", "WorkbookToolsError", "check", "diff", "load_profile", "merge"]

Place = str | os.PathLike[str]
"""A file or a folder; where units' files are meant, also an address that fsspec reads."""
Day = str | datetime.date
"""A day; as text in the form 2026-11-22."""

# Without `variant`: which of a rule's messages it is, is a matter of the profile's own.
FINDINGS = tuple(name for name in found.COLUMNS if name != "variant")
CHANGES = (
    "change",
    "class",
    "record",
    "unit",
    "activity",
    "process",
    "touchpoint",
    "column",
    "before",
    "after",
    "text",
    "by",
    "score",
    "proposed",
)
FILES = ("file", "sha256", "unit", "status", "rows", "reason")
UNITS = ("unit", "name", "status", "rows", "errors", "warnings", "carried_over")
_KINDS = dict.fromkeys(("change", "rows", "errors", "warnings", "carried_over"), "int64") | {
    "score": "float64",
    "proposed": "bool",
}


@dataclass(frozen=True, eq=False)
class Outcome:
    """What a call came to. All frames have an index 0…n-1, text columns with "" for blank, and are the caller's own.

    Attributes
    ----------
    records
        The register as it stands after the call, in its order, the quarantined records too: `code`, `direction`,
        `activity`, `process`, `client`, `touchpoint`, `contact`, `kind` (digital, offline), `needs` (joined by «; »),
        `key` (yes, no), `basis`, `unit`, `state` (in_force, quarantined, unconfirmed), `source`, and of that `file`,
        `sheet`, `row` (integer). After `diff` those of the newer edition.
    findings
        What is not in order: `rule`, `severity` (error, warning, info), `clause`, `unit`, `file`, `sheet`, `cell`,
        `row` (integer, 0 where a whole file or unit is meant), `column`, `value` (as typed), `message`, `suggestion`,
        `record` (code), `since` (left, new; "" without a round before), `answer` (the unit's).
    changes
        One row for each line of the change log, several for a record that changed in several ways: `change` (integer,
        the same for all rows of one record), `class`, `record` (code), `unit`, `activity`, `process`, `touchpoint`,
        `column`, `before`, `after`, `text`, `by` (code, key, similarity), `score` (0 to 1), `proposed` (true where a
        person must confirm the match).
    files
        What became of each file: `file`, `sha256`, `unit`, `status` (accepted, rejected, superseded, ignored,
        unreadable), `rows` (integer), `reason`. Empty after `diff`.
    units
        What came from each unit of the profile: `unit`, `name`, `status` (received, missing), and as integers `rows`,
        `errors`, `warnings`, `carried_over`. Empty after `diff`.
    exit_code
        What the command line would have ended with: 0 clean, 1 errors among the findings (`diff`: changes), 2 a file
        could not be read.
    outputs
        The files written, none without `out`.
    """

    records: pd.DataFrame = field(repr=False)
    findings: pd.DataFrame = field(repr=False)
    changes: pd.DataFrame = field(repr=False)
    files: pd.DataFrame = field(repr=False)
    units: pd.DataFrame = field(repr=False)
    exit_code: int
    outputs: tuple[Path, ...]
    _result: Result = field(repr=False)

    @property
    def report(self) -> dict[str, Any]:
        """The report of the command line's `--json` as plain objects, `"schema": 1`."""
        return self._result.report


def check(
    paths: Place | Iterable[Place],
    profile: LoadedProfile | None = None,
    *,
    edition: Place | None = None,
    decisions: Place | None = None,
    out: Place | None = None,
    date: Day | None = None,
    previous: Place | None = None,
    workers: int = 1,
) -> Outcome:
    """Read and check units' files; with a folder given, write the returned copies and the report into it.

    Parameters
    ----------
    paths
        Files, folders or addresses, one or several.
    profile
        What `load_profile` returned; without it the profile shipped with the program.
    edition
        The workbook of the edition in force; without it the register begins empty.
    decisions
        A consolidated workbook whose sheet «Решения» the officer has filled in.
    date
        The day of the run, today without it: the same inputs and day give the same result.
    previous
        The report (`run.json`) of the round before; without it the one in `out` serves, if there is one.
    workers
        How many processes read and write; 0 for all cores.

    Raises
    ------
    WorkbookToolsError
        The call as a whole cannot be done: its text is one Russian sentence. A unit's file that cannot be read is no
        such case: it is a finding, and the exit code is 2.
    """
    options = commands.Options(_day(date), workers, previous=_path(previous))
    given = _sources(paths), profile or load_profile(), _path(edition), _path(out), options
    return _outcome(commands.check(*given, decisions=_path(decisions)))


def merge(  # noqa: PLR0913 - as many as the command has, nearly all by name
    paths: Place | Iterable[Place],
    profile: LoadedProfile | None = None,
    *,
    edition: Place | None = None,
    decisions: Place | None = None,
    out: Place | None = None,
    date: Day | None = None,
    previous: Place | None = None,
    strict: bool = False,
    workers: int = 1,
) -> Outcome:
    """Check units' files and merge them into the edition; with a folder given, write all that the command line writes.

    Parameters
    ----------
    paths, profile, edition, decisions, date, previous, workers
        As for `check`.
    strict
        Write nothing where a file cannot be read or a finding is an error.

    Raises
    ------
    WorkbookToolsError
        As for `check`.
    """
    options = commands.Options(_day(date), workers, previous=_path(previous))
    given = _sources(paths), profile or load_profile(), _path(edition), _path(out), options
    return _outcome(commands.merge(*given, strict=strict, decisions=_path(decisions)))


def diff(
    old: Place,
    new: Place,
    profile: LoadedProfile | None = None,
    *,
    decisions: Place | None = None,
    out: Place | None = None,
    date: Day | None = None,
) -> Outcome:
    """Compare two editions, each a workbook of the register or an annex; with a file given, write the comparison to it.

    Parameters
    ----------
    decisions
        The workbook of an earlier comparison whose sheet «Решения» the officer has filled in.
    out
        The workbook to be written, .xlsx.
    date
        The day of the run; without it the newer edition's own date, else today.

    Raises
    ------
    WorkbookToolsError
        A file does not exist, is damaged, or is no edition; the output is no .xlsx by its name: one Russian sentence.
    """
    target = _path(out)
    if target is not None and target.suffix.lower() != ".xlsx":
        raise InputError(f"out: «{target.name}» – книга записывается только в формате .xlsx. Исправьте имя файла.")
    day = _day(date) if date else ""
    loaded = profile or load_profile()
    return _outcome(commands.diff(Path(old), Path(new), loaded, target, decisions=_path(decisions), date=day))


def _sources(paths: Place | Iterable[Place]) -> list[Path | Address]:
    given = [paths] if isinstance(paths, str | os.PathLike) else paths
    return [source_of(os.fspath(place)) for place in given]


def _path(place: Place | None) -> Path | None:
    return None if place is None else Path(place)


def _day(date: Day | None) -> str:
    if date is None:
        return today()
    return day_of(date if isinstance(date, str) else date.isoformat(), "date")


def _outcome(result: Result) -> Outcome:
    dossier = result.dossier
    if dossier is None:
        raise ValueError("a result of check, merge or diff tells what was found")
    findings = dossier.findings.assign(row=found.shown_rows(dossier.findings))
    return Outcome(
        records=dossier.records.reset_index(drop=True),
        findings=findings[list(FINDINGS)].reset_index(drop=True),
        changes=_frame(_lines(dossier.changes), CHANGES),
        files=_frame(map(vars, dossier.files), FILES),
        units=_frame(({**vars(line), "unit": line.code} for line in dossier.units), UNITS),
        exit_code=result.exit_code,
        outputs=result.outputs,
        _result=result,
    )


def _lines(changes: Iterable[Change]) -> Iterator[dict[str, Any]]:
    for number, change in enumerate(changes, 1):
        of_record = {name: change.record[name] for name in ("unit", "activity", "process", "touchpoint")}
        match = {"by": change.by, "score": change.score, "proposed": change.proposed}
        for entry in change.entries:
            yield {
                **of_record,
                **match,
                **vars(entry),
                "change": number,
                "class": entry.kind,
                "record": change.record["code"],
            }


def _frame(rows: Iterable[Mapping[str, Any]], columns: Sequence[str]) -> pd.DataFrame:
    """Return a frame of some columns of plain rows; whichever the types above do not name holds text."""
    kinds = {name: _KINDS.get(name, "str") for name in columns}
    return pd.DataFrame(list(rows), columns=list(columns)).astype(kinds)
