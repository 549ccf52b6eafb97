"""What an edition says of the act that put it in force, wherever it says so."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from workbook_tools.text import russian_date

if TYPE_CHECKING:
    from workbook_tools.dossier import Dossier
    from workbook_tools.records import Approval

# Hidden marks by which an edition is known to be approved.
NUMBER_MARK, DATE_MARK = "order_number", "order_date"
# Where the form leaves room for date and number: «от ____________ № ________».
_ROOM = re.compile(r"_{2,}(?P<between>[^_]*№[^_]*)_{2,}")


def edition_line(dossier: Dossier) -> str:
    """Return the edition's date and state, what it was made from and what put it in force, as people read them."""
    base = f", на основе редакции от {russian_date(dossier.base_date)}" if dossier.base_date else ""
    act = f" ({act_named(dossier.approval, dossier)})" if dossier.approval else ""
    return f"Редакция от {russian_date(dossier.date)}{base}. Состояние: {dossier.state}{act}."


def act_named(approval: Approval, dossier: Dossier) -> str:
    """Return an act by its kind, date and number."""
    return f"{dossier.profile.act.kind} от {russian_date(approval.date)} № {approval.number}"


def annex_mark(dossier: Dossier) -> list[str]:
    """Return the lines of the annex's mark; date and number of an act in force stand where room is left for them."""
    profile, approval = dossier.profile, dossier.approval
    words = {"genitive": profile.body.genitive, "name": profile.body.name}
    lines = [line.format_map(words) for line in profile.annex.mark]
    if approval is None:
        return lines
    date = russian_date(approval.date)
    return [_ROOM.sub(lambda room: f"{date}{room['between']}{approval.number}", line) for line in lines]


def reservations(dossier: Dossier) -> list[str]:
    """Return what stood open when an edition was put in force, and why it was done all the same; none where nothing."""
    approval = dossier.approval
    if approval is None or not (approval.stands or approval.reason):
        return []
    stands = f"При утверждении оставалось: {'; '.join(approval.stands)}." if approval.stands else ""
    reason = f"Причина: {approval.reason.rstrip('.')}." if approval.reason else ""
    return [" ".join(filter(None, (stands, reason)))]
