"""Files of the old kind (.xls and others): which streams they have, and what the workbook's first records say."""

from __future__ import annotations

import io
from collections.abc import Iterator

from olefile import OleFileIO
from olefile.olefile import OleFileError

SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# Workbooks of 1987–1992 are bare records: BOF of versions 2, 3 and 4.
OLDEST = (b"\x09\x00\x04\x00", b"\x09\x02\x06\x00", b"\x09\x04\x06\x00")
_BOF, _EOF, _PASSWORD = 0x0809, 0x000A, 0x002F
_EXCEL_97 = 0x0600


class OldFile:
    """What a file of the old kind holds.

    Attributes
    ----------
    streams
        The names of its streams, parts of a name joined by «/».
    workbook
        The stream of the workbook; empty where there is none.
    is_protected, is_excel_97
        Whether the workbook needs a password; whether it is of Excel 97 or later.

    Raises
    ------
    OleFileError, OSError, ValueError, LookupError
        The file is damaged.
    """

    def __init__(self, content: bytes) -> None:
        with OleFileIO(io.BytesIO(content)) as file:
            self.streams = frozenset("/".join(parts) for parts in file.listdir())
            name = next((name for name in ("Workbook", "Book") if name in self.streams), "")
            self.workbook: bytes = file.openstream(name).read() if name else b""
        first = list(self._first_records())
        self.is_protected = any(kind == _PASSWORD for kind, _ in first)
        self.is_excel_97 = bool(first) and first[0] == (_BOF, _EXCEL_97)

    def _first_records(self) -> Iterator[tuple[int, int]]:
        """Yield the kinds of the records on the workbook as a whole, each with its first number."""
        at = 0
        while at + 4 <= len(self.workbook):
            kind, length = (int.from_bytes(self.workbook[start : start + 2], "little") for start in (at, at + 2))
            yield kind, int.from_bytes(self.workbook[at + 4 : at + 6], "little")
            if kind == _EOF:
                return
            at += 4 + length


DAMAGED = (OleFileError, OSError, ValueError, LookupError, TypeError, AttributeError, OverflowError)
