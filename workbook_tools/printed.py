"""Records as Приложение 1 prints them, whatever program the form is made for."""

from __future__ import annotations

from collections.abc import Mapping
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


def annex_rows(dossier: Dossier, first: int = 1) -> list[AnnexRow]:
    """Return the rows of the annex: № numbers the headings from `first` on, as in the order; one record a row."""
    profile, held = dossier.profile, dossier.in_force
    joins = {name: _join(name, profile) for name in set(held["touchpoint"].tolist())}
    kinds = {code: printed_kind(code, profile) for code in set(held["kind"].tolist())}
    rows: list[AnnexRow] = []
    given = records.tuples(held, "activity", "process", "touchpoint", "contact", "needs", "kind")
    for number, (activity, group) in enumerate(groupby(given, key=itemgetter(0)), first):
        known = profile.activity_of.get(activity)
        heading = str(number), known.annex_label if known else activity
        rows += [
            AnnexRow(*heading, process, f"{name}{joins[name]}{contact}" if contact else name, needs, kinds[kind])
            for _, process, name, contact, needs, kind in group
        ]
    return rows


def printed_touchpoint(record: Mapping[str, Any], profile: Profile) -> str:
    """Return a record's touchpoint with its address."""
    name, contact = str(record["touchpoint"]), record["contact"]
    return f"{name}{_join(name, profile)}{contact}" if contact else name


def _join(name: str, profile: Profile) -> str:
    """Return what stands between a touchpoint and its address."""
    known = profile.touchpoint(name)
    return profile.annex.contact_joins[known.contact if known else "none"]


def printed_kind(code: str, profile: Profile) -> str:
    """Return the label of a kind, the text itself where it is none."""
    return next((kind.annex_label for kind in profile.kinds if kind.code == code), code)
