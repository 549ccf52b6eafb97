"""The end of a cycle as its officer types it: merged, published, and the next one begun."""

from __future__ import annotations

import datetime
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest
from openpyxl import load_workbook

from tests.language import JARGON, foreign_words
from workbook_tools.cli import main
from workbook_tools.desk.folder import Desk
from workbook_tools.desk.making import make_desk
from workbook_tools.profile import load_profile

SAMPLES = Path(__file__).parent.parent / "samples"
TODAY = datetime.date.today()  # noqa: DTZ011 - the command asks the same clock
DAY, SHOWN = TODAY.isoformat(), f"{TODAY:%d.%m.%Y}"
ORDER = ("publish", "--order", "30/01-02", "--date", DAY)
ACT, BASE = f"приказ от {SHOWN} № 30/01-02", "Редакция, взятая за основу"
REASON = "Министр решил не ждать ответа двух отделов"


class Ran(NamedTuple):
    """How a call ended."""

    code: int
    out: str
    err: str


Run = Callable[..., Ran]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    def call(*arguments: str) -> Ran:
        capsys.readouterr()
        code = main(list(arguments))
        written = capsys.readouterr()
        assert foreign_words((written.out + written.err).replace(str(Path.cwd()), "")) == []
        assert JARGON.search(written.out + written.err) is None
        return Ran(code, written.out, written.err)

    return call


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """A working folder with the edition and the files of the samples, and the current folder in it."""
    made = Desk(tmp_path / "дело")
    make_desk(made.root, load_profile())
    place = made.editions / "2024-03-19"
    place.mkdir()
    shutil.copyfile(SAMPLES / "edition-2024-03-19.xlsx", place / "Перечень_2024-03-19.xlsx")
    shutil.copytree(SAMPLES / "incoming", made.incoming, dirs_exist_ok=True)
    monkeypatch.chdir(made.root)
    return made


def test_the_samples_are_merged_published_and_the_next_cycle_begins(run: Run, desk: Desk) -> None:
    only_what_changed_is_read(run, desk)
    nothing_is_published_without_a_reason(run, desk)
    published = run(*ORDER, "--reason", REASON)
    assert published.code == 1
    state, reservation, *_ = published.out.splitlines()
    assert state.startswith(f"Редакция от {SHOWN}, на основе редакции от 19.03.2024. Состояние: утверждена ({ACT}). ")
    assert reservation.endswith(f"Причина: {REASON}.")
    assert "Дальше: уберите файлы этого цикла из папки «входящие»" in published.out
    assert "впишите в профиль новые период и срок" in published.out
    assert sorted(path.name for path in (desk.editions / DAY).iterdir()) == [
        f"Акт_соответствия_{DAY}.docx",
        f"Дело_{DAY}.zip",
        f"Перечень_{DAY}.xlsx",
    ]
    again = run(*ORDER, "--reason", REASON)
    assert (again.code, again.out) == (2, "")
    assert "уже есть, вторую той же датой утвердить нельзя" in again.err
    the_next_cycle_begins(run, desk)


def only_what_changed_is_read(run: Run, desk: Desk) -> None:
    assert "; из кэша: 0 из 6\n" in run("check", "--date", DAY).out
    assert "; из кэша: 6 из 6\n" in run("merge", "--date", DAY).out
    path = desk.incoming / "Перечень_ИТ_2024-03-19.xlsx"
    load_workbook(path).save(path)
    assert "; из кэша: 5 из 6\n" in run("merge", "--date", DAY).out


def nothing_is_published_without_a_reason(run: Run, desk: Desk) -> None:
    refused = run(*ORDER)
    assert (refused.code, refused.out) == (2, "")
    assert "этот выпуск утвердить нельзя: ошибок – " in refused.err
    assert refused.err.count("\n") == 1
    assert not (desk.editions / DAY).exists()


def the_next_cycle_begins(run: Run, desk: Desk) -> None:
    assert "прошлый цикл: 6 файлов" in run().out
    for path in desk.incoming.iterdir():
        path.unlink()
    assert run("templates", "--date", DAY).code == 0
    template = next((desk.templates / DAY).glob(f"*ИТ_{DAY}.xlsx"))
    base = [row[2].value for row in load_workbook(template)["Титул"].iter_rows() if row[1].value == BASE]
    assert SHOWN in str(base[0])


def test_a_cache_that_was_deleted_is_only_made_again(run: Run, desk: Desk) -> None:
    run("check", "--date", DAY)
    shutil.rmtree(desk.cache)
    assert "; из кэша: 0 из 6\n" in run("check", "--date", DAY).out
    assert desk.cache.is_dir()


def test_outside_a_working_folder_nothing_is_kept(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    done = run("check", str(SAMPLES / "incoming"), "--edition", str(SAMPLES / "edition-2024-03-19.xlsx"))
    assert "из кэша" not in done.out
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("publish", "--date", DAY), "не указано: --order. Справка: perechen --help."),
        (("publish", "--order", "1"), "не указано: --date. Справка: perechen --help."),
        (("publish", "--order", " ", "--date", DAY), "--order: значение пустое."),
        (("publish", "--order", "1", "--date", "завтра"), "--date: «завтра» не дата."),
        (("publish", "--order", "1", "--date", DAY, "--reason", ""), "--reason: значение пустое."),
        (("publish", "--order", "1", "--date", DAY), "здесь нет дела."),
        (("publish", "нет", "--order", "1", "--date", DAY), "нет: здесь нет дела."),
    ],
)
def test_a_wrong_call_is_told(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], told: str
) -> None:
    monkeypatch.chdir(tmp_path)
    done = run(*arguments)
    assert (done.code, done.out) == (2, "")
    assert told in done.err
    assert done.err.count("\n") == 1
