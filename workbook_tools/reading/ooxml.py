"""An .xlsx package -> its sheets: read at once, and cell by cell where the counts do not come out even."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from workbook_tools import limits
from workbook_tools.grids import Grid, Trouble, cell_name
from workbook_tools.reading.dense import opened, rows_of, too_far
from workbook_tools.reading.exact import read_cells
from workbook_tools.reading.integrity import agrees, bounds, survey
from workbook_tools.reading.masks import shown_cells
from workbook_tools.reading.parts import Package
from workbook_tools.reading.signs import sign_troubles
from workbook_tools.reading.struck import StruckWords
from workbook_tools.reading.values import Untold, Values

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from workbook_tools.grids import CellValue
    from workbook_tools.reading.archive import Archive
    from workbook_tools.reading.exact import Cell, Cells
    from workbook_tools.reading.parts import SheetPart
    from workbook_tools.reading.surroundings import Surroundings

    Rows = tuple[tuple[CellValue, ...], ...]
    ReadDense = Callable[[int], Rows]

Read = TypeVar("Read")


def read_package(
    archive: Archive, content: bytes, wanted: frozenset[str] = frozenset()
) -> tuple[list[Grid], tuple[str, ...]]:
    """Read the sheets of a package.

    Parameters
    ----------
    content
        The bytes of the archive, for the fast reader.
    wanted
        The names of the sheets that are needed; all are read where the package has none of these.

    Returns
    -------
    tuple
        The sheets in the workbook's order, and what the package holds that is never opened or run.

    Raises
    ------
    InputError
        A sheet is damaged, not there, or spans too many cells.
    """
    package = Package(archive)
    values, dense = Values(package), _Dense(package, content)
    chosen = {sheet.name for sheet in package.sheets if sheet.name in wanted}
    listed = [item for item in enumerate(package.sheets) if not chosen or item[1].name in chosen]
    grids = [_grid(sheet, index, package, values, dense) for index, sheet in listed]
    # A workbook of ours strikes out words itself, where its log of changes tells what was taken away.
    if not chosen:
        struck = StruckWords(package, values)
        grids = [
            replace(grid, asides=struck.asides(sheet, archive.read(sheet.part), grid)) if sheet.part else grid
            for grid, (_, sheet) in zip(grids, listed, strict=True)
        ]
    return grids, package.notes


class _Dense:
    """The fast reader of one package; it opens the file when the first sheet is asked for."""

    def __init__(self, package: Package, content: bytes) -> None:
        self._package = package
        self._content = content

    @cached_property
    def read(self) -> ReadDense | None:
        """What reads a sheet at once by its number; None where it does not see the same sheets."""
        if not self._package.is_usual:
            return None
        book = _tried(lambda: opened(self._content))
        names = [sheet.name for sheet in self._package.sheets]
        if book is None or [item.name for item in book.sheets_metadata] != names:
            return None
        return lambda index: rows_of(book.get_sheet_by_index(index))


def _grid(sheet: SheetPart, index: int, package: Package, values: Values, dense: _Dense) -> Grid:
    if not sheet.part:
        return Grid(sheet.name, (), hidden=sheet.hidden)
    part = package.archive.read(sheet.part)
    plain = values.plain.sheet(part) if values.plain else None
    if plain:
        return _with_surroundings(Grid(sheet.name, plain.rows, hidden=sheet.hidden), plain.around, ())
    return _counted(sheet, index, package, values, dense.read) or _exact(sheet, part, values)


def _counted(sheet: SheetPart, index: int, package: Package, values: Values, dense: ReadDense | None) -> Grid | None:
    """Return a sheet as the fast reader gives it; None where that is not sure."""
    part = package.archive.read(sheet.part)
    counted = survey(part, has_strings=bool(package.strings)) if dense else None
    if not dense or not counted:
        return None
    _check_box(counted.box, counted.farthest)
    rows = _tried(lambda: dense(index))
    codes = values.styles.odd_cells(part) if counted.has_numbers else {}
    first = values.first_string if counted.shared else ""
    sure = rows is not None and agrees(counted, part, rows, from_1904=package.from_1904, first=first)
    if rows is None or codes is None or not sure:
        return None
    troubles = tuple(sign_troubles(rows)) if counted.is_odd or package.has_odd_strings else ()
    shown = tuple(shown_cells(rows, codes))
    grid = Grid(sheet.name, rows, troubles=troubles, hidden=sheet.hidden, shown=shown)
    return _with_surroundings(grid, counted.around, counted.hidden_rows)


def _exact(sheet: SheetPart, part: bytes, values: Values) -> Grid:
    """Return a sheet read cell by cell."""
    cells = read_cells(part, sheet.name)
    box, farthest = bounds(cells.at)
    _check_box(box, farthest)
    rows, troubles = _told(cells, values, box)
    shown = tuple(shown_cells(rows, values.styles.odd_of(cells)))
    grid = Grid(sheet.name, rows, troubles=troubles, hidden=sheet.hidden, shown=shown)
    return _with_surroundings(grid, cells.around, cells.hidden_rows)


def _tried(read: Callable[[], Read]) -> Read | None:
    """Return what the fast reader gives; None where it gives up, for the exact form says what is wrong."""
    try:
        return read()
    except (KeyboardInterrupt, SystemExit, MemoryError):
        raise
    except BaseException:  # noqa: BLE001 - the library's panics are no exceptions
        return None


def _check_box(box: tuple[int, int], farthest: tuple[int, int]) -> None:
    if box[0] * box[1] > limits.USED_BOX_CELLS:
        raise too_far(f"значение в ячейке {cell_name(*farthest)}")


def _with_surroundings(grid: Grid, around: Surroundings, hidden_rows: Iterable[int]) -> Grid:
    width = max(map(len, grid.rows), default=0)
    columns = (column for first, last in around.hidden_columns for column in range(first, min(last + 1, width)))
    return replace(
        grid,
        merged=tuple(around.merged),
        hidden_rows=tuple(row for row in hidden_rows if row < len(grid.rows)),
        hidden_columns=tuple(sorted(set(columns))),
        filtered=around.filtered,
    )


def _told(cells: Cells, values: Values, box: tuple[int, int]) -> tuple[Rows, tuple[Trouble, ...]]:
    """Return the cells as rows within a box, and the cells that say nothing certain."""
    deepest, widest = box
    rows: list[list[CellValue]] = [[""] * widest for _ in range(deepest)]
    troubles = []
    for (row, column), cell in sorted(cells.at.items()):
        try:
            rows[row][column] = _certain(cell, cells.twice.get((row, column), []), values)
        except Untold as untold:
            troubles.append(Trouble(row, column, untold.kind, untold.shown))
    troubles += sign_troubles(rows)
    return tuple(map(tuple, rows)), tuple(troubles)


def _certain(cell: Cell, rivals: list[Cell], values: Values) -> CellValue:
    if rivals:
        raise Untold("twice_cell", "; ".join(rival.value or rival.text or "" for rival in rivals))
    return values.value_of(cell)
