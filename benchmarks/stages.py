"""How long each stage of a merge takes, seen from outside: the program knows no clock, so its outputs cannot.

A stage is a function of the program, found by name and wrapped for the time of one run in this process. The time of a
stage is its own: what another stage takes inside it is counted there.

    python -m benchmarks.stages INPUTS OUT       the stages of one merge of generated inputs, as JSON
"""

from __future__ import annotations

import json
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import wraps
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks.inputs import TODAY
from workbook_tools.pipeline import commands
from workbook_tools.profile import load_profile
from workbook_tools.reports import consolidated

# Stage -> where its functions are looked up by those that call them: module:name or module:class.name.
STAGES: Mapping[str, tuple[str, ...]] = {
    "edition": ("pipeline.commands:load_base",),
    "read": ("pipeline.commands:read_files",),
    "titles, normalise, facts": (
        "pipeline.examining:title_table",
        "pipeline.examining:normalise",
        "pipeline.examining:facts",
        "pipeline.examining:rivals",
    ),
    "rules (pandera)": ("pipeline.examining:check_table",),
    "findings": ("pipeline.examining:_findings", "pipeline.examining:with_answers", "pipeline.examining:_asked"),
    "merge": (
        "pipeline.consolidating:decide",
        "pipeline.consolidating:fates",
        "pipeline.consolidating:next_edition",
        "pipeline.consolidating:_reconciled",
        "pipeline.consolidating:_ledgers",
    ),
    "diff": ("comparing:compare", "comparing:meets"),
    "telling": ("pipeline.commands:consolidate",),
    "sheet summary": ("reports.consolidated:write_summary", "reports.consolidated:write_marks"),
    "book closed": ("xlsx.book:XlsxBook.close",),
    "self-check": ("xlsx.book:check_workbook", "pipeline.commands:Checks.finish"),
    "draft order": ("pipeline.commands:write_order",),
    "returned copies": ("pipeline.commands:start_copies", "pipeline.commands:finish_copies"),
    "report": ("reports.run_json:run_parts", "outputs:Outputs.stage_text"),
    "publishing": ("outputs:Outputs.__exit__",),
}
OTHER = "other"


class Spent(NamedTuple):
    """Seconds of a stage: by the clock, and of the processor in this process alone."""

    wall: float
    cpu: float


class Watch:
    """Counts the time of stages that may stand inside each other."""

    def __init__(self) -> None:
        self._wall: dict[str, float] = defaultdict(float)
        self._cpu: dict[str, float] = defaultdict(float)
        self._open: list[str] = []
        self._since = (0.0, 0.0)

    def turn(self, stage: str | None) -> None:
        """Begin a stage, or with None end the innermost one; the time since the last turn belongs to what was open."""
        now = time.perf_counter(), time.process_time()
        if self._open:
            self._wall[self._open[-1]] += now[0] - self._since[0]
            self._cpu[self._open[-1]] += now[1] - self._since[1]
        self._since = now
        if stage is None:
            self._open.pop()
        else:
            self._open.append(stage)

    @property
    def spent(self) -> dict[str, Spent]:
        """Seconds by stage, in the order in which they first came to an end."""
        return {name: Spent(wall, self._cpu[name]) for name, wall in self._wall.items()}


@contextmanager
def watched(turn: Callable[[str | None], None]) -> Iterator[None]:
    """Call `turn` at every begin and end of a stage for as long as the block lasts."""
    places = [(stage, *_found(place)) for stage, listed in STAGES.items() for place in listed]
    places.append(("", consolidated, "_SHEETS"))
    given = [getattr(owner, name) for _, owner, name in places]
    # All are looked up before any is wrapped: a name may stand in two places.
    for (stage, owner, name), function in zip(places, given, strict=True):
        setattr(owner, name, _told(function, stage, turn) if stage else _sheets(turn))
    turn(OTHER)
    try:
        yield
    finally:
        turn(None)
        for (_, owner, name), function in zip(places, given, strict=True):
            setattr(owner, name, function)


def _found(place: str) -> tuple[Any, str]:
    module, _, name = place.partition(":")
    owner: Any = import_module(f"workbook_tools.{module}")
    *outer, last = name.split(".")
    for part in outer:
        owner = getattr(owner, part)
    return owner, last


def _sheets(turn: Callable[[str | None], None]) -> tuple[tuple[str, Callable[..., Any]], ...]:
    """Return the sheets of the consolidated workbook, each a stage of its own."""
    return tuple((key, _told(write, f"sheet {key}", turn)) for key, write in consolidated._SHEETS)  # noqa: SLF001


def _told(function: Callable[..., Any], stage: str, turn: Callable[[str | None], None]) -> Callable[..., Any]:
    @wraps(function)
    def told(*given: object, **named: object) -> object:
        turn(stage)
        try:
            return function(*given, **named)
        finally:
            turn(None)

    return told


def merged(folder: Path, out: Path) -> dict[str, Spent]:
    """Merge generated inputs in this process; files are read by a child, whose processor is not counted here."""
    watch, loaded = Watch(), load_profile(folder / "profile.toml")
    with watched(watch.turn):
        commands.merge([folder / "incoming"], loaded, folder / "edition.xlsx", out, commands.Options(TODAY))
    return watch.spent


if __name__ == "__main__":
    print(json.dumps(merged(Path(sys.argv[1]), Path(sys.argv[2]))))
