"""The consolidated workbook: one call a sheet, in the order of the sheets."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from workbook_tools.progress import Progress, one_step, silent
from workbook_tools.records import KIND_MARK
from workbook_tools.reports.annex import write_annex
from workbook_tools.reports.charts import summary_charts
from workbook_tools.reports.decisions import write_decisions
from workbook_tools.reports.journal import write_journal
from workbook_tools.reports.lists import write_defects, write_units
from workbook_tools.reports.register import write_register
from workbook_tools.reports.remarks import write_remarks
from workbook_tools.reports.run import write_run
from workbook_tools.reports.summary import write_summary
from workbook_tools.text import russian_date
from workbook_tools.xlsx.register import register_book

if TYPE_CHECKING:
    from collections.abc import Callable

    from workbook_tools.dossier import Dossier
    from workbook_tools.reports.places import Places
    from workbook_tools.xlsx.book import XlsxSheet

_SHEETS: tuple[tuple[str, Callable[[XlsxSheet, Dossier], Places | None]], ...] = (
    ("annex", write_annex),
    ("register", write_register),
    ("journal", write_journal),
    ("remarks", write_remarks),
    ("decisions", write_decisions),
    ("units", write_units),
    ("defects", write_defects),
    ("run", write_run),
)


_CLOSING = "Упаковка и самопроверка книги"


def write_consolidated(path: Path, dossier: Dossier, progress: Progress = silent) -> None:
    """Write the consolidated workbook: an edition of the register (contract.md); `progress` is told of each sheet.

    Raises
    ------
    OutputError
        The file cannot be written.
    """
    profile = dossier.profile
    title = f"Перечень точек взаимодействия с клиентом, редакция от {russian_date(dossier.date)}"
    created = datetime.date.fromisoformat(dossier.date)
    with register_book(path, title, profile, created) as book:
        names = ("summary", *(key for key, _ in _SHEETS), "meta")
        sheets = {key: book.sheet(profile.sheets[key].name, bare_first_page=key == "annex") for key in names}
        places: Places = {}
        for key, write in _SHEETS:
            with one_step(progress, f"Лист «{sheets[key].name}»"):
                places |= write(sheets[key], dossier) or {}
        _write_meta(sheets["meta"], dossier)
        write_summary(sheets["summary"], dossier, places, list(summary_charts(sheets["meta"], dossier)))
        progress(_CLOSING, 0, 1)
    progress(_CLOSING, 1, 1)


def _write_meta(sheet: XlsxSheet, dossier: Dossier) -> None:
    """Write the hidden marks by which the workbook serves as an edition."""
    marks = {
        "date": dossier.date,
        "state": dossier.state,
        "last_code": str(dossier.last_code),
        "base_date": dossier.base_date,
        "profile": dossier.profile.name,
        "profile_sha256": dossier.profile_sha256,
        "history": ";".join(f"{item.date}:{item.digital}:{item.offline}" for item in dossier.history),
        **{f"{KIND_MARK}{item.code}": dossier.profile.kind_of(item) for item in dossier.profile.touchpoints},
    }
    for row, (name, value) in enumerate(marks.items()):
        sheet.put_row(row, [name, value], {"num_format": "@"})
    sheet.raw.hide()
