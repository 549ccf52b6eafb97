"""A running LibreOffice for tests: what is typed into workbooks there, and where no test can type."""

from __future__ import annotations

import json
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import NamedTuple

import pytest

TYPIST = Path(__file__).with_name("typist.py")
SYSTEM_PYTHON = "/usr/bin/python3"


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


def typed(*typings: Typing) -> list[list[str]]:
    """Type into workbooks, all in one office; return the cells that it refused."""
    jobs = [
        {"workbook": str(item.workbook), "out": str(item.out), "format": item.out.suffix[1:], "cells": item.cells}
        for item in typings
    ]
    with tempfile.TemporaryDirectory() as place:
        path = Path(place) / "jobs.json"
        path.write_text(json.dumps(jobs), encoding="utf-8")
        command = [SYSTEM_PYTHON, str(TYPIST), str(path)]
        done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=180)
    refused: list[list[str]] = json.loads(done.stdout)
    return refused
