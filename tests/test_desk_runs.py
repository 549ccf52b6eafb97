"""Runs of a working folder: halves are no runs, cycles are told apart, what a killed run left is put in order."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from workbook_tools.desk.casefile import write_casefile
from workbook_tools.desk.folder import Desk
from workbook_tools.desk.runs import Run, files_of_past, runs_of_cycle, swept
from workbook_tools.placing.disk import file_sha256

EDITION = "Перечень_2024-03-19.xlsx"


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    made = Desk(tmp_path)
    for folder in (made.editions / "2024-03-19", made.remarks, made.releases, made.incoming):
        folder.mkdir(parents=True)
    made.profile.write_bytes(b"PK")
    (made.editions / "2024-03-19" / EDITION).write_bytes(b"PK")
    return made


def report(edition: str | None = EDITION, command: str = "check", **parts: object) -> dict[str, Any]:
    return {
        "schema": 1,
        "command": command,
        "date": "2026-11-22",
        "profile": {"name": "p", "sha256": "5a"},
        "edition": {"file": edition} if edition else None,
        "files": [],
        "findings": [],
        **parts,
    }


def ran(folder: Path, content: object, moment: int = 0) -> Path:
    folder.mkdir(parents=True)
    place = folder / "run.json"
    place.write_text(json.dumps(content), encoding="utf-8")
    os.utime(place, ns=(moment, moment))
    return folder


def file(name: str, sha256: str | None, unit: str = "КАДР", status: str = "accepted") -> dict[str, Any]:
    return {"file": name, "sha256": sha256, "unit": unit, "status": status}


def finding(**values: object) -> dict[str, Any]:
    names = ("rule", "severity", "unit", "file", "sheet", "cell", "column", "value", "message", "clause")
    return dict.fromkeys(names, "") | {"row": 7, "variant": "main"} | values


def test_the_runs_of_a_cycle_stand_in_the_order_in_which_they_were_made(desk: Desk) -> None:
    merge = ran(desk.releases / "2026-11-22", report(command="merge"), 30)
    second = ran(desk.remarks / "2026-11-22_2", report(), 20)
    first = ran(desk.remarks / "2026-11-22", report(), 10)
    later = ran(desk.remarks / "2026-11-23", report(), 5)
    assert [run.folder for run in runs_of_cycle(desk)] == [first, second, merge, later]


def test_a_run_on_another_edition_belongs_to_an_earlier_cycle(desk: Desk) -> None:
    ran(desk.remarks / "2026-08-01", report("Перечень_2023-01-01.xlsx", files=[file("а.xlsx", "1")]))
    ran(desk.releases / "2026-08-02", report("Перечень_2023-01-01.xlsx", "merge", files=[file("б.xlsx", "2")]), 1)
    own = ran(desk.remarks / "2026-11-22", report(), 2)
    assert [run.folder for run in runs_of_cycle(desk)] == [own]


def test_the_files_of_the_past_are_those_in_the_archive_of_the_edition(desk: Desk, tmp_path: Path) -> None:
    ran(desk.remarks / "2026-08-01", report("Перечень_2023-01-01.xlsx", files=[file("а.xlsx", "1")]))
    assert files_of_past(desk) == frozenset()
    book = tmp_path / "а.xlsx"
    book.write_bytes(b"one")
    archive = desk.editions / "2024-03-19" / "Дело_2024-03-19.zip"
    write_casefile(archive, {"входящие/а.xlsx": (book, ""), "профиль/профиль.xlsx": (desk.profile, "")})
    assert files_of_past(desk) == {file_sha256(book)}


def test_without_an_edition_the_runs_that_had_none_are_the_cycle(desk: Desk) -> None:
    (desk.editions / "2024-03-19" / EDITION).unlink()
    own = ran(desk.remarks / "2026-11-22", report(None))
    assert [run.folder for run in runs_of_cycle(desk)] == [own]
    assert files_of_past(desk) == frozenset()


@pytest.mark.parametrize("content", [{}, [], {"schema": 2}, report() | {"files": [{}]}])
def test_what_is_no_report_of_ours_is_no_run(desk: Desk, content: object) -> None:
    ran(desk.remarks / "2026-11-22", content)
    assert runs_of_cycle(desk) == []


def test_a_folder_without_a_report_and_one_that_somebody_named_are_no_runs(desk: Desk) -> None:
    (desk.releases / "2026-11-22").mkdir()
    (desk.releases / "2026-11-22" / "Перечень_2026-11-22.xlsx").write_bytes(b"PK")
    ran(desk.releases / "моя копия", report(command="merge"))
    assert runs_of_cycle(desk) == []


def test_a_run_that_is_under_way_elsewhere_is_no_run_yet_and_is_left_alone(desk: Desk) -> None:
    folder = ran(desk.releases / "2026-11-22", report(command="merge"))
    (folder / ".perechen-lock").write_text("1 другой-компьютер\n", encoding="utf-8")
    assert runs_of_cycle(swept(desk)) == []
    assert (folder / ".perechen-lock").exists()


def test_what_a_killed_run_left_is_swept_and_what_stands_stays(desk: Desk) -> None:
    whole = ran(desk.remarks / "2026-11-21", report())
    killed = desk.releases / "2026-11-22"
    (killed / "замечания").mkdir(parents=True)
    for name in (".perechen-lock", ".Перечень_2026-11-22.xlsx.perechen-tmp", "замечания/.КАДР.xlsx.perechen-tmp"):
        (killed / name).touch()
    (desk.remarks / "2026-11-22").mkdir()
    swept(desk)
    assert not killed.exists()
    assert not (desk.remarks / "2026-11-22").exists()
    assert [run.folder for run in runs_of_cycle(desk)] == [whole]


def test_a_run_that_was_killed_between_two_files_is_undone(desk: Desk) -> None:
    killed = desk.releases / "2026-11-22"
    killed.mkdir()
    book = killed / "Перечень_2026-11-22.xlsx"
    book.write_bytes(b"new")
    sha256 = "11507a0e2f5e69d5dfa40a62a1bd7b6ee57e6bcd85c67c9b8431b36fff21c437"
    entries = [[book.name, sha256, False], ["run.json", "0" * 64, False]]
    (killed / ".perechen-journal").write_text(json.dumps(entries), encoding="utf-8")
    swept(desk)
    assert not killed.exists()


def test_a_run_tells_what_it_looked_at(desk: Desk) -> None:
    folder = ran(
        desk.releases / "2026-11-22",
        report(
            command="merge",
            files=[
                file("а.xlsx", "1"),
                file("б.xlsx", None, "", "unreadable"),
                file("в.txt", None, "", "ignored"),
                file("г.xlsx", "4", "БУХ", "superseded"),
            ],
            findings=[
                finding(rule="П-02", severity="error"),
                finding(rule="П-09", severity="error", variant="between_units"),
                finding(rule="П-09", severity="error", variant="in_file"),
                finding(rule="П-02", severity="warning"),
            ],
            decisions=[{"key": "В-1", "status": "open"}, "чужое"],
        ),
    )
    (run,) = runs_of_cycle(desk)
    assert run.files == {"а.xlsx": "1", "б.xlsx": "", "г.xlsx": "4"}
    assert run.counted == {"КАДР": "1"}
    assert (run.command, run.edition, run.profile, run.book) == ("merge", EDITION, "5a", None)
    assert run.errors == 2  # a conflict between units waits for the officer
    assert run.decisions == [{"key": "В-1", "status": "open"}]
    book = folder / "Перечень_2026-11-22.xlsx"
    book.write_bytes(b"PK")
    assert run.book == book


def test_parts_that_another_hand_has_spoiled_are_passed_over(desk: Desk) -> None:
    (desk.editions / "2024-03-19" / EDITION).unlink()
    ran(desk.remarks / "2026-11-22", report(None) | {"edition": "?", "profile": 5, "decisions": None})
    (run,) = runs_of_cycle(desk)
    assert (run.edition, run.profile, run.decisions) == ("", "", [])


def test_what_another_hand_put_into_a_report_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "Перечень_2026-11-22.xlsx").write_bytes(b"")
    sound = {"key": "а", "rule": "П-08", "status": "open", "decision": None}
    odd = [{**sound, "rule": ["П-08"]}, {**sound, "status": {}}, {**sound, "reason": 1}, "П-08"]
    run = Run(tmp_path, {"date": "**/*", "decisions": [sound, *odd]})
    assert run.book is None
    assert run.decisions == [sound]
    assert Run(tmp_path, {"date": "2026-11-22"}).book == tmp_path / "Перечень_2026-11-22.xlsx"
