"""The stage of the corpus: a profile and an edition with many like units, and the plain template of each, filled in."""

from __future__ import annotations

import io
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.books import SIGNED, UnitBook
from workbook_tools import records
from workbook_tools.dossier import Dossier
from workbook_tools.pipeline.consolidating import APPROVED
from workbook_tools.pipeline.editions import load_base
from workbook_tools.profile import Profile, load_profile
from workbook_tools.records import Edition
from workbook_tools.reports.consolidated import write_consolidated

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parent.parent.parent
SAMPLE = ROOT / "samples" / "edition-2024-03-19.xlsx"
SHIPPED = ROOT / "workbook_tools" / "profiles" / "smolensk_minprom.toml"
DATE, TODAY = "2024-03-19", "2026-11-22"
UNITS = tuple(f"ПОДР{number:02d}" for number in range(30))

DATA, TITLE = "xl/worksheets/sheet3.xml", "xl/worksheets/sheet2.xml"
# Row 6 is kept as it was, 7 changed, 8 excluded; rows 9–12 are new and differ only in process and contact.
FIRST_ROW, FIRST_NEW, LAST_ROW = 6, 9, 12
ROWS = LAST_ROW - FIRST_ROW + 1
# The row on which the cases work, and its cell of free text.
ROW = 10
CELL = f"H{ROW}"
CONTACT = "каб. 0017"
_FROM_SAMPLE = ("Т-0006", "Т-0007", "Т-0008")
_BASIS = "приказ от 12.10.2026 № 77"


def process_name(unit: str, row: int) -> str:
    """Return the process of a new row: no two units name the same one."""
    words = {9: "Оформление отпуска", 10: "Выдача пропуска", 11: "Хранение трудовых книжек", 12: "Замена картриджа"}
    return f"{words[row]} {unit}"


def write_profile(path: Path) -> Path:
    """Write the shipped profile with the corpus's own units."""
    head, _, rest = SHIPPED.read_text(encoding="utf-8").partition("[[units]]")
    tail = rest[rest.index("\n# ---") :]
    units = "".join(f'[[units]]\ncode = "{unit}"\nname = "Отдел {unit}"\nactivities = ["КАДР"]\n\n' for unit in UNITS)
    path.write_text(head + units + tail, encoding="utf-8")
    return path


def write_edition(path: Path) -> Path:
    """Write the edition in force."""
    edition = edition_in_force()
    write_consolidated(path, Dossier(profile_of_units(), "", edition.records, DATE, APPROVED, edition.last_code))
    return path


@lru_cache(maxsize=1)
def profile_of_units() -> Profile:
    """Return the shipped profile with the corpus's own units."""
    shipped = load_profile().profile
    units = [{"code": unit, "name": f"Отдел {unit}", "activities": ["КАДР"]} for unit in UNITS]
    return Profile.model_validate(shipped.model_dump(by_alias=True) | {"units": units})


@lru_cache(maxsize=1)
def edition_in_force() -> Edition:
    """Return an edition in which every unit has three records of the sample edition under a process name of its own."""
    sample = load_base(SAMPLE, load_profile().profile)
    assert sample is not None
    chosen = [row for row in records.rows(sample.records) if row["code"] in _FROM_SAMPLE]
    rows = list(_of_all_units(chosen))
    return Edition(records.frame(rows), DATE, APPROVED, len(rows), "редакция.xlsx")


def _of_all_units(chosen: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for number, unit in enumerate(UNITS):
        for at, row in enumerate(chosen, 1):
            code = f"Т-{number * len(chosen) + at:04d}"
            yield row | {"code": code, "unit": unit, "process": f"{row['process']} {unit}", "kind": "offline"}


@lru_cache(maxsize=len(UNITS))
def plain(unit: str) -> bytes:
    """Return the unit's template as the program writes it, filled in without a fault."""
    book = UnitBook(unit, edition_in_force(), profile_of_units())
    book.sign(**SIGNED)
    book.put(7, action="изменить", needs="Получение консультации", basis=_BASIS)
    book.put(8, action="исключить", basis=_BASIS)
    for row in range(FIRST_NEW, LAST_ROW + 1):
        book.put(
            row,
            action="включить",
            activity="кадровая работа",
            process=process_name(unit, row),
            client="внутренний",
            touchpoint="здание Министерства",
            contact=CONTACT,
            kind="офлайн",
            needs="Получение консультации",
            basis=_BASIS,
        )
    buffer = io.BytesIO()
    book.book.save(buffer)
    return buffer.getvalue()
