"""The plain form of a sheet: rows of shared strings and whole numbers, spelled in one way only (robustness.md B2).

Nearly every sheet that comes is of it. Each byte between the beginning and the end of its rows is matched, so that
nothing is left to be misread or lost; whatever is spelled otherwise is left to the other forms, which know more.
"""

from __future__ import annotations

import re
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

from workbook_tools import limits
from workbook_tools.errors import InputError
from workbook_tools.reading.integrity import BEGIN, END, is_plain, rise
from workbook_tools.reading.markup import parse
from workbook_tools.reading.surroundings import MAIN, Surroundings, column_number

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from workbook_tools.grids import CellValue

    Row = tuple[CellValue, ...]

# What a row's tag may say, in the order in which programs write it; a hidden row says something else.
_OF_A_ROW = (
    rb'spans="\d{1,5}+:\d{1,5}+"',
    rb's="\d{1,9}+"',
    rb'customFormat="(?:1|false|true)"',
    rb'ht="[\d.]{1,20}+"',
    rb'hidden="false"',
    rb'customHeight="(?:1|false|true)"',
    rb'outlineLevel="0"',
    rb'collapsed="false"',
    rb'x14ac:dyDescent="[\d.]{1,20}+"',
)
_TAG = b"".join(b"(?: %b)?+" % part for part in _OF_A_ROW)
_CELL = rb'<c r="[A-Z]{1,3}+\1"(?: s="\d{1,9}+")?+(?: t="[sn]")?+(?>><v>\d{1,9}+</v></c>|/>)'
_ROW = re.compile(rb'r="(\d{1,7})"%b(?>/>|>(?:%b)*+</row>)' % (_TAG, _CELL))
_PREFIX, _DECLARED = b" x14ac:", re.compile(rb"<worksheet(?: [^<>]*)? xmlns:x14ac=")
_ROW_BEGIN, _DIGITS = b"<row ", b"0123456789"
_VALUE = re.compile(rb"<v>(\d+)</v>")
# A cell of a row without its digits: its column, whether it holds a string, and whether it holds anything.
_SHAPE = re.compile(rb'<c r="([A-Z]+)"(?: s="")?( t="s")?(?: t="n")?(/?)>')
_FORMAT_OF_A_NUMBER = re.compile(rb'<c r="[A-Z]+\d+"(?: s="(\d+)")?(?: t="n")?><v>')
_NO_TEXT, _EMPTY_TEXT, _END_OF_RAW_TEXT, _RETURN = b"<t/>", b"<t></t>", b"]]>", b"\r"
_ITEM, _SPACED_ITEM, _ITEM_END, _LIST_END = b"<si><t>", b'<si><t xml:space="preserve">', b"</t></si>", b"</sst>"
# How often a mark begins in an item of one text.
_MARKS = 4
_BLANK_EDGES = (b"<t> ", b"<t>\t", b"<t>\n", b" </t>", b"\t</t>", b"\n</t>")
_LOOSE = re.compile(rb"<t>(?:[ \t\n]|[^\r<][^<]*[ \t\n]</t>)")
_CODES = {"&lt;": "<", "&gt;": ">", "&quot;": '"', "&apos;": "'", "&amp;": "&"}
_CODE, _UNKNOWN_CODE = re.compile("|".join(_CODES)), re.compile("&(?!(?:lt|gt|quot|apos|amp);)")


class PlainSheet(NamedTuple):
    """A sheet as it was read: its rows from the first row and column, and what stands around them."""

    rows: tuple[Row, ...]
    around: Surroundings


def plain_strings(part: bytes) -> list[str] | None:
    """Return the shared strings of a part: one text an item, every letter written as it is.

    None where one is otherwise: of several pieces, with blanks at its edge that may not count, with numbers for signs.
    """
    start, end = part.find(_ITEM[:4]), part.rfind(_LIST_END)
    edges = part[:start] + part[end:]
    if not 0 <= start < end or _RETURN in part or _END_OF_RAW_TEXT in part or not is_plain(edges):
        return None
    # No text has a return: it marks those that keep their blanks.
    marked = part[start:end].replace(_NO_TEXT, _EMPTY_TEXT).replace(_SPACED_ITEM, _ITEM + _RETURN)
    if any(edge in marked for edge in _BLANK_EDGES) and _LOOSE.search(marked):
        return None
    body = marked.replace(_RETURN, b"")
    try:
        parse(edges, Surroundings())
        texts = body[len(_ITEM) : -len(_ITEM_END)].decode().split((_ITEM_END + _ITEM).decode())
    except (InputError, ValueError):
        return None
    is_whole = body.startswith(_ITEM) and body.endswith(_ITEM_END) and body.count(b"<") == _MARKS * len(texts)
    return _decoded(texts) if is_whole else None


def _decoded(texts: list[str]) -> list[str] | None:
    """Return texts with letters for their codes; None where a code is none of the five that markup itself needs."""
    coded = [at for at, text in enumerate(texts) if "&" in text]
    for at in coded:
        if _UNKNOWN_CODE.search(texts[at]):
            return None
        texts[at] = _CODE.sub(lambda match: _CODES[match[0]], texts[at])
    return texts


