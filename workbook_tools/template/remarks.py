"""«Замечания» of a returned copy: what to mend, gravest first, each with a link to its cell and room for an answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from workbook_tools.carried import stands_outside
from workbook_tools.grids import cell_name
from workbook_tools.groups import Finding, Group, as_filled_in, first_of, grouped, worst_first
from workbook_tools.remarks import Severity
from workbook_tools.template.remarks_head import write_head
from workbook_tools.text import plural
from workbook_tools.unit_form import LEFT, NEW
from workbook_tools.xlsx.book import place_on
from workbook_tools.xlsx.measure import line_count, row_height
from workbook_tools.xlsx.paging import DEFAULT_HEIGHT, TITLE_HEIGHT, page_room, page_starts
from workbook_tools.xlsx.printing import set_up_page
from workbook_tools.xlsx.style import (
    CELL,
    HEADING,
    INPUT_FILL,
    LINK,
    MUTED,
    SEVERITY_FILL,
    UNLOCKED,
    Properties,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from workbook_tools.profile import Profile
    from workbook_tools.unit_form import OtherFile, UnitForm
    from workbook_tools.xlsx.book import XlsxSheet

_BAND_HEIGHT = 20.0
_SIZE = 10
_BANDS = {Severity.ERROR: "Ошибки", Severity.WARNING: "Предупреждения", Severity.INFO: "Сведения"}
_ADVICE = {
    Severity.WARNING: "исправьте или напишите в последней графе, почему верно так",
    Severity.INFO: "исправлять не нужно",
}
_ADVICE_IN_ONES_OWN = {
    Severity.WARNING: "исправьте в своём файле или напишите в его строке, почему верно так",
    Severity.INFO: _ADVICE[Severity.INFO],
}
_SINCE = {LEFT: "осталось", NEW: "новое", "": ""}
_CALM = "#E7EFE7"


class _Rows(NamedTuple):
    """Where the rows of the remarks are written; whether the unit answers them there, and no row of it is taken."""

    sheet: XlsxSheet
    profile: Profile
    answered_here: bool
    is_refused: bool


def write_remarks(sheet: XlsxSheet, form: UnitForm, profile: Profile) -> None:
    """Write the remarks to a unit: grouped by severity, linked to their cells; those mended since stand last."""
    columns = profile.sheets["unit_remarks"].columns
    widths = [column.width for column in columns]
    header_row = write_head(sheet, form, profile)
    header = _write_header(sheet, header_row, profile, widths)
    heights, bands = [TITLE_HEIGHT, *[DEFAULT_HEIGHT] * (header_row - 1), header], list[int]()
    groups = grouped(worst_first(_placed(form.remarks, profile)), profile)
    rows = _Rows(sheet, profile, answered_here=not form.left_out, is_refused=bool(form.refused))
    for severity in Severity:
        own = [group for group in groups if group.first["severity"] == severity.value]
        bands.append(len(heights))
        heights += _write_band(rows, len(heights), severity, own)
    for other in form.others:
        bands.append(len(heights))
        heights += _write_other(rows, len(heights), other)
    bands.append(len(heights))
    heights += _write_mended(sheet, len(heights), form, profile)
    sheet.raw.autofilter(header_row, 0, len(heights) - 1, len(columns) - 1)
    sheet.raw.freeze_panes(header_row + 1, 0)
    sheet.raw.repeat_rows(header_row)
    sheet.raw.set_h_pagebreaks(page_starts(heights, page_room(widths), header, bands))
    set_up_page(sheet, widths)


def _write_header(sheet: XlsxSheet, row: int, profile: Profile, widths: list[float]) -> float:
    """Write the header; return its height."""
    headers = list(profile.headers("unit_remarks").values())
    sheet.header(row, headers, widths)
    height = row_height(headers, widths, _SIZE, least=2)
    sheet.raw.set_row(row, height)
    return height


def _placed(remarks: Sequence[Finding], profile: Profile) -> list[Finding]:
    """Return the remarks as one comes to them, with sheet and cell as they stand in the copy.

    Both are "" where a remark concerns the whole file, and those of the unit's own file where the copy has no such
    place.
    """
    outside = [{**remark, "record": ""} for remark in remarks if stands_outside(remark)]
    inside = [remark for remark in remarks if not stands_outside(remark)]
    places = (_place(remark["row"], remark["column"], profile) or ("", "") for remark in inside)
    placed = [
        {**remark, "sheet": sheet, "cell": cell, "record": ""}
        for remark, (sheet, cell) in zip(inside, places, strict=True)
    ]
    return [*outside, *as_filled_in(placed, profile)]


def _write_band(rows: _Rows, row: int, severity: Severity, groups: list[Group]) -> list[float]:
    """Write the groups of one severity under a line of its own; return the heights of the rows."""
    if not groups:
        return []
    count = sum(group.count for group in groups)
    text = f"{_BANDS[severity]} – {count}: {_advice(rows, severity)}"
    height = _write_band_line(rows.sheet, row, text, SEVERITY_FILL[severity.value], rows.profile)
    return [height, *(_write_group(rows, at, group) for at, group in enumerate(groups, row + 1))]


def _write_band_line(sheet: XlsxSheet, row: int, text: str, color: str, profile: Profile) -> float:
    """Write the line above the rows of a band; return its height."""
    style: Properties = HEADING | {"bg_color": color, "text_wrap": False, "valign": "vcenter"}
    sheet.put_row(row, [""] * len(profile.sheets["unit_remarks"].columns), style)
    sheet.put(row, 0, text, style)
    sheet.raw.set_row(row, _BAND_HEIGHT)
    return _BAND_HEIGHT


def _advice(rows: _Rows, severity: Severity) -> str:
    """Return what is to be done with remarks of a severity; of a refused file no row is taken, with errors or not."""
    if severity == Severity.ERROR:
        where = "в файле" if rows.answered_here else "в своём файле"
        refused, single = (
            "он целиком не принят, ни одна его строка не учтена",
            "пока ошибка есть, строка не принимается",
        )
        return f"исправьте {where}; {refused if rows.is_refused else single}"
    return _ADVICE[severity] if rows.answered_here else _ADVICE_IN_ONES_OWN[severity]


def _write_group(rows: _Rows, at: int, group: Group) -> float:
    """Write a group's row; return its height."""
    sheet, profile = rows.sheet, rows.profile
    severity, rule = str(group.first["severity"]), str(group.first["rule"])
    limit, widths = profile.limits.shown_cells, [column.width for column in profile.sheets["unit_remarks"].columns]
    sheet.put(at, 0, profile.name_of("severities", severity), CELL | {"bg_color": SEVERITY_FILL[severity]})
    sheet.put(at, 1, rule)
    place = _shown_place(group, limit, widths[2])
    if group.cells and not stands_outside(group.first):
        sheet.put_link(at, 2, place_on(str(group.first["sheet"]), group.cells[0]), place, CELL | LINK)
    else:
        sheet.put(at, 2, place)
    header = profile.column_header(str(group.first["column"]))
    texts = [header, first_of(group.values, limit), group.message, profile.quoted(rule)]
    sheet.put_row(at, [*texts, _SINCE[str(group.first["since"])]], CELL, 3)
    answer = group.answer
    sheet.put(at, 8, answer, _answer_style(severity, answered_here=rows.answered_here))
    height = row_height([place, *texts, answer], [*widths[2:7], widths[8]], _SIZE, least=2)
    sheet.raw.set_row(at, height)
    return height


