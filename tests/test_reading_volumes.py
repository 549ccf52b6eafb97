"""The list of volumes is taken as it was written, and names nothing outside its folder."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from openpyxl import load_workbook

from tests.books import DATE, EDITION, PROFILE
from workbook_tools.dossier import Dossier
from workbook_tools.errors import InputError
from workbook_tools.outputs import Outputs
from workbook_tools.pipeline.volumes import write_edition
from workbook_tools.placing.disk import file_sha256
from workbook_tools.reading.volumes import edition_of_volumes, listed_volumes
from workbook_tools.reading.workbook import read_workbook

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook

    from workbook_tools.grids import Book
    from workbook_tools.volumes import Volume

NAME = "Перечень.xlsx"
VOLUME = "Перечень_том_01.xlsx"
ROW = 5


def book_of(folder: Path, damage: Callable[[Workbook], object] | None = None) -> Book:
    """Return an edition in volumes of two records each as it is read, after somebody had their hands on its book."""
    with Outputs(folder) as outputs:
        write_edition(outputs, NAME, Dossier(PROFILE, "", EDITION.records, DATE, "утверждена", 5), 9)
    if damage:
        book = load_workbook(folder / NAME)
        damage(book)
        book.save(folder / NAME)
    return read_workbook(folder / NAME, NAME)


def set_cell(name: str, value: str | float | None) -> Callable[[Workbook], object]:
    def damage(book: Workbook) -> None:
        book["Реестр"][name] = value

    return damage


def test_the_list_is_read_as_it_was_written(tmp_path: Path) -> None:
    listed = listed_volumes(book_of(tmp_path), PROFILE)
    assert [(item.file, item.rows) for item in listed] == [
        (VOLUME, 2),
        ("Перечень_том_02.xlsx", 2),
        ("Перечень_том_03.xlsx", 1),
    ]
    assert all(file_sha256(tmp_path / item.file) == item.sha256 for item in listed)


@pytest.mark.parametrize("gone", ["sheet", "volumes", "records"])
@pytest.mark.parametrize("shortened", [False, True])
def test_without_the_hidden_marks_nobody_knows_whether_the_list_is_whole(
    tmp_path: Path, gone: str, *, shortened: bool
) -> None:
    def damage(book: Workbook) -> None:
        marks = book["_meta"]
        if gone == "sheet":
            book.remove(marks)
        else:
            (row,) = (cells[0].row for cells in marks.iter_rows() if cells[0].value == gone)
            marks.delete_rows(row)
        if shortened:
            book["Реестр"].delete_rows(ROW + 2)

    sentence = (
        "на листе «Реестр» – список томов, а на скрытом листе «_meta» не записано, сколько их было. Возьмите книгу в "
        "том виде, в каком её записала программа."
    )
    with pytest.raises(InputError, match=f"^{sentence}$"):
        listed_volumes(book_of(tmp_path, damage), PROFILE)


def exchange(columns: str) -> Callable[[Workbook], object]:
    """Put what two lines of the list say into each other's places."""

    def damage(book: Workbook) -> None:
        for column in columns:
            first, second = (book["Реестр"][f"{column}{row}"] for row in (ROW, ROW + 1))
            first.value, second.value = second.value, first.value

    return damage


def test_lines_in_another_order_are_told_by_their_numbers(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"на листе «Реестр» номера томов идут не подряд. Возьмите книгу"):
        listed_volumes(book_of(tmp_path, exchange("ABCDE")), PROFILE)


def test_volumes_in_each_others_places_are_told_by_their_own_marks(tmp_path: Path) -> None:
    listed = listed_volumes(book_of(tmp_path, exchange("BCDE")), PROFILE)
    with pytest.raises(InputError, match=r"^«Перечень_том_02.xlsx» стоит в списке томом 1, а сам он том 2. Возьмите"):
        joined(tmp_path, listed)


def test_a_line_in_the_place_of_another_is_missed(tmp_path: Path) -> None:
    def double(book: Workbook) -> None:
        for column in "BCDE":
            book["Реестр"][f"{column}{ROW + 1}"] = book["Реестр"][f"{column}{ROW}"].value

    listed = listed_volumes(book_of(tmp_path, double), PROFILE)
    with pytest.raises(InputError, match=f"^«{VOLUME}» стоит в списке томом 2, а сам он том 1. Возьмите"):
        joined(tmp_path, listed)


