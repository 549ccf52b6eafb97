"""The instruction, the title sheet and the hidden marks of a unit's workbook."""

from __future__ import annotations

import datetime
import re
from typing import TYPE_CHECKING

from workbook_tools.groups import worst_first
from workbook_tools.remarks import Severity, told
from workbook_tools.xlsx.book import place_on
from workbook_tools.xlsx.measure import row_height
from workbook_tools.xlsx.printing import set_up_page
from workbook_tools.xlsx.style import (
    CELL,
    DATE,
    HEADING,
    LINK,
    LOCKED,
    NOTE,
    SEVERITY_FILL,
    TEXT,
    TITLE,
    UNLOCKED,
    Properties,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from workbook_tools.groups import Finding
    from workbook_tools.profile import Profile
    from workbook_tools.unit_form import UnitForm
    from workbook_tools.xlsx.book import XlsxSheet

_DATE = re.compile(r"(\d{2})\.(\d{2})\.(\d{4})")
_PROTECTION = {"autofilter": True, "format_columns": True, "format_rows": True, "select_locked_cells": True}
_INSTRUCTION_WIDTH = 130
_FIRST_TITLE_ROW = 2
_TITLE_WIDTHS = (5.0, 42.0, 64.0, 38.0)
_WAYS = {"title": "Заполнить титульный лист", "data": "Перейти к сведениям", "lists": "Посмотреть списки значений"}
_REMARKS = "unit_remarks"
# No rule asks a unit for the period: where the profile names one it is filled in, and else it may stay blank.
_PERIOD, _MAY_STAY_BLANK = "period", "Можно не заполнять"
_BEGIN = {
    Severity.ERROR: "Начните отсюда: исправьте ошибки, ответьте на предупреждения и пришлите файл снова",
    Severity.WARNING: "Начните отсюда: на каждое предупреждение ответьте или исправьте файл и пришлите его снова",
    Severity.INFO: "Ошибок нет, присылать файл снова не нужно: прочитайте сведения к нему",
}
_BEGIN_IN_ONES_OWN = "Начните отсюда: в этой копии есть не всё; здесь сказано, чего нет и что исправить в вашем файле"


def protect(sheet: XlsxSheet) -> None:
    """Protect a sheet without a password: against slips, not against people."""
    sheet.raw.protect("", _PROTECTION)


def link_back(sheet: XlsxSheet, row: int, column: int, profile: Profile) -> None:
    """Write the link by which one gets back to the instruction from anywhere."""
    name = profile.sheets["instruction"].name
    sheet.put_link(row, column, place_on(name), f"К листу «{name}»", LINK | {"font_size": 9})


def write_instruction(sheet: XlsxSheet, form: UnitForm, profile: Profile) -> None:
    """Write «Инструкция»: what to do, step by step (regulation.md 4.3), and the ways to the other sheets."""
    sheet.raw.hide_gridlines(2)
    sheet.raw.set_column(0, 0, _INSTRUCTION_WIDTH)
    sheet.put(0, 0, profile.template.instruction_title, TITLE)
    sheet.raw.set_row(0, 30)
    for row, line in enumerate(profile.template.instruction, 2):
        sheet.put(row, 0, line, TEXT | {"font_size": 11})
        sheet.raw.set_row(row, row_height([line], [_INSTRUCTION_WIDTH], 11) + 5)
    after = len(profile.template.instruction) + 3
    for row, (key, does) in enumerate(_ways(form).items(), after):
        name = profile.sheets[key].name
        style = LINK | {"font_size": 11, "bold": key == _REMARKS}
        sheet.put_link(row, 0, place_on(name), f"{does} – лист «{name}»", style)
    set_up_page(sheet, [_INSTRUCTION_WIDTH])
    protect(sheet)


def _ways(form: UnitForm) -> Mapping[str, str]:
    """Return what to do on each sheet, in order: what came back with remarks begins with them."""
    if not form.remarks:
        return _WAYS
    worst = Severity(worst_first(form.remarks)[0]["severity"])
    begin = _BEGIN_IN_ONES_OWN if form.left_out and worst != Severity.INFO else _BEGIN[worst]
    return {_REMARKS: begin, **_WAYS}


def write_title(sheet: XlsxSheet, form: UnitForm, profile: Profile) -> None:
    """Write «Титул»: labels in column B, values in C; what the program gave is locked (regulation.md 4.1)."""
    sheet.raw.hide_gridlines(2)
    for column, width in enumerate(_TITLE_WIDTHS):
        sheet.raw.set_column(column, column, width)
    sheet.put(0, 0, "Титульный лист", TITLE)
    sheet.raw.set_row(0, 30)
    link_back(sheet, 1, 0, profile)
    remarks = _remarks_by_field(form, profile)
    for row, spec in enumerate(profile.title_fields, _FIRST_TITLE_ROW):
        value = form.title.get(spec.name, "")
        hint = spec.hint or (_MAY_STAY_BLANK if spec.name == _PERIOD and not value else "")
        style = _value_style(spec.fill, spec.type, remarks.get(spec.name))
        sheet.put(row, 0, row - _FIRST_TITLE_ROW + 1, NOTE | {"align": "right", "indent": 1})
        sheet.put(row, 1, spec.label, CELL | {"bold": True} | LOCKED)
        sheet.put(row, 2, _as_date(value) if spec.type == "date" else value, style)
        sheet.put(row, 3, hint, CELL | NOTE | {"italic": True})
        sheet.raw.set_row(row, max(18.0, row_height([spec.label, value, hint], list(_TITLE_WIDTHS[1:]), 10)))
        _validate(sheet, row, spec.type, profile)
        if spec.name in remarks:
            sheet.comment(row, 2, remarks[spec.name][1], 420)
    _write_legend(sheet, _FIRST_TITLE_ROW + len(profile.title_fields) + 1, form)
    _write_file_remarks(sheet, _FIRST_TITLE_ROW + len(profile.title_fields) + 3, form, profile)
    first = _FIRST_TITLE_ROW + _first_blank(form, profile)
    sheet.raw.set_selection(first, 2, first, 2)
    set_up_page(sheet, _TITLE_WIDTHS)
    protect(sheet)


def _first_blank(form: UnitForm, profile: Profile) -> int:
    """Return the first line that a person must fill in; where all are filled, the first that a person may."""
    fields = enumerate(profile.title_fields)
    own = [number for number, spec in fields if spec.fill != "program" and spec.name != _PERIOD]
    return next((number for number in own if not form.title.get(profile.title_fields[number].name)), own[0])


def _write_legend(sheet: XlsxSheet, row: int, form: UnitForm) -> None:
    others = "" if form.title.get(_PERIOD) else f", кроме отмеченной «{_MAY_STAY_BLANK}»,"
    legend = (
        f"Серые ячейки заполнены заранее и закрыты. Белые ячейки{others} заполните: без них сведения не могут быть "
        "приняты."
    )
    sheet.merge((row, 1), (row, 2), legend, NOTE)
    sheet.raw.set_row(row, row_height([legend], [102], 10))


def remark_text(remark: Finding, profile: Profile) -> str:
    """Return a remark as a cell's comment says it: how grave, what, what to do, by which clause in its own words."""
    name = profile.name_of("severities", remark["severity"]).capitalize()
    message = told(remark["message"], remark["suggestion"])
    return f"{name} ({remark['rule']}). {message}\nОснование: {profile.quoted(remark['rule'])}."


def _write_file_remarks(sheet: XlsxSheet, row: int, form: UnitForm, profile: Profile) -> None:
    """Write the remarks that concern the whole file, not a cell of it."""
    titled = {spec.name for spec in profile.title_fields}
    whole = [remark for remark in form.remarks if remark["row"] < 0 and remark["column"] not in titled]
    if not whole:
        return
    sheet.put(row, 1, "Замечания к файлу в целом", HEADING)
    for offset, remark in enumerate(worst_first(whole), 1):
        text = remark_text(remark, profile)
        style = TEXT | {"bg_color": SEVERITY_FILL[remark["severity"]], "border": 1}
        sheet.merge((row + offset, 1), (row + offset, 2), text, style)
        sheet.raw.set_row(row + offset, row_height([text], [102], 10))


def _remarks_by_field(form: UnitForm, profile: Profile) -> Mapping[str, tuple[str, str]]:
    """Return, for each title field with remarks, the worst severity and the remarks as one text."""
    titled = worst_first(remark for remark in form.remarks if remark["row"] < 0 and remark["column"])
    by_field: dict[str, tuple[str, str]] = {}
    for remark in titled:
        column, severity = remark["column"], remark["severity"]
        worst, text = by_field.get(column, (severity, ""))
        line = remark_text(remark, profile)
        by_field[column] = (worst, f"{text}\n\n{line}".strip())
    return by_field


def _value_style(fill: str, kind: str, remark: tuple[str, str] | None) -> Properties:
    style = (DATE if kind == "date" else CELL) | (LOCKED if fill == "program" else UNLOCKED)
    return style | {"bg_color": SEVERITY_FILL[remark[0]]} if remark else style


def _validate(sheet: XlsxSheet, row: int, kind: str, profile: Profile) -> None:
    if kind == "answer":
        choice = {
            "validate": "list",
            "source": [term.name for term in profile.answers],
            "error_title": "Да или нет",
            "error_message": "Выберите «да» или «нет».",
        }
        sheet.validate((row, 2, row, 2), choice)
    if kind == "date":
        options: dict[str, object] = {
            "validate": "date",
            "criteria": ">=",
            "value": datetime.date(2000, 1, 1),
            "error_type": "warning",
            "error_title": "Дата",
            "error_message": "Запишите дату в виде дд.мм.гггг, например 24.11.2026.",
        }
        sheet.validate((row, 2, row, 2), options)


def _as_date(value: str) -> datetime.date | str:
    match = _DATE.fullmatch(value)
    if match is None:
        return value
    day, month, year = map(int, match.groups())
    try:
        return datetime.date(year, month, day)
    except ValueError:
        return value


def write_meta(sheet: XlsxSheet, form: UnitForm, profile: Profile) -> None:
    """Write the hidden marks: versions, unit, edition, fingerprints of the pre-filled rows."""
    marks = {
        "template_version": profile.template.version,
        "profile": profile.name,
        "unit": form.unit.code,
        "edition": form.edition,
        **{f"row:{code}": mark for code, mark in form.fingerprints.items()},
    }
    shape = sheet.book.format({"num_format": "@"})
    sheet.put_rows(0, list(marks.items()), [(shape, shape)] * len(marks))
    sheet.raw.hide()
