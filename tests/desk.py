"""The officer's desk for tests: units' files, a merge, the sheet «Решения» filled in, a merge with it."""

from __future__ import annotations

import datetime
import shutil
from copy import copy
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from openpyxl import load_workbook

from tests.books import DATE, EDITION, PROFILE, TODAY, UnitBook
from workbook_tools.dossier import Dossier
from workbook_tools.pipeline.commands import Options, Result, merge
from workbook_tools.pipeline.consolidating import APPROVED
from workbook_tools.profile import LoadedProfile
from workbook_tools.reports.consolidated import write_consolidated

if TYPE_CHECKING:
    from workbook_tools.records import Edition

LOADED = LoadedProfile(PROFILE, "")
HEADERS = PROFILE.headers("decisions")


class Line(NamedTuple):
    """A line of the report's `decisions`."""

    key: str
    status: str
    rule: str | None
    record: str | None
    decision: str | None
    reason: str | None
    until: str | None
    who: str | None
    when: str | None


class Desk:
    """A folder in which a cycle is run; the edition of tests/books.py is in force unless another is given."""

    def __init__(self, folder: Path, edition: Edition = EDITION) -> None:
        self.folder = folder
        self.edition = folder / "редакция.xlsx"
        folder.mkdir(parents=True, exist_ok=True)
        dossier = Dossier(PROFILE, "", edition.records, DATE, APPROVED, edition.last_code)
        write_consolidated(self.edition, dossier)

    def copy(self, folder: Path) -> Desk:
        """Return a desk like this one in another folder."""
        shutil.copytree(self.folder, folder, dirs_exist_ok=True)
        made = copy(self)
        made.folder, made.edition = folder, folder / self.edition.name
        return made

    def send(self, unit: str, book: UnitBook) -> None:
        """Put a unit's file into the folder of incoming files."""
        book.save(self.folder / "входящие" / f"{unit}.xlsx")

    def merge(self, decisions: Path | None = None, today: str = TODAY, out: str = "выпуск") -> Result:
        """Merge what came in."""
        return merge(
            [self.folder / "входящие"], LOADED, self.edition, self.folder / out, Options(today), decisions=decisions
        )

    def book(self, result: Result) -> Path:
        """Return the consolidated workbook of a merge."""
        return next(path for path in result.outputs if path.name.startswith("Перечень_"))

    def decide(self, result: Result, name: str = "решения.xlsx", /, **by_key: dict[str, Any]) -> Path:
        """Fill in «Решения» of a merge: for each question's number its cells by column name; return the copy."""
        book = load_workbook(self.book(result))
        sheet = book[PROFILE.sheets["decisions"].name]
        header = next(row for row in range(1, 20) if sheet.cell(row, 1).value == HEADERS["number"])
        columns = {cell.value: number for number, cell in enumerate(sheet[header], 1)}
        for at, values in by_key.items():
            for column, value in values.items():
                sheet.cell(header + int(at[1:]), columns[HEADERS[column]]).value = value
        path = self.folder / name
        book.save(path)
        return path


def lines(result: Result) -> list[Line]:
    """Return the questions and decisions of a run."""
    return [Line(*(item[name] for name in Line._fields)) for item in result.report["decisions"]]


def told(result: Result, rule: str = "П-20") -> list[tuple[str, str, str | None, str]]:
    """Return variant, severity, cell and message of a rule's findings."""
    return [
        (item["variant"], item["severity"], item["cell"], item["message"])
        for item in result.report["findings"]
        if item["rule"] == rule
    ]


def day(text: str) -> datetime.date:
    """Return a date of the form 2026-12-31."""
    return datetime.date.fromisoformat(text)
