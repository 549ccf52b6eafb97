"""What a row of an annex's table is: a record, the rest of a cut one, a heading, or a remark beside the records."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum, auto
from functools import cached_property
from typing import TYPE_CHECKING

from workbook_tools.annex.cells import CONTENT
from workbook_tools.annex.known import continues, ends_open, is_note
from workbook_tools.annex.lists import begins_need
from workbook_tools.annex.tables import filled_cells

if TYPE_CHECKING:
    from collections.abc import Mapping

    from workbook_tools.annex.cells import Cell, SourceRow
    from workbook_tools.annex.known import Known
    from workbook_tools.annex.tables import Section

_NUMERAL = re.compile(r"(?:\d+|[IVXLC]+)(?:\.\d+)*[.)]?")
_PERSON = re.compile(r"(?:[А-ЯЁ]\.\s*){1,2}[А-ЯЁ][а-яё-]+|[А-ЯЁ][а-яё-]+\s+(?:[А-ЯЁ]\.\s*){1,2}")
_SIGNING = re.compile(
    r"(?:согласовано|утверждаю|утверждено|исполнитель|подпись|дата|м\.\s*п\.?)[.:]?|[_\s/«»\"]+|"
    r"«?_*\d{0,2}_*»?[\s.]*(?:\d{2}|[а-я_]+)[\s.]*20\d\d(?:\s*г(?:ода|\.)?)?",
    re.IGNORECASE,
)
_CUTTABLE = frozenset({"process", "touchpoint", "needs"})


class RowKind(Enum):
    """What a row is."""

    NUMBERING = auto()
    HEADING = auto()
    ASIDE = auto()
    REST = auto()
    NEED = auto()
    LABEL = auto()
    RECORD = auto()


@dataclass(frozen=True)
class Line:
    """A row of a section with anything in it."""

    section: Section
    row: int

    @cached_property
    def own(self) -> Mapping[str, Cell]:
        """The row's own cells by the names of their columns."""
        return self.section.own(self.row)

    @cached_property
    def filled(self) -> frozenset[str]:
        """The columns in which the row says something."""
        return frozenset(self.section.filled(self.row))

    @property
    def in_order(self) -> list[str]:
        """The columns in which the row says something, from left to right."""
        return sorted(self.filled, key=lambda name: self.own[name].column)

    @cached_property
    def cells(self) -> tuple[Cell, ...]:
        """All filled cells, outside the table's columns too."""
        return tuple(filled_cells(self.section.file, self.section.grid, [self.row]))

    @property
    def heading(self) -> Cell | None:
        """The cell that would be a heading: the only one with words."""
        worded = [cell for cell in self.cells if not is_numeral(cell.text)]
        return worded[0] if len(worded) == 1 and len(self.filled) <= len(worded) + 1 else None

    @property
    def is_numbering(self) -> bool:
        """Whether the row only numbers the columns, as printed forms do under their header."""
        in_order = [cell.text.strip("(). ") for cell in sorted(self.own.values(), key=lambda cell: cell.column)]
        return in_order == [str(number + 1) for number in range(len(in_order))]

    def is_merged_from_above(self, name: str) -> bool:
        """Tell whether a column's cell lies in a merged area that begins above."""
        return self.section.above(self.row, name) is not None

    @property
    def goes_on(self) -> bool:
        """Whether the row's touchpoint or kind stands under a process named above."""
        return self.filled.isdisjoint({"direction", "process"}) and not self.filled.isdisjoint({"touchpoint", "kind"})


@dataclass(frozen=True)
class Around:
    """What stands around a row: the filled row below, the last record's row above, whether a header was just passed."""

    below: Line | None
    last: SourceRow | None
    after_header: bool


def is_numeral(text: str) -> bool:
    """Tell whether a text is a number and nothing else, as rows are numbered."""
    return bool(_NUMERAL.fullmatch(text))


def kind_of(line: Line, around: Around, known: Known) -> RowKind:
    """Return what a row is."""
    if line.is_numbering:
        return RowKind.NUMBERING
    if _is_heading(line, around.below, known):
        return RowKind.HEADING
    if not line.filled or _is_aside(line, known):
        return RowKind.ASIDE
    if around.last is not None and line.filled <= _CUTTABLE:
        if _is_rest(line, around, around.last, known):
            return RowKind.REST
        if line.filled == {"needs"}:
            return RowKind.NEED
    return RowKind.LABEL if _is_label(line, around.below) else RowKind.RECORD


