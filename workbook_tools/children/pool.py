"""The parent's side: children are started, given one item each, and ended where they do not come to an end.

A pipe of its own for each child, and one thread here that waits on all of them: a child that dies can leave no lock
behind that others wait for, and no doubt about which item it died of.
"""

from __future__ import annotations

import contextlib
import logging
import multiprocessing
import os
import sys
import time
from collections.abc import Callable, Generator, Iterable
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from threading import Thread
from typing import TYPE_CHECKING, Any, Generic, Self, TypeVar

from workbook_tools.children.bounds import Bounds, Lost
from workbook_tools.children.serving import serve
from workbook_tools.children.starting import NOT_STARTED, apart, uninterrupted
from workbook_tools.errors import InternalError, WorkbookToolsError

if sys.platform != "win32":
    import multiprocessing.forkserver
    import multiprocessing.popen_forkserver

if TYPE_CHECKING:
    from multiprocessing.process import BaseProcess
    from types import TracebackType

Item = TypeVar("Item")
Result = TypeVar("Result")

METHOD = "spawn" if sys.platform == "win32" else "forkserver"
_START_SECONDS = 120
_SWITCH_SECONDS = 0.000_5
_log = logging.getLogger(__name__)


def warm_up(*modules: str) -> None:
    """Let the process from which children spring start loading these modules, while the caller loads its own.

    Nothing where the system has no such process: there a child loads them itself.
    """
    if sys.platform != "win32":
        multiprocessing.forkserver.set_forkserver_preload(list(modules))
        with uninterrupted():
            multiprocessing.forkserver.ensure_running()


class Children:
    """Child processes that do one thing at a time for us; use as a context manager.

    Parameters
    ----------
    count
        How many; 0 for all cores. They are started when there is work, and live until the block is left.
    bounds
        What each may use for one item.
    method
        How the system starts a process: spawn or forkserver.
    """

    def __init__(self, count: int = 1, bounds: Bounds | None = None, method: str = METHOD) -> None:
        self._is_open = not count
        self._count = count or os.cpu_count() or 1
        self._bounds = bounds or Bounds()
        self._context = multiprocessing.get_context(method)
        self._children: list[_Child] = []
        self._works: list[_Work[Any, Any]] = []

    def share(self, parts: int) -> None:
        """Start no more children than there are parts worth a child's start, where their number was left open (0)."""
        if self._is_open:
            self._count = max(1, min(parts, os.cpu_count() or 1))

    @property
    def count(self) -> int:
        """How many children may be at work at once."""
        return self._count

    def map(self, function: Callable[[Item], Result], items: Iterable[Item]) -> Generator[Result | Lost, None, None]:
        """Begin at once, and give what the function makes of each item, in their order; `Lost` where a child failed.

        The function is handed to each child once; it and what it returns must be picklable. What was begun before is
        handed out before; while the answers of one call are awaited, the work of all goes on.

        Raises
        ------
        WorkbookToolsError
            The function raised one. Any other exception of it, of whatever kind, makes the item lost.
        InternalError
            No child can be started.
        """
        work = _Work(function, list(items))
        self._works.append(work)
        self._hand_out()
        return self._answers(work)

    def attend(self, work: Callable[[], object], begin: Callable[[], object] | None = None) -> None:
        """Do some work of this process on a thread of its own, and see to it meanwhile that no child is idle.

        What is to be done by children is handed out by `begin`, once the work goes on. What the work raises is passed
        over: it is to be done again where it is needed. An interruption meets the caller, never the work.
        """
        ended, theirs = multiprocessing.Pipe(duplex=False)
        switching = sys.getswitchinterval()
        # A child waits for its next item until this thread has its turn, and is given it in several turns.
        sys.setswitchinterval(_SWITCH_SECONDS)
        try:
            with ended:
                # What it lets through would meet this one in the middle of a child's start, whatever is held back here.
                with uninterrupted():
                    Thread(target=_do, args=(work, theirs)).start()
                if begin:
                    begin()
                while not ended.poll():
                    self._hand_out()
                    self._collect(ended)
        finally:
            sys.setswitchinterval(switching)

    def close(self) -> None:
        """End all children."""
        for child in list(self._children):
            self._dismiss(child)

    def _answers(self, work: _Work[Any, Result]) -> Generator[Result | Lost, None, None]:
        try:
            for index in range(len(work.items)):
                while index not in work.answers:
                    self._hand_out()
                    self._collect()
                answer = work.answers.pop(index)
                if isinstance(answer, WorkbookToolsError):
                    raise answer
                yield answer
        finally:
            self._works.remove(work)
            for child in [child for child in self._children if child.index is not None and child.work is work]:
                self._dismiss(child)

    def _hand_out(self) -> None:
        for child in [child for child in self._children if child.ready and child.index is None]:
            work = next((work for work in self._works if work.left), None)
            if work:
                child.take(work, self._bounds.seconds)
        coming = sum(not child.ready for child in self._children)
        left = sum(work.left for work in self._works)
        wanted = min(self._count - len(self._children), left - coming)
        self._children += [_Child.started(self._context, self._bounds) for _ in range(wanted)]

    def _collect(self, *others: Connection) -> None:
        """Wait until something happens, and take note of it; what others say is left to be heard."""
        deadline = min((child.deadline for child in self._children), default=float("inf"))
        by_channel = {child.channel: child for child in self._children}
        left = None if deadline == float("inf") else max(0.0, deadline - time.monotonic())
        for channel in wait([*by_channel, *others], left):
            if channel not in others:
                self._hear(by_channel[channel])  # type: ignore[index] # wait gives back what it was given
        now = time.monotonic()
        for child in [child for child in self._children if child.deadline <= now]:
            self._lose(child, self._bounds.too_long)

    def _hear(self, child: _Child) -> None:
        try:
            said = child.channel.recv()
        except Exception as error:  # noqa: BLE001 - what a dying child leaves in its channel may be anything
            _log.debug("child %s: %r", child.process.pid, error)
            self._lose(child, self._bounds.died)
            return
        if not child.ready:
            child.rest()
            return
        answer, details = said
        if child.work and child.index is not None:
            child.work.answers[child.index] = answer
        child.rest()
        if isinstance(answer, Lost):
            _log.debug("child %s: %s", child.process.pid, details)
            # Who met a limit or a fault of a library is not trusted with the next item.
            self._dismiss(child)

    def _lose(self, child: _Child, why: str) -> None:
        self._dismiss(child)
        if not child.work or child.index is None:
            raise InternalError(NOT_STARTED)
        child.work.answers[child.index] = Lost(why)

    def _dismiss(self, child: _Child) -> None:
        self._children.remove(child)
        child.end()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _do(work: Callable[[], object], ended: Connection) -> None:
    """Do some work, and say by the end of a channel that it is over."""
    with ended, contextlib.suppress(Exception):
        work()


