"""What becomes of each file: the latest of a unit counts, a copy counts once, two of one date are an error."""

from __future__ import annotations

import datetime
import itertools
from typing import TYPE_CHECKING

import pytest

from tests.books import PROFILE, Typed, UnitBook, looked_at
from workbook_tools.standing import ACCEPTED, IGNORED, REJECTED, SUPERSEDED, UNREADABLE, Standing

if TYPE_CHECKING:
    from pathlib import Path

DAYS = (datetime.date(2026, 11, 16), datetime.date(2026, 11, 17), datetime.date(2026, 11, 18))


def send(folder: Path, name: str, unit: str = "КАДР", **title: Typed) -> Path:
    book = UnitBook(unit)
    book.sign(**title)
    return book.save(folder / name)


def stand(folder: Path) -> dict[str, Standing]:
    return {item.file: item for item in looked_at(folder).files}


def statuses(folder: Path) -> dict[str, str]:
    return {name: item.status for name, item in stand(folder).items()}


@pytest.mark.parametrize("days", list(itertools.permutations(DAYS)))
def test_the_latest_by_the_date_of_filling_in_counts_whatever_the_names(
    days: tuple[datetime.date, ...], tmp_path: Path
) -> None:
    for name, day in zip(("а.xlsx", "б.xlsx", "в.xlsx"), days, strict=True):
        send(tmp_path, name, filled=day)
    latest = ("а.xlsx", "б.xlsx", "в.xlsx")[days.index(DAYS[2])]
    found = stand(tmp_path)
    assert {name for name, item in found.items() if item.status == ACCEPTED} == {latest}
    for name, item in found.items():
        if name != latest:
            assert (item.status, item.reason) == (SUPERSEDED, f"учтён файл «{latest}» от 18.11.2026")


def test_files_of_different_units_do_not_meet(tmp_path: Path) -> None:
    send(tmp_path, "а.xlsx")
    send(tmp_path, "б.xlsx", "ИТ")
    assert statuses(tmp_path) == {"а.xlsx": ACCEPTED, "б.xlsx": ACCEPTED}


def test_a_standing_says_what_the_file_holds(tmp_path: Path) -> None:
    send(tmp_path, "а.xlsx")
    found = stand(tmp_path)["а.xlsx"]
    assert (found.unit, found.rows, found.filled, found.reason, found.remark) == ("КАДР", 3, "2026-11-18", "", None)
    assert len(found.sha256) == 64


def test_the_day_of_the_check_orders_files_that_do_not_say_when_they_were_filled_in(tmp_path: Path) -> None:
    send(tmp_path, "а.xlsx", filled="", checked=DAYS[2])
    send(tmp_path, "б.xlsx", filled="", checked=DAYS[1])
    assert statuses(tmp_path) == {"а.xlsx": ACCEPTED, "б.xlsx": SUPERSEDED}


def test_a_copy_counts_once_even_where_it_has_no_date(tmp_path: Path) -> None:
    path = send(tmp_path, "а.xlsx", filled="", checked="")
    (tmp_path / "б.xlsx").write_bytes(path.read_bytes())
    found = stand(tmp_path)
    assert {name: item.status for name, item in found.items()} == {"а.xlsx": SUPERSEDED, "б.xlsx": REJECTED}
    assert found["а.xlsx"].reason == "есть файл «б.xlsx»: он полностью совпадает с этим"


def test_a_copy_of_a_superseded_file_is_superseded_with_it(tmp_path: Path) -> None:
    path = send(tmp_path, "а.xlsx", filled=DAYS[0])
    (tmp_path / "б.xlsx").write_bytes(path.read_bytes())
    send(tmp_path, "в.xlsx")
    found = stand(tmp_path)
    assert [(name, item.status, item.remark and item.remark.message) for name, item in found.items()] == [
        ("а.xlsx", SUPERSEDED, "superseded"),
        ("б.xlsx", SUPERSEDED, "superseded"),
        ("в.xlsx", ACCEPTED, None),
    ]
    assert found["а.xlsx"].reason == "учтён файл «в.xlsx» от 18.11.2026"


def test_two_files_of_the_last_date_take_nothing_and_an_older_one_does_not_step_in(tmp_path: Path) -> None:
    send(tmp_path, "а.xlsx")
    send(tmp_path, "б.xlsx", executor_phone="(4812) 11-11-11")
    send(tmp_path, "в.xlsx", filled=DAYS[0])
    found = stand(tmp_path)
    assert {name: item.status for name, item in found.items()} == {
        "а.xlsx": REJECTED,
        "б.xlsx": REJECTED,
        "в.xlsx": SUPERSEDED,
    }
    assert found["в.xlsx"].reason == "есть файл «б.xlsx» от 18.11.2026: он заменяет этот"
    assert found["а.xlsx"].reason == "есть другой файл с той же датой: «б.xlsx»"
    assert found["б.xlsx"].reason == "есть другой файл с той же датой: «а.xlsx»"


