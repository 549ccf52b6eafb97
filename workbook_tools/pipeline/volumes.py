"""An edition goes out: as one workbook, or with volumes beside it where its rows are too many for one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import PurePath
from typing import TYPE_CHECKING

from workbook_tools.limits import VOLUME_RECORDS, WORKBOOK_ROWS
from workbook_tools.placing.disk import file_sha256
from workbook_tools.progress import Progress, silent
from workbook_tools.reports.annex import rows_above
from workbook_tools.reports.consolidated import write_consolidated
from workbook_tools.reports.flat import can_write_flat, write_flat
from workbook_tools.reports.journal import ROWS_AROUND, journal_of
from workbook_tools.reports.volumes import Bound, write_journal_volume, write_volume
from workbook_tools.text import shortened
from workbook_tools.volumes import NO_VOLUMES, Volume, Volumes, divided
from workbook_tools.xlsx.checking import check_workbook

if TYPE_CHECKING:
    from workbook_tools.dossier import Dossier
    from workbook_tools.outputs import Outputs
    from workbook_tools.xlsx.checking import Check

_LONGEST_CONTENT = 1_000


def write_edition(
    outputs: Outputs,
    name: str,
    dossier: Dossier,
    sheet_rows: int = WORKBOOK_ROWS,
    progress: Progress = silent,
    check: Check = check_workbook,
) -> Dossier:
    """Stage an edition; volumes, where they are needed, go out with it or not at all.

    Parameters
    ----------
    name
        The name of its workbook; volumes are named after it.
    sheet_rows
        How many rows a sheet takes before there are volumes.
    check
        Reads again what was written.

    Returns
    -------
    Dossier
        With the volumes that stand beside the workbook.

    Raises
    ------
    OutputError
        A file cannot be written.
    """
    target = outputs.stage(name)
    volumes = NO_VOLUMES
    if _highest(dossier) > sheet_rows:
        volumes = Volumes(
            tuple(_of_register(outputs, name, dossier, sheet_rows, progress, check)), flat=_flat(outputs, name, dossier)
        )
    if dossier.changes and sum(len(change.entries) for change in dossier.changes) + ROWS_AROUND > sheet_rows:
        volumes = volumes._replace(journal=tuple(_of_journal(outputs, name, dossier, sheet_rows, progress, check)))
    bound = replace(dossier, volumes=volumes)
    write_consolidated(target, bound, progress, check)
    return bound


def _highest(dossier: Dossier) -> int:
    """Return how many rows the higher of «Реестр» and «Приложение 1» needs."""
    return max(1 + len(dossier.records), rows_above(dossier.profile) + len(dossier.in_force))


def _room(sheet_rows: int, around: int) -> int:
    return max(1, min(VOLUME_RECORDS, sheet_rows - around))


def _of_register(
    outputs: Outputs, name: str, dossier: Dossier, sheet_rows: int, progress: Progress, check: Check
) -> Iterator[Volume]:
    """Write the volumes of the register one after another, so that only one is in memory."""
    stretches = divided(dossier.records, _room(sheet_rows, rows_above(dossier.profile)))
    for number, stretch in enumerate(stretches, 1):
        progress("Тома реестра", number - 1, len(stretches))
        records = dossier.records.iloc[stretch.start : stretch.stop].reset_index(drop=True)
        content = shortened("; ".join(dict.fromkeys(records["activity"])), _LONGEST_CONTENT)
        file = f"{PurePath(name).stem}_том_{number:02d}.xlsx"
        path = outputs.stage(file)
        write_volume(
            path,
            replace(dossier, records=records),
            Bound(number, len(stretches), name, content, check),
            stretch.heading,
        )
        yield Volume(file, content, len(records), file_sha256(path))
    progress("Тома реестра", len(stretches), len(stretches))


def _of_journal(
    outputs: Outputs, name: str, dossier: Dossier, sheet_rows: int, progress: Progress, check: Check
) -> Iterator[Volume]:
    """Write the volumes of the journal: its lines in their order, as many in each as it has room for."""
    journal, room = journal_of(dossier), _room(sheet_rows, ROWS_AROUND)
    starts = range(0, journal.count, room)
    for number, start in enumerate(starts, 1):
        progress("Тома журнала", number - 1, len(starts))
        part = journal.part(start, start + room)
        content = f"строки журнала с {start + 1} по {start + part.count}"
        file = f"{PurePath(name).stem}_журнал_{number:02d}.xlsx"
        path = outputs.stage(file)
        write_journal_volume(path, dossier, Bound(number, len(starts), name, content, check), part)
        yield Volume(file, content, part.count, file_sha256(path))
    progress("Тома журнала", len(starts), len(starts))


def _flat(outputs: Outputs, name: str, dossier: Dossier) -> str:
    """Write the flat table where it can be written; return its name."""
    if not can_write_flat():
        return ""
    file = f"{PurePath(name).stem}.parquet"
    write_flat(outputs.stage(file), dossier)
    return file
