"""The help in a window of any width: no word of it is cut off, nothing is left out."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from typer import rich_utils

from tests.language import foreign_words
from workbook_tools.cli import main
from workbook_tools.cli.narrow import LEAST_WIDTH

SAMPLES = Path(__file__).parent.parent / "samples"
COMMANDS = (
    "",
    "init",
    "import",
    "templates",
    "status",
    "check",
    "merge",
    "diff",
    "publish",
    "demo",
    "completion",
)
WIDE = 400
NARROW = (0, 1, 20, 40, LEAST_WIDTH - 1)


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Said:
    return Said(monkeypatch, capsys)


class Said:
    """What the program says in a window of a width."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        self._monkeypatch, self._capsys = monkeypatch, capsys

    def at(self, width: int, *arguments: str, quiet: bool = True) -> str:
        self._monkeypatch.setenv("COLUMNS", str(width))
        main(list(arguments))
        written = self._capsys.readouterr()
        assert not (quiet and written.err)
        return written.out + written.err


def words(text: str) -> set[str]:
    """Return the words of a help; frames, and the star of what must be given, are none."""
    return {word.rstrip(":") for word in re.sub(r"[╭╮╰╯│─*]", " ", text).split()}


@pytest.mark.parametrize("command", COMMANDS)
def test_a_narrow_window_shows_every_word_of_the_help(said: Said, command: str) -> None:
    call = [*filter(None, [command]), "--help"]
    wide = words(said.at(WIDE, *call))
    assert len(wide) > 20
    for width in NARROW:
        assert words(said.at(width, *call)) == wide


@pytest.mark.parametrize("command", COMMANDS)
def test_the_narrowest_tables_cut_no_word_off(said: Said, command: str) -> None:
    shown = said.at(LEAST_WIDTH, *filter(None, [command]), "--help")
    assert "╭" in shown
    assert re.findall(r"\w…", shown) == []


def test_lines_are_no_longer_than_the_window_but_for_a_word(said: Said) -> None:
    for line in said.at(40, "merge", "--help").splitlines():
        assert len(line) <= 40
    assert all(len(line) <= 20 or len(line.split()) == 1 for line in said.at(1, "merge", "--help").splitlines())


def test_what_is_found_is_told_the_same_in_a_window_of_any_width(said: Said) -> None:
    call = ("check", str(SAMPLES / "incoming"), "--edition", str(SAMPLES / "edition-2024-03-19.xlsx"))
    wide = said.at(WIDE, *call, "--date", "2026-11-22", quiet=False)
    assert "Основание: раздел III." in wide
    assert said.at(1, *call, "--date", "2026-11-22", quiet=False) == wide


def test_without_a_command_the_help_is_shown_in_a_narrow_window_too(
    said: Said, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    shown = said.at(1)
    assert shown.startswith("Вызов: perechen")
    assert foreign_words(re.sub(rf"\b({'|'.join(filter(None, COMMANDS))}|Tab)\b", "", shown)) == []


def test_a_window_said_to_be_wider_than_any_is_taken_for_a_wide_one(
    said: Said, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The library keeps what it was told: other tests have windows of their own.
    monkeypatch.setattr(rich_utils, "MAX_WIDTH", None)
    written = said.at(10**9, "merge", "--help")
    assert max(map(len, written.splitlines())) <= WIDE
    assert written == said.at(WIDE, "merge", "--help")
