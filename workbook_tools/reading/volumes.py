"""An edition in volumes: the list of them on its sheet «Реестр», and the edition that they are together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import pandas as pd

from workbook_tools import records
from workbook_tools.errors import InputError
from workbook_tools.grids import cell_name
from workbook_tools.reading.edition import edition_with, is_number, marks_of, records_of
from workbook_tools.reading.headers import find_table
from workbook_tools.volumes import HEADERS, RECORDS_MARK, VOLUME_MARK, VOLUMES_MARK, Volume

if TYPE_CHECKING:
    from workbook_tools.grids import Book, Grid
    from workbook_tools.profile import Profile
    from workbook_tools.reading.headers import Table
    from workbook_tools.records import Edition

_AS_WRITTEN = "Возьмите книгу в том виде, в каком её записала программа"


def listed_volumes(book: Book, profile: Profile) -> tuple[Volume, ...]:
    """Return the volumes that a workbook lists on its sheet «Реестр»; none where it has no such list.

    Raises
    ------
    InputError
        The list is not whole or not in order, a cell of it cannot be read, it names what is no file of the same folder,
        or the hidden marks that say how many volumes were written are gone.
    """
    marks = marks_of(book, profile)
    name = profile.sheets["register"].name
    grid = next((grid for grid in book.grids if grid.name == name), None)
    table = find_table(grid, HEADERS, len(HEADERS)) if grid else None
    written = marks.get(VOLUMES_MARK, ""), marks.get(RECORDS_MARK, "")
    if table is None and not any(written):
        return ()
    # The list alone does not tell that a line of it is gone.
    if not all(written):
        hidden = profile.sheets["meta"].name
        raise InputError(
            f"на листе «{name}» – список томов, а на скрытом листе «{hidden}» не записано, сколько их было. "
            f"{_AS_WRITTEN}."
        )
    lines = _lines(grid, table) if grid and table else []
    found = tuple(_listed(line, name) for line in lines)
    volumes, rows = str(len(found)), str(sum(item.rows for item in found))
    if written != (volumes, rows):
        raise InputError(
            f"на листе «{name}» перечислено томов {volumes}, записей в них {rows}; записано было томов {written[0]}, "
            f"записей {written[1]}. {_AS_WRITTEN}."
        )
    if [line["number"] for line in lines] != [str(number) for number in range(1, len(lines) + 1)]:
        raise InputError(f"на листе «{name}» номера томов идут не подряд. {_AS_WRITTEN}.")
    return found


def _lines(grid: Grid, table: Table) -> list[dict[str, str]]:
    if grid.troubles:
        first = grid.troubles[0]
        at = cell_name(first.row, first.column)
        raise InputError(f"на листе «{grid.name}» в ячейке {at} вместо значения стоит {first.shown}. {_AS_WRITTEN}.")
    rows = range(table.header_row + 1, len(grid.rows))
    lines = ({key: grid.text(row, column) for key, column in table.columns.items()} for row in rows)
    return [line for line in lines if any(line.values())]


def _listed(line: dict[str, str], sheet: str) -> Volume:
    # A large number is read as it is seen: by groups of three digits.
    file, count = line["file"], "".join(line["rows"].split())
    if not file or set(file) & set("/\\:") or file in {".", ".."} or not is_number(count):
        raise InputError(f"на листе «{sheet}» вместо тома стоит «{file}». {_AS_WRITTEN}.")
    return Volume(file, line["content"], int(count), line["sha256"])


def edition_of_volumes(book: Book, listed: Sequence[Volume], volumes: Iterable[Book], profile: Profile) -> Edition:
    """Join an edition's own workbook and its volumes; they are taken one after another.

    Raises
    ------
    InputError
        A volume is not the one that was written in its place, has not as many records as the list says, or cannot be
        an edition (see `edition_of`).
    """
    frames = []
    for number, (item, volume) in enumerate(zip(listed, volumes, strict=True), 1):
        own = marks_of(volume, profile).get(VOLUME_MARK, "")
        if own != str(number):
            what = f"том {own}" if own else "не том"
            raise InputError(f"«{item.file}» стоит в списке томом {number}, а сам он {what}. {_AS_WRITTEN}.")
        frames.append(records_of(volume, profile))
        if len(frames[-1]) != item.rows:
            raise InputError(
                f"в томе «{item.file}» записей {len(frames[-1])}, в списке томов их {item.rows}. {_AS_WRITTEN}."
            )
    joined = records.typed(pd.concat(frames, ignore_index=True))
    edition = edition_with(book, joined, marks_of(book, profile))
    return replace(edition, volumes={item.file: item.sha256 for item in listed})
