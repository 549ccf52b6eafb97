"""Text stays text; nothing is cut; the same input gives the same bytes."""

from __future__ import annotations

import contextlib
import datetime
import errno
import gc
import tempfile
import weakref
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from python_calamine import CalamineWorkbook
from xlsxwriter.theme import Theme

from workbook_tools.errors import InternalError, OutputError
from workbook_tools.limits import CELL_CHARACTERS
from workbook_tools.xlsx.book import Value, XlsxBook, place_on, printable
from workbook_tools.xlsx.style import ADDED, CELL, DATE, NUMBER, STRUCK

if TYPE_CHECKING:
    from collections.abc import Callable

    from openpyxl.cell.cell import Cell

    from workbook_tools.xlsx.book import XlsxSheet

DAY = datetime.date(2024, 3, 19)
SIGNS = "=+-@＝＋－＠"


def written(path: Path, write: Callable[[XlsxSheet], None]) -> Path:
    with XlsxBook(path, {"title": "Перечень"}, DAY, {"font_name": "Arial", "font_size": 10}) as book:
        write(book.sheet("Лист"))
    return path


def cell(path: Path, name: str = "A1", *, rich: bool = False) -> Cell:
    found = load_workbook(path, rich_text=rich)["Лист"][name]
    assert not isinstance(found, tuple)
    return found  # type: ignore[no-any-return]


def first_of_calamine(path: Path) -> object:
    return CalamineWorkbook.from_path(path).get_sheet_by_name("Лист").to_python()[0][0]


def part(path: Path, name: str) -> str:
    with zipfile.ZipFile(path) as archive:
        return archive.read(name).decode()


@pytest.mark.parametrize(
    ("day", "shown"),
    [
        (datetime.date(1, 1, 1), "01.01.0001"),
        (datetime.date(1900, 2, 28), "28.02.1900"),
        (datetime.datetime(1900, 2, 28, 23, 59), "28.02.1900"),  # noqa: DTZ001 - a workbook's dates have no zone
        (datetime.date(1900, 3, 1), datetime.datetime(1900, 3, 1)),  # noqa: DTZ001 - as above
    ],
)
def test_a_day_that_a_workbook_has_no_number_for_is_text(tmp_path: Path, day: Value, shown: object) -> None:
    assert cell(written(tmp_path / "к.xlsx", lambda sheet: sheet.put(0, 0, day, DATE))).value == shown


@pytest.mark.parametrize("sign", SIGNS)
@pytest.mark.parametrize("before", ["", " ", "\u00a0", "\n "])
def test_text_that_a_client_could_run_stays_text(tmp_path: Path, sign: str, before: str) -> None:
    text = f"{before}{sign}HYPERLINK(A1)"
    found = cell(written(tmp_path / "к.xlsx", lambda sheet: sheet.put(0, 0, text)))
    assert (found.value, found.data_type, found.quotePrefix) == (text, "s", True)


@pytest.mark.parametrize("text", ["<r>Оформление & отпуска</r>", "<r><t>потеряно</t></r>", "<r></r>", "<r> а\n</r>"])
@pytest.mark.parametrize("read", [lambda path: cell(path).value, first_of_calamine])
def test_text_that_the_writer_would_take_for_its_own_markup_stays_text(
    tmp_path: Path, text: str, read: Callable[[Path], object]
) -> None:
    assert read(written(tmp_path / "к.xlsx", lambda sheet: sheet.put(0, 0, text))) == text


def test_a_link_names_a_sheet_with_an_apostrophe_as_clients_do() -> None:
    assert place_on("Реестр 'А' и Б", "C7") == "'Реестр ''А'' и Б'!C7"


@pytest.mark.parametrize("sign", ["\t", "\r", "\n"])
def test_text_after_a_break_is_kept_from_waking_up(tmp_path: Path, sign: str) -> None:
    path = written(tmp_path / "к.xlsx", lambda sheet: sheet.put(0, 0, f"{sign}cmd"))
    assert cell(path).quotePrefix is True


