"""The ends of cells: what follows the head of a cell, the same for all cells that hold the same."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from math import isfinite
from typing import TYPE_CHECKING

from workbook_tools.xlsx.checking import as_cells_hold
from workbook_tools.xlsx.texts import is_fit, is_live

if TYPE_CHECKING:
    import xlsxwriter

    from workbook_tools.xlsx.checking import Value

BLANK = "/>"
ABSENT = ""
_NUMBERS = (int, float)


class Ends(dict[object, str]):
    """The ends of cells by what they hold; a new text is entered among the workbook's shared texts.

    Parameters
    ----------
    book
        The writer's workbook.
    fit
        Tells whether a text can be written as it is; one that cannot has no end here.

    Attributes
    ----------
    live
        The texts among them that a client could run: their cells need the mark that they hold text.
    """

    def __init__(self, book: xlsxwriter.Workbook, fit: Callable[[str], bool] = is_fit) -> None:
        super().__init__({"": BLANK, None: BLANK})
        self._shared = book.str_table
        self._fit = fit
        self._numbers: set[object] = set()
        self.live: set[object] = set()

    def enter(self, values: Iterable[Value]) -> bool:
        """Find the ends of values, each new one once, in their order; what is neither text nor number has none.

        Returns
        -------
        bool
            Whether all texts can be written as they are; if not, none is entered.
        """
        new = [value for value in dict.fromkeys(values) if value not in self]
        texts = [value for value in new if isinstance(value, str)]
        others = [] if len(texts) == len(new) else [value for value in new if not isinstance(value, str)]
        # A day too early for a cell is written as text, in its turn as any text.
        if not all(map(self._fit, texts)) or any(isinstance(as_cells_hold(value), str) for value in others):
            return False
        self._enter_texts(texts)
        numbers = [value for value in others if isinstance(value, _NUMBERS) and isfinite(value)]
        # A zero of either sign is found as the other.
        self.update((number, f"><v>{number + 0:.16G}</v></c>") for number in numbers)
        self._numbers.update(numbers)
        return True

    def _enter_texts(self, texts: Sequence[str]) -> None:
        index = self._shared._get_shared_string_index  # noqa: SLF001 - the writer has no other name for it
        for text in texts:
            self[text] = f' t="s"><v>{index(text)}</v></c>'
        # Cells are counted by the row.
        self._shared.count -= len(texts)
        # Most texts begin with a letter, and none of these is run.
        self.live.update(text for text in texts if not text[0].isalpha() and is_live(text))

    def end(self, value: Value) -> str | None:
        """Return the end of a cell that holds a value, None where it has none."""
        if value not in self:
            self.enter((value,))
        return self.get(value)

    def count(self, rows: Iterable[Sequence[str]], values: Iterable[object]) -> None:
        """Count the cells that hold a text, in rows of ends and the values that these stand for."""
        filled = sum(len(ends) - ends.count(BLANK) - ends.count(ABSENT) for ends in rows)
        numbers = sum(map(self._numbers.__contains__, values)) if self._numbers else 0
        self._shared.count += filled - numbers
