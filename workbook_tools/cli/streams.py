"""The streams of the program: closed, full, of any encoding, or with a reader who has gone."""

from __future__ import annotations

import codecs
import contextlib
import os
import sys
from functools import partial
from typing import TextIO

from workbook_tools.cli.signs import nearest
from workbook_tools.errors import OutputError

_NEAREST = "nearest"
_UNWRITTEN = (
    "стандартный вывод: записать не удалось – он закрыт, или на устройстве нет места. "
    "Направьте вывод в другое место и запустите ещё раз."
)


class ReaderGoneError(OutputError):
    """Who was to read the report has closed the pipe: there is nobody to be told."""


def open_streams() -> None:
    """Make sure that there are streams, and that no sign is a reason to fail where it cannot be shown."""
    _fill_closed()
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:
            # The error itself names no code page: all of them are one «charmap» to the language.
            codecs.register_error(f"{_NEAREST}-{stream.encoding}", partial(_nearest, stream.encoding))
            reconfigure(errors=f"{_NEAREST}-{stream.encoding}")


def write(stream: TextIO, text: str) -> None:
    """Write a text for people; where its reader has gone the work goes on without.

    Raises
    ------
    OutputError
        The text cannot be written.
    """
    try:
        stream.write(text)
    except BrokenPipeError:
        _drop(stream)
    except OSError as error:
        raise OutputError(_UNWRITTEN) from error


def write_report(text: str) -> None:
    """Write a report to standard output: UTF-8 whatever the console.

    Raises
    ------
    ReaderGoneError
        Who was to read it has gone.
    OutputError
        It cannot be written.
    """
    try:
        sys.stdout.buffer.write(text.encode("utf-8"))
        sys.stdout.buffer.flush()
    except BrokenPipeError as error:
        _drop(sys.stdout)
        raise ReaderGoneError(_UNWRITTEN) from error
    except OSError as error:
        raise OutputError(_UNWRITTEN) from error


def write_error(text: str) -> None:
    """Write to standard error; where that cannot be written nobody can be told."""
    try:
        sys.stderr.write(text)
        sys.stderr.flush()
    except OSError:
        _drop(sys.stderr)


def unwritten() -> str:
    """Bring standard output to its end; return what is said where it did not take all, "" where it did."""
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        _drop(sys.stdout)
    except OSError:
        _drop(sys.stdout)
        return _UNWRITTEN
    return ""


def _drop(stream: TextIO) -> None:
    """Let what a stream still holds, and all that follows, go nowhere: else the system fails once more at the end."""
    with contextlib.suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)


def _fill_closed() -> None:
    """Put something in the place of streams that were closed: else the next file opened would become one of them.

    What is written to a closed standard output fails, as it would there.
    """
    if sys.stdin is None:
        sys.stdin = open(_occupy(0, os.O_RDONLY), encoding="utf-8", closefd=False)  # noqa: SIM115 - a number, open to the end
    if sys.stdout is None:
        sys.stdout = open(_occupy(1, os.O_RDONLY), "w", encoding="utf-8", closefd=False)  # noqa: SIM115 - as above
    if sys.stderr is None:
        sys.stderr = open(_occupy(2, os.O_WRONLY), "w", encoding="utf-8", closefd=False)  # noqa: SIM115 - as above


def _occupy(number: int, how: int) -> int:
    nowhere = os.open(os.devnull, how)
    if nowhere != number:
        os.dup2(nowhere, number)
        os.close(nowhere)
    return number


def _nearest(encoding: str, error: UnicodeError) -> tuple[str | bytes, int]:
    """Return what is shown for signs that a console does not have: signs like them, see `signs`."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    lacking = error.object[error.start : error.end]
    return "".join(nearest(sign, encoding) for sign in lacking), error.end
