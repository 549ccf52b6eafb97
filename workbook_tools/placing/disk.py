"""The disk: bytes that are really there, and the names of what lies beside a target for a while."""

from __future__ import annotations

import errno
import hashlib
import os
from pathlib import Path

from workbook_tools.errors import OutputError, refusal

TEMPORARY, FORMER = ".perechen-tmp", ".perechen-old"


def beside(target: Path, mark: str) -> Path:
    """Return the name of what lies beside a target: the new content, or the former one."""
    return target.with_name(f".{target.name}{mark}")


def target_of(path: Path) -> Path:
    """Return the target whose new content a path is; any other path as it is."""
    name = path.name
    is_ours = name.startswith(".") and name.endswith(TEMPORARY)
    return path.with_name(name[1 : -len(TEMPORARY)]) if is_ours else path


def settle(target: Path, temporary: Path) -> None:
    """Make sure the bytes are on disk and the target may be replaced, before anything is.

    Raises
    ------
    OutputError
        They are not, or it may not.
    """
    try:
        sync(temporary)
        if target.exists():
            with target.open("rb+"):
                pass
    except OSError as error:
        raise unwritable(target, error) from error


def file_sha256(path: Path) -> str:
    """Return the SHA-256 of a file's content, hexadecimal."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def sync(path: Path) -> None:
    """Wait until a file's bytes are on disk."""
    with path.open("rb+") as stream:
        os.fsync(stream.fileno())


def sync_folder(folder: Path) -> None:
    """Wait until the names in a folder are on disk; a system that cannot open folders does so by itself."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def unwritable(target: Path, error: OSError) -> OutputError:
    """Return what is said of a target that could not be written."""
    if error.errno == errno.ENAMETOOLONG:
        return OutputError(f"{target}: {refusal(error)}.")
    return OutputError(
        f"{target}: файл не записан. Закройте его в других программах, проверьте права на папку и место на диске.",
    )
