"""«Реестр»: one record a row; it alone is enough to serve as the next run's edition."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook_tools import records
from workbook_tools.records import IN_FORCE, QUARANTINED, UNCONFIRMED
from workbook_tools.reports.places import Places, first_places
from workbook_tools.reports.table import Cells, write_table
from workbook_tools.xlsx.style import LOCKED, WAITING, Properties

if TYPE_CHECKING:
    from workbook_tools.dossier import Dossier
    from workbook_tools.profile import Profile
    from workbook_tools.xlsx.book import XlsxSheet


_STYLES: dict[str, Properties] = {IN_FORCE: {}, UNCONFIRMED: LOCKED, QUARANTINED: WAITING}


def write_register(sheet: XlsxSheet, dossier: Dossier) -> Places:
    """Write «Реестр»; what is not simply in force has a quiet fill.

    Returns
    -------
    dict
        Where the records begin, and the first of each kind and the first key one, also within an activity, and the
        first that a unit did not confirm: «records», «digital», «key», «records …», «digital …», «unconfirmed …»;
        the first that is kept apart, «quarantined».
    """
    rows = records.rows(dossier.records)
    shown = [_cells(row, dossier.profile) for row in rows]
    styles = [_STYLES[row["state"]] for row in rows]
    header = write_table(sheet, "register", shown, dossier.profile, styles=styles)
    return {"records": sheet.place(header)} | first_places(sheet, header + 1, map(_names, rows))


def _names(row: dict[str, str]) -> list[str]:
    """Return under which figures of «Сводка» a record is counted."""
    if row["state"] == QUARANTINED:
        return ["quarantined"]
    counted = ["records", row["kind"], *(["key"] if row["key"] == "yes" else [])]
    carried = [f"unconfirmed {row['unit']}"] if row["state"] == UNCONFIRMED else []
    return [*counted[1:], *(f"{name} {row['activity']}" for name in counted), *carried]


def _cells(row: dict[str, str], profile: Profile) -> Cells:
    names = [column.name for column in profile.sheets["register"].columns]
    return {name: profile.shown(name, row[name]) for name in names}
