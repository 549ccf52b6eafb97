"""The command line keeps the contract: exit codes, one clear Russian line for each fault, old outputs untouched."""

from __future__ import annotations

import contextlib
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path

import pytest
from docx import Document
from openpyxl import load_workbook

from tests.language import foreign_words
from workbook_tools import records
from workbook_tools.cli import main
from workbook_tools.errors import InternalError
from workbook_tools.pipeline import commands
from workbook_tools.profile import load_profile

ROOT = Path(__file__).parent.parent
SAMPLES = ROOT / "samples"
INCOMING, EDITION = SAMPLES / "incoming", SAMPLES / "edition-2024-03-19.xlsx"
ANNEX = SAMPLES / "annex-2024-03-19.docx"
TEMPLATE = ROOT / "templates" / "Перечень_БУХ_2024-03-19.xlsx"
ACCOUNTING = INCOMING / "Перечень_БУХ_2024-03-19.xlsx"
CORRECT = sorted(path for path in INCOMING.iterdir() if "_КАДР_" not in path.name)
DAY = ("--date", "2026-11-22")
IN_A_DESK = "Укажите или перейдите в папку дела: там команда найдёт это сама."
COMMANDS = ("demo", "init", "templates", "check", "merge", "diff", "import", "status", "completion")


class Ran:
    """How a call ended: its exit code and what it wrote."""

    def __init__(self, code: int, out: str, err: str) -> None:
        self.code, self.out, self.err = code, out, err

    @property
    def fault(self) -> str:
        """The one line of a call that failed."""
        assert self.out == ""
        (line,) = self.err.splitlines()
        assert line.startswith("ошибка: ")
        assert "Traceback" not in line
        assert foreign_words(line) == []
        return line.removeprefix("ошибка: ")


Run = Callable[..., Ran]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    def call(*arguments: object) -> Ran:
        capsys.readouterr()
        code = main([str(item) for item in arguments])
        written = capsys.readouterr()
        return Ran(code, written.out, written.err)

    return call


def program(*arguments: object, **environment: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "workbook_tools", *map(str, arguments)],
        capture_output=True,
        check=False,
        env={**os.environ, **environment},
        timeout=120,
    )


# --- exit codes ----------------------------------------------------------------------------------------------------


def test_the_demonstration_runs_from_start_to_end(run: Run, tmp_path: Path) -> None:
    ran = run("demo", "--out", tmp_path)
    assert (ran.code, ran.err) == (0, "")
    assert foreign_words(ran.out.replace(str(tmp_path), "")) == []
    assert "1. Шаблоны: сделано 6, каждый заполнен записями своего подразделения." in ran.out
    assert "Записи:     было 23, стало 25, перенесено без подтверждения 5, на уточнении 1" in ran.out
    assert len(list((tmp_path / "шаблоны").iterdir())) == 6
    assert (tmp_path / "Перечень_2026-11-22.xlsx").is_file()


def test_files_with_errors_are_merged_as_a_project_and_told_line_by_line(run: Run, tmp_path: Path) -> None:
    ran = run("merge", INCOMING, "--edition", EDITION, "--out", tmp_path, *DAY)
    assert ran.code == 1
    lines = ran.err.splitlines()
    assert len(lines) == 8
    assert all(line.startswith("ошибка: Перечень_") for line in lines)
    assert foreign_words(ran.err) == []
    assert foreign_words(ran.out.replace(str(tmp_path), "")) == []
    assert (
        "ошибка: Перечень_КАДР_2024-03-19.xlsx: Не заполнена графа «Удовлетворяемые потребности клиента» "
        "(Сведения!J11). Без неё сведения считаются неполными. Основание: раздел II, п. 2.2, абз. 2."
    ) in lines
    assert "Файлы:      приняты 5, заменены более поздними 1" in ran.out
    assert load_workbook(tmp_path / "Перечень_2026-11-22.xlsx")["Сводка"]["A3"].value == (
        "Редакция от 22.11.2026, на основе редакции от 19.03.2024. Состояние: ПРОЕКТ."
    )


def test_correct_files_are_merged_without_an_error(run: Run, tmp_path: Path) -> None:
    assert len(CORRECT) == 5
    ran = run("merge", *CORRECT, "--edition", EDITION, "--out", tmp_path, *DAY)
    assert (ran.code, ran.err) == (0, "")
    assert "Замечания:  0 ошибок" in ran.out


def test_an_edition_does_not_differ_from_itself(run: Run) -> None:
    ran = run("diff", EDITION, EDITION)
    assert (ran.code, ran.err) == (0, "")
    assert "Изменений нет." in ran.out.splitlines()


def test_different_editions_differ_and_every_sentence_is_written(run: Run, tmp_path: Path) -> None:
    new = tmp_path / "новая.xlsx"
    book = load_workbook(EDITION)
    book["Реестр"]["H2"] = "офлайн"
    book.save(new)
    ran = run("diff", EDITION, new)
    assert ran.code == 1
    assert ran.out.splitlines()[0] == (
        "Т-0001. Точка «Официальный сайт Министерства (интернет-приемная)», процесс «Прием и рассмотрение обращений "
        "и запросов, поступающих в Министерство»: вид изменён с «цифровая» на «офлайн». Основание: не указано."
    )


def test_the_annex_is_imported_and_its_report_is_pure_json(run: Run, tmp_path: Path) -> None:
    ran = run("import", ANNEX, "--out", tmp_path / "Перечень.xlsx", "--json", "-")
    report = json.loads(ran.out)
    states = [record["state"] for record in report["records"]]
    assert (ran.code, states.count("in_force"), states.count("quarantined"), len(states)) == (0, 23, 1, 24)
    assert report["edition"]["records"] == 23
    assert report["outputs"] == ["Перечень.xlsx"]
    assert "Записи:     23, на уточнении 1" in ran.err


