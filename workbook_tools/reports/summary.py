"""«Сводка»: one page that says how things stand, what changed and what must be decided."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from workbook_tools.dossier import MISSING, activity_counts, edition_line
from workbook_tools.reports.page import Page, dashed
from workbook_tools.text import russian_date
from workbook_tools.xlsx.style import CELL, HEADER, HEADING, MUTED, NUMBER, TITLE

if TYPE_CHECKING:
    from workbook_tools.dossier import Dossier
    from workbook_tools.xlsx.book import XlsxSheet

_WIDTHS = (36.0, 9.0, 10.0, 8.0, 8.5, 9.5, 11.0, 10.5)
_LAST = len(_WIDTHS) - 1
_SHOWN_CHANGES = 10
_SPANS = ((0, 0), (1, 3), (4, 5), (6, 7))


def write_summary(sheet: XlsxSheet, dossier: Dossier) -> None:
    """Write «Сводка» (regulation.md 4.5; design.md section 7)."""
    page = Page(sheet, _WIDTHS)
    _write_title(page, dossier)
    _write_figures(page, dossier)
    _write_activities(page, dossier)
    _write_units(page, dossier)
    write_cases(page, dossier)
    _write_gaps(page, dossier)
    _write_open(page, dossier)
    page.set_up()


def _write_title(page: Page, dossier: Dossier) -> None:
    page.line(dossier.profile.body.name, {"font_color": MUTED})
    page.line("Перечень точек взаимодействия с клиентом", TITLE, 15)
    page.line(edition_line(dossier), {})
    page.line(dossier.conclusion, {"bold": True}, 11)
    page.space()


def _write_figures(page: Page, dossier: Dossier) -> None:
    """Write the few figures that matter, large, two columns each."""
    held = dossier.in_force
    digital = int((held["kind"] == "digital").sum())
    share = f"{round(100 * digital / len(held))} %" if len(held) else "–"
    key = int((held["key"] == "yes").sum())
    changes = [change for change in dossier.changes if set(change.classes) != {"carried_over"}]
    figures = [
        (str(len(held)), "записей"),
        (share, f"цифровых точек ({digital})"),
        (str(key) if key else "–", "ключевых точек"),
        (str(len(changes)) if changes else "–", "изменений"),
    ]
    page.figures(figures, _SPANS)


def _write_activities(page: Page, dossier: Dossier) -> None:
    page.line("По видам деятельности", HEADING, 11)
    titles = ["Вид деятельности", "Записей", "Цифр.", "Офлайн", "Ключ.", "Включено", "Изменено", "Исключено"]
    page.cells(titles, [HEADER] * len(titles))
    counts = activity_counts(dossier)
    for name, row in counts.iterrows():
        page.cells([str(name), *dashed(row.tolist())], [CELL, *[NUMBER] * _LAST])
    total = [style | {"bold": True} for style in (CELL, *[NUMBER] * _LAST)]
    page.cells(["Всего", *dashed(counts.sum().tolist())], total)
    page.space()


def _write_units(page: Page, dossier: Dossier) -> None:
    if not dossier.units:
        return
    page.line("По подразделениям", HEADING, 11)
    titles = ["Подразделение", "Сведения", "Дата", "Строк", "Ошибок", "Предупр.", "Перенесено"]
    page.cells(titles, [HEADER] * len(titles))
    for unit in dossier.units:
        status = "нет" if unit.status == MISSING else "есть"
        counts = dashed([unit.rows, unit.errors, unit.warnings, unit.carried_over])
        page.cells([unit.name, status, russian_date(unit.filled) or "–", *counts], [CELL, CELL, CELL, *[NUMBER] * 4])
    page.space()


def write_cases(page: Page, dossier: Dossier) -> None:
    """Write the changes of the four cases by name, and how many more there are."""
    page.line("Изменения по четырём случаям раздела III", HEADING, 11)
    texts = list(_case_texts(dossier))
    for text in texts[:_SHOWN_CHANGES]:
        page.line(f"• {text}", {})
    if len(texts) > _SHOWN_CHANGES:
        page.line(
            f"и ещё {len(texts) - _SHOWN_CHANGES}, см. лист «{dossier.profile.sheets['journal'].name}»",
            {"italic": True},
        )
    if not texts:
        page.line("Таких изменений нет.", {})
    page.space()


def _case_texts(dossier: Dossier) -> Iterator[str]:
    for change in dossier.cases:
        record = change.record
        labels = [dossier.profile.changes[name].label for name in change.classes if dossier.profile.changes[name].case]
        code = f"{record['code']}. " if record["code"] else ""
        waits = " (предложено, ждёт решения)" if change.proposed else ""
        yield f"{code}{'; '.join(labels)}: «{record['touchpoint']}», процесс «{record['process']}»{waits}."


def _write_gaps(page: Page, dossier: Dossier) -> None:
    """Write what the register as a whole lacks: the findings that stand on no file and are not about the profile."""
    found = dossier.findings
    gaps = found[(found["file"] == "") & (found["unit"] == "") & (found["rule"] != "П-20")]
    if gaps.empty:
        return
    page.line("Чего не хватает в Перечне", HEADING, 11)
    for message in gaps["message"]:
        page.line(f"• {message}", {})
    page.space()


def _write_open(page: Page, dossier: Dossier) -> None:
    page.line("Что предстоит решить", HEADING, 11)
    for text in _open_matters(dossier):
        page.line(f"• {text}", {})


def _open_matters(dossier: Dossier) -> Iterator[str]:
    profile = dossier.profile
    if dossier.cases:
        yield f"Подписать приказ о внесении изменений: изменений по разделу III – {len(dossier.cases)}."
    if dossier.open_questions:
        sheet = profile.sheets["decisions"].name
        yield f"Вопросов уполномоченному сотруднику: {dossier.open_questions}, см. лист «{sheet}»."
    silent = dossier.missing_units
    if silent:
        yield f"Не представили сведения: {', '.join(unit.name for unit in silent)}."
    quarantined = len(dossier.records) - len(dossier.in_force)
    if quarantined:
        yield f"Записей на уточнении: {quarantined}, см. лист «{profile.sheets['register'].name}»."
    if profile.period.deadline is None:
        yield "Установить срок представления сведений: Порядком он не установлен."
