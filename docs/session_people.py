"""What the officer and the units of session.ru.md do between the commands; used by `build_session.py`."""

from __future__ import annotations

import datetime
import os
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from openpyxl import load_workbook

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "samples"))

from filling import FilledTemplate  # noqa: E402 - a script beside the samples, no part of the package

from workbook_tools.profile import load_profile  # noqa: E402 - as above

Fill = Callable[[FilledTemplate], None]
PROFILE = load_profile().profile
EDITION = "2024-03-19"
BASIS = "приказ от 03.06.2024 № 77"
STAFF, COMPUTING = "кадровая работа", "информационно-техническое обеспечение сотрудников"
BY_PHONE = {
    "action": "включить",
    "activity": COMPUTING,
    "process": "Консультирование по работе с кадровой системой",
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


def fill_in_profile(book: Path) -> None:
    """Write the officer, the period, the deadline and a head into the profile."""
    opened = load_workbook(book)
    values = {"officer.name": "Светлова О.О.", "period.label": "2 квартал 2024 г."}
    deadline = {"period.deadline": datetime.date(2024, 6, 21)}
    for row in opened["Орган и акт"].iter_rows(max_col=4):
        if row[3].value in values | deadline:
            row[1].value = (values | deadline)[str(row[3].value)]
    for row in opened["Подразделения"].iter_rows(max_col=4):
        if row[0].value == "КАДР":
            row[3].value = "Попова Е.Е."
    opened.save(book)


def let_arrive(template: Path, target: Path, day: str, fill: Fill) -> None:
    """Let a unit fill in its template, and the file come in on a day."""
    form = FilledTemplate(template, PROFILE)
    fill(form)
    form.save(target)
    date_file(target, day)


def date_file(path: Path, day: str) -> None:
    """Give a file its day."""
    noon = datetime.datetime.fromisoformat(f"{day}T12:00").timestamp()
    os.utime(path, (noon, noon))


def sign(form: FilledTemplate, filled: str = "2024-06-10", answer: str = "да") -> None:
    """Fill in a title sheet."""
    day = datetime.date.fromisoformat(filled)
    form.sign(
        {
            "executor_name": "Иванова А.А.",
            "executor_post": "главный специалист",
            "executor_phone": "(4812) 00-00-00",
            "filled": day,
            "head_name": "Попова Е.Е.",
            "head_post": "начальник отдела",
            "checked": day,
            "has_changes": answer,
        }
    )


def staff(form: FilledTemplate) -> None:
    """КАДР: a kind that is none, no basis, needs left out; a phone that ИТ names otherwise."""
    sign(form)
    needs = "Получение консультации; получение форм документов"
    form.edit("Т-0007", action="изменить", needs=needs, kind="смешанная", key="да")
    form.add(**KIOSK)
    form.add(**BY_PHONE, contact="(4812) 00-00-01", kind="цифровая")


def computing(form: FilledTemplate) -> None:
    """ИТ: a point excluded, a phone that КАДР names otherwise."""
    sign(form)
    form.edit("Т-0013", action="исключить", basis=BASIS)
    form.add(**BY_PHONE, contact="(4812) 00-00-02", kind="офлайн")


def accounting(form: FilledTemplate) -> None:
    """БУХ: nothing has changed."""
    sign(form, answer="нет")


def informing(form: FilledTemplate) -> None:
    """ИНФ: a key touchpoint."""
    sign(form, "2024-06-18")
    form.edit("Т-0004", action="изменить", key="да", basis=BASIS)


def mend_copy(copy: Path, target: Path) -> None:
    """Mend a returned copy: three cells, the day, and an answer beside a remark."""
    form = FilledTemplate(copy, PROFILE)
    sign(form, "2024-06-19")
    form.edit("Т-0007", kind="офлайн", basis=BASIS)
    form.save(target)
    opened = load_workbook(target)
    data = opened["Сведения"]
    columns = list(PROFILE.headers("data"))
    for row in data.iter_rows(min_row=6):
        if row[columns.index("process")].value == KIOSK["process"]:
            row[columns.index("needs")].value = "Получение консультации"
    for shown in rows_of(target, "unit_remarks"):
        if shown["cell"] == "Сведения, I11":
            column = list(PROFILE.headers("unit_remarks")).index("answer") + 1
            opened["Замечания"].cell(int(shown["row"]), column).value = "Номер выделен приказом"
    opened.save(target)


def decide(book: Path) -> None:
    """Accept every question on «Решения» but three."""
    opened = load_workbook(book)
    columns = list(PROFILE.headers("decisions"))
    for shown in rows_of(book, "decisions"):
        of_the_phone = "КАДР" in shown["source"] and BY_PHONE["touchpoint"] in shown["question"]
        verdict = ("вернуть", "Телефон ведёт отдел ИТ") if of_the_phone else ("принять", "Решено на совещании")
        if shown["code"] == "Т-0005":
            verdict = ("вернуть", "Исключите запись: офлайн-точка уже есть")
        for name, value in zip(("decision", "reason"), verdict, strict=True):
            opened["Решения"].cell(int(shown["row"]), columns.index(name) + 1).value = value
    opened.save(book)


def rows_of(book: Path, key: str) -> Iterator[Mapping[str, str]]:
    """Yield the lines below the header of a sheet by the profile's names of its columns, with the row as `row`."""
    headers = PROFILE.headers(key)
    is_below = False
    for row in load_workbook(book)[PROFILE.sheets[key].name].iter_rows(max_col=len(headers)):
        texts = [str(cell.value or "") for cell in row]
        if is_below:
            yield dict(zip(headers, texts, strict=True)) | {"row": str(row[0].row)}
        is_below = is_below or texts == list(headers.values())
