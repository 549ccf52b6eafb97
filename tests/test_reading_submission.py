"""A unit's file is read row by row, with the rows and cells that a spreadsheet shows."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from openpyxl import load_workbook

from tests.books import EDITION, NEW, PROFILE, UnitBook, edition_of_rows, record
from workbook_tools.profile_book import write_profile
from workbook_tools.reading.submission import PROFILE_SHEETS, read_submission
from workbook_tools.remarks import Place, Remark

if TYPE_CHECKING:
    from workbook_tools.submissions import Submission

FILE = "входящие/КАДР.xlsx"
ROOT = Path(__file__).parents[1]


def read(book: UnitBook, tmp_path: Path) -> Submission:
    return read_submission(book.save(tmp_path / "КАДР.xlsx"), FILE, PROFILE)


def at(cell: str = "", row: int = 0, column: str = "", value: str = "", sheet: str = "Сведения") -> Place:
    return Place("КАДР", FILE, sheet, cell, row, column, value)


def test_an_untouched_template_is_its_records_and_its_title(tmp_path: Path) -> None:
    found = read(UnitBook(), tmp_path)
    assert (found.file, found.unit, found.sheet, found.title_sheet, found.unreadable) == (
        FILE, "КАДР", "Сведения", "Титул", "",
    )  # fmt: skip
    assert found.remarks == ()
    assert [(row.number, row.texts["code"], row.texts["kind"]) for row in found.rows] == [
        (6, "Т-0001", "офлайн"),
        (7, "Т-0002", "офлайн"),
        (8, "Т-0003", "офлайн"),
    ]
    first, held = found.rows[0].texts, EDITION.records.iloc[0]
    assert {name: first[name] for name in ("process", "client", "touchpoint", "contact", "needs")} == dict(
        held[["process", "client", "touchpoint", "contact", "needs"]]
    )
    assert (first["number"], first["action"], first["key"], first["basis"], first["note"]) == (
        "1", "без изменений", "да", "", "",
    )  # fmt: skip


def test_title_values_come_with_their_cells_and_dates_as_dates(tmp_path: Path) -> None:
    title = read(UnitBook(), tmp_path).title
    assert (title["unit"].text, title["unit"].cell) == ("КАДР", "C8")
    assert (title["edition"].text, title["edition"].cell) == ("19.03.2024", "C5")
    assert (title["filled"].value, title["filled"].text) == (datetime.date(2026, 11, 18), "18.11.2026")
    assert set(title) == {field.name for field in PROFILE.title_fields}


def test_the_hidden_marks_are_read(tmp_path: Path) -> None:
    meta = read(UnitBook(), tmp_path).meta
    assert {name: meta[name] for name in ("template_version", "profile", "unit", "edition")} == {
        "template_version": "1",
        "profile": PROFILE.name,
        "unit": "КАДР",
        "edition": "2024-03-19",
    }
    assert {name for name in meta if name.startswith("row:")} == {"row:Т-0001", "row:Т-0002", "row:Т-0003"}


def test_a_file_without_the_hidden_marks_is_known_by_its_title(tmp_path: Path) -> None:
    book = UnitBook()
    del book.book["_meta"]
    found = read(book, tmp_path)
    assert (found.meta, found.unit, len(found.rows), found.remarks) == ({}, "КАДР", 3, ())


def test_a_file_with_an_emptied_title_is_known_by_its_hidden_marks(tmp_path: Path) -> None:
    book = UnitBook()
    book.sign(unit="")
    assert read(book, tmp_path).unit == "КАДР"


def test_blank_rows_inside_do_not_end_the_table_and_numbers_alone_are_no_row(tmp_path: Path) -> None:
    book = UnitBook()
    book.put(9, number=4)
    book.put(10, number="5", process="  ")
    book.put(205, **NEW)
    book.put(400, note="далеко внизу")
    assert [row.number for row in read(book, tmp_path).rows] == [6, 7, 8, 205, 400]


def test_rows_keep_their_numbers_when_lines_are_put_above_the_header(tmp_path: Path) -> None:
    book = UnitBook()
    book.data.insert_rows(1, 3)
    found = read(book, tmp_path)
    assert [(row.number, row.texts["code"]) for row in found.rows] == [(9, "Т-0001"), (10, "Т-0002"), (11, "Т-0003")]
    assert found.remarks == ()


def test_columns_in_another_order_and_a_renamed_sheet_lose_nothing(tmp_path: Path) -> None:
    plain, moved = UnitBook(), UnitBook()
    for row in moved.data.iter_rows(min_row=5, max_row=10, max_col=13):
        values = [cell.value for cell in row]
        for cell, value in zip(row, values[::-1], strict=True):
            cell.value = value
    moved.data.title = "Лист1"
    found = read(moved, tmp_path)
    assert found.rows == read(plain, tmp_path).rows
    assert (found.sheet, found.columns["code"], found.columns["note"], found.remarks) == ("Лист1", 11, 0, ())


def test_text_is_kept_as_typed_and_numbers_and_dates_as_a_person_writes_them(tmp_path: Path) -> None:
    book = UnitBook()
    book.put(9, process=" Ведение\nдел ", contact=220, basis=datetime.date(2026, 10, 12), key=True)
    texts = read(book, tmp_path).rows[3].texts
    assert (texts["process"], texts["contact"], texts["basis"], texts["key"]) == (
        " Ведение\nдел ", "220", "12.10.2026", "да",
    )  # fmt: skip


def test_what_is_seen_otherwise_than_it_is_read_is_told_at_its_cell(tmp_path: Path) -> None:
    book = UnitBook()
    book.put(9, **NEW | {"number": 0.5, "contact": 123456, "needs": 2.5, "key": True})
    for place, code in {"A9": "0%", "H9": "000-00-00", "J9": "0"}.items():
        book.data[place].number_format = code
    book.sign(executor_phone=89101234567, filled=datetime.date(2026, 11, 18))
    title = book.book["Титул"]
    phone, day = (read(book, tmp_path).title[name].cell for name in ("executor_phone", "filled"))
    title[phone].number_format, title[day].number_format = r"+0\ 000\ 000\-00\-00", "d mmmm yyyy"
    found = read(book, tmp_path)
    told = [(item.message, item.place.sheet, item.place.cell, dict(item.words)) for item in found.remarks]
    assert told == [
        (
            "shown_number",
            "Титул",
            phone,
            {"col": "Ответственный исполнитель: телефон", "v": "+8 910 123-45-67", "b": "89101234567"},
        ),
        ("shown_number", "Сведения", "H9", {"col": "Адрес (контакт) точки", "v": "012-34-56", "b": "123456"}),
        ("rounded_number", "Сведения", "J9", {"col": "Удовлетворяемые потребности клиента", "v": "2,5", "b": "3"}),
        ("truth", "Сведения", "K9", {"col": "Ключевая точка", "v": "да", "b": "ИСТИНА"}),
    ]
    texts = found.rows[3].texts
    assert (texts["contact"], texts["needs"], texts["key"]) == ("012-34-56", "2,5", "да")
    assert found.title["executor_phone"].text == "+8 910 123-45-67"


@pytest.mark.parametrize(("typed", "message"), [("#DIV/0!", "error_cell"), ("=A1&B1", "formula")])
def test_an_unreadable_cell_is_told_once_and_marked(typed: str, message: str, tmp_path: Path) -> None:
    book = UnitBook()
    book.edit("Т-0002", contact=typed)
    found = read(book, tmp_path)
    assert found.remarks == (
        Remark("П-02", message, at("H7", 7, "contact", typed), {"col": "Адрес (контакт) точки", "v": typed}),
    )
    assert [row.unreadable for row in found.rows] == [frozenset(), frozenset({"contact"}), frozenset()]
    assert found.rows[1].texts["contact"] == ""


def test_a_row_with_nothing_but_an_unreadable_cell_is_a_row(tmp_path: Path) -> None:
    book = UnitBook()
    book.put(12, needs="#VALUE!")
    found = read(book, tmp_path)
    assert (found.rows[3].number, found.rows[3].unreadable) == (12, frozenset({"needs"}))


def test_troubles_outside_the_table_are_not_the_units(tmp_path: Path) -> None:
    book = UnitBook()
    book.data["B2"] = "#REF!"
    assert read(book, tmp_path).remarks == ()


def test_a_missing_column_is_told_and_its_cells_are_unreadable(tmp_path: Path) -> None:
    book = UnitBook()
    book.data.delete_cols(9)
    found = read(book, tmp_path)
    assert found.remarks == (Remark("П-01", "main", at(row=5, column="kind"), {"col": "Вид точки"}),)
    assert {row.unreadable for row in found.rows} == {frozenset({"kind"})}
    assert "kind" not in found.columns


@pytest.mark.parametrize("typed", ["Вид точкии", "Dbl njxrb", "вид  точек"])
def test_a_renamed_column_is_one_remark_at_its_header_that_says_what_was_meant(typed: str, tmp_path: Path) -> None:
    book = UnitBook()
    book.data["I5"] = typed
    (remark,) = read(book, tmp_path).remarks
    assert (remark.rule, remark.message, remark.words["col"]) == ("П-01", "main", "Вид точки")
    assert (remark.place.cell, remark.place.column, remark.suggestion) == ("I5", "kind", " ".join(typed.split()))


def test_a_column_of_a_far_name_is_two_remarks_and_no_guess(tmp_path: Path) -> None:
    book = UnitBook()
    book.data["I5"] = "Рыба"
    found = read(book, tmp_path).remarks
    assert [(remark.message, remark.place.cell, remark.suggestion) for remark in found] == [
        ("main", "", ""),
        ("extra_column", "I5", ""),
    ]


@pytest.mark.parametrize(
    ("sheet", "near"), [("Сведения", "Сведеня"), ("Сведения", ""), ("Титул", "Титулл"), ("Титул", "")]
)
def test_a_missing_sheet_is_told_with_the_one_of_a_near_name(sheet: str, near: str, tmp_path: Path) -> None:
    book = UnitBook()
    del book.book[sheet]
    book.book.create_sheet(near or "Отчёт")
    (remark,) = read(book, tmp_path).remarks
    assert (remark.message, remark.words["col"], remark.suggestion) == ("no_sheet", sheet, near)


def test_an_emptied_sheet_is_told_and_its_own_name_is_not_proposed_for_it(tmp_path: Path) -> None:
    book = UnitBook("КАДР")
    book.data.delete_rows(1, book.data.max_row)
    (remark,) = (item for item in read(book, tmp_path).remarks if item.rule == "П-01")
    assert (remark.message, remark.words["col"], remark.suggestion) == ("no_sheet", "Сведения", "")


def test_a_renamed_line_of_the_title_is_told_with_what_stands_there(tmp_path: Path) -> None:
    book = UnitBook()
    book.title["B15"] = "Дата проверкии"
    (remark,) = read(book, tmp_path).remarks
    assert (remark.message, remark.words["col"], remark.suggestion) == ("no_title", "Дата проверки", "Дата проверкии")


def test_repeated_foreign_and_headless_cells_are_told_at_their_cells(tmp_path: Path) -> None:
    book = UnitBook()
    for cell, text in {"N5": "Вид точки", "O5": "Телефон", "O6": "22-33-44"}.items():
        book.data[cell] = text
    book.data["Q8"] = 5
    assert read(book, tmp_path).remarks == (
        Remark("П-01", "twice_column", at("N5", 5), {"col": "Вид точки"}),
        Remark("П-01", "extra_column", at("O5", 5, value="Телефон"), {"col": "Телефон"}),
        Remark("П-02", "stray", at("Q8", 8, value="5"), {"v": "5"}),
    )


def test_a_missing_line_of_the_title_is_told_without_a_cell(tmp_path: Path) -> None:
    book = UnitBook()
    book.title.delete_rows(15)
    words = {"sheet": "Титул", "col": "Дата проверки"}
    assert read(book, tmp_path).remarks == (
        Remark("П-01", "no_title", at(column="checked", sheet="Титул"), words),
    )  # fmt: skip


@pytest.mark.parametrize(("sheet", "rows"), [("Сведения", 0), ("Титул", 3)])
def test_a_missing_sheet_is_told_of_the_unit_that_the_rest_names(sheet: str, rows: int, tmp_path: Path) -> None:
    book = UnitBook()
    del book.book[sheet]
    found = read(book, tmp_path)
    assert found.remarks == (Remark("П-01", "no_sheet", at(sheet=""), {"col": sheet}),)
    assert (found.unit, len(found.rows)) == ("КАДР", rows)


def test_a_file_that_cannot_be_read_comes_back_with_its_reason(tmp_path: Path) -> None:
    (tmp_path / "КАДР.xlsx").write_bytes(b"")
    found = read_submission(tmp_path / "КАДР.xlsx", FILE, PROFILE)
    why = "файл пуст: копирование прервалось. Пришлите его ещё раз"
    assert found.unreadable == why
    assert found.remarks == (Remark("П-01", "unreadable", Place(file=FILE), {"why": why}),)
    assert found.sha256 == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


def test_a_file_that_is_gone_comes_back_with_its_reason(tmp_path: Path) -> None:
    found = read_submission(tmp_path / "нет.xlsx", FILE, PROFILE)
    assert (found.unreadable, found.sha256) == ("файл не открывается. Проверьте, не занят ли он другой программой", "")


def test_text_that_a_spreadsheet_could_run_comes_back_as_it_was_written(tmp_path: Path) -> None:
    live = ["=1+1", "+7 (4812) 29-21-01", "@отдел", "-", "'кавычка"]
    rows = [
        record(f"Т-{number:04d}", "КАДР", "кадровая работа", "Процесс", "здание Министерства", contact=text)
        for number, text in enumerate(live, 1)
    ]
    found = read(UnitBook(edition=edition_of_rows(rows)), tmp_path)
    assert [row.texts["contact"] for row in found.rows] == live


def test_an_edition_among_the_units_files_is_told_as_such() -> None:
    found = read_submission(ROOT / "samples" / "edition-2024-03-19.xlsx", FILE, PROFILE)
    assert found.unreadable == "это сводная книга Перечня, а не файл подразделения. Уберите её из папки с файлами"


def test_a_profile_among_the_units_files_is_told_as_such(tmp_path: Path) -> None:
    path = tmp_path / "профиль.xlsx"
    write_profile(path, PROFILE)
    found = read_submission(path, FILE, PROFILE)
    assert found.unreadable == "это профиль органа, а не файл подразделения. Уберите его из папки с файлами"
    assert set(PROFILE_SHEETS) < set(load_workbook(path).sheetnames)
