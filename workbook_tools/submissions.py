"""A unit's file as read: title values, rows with their cells, and what was wrong with its shape."""

from __future__ import annotations

import operator
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple, Self, overload

if TYPE_CHECKING:
    from workbook_tools.grids import CellValue
    from workbook_tools.remarks import Remark


@dataclass(frozen=True)
class TitleValue:
    """A value of the title sheet and its A1 cell; `unreadable` where what stands there is not certain."""

    value: CellValue
    text: str
    cell: str
    unreadable: bool = False


@dataclass(frozen=True)
class RawRow:
    """A data row as found: its number as a spreadsheet shows it, texts by column, unreadable columns."""

    number: int
    texts: Mapping[str, str]
    unreadable: frozenset[str] = frozenset()


# Rows by their columns' names: numbers, unreadable columns, and the texts of all rows column by column.
_Packed = dict[tuple[str, ...], tuple[list[int], list[frozenset[str]], list[list[str]]]]


def _packed(rows: Sequence[RawRow]) -> _Packed:
    by_names: dict[tuple[str, ...], list[RawRow]] = defaultdict(list)
    for row in rows:
        by_names[tuple(row.texts)].append(row)
    return {
        names: (
            [row.number for row in own],
            [row.unreadable for row in own],
            _shared([[row.texts[name] for row in own] for name in names]),
        )
        for names, own in by_names.items()
    }


def _shared(columns: Sequence[Sequence[str]]) -> list[list[str]]:
    """Return columns in which equal texts are one object, which goes from one process to another but once."""
    return [list(map(sys.intern, texts)) for texts in columns]


def _unpacked(packed: _Packed) -> list[RawRow]:
    rows: list[RawRow] = []
    for names, (numbers, unreadable, columns) in packed.items():
        cells = zip(*columns, strict=True) if names else [()] * len(numbers)
        rows += [
            RawRow(number, dict(zip(names, texts, strict=True)), unread)
            for number, texts, unread in zip(numbers, cells, unreadable, strict=True)
        ]
    return sorted(rows, key=lambda row: row.number) if len(packed) > 1 else rows


class PackedRows(Sequence[RawRow]):
    """Data rows kept by columns, as they go from one process to another: so they take a fifth of the room."""

    def __init__(self, packed: _Packed) -> None:
        self.packed = packed

    @classmethod
    def of(
        cls,
        names: tuple[str, ...],
        numbers: list[int],
        unreadable: list[frozenset[str]],
        columns: Sequence[Sequence[str]],
    ) -> Self:
        """Return rows that all have the same columns.

        Parameters
        ----------
        names, columns
            The columns' names, and the texts of all rows column by column.
        """
        return cls({names: (numbers, unreadable, _shared(columns))} if numbers else {})

    def __len__(self) -> int:
        """Return how many rows there are."""
        return sum(len(numbers) for numbers, _, _ in self.packed.values())

    def __iter__(self) -> Iterator[RawRow]:
        """Give the rows in order, made anew."""
        return iter(_unpacked(self.packed))

    @overload
    def __getitem__(self, index: int) -> RawRow: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[RawRow]: ...
    def __getitem__(self, index: int | slice) -> RawRow | Sequence[RawRow]:
        """Return a row, or some."""
        return _unpacked(self.packed)[index]

    def __eq__(self, other: object) -> bool:
        """Tell whether others are the same rows, however they are kept."""
        return isinstance(other, Sequence) and len(self) == len(other) and all(map(operator.eq, self, other))

    def __repr__(self) -> str:
        """Show the rows as any others."""
        return repr(tuple(self))

    def __hash__(self) -> int:
        """Return the same for equal rows."""
        return hash(tuple(row.number for row in self))


class Columns(NamedTuple):
    """Rows by columns: their numbers, their unreadable columns, and the texts of all rows by the column's name."""

    numbers: list[int]
    unreadable: list[frozenset[str]]
    texts: Mapping[str, list[str]]


def by_columns(rows: Sequence[RawRow], names: Sequence[str]) -> Columns:
    """Return rows by the columns named; a text is "" where a row has no such column."""
    if isinstance(rows, PackedRows) and len(rows.packed) == 1:
        ((own, (numbers, unreadable, columns)),) = rows.packed.items()
        texts = dict(zip(own, columns, strict=True))
        return Columns(numbers, unreadable, {name: texts.get(name) or [""] * len(numbers) for name in names})
    given = list(rows)
    return Columns(
        [row.number for row in given],
        [row.unreadable for row in given],
        {name: [row.texts.get(name, "") for row in given] for name in names},
    )


class SetAside(NamedTuple):
    """A filled row of the data sheet that is no data: its number, and what it is (`SET_ASIDE`)."""

    row: int
    what: str


# What a filled row can be that is no data.
SET_ASIDE = {
    "above": "над шапкой",
    "header": "шапка",
    "repeated": "повтор шапки",
    "total": "итог",
    "number": "только порядковый номер",
    "stray": "только значение вне граф",
}


@dataclass(frozen=True)
class Answer:
    """What a unit wrote beside a remark on its returned copy.

    Attributes
    ----------
    rule, place, header, message
        The remark as its line names it: the rule's code, the place as people read it, the column, the message.
    text
        The answer.
    sheet, cell
        Where the answer stands.
    """

    rule: str
    place: str
    header: str
    message: str
    text: str
    sheet: str
    cell: str


@dataclass(frozen=True)
class Submission:
    """A unit's file as read.

    Attributes
    ----------
    file, sha256
        The file as findings name it, and the SHA-256 of its content.
    unreadable
        Why it could not be read; "" where it could.
    sheet, title_sheet
        The names of the data sheet and the title sheet; "" where there is none.
    title
        Values of the title sheet by field name.
    meta
        The hidden marks by name; empty where the sheet was dropped.
    columns
        Zero-based column of each field on the data sheet.
    rows
        The filled data rows, in order.
    filled
        How many rows of the data sheet hold anything at all, counted on the sheet as found.
    aside
        Those of them that are no data.
    remarks
        What is wrong with the file's shape (П-01, П-02).
    answers
        What the unit says to the remarks of the round before.
    """

    file: str
    sha256: str
    unreadable: str = ""
    sheet: str = ""
    title_sheet: str = ""
    title: Mapping[str, TitleValue] = field(default_factory=dict)
    meta: Mapping[str, str] = field(default_factory=dict)
    columns: Mapping[str, int] = field(default_factory=dict)
    rows: Sequence[RawRow] = ()
    filled: int = 0
    aside: tuple[SetAside, ...] = ()
    remarks: tuple[Remark, ...] = ()
    answers: tuple[Answer, ...] = ()

    def __getstate__(self) -> dict[str, Any]:
        """Return what goes from one process to another: rows by columns, equal texts once."""
        rows = self.rows
        return self.__dict__ | {"rows": rows.packed if isinstance(rows, PackedRows) else _packed(rows)}

    def __setstate__(self, state: dict[str, Any]) -> None:
        """Take what came from another process: what stands in many files, and in the edition, takes its room once."""
        packed = {names: (*heads, _shared(columns)) for names, (*heads, columns) in state["rows"].items()}
        self.__dict__.update(state | {"rows": PackedRows(packed)})

    @property
    def unit(self) -> str:
        """The unit's code as the file gives it: the title sheet first, then the hidden marks."""
        given = self.title.get("unit")
        return given.text if given and given.text else self.meta.get("unit", "")
