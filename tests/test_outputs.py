"""Outputs appear whole or not at all."""

from __future__ import annotations

import hashlib
import json
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from workbook_tools.errors import OutputError
from workbook_tools.outputs import Outputs, recover
from workbook_tools.placing.journal import JOURNAL
from workbook_tools.placing.lock import LOCK


def files_under(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_everything_staged_is_in_place_after_the_block(tmp_path: Path) -> None:
    with Outputs(tmp_path / "выпуск") as outputs:
        outputs.stage("Перечень.xlsx").write_bytes(b"book")
        outputs.stage("замечания/ИТ.xlsx").write_bytes(b"copy")
        assert outputs.names == ["Перечень.xlsx", "замечания/ИТ.xlsx"]
    assert files_under(tmp_path / "выпуск") == {"Перечень.xlsx": b"book", "замечания/ИТ.xlsx": b"copy"}


def test_nothing_stands_at_the_target_before_the_block_ends(tmp_path: Path) -> None:
    with Outputs(tmp_path) as outputs:
        temporary = outputs.stage("Перечень.xlsx")
        temporary.write_bytes(b"half")
        assert temporary.parent == tmp_path
        assert not (tmp_path / "Перечень.xlsx").exists()


def test_an_existing_file_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "run.json").write_bytes(b"old and longer")
    with Outputs(tmp_path) as outputs:
        outputs.stage("run.json").write_bytes(b"new")
    assert files_under(tmp_path) == {"run.json": b"new"}


def write(folder: Path, *names: str, fault: BaseException | None = None) -> None:
    """Write outputs all of which hold «new»; then fail, where a fault is given."""
    with Outputs(folder) as outputs:
        for name in names:
            outputs.stage(name).write_bytes(b"new")
        if fault:
            raise fault


@pytest.mark.parametrize("fault", [ValueError("сбой"), KeyboardInterrupt(), SystemExit(3)])
def test_an_exception_leaves_the_old_bytes_and_no_leftovers(tmp_path: Path, fault: BaseException) -> None:
    (tmp_path / "run.json").write_bytes(b"old")
    with pytest.raises(type(fault)):
        write(tmp_path, "run.json", "Перечень.xlsx", fault=fault)
    assert files_under(tmp_path) == {"run.json": b"old"}


def test_a_refused_output_takes_the_others_with_it(tmp_path: Path) -> None:
    (tmp_path / "~$Перечень.xlsx").touch()
    with pytest.raises(OutputError, match="файл открыт в другой программе"):
        write(tmp_path, "run.json", "Перечень.xlsx")
    assert files_under(tmp_path) == {"~$Перечень.xlsx": b""}


def test_a_leftover_of_a_killed_run_is_overwritten_and_removed(tmp_path: Path) -> None:
    left = Outputs(tmp_path).stage("run.json")
    left.write_bytes(b"from a run that was killed")
    with Outputs(tmp_path) as outputs:
        assert outputs.stage("run.json") == left
        left.write_bytes(b"new")
    assert files_under(tmp_path) == {"run.json": b"new"}


def test_an_input_is_never_replaced(tmp_path: Path) -> None:
    source = tmp_path / "Перечень.xlsx"
    source.write_bytes(b"edition")
    around = tmp_path / "сюда" / ".." / "Перечень.xlsx"
    message = f"{source}: это входной файл, он не может быть заменён. Укажите другую папку для итогов."
    with pytest.raises(OutputError) as refused, Outputs(tmp_path, [around]) as outputs:
        outputs.stage("Перечень.xlsx")
    assert str(refused.value) == message
    assert refused.value.exit_code == 2
    assert files_under(tmp_path) == {"Перечень.xlsx": b"edition"}


def test_an_input_reached_through_a_link_is_never_replaced(tmp_path: Path) -> None:
    source = tmp_path / "Перечень.xlsx"
    source.write_bytes(b"edition")
    (tmp_path / "ссылка").symlink_to(tmp_path, target_is_directory=True)
    with pytest.raises(OutputError, match="это входной файл"), Outputs(tmp_path / "ссылка", [source]) as outputs:
        outputs.stage("Перечень.xlsx")
    assert source.read_bytes() == b"edition"


def test_a_file_open_in_a_spreadsheet_program_is_refused(tmp_path: Path) -> None:
    target = tmp_path / "Перечень.xlsx"
    (tmp_path / "~$Перечень.xlsx").touch()
    with pytest.raises(OutputError) as refused:
        Outputs(tmp_path).stage("Перечень.xlsx")
    assert str(refused.value) == f"{target}: файл открыт в другой программе. Закройте его и запустите ещё раз."


def test_a_folder_at_the_target_is_refused(tmp_path: Path) -> None:
    target = tmp_path / "run.json"
    target.mkdir()
    with pytest.raises(OutputError) as refused:
        Outputs(tmp_path).stage("run.json")
    assert str(refused.value) == (
        f"{target}: на месте файла стоит папка. Переименуйте её или укажите другую папку для итогов."
    )