class _Edges(Surroundings):
    """Takes what stands around the rows.

    Attributes
    ----------
    tables
        For each table of cells whether it stands where a sheet has its own.
    """

    def __init__(self) -> None:
        super().__init__()
        self.tables: list[bool] = []
        self._depth = 0

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        space, _, local = name.rpartition(" ")
        if local == "sheetData":
            self.tables.append(self._depth == 1 and space in MAIN)
        self._depth += 1
        super().start(name, attributes)

    def end(self, name: str) -> None:
        self._depth -= 1
        super().end(name)


class PlainReader:
    """Reads those sheets of one package that are of the plain form.

    Parameters
    ----------
    strings
        The shared strings.
    number
        Gives what a number as written is in a format, by the number that cells name; None where that is not certain.
    """

    def __init__(self, strings: Sequence[str], number: Callable[[str, int], CellValue | None]) -> None:
        self._strings = strings
        self._number = number
        self._layouts: dict[bytes, _Layout] = {}

    def sheet(self, part: bytes) -> PlainSheet | None:
        """Read a sheet's XML; None where it is not of the plain form.

        Raises
        ------
        InputError
            What stands around the rows is broken.
        """
        start, end = part.find(BEGIN), part.rfind(END)
        if not 0 <= start < end:
            return None
        start += len(BEGIN)
        edges = part[:start] + part[end:]
        rows = self._rows(part[start:end]) if is_plain(edges) else None
        # A prefix that nobody declared is no markup.
        if rows is None or (_PREFIX in part and not _DECLARED.search(edges)):
            return None
        around = _Edges()
        parse(edges, around)
        return PlainSheet(rows, around) if around.tables == [True] else None

    def _rows(self, body: bytes) -> tuple[Row, ...] | None:
        before, *tags = body.split(_ROW_BEGIN)
        numbers = [int(match[1]) for match in map(_ROW.fullmatch, tags) if match]
        if before or len(numbers) < len(tags) or not rise(numbers):
            return None
        # Rows are of a few shapes: they differ in their digits, and in which of their cells are blank.
        shapes = body.translate(None, _DIGITS).split(_ROW_BEGIN)[1:]
        layouts = [self._layouts.get(shape) or self._layout(shape) for shape in shapes]
        depth = max((number for number, layout in zip(numbers, layouts, strict=True) if layout.count), default=0)
        width = max((layout.width for layout in layouts), default=0)
        if depth * width > limits.USED_BOX_CELLS or not all(layout.rises for layout in layouts):
            return None
        found: list[Row] = [("",) * width] * depth
        for number, row in zip(numbers, self._filled(_VALUE.findall(body), layouts, tags), strict=False):
            if row is None:
                return None
            if row:
                found[number - 1] = row + found[number - 1][len(row) :]
        return tuple(found)

    def _layout(self, shape: bytes) -> _Layout:
        return self._layouts.setdefault(shape, _Layout(shape))

    def _filled(self, values: list[bytes], layouts: list[_Layout], tags: list[bytes]) -> Iterator[Row | None]:
        """Yield the values of each row up to its last; None where one is not certain."""
        at, text_of = 0, self._strings.__getitem__
        for layout, tag in zip(layouts, tags, strict=True):
            own = values[at : at + layout.count]
            at += layout.count
            try:
                yield layout.put(self._typed(own, layout, tag) if layout.numbers else list(map(text_of, map(int, own))))
            except LookupError:  # a string that is not there, a number of an unusual format
                yield None

    def _typed(self, values: list[bytes], layout: _Layout, tag: bytes) -> list[CellValue]:
        """Return the values of a row that holds numbers.

        Raises
        ------
        LookupError
            There is no such string, or what a number is, is not certain.
        """
        formats = iter(_FORMAT_OF_A_NUMBER.findall(tag))
        typed: list[CellValue] = []
        for at, value in enumerate(values):
            number = self._number(value.decode(), int(next(formats) or 0)) if at in layout.numbers else None
            if number is None and at in layout.numbers:
                raise LookupError(value)
            typed.append(self._strings[int(value)] if number is None else number)
        return typed


class _Layout:
    """Where the values of a row stand.

    Attributes
    ----------
    count, width
        How many values there are, and how many columns up to the last of them.
    numbers
        Which of the values are numbers; the others are strings.
    rises
        Whether its cells stand in the order of their columns.
    """

    def __init__(self, shape: bytes) -> None:
        cells = [(column_number(cell[0].decode()), cell[1], cell[2]) for cell in _SHAPE.findall(shape)]
        every = [column for column, _, _ in cells]
        columns = [column for column, _, is_blank in cells if not is_blank]
        kinds = [kind for _, kind, is_blank in cells if not is_blank]
        self.count, self.width = len(columns), max(columns, default=-1) + 1
        self.numbers = frozenset(at for at, kind in enumerate(kinds) if not kind)
        self.rises = every == sorted(set(every)) and max(every, default=0) < limits.SHEET_COLUMNS
        places = {column: at for at, column in enumerate(columns)}
        # What has no place is taken from behind the values.
        self._take = itemgetter(*(places.get(column, self.count) for column in range(self.width)), self.count)

    def put(self, values: list[CellValue]) -> Row:
        """Return a row up to its last value."""
        if self.count == self.width:
            return tuple(values)
        values.append("")
        taken: Row = self._take(values)
        return taken[:-1]
