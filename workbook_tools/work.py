"""The one place that runs work over many files: serial, processes, or a Dask cluster."""

from __future__ import annotations

import logging
import multiprocessing
import os
import pickle
import zlib
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from functools import lru_cache, partial
from itertools import islice
from typing import Any, TypeVar

from workbook_tools import limits
from workbook_tools.children import METHOD, Bounds, Children, Lost, apart, attempt, ignore_interruption
from workbook_tools.errors import InputError, InternalError

_CONNECTING_SECONDS = 10
# Of a core's share of the work: three processes on two cores would each have less of them than the longest needs.
_FILLS_A_CORE = 0.75
# A worker that died is started again by its nanny within some seconds.
_PATIENCE_SECONDS = 60.0
# More of them the system's own waiting does not allow on Windows; elsewhere they would not be faster either.
_MOST_PROCESSES = 61

Item = TypeVar("Item")
Result = TypeVar("Result")

# On a cluster a task has its price, so that it is of several items; there are enough on their way that no worker waits,
# and few enough that files of the largest size do not fill the memory.
_ITEMS_OF_A_TASK, _ON_THEIR_WAY = 4, 16


@contextmanager
def mapper(
    workers: int = 1, parts: int | None = None, own: float = 0.0
) -> Iterator[Callable[[Callable[[Item], Result], Iterable[Item]], Iterator[Result]]]:
    """Give a `map` that keeps the order of its items, for work on files of this machine, whoever does it.

    Other processes begin when it is called, this one when an answer is taken. What is not begun when the block is left
    by an error is never done.

    Parameters
    ----------
    workers
        How many processes; 0 for as many as there are cores, 1 for none but this one.
    parts
        Where their number is left open (0), no more are started than there are parts worth a process's start.
    own
        What this process does itself meanwhile, as a share of that work: where that fills a core, it is left to it.

    Raises
    ------
    InternalError
        A process died.
    """
    cores = os.cpu_count() or 1
    count = min(workers or min(cores, cores if parts is None else parts), _MOST_PROCESSES)
    if count <= 1:
        yield map
    else:
        is_core_taken = not workers and count == cores and own * (cores - 1) >= _FILLS_A_CORE
        with _processes(count - is_core_taken) as executor:
            yield partial(_map_apart, executor)


@contextmanager
def surviving(
    children: Children, scheduler: str = ""
) -> Iterator[Callable[[Callable[[Item], Result], Iterable[Item]], Iterator[Result | Lost]]]:
    """Give a `map` for work on foreign files, which outlives any of them; order as in `mapper`.

    Parameters
    ----------
    children
        Do the work, within their bounds.
    scheduler
        The address of a Dask scheduler; it wins over `children`. There the cluster's own limits hold.

    Raises
    ------
    InputError
        A scheduler is named, but it cannot be reached, or the extra `cluster` is not installed.
    """
    if not scheduler:
        yield children.map
        return
    with _cluster(scheduler) as client, _large_files():
        yield partial(_map_surviving, client)


@contextmanager
def _processes(count: int) -> Iterator[Executor]:
    """Give processes that begin from as little as a child does: this one may hold a whole register."""
    context = multiprocessing.get_context(METHOD)
    with ProcessPoolExecutor(count, context, ignore_interruption) as executor:
        try:
            yield executor
        except BrokenProcessPool as error:
            _abandon(executor)
            raise InternalError(
                "процесс, который писал книги, прервался. Проверьте, хватает ли памяти, и запустите ещё раз "
                "(с --workers 1 её нужно меньше)."
            ) from error
        except BaseException:
            executor.shutdown(cancel_futures=True)
            raise


def _abandon(executor: ProcessPoolExecutor) -> None:
    """End what is left of processes of which one died.

    The library ends those it knows; one started at that moment is left waiting, and then it waits for that one.
    """
    for process in list(executor._processes.values()):  # noqa: SLF001 - the library has no other name for them
        process.kill()


def _map_apart(executor: Executor, function: Callable[[Item], Result], items: Iterable[Item]) -> Iterator[Result]:
    """Hand out the work, by which processes are started: none of them may take part in what this one alone decides."""
    packed = zlib.compress(pickle.dumps(function))
    asked = deque[Future[Result]]()
    # Others begin with the first item while this process makes the next.
    for item in items:
        try:
            with apart():
                asked.append(executor.submit(_apply, packed, item))
        except OSError as error:
            # They break at this very moment, and what wakes them is closed; or no more of them can be started.
            raise BrokenProcessPool from error
    return _in_turn(asked)


