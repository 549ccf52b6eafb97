"""`status`: the check of what lies in the folder, unit by unit; nothing is written by it."""

from __future__ import annotations

import datetime
import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.books import TODAY, UnitBook
from tests.cycle import PLAIN, asking, checked, decide, edition, merged, opened, profile_due, send
from workbook_tools.desk.casefile import write_casefile
from workbook_tools.desk.letters import letters
from workbook_tools.desk.status import Status, status_json, status_of
from workbook_tools.errors import InputError
from workbook_tools.pipeline.commands import Options
from workbook_tools.profile import LoadedProfile

if TYPE_CHECKING:
    from workbook_tools.desk.folder import Desk
    from workbook_tools.overview import UnitState

DUE = LoadedProfile(profile_due(datetime.date(2026, 11, 30), КАДР="Попова Е.Е."), "5a")


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return opened(tmp_path / "дело")


def status(desk: Desk, loaded: LoadedProfile = PLAIN) -> Status:
    return status_of(desk, loaded, Options(TODAY))


def unit(found: Status, code: str) -> UnitState:
    return next(state for state in found.overview.units if state.unit.code == code)


def faulty() -> UnitBook:
    book = UnitBook("КАДР")
    book.edit("Т-0001", needs="")
    return book


def everything_in(desk: Desk) -> dict[str, float]:
    return {desk.shown(path): path.stat().st_mtime for path in desk.root.rglob("*")}


def test_before_any_file_every_unit_is_silent_and_its_records_would_be_carried_over(desk: Desk) -> None:
    found = status(desk)
    assert {state.due for state in found.overview.units} == {"remind"}
    assert [state.line.carried_over for state in found.overview.units] == [0, 0, 3, 1, 1, 0]
    assert (found.exit_code, found.overview.stage) == (0, "no_templates")


def test_who_sent_what_and_when_and_what_is_wrong_is_told_and_nothing_is_written(desk: Desk) -> None:
    path = send(desk, "КАДР", faulty())
    send(desk, "ИТ", UnitBook("ИТ"))
    os.utime(path, (1_795_000_000, 1_795_000_000))
    before = everything_in(desk)
    found = status(desk)
    assert everything_in(desk) == before
    hr = unit(found, "КАДР")
    assert (hr.line.filled, hr.line.errors, hr.round, hr.due) == ("2026-11-18", 1, 1, "mend")
    assert hr.received == datetime.date.fromtimestamp(1_795_000_000).isoformat()  # noqa: DTZ012 - as the officer's own
    assert (unit(found, "ИТ").due, unit(found, "БУХ").due) == ("", "remind")
    assert found.exit_code == 1


def test_a_file_that_is_refused_as_a_whole_is_told_with_its_reason(desk: Desk) -> None:
    book = faulty()
    book.sign(checked="")
    send(desk, "КАДР", book)
    send(desk, "ИТ", UnitBook("ИТ"))
    found = status(desk)
    assert unit(found, "КАДР").refused.startswith("На листе «Титул» не указано, кто и когда проверил сведения.")
    assert unit(found, "ИТ").refused == ""


def test_a_mended_file_is_the_second_round(desk: Desk) -> None:
    send(desk, "КАДР", faulty())
    checked(desk)
    assert unit(status(desk), "КАДР").round == 1
    send(desk, "КАДР", UnitBook("КАДР"))
    found = unit(status(desk), "КАДР")
    assert (found.round, found.due, found.line.errors) == (2, "", 0)
    assert found.line.round is not None
    assert found.line.round.mended > 0


def at_odds(desk: Desk) -> None:
    """Let two units name one touchpoint of one process with different kinds."""
    same = {"process": "Оформление отпуска", "touchpoint": "телефонная связь", "action": "включить"}
    rest = {"client": "внутренний", "needs": "Получение консультации", "basis": "приказ от 12.10.2026 № 77"}
    for code, kind in (("КАДР", "офлайн"), ("ИТ", "цифровая")):
        book = UnitBook(code)
        book.add(activity="кадровая работа", kind=kind, **same, **rest)
        send(desk, code, book)


