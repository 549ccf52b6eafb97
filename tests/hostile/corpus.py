"""The whole corpus, in the order of its files."""

from __future__ import annotations

from tests.hostile import archives, files, old, sheets, texts, unusual
from tests.hostile.case import Case

CASES: tuple[Case, ...] = (
    *files.CASES,
    *archives.CASES,
    *old.CASES,
    *sheets.CASES,
    *unusual.CASES,
    *texts.CASES,
)
