"""A server of this machine that speaks S3, filled and asked over plain HTTP; skipped where it is not installed."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import quote

import pytest

_START_SECONDS = 60


@dataclass(frozen=True)
class Store:
    """The server's port, and a way to fill it."""

    port: int

    @property
    def settings(self) -> dict[str, str]:
        """What a program's surroundings say so that it finds the server, and may read there."""
        return {
            "AWS_ENDPOINT_URL": f"http://127.0.0.1:{self.port}",
            "AWS_ACCESS_KEY_ID": "testing",
            "AWS_SECRET_ACCESS_KEY": "testing",
            "AWS_DEFAULT_REGION": "us-east-1",
            "AWS_EC2_METADATA_DISABLED": "true",
        }

    def put(self, path: str, content: bytes = b"") -> None:
        """Put an object, or make a bucket."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=30)
        connection.request("PUT", quote(f"/{path}"), content)
        answer = connection.getresponse()
        connection.close()
        assert answer.status == 200, answer.status

    def put_folder(self, bucket: str, folder: Path) -> None:
        """Make a bucket of all files of a folder."""
        self.put(bucket)
        for path in sorted(item for item in folder.rglob("*") if item.is_file()):
            self.put(f"{bucket}/{path.relative_to(folder).as_posix()}", path.read_bytes())


@contextmanager
def store() -> Iterator[Store]:
    """Start the server on a free port; it ends with the block."""
    for name in ("moto", "flask", "flask_cors", "s3fs"):
        pytest.importorskip(name, reason="only with the extras `cluster` and `cluster-test`")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)]
    silent = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    with subprocess.Popen(command, env=os.environ | Store(port).settings, **silent) as server:  # type: ignore[call-overload] # as `run` takes them
        try:
            _wait(server, port)
            yield Store(port)
        finally:
            server.kill()


def _wait(server: subprocess.Popen[bytes], port: int) -> None:
    deadline = time.monotonic() + _START_SECONDS
    while time.monotonic() < deadline:
        assert server.poll() is None, "the server has ended"
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise AssertionError("the server does not answer")
