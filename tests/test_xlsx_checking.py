"""What was written is read again by another reader, and anything that is not ours is found."""

from __future__ import annotations

import datetime
import math
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook
from xlsxwriter.worksheet import Worksheet

from workbook_tools.errors import InternalError, OutputError
from workbook_tools.xlsx.book import Value, XlsxBook, XlsxSheet
from workbook_tools.xlsx.checking import Written, check_workbook
from workbook_tools.xlsx.style import ADDED, CELL, DATE, STRUCK

DAY = datetime.date(2024, 3, 19)
HEAD = "самопроверка записи не сошлась: "
TAIL = ". Файлы не заменены. Это ошибка программы, сообщите разработчикам."
FRAGMENTS = st.sampled_from(
    [
        "_x000D_",
        "_x005F_",
        "_x",
        "\r",
        "\n",
        "\t",
        " ",
        "\0",
        "\x0b",
        "\x85",
        "\ufeff",
        "&",
        "<",
        "]]>",
        "=1",
        "\ud800",
    ]
)
TEXTS = st.lists(FRAGMENTS | st.text(max_size=4), max_size=5).map("".join)
NUMBERS = st.integers(-(2**60), 2**60) | st.floats(allow_nan=False, allow_infinity=False)
DATES = st.dates(datetime.date(1900, 3, 1), datetime.date(9999, 12, 31))
VALUES: st.SearchStrategy[Value] = TEXTS | NUMBERS | DATES | st.none()


def new_book(path: Path) -> XlsxBook:
    return XlsxBook(path, {"title": "Книга"}, DAY, {"font_name": "Calibri", "font_size": 10})


def one_book(path: Path) -> list[tuple[str, Written]]:
    """Write a small workbook and return what was put into it."""
    with new_book(path) as book:
        sheet = book.sheet("Лист")
        sheet.put_row(0, ["текст", 5, 0.1 + 0.2, DAY])
        sheet.put(2, 1, DAY, DATE)
    return [(sheet.name, sheet.written)]


@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4), VALUES), max_size=20))
@settings(max_examples=150, deadline=None)
def test_whatever_is_put_comes_back_the_last_of_each_cell(
    tmp_path_factory: pytest.TempPathFactory, cells: list[tuple[int, int, Value]]
) -> None:
    with new_book(tmp_path_factory.mktemp("книга") / "к.xlsx") as book:
        sheet = book.sheet("Лист")
        for row, column, value in cells:
            sheet.put(row, column, value, DATE if isinstance(value, datetime.date) else CELL)


@pytest.mark.parametrize("text", ["_x005F_x000D_", "_x000D_x000D_x000D_", "а_x0041_x0042_\r_x005F_x005F_б"])
def test_spellings_that_share_a_sign_come_back_as_they_were(tmp_path: Path, text: str) -> None:
    with new_book(tmp_path / "к.xlsx") as book:
        sheet = book.sheet("Лист")
        sheet.put(0, 0, text)
        sheet.put_rows(1, [[text, "конец"]], [(book.format(CELL),) * 2])
    rows = CalamineWorkbook.from_path(tmp_path / "к.xlsx").get_sheet_by_name("Лист").to_python()
    assert rows == [[text, ""], [text, "конец"]]


@given(st.lists(TEXTS, min_size=2, max_size=4))
@settings(max_examples=100, deadline=None)
def test_text_of_several_fonts_comes_back_as_it_was(tmp_path_factory: pytest.TempPathFactory, texts: list[str]) -> None:
    with new_book(tmp_path_factory.mktemp("книга") / "к.xlsx") as book:
        sheet = book.sheet("Лист")
        sheet.put_rich(0, 0, [(text, STRUCK if number % 2 else ADDED) for number, text in enumerate(texts)])
        sheet.put_link(1, 0, "'Лист'!A1", texts[0] or "к началу", CELL)
        sheet.put_link(2, 0, "'Лист'!A1", "<r>к началу</r>", CELL)


def test_merged_and_linked_cells_count_once(tmp_path: Path) -> None:
    with new_book(tmp_path / "к.xlsx") as book:
        sheet = book.sheet("Лист")
        sheet.put_row(1, ["а", "б", "в"])
        sheet.merge((0, 0), (2, 1), "вместе", CELL)
        sheet.put_linked(3, 0, 7, "'Лист'!A1", CELL)
    assert sheet.written.tally.cells == 3


def changed(path: Path, part: str, old: bytes, new: bytes) -> Path:
    """Rewrite a package with one part changed; a part that is not there is added."""
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    assert old in parts.setdefault(part, old)
    parts[part] = parts[part].replace(old, new)
    with zipfile.ZipFile(path, "w") as package:
        for name, data in parts.items():
            package.writestr(name, data)
    return path


SHEET, WORKBOOK = "xl/worksheets/sheet1.xml", "xl/workbook.xml"


