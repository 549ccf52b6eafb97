"""The workbook of a comparison: a page of summary, the change log, what must be decided, what was read."""

from __future__ import annotations

import datetime
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from workbook_tools.reports.charts import classes_title, column_chart
from workbook_tools.reports.decisions import write_decisions
from workbook_tools.reports.journal import write_journal
from workbook_tools.reports.page import NOTHING, Figure, Page, dashed
from workbook_tools.reports.remarks import write_remarks
from workbook_tools.reports.summary import write_cases, write_matters
from workbook_tools.text import russian_date
from workbook_tools.xlsx.register import register_book
from workbook_tools.xlsx.style import CELL, HEADER, HEADING, MUTED, NUMBER, TITLE

if TYPE_CHECKING:
    from workbook_tools.dossier import Dossier
    from workbook_tools.records import Edition
    from workbook_tools.reports.places import Places
    from workbook_tools.xlsx.book import Value, XlsxSheet

_WIDTHS = (10.0, 44.0, 12.0, 13.0, 12.0, 13.0)
_SPANS = ((0, 1), (2, 3), (4, 4), (5, 5))


def write_comparison(path: Path, dossier: Dossier) -> None:
    """Write the workbook of a comparison of two editions.

    Raises
    ------
    OutputError
        The file cannot be written.
    """
    profile = dossier.profile
    created = datetime.date.fromisoformat(dossier.date)
    with register_book(path, profile.texts.comparison, profile, created, len(dossier.changes)) as book:
        names = ("summary", "journal", "decisions", "remarks")
        sheets = {key: book.sheet(profile.sheets[key].name) for key in names}
        places = write_journal(sheets["journal"], dossier)
        places |= write_decisions(sheets["decisions"], dossier)
        places |= write_remarks(sheets["remarks"], dossier)
        _write_summary(sheets["summary"], dossier, places)


def _write_summary(sheet: XlsxSheet, dossier: Dossier, places: Places) -> None:
    """Write one A4 page: what was compared, what changed, what must be decided."""
    page = Page(sheet, _WIDTHS)
    page.line(dossier.profile.body.name, {"font_color": MUTED})
    page.line(dossier.profile.texts.comparison, TITLE, 15)
    page.line(dossier.conclusion, {"bold": True}, 11)
    page.space()
    _write_figures(page, dossier, places)
    _write_editions(page, dossier)
    _write_classes(page, dossier, places)
    _write_activities(page, dossier, places)
    actualised = f"{dossier.profile.texts.actualise}: {len(dossier.cases)}." if dossier.cases else ""
    write_cases(page, dossier, places, actualised)
    write_matters(page, dossier, places)
    page.set_up()


def _write_figures(page: Page, dossier: Dossier, places: Places) -> None:
    balance = dossier.balance
    if balance is None:
        return
    figures = [
        Figure(balance.before, "было записей"),
        Figure(balance.new or NOTHING, "включено", places.get("class new", "")),
        Figure(balance.excluded or NOTHING, "исключено", places.get("class excluded", "")),
        Figure(balance.after, "стало"),
    ]
    page.figures(figures, _SPANS)
    page.line(balance.text, {"font_color": MUTED})
    page.space()


def _write_editions(page: Page, dossier: Dossier) -> None:
    page.line("Что сравнивалось", HEADING, 11)
    page.cells(["Редакция", "Файл", "Дата", "Состояние", "Записей", "На уточнении"], [HEADER] * 6)
    for label, edition in zip(("Прежняя", "Новая"), dossier.compared or (), strict=False):
        page.cells([label, *_edition_cells(edition)], [CELL, CELL, CELL, CELL, NUMBER, NUMBER])
    page.space()


def _edition_cells(edition: Edition) -> list[Value]:
    date = russian_date(edition.date) or "не указана"
    held = len(edition.in_force)
    return [edition.file, date, edition.state or "не указано", *dashed([held, len(edition.records) - held])]


def _write_classes(page: Page, dossier: Dossier, places: Places) -> None:
    """Write how many changes there are of each class, the four cases of section III told apart."""
    counts = Counter(entry.kind for change in dossier.changes for entry in change.entries)
    proposed = Counter(entry.kind for change in dossier.changes if change.proposed for entry in change.entries)
    if not counts:
        return
    page.line("Изменения по классам", HEADING, 11)
    titles = ["Класс", "Что изменилось", dossier.profile.texts.case, "Изменений", "Однозначно", "Ждут решения"]
    page.cells(titles, [HEADER] * 6)
    top = page.row
    # The chart is drawn of the first rows: what was only carried over is no change and stands last.
    names = [*dossier.by_class, *(name for name in counts if name not in dossier.by_class)]
    for name in names:
        setting = dossier.profile.changes[name]
        numbers = dashed([counts[name], counts[name] - proposed[name], proposed[name]])
        links = ["", "", "", places.get(f"class {name}", ""), "", places.get(f"waiting {name}", "")]
        values = [setting.code, setting.label, "да" if setting.case else "нет", *numbers]
        page.cells(values, [CELL, CELL, CELL, NUMBER, NUMBER, NUMBER], links)
    page.space()
    rows = [(dossier.profile.changes[name].code, count) for name, count in dossier.by_class.items()]
    if rows:
        page.charts([column_chart(page.sheet, classes_title(dossier), {titles[3]: 3}, rows, (top, 0))])


def _write_activities(page: Page, dossier: Dossier, places: Places) -> None:
    page.line(dossier.profile.texts.by_activity, HEADING, 11)
    page.cells(
        ["№", dossier.profile.field["activity"].header, "Записей", "Включено", "Изменено", "Исключено"], [HEADER] * 6
    )
    shown = dossier.by_activity[["records", "included", "changed", "excluded"]]
    for number, (name, row) in enumerate(shown.iterrows(), 1):
        links = ["", "", "", *(places.get(f"{column} {name}", "") for column in shown.columns[1:])]
        page.cells([f"{number}.", str(name), *dashed(row.tolist())], [CELL, CELL, *[NUMBER] * 4], links)
    total = [style | {"bold": True} for style in (CELL, CELL, *[NUMBER] * 4)]
    page.cells(["", "Всего", *dashed(shown.sum().tolist())], total)
    page.space()
