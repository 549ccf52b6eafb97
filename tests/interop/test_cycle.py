"""A whole cycle as its people go through it: commands as typed, workbooks filled in with LibreOffice."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Mapping
from contextlib import chdir, redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any, NamedTuple

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from python_calamine import load_workbook as read_workbook

from tests.interop.office import Typing, needs_typing, typed
from tests.strings import texts_of
from workbook_tools.cli import main
from workbook_tools.profile import load_profile

ROOT = Path(__file__).parent.parent.parent
ANNEX = ROOT / "samples" / "annex-2024-03-19.docx"
PROFILE = load_profile().profile
BASIS = "приказ от 03.06.2024 № 77"
STAFF, COMPUTING = "кадровая работа", "информационно-техническое обеспечение сотрудников"
HELP = "Консультирование по работе с кадровой системой"
SIGNED = {
    "executor_name": "Иванова А.А.",
    "executor_post": "главный специалист",
    "executor_phone": "(4812) 00-00-00",
    "filled": "10.06.2024",
    "head_name": "Петров Б.Б.",
    "head_post": "начальник отдела",
    "checked": "11.06.2024",
    "has_changes": "да",
}
BY_PHONE = {
    "action": "включить",
    "activity": COMPUTING,
    "process": HELP,
    "client": "внутренний",
    "touchpoint": "телефонная связь",
    "needs": "Получение консультации",
    "basis": BASIS,
}
KIOSK = {
    "action": "включить",
    "activity": STAFF,
    "process": "Учёт наград",
    "client": "внутренний",
    "touchpoint": "киоск самообслуживания",
    "kind": "офлайн",
    "basis": BASIS,
}
ANSWER, SETTLED, RETURNED = "Номер выделен приказом", "Решено на совещании 24.06.2024", "Телефон ведёт отдел ИТ"
REASON = "Отдел кадров исправит строку в следующем цикле"

pytestmark = needs_typing


class Said(NamedTuple):
    """What a command said."""

    out: str
    err: str


class Officer:
    """Somebody at a terminal in the working folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def types(self, *words: str, code: int = 0) -> Said:
        """Run the program, see how it ended, and return what it said."""
        command = [sys.executable, "-m", "workbook_tools", *words]
        here = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}
        done = subprocess.run(
            command, cwd=self.folder, env=here, stdin=subprocess.DEVNULL, capture_output=True, check=False, timeout=300
        )
        return self._heard(done.returncode, code, done.stdout.decode(), done.stderr.decode())

    def asks(self, *words: str, code: int = 0) -> Said:
        """Do the same in this process: for what only tells how things stand."""
        out, err = io.StringIO(), io.StringIO()
        with chdir(self.folder), redirect_stdout(out), redirect_stderr(err):
            ended = main(words)
        return self._heard(ended, code, out.getvalue(), err.getvalue())

    @staticmethod
    def _heard(ended: int, code: int, out: str, err: str) -> Said:
        said = Said(out, err)
        assert ended == code, said
        assert "Traceback" not in err
        return said

    def files(self, place: str) -> list[str]:
        """Return the names of what lies in a folder of the working folder."""
        return sorted(path.name for path in (self.folder / place).iterdir())


def on_title(**values: str) -> list[list[str]]:
    """Return the cells of a title sheet that a unit fills in."""
    rows = {field.name: row for row, field in enumerate(PROFILE.title_fields, 3)}
    return [["Титул", f"C{rows[name]}", text] for name, text in (SIGNED | values).items()]


def on_row(row: int, values: Mapping[str, str], key: str = "data") -> list[list[str]]:
    """Return cells of a row, by the profile's names of the sheet's columns."""
    names = list(PROFILE.headers(key))
    sheet = PROFILE.sheets[key].name
    return [[sheet, f"{get_column_letter(names.index(name) + 1)}{row}", text] for name, text in values.items()]


def table(workbook: Path, key: str) -> dict[int, dict[str, str]]:
    """Return what a sheet shows below its header, by row and by the profile's names of its columns."""
    rows = read_workbook(workbook).get_sheet_by_name(PROFILE.sheets[key].name).to_python(skip_empty_area=False)
    names = {header: name for name, header in PROFILE.headers(key).items()}
    at = next(number for number, row in enumerate(rows) if len(names.keys() & {str(cell) for cell in row}) > 3)
    headers = [names.get(str(cell), "") for cell in rows[at]]
    shown = (dict(zip(headers, map(str, row), strict=True)) for row in rows[at + 1 :])
    return {number: row for number, row in enumerate(shown, at + 2) if any(row.values())}


