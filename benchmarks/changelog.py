"""How well and how fast two editions are compared, beside a keyed comparison and daff, in one run.

    python -m benchmarks.changelog                 400 and 5,000 records
    python -m benchmarks.changelog --sizes 400 5000 100000

The truth is known: the pairs are made by benchmarks/editions.py. Seeds below 1,000 were used to set the weights of
the comparison; the seeds reported here were not.
"""

from __future__ import annotations

import argparse
import importlib.util
import math
import statistics
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import pairwise

from benchmarks.editions import HEAVY, MODERATE, Fact, Pair, pair
from benchmarks.rivals import keyed, with_daff
from workbook_tools.comparing import Change, Context, compare
from workbook_tools.profile import Profile, load_profile

CASES = ("new", "kind_changed", "needs_changed", "excluded")
EDITINGS = {"moderate": MODERATE, "heavy": HEAVY}
FIRST_SEED = 1_000
DAFF_UP_TO = 5_000


@dataclass
class Score:
    """Facts found rightly, found wrongly and missed, by class; and the seconds of each run."""

    right: Counter[str] = field(default_factory=Counter)
    wrong: Counter[str] = field(default_factory=Counter)
    missed: Counter[str] = field(default_factory=Counter)
    seconds: list[float] = field(default_factory=list)

    def add(self, found: set[Fact], truth: set[Fact]) -> None:
        """Count one comparison."""
        self.right.update(kind for kind, *_ in found & truth)
        self.wrong.update(kind for kind, *_ in found - truth)
        self.missed.update(kind for kind, *_ in truth - found)

    def rates(self, kinds: Iterable[str]) -> tuple[float, float, float]:
        """Return precision, recall and F1 over some classes."""
        kinds = list(kinds)
        right, wrong, missed = (sum(counts[kind] for kind in kinds) for counts in (self.right, self.wrong, self.missed))
        precision, recall = right / ((right + wrong) or 1), right / ((right + missed) or 1)
        return precision, recall, 2 * precision * recall / ((precision + recall) or 1)


def facts(changes: Iterable[Change]) -> set[Fact]:
    """Return what a comparison says: class, row in the old edition, row in the new one; 0 where there is none."""
    return {
        (kind, change.before["row"] if change.before else 0, change.after["row"] if change.after else 0)
        for change in changes
        for kind in change.classes
    }


Way = Callable[[Pair, Profile, bool], list[Change]]
WAYS: Mapping[str, Way] = {
    "perechen": lambda item, profile, _: compare(item.old, item.new, profile, Context()),
    "keyed": lambda item, profile, coded: keyed(item.old, item.new, profile, coded=coded),
    "daff": lambda item, profile, coded: with_daff(item.old, item.new, profile, coded=coded),
}


def measured(size: int, editing: str, *, coded: bool, seeds: int) -> dict[str, Score]:
    """Compare some pairs of editions in each way."""
    given = load_profile().profile
    scores: dict[str, Score] = {name: Score() for name in WAYS if name != "daff" or _daff_runs(size)}
    for seed in range(FIRST_SEED, FIRST_SEED + seeds):
        flip = seed % 2 == 1
        profile = given.model_copy(update={"kind_overrides": {"ТЕЛЕФОН": "digital"}}) if flip else given
        item = pair(size, EDITINGS[editing], profile, seed, coded=coded, flip=flip)
        for name, score in scores.items():
            start = time.perf_counter()
            changes = WAYS[name](item, profile, coded)
            score.seconds.append(time.perf_counter() - start)
            score.add(facts(changes), item.truth)
    return scores


def _daff_runs(size: int) -> bool:
    return size <= DAFF_UP_TO and importlib.util.find_spec("daff") is not None


def report(size: int, editing: str, *, coded: bool, scores: Mapping[str, Score]) -> None:
    """Print precision, recall and F1 of each way, for each class."""
    kinds = sorted({kind for score in scores.values() for kind in (*score.right, *score.missed, *score.wrong)})
    print(f"\n{size:,} records, {editing} editing, {'with' if coded else 'without'} codes")
    print(f"  {'':16}" + "".join(f"{name:^26}" for name in scores))
    print(f"  {'':16}" + f"{'P      R      F1':^26}" * len(scores))
    rows = [("all classes", kinds), ("section III", CASES), *((kind, [kind]) for kind in kinds)]
    for label, group in rows:
        cells = ("  ".join(f"{rate:.3f}" for rate in score.rates(group)) for score in scores.values())
        print(f"  {label:16}" + "".join(f"{cell:^26}" for cell in cells))
    seconds = (f"{statistics.median(score.seconds):.2f} s" for score in scores.values())
    print(f"  {'median time':16}" + "".join(f"{cell:^26}" for cell in seconds))


def main() -> int:
    """Run all sizes; return 1 where the goal of F1 is missed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=[400, 5_000])
    parser.add_argument("--seeds", type=int, default=5, help="pairs of each kind; one at 100,000 records")
    given = parser.parse_args()
    reached = True
    times: dict[int, float] = {}
    for size in given.sizes:
        for editing in EDITINGS:
            for coded in (False, True):
                scores = measured(size, editing, coded=coded, seeds=1 if size > DAFF_UP_TO else given.seeds)
                report(size, editing, coded=coded, scores=scores)
                overall = scores["perechen"].rates({*scores["perechen"].right, *scores["perechen"].missed})
                reached &= overall[2] >= (1.0 if coded else 0.99)
                times[size] = max(times.get(size, 0.0), statistics.median(scores["perechen"].seconds))
    _print_growth(times)
    print("goal (F1 >= 0.99 without codes, 1.00 with codes):", "reached" if reached else "MISSED")
    return 0 if reached else 1


def _print_growth(times: Mapping[int, float]) -> None:
    sizes = sorted(times)
    for small, large in pairwise(sizes):
        slope = math.log(times[large] / times[small]) / math.log(large / small)
        print(f"growth of time from {small:,} to {large:,} records: slope {slope:.2f}")


if __name__ == "__main__":
    sys.exit(main())
