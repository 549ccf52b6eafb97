"""The table of contents: what each command does, step by step."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from workbook_tools import findings as found
from workbook_tools import records
from workbook_tools.dossier import Dossier
from workbook_tools.errors import InputError
from workbook_tools.forms import blank_form
from workbook_tools.limits import WORKBOOK_ROWS
from workbook_tools.memory import forget, give_back
from workbook_tools.outputs import Outputs, recover
from workbook_tools.owners import owner_remarks
from workbook_tools.pipeline.ahead import expect_edition
from workbook_tools.pipeline.checks import Checks
from workbook_tools.pipeline.comparing import diff, open_questions
from workbook_tools.pipeline.consolidating import APPROVED, consolidate
from workbook_tools.pipeline.copies import copies_due, copies_last, finish_copies, shares, start_copies
from workbook_tools.pipeline.deciding import load_decisions
from workbook_tools.pipeline.editions import files_of, load_annex, load_base
from workbook_tools.pipeline.examining import judge, read_files
from workbook_tools.pipeline.foreign import foreign_files, refuse_changed
from workbook_tools.pipeline.options import Options
from workbook_tools.pipeline.previous import RUN_REPORT, previous_report
from workbook_tools.pipeline.result import IN_BOOK, IN_COPIES, NOWHERE, Result
from workbook_tools.pipeline.volumes import write_edition
from workbook_tools.progress import one_step
from workbook_tools.records import Edition, counted
from workbook_tools.reports import run_json
from workbook_tools.reports.order import write_order
from workbook_tools.sources import Address
from workbook_tools.standing import UNREADABLE
from workbook_tools.template import processes_worth, template_name, workload, write_forms
from workbook_tools.work import mapper

if TYPE_CHECKING:
    from workbook_tools.profile import LoadedProfile
    from workbook_tools.rounds import Report
    from workbook_tools.submissions import Submission

__all__ = ["Options", "Result", "check", "diff", "import_annex", "merge", "templates"]


def templates(
    loaded: LoadedProfile,
    edition_path: Path | None,
    out: Path,
    units: Sequence[str] = (),
    period: str = "",
    *,
    workers: int = 1,
) -> Result:
    """Write a template for each unit, filled with its own records.

    Raises
    ------
    InputError
        A unit is not in the profile, or there is none at all, or the edition cannot be read.
    """
    profile = loaded.profile
    if not profile.units:
        raise InputError("в профиле нет ни одного подразделения: шаблоны делать не для кого. Впишите подразделения.")
    unknown = [code for code in units if code not in profile.unit]
    if unknown:
        known = ", ".join(profile.unit)
        raise InputError(f"подразделения «{unknown[0]}» в профиле нет. Есть: {known}.")
    with foreign_files() as files:
        edition = load_base(edition_path, profile, files) or Edition(records.empty())
    forms = [blank_form(profile, edition, unit, period) for unit in profile.units if not units or unit.code in units]
    seen = files_of(edition_path, edition)
    told = found.of_remarks(owner_remarks(edition, profile), profile)["message"].tolist()
    with Outputs(out, seen, seen) as outputs:
        targets = [outputs.stage(template_name(profile, form.unit.code, edition.date)) for form in forms]
        with mapper(workers, processes_worth(workload(len(form.rows) for form in forms))) as run:
            finish_copies(write_forms(run, zip(targets, forms, strict=True), profile), len(forms))
    return Result({}, tuple(out / name for name in outputs.names), told=tuple(told))


def check(
    paths: Sequence[Path | Address],
    loaded: LoadedProfile,
    edition_path: Path | None,
    out: Path | None,
    options: Options,
    *,
    decisions: Path | None = None,
) -> Result:
    """Read and check files; write the returned copies and the report where a folder is given.

    `decisions` is as for `merge`: what the officer has decided is no error any more, what was returned is one.
    """
    return _run("check", paths, loaded, edition_path, out, options, decisions=decisions)


def merge(
    paths: Sequence[Path | Address],
    loaded: LoadedProfile,
    edition_path: Path | None,
    out: Path | None,
    options: Options,
    *,
    strict: bool = False,
    decisions: Path | None = None,
) -> Result:
    """Check files and merge them into the edition.

    Where a folder is given, the consolidated workbook, the copies and the report are written into it; with `strict`
    only where every file can be read and no finding is an error. `decisions` is a consolidated workbook whose sheet
    «Решения» the officer has filled in.
    """
    return _run("merge", paths, loaded, edition_path, out, options, strict=strict, decisions=decisions)


def _run(
    command: str,
    paths: Sequence[Path | Address],
    loaded: LoadedProfile,
    edition_path: Path | None,
    out: Path | None,
    options: Options,
    *,
    strict: bool = False,
    decisions: Path | None = None,
) -> Result:
    local = [path for path in paths if isinstance(path, Path)]
    _refuse_shared_folder(local, out)
    if out is not None:
        recover(out)
    given = _Given(paths, edition_path, decisions, previous_report(options.previous, out), out)
    made = _made(given, loaded, options)
    forget()
    exit_code = 2 if made.fault else _exit_code(made.dossier)
    dossier, names, listed = made.dossier, list[str](), NOWHERE
    if out is not None and not (strict and exit_code):
        outputs = Outputs(out, [*local, *made.inputs], made.inputs)
        listed = IN_BOOK if command == "merge" else IN_COPIES if made.due else NOWHERE
        dossier, names = _write_run(command, made, outputs, options)
    report = partial(run_json.run_report, command, dossier, made.edition, names, options.today)
    placed = tuple(out / name for name in names) if out else ()
    return Result(report, placed, dossier, exit_code, made.from_cache, listed=listed)


class _Given(NamedTuple):
    """What a run is made from: units' files, edition, book of decisions, the report before; and what is no input."""

    paths: Sequence[Path | Address]
    edition: Path | None
    decisions: Path | None
    previous: Report | None
    leave_out: Path | None


