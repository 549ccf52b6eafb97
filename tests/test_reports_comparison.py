"""The workbook of a comparison: one page for the head, the log, what must be decided, what was read."""

from __future__ import annotations

import re
import zipfile
from typing import TYPE_CHECKING, Any

import pytest
from openpyxl import load_workbook

from tests.books import COMPUTING, DATE, MINISTRY, PHONE, PROFILE, SED, SOVIETS, STAFF, TODAY, edition_of_rows, record
from tests.language import foreign_words
from workbook_tools.comparing import Context, compare
from workbook_tools.decisions import Settled, Settlement, ask_of_changes
from workbook_tools.dossier import Dossier
from workbook_tools.records import QUARANTINED
from workbook_tools.reports.comparison import write_comparison

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

Row = dict[str, Any]
SHEETS = ["Сводка", "Журнал изменений", "Решения", "Замечания"]
LEAVE, IN_FULL = "Приём заявлений на отпуск", "Приём заявлений на отпуск в электронной форме"


def row(code: str, process: str, touchpoint: str = MINISTRY, **values: str) -> Row:
    return record(code, "КАДР", STAFF, process, touchpoint, contact="каб. 1") | values


OLD = [
    row("Т-0001", "Увольнение со службы"),
    row("Т-0002", "Ведение личных дел", SOVIETS),
    row("Т-0003", "Награждение", SED, kind="digital"),
    row("", LEAVE),
]
NEW = [
    row("Т-0001", "Увольнение со службы", kind="digital", contact="каб. 2"),
    row("Т-0003", "Награждение", SED, kind="digital"),
    row("Т-0004", "Ремонт средств связи", PHONE, activity=COMPUTING),
    row("Т-0005", "Подписка на журналы", activity=COMPUTING),
    row("", IN_FULL),
    row("Т-0006", "Аттестация", PHONE, state=QUARANTINED),
]


def dossier_of(before: list[Row], after: list[Row]) -> Dossier:
    editions = edition_of_rows(before), edition_of_rows(after, TODAY)
    changes = compare(editions[0].records, editions[1].records, PROFILE, Context(DATE))
    asked = tuple(Settled(question, None) for question in ask_of_changes(changes, PROFILE).values())
    return Dossier(
        PROFILE,
        "",
        editions[1].records,
        TODAY,
        "проект",
        6,
        base_date=DATE,
        changes=changes,
        settlement=Settlement(asked),
        compared=editions,
    )


def written(path: Path, before: list[Row], after: list[Row]) -> Path:
    write_comparison(path, dossier_of(before, after))
    return path


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(tmp_path_factory.mktemp("comparison") / "Сравнение.xlsx", OLD, NEW)


@pytest.fixture(scope="module")
def book(path: Path) -> Workbook:
    return load_workbook(path)


def shown(sheet: Worksheet) -> list[list[object]]:
    """Return the rows of a sheet without their blank cells, and without blank rows."""
    rows = (_filled(values) for values in sheet.iter_rows(values_only=True))
    return [values for values in rows if values]


def _filled(values: Iterable[object]) -> list[object]:
    return [value for value in values if value is not None]


def below(sheet: Worksheet, heading: str) -> list[list[object]]:
    """Return what stands under a heading of the page, down to the gap."""
    found: list[list[object]] = []
    for values in sheet.iter_rows(values_only=True):
        cells = _filled(values)
        if found and not cells:
            break
        if found or cells[:1] == [heading]:
            found.append(cells)
    return found[1:]


# --- the book ------------------------------------------------------------------------------------------------------


def test_the_page_comes_first_then_the_log_the_decisions_and_the_remarks(book: Workbook) -> None:
    assert book.sheetnames == SHEETS
    assert book.active is book["Сводка"]
    assert [sheet.sheet_state for sheet in book] == ["visible"] * 4


def test_the_properties_name_the_body_and_the_act_and_the_date_of_the_run(book: Workbook) -> None:
    properties = book.properties
    assert properties.title == "Сравнение редакций Перечня точек взаимодействия с клиентом"
    assert (properties.creator, properties.subject) == (PROFILE.body.name, PROFILE.act.title)
    assert str(properties.created).startswith(TODAY)


