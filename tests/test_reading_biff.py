"""Errors in old workbooks are found at their cells, written as such or as results of formulas."""

from __future__ import annotations

import struct

from tests.sheets import record
from workbook_tools.grids import Trouble
from workbook_tools.reading.biff import error_cells

BOF, EOF = record(0x0809, b"\0\6\5\0"), record(0x000A, b"")


def listed(name: str, start: int, *, wide: bool) -> bytes:
    letters = name.encode("utf-16-le" if wide else "latin-1")
    return record(0x0085, struct.pack("<IHBB", start, 0, len(name), wide) + letters)


def test_errors_are_told_by_sheet_and_truth_numbers_and_texts_of_formulas_are_none() -> None:
    cells = [
        record(0x0205, struct.pack("<HHHBB", 1, 2, 0, 42, 1)),
        record(0x0205, struct.pack("<HHHBB", 1, 3, 0, 1, 0)),
        record(0x0006, struct.pack("<HHH", 4, 5, 0) + b"\2\0\7\0\0\0\xff\xff" + b"\0" * 8),
        record(0x0006, struct.pack("<HHHd", 4, 6, 0, 2.5) + b"\0" * 8),
        record(0x0006, struct.pack("<HHH", 4, 7, 0) + b"\0\0\0\0\0\0\xff\xff" + b"\0" * 8),
        record(0x0205, struct.pack("<HHHBB", 9, 0, 0, 99, 1)),
    ]
    first, second = BOF + b"".join(cells) + EOF, BOF + EOF
    length = len(BOF + listed("Лист", 0, wide=True) + listed("A", 0, wide=False) + EOF)
    main = BOF + listed("Лист", length, wide=True) + listed("A", length + len(first), wide=False) + EOF
    assert error_cells(main + first + second) == {
        "Лист": (
            Trouble(1, 2, "error_cell", "#N/A"),
            Trouble(4, 5, "error_cell", "#DIV/0!"),
            Trouble(9, 0, "error_cell", "#?"),
        ),
        "A": (),
    }