@pytest.mark.parametrize("text", ["12", "1/2", "0017", "https://dprt.ru/", "а=б", "a@b.ru", "5-6", "19.03.2024"])
def test_other_text_stays_text_without_a_mark(tmp_path: Path, text: str) -> None:
    found = cell(written(tmp_path / "к.xlsx", lambda sheet: sheet.put(0, 0, text)))
    assert (found.value, found.data_type, found.quotePrefix, found.hyperlink) == (text, "s", False, None)


@pytest.mark.parametrize("sign", SIGNS)
def test_rich_text_that_a_client_could_run_stays_text(tmp_path: Path, sign: str) -> None:
    parts = [(f"{sign}1+", {}), ("2", ADDED)]
    found = cell(written(tmp_path / "к.xlsx", lambda sheet: sheet.put_rich(0, 0, parts)))
    assert (found.value, found.data_type, found.quotePrefix) == (f"{sign}1+2", "s", True)


def test_no_formula_is_ever_written(tmp_path: Path) -> None:
    path = written(tmp_path / "к.xlsx", lambda sheet: sheet.put_row(0, ["=1+1", "{=A1}", "=CMD()|''!A1"]))
    assert "<f>" not in part(path, "xl/worksheets/sheet1.xml")


@pytest.mark.parametrize(
    ("value", "style", "kind", "expected"),
    [
        (None, CELL, "n", None),
        ("", CELL, "n", None),
        (5, NUMBER, "n", 5),
        (-2.5, NUMBER, "n", -2.5),
        (0, NUMBER, "n", 0),
        (DAY, DATE, "d", datetime.datetime(2024, 3, 19)),  # noqa: DTZ001 - a cell has no zone
        ("текст", CELL, "s", "текст"),
    ],
)
def test_a_value_keeps_its_type(
    tmp_path: Path, value: Value, style: dict[str, object], kind: str, expected: object
) -> None:
    found = cell(written(tmp_path / "к.xlsx", lambda sheet: sheet.put(0, 0, value, style)))
    assert (found.data_type, found.value) == (kind, expected)
    assert found.font.name == "Arial"


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("а\x00б", "а\\x0000б"),
        ("\x0b", "\\x000b"),
        ("\ud800", "\\xd800"),
        ("\ufffe\uffff", "\\xfffe\\xffff"),
        ("таб\tстрока\nконец", "таб\tстрока\nконец"),
        ("😀 ё", "😀 ё"),
    ],
)
def test_signs_that_a_workbook_cannot_hold_are_shown_by_their_code(tmp_path: Path, typed: str, shown: str) -> None:
    path = written(tmp_path / "к.xlsx", lambda sheet: sheet.put(0, 0, typed))
    assert printable(typed) == shown
    assert cell(path).value == shown


