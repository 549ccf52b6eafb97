"""What becomes of each file: accepted, rejected as a whole, superseded by a later one, unreadable."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from workbook_tools import findings as found
from workbook_tools.remarks import Place, Remark, Severity
from workbook_tools.text import russian_date

if TYPE_CHECKING:
    import pandas as pd

    from workbook_tools.profile import Profile
    from workbook_tools.submissions import Submission

ACCEPTED, REJECTED, SUPERSEDED, IGNORED, UNREADABLE = "accepted", "rejected", "superseded", "ignored", "unreadable"


@dataclass(frozen=True)
class Standing:
    """A file's fate.

    Attributes
    ----------
    status
        accepted, rejected, superseded, ignored or unreadable (contract.md).
    rows
        Its filled data rows.
    filled
        The date by which files of one unit are ordered, ISO; "" where there is none.
    reason
        Why it is not accepted, in Russian; "" where it is.
    remark
        The finding that goes with the fate (П-18), if any.
    """

    file: str
    sha256: str
    unit: str
    status: str
    rows: int = 0
    filled: str = ""
    reason: str = ""
    remark: Remark | None = None


def refusals(files: Iterable[Standing]) -> dict[str, str]:
    """Return by file why it is refused as a whole; of others nothing."""
    return {item.file: item.reason for item in files if item.status == REJECTED}


def beside(files: Iterable[Standing], own: Mapping[str, str]) -> Mapping[str, list[Standing]]:
    """Return by the units' codes their files beside the one that their line in the report is about.

    Parameters
    ----------
    own
        By the unit's code that file.
    """
    others: dict[str, list[Standing]] = defaultdict(list)
    for item in files:
        if item.file != own.get(item.unit):
            others[item.unit].append(item)
    return others


def standings(
    submissions: Sequence[Submission],
    titles: pd.DataFrame,
    file_findings: pd.DataFrame,
    profile: Profile,
) -> list[Standing]:
    """Decide the fate of each file (design.md section 5).

    Parameters
    ----------
    titles
        The title table's frame; `file`, `filled_date`, `checked_date` are read.
    file_findings
        Findings on the files as wholes (П-01, П-17, П-27): an error takes nothing from the file.

    Returns
    -------
    list of Standing
        One a submission, in the same order.
    """
    dates = {
        str(file): str(filled or checked)
        for file, filled, checked in zip(titles["file"], titles["filled_date"], titles["checked_date"], strict=True)
    }
    faults = _faults(file_findings)
    first = {item.file: _alone(item, dates, faults) for item in submissions}
    groups: dict[str, list[Standing]] = defaultdict(list)
    for standing in first.values():
        if standing.status != UNREADABLE and standing.unit in profile.unit:
            groups[standing.unit].append(standing)
    for group in groups.values():
        first.update({item.file: item for item in _among(group)})
    return [first[item.file] for item in submissions]


def _faults(file_findings: pd.DataFrame) -> Mapping[str, str]:
    """Return the first error of each file that has one."""
    errors = found.of_severity(file_findings, Severity.ERROR)
    return dict(zip(errors["file"][::-1], errors["message"][::-1], strict=True))


def _alone(item: Submission, dates: Mapping[str, str], faults: Mapping[str, str]) -> Standing:
    standing = Standing(item.file, item.sha256, item.unit, ACCEPTED, len(item.rows), dates.get(item.file, ""))
    if item.unreadable:
        return replace(standing, status=UNREADABLE, reason=item.unreadable)
    if item.file in faults:
        return replace(standing, status=REJECTED, reason=faults[item.file])
    return standing


def _among(group: list[Standing]) -> Iterator[Standing]:
    """Settle several files of one unit: the latest counts, a copy counts once, two of one date are an error.

    A copy of a file that is refused for its date is refused with it: nothing counts in its place.
    """
    ordered = sorted(group, key=lambda item: (item.filled, item.file))
    latest = ordered[-1]
    last = [item for item in ordered if item.filled == latest.filled]
    differ = len({item.sha256 for item in last}) > 1
    for item in ordered:
        if differ and item.filled == latest.filled:
            yield _refused(item, next(other for other in last if other.sha256 != item.sha256))
        elif item is not latest:
            yield _superseded(item, latest, counts=latest.status == ACCEPTED and not differ)


def _superseded(item: Standing, other: Standing, *, counts: bool) -> Standing:
    """Return the fate of a file in whose place another stands; that may be refused itself, and then does not count."""
    words = {"d": russian_date(other.filled), "file2": other.file}
    is_copy = item.sha256 == other.sha256
    message = ("same_file" if counts else "same_refused") if is_copy else "superseded"
    remark = Remark("П-18", message, Place(unit=item.unit, file=item.file), words)
    date = f" от {russian_date(other.filled)}" if other.filled else ""
    instead = "он полностью совпадает с этим" if is_copy else "он заменяет этот"
    reason = f"учтён файл «{other.file}»{date}" if counts else f"есть файл «{other.file}»{date}: {instead}"
    return replace(item, status=SUPERSEDED, reason=reason, remark=remark)


def _refused(item: Standing, other: Standing) -> Standing:
    words = {"d": russian_date(item.filled) or "(не указана)", "file2": other.file}
    remark = Remark("П-18", "same_date", Place(unit=item.unit, file=item.file), words)
    reason = f"есть другой файл с той же датой: «{other.file}»"
    return replace(item, status=REJECTED, reason=reason, remark=remark)
