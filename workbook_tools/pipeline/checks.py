"""What was written is read again by others while this process goes on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from workbook_tools.memory import forget
from workbook_tools.xlsx.checking import check_workbook

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from workbook_tools.xlsx.checking import Expected, Written


class Checks:
    """The checks of a run's workbooks: each is asked for when its book is closed, and none is left out.

    Parameters
    ----------
    run
        A `map` of work.mapper: where it is this process's own, nothing is read before `finish`.
    """

    def __init__(self, run: Callable[..., Iterator[Any]]) -> None:
        self._run = run
        self._answers: list[Iterator[Any]] = []

    def ask(self, path: Path, written: Sequence[tuple[str, Written]]) -> None:
        """Have a workbook read; as xlsx.checking.check_workbook, but for when it is told."""
        # What was written takes much room: whoever reads, and whenever, needs but its digest.
        self._answers.append(self._run(_check, [(path, [(name, sheet.tally) for name, sheet in written])]))

    def finish(self) -> None:
        """Wait until all are read.

        Raises
        ------
        InternalError
            One does not hold what was put into it.
        """
        while self._answers:
            for _ in self._answers.pop(0):
                pass


def _check(book: tuple[Path, Expected]) -> None:
    # What was remembered while books were written is not asked for again.
    forget()
    check_workbook(*book)
