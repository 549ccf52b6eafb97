"""The officer's sheets: «Замечания», «Решения», «Подразделения», «Замечания к Порядку»."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook_tools import findings as found
from workbook_tools.dossier import MISSING, questions
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


def write_decisions(sheet: XlsxSheet, dossier: Dossier) -> None:
    """Write «Решения»: what the officer must accept or return, with room for the reason."""
    asked = questions(dossier)
    rows: list[Cells] = [
        {
            "number": number,
            "question": item.text,
            "code": item.code,
            "unit": item.unit,
            "source": item.source,
            "clause": item.clause,
        }
        for number, item in enumerate(asked, 1)
    ]
    note = "Выберите «принять» или «вернуть» и назовите причину."
    header = write_table(
        sheet,
        "decisions",
        rows,
        dossier.profile,
        TableText("Решения уполномоченного сотрудника", note, "Вопросов нет."),
    )
    if rows:
        names = [column.name for column in dossier.profile.sheets["decisions"].columns]
        column = names.index("decision")
        options = {
            "validate": "list",
            "source": ["принять", "вернуть"],
            "error_message": "Выберите «принять» или «вернуть».",
        }
        sheet.validate((header + 1, column, header + len(rows), column), options)


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
