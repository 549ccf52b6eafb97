"""The limits that a file from outside must keep, named in the messages that refuse it (contract.md)."""

from __future__ import annotations

import datetime

MIB = 1024 * 1024
GIB = 1024 * MIB

FILE_BYTES = 64 * MIB
PROFILE_BYTES = 4 * MIB
ARCHIVE_ENTRIES = 5_000
PART_BYTES = 256 * MIB
ARCHIVE_BYTES = 512 * MIB
PART_RATIO = 200
RATIO_FROM_BYTES = 100 * 1024
USED_BOX_CELLS = 20_000_000
READING_SECONDS = 30
READING_BYTES = 2 * GIB
# What a working folder keeps of the files read before; what was of use longest ago goes first.
CACHE_ENTRIES = 2_000
CACHE_BYTES = 256 * MIB

XML_DEPTH = 256
XML_ATTRIBUTES = 10_000
XML_TAG_BYTES = MIB

HEADER_SEARCH_ROWS = 50
SHEET_ROWS = 1_048_576
# As many as the next run reads back within the limits above, with room to spare for long texts.
VOLUME_RECORDS = 50_000
SHEET_COLUMNS = 16_384
CELL_CHARACTERS = 32_767
NUMBER_DIGITS = 15
LAST_DATE_SERIAL = 2_958_465
# Before it a workbook counts a day that never was, and from 1900 back it has no dates at all.
FIRST_DATE = datetime.date(1900, 3, 1)
