"""What a unit's workbook is written from: no frames here, so that a process that writes it starts in a moment."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple, Self, overload

if TYPE_CHECKING:
    from workbook_tools.groups import Finding
    from workbook_tools.profile import Unit

LEFT, NEW = "left", "new"


class Round(NamedTuple):
    """How many of a unit's remarks were mended since the round before, how many are left, how many are new."""

    mended: int
    left: int
    new: int


class OtherFile(NamedTuple):
    """Another file of the same unit: its name, why it does not count, the findings on it with its own cells."""

    file: str
    why: str
    remarks: Sequence[Finding]


@dataclass(frozen=True)
class FormRow:
    """One line of the data sheet: what each column shows, and whether it came from the edition."""

    shown: Mapping[str, str]
    given: bool


@dataclass(frozen=True)
class FormRows(Sequence[FormRow]):
    """The lines of the data sheet, kept by columns: so they are made, handed to another process and written.

    Attributes
    ----------
    columns
        What each column shows, line by line; "" everywhere in a column that is not there.
    given
        For each line whether it came from the edition.
    """

    columns: Mapping[str, Sequence[str]]
    given: Sequence[bool]

    @classmethod
    def of(cls, rows: Iterable[FormRow]) -> Self:
        """Return lines that were made one by one."""
        lines = list(rows)
        names = dict.fromkeys(name for line in lines for name in line.shown)
        columns = {name: [line.shown.get(name, "") for line in lines] for name in names}
        return cls(columns, [line.given for line in lines])

    def texts(self, names: Sequence[str]) -> list[tuple[str, ...]]:
        """Return what the lines show in the columns named."""
        blank = [""] * len(self)
        return list(zip(*(self.columns.get(name, blank) for name in names), strict=True))

    def __len__(self) -> int:
        """Return how many lines there are."""
        return len(self.given)

    @overload
    def __getitem__(self, index: int) -> FormRow: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[FormRow]: ...
    def __getitem__(self, index: int | slice) -> FormRow | Sequence[FormRow]:
        """Return a line, or some."""
        if isinstance(index, slice):
            return [self[line] for line in range(*index.indices(len(self)))]
        return FormRow({name: texts[index] for name, texts in self.columns.items()}, self.given[index])


@dataclass(frozen=True)
class UnitForm:
    """A unit's workbook before it is written.

    Attributes
    ----------
    unit
        Whose workbook it is.
    edition
        The edition's date, ISO; "" where the register starts empty.
    title
        Values of the title sheet by field name, as people read them.
    rows
        The lines of the data sheet, in order.
    processes
        Pairs (activity, process) for the list that depends on the activity, sorted.
    remarks
        Findings whose `row` is the zero-based line of `rows`, -1 where a remark stands on no line.
    fingerprints
        For each pre-filled record its code and a hash of what it held.
    mended
        The findings of the round before that the unit mended.
    round
        How many were mended, are left, are new; None where there was no round before.
    waiting
        The lines whose records wait for an answer and are no part of the register yet.
    unsure
        How many of the unit's own records of the edition are among those: a unit may have added a foreign one.
    refused
        Why the file is refused as a whole; "" where it is not, or nothing came yet.
    file
        The unit's own file from which a copy is made; "" where nothing came yet.
    left_out
        What stands in that file and is not in the copy, in words.
    others
        The unit's other files with findings: no copy is made of them.
    """

    unit: Unit
    edition: str
    title: Mapping[str, str]
    rows: FormRows
    processes: tuple[tuple[str, str], ...]
    remarks: Sequence[Finding] = ()
    fingerprints: Mapping[str, str] = field(default_factory=dict)
    mended: Sequence[Finding] = ()
    round: Round | None = None
    waiting: frozenset[int] = frozenset()
    unsure: int = 0
    refused: str = ""
    file: str = ""
    left_out: tuple[str, ...] = ()
    others: Sequence[OtherFile] = ()
