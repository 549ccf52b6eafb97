"""The official form stays whole: a long text goes on in the next row, a tall process on the next page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from openpyxl import load_workbook

from tests.books import MINISTRY, PHONE, STAFF, TODAY, edition_of_rows, record
from workbook_tools.dossier import Dossier
from workbook_tools.profile import load_profile
from workbook_tools.reports.consolidated import write_consolidated
from workbook_tools.xlsx.measure import MAX_HEIGHT

if TYPE_CHECKING:
    from pathlib import Path

    from openpyxl.worksheet.worksheet import Worksheet

PROFILE = load_profile().profile
PAGE_PT = (210 - 40) / 25.4 * 72


def dossier(rows: list[dict[str, Any]], **more: Any) -> Dossier:  # noqa: ANN401 - the dossier's own fields
    return Dossier(PROFILE, "", edition_of_rows(rows).records, TODAY, "ПРОЕКТ", 99, **more)


def form(path: Path, rows: list[dict[str, Any]]) -> Worksheet:
    write_consolidated(path, dossier(rows))
    return load_workbook(path)["Приложение 1"]


def first_row(sheet: Worksheet) -> int:
    return next(row for row in range(1, 20) if sheet.cell(row, 1).value == "№") + 1


def row(at: int, process: str, touchpoint: str = MINISTRY, needs: str = "Получение консультации") -> dict[str, Any]:
    return record(f"Т-{at:04d}", "КАДР", STAFF, process, touchpoint) | {"needs": needs}


def test_a_text_that_no_row_can_show_goes_on_in_the_next_and_loses_no_word(tmp_path: Path) -> None:
    needs = "; ".join(f"потребность номер {number} с пояснением" for number in range(60))
    sheet = form(tmp_path / "книга.xlsx", [row(1, "Учёт", needs=needs), row(2, "Учёт", PHONE)])
    first = first_row(sheet)
    parts = [str(sheet.cell(at, 5).value or "") for at in range(first, sheet.max_row)]
    assert len(parts) > 1
    assert " ".join(parts) == needs
    assert all((sheet.row_dimensions[at].height or 0) < MAX_HEIGHT for at in range(first, sheet.max_row + 1))
    kinds = [sheet.cell(at, 6).value for at in range(first, sheet.max_row + 1)]
    assert [kind for kind in kinds if kind] == ["Офлайн-точка", "Офлайн-точка"]


@pytest.mark.parametrize("count", [1, 12, 40])
def test_a_first_process_higher_than_the_first_page_is_broken_by_rows_and_named_again(
    tmp_path: Path, count: int
) -> None:
    long = "; ".join(f"потребность {number}" for number in range(12))
    sheet = form(tmp_path / "книга.xlsx", [row(at, "Учёт", f"точка № {at}", long) for at in range(1, count + 1)])
    first = first_row(sheet)
    starts = [first, *(item.id + 1 for item in sheet.row_breaks.brk)]
    assert all(sheet.cell(at, 3).value == "Учёт" for at in starts)
    ends = [*(start - 1 for start in starts[1:]), sheet.max_row]
    for start, end in zip(starts, ends, strict=True):
        assert end >= start
        assert sum(sheet.row_dimensions[at].height or 0 for at in range(start, end + 1)) <= PAGE_PT


def test_the_first_edition_is_not_said_to_have_no_changes() -> None:
    waiting = row(2, "Учёт", PHONE) | {"state": "quarantined"}
    assert dossier([row(1, "Учёт"), waiting]).conclusion == "Первая редакция: 1 запись; на уточнении: 1."
    assert dossier([row(1, "Учёт")], base_date="2024-03-19").conclusion == "Изменений нет."
