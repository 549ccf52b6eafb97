"""The content of a file from outside, taken once: what is parsed later is what was looked at (robustness.md A1, A4)."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from workbook_tools import limits
from workbook_tools.errors import InputError

_NOT_WAITING = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)


def read_content(path: Path) -> bytes:
    """Return the bytes of a regular file; a link is followed to the file that it names.

    Raises
    ------
    InputError
        There is no regular file at the path, or it is larger than `limits.FILE_BYTES`.
    OSError
        The file cannot be opened.
    """
    place = real_path(path)
    _check(place.lstat())
    with os.fdopen(os.open(place, os.O_RDONLY | _NOT_WAITING), "rb") as stream:
        _check(os.fstat(stream.fileno()))
        content = stream.read(limits.FILE_BYTES + 1)
    if len(content) > limits.FILE_BYTES:
        raise _too_large()
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
        raise _too_large()


def _too_large() -> InputError:
    return InputError(f"файл больше {limits.FILE_BYTES // limits.MIB} МиБ. Удалите из него лишнее и пришлите ещё раз")
