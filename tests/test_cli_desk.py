"""The working folder as its officer uses it: commands without paths, questions on a terminal, none in a pipe."""

from __future__ import annotations

import datetime
import json
import os
import select
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.books import BASIS, STAFF, UnitBook
from tests.cycle import decide, opened, send
from tests.language import JARGON, foreign_words
from workbook_tools.cli import main
from workbook_tools.desk.folder import FOLDERS, Desk, edition_in_force
from workbook_tools.desk.making import make_desk
from workbook_tools.desk.runs import runs_of_cycle, swept
from workbook_tools.desk.starters import LINUX, WINDOWS
from workbook_tools.profile import load_profile

ROOT = str(Path(__file__).parent.parent)
SAMPLES = Path(ROOT) / "samples"
ANNEX = SAMPLES / "annex-2024-03-19.docx"
DAY = ("--date", "2026-11-22")


class Ran:
    """How a call ended."""

    def __init__(self, code: int, out: str, err: str) -> None:
        self.code, self.out, self.err = code, out, err
        said = (out + err).replace(str(Path.cwd()), "")
        for name in (WINDOWS, LINUX):
            said = said.replace(name, "")
        assert foreign_words(said) == []
        assert JARGON.search(out + err) is None


Run = Callable[..., Ran]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    def call(*arguments: object) -> Ran:
        capsys.readouterr()
        code = main([str(item) for item in arguments])
        written = capsys.readouterr()
        return Ran(code, written.out, written.err)

    return call


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """A new working folder, and the current folder in it."""
    made = Desk(tmp_path / "дело")
    make_desk(made.root, load_profile())
    monkeypatch.chdir(made.root)
    return made


def with_edition(desk: Desk) -> Desk:
    place = desk.editions / "2024-03-19"
    place.mkdir()
    shutil.copyfile(SAMPLES / "edition-2024-03-19.xlsx", place / "Перечень_2024-03-19.xlsx")
    return desk


def send_samples(desk: Desk, *codes: str) -> None:
    for code in codes:
        shutil.copy(SAMPLES / "incoming" / f"Перечень_{code}_2024-03-19.xlsx", desk.incoming)


# --- the cycle -----------------------------------------------------------------------------------------------------


