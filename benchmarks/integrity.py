"""What it costs to see that no cell was lost: `python -m benchmarks.integrity`.

A unit's file of 500 and of 20,000 rows, as the program's own template writer makes it (shared strings) and as openpyxl
saves it again (texts in their cells), is read step by step as `read_workbook` does. The shares are of the fast reader's
own time in the same run: guards (directory, unpacking, check sums, markup, hash) and the integrity pass; the last is of
the time in which the program reads the file, from its bytes to a unit's rows.
"""

from __future__ import annotations

import hashlib
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import NamedTuple

from openpyxl import load_workbook

from benchmarks.editions import HEAVY, pair
from workbook_tools import records
from workbook_tools.forms import blank_form
from workbook_tools.profile import Profile, load_profile
from workbook_tools.reading.archive import Archive
from workbook_tools.reading.dense import opened, rows_of
from workbook_tools.reading.files import read_content
from workbook_tools.reading.integrity import agrees, survey
from workbook_tools.reading.parts import Package
from workbook_tools.reading.signs import sign_troubles
from workbook_tools.reading.submission import read_submission
from workbook_tools.reading.values import Values
from workbook_tools.records import Edition
from workbook_tools.template import write_form

SIZES = (500, 20_000)
GOAL = 0.25
ROUNDS = 9


class Cost(NamedTuple):
    """Nanoseconds of the processor: fast reader, guards, integrity pass, and the whole reading of a file."""

    reader: float
    guards: float
    integrity: float
    whole: float


def main() -> None:
    """Print the costs for each size and writer."""
    profile = load_profile().profile
    with tempfile.TemporaryDirectory() as folder:
        for name, path in files(Path(folder), profile):
            cost = measured(path, profile)
            print(
                f"{name}: reader {cost.reader / 1e6:.1f} ms, guards {cost.guards / cost.reader:.2f}, "
                f"integrity {cost.integrity / cost.reader:.2f}, {cost.integrity / cost.whole:.2f} of the whole reading "
                f"(goal {GOAL})"
            )


def files(folder: Path, profile: Profile) -> Iterator[tuple[str, Path]]:
    """Write the submissions."""
    for size in SIZES:
        own = folder / f"{size}.xlsx"
        write_form(own, blank_form(profile, edition(size, profile), profile.units[0], "4 квартал 2026 г."), profile)
        yield f"{size} rows, template", own
        again = folder / f"{size}-again.xlsx"
        load_workbook(own).save(again)
        yield f"{size} rows, saved by openpyxl", again


def edition(size: int, profile: Profile) -> Edition:
    """Return a generated edition whose records are all of one unit."""
    rows = pair(size, HEAVY, profile, 1, coded=True).old.assign(unit=profile.units[0].code)
    return Edition(rows.head(size), "2024-03-19", records.IN_FORCE, size, "редакция.xlsx")


def measured(path: Path, profile: Profile) -> Cost:
    """Return the medians of several rounds, the three measured in turn."""
    rounds = [one_round(path, profile) for _ in range(ROUNDS)]
    return Cost(*(median(column) for column in zip(*rounds, strict=True)))


def one_round(path: Path, profile: Profile) -> Cost:
    """Read a workbook as `read_workbook` does, with the clock stopped between its steps."""
    clock = Clock()
    with clock.of("guards"):
        content = read_content(path)
        archive = Archive(content)
        archive.check_markup()
        hashlib.sha256(content).hexdigest()
    with clock.of("integrity"):
        package = Package(archive)
        surveys = [survey(archive.read(sheet.part), has_strings=bool(package.strings)) for sheet in package.sheets]
    with clock.of("reader"):
        book = opened(content)
        sheets = [rows_of(book.get_sheet_by_index(index)) for index in range(len(surveys))]
    with clock.of("integrity"):
        values = Values(package)
        for sheet, counted, rows in zip(package.sheets, surveys, sheets, strict=True):
            part = archive.read(sheet.part)
            first = values.first_string
            if counted is None or not agrees(counted, part, rows, from_1904=package.from_1904, first=first):
                raise SystemExit(f"{sheet.name}: not read at once")
            if counted.is_odd or package.has_odd_strings:
                list(sign_troubles(rows))
    with clock.of("whole"):
        read_submission(path, path.name, profile)
    return Cost(*(clock.spent[name] for name in Cost._fields))


class Clock:
    """Adds up the time of the processor by name."""

    def __init__(self) -> None:
        self.spent: Counter[str] = Counter()

    @contextmanager
    def of(self, name: str) -> Iterator[None]:
        """Count what is done inside."""
        begin = time.process_time_ns()
        yield
        self.spent[name] += time.process_time_ns() - begin


if __name__ == "__main__":
    main()
