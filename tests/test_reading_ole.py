"""The streams and first records of a file of the old kind."""

from __future__ import annotations

import pytest

from tests.sheets import old_file, record
from workbook_tools.reading.ole import DAMAGED, OldFile

BOF, EOF, PASSWORD = 0x0809, 0x000A, 0x002F


def test_a_workbook_of_excel_97_without_a_password() -> None:
    file = OldFile(old_file({"Workbook": record(BOF, b"\0\6\5\0") + record(EOF, b"") + record(PASSWORD, b"")}))
    assert (file.streams, file.is_excel_97, file.is_protected) == (frozenset({"Workbook"}), True, False)


def test_a_password_and_an_older_version_are_seen() -> None:
    file = OldFile(old_file({"Book": record(BOF, b"\0\5\5\0") + record(PASSWORD, b"\0\0") + record(EOF, b"")}))
    assert (file.is_excel_97, file.is_protected) == (False, True)


def test_records_that_end_too_early_are_no_trouble() -> None:
    assert OldFile(old_file({"Workbook": record(BOF, b"\0\6")[:5]})).is_excel_97 is False


def test_a_damaged_file_raises_one_of_the_errors_named() -> None:
    with pytest.raises(DAMAGED):
        OldFile(old_file({"Workbook": b""})[:600])