@dataclass
class _Made:
    """What a run came to; of all that was made on the way no more is kept: a large run needs its room.

    Attributes
    ----------
    dossier, edition
        What goes out, and what it builds on.
    due
        By unit the files of which a copy goes back.
    inputs, far
        The checksums of all that was read, on this machine and at addresses.
    fault
        Whether the book of decisions could not be read.
    from_cache
        How many of the units' files needed no reading, and of how many.
    """

    dossier: Dossier
    edition: Edition | None
    due: dict[str, Submission]
    inputs: dict[Path, str]
    far: dict[Address, str]
    fault: bool
    from_cache: tuple[int, int]


def _made(given: _Given, loaded: LoadedProfile, options: Options) -> _Made:
    """Read, judge and consolidate."""
    profile, progress = loaded.profile, options.progress
    with foreign_files(options.workers, options.scheduler, options.cache, options.files) as files:
        decided = load_decisions(given.decisions, profile, files)
        expect_edition(given.edition, profile, files)
        read = read_files(given.paths, profile, files, progress, leave_out=given.leave_out)
        with one_step(progress, "Чтение действующей редакции"):
            edition = load_base(given.edition, profile, files)
    give_back()
    examined = judge(read, profile, edition, options.today, progress)
    give_back()
    with one_step(progress, "Сравнение с прежней редакцией"):
        dossier = consolidate(examined, edition, loaded, options.today, decided, given.previous)
    inputs = {place: sha256 for place, sha256 in examined.seen.items() if isinstance(place, Path)}
    inputs |= files_of(given.edition, edition)
    inputs |= {given.decisions: decided.sha256} if given.decisions else {}
    far = {place: sha256 for place, sha256 in examined.seen.items() if isinstance(place, Address)}
    due = copies_due(examined.submissions, dossier)
    return _Made(dossier, edition, due, inputs, far, decided.fault is not None, files.from_cache)


