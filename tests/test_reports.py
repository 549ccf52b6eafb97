"""The consolidated workbook: what the officer works with and what leadership prints and signs."""

from __future__ import annotations

import hashlib
import html
import itertools
import re
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from openpyxl import load_workbook

from workbook_tools.pipeline import commands
from workbook_tools.pipeline.commands import Options, Result
from workbook_tools.profile import load_profile
from workbook_tools.remarks import told
from workbook_tools.reports.consolidated import write_consolidated

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

SAMPLES = Path(__file__).parent.parent / "samples"
EDITION = SAMPLES / "edition-2024-03-19.xlsx"
TODAY = "2026-11-22"
SHEETS = [
    "Сводка",
    "Приложение 1",
    "Реестр",
    "Журнал изменений",
    "Замечания",
    "Решения",
    "Подразделения",
    "Замечания к Порядку",
    "Сведения о запуске",
    "_meta",
]
REGISTER = [
    "Код записи",
    "Направление деятельности",
    "Вид деятельности",
    "Наименование процесса",
    "Тип клиента",
    "Точка взаимодействия",
    "Адрес (контакт) точки",
    "Вид точки",
    "Удовлетворяемые потребности клиента",
    "Ключевая точка",
    "Основание (документ)",
    "Подразделение",
    "Состояние",
    "Источник",
]
ANNEX = [
    "№",
    "Направление деятельности исполнительного органа",
    "Наименование процесса",
    "Точка взаимодействия",
    "Удовлетворяемые потребности клиента",
    "Особенности взаимодействия с клиентом",
]


@pytest.fixture(scope="module")
def merged(tmp_path_factory: pytest.TempPathFactory) -> Result:
    out = tmp_path_factory.mktemp("merged")
    return commands.merge([SAMPLES / "incoming"], load_profile(), EDITION, out, Options(TODAY))


@pytest.fixture(scope="module")
def imported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("imported") / "Перечень.xlsx"
    commands.import_annex(SAMPLES / "annex-2024-03-19.docx", load_profile(), path)
    return path


@pytest.fixture(scope="module", params=["merged", "imported"])
def path(request: pytest.FixtureRequest) -> Path:
    made = request.getfixturevalue(request.param)
    found = made.outputs[0] if isinstance(made, Result) else made
    assert isinstance(found, Path)
    return found


@pytest.fixture(scope="module")
def book(path: Path) -> Workbook:
    return load_workbook(path)


def texts(sheet: Worksheet) -> list[str]:
    return [cell.value for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str)]


def header_row(sheet: Worksheet) -> int:
    """Return the row under which the sheet is frozen, else the one that is repeated on every printed page."""
    if sheet.freeze_panes:
        return int(re.sub(r"\D", "", str(sheet.freeze_panes))) - 1
    return int(re.findall(r"\d+", str(sheet.print_title_rows))[0])


def table(sheet: Worksheet) -> list[dict[str, object]]:
    """Return the rows under a data sheet's header, by header."""
    at = header_row(sheet)
    headers = [str(cell.value) for cell in sheet[at]]
    rows = sheet.iter_rows(min_row=at + 1, values_only=True)
    return [dict(zip(headers, row, strict=True)) for row in rows]


# --- every workbook ------------------------------------------------------------------------------------------------


def test_the_sheets_stand_in_the_order_of_the_contract_and_the_marks_are_hidden(book: Workbook) -> None:
    assert book.sheetnames == SHEETS
    assert [sheet.title for sheet in book if sheet.sheet_state != "visible"] == ["_meta"]
    assert book.active is not None
    assert book.active.title == "Сводка"


def test_the_register_has_one_header_in_its_first_row(book: Workbook) -> None:
    rows = list(book["Реестр"].iter_rows(values_only=True))
    assert list(rows[0]) == REGISTER
    assert [str(row[0]) for row in rows[1:]] == sorted(
        {str(row[0]) for row in rows[1:]}, key=[r[0] for r in rows].index
    )
    assert all(re.fullmatch(r"Т-\d{4}", str(row[0])) for row in rows[1:])


