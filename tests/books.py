"""Workbooks for tests: a small edition, and units' templates by the real writer, filled in as people do."""

from __future__ import annotations

import datetime
import io
import tempfile
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

from openpyxl import load_workbook

from workbook_tools import records
from workbook_tools.findings import COLUMNS
from workbook_tools.forms import blank_form
from workbook_tools.pipeline.examining import Examined, judge, read_files
from workbook_tools.pipeline.foreign import foreign_files
from workbook_tools.profile import Profile, load_profile
from workbook_tools.records import Edition
from workbook_tools.template import write_form

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import pandas as pd
    from openpyxl.worksheet.worksheet import Worksheet

T = TypeVar("T")
Typed = str | int | float | bool | datetime.date

PROFILE = load_profile().profile
DATE, TODAY = "2024-03-19", "2026-11-22"

STAFF = "кадровая работа"
COMPUTING = "информационно-техническое обеспечение сотрудников"
ACCOUNTING = "ведение бухгалтерского учета"
MINISTRY, SOVIETS, PHONE = "здание Министерства", "здание Дома Советов", "телефонная связь"
SED = "система электронного документооборота (СЭД)"
BASIS = "приказ от 12.10.2026 № 77"

NEW: dict[str, Typed] = {
    "action": "включить",
    "activity": STAFF,
    "process": "Оформление отпуска",
    "client": "внутренний",
    "touchpoint": MINISTRY,
    "kind": "офлайн",
    "needs": "Получение консультации",
    "basis": BASIS,
}
SIGNED: dict[str, Typed] = {
    "executor_name": "Смирнова Д.Д.",
    "executor_post": "главный специалист",
    "executor_phone": "(4812) 00-00-00",
    "filled": datetime.date(2026, 11, 18),
    "head_name": "Попова Е.Е.",
    "head_post": "начальник отдела",
    "checked": datetime.date(2026, 11, 19),
    "has_changes": "да",
}


def record(code: str, unit: str, activity: str, process: str, touchpoint: str, **values: str) -> dict[str, object]:
    """Return a record in force as plain data; an offline point of the internal client unless told otherwise."""
    return {
        "code": code,
        "direction": PROFILE.direction_of[activity],
        "activity": activity,
        "process": process,
        "client": "внутренний",
        "touchpoint": touchpoint,
        "kind": "offline",
        "needs": "Получение консультации",
        "unit": unit,
        "state": records.IN_FORCE,
        "source": records.source_text("приложение.docx", "таблица 1", 2),
        "file": "приложение.docx",
        "sheet": "таблица 1",
        "row": 2,
        **values,
    }


def edition_of_rows(rows: Iterable[Mapping[str, object]], date: str = DATE) -> Edition:
    """Return an approved edition of the records given."""
    frame = records.frame(rows)
    last = max(map(records.code_number, frame["code"]), default=0)
    return Edition(frame, date, "утверждена", last, "редакция.xlsx")


# КАДР has Т-0001…Т-0003 in rows 6–8 of its template; Т-0004 holds an old defect: a building as a digital point.
EDITION = edition_of_rows(
    [
        record("Т-0001", "КАДР", STAFF, "Увольнение со службы", MINISTRY, contact="каб. 12", key="yes"),
        record("Т-0002", "КАДР", STAFF, "Прием на службу", PHONE, contact="(4812) 00-00-01"),
        record("Т-0003", "КАДР", STAFF, "Ведение личных дел", SOVIETS, needs="Предоставление документов"),
        record("Т-0004", "БУХ", ACCOUNTING, "Выдача справок", MINISTRY, kind="digital"),
        record("Т-0005", "ИТ", COMPUTING, "Настройка рабочих мест", SED, kind="digital"),
    ]
)


