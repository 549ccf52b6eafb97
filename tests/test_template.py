"""The unit's workbook as people open it, and as the reader reads it back."""

from __future__ import annotations

import itertools
import re
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from openpyxl import load_workbook

from tests.books import EDITION as BOOKS_EDITION
from tests.books import UnitBook
from workbook_tools import findings, records
from workbook_tools.forms import blank_form, returned_form
from workbook_tools.profile import load_profile
from workbook_tools.reading.submission import read_submission
from workbook_tools.records import Edition
from workbook_tools.remarks import Place, Remark
from workbook_tools.submissions import RawRow, Submission, TitleValue
from workbook_tools.template import processes_worth, template_name, workload, write_form
from workbook_tools.unit_form import FormRows, Round, UnitForm
from workbook_tools.xlsx.measure import line_count
from workbook_tools.xlsx.style import SEVERITY_FILL

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell
    from openpyxl.workbook.workbook import Workbook
    from openpyxl.worksheet.datavalidation import DataValidation
    from openpyxl.worksheet.worksheet import Worksheet


PROFILE = load_profile().profile
HEADERS = list(PROFILE.headers("data").values())
COLUMN = {name: "ABCDEFGHIJKLM"[index] for index, name in enumerate(PROFILE.headers("data"))}
FIRST, FREE = 6, 200
HEADER_ROW = 6
BANDS = {"Ошибки", "Предупреждения", "Сведения"}
STAFF, BOOKS = "кадровая работа", "ведение бухгалтерского учета"
LONG = "Получение консультации по общеорганизационным вопросам работы; " * 6


def record(code: str, process: str, unit: str = "КАДР", activity: str = STAFF, **values: str) -> dict[str, str]:
    return {
        "code": code,
        "activity": activity,
        "process": process,
        "client": "внутренний",
        "touchpoint": "здание Министерства",
        "contact": "=каб. 5",
        "kind": "offline",
        "needs": "Получение консультации",
        "key": "yes",
        "unit": unit,
        "state": "in_force",
        **values,
    }


EDITION = Edition(
    records.frame(
        [
            record("Т-0001", "Приём на работу", needs=LONG.rstrip("; ")),
            record("Т-0002", "Увольнение"),
            record("Т-0003", "Передача имущества", unit="БУХ", activity=BOOKS),
            record("Т-0004", "Учёт", unit="БУХ", activity=BOOKS),
        ]
    ),
    date="2024-03-19",
)
UNIT = PROFILE.unit["КАДР"]
FORM = blank_form(PROFILE, EDITION, UNIT, "4 квартал 2026 г.")
GIVEN = range(FIRST, FIRST + 2)
FREED = range(FIRST + 2, FIRST + 2 + FREE)