def test_the_official_form_has_the_six_columns_of_the_order(book: Workbook) -> None:
    sheet = book["Приложение 1"]
    assert [cell.value for cell in sheet[header_row(sheet)]] == ANNEX


@pytest.mark.parametrize("name", SHEETS[:9])
def test_every_sheet_is_set_up_for_printing_on_paper_on_which_it_can_be_read(book: Workbook, name: str) -> None:
    sheet = book[name]
    wide = name in {"Реестр", "Журнал изменений", "Замечания", "Решения"}
    assert int(sheet.page_setup.paperSize or 0) == (8 if wide else 9)
    assert sheet.page_setup.orientation == ("portrait" if name == "Сводка" else "landscape")
    assert sheet.page_margins.left > 0
    if name != "Приложение 1":
        assert sheet.sheet_properties.pageSetUpPr is not None
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        # Nothing written means one page: the default of the format.
        assert sheet.page_setup.fitToHeight == (None if name == "Сводка" else 0)


@pytest.mark.parametrize("name", SHEETS[2:9])
def test_a_data_sheet_repeats_its_header_on_paper_and_keeps_it_in_sight(book: Workbook, name: str) -> None:
    sheet = book[name]
    row = header_row(sheet)
    assert all(cell.value for cell in sheet[row])
    two_tables = any(cell.value == "Правила: что проверено" for cell in sheet["A"])
    assert sheet.print_title_rows == (None if two_tables else f"${row}:${row}")
    assert (row == 1) is (name == "Реестр")


def test_the_official_form_has_the_margins_of_a_document_kept_long_and_numbered_pages(book: Workbook) -> None:
    sheet = book["Приложение 1"]
    margins = sheet.page_margins
    millimetres = [round(value * 25.4) for value in (margins.left, margins.right, margins.top, margins.bottom)]
    assert millimetres == [30, 10, 20, 20]
    assert sheet.oddHeader is not None
    assert "&P" in str(sheet.oddHeader.center.text)


def test_no_sheet_holds_a_formula_or_a_link_outside(path: Path) -> None:
    with zipfile.ZipFile(path) as archive:
        names = archive.namelist()
        content = {name: archive.read(name).decode("utf-8") for name in names if name.endswith((".xml", ".rels"))}
    assert [name for name in names if "externalLink" in name or "vba" in name.casefold()] == []
    assert [name for name, text in content.items() if 'TargetMode="External"' in text] == []
    sheets = [text for name, text in content.items() if name.startswith("xl/worksheets/sheet")]
    assert len(sheets) == len(SHEETS)
    assert [text for text in sheets if "<f>" in text or "<f " in text] == []


def test_no_cell_shows_what_only_programs_know(book: Workbook) -> None:
    shown = [text for sheet in book for text in texts(sheet) if sheet.title != "_meta"]
    assert len(shown) > 200
    assert [text for text in shown if re.search(r"\b(nan|NaN|None|NaT|null|True|False|Severity|dtype)\b", text)] == []
    codes = re.compile(r"\b(in_force|unconfirmed|quarantined|digital|offline|error|warning|keep|include|yes|no)\b")
    assert [text for text in shown if codes.search(text)] == []
    assert [text for text in shown if text != text.strip() or "  " in text] == []


def test_the_same_inputs_give_the_same_bytes(merged: Result, imported: Path, tmp_path: Path) -> None:
    again = commands.merge([SAMPLES / "incoming"], load_profile(), EDITION, tmp_path, Options(TODAY))
    commands.import_annex(SAMPLES / "annex-2024-03-19.docx", load_profile(), tmp_path / imported.name)
    assert [path.read_bytes() for path in again.outputs] == [path.read_bytes() for path in merged.outputs]
    assert (tmp_path / imported.name).read_bytes() == imported.read_bytes()


