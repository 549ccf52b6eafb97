"""Folders are searched through; what is left out is listed, and no two files share a name."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from workbook_tools.errors import InputError
from workbook_tools.reading.scanning import Candidate, scan

if TYPE_CHECKING:
    from pathlib import Path

OUTSIDE = "это ссылка на файл вне папки. Положите в папку сам файл"
NOWHERE = "это ссылка, которая никуда не ведёт. Положите на её место сам файл"
SERVICE, NO_BOOK = "служебный файл", "не книга"


def touch(folder: Path, *names: str) -> list[Path]:
    paths = [folder / name for name in names]
    for path in paths:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    return paths


def named(paths: list[Path]) -> list[tuple[str, str]]:
    return [(candidate.name, candidate.ignored) for candidate in scan(paths)]


def test_folders_are_searched_through_and_files_named_from_where_the_search_began(tmp_path: Path) -> None:
    touch(tmp_path, "б.xlsx", "а.XLS", "отделы/кадры/в.ods", "отделы/г.xlsb", "отделы/д.xlsm")
    assert named([tmp_path]) == [
        ("а.XLS", ""),
        ("б.xlsx", ""),
        ("отделы/г.xlsb", ""),
        ("отделы/д.xlsm", ""),
        ("отделы/кадры/в.ods", ""),
    ]


def test_what_is_left_out_is_listed_with_the_reason(tmp_path: Path) -> None:
    left_over = [
        "~$а.xlsx",
        ".~lock.а.xlsx#",
        "._а.xlsx",
        ".DS_Store",
        "а.tmp",
        "а.PART",
        "Thumbs.db",
        "desktop.ini",
        "~WRL0001.tmp",
        "THUMBS.DB",
        "а.crdownload",
    ]
    other = ["письмо.docx", "перечень.txt", "скан.pdf", "без расширения"]
    touch(tmp_path, "а.xlsx", *left_over, *other)
    expected = [("а.xlsx", ""), *((name, SERVICE) for name in left_over), *((name, NO_BOOK) for name in other)]
    assert named([tmp_path]) == sorted(expected)


def test_a_file_that_is_named_is_looked_at_whatever_its_extension(tmp_path: Path) -> None:
    (path,) = touch(tmp_path, "письмо.txt")
    assert scan([path]) == [Candidate(path, "письмо.txt", "")]


def test_a_file_named_twice_is_looked_at_once(tmp_path: Path) -> None:
    (path,) = touch(tmp_path, "а.xlsx")
    assert named([path, tmp_path, tmp_path / ".." / tmp_path.name]) == [("а.xlsx", "")]


@pytest.mark.parametrize(
    ("files", "roots", "names"),
    [
        (["первые/а.xlsx", "вторые/а.xlsx"], ["первые", "вторые"], ["вторые/а.xlsx", "первые/а.xlsx"]),
        (
            ["первые/ИТ/а.xlsx", "вторые/ИТ/а.xlsx"],
            ["первые", "вторые"],
            ["вторые/ИТ/а.xlsx", "первые/ИТ/а.xlsx"],
        ),
        (
            ["1/общее/ИТ/а.xlsx", "2/общее/ИТ/а.xlsx", "3/1/общее/ИТ/а.xlsx"],
            ["1/общее/ИТ", "2/общее/ИТ", "3/1/общее/ИТ"],
            ["3/1/общее/ИТ/а.xlsx", "2/общее/ИТ/а.xlsx"],
        ),
    ],
)
def test_files_of_one_name_are_told_apart(files: list[str], roots: list[str], names: list[str], tmp_path: Path) -> None:
    touch(tmp_path, *files)
    found = [candidate.name for candidate in scan([tmp_path / root for root in roots])]
    assert len(set(found)) == len(files)
    assert set(names) <= set(found)


@pytest.mark.parametrize("names", [[], ["письмо.docx", "~$а.xlsx"]])
def test_a_folder_without_a_workbook_is_said_to_be_one(names: list[str], tmp_path: Path) -> None:
    touch(tmp_path, *names)
    with pytest.raises(InputError) as refused:
        scan([tmp_path])
    assert str(refused.value) == (
        f"{tmp_path}: нет ни одного файла подразделения. Положите сюда заполненные шаблоны (.xlsx)."
    )


def test_a_path_that_does_not_exist_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError) as refused:
        scan([tmp_path / "нет такого"])
    assert str(refused.value) == f"{tmp_path / 'нет такого'}: такого файла или папки нет. Проверьте путь."


def test_a_link_to_a_file_of_the_folder_is_read_once(tmp_path: Path) -> None:
    touch(tmp_path, "а.xlsx", "хранилище/1.bin")
    (tmp_path / "в.xlsx").symlink_to(tmp_path / "а.xlsx")
    (tmp_path / "г.xlsx").symlink_to(tmp_path / "хранилище/1.bin")
    assert [item[1:] for item in scan([tmp_path])] == [
        ("а.xlsx", "", ""),
        ("в.xlsx", "ссылка на файл «а.xlsx», который уже прочитан", ""),
        ("г.xlsx", "", ""),
        ("хранилище/1.bin", NO_BOOK, ""),
    ]


def test_a_link_that_leads_outside_nowhere_or_in_a_circle_is_refused_and_named(tmp_path: Path) -> None:
    (outside,) = touch(tmp_path, "чужое/а.xlsx")
    folder = tmp_path / "входящие"
    touch(folder, "а.xlsx")
    (folder / "б.xlsx").symlink_to(outside)
    (folder / "в.xlsx").symlink_to(folder / "нет.xlsx")
    (folder / "г.xlsx").symlink_to(folder / "г.xlsx")
    assert [(item.name, item.refused) for item in scan([folder])] == [
        ("а.xlsx", ""),
        ("б.xlsx", OUTSIDE),
        ("в.xlsx", NOWHERE),
        ("г.xlsx", NOWHERE),
    ]


def test_a_link_to_a_folder_is_listed_and_not_followed(tmp_path: Path) -> None:
    touch(tmp_path, "входящие/а.xlsx", "чужое/б.xlsx")
    (tmp_path / "входящие/ссылка").symlink_to(tmp_path / "чужое")
    assert named([tmp_path / "входящие"]) == [("а.xlsx", ""), ("ссылка", NO_BOOK)]


def test_a_pipe_that_is_named_like_a_workbook_is_looked_at_and_so_refused_by_name(tmp_path: Path) -> None:
    touch(tmp_path, "а.xlsx")
    os.mkfifo(tmp_path / "б.xlsx")
    assert named([tmp_path]) == [("а.xlsx", ""), ("б.xlsx", "")]


def test_a_folder_named_like_a_workbook_is_told_and_looked_into(tmp_path: Path) -> None:
    folder = tmp_path / "Перечень_ИТ.xlsx"
    folder.mkdir()
    (folder / "внутри.xlsx").write_bytes(b"PK")
    found = {item.name: item.refused for item in scan([tmp_path])}
    assert found["Перечень_ИТ.xlsx"].startswith("это папка под именем книги")
    assert found["Перечень_ИТ.xlsx/внутри.xlsx"] == ""