def test_a_whole_edition_in_the_place_of_a_volume_is_no_volume(tmp_path: Path) -> None:
    listed = listed_volumes(book_of(tmp_path), PROFILE)
    with Outputs(tmp_path) as outputs:
        write_edition(outputs, "целая.xlsx", Dossier(PROFILE, "", EDITION.records, DATE, "утверждена", 5))
    with pytest.raises(InputError, match=r"^«целая.xlsx» стоит в списке томом 1, а сам он не том. Возьмите"):
        joined(tmp_path, (listed[0]._replace(file="целая.xlsx"), *listed[1:]))


@pytest.mark.parametrize("column", "ABDE")
def test_a_formula_that_was_never_calculated_is_told_at_its_cell(tmp_path: Path, column: str) -> None:
    book = book_of(tmp_path, set_cell(f"{column}{ROW}", "=1/0"))
    with pytest.raises(InputError, match=f"на листе «Реестр» в ячейке {column}{ROW} вместо значения стоит =1/0. Возьм"):
        listed_volumes(book, PROFILE)


def test_a_link_on_a_name_changes_nothing(tmp_path: Path) -> None:
    def link(book: Workbook) -> None:
        book["Реестр"][f"B{ROW}"].hyperlink = "https://пример.рф/другой.xlsx"

    assert listed_volumes(book_of(tmp_path, link), PROFILE)[0].file == VOLUME


def test_an_edition_that_is_whole_lists_none(tmp_path: Path) -> None:
    with Outputs(tmp_path) as outputs:
        write_edition(outputs, NAME, Dossier(PROFILE, "", EDITION.records, DATE, "утверждена", 5))
    assert listed_volumes(read_workbook(tmp_path / NAME, NAME), PROFILE) == ()


def test_a_line_that_is_gone_is_missed(tmp_path: Path) -> None:
    book = book_of(tmp_path, lambda book: book["Реестр"].delete_rows(ROW))
    with pytest.raises(InputError, match="перечислено томов 2, записей в них 3; записано было томов 3, записей 5"):
        listed_volumes(book, PROFILE)


def test_a_list_that_is_gone_is_missed(tmp_path: Path) -> None:
    book = book_of(tmp_path, lambda book: book.remove(book["Реестр"]))
    with pytest.raises(InputError, match="перечислено томов 0, записей в них 0; записано было томов 3, записей 5"):
        listed_volumes(book, PROFILE)


@pytest.mark.parametrize("name", ["../том.xlsx", "папка/том.xlsx", "C:\\том.xlsx", "\\\\сервер\\том.xlsx", "..", ""])
def test_a_name_that_leads_out_of_the_folder_is_refused(tmp_path: Path, name: str) -> None:
    book = book_of(tmp_path, set_cell(f"B{ROW}", name))
    with pytest.raises(InputError, match="на листе «Реестр» вместо тома стоит «"):
        listed_volumes(book, PROFILE)


@pytest.mark.parametrize("count", ["много", None, -2, 2.5])
def test_a_count_that_is_none_is_refused(tmp_path: Path, count: str | float | None) -> None:
    book = book_of(tmp_path, set_cell(f"D{ROW}", count))
    with pytest.raises(InputError, match=f"вместо тома стоит «{VOLUME}»"):
        listed_volumes(book, PROFILE)


def joined(folder: Path, listed: tuple[Volume, ...]) -> None:
    volumes = (read_workbook(folder / item.file, item.file) for item in listed)
    edition_of_volumes(read_workbook(folder / NAME, NAME), listed, volumes, PROFILE)


def test_a_volume_with_another_number_of_records_is_refused(tmp_path: Path) -> None:
    listed = listed_volumes(book_of(tmp_path), PROFILE)
    changed = (listed[0]._replace(rows=3), *listed[1:])
    with pytest.raises(InputError, match=f"в томе «{VOLUME}» записей 2, в списке томов их 3"):
        joined(tmp_path, changed)


def test_a_volume_listed_twice_brings_no_record_twice(tmp_path: Path) -> None:
    listed = listed_volumes(book_of(tmp_path), PROFILE)
    with pytest.raises(InputError, match=f"«{VOLUME}» стоит в списке томом 4, а сам он том 1"):
        joined(tmp_path, (*listed, listed[0]))