def test_an_imported_edition_names_the_file_that_it_was_made_from(imported: Path) -> None:
    annex = SAMPLES / "annex-2024-03-19.docx"
    (line,) = table(load_workbook(imported)["Сведения о запуске"])
    assert line == {
        "Файл": annex.name,
        "Состояние": "принят",
        "Подразделение": None,
        "Строк": None,
        "Пояснение": "«Приложение 1»: из него прочитаны все записи",
        "Контрольная сумма файла": hashlib.sha256(annex.read_bytes()).hexdigest(),
    }


# --- «Приложение 1» beside the order's own -------------------------------------------------------------------------

# How the printed form differs from Приложение 1 of the order, and nothing else (regulation.md 1.3 and section 2):
# (row of the printed form, column) -> what the order's own row has there.
PAGE_BREAK = "Поступление на государственную"
GLUED_SITE = (
    "Официальный сайт Министерства (интернет-приемная) https://dprt.admin-smolensk.ru/ "
    "Электронная почта: deprpromtorg@smolinvest.com"
)
GLUED_SED = "Система электронного документооборота (СЭД ДелоПро) Социальные сети Министерства"
HOUSES = "Здание Дома Советов, здание Министерства"
TWO_PROCESSES = (
    "Оформление авансового отчета Обеспечение сотрудников канцтоварами, оборудованием и инструментами, "
    "необходимыми для выполнения работы"
)
TWO_NEEDS = (
    "Сотруднику выплачены командировочные Сотрудник оснащен всеми необходимыми расходными материалами, "
    "необходимыми для выполнения должностных обязанностей"
)
PROPERTY_NEEDS = "Получение консультации Предоставление документов на передаваемое имущество"
OFFLINE_TWICE = "Офлайн-точка Офлайн-точка"
NO_PREPOSITION = "Обеспечение доступа к информации деятельности"
# The order's row (first is 0, headers aside) that each printed row comes from.
ORIGIN = [0, 0, 1, 1, 3, 5, 6, 7, 7, 8, 8, 9, 9, 9, 10, 11, 11, 11, 12, 12, 13, 13, 13]
RESOLVED: dict[tuple[int, int], str] = {
    # Defect 9: touchpoints glued in one cell are split.
    (0, 3): GLUED_SITE,
    (1, 3): GLUED_SITE,
    (2, 3): GLUED_SED,
    (3, 3): GLUED_SED,
    # Defect 5: the preposition that the order lost.
    (2, 1): NO_PREPOSITION,
    (3, 1): NO_PREPOSITION,
    # Defect 2: the offline line is the record, its process joined over the page break (2a).
    (4, 2): PAGE_BREAK,
    # Defects 9 and 10: two buildings are two places.
    **{(row, 3): HOUSES for row in (7, 8, 9, 10, 18, 19)},
    **{(row, 3): f"{HOUSES} Телефонная связь" for row in (11, 12, 13, 20, 21, 22)},
    # Defect 12: row 5.1 is paired by order.
    **{(row, 3): f"Телефонная связь {HOUSES}" for row in (15, 16, 17)},
    **{(row, 4): PROPERTY_NEEDS for row in (15, 16, 17)},
    **{(row, 5): OFFLINE_TWICE for row in (15, 16, 17)},
    # Defect 11: row 6 holds two processes, paired by order.
    **{(row, 2): TWO_PROCESSES for row in (20, 21, 22)},
    **{(row, 4): TWO_NEEDS for row in (20, 21, 22)},
    **{(row, 5): OFFLINE_TWICE for row in (20, 21, 22)},
}
SPLIT = [
    "Официальный сайт Министерства (интернет-приемная) https://dprt.admin-smolensk.ru/",
    "Электронная почта: deprpromtorg@smolinvest.com",
    "Система электронного документооборота (СЭД ДелоПро)",
    "Социальные сети Министерства",
    *["Здание Министерства"] * 3,
    *["Здание Дома Советов", "здание Министерства"] * 3,
    *["Телефонная связь"] * 3,
    *["Здание Дома Советов", "здание Министерства"] * 3,
    "Телефонная связь",
]


