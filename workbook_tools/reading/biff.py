"""An old workbook (.xls) -> what the fast reader does not tell: errors, which are blank to it, and formats (B4)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from workbook_tools.grids import Trouble
from workbook_tools.reading.codes import odd_codes
from workbook_tools.reading.found import Found

_EOF, _SHEET, _FORMULA, _TRUTH_OR_ERROR = 0x000A, 0x0085, 0x0006, 0x0205
_FORMAT, _CELL_FORMAT, _NUMBER, _SHORT, _SHORTS = 0x041E, 0x00E0, 0x0203, 0x027E, 0x00BD
ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}
_NO_NUMBER, _IS_ERROR = b"\xff\xff", 2
_BYTES_OF_A_SHORT = 6


def look_through(workbook: bytes) -> dict[str, Found]:
    """Return by sheet the cells with errors, and the numbers in formats that may show them otherwise.

    Parameters
    ----------
    workbook
        The stream of the workbook: records of a kind and a length of two bytes each.
    """
    main = list(_records(workbook, 0))
    own = {str(_number(content, 0)): _text(content, 2, 2) for kind, content in main if kind == _FORMAT}
    odd = odd_codes((str(_number(content, 2)) for kind, content in main if kind == _CELL_FORMAT), own)
    sheets = (content for kind, content in main if kind == _SHEET)
    return {_text(content, 6, 1): _found(workbook, _number(content, 0, 4), odd) for content in sheets}


def _records(workbook: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    """Yield the records from a place to the end of their part."""
    while at + 4 <= len(workbook):
        kind, length = _number(workbook, at), _number(workbook, at + 2)
        if kind == _EOF:
            return
        yield kind, workbook[at + 4 : at + 4 + length]
        at += 4 + length


def _text(content: bytes, at: int, width: int) -> str:
    """Return a text: its length, whether two bytes make a letter, the letters."""
    length, is_wide = _number(content, at, width), content[at + width] & 1
    letters = content[at + width + 1 :][: length * (1 + is_wide)]
    return letters.decode("utf-16-le" if is_wide else "latin-1", errors="replace")


def _found(workbook: bytes, start: int, odd: Mapping[int, str]) -> Found:
    troubles: list[Trouble] = []
    codes: dict[tuple[int, int], str] = {}
    for kind, content in _records(workbook, start):
        code = _error(kind, content)
        if code is not None:
            troubles.append(Trouble(_number(content, 0), _number(content, 2), "error_cell", ERRORS.get(code, "#?")))
        elif odd:
            codes |= {place: odd[number] for place, number in _numbers(kind, content) if number in odd}
    return Found(tuple(troubles), codes)


def _numbers(kind: int, content: bytes) -> Iterator[tuple[tuple[int, int], int]]:
    """Yield the places of the numbers in a record, each with the number of its format."""
    row, column = _number(content, 0), _number(content, 2)
    if kind in {_NUMBER, _SHORT, _FORMULA}:
        yield (row, column), _number(content, 4)
    elif kind == _SHORTS:
        for at in range(4, len(content) - _BYTES_OF_A_SHORT + 1, _BYTES_OF_A_SHORT):
            yield (row, column + (at - 4) // _BYTES_OF_A_SHORT), _number(content, at)


def _error(kind: int, content: bytes) -> int | None:
    """Return the code of a cell's error: written as such, or the result of a formula."""
    if kind == _TRUTH_OR_ERROR and content[7:8] == b"\1":
        return content[6]
    if kind == _FORMULA and content[12:14] == _NO_NUMBER and content[6] == _IS_ERROR:
        return content[8]
    return None


def _number(content: bytes, at: int, length: int = 2) -> int:
    return int.from_bytes(content[at : at + length], "little")
