"""The archive of a case: all that an edition was made from, in one file with the checksum of each."""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Mapping
from functools import partial
from pathlib import Path

from workbook_tools.desk.archive import SUMS
from workbook_tools.errors import InternalError
from workbook_tools.placing.disk import unwritable
from workbook_tools.reports.certificate import File
from workbook_tools.sources import changed

_EPOCH = (1980, 1, 1, 0, 0, 0)
_AT_ONCE = 1024 * 1024


def write_casefile(path: Path, files: Mapping[str, tuple[Path, str]]) -> list[File]:
    """Write an archive with a list of checksums, in the order of names and with no time of its own.

    Parameters
    ----------
    files
        By the name in the archive where the file lies, and the SHA-256 that it must have, "" where any will do.

    Returns
    -------
    list of File
        What the archive holds beside the list.

    Raises
    ------
    OutputError
        A file has changed or is gone since it was read, or the archive cannot be written.
    InternalError
        What was written does not read back.
    """
    try:
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            held = [_kept(archive, name, *files[name]) for name in sorted(files)]
            # In the form that the usual programs check by themselves.
            lines = "".join(f"{item.sha256}  {item.name}\n" for item in held)
            archive.writestr(_entry(SUMS), lines.encode())
    except OSError as error:
        raise unwritable(path, error) from error
    _check(path, held)
    return held


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _EPOCH)
    entry.compress_type = zipfile.ZIP_DEFLATED
    # Whoever unpacks it on another system may read it.
    entry.external_attr = 0o644 << 16
    entry.create_system = 3
    return entry


def _kept(archive: zipfile.ZipFile, name: str, place: Path, wanted: str) -> File:
    """Put a file into the archive; it must be what it was when it was read."""
    sha256 = _copy(archive, name, place)
    if wanted and sha256 != wanted:
        raise changed(str(place))
    return File(name, sha256)


def _copy(archive: zipfile.ZipFile, name: str, place: Path) -> str:
    digest = hashlib.sha256()
    try:
        source = place.open("rb")
    except OSError as error:
        raise changed(str(place)) from error
    with source, archive.open(_entry(name), "w", force_zip64=True) as target:
        while piece := source.read(_AT_ONCE):
            digest.update(piece)
            target.write(piece)
    return digest.hexdigest()


def _check(path: Path, held: list[File]) -> None:
    """Read the archive again: what is kept for years is looked at before it is relied on."""
    with zipfile.ZipFile(path) as archive:
        for item in held:
            if _checksum(archive, item.name) != item.sha256:
                raise InternalError(f"архив дела: «{item.name}» записан не так, как прочитан.")


def _checksum(archive: zipfile.ZipFile, name: str) -> str:
    digest = hashlib.sha256()
    with archive.open(name) as stream:
        for piece in iter(partial(stream.read, _AT_ONCE), b""):
            digest.update(piece)
    return digest.hexdigest()
