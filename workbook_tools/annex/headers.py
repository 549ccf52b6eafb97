"""The header of Приложение 1 in a grid: exact or nearly so, on one line or two, columns in any order."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from rapidfuzz import fuzz

from workbook_tools.text import compare_key, tidy

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from workbook_tools.grids import Grid
    from workbook_tools.profile import Profile

_BRACKETS = re.compile(r"\([^()]*\)")
_NO_LETTER = re.compile(r"[^\w№]|_")
_WORD = re.compile(r"[^\W\d_]{3,}")
_NUMBER_KEYS = frozenset({"№пп", "№ппп", "nпп", "nn", "nппп", "номер", "номерпп", "пп", "n"})
_STEM = 4
# From this score on a header is another spelling of ours; a second one this near makes it nobody's.
_NEAR, _LEAD = 84.0, 5.0
_SUBSET = 90.0
_LONGEST, _WIDEST = 160, 60
# A wide table that only resembles ours is another one: the register's own sheet has all our columns and more.
_MOST_EXTRA = 2
_ALIKE = 4


@dataclass(frozen=True)
class Header:
    """Where a header stands, how many rows it takes, which column is whose, and which were only near."""

    row: int
    height: int
    columns: Mapping[str, int]
    near: tuple[str, ...] = ()


class HeaderWords:
    """The headers of Приложение 1 as they may be worded."""

    def __init__(self, profile: Profile) -> None:
        self.titles = profile.headers("annex")
        self._exact = dict.fromkeys(_NUMBER_KEYS, "number")
        self._exact |= {_squashed(title): name for name, title in self.titles.items()}
        self._wordings = {
            name: [title, profile.field[name].header] if name in profile.field else [title]
            for name, title in self.titles.items()
            if name != "number"
        }
        self._stems = {stem for texts in self._wordings.values() for text in texts for stem in _stems(text)}

    def header_at(self, grid: Grid, row: int) -> Header | None:
        """Return the header that begins in a row, if one does; on two rows where that names its columns better."""
        one, below = self._header(grid, row, 1), self._header(grid, row + 1, 1)
        if one is None and below is not None:
            return None
        if one is not None and (not one.near or (below is not None and not below.near)):
            return one
        two = self._header(grid, row, 2)
        if one is None or two is None:
            return one or two
        return two if len(two.near) < len(one.near) else one

    def _header(self, grid: Grid, row: int, height: int) -> Header | None:
        texts = _texts(grid, row, height)
        found = self._columns(texts) if len(texts) >= len(self._wordings) else None
        if found is None:
            return None
        columns, near = found
        return Header(row, max(height, _merged_height(grid, row, columns)), columns, near)

    def _columns(self, texts: Mapping[int, str]) -> tuple[dict[str, int], tuple[str, ...]] | None:
        if len(texts) > _WIDEST or not self._resembles(texts):
            return None
        columns: dict[str, int] = {}
        for column, text in texts.items():
            name = self._exact.get(_squashed(text))
            if name and name not in columns:
                columns[name] = column
        near = tuple(self._add_near(texts, columns))
        if not set(self._wordings) <= set(columns):
            return None
        return None if near and len(texts) - len(columns) > _MOST_EXTRA else (columns, near)

    def _resembles(self, texts: Mapping[int, str]) -> bool:
        if any(len(text) > _LONGEST for text in texts.values()):
            return False
        return sum(1 for text in texts.values() if not self._stems.isdisjoint(_stems(text))) >= _ALIKE

    def _add_near(self, texts: Mapping[int, str], columns: dict[str, int]) -> Iterator[str]:
        """Give what is left of the columns to the nearest header, as long as one alone is nearest."""
        while True:
            left = {column: text for column, text in texts.items() if column not in columns.values()}
            names = [name for name in self._wordings if name not in columns]
            nearest = {column: self._nearest(text, names) for column, text in left.items()}
            chosen = list(nearest.values())
            sure = {name: column for column, name in nearest.items() if name and chosen.count(name) == 1}
            if not sure:
                return
            columns.update(sure)
            yield from sure

    def _nearest(self, text: str, names: list[str]) -> str:
        scores = sorted((max(_likeness(text, word) for word in self._wordings[name]), name) for name in names)
        if not scores or scores[-1][0] < _NEAR:
            return ""
        ahead = scores[-1][0] - scores[-2][0] if len(scores) > 1 else _LEAD
        return scores[-1][1] if ahead >= _LEAD else ""


def _texts(grid: Grid, row: int, height: int) -> dict[int, str]:
    """Return a row's filled cells by column; with what stands below them where the header may take two rows."""
    if row + height > len(grid.rows):
        return {}
    own = {column: tidy(grid.text(row, column)) for column in range(len(grid.rows[row]))}
    own = {column: text for column, text in own.items() if text}
    if height == 1:
        return own
    return {column: tidy(f"{text} {grid.text(row + 1, column)}") for column, text in own.items()}


def _merged_height(grid: Grid, row: int, columns: Mapping[str, int]) -> int:
    """Return how many rows the header takes where most of its cells are merged downwards."""
    ends = [span.last_row for span in grid.merged if span.first_row == row and span.first_column in columns.values()]
    end = max(ends) if len(ends) * 2 > len(columns) else row
    return min(end, len(grid.rows) - 1) - row + 1


@lru_cache(maxsize=8192)
def _squashed(text: str) -> str:
    return _NO_LETTER.sub("", compare_key(text))


@lru_cache(maxsize=8192)
def _stems(text: str) -> frozenset[str]:
    return frozenset(word[:_STEM] for word in _WORD.findall(compare_key(text)))


def _likeness(text: str, wording: str) -> float:
    plain = _BRACKETS.sub(" ", text)
    own, known = _stems(plain), _stems(wording)
    letters = fuzz.ratio(_squashed(plain), _squashed(wording))
    return max(letters, _SUBSET) if own and (own <= known or (known <= own and len(known) > 1)) else letters