def order_rows() -> list[list[str]]:
    """Return the rows of the order's own annex, each cell filled down from the merged one above it."""
    lines = (SAMPLES / "annex-2024-03-19.txt").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if "\t" in line and not line.startswith("№")]
    for above, row in itertools.pairwise(rows):
        row[:4] = [own or over for own, over in zip(row[:4], above[:4], strict=True)]
    return rows


def printed_rows(sheet: Worksheet) -> list[list[str]]:
    """Return the rows of the printed form, merged cells filled."""
    rows = [[str(cell.value or "") for cell in row] for row in sheet.iter_rows(min_row=8)]
    for area in sheet.merged_cells.ranges:
        for row, column in area.cells:
            if row >= 8:
                rows[row - 8][column - 1] = str(sheet.cell(area.min_row, area.min_col).value)
    return rows


def test_the_printed_form_is_the_orders_own_but_for_the_resolutions_written_out_here(imported: Path) -> None:
    printed, own = printed_rows(load_workbook(imported)["Приложение 1"]), order_rows()
    assert len(printed) == len(ORIGIN) == 23
    differing = {
        (row, column): own[origin][column]
        for row, origin in enumerate(ORIGIN)
        for column in range(6)
        if printed[row][column] != own[origin][column]
    }
    assert differing == RESOLVED
    assert [row[3] for row in printed] == SPLIT


def test_what_the_resolutions_made_of_the_order_loses_no_word(imported: Path) -> None:
    printed = printed_rows(load_workbook(imported)["Приложение 1"])
    assert {row[1] for row in printed[2:4]} == {"Обеспечение доступа к информации о деятельности"}
    assert printed[4][2] == f"{PAGE_BREAK} гражданскую службу (прием на работу) в Министерство"
    assert " ".join(dict.fromkeys(row[2] for row in printed[20:])) == TWO_PROCESSES
    assert " ".join(dict.fromkeys(row[4] for row in printed[20:])) == TWO_NEEDS
    assert " ".join(dict.fromkeys(row[4] for row in printed[15:18])) == PROPERTY_NEEDS
    assert {row[5] for row in printed[15:]} == {"Офлайн-точка"}


def test_the_order_has_one_line_that_the_printed_form_leaves_out_for_it_is_quarantined(imported: Path) -> None:
    assert sorted(set(range(14)) - set(ORIGIN)) == [2, 4]
    assert order_rows()[2][5] == "Цифровая точка"
    assert order_rows()[4][2:] == ["гражданскую службу (прием на работу) в Министерство", "Здание Министерства", "", ""]
    register = table(load_workbook(imported)["Реестр"])
    assert [row["Код записи"] for row in register if row["Состояние"] == "на уточнении"] == ["Т-0005"]


def test_the_mark_and_the_title_name_this_body(imported: Path) -> None:
    sheet = load_workbook(imported)["Приложение 1"]
    body = "Министерства промышленности и торговли Смоленской области"
    activity = "по основным направлениям деятельности"
    assert [str(sheet.cell(row, 5).value).replace("\u00a0", " ") for row in (1, 2, 3)] == [
        "Приложение 1",
        f"к Порядку ведения перечня точек взаимодействия с клиентом {activity} {body}",
        "(в редакции приказа от ____________ № ________)",
    ]
    assert sheet["A5"].value == f"Перечень точек взаимодействия с клиентом {activity} {body}"
    assert not any("цифрового развития" in text for text in texts(sheet))


def test_numbers_directions_and_processes_are_merged_over_their_rows_and_nothing_else_is(imported: Path) -> None:
    sheet = load_workbook(imported)["Приложение 1"]
    rows = printed_rows(sheet)
    breaks = {brk.id - 7 for brk in sheet.row_breaks.brk}
    expected = {"E1:F1", "E2:F2", "E3:F3", "A5:F5"}
    for column, letter in enumerate("ABC"):
        depth = 3 if letter == "C" else 2
        starts = [at for at in range(len(rows)) if at == 0 or at in breaks or rows[at][:depth] != rows[at - 1][:depth]]
        for first, after in zip(starts, [*starts[1:], len(rows)], strict=True):
            assert rows[first][column]
            if after - first > 1:
                expected.add(f"{letter}{first + 8}:{letter}{after + 7}")
    assert {str(area) for area in sheet.merged_cells.ranges} == expected
    assert len(expected) > 15


