"""The archive of a case as it lies beside an edition: its name, and the checksums of what it holds."""

from __future__ import annotations

import zipfile
import zlib
from pathlib import Path

SUMS = "контрольные_суммы.txt"
_MOST_BYTES = 64 * 1024 * 1024


def archive_name(date: str) -> str:
    """Return the name of the archive of an edition by its date, ISO."""
    return f"Дело_{date}.zip"


def sums_of(path: Path) -> dict[str, str]:
    """Return by the name in an archive the SHA-256 of each file that it holds, nothing where it cannot be read."""
    try:
        with zipfile.ZipFile(path) as archive:
            if archive.getinfo(SUMS).file_size > _MOST_BYTES:
                return {}
            text = archive.read(SUMS).decode()
    except (OSError, EOFError, KeyError, ValueError, RuntimeError, zlib.error, zipfile.BadZipFile):
        return {}
    lines = (line.partition("  ") for line in text.splitlines())
    return {name: sha256 for sha256, _, name in lines if name}