def _answer_style(severity: str, *, answered_here: bool) -> Properties:
    if not answered_here:
        return CELL
    return CELL | UNLOCKED | ({} if severity == Severity.INFO.value else {"bg_color": INPUT_FILL})


def _shown_place(group: Group, limit: int, width: float) -> str:
    """Return as many of a group's cells as one line of a column shows: links are cut off there, not wrapped."""
    if stands_outside(group.first):
        return f"в вашем файле: {_cells_of(group, limit)}"
    if not group.cells:
        return "файл в целом"
    places = [f"{group.first['sheet']}, {first_of(group.cells, count)}" for count in range(limit, 0, -1)]
    return next((place for place in places if line_count(place, width, _SIZE) == 1), places[-1])


def _cells_of(group: Group, limit: int) -> str:
    """Return the sheet and the cells of a group, "" where it has neither."""
    return ", ".join(filter(None, (str(group.first["sheet"]), first_of(group.cells, limit))))


def _write_other(rows: _Rows, row: int, other: OtherFile) -> list[float]:
    """Write the remarks on another file of the unit, at the cells of that file; return the heights of the rows."""
    sheet, profile, limit = rows.sheet, rows.profile, rows.profile.limits.shown_cells
    count = plural(len(other.remarks), "замечание", "замечания", "замечаний")
    why = f" Не учтён: {other.why.rstrip('.')}." if other.why else ""
    text = f"Другой файл подразделения – «{other.file}»: {count}; листы и ячейки – в нём.{why}"
    heights = [_write_band_line(sheet, row, text, _CALM, profile)]
    for at, group in enumerate(grouped(worst_first(as_filled_in(other.remarks, profile)), profile), row + 1):
        severity, place = str(group.first["severity"]), _cells_of(group, limit)
        shown = f"в том файле: {place}" if place else "тот файл в целом"
        told = [*_told(group, shown, profile), profile.quoted(str(group.first["rule"]))]
        texts = [profile.name_of("severities", severity), *told, _SINCE[str(group.first["since"])], ""]
        heights.append(_write_texts(sheet, at, texts, CELL, profile, least=2))
        sheet.put(at, 0, texts[0], CELL | {"bg_color": SEVERITY_FILL[severity]})
    return heights


