"""The room that a run takes: what is remembered of texts until it is forgotten, what was freed but not given back."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable
from functools import lru_cache
from typing import ParamSpec, TypeVar, cast

Given = ParamSpec("Given")
Found = TypeVar("Found")

_FORGET: list[Callable[[], None]] = []


def remembered(most: int) -> Callable[[Callable[Given, Found]], Callable[Given, Found]]:
    """Have a function find what it returns once for each of the last so many that it is given, until `forget`."""

    def remember(function: Callable[Given, Found]) -> Callable[Given, Found]:
        known = lru_cache(maxsize=most)(function)
        _FORGET.append(known.cache_clear)
        return cast("Callable[Given, Found]", known)

    return remember


def forget() -> None:
    """Forget what functions remember, and give back its room: where the work with a register's texts is done."""
    for clear in _FORGET:
        clear()
    give_back()


def give_back() -> None:
    """Give back to the system what this process has freed: its allocator keeps it, and after tables that is much.

    Nothing is done where the allocator knows no such call.
    """
    if sys.platform == "linux":
        import ctypes  # noqa: PLC0415 - pandas has loaded it by the time there are tables

        # The allocator of another C library gives back by itself.
        with contextlib.suppress(AttributeError, OSError):
            ctypes.CDLL(None).malloc_trim(0)
