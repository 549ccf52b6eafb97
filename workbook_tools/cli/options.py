"""The options of the commands: their names and their Russian help, and what is made of their values."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import typer

from workbook_tools.errors import InputError
from workbook_tools.pipeline.days import day_of as day_of  # noqa: PLC0414 - handed on to the commands
from workbook_tools.pipeline.days import today
from workbook_tools.sources import source_of

if TYPE_CHECKING:
    from workbook_tools.pipeline.commands import Options
    from workbook_tools.pipeline.foreign import ForeignFiles
    from workbook_tools.progress import Progress

Paths = Annotated[
    list[Any] | None,
    typer.Argument(
        parser=source_of,
        metavar="ПУТЬ",
        help="Файлы подразделений, папки с ними или адреса вида s3://хранилище/папка/; в деле – папка «входящие».",
    ),
]
ProfileFile = Annotated[
    Path | None,
    typer.Option(
        "--profile",
        metavar="ФАЙЛ",
        help="Профиль органа: .toml, .xlsx или имя встроенного; без него – профиль дела, а вне дела встроенный.",
    ),
]
EditionFile = Annotated[
    Path | None,
    typer.Option(
        "--edition",
        metavar="ФАЙЛ",
        help="Книга действующей редакции; без неё – редакция дела, а вне дела Перечень начинается с нуля.",
    ),
]
OutFolder = Annotated[
    Path | None,
    typer.Option("--out", metavar="ПАПКА", help="Куда положить итоги; в деле – в новую папку с датой запуска."),
]
JsonFile = Annotated[
    str, typer.Option("--json", metavar="ФАЙЛ", help="Куда записать отчёт для программ; «-» – на стандартный вывод.")
]
Previous = Annotated[
    Path | None,
    typer.Option(
        "--previous",
        metavar="ФАЙЛ",
        help="Отчёт прошлой проверки (run.json); без него берётся тот, что лежит в папке итогов, а в деле – последний.",
    ),
]
Day = Annotated[str, typer.Option("--date", metavar="ГГГГ-ММ-ДД", help="Дата запуска; без неё – сегодня.")]
_MOST_DIGITS = 4

Workers = Annotated[
    str,
    typer.Option(
        "--workers", metavar="ЧИСЛО", help="Сколько процессов читают файлы и пишут копии; 0 – по числу ядер и файлов."
    ),
]
Scheduler = Annotated[str, typer.Option("--scheduler", metavar="АДРЕС", help="Адрес планировщика Dask.")]
Quiet = Annotated[bool, typer.Option("--quiet", help="Писать только об ошибках.")]
Debug = Annotated[bool, typer.Option("--debug", help="При сбое показать подробности для разработчика.")]

Decisions = Annotated[
    Path | None,
    typer.Option(
        "--decisions",
        metavar="ФАЙЛ",
        help="Сводная книга, в которой заполнен лист «Решения»; в деле – книга последнего выпуска.",
    ),
]

PastComparison = Annotated[
    Path | None,
    typer.Option("--decisions", metavar="ФАЙЛ", help="Книга прежнего сравнения, в которой заполнен лист «Решения»."),
]
OrderForm = Annotated[
    str,
    typer.Option(
        "--order-form",
        metavar="annex|edits",
        help="Проект приказа: annex – Приложение 1 в новой редакции, edits – правка отдельных слов, "
        "если изменений немного; без этого – как в профиле.",
    ),
]


def expect_files() -> None:
    """Let the processes that read files start while the libraries of this one are loaded."""
    from workbook_tools.pipeline import foreign

    foreign.expect_files()


def options_of(
    date: str,
    workers: str,
    scheduler: str,
    progress: Progress,
    previous: Path | None = None,
    cache: Path | None = None,
    files: ForeignFiles | None = None,
) -> Options:
    """Return what a run is told beside its inputs.

    `cache` is where what was read before is kept, `files` a reader that has begun.

    Raises
    ------
    InputError
        A value does not fit.
    """
    from workbook_tools.pipeline.commands import Options

    return Options(today_of(date), count_of(workers), scheduler, progress, previous, cache=cache, files=files)


def check_workbook(out: Path | None, json: str) -> None:
    """Refuse an output that is no workbook by its name, or that the report would replace."""
    if out is not None and out.suffix.lower() != ".xlsx":
        raise InputError(f"--out: «{out.name}» – книга записывается только в формате .xlsx. Исправьте имя файла.")
    if out is not None and json not in {"", "-"} and Path(json).resolve() == out.resolve():
        raise InputError("--json: отчёт и книга не могут лечь в один файл. Укажите разные имена.")


def form_of(text: str) -> str:
    """Return the form of the draft order that was asked for; anything else is refused."""
    if text not in {"", "annex", "edits"}:
        raise InputError(f"--order-form: «{text}» неизвестно. Укажите annex или edits.")
    return text


def count_of(workers: str) -> int:
    """Return how many processes were asked for; what is no number is refused."""
    if not (workers.isascii() and workers.isdecimal() and len(workers) <= _MOST_DIGITS):
        raise InputError(f"--workers: «{workers}» не подходит. Укажите число процессов: 0 (по числу ядер) или больше.")
    return int(workers)


def today_of(date: str) -> str:
    """Return the day of a run, ISO: the one given, or today."""
    return day_of(date) if date else today()


Value = TypeVar("Value")


def required(value: Value | None, name: str, *, is_found: bool = True) -> Value:
    """Return a value that only a working folder can do without.

    Parameters
    ----------
    is_found
        Whether the command would find it by itself in a working folder.

    Raises
    ------
    InputError
        It was not given.
    """
    if value is None or value == []:
        hint = " Укажите или перейдите в папку дела: там команда найдёт это сама." if is_found else ""
        raise InputError(f"не указано: {name}.{hint} Справка: perechen --help.")
    return value