def test_there_is_no_formula_no_link_outside_and_no_macro(path: Path) -> None:
    with zipfile.ZipFile(path) as archive:
        names = archive.namelist()
        texts = [archive.read(name).decode() for name in names if name.endswith((".xml", ".rels"))]
    assert [name for name in names if "external" in name.casefold() or "vba" in name.casefold()] == []
    assert [text for text in texts if re.search(r"<f[ >]|TargetMode=\"External\"", text)] == []


def test_the_same_editions_give_the_same_bytes(path: Path, tmp_path: Path) -> None:
    assert written(tmp_path / "Сравнение.xlsx", OLD, NEW).read_bytes() == path.read_bytes()


def test_the_order_of_the_rows_of_either_edition_changes_the_pages_nowhere(path: Path, tmp_path: Path) -> None:
    turned = load_workbook(written(tmp_path / "Сравнение.xlsx", OLD[::-1], NEW[::-1]))
    straight = load_workbook(path)
    assert [shown(turned[name]) for name in SHEETS] == [shown(straight[name]) for name in SHEETS]


def test_text_that_a_spreadsheet_could_run_stays_text(tmp_path: Path) -> None:
    evil = "=HYPERLINK(1)"
    made = load_workbook(
        written(tmp_path / "Сравнение.xlsx", [], [row("Т-0001", evil), row("Т-0002", "Приём", "=1+1")])
    )
    cells = [
        cell for sheet in made for values in sheet.iter_rows() for cell in values if str(cell.value).startswith("=")
    ]
    assert len(cells) >= 3
    assert {cell.data_type for cell in cells if not cell.quotePrefix} == set()


# --- «Сводка» ------------------------------------------------------------------------------------------------------


def test_the_page_prints_whole_on_one_sheet_of_a4_upright(book: Workbook) -> None:
    sheet = book["Сводка"]
    assert sheet.page_setup.orientation == "portrait"
    assert int(sheet.page_setup.paperSize or 0) == 9
    assert sheet.sheet_properties.pageSetUpPr is not None
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    # Nothing written means one page: the default of the format.
    assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight or 1) == (1, 1)
    assert str(sheet.print_area) == f"'Сводка'!$A$1:$F${sheet.max_row + 1}"


def test_the_page_begins_with_the_body_what_it_is_and_one_sentence(book: Workbook) -> None:
    assert [values[0] for values in shown(book["Сводка"])[:3]] == [
        PROFILE.body.name,
        "Сравнение редакций Перечня точек взаимодействия с клиентом",
        "Изменений: 5, из них требуют приказа: 4; ждут подтверждения: 1.",
    ]


def test_the_figures_add_up(book: Workbook) -> None:
    rows = shown(book["Сводка"])
    assert rows[3:5] == [[4, 2, 1, 5], ["было записей", "включено", "исключено", "стало"]]
    assert rows[5] == ["Было записей 4 + включено 2 (К1) − исключено 1 (К4) = стало 5."]


def test_both_editions_are_named_with_what_waits_in_them(book: Workbook) -> None:
    assert below(book["Сводка"], "Что сравнивалось")[1:] == [
        ["Прежняя", "редакция.xlsx", "19.03.2024", "утверждена", 4, "–"],
        ["Новая", "редакция.xlsx", "22.11.2026", "утверждена", 5, 1],
    ]


def test_each_class_is_counted_decided_and_waiting_apart(book: Workbook) -> None:
    assert [line[:1] + line[2:] for line in below(book["Сводка"], "Изменения по классам")[1:]] == [
        ["К1", "да", 2, 2, "–"],
        ["К2", "да", 1, 1, "–"],
        ["К4", "да", 1, 1, "–"],
        ["К5", "нет", 1, 1, "–"],
        ["К6", "нет", 1, "–", 1],
    ]


