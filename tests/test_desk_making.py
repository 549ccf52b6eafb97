"""Making a working folder: all that is needed, nothing overwritten, strange folders refused kindly."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.books import DATE
from tests.cycle import PLAIN, edition, opened
from tests.language import JARGON, foreign_words
from workbook_tools.desk.folder import FOLDERS, NOTE, PROFILE, Desk, desk_at, edition_in_force
from workbook_tools.desk.making import NOTE_LINES, make_desk, take_edition
from workbook_tools.desk.starters import LINUX, WINDOWS
from workbook_tools.errors import InputError, OutputError
from workbook_tools.pipeline.profiles import any_profile
from workbook_tools.profile import load_profile

SAMPLES = Path(__file__).parent.parent / "samples"
LOADED = load_profile()
STARTERS = (WINDOWS, LINUX)


def test_a_new_folder_has_all_that_a_cycle_needs(tmp_path: Path) -> None:
    root = tmp_path / "дела" / "перечень"
    added = make_desk(root, LOADED)
    assert sorted(added) == sorted([*FOLDERS, PROFILE, NOTE, *STARTERS])
    assert sorted(path.name for path in root.iterdir()) == sorted(added)
    assert desk_at(root) == Desk(root)
    assert any_profile(root / PROFILE).profile == LOADED.profile


def test_the_note_is_shown_by_the_plainest_editor_of_windows_and_is_plain_russian(tmp_path: Path) -> None:
    make_desk(tmp_path, LOADED)
    content = (tmp_path / NOTE).read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.count(b"\n") == content.count(b"\r\n") == len(NOTE_LINES)
    text = content.decode("utf-8-sig")
    assert foreign_words(text) == []
    assert JARGON.search(text) is None
    for name in (*FOLDERS, PROFILE, "perechen publish --order"):
        assert name in text


def test_what_is_there_is_never_overwritten_and_what_is_missing_is_added(tmp_path: Path) -> None:
    make_desk(tmp_path, LOADED)
    (tmp_path / NOTE).write_text("Мои заметки", encoding="utf-8")
    (tmp_path / "входящие" / "ответ.xlsx").write_bytes(b"PK")
    (tmp_path / "выпуски").rmdir()
    (tmp_path / "мой файл.docx").write_bytes(b"PK")
    profile = (tmp_path / PROFILE).read_bytes()
    assert make_desk(tmp_path, LOADED) == ["выпуски"]
    assert make_desk(tmp_path, LOADED) == []
    assert (tmp_path / NOTE).read_text(encoding="utf-8") == "Мои заметки"
    assert (tmp_path / PROFILE).read_bytes() == profile
    assert (tmp_path / "входящие" / "ответ.xlsx").exists()


def test_a_folder_in_which_other_things_are_kept_is_refused_and_stays_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "отчёт.docx").write_bytes(b"PK")
    with pytest.raises(InputError) as refused:
        make_desk(tmp_path, LOADED)
    assert str(refused.value) == (
        f"{tmp_path}: в этой папке уже лежат другие файлы. Чтобы они не смешались с делом, укажите новую или пустую "
        "папку: perechen init ДЕЛО."
    )
    assert [path.name for path in tmp_path.iterdir()] == ["отчёт.docx"]


def test_a_file_is_no_place_for_a_folder(tmp_path: Path) -> None:
    (tmp_path / "дело").write_bytes(b"")
    with pytest.raises(InputError, match="это файл, а нужна папка"):
        make_desk(tmp_path / "дело", LOADED)


def test_what_starts_the_program_and_hidden_files_may_lie_there(tmp_path: Path) -> None:
    (tmp_path / "Перечень.cmd").write_bytes(b"")
    (tmp_path / ".directory").write_bytes(b"")
    assert PROFILE in make_desk(tmp_path, LOADED)


def test_what_an_interrupted_making_left_is_finished(tmp_path: Path) -> None:
    for name in ("редакции", "шаблоны"):
        (tmp_path / name).mkdir()
    (tmp_path / ".perechen-lock").touch()
    (tmp_path / f".{PROFILE}.perechen-tmp").write_bytes(b"PK half")
    assert desk_at(tmp_path) is None
    added = make_desk(tmp_path, LOADED)
    assert PROFILE in added
    assert "редакции" not in added
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([*FOLDERS, PROFILE, NOTE, *STARTERS])


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "файл").write_bytes(b"")
    with pytest.raises(OutputError, match="папка не создана"):
        make_desk(tmp_path / "файл" / "дело", LOADED)


def test_our_own_edition_is_taken_as_it_is(tmp_path: Path) -> None:
    book = edition(opened(tmp_path / "старое"))
    desk = Desk(tmp_path / "дело")
    make_desk(desk.root, LOADED)
    assert take_edition(desk, book, LOADED) is None
    place = edition_in_force(desk)
    assert place == desk.editions / DATE / f"Перечень_{DATE}.xlsx"
    assert place is not None
    assert place.read_bytes() == book.read_bytes()


def test_an_annex_is_imported_as_the_edition_of_the_act(tmp_path: Path) -> None:
    desk = Desk(tmp_path / "дело")
    make_desk(desk.root, LOADED)
    result = take_edition(desk, SAMPLES / "annex-2024-03-19.docx", PLAIN)
    assert result is not None
    assert result.outputs == (edition_in_force(desk),)


def test_a_second_edition_is_refused(tmp_path: Path) -> None:
    desk = opened(tmp_path / "дело")
    with pytest.raises(InputError, match=r"уже есть\. Уберите параметр --edition"):
        take_edition(desk, edition(desk), PLAIN)


def test_what_is_no_edition_is_refused(tmp_path: Path) -> None:
    desk = Desk(tmp_path / "дело")
    make_desk(desk.root, LOADED)
    (tmp_path / "снимок.xlsx").write_bytes(b"\x89PNG")
    with pytest.raises(InputError, match=r"снимок\.xlsx"):
        take_edition(desk, tmp_path / "снимок.xlsx", PLAIN)
