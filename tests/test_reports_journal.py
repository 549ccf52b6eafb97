"""«Журнал изменений»: a line a class, changed words marked, what is only proposed apart and below, sums that meet."""

from __future__ import annotations

import datetime
import re
from typing import TYPE_CHECKING, Any

import pytest
from openpyxl import load_workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock

from tests.books import BASIS, DATE, MINISTRY, PHONE, PROFILE, SED, SOVIETS, STAFF, TODAY, edition_of_rows, record
from tests.language import foreign_words
from workbook_tools.comparing import Context, compare
from workbook_tools.decisions import Question, Settled, Settlement
from workbook_tools.dossier import Dossier
from workbook_tools.reports.journal import write_journal
from workbook_tools.xlsx.book import XlsxBook

if TYPE_CHECKING:
    from pathlib import Path

    from openpyxl.worksheet.worksheet import Worksheet

    from workbook_tools.profile import Profile

Row = dict[str, Any]
DIGITAL = PROFILE.model_copy(update={"kind_overrides": {"ТЕЛЕФОН": "digital"}})
# regulation.md section 5.
COLUMNS = [
    "№",
    "Дата",
    "Код записи",
    "Класс",
    "Случай по разделу III",
    "Вид деятельности",
    "Процесс",
    "Точка",
    "Графа",
    "Было",
    "Стало",
    "Основание",
    "Подразделение",
    "Решение",
    "Формулировка",
]
LEAVE, IN_FULL = "Приём заявлений на отпуск", "Приём заявлений на отпуск в электронной форме"
HEADING = "Предложено программой, ждёт решения на листе «Решения»"


def row(code: str, process: str, touchpoint: str = MINISTRY, **values: str) -> Row:
    return record(code, "КАДР", STAFF, process, touchpoint, contact="каб. 1", basis=BASIS) | values


def written(
    path: Path,
    before: list[Row],
    after: list[Row],
    profile: Profile = PROFILE,
    kinds: dict[str, str] | None = None,
) -> Worksheet:
    """Write the journal of two editions to a workbook; return its sheet as it is read back."""
    editions = edition_of_rows(before), edition_of_rows(after, TODAY)
    changes = compare(editions[0].records, editions[1].records, profile, Context(DATE, kinds=kinds))
    dossier = Dossier(profile, "", editions[1].records, TODAY, "проект", 0, changes=changes, compared=editions)
    with XlsxBook(path, {}, datetime.date(2026, 11, 22), {"font_name": "Arial", "font_size": 10}) as book:
        write_journal(book.sheet("Журнал изменений"), dossier)
    return load_workbook(path, rich_text=True)["Журнал изменений"]


OLD = [
    row("Т-0001", "Увольнение со службы", needs="Получение консультации; Подача жалобы", key="no"),
    row("Т-0002", "Ведение личных дел", SOVIETS),
    row("Т-0003", "Награждение", SED, kind="digital"),
    row("", LEAVE),
    row("", "Выдача справок о стаже", SOVIETS, needs="Получение ответа"),
]
NEW = [
    row(
        "Т-0001", "Увольнение со службы", needs="Получение ответа; Получение консультации", contact="каб. 2", key="yes"
    ),
    row("Т-0003", "Награждение", SED, kind="digital"),
    row("Т-0004", "Аттестация", PHONE, contact="20-00-01"),
    row("", IN_FULL),
    row("", "Выдача справок о стаже", PHONE, needs="Получение ответа", contact="20-00-02"),
]


@pytest.fixture(scope="module")
def sheet(tmp_path_factory: pytest.TempPathFactory) -> Worksheet:
    return written(tmp_path_factory.mktemp("journal") / "журнал.xlsx", OLD, NEW)


def starts(sheet: Worksheet) -> list[int]:
    """Return the rows above the decided changes and above the proposals: the header, and their heading."""
    marks = {"№", HEADING}
    return [number for number in range(1, sheet.max_row + 1) if sheet.cell(number, 1).value in marks]


