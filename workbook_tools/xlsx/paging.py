"""Where the printed pages of a table end: nothing that announces rows stands alone at the foot of one."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Final

from workbook_tools.xlsx.printing import A3, PAGE_PIXELS, ROOM_INCHES, paper, pixels

_POINTS_PER_INCH: Final = 72
_A3_TO_A4 = 2**0.5
# Clients scale to whole percents and round the height of every row in their own way.
_RESERVE = 0.97
DEFAULT_HEIGHT, TITLE_HEIGHT = 15.0, 28.0
"""The height in points of a row that nobody set, and of the title above a table."""


def page_room(widths: Sequence[float]) -> float:
    """Return how many points of rows a page holds of a table that `set_up_page` sets to print in landscape.

    Parameters
    ----------
    widths
        The widths of its columns in characters.
    """
    sheet = paper(widths)
    across = PAGE_PIXELS * (_A3_TO_A4 if sheet == A3 else 1)
    scale = min(1.0, across / pixels(widths))
    return ROOM_INCHES[sheet] * _POINTS_PER_INCH / scale * _RESERVE


def page_starts(
    heights: Sequence[float], room: float, repeated: float = 0.0, announcing: Collection[int] = ()
) -> list[int]:
    """Return the rows with which a further page starts.

    Parameters
    ----------
    heights
        The height in points of each row from the first of the sheet on.
    room
        What a page holds, in points.
    repeated
        The height of what stands above on every further page.
    announcing
        Rows that are never the last of a page: what they announce follows.
    """
    pages, first = Pages(room, repeated), 0
    for at in range(len(heights)):
        if at not in announcing:
            pages.take(first, *heights[first : at + 1])
            first = at + 1
    if first < len(heights):
        pages.take(first, *heights[first:])
    return pages.starts


class Pages:
    """The pages of a sheet from its first row downwards: how much room is left, and where pages start.

    Parameters
    ----------
    room
        What a page holds, in points.
    repeated
        The height of what the writer repeats above on every further page.
    """

    def __init__(self, room: float, repeated: float = 0.0) -> None:
        self.starts: list[int] = []
        self._room, self._repeated = room, repeated
        self._used, self._is_blank = 0.0, True

    def fit(self, height: float) -> bool:
        """Tell whether so many points still go on this page."""
        return self._used + height <= self._room

    def is_better_started(self, heights: Sequence[float], gap: float, repeated: float) -> bool:
        """Tell whether rows should begin a page: on this one they would not be whole, nor save a page.

        Parameters
        ----------
        heights
            The height of each row.
        gap
            What would stand between them and what is on this page.
        repeated
            The height of what stands above them on every further page.
        """
        return self._further(self._used + gap, heights, repeated) > self._further(0.0, heights, repeated)

    def _further(self, used: float, heights: Sequence[float], repeated: float) -> int:
        """Return how many further pages rows need below what is used of one."""
        pages = Pages(self._room, repeated)
        if used:
            pages.take(0, used)
        for height in heights:
            pages.take(0, height)
        return len(pages.starts)

    def start(self, row: int) -> None:
        """Start a page with a row."""
        self.starts.append(row)
        self._used, self._is_blank = self._repeated, True

    def take(self, row: int, *heights: float) -> None:
        """Use the heights of rows, from a row on: together on a page where one can hold them, a further one if need be.

        A page holds at least a row, however high that is.
        """
        if not self.fit(sum(heights)) and not self._is_blank:
            self.start(row)
        for at, height in enumerate(heights, row):
            if not self.fit(height) and not self._is_blank:
                self.start(at)
            self._used, self._is_blank = self._used + height, False