def test_a_file_where_the_folder_should_be_is_refused(tmp_path: Path) -> None:
    (tmp_path / "выпуск").write_bytes(b"a file")
    place = tmp_path / "выпуск"
    for folder in (place, place / "ещё"):
        with pytest.raises(OutputError) as refused:
            Outputs(folder).stage("run.json")
        assert str(refused.value) == f"{place}: это файл, а не папка: в нём ничего не создать. Укажите другую папку."
    assert files_under(tmp_path) == {"выпуск": b"a file"}


def test_a_target_lost_before_the_end_leaves_every_other_target_as_it_was(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_bytes(b"old")
    outputs = Outputs(tmp_path)
    for name in ("a.json", "b.json"):
        outputs.stage(name).write_bytes(b"new")
    (tmp_path / "b.json").mkdir()
    with pytest.raises(OutputError, match=r"b\.json: файл не записан"):
        outputs.__exit__(None, None, None)
    assert files_under(tmp_path) == {"a.json": b"old"}


def test_a_temporary_lost_before_the_end_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match=r"run\.json: файл не записан"), Outputs(tmp_path) as outputs:
        outputs.stage("run.json").unlink()
    assert files_under(tmp_path) == {}


def test_no_folder_is_made_before_something_is_staged(tmp_path: Path) -> None:
    with Outputs(tmp_path / "выпуск") as outputs:
        assert outputs.names == []
    assert not (tmp_path / "выпуск").exists()


def test_text_is_written_as_it_is(tmp_path: Path) -> None:
    with Outputs(tmp_path) as outputs:
        outputs.stage_text("run.json", ["а\nб\n"])
    assert files_under(tmp_path) == {"run.json": "а\nб\n".encode()}


def test_an_input_that_changed_meanwhile_stops_everything(tmp_path: Path) -> None:
    source = tmp_path / "КАДР.xlsx"
    source.write_bytes(b"as read")
    seen = {source: hashlib.sha256(b"as read").hexdigest(), tmp_path / "ИТ.xlsx": ""}
    with Outputs(tmp_path / "выпуск", seen, seen) as outputs:
        outputs.stage_text("run.json", ["first"])
    source.write_bytes(b"saved again")
    with pytest.raises(OutputError) as refused, Outputs(tmp_path / "выпуск", seen, seen) as outputs:
        outputs.stage_text("run.json", ["second"])
    assert str(refused.value) == (
        f"{source}: входной файл изменился, пока программа работала. Итоги не записаны. Запустите ещё раз."
    )
    source.unlink()
    with (
        pytest.raises(OutputError, match="входной файл изменился"),
        Outputs(tmp_path / "выпуск", seen, seen) as outputs,
    ):
        outputs.stage_text("run.json", ["third"])
    assert files_under(tmp_path / "выпуск") == {"run.json": b"first"}


OTHER_RUN = "{}: в эту папку сейчас пишет другой запуск программы (компьютер {}, процесс {}). "


