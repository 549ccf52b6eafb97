"""What a case of the corpus is: its name, its group in robustness.md, how it is made, and what must become of it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tests.hostile.parts import Parts
from tests.hostile.stage import CELL

READ, FINDING, REFUSED, IGNORED = "read", "finding", "refused", "ignored"


@dataclass(frozen=True)
class Expected:
    """What must become of a file.

    Attributes
    ----------
    fates
        Those of `read`, `finding`, `refused`, `ignored` that will do: some damage may be told or refused.
    says
        Russian fragments, all of which the finding or the reason holds, in any case of letters.
    cells
        Cells that findings name.
    contact
        What the register then has as the contact of row 10; None where it is what the plain template has.
    """

    fates: tuple[str, ...]
    says: tuple[str, ...] = ()
    cells: tuple[str, ...] = ()
    contact: str | None = None


def read(contact: str | None = None) -> Expected:
    """Read whole: the records of the plain template, at most with warnings; row 10 may have another contact."""
    return Expected((READ,), contact=contact)


def found(*cells: str, says: Iterable[str] = ()) -> Expected:
    """Read, and told which cells are not as they should be."""
    return Expected((FINDING,), tuple(says), cells)


def refused(*says: str) -> Expected:
    """Not read, with a sentence that holds the fragments."""
    return Expected((REFUSED,), says)


def told(*cells: str, says: Iterable[str] = (), contact: str | None = None) -> Expected:
    """Read with a finding that names the cells, or refused; never silent."""
    return Expected((FINDING, REFUSED), tuple(says), cells, contact)


def any_told(*cells: str) -> Expected:
    """Read whole, told or refused: whatever it is, no row is lost in silence."""
    return Expected((READ, FINDING, REFUSED), (), cells)


def read_or_refused() -> Expected:
    """Read whole, or refused with a sentence: a good file of a form that few can read."""
    return Expected((READ, REFUSED))


IGNORED_FILE = Expected((IGNORED,))


@dataclass(frozen=True)
class Case:
    """A file of the corpus.

    Attributes
    ----------
    group
        Its requirement in robustness.md: A1…B14.
    make
        Makes its content of the plain template's parts.
    file
        Its name; `{unit}` is the unit's code.
    place
        Puts it into the folder where it is no plain file, or not the only one: path and content are given.
    needs
        What it cannot be made without: `posix` or `libreoffice`; "" where it needs nothing.
    """

    name: str
    group: str
    expected: Expected
    make: Callable[[Parts], bytes]
    file: str = "{unit}.xlsx"
    place: Callable[[Path, bytes], object] = field(default=Path.write_bytes)
    needs: str = ""

    @property
    def possible(self) -> bool:
        """Whether the file can be made on this machine."""
        if self.needs == "libreoffice":
            return shutil.which("soffice") is not None
        return not self.needs or os.name == self.needs

    def path(self, folder: Path, unit: str) -> Path:
        """Return where the file stands."""
        return folder / self.file.format(unit=unit)

    def put(self, folder: Path, unit: str, plain: bytes) -> Path:
        """Make the file in a folder."""
        path = self.path(folder, unit)
        path.parent.mkdir(parents=True, exist_ok=True)
        self.place(path, self.make(Parts.of(plain)))
        return path


def edited(group: str, expected: Expected, changes: Mapping[str, Callable[[Parts], Parts]]) -> list[Case]:
    """Return a case for each named change of the parts."""
    return [Case(name, group, expected, _packed(change)) for name, change in changes.items()]


def contents(group: str, expected: Expected, made: Mapping[str, Callable[[Parts], bytes]]) -> list[Case]:
    """Return a case for each named content."""
    return [Case(name, group, expected, make) for name, make in made.items()]


def _packed(change: Callable[[Parts], Parts]) -> Callable[[Parts], bytes]:
    return lambda parts: change(parts).packed()


def at_cell(xml: str, cell: str = CELL) -> Callable[[Parts], Parts]:
    """Return a change that puts another element in the place of a cell of the data sheet."""
    return lambda parts: parts.cell(cell, xml)
