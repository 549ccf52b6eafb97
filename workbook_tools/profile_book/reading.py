"""Reading the profile's workbook: sheets -> tables -> the profile; a fault names its sheet and cell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook_tools.errors import ProfileError
from workbook_tools.grids import cell_name
from workbook_tools.profile import profile_of
from workbook_tools.profile.faults import BLANK, MISSING
from workbook_tools.profile_book.gathering import Gathered
from workbook_tools.profile_book.lines import BODY
from workbook_tools.profile_book.parts import Lines
from workbook_tools.profile_book.shape import gathered, path_told
from workbook_tools.profile_book.tables import UNITS
from workbook_tools.profile_book.writing import ORDERED
from workbook_tools.text import compare_key

if TYPE_CHECKING:
    from workbook_tools.grids import Book, Grid
    from workbook_tools.profile import Profile

_NO_PROFILE = (
    f"в книге нет листов профиля («{BODY.sheet}», «{UNITS}» и других); укажите профиль, составленный программой, "
    "или файл .toml"
)
_LABELS = {line.key: line.label for part in ORDERED if isinstance(part, Lines) for line in part.lines if line.key}


def profile_of_book(book: Book) -> Profile:
    """Return the profile that a workbook holds.

    Raises
    ------
    ProfileError
        It holds none, or a wrong one; one line for each fault: sheet and cell, what is wrong, what to do.
    """
    grids = {compare_key(grid.name): grid for grid in reversed(book.grids)}
    # Other books of ours share a name or two.
    if 2 * sum(compare_key(part.sheet) in grids for part in ORDERED) < len(ORDERED):
        raise ProfileError(book.file, [_NO_PROFILE])
    found = _gather(grids)
    if found.faults:
        raise ProfileError(book.file, found.faults)
    try:
        return profile_of(book.file, gathered(found.data))
    except ProfileError as error:
        raise ProfileError(book.file, [_placed(fault, found) for fault in error.faults]) from error


def _gather(grids: dict[str, Grid]) -> Gathered:
    found = Gathered()
    for part in sorted(ORDERED, key=lambda part: not getattr(part, "whole", True)):
        grid = grids.get(compare_key(part.sheet))
        if grid is None:
            found.faults.append(f"нет листа «{part.sheet}»; верните его или составьте профиль заново")
            continue
        troubles = [f"{grid.name}!{cell_name(item.row, item.column)}" for item in grid.troubles]
        found.faults += [f"{place}: значение не читается; впишите его заново" for place in troubles]
        found.add(grid, part)
    return found


def _placed(fault: str, found: Gathered) -> str:
    """Return a fault of the profile with the cell in the place of its key's path."""
    path, _, rest = fault.partition(": ")
    told = {path_told(way, found.data): place for way, place in found.places.items()}
    steps = path.split(".")
    for length in range(len(steps), 0, -1):
        place = told.get(".".join(steps[:length]))
        if place:
            blank = BLANK if length == len(steps) else _lost(path)
            return f"{place}: {rest.replace(MISSING, blank)}"
    return fault


def _lost(path: str) -> str:
    """Return what is said of a value for which there is no cell: its line was removed, or a row or a name of it."""
    label = _LABELS.get(path)
    return f"нет строки «{label}»; верните её с ключом {path}" if label else f"{BLANK} ({path})"
