"""What functions remember is forgotten when it is said; what was freed is given back."""

from __future__ import annotations

import platform
from pathlib import Path

import pytest

from workbook_tools.memory import forget, give_back, remembered


def test_a_remembered_answer_is_found_once_until_it_is_forgotten() -> None:
    asked: list[str] = []

    @remembered(8)
    def of(text: str) -> str:
        asked.append(text)
        return text.upper()

    assert [of("а"), of("б"), of("а")] == ["А", "Б", "А"]
    assert asked == ["а", "б"]
    forget()
    assert of("а") == "А"
    assert asked == ["а", "б", "а"]


def test_no_more_answers_are_remembered_than_said() -> None:
    asked: list[int] = []

    @remembered(2)
    def of(number: int) -> int:
        asked.append(number)
        return -number

    assert [of(number) for number in (1, 2, 3, 1)] == [-1, -2, -3, -1]
    assert asked == [1, 2, 3, 1]


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="its allocator is the one that has to be told")
def test_what_was_freed_is_given_back() -> None:
    # A block that stays behind each one that goes: none of the room is at the end, where it is given back anyway.
    held = [bytearray(100_000) for _ in range(2_000)]
    before = _resident()
    del held[:-1:2]
    give_back()
    assert before - _resident() > 50 * 2**20


def _resident() -> int:
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * 4096
