"""The profile that a run is given: a .toml, the workbook made of one, or the name of a shipped one."""

from __future__ import annotations

from pathlib import Path

from workbook_tools.errors import InputError, ProfileError
from workbook_tools.pipeline.foreign import foreign_files
from workbook_tools.profile import LoadedProfile, load_profile
from workbook_tools.profile_book import profile_of_book, write_profile

_BOOKS = {".xlsx", ".xlsm", ".xlsb", ".xls", ".ods"}
_BEGINNINGS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
_FOR_A_SENDER = "и пришлите ещё раз"


def any_profile(path: Path | str | None = None) -> LoadedProfile:
    """Read a profile, whichever form it has; without a path, the first shipped one.

    A workbook is read as every file from outside is: in a child process, within the limits.

    Raises
    ------
    ProfileError
        It cannot be read or is wrong; one line for each fault, of a workbook with its sheet and cell.
    """
    if path is None or not _is_book(Path(path)):
        return load_profile(path)
    place = Path(path)
    try:
        with foreign_files() as files:
            book = files.book(place)
    except InputError as error:
        raise ProfileError(place.name, [str(error).replace(_FOR_A_SENDER, "и повторите")]) from error
    return LoadedProfile(profile_of_book(book), book.sha256)


def write_profile_book(path: Path, loaded: LoadedProfile) -> None:
    """Write a profile as a workbook; `any_profile` reads it back as the same profile.

    Raises
    ------
    OutputError
        The file cannot be written.
    """
    write_profile(path, loaded.profile)


def _is_book(place: Path) -> bool:
    """Tell whether a file is a workbook, by its name or by how it begins."""
    if not place.is_file():
        return False
    if place.suffix.casefold() in _BOOKS:
        return True
    try:
        with place.open("rb") as stream:
            return stream.read(4) in _BEGINNINGS
    except OSError:
        return False