def test_with_the_report_on_standard_output_nothing_else_stands_there(run: Run) -> None:
    ran = run("check", ACCOUNTING, "--edition", EDITION, "--json", "-", *DAY)
    report = json.loads(ran.out)
    assert (ran.code, report["schema"], report["command"], report["outputs"]) == (0, 1, "check", [])
    assert ran.out == json.dumps(report, ensure_ascii=False, indent=2) + "\n"


def test_the_report_is_also_written_to_a_file(run: Run, tmp_path: Path) -> None:
    ran = run("diff", EDITION, EDITION, "--json", tmp_path / "отчёт.json", "--quiet")
    report = json.loads((tmp_path / "отчёт.json").read_text(encoding="utf-8"))
    assert (ran.code, ran.out, ran.err) == (0, "", "")
    assert (report["command"], report["changes"]) == ("diff", [])


def test_in_silence_only_errors_are_written(run: Run) -> None:
    ran = run("check", INCOMING, "--edition", EDITION, "--quiet", *DAY)
    assert (ran.code, ran.out, len(ran.err.splitlines())) == (1, "", 8)


# --- what cannot be read -------------------------------------------------------------------------------------------


def test_a_path_that_is_not_there_is_told(run: Run, tmp_path: Path) -> None:
    ran = run("check", tmp_path / "нет")
    assert ran.code == 2
    assert ran.fault == f"{tmp_path / 'нет'}: такого файла или папки нет. Проверьте путь."


def test_an_empty_folder_and_one_without_workbooks_are_told(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "письмо.txt").write_text("Добрый день", encoding="utf-8")
    for folder in (tmp_path / "a", tmp_path / "b"):
        ran = run("check", folder)
        assert ran.code == 2
        assert ran.fault == (f"{folder}: нет ни одного файла подразделения. Положите сюда заполненные шаблоны (.xlsx).")


def test_a_workbook_of_another_kind_is_an_error_of_the_file(run: Run) -> None:
    ran = run("check", SAMPLES / "annex-2024-03-19.xlsx", "--edition", EDITION, *DAY)
    assert ran.code == 1
    assert foreign_words(ran.err) == []
    assert (
        "ошибка: annex-2024-03-19.xlsx: В книге нет листа «Сведения» с графами шаблона. Возможно, приложен не тот "
        "файл; заполните шаблон, который вам прислали. Основание: раздел I, п. 2; Приложение 1."
    ) in ran.err.splitlines()


def test_a_missing_column_is_an_error_of_the_file(run: Run, tmp_path: Path) -> None:
    book = load_workbook(ACCOUNTING)
    book["Сведения"].delete_cols(9)
    book.save(tmp_path / "без графы.xlsx")
    ran = run("check", tmp_path, "--edition", EDITION, *DAY)
    assert ran.code == 1
    assert "В файле нет графы «Вид точки»" in ran.err
    assert "Не удаляйте и не переименовывайте графы шаблона" in ran.err
    assert foreign_words(ran.err) == []


def test_beside_a_damaged_file_the_others_are_still_examined(run: Run, tmp_path: Path) -> None:
    shutil.copy(ACCOUNTING, tmp_path)
    (tmp_path / "битый.xlsx").write_bytes(ACCOUNTING.read_bytes()[:5000])
    ran = run("check", tmp_path, "--edition", EDITION, "--json", "-", *DAY)
    statuses = {item["file"]: item["status"] for item in json.loads(ran.out)["files"]}
    assert (ran.code, statuses) == (2, {ACCOUNTING.name: "accepted", "битый.xlsx": "unreadable"})
    (line,) = [line for line in ran.err.splitlines() if line.startswith("ошибка: ")]
    assert line.startswith("ошибка: битый.xlsx: Файл не удалось прочитать: файл повреждён: он передан не полностью.")


@pytest.mark.parametrize("command", ["diff", "import", "merge"])
def test_a_damaged_edition_is_told(run: Run, tmp_path: Path, command: str) -> None:
    bad = tmp_path / "битая.xlsx"
    bad.write_bytes(EDITION.read_bytes()[:5000])
    arguments = {
        "diff": ("diff", bad, EDITION),
        "import": ("import", bad, "--out", tmp_path / "и.xlsx"),
        "merge": ("merge", ACCOUNTING, "--edition", bad, "--out", tmp_path / "итоги"),
    }
    ran = run(*arguments[command])
    assert ran.code == 2
    assert ran.fault.startswith("битая.xlsx: файл повреждён: он передан не полностью.")
    assert [path.name for path in tmp_path.iterdir()] == ["битая.xlsx"]


@pytest.mark.parametrize(
    ("officer", "words"),
    [
        ('unit = "ОРГ"', "их подтвердит уполномоченный сотрудник в шаблоне «Отдел организационной работы (пример)»"),
        ("", "Записей, подразделения которых нет в профиле: 3 (Т-0022, Т-0023, Т-0024)."),
    ],
)
@pytest.mark.parametrize("command", ["check", "merge"])
def test_records_of_a_unit_that_is_gone_are_told_at_the_console(
    run: Run, tmp_path: Path, officer: str, words: str, command: str
) -> None:
    stay = [unit for unit in load_profile().profile.units if unit.code != "АХО"]
    units = "".join(
        f'[[units]]\ncode = "{unit.code}"\nname = "{unit.name}"\nactivities = ["{unit.activities[0]}"]\n'
        for unit in stay
    )
    text = f'based_on = "smolensk_minprom"\n[officer]\n{officer}\n{units}'
    (tmp_path / "профиль.toml").write_text(text, encoding="utf-8")
    out = tmp_path / "итоги"
    ran = run(command, INCOMING, "--edition", EDITION, "--profile", tmp_path / "профиль.toml", "--out", out, *DAY)
    (told,) = (line for line in ran.out.splitlines() if line.startswith("Чьи записи: "))
    assert words in told