@given(text=st.text(max_size=40))
@settings(max_examples=60, deadline=None)
def test_whatever_is_typed_two_readers_read_back(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    path = tmp_path_factory.mktemp("книга") / "к.xlsx"
    written(path, lambda sheet: sheet.put_row(0, ["край", text, "край"]))
    expected = printable(text)
    sheet = CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()
    assert sheet[0][1] == expected.replace("\r", "\n") or "\r" in text
    assert (cell(path, "B1").value or "") == expected or "\r" in text or "_x" in text


def test_a_text_as_long_as_a_cell_holds_is_written_whole(tmp_path: Path) -> None:
    path = written(tmp_path / "к.xlsx", lambda sheet: sheet.put(0, 0, "ж" * CELL_CHARACTERS))
    assert cell(path).value == "ж" * CELL_CHARACTERS


def test_a_longer_text_is_refused_and_not_cut(tmp_path: Path) -> None:
    path = tmp_path / "к.xlsx"
    with pytest.raises(OutputError) as refused:
        written(path, lambda sheet: sheet.put(2, 0, "ж" * (CELL_CHARACTERS + 1)))
    assert str(refused.value) == (
        "лист «Лист», строка 3: текст длиннее 32767 знаков, ячейка его не вмещает. Сократите его в исходном файле и "
        "запустите ещё раз."
    )
    assert refused.value.exit_code == 2
    assert not path.exists()


def test_a_text_that_grows_past_the_limit_when_its_signs_are_shown_is_refused(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="текст длиннее 32767 знаков"):
        written(tmp_path / "к.xlsx", lambda sheet: sheet.put(0, 0, "\x00" * CELL_CHARACTERS))


def test_a_longer_rich_text_is_refused(tmp_path: Path) -> None:
    parts = [("ж" * CELL_CHARACTERS, ADDED), ("ж", STRUCK)]
    with pytest.raises(OutputError, match="лист «Лист», строка 1: текст длиннее 32767 знаков"):
        written(tmp_path / "к.xlsx", lambda sheet: sheet.put_rich(0, 0, parts))


@pytest.mark.parametrize(("row", "column"), [(1_048_576, 0), (0, 16_384)])
@pytest.mark.parametrize("value", ["текст", 1, DAY, None])
def test_a_value_past_the_edge_of_a_sheet_is_refused(tmp_path: Path, row: int, column: int, value: Value) -> None:
    message = rf"лист «Лист», строка {row + 1}, графа {column + 1}: запись отклонена \(-1\)"
    with pytest.raises(InternalError, match=message):
        written(tmp_path / "к.xlsx", lambda sheet: sheet.put(row, column, value))


def test_a_list_too_long_for_a_validation_is_refused(tmp_path: Path) -> None:
    options = {"validate": "list", "source": ["слово"] * 60}
    with pytest.warns(UserWarning, match="255"), pytest.raises(InternalError, match=r"запись отклонена \(-2\)"):
        written(tmp_path / "к.xlsx", lambda sheet: sheet.validate((0, 0, 5, 0), options))


def test_rich_text_keeps_its_parts_and_fonts(tmp_path: Path) -> None:
    parts = [("было", STRUCK), ("", {}), (" и ", {}), ("стало", ADDED)]
    found = cell(written(tmp_path / "к.xlsx", lambda sheet: sheet.put_rich(0, 0, parts)), rich=True).value
    assert isinstance(found, CellRichText)
    assert str(found) == "было и стало"
    blocks = {item.text: item.font for item in found if isinstance(item, TextBlock)}
    assert blocks["было"].strike
    assert blocks["стало"].b
    assert not blocks[" и "].b


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ([], None),
        ([("", ADDED), ("", {})], None),
        ([("одно", ADDED)], "одно"),
        ([("=1", {}), ("", ADDED)], "=1"),
    ],
)
def test_rich_text_of_one_part_is_written_plainly(
    tmp_path: Path, parts: list[tuple[str, dict[str, object]]], expected: str | None
) -> None:
    found = cell(written(tmp_path / "к.xlsx", lambda sheet: sheet.put_rich(0, 0, parts)), rich=True)
    assert found.value == expected
    assert not isinstance(found.value, CellRichText)
    assert found.font.b is (("одно", ADDED) in parts)


def fill(sheet: XlsxSheet) -> None:
    sheet.header(0, ["Точка", "Дата"], [20, 12])
    sheet.put_row(1, ["=1", DAY, 5, None])
    sheet.put_rich(2, 0, [("было", STRUCK), ("стало", ADDED)])
    sheet.merge((3, 0), (3, 2), "вместе", CELL)
    sheet.comment(4, 0, "пояснение")
    sheet.put_link(5, 0, "'Лист'!A1", "к началу", CELL)
    sheet.validate((6, 0, 9, 0), {"validate": "list", "source": ["да", "нет"]})


def test_the_same_input_gives_the_same_bytes(tmp_path: Path) -> None:
    one, other = (written(tmp_path / name, fill).read_bytes() for name in ("а.xlsx", "б.xlsx"))
    assert one == other


def test_merged_cells_linked_cells_and_comments_are_where_they_were_put(tmp_path: Path) -> None:
    sheet = load_workbook(written(tmp_path / "к.xlsx", fill))["Лист"]
    assert [str(area) for area in sheet.merged_cells.ranges] == ["A4:C4"]
    assert sheet["A4"].value == "вместе"
    assert sheet["A5"].comment.text == "пояснение"
    assert (sheet["A6"].value, sheet["A6"].hyperlink.location) == ("к началу", "'Лист'!A1")
    assert sheet.column_dimensions["A"].width == pytest.approx(20, abs=1)


