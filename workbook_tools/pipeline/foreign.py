"""Reading what came from outside: every file in a child process, so that no file can end or stop a run."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from workbook_tools.children import Children, Lost, warm_up
from workbook_tools.errors import InputError
from workbook_tools.reading.book import read_book
from workbook_tools.reading.submission import not_read, read_submission
from workbook_tools.work import surviving

if TYPE_CHECKING:
    from workbook_tools.grids import Book
    from workbook_tools.profile import Profile
    from workbook_tools.reading.scanning import Candidate
    from workbook_tools.submissions import Submission

# What a child needs; the profile comes to it as an object and brings its own modules.
_OF_A_CHILD = ("workbook_tools.reading.submission", "workbook_tools.reading.book", "workbook_tools.profile")


class ForeignFiles:
    """The reader of foreign files, whoever does the work.

    Parameters
    ----------
    children
        Read single books, on this machine.
    cluster
        The address of a Dask scheduler whose workers read the units' files; "" for the children.
    """

    def __init__(self, children: Children, cluster: str = "") -> None:
        self._children = children
        self._cluster = cluster

    def book(self, path: Path, *sheets: str) -> Book:
        """Read one workbook or Word document; of a workbook that has such sheets no others may be read.

        Raises
        ------
        InputError
            It cannot be read; one Russian sentence without the file's name.
        """
        (book,) = self._children.map(partial(read_book, wanted=frozenset(sheets)), [path])
        if isinstance(book, Lost):
            raise InputError(book.why)
        return book

    def submissions(self, candidates: Iterable[Candidate], profile: Profile) -> Iterator[Submission]:
        """Yield the units' files as read, in their order; one that cannot be read comes with its reason."""
        wanted = list(candidates)
        read: Callable[[Candidate], Submission] = partial(_read, profile=profile)
        with surviving(self._children, self._cluster) as run:
            for candidate, found in zip(wanted, run(read, wanted), strict=True):
                yield not_read(candidate.path, candidate.name, found.why) if isinstance(found, Lost) else found


@contextmanager
def foreign_files(workers: int = 1, scheduler: str = "") -> Iterator[ForeignFiles]:
    """Give a reader of foreign files; its processes end with the block.

    Parameters
    ----------
    workers
        How many processes read; 0 for all cores.
    scheduler
        The address of a Dask scheduler; it wins over `workers`.

    Raises
    ------
    InputError
        A scheduler is named, but the extra `cluster` is not installed.
    """
    with Children(workers) as children:
        yield ForeignFiles(children, scheduler)


def expect_files() -> None:
    """Let the processes that will read files get ready while this one loads what it needs itself."""
    warm_up(*_OF_A_CHILD)


def _read(candidate: Candidate, profile: Profile) -> Submission:
    if candidate.refused:
        return not_read(candidate.path, candidate.name, candidate.refused)
    return read_submission(candidate.path, candidate.name, profile)
