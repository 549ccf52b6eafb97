"""The project of an edition: the last release of a working folder, and the same merge made once more from its inputs.

A release is a workbook that lies where anybody may write, beside a report of what it was made from. What comes into
force is made anew from the units' files, by the decisions that were used; that it comes to the very report of the
release shows that neither files, profile, program nor report have changed since.
"""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from workbook_tools.desk.folder import Desk, edition_in_force, runs
from workbook_tools.errors import InputError
from workbook_tools.outputs import recover
from workbook_tools.pipeline.ahead import expect_edition
from workbook_tools.pipeline.consolidating import consolidate
from workbook_tools.pipeline.deciding import load_decisions
from workbook_tools.pipeline.editions import files_of, load_base
from workbook_tools.pipeline.examining import judge, read_files
from workbook_tools.pipeline.previous import RUN_REPORT, previous_report
from workbook_tools.placing.disk import file_sha256
from workbook_tools.reports import run_json
from workbook_tools.standing import IGNORED, Standing
from workbook_tools.text import shortened
from workbook_tools.unit_form import Round

if TYPE_CHECKING:
    from workbook_tools.dossier import Dossier
    from workbook_tools.pipeline.examining import Examined, Read
    from workbook_tools.pipeline.foreign import ForeignFiles
    from workbook_tools.profile import LoadedProfile
    from workbook_tools.progress import Progress
    from workbook_tools.records import Edition
    from workbook_tools.rounds import Report

AGAIN = "Сведите файлы ещё раз (perechen merge) и утвердите новый выпуск."
_LONGEST_LIST = 300


@dataclass(frozen=True)
class Project:
    """A release: its folder, and its report as plain data, of which another hand may have changed anything."""

    folder: Path
    report: Report

    @property
    def date(self) -> str:
        """The day of the merge, ISO."""
        return str(self.report["date"])

    @property
    def book(self) -> Path:
        """Its workbook."""
        return self.folder / f"Перечень_{self.date}.xlsx"


@dataclass(frozen=True)
class Remade:
    """The merge of a project made once more.

    Attributes
    ----------
    dossier
        What its workbook was written from.
    base
        The edition that it builds on; None where there was none.
    examined
        Its files.
    base_files, decisions
        Where the edition with its volumes and the decisions lie, each file with its SHA-256.
    """

    dossier: Dossier
    base: Edition | None
    examined: Examined
    base_files: Mapping[Path, str]
    decisions: Mapping[Path, str]


def last_project(desk: Desk) -> Project:
    """Return the last release that came to its end.

    Raises
    ------
    InputError
        There is none, or its report or its workbook is not what a merge writes.
    """
    for folder, _ in reversed(runs(desk.releases)):
        recover(folder)
        if (folder / RUN_REPORT).is_file():
            return _project(folder)
    raise InputError(
        f"{desk.releases}: здесь нет ни одного выпуска, утверждать нечего. Сведите файлы подразделений: perechen merge."
    )


def _project(folder: Path) -> Project:
    report = previous_report(folder / RUN_REPORT, None)
    if report is None or report["command"] != "merge" or not _is_whole(report):
        raise InputError(f"{folder}: это не выпуск: отчёт в папке записан не сведением. {AGAIN}")
    project = Project(folder, report)
    if not project.book.is_file():
        raise InputError(f"{folder}: в папке выпуска нет книги {project.book.name}. {AGAIN}")
    return project


def _is_whole(report: Report) -> bool:
    """Tell whether a report names a day and its outputs, as every report of a merge does."""
    outputs = report.get("outputs")
    try:
        datetime.date.fromisoformat(str(report.get("date")))
    except ValueError:
        return False
    return isinstance(outputs, list) and all(isinstance(name, str) for name in outputs)


def remake(desk: Desk, project: Project, loaded: LoadedProfile, files: ForeignFiles, progress: Progress) -> Remade:
    """Make the merge of a project once more, from the files themselves.

    Raises
    ------
    InputError
        An input is not what it was when the project was made, or the merge comes to something else.
    """
    report = project.report
    _refuse_other_profile(report, loaded)
    place = _base_of(desk, report)
    decided = _decisions_of(desk, report)
    made = load_decisions(decided, loaded.profile, files)
    expect_edition(place, loaded.profile, files)
    read = _read(desk, loaded, files, progress)
    base = load_base(place, loaded.profile, files)
    examined = judge(read, loaded.profile, base, project.date, progress)
    _refuse_other_files(desk, report, examined)
    dossier = _as_reported(consolidate(examined, base, loaded, project.date, made, report), report)
    _refuse_other_report(project, dossier, base)
    return Remade(dossier, base, examined, files_of(place, base), {decided: made.sha256} if decided else {})


