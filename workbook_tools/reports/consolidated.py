"""The consolidated workbook: one call a sheet, in the order of the sheets."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from workbook_tools.progress import Progress, one_step, silent
from workbook_tools.reports.annex import write_annex
from workbook_tools.reports.charts import summary_charts
from workbook_tools.reports.decisions import write_decisions
from workbook_tools.reports.journal import write_journal
from workbook_tools.reports.lists import write_defects, write_units
from workbook_tools.reports.marks import edition_marks, write_marks
from workbook_tools.reports.register import write_register
from workbook_tools.reports.remarks import write_remarks
from workbook_tools.reports.run import write_run
from workbook_tools.reports.summary import write_summary
from workbook_tools.reports.volumes import INSTEAD
from workbook_tools.text import russian_date
from workbook_tools.xlsx.checking import Check, check_workbook
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


_CLOSING = "Упаковка книги"


def write_consolidated(
    path: Path, dossier: Dossier, progress: Progress = silent, check: Check = check_workbook
) -> None:
    """Write the consolidated workbook: an edition of the register (contract.md).

    `progress` is told of each sheet; `check` reads again what was written.

    Raises
    ------
    OutputError
        The file cannot be written.
    """
    profile = dossier.profile
    title = f"{dossier.profile.texts.title}, редакция от {russian_date(dossier.date)}"
    created = datetime.date.fromisoformat(dossier.date)
    with register_book(path, title, profile, created, len(dossier.records) + len(dossier.changes), check) as book:
        names = ("summary", *(key for key, _ in _SHEETS), "meta")
        sheets = {key: book.sheet(profile.sheets[key].name, bare_first_page=key == "annex") for key in names}
        places: Places = {}
        for key, write in _SHEETS:
            in_volumes = key in dossier.volumes.sheets
            with one_step(progress, f"Лист «{sheets[key].name}»"):
                places |= (INSTEAD[key] if in_volumes else write)(sheets[key], dossier) or {}
            # All is in it: a large register needs the room.
            sheets[key].written.seal()
        write_marks(sheets["meta"], edition_marks(dossier))
        write_summary(sheets["summary"], dossier, places, list(summary_charts(sheets["meta"], dossier)))
        progress(_CLOSING, 0, 1)
    progress(_CLOSING, 1, 1)