def test_the_console_says_where_all_findings_are_listed(run: Run, tmp_path: Path) -> None:
    checked = run("check", INCOMING, "--edition", EDITION, "--out", tmp_path / "проверка", *DAY)
    words = "; подробно – лист «Замечания» возвратных копий и сводной книги\n"
    assert words in checked.out
    # In a folder of this name too the workbook is no copy.
    merged = run("merge", INCOMING, "--edition", EDITION, "--out", tmp_path / "замечания", *DAY)
    assert "; подробно – лист «Замечания»\n" in merged.out
    assert "Чьи записи" not in merged.out
    made = run("import", ANNEX, "--out", tmp_path / "замечания" / "КАДР.xlsx")
    assert "; подробно – лист «Замечания»\n" in made.out


def test_decisions_are_read_back_from_the_consolidated_workbook(run: Run, tmp_path: Path) -> None:
    first = tmp_path / "первый"
    assert run("merge", INCOMING, "--edition", EDITION, "--out", first, *DAY).code == 1
    (book,) = first.glob("Перечень_*.xlsx")
    opened = load_workbook(book)
    sheet = opened["Решения"]
    header = next(row for row in range(1, 20) if sheet.cell(row, 1).value == "№")
    columns = {cell.value: number for number, cell in enumerate(sheet[header], 1)}
    sheet.cell(header + 1, columns["Решение (принять / вернуть)"]).value = "принять"
    sheet.cell(header + 1, columns["Причина"]).value = "Так согласовано"
    sheet.cell(header + 2, columns["Решение (принять / вернуть)"]).value = "вернуть"
    key = sheet.cell(header + 1, columns["Код вопроса"]).value
    opened.save(tmp_path / "решения.xlsx")
    out = tmp_path / "второй"
    ran = run("merge", INCOMING, "--edition", EDITION, "--out", out, "--decisions", tmp_path / "решения.xlsx", *DAY)
    assert ran.code == 1
    assert "Решения:    замечаний к ним 1 – не все применены, почему – лист «Замечания», правило П-20\n" in ran.out
    report = json.loads((out / "run.json").read_text(encoding="utf-8"))
    decided = {item["key"]: item for item in report["decisions"] if item["decision"]}
    settled = {item["key"]: (item["decision"], item["status"], item["reason"]) for item in decided.values()}
    assert settled.pop(key) == ("accept", "accepted", "Так согласовано")
    # What lacks its reason is kept as written, and its question stays open.
    assert list(settled.values()) == [("return", "open", None)]


def test_a_decision_that_only_waits_is_in_no_doubt(run: Run, tmp_path: Path) -> None:
    merge = ("merge", "--edition", EDITION, *DAY)
    assert run(*merge, INCOMING, "--out", tmp_path / "первый").code == 1
    (book,) = (tmp_path / "первый").glob("Перечень_*.xlsx")
    opened = load_workbook(book)
    sheet = opened["Решения"]
    header = next(row for row in range(1, 20) if sheet.cell(row, 1).value == "№")
    columns = {cell.value: number for number, cell in enumerate(sheet[header], 1)}
    assert sheet.cell(header + 1, columns["Подразделение"]).value == "Отдел бухгалтерского учета (пример)"
    sheet.cell(header + 1, columns["Решение (принять / вернуть)"]).value = "принять"
    sheet.cell(header + 1, columns["Причина"]).value = "Так согласовано"
    opened.save(tmp_path / "решения.xlsx")
    only_it = INCOMING / "Перечень_ИТ_2024-03-19.xlsx"
    ran = run(*merge, only_it, "--out", tmp_path / "второй", "--decisions", tmp_path / "решения.xlsx")
    report = json.loads((tmp_path / "второй" / "run.json").read_text(encoding="utf-8"))
    assert "decision_awaited" in [item["variant"] for item in report["findings"] if item["rule"] == "П-20"]
    assert "Решения:" not in ran.out


def test_a_file_of_decisions_that_is_none_is_an_error_and_one_that_is_missing_stops_the_run(
    run: Run, tmp_path: Path
) -> None:
    merge = ("merge", INCOMING, "--edition", EDITION, "--out", tmp_path / "out", *DAY)
    wrong = run(*merge, "--decisions", TEMPLATE)
    assert wrong.code == 2
    first = wrong.err.splitlines()[0]
    assert first.startswith(f"ошибка: {TEMPLATE.name}: Файл решений не прочитан: ")
    assert "Ни одно решение не применено." in first
    assert "Решения:    книга решений не прочитана, ни одно решение не применено – см. первую ошибку\n" in wrong.out
    sheet = load_workbook(tmp_path / "out" / "Перечень_2026-11-22.xlsx")["Замечания"]
    rows = [row for row in sheet.iter_rows(values_only=True) if row[0] in {"ошибка", "предупреждение"}]
    assert (rows[0][1], rows[1][1] == "П-20") == ("П-20", False)
    assert (
        run(*merge, "--decisions", tmp_path / "нет.xlsx").fault
        == f"{tmp_path / 'нет.xlsx'}: такого файла нет. Проверьте путь."
    )