def test_a_cycle_from_an_empty_folder_to_a_merge_with_decisions(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run("init", "дело").code == 0
    root = tmp_path / "дело"
    monkeypatch.chdir(root)
    row = first_round(run, root, templates_of_the_annex(run, root))
    second_round(run, root, row)
    assert run("merge", *DAY).code == 0
    release = root / "выпуски" / "2026-11-22" / "Перечень_2026-11-22.xlsx"
    assert "4 вопроса ждут вашего решения" in run().out
    decide(release, decision="принять", reason="согласовано")
    decide(release, only="Т-0005", decision="вернуть")
    answered = run()
    assert "решения, которые ещё не применены" in answered.out
    assert "Следующий шаг: perechen merge" in answered.out
    last = run("merge", *DAY)
    assert last.code == 0
    assert "С листа «Решения» книги выпуски/2026-11-22/Перечень_2026-11-22.xlsx взято: 4 решения." in last.out
    assert (root / "выпуски" / "2026-11-22_2" / "Проект_приказа_2026-11-22.docx").is_file()
    assert "Когда он подписан: perechen publish --order НОМЕР --date ГГГГ-ММ-ДД." in run().out
    compared = run("diff")
    assert compared.code == 1
    assert "Сравниваются: редакции/2024-03-19/Перечень_2024-03-19.xlsx и выпуски/2026-11-22_2/" in compared.out
    assert "Учёт наград" in compared.out


def templates_of_the_annex(run: Run, root: Path) -> Path:
    """Make the first edition of the annex and the templates; return the templates' folder."""
    shutil.copy(ANNEX, root / "приложение.docx")
    assert "Следующий шаг: perechen import приложение.docx" in run().out
    assert run("import", "приложение.docx").code == 0
    assert (root / "редакции" / "2024-03-19" / "Перечень_2024-03-19.xlsx").is_file()
    assert "Следующий шаг: perechen templates" in run().out
    assert run("templates", "--period", "4 квартал 2026 г.", "--date", "2026-11-02").code == 0
    made = root / "шаблоны" / "2026-11-02"
    assert len(list(made.iterdir())) == 6
    assert "Разошлите их" in run().out
    return made


def first_round(run: Run, root: Path, made: Path) -> int:
    """Fill in two templates, one of them with an error, and check them; return the row of the error."""
    book = UnitBook.at(made / "Перечень_КАДР_2024-03-19.xlsx")
    faulty = book.add(action="включить", activity=STAFF, process="Учёт наград", client="внутренний", basis=BASIS)
    book.put(faulty, touchpoint="киоск самообслуживания", kind="офлайн")
    book.save(root / "входящие" / "КАДР.xlsx")
    UnitBook.at(made / "Перечень_БУХ_2024-03-19.xlsx").save(root / "входящие" / "БУХ.xlsx")
    assert "2 файла ещё не проверены" in run().out
    checked = run("check", *DAY)
    assert checked.code == 1
    assert "Не заполнена графа «Удовлетворяемые потребности клиента»" in checked.err
    assert "При проверке найдено: 1 ошибка." in run().out
    return faulty


def second_round(run: Run, root: Path, row: int) -> None:
    """Mend the returned copy, send it again and check it."""
    mended = UnitBook.at(root / "замечания" / "2026-11-22" / "замечания" / "КАДР.xlsx")
    mended.put(row, needs="Получение консультации")
    mended.save(root / "входящие" / "КАДР.xlsx")
    again = run("check", *DAY)
    assert (again.code, again.err) == (0, "")
    assert "\nИсправлено: КАДР – 1, осталось " in again.out
    report = json.loads((root / "замечания" / "2026-11-22_2" / "run.json").read_text(encoding="utf-8"))
    assert next(unit for unit in report["units"] if unit["unit"] == "КАДР")["round"]["mended"] >= 1


def test_inside_a_subfolder_the_commands_use_the_same_folder(
    run: Run, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    send_samples(with_edition(desk), "БУХ")
    monkeypatch.chdir(desk.incoming)
    assert run("check", *DAY).code == 0
    assert (desk.remarks / "2026-11-22" / "run.json").is_file()
    assert desk.cache.is_dir()


def test_options_given_win_and_nothing_of_a_run_is_overwritten(run: Run, desk: Desk, tmp_path: Path) -> None:
    send_samples(with_edition(desk), "БУХ", "КАДР")
    own = SAMPLES / "incoming" / "Перечень_БУХ_2024-03-19.xlsx"
    assert run("check", own, "--out", tmp_path / "своё", *DAY).code == 0
    assert list(desk.remarks.iterdir()) == []
    for _ in range(2):
        assert run("merge", own, *DAY).code == 0
    assert sorted(path.name for path in desk.releases.iterdir()) == ["2026-11-22", "2026-11-22_2"]


@pytest.mark.parametrize(
    "call",
    [
        ("check", "--out", "входящие/итоги"),
        ("merge", "--out", "редакции/2026-12-01"),
        ("status", "--out", "входящие/состояние.xlsx"),
        ("status", "--letters=входящие"),
        ("diff", "--out", "входящие/сравнение.xlsx"),
    ],
)
def test_nothing_is_written_where_the_next_run_would_read_it(run: Run, desk: Desk, call: tuple[str, ...]) -> None:
    send_samples(with_edition(desk), "БУХ")
    before = sorted(desk.root.rglob("*"))
    ran = run(*call)
    assert ran.code == 2
    assert "дела программа читает сама" in ran.err
    assert [path for path in sorted(desk.root.rglob("*")) if ".кэш" not in path.parts] == before


def test_letters_are_written_from_within_the_incoming_files(
    run: Run, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_edition(desk)
    monkeypatch.chdir(desk.incoming)
    assert run("status", "--letters").code == 0
    assert desk.letters.is_dir()


def test_the_profile_of_the_folder_serves(run: Run, desk: Desk) -> None:
    desk.profile.write_bytes(b"PK\x03\x04 broken")
    ran = run("templates")
    assert ran.code == 2
    assert ran.err.startswith("ошибка: профиль.xlsx")


def test_outside_a_folder_the_paths_are_asked_for(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for call, lacking in (
        (("check",), "ПУТЬ"),
        (("merge",), "ПУТЬ"),
        (("merge", "x"), "--out"),
        (("templates",), "--out"),
        (("diff",), "ПРЕЖНЯЯ"),
        (("import",), "ПРИЛОЖЕНИЕ"),
        (("import", "x.docx"), "--out"),
    ):
        ran = run(*call)
        hint = "Укажите или перейдите в папку дела: там команда найдёт это сама. Справка: perechen --help."
        assert (ran.code, ran.err) == (2, f"ошибка: не указано: {lacking}. {hint}\n")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_whose_profile_was_renamed_is_told_and_no_new_one_is_offered(
    run: Run, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_edition(desk)
    renamed = desk.profile.rename(desk.root / "профиль (копия).xlsx")
    monkeypatch.chdir(desk.incoming)
    for call in ((), ("status",), ("--yes",)):
        ran = run(*call)
        assert (ran.code, ran.out) == (2, "")
        assert ran.err.startswith(f"ошибка: {desk.root}: это папка дела, но файла «профиль.xlsx» в ней нет. Верните")
    renamed.rename(desk.profile)
    assert run().code == 0


def test_a_second_import_of_a_date_stands_beside_the_first(run: Run, desk: Desk) -> None:
    first, second = run("import", ANNEX), run("import", ANNEX)
    assert (first.code, second.code) == (0, 0)
    assert sorted(path.name for path in desk.editions.iterdir()) == ["2024-03-19", "2024-03-19_2"]
    assert "уже была" not in first.out
    assert "Редакция той же даты в деле уже была: редакции/2024-03-19. Новая лежит рядом и считается" in second.out
    assert "Если она не нужна, уберите папку редакции/2024-03-19_2." in second.out


# --- init ----------------------------------------------------------------------------------------------------------


def test_init_says_what_it_made_and_a_second_time_that_nothing_was_lacking(run: Run, tmp_path: Path) -> None:
    made = run("init", tmp_path / "дело")
    assert (made.code, made.err) == (0, "")
    assert all(name in made.out for name in FOLDERS)
    profile = tmp_path / "другой.xlsx"
    shutil.copy(tmp_path / "дело" / "профиль.xlsx", profile)
    again = run("init", tmp_path / "дело", "--profile", profile)
    assert again.code == 0
    assert "Всё нужное уже есть, ничего не изменено." in again.out
    assert "профиль.xlsx уже был в деле и остался прежним" in again.out


def test_init_takes_the_edition_at_once(run: Run, tmp_path: Path) -> None:
    assert run("init", tmp_path / "дело", "--edition", ANNEX).code == 0
    assert (tmp_path / "дело" / "редакции" / "2024-03-19" / "Перечень_2024-03-19.xlsx").is_file()


def test_init_refuses_a_folder_of_other_things(run: Run, tmp_path: Path) -> None:
    (tmp_path / "отчёт.docx").write_bytes(b"PK")
    ran = run("init", tmp_path)
    assert ran.code == 2
    assert "в этой папке уже лежат другие файлы" in ran.err


# --- status --------------------------------------------------------------------------------------------------------


def test_status_tells_of_each_unit_and_writes_only_what_it_is_asked_for(run: Run, desk: Desk) -> None:
    send_samples(with_edition(desk), "БУХ", "КАДР")
    ran = run("status", *DAY)
    assert ran.code == 1
    assert "БУХ   Отдел бухгалтерского учета (пример): получены, заполнены 19.11.2026, файл от " in ran.out
    assert "круг 1, 6 ошибок, 3 предупреждения – вернуть на исправление" in ran.out
    assert "АХО   Отдел хозяйственного обеспечения (пример): сведений нет – напомнить" in ran.out
    assert "Дальше: perechen check" in ran.out
    assert list(desk.remarks.iterdir()) == []
    assert not desk.letters.exists()


def test_status_tells_of_a_file_that_is_refused_as_a_whole(run: Run, desk: Desk) -> None:
    send_samples(with_edition(desk), "БУХ", "КАДР")
    path = next(desk.incoming.glob("*БУХ*"))
    book = UnitBook.at(path)
    book.sign(checked="")
    book.save(path)
    ran = run("status", *DAY)
    assert "1 предупреждение – файл целиком не принят, вернуть на исправление" in ran.out
    assert ran.out.count("целиком") == 1


def test_status_of_another_folder_with_workbook_report_and_letters(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    send_samples(with_edition(desk), "КАДР")
    monkeypatch.chdir(tmp_path)
    out = ("--out", "состояние.xlsx", "--letters", "почта", "--json", "-")
    assert main(["status", str(desk.root), *out, *DAY]) == 1
    report = json.loads(capsys.readouterr().out)
    assert (report["command"], report["stage"], len(report["outputs"])) == ("status", "unchecked", 7)
    assert (tmp_path / "состояние.xlsx").is_file()
    assert (tmp_path / "почта" / "Замечания_КАДР.txt").is_file()
    assert len(list((tmp_path / "почта").iterdir())) == 6


def test_letters_go_into_the_folder_where_no_other_is_named(run: Run, desk: Desk) -> None:
    with_edition(desk)
    for _ in range(2):
        assert run("status", "--letters", *DAY).code == 0
    assert run("status", *DAY, "--letters").code == 0
    assert sorted(path.name for path in desk.letters.iterdir()) == ["2026-11-22", "2026-11-22_2", "2026-11-22_3"]
    assert len(list((desk.letters / "2026-11-22").iterdir())) == 6


def test_a_file_that_cannot_be_read_is_an_error_of_status(run: Run, desk: Desk) -> None:
    send_samples(with_edition(desk), "БУХ")
    (desk.incoming / "скан.xlsx").write_bytes(b"PK\x03\x04 broken")
    ran = run("status", *DAY)
    assert ran.code == 2
    assert ran.err.startswith("ошибка: скан.xlsx: ")


def test_where_there_is_no_folder_status_says_what_to_do(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for call in (("status",), ("status", tmp_path)):
        ran = run(*call)
        assert ran.code == 2
        assert ran.err.endswith(": здесь нет дела. Перейдите в его папку или заведите новое: perechen init ДЕЛО.\n")


# --- without a command ---------------------------------------------------------------------------------------------


def test_in_a_pipe_it_only_says_where_the_cycle_stands(desk: Desk) -> None:
    with_edition(desk)
    done = subprocess.run(
        [sys.executable, "-m", "workbook_tools"],
        capture_output=True,
        check=False,
        cwd=desk.root,
        input=b"\n",
        timeout=120,
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert "Следующий шаг: perechen templates" in done.stdout.decode()
    assert "?" not in done.stdout.decode()
    assert list(desk.templates.iterdir()) == []


def test_yes_takes_the_next_step_unasked(run: Run, desk: Desk) -> None:
    with_edition(desk)
    ran = run("--yes")
    assert ran.code == 0
    assert "Шаблонов: 6" in ran.out
    assert ran.out.splitlines()[-1] == "Пока не ответил никто из 6 подразделений."


def test_yes_makes_a_folder_where_there_is_none(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert run("--yes").code == 0
    assert (tmp_path / "профиль.xlsx").is_file()
    other = tmp_path.parent / f"{tmp_path.name}-другая"
    other.mkdir()
    (other / "отчёт.docx").write_bytes(b"PK")
    monkeypatch.chdir(other)
    assert run("--yes").code == 0
    assert (other / "дело" / "профиль.xlsx").is_file()


def test_a_step_is_taken_from_a_subfolder_too(run: Run, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copy(ANNEX, desk.root / "приложение 1.docx")
    monkeypatch.chdir(desk.incoming)
    assert "perechen import «приложение 1.docx»" in run().out
    assert run("--yes").code == 0
    assert (desk.editions / "2024-03-19" / "Перечень_2024-03-19.xlsx").is_file()


# A job in the background has the signal ignored.
START = """import signal
signal.signal(signal.SIGINT, signal.default_int_handler)
from workbook_tools.__main__ import run
run()"""
SILENCE_SECONDS = 120


class Terminal:
    """The program on a terminal of its own."""

    def __init__(self, folder: Path) -> None:
        import pty  # noqa: PLC0415 - not on every system

        self.number, inner = pty.openpty()
        self.program = subprocess.Popen(
            [sys.executable, "-c", START],
            cwd=folder,
            stdin=inner,
            stdout=inner,
            stderr=inner,
            env={**os.environ, "PYTHONPATH": ROOT, "PYTHONUTF8": "1"},
        )
        os.close(inner)
        self.shown = ""

    def sees(self, words: str) -> None:
        """Wait until some words are shown."""
        while words not in self.shown and self._read():
            pass
        assert words in self.shown

    def types(self, text: str) -> None:
        """Type a line."""
        os.write(self.number, f"{text}\n".encode())

    def ends(self) -> int:
        """Wait until the program ends, and return its exit code."""
        while self._read():
            pass
        os.close(self.number)
        return self.program.wait(60)

    def _read(self) -> bool:
        ready, _, _ = select.select([self.number], [], [], SILENCE_SECONDS)
        if not ready:
            self.program.kill()
            raise AssertionError(f"nothing more was shown after: {self.shown}")
        try:
            piece = os.read(self.number, 65536)
        except OSError:  # the other end is closed
            return False
        self.shown += piece.decode(errors="replace")
        return bool(piece)


on_linux = pytest.mark.skipif(sys.platform != "linux", reason="a terminal of its own is made on Linux only")


@on_linux
def test_where_standard_input_is_closed_nothing_is_asked(desk: Desk) -> None:
    with_edition(desk)
    ran = subprocess.run(
        ["sh", "-c", f"{sys.executable} -m workbook_tools <&-"],
        cwd=desk.root,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"},
    )
    assert (ran.returncode, ran.stderr) == (0, "")
    assert ran.stdout.endswith("Следующий шаг: perechen templates\n")


@on_linux
def test_on_a_terminal_the_next_step_is_asked_and_enter_takes_it(desk: Desk) -> None:
    with_edition(desk)
    terminal = Terminal(desk.root)
    terminal.sees("Сделать шаблоны для подразделений? [Да/нет]")
    terminal.types("может быть")
    terminal.sees("Ответьте «да» или «нет» (Enter – да).")
    terminal.types("")
    assert terminal.ends() == 0
    assert "Разошлите их" in terminal.shown
    (folder,) = desk.templates.iterdir()
    assert len(list(folder.iterdir())) == 6


@on_linux
def test_a_no_leaves_everything_as_it_is(desk: Desk) -> None:
    with_edition(desk)
    terminal = Terminal(desk.root)
    terminal.sees("[Да/нет]")
    terminal.types("нет")
    assert terminal.ends() == 0
    assert list(desk.templates.iterdir()) == []


@on_linux
def test_the_end_of_the_input_is_a_no(desk: Desk) -> None:
    with_edition(desk)
    terminal = Terminal(desk.root)
    terminal.sees("[Да/нет]")
    os.write(terminal.number, b"\x04")
    assert terminal.ends() == 0
    assert list(desk.templates.iterdir()) == []


@on_linux
def test_ctrl_c_at_a_question_ends_the_program_with_one_line(desk: Desk) -> None:
    with_edition(desk)
    terminal = Terminal(desk.root)
    terminal.sees("[Да/нет]")
    terminal.program.send_signal(2)
    assert terminal.ends() == 130
    assert "ошибка: работа прервана; прежние файлы не изменены" in terminal.shown


@on_linux
def test_on_a_terminal_a_folder_is_offered_where_there_is_none(tmp_path: Path) -> None:
    terminal = Terminal(tmp_path)
    terminal.sees("Завести дело прямо в этой папке? [Да/нет]")
    terminal.types("да")
    assert terminal.ends() == 0
    assert (tmp_path / "профиль.xlsx").is_file()


@on_linux
def test_on_a_terminal_number_and_date_of_the_order_are_asked_and_the_release_is_published(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = opened(tmp_path / "дело")
    make_desk(desk.root, load_profile())
    monkeypatch.chdir(desk.root)
    book = UnitBook("ИТ")
    book.sign(filled=datetime.date(2024, 4, 29), checked=datetime.date(2024, 4, 30))
    send(desk, "ИТ", book)
    assert run("merge", "--date", "2024-05-01").code == 0
    unsigned = Terminal(desk.root)
    unsigned.sees("Номер подписанного акта (Enter – ещё не подписан): ")
    unsigned.types("")
    assert unsigned.ends() == 0
    signed = Terminal(desk.root)
    signed.sees("Номер подписанного акта (Enter – ещё не подписан): ")
    signed.types("29/01-07")
    signed.sees("Дата акта (ДД.ММ.ГГГГ): ")
    signed.types("7.05.2024")
    assert signed.ends() == 0
    assert edition_in_force(desk) == desk.editions / "2024-05-07" / "Перечень_2024-05-07.xlsx"
    following = run()
    assert "Действующая редакция: Перечень_2024-05-07.xlsx. Шаблонов для подразделений по ней ещё нет." in following.out
    assert "ещё лежит прошлый цикл: 1 файл." in following.out
    assert "Следующий шаг: perechen templates" in following.out


# --- interrupted runs ----------------------------------------------------------------------------------------------


@on_linux
def test_wherever_a_merge_is_killed_the_next_run_simply_works(run: Run, desk: Desk, tmp_path: Path) -> None:
    send_samples(with_edition(desk), "БУХ", "ИТ")
    (whole,) = fallen(desk, tmp_path, [["kill", [], 0]])
    assert (whole.result / "2026-11-22" / "run.json").is_file()
    steps = range(1, whole.operations, max(whole.operations // 12, 1))
    killed = fallen(desk, tmp_path, [["kill", [], at] for at in steps])
    assert len(killed) >= 12
    for item in killed:
        assert item.exit == -9
        shutil.rmtree(desk.releases)
        shutil.copytree(item.result, desk.releases)
        assert [item.folder for item in runs_of_cycle(swept(desk))] == list(desk.releases.iterdir())
        assert not any(path.name.startswith(".") for path in desk.releases.rglob("*"))
    assert run().code == 0
    assert run("merge", *DAY).code == 0
    last = max(desk.releases.iterdir())
    assert (last / "Перечень_2026-11-22.xlsx").is_file()


class Fallen(NamedTuple):
    """What a merge that was killed left in the folder of releases, and how many operations it had come to."""

    result: Path
    exit: int
    operations: int


def fallen(desk: Desk, tmp_path: Path, faults: list[list[object]]) -> list[Fallen]:
    """Merge in the working folder, each time under its fault; the folder of releases is empty again afterwards."""
    before = tmp_path / "пусто"
    before.mkdir(exist_ok=True)
    results = [tmp_path / f"итог {number} из {len(faults)}" for number in range(len(faults))]
    plan = {"arguments": ["merge", "--quiet", *DAY], "out": str(desk.releases), "before": str(before)}
    falls = [(str(result), fault) for result, fault in zip(results, faults, strict=True)]
    done = subprocess.run(
        [sys.executable, "-m", "tests.falling"],
        input=json.dumps(plan | {"falls": falls}),
        cwd=desk.root,
        env={**os.environ, "PYTHONPATH": ROOT},
        capture_output=True,
        text=True,
        check=True,
    )
    told = [json.loads(line) for line in done.stdout.splitlines()]
    return [Fallen(result, item["exit"], item["operations"]) for result, item in zip(results, told, strict=True)]