def row_of(workbook: Path, key: str = "data", **values: str) -> int:
    """Return the row of a sheet in which these values stand."""
    (found,) = [row for row, shown in table(workbook, key).items() if values.items() <= shown.items()]
    return found


def test_from_an_empty_folder_to_a_published_edition_and_the_next_templates(tmp_path: Path) -> None:
    Officer(tmp_path).types("init", "дело")
    officer = Officer(tmp_path / "дело")
    the_profile_is_filled_in(officer)
    templates = the_annex_becomes_templates(officer)
    the_units_answer(officer, templates)
    faults_are_returned(officer)
    the_returned_copy_is_mended(officer, templates)
    book = the_files_are_merged(officer)
    nothing_is_published_while_anything_stands_open(officer, "ошибок – 2; вопросов без решения – ")
    decisions_are_made(book)
    the_decisions_are_applied(officer)
    nothing_is_published_while_anything_stands_open(officer, "ошибок – 2. Исправьте")
    it_is_published(officer)
    the_edition_says_what_was_decided(officer)
    the_next_cycle_starts_from_it(officer)


def the_profile_is_filled_in(officer: Officer) -> None:
    """The officer writes names and the deadline into профиль.xlsx."""
    assert {"ПРОЧТИ.txt", "профиль.xlsx", "входящие", "выпуски", "редакции"} <= set(officer.files("."))
    book = officer.folder / "профиль.xlsx"
    keys = {row[3].value: str(row[0].row) for row in load_workbook(book)["Орган и акт"].iter_rows(max_col=4)}
    act = {"officer.name": "Светлова О.О.", "period.label": "2 квартал 2024 г.", "period.deadline": "21.06.2024"}
    heads = {row[0].value: row[3].coordinate for row in load_workbook(book)["Подразделения"].iter_rows(max_col=4)}
    cells = [["Орган и акт", f"B{keys[key]}", text] for key, text in act.items()]
    assert typed(Typing(book, book, [*cells, ["Подразделения", heads["КАДР"], "Попова Е.Е."]])) == []


def the_annex_becomes_templates(officer: Officer) -> Path:
    """The annex of the order becomes the first edition, and each unit gets its template."""
    shutil.copy(ANNEX, officer.folder / "приложение.docx")
    assert "Следующий шаг: perechen import приложение.docx" in officer.asks().out
    assert "Записи:     23, на уточнении 1" in officer.types("import", "приложение.docx").out
    assert officer.files("редакции/2024-03-19") == ["Перечень_2024-03-19.xlsx"]
    assert "Шаблонов: 6" in officer.types("templates", "--date", "2024-06-03").out
    templates = officer.folder / "шаблоны" / "2024-06-03"
    assert len(officer.files("шаблоны/2024-06-03")) == 6
    title = [str(row[2].value) for row in load_workbook(template(templates, "КАДР"))["Титул"].iter_rows(max_row=10)]
    assert {"19.03.2024", "2 квартал 2024 г.", "Отдел кадров (пример)"} <= set(title)
    return templates


def template(folder: Path, unit: str, edition: str = "2024-03-19") -> Path:
    return folder / f"Перечень_{unit}_{edition}.xlsx"


def the_units_answer(officer: Officer, templates: Path) -> None:
    """КАДР with three faults, ИТ from another program's format and at odds with КАДР, БУХ without changes."""
    staff, computing, accounting = (template(templates, code) for code in ("КАДР", "ИТ", "БУХ"))
    free = row_of(staff, code="Т-0008") + 1
    faulty = {"action": "изменить", "needs": "Получение консультации; получение форм документов", "key": "да"}
    of_staff = [
        *on_title(),
        *on_row(row_of(staff, code="Т-0007"), faulty | {"kind": "смешанная"}),
        *on_row(free, KIOSK),
        *on_row(free + 1, BY_PHONE | {"contact": "(4812) 00-00-01", "kind": "цифровая"}),
    ]
    of_computing = [
        *on_title(),
        *on_row(row_of(computing, code="Т-0013"), {"action": "исключить", "basis": BASIS}),
        *on_row(row_of(computing, code="Т-0016") + 1, BY_PHONE | {"contact": "(4812) 00-00-02", "kind": "офлайн"}),
    ]
    incoming = officer.folder / "входящие"
    refused = typed(
        Typing(staff, incoming / "КАДР.xlsx", of_staff),
        Typing(computing, incoming / "отдел ИТ.ods", of_computing),
        Typing(accounting, incoming / "от бухгалтерии.xlsx", on_title(has_changes="нет")),
    )
    assert refused == []


