"""Files -> rows, findings and the fate of each file: everything up to the merge."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from workbook_tools import findings as found
from workbook_tools.answers import with_answers
from workbook_tools.facts import facts
from workbook_tools.memory import give_back
from workbook_tools.normalise import corrections, normalise
from workbook_tools.progress import Progress, silent
from workbook_tools.reading.scanning import Candidate, scan
from workbook_tools.remarks import Severity
from workbook_tools.rivals import rivals
from workbook_tools.rules import RIVAL_RULES, TITLE_RULES, own_rules, row_rules
from workbook_tools.rules.register import deleted_rows, foreign_files
from workbook_tools.schema import check_table, with_errors
from workbook_tools.standing import ACCEPTED, IGNORED, REJECTED, SUPERSEDED, UNREADABLE, Standing, standings
from workbook_tools.tally import cells_asked, filled_cells
from workbook_tools.titles import title_table

if TYPE_CHECKING:
    import pandas as pd

    from workbook_tools.pipeline.foreign import ForeignFiles
    from workbook_tools.profile import Profile
    from workbook_tools.records import Edition
    from workbook_tools.sources import Address, Source
    from workbook_tools.submissions import Submission
    from workbook_tools.tables import Table

_RULES = "Проверка по правилам"


@dataclass(frozen=True)
class Examined:
    """What a set of files holds.

    Attributes
    ----------
    submissions
        The files that were looked at, in order of their names.
    files
        The fate of every file, ignored ones included.
    titles, table
        The title sheets, and the rows of all files but superseded ones with their facts.
    findings
        All findings on files and rows.
    seen
        The SHA-256 of each file that was looked at, by where it lies.
    asked
        By rule code in how many cells, or of how many files, it was asked.
    """

    submissions: tuple[Submission, ...]
    files: tuple[Standing, ...]
    titles: Table
    table: Table
    findings: pd.DataFrame
    seen: Mapping[Source, str]
    asked: Counter[str]


class Read(NamedTuple):
    """What lies under the paths of a run: every file in order of the names, and those that were looked at as read."""

    candidates: Sequence[Candidate]
    submissions: tuple[Submission, ...]


def read_files(
    paths: Sequence[Path | Address],
    profile: Profile,
    files: ForeignFiles,
    progress: Progress = silent,
    leave_out: Path | None = None,
) -> Read:
    """Read every file under the paths, but for what lies in a folder to be left out.

    Raises
    ------
    InputError
        A path does not exist or holds no workbook.
    """
    candidates = scan(paths, leave_out, files.listed)
    wanted = [candidate for candidate in candidates if not candidate.ignored]
    submissions = []
    for item in files.submissions(wanted, profile):
        submissions.append(item)
        progress("Чтение файлов", len(submissions), len(wanted))
    return Read(candidates, tuple(submissions))


def judge(read: Read, profile: Profile, edition: Edition | None, today: str, progress: Progress = silent) -> Examined:
    """Check what was read, by the rules and against the edition."""
    candidates, submissions = read
    progress(_RULES, 0, 3)
    titles = title_table(submissions, profile, edition, today)
    shape = found.of_remarks((remark for item in submissions for remark in item.remarks), profile)
    asked: dict[str, pd.Series[bool]] = {}
    on_titles = check_table(titles, TITLE_RULES, profile, asked)
    # A remark on the title sheet has no row: what cannot be read there concerns the whole file, as a lost column does.
    of_files = found.gather(shape[(shape["rule"] == "П-01") | (shape["row"] == 0)], on_titles)
    files = standings(submissions, titles.frame, of_files, profile)
    counted = {item.file for item in files if item.status not in {SUPERSEDED, UNREADABLE}}
    live = frozenset(item.file for item in files if item.status == ACCEPTED)
    progress(_RULES, 1, 3)
    table = normalise([item for item in submissions if item.file in counted], profile)
    table = table.with_columns(facts(table.frame, edition, profile, live))
    give_back()
    alone = found.gather(shape, on_titles, check_table(table, own_rules(profile), profile, asked))
    give_back()
    progress(_RULES, 2, 3)
    table = table.with_columns(rivals(table.frame, edition, profile, with_errors(table, alone)))
    ignored = [Standing(item.name, "", "", IGNORED, reason=item.ignored) for item in candidates if item.ignored]
    findings = with_answers(_findings(files, submissions, table, edition, profile, alone), submissions, profile)
    progress(_RULES, 3, 3)
    return Examined(
        submissions,
        (*files, *ignored),
        titles,
        table,
        findings,
        _seen(candidates, submissions),
        _asked(submissions, titles, table, profile, asked),
    )


def _strange(table: Table, alone: pd.DataFrame) -> set[str]:
    """Return the files that lack rows because their template is of another unit or edition, or was made from none."""
    of_base = alone[alone["rule"] == "П-27"]
    others = set(of_base.loc[of_base["severity"] == Severity.ERROR.value, "file"])
    with_codes = set(table.frame.loc[table.frame["code"] != "", "file"])
    return others | (set(of_base.loc[of_base["variant"] == "no_base", "file"]) - with_codes)


def _seen(candidates: Sequence[Candidate], submissions: Sequence[Submission]) -> dict[Source, str]:
    checksums = {item.file: item.sha256 for item in submissions}
    return {item.path: checksums[item.name] for item in candidates if item.name in checksums}


def _asked(
    submissions: Sequence[Submission],
    titles: Table,
    table: Table,
    profile: Profile,
    known: Mapping[str, pd.Series[bool]],
) -> Counter[str]:
    own = {"П-01": len(submissions), "П-26": filled_cells(table)}
    on_titles = cells_asked(titles, TITLE_RULES, profile, known)
    on_rows = cells_asked(table, row_rules(profile), profile, known)
    return Counter(own) + on_titles + on_rows


def _findings(
    files: Sequence[Standing],
    submissions: Sequence[Submission],
    table: Table,
    edition: Edition | None,
    profile: Profile,
    alone: pd.DataFrame,
) -> pd.DataFrame:
    """Join the findings; of a superseded file only that it is superseded is told."""
    superseded = {item.file for item in files if item.status == SUPERSEDED}
    # A code that cannot be read may be any of the unit's: П-02 or П-01 asks for it first.
    uncertain = set(table.frame.loc[table.unreadable["code"], "file"])
    read = {item.file for item in submissions if item.sheet} - _strange(table, alone)
    judged = [item for item in files if item.status in {ACCEPTED, REJECTED} and item.file not in uncertain]
    units = {item.file: item.unit for item in judged if item.unit in profile.unit and item.file in read}
    remarks = [item.remark for item in files if item.remark]
    return found.gather(
        alone[~alone["file"].isin(superseded)],
        check_table(table, RIVAL_RULES, profile),
        found.of_remarks(corrections(table, profile), profile),
        found.of_remarks(deleted_rows(table.frame, units, edition, profile), profile),
        found.of_remarks(foreign_files(table.frame, profile), profile),
        found.of_remarks(remarks, profile),
    )
