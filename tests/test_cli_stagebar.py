"""A stage that lasts over a second says how fast it goes and how long it will take; the clock is the test's own."""

from __future__ import annotations

import io
import sys

import pytest
from rich.console import Console

from workbook_tools.cli.console import Speaker
from workbook_tools.cli.stagebar import StageBar, duration, stage_line
from workbook_tools.progress import silent


class Clock:
    """A clock that is put forward by hand."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


class Shown:
    """A bar and what its terminal shows."""

    def __init__(self) -> None:
        self.clock = Clock()
        self.console = Console(file=io.StringIO(), width=120, force_terminal=True, color_system=None)
        self.bar = StageBar(self.console, self.clock, is_live=False)

    def text(self) -> str:
        with self.console.capture() as capture:
            for item in self.bar.get_renderables():
                self.console.print(item)
        return capture.get().rstrip(" ━╸╺\n")


@pytest.mark.parametrize(
    ("done", "total", "seconds", "line"),
    [
        (0, 100, 3, "Чтение: 0 из 100, идёт 3 с"),
        (25, 100, 10, "Чтение: 25 из 100, 2,5 в секунду, осталось 30 с"),
        (1, 100, 5, "Чтение: 1 из 100, 0,2 в секунду, осталось 8 мин 15 с"),
        (0, 1, 65, "Чтение: идёт 1 мин 05 с"),
    ],
)
def test_a_stage_tells_its_rate_and_the_time_that_is_left(done: int, total: int, seconds: float, line: str) -> None:
    assert stage_line("Чтение", done, total, seconds) == line


def test_a_duration_is_whole_seconds() -> None:
    assert [duration(value) for value in (0, 59.4, 59.6, 3600)] == ["0 с", "59 с", "1 мин 00 с", "60 мин 00 с"]


def test_a_stage_is_shown_once_it_lasts_over_a_second() -> None:
    shown = Shown()
    shown.bar.show("Чтение файлов", 1, 4)
    shown.clock.now = 0.9
    assert shown.text() == ""
    shown.clock.now = 2.0
    assert shown.text() == "Чтение файлов: 1 из 4, 0,5 в секунду, осталось 6 с"


def test_a_stage_that_is_done_is_shown_no_more() -> None:
    shown = Shown()
    shown.bar.show("Чтение файлов", 1, 2)
    shown.clock.now = 5.0
    shown.bar.show("Чтение файлов", 2, 2)
    shown.bar.show("Лист «[b]Реестр»", 0, 1)
    assert shown.text() == ""
    shown.clock.now = 8.0
    assert shown.text() == "Лист «[b]Реестр»: идёт 3 с"


def test_nothing_is_shown_where_there_is_no_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", io.StringIO())
    with Speaker().progress() as progress:
        assert progress is silent


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize("quiet", [True, False])
def test_a_terminal_shows_progress_unless_silence_was_asked_for(
    monkeypatch: pytest.MonkeyPatch, *, quiet: bool
) -> None:
    monkeypatch.setattr(sys, "stderr", Terminal())
    with Speaker(quiet=quiet).progress() as progress:
        assert (progress is silent) is quiet
