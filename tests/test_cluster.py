"""Units' files are read by a Dask cluster too, and one that ends its worker is named there as well."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.books import PROFILE, UnitBook
from workbook_tools import work
from workbook_tools.children import Bounds, Children, Lost
from workbook_tools.errors import InputError
from workbook_tools.pipeline.foreign import foreign_files
from workbook_tools.reading.scanning import Candidate
from workbook_tools.work import surviving

distributed = pytest.importorskip("distributed", reason="only with the extra `cluster`")


@pytest.fixture(scope="module")
def scheduler() -> Iterator[str]:
    settings = {"n_workers": 2, "threads_per_worker": 1, "processes": True, "dashboard_address": ":0"}
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
    with pytest.raises(InputError, match=f"по адресу «{address}» не отвечает"), surviving(Children(), address):
        pass


def test_a_file_that_ends_its_worker_is_lost_alone(scheduler: str) -> None:
    with Children() as children, surviving(children, scheduler) as run:
        first, second, third, last = run(behave, ["a", "die", "leave", "b"])
    assert (first, last) == ("a, read", "b, read")
    assert isinstance(second, Lost)
    assert isinstance(third, Lost)


@pytest.fixture
def frail() -> Iterator[str]:
    """Give a cluster of one worker whose scheduler gives up a task, and all that lies with it, at the first death."""
    dask = pytest.importorskip("dask")
    settings = {"n_workers": 1, "threads_per_worker": 1, "processes": True, "dashboard_address": ":0"}
    with (
        dask.config.set({"distributed.scheduler.allowed-failures": 0}),
        distributed.LocalCluster(**settings, silence_logs=50) as cluster,
    ):
        yield cluster.scheduler_address


def test_what_lay_with_a_dying_worker_is_read_all_the_same(frail: str) -> None:
    with Children() as children, surviving(children, frail) as run:
        found = list(run(behave, ["die", "a", "b", "c", "d"]))
    assert found == [Lost(Bounds().died), "a, read", "b, read", "c, read", "d, read"]


@pytest.fixture
def deserted() -> Iterator[str]:
    settings = {"n_workers": 0, "processes": True, "dashboard_address": ":0"}
    with distributed.LocalCluster(**settings, silence_logs=50) as cluster:
        yield cluster.scheduler_address


def test_a_cluster_without_anybody_to_read_is_told(deserted: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(work, "_PATIENCE_SECONDS", 0.5)
    with (
        Children() as children,
        surviving(children, deserted) as run,
        pytest.raises(InputError, match="на кластере не осталось ни одного рабочего процесса"),
    ):
        list(run(behave, ["a"]))


def test_more_items_than_are_on_their_way_at_once_keep_their_order(scheduler: str) -> None:
    names = [str(number) for number in range(100)]
    with Children() as children, surviving(children, scheduler) as run:
        assert list(run(behave, names)) == [f"{name}, read" for name in names]


def test_a_refusal_is_raised_from_a_cluster_too(scheduler: str) -> None:
    with (
        Children() as children,
        surviving(children, scheduler) as run,
        pytest.raises(InputError, match="файл не годится"),
    ):
        list(run(behave, ["refuse"]))


def test_a_cluster_reads_what_children_read(scheduler: str, tmp_path: Path) -> None:
    good, bad, gone = UnitBook().save(tmp_path / "КАДР.xlsx"), tmp_path / "пустой.xlsx", tmp_path / "нет.xlsx"
    link, folder, refused = tmp_path / "ссылка.xlsx", tmp_path / "папка.xlsx", tmp_path / "чужой.xlsx"
    bad.touch()
    folder.mkdir()
    link.symlink_to(bad)
    refused.touch()
    candidates = [Candidate(path, path.name) for path in (good, bad, gone, link, folder)]
    candidates.append(Candidate(refused, refused.name, refused="это ссылка на файл вне папки"))
    read = []
    for workers, address in ((1, ""), (2, ""), (1, scheduler)):
        with foreign_files(workers, address) as files:
            read.append(list(files.submissions(candidates, PROFILE)))
    assert read[0] == read[1] == read[2]
    assert [bool(item.unreadable) for item in read[0]] == [False] + [True] * 5
