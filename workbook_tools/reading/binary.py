"""A binary workbook (.xlsb) -> what the fast reader does not tell: errors, formats, cells that it left out (B2, B4).

A part is a row of records: a kind and a length, seven bits a byte, and the content.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from workbook_tools import limits
from workbook_tools.errors import SAVE_AGAIN, InputError
from workbook_tools.grids import Trouble
from workbook_tools.reading.biff import ERRORS
from workbook_tools.reading.codes import odd_codes
from workbook_tools.reading.found import Found
from workbook_tools.reading.parts import SheetPart, check_sheets, part_of_kind, relations

if TYPE_CHECKING:
    from workbook_tools.grids import Grid
    from workbook_tools.reading.archive import Archive

_ROW, _DATA, _END_OF_DATA = 0, 145, 146
_SHEET, _STRING = 156, 19
_FORMAT, _CELL_FORMATS, _END_OF_CELL_FORMATS, _CELL_FORMAT = 44, 617, 618, 47
# A short cell tells no column: it stands beside the one before.
_SHORT = range(12, 19)
_CELLS = {*range(1, 12), *_SHORT, 62}
_ERROR, _NUMBER, _SHARED = {3, 11, 14}, {2, 5, 9, 13, 16}, {7, 18}
# Where in its content a text says how long it is, by the kind of its cell.
_TEXT = {6: 8, 8: 8, 17: 4, 62: 9}
_BLANK = {1, 12}
_LONGEST_NAME, _SEVEN_BITS = 255, 0x7F


@dataclass
class _Sheet:
    """What a sheet's records say: the places of its values (row × columns of a sheet + column), errors, formats."""

    valued: array[int] = field(default_factory=lambda: array("q"))
    troubles: list[Trouble] = field(default_factory=list)
    codes: dict[tuple[int, int], str] = field(default_factory=dict)


class BinaryBook:
    """The sheets of a binary workbook, looked through record by record.

    Attributes
    ----------
    found
        What the fast reader does not tell, by sheet.

    Raises
    ------
    InputError
        A part is missing or its records break off.
    """

    def __init__(self, archive: Archive) -> None:
        try:
            self._sheets = dict(_sheets(archive))
        except IndexError as error:
            raise InputError(f"файл повреждён: запись в нём обрывается. {SAVE_AGAIN}") from error
        self.found = {name: Found(tuple(item.troubles), item.codes) for name, item in self._sheets.items()}

    def with_lost_cells(self, grid: Grid) -> Grid:
        """Return a sheet as the fast reader read it, with the cells told that it left out.

        Raises
        ------
        InputError
            The reader returned cells that are not in the file.
        """
        valued = self._sheets[grid.name].valued if grid.name in self._sheets else array("q")
        returned = sum(len(row) - row.count("") for row in grid.rows)
        if returned == len(valued):
            return grid
        places = [(*divmod(place, limits.SHEET_COLUMNS), count) for place, count in sorted(Counter(valued).items())]
        lost = [(row, column) for row, column, _ in places if not grid.text(row, column)]
        twice = [(row, column) for row, column, count in places if count > 1]
        if returned != len(places) - len(lost):
            raise InputError(
                f"файл повреждён: на листе «{grid.name}» записаны не те ячейки, что читаются. {SAVE_AGAIN}"
            )
        told = dict.fromkeys(lost, "no_value") | dict.fromkeys(twice, "twice_cell")
        return replace(grid, troubles=(*grid.troubles, *(Trouble(*place, kind, "…") for place, kind in told.items())))


def _sheets(archive: Archive) -> Iterator[tuple[str, _Sheet]]:
    main = next((link.part for link in relations(archive, "").values() if link.kind == "officeDocument"), "")
    links = relations(archive, main)
    styles, strings = (_read(archive, part_of_kind(links, kind)) for kind in ("styles", "sharedStrings"))
    odd, is_filled = _odd(styles), bytes(_are_filled(strings))
    listed = [_listed(content) for kind, content in _records(_read(archive, main)) if kind == _SHEET]
    named = [SheetPart(name, hidden=False, part=links[link].part if link in links else "") for name, link in listed]
    check_sheets(named)
    for sheet in named:
        yield sheet.name, _looked_through(_read(archive, sheet.part), odd, is_filled)