def test_a_conflict_between_units_waits_for_the_officer_and_goes_back_to_nobody(desk: Desk) -> None:
    at_odds(desk)
    found = status(desk)
    assert (unit(found, "КАДР").line.errors, unit(found, "КАДР").due) == (1, "decide")
    assert found.exit_code == 1


def test_a_side_of_a_conflict_that_the_officer_returned_is_for_its_unit_to_mend(desk: Desk) -> None:
    at_odds(desk)
    book = merged(desk).book
    assert book is not None
    decide(book, decision="принять", reason="согласовано")
    decide(book, words="здесь «цифровая»", decision="вернуть", reason="ведёт отдел кадров")
    run = merged(desk, f"{TODAY}_2", decisions=book)
    assert run.errors == 1
    assert [item["status"] for item in run.decisions if item["rule"] == "П-09"] == ["returned", "accepted"]
    found = status(desk)
    assert (unit(found, "КАДР").due, unit(found, "ИТ").due, found.overview.stage) == ("", "mend", "errors")
    (letter,) = ["\n".join(letter.lines) for letter in letters(found.overview) if letter.name == "Замечания_ИТ.txt"]
    assert "Возвращено подразделению: ведёт отдел кадров." in letter
    assert "Ждёт решения уполномоченного сотрудника (если" not in letter


def test_what_the_officer_has_decided_is_no_error_any_more(desk: Desk) -> None:
    asking(desk)
    run = merged(desk)
    assert run.book is not None
    before = unit(status(desk), "КАДР").line.warnings
    decide(run.book, decision="принять", reason="согласовано")
    assert unit(status(desk), "КАДР").line.warnings < before


def test_files_of_the_cycle_before_are_no_answers(desk: Desk) -> None:
    archived = send(desk, "КАДР", UnitBook("КАДР"))
    merged(desk)
    later = desk.editions / "2026-12-01"
    later.mkdir()
    (later / "Перечень_2026-12-01.xlsx").write_bytes(edition(desk).read_bytes())
    write_casefile(later / "Дело_2026-12-01.zip", {"входящие/КАДР.xlsx": (archived, "")})
    found = status(desk)
    assert (unit(found, "КАДР").due, found.overview.stage, found.exit_code) == ("remind", "no_templates", 0)


def test_a_file_that_cannot_be_read_is_told_with_its_reason(desk: Desk) -> None:
    desk.incoming.joinpath("от кого-то.xlsx").write_bytes(b"PK\x03\x04 broken")
    found = status(desk)
    (item,) = found.overview.troubled
    assert (item.file, item.status, found.exit_code) == ("от кого-то.xlsx", "unreadable", 2)
    assert item.reason


def test_an_edition_that_cannot_be_read_stops_it(desk: Desk) -> None:
    edition(desk).write_bytes(b"PK\x03\x04 broken")
    with pytest.raises(InputError, match=r"Перечень_2024-03-19\.xlsx"):
        status(desk)


def test_the_report_is_plain_data(desk: Desk) -> None:
    send(desk, "КАДР", faulty())
    found = status(desk, DUE)
    report = status_json(found, ["письма/Замечания_КАДР.txt"])
    assert (report["schema"], report["command"], report["date"]) == (1, "status", TODAY)
    assert (report["deadline"], report["days_left"], report["period"]) == ("2026-11-30", 8, "4 квартал 2026 г.")
    assert (report["stage"], report["next"]) == ("unchecked", "perechen check")
    assert report["edition"]["date"] == "2024-03-19"
    assert report["outputs"] == ["письма/Замечания_КАДР.txt"]
    hr = next(item for item in report["units"] if item["unit"] == "КАДР")
    assert (hr["status"], hr["errors"], hr["due"], hr["remind"], hr["turn"]) == ("received", 1, "mend", False, 1)
    assert (hr["head"], hr["email"], hr["filled"], hr["file"]) == ("Попова Е.Е.", None, "2026-11-18", "КАДР.xlsx")
    silent = next(item for item in report["units"] if item["unit"] == "БУХ")
    assert (silent["status"], silent["remind"], silent["file"], silent["file_date"]) == ("missing", True, None, None)
