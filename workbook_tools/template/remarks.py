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
    sheet, profile, count = rows.sheet, rows.profile, sum(group.count for group in groups)
    advice = _advice(rows, severity)
    fill: Properties = {"bg_color": SEVERITY_FILL[severity.value], "text_wrap": False, "valign": "vcenter"}
    last = len(profile.sheets["unit_remarks"].columns) - 1
    sheet.put_row(row, [""] * (last + 1), HEADING | fill)
    sheet.put(row, 0, f"{_BANDS[severity]} – {count}: {advice}", HEADING | fill)
    sheet.raw.set_row(row, _BAND_HEIGHT)
    return [_BAND_HEIGHT, *(_write_group(rows, at, group) for at, group in enumerate(groups, row + 1))]


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
        place = ", ".join(filter(None, (str(group.first["sheet"]), first_of(group.cells, limit))))
        return f"в вашем файле: {place}"
    if not group.cells:
        return "файл в целом"
    places = [f"{group.first['sheet']}, {first_of(group.cells, count)}" for count in range(limit, 0, -1)]
    return next((place for place in places if line_count(place, width, _SIZE) == 1), places[-1])


def _write_other(rows: _Rows, row: int, other: OtherFile) -> list[float]:
    """Write the remarks on another file of the unit, at the cells of that file; return the heights of the rows."""
    sheet, profile, columns = rows.sheet, rows.profile, rows.profile.sheets["unit_remarks"].columns
    fill: Properties = {"bg_color": _CALM, "text_wrap": False, "valign": "vcenter"}
    sheet.put_row(row, [""] * len(columns), HEADING | fill)
    count = plural(len(other.remarks), "замечание", "замечания", "замечаний")
    why = f" Не учтён: {other.why.rstrip('.')}." if other.why else ""
    sheet.put(
        row, 0, f"Другой файл подразделения – «{other.file}»: {count}; листы и ячейки – в нём.{why}", HEADING | fill
    )
    sheet.raw.set_row(row, _BAND_HEIGHT)
    heights, limit = [_BAND_HEIGHT], profile.limits.shown_cells
    for at, group in enumerate(grouped(worst_first(as_filled_in(other.remarks, profile)), profile), row + 1):
        severity = str(group.first["severity"])
        place = ", ".join(filter(None, (str(group.first["sheet"]), first_of(group.cells, limit))))
        texts = [
            profile.name_of("severities", severity),
            str(group.first["rule"]),
            f"в том файле: {place}" if place else "тот файл в целом",
            profile.column_header(str(group.first["column"])),
            first_of(group.values, limit),
            group.message,
            profile.quoted(str(group.first["rule"])),
            _SINCE[str(group.first["since"])],
            "",
        ]
        sheet.put_row(at, texts, CELL)
        sheet.put(at, 0, texts[0], CELL | {"bg_color": SEVERITY_FILL[severity]})
        heights.append(row_height(texts, [column.width for column in columns], _SIZE, least=2))
        sheet.raw.set_row(at, heights[-1])
    return heights


def _write_mended(sheet: XlsxSheet, row: int, form: UnitForm, profile: Profile) -> list[float]:
    """Write what is gone since the round before, only to be seen; return the heights of the rows."""
    if not form.mended:
        return []
    fill: Properties = {"bg_color": _CALM, "text_wrap": False, "valign": "vcenter"}
    columns = profile.sheets["unit_remarks"].columns
    sheet.put_row(row, [""] * len(columns), HEADING | fill)
    sheet.put(row, 0, f"Исправлено с прошлого раза – {len(form.mended)}: делать ничего не нужно", HEADING | fill)
    sheet.raw.set_row(row, _BAND_HEIGHT)
    mended, heights = grouped(form.mended, profile), [_BAND_HEIGHT]
    for offset, group in enumerate(mended, 1):
        texts = [
            "исправлено",
            str(group.first["rule"]),
            first_of(group.cells, profile.limits.shown_cells),
            profile.column_header(str(group.first["column"])),
            first_of(group.values, profile.limits.shown_cells),
            group.message,
            str(group.first["clause"]),
            "",
            "",
        ]
        sheet.put_row(row + offset, texts, CELL | {"font_color": MUTED})
        heights.append(row_height(texts, [column.width for column in columns], _SIZE))
        sheet.raw.set_row(row + offset, heights[-1])
    return heights


def _place(line: int, column: str, profile: Profile) -> tuple[str, str] | None:
    """Return sheet and A1 cell of a remark in the returned copy; None where it concerns the whole file."""
    titles = [field.name for field in profile.title_fields]
    if line < 0:
        return (profile.sheets["title"].name, cell_name(titles.index(column) + 2, 2)) if column in titles else None
    names = [spec.name for spec in profile.sheets["data"].columns]
    index = names.index(column) if column in names else names.index("action")
    return profile.sheets["data"].name, cell_name(profile.template.header_row + line, index)
