"""The commands of a working folder: `init` and `status`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from workbook_tools.cli.console import Speaker, say_error, say_outputs
from workbook_tools.cli.group import command
from workbook_tools.cli.here import desk_named
from workbook_tools.cli.options import (
    Day,
    Debug,
    JsonFile,
    Quiet,
    Scheduler,
    Workers,
    check_workbook,
    expect_files,
    options_of,
)
from workbook_tools.cli.russian import RussianCommand

if TYPE_CHECKING:
    from workbook_tools.desk import Desk
    from workbook_tools.desk.status import Status
    from workbook_tools.overview import Overview, UnitState

_LETTERS, _IN_THE_DESK = "--letters", "<дело>"


class StatusCommand(RussianCommand):
    """The command whose `--letters` may stand alone: then they go into the working folder."""

    def parse_args(self: Any, ctx: Any, args: list[str]) -> Any:
        """Read the arguments."""
        following = [*args[1:], "--"]
        whole = (
            [
                f"{given}={_IN_THE_DESK}" if given == _LETTERS and after.startswith("--") else given
                for given, after in zip(args, following, strict=True)
            ]
            if args
            else []
        )
        return super().parse_args(ctx, whole)


@command("init", "Завести дело: папку, в которой проходит весь цикл от шаблонов до действующей редакции.")
def init(
    folder: Annotated[Path, typer.Argument(metavar="ДЕЛО", help="Новая или пустая папка.")],
    profile: Annotated[
        Path | None,
        typer.Option("--profile", metavar="ФАЙЛ", help="Профиль органа: .toml, .xlsx или имя встроенного."),
    ] = None,
    edition: Annotated[
        Path | None,
        typer.Option(
            "--edition", metavar="ФАЙЛ", help="Действующая редакция: книга Перечня или Приложение 1 (Word, Excel)."
        ),
    ] = None,
    quiet: Quiet = False,
    debug: Debug = False,
) -> int:
    """Make a working folder."""
    expect_files()
    from workbook_tools.desk.folder import PROFILE, Desk
    from workbook_tools.desk.making import make_desk, take_edition
    from workbook_tools.pipeline.profiles import any_profile

    speaker, desk = Speaker(quiet=quiet), Desk(folder)
    own = profile is None and desk.profile.is_file()
    loaded = any_profile(desk.profile if own else profile)
    added = make_desk(folder, loaded)
    speaker.say(f"Дело: {folder}")
    speaker.say(f"Добавлено: {', '.join(added)}" if added else "Всё нужное уже есть, ничего не изменено.")
    if profile is not None and PROFILE not in added:
        speaker.say(f"{PROFILE} уже был в деле и остался прежним; файл {profile.name} не понадобился.")
    code = 0
    if edition is not None:
        result = take_edition(desk, edition, loaded)
        say_outputs(speaker, result.outputs if result else ())
        code = result.exit_code if result else 0
    speaker.say(f"Дальше: откройте папку, проверьте {PROFILE} и запустите в ней perechen.")
    return code


@command("status", "Сказать, кто и что прислал, сколько ошибок, сколько дней до срока, кому напомнить.", StatusCommand)
def status(
    folder: Annotated[
        Path | None, typer.Argument(metavar="ДЕЛО", help="Папка дела; без неё – дело текущей папки.")
    ] = None,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="ФАЙЛ.xlsx", help="Куда записать состояние книгой.")
    ] = None,
    letters: Annotated[
        str,
        typer.Option(
            "--letters",
            metavar="[ПАПКА]",
            help="Написать письма тем, кто не ответил или прислал файл с ошибками; без папки – в папку «письма» дела.",
        ),
    ] = "",
    date: Day = "",
    json: JsonFile = "",
    workers: Workers = "0",
    scheduler: Scheduler = "",
    quiet: Quiet = False,
    debug: Debug = False,
) -> int:
    """Say how the cycle stands."""
    expect_files()
    from workbook_tools.cli.ending import hand_over
    from workbook_tools.desk.status import status_json, status_of
    from workbook_tools.pipeline.profiles import any_profile

    speaker, desk = Speaker(quiet=quiet, to_errors=json == "-"), desk_named(folder)
    check_workbook(out, json)
    loaded = any_profile(desk.profile)
    with speaker.progress() as progress:
        found = status_of(desk, loaded, options_of(date, workers, scheduler, progress, cache=desk.cache))
    written = _written(desk, found, out, letters)
    _say(speaker, desk, found.overview, written=bool(letters))
    say_outputs(speaker, tuple(written))
    if json:
        hand_over(status_json(found, [str(path) for path in written]), json, [desk.incoming, desk.profile], written)
    return found.exit_code


def _written(desk: Desk, found: Status, out: Path | None, letters_to: str) -> list[Path]:
    """Write the workbook and the letters that were asked for; return what was written."""
    from workbook_tools.desk.finding import fresh_letters, refuse_among_inputs
    from workbook_tools.desk.letters import letters, stage_letters
    from workbook_tools.outputs import Outputs
    from workbook_tools.reports.status import write_status

    overview, written = found.overview, []
    inputs = [desk.profile, *(item for item in desk.incoming.rglob("*") if item.is_file())]
    refuse_among_inputs(desk, out)
    refuse_among_inputs(desk, Path(letters_to) if letters_to not in {"", _IN_THE_DESK} else None)
    if out is not None:
        with Outputs(out.parent, inputs) as outputs:
            write_status(outputs.stage(out.name), overview)
        written.append(out)
    if letters_to:
        in_desk = letters_to == _IN_THE_DESK
        folder = fresh_letters(desk, overview.today.isoformat()) if in_desk else Path(letters_to)
        with Outputs(folder, inputs) as outputs:
            stage_letters(outputs, letters(overview))
            written += [folder / name for name in outputs.names]
    return written


def _say(speaker: Speaker, desk: Desk, overview: Overview, *, written: bool) -> None:
    """Say how things stand; where the letters are just written they are no next step."""
    speaker.say(f"Дело: {desk.root.resolve()}")
    speaker.say_all(overview.said)
    speaker.say()
    for state in overview.units:
        speaker.say(f"{state.unit.code:<6}{state.unit.name}: {_words(state)}")
    for item in overview.troubled:
        say_error(f"{item.file}: {item.reason}")
    if overview.next_step and not (written and overview.next_step.endswith(_LETTERS)):
        speaker.say()
        speaker.say(f"Дальше: {overview.next_step}")


def _words(state: UnitState) -> str:
    """Return what came from a unit, and what is to be done, as one line."""
    from workbook_tools.overview import DECIDE, MEND, REMIND
    from workbook_tools.text import plural, russian_date

    if state.due == REMIND:
        return "сведений нет – напомнить"
    line, left = state.line, state.line.errors - state.mendable
    own = f" (из них решаете вы: {left})" if state.due == MEND and left else ""
    parts = [
        f"получены, заполнены {russian_date(line.filled) or 'без даты'}",
        f"файл от {russian_date(state.received)}" if state.received else "",
        f"круг {state.round}" if state.round else "",
        plural(line.errors, "ошибка", "ошибки", "ошибок") + own,
        plural(line.warnings, "предупреждение", "предупреждения", "предупреждений"),
    ]
    due = {MEND: "вернуть на исправление", DECIDE: "ждёт вашего решения при сведении"}
    fate = ", ".join(filter(None, ("файл целиком не принят" if state.refused else "", due.get(state.due))))
    return " – ".join(filter(None, (", ".join(filter(None, parts)), fate)))
