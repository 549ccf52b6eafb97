"""The whole corpus, in the order of its files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.hostile import archives, cells, files, old, opened, sheets, shown, texts, unusual

if TYPE_CHECKING:
    from tests.hostile.case import Case

CASES: tuple[Case, ...] = (
    *files.CASES,
    *archives.CASES,
    *old.CASES,
    *opened.CASES,
    *sheets.CASES,
    *cells.CASES,
    *unusual.CASES,
    *texts.CASES,
    *shown.CASES,
)
