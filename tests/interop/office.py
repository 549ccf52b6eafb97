"""LibreOffice for tests: what is typed into workbooks there, what it converts, and where no test can type."""

from __future__ import annotations

import json
import shutil
import subprocess
import tempfile
import threading
from pathlib import Path
from typing import NamedTuple

import pytest

TYPIST = Path(__file__).with_name("typist.py")
SYSTEM_PYTHON = "/usr/bin/python3"
LIMIT_S = 180


class Typing(NamedTuple):
    """A workbook to open, where to save it, in the format of that name, and what to type: [sheet, A1, text]."""

    workbook: Path
    out: Path
    cells: list[list[str]]


def can_type() -> bool:
    """Tell whether there is a LibreOffice that a Python can type into."""
    if not shutil.which("soffice") or not Path(SYSTEM_PYTHON).exists():
        return False
    return subprocess.run([SYSTEM_PYTHON, "-c", "import uno"], capture_output=True, check=False).returncode == 0


needs_typing = [
    pytest.mark.libreoffice,
    pytest.mark.skipif(not can_type(), reason="LibreOffice with its Python bridge (python3-uno) is not installed"),
]


class Office:
    """A LibreOffice for all tests of this process: started where somebody first types, and ended by `close`."""

    def __init__(self) -> None:
        self._typist: subprocess.Popen[str] | None = None
        self._home: tempfile.TemporaryDirectory[str] | None = None

    def typed(self, *typings: Typing) -> list[list[str]]:
        """Type into workbooks, one after the other; return the cells that it refused."""
        jobs = [
            {"workbook": str(item.workbook), "out": str(item.out), "format": item.out.suffix[1:], "cells": item.cells}
            for item in typings
        ]
        if self._typist is None:
            command = [SYSTEM_PYTHON, str(TYPIST)]
            self._typist = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        told, answers = self._typist.stdin, self._typist.stdout
        assert told
        assert answers
        limit = threading.Timer(LIMIT_S, self._typist.kill)
        limit.start()
        told.write(f"{json.dumps(jobs)}\n")
        told.flush()
        answer = answers.readline()
        limit.cancel()
        if not answer:
            self.close()
        refused: list[list[str]] = json.loads(answer)
        return refused

    def converted(self, kind: str, out: Path, *paths: Path) -> list[Path]:
        """Save files in another format into a folder, all in one start; its settings are kept for the next one."""
        self._home = self._home or tempfile.TemporaryDirectory()
        command = ["soffice", "--headless", f"-env:UserInstallation={Path(self._home.name).as_uri()}"]
        command += ["--convert-to", kind, "--outdir", str(out), *map(str, paths)]
        subprocess.run(command, check=True, capture_output=True, timeout=LIMIT_S)
        return [out / f"{path.stem}.{kind}" for path in paths]

    def close(self) -> None:
        """End it, if it was started."""
        if self._typist:
            self._typist.communicate(timeout=LIMIT_S)
        if self._home:
            self._home.cleanup()
        self._typist = self._home = None


OFFICE = Office()
typed, converted = OFFICE.typed, OFFICE.converted


def printed_pages(pdf: Path) -> list[str]:
    """Return the text of each page as it is laid out."""
    text = subprocess.run(["pdftotext", "-layout", str(pdf), "-"], capture_output=True, check=True).stdout
    return text.decode().split("\f")[:-1]