def _in_turn(asked: deque[Future[Result]]) -> Iterator[Result]:
    while asked:
        yield asked.popleft().result()


def _apply(packed: bytes, item: object) -> Any:  # noqa: ANN401 - what the function gives
    return _unpacked(packed)(item)


def _map_surviving(client: Any, function: Callable[[Item], Result], items: Iterable[Item]) -> Iterator[Result | Lost]:  # noqa: ANN401 - the cluster's, untyped
    from distributed import KilledWorker  # noqa: PLC0415 - only with the extra `cluster`

    # Else what is asked again gets the answer, or the death, of the first time.
    executor = client.get_executor(pure=False)
    packed, coming = zlib.compress(pickle.dumps(function)), iter(items)
    tasks = iter(lambda: list(islice(coming, _ITEMS_OF_A_TASK)), [])

    def ask(task: list[Item]) -> Future[list[Result | Lost]]:
        asked: Future[list[Result | Lost]] = executor.submit(_attempt, packed, task)
        return asked

    asked = deque((task, ask(task)) for task in islice(tasks, _ON_THEIR_WAY))
    while asked:
        task, future = asked.popleft()
        try:
            yield from _answers(future, client)
        except KilledWorker:
            # The scheduler suspects whatever lay with the dying worker: what dies alone too, has itself to blame.
            for _, other in asked:
                _settled(other, client)
            yield from (_alone(ask([item]), client) for item in task)
        asked.extend((following, ask(following)) for following in islice(tasks, 1))


def _settled(future: Future[list[Result]], client: Any) -> Future[list[Result]]:  # noqa: ANN401 - as above
    """Wait for an answer for as long as there is anybody to give it.

    Raises
    ------
    InputError
        No worker is left, nor came for a minute.
    """
    while not wait([future], _PATIENCE_SECONDS).done:
        if not client.nthreads():
            raise InputError(
                "--scheduler: на кластере не осталось ни одного рабочего процесса Dask, а файлы ещё не прочитаны. "
                "Запустите рабочие процессы (dask worker) и повторите; без этого параметра файлы читает сам компьютер."
            )
    return future


def _answers(future: Future[list[Result]], client: Any) -> list[Result]:  # noqa: ANN401 - as above
    return _settled(future, client).result()


def _alone(future: Future[list[Result | Lost]], client: Any) -> Result | Lost:  # noqa: ANN401 - as above
    from distributed import KilledWorker  # noqa: PLC0415 - only with the extra `cluster`

    try:
        (answer,) = _answers(future, client)
    except KilledWorker:
        return Lost(Bounds().died)
    return answer


def _attempt(packed: bytes, task: list[Any]) -> list[Any]:
    function = _unpacked(packed)
    return [attempt(function, item) for item in task]


@lru_cache(maxsize=4)
def _unpacked(packed: bytes) -> Callable[[Any], Any]:
    """Return the function that comes with each item, unpacked once in a process: its profile is a small file's cost."""
    function: Callable[[Any], Any] = pickle.loads(zlib.decompress(packed))  # noqa: S301 - a worker runs what it is sent
    return function


@contextmanager
def _large_files() -> Iterator[None]:
    """Keep Dask from taking a large file for a mistake, which it would tell the officer in English."""
    from dask import config  # noqa: PLC0415 - only with the extra `cluster`

    with config.set({"distributed.admin.large-graph-warning-threshold": 2 * limits.FILE_BYTES}):
        yield


@contextmanager
def _cluster(address: str) -> Iterator[Any]:
    try:
        from distributed import Client  # noqa: PLC0415 - only with the extra `cluster`
    except ImportError as error:
        raise InputError(
            '--scheduler: для работы на кластере установите дополнение: pip install "perechen[cluster]".'
        ) from error
    try:
        # Its log would tell the same in English, time and again.
        logging.getLogger("distributed").setLevel(logging.CRITICAL)
        client = Client(address, timeout=_CONNECTING_SECONDS)
    except Exception as error:  # whatever answers there, it is no scheduler
        raise InputError(
            f"--scheduler: планировщик Dask по адресу «{address}» не отвечает. Проверьте адрес (вида tcp://host:8786) "
            "и запущен ли он; без этого параметра файлы читает сам компьютер."
        ) from error
    with client:
        yield client
