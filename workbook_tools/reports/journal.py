"""«Журнал изменений»: one line a class of change, with the sentence that can be quoted."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from workbook_tools.diff.change import CARRIED_OVER, EXCLUDED, NEW
from workbook_tools.reports.table import Cells, TableText, as_date, write_table
from workbook_tools.text import plural

if TYPE_CHECKING:
    from workbook_tools.diff import Change, Entry
    from workbook_tools.dossier import Dossier
    from workbook_tools.profile import Profile
    from workbook_tools.xlsx.book import Value, XlsxSheet

_VARIANT_LETTERS = {"body": "а", "process": "б"}


def write_journal(sheet: XlsxSheet, dossier: Dossier) -> None:
    """Write «Журнал изменений» (columns: regulation.md section 5)."""
    lines = list(_lines(dossier))
    rows = [{"number": number, **line} for number, line in enumerate(lines, 1)]
    text = TableText(dossier.profile.sheets["journal"].name, _note(dossier), "Изменений нет.")
    write_table(sheet, "journal", rows, dossier.profile, text)


def _note(dossier: Dossier) -> str:
    profile = dossier.profile
    names = [entry.kind for change in dossier.changes for entry in change.entries]
    totals = ", ".join(
        f"{profile.changes[name].code} – {names.count(name)}" for name in profile.changes if name in names
    )
    cases = plural(len(dossier.cases), "изменение", "изменения", "изменений")
    return f"По разделу III: {cases}. По классам: {totals}." if names else ""


def _lines(dossier: Dossier) -> Iterator[Cells]:
    for change in dossier.changes:
        for entry in change.entries:
            yield _line(change, entry, dossier.profile) | {"date": as_date(dossier.date)}


def _line(change: Change, entry: Entry, profile: Profile) -> dict[str, Value]:
    record, setting = change.record, profile.changes[entry.kind]
    letter = _VARIANT_LETTERS.get(entry.variant, "")
    detail = f" ({setting.variants[entry.variant]})" if letter else ""
    return {
        "code": record["code"],
        "class": f"{setting.code}{letter}. {setting.label}{detail}",
        "section_iii": "да" if setting.case else "нет",
        "activity": record["activity"],
        "process": record["process"],
        "touchpoint": record["touchpoint"],
        "column": profile.field[setting.column].header if setting.column else "",
        "before": entry.before or (record["touchpoint"] if entry.kind == EXCLUDED else ""),
        "after": entry.after or (record["touchpoint"] if entry.kind == NEW else ""),
        "basis": _basis(change, entry),
        "unit": profile.unit_name(record["unit"]),
        "decision": _decision(change, entry),
        "text": entry.text,
    }


def _basis(change: Change, entry: Entry) -> str:
    """Return the document behind a line; what nobody confirmed has none."""
    if entry.kind == CARRIED_OVER:
        return ""
    return change.basis if entry.kind == EXCLUDED else str(change.record["basis"])


def _decision(change: Change, entry: Entry) -> str:
    if entry.kind == CARRIED_OVER:
        return "не подтверждено"
    return "ждёт решения" if change.proposed else "принято"
