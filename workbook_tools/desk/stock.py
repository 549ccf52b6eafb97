"""Taking stock of a working folder: what lies in it, as `cycle` and the commands ask for it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from workbook_tools.decisions.decision import verdict_of
from workbook_tools.decisions.settle import ACCEPTED, RETURNED
from workbook_tools.desk.cycle import Lying, Seen
from workbook_tools.desk.folder import REMARKS, Desk, edition_in_force, runs
from workbook_tools.desk.posted import letters_posted
from workbook_tools.desk.runs import MERGE, Run, files_of_past, runs_of_cycle
from workbook_tools.errors import InputError
from workbook_tools.pipeline.deciding import load_decisions
from workbook_tools.pipeline.foreign import foreign_files
from workbook_tools.placing.disk import file_sha256
from workbook_tools.reading.scanning import scan
from workbook_tools.template import template_name

if TYPE_CHECKING:
    from workbook_tools.decisions import Decision
    from workbook_tools.profile import LoadedProfile, Profile

_ANNEXES = frozenset({".docx", ".xlsx", ".xls", ".ods"})
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


def lying_in(desk: Desk, loaded: LoadedProfile) -> Lying:
    """Return what lies in a working folder; killed runs must have been put in order (`swept`).

    Raises
    ------
    InputError
        A file of a unit cannot be read from the disk.
    """
    profile, edition, cycle = loaded.profile, edition_in_force(desk), runs_of_cycle(desk)
    incoming = incoming_files(desk)
    checksums = {name: _checksum(path) for name, path in incoming.items()}
    last = cycle[-1] if cycle else None
    past = frozenset() if cycle else files_of_past(desk)
    templates = _templates(desk, edition, profile)
    return Lying(
        units={unit.code: unit.name for unit in profile.units},
        edition=edition.name if edition else "",
        annexes=tuple(desk.shown(path) for path in annexes(desk)),
        templates=desk.shown(templates[0]) if templates else "",
        incoming=checksums,
        of_past=sum(sha256 in past for sha256 in checksums.values()),
        last=_seen(desk, last) if last else None,
        decided=last is not None and last.command == MERGE and has_new_decisions(last, profile),
        letters=letters_posted(desk, cycle, profile, templates[1] if templates else ""),
        profile=loaded.sha256,
        deadline=profile.period.deadline,
    )


def incoming_files(desk: Desk) -> dict[str, Path]:
    """Return the units' files by the name under which findings show them; what no run reads is left out."""
    if not desk.incoming.is_dir():
        return {}
    try:
        candidates = scan([desk.incoming])
    except InputError:  # there is none
        return {}
    return {item.name: item.place for item in candidates if not item.ignored}


def annexes(desk: Desk) -> list[Path]:
    """Return the files beside the profile, and the documents among the editions, of which an edition can be made."""
    beside = [path for path in sorted(desk.root.iterdir()) if path != desk.profile]
    among = [path for path in sorted(desk.editions.iterdir()) if path.suffix.casefold() != ".xlsx"]
    return [path for path in [*beside, *among] if _is_annex(path)]


def _is_annex(path: Path) -> bool:
    return path.suffix.casefold() in _ANNEXES and not path.name.startswith(("~$", ".")) and path.is_file()


def written_decisions(book: Path | None, profile: Profile) -> tuple[Decision, ...]:
    """Return what the officer wrote on «Решения» of a workbook, nothing where that cannot be read."""
    if book is None:
        return ()
    with foreign_files() as files:
        return load_decisions(book, profile, files).decisions


def has_new_decisions(run: Run, profile: Profile) -> bool:
    """Tell whether «Решения» of a merge's workbook says anything that this merge did not know yet."""
    applied = {
        _said(item.get("key"), item.get("decision"), item.get("reason"), item.get("until")) for item in run.decisions
    }
    written = written_decisions(run.book, profile)
    return any(_said(item.key, verdict_of(item.verdict), item.reason, item.until) not in applied for item in written)


def _said(*parts: object) -> tuple[str, ...]:
    return tuple(str(part or "") for part in parts)


def _checksum(path: Path) -> str:
    try:
        return file_sha256(path)
    except OSError:  # a folder or a link under the name of a workbook: the check tells it
        return ""


def _templates(desk: Desk, edition: Path | None, profile: Profile) -> tuple[Path, str] | None:
    """Return the folder of the latest templates of this edition and its day, None where there are none.

    An edition without a date in its name fits any.
    """
    dated = _DATE.search(edition.name) if edition else None
    names = {template_name(profile, unit.code, dated[0] if dated else "") for unit in profile.units}
    wanted = names if dated or not edition else None
    own = [(folder, day) for folder, (day, _) in runs(desk.templates) if _holds(folder, wanted)]
    return own[-1] if own else None


def _holds(folder: Path, names: Iterable[str] | None) -> bool:
    there = {path.name for path in folder.glob("*.xlsx")}
    return bool(there if names is None else there.intersection(names))


def _seen(desk: Desk, run: Run) -> Seen:
    return Seen(
        files=run.files,
        units=frozenset(run.counted),
        errors=run.errors,
        open_questions=sum(map(_is_open, run.decisions)),
        profile=run.profile,
        place=desk.shown(run.folder),
        book=desk.shown(run.book) if run.book else "",
        is_merge=run.command == MERGE,
        has_copies=(run.folder / REMARKS).is_dir(),
    )


def _is_open(item: Mapping[str, Any]) -> bool:
    """Tell whether a line of a report's decisions is a question that nothing settles; a kept decision asks nothing."""
    return bool(item.get("rule")) and item.get("status") not in {ACCEPTED, RETURNED}


def rounds_of(cycle: Iterable[Run], now: Mapping[str, str]) -> dict[str, int]:
    """Return for each unit that a file came from how many different files it sent this cycle, the present one included.

    Parameters
    ----------
    now
        By the unit's code the SHA-256 of the file that counts now.
    """
    sent: dict[str, list[str]] = {}
    for counted in (*(run.counted for run in cycle), now):
        for unit, sha256 in counted.items():
            if not sent.setdefault(unit, []) or sent[unit][-1] != sha256:
                sent[unit].append(sha256)
    return {unit: len(files) for unit, files in sent.items()}