@pytest.mark.parametrize(
    ("part", "old", "new", "said"),
    [
        (
            "xl/sharedStrings.xml",
            "текст".encode(),
            b"test",
            "лист «Лист»: значения в книге отличаются от переданных на",
        ),
        (SHEET, b"<v>5</v>", b"", "лист «Лист»: в книге заполнено ячеек 4, передано на запись 5"),
        (SHEET, b"<v>5</v>", b"<v>6</v>", "лист «Лист»: значения в книге отличаются от переданных на запись"),
        (SHEET, b"<v>5</v>", b"<f>1+4</f><v>5</v>", "есть формула или внешняя ссылка (xl/worksheets/sheet1.xml)"),
        (SHEET, b"<v>5</v>", b"<v>5<v>", "записанный файл повреждён"),
        (WORKBOOK, "Лист".encode(), "Иной".encode(), "в записанной книге не те листы"),
        (WORKBOOK, b"</sheets>", b"", "записанный файл повреждён"),
        ("xl/_rels/workbook.xml.rels", b'styles.xml"', b'styles.xml" TargetMode="External"', "внешняя ссылка"),
        ("xl/vbaProject.bin", b"", b"macro", "лишние части (xl/vbaProject.bin)"),
        ("xl/externalLinks/externalLink1.xml", b"", b"<a/>", "лишние части (xl/externalLinks/externalLink1.xml)"),
        ("xl/connections.xml", b"", b"<a/>", "лишние части (xl/connections.xml)"),
        ("xl/embeddings/oleObject1.bin", b"", b"a", "лишние части (xl/embeddings/oleObject1.bin)"),
    ],
)
@pytest.mark.parametrize("elsewhere", [False, True])
def test_a_book_that_differs_from_what_was_put_is_found(
    tmp_path: Path, part: str, old: bytes, new: bytes, said: str, *, elsewhere: bool
) -> None:
    path = tmp_path / "к.xlsx"
    expected = [(name, written.tally if elsewhere else written) for name, written in one_book(path)]
    check_workbook(path, expected)
    changed(path, part, old, new)
    with pytest.raises(InternalError) as found:
        check_workbook(path, expected)
    assert str(found.value).startswith(HEAD)
    assert said in str(found.value)
    assert str(found.value).endswith(TAIL)
    assert found.value.exit_code == 3


def test_a_file_cut_short_is_found(tmp_path: Path) -> None:
    path = tmp_path / "к.xlsx"
    expected = one_book(path)
    path.write_bytes(path.read_bytes()[:500])
    with pytest.raises(InternalError) as found:
        check_workbook(path, expected)
    assert str(found.value) == f"{HEAD}записанный файл повреждён{TAIL}"


ROWS = st.lists(st.lists(st.sampled_from(["", "", "а", "б", 0, 1.5, DAY]), max_size=4), max_size=4)


@given(ROWS, ROWS)
def test_what_is_held_and_its_digest_tell_the_same_of_whatever_is_read(
    given: list[list[Value]], read: list[list[Value]]
) -> None:
    written = Written()
    for row, values in enumerate(given):
        for column, value in enumerate(values):
            written.put(row, column, value)
    for rows in (given, read):
        assert written.meets(enumerate(rows)) is written.tally.meets(enumerate(rows))
    assert written.meets(enumerate(given))
    assert written.meets(enumerate([*given, [""]]))
    assert not written.meets(enumerate([*given, ["в"]]))


@given(ROWS, ROWS)
def test_what_is_sealed_is_held_by_its_digest(given: list[list[Value]], read: list[list[Value]]) -> None:
    written, sealed = Written(), Written()
    for row, values in enumerate(given):
        for column, value in enumerate(values):
            written.put(row, column, value)
            sealed.put(row, column, value)
    sealed.seal()
    assert sealed.tally == written.tally
    for rows in (given, read):
        assert sealed.meets(enumerate(rows)) is written.meets(enumerate(rows))


def test_what_is_put_into_a_sheet_after_it_was_sealed_is_found(tmp_path: Path) -> None:
    book = new_book(tmp_path / "к.xlsx")
    sheet = book.sheet("Лист")
    sheet.put(0, 0, "до")
    sheet.written.seal()
    sheet.put(1, 0, "после")
    with pytest.raises(InternalError, match="лист «Лист»: в книге заполнено ячеек 2, передано на запись 1"):
        book.close()


def put_past_the_end(sheet: XlsxSheet) -> None:
    sheet.put(1_048_576, 0, "строка")


def widen_past_the_end(sheet: XlsxSheet) -> None:
    sheet.raw.set_column(0, 16_384, 10)


@pytest.mark.parametrize("do", [put_past_the_end, widen_past_the_end])
def test_what_the_writer_refuses_is_an_error(tmp_path: Path, do: object) -> None:
    sheet = new_book(tmp_path / "к.xlsx").sheet("Лист")
    with pytest.raises(InternalError, match="отклонена"):
        do(sheet)  # type: ignore[operator] # one of the two above


def test_the_sheet_itself_can_be_asked_for_what_it_holds(tmp_path: Path) -> None:
    sheet = new_book(tmp_path / "к.xlsx").sheet("Лист")
    assert sheet.raw.get_name() == "Лист"
    assert sheet.raw.name == "Лист"
    assert not isinstance(sheet.raw, Worksheet)


@pytest.mark.parametrize(
    "name", ["", "а" * 32, "а[б", "а]б", "а:б", "а*б", "а?б", "а/б", "а\\б", "'а", "а'", "а\x01", "ЛИСТ"]
)
def test_a_name_that_no_sheet_can_have_is_refused_before_anything_is_written(tmp_path: Path, name: str) -> None:
    book = new_book(tmp_path / "к.xlsx")
    book.sheet("лист")
    with pytest.raises(OutputError) as refused:
        book.sheet(name)
    assert "нельзя так назвать: имя листа – до 31 знаков, без повторов, без знаков []:*?/\\" in str(refused.value)
    assert str(refused.value).endswith("Исправьте его в профиле.")


def test_numbers_count_by_what_a_workbook_keeps_of_them() -> None:
    one, other = Written(), Written()
    one.put(0, 0, 0.1 + 0.2)
    other.put(0, 0, 0.3)
    assert one.tally == other.tally
    other.put(0, 0, math.nextafter(0.3, 1) + 1e-14)
    assert one.tally != other.tally
