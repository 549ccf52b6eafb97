"""The same fault in many cells is many findings in the data and one group in what people read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from workbook_tools import findings as found
from workbook_tools.records import rows
from workbook_tools.text import plural

if TYPE_CHECKING:
    import pandas as pd

    from workbook_tools.profile import Profile

_SAME_FAULT = ["unit", "file", "sheet", "rule", "variant", "severity", "column", "since"]


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

    first: dict[str, Any]
    cells: tuple[str, ...]
    values: tuple[str, ...]
    answers: tuple[str, ...]
    count: int
    alike: bool

    @property
    def message(self) -> str:
        """What is not in order, what was probably meant, and how many more findings say nearly that."""
        said = found.told(str(self.first["message"]), str(self.first["suggestion"]))
        if self.alike:
            return said
        others = plural(self.count - 1, "такое же замечание", "таких же замечания", "таких же замечаний")
        return f"{said} И ещё {others} к этой графе."


def grouped(findings: pd.DataFrame, profile: Profile) -> list[Group]:
    """Put findings together that say the same of one column of one sheet; order is that of the first of each.

    Of findings that differ in their words only the profile's `shown_alike` stand alone; more become one group.
    """
    if findings.empty:
        return []
    said = findings["message"].str.cat(findings["suggestion"], sep="\n")
    placed = (findings["cell"] != "") | (findings["record"] != "")
    many = said.groupby([findings[name] for name in _SAME_FAULT]).transform("nunique") > profile.limits.shown_alike
    keys = [findings[name] for name in _SAME_FAULT]
    words = said.mask(many & placed, "")
    numbers = findings.groupby([*keys, words.rename("words")], sort=False).ngroup()
    return [
        _group(rows(findings.loc[labels]), alike=bool(words[labels[0]]))
        for _, labels in sorted(findings.groupby(numbers).groups.items())
    ]


def _group(members: Sequence[dict[str, Any]], *, alike: bool) -> Group:
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
    """Return the first texts of a list, and how many more there are: «J7, J8 и ещё 195»."""
    shown = ", ".join(texts[:limit])
    return f"{shown} и ещё {len(texts) - limit}" if len(texts) > limit else shown