class UnitBook:
    """A unit's template under its hands; unlike a person it may also break what is locked."""

    def __init__(self, unit: str = "КАДР", edition: Edition = EDITION, profile: Profile = PROFILE) -> None:
        self._open(io.BytesIO(_template(unit, _Same(edition), _Same(profile))), profile)

    @classmethod
    def at(cls, path: Path, profile: Profile = PROFILE) -> UnitBook:
        """Open a file that the program wrote, a template or a returned copy."""
        book = cls.__new__(cls)
        book._open(path, profile)  # noqa: SLF001 - its own
        return book

    def _open(self, source: Path | io.BytesIO, profile: Profile) -> None:
        self.profile = profile
        self.book = load_workbook(source)
        self._columns = {name: column for column, name in enumerate(profile.headers("data"), 1)}
        self.sign(**SIGNED)

    @property
    def title(self) -> Worksheet:
        """«Титул»."""
        return self.book["Титул"]

    @property
    def data(self) -> Worksheet:
        """«Сведения»."""
        return self.book["Сведения"]

    def sign(self, **values: Typed) -> None:
        """Fill in lines of the title sheet by field name; "" empties."""
        names = [field.name for field in self.profile.title_fields]
        for name, value in values.items():
            self.title.cell(names.index(name) + 3, 3).value = value if value != "" else None

    def put(self, row: int, **values: Typed) -> int:
        """Type into cells of a row of the data sheet by field name; "" empties; returns the row."""
        for name, value in values.items():
            self.data.cell(row, self._columns[name]).value = value if value != "" else None
        return row

    def edit(self, code: str, /, **values: Typed) -> int:
        """Type into cells of the row with a code."""
        return self.put(self.row_of(code), **values)

    def add(self, **values: Typed) -> int:
        """Fill in the first free row."""
        row = 6
        while self.data.cell(row, self._columns["action"]).value:
            row += 1
        return self.put(row, **values)

    def row_of(self, code: str) -> int:
        """Return the row in which a code stands."""
        column = self._columns["code"]
        return next(row for row in range(6, 300) if self.data.cell(row, column).value == code)

    def save(self, path: Path) -> Path:
        """Save; the folder is made where there is none."""
        path.parent.mkdir(parents=True, exist_ok=True)
        self.book.save(path)
        return path


class _Same(Generic[T]):
    """Wraps what has no hash of its own, so that one object is one key of a cache."""

    def __init__(self, value: T) -> None:
        self.value = value

    def __hash__(self) -> int:
        return id(self.value)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and self.value is other.value


@lru_cache(maxsize=64)
def _template(unit: str, edition: _Same[Edition], profile: _Same[Profile]) -> bytes:
    form = blank_form(profile.value, edition.value, profile.value.unit[unit], "4 квартал 2026 г.")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "шаблон.xlsx"
        write_form(path, form, profile.value)
        return path.read_bytes()


class Found(NamedTuple):
    """A finding as a test states it."""

    rule: str
    severity: str
    clause: str
    unit: str
    file: str
    sheet: str
    cell: str
    value: str
    message: str


def looked_at(
    *paths: Path, edition: Edition | None = EDITION, profile: Profile = PROFILE, today: str = TODAY
) -> Examined:
    """Examine files or folders as `perechen check` does."""
    with foreign_files() as files:
        read = read_files(paths, profile, files)
    return judge(read, profile, edition, today)


def stated(findings: pd.DataFrame) -> list[Found]:
    """Return findings as tests state them, in their order."""
    return [Found(*row) for row in findings[list(Found._fields)].itertuples(index=False)]


def found_in(
    *paths: Path, edition: Edition | None = EDITION, profile: Profile = PROFILE, today: str = TODAY
) -> list[Found]:
    """Return the findings on files or folders."""
    findings = looked_at(*paths, edition=edition, profile=profile, today=today).findings
    assert tuple(findings.columns) == COLUMNS
    return stated(findings)


def profile_with(**tables: object) -> Profile:
    """Return the shipped profile with whole tables replaced."""
    return Profile.model_validate(PROFILE.model_dump(by_alias=True) | tables)


def profile_without_rule(code: str) -> Profile:
    """Return the shipped profile with one rule switched off."""
    rules = PROFILE.model_dump(by_alias=True)["rules"]
    return profile_with(rules=rules | {code: rules[code] | {"enabled": False}})