def faults_are_returned(officer: Officer) -> None:
    """Check: the faults are told at their cells and marked in the copy, and the letters stand ready."""
    checked = officer.types("check", "--date", "2024-06-18", code=1)
    assert "КАДР.xlsx: Вид точки «смешанная» не предусмотрен (Сведения!I8)." in checked.err
    assert "Файлы:      приняты 3" in checked.out
    assert "Исправлено:" not in checked.out
    assert officer.files("замечания/2024-06-18/замечания") == ["БУХ.xlsx", "ИТ.xlsx", "КАДР.xlsx"]
    marked = load_workbook(officer.folder / "замечания/2024-06-18/замечания/КАДР.xlsx")["Сведения"]
    assert [cell for cell in ("I8", "L8", "J10") if marked[cell].comment is None] == []
    stand = officer.asks("status", "--letters", "--date", "2024-06-18", code=1).out
    assert "При проверке найдено: 3 ошибки." in stand
    assert "Не ответили: ОРГ, ИНФ, АХО." in stand
    assert "Срок – 21.06.2024: осталось 3 дня." in stand
    letter = (officer.folder / "письма/2024-06-18/Замечания_КАДР.txt").read_text("utf-8-sig")
    assert "Попова Е.Е." in letter
    assert "Прошу в срок до 21.06.2024" in letter
    assert "L8: Укажите документ-основание (вид, дата, номер)" in letter
    assert "Напоминание_ИНФ.txt" in officer.files("письма/2024-06-18")


def the_returned_copy_is_mended(officer: Officer, templates: Path) -> None:
    """Round two: КАДР mends its copy and answers a remark, ИНФ sends its file; the check says what was mended."""
    copy, incoming = officer.folder / "замечания/2024-06-18/замечания/КАДР.xlsx", officer.folder / "входящие"
    remark = row_of(copy, "unit_remarks", rule="П-06", cell="Сведения, I11")
    mended = [
        *on_title(filled="19.06.2024", checked="20.06.2024"),
        *on_row(8, {"kind": "офлайн", "basis": BASIS}),
        *on_row(10, {"needs": "Получение консультации"}),
        *on_row(remark, {"answer": ANSWER}, "unit_remarks"),
    ]
    informing = template(templates, "ИНФ")
    key_touchpoint = on_row(row_of(informing, code="Т-0004"), {"action": "изменить", "key": "да", "basis": BASIS})
    refused = typed(
        Typing(copy, incoming / "КАДР.xlsx", mended),
        Typing(informing, incoming / "ИНФ.xlsx", [*on_title(), *key_touchpoint]),
    )
    assert refused == []
    checked = officer.types("check", "--date", "2024-06-20", code=1)
    assert "Файлы:      приняты 4; из кэша: 2 из 4" in checked.out
    assert "Исправлено: КАДР – 3, осталось 5, новых 0\n" in checked.out
    assert [line.split(":")[1] for line in checked.err.splitlines()] == [" КАДР.xlsx", " отдел ИТ.ods"]
    again = load_workbook(officer.folder / "замечания/2024-06-20/замечания/КАДР.xlsx")["Сведения"]
    assert [cell for cell in ("I8", "L8", "J10") if again[cell].comment is not None] == []
    stand = officer.asks("status", "--date", "2024-06-20", code=1).out
    assert (
        "Исправлять подразделениям нечего; 10 вопросов предстоит решить вам на листе «Решения» сводной книги." in stand
    )
    assert "КАДР  Отдел кадров (пример): получены, заполнены 19.06.2024" in stand
    assert "круг 2, 1 ошибка, 4 предупреждения – ждёт вашего решения при сведении" in stand


def the_files_are_merged(officer: Officer) -> Path:
    """Merge: what units cannot settle is asked on «Решения», with the unit's answer beside it."""
    officer.types("merge", "--date", "2024-06-24", code=1)
    assert officer.files("выпуски/2024-06-24") == [
        "run.json",
        "Перечень_2024-06-24.xlsx",
        "Проект_приказа_2024-06-24.docx",
        "замечания",
    ]
    assert "10 вопросов ждут вашего решения" in officer.asks().out
    book = officer.folder / "выпуски/2024-06-24/Перечень_2024-06-24.xlsx"
    asked = table(book, "decisions").values()
    assert [row["question"][:16] for row in asked if row["answer"] == ANSWER] == ["телефонная связь"]
    return book


def nothing_is_published_while_anything_stands_open(officer: Officer, what: str) -> None:
    refused = officer.asks("publish", "--order", "29/01-07", "--date", "2024-06-28", code=2)
    assert f"этот выпуск утвердить нельзя: {what}" in refused.err
    assert officer.files("редакции") == ["2024-03-19"]


