"""«Сводка»: one page that says how things stand, what changed and what must be decided."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from workbook_tools.dossier import MISSING, activity_counts, edition_line
from workbook_tools.reports.table import PAPER_A4
from workbook_tools.text import russian_date
from workbook_tools.xlsx.measure import row_height
from workbook_tools.xlsx.style import CELL, HEADER, HEADER_FILL, HEADING, MUTED, NUMBER, TEXT, TITLE, Properties

if TYPE_CHECKING:
    from workbook_tools.dossier import Dossier
    from workbook_tools.xlsx.book import Value, XlsxSheet

_WIDTHS = (36.0, 9.0, 10.0, 8.0, 8.5, 9.5, 11.0, 10.5)
_SIZE = 9
_LAST = len(_WIDTHS) - 1
_SHOWN_CHANGES = 10
_FIGURE: Properties = {"font_size": 18, "bold": True, "align": "center", "valign": "vcenter", "bg_color": HEADER_FILL}
_CAPTION: Properties = {
    "font_size": 8,
    "font_color": MUTED,
    "align": "center",
    "valign": "top",
    "bg_color": HEADER_FILL,
}


class _Page:
    """Writes downwards: each part starts where the one before it ended."""

    def __init__(self, sheet: XlsxSheet) -> None:
        self.sheet = sheet
        self.row = 0

    def line(self, text: str, style: Properties, size: float = _SIZE) -> None:
        """Write one line over the whole width, as high as its text needs."""
        self.sheet.merge((self.row, 0), (self.row, _LAST), text, TEXT | style | {"font_size": size})
        self.sheet.raw.set_row(self.row, row_height([text], [sum(_WIDTHS)], size) + 2)
        self.row += 1

    def cells(self, values: Sequence[Value], styles: Sequence[Properties]) -> None:
        """Write one table row."""
        for column, (value, style) in enumerate(zip(values, styles, strict=True)):
            self.sheet.put(self.row, column, value, style | {"font_size": _SIZE})
        texts = ["" if value is None else str(value) for value in values]
        self.sheet.raw.set_row(self.row, row_height(texts, list(_WIDTHS[: len(texts)]), _SIZE))
        self.row += 1

    def space(self) -> None:
        """Leave a narrow gap."""
        self.sheet.raw.set_row(self.row, 6)
        self.row += 1


def write_summary(sheet: XlsxSheet, dossier: Dossier) -> None:
    """Write «Сводка» (regulation.md 4.5; design.md section 7)."""
    for column, width in enumerate(_WIDTHS):
        sheet.raw.set_column(column, column, width)
    page = _Page(sheet)
    _write_title(page, dossier)
    _write_figures(page, dossier)
    _write_activities(page, dossier)
    _write_units(page, dossier)
    _write_changes(page, dossier)
    _write_gaps(page, dossier)
    _write_open(page, dossier)
    _set_up_page(sheet, page.row)


def _write_title(page: _Page, dossier: Dossier) -> None:
    page.line(dossier.profile.body.name, {"font_color": MUTED})
    page.line("Перечень точек взаимодействия с клиентом", TITLE, 15)
    page.line(edition_line(dossier), {})
    page.line(dossier.conclusion, {"bold": True}, 11)
    page.space()


def _write_figures(page: _Page, dossier: Dossier) -> None:
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
    spans = ((0, 0), (1, 3), (4, 5), (6, 7))
    for (value, caption), (first, last) in zip(figures, spans, strict=True):
        page.sheet.merge((page.row, first), (page.row, last), value, _FIGURE)
        page.sheet.merge((page.row + 1, first), (page.row + 1, last), caption, _CAPTION)
    page.sheet.raw.set_row(page.row, 28)
    page.row += 2
    page.space()


def _write_activities(page: _Page, dossier: Dossier) -> None:
    page.line("По видам деятельности", HEADING, 11)
    titles = ["Вид деятельности", "Записей", "Цифр.", "Офлайн", "Ключ.", "Включено", "Изменено", "Исключено"]
    page.cells(titles, [HEADER] * len(titles))
    counts = activity_counts(dossier)
    for name, row in counts.iterrows():
        page.cells([str(name), *_figures(row.tolist())], [CELL, *[NUMBER] * _LAST])
    total = [style | {"bold": True} for style in (CELL, *[NUMBER] * _LAST)]
    page.cells(["Всего", *_figures(counts.sum().tolist())], total)
    page.space()


def _figures(values: list[int]) -> list[Value]:
    """Show a dash where there is nothing to count."""
    return [int(value) if value else "–" for value in values]


def _write_units(page: _Page, dossier: Dossier) -> None:
    if not dossier.units:
        return
    page.line("По подразделениям", HEADING, 11)
    titles = ["Подразделение", "Сведения", "Дата", "Строк", "Ошибок", "Предупр.", "Перенесено"]
    page.cells(titles, [HEADER] * len(titles))
    for unit in dossier.units:
        status = "нет" if unit.status == MISSING else "есть"
        counts = _figures([unit.rows, unit.errors, unit.warnings, unit.carried_over])
        page.cells([unit.name, status, russian_date(unit.filled) or "–", *counts], [CELL, CELL, CELL, *[NUMBER] * 4])
    page.space()


def _write_changes(page: _Page, dossier: Dossier) -> None:
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
        yield f"{record['code']}. {'; '.join(labels)}: «{record['touchpoint']}», процесс «{record['process']}»."


def _write_gaps(page: _Page, dossier: Dossier) -> None:
    """Write what the register as a whole lacks: the findings that stand on no file and are not about the profile."""
    found = dossier.findings
    gaps = found[(found["file"] == "") & (found["unit"] == "") & (found["rule"] != "П-20")]
    if gaps.empty:
        return
    page.line("Чего не хватает в Перечне", HEADING, 11)
    for message in gaps["message"]:
        page.line(f"• {message}", {})
    page.space()


def _write_open(page: _Page, dossier: Dossier) -> None:
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


def _set_up_page(sheet: XlsxSheet, rows: int) -> None:
    sheet.raw.set_portrait()
    sheet.raw.set_paper(PAPER_A4)
    sheet.raw.fit_to_pages(1, 1)
    sheet.raw.set_margins(left=0.6, right=0.4, top=0.5, bottom=0.5)
    sheet.raw.print_area(0, 0, rows, _LAST)
    sheet.raw.hide_gridlines(2)
