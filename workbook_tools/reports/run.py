"""«Сведения о запуске»: the files and their fate, the sums that meet, how far each rule reached."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook_tools.dossier import edition_line
from workbook_tools.reports.table import SIZE, Cells, TableText, write_table
from workbook_tools.tally import CHECKED, NOT_APPLICABLE, OFF
from workbook_tools.text import plural
from workbook_tools.xlsx.measure import row_height
from workbook_tools.xlsx.style import CELL, HEADER, HEADING, NUMBER

if TYPE_CHECKING:
    from workbook_tools.dossier import Dossier
    from workbook_tools.tally import RuleLine
    from workbook_tools.xlsx.book import Value, XlsxSheet

_STATUS = {
    "accepted": "принят",
    "rejected": "не принят",
    "superseded": "заменён более поздним",
    "ignored": "не читался",
    "unreadable": "не прочитан",
}
_RULE_HEADERS = ("Правило", "Состояние", "Проверено", "Замечаний", "Из них")
_RULE_STATUS = {CHECKED: "проверено", NOT_APPLICABLE: "не применимо", OFF: "отключено"}
_COUNTED = {
    "cells": ("ячейка", "ячейки", "ячеек"),
    "files": ("файл", "файла", "файлов"),
    "units": ("подразделение", "подразделения", "подразделений"),
    "records": ("запись", "записи", "записей"),
    "entries": ("позиция", "позиции", "позиций"),
    "changes": ("изменение", "изменения", "изменений"),
    "outputs": ("книга", "книги", "книг"),
}


def write_run(sheet: XlsxSheet, dossier: Dossier) -> None:
    """Write «Сведения о запуске»: files, their fate and checksums, and the sums that meet."""
    profile = dossier.profile
    rows: list[Cells] = [
        {
            "file": item.file,
            "status": _STATUS[item.status],
            "unit": profile.unit_name(item.unit),
            "rows": item.rows,
            "reason": item.reason,
            "sha256": item.sha256,
        }
        for item in dossier.files
    ]
    note = "\n".join([f"{edition_line(dossier)} {profile.body.name}.", _sums(dossier)])
    text = TableText("Сведения о запуске", note, "Файлов нет.")
    # Below stands another table: the header of this one over it would mislead.
    header = write_table(sheet, "run", rows, profile, text, repeated=not dossier.rules)
    if dossier.rules:
        _write_rules(sheet, header + max(len(rows), 1) + 2, dossier)


def _write_rules(sheet: XlsxSheet, top: int, dossier: Dossier) -> None:
    """Write how far each rule reached below the files, in the columns of their table."""
    widths = [column.width for column in dossier.profile.sheets["run"].columns]
    sheet.put(top, 0, "Правила: что проверено", HEADING)
    for column, title in enumerate(_RULE_HEADERS):
        sheet.put(top + 1, column, title, HEADER)
    for row, line in enumerate(dossier.rules, top + 2):
        found: tuple[Value, ...] = (line.findings, _severities(line))
        values = [f"{line.code}. {line.title}", _RULE_STATUS[line.status], _checked(line), *found]
        for column, value in enumerate(values):
            sheet.put(row, column, value, NUMBER if isinstance(value, int) else CELL)
        sheet.raw.set_row(row, row_height([str(value) for value in values], widths[: len(values)], SIZE))


def _checked(line: RuleLine) -> str:
    return plural(line.checked, *_COUNTED[line.counted]) if line.status == CHECKED else "–"


def _severities(line: RuleLine) -> str:
    counted = (
        (line.errors, ("ошибка", "ошибки", "ошибок")),
        (line.warnings, ("предупреждение", "предупреждения", "предупреждений")),
        (line.infos, ("сведение", "сведения", "сведений")),
    )
    return ", ".join(plural(count, *forms) for count, forms in counted if count)


def _sums(dossier: Dossier) -> str:
    sums = dossier.reconciliation
    if sums is None:
        return f"Записей в редакции: {len(dossier.in_force)}."
    fates = {
        "без изменений": sums.unchanged,
        "изменено": sums.changed,
        "включено": sums.included,
        "исключено": sums.excluded,
        "не принято": sums.rejected,
        "заменено": sums.superseded,
    }
    told = " + ".join(f"{name} {count}" for name, count in fates.items() if count) or "0"
    carried = f", из них перенесено без подтверждения {sums.carried_over}" if sums.carried_over else ""
    joined = " Одинаковые строки разных подразделений стали одной записью." if _joined(dossier) else ""
    return (
        f"Сверка строк: прочитано {sums.read} = {told}.{joined}\n"
        f"Записей было {sums.before}, стало {sums.after}{carried}."
    )


def _joined(dossier: Dossier) -> bool:
    """Tell whether more rows were included than there are new records."""
    sums, balance = dossier.reconciliation, dossier.balance
    return sums is not None and balance is not None and sums.included > balance.new
