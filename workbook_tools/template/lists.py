"""«Справочники»: the closed lists behind the drop-downs, readable as a reference."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from itertools import chain, pairwise
from typing import TYPE_CHECKING

from xlsxwriter.utility import quote_sheetname

from workbook_tools.template.pages import link_back, protect
from workbook_tools.xlsx.measure import Heights
from workbook_tools.xlsx.paging import TITLE_HEIGHT
from workbook_tools.xlsx.printing import PAGE_PIXELS, pixels, set_up_page
from workbook_tools.xlsx.style import CELL, NOTE, TITLE

if TYPE_CHECKING:
    from xlsxwriter.format import Format

    from workbook_tools.profile import Profile
    from workbook_tools.unit_form import UnitForm
    from workbook_tools.xlsx.book import XlsxSheet

_HEADER_ROW = 3
_SIZE = 10
_GAP = 2.0
_PRINT_SCALE = 75
# Clients draw columns up to a sixteenth wider than the file says.
_DRAWN_WIDER = 1 + 1 / 16
_TEXTS_KNOWN = 16_384

Ranges = Mapping[str, str]


def write_lists(sheet: XlsxSheet, form: UnitForm, profile: Profile) -> Ranges:
    """Write «Справочники».

    Returns
    -------
    Mapping
        For each list («actions», «activities», «touchpoints», «kinds», «clients», «answers») its range,
        and the ranges «process_keys» and «process_first» of the list that depends on the activity.
    """
    sheet.put(0, 0, "Справочники", TITLE)
    sheet.raw.set_row(0, TITLE_HEIGHT)
    sheet.put(
        1,
        0,
        "Из этих списков выбираются значения на листе «Сведения». Изменять их не нужно.",
        NOTE | {"text_wrap": False},
    )
    link_back(sheet, 2, 0, profile)
    tables = _tables(form, profile)
    column = 0
    ranges: dict[str, str] = {}
    for names, titles, widths, rows in tables:
        sheet.header(_HEADER_ROW, titles, widths, column)
        # The texts of a workbook stand in the order of the lists.
        sheet.share(chain.from_iterable(rows))
        for offset, name in enumerate(names):
            if name:
                ranges[name] = _range(sheet.name, column + offset, len(rows))
        column += len(titles) + 1
        sheet.raw.set_column(column - 1, column - 1, _GAP)
    _write_rows(sheet, tables)
    sheet.raw.freeze_panes(_HEADER_ROW + 1, 0)
    _set_up_pages(sheet, tables)
    protect(sheet)
    return ranges


Table = tuple[list[str], list[str], list[float], list[list[str]]]


def _tables(form: UnitForm, profile: Profile) -> list[Table]:
    """Return the lists: names of ranges, headers, widths, rows."""
    touchpoints = [
        [item.name, profile.name_of("kinds", profile.kind_of(item)), profile.clauses[item.clause].cite]
        for item in profile.touchpoints
    ]
    header = {name: spec.header for name, spec in profile.field.items()}
    activities = [[item.name, profile.direction_of[item.name]] for item in profile.activities]
    return [
        (["actions"], [header["action"]], [16], [[item.name] for item in profile.actions]),
        (["activities", ""], [header["activity"], "Направление"], [44, 36], activities),
        (["touchpoints", "", ""], [header["touchpoint"], "Вид", "Основание"], [40, 11, 26], touchpoints),
        (["kinds"], [header["kind"]], [12], [[item.name] for item in profile.kinds]),
        (["clients"], [header["client"]], [22], [[item.name] for item in profile.clients]),
        (["answers"], ["Ключевая"], [10], [[item.name] for item in profile.answers]),
        ([""], ["Формы взаимодействия (подсказка)"], [36], [[item.name] for item in profile.interaction_forms]),
        (
            ["process_keys", "process_first"],
            [header["activity"], "Процесс"],
            [42, 45],
            [list(pair) for pair in form.processes],
        ),
    ]


def _set_up_pages(sheet: XlsxSheet, tables: list[Table]) -> None:
    """Print as many whole lists side by side as a page has room for: all on one could not be read."""
    set_up_page(sheet, [])
    sheet.raw.set_print_scale(_PRINT_SCALE)
    sheet.raw.repeat_rows(_HEADER_ROW)
    breaks: list[int] = []
    column, used = 0, 0.0
    for _, _, widths, _ in tables:
        own = pixels([*widths, _GAP])
        if used and (used + own) * _DRAWN_WIDER * _PRINT_SCALE / 100 > PAGE_PIXELS:
            breaks.append(column)
            used = 0.0
        column, used = column + len(widths) + 1, used + own
    sheet.raw.set_v_pagebreaks(breaks)


def _range(sheet: str, column: int, count: int) -> str:
    letter = _letters(column)
    return f"={quote_sheetname(sheet)}!${letter}${_HEADER_ROW + 2}:${letter}${_HEADER_ROW + 1 + count}"


def _letters(column: int) -> str:
    first, last = divmod(column, 26)
    return (chr(ord("A") + first - 1) if first else "") + chr(ord("A") + last)


def _write_rows(sheet: XlsxSheet, tables: list[Table]) -> None:
    """Write the lists side by side: below the end of one and between two there are no cells."""
    cell, count = sheet.book.format(CELL), max(len(rows) for *_, rows in tables)
    # A gap stands before every list, to be left out before the first.
    widths = [width for _, _, own, _ in tables for width in (_GAP, *own)][1:]
    parts = [[["", *row] for row in rows] + [[""] * (len(own) + 1)] * (count - len(rows)) for _, _, own, rows in tables]
    texts = [list(chain.from_iterable(row))[1:] for row in zip(*parts, strict=True)]
    ends = sorted({len(rows) for *_, rows in tables})
    formats: list[tuple[Format | None, ...]] = []
    for first, last in pairwise([0, *ends]):
        there = (
            shape for _, _, own, rows in tables for shape in (None, *([cell if first < len(rows) else None] * len(own)))
        )
        formats += [tuple(there)[1:]] * (last - first)
    sheet.put_rows(_HEADER_ROW + 1, texts, formats, _heights(tuple(widths)).of(texts))


@lru_cache(maxsize=4)
def _heights(widths: tuple[float, ...]) -> Heights:
    """Return what measures the lists: most of their texts stand in the workbooks of all units."""
    return Heights(widths, _SIZE, most=_TEXTS_KNOWN)
