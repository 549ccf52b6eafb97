"""Any earlier edition -> an edition: our own workbook, or Приложение 1 as a document or a workbook."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from workbook_tools import findings as found
from workbook_tools import records
from workbook_tools.annex import read_annex
from workbook_tools.audit import audit
from workbook_tools.errors import InputError
from workbook_tools.pipeline.foreign import ForeignFiles, foreign_files
from workbook_tools.pipeline.wanted import ANNEX, EDITION, check_place, fitted
from workbook_tools.reading.edition import edition_of, holds_register
from workbook_tools.records import Edition

if TYPE_CHECKING:
    import pandas as pd

    from workbook_tools.grids import Book
    from workbook_tools.profile import Profile


class LoadedEdition(NamedTuple):
    """An edition and the decisions taken in reading it (a findings frame)."""

    edition: Edition
    findings: pd.DataFrame


# Приложение 1 has six columns; the rest of a record is derived from the profile.
_NOT_IN_ANNEX = frozenset({"client", "unit", "key"})


def load_edition(path: Path, profile: Profile, files: ForeignFiles | None = None) -> LoadedEdition:
    """Read an edition from our own workbook, or from an annex in the six-column form.

    An annex has no codes: its records come back without them. `files` reads it; without, one of its own.

    Raises
    ------
    InputError
        The file does not exist, is damaged, or holds neither.
    """
    book = _book(path, files, EDITION)
    try:
        if holds_register(book, profile):
            return LoadedEdition(edition_of(book, profile), found.empty())
        frame, findings = read_annex(book, profile)
    except InputError as error:
        raise fitted(error, path, EDITION) from error
    return LoadedEdition(Edition(frame, file=book.file, sha256=book.sha256, absent=_NOT_IN_ANNEX), findings)


def load_base(path: Path | None, profile: Profile, files: ForeignFiles | None = None) -> Edition | None:
    """Read the edition that a run builds on, every record with a code; None where no path is given.

    An annex is the edition of the profile's act.
    """
    if path is None:
        return None
    edition = load_edition(path, profile, files).edition
    if not edition.state and (edition.records["code"] == "").all():
        edition = replace(edition, date=profile.act.date.isoformat())
    return records.with_codes(edition)


def load_annex(path: Path, profile: Profile, date: str, state: str) -> LoadedEdition:
    """Read an annex as the edition of a date, and give its records their codes."""
    book = _book(path, None, ANNEX)
    try:
        frame, findings = read_annex(book, profile)
    except InputError as error:
        raise fitted(error, path, ANNEX) from error
    edition = records.with_codes(Edition(frame, date, state, file=book.file, sha256=book.sha256))
    return LoadedEdition(edition, found.gather(findings, audit(edition.records, profile)))


def _book(path: Path, files: ForeignFiles | None, wanted: str) -> Book:
    check_place(path, wanted)
    try:
        if files is not None:
            return files.book(path)
        with foreign_files() as own:
            return own.book(path)
    except InputError as error:
        raise fitted(error, path, wanted) from error