def test_no_page_begins_inside_a_process(imported: Path) -> None:
    sheet = load_workbook(imported)["Приложение 1"]
    rows = printed_rows(sheet)
    starts = [brk.id - 7 for brk in sheet.row_breaks.brk]
    assert starts
    assert [at for at in starts if rows[at][2] == rows[at - 1][2]] == []


# --- what leadership reads -----------------------------------------------------------------------------------------


def test_the_summary_begins_with_what_is_and_one_sentence_of_conclusion(merged: Result) -> None:
    sheet = load_workbook(merged.outputs[0])["Сводка"]
    assert merged.dossier is not None
    assert [sheet.cell(row, 1).value for row in (1, 2, 3, 4)] == [
        "Министерство промышленности и торговли Смоленской области",
        "Перечень точек взаимодействия с клиентом",
        "Редакция от 22.11.2026, на основе редакции от 19.03.2024. Состояние: ПРОЕКТ.",
        merged.dossier.conclusion,
    ]
    assert merged.dossier.conclusion.startswith(
        "Изменений: 10, из них требуют приказа: 6; не ответили: 1 подразделение; "
    )


def test_the_summary_counts_by_activity_what_the_register_holds(merged: Result) -> None:
    book = load_workbook(merged.outputs[0])
    rows = [[cell.value for cell in row] for row in book["Сводка"].iter_rows()]
    at = next(index for index, row in enumerate(rows) if row[1] == "Вид деятельности")
    titles = ["Записей", "Цифровых", "Офлайн", "Ключевых", "Включено", "Изменено", "Исключено"]
    assert rows[at] == ["№", "Вид деятельности", *titles]
    assert rows[at + 7] == [None, "Всего", 25, 8, 17, 4, 3, 6, 1]
    register = [row for row in table(book["Реестр"]) if row["Состояние"] != "на уточнении"]
    for row in rows[at + 1 : at + 7]:
        own = [item for item in register if item["Вид деятельности"] == row[1]]
        digital = sum(item["Вид точки"] == "цифровая" for item in own)
        key = sum(item["Ключевая точка"] == "да" for item in own)
        assert row[2:6] == [value or "–" for value in (len(own), digital, len(own) - digital, key)]


def test_every_figure_of_the_summary_leads_to_the_rows_behind_it(merged: Result) -> None:
    book = load_workbook(merged.outputs[0])
    sheet = book["Сводка"]
    linked = [cell for row in sheet.iter_rows() for cell in row if cell.hyperlink is not None]
    assert linked
    sheets = [cell for cell in linked if cell.value in book.sheetnames]
    assert len(sheets) == len(book.sheetnames) - 2
    words = {"в журнале", "показать"}
    assert all(cell in sheets or cell.value in words or isinstance(cell.value, int | float) for cell in linked)
    sentences = [cell for row in sheet.iter_rows() for cell in row if str(cell.value).startswith("• ")]
    unlinked = [cell.value for cell in sentences if sheet[f"I{cell.row}"].hyperlink is None]
    assert unlinked == ["• Установить срок представления сведений: Порядком он не установлен."]
    for cell in (cell for cell in linked if cell not in sheets):
        name, place = str(cell.hyperlink.location).rsplit("!", 1)  # type: ignore[union-attr] # chosen so above
        assert book[name.strip("'")][place].value is not None
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    at = next(index for index, row in enumerate(rows) if row[1] == "Вид деятельности")
    for row in range(at + 2, at + 8):
        for column in range(3, 10):
            counted = isinstance(sheet.cell(row, column).value, int)
            assert (sheet.cell(row, column).hyperlink is not None) is counted