def _read(desk: Desk, loaded: LoadedProfile, files: ForeignFiles, progress: Progress) -> Read:
    try:
        return read_files([desk.incoming], loaded.profile, files, progress)
    except InputError as error:
        raise InputError(f"{error} Для утверждения нужны те самые файлы, по которым сведён выпуск.") from error


def _refuse_other_profile(report: Report, loaded: LoadedProfile) -> None:
    if _sha256_of(report.get("profile")) != loaded.sha256:
        raise InputError(f"профиль изменён после того, как выпуск был сведён. {AGAIN}")


def _base_of(desk: Desk, report: Report) -> Path | None:
    """Return the edition that a project builds on: it must be the one in force."""
    place = edition_in_force(desk)
    if (file_sha256(place) if place else "") != _sha256_of(report.get("edition")):
        which = f"действует {desk.editions.name}/{place.relative_to(desk.editions).as_posix()}" if place else "её нет"
        raise InputError(f"выпуск сведён не с действующей редакцией ({which}). {AGAIN}")
    return place


def _decisions_of(desk: Desk, report: Report) -> Path | None:
    """Return the book that the decisions were read from, by its name and content, wherever in the folder it lies."""
    decided = report.get("decided_in")
    wanted = _sha256_of(decided)
    if not isinstance(decided, dict) or not wanted:
        return None
    places = (path for folder in (desk.releases, desk.editions) for path in folder.rglob("*"))
    named = (path for path in (*places, *desk.root.iterdir()) if path.name == decided.get("file") and path.is_file())
    found = next((path for path in named if file_sha256(path) == wanted), None)
    if found is None:
        raise InputError(f"книги, из которой взяты решения, в деле нет, или она изменена после сведения. {AGAIN}")
    return found


def _refuse_other_files(desk: Desk, report: Report, examined: Examined) -> None:
    """Refuse files that are not those of the project, naming them."""
    before = {item["file"]: item["sha256"] or "" for item in report["files"] if item["status"] != IGNORED}
    now = {item.file: item.sha256 for item in examined.files if item.status != IGNORED}
    listed = {
        "изменены": [name for name in now if name in before and now[name] != before[name]],
        "новые": [name for name in now if name not in before],
        "нет": [name for name in before if name not in now],
    }
    told = "; ".join(f"{what}: {', '.join(map(str, names))}" for what, names in listed.items() if names)
    if told:
        raise InputError(
            f"{desk.incoming}: файлы не те, по которым сведён выпуск ({shortened(told, _LONGEST_LIST)}). {AGAIN}"
        )


def _as_reported(dossier: Dossier, report: Report) -> Dossier:
    """Return the dossier with what only the report can tell.

    That is the round before, whose own report need not be there any more, and what was left unread: an office program
    that has a file open puts another beside it, and takes it away.
    """
    rounds = dict(_rounds(report))
    read = [item for item in dossier.files if item.status != IGNORED]
    ignored = [
        Standing(item["file"], "", "", IGNORED, reason=str(item.get("reason") or ""))
        for item in report["files"]
        if item["status"] == IGNORED
    ]
    units = [replace(unit, round=rounds.get(unit.code)) for unit in dossier.units]
    return replace(dossier, units=units, files=[*read, *ignored])


def _rounds(report: Report) -> Iterator[tuple[str, Round]]:
    units = report.get("units")
    for item in units if isinstance(units, list) else []:
        counts = item.get("round") if isinstance(item, dict) else None
        if isinstance(counts, dict) and all(type(counts.get(name)) is int for name in Round._fields):
            yield str(item.get("unit")), Round(*(counts[name] for name in Round._fields))


def _refuse_other_report(project: Project, dossier: Dossier, base: Edition | None) -> None:
    """Refuse a report that the same inputs do not come to: program, inputs or the report itself have changed."""
    parts = run_json.run_parts("merge", dossier, base, project.report["outputs"], project.date)
    parts["version"] = project.report.get("version")
    digest = hashlib.sha256()
    for piece in run_json.as_pieces(parts):
        digest.update(piece.encode())
    if digest.hexdigest() != file_sha256(project.folder / RUN_REPORT):
        raise InputError(
            f"{project.folder}: повторное сведение тех же файлов даёт не то, что записано в отчёте выпуска: после "
            f"сведения обновлена программа или изменён отчёт. {AGAIN}"
        )


def _sha256_of(item: Any) -> str:  # noqa: ANN401 - what a report that anybody may have changed holds
    """Return the checksum that a report names, "" where it names none."""
    return str(item.get("sha256") or "") if isinstance(item, dict) else ""
