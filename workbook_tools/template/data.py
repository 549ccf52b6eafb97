"""«Сведения»: the table that a unit fills in."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from workbook_tools.groups import worst_first
from workbook_tools.remarks import Severity
from workbook_tools.template.pages import link_back, protect, remark_text
from workbook_tools.text import russian_date
from workbook_tools.xlsx.book import place_on
from workbook_tools.xlsx.measure import Heights, row_height
from workbook_tools.xlsx.printing import set_up_page
from workbook_tools.xlsx.style import (
    CELL,
    HEADER,
    HEADING,
    LINK,
    LOCKED,
    NOTE,
    OPTIONAL_FILL,
    SEVERITY_FILL,
    SHUT_FILL,
    TITLE,
    UNLOCKED,
    Properties,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from workbook_tools.profile import Profile
    from workbook_tools.template.lists import Ranges
    from workbook_tools.unit_form import UnitForm
    from workbook_tools.xlsx.book import XlsxSheet
    from workbook_tools.xlsx.rows import Formats

_SIZE = 10
_SHUT = {"number", "code"}
_FREE_ROW_HEIGHT = 30.0
_FROZEN_COLUMNS = 3
_FIRST_INPUT = 2
# Whoever changes anything must name it.
_BASIS = "basis"
_LEGEND = (
    "Серые строки – из действующего Перечня: подтвердите, исправьте или исключите их. "
    "Ниже – свободные строки для новых точек. Графы с тёмной шапкой обязательны, тёмно-серые ячейки закрыты."
)


_WAITS = (
    "Запись на уточнении: в Перечень она пока не входит. Проверьте точку, её вид и остальные графы этой строки; "
    "исправьте её или исключите."
)


def write_data(sheet: XlsxSheet, form: UnitForm, profile: Profile, ranges: Ranges) -> None:
    """Write «Сведения»: header in the profile's row, the unit's records, then free rows (regulation.md 4.2)."""
    columns = profile.sheets["data"].columns
    names = [column.name for column in columns]
    header_row = profile.template.header_row - 1
    widths = [column.width for column in columns]
    _write_top(sheet, form, header_row, profile)
    sheet.header(header_row, list(profile.headers("data").values()), widths)
    sheet.raw.set_row(header_row, row_height(list(profile.headers("data").values()), widths, _SIZE, least=2))
    _mark_optional(sheet, header_row, names, profile)
    _write_help(sheet, header_row, names, profile)
    _write_own(sheet, header_row + 1, form, names, profile)
    last = header_row + len(form.rows) + profile.template.free_rows
    _write_free(sheet, header_row + 1 + len(form.rows), last, names)
    _validate(sheet, (header_row + 1, last), names, ranges, profile)
    _finish(sheet, header_row, last, widths)


def _write_own(sheet: XlsxSheet, first: int, form: UnitForm, names: list[str], profile: Profile) -> None:
    """Write the rows of the form, and what is to be said of their cells."""
    formats = {given: _formats(sheet, names, given=given) for given in (True, False)}
    marks: dict[int, dict[int, tuple[str, str]]] = defaultdict(dict)
    for (line, name), mark in cell_marks(form, profile).items():
        if name in names:
            marks[line][names.index(name)] = mark
    texts, shapes = form.rows.texts(names), [formats[given] for given in form.rows.given]
    for line, own in marks.items():
        shapes[line] = _marked(sheet, names, own, given=form.rows.given[line])
    widths = [column.width for column in profile.sheets["data"].columns]
    sheet.put_rows(first, texts, shapes, Heights(widths, _SIZE, least=2).of(texts))
    for line, own in sorted(marks.items()):
        for column, (_, text) in sorted(own.items()):
            sheet.comment(first + line, column, text, 420)


def _write_top(sheet: XlsxSheet, form: UnitForm, header_row: int, profile: Profile) -> None:
    edition = f"По редакции от {russian_date(form.edition)}. " if form.edition else ""
    free = header_row + 2 + len(form.rows)
    sheet.put(0, 0, "Сведения о точках взаимодействия", TITLE)
    sheet.raw.set_row(0, 26)
    waiting = f", из них на уточнении {form.unsure} (код выделен жёлтым)" if form.unsure else ""
    sheet.put(1, 0, f"{form.unit.name}. {edition}Записей: {len(form.fingerprints)}{waiting}.", HEADING)
    sheet.put(2, 0, _LEGEND, NOTE | {"text_wrap": False})
    sheet.put_link(3, 0, place_on(sheet.name, f"C{free}"), f"Перейти к первой свободной строке ({free})", LINK)
    link_back(sheet, 3, _FROZEN_COLUMNS + 1, profile)


def _mark_optional(sheet: XlsxSheet, row: int, names: list[str], profile: Profile) -> None:
    """Give the columns that may stay blank a lighter header than those that must be filled in."""
    for column, name in enumerate(names):
        if not profile.field[name].required_for and name != _BASIS:
            sheet.put(row, column, profile.headers("data")[name], HEADER | {"bg_color": OPTIONAL_FILL, "bold": False})


def _write_help(sheet: XlsxSheet, row: int, names: list[str], profile: Profile) -> None:
    for column, name in enumerate(names):
        if profile.field[name].help:
            sheet.comment(row, column, profile.field[name].help, 260)


def _formats(sheet: XlsxSheet, names: list[str], *, given: bool) -> Formats:
    """Return the format of each cell of a line without remarks."""
    return tuple(sheet.book.format(style) for style in _styles(names, given=given))


def _styles(names: list[str], *, given: bool) -> list[Properties]:
    style = CELL | (LOCKED if given else {})
    return [style | ({"bg_color": SHUT_FILL} if name in _SHUT else UNLOCKED) for name in names]


def _marked(sheet: XlsxSheet, names: list[str], marks: Mapping[int, tuple[str, str]], *, given: bool) -> Formats:
    """Return the formats of a line with the cells filled that a remark stands at."""
    fills = {column: {"bg_color": SEVERITY_FILL[worst]} for column, (worst, _) in marks.items()}
    styles = enumerate(_styles(names, given=given))
    return tuple(sheet.book.format(style | fills.get(column, {})) for column, style in styles)


def _write_free(sheet: XlsxSheet, first: int, last: int, names: list[str]) -> None:
    count = last + 1 - first
    formats = _formats(sheet, names, given=False)
    sheet.put_rows(first, [[""] * len(names)] * count, [formats] * count, [_FREE_ROW_HEIGHT] * count)


def _validate(sheet: XlsxSheet, rows: tuple[int, int], names: list[str], ranges: Ranges, profile: Profile) -> None:
    first, last = rows
    for column, name in enumerate(names):
        options = _list_options(name, first, names, ranges, profile)
        if options:
            sheet.validate((first, column, last, column), options)


def _list_options(name: str, first: int, names: list[str], ranges: Ranges, profile: Profile) -> dict[str, object]:
    """Return a column's drop-down: closed lists stop a wrong value, open ones warn of it."""
    header = profile.field[name].header
    if name == "process":
        activity = f"${chr(ord('A') + names.index('activity'))}{first + 1}"
        keys = ranges["process_keys"].lstrip("=")
        corner = ranges["process_first"].lstrip("=").partition(":")[0]
        source = f"=OFFSET({corner},MATCH({activity},{keys},0)-1,0,COUNTIF({keys},{activity}),1)"
        text = "Такого процесса в списке нет. Если он новый, нажмите «Да»."
        return _options(source, "warning", header, text) | {"ignore_blank": False}
    if name == "touchpoint":
        text = "Такой точки в справочнике нет. Если она новая, нажмите «Да» и назовите документ-основание."
        return _options(ranges["touchpoints"], "warning", header, text)
    listing = profile.field[name].list
    if listing is None:
        return {}
    return _options(ranges[listing], "stop", header, "Выберите значение из списка.")


