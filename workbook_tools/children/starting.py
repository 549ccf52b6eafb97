"""How processes are started: kept from Ctrl-C, which the parent alone decides on, and from the caller's own script."""

from __future__ import annotations

import contextlib
import signal
import sys
from collections.abc import Iterator
from types import ModuleType

from workbook_tools.errors import InternalError

if sys.platform != "win32":
    import multiprocessing.resource_tracker

NOT_STARTED = "не удалось запустить ещё один процесс. Проверьте, хватает ли памяти, и запустите ещё раз."


@contextlib.contextmanager
def apart() -> Iterator[None]:
    """Keep from the processes started here both Ctrl-C and the caller's own script.

    Each of them would else begin by loading that script, and one without a guard would start all of it anew.

    Raises
    ------
    InternalError
        The process from which they spring has died meanwhile.
    """
    main = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        with uninterrupted():
            yield
    except (EOFError, ConnectionError) as error:
        raise InternalError(NOT_STARTED) from error
    finally:
        sys.modules["__main__"] = main


@contextlib.contextmanager
def uninterrupted() -> Iterator[None]:
    """Keep Ctrl-C from the processes started here: what it ends is decided by the parent alone."""
    if sys.platform == "win32":
        yield
        return
    # Its start would let the signal through again.
    multiprocessing.resource_tracker.ensure_running()
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