def test_a_living_run_keeps_its_folder(tmp_path: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as living:
        (tmp_path / LOCK).write_text(f"{living.pid} {socket.gethostname()}\n", encoding="utf-8")
        for act in (lambda: Outputs(tmp_path).stage("run.json"), lambda: recover(tmp_path)):
            with pytest.raises(OutputError) as refused:
                act()
            assert str(refused.value) == (
                OTHER_RUN.format(tmp_path, socket.gethostname(), living.pid)
                + f"Дождитесь его окончания; если его уже нет, удалите файл {LOCK} и запустите ещё раз."
            )
        living.communicate(b"\n")
    write(tmp_path, "run.json")
    assert files_under(tmp_path) == {"run.json": b"new"}


def test_of_a_run_on_another_machine_nobody_can_tell_whether_it_lives(tmp_path: Path) -> None:
    (tmp_path / LOCK).write_text("999999999 другой-компьютер\n", encoding="utf-8")
    with pytest.raises(OutputError, match="компьютер другой-компьютер, процесс 999999999"):
        write(tmp_path, "run.json")
    assert set(files_under(tmp_path)) == {LOCK}


@pytest.mark.parametrize("left", ["", "999", f"999999999 {socket.gethostname()}\n"])
def test_the_lock_of_a_run_that_is_no_more_is_taken_over(tmp_path: Path, left: str) -> None:
    (tmp_path / LOCK).write_text(left, encoding="utf-8")
    write(tmp_path, "run.json")
    assert files_under(tmp_path) == {"run.json": b"new"}


def killed(folder: Path, *, replaced: int, changed: bool = False) -> None:
    """Leave a folder as a run does that is killed after some of its three replacements."""
    entries = []
    for number, (name, old) in enumerate({"a": b"old a", "b": b"old b", "в/c": None}.items()):
        target = folder / name
        target.parent.mkdir(exist_ok=True)
        new = f"new {name}".encode()
        entries.append([name, hashlib.sha256(new).hexdigest(), old is not None])
        if old is not None:
            target.with_name(f".{target.name}.perechen-old").write_bytes(old)
        temporary = target.with_name(f".{target.name}.perechen-tmp")
        if number < replaced:
            target.write_bytes(b"edited since" if changed else new)
        elif old is not None:
            target.write_bytes(old)
            temporary.write_bytes(new)
        else:
            temporary.write_bytes(new)
    (folder / JOURNAL).write_text(json.dumps(entries), encoding="utf-8")


OLD = {"a": b"old a", "b": b"old b"}
ALL_NEW = {"a": b"new a", "b": b"new b", "в/c": "new в/c".encode()}


@pytest.mark.parametrize(("replaced", "expected"), [(0, OLD), (1, OLD), (2, OLD), (3, ALL_NEW)])
def test_what_a_killed_run_did_by_halves_is_undone(tmp_path: Path, replaced: int, expected: dict[str, bytes]) -> None:
    killed(tmp_path, replaced=replaced)
    recover(tmp_path)
    assert files_under(tmp_path) == expected
    recover(tmp_path)
    assert files_under(tmp_path) == expected


def test_a_file_that_somebody_has_edited_since_is_left_alone(tmp_path: Path) -> None:
    killed(tmp_path, replaced=1, changed=True)
    recover(tmp_path)
    assert files_under(tmp_path) == {"a": b"edited since", "b": b"old b"}


def test_a_journal_leads_nowhere_outside_its_folder(tmp_path: Path) -> None:
    outside = tmp_path / "чужое"
    outside.write_bytes(b"foreign")
    folder = tmp_path / "выпуск"
    folder.mkdir()
    checksum = hashlib.sha256(b"foreign").hexdigest()
    entries = [["../чужое", checksum, False], [str(outside), checksum, False]]
    (folder / JOURNAL).write_text(json.dumps(entries), encoding="utf-8")
    recover(folder)
    assert outside.read_bytes() == b"foreign"
    assert files_under(folder) == {}


@pytest.mark.parametrize("text", ["{", '["a"]', "[1]"])
def test_a_journal_that_cannot_be_read_is_shown_to_a_person(tmp_path: Path, text: str) -> None:
    (tmp_path / JOURNAL).write_text(text, encoding="utf-8")
    with pytest.raises(OutputError) as refused:
        recover(tmp_path)
    assert str(refused.value) == (
        f"{tmp_path / JOURNAL}: журнал прерванного запуска повреждён. Проверьте итоги в этой папке, удалите журнал и "
        "запустите ещё раз."
    )
    assert set(files_under(tmp_path)) == {JOURNAL}


def test_an_input_that_leads_to_itself_stops_no_output(tmp_path: Path) -> None:
    loop = tmp_path / "круг.xlsx"
    try:
        loop.symlink_to(loop)
    except OSError:
        pytest.skip("this system makes no links")
    with Outputs(tmp_path / "выпуск", [loop]) as outputs:
        outputs.stage_text("отчёт.json", ["{}"])
    assert (tmp_path / "выпуск" / "отчёт.json").read_text() == "{}"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes with names")
def test_what_is_no_file_is_never_replaced(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "отчёт.json")
    with pytest.raises(OutputError, match="это устройство, а не файл"), Outputs(tmp_path) as outputs:
        outputs.stage_text("отчёт.json", ["{}"])
    assert (tmp_path / "отчёт.json").is_fifo()


@pytest.mark.parametrize(
    "damage", ['[[1, "x", true]]', '[["a", 1, true]]', '[["a", "b", "c"]]', '[["a"]]', "1", "[" * 100_000]
)
def test_a_damaged_journal_of_any_kind_is_told(tmp_path: Path, damage: str) -> None:
    (tmp_path / JOURNAL).write_text(damage, encoding="utf-8")
    with pytest.raises(OutputError, match="журнал прерванного запуска повреждён"):
        recover(tmp_path)


def test_folders_made_for_a_run_that_fails_are_gone(tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt):
        write(tmp_path / "новая" / "выпуск", "замечания/ИТ.xlsx", fault=KeyboardInterrupt())
    assert list(tmp_path.iterdir()) == []
    (tmp_path / "замечания").mkdir()
    with pytest.raises(KeyboardInterrupt):
        write(tmp_path, "замечания/ИТ.xlsx", fault=KeyboardInterrupt())
    assert [path.name for path in tmp_path.iterdir()] == ["замечания"]


NAMING = """
from pathlib import Path
from workbook_tools.errors import OutputError
from workbook_tools.outputs import Outputs
try:
    Outputs(Path("out")).stage("\\u041f.xlsx")
except OutputError as error:
    print(ascii(str(error)))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="names are Unicode whatever the environment")
def test_a_name_that_the_environment_has_no_letters_for_is_refused(tmp_path: Path) -> None:
    plain = {"LC_ALL": "POSIX", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(Path(__file__).parent.parent)} | plain
    ran = subprocess.run(
        [sys.executable, "-c", NAMING], cwd=tmp_path, env=environment, capture_output=True, text=True, check=True
    )
    said = ran.stdout.encode("ascii").decode("unicode_escape")
    assert "такое имя файла не записать: программа запущена с кодировкой «ascii»" in said
    assert "PYTHONUTF8=1" in said
    assert list(tmp_path.iterdir()) == []
