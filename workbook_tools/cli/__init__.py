"""The command line: arguments, progress, exit code; nothing else prints or exits."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from workbook_tools.cli import interruption
from workbook_tools.errors import InternalError, ProfileError, WorkbookToolsError, refusal

OUR_FAULT = 3
WRONG_CALL = 2


def main(argv: Sequence[str] | None = None) -> int:
    """Run the program and return its exit code (contract.md, «Exit codes»)."""
    interruption.nothing_is_written()
    try:
        from workbook_tools.cli.streams import open_streams

        open_streams()
        return _finished(_judged(list(sys.argv[1:] if argv is None else argv)))
    except KeyboardInterrupt:
        return interruption.told()


def _judged(arguments: list[str]) -> int:
    try:
        return _run(arguments)
    except KeyboardInterrupt:
        raise
    except BaseException as error:  # whatever it is, people get one line and a code of the contract
        if interruption.came():
            raise KeyboardInterrupt from error
        if "--debug" in arguments:
            _show_trace()
        return _told(error)


def _told(error: BaseException) -> int:
    """Say what went wrong, and return the exit code."""
    if isinstance(error, ImportError):
        return _told_missing(error)
    from workbook_tools.cli.console import say_error
    from workbook_tools.cli.streams import ReaderGoneError, unwritten

    if isinstance(error, ReaderGoneError):
        return WRONG_CALL
    if isinstance(error, WorkbookToolsError):
        for line in _lines(error):
            say_error(line)
        return error.exit_code
    sentence = unwritten() or _refused(error) if isinstance(error, OSError) else ""
    say_error(
        sentence
        or f"внутренняя ошибка программы ({type(error).__name__}). Запустите с --debug и сообщите разработчикам."
    )
    return WRONG_CALL if sentence else OUR_FAULT


def _told_missing(error: ImportError) -> int:
    """Say which library is not there: even the one that writes to the console may be missing."""
    from workbook_tools.cli.streams import write_error

    library = (error.name or "").partition(".")[0] or "без названия"
    write_error(
        f"ошибка: установка программы повреждена: не загружается библиотека «{library}». Установите программу заново.\n"
    )
    return OUR_FAULT


def _refused(error: OSError) -> str:
    """Return what the system refused, "" where only we can mend it."""
    why = refusal(error)
    return f"{error.filename or 'обращение к диску'}: {why}." if why else ""


def _lines(error: WorkbookToolsError) -> list[str]:
    return [f"{error.source}: {fault}" for fault in error.faults] if isinstance(error, ProfileError) else [str(error)]


def _show_trace() -> None:
    import traceback

    from workbook_tools.cli.streams import write_error

    write_error(traceback.format_exc())


def _finished(code: int) -> int:
    """Bring standard output to its end; what was not written there makes the call a failure."""
    from workbook_tools.cli.streams import unwritten

    sentence = unwritten()
    if sentence and code < WRONG_CALL:
        from workbook_tools.cli.console import say_error

        say_error(sentence)
    return max(code, WRONG_CALL) if sentence else code


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
        raise InternalError("ввод закончился раньше времени. Запустите ещё раз.") from error
    except SystemExit as error:  # the library's word for a reader of its help who has gone
        if isinstance(error.__context__, BrokenPipeError):
            return 0
        raise
    if code == interruption.INTERRUPTED:  # the library takes the interruption for an exit, and says nothing
        raise KeyboardInterrupt
    return int(code or 0)
