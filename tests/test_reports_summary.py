"""«Сводка»: of too many the weightiest are shown, and the page says how many more there are."""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING, Any

from openpyxl import load_workbook

from tests.books import MINISTRY, STAFF, TODAY, edition_of_rows, record
from workbook_tools.dossier import MISSING, RECEIVED, Dossier, UnitLine, activity_counts, shown_activities
from workbook_tools.profile import load_profile
from workbook_tools.records import Point
from workbook_tools.reports.consolidated import write_consolidated

if TYPE_CHECKING:
    from pathlib import Path

    from openpyxl.worksheet.worksheet import Worksheet

PROFILE = load_profile().profile


def row(at: int, process: str) -> dict[str, Any]:
    return record(f"Т-{at:04d}", "КАДР", STAFF, process, MINISTRY) | {"needs": "Получение консультации"}


def dossier(rows: list[dict[str, Any]], **more: Any) -> Dossier:  # noqa: ANN401 - the dossier's own fields
    return Dossier(PROFILE, "", edition_of_rows(rows).records, TODAY, "ПРОЕКТ", 99, **more)


def summary(path: Path, shown: Dossier) -> Worksheet:
    write_consolidated(path, shown)
    return load_workbook(path)["Сводка"]


def test_of_too_many_activities_the_largest_are_shown_and_the_rest_added_up(tmp_path: Path) -> None:
    rows = [row(at, "Учёт") | {"activity": f"деятельность {at // 2}"} for at in range(1, 61)]
    sheet = summary(tmp_path / "книга.xlsx", dossier(rows))
    names = [str(sheet.cell(at, 2).value) for at in range(1, sheet.max_row + 1)]
    shown = names[names.index("Вид деятельности") + 1 : names.index("Всего")]
    assert len(shown) == 10
    assert shown[-1].startswith("прочие виды деятельности (")
    counts = [sheet.cell(names.index(name) + 1, 3).value for name in shown]
    assert sum(count for count in counts if isinstance(count, int)) == 60


def test_few_activities_are_shown_as_they_are() -> None:
    counts = activity_counts(dossier([row(1, "Учёт")]))
    assert shown_activities(counts, 10) is counts


def test_of_too_many_units_the_silent_ones_and_those_with_errors_are_shown_first(tmp_path: Path) -> None:
    states = [(RECEIVED, 0)] * 12 + [(RECEIVED, 3), (MISSING, 0), (RECEIVED, 0)]
    units = [UnitLine(f"П{at}", f"Отдел № {at}", status, 5, errors) for at, (status, errors) in enumerate(states)]
    sheet = summary(tmp_path / "книга.xlsx", dossier([row(1, "Учёт")], units=units))
    names = [str(sheet.cell(at, 2).value) for at in range(1, sheet.max_row + 1)]
    shown = [name for name in names if name.startswith("Отдел № ")]
    assert shown[:3] == ["Отдел № 13", "Отдел № 12", "Отдел № 0"]
    assert len(shown) == 12
    assert "и ещё 3, см. лист «Подразделения»" in [sheet.cell(at, 1).value for at in range(1, sheet.max_row + 1)]


def test_a_register_of_neither_kind_has_no_empty_chart(tmp_path: Path) -> None:
    none = row(1, "Учёт") | {"kind": "смешанная"}
    summary(tmp_path / "книга.xlsx", dossier([none], earlier=(Point("2024-03-19", 0, 0),)))
    with zipfile.ZipFile(tmp_path / "книга.xlsx") as archive:
        assert not [name for name in archive.namelist() if "chart" in name]