def test_an_area_of_one_cell_is_not_merged(tmp_path: Path) -> None:
    path = written(tmp_path / "к.xlsx", lambda sheet: sheet.merge((0, 0), (0, 0), "одна", CELL))
    assert load_workbook(path)["Лист"].merged_cells.ranges == set()
    assert cell(path).value == "одна"


def test_a_book_that_cannot_be_written_is_an_error_in_russian(tmp_path: Path) -> None:
    with pytest.raises(OutputError) as refused:
        written(tmp_path / "нет" / "к.xlsx", lambda sheet: sheet.put(0, 0, "текст"))
    path = tmp_path / "нет" / "к.xlsx"
    assert str(refused.value) == (
        f"{path}: файл не записан. Закройте его в других программах, проверьте права на папку и место на диске."
    )


def test_a_book_under_another_name_for_now_is_named_as_it_will_be(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match=r"нет.к\.xlsx: файл не записан"):
        written(tmp_path / "нет" / ".к.xlsx.perechen-tmp", lambda sheet: sheet.put(0, 0, "текст"))


def test_an_exception_leaves_no_book(tmp_path: Path) -> None:
    def fail(_: XlsxSheet) -> None:
        raise ValueError("сбой")

    with pytest.raises(ValueError, match="сбой"):
        written(tmp_path / "к.xlsx", fail)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("folder", [".", "нет"])
def test_no_part_is_left_where_a_book_is_written_or_cannot_be(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, folder: str
) -> None:
    parts = tmp_path / "части"
    parts.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(parts))
    with contextlib.suppress(OutputError):
        written(tmp_path / folder / "к.xlsx", lambda sheet: sheet.put(0, 0, "текст"))
    assert list(parts.iterdir()) == []
    assert (tmp_path / "к.xlsx").exists() == (folder == ".")


def test_no_part_is_left_where_the_disk_of_the_parts_gives_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise OSError(errno.ENOSPC, "no space")

    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setattr(Theme, "_set_xml_writer", fail)
    with pytest.raises(OutputError, match="место на диске"):
        written(tmp_path / "к.xlsx", lambda sheet: sheet.put(0, 0, "текст"))
    assert list(tmp_path.iterdir()) == []


def test_a_book_packed_in_memory_holds_the_same_parts(tmp_path: Path) -> None:
    parts = []
    for in_memory in (False, True):
        path = tmp_path / f"{in_memory}.xlsx"
        with XlsxBook(path, {}, datetime.date(2024, 3, 19), {"font_size": 10}, in_memory=in_memory) as book:
            sheet = book.sheet("Лист")
            sheet.put_row(0, ["текст", 5, "=1"], {})
            sheet.comment(0, 0, "Замечание")
        with zipfile.ZipFile(path) as package:
            parts.append({name: package.read(name) for name in package.namelist()})
    assert parts[0] == parts[1]


class _Seen(str):
    """A text of which it can be told whether anybody holds it still."""

    __slots__ = ("__weakref__",)


@pytest.mark.parametrize("in_memory", [False, True])
def test_nobody_holds_what_a_book_was_given_once_it_is_closed(tmp_path: Path, *, in_memory: bool) -> None:
    texts = [_Seen("одно"), _Seen("другое"), _Seen("третье")]
    held = [weakref.ref(text) for text in texts]
    gc.collect()
    gc.disable()
    try:
        with XlsxBook(tmp_path / "к.xlsx", {}, DAY, {}, in_memory=in_memory) as book:
            sheet = book.sheet("Лист")
            sheet.put_rows(0, [[texts[0]]], [(book.format(CELL),)])
            sheet.put(1, 0, texts[1])
            sheet.put_link(2, 0, place_on("Лист"), texts[2], CELL)
        del book, sheet
        texts.clear()
        assert [ref() for ref in held] == [None, None, None]
    finally:
        gc.enable()
