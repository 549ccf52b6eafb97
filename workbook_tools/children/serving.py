"""The child's side: it limits itself, and answers whatever befalls it."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import traceback
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, TypeVar

from workbook_tools.children.bounds import Bounds, Lost
from workbook_tools.errors import WorkbookToolsError
from workbook_tools.memory import give_back

if sys.platform != "win32":
    import resource

Item = TypeVar("Item")
Result = TypeVar("Result")

_READY = "ready"


def serve(channel: Connection, bounds: Bounds) -> None:
    """Answer until the channel ends: what a child does all its life."""
    ignore_interruption()
    _be_quiet()
    _limit_memory(bounds.memory)
    function: Callable[[Any], Any] | None = None
    channel.send(_READY)
    while True:
        try:
            given, item = channel.recv()
        except (EOFError, OSError):
            return
        function = given or function
        _set_alarm(bounds.seconds)
        _send(channel, *_answer(function, item, bounds), bounds)
        _set_alarm(0)
        # It may have been the largest file of all, and the next one far away.
        give_back()


def ignore_interruption() -> None:
    """Leave it to the parent what Ctrl-C ends, and what is told of a file that cannot be written."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    sys.unraisablehook = _pass_over


def _pass_over(swallowed: sys.UnraisableHookArgs) -> None:
    """Say nothing where a file that could not be written cannot be closed either."""
    if not issubclass(swallowed.exc_type, OSError):
        sys.__unraisablehook__(swallowed)


def attempt(function: Callable[[Item], Result], item: Item) -> Result | Lost:
    """Do the work on one item where somebody else keeps the bounds; what it raises is judged as in a child.

    Raises
    ------
    WorkbookToolsError
        The function raised one.
    """
    answer: Result | Lost | WorkbookToolsError = _answer(function, item, Bounds())[0]
    if isinstance(answer, WorkbookToolsError):
        raise answer
    return answer


def _answer(function: Callable[[Any], Any] | None, item: object, bounds: Bounds) -> tuple[Any, str]:
    """Return what the function makes of the item, and the details of what stopped it; nothing may end the child."""
    try:
        return (function(item) if function else None), ""
    except WorkbookToolsError as error:
        return error, ""
    except MemoryError:
        return Lost(bounds.too_large), "MemoryError"
    except BaseException:  # noqa: BLE001 - a panic of a library is none of the usual exceptions
        return Lost(bounds.died), traceback.format_exc()


def _send(channel: Connection, answer: object, details: str, bounds: Bounds) -> None:
    try:
        channel.send((answer, details))
    except MemoryError:
        channel.send((Lost(bounds.too_large), "MemoryError"))
    except OSError:
        raise
    except Exception:  # noqa: BLE001 - what cannot be packed may say so in any way
        channel.send((Lost(bounds.died), traceback.format_exc()))


def _be_quiet() -> None:
    """Let nothing that a library says while it dies reach the person at the console."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    os.close(nowhere)


def _limit_memory(allowed: int) -> None:
    """Set how much memory may be had beyond what is in use now; nothing where the system knows no such limit."""
    if sys.platform != "win32":
        _lower(resource.RLIMIT_AS, _address_space() + allowed)
        _lower(resource.RLIMIT_CORE, 0)


def _lower(limit: int, value: int) -> None:
    if sys.platform != "win32":
        _, hard = resource.getrlimit(limit)
        allowed = value if hard == resource.RLIM_INFINITY else min(value, hard)
        with contextlib.suppress(OSError, ValueError):
            resource.setrlimit(limit, (allowed, hard))


def _address_space() -> int:
    """Return the bytes of address space in use; 0 where the system does not say."""
    try:
        with Path("/proc/self/statm").open(encoding="ascii") as stream:
            return int(stream.read().split()[0]) * os.sysconf("SC_PAGE_SIZE")
    except OSError:
        return 0


def _set_alarm(seconds: float) -> None:
    """Make the child end itself somewhat later than its parent would: its parent may be gone."""
    if sys.platform != "win32":
        signal.setitimer(signal.ITIMER_REAL, seconds * 2)
