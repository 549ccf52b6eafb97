"""«Замечания» of a returned copy: what to mend, worst first, each with a link to its cell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook_tools import findings as found
from workbook_tools.grids import cell_name
from workbook_tools.remarks import Severity
from workbook_tools.template.pages import print_setup
from workbook_tools.text import plural
from workbook_tools.xlsx.measure import row_height
from workbook_tools.xlsx.style import CELL, HEADING, LINK, NOTE, SEVERITY_FILL, TITLE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from workbook_tools.forms import UnitForm
    from workbook_tools.profile import Profile
    from workbook_tools.xlsx.book import XlsxSheet

_HEADER_ROW = 4
_SIZE = 10


def write_remarks(sheet: XlsxSheet, form: UnitForm, profile: Profile) -> None:
    """Write the remarks to a unit: grouped by severity, linked to their cells, with room for an answer."""
    columns = profile.sheets["unit_remarks"].columns
    widths = [column.width for column in columns]
    sheet.put(0, 0, "Замечания к файлу подразделения", TITLE)
    sheet.raw.set_row(0, 28)
    sheet.put(1, 0, f"{form.unit.name}. {summary(form)}", HEADING)
    advice = "Исправьте ошибки прямо в этом файле и пришлите его снова. На предупреждения ответьте в последней графе."
    sheet.put(2, 0, advice, NOTE | {"text_wrap": False})
    sheet.header(_HEADER_ROW, list(profile.headers("unit_remarks").values()), widths)
    remarks = found.by_weight(form.remarks)
    for offset, remark in enumerate(remarks.to_dict("records"), 1):
        _write_remark(sheet, _HEADER_ROW + offset, {str(key): value for key, value in remark.items()}, profile)
        texts = [str(remark["value"]), str(remark["message"]), str(remark["clause"])]
        sheet.raw.set_row(_HEADER_ROW + offset, row_height(texts, widths[3:6], _SIZE, least=2))
    sheet.raw.autofilter(_HEADER_ROW, 0, _HEADER_ROW + len(remarks), len(columns) - 1)
    sheet.raw.freeze_panes(_HEADER_ROW + 1, 0)
    sheet.raw.repeat_rows(_HEADER_ROW)
    print_setup(sheet, landscape=True)


def summary(form: UnitForm) -> str:
    """Return the counts in words: «3 ошибки, 1 предупреждение»."""
    errors = found.count(form.remarks, Severity.ERROR)
    warnings = found.count(form.remarks, Severity.WARNING)
    counted = plural(warnings, "предупреждение", "предупреждения", "предупреждений")
    return f"{plural(errors, 'ошибка', 'ошибки', 'ошибок')}, {counted}."


def _write_remark(sheet: XlsxSheet, at: int, remark: Mapping[str, object], profile: Profile) -> None:
    severity = str(remark["severity"])
    place = _place(int(str(remark["row"])), str(remark["column"]), profile)
    sheet.put(
        at, 0, profile.name_of("severities", severity), CELL | {"bg_color": SEVERITY_FILL[severity], "bold": True}
    )
    if place is None:
        sheet.put(at, 1, "файл в целом")
    else:
        sheet.put_link(at, 1, f"'{place[0]}'!{place[1]}", f"{place[0]}, {place[1]}", CELL | LINK)
    sheet.put(at, 2, _header(str(remark["column"]), profile))
    sheet.put_row(at, [str(remark["value"]), str(remark["message"]), str(remark["clause"]), ""], CELL, 3)


def _place(line: int, column: str, profile: Profile) -> tuple[str, str] | None:
    """Return sheet and A1 cell of a remark in the returned copy; None where it concerns the whole file."""
    titles = [field.name for field in profile.title_fields]
    if line < 0:
        return (profile.sheets["title"].name, cell_name(titles.index(column) + 2, 2)) if column in titles else None
    names = [spec.name for spec in profile.sheets["data"].columns]
    index = names.index(column) if column in names else names.index("action")
    return profile.sheets["data"].name, cell_name(profile.template.header_row + line, index)


def _header(column: str, profile: Profile) -> str:
    labels = {field.name: field.label for field in profile.title_fields}
    return profile.field[column].header if column in profile.field else labels.get(column, "")
