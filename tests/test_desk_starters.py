"""A double click starts the program in the folder where the file lies, says if it is missing, and waits at the end."""

from __future__ import annotations

import re
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from workbook_tools.desk.starters import LINUX, WINDOWS, starters, write_starters
from workbook_tools.errors import OutputError

on_linux = pytest.mark.skipif(sys.platform == "win32", reason="a desktop entry is for Linux")
PROGRAM = '#!/bin/sh\necho "запущено в $PWD"\n'


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    folder = tmp_path / 'Дело 2026 "$HOME" `100 %`'
    folder.mkdir()
    write_starters(folder)
    return folder


def arguments(entry: Path, named: list[str]) -> list[str]:
    """Return what a desktop runs for an entry, by the rules of the Desktop Entry Specification."""
    (line,) = re.findall(r"^Exec=(.*)$", entry.read_text(encoding="utf-8"), re.MULTILINE)
    value = re.sub(r"\\(.)", r"\1", line)
    words = re.findall(r'"((?:[^"\\]|\\.)*)"|(\S+)', value)
    plain = [re.sub(r"\\(.)", r"\1", quoted) if quoted else bare for quoted, bare in words]
    at = plain.index("%k")
    return [word.replace("%%", "%") for word in [*plain[:at], *named, *plain[at + 1 :]]]


def double_click(entry: Path, home: Path, named: list[str] | None = None) -> str:
    """Return what is shown; a file manager names the file, if it does, by what stands in `named`."""
    order = arguments(entry, [str(entry)] if named is None else named)
    surroundings = {"HOME": str(home), "PATH": "/usr/bin:/bin"}
    done = subprocess.run(order, input=b"\n", capture_output=True, check=False, cwd="/", env=surroundings)
    assert done.stderr == b""
    return done.stdout.decode("utf-8")


def install(place: Path) -> None:
    place.mkdir(parents=True)
    (place / "perechen").write_text(PROGRAM, encoding="utf-8")
    (place / "perechen").chmod(0o755)


@on_linux
@pytest.mark.parametrize("place", [".local/share/perechen/bin", ".local/bin"])
def test_the_program_starts_in_the_folder_of_the_file(desk: Path, tmp_path: Path, place: str) -> None:
    install(tmp_path / "home" / place)
    shown = double_click(desk / LINUX, tmp_path / "home")
    assert shown.splitlines() == [f"запущено в {desk}", "", "Чтобы закрыть окно, нажмите Enter."]


@on_linux
def test_a_folder_that_was_moved_is_still_its_folder(desk: Path, tmp_path: Path) -> None:
    moved = tmp_path / "переехало"
    shutil.move(desk, moved)
    install(tmp_path / "home" / ".local" / "bin")
    assert f"запущено в {moved}" in double_click(moved / LINUX, tmp_path / "home")


@on_linux
@pytest.mark.parametrize("named", [[], [""]])
def test_a_file_manager_that_does_not_name_the_file_starts_it_where_it_was_made(
    desk: Path, tmp_path: Path, named: list[str]
) -> None:
    install(tmp_path / "home" / ".local" / "bin")
    assert f"запущено в {desk}" in double_click(desk / LINUX, tmp_path / "home", named)


@on_linux
def test_where_the_program_is_missing_it_is_said_what_to_do(desk: Path, tmp_path: Path) -> None:
    first, second, *_ = double_click(desk / LINUX, tmp_path).splitlines()
    assert first == "Программа «Перечень» на этом компьютере не установлена. Распакуйте архив с программой,"
    assert second == "запустите из него «install.sh» и откройте этот файл ещё раз."


@pytest.mark.skipif(shutil.which("desktop-file-validate") is None, reason="the validator is not installed")
def test_the_entry_is_valid(desk: Path) -> None:
    done = subprocess.run(["desktop-file-validate", desk / LINUX], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "")


def test_the_commands_for_windows_are_written_as_its_console_reads_them(desk: Path) -> None:
    content = (desk / WINDOWS).read_bytes()
    assert content.count(b"\n") == content.count(b"\r\n") > 10
    lines = content.decode("cp866").splitlines()
    assert lines[:2] == ["@echo off", "chcp 866 >nul"]
    assert 'pushd "%~dp0"' in lines
    assert 'echo запустите из него "установить.cmd" и откройте этот файл ещё раз.' in lines
    assert lines[-1] == "pause >nul"
    goals = {line.removeprefix(":") for line in lines if line.startswith(":")}
    assert {goal for line in lines for goal in re.findall(r"goto (\w+)", line)} == goals - {"start"} | {"start"}


@on_linux
def test_both_files_may_be_executed_and_one_that_is_there_stays(tmp_path: Path) -> None:
    (tmp_path / LINUX).write_bytes(b"old")
    assert [path.name for path in write_starters(tmp_path)] == [WINDOWS]
    assert (tmp_path / WINDOWS).stat().st_mode & stat.S_IXUSR
    assert (tmp_path / WINDOWS).read_bytes() == starters(tmp_path)[WINDOWS]
    assert (tmp_path / LINUX).read_bytes() == b"old"


def test_a_folder_that_takes_nothing_is_told(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match=r"нет[\\/]Перечень\.cmd: файла или папки больше нет\. Проверьте путь"):
        write_starters(tmp_path / "нет")
