"""The help of a command where a window is too narrow for tables: one thing below the other, no word cut off."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from typer import core

if TYPE_CHECKING:
    from typer import Context

ARGUMENTS, OPTIONS, COMMANDS = "Что указать", "Параметры", "Команды"
DEFAULT, REQUIRED = "[по умолчанию: {}]", "[обязательно]"
LEAST_WIDTH = 66
"""How many signs a window must be wide for the library's tables: in a narrower one they cut words off."""
_LEAST_WRAPPED = 20
_INDENT = "  "


def narrow_help(command: Any, ctx: Context, width: int) -> str:
    """Return all that the help of a command says, wrapped to a window of so many signs, but never within a word."""
    room = max(width, _LEAST_WRAPPED)
    wrapped = (
        textwrap.wrap(
            text,
            room,
            initial_indent=indent,
            subsequent_indent=indent,
            break_long_words=False,
            break_on_hyphens=False,
        )
        or [""]
        for indent, text in _lines(command, ctx)
    )
    return "".join(f"{line}\n" for lines in wrapped for line in lines)


def _lines(command: Any, ctx: Context) -> Iterator[tuple[str, str]]:
    """Yield each line with its indent."""
    yield "", f"Вызов: {' '.join((ctx.command_path, *command.collect_usage_pieces(ctx)))}"
    yield "", ""
    yield "", command.help
    for heading, entries in (*_parameters(command, ctx), (COMMANDS, _commands(command, ctx))):
        if entries:
            yield "", ""
            yield "", f"{heading}:"
        for name, text in entries:
            yield _INDENT, name
            yield 2 * _INDENT, text


def _parameters(command: Any, ctx: Context) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """Yield the arguments and the options under their headings, each with its name and what is said of it."""
    shown = [param for param in command.get_params(ctx) if not getattr(param, "hidden", False)]
    arguments = [param for param in shown if isinstance(param, core.TyperArgument)]
    options = [param for param in shown if not isinstance(param, core.TyperArgument)]
    yield ARGUMENTS, [(str(param.metavar), _said(param)) for param in arguments]
    yield OPTIONS, [(" ".join(filter(None, (*param.opts, param.metavar))), _said(param)) for param in options]


def _said(param: Any) -> str:
    default = None if getattr(param, "is_flag", False) else param.default
    given = "" if default in {None, ""} else DEFAULT.format(default)
    return " ".join(filter(None, (param.help, given, REQUIRED if param.required else "")))


def _commands(command: Any, ctx: Context) -> list[tuple[str, str]]:
    names = command.list_commands(ctx) if isinstance(command, core.TyperGroup) else []
    return [(name, command.get_command(ctx, name).help) for name in names]
