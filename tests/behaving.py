"""What children are made to do: apart from the tests, since a child imports the module of what it is given."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path

from workbook_tools import limits
from workbook_tools.errors import InputError


class Panic(BaseException):
    """What a library of another language raises when it gives up."""


def spin() -> None:
    while True:
        pass


def refuse() -> None:
    raise InputError("файл не годится")


def interrupt() -> None:
    raise KeyboardInterrupt


def panic() -> None:
    raise Panic


WAYS: dict[str, Callable[[], object]] = {
    "abort": os.abort,
    "leave": lambda: os._exit(0),
    "kill": lambda: os.kill(os.getpid(), 9),
    "exit": lambda: sys.exit(0),
    "interrupt": interrupt,
    "panic": panic,
    "fault": lambda: 1 / 0,
    "refuse": refuse,
    "sleep": lambda: time.sleep(3600),
    "spin": spin,
    "grow": lambda: "x" * (limits.READING_BYTES + limits.MIB),
}


def behave(what: str) -> str:
    """Die, hang, grow or raise, as is said; anything else is answered."""
    WAYS.get(what, str)()
    return f"{what}, read"


def unpackable(_: str) -> object:
    return lambda: None


def noisy(_: str) -> str:
    os.write(1, b"thread panicked")
    os.write(2, b"memory allocation failed")
    return "quiet"


def process_id(_: str) -> int:
    return os.getpid()


def slow_first(number: int) -> int:
    """Answer the sooner the later it was asked."""
    time.sleep(0.05 * (4 - number))
    return -number


def mark(path: Path) -> str:
    path.touch()
    return path.name


def joined(left: str, right: str) -> str:
    return left + right


def is_shielded(_: str) -> bool:
    return signal.SIGINT in signal.pthread_sigmask(signal.SIG_BLOCK, [])


def hang_named(path: str) -> None:
    """Leave the number of this process in a file, and hang."""
    Path(f"{path}.part").write_text(str(os.getpid()), encoding="ascii")
    Path(f"{path}.part").rename(path)
    time.sleep(3600)
