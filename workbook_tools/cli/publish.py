"""The command `publish`: the project becomes the edition in force."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from workbook_tools.cli.console import Speaker, say_outputs
from workbook_tools.cli.group import command
from workbook_tools.cli.here import desk_named
from workbook_tools.cli.options import Debug, Quiet, Scheduler, Workers, expect_files, options_of
from workbook_tools.pipeline.days import day_of

if TYPE_CHECKING:
    from workbook_tools.dossier import Dossier

_NEXT = (
    "Дальше: уберите файлы этого цикла из папки «входящие» (они сохранены в архиве дела), впишите в профиль новые "
    "период и срок и сделайте новые шаблоны: perechen templates."
)


@command("publish", "Ввести последний выпуск в действие: проект становится действующей редакцией, дело – в архив.")
def publish(
    order: Annotated[str, typer.Option("--order", metavar="НОМЕР", help="Номер подписанного приказа (распоряжения).")],
    date: Annotated[str, typer.Option("--date", metavar="ГГГГ-ММ-ДД", help="Его дата; она же – дата редакции.")],
    folder: Annotated[
        Path | None, typer.Argument(metavar="ДЕЛО", help="Папка дела; без неё – дело текущей папки.")
    ] = None,
    reason: Annotated[
        str,
        typer.Option(
            "--reason",
            metavar="ТЕКСТ",
            help="Почему редакция утверждается, хотя есть ошибки или вопросы без решения; войдёт в акт и в книгу.",
        ),
    ] = "",
    workers: Workers = "0",
    scheduler: Scheduler = "",
    quiet: Quiet = False,
    debug: Debug = False,
) -> int:
    """Put the last release in force."""
    expect_files()
    from workbook_tools.cli import interruption
    from workbook_tools.desk import publishing
    from workbook_tools.pipeline.profiles import any_profile
    from workbook_tools.records import Approval

    speaker, approval = Speaker(quiet=quiet), Approval(order, day_of(date), reason)
    desk = desk_named(folder)
    with speaker.progress() as progress:
        options = options_of("", workers, scheduler, progress, None)
        result = publishing.publish(desk, any_profile(desk.profile), approval, options)
    interruption.outputs_are_written()
    if result.dossier is not None:
        _say(speaker, result.dossier)
    say_outputs(speaker, result.outputs)
    speaker.say(_NEXT)
    return result.exit_code


def _say(speaker: Speaker, dossier: Dossier) -> None:
    from workbook_tools.approval import edition_line, reservations
    from workbook_tools.text import plural

    speaker.say(f"{edition_line(dossier)} {plural(len(dossier.in_force), 'запись', 'записи', 'записей')}.")
    for sentence in reservations(dossier):
        speaker.say(sentence)
