"""The command line's own words in Russian: help headings and wrong calls."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from functools import partial
from typing import TYPE_CHECKING, Any

import typer
from typer import core

from workbook_tools.cli.narrow import ARGUMENTS, COMMANDS, DEFAULT, LEAST_WIDTH, OPTIONS, REQUIRED, narrow_help
from workbook_tools.cli.streams import write
from workbook_tools.errors import InputError

if TYPE_CHECKING:
    from typer import Context

_PANELS = {
    "ARGUMENTS_PANEL_TITLE": ARGUMENTS,
    "OPTIONS_PANEL_TITLE": OPTIONS,
    "COMMANDS_PANEL_TITLE": COMMANDS,
    "DEFAULT_STRING": DEFAULT,
    "REQUIRED_LONG_STRING": REQUIRED,
}
_CYCLE = ("init", "import", "templates", "status", "check", "merge", "diff", "publish", "demo", "completion")
_SEE_HELP = "Справка: perechen --help."
# The library fills its tables with blanks to the width that it is told, however large that is.
_WIDEST = 400


def _speak_russian(width: int) -> None:
    """Put the headings of the library's help into Russian, and fit it to a window: settings of its help writer."""
    # It takes as long to load as all else that a command needs to start.
    from typer import rich_utils

    for name, text in _PANELS.items():
        setattr(rich_utils, name, text)
    if width > _WIDEST:
        rich_utils.MAX_WIDTH = _WIDEST


class _Russian:
    """What a command's help says in Russian whatever the library's own language."""

    def format_help(self: Any, ctx: Context, formatter: Any) -> None:
        """Write the help: as tables, or where the window is too narrow for them, as plain lines."""
        from rich.console import Console

        width = Console().width
        if width < LEAST_WIDTH:
            # The tables are printed at once too: whoever asks for the help looks for no text.
            write(sys.stdout, narrow_help(self, ctx, width))
            return
        _speak_russian(width)
        super().format_help(ctx, formatter)  # type: ignore[misc] # a mixin: the next class in line has it

    def format_usage(self: Any, ctx: Context, formatter: Any) -> None:
        """Write the usage line."""
        pieces = self.collect_usage_pieces(ctx)
        formatter.write_usage(ctx.command_path, " ".join(pieces), prefix="Вызов: ")

    def get_params(self: Any, ctx: Context) -> Any:
        """Return the parameters, each showing its Russian name where the library shows the type in code."""
        params = super().get_params(ctx)  # type: ignore[misc] # a mixin: the next class in line has it
        for param in params:
            param.display_type_rich = partial(_shown_type, param)
        return params

    def get_help_option(self: Any, ctx: Context) -> Any:
        """Return the option that shows the help."""
        option = super().get_help_option(ctx)  # type: ignore[misc] # a mixin: the next class in line has it
        if option is not None:
            option.help = "Показать эту справку и выйти."
        return option


def _shown_type(param: Any, ctx: Context) -> str | None:
    return None if isinstance(param, core.TyperArgument) else param.metavar


class RussianCommand(_Russian, core.TyperCommand):  # type: ignore[misc] # the library's parameter types are private
    """A command whose help is Russian, and which takes nothing for no value."""

    def parse_args(self: Any, ctx: Any, args: list[str]) -> Any:
        """Read the arguments.

        Raises
        ------
        InputError
            One of them is empty: what was meant by it nobody can tell.
        """
        for name in _empty(args):
            where = f"{name}: значение пустое" if name else "один из путей пустой"
            raise InputError(f"{where}. Укажите его или уберите из команды. {_SEE_HELP}")
        return super().parse_args(ctx, args)


def _empty(args: Sequence[str]) -> Iterator[str]:
    """Yield the option of each empty value, "" for an argument without one."""
    for before, given in zip(["", *args], args, strict=False):
        option, is_joined, value = given.partition("=")
        if given.startswith("--") and is_joined and not value.strip():
            yield option
        elif not given.strip():
            yield before if before.startswith("--") else ""


class RussianGroup(_Russian, core.TyperGroup):  # type: ignore[misc] # as above
    """The group of commands whose help is Russian, and shows them in the order of the cycle."""

    def list_commands(self: Any, ctx: Any) -> list[str]:
        """Return the commands' names as the officer comes to need them."""
        return sorted(super().list_commands(ctx), key=_CYCLE.index)

    def resolve_command(self: Any, ctx: Any, args: list[str]) -> Any:
        """Return the command that a call begins with.

        Raises
        ------
        InputError
            There is none of this name; a name like it is proposed.
        """
        name = args[0]
        if self.get_command(ctx, name) is None and not name.startswith("-"):
            like = get_close_matches(name.casefold(), _CYCLE, n=1)
            meant = f" Возможно, имелось в виду: perechen {like[0]}." if like else ""
            raise InputError(f"команды «{name}» нет.{meant} {_SEE_HELP}")
        return super().resolve_command(ctx, args)


def call_fault(error: typer.TyperException) -> str:
    """Return what is wrong with a call, and what to do, in Russian."""
    name = type(error).__name__
    if name == "NoSuchOption":
        return f"параметра {getattr(error, 'option_name', '')} нет. {_SEE_HELP}"
    if name == "MissingParameter":
        return f"не указано: {_parameter(error)}. {_SEE_HELP}"
    if name == "BadParameter":
        return f"значение не подходит: {_parameter(error)}. {_SEE_HELP}"
    if name == "BadOptionUsage":
        return f"параметру {getattr(error, 'option_name', '')} нужно значение. {_SEE_HELP}"
    return f"команда записана с ошибкой. {_SEE_HELP}"


def _parameter(error: typer.TyperException) -> str:
    parameter = getattr(error, "param", None)
    if parameter is None:
        return "параметр"
    options = [name for name in parameter.opts if name.startswith("-")]
    return str(options[0] if options else parameter.metavar)
