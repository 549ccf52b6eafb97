"""The real program on consoles of every code page: nothing fails, all can be read, reports stay UTF-8."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
INCOMING, EDITION = ROOT / "samples" / "incoming", ROOT / "samples" / "edition-2024-03-19.xlsx"
CODE_PAGES = ["cp866", "cp1251", "koi8-r", "ascii"]
# Without what makes Python take every console for UTF-8.
BARE = {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}
# One process for all code pages: what takes long is to load the program, and it asks its stream each time.
ALL_HELP = """
import os, sys
from typer.main import get_command
from workbook_tools.cli import main
from workbook_tools.cli.app import app
os.makedirs(sys.argv[1])
for encoding in sys.argv[2:]:
    sys.stdout = open(f"{sys.argv[1]}/{encoding}", "w", encoding=encoding, errors="strict")
    for name in ["", *get_command(app).commands]:
        assert main([*filter(None, [name]), "--help"]) == 0
    sys.stdout.close()
"""


def program(*order: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("LC_", "LANG", "PYTHONIO"))}
    return subprocess.run([sys.executable, *order], capture_output=True, check=False, env={**kept, **environment})


def readable(text: str) -> str:
    """Return a text of our own as it is shown, once it is seen to hold neither codes nor question marks."""
    assert re.findall(r"\\[uxU][0-9a-f]{2}|\?|\ufffd", text) == []
    return text


@pytest.fixture(scope="module")
def helps(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("справка") / "по кодировкам"
    done = program("-c", ALL_HELP, str(folder), *CODE_PAGES, "utf-8")
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
    return folder


@pytest.mark.parametrize("encoding", [*CODE_PAGES, "utf-8"])
def test_the_help_of_every_command_can_be_read(helps: Path, encoding: str) -> None:
    shown = readable((helps / encoding).read_bytes().decode(encoding))
    assert ("Vyzov: perechen" if encoding == "ascii" else "Вызов: perechen") in shown
    assert ("Pokazat etu spravku" if encoding == "ascii" else "Показать эту справку") in shown


@pytest.mark.parametrize(
    ("encoding", "line"),
    [
        ("cp866", 'ошибка: Перечень_КАДР_2024-03-19.xlsx: Не заполнена графа "Удовлетворяемые потребности клиента"'),
        ("cp1251", "ошибка: Перечень_КАДР_2024-03-19.xlsx: Не заполнена графа «Удовлетворяемые потребности клиента»"),
        ("ascii", 'oshibka: Perechen_KADR_2024-03-19.xlsx: Ne zapolnena grafa "Udovletvoryaemye potrebnosti klienta"'),
    ],
)
def test_a_check_says_all_it_has_to_say(encoding: str, line: str) -> None:
    order = ["-m", "workbook_tools", "check", str(INCOMING), "--edition", str(EDITION), "--date", "2026-11-22"]
    done = program(*order, PYTHONIOENCODING=encoding)
    assert done.returncode == 1
    readable(done.stdout.decode(encoding))
    assert any(told.startswith(line) for told in readable(done.stderr.decode(encoding)).splitlines())


@pytest.mark.skipif(sys.platform == "win32", reason="the locale decides nothing there")
def test_a_system_that_knows_no_letters_gets_latin_ones_and_the_report_stays_utf8() -> None:
    order = ["-m", "workbook_tools", "diff", str(EDITION), str(EDITION), "--json", "-"]
    done = program(*order, **BARE)
    assert done.returncode == 0
    assert json.loads(done.stdout.decode("utf-8"))["profile"]["name"]
    assert readable(done.stderr.decode("ascii")).splitlines()[0] == "Izmenenij net."


def test_where_the_locale_is_plain_the_program_speaks_utf8() -> None:
    done = program("-m", "workbook_tools", "diff", "a.xlsx", "b.xlsx", LC_ALL="C.UTF-8")
    assert done.stderr.decode("utf-8").startswith("ошибка: a.xlsx: такого файла нет.")
