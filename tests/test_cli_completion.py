"""Tab completes commands, parameters and values in the shells themselves, with Russian words where they are shown."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from typer.main import get_command

from tests.language import foreign_words
from workbook_tools.cli import main
from workbook_tools.cli.app import app
from workbook_tools.cli.completion import SHELLS, Command, Option, commands_of, completion_script
from workbook_tools.errors import InputError

COMMANDS = commands_of(app)
NAMES = {command.name for command in COMMANDS}


def needs(shell: str) -> pytest.MarkDecorator:
    return pytest.mark.skipif(shutil.which(shell) is None, reason=f"{shell} is not installed")


def completed(folder: Path, line: str) -> set[str]:
    """Return what bash offers at the end of a line."""
    words = re.split(r"\s+", line)
    script = completion_script("bash", COMMANDS)
    ask = f"{script}\nCOMP_WORDS=({' '.join(repr(word) for word in words)}) COMP_CWORD={len(words) - 1}\n_perechen\n"
    done = subprocess.run(
        ["bash", "-uc", f'{ask}printf "%s\\n" ${{COMPREPLY[@]+"${{COMPREPLY[@]}}"}}'],
        capture_output=True,
        text=True,
        check=True,
        cwd=folder,
    )
    assert done.stderr == ""
    return set(done.stdout.split())


def test_every_command_and_parameter_of_the_program_is_known() -> None:
    group = get_command(app)
    assert {command.name: {option.name for option in command.options} - {"--help"} for command in COMMANDS} == {
        name: {param.opts[0] for param in command.params if param.param_type_name == "option"}
        for name, command in group.commands.items()  # type: ignore[attr-defined] # the program is a group of commands
    }


def test_what_is_said_of_them_is_russian_and_short() -> None:
    texts = [text for command in COMMANDS for text in (command.text, *(option.text for option in command.options))]
    assert [text for text in texts if not 0 < len(text) < 120] == []
    assert [text for text in texts if foreign_words(text, "Tab", "annex", "edits")] == []


@needs("bash")
def test_bash_completes_commands_parameters_and_values(tmp_path: Path) -> None:
    assert completed(tmp_path, "perechen ") == NAMES
    assert completed(tmp_path, "perechen m") == {"merge"}
    assert completed(tmp_path, "perechen merge --ed") == {"--edition"}
    assert completed(tmp_path, "perechen merge вход --order-form ") == {"annex", "edits"}
    assert completed(tmp_path, "perechen completion z") == {"zsh"}


@needs("bash")
def test_bash_leaves_files_to_itself(tmp_path: Path) -> None:
    for line in ("perechen check ", "perechen check вход", "perechen merge --out ", "perechen нет --"):
        assert completed(tmp_path, line) == set()
    assert "-o default" in completion_script("bash", COMMANDS)


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_script_of_a_shell_is_sound(shell: str, tmp_path: Path) -> None:
    if shutil.which(shell) is None:
        pytest.skip(f"{shell} is not installed")
    script = tmp_path / "script"
    script.write_text(completion_script(shell, COMMANDS), encoding="utf-8")
    done = subprocess.run([shell, "-n", script], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


@needs("fish")
def test_fish_shows_russian_words(tmp_path: Path) -> None:
    script = tmp_path / "perechen.fish"
    script.write_text(completion_script("fish", COMMANDS), encoding="utf-8")
    order = f"source {script}; complete -C 'perechen '; complete -C 'perechen merge --order-form '"
    done = subprocess.run(
        ["fish", "--no-config", "-c", order], capture_output=True, text=True, check=True, env={"HOME": str(tmp_path)}
    )
    offered = dict(line.split("\t") for line in done.stdout.splitlines() if "\t" in line)
    assert set(offered) == {*NAMES, "annex", "edits"}
    assert offered["diff"] == "Сравнить две редакции Перечня"
    assert offered["annex"].startswith("Проект приказа")


def test_the_script_for_zsh_describes_what_it_offers() -> None:
    script = completion_script("zsh", COMMANDS)
    assert script.startswith("#compdef perechen\n")
    assert "'diff:Сравнить две редакции Перечня'" in script
    assert (
        "'*--order-form[Проект приказа  annex – Приложение 1 в новой редакции, edits – правка отдельных слов, если "
        in script
    )
    assert ": :(annex edits)'" in script


def test_the_script_for_powershell_can_be_read_in_any_code_page() -> None:
    script = completion_script("powershell", COMMANDS)
    assert script.isascii()
    (known,) = re.findall(r"^\$perechen = '(.*)' \| ConvertFrom-Json$", script, re.MULTILINE)
    read = json.loads(known.replace("''", "'"))
    assert set(read) == NAMES
    assert read["completion"]["words"].keys() >= {"bash", "zsh", "fish", "powershell", "--help"}
    assert read["merge"]["words"]["--strict"] == "При любой ошибке ничего не записывать"


def test_a_quote_in_a_description_ends_no_script(tmp_path: Path) -> None:
    odd = Command("odd", "не 'так' \\ [и: $HOME] `id`", (Option("--x", "it's [a]: \\ $(id)", takes_value=True),))
    for shell in SHELLS:
        script = tmp_path / shell
        script.write_text(completion_script(shell, [odd]), encoding="utf-8")
        if shutil.which(shell):
            assert subprocess.run([shell, "-n", script], capture_output=True, check=False).returncode == 0


def test_the_command_writes_the_script_and_refuses_a_shell_it_does_not_know(capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["completion", "fish"]) == 0
    assert capfd.readouterr().out == completion_script("fish", COMMANDS)
    assert main(["completion", "tcsh"]) == 2
    told = "ошибка: оболочка «tcsh» неизвестна. Укажите одну из них: bash, zsh, fish, powershell.\n"
    assert capfd.readouterr().err == told
    with pytest.raises(InputError, match="оболочка «» неизвестна"):
        completion_script("", COMMANDS)
