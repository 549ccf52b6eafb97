"""Only regular files are opened; whatever else stands at a path is named for what it is, and nothing waits."""

from __future__ import annotations

import os
import socket
from typing import TYPE_CHECKING

import pytest

from workbook_tools import limits
from workbook_tools.errors import InputError
from workbook_tools.reading.files import read_content, real_path

if TYPE_CHECKING:
    from pathlib import Path

DEVICE = "это не обычный файл, а устройство или канал. Положите на его место сам файл"
NOWHERE = "это ссылка, которая никуда не ведёт. Положите на её место сам файл"


def refusal(path: Path) -> str:
    with pytest.raises(InputError) as refused:
        read_content(path)
    return str(refused.value)


def test_a_file_and_a_link_to_it_are_its_content(tmp_path: Path) -> None:
    (tmp_path / "а.xlsx").write_bytes(b"PK")
    (tmp_path / "ссылка.xlsx").symlink_to(tmp_path / "а.xlsx")
    assert read_content(tmp_path / "а.xlsx") == read_content(tmp_path / "ссылка.xlsx") == b"PK"
    assert real_path(tmp_path / "ссылка.xlsx") == (tmp_path / "а.xlsx").resolve()


def test_a_pipe_is_refused_and_nobody_waits_for_its_other_end(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "а.xlsx")
    assert refusal(tmp_path / "а.xlsx") == DEVICE


def test_a_socket_and_a_device_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)  # the name of a socket may not be long
    with socket.socket(socket.AF_UNIX) as own:
        own.bind("а.xlsx")
        assert refusal(tmp_path / "а.xlsx") == DEVICE
    (tmp_path / "ноль.xlsx").symlink_to("/dev/zero")
    assert refusal(tmp_path / "ноль.xlsx") == DEVICE


def test_a_folder_is_refused(tmp_path: Path) -> None:
    assert refusal(tmp_path) == "это папка, а не файл. Укажите файл"


@pytest.mark.parametrize("target", ["нет.xlsx", "а.xlsx"])
def test_a_link_to_nothing_and_one_in_a_circle_are_refused(target: str, tmp_path: Path) -> None:
    (tmp_path / "а.xlsx").symlink_to(tmp_path / target)
    assert refusal(tmp_path / "а.xlsx") == NOWHERE


def test_a_file_that_is_gone_is_no_content(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        read_content(tmp_path / "нет.xlsx")


def test_a_file_over_the_limit_is_refused_unread(tmp_path: Path) -> None:
    with (tmp_path / "а.xlsx").open("wb") as stream:
        stream.truncate(limits.FILE_BYTES + 1)
    assert refusal(tmp_path / "а.xlsx") == "файл больше 64 МиБ. Удалите из него лишнее и пришлите ещё раз"