@pytest.mark.parametrize("names", list(itertools.permutations(("а.xlsx", "б.xlsx", "в.xlsx"))))
def test_a_copy_of_a_file_that_is_refused_for_its_date_is_refused_with_it(
    names: tuple[str, ...], tmp_path: Path
) -> None:
    one, copy, other = names
    path = send(tmp_path, one)
    (tmp_path / copy).write_bytes(path.read_bytes())
    send(tmp_path, other, executor_phone="(4812) 11-11-11")
    found = stand(tmp_path)
    assert {item.status for item in found.values()} == {REJECTED}
    assert {item.remark and item.remark.message for item in found.values()} == {"same_date"}
    assert found[copy].reason == found[one].reason == f"есть другой файл с той же датой: «{other}»"


def test_of_three_equal_files_the_last_counts_and_the_others_name_it(tmp_path: Path) -> None:
    path = send(tmp_path, "а.xlsx")
    for name in ("б.xlsx", "в.xlsx"):
        (tmp_path / name).write_bytes(path.read_bytes())
    found = stand(tmp_path)
    assert found["в.xlsx"].status == ACCEPTED
    assert {found[name].reason for name in ("а.xlsx", "б.xlsx")} == {"учтён файл «в.xlsx» от 18.11.2026"}


def test_two_files_without_a_date_are_said_to_have_none(tmp_path: Path) -> None:
    send(tmp_path, "а.xlsx", filled="", checked="")
    send(tmp_path, "б.xlsx", filled="", checked="", executor_phone="(4812) 11-11-11")
    messages = looked_at(tmp_path).findings["message"]
    assert (
        "От подразделения поступили разные файлы с одной датой заполнения (не указана): «б.xlsx». Оставьте один файл "
        "или исправьте дату."
    ) in set(messages)


def test_a_fault_of_the_file_rejects_it_as_a_whole_with_its_sentence(tmp_path: Path) -> None:
    send(tmp_path, "а.xlsx", head_post="")
    found = stand(tmp_path)["а.xlsx"]
    assert (found.status, found.rows) == (REJECTED, 3)
    assert found.reason == (
        "На листе «Титул» не указано, кто и когда проверил сведения. Заполните должность, фамилию и дату."
    )


def test_an_error_of_a_row_does_not_reject_its_file(tmp_path: Path) -> None:
    book = UnitBook()
    book.edit("Т-0001", kind="смешанная")
    book.save(tmp_path / "а.xlsx")
    assert statuses(tmp_path) == {"а.xlsx": ACCEPTED}


def test_unreadable_and_ignored_files_are_listed_with_their_reasons(tmp_path: Path) -> None:
    send(tmp_path, "в.xlsx")
    (tmp_path / "а.xlsx").write_bytes(b"no workbook")
    (tmp_path / "письмо.docx").touch()
    (tmp_path / "~$в.xlsx").touch()
    found = stand(tmp_path)
    assert {name: (item.status, item.reason) for name, item in found.items()} == {
        "а.xlsx": (
            UNREADABLE,
            "это текст, а не книга. Откройте его, сохраните заново в формате .xlsx и пришлите ещё раз",
        ),
        "в.xlsx": (ACCEPTED, ""),
        "письмо.docx": (IGNORED, "не книга"),
        "~$в.xlsx": (IGNORED, "служебный файл"),
    }


def test_files_of_one_name_in_different_folders_are_all_accounted_for(tmp_path: Path) -> None:
    send(tmp_path / "1" / "отдел", "а.xlsx", filled=DAYS[0])
    send(tmp_path / "2" / "отдел", "а.xlsx")
    found = looked_at(tmp_path / "1", tmp_path / "2").files
    assert [(item.file, item.status) for item in found] == [
        ("1/отдел/а.xlsx", SUPERSEDED),
        ("2/отдел/а.xlsx", ACCEPTED),
    ]


def test_a_unit_that_the_profile_does_not_know_supersedes_nobody(tmp_path: Path) -> None:
    for name, day in (("а.xlsx", DAYS[0]), ("б.xlsx", DAYS[1])):
        book = UnitBook()
        del book.book["_meta"]
        book.sign(unit="СПОРТ", filled=day)
        book.save(tmp_path / name)
    assert statuses(tmp_path) == {"а.xlsx": REJECTED, "б.xlsx": REJECTED}
    assert "СПОРТ" not in PROFILE.unit