def _write_mended(sheet: XlsxSheet, row: int, form: UnitForm, profile: Profile) -> list[float]:
    """Write what is gone since the round before, only to be seen; return the heights of the rows."""
    if not form.mended:
        return []
    text = f"Исправлено с прошлого раза – {len(form.mended)}: делать ничего не нужно"
    heights = [_write_band_line(sheet, row, text, _CALM, profile)]
    for at, group in enumerate(grouped(form.mended, profile), row + 1):
        told = _told(group, first_of(group.cells, profile.limits.shown_cells), profile)
        texts = ["исправлено", *told, str(group.first["clause"]), "", ""]
        heights.append(_write_texts(sheet, at, texts, CELL | {"font_color": MUTED}, profile, least=1))
    return heights


def _told(group: Group, place: str, profile: Profile) -> list[str]:
    """Return what a group's row says from the rule to the message."""
    header, values = (
        profile.column_header(str(group.first["column"])),
        first_of(group.values, profile.limits.shown_cells),
    )
    return [str(group.first["rule"]), place, header, values, group.message]


def _write_texts(
    sheet: XlsxSheet, row: int, texts: Sequence[str], style: Properties, profile: Profile, *, least: int
) -> float:
    """Write a row of texts that nobody answers, with room for so many lines at least; return its height."""
    sheet.put_row(row, texts, style)
    widths = [column.width for column in profile.sheets["unit_remarks"].columns]
    height = row_height(list(texts), widths, _SIZE, least=least)
    sheet.raw.set_row(row, height)
    return height


def _place(line: int, column: str, profile: Profile) -> tuple[str, str] | None:
    """Return sheet and A1 cell of a remark in the returned copy; None where it concerns the whole file."""
    titles = [field.name for field in profile.title_fields]
    if line < 0:
        return (profile.sheets["title"].name, cell_name(titles.index(column) + 2, 2)) if column in titles else None
    names = [spec.name for spec in profile.sheets["data"].columns]
    index = names.index(column) if column in names else names.index("action")
    return profile.sheets["data"].name, cell_name(profile.template.header_row + line, index)
