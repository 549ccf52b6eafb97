"""A working folder for tests, with the edition of tests/books.py in force, and how people act in it."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from tests.books import DATE, EDITION, PROFILE, STAFF, TODAY, UnitBook, profile_with
from workbook_tools.desk.folder import Desk
from workbook_tools.desk.runs import Run, runs_of_cycle
from workbook_tools.dossier import Dossier
from workbook_tools.pipeline.commands import Options, check, merge
from workbook_tools.pipeline.consolidating import APPROVED
from workbook_tools.profile import LoadedProfile, Profile
from workbook_tools.reports.consolidated import write_consolidated

HEADERS = PROFILE.headers("decisions")
PLAIN = LoadedProfile(PROFILE, "")


def profile_due(deadline: datetime.date | None = None, **head: str) -> Profile:
    """Return the shipped profile with a deadline, and the heads of units by their codes."""
    units = [unit.model_dump() | {"head": head.get(unit.code, "")} for unit in PROFILE.units]
    return profile_with(period={"label": "4 квартал 2026 г.", "deadline": deadline}, units=units)


def opened(root: Path) -> Desk:
    """Return a working folder without a profile of its own; the edition is in force."""
    desk = Desk(root)
    for folder in (desk.editions / DATE, desk.templates, desk.incoming, desk.remarks, desk.releases):
        folder.mkdir(parents=True)
    dossier = Dossier(PROFILE, "", EDITION.records, DATE, APPROVED, EDITION.last_code)
    write_consolidated(desk.editions / DATE / f"Перечень_{DATE}.xlsx", dossier)
    return desk


def edition(desk: Desk) -> Path:
    """Return the edition that `opened` put there."""
    return desk.editions / DATE / f"Перечень_{DATE}.xlsx"


def send(desk: Desk, unit: str, book: UnitBook) -> Path:
    """Put a unit's file into the folder of incoming files."""
    return book.save(desk.incoming / f"{unit}.xlsx")


def asking(desk: Desk) -> None:
    """Let КАДР name a touchpoint that the Порядок does not list: a question to the officer."""
    book = UnitBook("КАДР")
    book.add(
        action="включить",
        activity=STAFF,
        process="Оформление отпуска",
        client="внутренний",
        touchpoint="киоск самообслуживания",
        kind="офлайн",
        needs="Получение консультации",
        basis="приказ от 12.10.2026 № 77",
    )
    send(desk, "КАДР", book)


def checked(desk: Desk, name: str = TODAY, loaded: LoadedProfile = PLAIN) -> Run:
    """Check what came in, as `perechen check` does in the folder."""
    check([desk.incoming], loaded, edition(desk), desk.remarks / name, Options(TODAY))
    return runs_of_cycle(desk)[-1]


def merged(desk: Desk, name: str = TODAY, loaded: LoadedProfile = PLAIN, decisions: Path | None = None) -> Run:
    """Merge what came in, as `perechen merge` does in the folder."""
    merge([desk.incoming], loaded, edition(desk), desk.releases / name, Options(TODAY), decisions=decisions)
    return runs_of_cycle(desk)[-1]


def decide(book: Path, only: str = "", words: str = "", **values: Any) -> None:  # noqa: ANN401 - whatever a cell takes
    """Write into every line of «Решения», or those on one record or with some words, and save the workbook."""
    opened_book = load_workbook(book)
    sheet = opened_book[PROFILE.sheets["decisions"].name]
    header = next(row for row in range(1, 20) if sheet.cell(row, 1).value == HEADERS["number"])
    columns = {cell.value: number for number, cell in enumerate(sheet[header], 1)}
    for row in range(header + 1, sheet.max_row + 1):
        key, about, question = (sheet.cell(row, columns[HEADERS[name]]).value for name in ("key", "code", "question"))
        if key and about == (only or about) and words in str(question):
            for name, value in values.items():
                sheet.cell(row, columns[HEADERS[name]]).value = value
    opened_book.save(book)