def decisions_are_made(book: Path) -> None:
    """The officer fills in «Решения»: the phone is that of ИТ, the record of the old defect goes back."""
    cells = []
    for row, shown in table(book, "decisions").items():
        other = shown["code"] == "Т-0005" or (shown["unit"] == "Отдел кадров (пример)" and "I11" in shown["source"])
        contested = "здесь «цифровая»" in shown["question"]
        verdict = {"decision": "вернуть", "reason": RETURNED} if other or contested else {"decision": "принять"}
        cells += on_row(row, {"reason": SETTLED} | verdict, "decisions")
    assert typed(Typing(book, book, cells)) == []


def the_decisions_are_applied(officer: Officer) -> None:
    assert "есть решения, которые ещё не применены" in officer.asks().out
    merged = officer.types("merge", "--date", "2024-06-25", code=1)
    assert "С листа «Решения» книги выпуски/2024-06-24/Перечень_2024-06-24.xlsx взято: 10 решений." in merged.out
    assert f"Возвращено подразделению: {RETURNED}." in merged.err
    assert "Записи:     было 23, стало 24, перенесено без подтверждения 5, на уточнении 1" in merged.out
    stand = officer.asks("status", "--date", "2024-06-25", code=1).out
    assert "КАДР  Отдел кадров (пример): получены, заполнены 19.06.2024" in stand
    assert "При проверке найдено: 2 ошибки." in stand
    assert "вернуть на исправление" in stand
    assert "ждут вашего решения" not in stand


def it_is_published(officer: Officer) -> None:
    published = officer.types("publish", "--order", "29/01-07", "--date", "2024-06-28", "--reason", REASON, code=1)
    assert "Состояние: утверждена (приказ от 28.06.2024 № 29/01-07). 24 записи.\n" in published.out
    assert f"При утверждении оставалось: ошибок – 2. Причина: {REASON}." in published.out
    names = ["Акт_соответствия_2024-06-28.docx", "Дело_2024-06-28.zip", "Перечень_2024-06-28.xlsx"]
    assert officer.files("редакции/2024-06-28") == names
    with zipfile.ZipFile(officer.folder / "редакции/2024-06-28/Дело_2024-06-28.zip") as case:
        for path in (officer.folder / "входящие").iterdir():
            assert case.read(f"входящие/{path.name}") == path.read_bytes()
        assert "решения/Перечень_2024-06-24.xlsx" in case.namelist()
    certificate = "\n".join(texts_of(officer.folder / "редакции/2024-06-28/Акт_соответствия_2024-06-28.docx"))
    assert REASON in certificate
    assert "отдел ИТ.ods" in certificate


def records(book: Path, key: str) -> dict[str, dict[str, Any]]:
    return {row["code"]: row for row in table(book, key).values() if row["code"]}


def the_edition_says_what_was_decided(officer: Officer) -> None:
    register = records(officer.folder / "редакции/2024-06-28/Перечень_2024-06-28.xlsx", "register")
    assert register["Т-0007"]["needs"] == "Получение консультации; получение форм документов"
    assert (register["Т-0004"]["key"], register["Т-0007"]["kind"]) == ("да", "офлайн")
    assert "Т-0013" not in register
    assert register["Т-0001"]["state"] == "перенесено без подтверждения"
    by_phone = [row for row in register.values() if row["process"] == HELP]
    assert [(row["kind"], row["contact"]) for row in by_phone] == [("офлайн", "(4812) 00-00-02")]
    assert [row["touchpoint"] for row in register.values() if row["process"] == "Учёт наград"] == [KIOSK["touchpoint"]]


def the_next_cycle_starts_from_it(officer: Officer) -> None:
    """The files of this cycle are put away; the new templates hold what was published."""
    for path in (officer.folder / "входящие").iterdir():
        path.unlink()
    assert "Действующая редакция: Перечень_2024-06-28.xlsx." in officer.asks().out
    officer.types("templates", "--period", "3 квартал 2024 г.", "--date", "2024-09-02")
    folder = officer.folder / "шаблоны" / "2024-09-02"
    register = records(officer.folder / "редакции/2024-06-28/Перечень_2024-06-28.xlsx", "register")
    units = [unit.code for unit in PROFILE.units]
    given = [records(template(folder, unit, "2024-06-28"), "data") for unit in units]
    asked = {code: row for rows in given for code, row in rows.items()}
    assert asked.keys() == register.keys()
    names = ("activity", "process", "client", "touchpoint", "contact", "kind", "needs", "key")
    for code, row in asked.items():
        assert {name: row[name] for name in names} == {name: register[code][name] for name in names}
    title = [str(row[2].value) for row in load_workbook(template(folder, "ИТ", "2024-06-28"))["Титул"].iter_rows()]
    assert {"28.06.2024", "3 квартал 2024 г."} <= set(title)
