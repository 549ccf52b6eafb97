"""One run a folder: a lock file that names who holds it, taken over from a run that is no more."""

from __future__ import annotations

import contextlib
import os
import socket
import sys
import time
from pathlib import Path

from workbook_tools.errors import OutputError

LOCK = ".perechen-lock"
# A lock is made before its holder's name is in it: so long a nameless one is taken for a living run's.
_NAMELESS_TRIES, _NAMELESS_PAUSE = 10, 0.1


class FolderLock:
    """The lock of a folder of outputs."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._path = folder / LOCK
        self.held = False

    def take(self) -> None:
        """Take the lock, from a run that is no more too.

        Raises
        ------
        OutputError
            Another run holds it.
        OSError
            The folder cannot be written to.
        """
        while not self._made():
            holder = self._holder()
            if holder is not None and not _is_gone(holder):
                raise OutputError(self._said(holder))
            self._take_over(holder)
        self.held = True

    def release(self) -> None:
        """Give the lock back, where it is held."""
        if self.held:
            self.held = False
            with contextlib.suppress(OSError):
                self._path.unlink(missing_ok=True)

    def _made(self) -> bool:
        try:
            descriptor = os.open(self._path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o666)
        except FileExistsError:
            return False
        try:
            with os.fdopen(descriptor, "w", encoding="utf-8") as stream:
                stream.write(f"{os.getpid()} {socket.gethostname()}\n")
        except OSError:
            with contextlib.suppress(OSError):
                self._path.unlink(missing_ok=True)
            raise
        return True

    def _holder(self) -> tuple[int, str] | None:
        """Return the number and the machine of the holder; None where it died before it wrote them, or just left."""
        for _ in range(_NAMELESS_TRIES):
            try:
                number, _, host = self._path.read_text(encoding="utf-8", errors="replace").strip().partition(" ")
            except FileNotFoundError:
                return None
            if number.isdecimal() and host:
                return int(number), host
            time.sleep(_NAMELESS_PAUSE)
        return None

    def _take_over(self, holder: tuple[int, str] | None) -> None:
        """Remove a lock that nobody holds; of several runs that find it only one gets it away under its own name."""
        own = self._path.with_name(f"{LOCK}.{os.getpid()}")
        with contextlib.suppress(FileNotFoundError):
            self._path.replace(own)
            taken = own.read_text(encoding="utf-8", errors="replace").strip()
            if holder is None or taken == f"{holder[0]} {holder[1]}":
                own.unlink()
            else:  # a living run had taken it over in between
                own.replace(self._path)

    def _said(self, holder: tuple[int, str]) -> str:
        number, host = holder
        return (
            f"{self._folder}: в эту папку сейчас пишет другой запуск программы (компьютер {host}, процесс {number}). "
            f"Дождитесь его окончания; если его уже нет, удалите файл {LOCK} и запустите ещё раз."
        )


def _is_gone(holder: tuple[int, str]) -> bool:
    """Tell whether the holder surely is no more: of another machine nobody can tell from here."""
    number, host = holder
    if host != socket.gethostname():
        return False
    return number == os.getpid() or not _is_running(number)


if sys.platform == "win32":
    import ctypes

    def _is_running(number: int) -> bool:
        # Signal 0, by which one asks elsewhere, would end the process here.
        process = ctypes.windll.kernel32.OpenProcess(0x1000, 0, number)
        if not process:
            return bool(ctypes.windll.kernel32.GetLastError() == 5)  # noqa: PLR2004 - access denied: it is there
        code = ctypes.c_ulong()
        ctypes.windll.kernel32.GetExitCodeProcess(process, ctypes.byref(code))
        ctypes.windll.kernel32.CloseHandle(process)
        return code.value == 259  # noqa: PLR2004 - still active
else:

    def _is_running(number: int) -> bool:
        try:
            os.kill(number, 0)
        except ProcessLookupError:
            return False
        except (OSError, OverflowError):
            return True
        return True