def _read(archive: Archive, part: str) -> bytes:
    return archive.read(part) if part else b""


def _records(part: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield the records of a part; an IndexError where they break off."""
    at, end = 0, len(part)
    while at < end:
        kind = part[at]
        at += 1
        if kind > _SEVEN_BITS:
            kind = kind & _SEVEN_BITS | (part[at] & _SEVEN_BITS) << 7
            at += 1
        length = shift = 0
        for _ in range(4):
            given = part[at]
            at += 1
            length |= (given & _SEVEN_BITS) << shift
            shift += 7
            if given <= _SEVEN_BITS:
                break
        if at + length > end:
            raise IndexError(at)
        yield kind, part[at : at + length]
        at += length


def _listed(content: bytes) -> tuple[str, str]:
    """Return a sheet's name and its relationship, from the workbook's list."""
    link = _text(content, 8)
    return _text(content, 12 + 2 * len(link)), link


def _text(content: bytes, at: int) -> str:
    length = _number(content, at)
    if length > _LONGEST_NAME or at + 4 + 2 * length > len(content):
        raise IndexError(at)
    return content[at + 4 : at + 4 + 2 * length].decode("utf-16-le", errors="replace")


def _number(content: bytes, at: int, length: int = 4) -> int:
    if at + length > len(content):
        raise IndexError(at)
    return int.from_bytes(content[at : at + length], "little")


def _odd(styles: bytes) -> dict[int, str]:
    """Return the codes of the formats by which a cell may show its number otherwise, by the number a cell names."""
    own, numbers, is_inside = {}, [], False
    for kind, content in _records(styles):
        if kind == _FORMAT:
            own[str(_number(content, 0, 2))] = _text(content, 2)
        elif kind in {_CELL_FORMATS, _END_OF_CELL_FORMATS}:
            is_inside = kind == _CELL_FORMATS
        elif kind == _CELL_FORMAT and is_inside:
            numbers.append(str(_number(content, 2, 2)))
    return odd_codes(numbers, own)


def _are_filled(strings: bytes) -> Iterator[bool]:
    """Yield for each shared string whether it holds anything."""
    return (_number(content, 1) > 0 for kind, content in _records(strings) if kind == _STRING)


def _looked_through(part: bytes, odd: Mapping[int, str], is_filled: bytes) -> _Sheet:
    sheet, row, column, is_inside = _Sheet(), -1, -1, False
    for kind, content in _records(part):
        if kind in {_DATA, _END_OF_DATA}:
            is_inside = kind == _DATA
        elif not is_inside:
            continue
        elif kind == _ROW:
            row, column = _number(content, 0), -1
        elif kind in _CELLS:
            column = column + 1 if kind in _SHORT else _number(content, 0)
            _take(sheet, (row, column), kind, content, odd, is_filled)
    if is_inside:
        raise IndexError(len(part))
    return sheet


def _take(
    sheet: _Sheet, place: tuple[int, int], kind: int, content: bytes, odd: Mapping[int, str], is_filled: bytes
) -> None:
    if not (0 <= place[0] < limits.SHEET_ROWS and place[1] < limits.SHEET_COLUMNS):
        raise IndexError(place)
    at = 0 if kind in _SHORT else 4
    if kind in _ERROR:
        sheet.troubles.append(Trouble(*place, "error_cell", ERRORS.get(_number(content, at + 4, 1), "#?")))
    elif kind not in _BLANK and _holds_any(kind, content, at + 4, is_filled):
        sheet.valued.append(place[0] * limits.SHEET_COLUMNS + place[1])
        if odd and kind in _NUMBER and (code := odd.get(_number(content, at, 3))):
            sheet.codes[place] = code


def _holds_any(kind: int, content: bytes, at: int, is_filled: bytes) -> bool:
    if kind in _SHARED:
        index = _number(content, at)
        return index >= len(is_filled) or bool(is_filled[index])
    return kind not in _TEXT or _number(content, _TEXT[kind]) > 0
