"""Which files a run looks at: folders are searched through, what is left out is listed."""

from __future__ import annotations

import os
from collections import Counter
from fnmatch import fnmatch
from pathlib import Path, PurePath, PurePosixPath
from typing import TYPE_CHECKING, NamedTuple

from workbook_tools.errors import InputError
from workbook_tools.reading.files import real_path
from workbook_tools.sources import LEFT_OVER, Address, Source, listed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    Listing = Callable[[Address], Iterable[Address]]

_LEFT_OVER = (
    "~$*",
    ".~lock.*#",
    "._*",
    ".*",
    "~wrl*.tmp",
    "*.tmp",
    "*.part",
    "*.crdownload",
    "thumbs.db",
    "desktop.ini",
)
_WORKBOOKS = {".xlsx", ".xlsm", ".xlsb", ".xls", ".ods", ".csv"}


class Candidate(NamedTuple):
    """A file that was found.

    Attributes
    ----------
    path, name
        Where it lies, and under which name findings show it.
    ignored
        Why it is left out; "" if it is not.
    refused
        Why it must not be opened though it was sent; "" if it may.
    """

    path: Source
    name: str
    ignored: str = ""
    refused: str = ""

    @property
    def place(self) -> Path:
        """The path of a file on this machine."""
        return self.path if isinstance(self.path, Path) else Path()


def scan(paths: Sequence[Path | Address], leave_out: Path | None = None, listing: Listing = listed) -> list[Candidate]:
    """Return every file under the given files and folders, sorted by name.

    Parameters
    ----------
    leave_out
        A folder of outputs that is not looked into, even where it lies under an input folder.
    listing
        Lists the files under an address.

    Raises
    ------
    InputError
        A path does not exist, an address cannot be listed, or there is no workbook at all.
    """
    local = [path for path in paths if isinstance(path, Path)]
    here = [candidate for path in local for candidate in _under(path, leave_out)]
    there = _at_addresses([path for path in paths if isinstance(path, Address)], listing)
    found = [*_links_aside(_told_apart(here)), *there]
    if not any(not candidate.ignored for candidate in found):
        places = ", ".join(str(path) for path in paths)
        raise InputError(f"{places}: нет ни одного файла подразделения. Положите сюда заполненные шаблоны (.xlsx).")
    return sorted(found, key=lambda candidate: candidate.name)


def _at_addresses(addresses: Iterable[Address], listing: Listing) -> Iterator[Candidate]:
    """Yield every file under the addresses once; files whose names differ only in what is secret are numbered."""
    files = {(str(file), file.path): file for address in addresses for file in listing(address)}
    names: Counter[str] = Counter()
    for file in files.values():
        names[str(file)] += 1
        number = names[str(file)]
        ignored = _why_ignored(PurePosixPath(file.inner)) if file.inner else ""
        yield Candidate(file, f"{file} ({number})" if number > 1 else str(file), ignored)


def _under(path: Path, leave_out: Path | None) -> Iterable[Candidate]:
    if not path.is_dir():
        if not os.path.lexists(path):
            raise InputError(f"{path}: такого файла или папки нет. Проверьте путь.")
        return [Candidate(path, path.name)]
    files = sorted(item for item in path.rglob("*") if _is_no_folder(item) and not _lies_in(item, leave_out))
    return [_candidate(item, path) for item in files]


def _is_no_folder(item: Path) -> bool:
    """Tell files, links, folders named like a workbook; a link to a folder is told, not followed."""
    return item.is_symlink() or not item.is_dir() or item.suffix.casefold() in _WORKBOOKS


def _candidate(item: Path, folder: Path) -> Candidate:
    ignored = _why_ignored(item)
    refused = _leads_outside(item, folder) if item.is_symlink() and not ignored else ""
    if item.is_dir() and not item.is_symlink():
        refused = "это папка под именем книги. Положите сюда сам файл"
    return Candidate(item, item.relative_to(folder).as_posix(), ignored, refused)


def _leads_outside(link: Path, folder: Path) -> str:
    try:
        place = real_path(link)
    except InputError as error:
        return str(error)
    if folder.resolve() not in place.parents:
        return "это ссылка на файл вне папки. Положите в папку сам файл"
    return ""


def _lies_in(path: Path, folder: Path | None) -> bool:
    # The link itself lies where it lies, wherever it leads; a link in a circle leads nowhere.
    return folder is not None and folder.resolve() in (path.parent.resolve() / path.name).parents


def _why_ignored(path: PurePath) -> str:
    if any(fnmatch(path.name.casefold(), pattern) for pattern in _LEFT_OVER):
        return LEFT_OVER
    if path.suffix.casefold() not in _WORKBOOKS:
        return "не книга"
    return ""


def _told_apart(found: list[Candidate]) -> list[Candidate]:
    """Give files of one name in different folders names that differ; drop a file named twice."""
    by_path = {candidate.place.parent.resolve() / candidate.place.name: candidate for candidate in found}
    names = Counter(candidate.name for candidate in by_path.values())
    return [
        candidate._replace(name=_own_end(path, by_path)) if names[candidate.name] > 1 else candidate
        for path, candidate in by_path.items()
    ]


def _links_aside(found: Iterable[Candidate]) -> Iterator[Candidate]:
    """Yield the candidates, links to a file that is among them anyway set aside by name."""
    files = list(found)
    own = {item.place.resolve(): item.name for item in files if not (item.ignored or item.place.is_symlink())}
    for item in files:
        is_link = item.place.is_symlink() and item.place.exists()
        twin = own.get(real_path(item.place)) if is_link and not (item.ignored or item.refused) else None
        yield item._replace(ignored=f"ссылка на файл «{twin}», который уже прочитан") if twin else item


def _own_end(path: Path, paths: Iterable[Path]) -> str:
    """Return the shortest end of a path that no other path has."""
    others = [other.parts for other in paths if other != path]
    lengths = range(2, len(path.parts))
    length = next((n for n in lengths if all(other[-n:] != path.parts[-n:] for other in others)), len(path.parts))
    return "/".join(path.parts[-length:])
