"""The fast reader, python-calamine: a whole sheet at once, as it is for honest files."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from python_calamine import CalamineWorkbook, SheetVisibleEnum

from workbook_tools import limits
from workbook_tools.errors import InputError
from workbook_tools.grids import Grid, Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from python_calamine import CalamineSheet

    from workbook_tools.grids import CellValue


def opened(content: bytes) -> CalamineWorkbook:
    """Open a workbook; what the library raises at a damaged one may be no `Exception` (a panic)."""
    return CalamineWorkbook.from_filelike(io.BytesIO(content))


def dense_grids(content: bytes) -> Iterator[Grid]:
    """Yield the sheets of a workbook of any kind, in order.

    Raises
    ------
    InputError
        A sheet's values span more than `limits.USED_BOX_CELLS`.
    """
    with opened(content) as book:
        for index, listed in enumerate(book.sheets_metadata):
            sheet = book.get_sheet_by_index(index)
            if sheet.total_height * sheet.total_width > limits.USED_BOX_CELLS:
                raise too_far(f"значение на листе «{sheet.name}»")
            merged = tuple(Span(*first, *last) for first, last in sheet.merged_cell_ranges or [])
            yield Grid(sheet.name, rows_of(sheet), merged, hidden=listed.visible != SheetVisibleEnum.Visible)


def rows_of(sheet: CalamineSheet) -> tuple[tuple[CellValue, ...], ...]:
    """Return a sheet's values from its first row and column."""
    return tuple(tuple(row) for row in sheet.to_python(skip_empty_area=False))


def too_far(what: str) -> InputError:
    """Return the refusal of a sheet with a value far outside its table."""
    size = f"{limits.USED_BOX_CELLS // 1_000_000} млн ячеек"
    return InputError(
        f"{what} стоит далеко за таблицей: лист занимает больше {size}. Удалите его и пришлите файл ещё раз"
    )