def test_the_figure_of_an_activity_leads_to_its_first_record_and_its_first_change(merged: Result) -> None:
    book = load_workbook(merged.outputs[0])
    sheet = book["Сводка"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    at = next(index for index, row in enumerate(rows) if row[1] == "информирование о деятельности Министерства") + 1
    for column, name, header in ((3, "Реестр", "Вид деятельности"), (7, "Журнал изменений", "Вид деятельности")):
        link = sheet.cell(at, column).hyperlink
        assert link is not None
        place = str(link.location).rsplit("!", 1)[1]
        titles = [cell.value for cell in book[name][1 if name == "Реестр" else header_row(book[name])]]
        found = book[name][place].row
        assert book[name].cell(found, titles.index(header) + 1).value == sheet.cell(at, 2).value


CLASSES = "Изменения по классам (у записи их может быть несколько)"


def charts_of(path: Path) -> list[str]:
    with zipfile.ZipFile(path) as archive:
        return [
            archive.read(name).decode() for name in sorted(archive.namelist()) if name.startswith("xl/charts/chart")
        ]


def test_the_charts_have_titles_and_numbers_behind_them(merged: Result) -> None:
    drawn = charts_of(merged.outputs[0])
    titles = [re.findall(r"<a:t>([^<]+)</a:t>", chart)[0] for chart in drawn]
    assert titles == ["Точки по видам деятельности", CLASSES, "Записей по редакциям"]
    for chart in drawn:
        assert all(count != "0" for count in re.findall(r'<c:ptCount val="(\d+)"', chart))
        assert '<c:plotVisOnly val="1"' not in chart


def test_a_chart_says_in_words_what_it_shows(merged: Result) -> None:
    with zipfile.ZipFile(merged.outputs[0]) as archive:
        drawing = archive.read("xl/drawings/drawing1.xml").decode()
    first, second, third = (html.unescape(text) for text in re.findall(r'<xdr:cNvPr [^>]*descr="([^"]+)"', drawing))
    assert first.startswith("Точки по видам деятельности. № 1: цифровая точка 3; ")
    assert "№ 4: цифровая точка 1, офлайн-точка 6" in first
    assert second == f"{CLASSES}. К1: 3; К2: 1; К3: 1; К4: 1; К5: 1; К6: 1; К9: 4."
    assert third.startswith("Записей по редакциям. 19.03.2024: цифровая точка 4, офлайн-точка 19; ")


def test_the_first_header_of_the_register_leads_back_to_the_summary(merged: Result) -> None:
    cell = load_workbook(merged.outputs[0])["Реестр"]["A1"]
    assert cell.value == "Код записи"
    assert (cell.hyperlink.location, cell.hyperlink.tooltip) == ("'Сводка'!A1", "К листу «Сводка»")


def test_a_chart_that_would_be_empty_is_not_drawn(imported: Path) -> None:
    titles = [re.findall(r"<a:t>([^<]+)</a:t>", chart)[0] for chart in charts_of(imported)]
    assert titles == ["Точки по видам деятельности"]


def test_the_history_of_the_register_grows_from_edition_to_edition(merged: Result, tmp_path: Path) -> None:
    again = commands.merge([SAMPLES / "incoming"], load_profile(), merged.outputs[0], tmp_path, Options("2027-03-01"))
    assert again.dossier is not None
    assert [(item.date, item.digital + item.offline) for item in again.dossier.history][:2] == [
        ("2024-03-19", 23),
        ("2026-11-22", 25),
    ]
    assert len(again.dossier.history) == 3


def test_the_summary_names_the_changes_of_the_four_cases(merged: Result) -> None:
    shown = [text for text in texts(load_workbook(merged.outputs[0])["Сводка"]) if text.startswith("• Т-")]
    assert len(shown) == 6
    assert shown[1] == (
        "• Т-0013. Исключение точки взаимодействия: «Здание Дома Советов», процесс «Техническое сопровождение "
        "мероприятий Министерства»."
    )


def test_the_journal_has_a_line_for_every_class_of_every_change(merged: Result) -> None:
    rows = table(load_workbook(merged.outputs[0])["Журнал изменений"])
    assert merged.dossier is not None
    entries = [entry for change in merged.dossier.changes for entry in change.entries]
    assert [row["Формулировка"] for row in rows] == [entry.text for entry in entries]
    assert [row["№"] for row in rows] == list(range(1, len(entries) + 1))
    (gone,) = [row for row in rows if str(row["Класс"]).startswith("К4")]
    assert gone["Класс"] == "К4б. Исключение точки взаимодействия (из процесса)"
    assert (gone["Было"], gone["Стало"], gone["Основание"], gone["Случай по разделу III"]) == (
        "Здание Дома Советов",
        None,
        "приказ от 05.11.2026 № 151",
        "да",
    )


def test_every_finding_stands_on_the_sheet_of_remarks_worst_first(merged: Result) -> None:
    rows = [
        row
        for row in table(load_workbook(merged.outputs[0])["Замечания"])
        if row["Уровень"] not in {"ответ", "пояснение"}
    ]
    assert {str(row["Что не так и что сделать"]) for row in rows} == {
        told(str(item["message"]), str(item["suggestion"] or "")) for item in merged.report["findings"]
    }
    levels = [str(row["Уровень"]) for row in rows]
    assert levels == sorted(levels, key=["ошибка", "предупреждение", "сведение"].index)
    assert len(set(levels)) == 3


def test_every_file_with_its_checksum_and_the_sums_stand_on_the_last_sheet(merged: Result) -> None:
    sheet = load_workbook(merged.outputs[0])["Сведения о запуске"]
    files = [(item["file"], item["sha256"]) for item in merged.report["files"]]
    shown = [(row["Файл"], row["Контрольная сумма файла"]) for row in table(sheet)]
    assert shown[: len(files)] == files
    assert {digest for _, digest in shown[len(files) :]} == {None}
    text = " ".join(texts(sheet)[1:4])
    assert (
        "Сверка строк: прочитано 30 = без изменений 12 + изменено 6 + включено 4 + исключено 1 + не принято 5 + "
        "заменено 2. Одинаковые строки разных подразделений стали одной записью. "
        "Записей было 23, стало 25, из них перенесено без подтверждения 5."
    ) in text


def test_on_every_printed_page_of_the_last_sheet_a_header_stands_above_the_rows(merged: Result) -> None:
    sheet = load_workbook(merged.outputs[0])["Сведения о запуске"]
    starts = [item.id + 1 for item in sheet.row_breaks.brk]
    assert starts
    headers = ("Правило", "Состояние", "Проверено", "Замечаний", "Из них")
    for row in starts:
        assert tuple(cell.value for cell in sheet[row][:5]) == headers
    named = [str(value).partition(".")[0] for (value,) in sheet.iter_rows(max_col=1, values_only=True)]
    assert [code for code in named if code.startswith("П-")] == [f"П-{number:02}" for number in range(1, 30)]


def test_a_list_of_files_of_several_pages_has_its_header_on_each(merged: Result, tmp_path: Path) -> None:
    assert merged.dossier is not None
    names = [f"Перечень_{number:03}.xlsx" for number in range(150)]
    files = [replace(merged.dossier.files[0], file=name) for name in names]
    write_consolidated(tmp_path / "книга.xlsx", replace(merged.dossier, files=files))
    sheet = load_workbook(tmp_path / "книга.xlsx")["Сведения о запуске"]
    rows = list(sheet.iter_rows(values_only=True))
    header, starts = header_row(sheet), [item.id for item in sheet.row_breaks.brk]
    first_below = next(at for at, row in enumerate(rows) if row[0] == "Строки по листам: что с ними стало")
    of_files = [start for start in starts if start < first_below]
    assert len(of_files) >= 3
    assert {rows[start] for start in of_files} == {rows[header - 1]}
    assert {sheet.cell(start + 1, 1).style_id for start in of_files} == {sheet.cell(header, 1).style_id}
    listed = [row[0] for at, row in enumerate(rows) if header <= at < first_below and at not in starts and row[0]]
    assert listed == names
    assert sheet.auto_filter.ref == f"A{header}:F{header + len(names) + len(of_files)}"


def test_the_defects_of_the_document_are_all_told(book: Workbook) -> None:
    rows = table(book["Замечания к Порядку"])
    assert [row["В чём вопрос"] for row in rows] == [defect.defect for defect in load_profile().profile.defects]
    assert len(rows) == 30


def test_the_decisions_are_chosen_from_a_list_of_two(merged: Result) -> None:
    sheet = load_workbook(merged.outputs[0])["Решения"]
    lists = [item.formula1 for item in sheet.data_validations.dataValidation if item.type == "list"]
    assert lists == ['"принять,вернуть"']
    assert len(table(sheet)) >= 7


def test_where_every_question_is_open_their_number_is_told_once(merged: Result) -> None:
    sheet = load_workbook(merged.outputs[0])["Решения"]
    assert sheet["A2"].value == f"{len(table(sheet))} вопросов ждут решения."


def test_a_question_for_an_address_says_what_each_choice_comes_to_and_what_to_fill_in(merged: Result) -> None:
    assert merged.dossier is not None
    questions = [item.question for item in merged.dossier.settlement.settled if item.question]
    absent = {question.key for question in questions if question.kind == ("П-23", "absent")}
    texts = {row["Код вопроса"]: row["Вопрос"] for row in table(load_workbook(merged.outputs[0])["Решения"])}
    told = (
        " Принять – запись остаётся без адреса: в графе «Причина» напишите, почему он не нужен. Вернуть – строка не "
        "принимается, пока подразделение не впишет адрес в графу «Адрес (контакт) точки» своего файла: в графе "
        "«Причина» напишите ему, что вписать. На этом листе адрес не вписывают."
    )
    assert len(absent) == 3
    assert {key for key, text in texts.items() if str(text).endswith(told)} == absent


def test_the_pages_of_the_official_form_are_numbered_from_the_second_on(imported: Path) -> None:
    with zipfile.ZipFile(imported) as archive:
        annex = archive.read("xl/worksheets/sheet2.xml").decode()
    assert '<headerFooter differentFirst="1"><oddHeader>&amp;C' in annex
    assert "firstHeader" not in annex


def test_the_last_page_of_the_official_form_is_not_nearly_empty(imported: Path) -> None:
    sheet = load_workbook(imported)["Приложение 1"]
    breaks = [item.id for item in sheet.row_breaks.brk]
    last = [sheet.row_dimensions[row].height or 0.0 for row in range(breaks[-1] + 1, sheet.max_row + 1)]
    assert sum(last) > 0.2 * (210 - 40) / 25.4 * 72


def test_the_official_form_fills_its_pages_down_and_across(merged: Result) -> None:
    sheet = load_workbook(merged.outputs[0])["Приложение 1"]
    starts = [1, *(item.id + 1 for item in sheet.row_breaks.brk), sheet.max_row + 1]
    header, room = sheet.row_dimensions[7].height or 0.0, (210 - 40) / 25.4 * 72
    own = [sum(sheet.row_dimensions[row].height or 0.0 for row in range(*ends)) for ends in itertools.pairwise(starts)]
    filled = [height + (header if page else 0.0) for page, height in enumerate(own)]
    assert all(0.85 * room < height < room for height in filled)
    # LibreOffice, whose columns are the widest, makes a sign of width 1.96 mm; what is wider than the page is cut off.
    assert 0.95 * 257 < 1.96 * sum(sheet.column_dimensions[letter].width for letter in "ABCDEF") < 257


def test_a_dash_stands_where_the_number_would(merged: Result) -> None:
    sheet = load_workbook(merged.outputs[0])["Подразделения"]
    dashes = [cell for row in sheet.iter_rows() for cell in row if cell.value == "–"]
    assert dashes
    assert {cell.alignment.horizontal for cell in dashes} == {"right"}
