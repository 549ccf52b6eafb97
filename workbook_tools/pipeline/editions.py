"""Any earlier edition -> an edition: our own workbook, or Приложение 1 as a document or a workbook."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from workbook_tools import findings as found
from workbook_tools import records
from workbook_tools.annex import read_annex
from workbook_tools.audit import audit
from workbook_tools.errors import InputError
from workbook_tools.owners import with_owners
from workbook_tools.pipeline.ahead import edition_sheets
from workbook_tools.pipeline.foreign import ForeignFiles, foreign_files
from workbook_tools.pipeline.wanted import ANNEX, EDITION, check_place, fitted
from workbook_tools.reading.edition import edition_of, holds_register, waiting_places
from workbook_tools.reading.volumes import edition_of_volumes, listed_volumes
from workbook_tools.records import Edition
from workbook_tools.rules.output import strange_kinds

if TYPE_CHECKING:
    import pandas as pd

    from workbook_tools.grids import Book
    from workbook_tools.profile import Profile
    from workbook_tools.remarks import Place
    from workbook_tools.volumes import Volume


class LoadedEdition(NamedTuple):
    """An edition and what is to be said of it as it was read.

    Attributes
    ----------
    findings
        A findings frame.
    waiting
        Where each record that is kept apart stands in a workbook of our own, in their order; empty for an annex.
    """

    edition: Edition
    findings: pd.DataFrame
    waiting: Sequence[Place] = ()


class _Read(NamedTuple):
    """An edition; the decisions taken in reading an annex, None for a workbook of our own; where its waiting stand."""

    edition: Edition
    decided: pd.DataFrame | None = None
    waiting: Sequence[Place] = ()


# Приложение 1 has six columns; the rest of a record is derived from the profile.
_NOT_IN_ANNEX = frozenset({"client", "unit", "key"})


def load_edition(path: Path, profile: Profile, files: ForeignFiles | None = None) -> LoadedEdition:
    """Read an edition from our own workbook, or from an annex in the six-column form.

    An annex has no codes: its records come back without them, and the decisions taken in reading it with them. The
    volumes of an edition that has any are read from its folder. `files` reads it; without, one of its own.

    Raises
    ------
    InputError
        The file does not exist, is damaged, or holds neither; a volume is missing or was changed.
    """
    edition, decided, waiting = _loaded(path, profile, files)
    return LoadedEdition(edition, found.empty() if decided is None else decided, waiting)


def load_compared(path: Path, profile: Profile, files: ForeignFiles | None = None) -> LoadedEdition:
    """Read an edition as load_edition does, with kinds that are none told of our own as they are of an annex (П-05)."""
    edition, decided, waiting = _loaded(path, profile, files)
    return LoadedEdition(edition, _of_kinds(edition, profile) if decided is None else decided, waiting)


def _loaded(path: Path, profile: Profile, files: ForeignFiles | None) -> _Read:
    book = _book(path, files, EDITION, *edition_sheets(profile))
    try:
        if volumes := listed_volumes(book, profile):
            waiting: list[Place] = []
            beside = _noting(waiting, _volumes(path, volumes, files, profile), profile)
            return _Read(edition_of_volumes(book, volumes, beside, profile), waiting=waiting)
        is_part = any(grid.name in edition_sheets(profile) for grid in book.grids)
        if is_part and not holds_register(book, profile):
            # A sheet of that name is no register yet: another may hold it, or an annex.
            book = _book(path, files, EDITION)
        if holds_register(book, profile):
            return _Read(edition_of(book, profile), waiting=waiting_places(book, profile))
        frame, findings = read_annex(book, profile)
    except InputError as error:
        raise fitted(error, path, EDITION) from error
    return _Read(Edition(frame, file=book.file, sha256=book.sha256, absent=_NOT_IN_ANNEX), findings)


def _of_kinds(edition: Edition, profile: Profile) -> pd.DataFrame:
    """Return П-05 on the records of an edition as warnings: no finding removes a record from an edition."""
    return found.eased(found.of_remarks(strange_kinds(edition.records, edition.file, profile), profile))


def files_of(path: Path | None, edition: Edition | None) -> dict[Path, str]:
    """Return the files that an edition was read from, each with its SHA-256; none where there is no edition."""
    if path is None or edition is None:
        return {}
    return {path: edition.sha256} | {path.parent / name: sha256 for name, sha256 in edition.volumes.items()}


def load_base(path: Path | None, profile: Profile, files: ForeignFiles | None = None) -> Edition | None:
    """Read the edition that a run builds on, every record with a code and a unit; None where no path is given.

    An annex is the edition of the profile's act.
    """
    if path is None:
        return None
    edition = load_edition(path, profile, files).edition
    if not edition.state and (edition.records["code"] == "").all():
        edition = replace(edition, date=profile.act.date.isoformat())
    return with_owners(records.with_codes(edition), profile)


def load_annex(path: Path, profile: Profile, date: str, state: str) -> LoadedEdition:
    """Read an annex as the edition of a date, and give its records their codes."""
    book = _book(path, None, ANNEX)
    try:
        frame, findings = read_annex(book, profile)
    except InputError as error:
        raise fitted(error, path, ANNEX) from error
    edition = records.with_codes(Edition(frame, date, state, file=book.file, sha256=book.sha256))
    return LoadedEdition(edition, found.gather(findings, audit(edition.records, profile)))


def _volumes(edition: Path, volumes: Sequence[Volume], files: ForeignFiles | None, profile: Profile) -> Iterator[Book]:
    """Yield the volumes of an edition; while one is looked at, the next is read."""
    for item, following in zip_longest(volumes, volumes[1:]):
        if files is not None and following and (edition.parent / following.file).is_file():
            files.expect_book(edition.parent / following.file, *edition_sheets(profile))
        yield _volume(edition, item, files, profile)


def _noting(waiting: list[Place], volumes: Iterable[Book], profile: Profile) -> Iterator[Book]:
    """Yield the volumes, and note where in them the records stand that are kept apart."""
    for volume in volumes:
        waiting += waiting_places(volume, profile)
        yield volume


def _volume(edition: Path, item: Volume, files: ForeignFiles | None, profile: Profile) -> Book:
    """Read a volume that lies beside its edition, and make sure that it is the one that was written with it."""
    path = edition.parent / item.file
    if not path.is_file():
        raise InputError(
            f"рядом нет тома «{item.file}», без него редакция неполна. Положите все тома в одну папку с этой книгой "
            "под прежними именами."
        )
    book = _book(path, files, EDITION, *edition_sheets(profile))
    if book.sha256 != item.sha256:
        raise InputError(
            f"том «{item.file}» изменён после записи: его контрольная сумма не та, что на листе редакции. Положите "
            "рядом том в том виде, в каком его записала программа."
        )
    return book


def _book(path: Path, files: ForeignFiles | None, wanted: str, *sheets: str) -> Book:
    check_place(path, wanted)
    try:
        if files is not None:
            return files.book(path, *sheets)
        with foreign_files() as own:
            return own.book(path, *sheets)
    except InputError as error:
        raise fitted(error, path, wanted) from error
