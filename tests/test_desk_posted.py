"""Letters are written once for what they say: a run made again the same day asks for no new ones."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from tests.books import TODAY, UnitBook
from tests.cycle import PLAIN, checked, edition, merged, opened, send
from workbook_tools.desk.stock import lying_in
from workbook_tools.pipeline.commands import Options, check, templates

if TYPE_CHECKING:
    from pathlib import Path

    from workbook_tools.desk.folder import Desk

PLACE = f"письма/{TODAY}"
OTHERS = ("ОРГ", "ИНФ", "ИТ", "БУХ", "АХО")


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """Return a working folder in which one unit has sent a file with an error, and the others are silent."""
    desk = opened(tmp_path / "дело")
    faulty(desk)
    return desk


def faulty(desk: Desk, **also: str) -> None:
    book = UnitBook("КАДР")
    book.edit("Т-0001", kind="смешанная", action="изменить", basis="приказ № 1")
    if also:
        book.edit("Т-0002", **also)
    send(desk, "КАДР", book)


def write(desk: Desk, *names: str, moment: int = 0) -> None:
    folder = desk.letters / TODAY
    folder.mkdir(parents=True, exist_ok=True)
    for name in names:
        (folder / name).write_bytes(b"x")
        if moment:
            os.utime(folder / name, (moment, moment))


def reminders(*units: str) -> list[str]:
    return [f"Напоминание_{unit}.txt" for unit in units]


def posted(desk: Desk) -> str:
    return lying_in(desk, PLAIN).letters


def test_before_any_run_letters_are_what_lies_there(desk: Desk) -> None:
    assert posted(desk) == ""
    write(desk, *reminders("КАДР"))
    assert posted(desk) == PLACE


def test_letters_older_than_the_templates_of_this_cycle_are_those_of_an_earlier_one(desk: Desk) -> None:
    write(desk, *reminders("КАДР"))
    for day, place in (("2026-11-01", PLACE), ("2026-12-01", "")):
        templates(PLAIN, edition(desk), desk.templates / day)
        assert posted(desk) == place


def test_what_is_no_file_is_no_letter(desk: Desk) -> None:
    (desk.letters / TODAY / "Напоминание_КАДР.txt").mkdir(parents=True)
    assert posted(desk) == ""


def test_each_letter_that_is_due_must_lie_there(desk: Desk) -> None:
    checked(desk)
    write(desk, *reminders(*OTHERS))
    assert posted(desk) == ""
    write(desk, "Замечания_КАДР.txt")
    assert posted(desk) == PLACE
    (desk.letters / TODAY / "Напоминание_АХО.txt").unlink()
    assert posted(desk) == ""


def test_the_same_files_checked_or_merged_again_ask_for_no_new_letters(desk: Desk) -> None:
    checked(desk)
    write(desk, "Замечания_КАДР.txt", *reminders(*OTHERS))
    checked(desk, f"{TODAY}_2")
    assert posted(desk) == PLACE
    merged(desk)
    assert posted(desk) == PLACE


def test_a_file_that_came_since_and_has_errors_asks_for_a_letter_and_one_in_order_does_not(desk: Desk) -> None:
    checked(desk)
    write(desk, "Замечания_КАДР.txt", *reminders(*OTHERS))
    send(desk, "ИТ", UnitBook("ИТ"))
    checked(desk, f"{TODAY}_2")
    assert posted(desk) == PLACE
    faulty(desk, needs="")
    checked(desk, f"{TODAY}_3")
    assert posted(desk) == ""


def test_letters_older_than_the_first_run_that_found_the_errors_say_nothing_of_them(desk: Desk) -> None:
    write(desk, "Замечания_КАДР.txt", moment=1)
    write(desk, *reminders(*OTHERS))
    checked(desk)
    assert posted(desk) == ""


def test_a_run_of_a_later_day_may_remind_again(desk: Desk) -> None:
    checked(desk)
    write(desk, "Замечания_КАДР.txt", *reminders(*OTHERS))
    check([desk.incoming], PLAIN, edition(desk), desk.remarks / "2026-11-25", Options("2026-11-25"))
    assert posted(desk) == ""
    write(desk, *reminders(*OTHERS))
    assert posted(desk) == PLACE
