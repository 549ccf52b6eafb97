"""How the cycle stands, unit by unit: a check of what lies in the folder that writes nothing."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from workbook_tools import findings as found
from workbook_tools import records
from workbook_tools.desk.cycle import Stand, stand_of
from workbook_tools.desk.finding import last_decisions
from workbook_tools.desk.folder import Desk, edition_in_force
from workbook_tools.desk.runs import runs_of_cycle
from workbook_tools.desk.stock import incoming_files, lying_in, rounds_of
from workbook_tools.dossier import MISSING, RECEIVED, Dossier, UnitLine
from workbook_tools.errors import InternalError
from workbook_tools.overview import REMIND, Overview, UnitState, is_mendable
from workbook_tools.pipeline import commands
from workbook_tools.pipeline.consolidating import PROJECT
from workbook_tools.pipeline.editions import load_base
from workbook_tools.records import Edition
from workbook_tools.remarks import Severity
from workbook_tools.reports import run_json
from workbook_tools.standing import ACCEPTED, REJECTED, refusals

if TYPE_CHECKING:
    from workbook_tools.pipeline.commands import Options
    from workbook_tools.profile import LoadedProfile


class Status(NamedTuple):
    """How a cycle stands, the edition's line of the report, and the exit code of the check."""

    overview: Overview
    edition: Mapping[str, Any] | None
    exit_code: int = 0


def status_of(desk: Desk, loaded: LoadedProfile, options: Options) -> Status:
    """Check what lies in a working folder, and say how the cycle stands; nothing is written.

    Raises
    ------
    InputError
        The edition in force cannot be read.
    """
    cycle, files, path = runs_of_cycle(desk), incoming_files(desk), edition_in_force(desk)
    today = datetime.date.fromisoformat(options.today)
    lying = lying_in(desk, loaded)
    stand = stand_of(lying, today)
    if len(files) == lying.of_past:  # none of this cycle
        edition = load_base(path, loaded.profile) or Edition(records.empty())
        dossier = _of_edition(edition, loaded, options.today)
        shown = run_json.edition_json(edition) if path else None
        return Status(_overview(dossier, today, stand, _Came()), shown)
    options = replace(options, previous=options.previous or (cycle[-1].report_file if cycle else None))
    decisions, _ = last_decisions(desk, loaded.profile)
    result = commands.check([desk.incoming], loaded, path, None, options, decisions=decisions)
    if result.dossier is None:
        raise InternalError("проверка ничего не сообщила о файлах. Это ошибка программы.")
    dossier = result.dossier
    counted = {item.unit: item.sha256 for item in dossier.files if item.status in {ACCEPTED, REJECTED}}
    own = {unit: sha256 for unit, sha256 in counted.items() if unit in loaded.profile.unit}
    came = _Came(files, rounds_of(cycle, own))
    return Status(_overview(dossier, today, stand, came), result.report["edition"], result.exit_code)


class _Came(NamedTuple):
    """The units' files by name, and which round each unit is in."""

    files: Mapping[str, Path] = {}
    rounds: Mapping[str, int] = {}


def _of_edition(edition: Edition, loaded: LoadedProfile, today: str) -> Dossier:
    """Return what stands where no unit has sent anything: each record would be carried over."""
    profile = loaded.profile
    counts = edition.in_force["unit"].value_counts()
    lines = [
        UnitLine(unit.code, unit.name, MISSING, carried_over=int(counts.get(unit.code, 0))) for unit in profile.units
    ]
    return Dossier(
        profile, loaded.sha256, edition.records, today, PROJECT, edition.last_code, edition.date, units=lines
    )


def _overview(dossier: Dossier, today: datetime.date, stand: Stand, came: _Came) -> Overview:
    errors = records.rows(found.of_severity(dossier.findings, Severity.ERROR))
    mendable = Counter(item["unit"] for item in errors if is_mendable(item))
    states = [_state(line, dossier, came, mendable[line.code]) for line in dossier.units]
    return Overview(dossier, today, states, stand.stage, stand.said, stand.step.words if stand.step else "")


def _state(line: UnitLine, dossier: Dossier, came: _Came, mendable: int) -> UnitState:
    unit = dossier.profile.unit[line.code]
    if line.status != RECEIVED:
        return UnitState(unit, line)
    refused = refusals(dossier.files).get(line.file, "")
    received, number = _file_date(came.files.get(line.file)), came.rounds.get(line.code, 0)
    return UnitState(unit, line, received, number, mendable, refused)


def _file_date(path: Path | None) -> str:
    if path is None or not path.exists():
        return ""
    return datetime.date.fromtimestamp(path.stat().st_mtime).isoformat()  # noqa: DTZ012 - the officer's own calendar day


def status_json(status: Status, outputs: Sequence[str]) -> dict[str, Any]:
    """Return the report of `perechen status` as plain objects."""
    overview = status.overview
    dossier = overview.dossier
    return {
        **run_json.head("status", overview.today.isoformat(), dossier.profile.name, dossier.profile_sha256),
        "edition": status.edition,
        "period": dossier.profile.period.label or None,
        "deadline": overview.deadline.isoformat() if overview.deadline else None,
        "days_left": overview.days_left,
        "stage": overview.stage,
        "said": list(overview.said),
        "next": overview.next_step or None,
        "files": [run_json.file_json(item) for item in dossier.files],
        "units": list(_units_json(overview)),
        "outputs": list(outputs),
    }


def _units_json(overview: Overview) -> Iterator[dict[str, Any]]:
    for state in overview.units:
        yield {
            **run_json.unit_json(state.line),
            "file": state.line.file or None,
            "filled": state.line.filled or None,
            "file_date": state.received or None,
            "turn": state.round,
            "due": state.due or None,
            "remind": state.due == REMIND,
            "head": state.unit.head or None,
            "email": state.unit.email or None,
        }
