"""How fast the units' files are read and looked through by one process, by several, and by a Dask cluster.

    python -m benchmarks.readers --size M --workers 2 --repeat 3

Processes and cluster are running before the clock starts (a file is read first by each); what is timed is from the list
of files to all of them as read: guards, the integrity pass, rows with their cells and what is wrong with their shape,
in this process at the end. Needs the extra `cluster`.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from benchmarks.inputs import SIZES, inputs
from workbook_tools.children import Children
from workbook_tools.pipeline.foreign import ForeignFiles
from workbook_tools.profile import load_profile
from workbook_tools.reading.scanning import scan

if TYPE_CHECKING:
    from benchmarks.inputs import Inputs


def main() -> int:
    """Measure and print."""
    given = _arguments()
    with nullcontext(given.folder) if given.folder else tempfile.TemporaryDirectory() as folder:
        made = inputs(Path(folder) / given.size, SIZES[given.size])
        costs = measured(made, given.workers, given.repeat)
    serial = costs["serial"]
    print(f"{given.size}: {SIZES[given.size].units} files, {made.rows:,} rows; medians of {given.repeat}")
    for way, seconds in costs.items():
        print(f"  {way:22} {seconds:6.2f} s, {serial / seconds:5.2f} times as fast as serial")
    return 0


def measured(made: Inputs, workers: int, repeat: int) -> Mapping[str, float]:
    """Return by way the median of its times in seconds; the ways take turns."""
    times: dict[str, list[float]] = {}
    with ExitStack() as stack:
        ways = {name: stack.enter_context(way) for name, way in _ways(workers).items()}
        for read in ways.values():
            read(made, 1)
        for _ in range(repeat):
            for name, read in ways.items():
                begin = time.perf_counter()
                read(made, None)
                times.setdefault(name, []).append(time.perf_counter() - begin)
    return {name: median(found) for name, found in times.items()}


Reader = Callable[["Inputs", int | None], None]


def _ways(workers: int) -> dict[str, AbstractContextManager[Reader]]:
    return {
        "serial": _processes(1),
        f"{workers} processes": _processes(workers),
        f"Dask, {workers} workers": _dask(workers),
    }


@contextmanager
def _processes(count: int) -> Iterator[Reader]:
    with Children(count) as children:
        yield _reader(ForeignFiles(children))


@contextmanager
def _dask(workers: int) -> Iterator[Reader]:
    from distributed import LocalCluster  # noqa: PLC0415 - only with the extra `cluster`

    with (
        LocalCluster(n_workers=workers, threads_per_worker=1, dashboard_address=None) as cluster,
        Children(1) as children,
    ):
        yield _reader(ForeignFiles(children, cluster.scheduler_address))


def _reader(files: ForeignFiles) -> Reader:
    def read(made: Inputs, most: int | None) -> None:
        profile = load_profile(made.profile).profile
        for item in files.submissions(scan([made.incoming])[:most], profile):
            if item.unreadable:
                raise ValueError(item.unreadable)

    return read


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--size", choices=SIZES, default="M")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--folder", type=Path, help="where generated inputs are kept; without it they are not")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
