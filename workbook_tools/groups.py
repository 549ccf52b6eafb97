"""The same fault in many cells is many findings in the data and one group in what people read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from workbook_tools.limits import CELL_CHARACTERS
from workbook_tools.remarks import Severity, told
from workbook_tools.text import plural, shortened

if TYPE_CHECKING:
    from workbook_tools.profile import Profile

Finding = Mapping[str, Any]
"""A row of the findings frame."""

_kind = itemgetter("rule", "variant")
_same_fault = itemgetter("unit", "file", "sheet", "rule", "variant", "severity", "column", "since")
# It speaks of every question of the run at once, not of a unit's cell.
_OF_THE_RUN = ("П-20", "decisions_file")
_WEIGHT = {severity.value: rank for rank, severity in enumerate(Severity)}


@dataclass(frozen=True)
class Group:
    """Findings that people read as one.

    Attributes
    ----------
    first
        The first of them, as a row of the findings frame.
    cells
        The cells of all of them in order; the codes of their records where they have no cell.
    values, answers
        Their distinct values and the unit's answers to them, in order.
    count
        How many they are.
    alike
        Whether they all say the same.
    """

    first: Finding
    cells: tuple[str, ...]
    values: tuple[str, ...]
    answers: tuple[str, ...]
    count: int
    alike: bool

    @property
    def message(self) -> str:
        """What is not in order, what was probably meant, and how many more findings say nearly that."""
        said = told(str(self.first["message"]), str(self.first["suggestion"]))
        if self.alike:
            return said
        others = plural(self.count - 1, "такое же замечание", "таких же замечания", "таких же замечаний")
        return f"{said} И ещё {others} к этой графе."

    @property
    def answer(self) -> str:
        """What the unit says to them, each answer on a line of its own."""
        return _within(self.answers, "\n", CELL_CHARACTERS)


def worst_first(findings: Iterable[Finding]) -> list[Finding]:
    """Return the findings with errors first, then warnings, then infos; a book of decisions that is none leads."""
    return sorted(findings, key=lambda finding: (_WEIGHT[finding["severity"]], _kind(finding) != _OF_THE_RUN))


def as_filled_in(findings: Iterable[Finding], profile: Profile) -> list[Finding]:
    """Return the findings of a file as one who fills it in comes to them: the file, its title sheet, its rows."""
    first = ("", profile.sheets["title"].name)
    return sorted(
        findings, key=lambda finding: first.index(finding["sheet"]) if finding["sheet"] in first else len(first)
    )


def grouped(findings: Sequence[Finding], profile: Profile) -> list[Group]:
    """Put findings together that say the same of one column of one sheet; order is that of the first of each.

    Of findings that differ in their words only the profile's `shown_alike` stand alone; more become one group.
    """
    said = defaultdict(set)
    for finding in findings:
        said[_same_fault(finding)].add(_words(finding))
    groups = defaultdict(list)
    for finding in findings:
        fault = _same_fault(finding)
        many = len(said[fault]) > profile.limits.shown_alike and (finding["cell"] or finding["record"])
        groups[fault, "" if many else _words(finding)].append(finding)
    return [_group(members, alike=bool(words)) for (_, words), members in groups.items()]


def _words(finding: Finding) -> str:
    return f"{finding['message']}\n{finding['suggestion']}"


def _group(members: Sequence[Finding], *, alike: bool) -> Group:
    return Group(
        members[0],
        tuple(place for member in members if (place := member["cell"] or member["record"])),
        _distinct(member["value"] for member in members),
        _distinct(member["answer"] for member in members),
        len(members),
        alike,
    )


def _distinct(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text for text in texts if text))


def first_of(texts: Sequence[str], limit: int) -> str:
    """Return the first texts of a list, and how many more there are: «J7, J8 и ещё 195».

    Texts that one cell would not hold together are cut, all to the same length.
    """
    more = f" и ещё {len(texts) - limit}" if len(texts) > limit else ""
    return _within(texts[:limit], ", ", CELL_CHARACTERS - len(more)) + more


def _within(texts: Sequence[str], sign: str, room: int) -> str:
    """Return texts joined by a sign in at most so many characters, cut where they are longer."""
    whole = sign.join(texts)
    if len(whole) <= room:
        return whole
    share = max(1, room // len(texts) - len(sign))
    return shortened(sign.join(shortened(text, share) for text in texts), room)
