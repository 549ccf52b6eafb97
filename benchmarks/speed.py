"""Whole processes beside each other: the merge, the rivals, its bare reading and writing; the merge stage by stage."""

from __future__ import annotations

import json
import math
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from statistics import median
from typing import NamedTuple

from benchmarks.inputs import TODAY, Inputs
from benchmarks.processes import Cost, cost_of
from benchmarks.stages import Spent

MERGE, NAIVE, LIMIT, BARE = "merge", "naive", "limit", "bare"
# Findings are no failure of a measured merge.
_ENDS = (0, 1)


class Result(NamedTuple):
    """What a size came to: medians of whole processes, and one run's stages."""

    size: str
    files: int
    rows: int
    repeat: int
    costs: Mapping[str, Cost]
    stages: Mapping[str, Spent]

    @property
    def rivals(self) -> list[str]:
        """What stands beside the merge."""
        return [way for way in self.costs if way != MERGE]

    def ratio(self, other: str) -> Cost:
        """Return how many times the cost of another way the merge costs."""
        return Cost(*(ours / theirs for ours, theirs in zip(self.costs[MERGE], self.costs[other], strict=True)))

    def by_weight(self) -> list[tuple[str, Spent]]:
        """Return the stages, those that took longest first."""
        return sorted(self.stages.items(), key=lambda item: -item[1].wall)


def measured(size: str, made: Inputs, repeat: int, *, alone: bool = False) -> Result:
    """Run each way so many times, one after the other in turn, each time into an empty folder.

    `alone` runs the merge only, and not once more for its stages.
    """
    runs: dict[str, list[Cost]] = {way: [] for way in ((MERGE,) if alone else (MERGE, NAIVE, LIMIT, BARE))}
    for _ in range(repeat):
        with tempfile.TemporaryDirectory() as out:
            for way, found in runs.items():
                Path(out, way).mkdir()
                found.append(cost_of(command(way, made, Path(out)), _ENDS if way == MERGE else (0,)))
    costs = {way: _median(found) for way, found in runs.items()}
    return Result(size, len(list(made.incoming.iterdir())), made.rows, repeat, costs, {} if alone else stages_of(made))


def command(way: str, made: Inputs, out: Path) -> list[str]:
    """Return the command line of a way, which writes into the folder of its name; the merge goes before the bare."""
    if way != MERGE:
        paths = [made.edition, out / MERGE, out / way] if way == BARE else [out / way / "joined.xlsx"]
        return [sys.executable, "-m", f"benchmarks.{way}", *map(str, [made.incoming, *paths])]
    options = {"--out": out / way, "--profile": made.profile, "--edition": made.edition, "--date": TODAY}
    given = [str(word) for option in options.items() for word in option]
    return [sys.executable, "-m", "workbook_tools", "merge", str(made.incoming), *given]


def stages_of(made: Inputs) -> dict[str, Spent]:
    """Return what the stages of a merge take, in a process of its own."""
    with tempfile.TemporaryDirectory() as out:
        call = [sys.executable, "-m", "benchmarks.stages", str(made.incoming.parent), out]
        said = subprocess.run(call, check=True, capture_output=True, text=True).stdout  # noqa: S603 - our own
    return {stage: Spent(*spent) for stage, spent in json.loads(said.splitlines()[-1]).items()}


def as_json(result: Result) -> dict[str, object]:
    """Return a result as plain data."""
    costs = {way: cost._asdict() for way, cost in result.costs.items()}
    ratios = {f"{MERGE}/{other}": result.ratio(other)._asdict() for other in result.rivals}
    stages = {stage: spent._asdict() for stage, spent in result.stages.items()}
    return {**result._asdict(), "costs": costs, "ratios": ratios, "stages": stages}


def growth(results: Iterable[Result]) -> dict[str, Cost]:
    """Return the slopes of log cost on log rows from each size to the next, and from the first to the last."""
    by_rows = sorted(results, key=lambda result: result.rows)
    pairs = [*pairwise(by_rows), *([(by_rows[0], by_rows[-1])] if len(by_rows) > 2 else [])]  # noqa: PLR2004 - a third
    return {f"{small.size} to {large.size}": _slopes(small, large) for small, large in pairs}


def _slopes(small: Result, large: Result) -> Cost:
    rows = math.log(large.rows / small.rows)
    both = zip(small.costs[MERGE], large.costs[MERGE], strict=True)
    return Cost(*(math.log(after / before) / rows for before, after in both))


def _median(costs: Sequence[Cost]) -> Cost:
    return Cost(*(median(column) for column in zip(*costs, strict=True)))
