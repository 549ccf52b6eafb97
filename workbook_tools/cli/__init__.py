"""The command line: arguments, progress, exit code; nothing else prints or exits."""

from __future__ import annotations

import sys
import traceback
from collections.abc import Sequence

from workbook_tools.errors import ProfileError, WorkbookToolsError

INTERRUPTED = 130
OUR_FAULT = 3
WRONG_CALL = 2


def main(argv: Sequence[str] | None = None) -> int:
    """Run the program and return its exit code (contract.md, «Exit codes»)."""
    from workbook_tools.cli.console import say_error, use_any_console

    use_any_console()
    arguments = list(sys.argv[1:] if argv is None else argv)
    debug = "--debug" in arguments
    try:
        return _run(arguments)
    except ProfileError as error:
        for fault in error.faults:
            say_error(f"{error.source}: {fault}")
        return error.exit_code
    except WorkbookToolsError as error:
        if debug:
            traceback.print_exc()
        say_error(str(error))
        return error.exit_code
    except KeyboardInterrupt:
        say_error("работа прервана; прежние файлы не изменены")
        return INTERRUPTED
    except Exception as error:  # noqa: BLE001 - whatever it is, people get one line and code 3
        if debug:
            traceback.print_exc()
        say_error(
            f"внутренняя ошибка программы ({type(error).__name__}). Запустите с --debug и сообщите разработчикам."
        )
        return OUR_FAULT


def _run(arguments: list[str]) -> int:
    import typer

    from workbook_tools.cli.app import app
    from workbook_tools.cli.console import say_error
    from workbook_tools.cli.russian import call_fault

    try:
        code = typer.main.get_command(app).main(args=arguments, prog_name="perechen", standalone_mode=False)
    except typer.TyperException as error:
        if type(error).__name__ == "NoArgsIsHelpError":
            return WRONG_CALL
        say_error(call_fault(error))
        return WRONG_CALL
    except typer.Abort as error:
        raise KeyboardInterrupt from error
    if code == INTERRUPTED:  # the library takes the interruption for an exit, and says nothing
        raise KeyboardInterrupt
    return int(code or 0)
