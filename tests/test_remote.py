"""A run over a store that speaks S3: the same outputs whoever reads, and one sentence for what cannot be read."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.store import Store, store
from workbook_tools.errors import InputError
from workbook_tools.sources import Address, listed

distributed = pytest.importorskip("distributed", reason="only with the extra `cluster`")

SAMPLES = Path(__file__).parent.parent / "samples"
EDITION = SAMPLES / "edition-2024-03-19.xlsx"
AWAY = {"AWS_ENDPOINT_URL": "http://127.0.0.1:9"}


@pytest.fixture(scope="module")
def prichal() -> Iterator[Store]:
    """Give a server whose bucket `prichal` holds the samples, a file cut short and some that are no workbooks."""
    with store() as server:
        server.put_folder("prichal", SAMPLES / "incoming")
        server.put("prichal/архив/")
        server.put("prichal/архив/обрыв.xlsx", b"PK\x03\x04")
        server.put("prichal/~$Перечень.xlsx", b"PK")
        server.put("empty")
        yield server


@pytest.fixture(scope="module")
def scheduler(prichal: Store) -> Iterator[str]:
    """Give the address of a cluster of processes that know the server."""
    with pytest.MonkeyPatch.context() as patch:
        for name, value in prichal.settings.items():
            patch.setenv(name, value)
        settings = {"n_workers": 2, "threads_per_worker": 1, "processes": True, "dashboard_address": ":0"}
        with distributed.LocalCluster(**settings, silence_logs=50) as cluster:
            yield cluster.scheduler_address


def run(server: Store, *arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
    """Run the program as a person would, who knows the server by the surroundings."""
    command = [sys.executable, "-m", "workbook_tools", *arguments, "--date", "2026-11-22"]
    environment = os.environ | server.settings | settings
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


def merged(server: Store, source: str, out: Path, *how: str) -> dict[str, bytes]:
    """Merge, and return the outputs by name."""
    done = run(server, "merge", source, "--edition", str(EDITION), "--out", str(out), "--quiet", *how)
    assert (done.returncode, "Traceback" in done.stderr) == (2, False), done.stderr
    return {path.relative_to(out).as_posix(): path.read_bytes() for path in sorted(out.rglob("*")) if path.is_file()}


@pytest.fixture(scope="module")
def alone(prichal: Store, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Return the outputs of a run over the bucket by one process."""
    return merged(prichal, "s3://prichal/", tmp_path_factory.mktemp("один"))


def test_the_outputs_are_the_same_bytes_whoever_reads(
    prichal: Store, scheduler: str, alone: dict[str, bytes], tmp_path: Path
) -> None:
    assert len(alone) > 5
    assert alone == merged(prichal, "s3://prichal/", tmp_path / "двое", "--workers", "2")
    assert alone == merged(prichal, "s3://prichal/", tmp_path / "кластер", "--scheduler", scheduler)


def test_a_store_gives_what_a_folder_gives(prichal: Store, alone: dict[str, bytes], tmp_path: Path) -> None:
    folder = tmp_path / "входящие"
    (folder / "архив").mkdir(parents=True)
    for path in (SAMPLES / "incoming").iterdir():
        (folder / path.name).write_bytes(path.read_bytes())
    (folder / "архив" / "обрыв.xlsx").write_bytes(b"PK\x03\x04")
    (folder / "~$Перечень.xlsx").write_bytes(b"PK")
    near = merged(prichal, str(folder), tmp_path / "папка")
    assert near.keys() == alone.keys()
    assert alone["run.json"].decode().replace("s3://prichal/", "") == near["run.json"].decode()
    assert "s3://prichal/архив/обрыв.xlsx" in alone["run.json"].decode()


NOTHING = "по этому адресу ничего нет. Проверьте имена хранилища и папки."


@pytest.mark.parametrize(
    ("source", "settings", "sentence"),
    [
        ("s3://nowhere/in/", {}, NOTHING),
        ("s3://prichal/nowhere/", {}, NOTHING),
        (
            "s3://prichal/",
            {"AWS_ACCESS_KEY_ID": "", "AWS_SECRET_ACCESS_KEY": ""},
            "хранилище не даёт прав на чтение. Проверьте ключи доступа и права на папку.",
        ),
        ("s3://prichal/", AWAY, "хранилище не отвечает. Проверьте адрес и сеть и запустите ещё раз."),
    ],
)
def test_what_cannot_be_listed_is_one_sentence(
    prichal: Store, source: str, settings: dict[str, str], sentence: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in (prichal.settings | settings).items():
        monkeypatch.setenv(name, value)
    with pytest.raises(InputError) as refused:
        listed(Address(source))
    assert str(refused.value) == f"{source}: {sentence}"


def test_what_cannot_be_listed_ends_the_run_with_its_sentence(prichal: Store) -> None:
    done = run(prichal, "check", "s3://nowhere/in/", "--quiet")
    assert (done.returncode, done.stdout, done.stderr) == (2, "", f"ошибка: s3://nowhere/in/: {NOTHING}\n")
