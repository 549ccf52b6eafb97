"""Which files a run looks at: folders are searched through, what is left out is listed."""

from __future__ import annotations

from collections import Counter
from fnmatch import fnmatch
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from workbook_tools.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

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
_WORKBOOKS = {".xlsx", ".xlsm", ".xlsb", ".xls", ".ods"}


class Candidate(NamedTuple):
    """A file that was found: where, under which name findings show it, and why it is left out ("" if it is not)."""

    path: Path
    name: str
    ignored: str


def scan(paths: Sequence[Path], leave_out: Path | None = None) -> list[Candidate]:
    """Return every file under the given files and folders, sorted by name.

    Parameters
    ----------
    leave_out
        A folder of outputs that is not looked into, even where it lies under an input folder.

    Raises
    ------
    InputError
        A path does not exist, or there is no workbook at all.
    """
    found = [candidate for path in paths for candidate in _under(path, leave_out)]
    if not any(not candidate.ignored for candidate in found):
        places = ", ".join(str(path) for path in paths)
        raise InputError(f"{places}: нет ни одного файла подразделения. Положите сюда заполненные шаблоны (.xlsx).")
    return sorted(_told_apart(found), key=lambda candidate: candidate.name)


def _under(path: Path, leave_out: Path | None) -> Iterable[Candidate]:
    if path.is_file():
        return [Candidate(path, path.name, "")]
    if not path.is_dir():
        raise InputError(f"{path}: такого файла или папки нет. Проверьте путь.")
    files = sorted(item for item in path.rglob("*") if item.is_file() and not _lies_in(item, leave_out))
    return [Candidate(item, item.relative_to(path).as_posix(), _why_ignored(item)) for item in files]


def _lies_in(path: Path, folder: Path | None) -> bool:
    return folder is not None and folder.resolve() in path.resolve().parents


def _why_ignored(path: Path) -> str:
    if any(fnmatch(path.name.casefold(), pattern) for pattern in _LEFT_OVER):
        return "служебный файл"
    if path.suffix.casefold() not in _WORKBOOKS:
        return "не книга"
    return ""


def _told_apart(found: list[Candidate]) -> list[Candidate]:
    """Give files of one name in different folders names that differ; drop a file named twice."""
    by_path = {candidate.path.resolve(): candidate for candidate in found}
    names = Counter(candidate.name for candidate in by_path.values())
    return [
        candidate._replace(name=_own_end(path, by_path)) if names[candidate.name] > 1 else candidate
        for path, candidate in by_path.items()
    ]


def _own_end(path: Path, paths: Iterable[Path]) -> str:
    """Return the shortest end of a path that no other path has."""
    others = [other.parts for other in paths if other != path]
    lengths = range(2, len(path.parts))
    length = next((n for n in lengths if all(other[-n:] != path.parts[-n:] for other in others)), len(path.parts))
    return "/".join(path.parts[-length:])
