"""Records as Приложение 1 prints them, whatever program the form is made for."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, partial
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from workbook_tools import records

if TYPE_CHECKING:
    from workbook_tools.dossier import Dossier
    from workbook_tools.profile import Profile


class AnnexRow(NamedTuple):
    """One printed row, as read from left to right."""

    number: str
    direction: str
    process: str
    touchpoint: str
    needs: str
    kind: str

    @property
    def texts(self) -> tuple[str, ...]:
        """The cells in the order of the columns."""
        return self


def annex_rows(dossier: Dossier, first: int = 1) -> list[AnnexRow]:
    """Return the rows of the annex: № numbers the headings from `first` on, as in the order; one record a row."""
    profile, rows = dossier.profile, []
    kind_of, join_of = cache(partial(printed_kind, profile=profile)), cache(partial(_join, profile=profile))
    names = ("activity", "process", "touchpoint", "contact", "needs", "kind")
    groups = groupby(records.tuples(dossier.in_force, *names), key=itemgetter(0))
    for number, (activity, group) in enumerate(groups, first):
        known = profile.activity_of.get(activity)
        heading = str(number), known.annex_label if known else activity
        for _, process, touchpoint, contact, needs, kind in group:
            place = f"{touchpoint}{join_of(touchpoint)}{contact}" if contact else touchpoint
            rows.append(AnnexRow(*heading, process, place, needs, kind_of(kind)))
    return rows


def printed_touchpoint(record: Mapping[str, Any], profile: Profile) -> str:
    """Return a record's touchpoint with its address."""
    touchpoint, contact = str(record["touchpoint"]), str(record["contact"])
    return f"{touchpoint}{_join(touchpoint, profile)}{contact}" if contact else touchpoint


def _join(touchpoint: str, profile: Profile) -> str:
    """Return what stands between a touchpoint and its address."""
    known = profile.touchpoint(touchpoint)
    return profile.annex.contact_joins[known.contact if known else "none"]


def printed_kind(code: str, profile: Profile) -> str:
    """Return the label of a kind, the text itself where it is none."""
    return next((kind.annex_label for kind in profile.kinds if kind.code == code), code)
