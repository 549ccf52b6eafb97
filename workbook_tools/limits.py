"""The limits that a file from outside must keep, named in the messages that refuse it (contract.md)."""

from __future__ import annotations

MIB = 1024 * 1024
GIB = 1024 * MIB

FILE_BYTES = 64 * MIB
ARCHIVE_ENTRIES = 5_000
PART_BYTES = 256 * MIB
ARCHIVE_BYTES = 512 * MIB
PART_RATIO = 200
RATIO_FROM_BYTES = 100 * 1024
USED_BOX_CELLS = 20_000_000
READING_SECONDS = 30
READING_BYTES = 2 * GIB

HEADER_SEARCH_ROWS = 50
SHEET_ROWS = 1_048_576
CELL_CHARACTERS = 32_767