def test_the_classes_are_drawn_from_the_very_cells_of_their_table(book: Workbook, path: Path) -> None:
    with zipfile.ZipFile(path) as archive:
        chart = archive.read("xl/charts/chart1.xml").decode()
    codes, counts = (re.findall(r"<c:f>'?Сводка'?!([^<]+)</c:f>", chart)[at].replace("$", "") for at in (0, 1))
    sheet = book["Сводка"]
    assert [cell.value for (cell,) in sheet[codes]] == ["К1", "К2", "К4", "К5", "К6"]
    assert [cell.value for (cell,) in sheet[counts]] == [2, 1, 1, 1, 1]


def test_every_activity_has_its_line(book: Workbook) -> None:
    lines = below(book["Сводка"], "По видам деятельности")[1:]
    assert [line[1] for line in lines[:-1]] == [activity.name for activity in PROFILE.activities]
    assert lines[2] == ["3.", STAFF, 3, "–", 2, 1]
    assert lines[3] == ["4.", COMPUTING, 2, 2, "–", "–"]
    assert lines[-1] == ["Всего", 5, 2, 2, 1]


def test_the_cases_of_section_iii_are_named(book: Workbook) -> None:
    lines = [str(values[0]) for values in below(book["Сводка"], "Изменения по четырём случаям раздела III")]
    assert lines[0] == "Изменений, при которых Перечень подлежит актуализации (раздел III): 4."
    assert len(lines) == 5
    assert lines[1] == (f"• Т-0001. Изменение вида точки взаимодействия: «{MINISTRY}», процесс «Увольнение со службы».")


def test_more_cases_than_the_page_holds_are_counted_and_the_log_is_named(tmp_path: Path) -> None:
    new = [row(f"Т-{at:04d}", f"Приём заявлений по форме № {at}") for at in range(1, 15)]
    sheet = load_workbook(written(tmp_path / "Сравнение.xlsx", [], new))["Сводка"]
    lines = below(sheet, "Изменения по четырём случаям раздела III")
    assert len(lines) == 12
    assert lines[-1] == ["и ещё 4, см. лист «Журнал изменений»"]


def test_a_case_that_is_only_proposed_says_so(tmp_path: Path) -> None:
    old, new = [row("", LEAVE, needs="Подача жалобы")], [row("", LEAVE, PHONE, needs="Подача жалобы")]
    sheet = load_workbook(written(tmp_path / "Сравнение.xlsx", old, new))["Сводка"]
    lines = below(sheet, "Изменения по четырём случаям раздела III")
    assert [str(line[0]).endswith(" (предложено, ждёт решения).") for line in lines[1:]] == [True, True]


def test_what_must_be_decided_ends_the_page(book: Workbook) -> None:
    assert below(book["Сводка"], "Что предстоит решить") == [
        ["• Ответить на вопросы уполномоченному сотруднику: 1.", "показать"],
    ]


def test_where_nothing_changed_there_is_nothing_to_decide(tmp_path: Path) -> None:
    made = load_workbook(written(tmp_path / "Сравнение.xlsx", OLD, OLD))
    sheet = made["Сводка"]
    assert shown(sheet)[2] == ["Изменений нет."]
    assert below(sheet, "Изменения по классам") == []
    assert below(sheet, "Изменения по четырём случаям раздела III") == [["Таких изменений нет."]]
    assert below(sheet, "Что предстоит решить") == [["Решать нечего."]]
    assert ["Вопросов нет."] in shown(made["Решения"])


# --- the other sheets ----------------------------------------------------------------------------------------------


def test_the_proposal_is_a_question_with_a_choice_of_two_answers(book: Workbook) -> None:
    sheet = book["Решения"]
    (line,) = [values for values in shown(sheet) if str(values[1:2]).startswith("['В-")]
    assert str(line[2]).startswith("Одна ли это запись (сходство 0,")
    assert line[-1] == "ждёт решения"
    lists = [item.formula1 for item in sheet.data_validations.dataValidation if item.type == "list"]
    assert lists == ['"принять,вернуть"']


def test_no_cell_shows_what_only_programs_know(book: Workbook) -> None:
    texts = [str(value) for sheet in book for values in shown(sheet) for value in values]
    assert len(texts) > 100
    assert [text for text in texts if foreign_words(text)] == []
    assert [text for text in texts if re.search(r"\b(nan|None|True|False)\b", text)] == []
