"""A working folder for tests: an edition in force, units' files, merges, and the order that puts one in force."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory

from openpyxl import load_workbook

from tests.books import DATE, EDITION, NEW, PROFILE, TODAY, Typed, UnitBook, edition_of_rows
from workbook_tools import records
from workbook_tools.desk.folder import FOLDERS, Desk, edition_in_force, fresh_folder
from workbook_tools.desk.publishing import publish
from workbook_tools.dossier import Dossier
from workbook_tools.pipeline.commands import Options, Result, merge
from workbook_tools.pipeline.consolidating import APPROVED
from workbook_tools.pipeline.profiles import write_profile_book
from workbook_tools.placing.disk import file_sha256
from workbook_tools.profile import LoadedProfile
from workbook_tools.records import Approval, Edition
from workbook_tools.reports.consolidated import write_consolidated

HEADERS = PROFILE.headers("decisions")
# All but the record with an old defect: nobody has anything to ask.
SOUND = edition_of_rows([row for row in records.rows(EDITION.records) if row["code"] != "Т-0004"])
ORDER_DAY, NUMBER = "2026-12-01", "30/01-02"


class Working:
    """A working folder that is there, built on the edition given."""

    def __init__(self, root: Path, edition: Edition | None = SOUND) -> None:
        self.desk = Desk(root)
        self.edition = edition

    @classmethod
    def made(cls, root: Path, edition: Edition | None = SOUND) -> Working:
        """Make one: the edition is in force, and «КАДР» has sent a file."""
        for name in FOLDERS:
            (root / name).mkdir(parents=True)
        made = cls(root, edition)
        made.desk.profile.write_bytes(_profile_book())
        if edition is not None:
            folder = made.desk.editions / DATE
            folder.mkdir()
            dossier = Dossier(PROFILE, "", edition.records, DATE, APPROVED, edition.last_code)
            write_consolidated(folder / f"Перечень_{DATE}.xlsx", dossier)
        made.send("КАДР")
        return made

    @property
    def loaded(self) -> LoadedProfile:
        """The folder's profile; that the workbook reads back as the same one is shown elsewhere."""
        return LoadedProfile(PROFILE, file_sha256(self.desk.profile))

    def send(self, unit: str, *, name: str = "", **row: Typed) -> Path:
        """Put a unit's file among the incoming ones: one new record, with other values where they are given."""
        book = UnitBook(unit, self.edition or Edition(records.empty()))
        book.add(**(NEW | row))
        return book.save(self.desk.incoming / (name or f"{unit}.xlsx"))

    def merge(self, today: str = TODAY, decisions: Path | None = None, sheet_rows: int = 0) -> Result:
        """Merge what came in, into a fresh folder."""
        options = Options(today)
        options = replace(options, sheet_rows=sheet_rows) if sheet_rows else options
        out = fresh_folder(self.desk.releases, today)
        edition = edition_in_force(self.desk)
        return merge([self.desk.incoming], self.loaded, edition, out, options, decisions=decisions)

    def publish(
        self, date: str = ORDER_DAY, number: str = NUMBER, reason: str = "", today: str = ORDER_DAY, sheet_rows: int = 0
    ) -> Result:
        """Put the last release in force."""
        options = Options(today)
        options = replace(options, sheet_rows=sheet_rows) if sheet_rows else options
        return publish(self.desk, self.loaded, Approval(number, date, reason), options)

    def contents(self) -> dict[str, bytes]:
        """Return every file of the folder by its place."""
        root = self.desk.root
        return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}

    def copy(self, place: Path) -> Working:
        """Return a folder like this one at another place."""
        shutil.copytree(self.desk.root, place)
        return Working(place, self.edition)


@lru_cache(maxsize=1)
def _profile_book() -> bytes:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "профиль.xlsx"
        write_profile_book(path, LoadedProfile(PROFILE, ""))
        return path.read_bytes()


def book_of(result: Result) -> Path:
    """Return the workbook among the outputs."""
    return next(path for path in result.outputs if path.name.startswith("Перечень_"))


def answer(book: Path, *answers: Mapping[str, Typed]) -> None:
    """Fill in «Решения» of a workbook where it lies, line by line."""
    opened = load_workbook(book)
    sheet = opened[PROFILE.sheets["decisions"].name]
    header = next(row for row in range(1, 20) if sheet.cell(row, 1).value == HEADERS["number"])
    columns = {cell.value: number for number, cell in enumerate(sheet[header], 1)}
    for row, values in enumerate(answers, header + 1):
        for name, value in values.items():
            sheet.cell(row, columns[HEADERS[name]]).value = value
    opened.save(book)
