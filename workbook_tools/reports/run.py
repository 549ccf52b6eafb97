"""«Сведения о запуске»: the files and their fate, the sums that meet, how far each rule reached."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook_tools.approval import edition_line, reservations
from workbook_tools.reports.table import (
    SIZE,
    Cells,
    Line,
    TableText,
    append_lines,
    fitting_widths,
    lines_of,
    rows_above,
    write_lines,
)
from workbook_tools.standing import ACCEPTED
from workbook_tools.submissions import SET_ASIDE
from workbook_tools.tally import CHECKED, NOT_APPLICABLE, OFF
from workbook_tools.text import plural, stretches
from workbook_tools.xlsx.measure import Heights, row_height
from workbook_tools.xlsx.paging import DEFAULT_HEIGHT, TITLE_HEIGHT, Pages, page_room
from workbook_tools.xlsx.style import CELL, HEADER, HEADING, NUMBER, Properties

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from workbook_tools.dossier import Dossier
    from workbook_tools.merging import SheetLedger
    from workbook_tools.profile import Profile
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
# A part's heading and its header.
_TOP, _GAP = 2 * DEFAULT_HEIGHT, DEFAULT_HEIGHT
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
    lines = lines_of("run", [*_annex(dossier), *_files(dossier)], profile)
    note = "\n".join([f"{edition_line(dossier)} {profile.body.name}.", *reservations(dossier), _sums(dossier)])
    text = TableText("Сведения о запуске", note, "Файлов нет.")
    if not (dossier.rules or dossier.ledgers):
        write_lines(sheet, "run", lines, profile, text)
        return
    parts = _Parts(sheet, fitting_widths("run", lines, profile))
    parts.write_files(lines, text, profile)
    if dossier.ledgers:
        _write_ledgers(parts, dossier)
    if dossier.rules:
        _write_rules(parts, dossier)
    sheet.raw.set_h_pagebreaks(parts.pages.starts)


def _annex(dossier: Dossier) -> Iterator[Cells]:
    """Yield the file that an imported edition was read from; it has no rows of ours to count."""
    file, sha256 = dossier.made_from
    if file:
        reason = f"«{dossier.profile.sheets['annex'].name}»: из него прочитаны все записи"
        yield {"file": file, "status": _STATUS[ACCEPTED], "rows": "", "reason": reason, "sha256": sha256}


def _files(dossier: Dossier) -> Iterator[Cells]:
    for item in dossier.files:
        yield {
            "file": item.file,
            "status": _STATUS[item.status],
            "unit": dossier.profile.unit_name(item.unit),
            "rows": item.rows,
            "reason": item.reason,
            "sha256": item.sha256,
        }


class _Parts:
    """The parts of the sheet, one below the other in the columns of the files: each begins its pages with its header.

    A header that the writer repeats would stand above the parts that follow as well.
    """

    def __init__(self, sheet: XlsxSheet, widths: list[float]) -> None:
        self._sheet, self._widths, self._row = sheet, widths, 0
        self.pages = Pages(page_room(widths))

    def write_files(self, lines: Sequence[Line], text: TableText, profile: Profile) -> None:
        """Write the title and the files; where they go on over the page their header stands above them again."""
        header, titles = rows_above(text), list(profile.headers("run").values())
        high = row_height(titles, self._widths, SIZE, least=2)
        for height in (TITLE_HEIGHT, *[DEFAULT_HEIGHT] * (header - 1), high):
            self._take(height)
        first, *further = self._by_page(lines, high)
        write_lines(self._sheet, "run", first, profile, text, repeated=False, widths=self._widths)
        row = header + 1 + len(first)
        for page in further:
            self._sheet.put_row(row, titles, HEADER)
            self._sheet.raw.set_row(row, high)
            append_lines(self._sheet, row + 1, self._widths, page)
            row += 1 + len(page)
        if further:
            self._sheet.raw.autofilter(header, 0, row - 1, len(titles) - 1)
        # Where there are none, a line says so.
        self._row = max(self._row, header + 2)

    def _by_page(self, lines: Sequence[Line], header: float) -> list[list[Line]]:
        """Return lines by the page on which they stand, a header of this height above them on every further one."""
        heights = Heights(self._widths, SIZE).of([list(map(str, line)) for line in lines])
        pages: list[list[Line]] = [[]]
        for line, height in zip(lines, heights, strict=True):
            if pages[-1] and not self.pages.fit(height):
                self.pages.start(self._row)
                self._take(header)
                pages.append([])
            self._take(height)
            pages[-1].append(line)
        return pages

    def _take(self, height: float) -> None:
        self.pages.take(self._row, height)
        self._row += 1

    def write(self, heading: str, headers: Sequence[str], lines: Sequence[Sequence[Value]]) -> None:
        """Write a part; where it goes on over the page its header stands above it again."""
        texts = [[str(value) for value in values] for values in lines]
        heights = [row_height(line, self._widths[: len(line)], SIZE) for line in texts]
        if self.pages.is_better_started([_TOP + height for height in heights[:1]] + heights[1:], _GAP, DEFAULT_HEIGHT):
            self.pages.start(self._row)
        else:
            self._put((), _GAP)
        self._put([heading], DEFAULT_HEIGHT, HEADING)
        self._put(headers, DEFAULT_HEIGHT, HEADER)
        for values, height in zip(lines, heights, strict=True):
            if not self.pages.fit(height):
                self.pages.start(self._row)
                self._put(headers, DEFAULT_HEIGHT, HEADER)
            self._put(values, height)

    def _put(self, values: Sequence[Value], height: float, style: Properties | None = None) -> None:
        for column, value in enumerate(values):
            self._sheet.put(self._row, column, value, style or (NUMBER if isinstance(value, int) else CELL))
        self._sheet.raw.set_row(self._row, height)
        self._take(height)


def _write_ledgers(parts: _Parts, dossier: Dossier) -> None:
    """Write what became of the filled rows of each sheet."""
    lines = [(item.file, item.sheet, _parts(item), item.filled, _listed(item)) for item in dossier.ledgers]
    parts.write("Строки по листам: что с ними стало", _LEDGER_HEADERS, lines)


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


def _write_rules(parts: _Parts, dossier: Dossier) -> None:
    """Write how far each rule reached."""
    lines = [
        (f"{line.code}. {line.title}", _RULE_STATUS[line.status], _checked(line), line.findings, _severities(line))
        for line in dossier.rules
    ]
    parts.write("Правила: что проверено", _RULE_HEADERS, lines)


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
