"""What a command works on in a working folder; what the call says wins."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.books import DATE, TODAY, UnitBook
from tests.cycle import PLAIN, asking, checked, decide, edition, merged, opened, send
from workbook_tools.desk.finding import edition_place, for_diff, for_files, for_import, for_templates
from workbook_tools.desk.given import Given
from workbook_tools.errors import InputError

if TYPE_CHECKING:
    from workbook_tools.desk.folder import Desk


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return opened(tmp_path / "дело")


def found(desk: Desk, given: Given | None = None) -> Given:
    return for_files(desk, given or Given(), desk.releases, TODAY, PLAIN.profile)


def test_the_folder_adds_what_the_call_does_not_say(desk: Desk) -> None:
    asked = found(desk)
    assert asked == Given(
        [desk.incoming],
        edition(desk),
        desk.releases / TODAY,
        told=("Действующая редакция: редакции/2024-03-19/Перечень_2024-03-19.xlsx.",),
    )


def test_what_the_call_says_wins(desk: Desk, tmp_path: Path) -> None:
    asking(desk)
    run = merged(desk)
    assert run.book is not None
    decide(run.book, decision="принять", reason="согласовано")
    file, old, out, report, book = (tmp_path / name for name in ("а.xlsx", "р.xlsx", "итоги", "run.json", "д.xlsx"))
    given = Given([file], old, out, report, book)
    assert found(desk, given) == given


@pytest.mark.parametrize("name", ["входящие", "входящие/итоги", "редакции/2026-12-01", "выпуски/../редакции"])
def test_outputs_do_not_go_where_a_run_would_read_them(desk: Desk, name: str) -> None:
    out = desk.root / name
    with pytest.raises(InputError) as refused:
        found(desk, Given(out=out))
    assert str(refused.value).startswith(f"{out}: папку «")
    assert str(refused.value).endswith("Укажите для итогов другое место.")
    with pytest.raises(InputError):
        for_templates(desk, Given(out=out), TODAY)


def test_the_last_report_and_the_last_decisions_of_the_cycle_are_used_and_that_is_said(desk: Desk) -> None:
    asking(desk)
    first = merged(desk)
    assert first.book is not None
    assert found(desk).decisions is None
    decide(first.book, decision="принять", reason="согласовано")
    second = checked(desk, f"{TODAY}_2")
    asked = found(desk)
    assert (asked.previous, asked.decisions, asked.out) == (
        second.report_file,
        first.book,
        desk.releases / f"{TODAY}_2",
    )
    assert asked.told[1] == f"С листа «Решения» книги выпуски/{TODAY}/Перечень_{TODAY}.xlsx взято: 1 решение."


@pytest.mark.parametrize("name", ["~$Перечень_{}.xlsx", ".~lock.Перечень_{}.xlsx#"])
def test_a_workbook_that_is_still_open_is_told(desk: Desk, name: str) -> None:
    asking(desk)
    run = merged(desk)
    (run.folder / name.format(TODAY)).write_bytes(b"")
    assert found(desk).told[1] == (
        f"Книга выпуски/{TODAY}/Перечень_{TODAY}.xlsx открыта в другой программе: решения, которые в ней не "
        "сохранены, не видны."
    )


def test_decisions_written_into_an_older_release_are_not_lost(desk: Desk) -> None:
    asking(desk)
    first = merged(desk)
    merged(desk, f"{TODAY}_2")
    assert first.book is not None
    decide(first.book, decision="принять", reason="согласовано")
    assert found(desk).decisions == first.book


def test_without_an_edition_that_is_said(desk: Desk) -> None:
    edition(desk).unlink()
    asked = for_templates(desk, Given(), TODAY)
    assert (asked.edition, asked.out) == (None, desk.templates / TODAY)
    assert asked.told == ("Действующей редакции в деле нет: Перечень начинается с нуля.",)


def test_the_edition_in_force_is_compared_with_the_last_release(desk: Desk) -> None:
    send(desk, "КАДР", UnitBook("КАДР"))
    run = merged(desk)
    assert for_diff(desk) == (edition(desk), run.book)


def test_without_a_release_the_two_latest_editions_are_compared(desk: Desk) -> None:
    later = desk.editions / "2026-12-01" / "Перечень_2026-12-01.xlsx"
    later.parent.mkdir()
    later.write_bytes(edition(desk).read_bytes())
    assert for_diff(desk) == (edition(desk), later)


def test_where_there_are_no_two_that_is_told(desk: Desk) -> None:
    with pytest.raises(InputError, match="сравнивать пока нечего"):
        for_diff(desk)


def test_the_only_annex_is_imported_into_the_folder_of_editions(desk: Desk, tmp_path: Path) -> None:
    annex = desk.root / "приложение.docx"
    annex.write_bytes(b"PK")
    place = desk.editions / f"{DATE}_2" / f"Перечень_{DATE}.xlsx"
    assert for_import(desk, None, None, DATE) == (annex, place)
    other = tmp_path / "другое.docx"
    assert for_import(desk, other, tmp_path / "р.xlsx", DATE) == (other, tmp_path / "р.xlsx")
    assert edition_place(desk, "2026-12-01").parent == desk.editions / "2026-12-01"


@pytest.mark.parametrize(
    ("names", "words"),
    [((), "не указано: ПРИЛОЖЕНИЕ. Назовите файл"), (("а.docx", "б.docx"), "Здесь лежат: а.docx, б.docx.")],
)
def test_of_none_or_several_annexes_one_must_be_named(desk: Desk, names: tuple[str, ...], words: str) -> None:
    for name in names:
        (desk.root / name).write_bytes(b"PK")
    with pytest.raises(InputError, match=words):
        for_import(desk, None, None, DATE)
