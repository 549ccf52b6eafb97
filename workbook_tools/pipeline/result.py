"""What a command came to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from workbook_tools.dossier import Dossier


# What lists the findings of a run: a workbook all of them, the units' copies those on their files, or no output.
IN_BOOK, IN_COPIES, NOWHERE = "book", "copies", ""


@dataclass(frozen=True)
class Result:
    """What a command came to: its report, the outputs, and what the closing summary needs.

    The report may be given as what makes it: nobody may ask for it, and it is as long as the register. `from_cache`
    says how many of the units' files were read before, and of how many; (0, 0) where there is no cache. `told` are
    sentences for the officer that no output holds. `listed` says which outputs list the findings: IN_BOOK, IN_COPIES,
    NOWHERE.
    """

    made: dict[str, Any] | Callable[[], dict[str, Any]]
    outputs: tuple[Path, ...]
    dossier: Dossier | None = None
    exit_code: int = 0
    from_cache: tuple[int, int] = (0, 0)
    told: tuple[str, ...] = ()
    listed: str = NOWHERE

    @cached_property
    def report(self) -> dict[str, Any]:
        """The report as plain objects (contract.md)."""
        return self.made() if callable(self.made) else self.made