def lines(sheet: Worksheet, header: int) -> list[dict[str, Any]]:
    """Return the rows under a header down to the first blank one, by header."""
    found = []
    for values in sheet.iter_rows(min_row=header + 1, values_only=True):
        if not isinstance(values[0], int | float):
            break
        found.append(dict(zip(COLUMNS, values, strict=True)))
    return found


def parts(cell: object) -> list[tuple[str, bool, bool]]:
    """Return the parts of a rich text: text, whether struck through, whether bold."""
    assert isinstance(cell, CellRichText)
    return [
        (part.text, bool(part.font.strike), bool(part.font.b)) if isinstance(part, TextBlock) else (part, False, False)
        for part in cell
    ]


# --- the table -----------------------------------------------------------------------------------------------------


def test_the_columns_are_those_of_the_regulation(sheet: Worksheet) -> None:
    decided, _ = starts(sheet)
    assert [cell.value for cell in sheet[decided]] == COLUMNS


def test_each_class_of_a_change_has_its_line(sheet: Worksheet) -> None:
    found = lines(sheet, starts(sheet)[0])
    assert [(line["№"], line["Код записи"], line["Класс"], line["Случай по разделу III"]) for line in found] == [
        (1, "Т-0001", "К3. Изменение удовлетворяемых потребностей", "да"),
        (2, "Т-0001", "К5. Уточнён адрес (контакт)", "нет"),
        (3, "Т-0001", "К9. Изменена отметка «ключевая»", "нет"),
        (4, "Т-0002", found[3]["Класс"], "да"),
        (5, "Т-0004", found[4]["Класс"], "да"),
    ]
    assert found[3]["Класс"].startswith("К4")
    assert found[4]["Класс"].startswith("К1")


def test_a_line_says_where_what_and_on_what_basis(sheet: Worksheet) -> None:
    line = lines(sheet, starts(sheet)[0])[1]
    assert line["Дата"] == datetime.datetime(2026, 11, 22)  # noqa: DTZ001 - a cell bears no zone
    assert (line["Вид деятельности"], line["Процесс"], line["Точка"]) == (STAFF, "Увольнение со службы", MINISTRY)
    assert (line["Графа"], line["Основание"]) == ("Адрес (контакт) точки", BASIS)
    assert (line["Подразделение"], line["Решение"]) == ("Отдел кадров (пример)", None)
    assert line["Формулировка"] == f"Т-0001. Точка «{MINISTRY}»: адрес «каб. 1» заменён на «каб. 2»."


def test_of_a_record_that_came_or_went_the_touchpoint_stands_on_its_side(sheet: Worksheet) -> None:
    gone, come = lines(sheet, starts(sheet)[0])[3:]
    assert (gone["Было"], gone["Стало"]) == (SOVIETS, None)
    assert (come["Было"], come["Стало"]) == (None, PHONE)
    assert gone["Основание"] is None
    assert come["Основание"] == BASIS


def test_the_letter_of_a_class_tells_new_for_the_body_from_new_for_the_process(tmp_path: Path) -> None:
    old = [row("Т-0001", "Увольнение со службы")]
    new = [*old, row("Т-0002", "Награждение"), row("Т-0003", "Награждение", SED, kind="digital")]
    found = lines(sheet := written(tmp_path / "журнал.xlsx", old, new), starts(sheet)[0])
    assert [line["Класс"].split(".")[0] for line in found] == ["К1б", "К1а"]


# --- what changed in the text --------------------------------------------------------------------------------------


def test_taken_out_words_are_struck_through_and_new_ones_are_bold(sheet: Worksheet) -> None:
    needs, contact = lines(sheet, starts(sheet)[0])[:2]
    assert parts(needs["Было"]) == [("Получение консультации; ", False, False), ("Подача жалобы", True, False)]
    assert parts(needs["Стало"]) == [("Получение ответа", False, True), ("; Получение консультации", False, False)]
    assert parts(contact["Было"]) == [("каб. ", False, False), ("1", True, False)]
    assert parts(contact["Стало"]) == [("каб. ", False, False), ("2", False, True)]


