"""`publish`: the project becomes the edition in force, with its case archived beside it."""

from __future__ import annotations

import datetime
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from workbook_tools import findings as found
from workbook_tools.desk.archive import archive_name
from workbook_tools.desk.casefile import write_casefile
from workbook_tools.desk.folder import Desk, runs
from workbook_tools.desk.project import AGAIN, Project, Remade, last_project, remake
from workbook_tools.errors import InputError, InternalError
from workbook_tools.outputs import Outputs, recover
from workbook_tools.pipeline.consolidating import APPROVED
from workbook_tools.pipeline.deciding import load_decisions
from workbook_tools.pipeline.editions import load_edition
from workbook_tools.pipeline.foreign import ForeignFiles, foreign_files
from workbook_tools.pipeline.result import Result
from workbook_tools.pipeline.volumes import write_edition
from workbook_tools.placing.disk import file_sha256, unwritable
from workbook_tools.placing.lock import FolderLock
from workbook_tools.remarks import Severity
from workbook_tools.reports import run_json
from workbook_tools.reports.certificate import File, Proof, write_certificate
from workbook_tools.standing import UNREADABLE
from workbook_tools.text import russian_date, tidy

if TYPE_CHECKING:
    from workbook_tools.dossier import Dossier
    from workbook_tools.pipeline.commands import Options
    from workbook_tools.profile import LoadedProfile, Profile
    from workbook_tools.records import Approval

_WAIT = "Дождитесь этого дня или укажите другую дату (--date)"
_DATE = "Проверьте дату документа (--date)"
_MEND = "Исправьте {} и сведите файлы ещё раз (perechen merge)"
_LONGEST_NUMBER, _LONGEST_REASON = 100, 2_000
_FARTHEST = datetime.timedelta(days=366)


def publish(desk: Desk, loaded: LoadedProfile, approval: Approval, options: Options) -> Result:
    """Put the last release of a working folder in force.

    Parameters
    ----------
    approval
        Number and date of the signed order; the reason where something stands open.
    options
        Its `today` is the day of the call; no cache is used: what comes into force is read from the files themselves.

    Raises
    ------
    InputError
        There is no release, it does not fit its inputs or the edition in force any more, something stands open and no
        reason is given, or the order's number or date cannot be.
    OutputError
        A file cannot be written, or another run publishes here; then nothing is written.
    """
    approval = _tidied(approval)
    _refuse_impossible(approval, options.today)
    with _alone(desk):
        return _publish(desk, loaded, approval, options)


@contextmanager
def _alone(desk: Desk) -> Iterator[None]:
    """Let no other run publish here: of two that begin with one release, each would find it fit to come into force."""
    lock = FolderLock(desk.editions)
    try:
        try:
            lock.take()
        except OSError as error:
            raise unwritable(desk.editions, error) from error
        yield
    finally:
        lock.release()


def _publish(desk: Desk, loaded: LoadedProfile, approval: Approval, options: Options) -> Result:
    folder = desk.editions / approval.date
    recover(folder)
    _refuse_second(desk, approval.date)
    project = last_project(desk)
    with TemporaryDirectory() as scratch:
        with foreign_files(options.workers, options.scheduler) as files:
            remade = remake(desk, project, loaded, files, options.progress)
            _refuse_not_after(approval, remade.dossier)
            of_days = dict(_standing_of_days(approval, project, options.today))
            stands = *of_days, *_standing_in(remade.dossier)
            if stands and not approval.reason:
                raise _not_fit(project, stands, of_days)
            approval = approval._replace(stands=stands)
            dossier = replace(remade.dossier, date=approval.date, state=APPROVED, approval=approval)
            dossier, written = _written(Path(scratch), dossier, options)
            _refuse_edited(project, written[0], files, loaded.profile)
        placed = _placed(desk, folder, project, remade, dossier, written)
    code = 1 if found.has_errors(dossier.findings) else 0
    return Result(_report(dossier, placed), tuple(folder / name for name in placed), dossier, code)


