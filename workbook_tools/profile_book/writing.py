"""Writing the profile's workbook: what it is, a sheet for each thing an officer changes, the rest after them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from workbook_tools.profile_book.cells import shown
from workbook_tools.profile_book.guide import ABOUT, CHANGED, HINTS, SECTIONS
from workbook_tools.profile_book.lines import BODY, ORDER, PRINT, SETTINGS
from workbook_tools.profile_book.parts import HELP, KEY, LABEL, VALUE, Kind, Line, Lines, Slot, Step, Table
from workbook_tools.profile_book.shape import laid_out
from workbook_tools.profile_book.tables import RARE, USUAL
from workbook_tools.profile_book.validation import validate_column, validate_line
from workbook_tools.xlsx.book import place_on
from workbook_tools.xlsx.measure import row_height
from workbook_tools.xlsx.printing import set_up_page
from workbook_tools.xlsx.register import register_book
from workbook_tools.xlsx.style import CELL, DATE, HEADING, INPUT_FILL, LINK, LOCKED, NOTE, TEXT, TITLE

if TYPE_CHECKING:
    from workbook_tools.profile import Profile
    from workbook_tools.xlsx.book import Value, XlsxSheet

Part = Lines | Table
ORDERED: tuple[Part, ...] = (BODY, *USUAL, *RARE[:5], SETTINGS, PRINT, ORDER, *RARE[5:])
"""The sheets as they stand in the workbook, after the first."""
_TOP = 4
"""The row of the headers: title, note, way back and the explanations of columns stand above."""
_SIZE, _LEAST_HEIGHT = 10, 18.0
_WIDTHS = (38.0, 76.0, 44.0, 26.0)
_GUIDE_WIDTHS = (30.0, 100.0)
_KEY_STYLE = CELL | LOCKED | {"font_color": "#52606D", "font_size": 9}
_INPUT = CELL | {"bg_color": INPUT_FILL}


def write_profile(path: Path, profile: Profile) -> None:
    """Write a profile as a workbook that reads back as the same profile.

    Raises
    ------
    OutputError
        The file cannot be written.
    """
    data = laid_out(profile.model_dump(by_alias=True))
    with register_book(path, f"Профиль: {profile.body.short}", profile, profile.act.date) as book:
        _write_guide(book.sheet(ABOUT), profile)
        for part in ORDERED:
            sheet = book.sheet(part.sheet)
            sheet.raw.hide_gridlines(2)
            sheet.raw.set_tab_color("#8FB08C" if part in CHANGED else "#C9CED4")
            if isinstance(part, Table):
                _write_table(sheet, part, data)
            else:
                _write_lines(sheet, part, data)


def _write_guide(sheet: XlsxSheet, profile: Profile) -> None:
    """Write «О профиле»: what this is, how it is changed, which sheet holds what."""
    sheet.raw.hide_gridlines(2)
    sheet.raw.set_column(0, 0, _GUIDE_WIDTHS[0])
    sheet.raw.set_column(1, 1, _GUIDE_WIDTHS[1])
    sheet.put(0, 0, f"Профиль: {profile.body.name}", TITLE)
    sheet.raw.set_row(0, 30)
    row = 2
    for text in HINTS:
        sheet.merge((row, 0), (row, 1), text, TEXT | {"font_size": 11})
        sheet.raw.set_row(row, row_height([text], [sum(_GUIDE_WIDTHS)], 11) + 4)
        row += 1
    for heading, parts in SECTIONS:
        sheet.put(row + 1, 0, heading, HEADING)
        row += 2
        for part in parts:
            sheet.put_link(row, 0, place_on(part.sheet), part.sheet, LINK | {"font_size": 11, "valign": "top"})
            sheet.put(row, 1, part.note, TEXT | {"font_size": 11})
            sheet.raw.set_row(row, row_height([part.note], [_GUIDE_WIDTHS[1]], 11) + 2)
            row += 1
    set_up_page(sheet, _GUIDE_WIDTHS, landscape=False)


def _write_top(sheet: XlsxSheet, note: str, headers: list[str], widths: list[float]) -> None:
    sheet.put(0, 0, sheet.name, TITLE)
    sheet.raw.set_row(0, 26)
    sheet.put(1, 0, note, NOTE | {"text_wrap": False})
    sheet.put_link(2, 0, place_on(ABOUT), f"К листу «{ABOUT}»", LINK | {"font_size": 9})
    sheet.header(_TOP, headers, widths)
    sheet.raw.set_row(_TOP, row_height(headers, widths, _SIZE, least=1))
    sheet.raw.freeze_panes(_TOP + 1, 1)
    set_up_page(sheet, widths)
    sheet.raw.repeat_rows(_TOP)


def _height(texts: list[str], widths: list[float]) -> float:
    return max(_LEAST_HEIGHT, row_height(texts, widths, _SIZE))


# --- tables -----------------------------------------------------------------------------------------------------------


def rows_of(data: Any, at: tuple[Step, ...], keys: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:  # noqa: ANN401 - a table of any depth
    """Yield the parts that lie at the end of a way, each with the keys of the mappings on it."""
    if not at:
        yield keys, data
        return
    step, rest = at[0], at[1:]
    if step is Slot.ITEM:
        for item in data:
            yield from rows_of(item, rest, keys)
    elif step is Slot.KEY:
        for name, inner in data.items():
            yield from rows_of(inner, rest, (*keys, name))
    else:
        yield from rows_of(data[step], rest, keys)


def _write_table(sheet: XlsxSheet, table: Table, data: dict[str, Any]) -> None:
    """Write a table's rows and some free ones, each column with what may be chosen in it."""
    widths = [column.width for column in table.columns]
    _write_top(sheet, table.note, [column.header for column in table.columns], widths)
    helps = [column.help for column in table.columns]
    sheet.put_row(_TOP - 1, helps, NOTE | {"font_size": 9, "italic": True, "valign": "bottom"})
    sheet.raw.set_row(_TOP - 1, row_height(helps, widths, 9))
    row = _TOP + 1
    for keys, part in rows_of(data, table.at):
        cells = [_cell(table, index, keys, part) for index in range(len(table.columns))]
        _put_row(sheet, row, cells, table)
        sheet.raw.set_row(row, _height([str(cell or "") for cell in cells], widths))
        row += 1
    for free in range(row, row + table.free):
        _put_row(sheet, free, [None] * len(widths), table)
        sheet.raw.set_row(free, _LEAST_HEIGHT)
    last = row + max(table.free, 1) - 1
    for index in range(len(table.columns)):
        validate_column(sheet, (_TOP + 1, index, last, index), table.columns[index], data)


