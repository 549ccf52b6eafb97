"""Reading what came from outside: every file in a child process, so that no file can end or stop a run."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from workbook_tools.children import Children, Lost, warm_up
from workbook_tools.errors import InputError
from workbook_tools.pipeline.cache import Cache
from workbook_tools.reading.book import read_book
from workbook_tools.reading.files import NOT_OPENED, read_content
from workbook_tools.reading.submission import not_read, read_submission
from workbook_tools.sources import NO_ANSWER, Address, Sent, changed, checksum, listed
from workbook_tools.work import surviving

if TYPE_CHECKING:
    from workbook_tools.grids import Book
    from workbook_tools.profile import Profile
    from workbook_tools.reading.scanning import Candidate
    from workbook_tools.submissions import Submission

# What a child needs; the profile comes to it as an object and brings its own modules.
_OF_A_CHILD = (__name__, "workbook_tools.profile")
# Those that write units' workbooks, and read again what was written, spring from the same process.
_OF_A_WRITER = (
    "workbook_tools.template",
    "workbook_tools.pipeline.checks",
    "concurrent.futures.process",
    "multiprocessing.synchronize",
)

# Half a second's reading: a further child is started where it saves more than its start takes, on any system.
_WORTH_A_CHILD = 512 * 1024


class ForeignFiles:
    """The reader of foreign files, whoever does the work.

    Parameters
    ----------
    children
        Read single books, on this machine.
    cluster
        The address of a Dask scheduler whose workers read the units' files; "" for the children.
    cache
        The folder of what was read before; None for none.

    Attributes
    ----------
    from_cache
        How many of the units' files need not be read, and of how many; (0, 0) where there is no cache.
    """

    def __init__(self, children: Children, cluster: str = "", cache: Path | None = None) -> None:
        self._children = children
        self._cluster = cluster
        self._cache = cache
        self.from_cache = (0, 0)
        self._expected: dict[tuple[Path, frozenset[str]], Iterator[Book | Lost]] = {}
        self._begun: _Begun | None = None

    def expect_book(self, path: Path, *sheets: str) -> None:
        """Begin reading a workbook that `book` will be asked for with the same words, beside the units' files."""
        wanted = frozenset(sheets)
        if (path, wanted) not in self._expected:
            self._expected[path, wanted] = self._books(path, wanted)

    def expect_submissions(self, candidates: Sequence[Candidate], profile: Profile) -> None:
        """Begin reading files of this machine that `submissions` will be asked for with the same words, all of them.

        Where it is asked for others after all, these are read in vain.
        """
        self._share(candidates)
        self._begun = _Begun(candidates, profile, self._children.map(partial(_read, profile=profile), candidates))

    def attend(self, work: Callable[[], object], begin: Callable[[], object]) -> None:
        """Do some work of this process while what `begin` expects is read."""
        self._children.attend(work, begin)

    def close(self) -> None:
        """End the processes that read, once nothing more will be asked for."""
        self._children.close()

    def _books(self, path: Path, sheets: frozenset[str]) -> Iterator[Book | Lost]:
        return self._children.map(partial(read_book, wanted=sheets), [path])

    def book(self, path: Path, *sheets: str) -> Book:
        """Read one workbook or Word document; of a workbook that has such sheets no others may be read.

        Raises
        ------
        InputError
            It cannot be read; one Russian sentence without the file's name.
        """
        wanted = frozenset(sheets)
        (book,) = self._expected.pop((path, wanted), None) or self._books(path, wanted)
        if isinstance(book, Lost):
            raise InputError(book.why)
        return book

    def listed(self, address: Address) -> tuple[Address, ...]:
        """Return the files under an address, by name.

        Raises
        ------
        InputError
            It cannot be listed; one Russian sentence that names the address.
        """
        if address.is_of_this_process:
            return listed(address)
        (found,) = self._children.map(listed, [address])
        if isinstance(found, Lost):
            raise InputError(f"{address}: {NO_ANSWER}.")
        return found

    def is_still(self, file: Address, sha256: str) -> bool:
        """Fetch a file again, and tell whether it is what was read; what was not read needs no comparison."""
        (found,) = [checksum(file)] if file.is_of_this_process else self._children.map(checksum, [file])
        return not sha256 or found == sha256

    def submissions(self, candidates: Iterable[Candidate], profile: Profile) -> Iterator[Submission]:
        """Yield the units' files as read, in their order; one that cannot be read comes with its reason.

        Raises
        ------
        InputError
            A scheduler is named, but it cannot be reached, or the extra `cluster` is not installed.
        """
        cache = Cache(self._cache, profile)
        known = [(candidate, cache.get(candidate)) for candidate in candidates]
        left = [candidate for candidate, found in known if found is None]
        self.from_cache = (cache.found, cache.asked) if self._cache else (0, 0)
        self._share(left)
        read: Callable[[Candidate], Submission | Lost] = partial(_read, profile=profile)
        with surviving(self._children, self._cluster) as run:
            answers = self._begun_of(left, profile) or iter(run(read, map(self._sent, left)))
            for candidate, found in known:
                yield found or _kept(cache, candidate, next(answers))
        cache.tidy()

    def _share(self, candidates: Iterable[Candidate]) -> None:
        self._children.share(1 + sum(map(_size, candidates)) // _WORTH_A_CHILD)

    def _begun_of(self, candidates: Sequence[Candidate], profile: Profile) -> Iterator[Submission | Lost] | None:
        """Return what becomes of files that were begun, None where it was not these that were; it is taken once."""
        begun, self._begun = self._begun, None
        is_meant = begun is not None and begun.profile is profile and list(begun.candidates) == list(candidates)
        return begun.answers if begun and is_meant else None

    def _sent(self, candidate: Candidate) -> Candidate:
        """Return what the reader of a file is given: the machines of a cluster do not have this one's disk."""
        far = isinstance(candidate.path, Address) and not candidate.path.is_of_this_process
        near = isinstance(candidate.path, Path) and not self._cluster
        if far or near or candidate.refused:
            return candidate
        try:
            return candidate._replace(path=Sent(read_content(candidate.path), candidate.path.suffix))
        except InputError as error:
            return candidate._replace(refused=str(error))
        except OSError:
            return candidate._replace(refused=NOT_OPENED)


class _Begun(NamedTuple):
    """Units' files whose reading was begun before they were asked for."""

    candidates: Sequence[Candidate]
    profile: Profile
    answers: Iterator[Submission | Lost]


@contextmanager
def foreign_files(
    workers: int = 1, scheduler: str = "", cache: Path | None = None, begun: ForeignFiles | None = None
) -> Iterator[ForeignFiles]:
    """Give a reader of foreign files; its processes end with the block.

    Parameters
    ----------
    workers
        How many processes read; 0 for all cores.
    scheduler
        The address of a Dask scheduler; it wins over `workers`.
    cache
        The folder of what was read before; None for none.
    begun
        A reader that has begun already: it is given and ends with the block, whatever else is said.
    """
    if begun is not None:
        with closing(begun):
            yield begun
        return
    with Children(workers) as children:
        yield ForeignFiles(children, scheduler, cache)


def refuse_changed(seen: Mapping[Address, str]) -> None:
    """Make sure that files at addresses are still what they were when they were listed and read.

    Their stores are asked for the marks that they show; where one shows none, the file is fetched again.

    Parameters
    ----------
    seen
        By file the SHA-256 of what was read.

    Raises
    ------
    OutputError
        One has changed, or is gone.
    InputError
        A store does not answer any more.
    """
    if not seen:
        return
    with foreign_files() as files:
        roots = {Address(file.url) for file in seen}
        now = {(file.url, file.path): file for root in roots for file in files.listed(root)}
        for file, sha256 in seen.items():
            found = now.get((file.url, file.path))
            if found is None or found.mark != file.mark or not (found.mark or files.is_still(found, sha256)):
                raise changed(str(file))


def expect_files() -> None:
    """Let the processes that will read or write units' files get ready while this one loads what it needs itself."""
    warm_up(*_OF_A_CHILD, *_OF_A_WRITER)


def _size(candidate: Candidate) -> int:
    if isinstance(candidate.path, Address):
        return candidate.path.size or 0
    try:
        return candidate.path.lstat().st_size if isinstance(candidate.path, Path) else 0
    except OSError:
        return 0


def _kept(cache: Cache, candidate: Candidate, answer: Submission | Lost) -> Submission:
    """Return a file as it was read just now, and keep it for the next run."""
    if isinstance(answer, Lost):
        return not_read(candidate.path, candidate.name, answer.why)
    cache.put(candidate, answer)
    return answer


def _read(candidate: Candidate, profile: Profile) -> Submission | Lost:
    if candidate.refused:
        return Lost(candidate.refused)
    return read_submission(candidate.path, candidate.name, profile)
