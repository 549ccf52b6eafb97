"""What a journal says of exclusions is read as it stands; what cannot be read for certain is left out."""

from __future__ import annotations

import pytest

from tests.books import BASIS, MINISTRY, PROFILE, STAFF
from workbook_tools.grids import Aside, Book, CellValue, Grid, Shown, Trouble
from workbook_tools.reading.journal import Exclusion, exclusions_of

Beside = Trouble | Shown | Aside

COLUMNS = PROFILE.headers("journal")
NAMES = list(COLUMNS)
AT = NAMES.index("basis")
GONE = {"code": "Т-0001", "activity": STAFF, "process": "Увольнение", "touchpoint": MINISTRY, "basis": BASIS}
OF_BODY, OF_PROCESS = "К4а. Исключение точки взаимодействия (из всего Перечня)", "К4б. Исключение точки взаимодействия"


def line(kind: str = OF_BODY, **values: str) -> tuple[CellValue, ...]:
    told = GONE | {"class": kind} | values
    return tuple(told.get(name, "") for name in NAMES)


def book(*lines: tuple[CellValue, ...], name: str = "Журнал изменений", beside: Beside | None = None) -> Book:
    rows = (("Журнал изменений",), (), tuple(COLUMNS.values()), *lines)
    troubles = (beside,) if isinstance(beside, Trouble) else ()
    shown = (beside,) if isinstance(beside, Shown) else ()
    asides = (beside,) if isinstance(beside, Aside) else ()
    return Book("редакция.xlsx", "", (Grid(name, rows, troubles=troubles, shown=shown, asides=asides),))


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
    "beside",
    [
        Trouble(3, AT, "error_cell", "#REF!"),
        Shown(3, AT, "rounded_number", "77,1", "77"),
        Aside(3, AT, "зачёркнутый текст", "№ 1", is_read=True),
        Aside(3, AT - 1, "зачёркнутый текст", "Кадры; № 1", is_read=True),
    ],
)
def test_a_document_that_is_not_certain_is_left_out(beside: Beside) -> None:
    found = exclusions_of(book(line(), line(code="Т-0002"), beside=beside), PROFILE)
    assert [item.code for item in found] == ["Т-0002"]


@pytest.mark.parametrize("name", ["code", "class"])
def test_where_a_line_may_exclude_another_s_record_nothing_is_certain(name: str) -> None:
    unclear = Trouble(5, NAMES.index(name), "formula", "=A1")
    assert exclusions_of(book(line(), line(code="Т-0002"), line(**{name: ""}), beside=unclear), PROFILE) == []
    above = Trouble(1, NAMES.index(name), "formula", "=A1")
    assert len(exclusions_of(book(line(), line(code="Т-0002"), beside=above), PROFILE)) == 2


def test_what_stands_beside_a_document_leaves_it_certain() -> None:
    note = Aside(3, AT, "примечание", "уточнить")
    assert len(exclusions_of(book(line(), beside=note), PROFILE)) == 1


def test_a_workbook_without_a_journal_tells_nothing() -> None:
    assert exclusions_of(book(line(), name="Иной лист"), PROFILE) == []
    list_of_volumes = Grid("Журнал изменений", (("№", "Файл", "Содержание", "Строк", "Контрольная сумма"),))
    assert exclusions_of(Book("редакция.xlsx", "", (list_of_volumes,)), PROFILE) == []
