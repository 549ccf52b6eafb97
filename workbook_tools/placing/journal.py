"""All replacements or none: until the last is done, a journal on disk tells how to go back.

The order on disk is: every new file as a temporary; every old file under a second name; the journal; the
replacements; the journal gone. Whoever finds a journal, whose run was killed between two replacements, puts the old
files back. Where all replacements had been done, nothing is left to go back from.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from workbook_tools.errors import OutputError
from workbook_tools.placing.disk import FORMER, TEMPORARY, beside, file_sha256, sync, sync_folder, unwritable
from workbook_tools.placing.lock import LOCK

JOURNAL = ".perechen-journal"
_MARKS = (TEMPORARY, FORMER)


class _Entry(NamedTuple):
    """A target relative to the folder, the SHA-256 of its new content, and whether anything stood there before."""

    name: str
    sha256: str
    replaces: bool


def replace_all(root: Path, staged: Mapping[Path, Path]) -> None:
    """Put temporaries in the places of their targets (target -> temporary): all of them, or none.

    Raises
    ------
    OutputError
        A target cannot be replaced; what stood there before stands there again.
    """
    target = root
    try:
        entries = [_entry(root, target, temporary) for target, temporary in staged.items()]
        for target in staged:
            _keep_former(target)
        target = root / JOURNAL
        _write(root, entries)
        for target, temporary in staged.items():
            temporary.replace(target)
        _sync_folders(staged)
        target = root / JOURNAL
        target.unlink()
    except OSError as error:
        _go_back(root, staged)
        raise unwritable(target, error) from error
    except BaseException:
        _go_back(root, staged)
        raise
    with contextlib.suppress(OSError):  # a journal that comes back by a power cut finds every new file in its place
        sync_folder(root)
    _forget(root, staged)


def is_disordered(root: Path) -> bool:
    """Tell whether a run left anything in a folder of outputs, or is at work there."""
    return any((root / name).exists() for name in (LOCK, JOURNAL)) or any(_leftovers(root))


def put_in_order(root: Path) -> None:
    """Undo what a killed run did by halves, and remove what it left; the folder's lock must be held.

    Raises
    ------
    OSError
        The folder cannot be put in order.
    """
    if (root / JOURNAL).exists():
        entries = list(_read(root))
        # Where every new file is in its place, the run was killed when all was done.
        if not all(_holds(root / entry.name, entry.sha256) for entry in entries):
            _undo(root, entries)
        (root / JOURNAL).unlink()
        sync_folder(root)
    for path in _leftovers(root):
        path.unlink(missing_ok=True)


def _entry(root: Path, target: Path, temporary: Path) -> _Entry:
    return _Entry(target.relative_to(root).as_posix(), file_sha256(temporary), target.exists())


def _keep_former(target: Path) -> None:
    """Give the old file a second name; a file system without second names gets a copy."""
    if not target.exists():
        return
    former = beside(target, FORMER)
    former.unlink(missing_ok=True)
    try:
        os.link(target, former)
    except OSError:
        shutil.copy2(target, former)
        sync(former)


def _write(root: Path, entries: Iterable[_Entry]) -> None:
    temporary = beside(root / JOURNAL, TEMPORARY)
    temporary.write_text(json.dumps(list(entries), ensure_ascii=False), encoding="utf-8")
    sync(temporary)
    _sync_folders(root / entry.name for entry in entries)
    temporary.replace(root / JOURNAL)
    sync_folder(root)


def _read(root: Path) -> Iterator[_Entry]:
    """Yield the entries of the journal; a line that names no place under the folder is no line of ours."""
    try:
        entries = [_checked(*entry) for entry in json.loads((root / JOURNAL).read_text(encoding="utf-8"))]
    except (ValueError, TypeError, RecursionError) as error:
        raise OutputError(
            f"{root / JOURNAL}: журнал прерванного запуска повреждён. Проверьте итоги в этой папке, удалите журнал и "
            "запустите ещё раз."
        ) from error
    for entry in entries:
        path = PurePosixPath(entry.name)
        if path.parts and not path.is_absolute() and ".." not in path.parts:
            yield entry


def _checked(name: object, sha256: object, replaces: object) -> _Entry:
    """Return an entry that is what a run writes."""
    if not (isinstance(name, str) and isinstance(sha256, str) and isinstance(replaces, bool)):
        raise TypeError(name, sha256, replaces)
    return _Entry(name, sha256, replaces)


def _restore(target: Path, entry: _Entry) -> None:
    """Put the old file back, unless somebody has written another one since."""
    former = beside(target, FORMER)
    if former.exists():
        if not target.exists() or _holds(target, entry.sha256):
            former.replace(target)
    elif not entry.replaces and _holds(target, entry.sha256):
        target.unlink()


def _undo(root: Path, entries: Iterable[_Entry]) -> None:
    for entry in entries:
        _restore(root / entry.name, entry)
    _sync_folders(root / entry.name for entry in entries)


def _go_back(root: Path, staged: Mapping[Path, Path]) -> None:
    """Undo at once; where even that fails, the journal stays and the next run does it."""
    with contextlib.suppress(OSError, OutputError):
        if (root / JOURNAL).exists():
            _undo(root, list(_read(root)))
            (root / JOURNAL).unlink()
    if not (root / JOURNAL).exists():
        _forget(root, staged)


def _forget(root: Path, staged: Iterable[Path]) -> None:
    """Remove the second names, and a journal that never became one."""
    for path in (beside(root / JOURNAL, TEMPORARY), *(beside(target, FORMER) for target in staged)):
        with contextlib.suppress(OSError):
            path.unlink(missing_ok=True)


def _leftovers(root: Path) -> Iterator[Path]:
    """Yield what a run leaves when it is killed: in the folder, and in those one step below it."""
    names = [f".*{mark}" for mark in _MARKS]
    patterns = [*names, *(f"*/{name}" for name in names), f"{LOCK}.*"]
    for pattern in patterns:
        yield from root.glob(pattern)


def _sync_folders(targets: Iterable[Path]) -> None:
    for folder in sorted({target.parent for target in targets}):
        sync_folder(folder)


def _holds(path: Path, sha256: str) -> bool:
    return path.is_file() and file_sha256(path) == sha256
