"""An old workbook (.xls) -> its cells with errors, which the fast reader shows as blank (robustness.md B4)."""

from __future__ import annotations

from collections.abc import Iterator

from workbook_tools.grids import Trouble

_EOF, _SHEET, _FORMULA, _TRUTH_OR_ERROR = 0x000A, 0x0085, 0x0006, 0x0205
_ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}
_NO_NUMBER, _IS_ERROR = b"\xff\xff", 2


def error_cells(workbook: bytes) -> dict[str, tuple[Trouble, ...]]:
    """Return the cells with errors by sheet.

    Parameters
    ----------
    workbook
        The stream of the workbook: records of a kind and a length of two bytes each.
    """
    sheets = (content for kind, content in _records(workbook, 0) if kind == _SHEET)
    return {_name(content): tuple(_errors(workbook, _number(content, 0, 4))) for content in sheets}


def _records(workbook: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    """Yield the records from a place to the end of their part."""
    while at + 4 <= len(workbook):
        kind, length = _number(workbook, at), _number(workbook, at + 2)
        if kind == _EOF:
            return
        yield kind, workbook[at + 4 : at + 4 + length]
        at += 4 + length


def _name(content: bytes) -> str:
    """Return a sheet's name: its length, whether two bytes make a letter, the letters."""
    length, is_wide = content[6], content[7] & 1
    return content[8 : 8 + length * (1 + is_wide)].decode("utf-16-le" if is_wide else "latin-1")


def _errors(workbook: bytes, start: int) -> Iterator[Trouble]:
    for kind, content in _records(workbook, start):
        code = _error(kind, content)
        if code is not None:
            yield Trouble(_number(content, 0), _number(content, 2), "error_cell", _ERRORS.get(code, "#?"))


def _error(kind: int, content: bytes) -> int | None:
    """Return the code of a cell's error: written as such, or the result of a formula."""
    if kind == _TRUTH_OR_ERROR and content[7:8] == b"\1":
        return content[6]
    if kind == _FORMULA and content[12:14] == _NO_NUMBER and content[6] == _IS_ERROR:
        return content[8]
    return None


def _number(content: bytes, at: int, length: int = 2) -> int:
    return int.from_bytes(content[at : at + length], "little")