@dataclass
class _Work(Generic[Item, Result]):
    """The items of one call: how many were handed out, and the answers that nobody has taken yet."""

    function: Callable[[Item], Result]
    items: list[Item]
    given: int = 0
    answers: dict[int, Result | Lost | WorkbookToolsError] = field(default_factory=dict)

    @property
    def left(self) -> int:
        """How many items nobody has begun."""
        return len(self.items) - self.given


@dataclass(eq=False)
class _Child:
    """A child as its parent sees it: what it works on, until when, and whose function it knows."""

    process: BaseProcess
    channel: Connection
    deadline: float
    ready: bool = False
    index: int | None = None
    work: _Work[Any, Any] | None = None

    @classmethod
    def started(cls, context: Any, bounds: Bounds) -> _Child:  # noqa: ANN401 - the contexts' common base lacks Process
        ours, theirs = context.Pipe()
        process = context.Process(target=serve, args=(theirs, bounds), daemon=True)
        with apart():
            process.start()
        # Its end must be open in the child alone: so its death is the end of the channel.
        theirs.close()
        return cls(process, ours, time.monotonic() + _START_SECONDS)

    def take(self, work: _Work[Any, Any], seconds: float) -> None:
        function = None if self.work is work else work.function
        self.work, self.index, self.deadline = work, work.given, time.monotonic() + seconds
        work.given += 1
        # A child that is dead already is met where its answer is awaited.
        with contextlib.suppress(OSError):
            self.channel.send((function, work.items[self.index]))

    def rest(self) -> None:
        self.ready, self.index, self.deadline = True, None, float("inf")

    def end(self) -> None:
        self.channel.close()
        self.process.kill()
        self.process.join()
        self.process.close()
