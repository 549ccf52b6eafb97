"""«Сведения о запуске»: the files and their fate, the sums that meet, how far each rule reached."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook_tools.approval import edition_line, reservations
from workbook_tools.reports.table import SIZE, Cells, TableText, write_table
from workbook_tools.submissions import SET_ASIDE
from workbook_tools.tally import CHECKED, NOT_APPLICABLE, OFF
from workbook_tools.text import plural, stretches
from workbook_tools.xlsx.measure import row_height
from workbook_tools.xlsx.style import CELL, HEADER, HEADING, NUMBER

if TYPE_CHECKING:
    from collections.abc import Sequence

    from workbook_tools.dossier import Dossier
    from workbook_tools.merging import SheetLedger
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
_LEDGER_HEADERS = ("Файл", "Лист", "Строки", "Заполнено", "Не данные: строки листа")
_LISTED = 20
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
    note = "\n".join([f"{edition_line(dossier)} {profile.body.name}.", *reservations(dossier), _sums(dossier)])
    text = TableText("Сведения о запуске", note, "Файлов нет.")
    # Below stands another table: the header of this one over it would mislead.
    header = write_table(sheet, "run", rows, profile, text, repeated=not (dossier.rules or dossier.ledgers))
    below = header + max(len(rows), 1) + 2
    if dossier.ledgers:
        below = _write_ledgers(sheet, below, dossier) + 1
    if dossier.rules:
        _write_rules(sheet, below, dossier)


def _write_ledgers(sheet: XlsxSheet, top: int, dossier: Dossier) -> int:
    """Write what became of the filled rows of each sheet; return the row below."""
    lines = [(item.file, item.sheet, _parts(item), item.filled, _listed(item)) for item in dossier.ledgers]
    return _write_below(sheet, top, "Строки по листам: что с ними стало", _LEDGER_HEADERS, lines, dossier)


def _parts(item: SheetLedger) -> str:
    counts = (item.merged, item.refused, item.superseded, len(item.aside))
    names = ("учтено", "не принято", "заменено", "не данные")
    return ", ".join(f"{name} {count}" for name, count in zip(names, counts, strict=True) if count)


def _listed(item: SheetLedger) -> str:
    """Name the rows that are no data, by what they are."""
    rows: dict[str, list[int]] = {}
    for row, what in item.aside:
        rows.setdefault(SET_ASIDE[what], []).append(row)
    return "; ".join(f"{what}: {_first(numbers)}" for what, numbers in rows.items())


def _first(numbers: list[int]) -> str:
    more = f" и ещё {len(numbers) - _LISTED}" if len(numbers) > _LISTED else ""
    return stretches(numbers[:_LISTED]) + more


def _write_rules(sheet: XlsxSheet, top: int, dossier: Dossier) -> None:
    """Write how far each rule reached below the files, in the columns of their table."""
    lines = [
        (f"{line.code}. {line.title}", _RULE_STATUS[line.status], _checked(line), line.findings, _severities(line))
        for line in dossier.rules
    ]
    _write_below(sheet, top, "Правила: что проверено", _RULE_HEADERS, lines, dossier)


def _write_below(
    sheet: XlsxSheet,
    top: int,
    heading: str,
    headers: Sequence[str],
    lines: Sequence[Sequence[Value]],
    dossier: Dossier,
) -> int:
    """Write a table below the files, in the columns of theirs; return the row below."""
    widths = [column.width for column in dossier.profile.sheets["run"].columns]
    sheet.put(top, 0, heading, HEADING)
    for column, title in enumerate(headers):
        sheet.put(top + 1, column, title, HEADER)
    for row, values in enumerate(lines, top + 2):
        for column, value in enumerate(values):
            sheet.put(row, column, value, NUMBER if isinstance(value, int) else CELL)
        sheet.raw.set_row(row, row_height([str(value) for value in values], widths[: len(values)], SIZE))
    return top + 2 + len(lines)


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
    waiting = f" (из них на уточнении, вне Перечня: {', '.join(dossier.dropped)})" if dossier.dropped else ""
    notes = {"исключено": waiting}
    told = " + ".join(f"{name} {count}{notes.get(name, '')}" for name, count in fates.items() if count) or "0"
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
