"""Scripts by which a shell completes commands and parameters with Tab, made from the commands themselves.

They stand by themselves: completing starts no program, so it is quick on any computer.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from workbook_tools.errors import InputError

if TYPE_CHECKING:
    import typer

_HELP = "Показать эту справку и выйти"


class Option(NamedTuple):
    """A parameter of a command: its name with the dashes, what it is for, whether a value follows, and which if few."""

    name: str
    text: str
    takes_value: bool = False
    values: tuple[str, ...] = ()


class Command(NamedTuple):
    """A command: its name, what it does, its parameters, and its arguments if they are of a few words."""

    name: str
    text: str
    options: tuple[Option, ...]
    values: tuple[str, ...] = ()


def commands_of(app: typer.Typer) -> tuple[Command, ...]:
    """Return the commands of the program, as its help names them."""
    from typer.main import get_command

    group: Any = get_command(app)
    return tuple(_command(name, command) for name, command in group.commands.items() if not command.hidden)


def completion_script(shell: str, commands: Iterable[Command]) -> str:
    """Return the script that teaches a shell the commands.

    Raises
    ------
    InputError
        There is none for this shell.
    """
    if shell not in SHELLS:
        raise InputError(f"оболочка «{shell}» неизвестна. Укажите одну из них: {', '.join(SHELLS)}.")
    return SHELLS[shell](tuple(commands))


def _command(name: str, command: Any) -> Command:
    options = [param for param in command.params if param.param_type_name == "option" and not param.hidden]
    arguments = [param for param in command.params if param.param_type_name != "option"]
    words = tuple(value for param in arguments for value in _values(param.metavar))
    return Command(name, _short(command.help or ""), (*map(_option, options), Option("--help", _HELP)), words)


def _option(param: Any) -> Option:
    return Option(param.opts[0], _short(param.help or ""), not param.is_flag, _values(param.metavar))


def _values(metavar: str | None) -> tuple[str, ...]:
    """Return the words to choose from where the help names them: «annex|edits»."""
    return tuple((metavar or "").split("|")) if "|" in (metavar or "") else ()


def _short(text: str) -> str:
    """Return the first part of a sentence: there is one line for it."""
    return re.split(r"[.;](?:\s|$)", text, maxsplit=1)[0]


def _bash(commands: tuple[Command, ...]) -> str:
    options = {option for item in commands for option in item.options}
    chosen = {option.name: f"words='{' '.join(option.values)}'" for option in options if option.values}
    free = "|".join(sorted({option.name for option in options if option.takes_value} - set(chosen)))
    after = "\n".join(f"    {name}) {words} ;;" for name, words in sorted(chosen.items()))
    cases = "\n".join(f"    {item.name}) {_bash_words(item)} ;;" for item in commands)
    return f"""_perechen() {{
  local word="${{COMP_WORDS[COMP_CWORD]}}" before="${{COMP_WORDS[COMP_CWORD-1]}}" words='' options='' found
  if [ "$COMP_CWORD" -eq 1 ]; then words='{" ".join(item.name for item in commands)}' options='--help'
  else case "$before" in
{after}
    {free}) ;;
    *) case "${{COMP_WORDS[1]}}" in
{cases}
    esac ;;
  esac; fi
  if [[ $word == -* ]]; then words=$options; fi
  COMPREPLY=()
  while IFS= read -r found; do
    if [ -n "$found" ]; then COMPREPLY+=("$found"); fi
  done < <(compgen -W "$words" -- "$word")
}}
complete -o bashdefault -o default -F _perechen perechen
"""


def _bash_words(command: Command) -> str:
    return f"words='{' '.join(command.values)}' options='{' '.join(option.name for option in command.options)}'"


def _zsh(commands: tuple[Command, ...]) -> str:
    names = "\n".join(f"    {_quoted(f'{item.name}:{item.text}')}" for item in commands)
    cases = "\n".join(f"    {item.name}) _arguments {' '.join(_zsh_specs(item))} ;;" for item in commands)
    return f"""#compdef perechen
_perechen() {{
  local -a commands
  commands=(
{names}
  )
  if (( CURRENT == 2 )); then _describe 'команда' commands; return; fi
  local chosen=$words[2]
  shift words
  (( CURRENT-- ))
  case $chosen in
{cases}
  esac
}}
compdef _perechen perechen
"""


def _zsh_specs(command: Command) -> list[str]:
    specs = [f"*{option.name}[{_plain(option.text)}]{_zsh_value(option)}" for option in command.options]
    rest = f"*: :({' '.join(command.values)})" if command.values else "*: :_files"
    return [_quoted(spec) for spec in (*specs, rest)]


def _zsh_value(option: Option) -> str:
    if option.values:
        return f": :({' '.join(option.values)})"
    return ": :_files" if option.takes_value else ""


def _fish(commands: tuple[Command, ...]) -> str:
    return "".join(f"{line}\n" for item in commands for line in _fish_lines(item))


def _fish_lines(command: Command) -> Iterator[str]:
    every, text = "complete -c perechen -n", _fish_quoted(command.text)
    yield f"{every} __fish_use_subcommand -f -a {command.name} -d {text}"
    here = f"{every} '__fish_seen_subcommand_from {command.name}'"
    if command.values:
        yield f"{here} -f -a {_fish_quoted(' '.join(command.values))}"
    for option in command.options:
        yield f"{here} -l {option.name.removeprefix('--')}{_fish_value(option)} -d {_fish_quoted(option.text)}"


def _fish_value(option: Option) -> str:
    if option.values:
        return f" -x -a {_fish_quoted(' '.join(option.values))}"
    return " -r" if option.takes_value else ""


def _powershell(commands: tuple[Command, ...]) -> str:
    # Letters as their codes: what a program writes, the shell may read in another code page than it was written in.
    known = {item.name: {"text": item.text, "words": _powershell_words(item)} for item in commands}
    return f"""$perechen = {_powershell_quoted(json.dumps(known))} | ConvertFrom-Json
Register-ArgumentCompleter -Native -CommandName perechen -ScriptBlock {{
  param($word, $line, $position)
  $given = @($line.CommandElements | ForEach-Object {{ $_.ToString() }})
  $offered = @{{}}
  if ($given.Count -lt 2 -or ($given.Count -eq 2 -and $word)) {{
    $perechen.PSObject.Properties | ForEach-Object {{ $offered[$_.Name] = $_.Value.text }}
  }} elseif ($perechen.($given[1])) {{
    $perechen.($given[1]).words.PSObject.Properties | ForEach-Object {{ $offered[$_.Name] = $_.Value }}
  }}
  $offered.Keys | Where-Object {{ $_ -like "$word*" }} | Sort-Object | ForEach-Object {{
    $text = if ($offered[$_]) {{ $offered[$_] }} else {{ $_ }}
    [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $text)
  }}
}}
"""


def _powershell_words(command: Command) -> dict[str, str]:
    return dict.fromkeys(command.values, "") | {option.name: option.text for option in command.options}


def _quoted(text: str) -> str:
    return "'{}'".format(text.replace("'", "'\\''"))


def _fish_quoted(text: str) -> str:
    return "'{}'".format(text.replace("\\", "\\\\").replace("'", "\\'"))


def _powershell_quoted(text: str) -> str:
    return "'{}'".format(text.replace("'", "''"))


def _plain(text: str) -> str:
    """Return a text without what ends a description of zsh."""
    return re.sub(r"[\[\]\\:]", " ", text)


SHELLS: dict[str, Callable[[tuple[Command, ...]], str]] = {
    "bash": _bash,
    "zsh": _zsh,
    "fish": _fish,
    "powershell": _powershell,
}