def _put_row(sheet: XlsxSheet, row: int, cells: list[Value], table: Table) -> None:
    for index, cell in enumerate(cells):
        given = table.free == 0 and table.columns[index].key in {"0", "1", "name"}
        sheet.put(row, index, cell, _KEY_STYLE | {"font_size": _SIZE} if given else _INPUT)


def _cell(table: Table, index: int, keys: tuple[str, ...], part: Any) -> Value:  # noqa: ANN401 - as above
    column = table.columns[index]
    own = part.get(column.key) if column.key and not column.key.isdecimal() else part
    return shown(keys[int(column.key)] if column.key.isdecimal() else own, column.kind, column.choice)


# --- lines ------------------------------------------------------------------------------------------------------------


def _write_lines(sheet: XlsxSheet, lines: Lines, data: dict[str, Any]) -> None:
    """Write a value a line, texts of several paragraphs a paragraph a line."""
    _write_top(sheet, lines.note, [LABEL, VALUE, HELP, KEY], list(_WIDTHS))
    row = _TOP + 1
    for line in lines.lines:
        if not line.key:
            sheet.put(row, 0, line.label, HEADING)
            sheet.raw.set_row(row, 24)
            row += 1
            continue
        for value in _values(line, data):
            _put_line(sheet, row, line, value)
            row += 1


def _values(line: Line, data: dict[str, Any]) -> list[Value]:
    found: Any = data
    for key in line.key.split("."):
        found = found.get(key) if isinstance(found, dict) else None
    items = (found or ()) if line.kind is Kind.PARAGRAPHS else [found]
    return [shown(item, line.kind, line.choice) for item in items]


def _put_line(sheet: XlsxSheet, row: int, line: Line, value: Value) -> None:
    style = (DATE if line.kind is Kind.DATE else CELL) | {"bg_color": INPUT_FILL, "align": "left"}
    sheet.put(row, 0, line.label, CELL | LOCKED)
    sheet.put(row, 1, value, style)
    sheet.put(row, 2, line.help, CELL | LOCKED | NOTE)
    sheet.put(row, 3, line.key, _KEY_STYLE)
    sheet.raw.set_row(row, _height([line.label, str(value or ""), line.help], list(_WIDTHS[:3])))
    validate_line(sheet, (row, 1, row, 1), line)
