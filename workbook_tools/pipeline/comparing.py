"""`diff`: two editions as files -> the change log, by the officer's decisions on what is only proposed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from workbook_tools import comparing, records
from workbook_tools import findings as found
from workbook_tools.comparing.change import EXCLUDED
from workbook_tools.decisions import (
    Decision,
    Question,
    Settled,
    Settlement,
    ask_of_changes,
    ask_of_edition,
    settle,
    told,
)
from workbook_tools.decisions.settle import ACCEPTED, RETURNED, Ground
from workbook_tools.dossier import Dossier
from workbook_tools.errors import InternalError
from workbook_tools.outputs import Outputs
from workbook_tools.pipeline.bases import is_made_from, told_by_journal
from workbook_tools.pipeline.consolidating import APPROVED
from workbook_tools.pipeline.days import today
from workbook_tools.pipeline.deciding import LoadedDecisions, load_decisions
from workbook_tools.pipeline.editions import files_of, load_compared
from workbook_tools.pipeline.foreign import foreign_files
from workbook_tools.pipeline.result import IN_BOOK, NOWHERE, Result
from workbook_tools.remarks import Place, Remark
from workbook_tools.reports import run_json
from workbook_tools.reports.comparison import write_comparison
from workbook_tools.text import compare_key, russian_date

if TYPE_CHECKING:
    import pandas as pd

    from workbook_tools.comparing import Change
    from workbook_tools.pipeline.bases import OfJournal
    from workbook_tools.pipeline.editions import LoadedEdition
    from workbook_tools.profile import LoadedProfile, Profile
    from workbook_tools.reading.journal import Exclusion
    from workbook_tools.records import Edition


def diff(
    old: Path,
    new: Path,
    loaded: LoadedProfile,
    out: Path | None = None,
    *,
    decisions: Path | None = None,
    date: str = "",
) -> Result:
    """Compare two editions; with a file given, write the workbook of the comparison.

    Parameters
    ----------
    decisions
        The workbook of an earlier comparison whose sheet «Решения» the officer has filled in.
    date
        The day of the run, ISO; without it the later edition's own date, else today.

    Raises
    ------
    InputError
        A file does not exist, is damaged, or is no edition.
    """
    with foreign_files() as files:
        made = load_decisions(decisions, loaded.profile, files)
        before, after = (load_compared(path, loaded.profile, files) for path in (old, new))
        of_journal = told_by_journal(before.edition, after.edition, new, loaded.profile, files)
    day = date or after.edition.date or today()
    dossier = _compared(before, after, loaded, day, made, of_journal)
    names: tuple[Path, ...] = ()
    if out is not None:
        seen = files_of(old, before.edition) | files_of(new, after.edition)
        seen |= {decisions: made.sha256} if decisions else {}
        with Outputs(out.parent, seen, seen) as outputs:
            write_comparison(outputs.stage(out.name), dossier)
        names = (out,)
    exit_code = 2 if made.fault else 1 if dossier.changes else 0
    return Result(_report(dossier, names), names, dossier, exit_code, listed=IN_BOOK if names else NOWHERE)


def _compared(
    before: LoadedEdition,
    after: LoadedEdition,
    loaded: LoadedProfile,
    day: str,
    made: LoadedDecisions,
    of_journal: OfJournal,
) -> Dossier:
    profile, editions = loaded.profile, (before.edition, after.edition)
    bases = of_journal.exclusions
    known = comparing.Context(
        editions[0].date,
        links=of_journal.links,
        bases={item.code: item.basis for item in bases},
        kinds=editions[0].kinds,
        codes=comparing.codes_agree(*editions, profile),
        absent=editions[0].absent | editions[1].absent,
    )
    fault = [made.fault] if made.fault else []
    changes, settlement = _settled(editions, profile, known, made.decisions, day)
    told_of = [*_of_bases(changes, bases, editions[1].file), *_of_other_base(changes, editions, profile)]
    beside = [*_of_codes(known, editions), *_of_order(editions), *_of_waiting((before, after), profile)]
    remarks = [*fault, *beside, *told_of]
    findings = found.gather(before.findings, after.findings, found.of_remarks(remarks, profile))
    return Dossier(
        profile=profile,
        profile_sha256=loaded.sha256,
        records=editions[1].records,
        date=day,
        state=editions[1].state or APPROVED,
        last_code=max(edition.last_code for edition in editions),
        base_date=editions[0].date,
        changes=changes,
        findings=found.gather(told(findings, settlement), found.of_remarks(settlement.remarks, profile)),
        settlement=settlement,
        compared=editions,
    )


def _settled(
    editions: tuple[Edition, Edition],
    profile: Profile,
    known: comparing.Context,
    decisions: Sequence[Decision],
    day: str,
) -> tuple[list[Change], Settlement]:
    """Compare by the officer's decisions: a pair that was refused may bring another to light, which is asked too."""
    codes = frozenset({*editions[0].records["code"], *editions[1].records["code"]})
    asked: dict[str, Question] = {}
    while True:
        changes = _changes(editions, profile, known)
        asked |= ask_of_changes(changes, profile)
        settlement = settle(list(asked.values()), decisions, day, profile, Ground(codes))
        accepted, refused = (_decided(asked, settlement, status) for status in (ACCEPTED, RETURNED))
        if (accepted, refused) == (known.accepted, known.refused):
            return changes, settlement
        known = replace(known, accepted=accepted, refused=refused)


