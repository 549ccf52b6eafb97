"""The copies that go back to the units: their forms are made here, their workbooks written by whoever does the work."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from workbook_tools import records
from workbook_tools.forms import returned_form
from workbook_tools.progress import silent
from workbook_tools.records import Edition
from workbook_tools.rounds import mended_findings
from workbook_tools.standing import beside, refusals
from workbook_tools.template import processes_worth, workload, write_forms
from workbook_tools.unit_form import OtherFile

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, MutableMapping, Sequence
    from pathlib import Path

    from workbook_tools.dossier import Dossier
    from workbook_tools.outputs import Outputs
    from workbook_tools.progress import Progress
    from workbook_tools.submissions import Submission
    from workbook_tools.unit_form import UnitForm

REMARKS_FOLDER = "замечания"
# To read a row of the register again is half the work of writing one into a unit's copy; to write it into all sheets,
# the order and the report is twice that work.
_CHECKED, _WRITTEN = 0.5, 2.0


def shares(due: Mapping[str, Submission], register: Dossier | None = None) -> tuple[int, float]:
    """Tell how the writing is shared out: a register that is written, if any, by this process, the rest by others.

    Returns
    -------
    tuple
        By how many processes the copies and the checks are done best, and how much of that work this one does beside.
    """
    records = len(register.records) if register else 0
    work = workload([*(len(item.rows) for item in due.values()), int(records * _CHECKED)])
    return processes_worth(work), records * _WRITTEN / work


def start_copies(
    run: Callable[..., Iterator[Any]],
    outputs: Outputs,
    due: MutableMapping[str, Submission],
    dossier: Dossier,
    edition: Edition | None,
) -> Iterator[None]:
    """Hand out the copies of all units whose files have findings; they are written by the time the answers are taken.

    Parameters
    ----------
    run
        A `map` of work.mapper: where it is this process's own, nothing is written before.
    due
        What `copies_due` returns; a file is taken out once its form is made, as a large run needs its room.
    """
    forms = _returned(due, dossier, edition or Edition(records.empty()))
    return write_forms(run, ((_staged(outputs, form), form) for form in forms), dossier.profile)


def copies_due(submissions: Iterable[Submission], dossier: Dossier) -> dict[str, Submission]:
    """Return by the units' codes, in their order, the files of which a copy goes back: one for a unit with findings.

    Of several files of a unit it is the one that the unit's line in the report is about.
    """
    told = set(dossier.findings["file"].tolist())
    due = {line.file: line.code for line in dossier.units if line.file in told}
    by_unit = {due[item.file]: item for item in submissions if item.file in due}
    return dict(sorted(by_unit.items()))


def finish_copies(copies: Iterator[None], due: int, progress: Progress = silent) -> None:
    """Wait until all copies are written; `progress` is told of each.

    Raises
    ------
    OutputError, InternalError
        One cannot be written, or does not hold what was put into it.
    """
    for done, _ in enumerate(copies, 1):
        progress("Возвратные копии", done, due)


def copies_last(names: Sequence[str]) -> list[str]:
    """Return the outputs as a report lists them: the copies come last, whenever they were begun."""
    return sorted(names, key=lambda name: name.startswith(f"{REMARKS_FOLDER}/"))


def _staged(outputs: Outputs, form: UnitForm) -> Path:
    return outputs.stage(f"{REMARKS_FOLDER}/{form.unit.code}.xlsx")


def _returned(due: MutableMapping[str, Submission], dossier: Dossier, edition: Edition) -> Iterator[UnitForm]:
    """Yield the form of each unit whose file has findings, by the unit's code."""
    profile = dossier.profile
    findings, mended = defaultdict(list), defaultdict(list)
    for finding in records.rows(dossier.findings):
        findings[finding["file"]].append(finding)
    for item in mended_findings(dossier.mended):
        mended[item["unit"]].append(item)
    rounds = {line.code: line.round for line in dossier.units}
    refused, others = refusals(dossier.files), beside(dossier.files, {line.code: line.file for line in dossier.units})
    for unit in list(due):
        submission = due.pop(unit)
        own = findings[submission.file]
        form = returned_form(profile, edition, submission, own, mended[unit], rounds.get(unit))
        told = tuple(
            OtherFile(item.file, item.reason, findings[item.file]) for item in others[unit] if findings[item.file]
        )
        yield replace(form, refused=refused.get(submission.file, ""), others=told)