@pytest.fixture(scope="module")
def blank(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("шаблоны") / "КАДР.xlsx"
    write_form(path, FORM, PROFILE)
    return path


@pytest.fixture(scope="module")
def book(blank: Path) -> Workbook:
    return load_workbook(blank)


@pytest.fixture(scope="module")
def data(book: Workbook) -> Worksheet:
    return sheet(book, "Сведения")


def sheet(book: Workbook, name: str) -> Worksheet:
    return book[name]


def at(sheet: Worksheet, name: str) -> Cell:
    found = sheet[name]
    assert not isinstance(found, tuple)
    return found  # type: ignore[no-any-return]


def values(book: Workbook, area: str | None) -> list[object]:
    """Return the values of a range of one column: «Справочники!$A$5:$A$8»."""
    assert area is not None
    name, _, cells = area.partition("!")
    return [row[0].value for row in sheet(book, name)[cells.replace("$", "")]]


def validation(data: Worksheet, name: str) -> DataValidation:
    rules: list[DataValidation] = data.data_validations.dataValidation
    (only,) = [item for item in rules if str(item.sqref).startswith(COLUMN[name])]
    return only


def quoted(rule: str) -> str:
    return f"Основание: {PROFILE.quoted(rule)}."


def rgb(color: str) -> str:
    return f"FF{color.lstrip('#')}"


# --- the blank template -----------------------------------------------------------------------------------------------


def test_a_template_is_named_by_unit_and_edition() -> None:
    assert template_name(PROFILE, "КАДР", "2024-03-19") == "Перечень_КАДР_2024-03-19.xlsx"
    assert template_name(PROFILE, "КАДР", "") == "Перечень_КАДР_новая.xlsx"


def test_the_sheets_are_those_of_the_contract_and_the_marks_are_hidden(book: Workbook) -> None:
    assert book.sheetnames == ["Инструкция", "Титул", "Сведения", "Справочники", "_meta"]
    assert [item.sheet_state for item in book.worksheets] == ["visible"] * 4 + ["hidden"]


def test_the_header_stands_in_row_5(data: Worksheet) -> None:
    assert [cell.value for cell in data[5]] == HEADERS
    required = {PROFILE.headers("data")[field.name] for field in PROFILE.fields if field.required_for}
    # Whoever changes anything must name the document.
    assert {cell.value for cell in data[5] if cell.font.b} == required | {"Основание (документ)"}
    fills = {bool(cell.font.b): cell.fill.fgColor.rgb for cell in data[5]}
    assert fills[True] != fills[False]


def test_the_units_records_are_filled_in_and_nothing_stands_below(data: Worksheet) -> None:
    assert [cell.value for cell in data[6]] == [
        "1",
        "Т-0001",
        "без изменений",
        STAFF,
        "Приём на работу",
        "внутренний",
        "здание Министерства",
        "=каб. 5",
        "офлайн",
        LONG.rstrip("; "),
        "да",
        None,
        None,
    ]
    assert [at(data, f"B{row}").value for row in GIVEN] == ["Т-0001", "Т-0002"]
    assert data.max_row == FREED[-1]
    assert {cell.value for row in FREED for cell in data[row]} == {None}


def test_no_sheet_holds_a_formula(book: Workbook) -> None:
    assert [cell.coordinate for item in book for row in item.iter_rows() for cell in row if cell.data_type == "f"] == []
    assert at(sheet(book, "Сведения"), f"{COLUMN['contact']}6").quotePrefix


def test_nothing_is_merged_where_data_stand(book: Workbook) -> None:
    assert [name for name in ("Сведения", "Справочники", "_meta") if sheet(book, name).merged_cells.ranges] == []


def test_the_package_holds_no_macros_tables_or_outside_links(blank: Path) -> None:
    with zipfile.ZipFile(blank) as archive:
        assert not [name for name in archive.namelist() if re.search("vba|table|external|embed|connection", name)]
        related = b"".join(archive.read(name) for name in archive.namelist() if name.endswith(".rels"))
    assert b'TargetMode="External"' not in related


@pytest.mark.parametrize(
    ("name", "terms"),
    [
        ("action", PROFILE.actions),
        ("activity", PROFILE.activities),
        ("client", PROFILE.clients),
        ("kind", PROFILE.kinds),
        ("key", PROFILE.answers),
    ],
)
def test_a_closed_list_stops_what_is_not_on_it(
    book: Workbook, data: Worksheet, name: str, terms: tuple[object, ...]
) -> None:
    rule = validation(data, name)
    assert (rule.type, rule.errorStyle, rule.showErrorMessage) == ("list", None, True)
    assert not rule.showDropDown  # in the file, true would hide the arrow
    assert values(book, rule.formula1) == [getattr(term, "name", None) for term in terms]
    assert rule.error == "Выберите значение из списка."


def test_the_list_of_touchpoints_warns_of_another_one(book: Workbook, data: Worksheet) -> None:
    rule = validation(data, "touchpoint")
    assert (rule.type, rule.errorStyle) == ("list", "warning")
    assert values(book, rule.formula1) == [item.name for item in PROFILE.touchpoints]
    assert rule.error == "Такой точки в справочнике нет. Если она новая, нажмите «Да» и назовите документ-основание."


def test_the_list_of_processes_follows_the_activity_of_its_row(book: Workbook, data: Worksheet) -> None:
    rule = validation(data, "process")
    assert (rule.type, rule.errorStyle, rule.allow_blank) == ("list", "warning", False)
    parts = re.fullmatch(r"OFFSET\((.+?),MATCH\((.+?),(.+?),0\)-1,0,COUNTIF\((.+?),(.+?)\),1\)", str(rule.formula1))
    assert parts is not None
    corner, key, keys, counted, counted_key = parts.groups()
    assert (key, counted, counted_key) == ("$D6", keys, "$D6")
    activities = values(book, keys)
    offered = {name: offer(book, corner, activities, name) for name in PROFILE.activity_of}
    assert offered.pop(STAFF) == ["Приём на работу", "Увольнение"]
    assert offered.pop(BOOKS) == ["Передача имущества", "Учёт"]
    assert list(offered.values()) == [[None]] * 4


def offer(book: Workbook, corner: str, keys: list[object], key: str) -> list[object]:
    """Answer as OFFSET does: so many cells below the corner, so many of them."""
    name, _, cell = corner.replace("$", "").partition("!")
    letter, number = re.fullmatch("([A-Z]+)([0-9]+)", cell).groups()  # type: ignore[union-attr]
    first = int(number) + keys.index(key)
    return [at(sheet(book, name), f"{letter}{row}").value for row in range(first, first + keys.count(key))]


def test_every_list_covers_the_given_and_the_free_rows_and_no_text_column_has_one(data: Worksheet) -> None:
    assert {str(item.sqref) for item in data.data_validations.dataValidation} == {
        f"{COLUMN[name]}{FIRST}:{COLUMN[name]}{FREED[-1]}"
        for name in ("action", "activity", "process", "client", "touchpoint", "kind", "key")
    }


def test_a_drop_down_shows_no_more_than_a_client_can(data: Worksheet) -> None:
    for item in data.data_validations.dataValidation:
        assert len(item.formula1) <= 255
        assert len(item.errorTitle) <= 32
        assert len(item.error) <= 255


@pytest.mark.parametrize("name", ["Инструкция", "Титул", "Сведения", "Справочники"])
def test_a_sheet_is_protected_without_a_password(book: Workbook, name: str) -> None:
    protection = sheet(book, name).protection
    assert protection.sheet
    assert protection.password is None
    assert protection.hashValue is None


def test_only_number_and_code_are_locked_in_given_and_in_free_rows(data: Worksheet) -> None:
    for row in (*GIVEN, *FREED):
        assert [name for name in COLUMN if at(data, f"{COLUMN[name]}{row}").protection.locked] == ["number", "code"]


def test_given_rows_are_grey_free_cells_white_and_locked_ones_darker_than_both(data: Worksheet) -> None:
    for row in GIVEN:
        fills = {name: at(data, f"{letter}{row}").fill.fgColor.rgb for name, letter in COLUMN.items()}
        assert {name for name, fill in fills.items() if fill == "FFD9DEE4"} == {"number", "code"}
        assert {fill for name, fill in fills.items() if name not in {"number", "code"}} == {"FFEEF0F2"}
    assert {at(data, f"E{row}").fill.fill_type for row in FREED} == {None}


def test_every_row_has_its_height_and_it_shows_the_whole_text(data: Worksheet) -> None:
    heights = [data.row_dimensions[row].height for row in (5, *GIVEN, *FREED)]
    assert None not in heights
    lines = line_count(LONG.rstrip("; "), 36, 10)
    assert lines > 5
    assert data.row_dimensions[6].height >= lines * 12
    assert data.row_dimensions[6].height > data.row_dimensions[7].height


def test_every_header_explains_its_column(data: Worksheet) -> None:
    for name, letter in COLUMN.items():
        comment = at(data, f"{letter}5").comment
        assert comment is not None
        assert comment.text == PROFILE.field[name].help


def test_the_sheet_stays_readable_when_scrolled_and_printed(data: Worksheet) -> None:
    assert data.freeze_panes == "D6"
    assert data.auto_filter.ref == f"A5:M{FREED[-1]}"
    assert data.print_title_rows == "$5:$5"
    assert (data.page_setup.orientation, data.page_setup.fitToHeight) == ("landscape", 0)
    assert data.page_setup.fitToWidth in {None, 1}  # one page wide, as the format has it by itself
    setup = data.sheet_properties.pageSetUpPr
    assert setup is not None
    assert setup.fitToPage


def test_the_top_says_whose_data_these_are_and_leads_to_the_first_free_row(data: Worksheet) -> None:
    assert at(data, "A2").value == "Отдел кадров (пример). По редакции от 19.03.2024. Записей: 2."
    link = at(data, "A4")
    assert link.value == "Перейти к первой свободной строке (8)"
    assert link.hyperlink is not None
    assert link.hyperlink.location == "'Сведения'!C8"


def test_the_lines_of_the_title_sheet_are_of_one_height(book: Workbook) -> None:
    heights = {sheet(book, "Титул").row_dimensions[row].height for row in range(3, 17)}
    assert heights == {18.0}


def test_the_title_sheet_has_labels_in_b_and_values_in_c(book: Workbook) -> None:
    title = sheet(book, "Титул")
    shown = {at(title, f"B{row}").value: at(title, f"C{row}").value for row in range(3, 17)}
    assert shown == dict.fromkeys([field.label for field in PROFILE.title_fields]) | {
        "Орган": "Министерство промышленности и торговли Смоленской области",
        "Реквизиты приказа": "приказ от 19.03.2024 № 29/01-01",
        "Редакция, взятая за основу": "19.03.2024",
        "Период актуализации": "4 квартал 2026 г.",
        "Структурное подразделение": "Отдел кадров (пример)",
        "Код подразделения": "КАДР",
    }
    locked = [at(title, f"B{row}").value for row in range(3, 17) if at(title, f"C{row}").protection.locked]
    assert locked == [
        "Орган",
        "Реквизиты приказа",
        "Редакция, взятая за основу",
        "Структурное подразделение",
        "Код подразделения",
    ]


def test_a_period_that_nobody_set_may_stay_blank_and_its_line_says_so(tmp_path: Path) -> None:
    form = blank_form(
        PROFILE.model_copy(update={"period": PROFILE.period.model_copy(update={"label": ""})}), EDITION, UNIT
    )
    write_form(tmp_path / "шаблон.xlsx", form, PROFILE)
    title = sheet(load_workbook(tmp_path / "шаблон.xlsx"), "Титул")
    assert (at(title, "B6").value, at(title, "C6").value, at(title, "D6").value) == (
        "Период актуализации",
        None,
        "Можно не заполнять",
    )
    texts = [str(cell.value) for row in title.iter_rows(min_row=17) for cell in row if cell.value]
    assert any("Белые ячейки, кроме отмеченной «Можно не заполнять», заполните" in text for text in texts)
    assert [item.activeCell for item in title.sheet_view.selection] == ["C9"]


def test_the_title_sheet_asks_for_dates_and_for_yes_or_no(book: Workbook) -> None:
    rules = {str(item.sqref): item for item in sheet(book, "Титул").data_validations.dataValidation}
    assert {place: (item.type, item.errorStyle) for place, item in rules.items()} == {
        "C12": ("date", "warning"),
        "C15": ("date", "warning"),
        "C16": ("list", None),
    }
    assert rules["C16"].formula1 == '"да,нет"'


def test_the_instruction_is_that_of_the_profile(book: Workbook) -> None:
    page = sheet(book, "Инструкция")
    texts = [cell.value for row in page.iter_rows() for cell in row if cell.value]
    ways = [cell.hyperlink.location for row in page.iter_rows() for cell in row if cell.hyperlink]
    assert texts[: -len(ways)] == ["Как заполнить этот файл", *PROFILE.template.instruction]
    assert ways == ["'Титул'!A1", "'Сведения'!A1", "'Справочники'!A1"]


@pytest.mark.parametrize(("name", "cell"), [("Титул", "A2"), ("Сведения", "E4"), ("Справочники", "A3")])
def test_every_sheet_leads_back_to_the_instruction(book: Workbook, name: str, cell: str) -> None:
    assert sheet(book, name)[cell].hyperlink.location == "'Инструкция'!A1"


@pytest.mark.parametrize(("name", "cell"), [("Титул", "C9"), ("Сведения", "C6")])
def test_a_sheet_opens_at_the_first_cell_to_fill_in(book: Workbook, name: str, cell: str) -> None:
    chosen = [selection.activeCell for selection in sheet(book, name).sheet_view.selection]
    assert chosen[-1] == cell


def test_the_lists_are_printed_side_by_side_on_as_many_pages_as_they_need(book: Workbook) -> None:
    page = sheet(book, "Справочники")
    assert page.page_setup.scale == 75
    assert not page.sheet_properties.pageSetUpPr or not page.sheet_properties.pageSetUpPr.fitToPage
    assert [item.id for item in page.col_breaks.brk] == [9]


def test_the_hidden_marks_name_version_profile_unit_edition_and_rows(book: Workbook) -> None:
    marks = {row[0].value: row[1].value for row in sheet(book, "_meta").iter_rows()}
    assert marks == {
        "template_version": "1",
        "profile": "smolensk_minprom",
        "unit": "КАДР",
        "edition": "2024-03-19",
        **{f"row:{code}": mark for code, mark in FORM.fingerprints.items()},
    }
    assert len(FORM.fingerprints) == 2


def test_a_form_written_twice_has_the_same_bytes(blank: Path, tmp_path: Path) -> None:
    write_form(tmp_path / "КАДР.xlsx", FORM, PROFILE)
    assert (tmp_path / "КАДР.xlsx").read_bytes() == blank.read_bytes()


def test_what_the_template_writes_the_reader_reads_back(blank: Path) -> None:
    read = read_submission(blank, "КАДР.xlsx", PROFILE)
    assert (read.unreadable, read.remarks) == ("", ())
    assert (read.unit, read.sheet, read.title_sheet) == ("КАДР", "Сведения", "Титул")
    assert {name: value.text for name, value in read.title.items()} == {
        field.name: FORM.title.get(field.name, "") for field in PROFILE.title_fields
    }
    assert [row.number for row in read.rows] == list(GIVEN)
    assert [dict(row.texts) for row in read.rows] == [
        {name: row.shown.get(name, "") for name in COLUMN} for row in FORM.rows
    ]
    assert read.columns == {name: index for index, name in enumerate(COLUMN)}
    assert read.meta["edition"] == "2024-03-19"


def test_a_unit_without_records_gets_free_rows_only(tmp_path: Path) -> None:
    path = tmp_path / "ИТ.xlsx"
    write_form(path, blank_form(PROFILE, Edition(records.empty()), PROFILE.unit["ИТ"]), PROFILE)
    page = sheet(load_workbook(path), "Сведения")
    assert page.max_row == 5 + FREE
    assert at(page, "A2").value == "Отдел информационных технологий (пример). Записей: 0."
    assert read_submission(path, "ИТ.xlsx", PROFILE).rows == ()


def test_a_record_that_waits_is_told_at_its_code(tmp_path: Path) -> None:
    path, kept = tmp_path / "КАДР.xlsx", record("Т-0001", "Приём на работу")
    edition = Edition(records.frame([kept, record("Т-0002", "Увольнение", state="quarantined")]), date="2024-03-19")
    form = blank_form(PROFILE, edition, UNIT)
    write_form(path, form, PROFILE)
    page = sheet(load_workbook(path), "Сведения")
    told = "Записей: 2, из них на уточнении 1 (код выделен жёлтым)."
    assert at(page, "A2").value == f"Отдел кадров (пример). По редакции от 19.03.2024. {told}"
    assert at(page, "B6").comment is None
    assert at(page, "B6").fill.fgColor.rgb != rgb(SEVERITY_FILL["warning"])
    comment = at(page, "B7").comment
    assert comment is not None
    assert comment.text == (
        "Запись на уточнении: в Перечень она пока не входит. Проверьте точку, её вид и остальные графы этой строки; "
        "исправьте её или исключите."
    )
    assert at(page, "B7").fill.fgColor.rgb == rgb(SEVERITY_FILL["warning"])
    assert at(page, "B7").protection.locked
    assert [row.texts["code"] for row in read_submission(path, "КАДР.xlsx", PROFILE).rows] == ["Т-0001", "Т-0002"]


def test_a_list_is_found_on_a_sheet_whose_name_needs_quotes(tmp_path: Path) -> None:
    named = PROFILE.sheets["lists"].model_copy(update={"name": "Списки для выбора"})
    profile = PROFILE.model_copy(update={"sheets": {**PROFILE.sheets, "lists": named}})
    write_form(tmp_path / "КАДР.xlsx", FORM, profile)
    page = sheet(load_workbook(tmp_path / "КАДР.xlsx"), "Сведения")
    assert str(validation(page, "kind").formula1).startswith("'Списки для выбора'!$")
    assert str(validation(page, "process").formula1).startswith("OFFSET('Списки для выбора'!$")


# --- the returned copy ------------------------------------------------------------------------------------------------


def filled(blank: Path, target: Path) -> Path:
    """Fill the template in as a unit may: one row changed, one deleted, one new, a date that is none."""
    book = load_workbook(blank)
    page = sheet(book, "Сведения")
    for name, value in {"action": "изменить", "kind": "смешанная", "process": "=Приём", "note": "см. {0}"}.items():
        page[f"{COLUMN[name]}6"] = value
        at(page, f"{COLUMN[name]}6").data_type = "s"
    for letter in COLUMN.values():
        page[f"{letter}7"] = None
    page["C9"], page["E9"] = "включить", "Обучение"
    title = sheet(book, "Титул")
    title["C12"], title["C15"], title["C16"] = "20.11.2026", "вчера", "да"
    book.save(target)
    return target


REMARKS = [
    Remark("П-26", "main", Place(row=6, column="kind", value="смешанная"), {"a": "а", "b": "б"}),
    Remark("П-13", "main", Place(row=6, column="kind", value="смешанная"), {"a": "а", "c": "в", "v": "г"}),
    Remark("П-26", "main", Place(row=6, column="needs", value="а"), {"a": "а", "b": "б"}),
    Remark("П-19", "main", Place(row=6, column="needs", value="а"), {"id": "Т-0001", "unit2": "ИТ"}),
    Remark("П-05", "main", Place(row=6, column="kind", value="смешанная"), {"v": "смешанная"}),
    Remark("П-14", "main", Place(row=9, column="basis", value=""), {"act": "включить"}),
    Remark("П-15", "deleted", Place(column="code", value="Т-0002"), {"id": "Т-0002"}),
    Remark("П-17", "not_a_date", Place(column="checked", value="вчера"), {"col": "Дата проверки", "v": "вчера"}),
    Remark("П-01", "main", Place(row=5, column="basis"), {"col": "Основание (документ)"}),
    Remark("П-18", "superseded", Place(), {"d": "21.11.2026", "file2": "новый.xlsx"}),
]


@pytest.fixture(scope="module")
def form(blank: Path, tmp_path_factory: pytest.TempPathFactory) -> UnitForm:
    path = filled(blank, tmp_path_factory.mktemp("входящие") / "КАДР.xlsx")
    read = read_submission(path, "КАДР.xlsx", PROFILE)
    return returned_form(PROFILE, EDITION, read, records.rows(findings.of_remarks(REMARKS, PROFILE)))


@pytest.fixture(scope="module")
def copy(form: UnitForm, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("замечания") / "КАДР.xlsx"
    write_form(path, form, PROFILE)
    return path


@pytest.fixture(scope="module")
def returned(copy: Path) -> Workbook:
    return load_workbook(copy)


def test_the_returned_copy_is_a_template_with_one_sheet_more(returned: Workbook) -> None:
    assert returned.sheetnames == ["Инструкция", "Титул", "Сведения", "Справочники", "Замечания", "_meta"]
    page = sheet(returned, "Сведения")
    assert len(page.data_validations.dataValidation) == 7
    assert page.max_row == 5 + 3 + FREE


@pytest.mark.parametrize(
    ("severities", "does"),
    [
        ({"error", "warning", "info"}, "исправьте ошибки, ответьте на предупреждения и пришлите файл снова"),
        ({"warning", "info"}, "на каждое предупреждение ответьте или исправьте файл и пришлите его снова"),
        ({"info"}, "присылать файл снова не нужно: прочитайте сведения к нему"),
    ],
)
def test_the_instruction_of_a_returned_copy_leads_first_to_the_remarks(
    form: UnitForm, severities: set[str], does: str, tmp_path: Path
) -> None:
    own = [
        {**remark, "severity": severity}
        for severity, remark in zip(sorted(severities), itertools.cycle(form.remarks), strict=False)
    ]
    write_form(tmp_path / "КАДР.xlsx", replace(form, remarks=own), PROFILE)
    page = sheet(load_workbook(tmp_path / "КАДР.xlsx"), "Инструкция")
    ways = [(cell.hyperlink.location, str(cell.value)) for row in page.iter_rows() for cell in row if cell.hyperlink]
    assert [place for place, _ in ways] == ["'Замечания'!A1", "'Титул'!A1", "'Сведения'!A1", "'Справочники'!A1"]
    assert ways[0][1].endswith(f"{does} – лист «Замечания»")


def test_the_returned_copy_holds_the_units_values_and_the_deleted_record(returned: Workbook) -> None:
    page = sheet(returned, "Сведения")
    assert [[at(page, f"{letter}{row}").value for letter in "BCEI"] for row in (6, 7, 8)] == [
        ["Т-0001", "изменить", "=Приём", "смешанная"],
        [None, "включить", "Обучение", None],
        ["Т-0002", "без изменений", "Увольнение", "офлайн"],
    ]
    assert at(page, "M6").value == "см. {0}"
    assert at(page, "E6").data_type == "s"


def test_the_top_of_a_returned_copy_counts_the_records_that_the_edition_has_of_the_unit(tmp_path: Path) -> None:
    states = {"Т-0001": "in_force", "Т-0002": "quarantined", "Т-0003": "quarantined"}
    units = {"Т-0003": "ИТ"}
    lines = [record(code, f"Дело {code}", units.get(code, "КАДР"), state=state) for code, state in states.items()]
    edition = Edition(records.frame(lines), date="2024-03-19")
    rows = tuple(RawRow(number, {"code": code, "process": code}) for number, code in enumerate(("т-2", "Т-0003"), 6))
    sent = Submission("КАДР.xlsx", "", title={"unit": TitleValue("КАДР", "КАДР", "C8")}, rows=rows)
    write_form(tmp_path / "КАДР.xlsx", returned_form(PROFILE, edition, sent, []), PROFILE)
    page = sheet(load_workbook(tmp_path / "КАДР.xlsx"), "Сведения")
    assert [at(page, f"B{row}").value for row in (6, 7, 8)] == ["т-2", "Т-0003", "Т-0001"]
    assert str(at(page, "A2").value).endswith(" Записей: 2, из них на уточнении 1 (код выделен жёлтым).")


@pytest.mark.parametrize(
    ("name", "severity", "comment"),
    [
        (
            "I6",
            "error",
            (
                "Ошибка (П-05). Вид точки «смешанная» не предусмотрен. Укажите «цифровая» или «офлайн». Если точек "
                f"две, заведите две строки.\n{quoted('П-05')}\n\n"
                "Предупреждение (П-13). Для вида деятельности «а» обычно указывается «в» клиент, а указано «г». "
                f"Проверьте.\n{quoted('П-13')}\n\n"
                f"Сведение (П-26). Исправлено написание: «а» → «б».\n{quoted('П-26')}"
            ),
        ),
        (
            "J6",
            "warning",
            (
                "Предупреждение (П-19). Запись Т-0001 закреплена за «ИТ». Изменение передано уполномоченному "
                f"сотруднику для согласования.\n{quoted('П-19')}\n\n"
                f"Сведение (П-26). Исправлено написание: «а» → «б».\n{quoted('П-26')}"
            ),
        ),
        (
            "L7",
            "error",
            (
                "Ошибка (П-14). Укажите документ-основание (вид, дата, номер): без него действие «включить» не "
                f"принимается.\n{quoted('П-14')}"
            ),
        ),
        (
            "B8",
            "error",
            (
                "Ошибка (П-15). Строка Т-0002 удалена. Чтобы исключить точку, верните строку и выберите «исключить».\n"
                f"{quoted('П-15')}"
            ),
        ),
    ],
)
def test_a_cell_is_marked_by_its_worst_remark_and_says_them_all(
    returned: Workbook, name: str, severity: str, comment: str
) -> None:
    found = at(sheet(returned, "Сведения"), name)
    assert found.fill.fgColor.rgb == rgb(SEVERITY_FILL[severity])
    assert found.comment is not None
    assert found.comment.text == comment


def test_no_other_cell_is_marked(returned: Workbook) -> None:
    marks = {rgb(color) for color in SEVERITY_FILL.values()}
    page = sheet(returned, "Сведения")
    marked = {cell.coordinate for row in page.iter_rows(min_row=6) for cell in row if cell.fill.fgColor.rgb in marks}
    commented = {cell.coordinate for row in page.iter_rows(min_row=6) for cell in row if cell.comment}
    assert marked == commented == {"I6", "J6", "L7", "B8"}


def test_marked_cells_stay_open_for_the_unit(returned: Workbook) -> None:
    page = sheet(returned, "Сведения")
    assert not at(page, "I6").protection.locked
    assert not at(page, "L7").protection.locked
    assert at(page, "B8").protection.locked


def test_the_title_sheet_is_marked_too_and_names_what_concerns_the_whole_file(returned: Workbook) -> None:
    title = sheet(returned, "Титул")
    checked = at(title, "C15")
    assert checked.value == "вчера"
    assert checked.fill.fgColor.rgb == rgb(SEVERITY_FILL["error"])
    assert checked.comment is not None
    assert checked.comment.text == (
        "Ошибка (П-17). На листе «Титул» в строке «Дата проверки» не дата: «вчера». Запишите дату в виде дд.мм.гггг.\n"
        f"{quoted('П-17')}"
    )
    filled_in = at(title, "C12")
    assert (filled_in.is_date, filled_in.comment) == (True, None)
    texts = [cell.value for row in title.iter_rows(min_row=17) for cell in row if cell.value]
    assert texts[texts.index("Замечания к файлу в целом") + 1 :] == [
        (
            "Ошибка (П-01). В файле нет графы «Основание (документ)». Не удаляйте и не переименовывайте графы шаблона; "
            f"возьмите исходный шаблон и перенесите данные.\n{quoted('П-01')}"
        ),
        (
            "Сведение (П-18). Файл заменён более поздним от 21.11.2026: «новый.xlsx». Строки этого файла не "
            f"учтены.\n{quoted('П-18')}"
        ),
    ]


REMARK_WIDTH = {column.name: column.width for column in PROFILE.sheets["unit_remarks"].columns}


def remark_rows(book: Workbook) -> list[tuple[Cell, ...]]:
    """Return the rows of «Замечания» that hold a remark."""
    page = sheet(book, "Замечания")
    rows = [row for row in range(HEADER_ROW + 1, page.max_row + 1) if at(page, f"B{row}").value]
    return [tuple(at(page, f"{letter}{row}") for letter in "ABCDEFGHI") for row in rows]


def test_the_remarks_are_listed_worst_first(returned: Workbook) -> None:
    page = sheet(returned, "Замечания")
    assert (
        at(page, "A2").value == "Отдел кадров (пример). 5 ошибок, 2 предупреждения. Копия сделана из файла «КАДР.xlsx»."
    )
    assert [cell.value for cell in page[HEADER_ROW]] == list(PROFILE.headers("unit_remarks").values())
    levels = [str(at(page, f"A{row}").value) for row in range(HEADER_ROW + 1, page.max_row + 1)]
    bands = [place for place, level in enumerate(levels) if level.partition(" – ")[0] in BANDS]
    assert [levels[place].partition(":")[0] for place in bands] == [
        "Ошибки – 5",
        "Предупреждения – 2",
        "Сведения – 3",
    ]
    assert [level for place, level in enumerate(levels) if place not in bands] == [
        *["ошибка"] * 5,
        *["предупреждение"] * 2,
        *["сведение"] * 3,
    ]
    errors = range(HEADER_ROW + 1, HEADER_ROW + 7)
    assert {at(page, f"A{row}").fill.fgColor.rgb for row in errors} == {rgb(SEVERITY_FILL["error"])}


@pytest.mark.parametrize("errors", range(1, 8))
def test_a_band_of_the_remarks_is_never_the_last_row_of_a_printed_page(
    form: UnitForm, tmp_path: Path, errors: int
) -> None:
    given = {level: [item for item in form.remarks if item["severity"] == level] for level in ("error", "warning")}
    remarks = [*given["error"][:1] * errors, *given["warning"][:1] * 8]
    varied = [{**item, "message": f"{item['message']} {number}"} for number, item in enumerate(remarks)]
    profile = PROFILE.model_copy(update={"limits": PROFILE.limits.model_copy(update={"shown_alike": 99})})
    write_form(tmp_path / "КАДР.xlsx", replace(form, remarks=varied), profile)
    page = sheet(load_workbook(tmp_path / "КАДР.xlsx"), "Замечания")
    ends = [item.id for item in page.row_breaks.brk]
    assert ends
    assert [end for end in ends if str(at(page, f"A{end}").value).partition(" – ")[0] in BANDS] == []


@pytest.mark.parametrize(
    ("levels", "advice"),
    [
        (["info", "error"], "Исправьте ошибки прямо в этом файле и пришлите его снова. На предупреждения ответьте в"),
        (["info", "warning"], "Ошибок нет. Если предупреждение верно, исправьте этот файл и пришлите его снова, если"),
        (["info"], "Ошибок нет: исправлять и присылать снова ничего не нужно."),
    ],
)
def test_what_is_to_be_done_with_a_copy_depends_on_the_worst_that_it_says(
    form: UnitForm, tmp_path: Path, levels: list[str], advice: str
) -> None:
    remarks = [next(item for item in form.remarks if item["severity"] == level) for level in levels]
    write_form(tmp_path / "КАДР.xlsx", replace(form, remarks=remarks), PROFILE)
    page = sheet(load_workbook(tmp_path / "КАДР.xlsx"), "Замечания")
    assert str(at(page, "A3").value).startswith(advice)


@pytest.fixture(scope="module")
def partial(tmp_path_factory: pytest.TempPathFactory) -> Workbook:
    """A copy of a file with a renamed column, one more, a value under no header, another sheet."""
    source, target = tmp_path_factory.mktemp("файл") / "Ответ отдела.xlsx", tmp_path_factory.mktemp("копия") / "к.xlsx"
    book = UnitBook("КАДР")
    book.data["I5"], book.data["N5"], book.data["P6"] = "Вид", "Комментарий отдела", "очень важно"
    book.book.create_sheet("Заметки")["A1"] = "наши заметки"
    book.save(source)
    read = read_submission(source, source.name, PROFILE)
    told = records.rows(findings.of_remarks(read.remarks, PROFILE))
    write_form(target, returned_form(PROFILE, BOOKS_EDITION, read, told), PROFILE)
    return load_workbook(target)


def test_a_copy_that_does_not_hold_all_of_a_file_names_what_is_missing_and_where_to_mend_it(partial: Workbook) -> None:
    page = sheet(partial, "Замечания")
    assert str(at(page, "A2").value).endswith(" Копия сделана из файла «Ответ отдела.xlsx».")
    assert at(page, "A3").value == (
        "Исправьте не эту копию, а свой файл «Ответ отдела.xlsx»: в нём ничего не изменено. Пришлите его снова. На "
        "предупреждения ответьте в нём же, в графе «Пояснение подразделения»."
    )
    missing = {
        "графа «Вид» (I5)",
        "графа «Комментарий отдела» (N5)",
        "ячейка P6: «очень важно»",
        "лист «Заметки»",
    }
    head, _, listed = str(at(page, "A5").value).partition(": ")
    assert head == "В этой копии нет того, что есть в вашем файле"
    assert set(listed.rstrip(".").split("; ")) == missing
    words = {str(cell.value) for row in (*page.iter_rows(), *sheet(partial, "Инструкция").iter_rows()) for cell in row}
    assert not [text for text in words if "прямо в этом файле" in text]
    assert any(text.startswith("Начните отсюда: в этой копии есть не всё;") for text in words)
    assert not [cell for row in page.iter_rows() for cell in row if not cell.protection.locked]


def test_what_a_copy_does_not_hold_is_named_by_its_cell_in_the_units_own_file(partial: Workbook) -> None:
    rows = [(cells[2].value, cells[2].hyperlink) for cells in remark_rows(partial) if cells[1].value != "Правило"]
    assert set(rows) == {
        ("файл в целом", None),
        ("в вашем файле: Сведения, I5", None),
        ("в вашем файле: Сведения, N5", None),
        ("в вашем файле: Сведения, P6", None),
        ("в вашем файле: Заметки", None),
    }


def test_very_much_that_a_copy_does_not_hold_takes_a_few_lines_above_the_remarks(
    form: UnitForm, tmp_path: Path
) -> None:
    left_out = tuple(f"ячейка N{row}: «очень важно»" for row in range(6, 206))
    write_form(tmp_path / "КАДР.xlsx", replace(form, left_out=left_out), PROFILE)
    page = sheet(load_workbook(tmp_path / "КАДР.xlsx"), "Замечания")
    assert str(at(page, "A8").value).endswith(" … – остальное названо в замечаниях ниже.")
    assert at(page, "A10").value == "Уровень"


@pytest.mark.parametrize(
    ("reason", "counts", "words"),
    [
        ("не указано, кто. Заполните.", None, "Файл целиком не принят. Не указано, кто. Заполните."),
        ("Нет графы", Round(1, 2, 3), "Файл целиком не принят. Нет графы. С прошлого раза: исправлено 1, осталось 2,"),
        ("", Round(1, 2, 3), "С прошлого раза: исправлено 1, осталось 2, новых 3."),
        ("", None, "None"),
        ("Нет граф: " + "а" * 500, None, "Файл целиком не принят. Нет граф: ааа"),
    ],
)
def test_a_copy_says_that_the_file_is_refused_as_a_whole_and_why(
    form: UnitForm, tmp_path: Path, reason: str, counts: Round | None, words: str
) -> None:
    write_form(tmp_path / "КАДР.xlsx", replace(form, refused=reason, round=counts), PROFILE)
    page = sheet(load_workbook(tmp_path / "КАДР.xlsx"), "Замечания")
    shown = str(at(page, "A4").value)
    assert shown.startswith(words)
    assert len(shown) <= 190
    (band,) = [text for cell in page["A"] if (text := str(cell.value)).startswith("Ошибки – ")]
    assert band.endswith(
        "; он целиком не принят, ни одна его строка не учтена"
        if reason
        else "; пока ошибка есть, строка не принимается"
    )


def test_each_remark_names_its_rule_and_quotes_the_clause(returned: Workbook) -> None:
    rows = remark_rows(returned)
    assert [row[1].value for row in rows][:5] == ["П-01", "П-17", "П-05", "П-14", "П-15"]
    assert [row[6].value for row in rows] == [PROFILE.quoted(str(row[1].value)) for row in rows]
    assert PROFILE.quoted("П-05") == (
        "раздел I, п. 3, абз. 5–6: «Цифровые точки взаимодействия – официальные сайты (порталы), социальные сети, "
        "мессенджеры, телефонная связь, платформа обратной связи (ПОС) и др.; офлайн-точки взаимодействия – места "
        "приема клиентов»"
    )


def test_an_answer_can_be_typed_beside_every_remark_and_nowhere_else(returned: Workbook) -> None:
    page = sheet(returned, "Замечания")
    answers = {row[8].coordinate for row in remark_rows(returned)}
    open_cells = {cell.coordinate for row in page.iter_rows() for cell in row if not cell.protection.locked}
    assert open_cells == answers


def test_every_link_leads_to_the_cell_that_holds_the_marked_value(returned: Workbook) -> None:
    led: list[str] = []
    for remark in remark_rows(returned):
        link, text = remark[2], remark[5]
        if link.hyperlink is None:
            assert link.value == "файл в целом"
            continue
        name, _, cell = str(link.hyperlink.location).replace("'", "").partition("!")
        target = at(sheet(returned, name), cell)
        assert link.value == f"{name}, {cell}"
        assert target.comment is not None
        assert str(text.value) in target.comment.text
        led.append(f"{name}!{cell} = {target.value}")
    assert sorted(set(led)) == [
        "Сведения!B8 = Т-0002",
        "Сведения!I6 = смешанная",
        f"Сведения!J6 = {LONG.rstrip('; ')}",
        "Сведения!L7 = None",
        "Титул!C15 = вчера",
    ]
    assert len(led) == len(REMARKS) - 2


@pytest.mark.parametrize(
    ("count", "shown"),
    [
        (2, "Сведения, J9, J10"),
        (3, "Сведения, J9, J10, J11"),
        (4, "Сведения, J9 и ещё 3"),
        (200, "Сведения, J9 и ещё 199"),
    ],
)
def test_a_link_names_as_many_cells_as_its_line_shows(form: UnitForm, tmp_path: Path, count: int, shown: str) -> None:
    rows = FormRows.of([*form.rows[:1]] * (count + 3))
    places = (Place(row=row, column="needs") for row in range(3, count + 3))
    remarks = findings.of_remarks(
        [Remark("П-02", "main", place, {"col": PROFILE.column_header("needs")}) for place in places], PROFILE
    )
    write_form(tmp_path / "КАДР.xlsx", replace(form, rows=rows, remarks=records.rows(remarks)), PROFILE)
    (remark,) = remark_rows(load_workbook(tmp_path / "КАДР.xlsx"))
    assert remark[2].hyperlink is not None
    assert remark[2].value == shown
    assert line_count(shown, REMARK_WIDTH["cell"], 10) == 1


@pytest.mark.parametrize("key", ["unit_remarks", "remarks", "journal"])
def test_no_word_of_a_columns_name_is_broken(key: str) -> None:
    width = {column.name: column.width for column in PROFILE.sheets[key].columns}["column"]
    words = {word for spec in PROFILE.field.values() for word in spec.header.split()}
    assert max(line_count(word, width, 10) for word in words) == 1


def test_the_returned_copy_is_read_again_as_the_units_file(copy: Path, form: UnitForm) -> None:
    read = read_submission(copy, "КАДР.xlsx", PROFILE)
    assert (read.unit, read.sheet, read.remarks) == ("КАДР", "Сведения", ())
    assert [dict(row.texts) for row in read.rows] == [
        {name: row.shown.get(name, "") for name in COLUMN} for row in form.rows
    ]
    assert read.title["filled"].text == "20.11.2026"


def test_a_returned_copy_written_twice_has_the_same_bytes(copy: Path, form: UnitForm, tmp_path: Path) -> None:
    write_form(tmp_path / "КАДР.xlsx", form, PROFILE)
    assert (tmp_path / "КАДР.xlsx").read_bytes() == copy.read_bytes()


def test_a_very_long_value_can_be_returned_with_its_remarks(form: UnitForm, tmp_path: Path) -> None:
    long = "слово  " * 4_600
    words = {"a": long, "b": long}
    remarks = findings.of_remarks([Remark("П-26", "main", Place(row=0, column="note", value=long), words)], PROFILE)
    path = tmp_path / "КАДР.xlsx"
    write_form(path, replace(form, remarks=records.rows(remarks)), PROFILE)
    listed = sheet(load_workbook(path), "Замечания")
    assert at(listed, f"E{HEADER_ROW + 2}").value == long
    assert str(at(listed, f"F{HEADER_ROW + 2}").value).startswith("Исправлено написание: «слово  слово")


@pytest.mark.parametrize(("rows", "processes"), [([], 1), ([5] * 6, 1), ([30] * 15, 2), ([500] * 100, 23)])
def test_processes_are_worth_their_start_where_there_is_much_to_write(rows: list[int], processes: int) -> None:
    assert processes_worth(workload(rows)) == processes
