"""Ctrl-C: whatever becomes of it on its way up, it ends the program with one code and one line.

An interruption may arrive anywhere: a library that is just being loaded takes it for its own failure, a destructor
swallows it. Therefore it is noted when it arrives, and asked for where the program ends.
"""

from __future__ import annotations

import _thread
import atexit
import contextlib
import os
import signal
import sys
import time
from typing import NoReturn

INTERRUPTED = 130
_SENTENCE = "ошибка: работа прервана; прежние файлы не изменены\n"
_SENTENCE_LATE = "ошибка: работа прервана; итоги к этому времени были записаны\n"
_PAUSE = 0.01


class _Noted:
    came = False
    written = False


def heed() -> None:
    """Take note of an interruption from now on; where who started the program has it ignored, it stays so."""
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, _interrupt)
    sys.unraisablehook = _again


def nothing_is_written() -> None:
    """Note that a run begins."""
    _Noted.written = False


def came() -> bool:
    """Tell whether an interruption came, whatever else is raised since."""
    return _Noted.came


def outputs_are_written() -> None:
    """Note that the outputs are in place: whoever interrupts from now on is told so."""
    _Noted.written = True


def ignore() -> None:
    """Let no interruption disturb the end of the program; on a thread that gets none there is nothing to do."""
    with contextlib.suppress(ValueError):
        if signal.getsignal(signal.SIGINT) in {_interrupt, signal.default_int_handler}:
            signal.signal(signal.SIGINT, signal.SIG_IGN)


def told() -> int:
    """Say that the run was interrupted, and return the exit code."""
    ignore()
    with contextlib.suppress(OSError):
        sys.stderr.write(_SENTENCE_LATE if _Noted.written else _SENTENCE)
    return INTERRUPTED


def leave(code: int) -> NoReturn:
    """End the program with its exit code.

    Where an interruption was raised inside a text that a library let run, the interpreter ends itself by the signal,
    whatever code it is given: after an interruption it is not asked, once all else of its end is done.
    """
    ignore()
    if _Noted.came or code == INTERRUPTED:
        atexit._run_exitfuncs()  # noqa: SLF001 - children and temporary files of libraries; there is no public name
        for stream in (sys.stdout, sys.stderr):
            with contextlib.suppress(OSError, ValueError, AttributeError):
                stream.flush()
        os._exit(code)
    sys.exit(code)


def _interrupt(*_: object) -> None:
    _Noted.came = True
    raise KeyboardInterrupt


def _again(swallowed: sys.UnraisableHookArgs) -> None:
    """Interrupt once more where nobody could be told, in a moment; what breaks by an interruption is not shown.

    Nor is it that a file left half written on a full disk cannot be closed either: that it cannot be written is told.
    """
    if swallowed.exc_type is KeyboardInterrupt:
        _thread.start_new_thread(_interrupt_soon, ())
    elif not (_Noted.came or issubclass(swallowed.exc_type, OSError)):
        sys.__unraisablehook__(swallowed)


def _interrupt_soon() -> None:
    time.sleep(_PAUSE)
    _thread.interrupt_main()