def _tidied(approval: Approval) -> Approval:
    number, reason = tidy(approval.number), tidy(approval.reason)
    if not number:
        raise InputError("--order: номер пустой. Укажите номер подписанного документа.")
    if len(number) > _LONGEST_NUMBER:
        raise InputError(f"--order: номер длиннее {_LONGEST_NUMBER} знаков. Укажите только номер документа.")
    if len(reason) > _LONGEST_REASON:
        raise InputError(f"--reason: причина длиннее {_LONGEST_REASON} знаков. Сократите её.")
    return approval._replace(number=number, reason=reason)


def _refuse_impossible(approval: Approval, today: str) -> None:
    if _day(approval.date) > _day(today) + _FARTHEST:
        raise InputError(f"--date: {russian_date(approval.date)} – больше чем через год. Проверьте дату документа.")


def _refuse_second(desk: Desk, date: str) -> None:
    """Refuse the date of an edition that is there: nothing is ever published over it."""
    taken = next((folder for folder, (day, _) in runs(desk.editions) if day == date and _holds_files(folder)), None)
    if taken is not None:
        raise InputError(
            f"{taken}: редакция от {russian_date(date)} уже есть, вторую той же датой утвердить нельзя. "
            "Проверьте --date."
        )


def _holds_files(folder: Path) -> bool:
    return any(not item.name.startswith(".") for item in folder.iterdir())


def _refuse_not_after(approval: Approval, dossier: Dossier) -> None:
    if dossier.base_date and approval.date <= dossier.base_date:
        raise InputError(
            f"--date: редакция от {russian_date(approval.date)} не может сменить редакцию от "
            f"{russian_date(dossier.base_date)}. Проверьте дату документа."
        )


def _standing_of_days(approval: Approval, project: Project, today: str) -> Iterator[tuple[str, str]]:
    """Yield what speaks against the act's date, a phrase each, and what can be done: no merge would change it."""
    if approval.date > today:
        days = (_day(approval.date) - _day(today)).days
        yield f"дней до даты документа ({russian_date(approval.date)}) – {days}", _WAIT
    if approval.date < project.date:
        of_act, merged = russian_date(approval.date), russian_date(project.date)
        yield f"расхождение дат (документ от {of_act}, а выпуск сведён позже, {merged})", _DATE


def _standing_in(dossier: Dossier) -> Iterator[str]:
    """Yield what stands open in a project, a phrase each."""
    counts = {
        "непрочитанных файлов": sum(item.status == UNREADABLE for item in dossier.files),
        "ошибок": found.count(dossier.findings, Severity.ERROR),
        "вопросов без решения": dossier.open_questions,
        "изменений без подтверждения": sum(change.proposed for change in dossier.own_changes),
    }
    yield from (f"{name} – {count}" for name, count in counts.items() if count)


def _not_fit(project: Project, stands: Sequence[str], of_days: Mapping[str, str]) -> InputError:
    """Return the refusal of a project in which something stands, with what can be done about it."""
    todo = list(of_days.values())
    if len(stands) > len(of_days):
        todo.append(_MEND.format("остальное" if of_days else "это"))
    return InputError(
        f"{project.folder}: этот выпуск утвердить нельзя: {'; '.join(stands)}. {'. '.join(todo)} или назовите причину, "
        'она войдёт в акт и в книгу: --reason "…".'
    )


def _written(folder: Path, dossier: Dossier, options: Options) -> tuple[Dossier, list[Path]]:
    """Write the edition under its own names aside; return it as it went out, and the files, its workbook first."""
    with Outputs(folder) as outputs:
        name = f"Перечень_{dossier.date}.xlsx"
        dossier = write_edition(outputs, name, dossier, options.sheet_rows, options.progress)
        return dossier, [folder / name for name in outputs.names]


