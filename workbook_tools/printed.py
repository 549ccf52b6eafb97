"""Records as Приложение 1 prints them, whatever program the form is made for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import TYPE_CHECKING, Any

from workbook_tools import records

if TYPE_CHECKING:
    from workbook_tools.dossier import Dossier
    from workbook_tools.profile import Profile


@dataclass(frozen=True)
class AnnexRow:
    """One printed row, as read from left to right."""

    number: str
    direction: str
    process: str
    touchpoint: str
    needs: str
    kind: str

    @cached_property
    def texts(self) -> tuple[str, ...]:
        """The cells in the order of the columns."""
        return (self.number, self.direction, self.process, self.touchpoint, self.needs, self.kind)


def annex_rows(dossier: Dossier, first: int = 1) -> list[AnnexRow]:
    """Return the rows of the annex: № numbers the headings from `first` on, as in the order; one record a row."""
    profile = dossier.profile
    rows = []
    groups = groupby(records.rows(dossier.in_force), key=lambda row: row["activity"])
    for number, (activity, group) in enumerate(groups, first):
        known = profile.activity_of.get(activity)
        label = known.annex_label if known else activity
        rows += [
            AnnexRow(
                str(number),
                label,
                row["process"],
                printed_touchpoint(row, profile),
                row["needs"],
                printed_kind(row["kind"], profile),
            )
            for row in group
        ]
    return rows


def printed_touchpoint(record: Mapping[str, Any], profile: Profile) -> str:
    """Return a record's touchpoint with its address."""
    known = profile.touchpoint(record["touchpoint"])
    join = profile.annex.contact_joins[known.contact if known else "none"]
    return f"{record['touchpoint']}{join}{record['contact']}" if record["contact"] else str(record["touchpoint"])


def printed_kind(code: str, profile: Profile) -> str:
    """Return the label of a kind, the text itself where it is none."""
    return next((kind.annex_label for kind in profile.kinds if kind.code == code), code)
