"""What is found in the cells of a sheet beside the values that the fast reader returns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from workbook_tools.grids import Shown, Trouble


@dataclass(frozen=True)
class Found:
    """What the fast reader does not tell of a sheet.

    Attributes
    ----------
    troubles
        The cells that say nothing certain.
    codes
        The code of the format of each number that may be shown otherwise, by zero-based row and column.
    shown
        The cells that are, where the file itself tells what they show.
    """

    troubles: tuple[Trouble, ...] = ()
    codes: Mapping[tuple[int, int], str] = field(default_factory=dict)
    shown: tuple[Shown, ...] = ()
