"""The officer's sheets: «Замечания», «Подразделения», «Замечания к Порядку»."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook_tools import findings as found
from workbook_tools.dossier import MISSING
from workbook_tools.remarks import Severity
from workbook_tools.reports.table import Cells, TableText, as_date, write_table
from workbook_tools.text import plural
from workbook_tools.xlsx.style import CELL, SEVERITY_FILL

if TYPE_CHECKING:
    from workbook_tools.dossier import Dossier
    from workbook_tools.profile import Profile
    from workbook_tools.xlsx.book import XlsxSheet


def write_remarks(sheet: XlsxSheet, dossier: Dossier) -> None:
    """Write «Замечания»: every finding, worst first."""
    profile = dossier.profile
    remarks = found.by_weight(dossier.findings)
    rows: list[Cells] = [
        {
            **{str(name): value for name, value in row.items()},
            "severity": profile.name_of("severities", row["severity"]),
            "unit": profile.unit_name(row["unit"]),
            "column": column_header(row["column"], profile),
        }
        for row in remarks.to_dict("records")
    ]
    errors = plural(found.count(remarks, Severity.ERROR), "ошибка", "ошибки", "ошибок")
    warnings = plural(found.count(remarks, Severity.WARNING), "предупреждение", "предупреждения", "предупреждений")
    infos = plural(found.count(remarks, Severity.INFO), "сведение", "сведения", "сведений")
    text = TableText("Замечания проверки", f"{errors}, {warnings}, {infos}.", "Замечаний нет.")
    header = write_table(sheet, "remarks", rows, profile, text)
    for offset, (severity, name) in enumerate(
        zip(remarks["severity"], (str(row["severity"]) for row in rows), strict=True), 1
    ):
        sheet.put(header + offset, 0, name, _filled(severity))


def _filled(severity: str) -> dict[str, object]:
    return CELL | {"bg_color": SEVERITY_FILL[severity], "bold": severity == Severity.ERROR.value}


def column_header(column: str, profile: Profile) -> str:
    """Return the header or label that people know a column or title field by."""
    labels = {field.name: field.label for field in profile.title_fields}
    return profile.field[column].header if column in profile.field else labels.get(column, "")


def write_units(sheet: XlsxSheet, dossier: Dossier) -> None:
    """Write «Подразделения»: who sent what, and what was carried over."""
    rows: list[Cells] = [
        {
            "code": unit.code,
            "unit": unit.name,
            "status": "не поступили" if unit.status == MISSING else "получены",
            "date": as_date(unit.filled),
            "file": unit.file,
            "rows": unit.rows,
            "errors": unit.errors,
            "warnings": unit.warnings,
            "carried_over": unit.carried_over,
            "executor": unit.executor,
            "head": unit.head,
        }
        for unit in dossier.units
    ]
    deadline = dossier.profile.period.deadline
    note = f"Срок представления сведений: {deadline:%d.%m.%Y}." if deadline else "Срок Порядком не установлен."
    write_table(sheet, "units", rows, dossier.profile, TableText("Подразделения", note))


def write_defects(sheet: XlsxSheet, dossier: Dossier) -> None:
    """Write «Замечания к Порядку»: defects of the document itself, for the officer."""
    rows: list[Cells] = [
        {"number": number, "clause": item.clause, "defect": item.defect, "resolution": item.resolution}
        for number, item in enumerate(dossier.profile.defects, 1)
    ]
    note = "Вопросы к тексту Порядка и Приложения 1. Подразделениям не направляются."
    write_table(sheet, "defects", rows, dossier.profile, TableText("Замечания к Порядку", note))
