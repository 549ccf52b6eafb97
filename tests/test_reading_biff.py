"""Errors in old workbooks are found at their cells, written as such or as results of formulas."""

from __future__ import annotations

import struct

from tests.sheets import record
from workbook_tools.grids import Trouble
from workbook_tools.reading.biff import look_through

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
    found = look_through(main + first + second)
    assert {name: item.troubles for name, item in found.items()} == {
        "Лист": (
            Trouble(1, 2, "error_cell", "#N/A"),
            Trouble(4, 5, "error_cell", "#DIV/0!"),
            Trouble(9, 0, "error_cell", "#?"),
        ),
        "A": (),
    }


def test_numbers_of_odd_formats_are_found_however_they_are_recorded() -> None:
    code = "000-00 шт"
    own = record(0x041E, struct.pack("<HHB", 164, len(code), 1) + code.encode("utf-16-le"))
    short = record(0x041E, struct.pack("<HHB", 165, 2, 0) + b"0%")
    formats = b"".join(record(0x00E0, struct.pack("<HH", 0, number) + b"\0" * 16) for number in (0, 164, 165, 9, 14))
    cells = [
        record(0x0203, struct.pack("<HHHd", 0, 0, 1, 5.0)),
        record(0x027E, struct.pack("<HHHI", 0, 1, 2, 22)),
        record(0x00BD, struct.pack("<HHHIHIHIH", 1, 4, 3, 22, 0, 22, 2, 22, 6)),
        record(0x0006, struct.pack("<HHHd", 2, 0, 3, 2.5) + b"\0" * 8),
        record(0x0203, struct.pack("<HHHd", 3, 0, 4, 46115.0)),
        record(0x0204, struct.pack("<HHHH", 4, 0, 1, 0)),
    ]
    head = BOF + own + short + formats
    start = len(head + listed("A", 0, wide=False) + EOF)
    found = look_through(head + listed("A", start, wide=False) + EOF + BOF + b"".join(cells) + EOF)
    assert found["A"].codes == {(0, 0): code, (0, 1): "0%", (1, 4): "0%", (1, 6): "0%", (2, 0): "0%"}
