"""`perechen` without a command: says where the cycle stands, and takes the next step where somebody agrees."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from workbook_tools.cli.console import Speaker
from workbook_tools.cli.here import here, refuse_without_profile
from workbook_tools.cli.streams import write

if TYPE_CHECKING:
    from workbook_tools.desk import Desk
    from workbook_tools.desk.cycle import Stand

_WRONG_CALL = 2
_WRITTEN_DATE = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")
_YES, _NO = frozenset({"", "да", "д", "yes", "y"}), frozenset({"нет", "н", "no", "n"})


def going_on(show_help: Callable[[], str], *, yes: bool) -> int:
    """Say where the cycle of the current folder stands, and take the next step, asked or with `--yes` unasked.

    Where there is no working folder one is offered; in a pipe nothing is asked, and the help is shown instead.
    """
    desk = here()
    if desk is not None:
        return _at_desk(desk, yes=yes)
    refuse_without_profile(Path.cwd())
    if not (yes or _is_somebody_there()):
        show_help()
        return _WRONG_CALL
    return _offer_desk(show_help, yes=yes)


def _at_desk(desk: Desk, *, yes: bool) -> int:
    from workbook_tools.desk.cycle import DONE

    speaker = Speaker()
    speaker.say(f"Дело: {desk.root}")
    stand = _stand(desk)
    speaker.say_all(stand.said)
    if stand.stage == DONE and not yes and _is_somebody_there() and _can_publish():
        return _publish(desk)
    if stand.step is None:
        return 0
    speaker.say(f"Следующий шаг: {stand.step.words}")
    if not yes and not (_is_somebody_there() and agrees(stand.step.question)):
        return 0
    code = _taken(desk, stand.step.command)
    speaker.say()
    speaker.say_all(_stand(desk).said)
    return code


def _stand(desk: Desk) -> Stand:
    import datetime

    from workbook_tools.desk.cycle import stand_of
    from workbook_tools.desk.stock import lying_in
    from workbook_tools.pipeline.profiles import any_profile

    return stand_of(lying_in(desk, any_profile(desk.profile)), datetime.date.today())  # noqa: DTZ011 - the officer's own day


def _taken(desk: Desk, step: tuple[str, ...]) -> int:
    """Take a step as if it had been typed; the files that it names lie in the working folder."""
    from workbook_tools.cli import main

    name, *words = step
    return main([name, *(str(desk.root / word) if (desk.root / word).is_file() else word for word in words)])


def _can_publish() -> bool:
    from workbook_tools.cli.app import app

    return any(item.name == "publish" for item in app.registered_commands)


def _publish(desk: Desk) -> int:
    """Ask for number and date of the signed order, and publish; without them nothing is done."""
    order = _answer("Номер подписанного акта (Enter – ещё не подписан): ")
    date = _answer("Дата акта (ДД.ММ.ГГГГ): ") if order else ""
    return _taken(desk, ("publish", "--order", order, "--date", _iso(date))) if order and date else 0


def _iso(typed: str) -> str:
    """Return a date that was typed as people write it as a command takes it; anything else is left to the command."""
    written = _WRITTEN_DATE.fullmatch(typed)
    return f"{written[3]}-{int(written[2]):02}-{int(written[1]):02}" if written else typed


def _offer_desk(show_help: Callable[[], str], *, yes: bool) -> int:
    from workbook_tools.cli import main
    from workbook_tools.desk.making import is_free

    place = Path.cwd()
    own = is_free(place)
    where = "прямо в этой папке" if own else "здесь, в новой папке «дело»"
    Speaker().say(f"В папке {place} дела нет.")
    if yes or agrees(f"Завести дело {where}?"):
        return main(["init", "." if own else "дело"])
    show_help()
    return 0


def agrees(question: str) -> bool:
    """Ask a question whose default is yes; the end of the input is a no."""
    while True:
        answer = _answer(f"{question} [Да/нет] ", at_end="нет").casefold()
        if answer in _YES | _NO:
            return answer in _YES
        Speaker().say("Ответьте «да» или «нет» (Enter – да).")


def _answer(words: str, at_end: str = "") -> str:
    """Return what was typed after some words, without its edges."""
    write(sys.stdout, words)
    sys.stdout.flush()
    line = sys.stdin.readline()
    return line.strip() if line else at_end


def _is_somebody_there() -> bool:
    return sys.stdin.isatty() and sys.stdout.isatty()