def _refuse_edited(project: Project, book: Path, files: ForeignFiles, profile: Profile) -> None:
    """Make sure that the workbook people have read holds what comes into force: both are read by the same reader."""
    read, made = (load_edition(path, profile, files).edition for path in (project.book, book))
    if not read.records.equals(made.records) or read.last_code != made.last_code:
        sheet = profile.sheets["register"].name
        raise InputError(f"{project.book}: лист «{sheet}» изменён вручную после сведения. {AGAIN}")
    said, applied = (
        [replace(item, file="", row=0) for item in load_decisions(path, profile, files).decisions]
        for path in (project.book, book)
    )
    if said != applied:
        sheet = profile.sheets["decisions"].name
        raise InputError(
            f"{project.book}: на листе «{sheet}» есть ответы, которые в этот выпуск не вошли. Сведите файлы ещё раз с "
            "этой книгой (perechen merge) и утвердите новый выпуск."
        )


def _placed(
    desk: Desk, folder: Path, project: Project, remade: Remade, dossier: Dossier, written: Sequence[Path]
) -> list[str]:
    """Put the edition, the archive and the certificate in their place, all of them or none; return their names."""
    case = _case(desk, project, remade)
    seen = {place: sha256 for place, sha256 in case.values() if sha256}
    with Outputs(folder, [place for place, _ in case.values()], seen) as outputs:
        published = []
        for path in written:
            shutil.copyfile(path, outputs.stage(path.name))
            published.append(File(path.name, file_sha256(path)))
        archive = archive_name(dossier.date)
        staged = outputs.stage(archive)
        held = write_casefile(staged, case)
        published.append(File(archive, file_sha256(staged)))
        proof = Proof(str(project.report.get("version") or ""), remade.base, published, held)
        write_certificate(outputs.stage(f"Акт_соответствия_{dossier.date}.docx"), dossier, proof)
        return outputs.names


def _case(desk: Desk, project: Project, remade: Remade) -> dict[str, tuple[Path, str]]:
    """Return what the archive takes: by name where it lies, and the SHA-256 with which it was read."""
    named: dict[str, tuple[Path, str]] = {}
    for place, sha256 in remade.examined.seen.items():
        if isinstance(place, Path) and sha256:
            named[_free(named, desk.incoming.name, place.relative_to(desk.incoming).as_posix())] = place, sha256
    for folder, files in (("редакция", remade.base_files), ("решения", remade.decisions)):
        named |= {_free(named, folder, place.name): (place, sha256) for place, sha256 in files.items()}
    named[f"профиль/{desk.profile.name}"] = desk.profile, remade.dossier.profile_sha256
    for place in sorted(project.folder.rglob("*")):
        name = place.relative_to(project.folder).as_posix()
        # The officer may have taken the draft order away, or mended it: it goes in as it lies.
        if name in project.report["outputs"] and place.is_file() and not place.is_symlink():
            named[_free(named, "выпуск", name)] = place, ""
    return named


def _free(named: dict[str, Any], folder: str, name: str) -> str:
    """Return a name for the archive that every system can write and no file has yet."""
    plain = f"{folder}/{name}".encode("utf-8", "replace").decode()
    return plain if plain not in named else _free(named, folder, f"{len(named)}_{name}")


def _report(dossier: Dossier, names: Sequence[str]) -> dict[str, Any]:
    approval = dossier.approval
    return {
        **run_json.head("publish", dossier.date, dossier.profile.name, dossier.profile_sha256),
        "order": {"number": approval.number, "date": approval.date} if approval else None,
        "reason": (approval.reason or None) if approval else None,
        "stands": list(approval.stands) if approval else [],
        "records": len(dossier.in_force),
        "outputs": list(names),
    }


def _day(iso: str) -> datetime.date:
    try:
        return datetime.date.fromisoformat(iso)
    except ValueError as error:
        raise InternalError(f"дата «{iso}» записана не по правилам.") from error