def test_the_report_of_the_round_before_is_named_or_found(run: Run, tmp_path: Path) -> None:
    one, two = tmp_path / "первый", tmp_path / "второй"
    check = ("check", INCOMING, "--edition", EDITION, *DAY)
    run(*check, "--out", one)
    sent = tmp_path / "снова"
    shutil.copytree(INCOMING, sent)
    book = load_workbook(sent / "Перечень_КАДР_2024-03-19.xlsx")
    book["Сведения"]["I10"] = "офлайн"
    book.save(sent / "Перечень_КАДР_2024-03-19.xlsx")
    again = ("check", sent, "--edition", EDITION, *DAY)
    ran = run(*again, "--out", two, "--previous", one / "run.json")
    report = json.loads((two / "run.json").read_text(encoding="utf-8"))
    rounds = {item["unit"]: item["round"] for item in report["units"]}
    assert rounds["КАДР"]["mended"] == 1
    assert ran.code == 1
    wrong = run(*again, "--previous", EDITION).fault
    assert wrong.endswith("это не отчёт прошлого запуска. Укажите файл run.json из папки прошлой проверки.")


def test_an_error_of_an_input_ends_with_a_full_stop(run: Run, tmp_path: Path) -> None:
    empty, text = tmp_path / "пустой.xlsx", tmp_path / "письмо.txt"
    empty.touch()
    text.write_text("Добрый день", encoding="utf-8")
    for call in (("diff", EDITION, empty), ("import", text, "--out", tmp_path / "п.xlsx")):
        assert re.search(r"[^.]\.$", run(*call).fault)
    ran = run("templates", "--profile", empty, "--out", tmp_path)
    assert ran.fault == "пустой.xlsx: файл пуст: копирование прервалось. Пришлите его ещё раз."


def test_a_template_is_no_edition(run: Run) -> None:
    ran = run("diff", TEMPLATE, EDITION)
    assert ran.code == 2
    assert ran.fault.startswith(f"{TEMPLATE.name}: ")


def test_a_wrong_profile_is_told_key_by_key(run: Run, tmp_path: Path) -> None:
    profile = tmp_path / "профиль.toml"
    profile.write_text('schema = 1\nname = "x"\n[body]\n', encoding="utf-8")
    ran = run("check", ACCOUNTING, "--profile", profile)
    lines = ran.err.splitlines()
    assert (ran.code, ran.out) == (2, "")
    assert len(lines) > 3
    assert all(line.startswith("ошибка: ") and "профиль.toml" in line for line in lines)
    profile.write_text("не TOML", encoding="utf-8")
    assert run("check", ACCOUNTING, "--profile", profile).code == 2
    assert run("check", ACCOUNTING, "--profile", tmp_path / "нет.toml").code == 2


# --- wrong calls ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("check", "x", "--colour"), "параметра --colour нет. Справка: perechen --help."),
        (("свести",), "команды «свести» нет. Справка: perechen --help."),
        (("check",), f"не указано: ПУТЬ. {IN_A_DESK} Справка: perechen --help."),
        (("merge", "x"), f"не указано: --out. {IN_A_DESK} Справка: perechen --help."),
        (("diff", "x"), "не указано: НОВАЯ. Справка: perechen --help."),
        (("merge", "x", "--out"), "параметру --out нужно значение. Справка: perechen --help."),
        (
            ("check", "x", "--workers", "много"),
            "--workers: «много» не подходит. Укажите число процессов: 0 (по числу ядер) или больше.",
        ),
        *(
            (
                ("check", "x", "--date", day),
                f"--date: «{day}» не дата. Запишите её в виде ГГГГ-ММ-ДД, например 2026-11-22.",
            )
            for day in ("2026-02-30", "32.13.2026")
        ),
        *(
            (
                (*call, "--workers", count),
                f"--workers: «{count}» не подходит. Укажите число процессов: 0 (по числу ядер) или больше.",
            )
            for call in (("check", "x"), ("diff", EDITION, EDITION), ("import", ANNEX, "--out", "x.xlsx"))
            for count in ("-1", "1.5", "99999")
        ),
        *(
            (
                (*call, option, value),
                f"{option}: значение пустое. Укажите его или уберите из команды. Справка: perechen --help.",
            )
            for call, option, value in (
                (("check", "x"), "--out", ""),
                (("check", "x"), "--json", " "),
                (("check", "x"), "--date", ""),
                (("merge", "x", "--out", "y"), "--profile", ""),
                (("merge", "x", "--out", "y"), "--order-form", ""),
                (("templates", "--out", "x"), "--unit", ""),
                (("templates", "--out", "x"), "--period", ""),
                (("demo",), "--scheduler", ""),
            )
        ),
        (
            ("check", "x", "--profile="),
            "--profile: значение пустое. Укажите его или уберите из команды. Справка: perechen --help.",
        ),
        (
            ("check", "x", ""),
            "один из путей пустой. Укажите его или уберите из команды. Справка: perechen --help.",
        ),
        (
            ("templates", "--out", "x", "--unit", "ЮР"),
            "подразделения «ЮР» в профиле нет. Есть: ОРГ, ИНФ, КАДР, ИТ, БУХ, АХО.",
        ),
    ],
)
def test_a_wrong_call_is_one_line_that_says_what_is_wrong(run: Run, arguments: tuple[str, ...], sentence: str) -> None:
    ran = run(*arguments)
    assert (ran.code, ran.fault) == (2, sentence)