def test_a_text_that_is_another_as_a_whole_is_marked_as_a_whole(sheet: Worksheet) -> None:
    header = starts(sheet)[0]
    was, now = (COLUMNS.index(name) + 1 for name in ("Было", "Стало"))
    assert sheet.cell(header + 4, was).font.strike
    assert sheet.cell(header + 5, now).font.b
    assert (sheet.cell(header + 3, was).value, sheet.cell(header + 3, now).value) == ("нет", "да")
    assert (sheet.cell(header + 3, was).font.strike, sheet.cell(header + 3, now).font.b) == (True, True)


def test_the_marked_text_is_the_text(sheet: Worksheet) -> None:
    line = lines(sheet, starts(sheet)[0])[0]
    assert str(line["Было"]) == OLD[0]["needs"]
    assert str(line["Стало"]) == NEW[0]["needs"]


def test_the_way_of_marking_is_told_above(sheet: Worksheet) -> None:
    assert str(sheet["A3"].value).endswith("Изъятые слова зачёркнуты, новые выделены полужирным.")


# --- what is only proposed -----------------------------------------------------------------------------------------


def test_proposals_stand_below_under_a_heading_of_their_own(sheet: Worksheet) -> None:
    decided, proposed = starts(sheet)
    assert sheet.cell(proposed, 1).value == HEADING
    assert proposed > decided + len(lines(sheet, decided))
    found = lines(sheet, proposed)
    assert [line["№"] for line in found] == list(range(1, len(found) + 1))
    assert {line["Решение"] for line in found} == {"ждёт решения"}
    assert {line["Класс"].split(".")[0][:3].rstrip("аб") for line in found} == {"К6", "К1", "К4", "К13"}
    assert "ждёт решения" not in {line["Решение"] for line in lines(sheet, decided)}


def test_a_proposal_says_how_sure_it_is_and_why_and_the_least_sure_comes_first(sheet: Worksheet) -> None:
    texts = [line["Формулировка"] for line in lines(sheet, starts(sheet)[1])]
    (renamed,) = [text for text in texts if "переименован" in text]
    assert re.search(r" Сходство 0,\d\d\. За: [^.]+\.", renamed)
    assert texts[0] == renamed


def test_the_filter_reaches_over_the_decided_table_only(sheet: Worksheet) -> None:
    decided, _ = starts(sheet)
    assert sheet.auto_filter.ref == f"A{decided}:O{decided + len(lines(sheet, decided))}"
    assert sheet.print_title_rows == f"${decided}:${decided}"
    assert sheet.freeze_panes == f"A{decided + 1}"


def test_where_everything_waits_the_table_says_so_and_has_no_filter(tmp_path: Path) -> None:
    beside = [row("", "Ремонт связи", SED, client="внешний")]
    sheet = written(tmp_path / "журнал.xlsx", [*beside, row("", LEAVE)], [*beside, row("", IN_FULL)])
    decided, proposed = starts(sheet)
    assert sheet.cell(decided + 1, 1).value == "Решённых изменений нет: все ждут решения, см. ниже."
    assert sheet.auto_filter.ref is None
    assert len(lines(sheet, proposed)) == 1


# --- totals --------------------------------------------------------------------------------------------------------


def test_the_totals_by_case_and_class_and_the_sum_stand_above(sheet: Worksheet) -> None:
    assert sheet["A2"].value == (
        "Изменений: 6, из них по разделу III: 5. Строк по классам: 10 (у одной записи их может быть несколько): "
        "К1 – 2, К3 – 1, К4 – 2, К5 – 1, К6 – 1, К9 – 1, К13 – 2. "
        "Из них предложено программой и ждёт решения: 3."
    )
    assert str(sheet["A3"].value).startswith("Было записей 5 + включено 2 (К1) − исключено 2 (К4) = стало 5. ")


