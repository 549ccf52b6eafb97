"""Taking stock: what lies in the folder is told as the cycle asks for it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.books import TODAY, UnitBook
from tests.cycle import PLAIN, asking, checked, decide, edition, merged, opened, send
from workbook_tools.desk.casefile import write_casefile
from workbook_tools.desk.folder import Desk
from workbook_tools.desk.stock import annexes, has_new_decisions, incoming_files, lying_in, rounds_of, written_decisions
from workbook_tools.pipeline.commands import Options, check, templates


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return opened(tmp_path / "дело")


def test_a_folder_with_nothing_but_an_edition(desk: Desk) -> None:
    lying = lying_in(desk, PLAIN)
    assert (lying.edition, lying.templates, lying.incoming, lying.last) == ("Перечень_2024-03-19.xlsx", "", {}, None)
    assert list(lying.units) == ["ОРГ", "ИНФ", "КАДР", "ИТ", "БУХ", "АХО"]


def test_units_files_are_what_a_run_would_read(desk: Desk) -> None:
    send(desk, "КАДР", UnitBook("КАДР"))
    for name in ("письмо.txt", "~$КАДР.xlsx", ".КАДР.xlsx"):
        (desk.incoming / name).write_bytes(b"x")
    (desk.incoming / "от кадров").mkdir()
    (desk.incoming / "от кадров" / "ответ.xlsx").write_bytes(b"PK")
    assert list(incoming_files(desk)) == ["КАДР.xlsx", "от кадров/ответ.xlsx"]
    assert incoming_files(Desk(desk.root / "нет")) == {}


def test_the_templates_of_the_edition_in_force_are_found_and_those_of_another_are_not(desk: Desk) -> None:
    templates(PLAIN, edition(desk), desk.templates / "2026-11-01", ["КАДР"])
    assert lying_in(desk, PLAIN).templates == "шаблоны/2026-11-01"
    later = desk.editions / "2026-12-01"
    later.mkdir()
    (later / "Перечень_2026-12-01.xlsx").write_bytes(edition(desk).read_bytes())
    assert lying_in(desk, PLAIN).templates == ""


def test_templates_made_from_nothing_are_those_of_no_edition(desk: Desk) -> None:
    edition(desk).unlink()
    templates(PLAIN, None, desk.templates / "2026-11-01", ["КАДР"])
    assert lying_in(desk, PLAIN).templates == "шаблоны/2026-11-01"


def test_annexes_are_documents_and_workbooks_beside_the_profile(desk: Desk) -> None:
    desk.profile.write_bytes(b"PK")
    for name in ("приложение.docx", "~$приложение.docx", "заметки.txt", "редакции/старое.doc", "редакции/старое.ods"):
        (desk.root / name).write_bytes(b"PK")
    assert [desk.shown(path) for path in annexes(desk)] == ["приложение.docx", "редакции/старое.ods"]


def test_a_check_is_known_again_until_a_file_changes(desk: Desk) -> None:
    path = send(desk, "КАДР", UnitBook("КАДР"))
    checked(desk)
    lying = lying_in(desk, PLAIN)
    assert lying.last is not None
    assert lying.last.files == lying.incoming
    assert (lying.last.units, lying.last.errors, lying.last.is_merge) == (frozenset({"КАДР"}), 0, False)
    book = UnitBook("КАДР")
    book.edit("Т-0001", action="изменить")
    book.save(path)
    lying = lying_in(desk, PLAIN)
    assert lying.last is not None
    assert lying.last.files != lying.incoming


def test_a_file_of_no_unit_goes_back_to_nobody(desk: Desk) -> None:
    book = UnitBook("КАДР")
    book.title["C8"] = "ЮР"
    send(desk, "КАДР", book)
    checked(desk)
    lying = lying_in(desk, PLAIN)
    assert lying.last is not None
    assert (lying.last.errors > 0, lying.last.has_copies) == (True, False)


def test_decisions_are_new_until_a_merge_has_applied_them(desk: Desk) -> None:
    asking(desk)
    first = merged(desk)
    lying = lying_in(desk, PLAIN)
    assert lying.last is not None
    assert first.book is not None
    assert lying.last.open_questions > 0
    assert (lying.decided, written_decisions(first.book, PLAIN.profile)) == (False, ())
    decide(first.book, decision="принять", reason="согласовано")
    assert has_new_decisions(first, PLAIN.profile)
    assert lying_in(desk, PLAIN).decided
    second = merged(desk, f"{TODAY}_2", decisions=first.book)
    assert not has_new_decisions(second, PLAIN.profile)
    lying = lying_in(desk, PLAIN)
    assert lying.last is not None
    assert (lying.decided, lying.last.open_questions) == (False, 0)
    assert second.book is not None
    second.book.unlink()
    assert written_decisions(second.book, PLAIN.profile) == ()


def test_files_of_the_cycle_before_are_known_again_by_its_archive(desk: Desk) -> None:
    archived = send(desk, "КАДР", UnitBook("КАДР"))
    merged(desk)
    later = desk.editions / "2026-12-01"
    later.mkdir()
    (later / "Перечень_2026-12-01.xlsx").write_bytes(edition(desk).read_bytes())
    send(desk, "БУХ", UnitBook("БУХ"))
    write_casefile(later / "Дело_2026-12-01.zip", {"входящие/КАДР.xlsx": (archived, "")})
    lying = lying_in(desk, PLAIN)
    assert (lying.last, lying.of_past, len(lying.incoming)) == (None, 1, 2)


def test_files_checked_before_the_edition_came_are_no_past_that_may_be_removed(desk: Desk) -> None:
    late = edition(desk)
    content = late.read_bytes()
    late.unlink()
    send(desk, "КАДР", UnitBook("КАДР"))
    check([desk.incoming], PLAIN, None, desk.remarks / TODAY, Options(TODAY))
    late.write_bytes(content)
    lying = lying_in(desk, PLAIN)
    assert (lying.last, lying.of_past, len(lying.incoming)) == (None, 0, 1)


def test_rounds_are_counted_by_files_that_differ(desk: Desk) -> None:
    send(desk, "КАДР", UnitBook("КАДР"))
    first = checked(desk)
    again = checked(desk, f"{TODAY}_2")
    sha256 = first.counted["КАДР"]
    assert rounds_of([first, again], {"КАДР": sha256}) == {"КАДР": 1}
    assert rounds_of([first, again], {"КАДР": "другая", "БУХ": "первая"}) == {"КАДР": 2, "БУХ": 1}
    assert rounds_of([], {}) == {}