def test_the_version_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--version"]) == 0
    assert capsys.readouterr().out == f"perechen {version('perechen')}\n"


def test_for_a_command_that_is_none_one_like_it_is_proposed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["chek", "x"]) == 2
    assert capsys.readouterr().err == (
        "ошибка: команды «chek» нет. Возможно, имелось в виду: perechen check. Справка: perechen --help.\n"
    )


def test_the_help_shows_the_commands_in_the_order_of_the_cycle(run: Run) -> None:
    shown = re.findall(r"^│ ([a-z]+) ", run("--help").out, flags=re.MULTILINE)
    cycle = ["init", "import", "templates", "status", "check", "merge", "diff", "publish"]
    assert shown == [*cycle, "demo", "completion"]


def test_without_a_command_the_help_is_shown(run: Run) -> None:
    ran = run()
    assert ran.code == 2
    assert "Команды" in ran.out + ran.err
    assert (
        foreign_words(
            re.sub(rf"\b({'|'.join((*COMMANDS, 'init', 'publish', 'status', 'Tab'))})\b", "", ran.out + ran.err)
        )
        == []
    )


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_the_help_of_every_command_is_russian(run: Run, command: str) -> None:
    ran = run(*filter(None, [command, "--help"]))
    assert (ran.code, ran.err) == (0, "")
    shown = ran.out.replace("[по умолчанию: demo]", "")
    shown = re.sub(rf"^│ ({'|'.join((*COMMANDS, 'init', 'publish', 'status'))})\b", "", shown, flags=re.MULTILINE)
    shown = re.sub(r"\b(annex|edits)\b", "", shown)  # what --order-form takes
    shown = re.sub(r"\b(bash|zsh|fish|powershell|Tab)\b", "", shown)  # of `completion`
    assert foreign_words(shown) == []
    assert "Вызов: perechen" in ran.out
    assert "Показать эту справку и выйти." in ran.out


# --- outputs -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("where", ["open", "folder", "file", "input"])
def test_an_output_that_cannot_be_written_is_told_and_what_stood_there_stands(
    run: Run, tmp_path: Path, where: str
) -> None:
    target = tmp_path / "Перечень.xlsx"
    sentences = {
        "open": f"{target}: файл открыт в другой программе. Закройте его и запустите ещё раз.",
        "folder": f"{target}: на месте файла стоит папка. Переименуйте её или укажите другую папку для итогов.",
        "file": f"{tmp_path / 'файл'}: это файл, а не папка: в нём ничего не создать. Укажите другую папку.",
        "input": f"{target}: это входной файл, он не может быть заменён. Укажите другую папку для итогов.",
    }
    annex = ANNEX
    if where == "open":
        target.write_bytes(b"old")
        (tmp_path / "~$Перечень.xlsx").touch()
    elif where == "folder":
        target.mkdir()
    elif where == "file":
        (tmp_path / "файл").write_bytes(b"old")
        target = tmp_path / "файл" / "Перечень.xlsx"
    else:
        shutil.copy(ANNEX, target)
        annex = target
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    ran = run("import", annex, "--out", target)
    assert (ran.code, ran.fault) == (2, sentences[where])
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before


@pytest.mark.skipif(sys.platform == "win32", reason="the system has no such limit")
@pytest.mark.parametrize("workers", ["1", "2"])
def test_a_full_disk_is_one_line(tmp_path: Path, workers: str) -> None:
    out = tmp_path / "шаблоны"
    program = (
        "import resource, signal, sys; from workbook_tools.__main__ import run\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN); resource.setrlimit(resource.RLIMIT_FSIZE, (2000, 2000))\n"
        "run()"
    )
    call = [sys.executable, "-c", program, "templates", "--workers", workers, "--out", str(out)]
    ran = subprocess.run(call, capture_output=True, check=False, timeout=120)
    assert ran.returncode == 2
    (line,) = ran.stderr.decode().splitlines()
    assert "место на диске" in line
    assert not out.exists()


