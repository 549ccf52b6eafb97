"""What cannot be read for certain is one finding at its cell, in words; on the title sheet it holds the file back."""

from __future__ import annotations

import re
import zipfile
from typing import TYPE_CHECKING

import pytest

from tests.books import UnitBook, found_in, looked_at, stated
from tests.sheets import saved
from workbook_tools.standing import ACCEPTED, REJECTED, UNREADABLE

if TYPE_CHECKING:
    from pathlib import Path

FILE = "КАДР.xlsx"
TITLE, DATA = "xl/worksheets/sheet2.xml", "xl/worksheets/sheet3.xml"
NOTE = "Пояснение подразделения"

SAID = {
    '<c r="{}" t="e"><v>#SPILL!</v></c>': (
        "#SPILL!",
        "В графе «{}» вместо значения стоит ошибка #SPILL!. Впишите значение заново.",
    ),
    '<c r="{}"><f>1+1</f></c>': (
        "=1+1",
        "В графе «{}» стоит формула, значение которой не сохранено. Впишите само значение.",
    ),
    '<c r="{}" t="d"><v>2026-02-31</v></c>': (
        "2026-02-31",
        "В графе «{}» записано 2026-02-31: такой даты нет. Впишите дату заново.",
    ),
    '<c r="{}"><v>40817810099910004312</v></c>': (
        "40817810099910004312",
        (
            "В графе «{}» стоит число 40817810099910004312: в нём больше 15 цифр, и последние не сохраняются. "
            "Впишите его заново как текст."
        ),
    ),
    '<c r="{}"><v>1,5</v></c>': ("1,5", "В графе «{}» вместо числа записано 1,5. Впишите значение заново."),
    '<c r="{}" t="b"><v>2</v></c>': (
        "2",
        "В графе «{}» значение записано так, что его нельзя прочесть: 2. Впишите его заново.",
    ),
    '<c r="{0}" t="str"><v>а</v></c><c r="{0}" t="str"><v>б</v></c>': (
        "а; б",
        "В одной ячейке графы «{}» записаны разные значения: а; б. Впишите верное.",
    ),
    '<c r="{}" t="s"><v>-1</v></c>': ("-1", "Текст в графе «{}» потерян: файл повреждён. Впишите текст заново."),
    '<c r="{}" t="str"><v>а_x0001_б</v></c>': (
        "0001",
        "В графе «{}» есть знак, которого в тексте не бывает (код 0001). Впишите текст заново.",
    ),
}  # fmt: skip


def with_cell(tmp_path: Path, part: str, cell: str, xml: str) -> Path:
    """Save a unit's file with one cell written as no program would."""
    book = UnitBook()
    book.edit("Т-0001", note="заменяется")
    path = book.save(tmp_path / "прежний" / FILE)
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    changed, count = re.subn(f'<c r="{cell}"[^>]*>.*?</c>', lambda _: xml.format(cell), parts[part].decode())
    assert count == 1
    return saved(tmp_path / FILE, parts | {part: changed.encode()})


@pytest.mark.parametrize("xml", SAID)
def test_a_cell_of_the_table_that_is_not_certain_is_said_in_one_finding(xml: str, tmp_path: Path) -> None:
    shown, sentence = SAID[xml]
    (found,) = found_in(with_cell(tmp_path, DATA, "M6", xml))
    assert (found.rule, found.severity, found.sheet, found.cell, found.value, found.message) == (
        "П-02", "error", "Сведения", "M6", shown, sentence.format(NOTE),
    )  # fmt: skip


@pytest.mark.parametrize("xml", SAID)
def test_a_value_of_the_title_that_is_not_certain_holds_the_file_back_and_is_not_called_blank(
    xml: str, tmp_path: Path
) -> None:
    shown, sentence = SAID[xml]
    examined = looked_at(with_cell(tmp_path, TITLE, "C15", xml))
    (found,) = stated(examined.findings)
    assert (found.rule, found.severity, found.sheet, found.cell, found.value, found.message) == (
        "П-02", "error", "Титул", "C15", shown, sentence.format("Дата проверки"),
    )  # fmt: skip
    assert [item.status for item in examined.files] == [REJECTED]