def _changes(editions: tuple[Edition, Edition], profile: Profile, known: comparing.Context) -> list[Change]:
    before, after = editions
    changes = comparing.compare(before.records, after.records, profile, known)
    if not comparing.meets(len(before.in_force), len(after.in_force), changes):
        raise InternalError("сверка не сошлась: было + включено − исключено ≠ стало. Это ошибка программы.")
    return changes


def _of_codes(known: comparing.Context, editions: tuple[Edition, Edition]) -> list[Remark]:
    """Tell that the codes of the two editions mean nothing to each other (П-27)."""
    if known.codes:
        return []
    words = {"old": editions[0].file, "new": editions[1].file}
    return [Remark("П-27", "codes_apart", Place(file=editions[1].file), words)]


def _of_bases(changes: Sequence[Change], bases: Sequence[Exclusion], file: str) -> Iterator[Remark]:
    """Tell from which cell the document behind an exclusion was taken (П-14)."""
    told_at = {item.code: item for item in bases}
    for change in changes:
        if change.before is not None and change.basis:
            at = told_at[change.before["code"]]
            place = Place(change.before["unit"], file, at.sheet, at.cell, at.row, "basis", at.basis, at.code)
            yield Remark("П-14", "from_journal", place, {"id": at.code, "doc": at.basis})


def _of_order(editions: tuple[Edition, Edition]) -> Iterator[Remark]:
    """Tell that the edition given as the later one is the older by its date (П-27)."""
    before, after = editions
    if _are_swapped(before, after):
        days = {"d1": russian_date(before.date), "d2": russian_date(after.date)}
        yield Remark("П-27", "swapped", Place(file=after.file), {"old": before.file, "new": after.file, **days})


def _are_swapped(before: Edition, after: Edition) -> bool:
    return bool(before.date and after.date) and after.date < before.date


def _of_other_base(changes: Sequence[Change], editions: tuple[Edition, Edition], profile: Profile) -> Iterator[Remark]:
    """Tell once why the documents behind exclusions are not known: the journal compares with another edition (П-14)."""
    before, after = editions
    unknown = any(EXCLUDED in change.classes and not change.basis for change in changes)
    if not unknown or not after.base_date or is_made_from(after, before) or _are_swapped(before, after):
        return
    place = Place(file=after.file, sheet=profile.sheets["journal"].name, column="basis")
    words = {"old": before.file, "new": after.file, "d": russian_date(after.base_date)}
    yield Remark("П-14", "other_base", place, words)


def _of_waiting(loaded: tuple[LoadedEdition, LoadedEdition], profile: Profile) -> Iterator[Remark]:
    """Tell of the records kept apart that the other edition does not have, or has otherwise: no change names them."""
    waiting = [records.rows(records.quarantined(item.edition.records)) for item in loaded]
    said = [{_said(row, profile) for row in rows} for rows in waiting]
    for number, side in enumerate(("прежней", "новой")):
        others = said[1 - number]
        file = loaded[number].edition.file
        places = loaded[number].waiting or [_read_at(row, file) for row in waiting[number]]
        for row, at in zip(waiting[number], places, strict=True):
            if _said(row, profile) not in others:
                yield _waits(row, at, side, profile)


def _read_at(row: dict[str, Any], file: str) -> Place:
    return Place(file=file, sheet=row["sheet"], row=int(row["row"]))


def _waits(row: dict[str, Any], at: Place, side: str, profile: Profile) -> Remark:
    kind = profile.name_of("kinds", row["kind"])
    place = replace(at, unit=row["unit"], column="kind", value=kind, record=row["code"])
    words = {"tp": row["touchpoint"], "p": row["process"], "k": kind, "side": side}
    return Remark("П-06", "waiting_apart", place, words)


def _said(row: dict[str, Any], profile: Profile) -> tuple[str, ...]:
    named = profile.touchpoint_key(row["touchpoint"]), profile.needs_key(row["needs"])
    return (*named, *(compare_key(str(row[name])) for name in ("activity", "process", "kind")))


def _decided(proposals: dict[str, Question], settlement: Settlement, status: str) -> frozenset[str]:
    keys = {item.question.key for item in settlement.settled if item.question and item.status == status}
    return frozenset(name for name, question in proposals.items() if question.key in keys)


def open_questions(findings: pd.DataFrame, register: pd.DataFrame, profile: Profile) -> Settlement:
    """Return the questions of an edition that was read, all of them open."""
    return Settlement(tuple(Settled(item, None) for item in ask_of_edition(findings, register, profile)))


def _report(dossier: Dossier, names: tuple[Path, ...]) -> dict[str, Any]:
    return {
        **run_json.head("diff", dossier.date, dossier.profile.name, dossier.profile_sha256),
        **dict(zip(("old", "new"), map(_side, dossier.compared or ()), strict=True)),
        "changes": [run_json.change_json(change) for change in dossier.changes],
        "balance": dossier.balance._asdict() if dossier.balance else None,
        "findings": found.as_json(dossier.findings),
        "decisions": [run_json.decision_json(item) for item in dossier.settlement.settled],
        "outputs": [path.name for path in names],
    }


def _side(edition: Edition) -> dict[str, Any]:
    return {"file": edition.file, "sha256": edition.sha256, "records": len(edition.in_force)}
