"""`--profile` takes a .toml, the workbook made of it, or a name; the outputs of a run are the same."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.books import profile_with
from workbook_tools.cli import main
from workbook_tools.errors import InputError, ProfileError
from workbook_tools.pipeline import commands
from workbook_tools.pipeline.commands import Options
from workbook_tools.pipeline.profiles import any_profile, write_profile_book
from workbook_tools.profile import LoadedProfile, load_profile

ROOT = Path(__file__).parent.parent
INCOMING, EDITION = ROOT / "samples" / "incoming", ROOT / "samples" / "edition-2024-03-19.xlsx"
TOML = ROOT / "workbook_tools" / "profiles" / "smolensk_minprom.toml"


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("дело") / "профиль.xlsx"
    write_profile_book(path, load_profile())
    return path


def test_each_form_of_a_profile_is_the_same_profile(book: Path) -> None:
    read = any_profile(book)
    assert read.profile == load_profile().profile
    assert read.sha256 == hashlib.sha256(book.read_bytes()).hexdigest()
    assert any_profile() == any_profile(TOML) == any_profile("smolensk_minprom") == load_profile()


def test_the_outputs_are_those_of_the_toml_byte_for_byte(book: Path, tmp_path: Path) -> None:
    loaded, made = load_profile(), {}
    # The checksum of the profile's file stands in the outputs; all else is to be the same.
    for name, profile in (("toml", loaded), ("xlsx", LoadedProfile(any_profile(book).profile, loaded.sha256))):
        out = tmp_path / name
        commands.templates(profile, EDITION, out / "шаблоны", [])
        commands.merge([INCOMING], profile, EDITION, out / "выпуск", Options("2026-11-22"))
        made[name] = {path.relative_to(out): path.read_bytes() for path in sorted(out.rglob("*.*"))}
    assert len(made["toml"]) > 10
    assert made["toml"] == made["xlsx"]


def test_a_profile_without_units_makes_no_templates_in_silence(tmp_path: Path) -> None:
    nobody = LoadedProfile(profile_with(units=[]), "")
    with pytest.raises(InputError, match="в профиле нет ни одного подразделения"):
        commands.templates(nobody, EDITION, tmp_path / "шаблоны")
    assert list(tmp_path.iterdir()) == []


def test_a_command_takes_the_workbook(book: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    call = ["templates", "--profile", str(book), "--edition", str(EDITION), "--unit", "КАДР", "--out", str(tmp_path)]
    assert main(call) == 0
    assert "Шаблонов: 1" in capsys.readouterr().out


def test_a_command_tells_what_is_wrong_by_sheet_and_cell(
    book: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, opened = tmp_path / "профиль.xlsx", load_workbook(book)
    opened["Подразделения"]["F6"] = "отдел"
    opened.save(path)
    assert main(["check", str(INCOMING), "--profile", str(path)]) == 2
    assert capsys.readouterr().err == (
        "ошибка: профиль.xlsx: Подразделения!F6: «отдел» не адрес электронной почты; "
        "запишите один адрес вида имя@сайт.рф или оставьте пустым.\n"
    )


def test_a_workbook_is_known_by_its_content_too(book: Path, tmp_path: Path) -> None:
    path = tmp_path / "профиль"
    path.write_bytes(book.read_bytes())
    assert any_profile(path).profile == load_profile().profile


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("профиль.xlsx", b"PK\x03\x04", "повреж"),
        ("профиль.xlsx", b"name = 1", "это текст, а не книга"),
        ("профиль.xlsx", b"", "пуст"),
        ("профиль.toml", b"\x89PNG", "укажите файл профиля в формате .toml или .xlsx"),
    ],
)
def test_what_is_no_profile_is_refused(tmp_path: Path, name: str, content: bytes, told: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(ProfileError, match=told) as refused:
        any_profile(path)
    assert str(refused.value).startswith(f"{name}: ")
    assert "пришлите" not in str(refused.value)


def test_the_edition_is_no_profile() -> None:
    with pytest.raises(ProfileError, match="в книге нет листов профиля"):
        any_profile(EDITION)


def test_a_profile_that_is_not_there_is_told_with_the_names_of_the_shipped(tmp_path: Path) -> None:
    with pytest.raises(ProfileError, match="назовите один из встроенных профилей: smolensk_minprom"):
        any_profile(tmp_path / "профиль.xlsx")
    with pytest.raises(ProfileError, match="это папка, а не файл"):
        any_profile(tmp_path)


def test_a_command_takes_the_name_of_a_shipped_profile(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["templates", "--profile", "svetloozersk_requests", "--out", str(tmp_path)]) == 0
    assert [path.name for path in tmp_path.iterdir()] == ["Точки_ОБЩИЙ_новая.xlsx"]
    assert "Шаблонов: 1" in capsys.readouterr().out
