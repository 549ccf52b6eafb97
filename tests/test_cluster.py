"""Units' files are read by a Dask cluster too, and one that ends its worker is named there as well."""

from __future__ import annotations

import os
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.books import PROFILE, UnitBook
from workbook_tools.children import Children, Lost
from workbook_tools.errors import InputError
from workbook_tools.pipeline.foreign import foreign_files
from workbook_tools.reading.scanning import Candidate
from workbook_tools.work import mapper, surviving

distributed = pytest.importorskip("distributed", reason="only with the extra `cluster`")
pytestmark = pytest.mark.filterwarnings("ignore")  # the library's own, of ports and clean-up


@pytest.fixture(scope="module")
def scheduler() -> Iterator[str]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        settings = {"n_workers": 2, "threads_per_worker": 1, "dashboard_address": None}
        with distributed.LocalCluster(**settings, silence_logs=50) as cluster:
            yield cluster.scheduler_address


def behave(what: str) -> str:
    """End the worker, raise or answer."""
    if what == "die":
        os._exit(1)
    if what == "refuse":
        raise InputError("файл не годится")
    if what == "leave":
        raise SystemExit
    return f"{what}, read"


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:9", "nonsense", "foo://x"])
def test_a_scheduler_that_cannot_be_reached_is_told(address: str) -> None:
    with pytest.raises(InputError, match=f"по адресу «{address}» не отвечает"), mapper(scheduler=address):
        pass


def test_a_file_that_ends_its_worker_is_lost_alone(scheduler: str) -> None:
    with Children() as children, surviving(children, scheduler) as run:
        first, second, third, last = run(behave, ["a", "die", "leave", "b"])
    assert (first, last) == ("a, read", "b, read")
    assert isinstance(second, Lost)
    assert isinstance(third, Lost)


def test_a_refusal_is_raised_from_a_cluster_too(scheduler: str) -> None:
    with (
        Children() as children,
        surviving(children, scheduler) as run,
        pytest.raises(InputError, match="файл не годится"),
    ):
        list(run(behave, ["refuse"]))


def test_a_cluster_reads_what_children_read(scheduler: str, tmp_path: Path) -> None:
    good, bad = UnitBook().save(tmp_path / "КАДР.xlsx"), tmp_path / "пустой.xlsx"
    bad.touch()
    candidates = [Candidate(path, path.name, "") for path in (good, bad)]
    read = []
    for workers, address in ((1, ""), (2, ""), (1, scheduler)):
        with foreign_files(workers, address) as files:
            read.append(list(files.submissions(candidates, PROFILE)))
    assert read[0] == read[1] == read[2]
    assert [bool(item.unreadable) for item in read[0]] == [False, True]