def test_when_one_output_is_open_none_of_them_is_replaced(run: Run, tmp_path: Path) -> None:
    (tmp_path / "Перечень_2026-11-22.xlsx").write_bytes(b"old")
    (tmp_path / "run.json").write_bytes(b"old")
    (tmp_path / "~$run.json").touch()
    ran = run("merge", *CORRECT, "--edition", EDITION, "--out", tmp_path, "--quiet", *DAY)
    assert ran.code == 2
    assert ran.fault == f"{tmp_path / 'run.json'}: файл открыт в другой программе. Закройте его и запустите ещё раз."
    left = {path.name: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    assert left == {"Перечень_2026-11-22.xlsx": b"old", "run.json": b"old", "~$run.json": b""}


@pytest.mark.parametrize("as_folder", [False, True])
def test_the_report_never_replaces_an_input(run: Run, tmp_path: Path, as_folder: bool) -> None:  # noqa: FBT001 - a parameter of the test
    mine = tmp_path / ACCOUNTING.name
    shutil.copy(ACCOUNTING, mine)
    ran = run("check", tmp_path if as_folder else mine, "--json", mine, "--quiet", *DAY)
    assert ran.code == 2
    assert f"{mine}: это входной файл, он не может быть заменён." in ran.err
    assert mine.read_bytes() == ACCOUNTING.read_bytes()


@pytest.mark.parametrize("name", ["Перечень_2026-11-22.xlsx", "Проект_приказа_2026-11-22.docx"])
def test_the_report_never_replaces_what_the_run_has_written(run: Run, tmp_path: Path, name: str) -> None:
    given = ("merge", ACCOUNTING, "--edition", EDITION, "--out", tmp_path, "--quiet", *DAY, "--json")
    ran = run(*given, tmp_path / "замечания" / ".." / name)
    assert ran.code == 2
    assert ran.fault.endswith(f"{name}» – итог этого же запуска, отчёт стёр бы его. Укажите другое имя файла.")
    assert (tmp_path / name).read_bytes().startswith(b"PK")
    assert run(*given, tmp_path / "run.json").code == 0


@pytest.mark.parametrize("place", [".", "/"])
def test_a_folder_without_a_name_is_no_place_for_the_report(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    monkeypatch.chdir(tmp_path)
    ran = run("check", ACCOUNTING, "--edition", EDITION, "--quiet", *DAY, "--json", place)
    assert ran.code == 2
    assert ran.fault.startswith(f"{place}: на месте файла стоит папка.")


def test_strict_writes_nothing_where_there_is_an_error(run: Run, tmp_path: Path) -> None:
    ran = run("merge", INCOMING, "--edition", EDITION, "--out", tmp_path / "итоги", "--strict", *DAY)
    assert ran.code == 1
    assert list(tmp_path.iterdir()) == []
    assert "Итоги:" not in ran.out


def test_strict_writes_what_is_clean(run: Run, tmp_path: Path) -> None:
    ran = run("merge", ACCOUNTING, "--edition", EDITION, "--out", tmp_path, "--strict", *DAY)
    assert ran.code == 0
    assert {path.name for path in tmp_path.iterdir()} == {
        "Перечень_2026-11-22.xlsx",
        "Проект_приказа_2026-11-22.docx",
        "run.json",
        "замечания",
    }


def test_the_form_of_the_draft_order_is_one_of_two(run: Run, tmp_path: Path) -> None:
    sent = INCOMING / "Перечень_ИНФ_2024-03-19.xlsx"
    given = ("merge", sent, "--edition", EDITION, "--out", tmp_path, "--quiet", *DAY, "--order-form")
    ran = run(*given, "слова")
    assert (ran.code, ran.err) == (2, "ошибка: --order-form: «слова» неизвестно. Укажите annex или edits.\n")
    assert list(tmp_path.iterdir()) == []
    for form, tables in (("annex", 1), ("edits", 0)):
        assert run(*given, form).code < 2
        assert len(Document(str(tmp_path / "Проект_приказа_2026-11-22.docx")).tables) == tables


# --- faults of our own ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fault", "code", "sentence"),
    [
        (InternalError("сверка не сошлась. Это ошибка программы."), 3, "сверка не сошлась. Это ошибка программы."),
        (KeyboardInterrupt(), 130, "работа прервана; прежние файлы не изменены"),
    ],
)
def test_a_fault_of_the_program_and_an_interruption_have_codes_of_their_own(
    run: Run, monkeypatch: pytest.MonkeyPatch, fault: BaseException, code: int, sentence: str
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise fault

    monkeypatch.setattr(commands, "diff", fail)
    ran = run("diff", EDITION, EDITION)
    assert (ran.code, ran.fault) == (code, sentence)


def test_an_unforeseen_fault_shows_no_traceback_unless_asked_for(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(records, "in_force", None)
    ran = run("diff", EDITION, EDITION)
    assert ran.code == 3
    assert "Traceback" not in ran.err
    assert ran.err.count("\n") == 1
    assert ran.err.startswith("ошибка: внутренняя ошибка программы")
    asked = run("diff", EDITION, EDITION, "--debug")
    assert asked.code == 3
    assert "Traceback" in asked.err


@pytest.mark.parametrize("day", ["0001-01-01", "1899-12-31", "1900-02-28"])
def test_a_day_that_no_spreadsheet_knows_is_refused(run: Run, day: str, tmp_path: Path) -> None:
    ran = run("merge", INCOMING, "--out", tmp_path / "выпуск", "--date", day)
    assert (ran.code, ran.fault) == (
        2,
        f"--date: {day} раньше всех дат, которые знает таблица. Укажите день редакции.",
    )


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes with names")
@pytest.mark.parametrize("option", ["--profile", "--previous"])
def test_a_pipe_for_a_file_does_not_hang_the_run(run: Run, option: str, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "труба")
    assert run("check", INCOMING, option, tmp_path / "труба").code == 2


# --- the real program ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["cp1251", "cp866"])
def test_the_program_works_on_a_windows_console(encoding: str) -> None:
    shown = program("--help", PYTHONIOENCODING=encoding)
    assert (shown.returncode, shown.stderr) == (0, b"")
    assert "Перечень точек взаимодействия с клиентом" in shown.stdout.decode(encoding)
    told = program("diff", EDITION, "нет.xlsx", PYTHONIOENCODING=encoding)
    assert (told.returncode, told.stdout) == (2, b"")
    assert told.stderr.decode(encoding).splitlines() == ["ошибка: нет.xlsx: такого файла нет. Проверьте путь."]


def test_the_program_leaves_with_the_code_of_the_command_and_json_is_utf8_on_any_console() -> None:
    ran = program("check", INCOMING, "--edition", EDITION, "--json", "-", *DAY, PYTHONIOENCODING="cp866")
    report = json.loads(ran.stdout.decode("utf-8"))
    assert (ran.returncode, report["reconciliation"]["read"]) == (1, 30)
    assert "ошибка: Перечень_КАДР_2024-03-19.xlsx:" in ran.stderr.decode("cp866")


def test_chance_has_no_part_in_the_outputs(tmp_path: Path) -> None:
    """Sets are walked in another order in every process; what is written must not depend on it."""

    def merged(seed: str) -> dict[str, bytes]:
        out = tmp_path / seed
        done = program("merge", INCOMING, "--edition", EDITION, "--out", out, *DAY, PYTHONHASHSEED=seed)
        assert done.returncode == 1
        return {path.relative_to(out).as_posix(): path.read_bytes() for path in out.rglob("*") if path.is_file()}

    first = merged("1")
    assert len(first) > 5
    assert all(merged(seed) == first for seed in ("2", "3"))


# --- interruptions, streams and places --------------------------------------------------------------------------------

HEEDED = """
import os, signal
signal.signal(signal.SIGINT, signal.default_int_handler)  # a job in the background has it ignored
from workbook_tools.cli import interruption
from workbook_tools.__main__ import run
os.write(2, b"!")
run()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="the system sends no such signal")
def test_an_interruption_at_any_moment_is_one_line_and_no_leftovers(tmp_path: Path) -> None:
    """Half of the moments lie in the loading of libraries, which take an interruption for their own failure."""
    for moment in range(12):
        out = tmp_path / str(moment)
        call = [
            sys.executable,
            "-c",
            HEEDED,
            "merge",
            INCOMING,
            "--edition",
            EDITION,
            "--out",
            out,
            *DAY,
            "--workers",
            "2",
        ]
        with subprocess.Popen(
            list(map(str, call)),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,
        ) as running:
            assert running.stderr is not None
            assert running.stderr.read(1) == b"!"
            time.sleep(0.02 + 0.2 * moment)
            with contextlib.suppress(ProcessLookupError):
                os.killpg(running.pid, signal.SIGINT)
            said = running.communicate(timeout=120)[1].decode()
        assert running.returncode in {1, 130}
        assert all(line.startswith("ошибка: ") for line in said.splitlines())
        if running.returncode == 130:
            assert said.count("работа прервана") == 1
        if "прежние файлы не изменены" in said:
            assert not out.exists()


EARLY = """
import signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)

class Interrupting:
    def find_spec(self, name, path=None, target=None):
        if name == MOMENT:
            # Libraries make classes of texts; who is interrupted there is ended by the signal, not by a code.
            exec("import os, signal; os.kill(os.getpid(), signal.SIGINT)")

sys.meta_path.insert(0, Interrupting())
from workbook_tools.__main__ import run
run()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="the system sends no such signal")
@pytest.mark.parametrize(
    "moment", ["workbook_tools.cli.streams", "typer", "workbook_tools.cli.app", "pandas", "pandera"]
)
def test_an_interruption_while_a_library_is_loaded_ends_with_its_code_and_not_by_the_signal(
    moment: str, tmp_path: Path
) -> None:
    (tmp_path / "early.py").write_text(EARLY.replace("MOMENT", repr(moment)), encoding="utf-8")
    path = os.pathsep.join([str(tmp_path), str(Path(__file__).parent.parent)])
    ran = subprocess.run(
        [sys.executable, "-m", "early", "check", str(INCOMING), "--workers", "1"],
        env=os.environ | {"PYTHONPATH": path},
        capture_output=True,
        check=False,
    )
    said = "ошибка: работа прервана; прежние файлы не изменены\n"
    assert (ran.returncode, ran.stdout, ran.stderr.decode()) == (130, b"", said)


MAIMED = """
import sys

class Missing:
    def find_spec(self, name, path=None, target=None):
        if name in MISSING:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)

sys.meta_path.insert(0, Missing())
from workbook_tools.__main__ import run
run()
"""


@pytest.mark.parametrize("missing", [("typer",), ("rich", "typer"), ("pandas",)])
def test_a_library_that_is_missing_is_named_in_one_line(missing: tuple[str, ...]) -> None:
    script = MAIMED.replace("MISSING", repr(missing))
    call = [sys.executable, "-c", script, "check", str(INCOMING), "--workers", "1"]
    ran = subprocess.run(call, capture_output=True, check=False)
    (line,) = ran.stderr.decode().splitlines()
    assert ran.returncode == 3
    assert any(
        line
        == f"ошибка: установка программы повреждена: не загружается библиотека «{name}». Установите программу заново."
        for name in missing
    )


FULL = Path("/dev/full")


@pytest.mark.skipif(not FULL.exists(), reason="this system has no device that is always full")
@pytest.mark.parametrize("call", [("diff", EDITION, EDITION), ("diff", EDITION, EDITION, "--json", "-"), ("--help",)])
@pytest.mark.parametrize("closed", [False, True])
def test_a_standard_output_that_takes_nothing_is_told(call: tuple[object, ...], closed: bool) -> None:  # noqa: FBT001 - a parameter of the test
    words = " ".join(map(str, call))
    ran = subprocess.run(
        ["sh", "-c", f"{sys.executable} -m workbook_tools {words} {'>&-' if closed else '>/dev/full'}"],
        capture_output=True,
        check=False,
    )
    lines = [line for line in ran.stderr.decode().splitlines() if line.startswith("ошибка: ")]
    assert ran.returncode == 2
    assert len(lines) == 1
    assert "стандартный вывод" in lines[0] or "на диске нет места" in lines[0]
    assert b"Traceback" not in ran.stderr
    assert b"Exception" not in ran.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="the system has no such shell")
