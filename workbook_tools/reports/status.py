"""The workbook of `perechen status`: who sent what and when, who must be written to, what is not in order."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from workbook_tools.dossier import RECEIVED
from workbook_tools.overview import DECIDE, MEND, NOTHING_DUE, REMIND, Overview, UnitState
from workbook_tools.reports.page import NOTHING, Figure, Page, dashed
from workbook_tools.reports.remarks import write_remarks
from workbook_tools.reports.table import as_date
from workbook_tools.text import russian_date
from workbook_tools.xlsx.register import register_book
from workbook_tools.xlsx.style import CELL, DATE, HEADER, HEADING, MUTED, NUMBER, SEVERITY_FILL, TITLE, Properties

if TYPE_CHECKING:
    from workbook_tools.reports.places import Places
    from workbook_tools.xlsx.book import Value, XlsxSheet

_TITLE = "Состояние сбора сведений для Перечня"
_WIDTHS = (7.0, 32.0, 11.0, 11.0, 6.0, 8.0, 15.0, 17.0)
_SPANS = ((0, 1), (2, 3), (4, 6), (7, 7))
_COLUMNS = ("Код", "Подразделение", "Заполнено", "Дата файла", "Круг", "Ошибок", "Предупреждений", "Что сделать")
_DUE = {REMIND: "напомнить", MEND: "вернуть на исправление", DECIDE: "решить на листе «Решения»", NOTHING_DUE: NOTHING}
_FILLS: dict[str, Properties] = {
    REMIND: {"bg_color": SEVERITY_FILL["warning"]},
    MEND: {"bg_color": SEVERITY_FILL["error"]},
    DECIDE: {"bg_color": SEVERITY_FILL["info"]},
    NOTHING_DUE: {},
}
_ROWS_OF_A_PAGE = 40


def write_status(path: Path, overview: Overview) -> None:
    """Write the workbook: a page of summary, and the findings.

    Raises
    ------
    OutputError
        The file cannot be written.
    """
    profile = overview.dossier.profile
    with register_book(path, _TITLE, profile, overview.today, len(overview.dossier.findings)) as book:
        sheets = {key: book.sheet(profile.sheets[key].name) for key in ("summary", "remarks")}
        places = write_remarks(sheets["remarks"], overview.dossier)
        _write_page(sheets["summary"], overview, places)


def _write_page(sheet: XlsxSheet, overview: Overview, places: Places) -> None:
    page = Page(sheet, _WIDTHS)
    page.line(overview.dossier.profile.body.name, {"font_color": MUTED})
    page.line(_TITLE, TITLE, 15)
    page.line(_of_what(overview), {"font_color": MUTED})
    page.space()
    page.figures(_figures(overview), _SPANS)
    for sentence in overview.said:
        page.line(sentence, {})
    page.space()
    page.line("Подразделения", HEADING, 11)
    page.cells(_COLUMNS, [HEADER] * len(_COLUMNS))
    sheet.raw.repeat_rows(page.row - 1)
    for state in overview.units:
        _write_unit(page, state, places)
    _write_troubled(page, overview)
    page.set_up()
    if len(overview.units) > _ROWS_OF_A_PAGE:
        sheet.raw.fit_to_pages(1, 0)


def _of_what(overview: Overview) -> str:
    dossier = overview.dossier
    period = f", период: {dossier.profile.period.label}" if dossier.profile.period.label else ""
    base = f", действующая редакция от {russian_date(dossier.base_date)}" if dossier.base_date else ""
    return f"На {overview.today:%d.%m.%Y}{period}{base}."


def _figures(overview: Overview) -> list[Figure]:
    received = sum(state.line.status == RECEIVED for state in overview.units)
    days = overview.days_left
    left = NOTHING if days is None else days
    return [
        Figure(f"{received} из {len(overview.units)}", "подразделений ответили"),
        Figure(len(overview.due(REMIND)) or NOTHING, "нужно напомнить"),
        Figure(len(overview.due(MEND)) or NOTHING, "вернуть на исправление"),
        Figure(left, "дней до срока" if days is not None else "срок не задан"),
    ]


def _write_unit(page: Page, state: UnitState, places: Places) -> None:
    line = state.line
    counts: list[Value] = dashed([state.round, line.errors, line.warnings])
    values = [
        line.code,
        line.name,
        as_date(line.filled) or NOTHING,
        as_date(state.received) or NOTHING,
        *counts,
        f"файл целиком не принят: {_DUE[state.due]}" if state.refused else _DUE[state.due],
    ]
    dated = [DATE if value != NOTHING else CELL | {"align": "left"} for value in values[2:4]]
    due = CELL | _FILLS[state.due]
    links = ["", "", "", "", "", places.get(f"error {line.code}", ""), places.get(f"warning {line.code}", ""), ""]
    page.cells(values, [CELL, CELL, *dated, NUMBER, NUMBER, NUMBER, due], links)


def _write_troubled(page: Page, overview: Overview) -> None:
    """Write the files that count for no unit, each with why."""
    if not overview.troubled:
        return
    page.space()
    page.line("Файлы, которые не учтены", HEADING, 11)
    for item in overview.troubled:
        page.line(f"{item.file}: {item.reason}", {})