def _options(source: str, error_type: str, title: str, message: str) -> dict[str, object]:
    return {
        "validate": "list",
        "source": source,
        "error_type": error_type,
        "error_title": title[:32],
        "error_message": message,
    }


def _finish(sheet: XlsxSheet, header_row: int, last: int, widths: list[float]) -> None:
    sheet.raw.autofilter(header_row, 0, last, len(widths) - 1)
    sheet.raw.freeze_panes(header_row + 1, _FROZEN_COLUMNS)
    sheet.raw.repeat_rows(header_row)
    first = header_row + 1
    sheet.raw.set_selection(first, _FIRST_INPUT, first, _FIRST_INPUT)
    set_up_page(sheet, widths)
    protect(sheet)


def cell_marks(form: UnitForm, profile: Profile) -> Mapping[tuple[int, str], tuple[str, str]]:
    """Return, by line and column, the worst severity at a cell and its messages as one text, or that a record waits."""
    marks: dict[tuple[int, str], tuple[str, str]] = {}
    for remark in worst_first(remark for remark in form.remarks if remark["row"] >= 0):
        place = remark["row"], remark["column"] or "action"
        worst, text = marks.get(place, (remark["severity"], ""))
        line = remark_text(remark, profile)
        marks[place] = (worst, f"{text}\n\n{line}".strip())
    return {**{(line, "code"): (Severity.WARNING.value, _WAITS) for line in form.waiting}, **marks}
