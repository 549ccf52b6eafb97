"""What a terminal shows while a run lasts: the stage at work, how fast it goes, how long it will take."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from rich.progress import BarColumn, Progress, Task, TaskID, TextColumn

from workbook_tools.text import decimal

if TYPE_CHECKING:
    from rich.console import Console, RenderableType

_SHOWN_FROM = 1.0
_MINUTE = 60


def stage_line(stage: str, done: int, total: int, seconds: float) -> str:
    """Return what is said of a stage that has lasted for some seconds; one of a single step has no rate."""
    if total <= 1:
        return f"{stage}: идёт {duration(seconds)}"
    if not done:
        return f"{stage}: 0 из {total}, идёт {duration(seconds)}"
    left = (total - done) * seconds / done
    return f"{stage}: {done} из {total}, {decimal(done / seconds, 1)} в секунду, осталось {duration(left)}"


def duration(seconds: float) -> str:
    """Return a duration in Russian: «7 с», «2 мин 05 с»."""
    whole = round(seconds)
    return f"{whole} с" if whole < _MINUTE else f"{whole // _MINUTE} мин {whole % _MINUTE:02} с"


class StageBar(Progress):
    """The stage at work on a terminal, once it lasts over a second; use as a context manager.

    Parameters
    ----------
    console
        Where it is shown; it leaves no trace there.
    clock
        Seconds that only grow.
    is_live
        Whether it is shown again by itself while nobody calls.
    """

    def __init__(self, console: Console, clock: Callable[[], float] = time.monotonic, *, is_live: bool = True) -> None:
        super().__init__(
            TextColumn("{task.description}", markup=False),
            BarColumn(),
            console=console,
            transient=True,
            get_time=clock,
            auto_refresh=is_live,
        )
        self._stages: dict[str, TaskID] = {}

    def show(self, stage: str, done: int, total: int) -> None:
        """Take note of how far a stage is."""
        if stage not in self._stages:
            self._stages[stage] = self.add_task("", total=total, stage=stage)
        self.update(self._stages[stage], completed=done)

    def get_renderables(self) -> Iterable[RenderableType]:
        """Yield the stages that last."""
        lasting = [task for task in self.tasks if not task.finished and (task.elapsed or 0) >= _SHOWN_FROM]
        for task in lasting:
            task.description = _line(task)
        yield self.make_tasks_table(lasting)


def _line(task: Task) -> str:
    return stage_line(task.fields["stage"], int(task.completed), int(task.total or 0), task.elapsed or 0)
