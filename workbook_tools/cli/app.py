"""The commands: arguments in, the pipeline called, the exit code out."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from workbook_tools.cli import desk as _of_the_desk  # noqa: F401 - its commands belong to the program
from workbook_tools.cli import publish as _publish  # noqa: F401 - as above
from workbook_tools.cli.console import Speaker, say_changes, say_outputs
from workbook_tools.cli.group import app as app  # noqa: PLC0414 - with all its commands
from workbook_tools.cli.group import command
from workbook_tools.cli.here import begun, cache_at, for_files, here, profile_at
from workbook_tools.cli.options import (
    Day,
    Debug,
    Decisions,
    EditionFile,
    JsonFile,
    OrderForm,
    OutFolder,
    PastComparison,
    Paths,
    Previous,
    ProfileFile,
    Quiet,
    Scheduler,
    Workers,
    check_workbook,
    count_of,
    expect_files,
    form_of,
    options_of,
    required,
    today_of,
)
from workbook_tools.pipeline.days import day_of


@command("demo", "Показать всё на примерах: шаблоны, проверка и сводная книга по образцам.")
def demo(
    out: Annotated[Path, typer.Option("--out", metavar="ПАПКА", help="Куда положить итоги.")] = Path("demo"),
    workers: Workers = "0",
    scheduler: Scheduler = "",
    quiet: Quiet = False,
    debug: Debug = False,
) -> int:
    """Run templates, check and merge over the samples."""
    expect_files()
    from workbook_tools.cli.demo import run_demo

    return run_demo(out, Speaker(quiet=quiet), count_of(workers), scheduler)


@command("templates", "Сделать шаблон для каждого подразделения, заполненный его записями.")
def templates(
    out: OutFolder = None,
    profile: ProfileFile = None,
    edition: EditionFile = None,
    unit: Annotated[
        list[str] | None, typer.Option("--unit", metavar="КОД", help="Только для этого подразделения; можно повторять.")
    ] = None,
    period: Annotated[
        str, typer.Option("--period", metavar="ТЕКСТ", help="Период актуализации, например «4 квартал 2026 г.».")
    ] = "",
    date: Day = "",
    workers: Workers = "0",
    scheduler: Scheduler = "",
    quiet: Quiet = False,
    debug: Debug = False,
) -> int:
    """Write a template for each unit."""
    expect_files()
    from workbook_tools.desk import finding
    from workbook_tools.desk.given import Given
    from workbook_tools.pipeline import commands
    from workbook_tools.pipeline.profiles import any_profile

    desk, speaker, day = here(), Speaker(quiet=quiet), today_of(date)
    given = Given(edition=edition, out=out)
    found = finding.for_templates(desk, given, day) if desk else given
    folder = required(found.out, "--out")
    loaded = any_profile(profile_at(desk, profile))
    speaker.say_all(found.told)
    result = commands.templates(loaded, found.edition, folder, unit or [], period, workers=count_of(workers))
    speaker.say_all(result.told)
    speaker.say(f"Шаблонов: {len(result.outputs)}")
    say_outputs(speaker, result.outputs)
    return 0


@command("check", "Проверить файлы подразделений и вернуть замечания; сводная книга не создаётся.")
def check(
    paths: Paths = None,
    profile: ProfileFile = None,
    edition: EditionFile = None,
    out: OutFolder = None,
    previous: Previous = None,
    date: Day = "",
    json: JsonFile = "",
    workers: Workers = "0",
    scheduler: Scheduler = "",
    quiet: Quiet = False,
    debug: Debug = False,
) -> int:
    """Check files and write the returned copies."""
    expect_files()
    from workbook_tools.desk.folder import REMARKS
    from workbook_tools.desk.given import Given
    from workbook_tools.pipeline.profiles import any_profile

    desk, speaker = here(), Speaker(quiet=quiet, to_errors=json == "-")
    given, loaded = Given(paths or [], edition, out, previous), any_profile(profile_at(desk, profile))
    found = for_files(desk, given, REMARKS, today_of(date), loaded)
    speaker.say_all(found.told)
    with speaker.progress() as progress, begun(desk, found, loaded, workers, scheduler) as files:
        from workbook_tools.cli.ending import ended
        from workbook_tools.pipeline import commands

        options = options_of(date, workers, scheduler, progress, found.previous, cache_at(desk), files)
        result = commands.check(found.paths, loaded, found.edition, found.out, options, decisions=found.decisions)
    inputs = [*found.paths, found.edition, profile_at(desk, profile), found.decisions, found.previous]
    return ended(result, speaker, json, inputs)


@command("merge", "Проверить файлы, свести их в Перечень и записать журнал изменений.")
def merge(
    paths: Paths = None,
    out: OutFolder = None,
    profile: ProfileFile = None,
    edition: EditionFile = None,
    decisions: Decisions = None,
    previous: Previous = None,
    date: Day = "",
    json: JsonFile = "",
    order_form: OrderForm = "",
    strict: Annotated[bool, typer.Option("--strict", help="При любой ошибке ничего не записывать.")] = False,
    workers: Workers = "0",
    scheduler: Scheduler = "",
    quiet: Quiet = False,
    debug: Debug = False,
) -> int:
    """Merge files into the register."""
    expect_files()
    from workbook_tools.desk.folder import RELEASES
    from workbook_tools.desk.given import Given
    from workbook_tools.pipeline.profiles import any_profile

    desk, speaker = here(), Speaker(quiet=quiet, to_errors=json == "-")
    given, form = Given(paths or [], edition, out, previous, decisions), form_of(order_form)
    loaded = any_profile(profile_at(desk, profile))
    found = for_files(desk, given, RELEASES, today_of(date), loaded)
    folder = required(found.out, "--out")
    speaker.say_all(found.told)
    with speaker.progress() as progress, begun(desk, found, loaded, workers, scheduler) as files:
        from workbook_tools.cli.ending import ended
        from workbook_tools.pipeline import commands

        options = options_of(date, workers, scheduler, progress, found.previous, cache_at(desk), files)
        options = replace(options, order_form=form)
        result = commands.merge(
            found.paths, loaded, found.edition, folder, options, strict=strict, decisions=found.decisions
        )
    inputs = [*found.paths, found.edition, profile_at(desk, profile), found.decisions, found.previous]
    return ended(result, speaker, json, inputs)


@command("diff", "Сравнить две редакции Перечня.")
def diff(
    old: Annotated[
        Path | None,
        typer.Argument(
            metavar="ПРЕЖНЯЯ", help="Прежняя редакция: книга Перечня или Приложение 1; в деле – действующая редакция."
        ),
    ] = None,
    new: Annotated[
        Path | None, typer.Argument(metavar="НОВАЯ", help="Новая редакция; в деле – последний выпуск.")
    ] = None,
    profile: ProfileFile = None,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="ФАЙЛ.xlsx", help="Куда записать книгу с журналом изменений.")
    ] = None,
    decisions: PastComparison = None,
    date: Day = "",
    json: JsonFile = "",
    workers: Workers = "0",
    scheduler: Scheduler = "",
    quiet: Quiet = False,
    debug: Debug = False,
) -> int:
    """Compare two editions."""
    expect_files()
    from workbook_tools.cli.ending import ended
    from workbook_tools.desk import finding
    from workbook_tools.pipeline import commands
    from workbook_tools.pipeline.profiles import any_profile

    desk, speaker = here(), Speaker(quiet=quiet, to_errors=json == "-")
    day, _ = day_of(date) if date else "", count_of(workers)
    check_workbook(out, json)
    if desk:
        finding.refuse_among_inputs(desk, out)
    if desk and old is None:
        old, new = finding.for_diff(desk)
        speaker.say(f"Сравниваются: {desk.shown(old)} и {desk.shown(new)}.")
    pair = required(old, "ПРЕЖНЯЯ"), required(new, "НОВАЯ", is_found=False)
    profile = profile_at(desk, profile)
    result = commands.diff(*pair, any_profile(profile), out, decisions=decisions, date=day)
    say_changes(speaker, result.dossier.changes if result.dossier else ())
    return ended(result, speaker, json, [*pair, profile, decisions])


@command("import", "Сделать из Приложения 1 (Word или книга) редакцию Перечня.")
def import_annex(
    annex: Annotated[
        Path | None, typer.Argument(metavar="ПРИЛОЖЕНИЕ", help="Файл .docx, .xlsx, .xls или .ods.")
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="РЕДАКЦИЯ.xlsx", help="Куда записать редакцию; в деле – в папку «редакции»."),
    ] = None,
    profile: ProfileFile = None,
    date: Annotated[
        str, typer.Option("--date", metavar="ГГГГ-ММ-ДД", help="Дата редакции; без неё – дата приказа из профиля.")
    ] = "",
    json: JsonFile = "",
    workers: Workers = "0",
    scheduler: Scheduler = "",
    quiet: Quiet = False,
    debug: Debug = False,
) -> int:
    """Turn an annex into an edition."""
    expect_files()
    from workbook_tools.cli.ending import ended
    from workbook_tools.desk import finding
    from workbook_tools.pipeline import commands
    from workbook_tools.pipeline.profiles import any_profile

    desk, speaker = here(), Speaker(quiet=quiet, to_errors=json == "-")
    count_of(workers)
    check_workbook(out, json)
    day, profile = day_of(date) if date else "", profile_at(desk, profile)
    if desk is None:
        annex, out = required(annex, "ПРИЛОЖЕНИЕ"), required(out, "--out")
    loaded = any_profile(profile)
    if desk:
        annex, out = finding.for_import(desk, annex, out, day or loaded.profile.act.date.isoformat())
    source, target = required(annex, "ПРИЛОЖЕНИЕ"), required(out, "--out")
    result = commands.import_annex(source, loaded, target, day)
    code = ended(result, speaker, json, [source, profile])
    speaker.say_all(finding.told_of_second(desk, target) if desk else [])
    return code


@command("completion", "Показать сценарий, с которым оболочка дополняет команды и параметры клавишей Tab.")
def completion(
    shell: Annotated[str, typer.Argument(metavar="bash|zsh|fish|powershell", help="Для какой оболочки.")],
    debug: Debug = False,
) -> int:
    """Write the script of a shell to standard output."""
    from workbook_tools.cli.completion import commands_of, completion_script
    from workbook_tools.cli.streams import write_report

    write_report(completion_script(shell, commands_of(app)))
    return 0