@pytest.mark.parametrize(("words", "code"), [("", 0), ("--json -", 2)])
def test_a_reader_who_has_gone_is_told_nothing(words: str, code: int) -> None:
    call = f"{sys.executable} -m workbook_tools diff {EDITION} {EDITION} {words}"
    ran = subprocess.run(
        ["sh", "-c", f"({{ sleep 1; {call}; }} 3>&2 2>/dev/null; echo $? >&2) | true"], capture_output=True, check=False
    )
    assert ran.stderr.decode().split() == [str(code)]


@pytest.mark.parametrize("call", ["diff", "templates", "import"])
def test_a_name_that_is_too_long_is_told(run: Run, tmp_path: Path, call: str) -> None:
    name = "д" * 120 + ".xlsx"  # short enough for itself, too long for what lies beside it for a while
    calls = {
        "diff": ("diff", EDITION, EDITION, "--out", tmp_path / name),
        "templates": ("templates", "--out", tmp_path / ("д" * 200)),
        "import": ("import", ANNEX, "--out", tmp_path / name),
    }
    ran = run(*calls[call])
    assert ran.code == 2
    assert ran.fault.endswith("имя или путь длиннее, чем допускает система. Сократите его.")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(sys.platform != "linux", reason="no other system lets such names be")
def test_a_name_of_no_encoding_is_refused_for_outputs_and_read_as_input(run: Run, tmp_path: Path) -> None:
    strange = os.fsdecode(b"a\xffb")
    ran = run("import", ANNEX, "--out", tmp_path / f"{strange}.xlsx")
    assert ran.code == 2
    assert "a\\xffb.xlsx: имя не читается" in ran.fault
    shutil.copy(ANNEX, tmp_path / f"{strange}.docx")
    assert run("import", tmp_path / f"{strange}.docx", "--out", tmp_path / "и.xlsx", "--quiet").code == 0


