"""Outputs appear whole or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from workbook_tools.errors import OutputError
from workbook_tools.outputs import Outputs


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
    target = tmp_path / "выпуск" / "run.json"
    with pytest.raises(OutputError) as refused:
        Outputs(tmp_path / "выпуск").stage("run.json")
    assert str(refused.value) == (
        f"{target}: файл не записан. Закройте его в других программах, проверьте права на папку и место на диске."
    )
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
