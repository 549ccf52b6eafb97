"""«Замечания» of a returned copy: what to mend, gravest first, each with a link to its cell and room for an answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook_tools.grids import cell_name
from workbook_tools.groups import Finding, Group, as_filled_in, first_of, grouped, worst_first
from workbook_tools.remarks import Severity, refusal
from workbook_tools.template.pages import link_back
from workbook_tools.text import plural, shortened
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
    NOTE,
    SEVERITY_FILL,
    TITLE,
    UNLOCKED,
    Properties,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from workbook_tools.profile import Profile
    from workbook_tools.unit_form import UnitForm
    from workbook_tools.xlsx.book import XlsxSheet

_HEADER_ROW = 5
_BAND_HEIGHT = 20.0
_SIZE = 10
# As many signs as the table below is wide: the line does not wrap.
_LINE = 190
_BANDS = {Severity.ERROR: "Ошибки", Severity.WARNING: "Предупреждения", Severity.INFO: "Сведения"}
_ADVICE = {
    Severity.ERROR: "исправьте в файле; пока ошибка есть, строка не принимается",
    Severity.WARNING: "исправьте или напишите в последней графе, почему верно так",
    Severity.INFO: "исправлять не нужно",
}
_TO_DO = {
    Severity.ERROR: (
        "Исправьте ошибки прямо в этом файле и пришлите его снова. На предупреждения ответьте в последней графе."
    ),
    Severity.WARNING: (
        "Ошибок нет. Если предупреждение верно, исправьте этот файл и пришлите его снова, если нет – ответьте на него "
        "в последней графе."
    ),
    Severity.INFO: "Ошибок нет: исправлять и присылать снова ничего не нужно.",
}
_SINCE = {LEFT: "осталось", NEW: "новое", "": ""}
_CALM = "#E7EFE7"


def write_remarks(sheet: XlsxSheet, form: UnitForm, profile: Profile) -> None:
    """Write the remarks to a unit: grouped by severity, linked to their cells; those mended since stand last."""
    columns = profile.sheets["unit_remarks"].columns
    widths = [column.width for column in columns]
    header = _write_top(sheet, form, profile, widths)
    heights, bands = [TITLE_HEIGHT, *[DEFAULT_HEIGHT] * (_HEADER_ROW - 1), header], list[int]()
    placed = as_filled_in(_placed(form.remarks, profile), profile)
    groups = grouped(worst_first(placed), profile)
    for severity in Severity:
        own = [group for group in groups if group.first["severity"] == severity.value]
        bands.append(len(heights))
        heights += _write_band(sheet, len(heights), severity, own, profile)
    bands.append(len(heights))
    heights += _write_mended(sheet, len(heights), form, profile)
    sheet.raw.autofilter(_HEADER_ROW, 0, len(heights) - 1, len(columns) - 1)
    sheet.raw.freeze_panes(_HEADER_ROW + 1, 0)
    sheet.raw.repeat_rows(_HEADER_ROW)
    sheet.raw.set_h_pagebreaks(page_starts(heights, page_room(widths), header, bands))
    set_up_page(sheet, widths)


def _write_top(sheet: XlsxSheet, form: UnitForm, profile: Profile, widths: list[float]) -> float:
    """Write what stands above the remarks; return the height of the header."""
    headers = list(profile.headers("unit_remarks").values())
    sheet.put(0, 0, "Замечания к файлу подразделения", TITLE)
    sheet.raw.set_row(0, TITLE_HEIGHT)
    sheet.put(1, 0, f"{form.unit.name}. {summary(form)}", HEADING)
    sheet.put(2, 0, _TO_DO[Severity(worst_first(form.remarks)[0]["severity"])], NOTE | {"text_wrap": False})
    sheet.put(3, 0, " ".join(_standing(form)), NOTE | {"text_wrap": False, "bold": True})
    link_back(sheet, 4, 0, profile)
    sheet.header(_HEADER_ROW, headers, widths)
    height = row_height(headers, widths, _SIZE, least=2)
    sheet.raw.set_row(_HEADER_ROW, height)
    return height


def _standing(form: UnitForm) -> Iterator[str]:
    """Yield whether the file is refused as a whole, and what came of the round before."""
    if form.refused:
        yield shortened(refusal(form.refused), _LINE)
    if form.round is not None:
        counts = f"исправлено {form.round.mended}, осталось {form.round.left}, новых {form.round.new}."
        yield f"С прошлого раза: {counts}"


def _placed(remarks: Sequence[Finding], profile: Profile) -> list[Finding]:
    """Return the remarks with sheet and cell as they stand in the copy, "" where a remark concerns the whole file."""
    places = (_place(remark["row"], remark["column"], profile) or ("", "") for remark in remarks)
    return [
        {**remark, "sheet": sheet, "cell": cell, "record": ""}
        for remark, (sheet, cell) in zip(remarks, places, strict=True)
    ]


def summary(form: UnitForm) -> str:
    """Return the counts in words: «3 ошибки, 1 предупреждение»."""
    errors, warnings = (
        sum(remark["severity"] == severity.value for remark in form.remarks)
        for severity in (Severity.ERROR, Severity.WARNING)
    )
    counted = plural(warnings, "предупреждение", "предупреждения", "предупреждений")
    return f"{plural(errors, 'ошибка', 'ошибки', 'ошибок')}, {counted}."


def _write_band(sheet: XlsxSheet, row: int, severity: Severity, groups: list[Group], profile: Profile) -> list[float]:
    """Write the groups of one severity under a line of its own; return the heights of the rows."""
    if not groups:
        return []
    count = sum(group.count for group in groups)
    fill: Properties = {"bg_color": SEVERITY_FILL[severity.value], "text_wrap": False, "valign": "vcenter"}
    last = len(profile.sheets["unit_remarks"].columns) - 1
    sheet.put_row(row, [""] * (last + 1), HEADING | fill)
    sheet.put(row, 0, f"{_BANDS[severity]} – {count}: {_ADVICE[severity]}", HEADING | fill)
    sheet.raw.set_row(row, _BAND_HEIGHT)
    return [_BAND_HEIGHT, *(_write_group(sheet, at, group, profile) for at, group in enumerate(groups, row + 1))]


def _write_group(sheet: XlsxSheet, at: int, group: Group, profile: Profile) -> float:
    """Write a group's row; return its height."""
    severity, rule = str(group.first["severity"]), str(group.first["rule"])
    limit, widths = profile.limits.shown_cells, [column.width for column in profile.sheets["unit_remarks"].columns]
    sheet.put(at, 0, profile.name_of("severities", severity), CELL | {"bg_color": SEVERITY_FILL[severity]})
    sheet.put(at, 1, rule)
    place = _shown_place(group, limit, widths[2])
    if group.cells:
        sheet.put_link(at, 2, place_on(str(group.first["sheet"]), group.cells[0]), place, CELL | LINK)
    else:
        sheet.put(at, 2, place)
    header = profile.column_header(str(group.first["column"]))
    texts = [header, first_of(group.values, limit), group.message, profile.quoted(rule)]
    sheet.put_row(at, [*texts, _SINCE[str(group.first["since"])]], CELL, 3)
    answer = group.answer
    sheet.put(at, 8, answer, CELL | UNLOCKED | ({} if severity == Severity.INFO.value else {"bg_color": INPUT_FILL}))
    height = row_height([place, *texts, answer], [*widths[2:7], widths[8]], _SIZE, least=2)
    sheet.raw.set_row(at, height)
    return height


def _shown_place(group: Group, limit: int, width: float) -> str:
    """Return as many of a group's cells as one line of a column shows: links are cut off there, not wrapped."""
    if not group.cells:
        return "файл в целом"
    places = [f"{group.first['sheet']}, {first_of(group.cells, count)}" for count in range(limit, 0, -1)]
    return next((place for place in places if line_count(place, width, _SIZE) == 1), places[-1])


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