@pytest.mark.parametrize(
    ("name", "what"),
    [
        ("photo.png", "это изображение, а не книга"),
        ("папка", "это папка, а не файл"),
        ("труба", "устройство или канал"),
    ],
)
def test_what_is_no_edition_is_told_with_what_to_name_instead(run: Run, tmp_path: Path, name: str, what: str) -> None:
    (tmp_path / "photo.png").write_bytes(b"\x89PNG\r\n\x1a\n0000")
    (tmp_path / "папка").mkdir()
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "труба")
    path = tmp_path / name
    merge = ("merge", ACCOUNTING, "--edition", EDITION, "--quiet", *DAY, "--out", tmp_path / "о")
    told = {
        "Укажите утверждённую редакцию": run("diff", path, EDITION).err,
        "Укажите Приложение 1 приказа": run("import", path, "--out", tmp_path / "и.xlsx").err,
        "Укажите сводную книгу (.xlsx), в которой заполнен лист «Решения»": run(*merge, "--decisions", path).err,
    }
    for advice, said in told.items():
        assert advice in said
        assert what in said
        assert "шаблон" not in said
    (tmp_path / "cut.docx").write_bytes(ANNEX.read_bytes()[:9000])
    assert "в формате .docx" in run("diff", tmp_path / "cut.docx", EDITION).fault


def test_details_are_shown_where_they_are_asked_for_and_the_code_stays(run: Run, tmp_path: Path) -> None:
    ran = run("diff", EDITION, tmp_path / "нет.xlsx", "--debug")
    assert ran.code == 2
    assert "Traceback" in ran.err
    assert run("check", ACCOUNTING, "--profile", tmp_path, "--debug").code == 2


# --- names of files ------------------------------------------------------------------------------------------------

STRANGE = {
    b"\xd0\xbf\xd0\xb5\xd1\x80\xd0\xb5\xd0\xbd\xd0\xbe\xd1\x81\n2.xlsx": "перенос\\n2.xlsx",
    "знак\u202exslx.exe.xlsx".encode(): "знак\\u202exslx.exe.xlsx",
    b"byte \xff.xlsx": "byte \\xff.xlsx",
    "цвет\x1b[31m.xlsx".encode(): "цвет\\x1b[31m.xlsx",
}


@pytest.mark.skipif(sys.platform != "linux", reason="no other system lets such names be")
@pytest.mark.parametrize("encoding", ["utf-8", "cp1251", "cp866", "ascii"])
def test_a_name_that_hides_something_is_shown_written_out(tmp_path: Path, encoding: str) -> None:
    incoming = tmp_path / "входящие"
    incoming.mkdir()
    for name in STRANGE:
        (Path(os.fsdecode(os.path.join(os.fsencode(incoming), name)))).write_bytes(b"no workbook")  # noqa: PTH118 - bytes
    shutil.copy(ACCOUNTING, incoming)
    out = tmp_path / "выпуск"
    ran = program("merge", incoming, "--edition", EDITION, "--out", out, *DAY, PYTHONIOENCODING=encoding)
    lines = ran.stderr.decode(encoding).splitlines()
    assert ran.returncode == 2
    assert not [line for line in lines if not line.startswith(("ошибка: ", "oshibka: ", "и ещё"))]
    if encoding != "ascii":
        assert {line.split(":")[1].strip() for line in lines if "не книга" in line} == set(STRANGE.values())
    report = json.loads((out / "run.json").read_text(encoding="utf-8"))
    unread = {item["file"] for item in report["files"] if item["status"] == "unreadable"}
    assert unread == {os.fsdecode(name) for name in STRANGE}


def test_signs_that_a_console_lacks_are_shown_by_their_like(tmp_path: Path) -> None:
    ran = program("merge", tmp_path / "№ 1 – «нет»…", "--out", tmp_path, PYTHONIOENCODING="cp866")
    (line,) = ran.stderr.decode("cp866").splitlines()
    assert '№ 1 - "нет"...: такого файла или папки нет. Проверьте путь.' in line
