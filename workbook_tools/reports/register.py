"""«Реестр»: one record a row; it alone is enough to serve as the next run's edition."""

from __future__ import annotations

from functools import partial
from itertools import starmap
from typing import TYPE_CHECKING

from workbook_tools import records
from workbook_tools.records import IN_FORCE, QUARANTINED, UNCONFIRMED
from workbook_tools.reports.places import Places, first_places
from workbook_tools.reports.table import write_lines
from workbook_tools.text import each
from workbook_tools.xlsx.style import LOCKED, WAITING, Properties

if TYPE_CHECKING:
    from workbook_tools.dossier import Dossier
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
    table = dossier.records
    profile = dossier.profile
    names = [column.name for column in profile.sheets["register"].columns]
    columns = [each(partial(profile.shown, name), table[name].tolist()) for name in names]
    styles = [_STYLES[state] for state in table["state"].tolist()]
    header = write_lines(sheet, "register", list(zip(*columns, strict=True)), profile, styles=styles)
    counted = records.tuples(table, "state", "kind", "key", "unit", "activity")
    return {"records": sheet.place(header)} | first_places(sheet, header + 1, starmap(_names, counted))


def _names(state: str, kind: str, key: str, unit: str, activity: str) -> list[str]:
    """Return under which figures of «Сводка» a record is counted."""
    if state == QUARANTINED:
        return ["quarantined"]
    counted = ["records", kind, *(["key"] if key == "yes" else [])]
    carried = [f"unconfirmed {unit}"] if state == UNCONFIRMED else []
    return [*counted[1:], *(f"{name} {activity}" for name in counted), *carried]