def _refuse_shared_folder(paths: Iterable[Path], out: Path | None) -> None:
    """Refuse a folder that is both input and output: the next run would take its own outputs for units' files."""
    if out is not None and any(path.is_dir() and path.resolve() == out.resolve() for path in paths):
        raise InputError(f"{out}: это папка с файлами подразделений. Укажите для итогов другую папку (--out).")


def _exit_code(dossier: Dossier) -> int:
    if any(item.status == UNREADABLE for item in dossier.files):
        return 2
    return 1 if found.has_errors(dossier.findings) else 0


def _write_run(command: str, made: _Made, outputs: Outputs, options: Options) -> tuple[Dossier, list[str]]:
    """Write what a run gives; return the dossier as it went out, and the names of the files."""
    progress, dossier, edition, due = options.progress, made.dossier, made.edition, made.due
    count = len(due)
    with outputs, mapper(options.workers, *shares(due, dossier if command == "merge" else None)) as run:
        # Others write them while this process writes what only it can.
        copies = start_copies(run, outputs, due, dossier, edition)
        # What goes back has what it needs; a large run needs the room.
        made.edition = edition = counted(edition) if edition else None
        give_back()
        checks = Checks(run)
        if command == "merge":
            dossier = _write_merged(outputs, dossier, options, checks)
        finish_copies(copies, count, progress)
        names = [*copies_last(outputs.names), RUN_REPORT]
        with one_step(progress, "Отчёт о запуске"):
            report = run_json.run_parts(command, dossier, edition, names, dossier.date)
            outputs.stage_text(RUN_REPORT, run_json.as_pieces(report))
        if command == "merge":
            with one_step(progress, "Самопроверка записанного"):
                checks.finish()
        refuse_changed(made.far)
        progress("Публикация итогов", 0, 1)
    progress("Публикация итогов", 1, 1)
    return dossier, names


def _write_merged(outputs: Outputs, dossier: Dossier, options: Options, checks: Checks) -> Dossier:
    """Write the edition and the draft order; return the dossier as it went out."""
    name = f"Перечень_{dossier.date}.xlsx"
    dossier = write_edition(outputs, name, dossier, options.sheet_rows, options.progress, checks.ask)
    # No text is as wide in the order as in the workbook.
    forget()
    with one_step(options.progress, "Проект приказа"):
        write_order(outputs.stage(f"Проект_приказа_{dossier.date}.docx"), dossier, options.order_form)
    give_back()
    return dossier


def import_annex(
    annex: Path, loaded: LoadedProfile, out: Path, date: str = "", *, sheet_rows: int = WORKBOOK_ROWS
) -> Result:
    """Turn Приложение 1 of an order into an edition; every reading decision is a finding.

    Without a date the edition has the date of the profile's act. What needs more than `sheet_rows` goes out in volumes.
    """
    profile = loaded.profile
    day = date or profile.act.date.isoformat()
    edition, findings, _ = load_annex(annex, profile, day, APPROVED)
    dossier = Dossier(
        profile=profile,
        profile_sha256=loaded.sha256,
        records=edition.records,
        date=day,
        state=APPROVED,
        last_code=edition.last_code,
        findings=findings,
        settlement=open_questions(findings, edition.records, profile),
        made_from=(edition.file, edition.sha256),
    )
    with Outputs(out.parent, [annex], {annex: edition.sha256}) as outputs:
        dossier = write_edition(outputs, out.name, dossier, sheet_rows)
    report = {
        **run_json.head("import", day, profile.name, loaded.sha256),
        "edition": run_json.edition_json(edition),
        "records": [run_json.record_json(row) for row in records.rows(edition.records)],
        "findings": found.as_json(findings),
        "outputs": outputs.names,
    }
    placed = tuple(out.parent / name for name in outputs.names)
    return Result(report, placed, dossier, 1 if found.has_errors(findings) else 0, listed=IN_BOOK)
