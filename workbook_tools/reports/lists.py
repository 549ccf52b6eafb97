"""The officer's sheets: «Подразделения», «Замечания к Порядку»."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook_tools.dossier import MISSING
from workbook_tools.reports.page import NOTHING
from workbook_tools.reports.places import Places, first_places
from workbook_tools.reports.table import Cells, TableText, as_date, write_table
from workbook_tools.standing import refusals

if TYPE_CHECKING:
    from collections.abc import Container

    from workbook_tools.dossier import Dossier, UnitLine
    from workbook_tools.unit_form import Round
    from workbook_tools.xlsx.book import Value, XlsxSheet


def write_units(sheet: XlsxSheet, dossier: Dossier) -> Places:
    """Write «Подразделения»: who sent what, and what was carried over.

    Returns
    -------
    dict
        The row of each unit, «unit …», and of the first that is silent, «units»; where they begin, «all units».
    """
    refused = refusals(dossier.files)
    rows: list[Cells] = [
        {
            "code": unit.code,
            "unit": unit.name,
            "status": told_status(unit, refused),
            "date": as_date(unit.filled),
            "file": unit.file,
            **_counts(unit),
            "since": _since(unit.round),
            "executor": unit.executor,
            "head": unit.head,
        }
        for unit in dossier.units
    ]
    deadline = dossier.profile.period.deadline
    note = f"Срок представления сведений: {deadline:%d.%m.%Y}." if deadline else "Срок Порядком не установлен."
    header = write_table(sheet, "units", rows, dossier.profile, TableText(dossier.profile.sheets["units"].name, note))
    silent = ([f"unit {unit.code}", *(["units"] if unit.status == MISSING else [])] for unit in dossier.units)
    return {"all units": sheet.place(header)} | first_places(sheet, header + 1, silent)


def told_status(unit: UnitLine, refused: Container[str]) -> str:
    """Return as people read it whether a unit's data came, and whether its file is refused as a whole.

    Parameters
    ----------
    refused
        The files that are (`refusals`).
    """
    if unit.status == MISSING:
        return "не поступили"
    return "получены, не приняты" if unit.file in refused else "получены"


def _counts(unit: UnitLine) -> dict[str, Value]:
    """Return what was counted in a unit's file, a dash where it is nothing."""
    counts = {name: getattr(unit, name) for name in ("rows", "errors", "warnings", "carried_over")}
    return {name: value or NOTHING for name, value in counts.items()}


def _since(counts: Round | None) -> str:
    if counts is None:
        return ""
    return f"исправлено {counts.mended}, осталось {counts.left}, новых {counts.new}"


def write_defects(sheet: XlsxSheet, dossier: Dossier) -> None:
    """Write «Замечания к Порядку»: defects of the document itself, for the officer."""
    rows: list[Cells] = [
        {"number": number, "clause": item.clause, "defect": item.defect, "resolution": item.resolution}
        for number, item in enumerate(dossier.profile.defects, 1)
    ]
    profile = dossier.profile
    write_table(sheet, "defects", rows, profile, TableText(profile.sheets["defects"].name, profile.texts.defects))
