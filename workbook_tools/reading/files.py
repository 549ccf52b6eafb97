"""The content of a file from outside, taken once: what is parsed later is what was looked at (robustness.md A1, A4)."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from workbook_tools import limits
from workbook_tools.errors import InputError
from workbook_tools.sources import Source, too_large

NOT_OPENED = "файл не открывается. Проверьте, не занят ли он другой программой"
"""Said of a file that the system does not open."""
_NOT_WAITING = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)


def read_content(source: Source) -> bytes:
    """Return the bytes of a regular file, or of one at an address; a link is followed to the file that it names.

    Raises
    ------
    InputError
        There is no regular file at the path, it is larger than `limits.FILE_BYTES`, or it does not come.
    OSError
        The file cannot be opened.
    """
    if not isinstance(source, Path):
        return source.content()
    place = real_path(source)
    _check(place.lstat())
    with os.fdopen(os.open(place, os.O_RDONLY | _NOT_WAITING), "rb") as stream:
        _check(os.fstat(stream.fileno()))
        content = stream.read(limits.FILE_BYTES + 1)
    if len(content) > limits.FILE_BYTES:
        raise too_large()
    return content


def real_path(path: Path) -> Path:
    """Return where a path leads in the end.

    Raises
    ------
    InputError
        It is a link that leads nowhere or round in a circle.
    FileNotFoundError
        There is nothing at the path.
    """
    try:
        return path.resolve(strict=True)
    except (OSError, RuntimeError) as error:
        if path.is_symlink():
            raise InputError("это ссылка, которая никуда не ведёт. Положите на её место сам файл") from error
        raise


def _check(found: os.stat_result) -> None:
    if stat.S_ISDIR(found.st_mode):
        raise InputError("это папка, а не файл. Укажите файл")
    if not stat.S_ISREG(found.st_mode):
        raise InputError("это не обычный файл, а устройство или канал. Положите на его место сам файл")
    if found.st_size > limits.FILE_BYTES:
        raise too_large()
