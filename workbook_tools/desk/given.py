"""What a command is given: a working folder adds to it, and what does so is long to load."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from workbook_tools.sources import Address


@dataclass(frozen=True)
class Given:
    """The inputs and outputs of a run: as a call names them, or with what the working folder adds.

    Attributes
    ----------
    told
        What the folder added that the officer should know of, in sentences.
    """

    paths: Sequence[Path | Address] = ()
    edition: Path | None = None
    out: Path | None = None
    previous: Path | None = None
    decisions: Path | None = None
    told: tuple[str, ...] = ()
