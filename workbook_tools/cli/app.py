"""The commands: arguments in, the pipeline called, the exit code out."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from workbook_tools.cli.console import Speaker, say_changes, say_outputs
from workbook_tools.cli.russian import RussianCommand, RussianGroup
from workbook_tools.errors import InputError
from workbook_tools.sources import source_of

if TYPE_CHECKING:
    from workbook_tools.pipeline.commands import Options
    from workbook_tools.progress import Progress

app = typer.Typer(
    name="perechen",
    cls=RussianGroup,
    no_args_is_help=True,
    add_completion=False,
    options_metavar="[ПАРАМЕТРЫ]",
    subcommand_metavar="КОМАНДА …",
    help="Перечень точек взаимодействия с клиентом: шаблоны, проверка файлов, сводная книга, журнал изменений.",
)

Paths = Annotated[
    list[Any],
    typer.Argument(
        parser=source_of,
        metavar="ПУТЬ",
        help="Файлы подразделений, папки с ними или адреса вида s3://хранилище/папка/.",
    ),
]
ProfileFile = Annotated[
    Path | None, typer.Option("--profile", metavar="ФАЙЛ", help="Профиль органа: .toml, .xlsx или имя встроенного.")
]
EditionFile = Annotated[
    Path | None,
    typer.Option("--edition", metavar="ФАЙЛ", help="Книга действующей редакции; без неё Перечень начинается с нуля."),
]
OutFolder = Annotated[Path, typer.Option("--out", metavar="ПАПКА", help="Куда положить итоги.")]
JsonFile = Annotated[
    str, typer.Option("--json", metavar="ФАЙЛ", help="Куда записать отчёт для программ; «-» – на стандартный вывод.")
]
Previous = Annotated[
    Path | None,
    typer.Option(
        "--previous",
        metavar="ФАЙЛ",
        help="Отчёт прошлой проверки (run.json); без него берётся тот, что лежит в папке итогов.",
    ),
]
Day = Annotated[str, typer.Option("--date", metavar="ГГГГ-ММ-ДД", help="Дата запуска; без неё – сегодня.")]
# The day from which spreadsheets count is followed by one that never was.
_FIRST_DAY = datetime.date(1900, 3, 1)
_MOST_DIGITS = 4

Workers = Annotated[
    str,
    typer.Option("--workers", metavar="ЧИСЛО", help="Сколько процессов читают файлы и пишут копии; 0 – по числу ядер."),
]
Scheduler = Annotated[str, typer.Option("--scheduler", metavar="АДРЕС", help="Адрес планировщика Dask.")]
Quiet = Annotated[bool, typer.Option("--quiet", help="Писать только об ошибках.")]
Debug = Annotated[bool, typer.Option("--debug", help="При сбое показать подробности для разработчика.")]


def command(name: str, text: str) -> Callable[[Callable[..., int]], Callable[..., int]]:
    """Return the decorator of a command with its Russian help."""
    return app.command(name, cls=RussianCommand, help=text, options_metavar="[ПАРАМЕТРЫ]")


@command("demo", "Показать всё на примерах: шаблоны, проверка и сводная книга по образцам.")
def demo(
    out: Annotated[Path, typer.Option("--out", metavar="ПАПКА", help="Куда положить итоги.")] = Path("demo"),
    workers: Workers = "1",
    scheduler: Scheduler = "",
    quiet: Quiet = False,
    debug: Debug = False,
) -> int:
    """Run templates, check and merge over the samples."""
    _expect_files()
    from workbook_tools.cli.demo import run_demo

    return run_demo(out, Speaker(quiet=quiet), _count(workers), scheduler)


@command("templates", "Сделать шаблон для каждого подразделения, заполненный его записями.")
def templates(
    out: OutFolder,
    profile: ProfileFile = None,
    edition: EditionFile = None,
    unit: Annotated[
        list[str] | None, typer.Option("--unit", metavar="КОД", help="Только для этого подразделения; можно повторять.")
    ] = None,
    period: Annotated[
        str, typer.Option("--period", metavar="ТЕКСТ", help="Период актуализации, например «4 квартал 2026 г.».")
    ] = "",
    workers: Workers = "1",
    scheduler: Scheduler = "",
    quiet: Quiet = False,
    debug: Debug = False,
) -> int:
    """Write a template for each unit."""
    _expect_files()
    from workbook_tools.pipeline import commands
    from workbook_tools.pipeline.profiles import any_profile

    loaded = any_profile(profile)
    result = commands.templates(loaded, edition, out, unit or [], period, workers=_count(workers))
    speaker = Speaker(quiet=quiet)
    speaker.say(f"Шаблонов: {len(result.outputs)}")
    say_outputs(speaker, result.outputs)
    return 0


@command("check", "Проверить файлы подразделений и вернуть замечания; сводная книга не создаётся.")
def check(
    paths: Paths,
    profile: ProfileFile = None,
    edition: EditionFile = None,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="ПАПКА", help="Куда положить возвратные копии и отчёт.")
    ] = None,
    previous: Previous = None,
    date: Day = "",
    json: JsonFile = "",
    workers: Workers = "1",
    scheduler: Scheduler = "",
    quiet: Quiet = False,
    debug: Debug = False,
) -> int:
    """Check files and write the returned copies."""
    _expect_files()
    from workbook_tools.cli.ending import ended
    from workbook_tools.pipeline import commands
    from workbook_tools.pipeline.profiles import any_profile

    speaker = Speaker(quiet=quiet, to_errors=json == "-")
    with speaker.progress() as progress:
        options = _options(date, workers, scheduler, progress, previous)
        result = commands.check(paths, any_profile(profile), edition, out, options)
    return ended(result, speaker, json, [*paths, edition, profile, previous])


@command("merge", "Проверить файлы, свести их в Перечень и записать журнал изменений.")
def merge(
    paths: Paths,
    out: OutFolder,
    profile: ProfileFile = None,
    edition: EditionFile = None,
    decisions: Annotated[
        Path | None,
        typer.Option("--decisions", metavar="ФАЙЛ", help="Сводная книга, в которой заполнен лист «Решения»."),
    ] = None,
    previous: Previous = None,
    date: Day = "",
    json: JsonFile = "",
    order_form: Annotated[
        str,
        typer.Option(
            "--order-form",
            metavar="annex|edits",
            help="Проект приказа: annex – Приложение 1 в новой редакции, edits – правка отдельных слов, "
            "если изменений немного; без этого – как в профиле.",
        ),
    ] = "",
    strict: Annotated[bool, typer.Option("--strict", help="При любой ошибке ничего не записывать.")] = False,
    workers: Workers = "1",
    scheduler: Scheduler = "",
    quiet: Quiet = False,
    debug: Debug = False,
) -> int:
    """Merge files into the register."""
    _expect_files()
    from workbook_tools.cli.ending import ended
    from workbook_tools.pipeline import commands
    from workbook_tools.pipeline.profiles import any_profile

    speaker = Speaker(quiet=quiet, to_errors=json == "-")
    with speaker.progress() as progress:
        options = replace(_options(date, workers, scheduler, progress, previous), order_form=_form(order_form))
        result = commands.merge(paths, any_profile(profile), edition, out, options, strict=strict, decisions=decisions)
    return ended(result, speaker, json, [*paths, edition, profile, decisions, previous])


@command("diff", "Сравнить две редакции Перечня.")
def diff(
    old: Annotated[Path, typer.Argument(metavar="ПРЕЖНЯЯ", help="Прежняя редакция: книга Перечня или Приложение 1.")],
    new: Annotated[Path, typer.Argument(metavar="НОВАЯ", help="Новая редакция.")],
    profile: ProfileFile = None,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="ФАЙЛ.xlsx", help="Куда записать книгу с журналом изменений.")
    ] = None,
    decisions: Annotated[
        Path | None,
        typer.Option(
            "--decisions", metavar="ФАЙЛ", help="Книга прежнего сравнения, в которой заполнен лист «Решения»."
        ),
    ] = None,
    date: Day = "",
    json: JsonFile = "",
    workers: Workers = "1",
    scheduler: Scheduler = "",
    quiet: Quiet = False,
    debug: Debug = False,
) -> int:
    """Compare two editions."""
    _expect_files()
    from workbook_tools.cli.ending import ended
    from workbook_tools.pipeline import commands
    from workbook_tools.pipeline.profiles import any_profile

    speaker = Speaker(quiet=quiet, to_errors=json == "-")
    day = _day(date) if date else ""
    _count(workers)
    _workbook(out, json)
    result = commands.diff(old, new, any_profile(profile), out, decisions=decisions, date=day)
    say_changes(speaker, result.dossier.changes if result.dossier else ())
    return ended(result, speaker, json, [old, new, profile, decisions])


@command("import", "Сделать из Приложения 1 (Word или книга) редакцию Перечня.")
def import_annex(
    annex: Annotated[Path, typer.Argument(metavar="ПРИЛОЖЕНИЕ", help="Файл .docx, .xlsx, .xls или .ods.")],
    out: Annotated[Path, typer.Option("--out", metavar="РЕДАКЦИЯ.xlsx", help="Куда записать редакцию.")],
    profile: ProfileFile = None,
    date: Annotated[
        str, typer.Option("--date", metavar="ГГГГ-ММ-ДД", help="Дата редакции; без неё – дата приказа из профиля.")
    ] = "",
    json: JsonFile = "",
    workers: Workers = "1",
    scheduler: Scheduler = "",
    quiet: Quiet = False,
    debug: Debug = False,
) -> int:
    """Turn an annex into an edition."""
    _expect_files()
    from workbook_tools.cli.ending import ended
    from workbook_tools.pipeline import commands
    from workbook_tools.pipeline.profiles import any_profile

    speaker = Speaker(quiet=quiet, to_errors=json == "-")
    _count(workers)
    _workbook(out, json)
    result = commands.import_annex(annex, any_profile(profile), out, _day(date) if date else "")
    return ended(result, speaker, json, [annex, profile])


def _expect_files() -> None:
    """Let the processes that read files start while the libraries of this one are loaded."""
    from workbook_tools.pipeline.foreign import expect_files

    expect_files()


def _options(date: str, workers: str, scheduler: str, progress: Progress, previous: Path | None) -> Options:
    from workbook_tools.pipeline.commands import Options

    today = _day(date) if date else datetime.date.today().isoformat()  # noqa: DTZ011 - the officer's own calendar day
    return Options(today, _count(workers), scheduler, progress, previous)


def _workbook(out: Path | None, json: str) -> None:
    """Refuse an output that is no workbook by its name, or that the report would replace."""
    if out is not None and out.suffix.lower() != ".xlsx":
        raise InputError(f"--out: «{out.name}» – книга записывается только в формате .xlsx. Исправьте имя файла.")
    if out is not None and json not in {"", "-"} and Path(json).resolve() == out.resolve():
        raise InputError("--json: отчёт и книга не могут лечь в один файл. Укажите разные имена.")


def _form(text: str) -> str:
    if text not in {"", "annex", "edits"}:
        raise InputError(f"--order-form: «{text}» неизвестно. Укажите annex или edits.")
    return text


def _count(workers: str) -> int:
    """Return how many processes were asked for."""
    if not (workers.isascii() and workers.isdecimal() and len(workers) <= _MOST_DIGITS):
        raise InputError(f"--workers: «{workers}» не подходит. Укажите число процессов: 0 (по числу ядер) или больше.")
    return int(workers)


def _day(text: str) -> str:
    try:
        day = datetime.date.fromisoformat(text)
    except ValueError as error:
        raise InputError(f"--date: «{text}» не дата. Запишите её в виде ГГГГ-ММ-ДД, например 2026-11-22.") from error
    if day < _FIRST_DAY:
        raise InputError(f"--date: {text} раньше всех дат, которые знает таблица. Укажите день редакции.")
    return day.isoformat()