@pytest.mark.parametrize("xml", ['<c r="{}" t="str"><v>в порядке</v></c>', '<c r="{}"><v>123456789012345</v></c>'])
def test_a_cell_that_is_certain_is_not_spoken_of(xml: str, tmp_path: Path) -> None:
    examined = looked_at(with_cell(tmp_path, DATA, "M6", xml))
    assert stated(examined.findings) == []
    assert [item.status for item in examined.files] == [ACCEPTED]


@pytest.mark.parametrize("typed", ["31.02.2026", "03/04", "03/04/2026", "2026-13-01", "вчера", "0.0.0000"])
def test_a_date_of_no_calendar_or_of_two_is_told_on_the_title(typed: str, tmp_path: Path) -> None:
    book = UnitBook()
    book.sign(checked=typed)
    (found,) = found_in(book.save(tmp_path / FILE))
    assert (found.rule, found.severity, found.cell, found.value) == ("П-17", "error", "C15", typed)


def test_a_link_out_of_the_folder_is_unreadable_and_the_other_files_are_read(tmp_path: Path) -> None:
    outside = UnitBook("БУХ").save(tmp_path / "чужое" / "БУХ.xlsx")
    UnitBook().save(tmp_path / "входящие" / FILE)
    (tmp_path / "входящие" / "БУХ.xlsx").symlink_to(outside)
    examined = looked_at(tmp_path / "входящие")
    assert [(item.file, item.status) for item in examined.files] == [("БУХ.xlsx", UNREADABLE), (FILE, ACCEPTED)]
    assert [item.message for item in stated(examined.findings) if item.file == "БУХ.xlsx"] == [
        "Файл не удалось прочитать: это ссылка на файл вне папки. Положите в папку сам файл."
    ]


SENTENCES = {
    "hidden": "На листе «Сведения» скрыто: строка 6. Всё скрытое прочитано наравне с остальным.",
    "merged": (
        "Ячейки L6:L7 объединены; значение прочитано только в первой из них. Разъедините ячейки и заполните "
        "каждую строку."
    ),
    "other_sheet": (
        "Лист «Черновик» в шаблоне не предусмотрен и не прочитан. Если на нём есть сведения, перенесите их "
        "на лист «Сведения»."
    ),
    "other_table": (
        "Таблица с графами шаблона есть и на листе «Сведения (2)», в ней 3 строки; они не прочитаны. "
        "Перенесите их на лист «Сведения» и удалите лишний лист."
    ),
}
LEVELS = {"hidden": "info", "merged": "warning", "other_sheet": "warning", "other_table": "error"}


@pytest.mark.parametrize("message", SENTENCES)
def test_what_is_odd_about_a_workbook_is_said_in_words(message: str, tmp_path: Path) -> None:
    book = UnitBook()
    if message == "hidden":
        book.data.row_dimensions[6].hidden = True
    elif message == "merged":
        book.data.merge_cells("L6:L7")
    elif message == "other_sheet":
        book.book.create_sheet("Черновик")["B2"] = "текст"
    else:
        book.book.copy_worksheet(book.data).title = "Сведения (2)"
    (found,) = found_in(book.save(tmp_path / FILE))
    assert (found.rule, found.severity, found.message) == ("П-01", LEVELS[message], SENTENCES[message])


def test_live_parts_are_said_in_words(tmp_path: Path) -> None:
    path = UnitBook().save(tmp_path / FILE)
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"x")
    (found,) = found_in(path)
    assert (found.rule, found.severity, found.message) == (
        "П-01",
        "info",
        "В файле есть макросы. Программа этого не открывает и не выполняет; прочитаны только сведения.",
    )
