"""What a journal says of exclusions is read as it stands; what cannot be read for certain is left out."""

from __future__ import annotations

import pytest

from tests.books import BASIS, MINISTRY, PROFILE, STAFF
from workbook_tools.grids import Book, CellValue, Grid, Shown, Trouble
from workbook_tools.reading.journal import Exclusion, exclusions_of

COLUMNS = PROFILE.headers("journal")
NAMES = list(COLUMNS)
AT = NAMES.index("basis")
GONE = {"code": "Т-0001", "activity": STAFF, "process": "Увольнение", "touchpoint": MINISTRY, "basis": BASIS}
OF_BODY, OF_PROCESS = "К4а. Исключение точки взаимодействия (из всего Перечня)", "К4б. Исключение точки взаимодействия"


def line(kind: str = OF_BODY, **values: str) -> tuple[CellValue, ...]:
    told = GONE | {"class": kind} | values
    return tuple(told.get(name, "") for name in NAMES)


def book(*lines: tuple[CellValue, ...], name: str = "Журнал изменений", beside: Trouble | Shown | None = None) -> Book:
    rows = (("Журнал изменений",), (), tuple(COLUMNS.values()), *lines)
    troubles = (beside,) if isinstance(beside, Trouble) else ()
    shown = (beside,) if isinstance(beside, Shown) else ()
    return Book("редакция.xlsx", "", (Grid(name, rows, troubles=troubles, shown=shown),))


def test_an_exclusion_is_read_with_the_cell_of_its_document() -> None:
    (found,) = exclusions_of(book(line()), PROFILE)
    assert found == Exclusion("Т-0001", STAFF, "Увольнение", MINISTRY, BASIS, "Журнал изменений", 4, "L4")


def test_lines_of_other_classes_and_headings_are_none() -> None:
    others = line("К1а. Появление новой точки"), line("К13. Замена точки"), line("К45. Иное"), ("Предложено",)
    found = exclusions_of(book(*others, line(OF_PROCESS, code="T-2")), PROFILE)
    assert [(item.code, item.cell) for item in found] == [("Т-0002", "L8")]


def test_a_record_that_two_lines_exclude_is_left_out() -> None:
    found = exclusions_of(book(line(), line(OF_PROCESS, basis="иной приказ"), line(code="Т-0002")), PROFILE)
    assert [item.code for item in found] == ["Т-0002"]


@pytest.mark.parametrize(
    "beside", [Trouble(3, AT, "error_cell", "#REF!"), Shown(3, AT, "rounded_number", "77,1", "77")]
)
def test_a_document_that_is_not_certain_is_left_out(beside: Trouble | Shown) -> None:
    found = exclusions_of(book(line(), line(code="Т-0002"), beside=beside), PROFILE)
    assert [item.code for item in found] == ["Т-0002"]


def test_a_workbook_without_a_journal_tells_nothing() -> None:
    assert exclusions_of(book(line(), name="Иной лист"), PROFILE) == []
    list_of_volumes = Grid("Журнал изменений", (("№", "Файл", "Содержание", "Строк", "Контрольная сумма"),))
    assert exclusions_of(Book("редакция.xlsx", "", (list_of_volumes,)), PROFILE) == []