def _is_heading(line: Line, below: Line | None, known: Known) -> bool:
    cell = line.heading
    if cell is None:
        return False
    if known.heading(cell.text):
        return True
    if is_note(cell.text) or not (line.section.across(line.row) > _half(line) or cell.spot in _front(line)):
        return False
    return below is not None and "direction" not in below.filled and not below.filled.isdisjoint(CONTENT)


def _half(line: Line) -> int:
    return len(line.section.columns) // 2


def _front(line: Line) -> set[tuple[str, int, int]]:
    return {line.own[name].spot for name in ("number", "direction") if name in line.own}


def _is_aside(line: Line, known: Known) -> bool:
    """Tell whether a row holds no record: a remark, a sum, a signature, a number alone."""
    filled = line.filled
    if known.is_kind(line.own["kind"].text) or line.section.has_trouble(line.row):
        return False
    first = line.cells[0]
    if is_note(first.text) and "needs" not in filled:
        return True
    if _is_signed(line, known):
        return True
    if filled <= {"number", "direction"} or (len(filled) == 1 and line.section.across(line.row) > 1):
        return True
    return filled.isdisjoint({"process", "needs"}) and _is_signature(line, known)


def _is_signed(line: Line, known: Known) -> bool:
    """Tell whether a row without a touchpoint and kind of its own holds a person's name or only a date: a signature."""
    if known.names_touchpoint(line.own["touchpoint"].text) or line.is_merged_from_above("kind"):
        return False
    texts = [line.own[name].text for name in line.in_order if name != "number"]
    return any(_PERSON.fullmatch(text) for text in texts) or all(_SIGNING.fullmatch(text) for text in texts)


def _is_signature(line: Line, known: Known) -> bool:
    """Tell whether a row without process and needs has words in front that are no heading: a post and a name."""
    texts = [line.own[name].text for name in ("number", "direction") if name in line.filled]
    worded = [text for text in texts if not is_numeral(text)]
    named = known.names_touchpoint(line.own["touchpoint"].text)
    return bool(worded) and not named and not any(known.heading(text) for text in worded)


def _is_label(line: Line, below: Line | None) -> bool:
    """Tell whether a row only names the process of the rows below it."""
    if "process" not in line.filled or not line.filled.isdisjoint({"touchpoint", "needs", "kind"}):
        return False
    merged = line.is_merged_from_above("touchpoint") or line.is_merged_from_above("kind")
    return not merged and below is not None and below.goes_on


def _is_rest(line: Line, around: Around, last: SourceRow, known: Known) -> bool:
    """Tell whether a row is the rest of the one above, cut in two by a page break."""
    small = {name for name in line.filled if continues(line.own[name].text) and last.cells[name].text}
    if line.is_merged_from_above("kind"):
        return line.filled == small == {"needs"}
    if line.filled == {"touchpoint"}:
        return _is_rest_of_touchpoint(line.own["touchpoint"].text, around, last, known)
    if line.filled == {"needs"}:
        is_new = begins_need(line.own["needs"].text)
        return around.after_header if bool(small) == is_new else bool(small)
    if line.filled == {"process"}:
        return _is_rest_of_process(around, last, small=bool(small))
    if "touchpoint" not in line.filled:
        return around.after_header or bool(small)
    return small == line.filled or ("process" in small and around.after_header)


def _is_rest_of_touchpoint(text: str, around: Around, last: SourceRow, known: Known) -> bool:
    if ends_open(last.cells["touchpoint"].text):
        return True
    if known.is_touchpoint(text):
        return False
    return continues(text) or (around.after_header and not known.names_touchpoint(text))


def _is_rest_of_process(around: Around, last: SourceRow, *, small: bool) -> bool:
    """Tell whether a process alone in its row is a rest, and not the name over the rows below."""
    heads_rows = around.below is not None and around.below.goes_on
    if around.after_header:
        return small or not heads_rows
    return small and not (heads_rows and continues(last.cells["process"].text))
