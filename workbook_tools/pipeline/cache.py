"""What was read already: a unit's file whose content has not changed since is not read again.

An entry is found by all that its content depends on: the bytes of the file, its name (findings show it), the profile,
and the program itself. It is plain JSON under a checksum, every object of it looked at: a folder may come from a
colleague, a run may have been killed while it wrote. What does not hold is passed over, and the file is read.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import sys
import unicodedata
import zlib
from collections.abc import Iterable
from functools import cached_property, lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from workbook_tools import limits
from workbook_tools.errors import InputError
from workbook_tools.pipeline.submission_json import as_plain, of_plain
from workbook_tools.reading.files import read_content

if TYPE_CHECKING:
    from workbook_tools.profile import Profile
    from workbook_tools.reading.scanning import Candidate
    from workbook_tools.submissions import Submission

# The form of an entry; another number makes all that was written before no entry any more.
_FORM = b"perechen-cache 1\n"
_SUFFIX, _TEMPORARY = ".read", ".perechen-tmp"
# The libraries that have a word in what is read from a file.
LIBRARIES = ("olefile", "python-calamine", "rapidfuzz")
_DIGEST = hashlib.sha256().digest_size


class Cache:
    """The files that were read before, with one profile.

    Attributes
    ----------
    asked, found
        How many files were asked for, and how many of them need not be read.

    Parameters
    ----------
    folder
        Where entries lie; made when the first is written. None for no cache: nothing is found, nothing kept.
    """

    def __init__(self, folder: Path | None, profile: Profile) -> None:
        self._folder = folder if folder is not None and _may_serve(folder) else None
        self._profile = profile
        self.asked = self.found = 0

    def get(self, candidate: Candidate) -> Submission | None:
        """Return a file as it was read before; None where it has changed, was not read yet, or the entry is damaged."""
        self.asked += 1
        if self._folder is None or candidate.refused or not isinstance(candidate.path, Path):
            return None
        try:
            sha256 = hashlib.sha256(read_content(candidate.path)).hexdigest()
            entry = self._folder / self._name(candidate, sha256)
            submission = _unpacked(read_content(entry))
        except (InputError, OSError, ValueError, RecursionError):
            return None
        if (submission.file, submission.sha256) != (candidate.name, sha256) or not self._is_told(submission):
            return None
        # What was of use last is what is kept longest.
        with contextlib.suppress(OSError):
            os.utime(entry)
        self.found += 1
        return submission

    def put(self, candidate: Candidate, submission: Submission) -> None:
        """Keep a file as it was read; a cache that cannot be written is none: the run goes on.

        What could not be read is tried again each time: it may be the moment's fault.
        """
        if self._folder is None or submission.unreadable or not isinstance(candidate.path, Path):
            return
        with contextlib.suppress(OSError):
            content = _packed(submission)
            if len(content) <= limits.FILE_BYTES:
                self._write(self._name(candidate, submission.sha256), content)

    def tidy(self) -> None:
        """Drop the entries that were of use longest ago, and what a killed run left."""
        if self._folder is None:
            return
        room, places = limits.CACHE_BYTES, limits.CACHE_ENTRIES
        for path, size in _files(self._folder):
            is_entry = path.suffix == _SUFFIX
            room, places = room - size * is_entry, places - is_entry
            if not is_entry or room < 0 or places < 0:
                with contextlib.suppress(OSError):
                    path.unlink()

    def _is_told(self, submission: Submission) -> bool:
        """Tell whether the profile has words for every remark: with others than its own no report can be written."""
        from workbook_tools.findings import worded  # noqa: PLC0415 - it brings pandas, which no process that reads needs

        try:
            for remark in submission.remarks:
                worded(self._profile, remark.rule, remark.message, remark.words)
        except KeyError:
            return False
        return True

    def _write(self, name: str, content: bytes) -> None:
        """Put an entry in its place at once: nobody meets half of it."""
        if self._folder is None:
            return
        self._folder.mkdir(exist_ok=True)
        temporary = self._folder / f"{name}.{os.getpid()}{_TEMPORARY}"
        temporary.write_bytes(content)
        temporary.replace(self._folder / name)

    def _name(self, candidate: Candidate, sha256: str) -> str:
        suffix = candidate.path.suffix if isinstance(candidate.path, Path) else ""
        return f"{_digest([self._base, candidate.name, suffix, sha256])}{_SUFFIX}"

    @cached_property
    def _base(self) -> str:
        return _digest([_program(), json.dumps(self._profile.model_dump(), default=_plain)])


def _plain(value: object) -> object:
    """Return a value of a profile that JSON has no form for; what a set holds has no order of its own."""
    return sorted(value) if isinstance(value, frozenset) else str(value)


def _may_serve(folder: Path) -> bool:
    """Tell whether a folder is one, or can become one; a link may lead anywhere."""
    return not folder.is_symlink() and (folder.is_dir() or not folder.exists())


def _digest(parts: Iterable[str]) -> str:
    # A length before each part, so that no two lists of parts are written alike.
    joined = b"".join(f"{len(part)} {part}\n".encode(errors="surrogatepass") for part in parts)
    return hashlib.sha256(joined).hexdigest()


@lru_cache(maxsize=1)
def _program() -> str:
    return fingerprint(Path(__file__).parent.parent)


def fingerprint(root: Path) -> str:
    """Return what tells a program from any other version of it: a version number alone stays while code changes.

    Parameters
    ----------
    root
        The folder of its package.
    """
    texts = [hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(root.rglob("*.py"))]
    libraries = [f"{name} {version(name)}" for name in LIBRARIES]
    return _digest([version("perechen"), sys.version, unicodedata.unidata_version, *libraries, *texts])


def _packed(submission: Submission) -> bytes:
    text = json.dumps(as_plain(submission), separators=(",", ":"))
    content = zlib.compress(text.encode(), level=1)
    return _FORM + hashlib.sha256(content).digest() + content


def _unpacked(entry: bytes) -> Submission:
    """Return what an entry holds.

    Raises
    ------
    ValueError
        It is damaged, of another form, or larger than an entry can be.
    """
    start = len(_FORM) + _DIGEST
    content = entry[start:]
    if entry[:start] != _FORM + hashlib.sha256(content).digest():
        raise ValueError
    unpacking = zlib.decompressobj()
    try:
        text = unpacking.decompress(content, limits.PART_BYTES)
    except zlib.error as error:
        raise ValueError from error
    if not unpacking.eof:
        raise ValueError
    return of_plain(json.loads(text))


def _files(folder: Path) -> list[tuple[Path, int]]:
    """Return the entries of a cache and what was to become one, each with its size, those of use last first."""
    found: list[tuple[int, str, int]] = []
    with contextlib.suppress(OSError), os.scandir(folder) as items:
        ours = (item for item in items if item.name.endswith((_SUFFIX, _TEMPORARY)))
        states = ((item, item.stat(follow_symlinks=False)) for item in ours if item.is_file(follow_symlinks=False))
        found += [(-state.st_mtime_ns, item.name, state.st_size) for item, state in states]
    return [(folder / name, size) for _, name, size in sorted(found)]
