"""The program as a group of commands, and what it does where none is named."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any

import typer

from workbook_tools.cli.russian import RussianCommand, RussianGroup

app = typer.Typer(
    name="perechen",
    cls=RussianGroup,
    add_completion=False,
    options_metavar="[ПАРАМЕТРЫ]",
    subcommand_metavar="КОМАНДА …",
    help="Перечень точек взаимодействия с клиентом: шаблоны, проверка файлов, сводная книга, журнал изменений. "
    "Без команды – говорит, на чём остановилось дело, и предлагает следующий шаг.",
)


def command(
    name: str, text: str, cls: type[Any] = RussianCommand
) -> Callable[[Callable[..., int]], Callable[..., int]]:
    """Return the decorator of a command with its Russian help."""
    return app.command(name, cls=cls, help=text, options_metavar="[ПАРАМЕТРЫ]")


def _version(asked: bool) -> None:
    """Write the version, and end: whoever asks for it wants nothing else."""
    if not asked:
        return
    from importlib.metadata import version

    from workbook_tools.cli.streams import write_report

    write_report(f"perechen {version('perechen')}\n")
    raise typer.Exit


@app.callback(invoke_without_command=True)
def without_command(
    ctx: typer.Context,
    yes: Annotated[bool, typer.Option("--yes", help="Без команды: не спрашивать, сделать предложенный шаг.")] = False,
    version: Annotated[
        bool, typer.Option("--version", help="Показать версию программы и выйти.", callback=_version, is_eager=True)
    ] = False,
) -> int:
    """Say where the cycle stands, where no command is named."""
    if ctx.invoked_subcommand is not None:
        return 0
    from workbook_tools.cli.dialog import going_on

    return going_on(ctx.get_help, yes=yes)