def test_without_changes_it_says_so_and_nothing_else(tmp_path: Path) -> None:
    sheet = written(tmp_path / "журнал.xlsx", OLD, OLD)
    (header,) = starts(sheet)
    assert sheet.cell(header + 1, 1).value == "Изменений нет."
    assert sheet["A2"].value is None
    assert sheet.auto_filter.ref is None


def test_a_split_record_stands_in_the_sum(tmp_path: Path) -> None:
    old = [row("", LEAVE, f"{SOVIETS}, {MINISTRY}")]
    sheet = written(tmp_path / "журнал.xlsx", old, [row("", LEAVE, SOVIETS), row("", LEAVE)])
    assert str(sheet["A3"].value).startswith("Было записей 1 + включено 0 (К1) − исключено 0 (К4) + 1 (К14) = стало 2.")


def test_a_record_that_only_repeated_another_is_merged_on_the_basis_of_its_exclusion(tmp_path: Path) -> None:
    old = [row(code, "Ведение личных дел", SOVIETS, basis="приказ № 1") for code in ("Т-0001", "Т-0002")]
    editions = edition_of_rows(old), edition_of_rows(old[:1], TODAY)
    context = Context(DATE, bases={"Т-0002": BASIS})
    changes = compare(editions[0].records, editions[1].records, PROFILE, context)
    made = Dossier(PROFILE, "", editions[1].records, TODAY, "проект", 0, changes=changes)
    path = tmp_path / "журнал.xlsx"
    with XlsxBook(path, {}, datetime.date(2026, 11, 22), {"font_name": "Arial", "font_size": 10}) as book:
        write_journal(book.sheet("Журнал изменений"), made)
    read = load_workbook(path)["Журнал изменений"]
    assert [line["Основание"] for line in lines(read, starts(read)[0])] == ["приказ № 1", BASIS]


def test_a_changed_rule_is_one_line_without_a_record_or_a_basis(tmp_path: Path) -> None:
    old, new = (
        [row(f"Т-000{at}", f"{LEAVE} № {at}", PHONE, kind=kind) for at in (1, 2)] for kind in ("offline", "digital")
    )
    sheet = written(tmp_path / "журнал.xlsx", old, new, DIGITAL, {"ТЕЛЕФОН": "offline"})
    (line,) = lines(sheet, starts(sheet)[0])
    assert line["Класс"] == "К12. Изменено правило отнесения (настройка профиля)"
    assert (line["Точка"], line["Процесс"], line["Код записи"], line["Основание"]) == (PHONE, None, None, None)
    assert (line["Было"], line["Стало"], line["Случай по разделу III"]) == ("офлайн", "цифровая", "нет")
    assert line["Решение"] is None


def test_a_line_names_every_open_question_on_its_record(tmp_path: Path) -> None:
    before, after = (edition_of_rows([row("Т-0001", "Увольнение со службы", key=key)]).records for key in ("", "yes"))
    changes = compare(before, after, PROFILE, Context(DATE))
    question = Question("В-1", "Какой это вид?", "Т-0001", "КАДР", "", "")
    said = []
    for count in range(3):
        settlement = Settlement((Settled(question, None),) * count)
        made = Dossier(PROFILE, "", after, TODAY, "проект", 0, changes=changes, settlement=settlement)
        path = tmp_path / f"{count}.xlsx"
        with XlsxBook(path, {}, datetime.date(2026, 11, 22), {"font_name": "Arial", "font_size": 10}) as book:
            write_journal(book.sheet("Журнал изменений"), made)
        read = load_workbook(path)["Журнал изменений"]
        (line,) = lines(read, starts(read)[0])
        said.append(line["Решение"])
    assert said == ["принято", "внесено; открыт вопрос № 1", "внесено; открыты вопросы № 1, 2"]


def test_no_cell_holds_a_formula_or_a_word_of_the_program(sheet: Worksheet) -> None:
    texts = [str(cell) for values in sheet.iter_rows(values_only=True) for cell in values if isinstance(cell, str)]
    assert [text for text in texts if text.startswith("=")] == []
    assert [text for text in texts if foreign_words(text)] == []
