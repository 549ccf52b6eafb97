"""Another body, another Порядок, a register for each theme: a whole cycle with a profile and no line of code."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

import pytest
from openpyxl import load_workbook

from tests.strings import texts_of
from workbook_tools.pipeline import commands
from workbook_tools.pipeline.commands import Options, Result
from workbook_tools.profile import LoadedProfile, Profile, load_profile
from workbook_tools.text import compare_key

FIRST = load_profile().profile
THEMES = ("svetloozersk_services", "svetloozersk_requests")
HALL, INSIDE = "терминал в холле", "система межведомственных запросов"
Typed = str | datetime.date
SIGNED: dict[str, Typed] = {
    "executor_name": "Кадастров К.К.",
    "executor_post": "специалист",
    "executor_phone": "(48100) 0-00-00",
    "filled": datetime.date(2026, 11, 18),
    "head_name": "Земцова З.З.",
    "head_post": "председатель",
    "checked": datetime.date(2026, 11, 19),
    "has_changes": "да",
}
NEW: dict[str, Typed] = {
    "action": "включить",
    "process": "Предварительная запись",
    "client": "заявитель",
    "touchpoint": "многофункциональный центр",
    "kind": "офлайн",
    "needs": "Подача заявления; Получение результата услуги",
    "key": "да",
    "basis": "распоряжение от 12.10.2026 № 77-р",
}


class Filled:
    """A template under a unit's hands."""

    def __init__(self, template: Path, profile: Profile) -> None:
        self.book, self.profile = load_workbook(template), profile
        self.sheet = self.book[profile.sheets["data"].name]
        self.columns = {name: column for column, name in enumerate(profile.headers("data"), 1)}
        self.sign(**SIGNED)

    def sign(self, **values: Typed) -> None:
        rows = {field.name: row for row, field in enumerate(self.profile.title_fields, 3)}
        for name, value in values.items():
            self.book[self.profile.sheets["title"].name].cell(rows[name], 3).value = value

    def put(self, row: int, **values: Typed) -> None:
        for name, value in values.items():
            self.sheet.cell(row, self.columns[name]).value = value or None

    def save(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self.book.save(path)


class Cycle(NamedTuple):
    """Two editions made one after the other."""

    profile: Profile
    made: list[Path]
    checked: Result
    merged: Result
    order: list[str]


def first_round(loaded: LoadedProfile, folder: Path) -> Path:
    """Fill in blank templates of all units, a touchpoint for each activity; return the first edition."""
    names = {item.code: item.name for item in loaded.profile.activities}
    for template in commands.templates(loaded, None, folder / "шаблоны", []).outputs:
        filled = Filled(template, loaded.profile)
        for row, code in enumerate(loaded.profile.unit[template.name.split("_")[1]].activities, 6):
            filled.put(row, **NEW | {"activity": names[code], "process": f"Предварительная запись: {names[code]}"})
        filled.save(folder / "входящие" / template.name)
    commands.merge([folder / "входящие"], loaded, None, folder / "выпуск", Options("2026-11-22"))
    return folder / "выпуск" / "Перечень_2026-11-22.xlsx"


def second_round(loaded: LoadedProfile, edition: Path, folder: Path) -> tuple[Result, Result]:
    """Change a record, add three, one of them all wrong; check and merge."""
    unit, activity = loaded.profile.units[0].code, loaded.profile.activities[0].name
    (template,) = commands.templates(loaded, edition, folder / "шаблоны", [unit]).outputs
    filled = Filled(template, loaded.profile)
    filled.sign(filled=datetime.date(2026, 12, 4), checked=datetime.date(2026, 12, 5))
    filled.put(6, action="изменить", needs="Подача заявления; Получение консультации", basis=NEW["basis"])
    filled.put(8, **NEW | {"activity": activity, "touchpoint": HALL, "process": "Запись в очередь"})
    filled.put(9, **NEW | {"activity": activity, "touchpoint": INSIDE, "kind": "цифровая"})
    filled.put(10, **NEW | {"activity": "огород", "client": "никто", "kind": "смешанная", "basis": "", "needs": ""})
    filled.save(folder / "входящие" / template.name)
    options = Options("2026-12-10")
    checked = commands.check([folder / "входящие"], loaded, edition, folder / "проверка", options)
    return checked, commands.merge([folder / "входящие"], loaded, edition, folder / "выпуск", options)


def annex_alone(edition: Path, profile: Profile) -> Path:
    """Return the printed form of an edition as a workbook of its own, as an act has it in its annex."""
    book, path = load_workbook(edition), edition.parent.parent / "приложение.xlsx"
    for name in book.sheetnames:
        if name != profile.sheets["annex"].name:
            del book[name]
    book.save(path)
    return path


@pytest.fixture(scope="module", params=THEMES)
def cycle(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Cycle:
    loaded, folder = load_profile(str(request.param)), tmp_path_factory.mktemp("дело")
    checked, merged = second_round(loaded, first_round(loaded, folder / "1"), folder / "2")
    old, new = (
        folder / "1" / "выпуск" / "Перечень_2026-11-22.xlsx",
        folder / "2" / "выпуск" / "Перечень_2026-12-10.xlsx",
    )
    commands.diff(old, new, loaded, folder / "сравнение.xlsx")
    commands.import_annex(annex_alone(old, loaded.profile), loaded, folder / "ввод.xlsx")
    made = [path for path in sorted(folder.rglob("*")) if path.suffix in {".xlsx", ".docx", ".json"}]
    order = texts_of(folder / "2" / "выпуск" / "Проект_приказа_2026-12-10.docx")
    return Cycle(loaded.profile, made, checked, merged, order)


def told(result: Result, rule: str) -> list[str]:
    return [str(item["message"]) for item in result.report["findings"] if item["rule"] == rule]


def test_the_rules_speak_in_the_words_of_this_body(cycle: Cycle) -> None:
    listed = ", ".join(f"«{item.name}»" for item in cycle.profile.activities)
    assert told(cycle.checked, "П-04") == [f"Группа услуг «огород» в Порядке не названа. Выберите: {listed}."]
    assert told(cycle.checked, "П-02") == [
        "Не заполнена графа «Что получает заявитель». Без неё сведения считаются неполными."
    ]
    assert told(cycle.checked, "П-07")[0].startswith(f"Точки «{HALL}» нет в справочнике точек (пункт 5 Порядка).")
    assert told(cycle.checked, "П-28")[0].startswith("Внутренняя система указана как точка для заявителя.")
    assert told(cycle.checked, "П-13")[0].startswith("«никто» в графе «Кто обращается» не предусмотрено.")
    assert told(cycle.checked, "П-17") == []
    clauses = {item["clause"] for item in cycle.checked.report["findings"]}
    assert all("Порядка" in clause for clause in clauses)


def test_the_register_is_that_of_its_theme(cycle: Cycle) -> None:
    profile, made = cycle.profile, {path.name: path for path in cycle.made}
    book = load_workbook(made["Перечень_2026-12-10.xlsx"])
    assert book.sheetnames[:3] == ["Сводка", profile.act.annex, "Реестр"]
    assert [cell.value for cell in book["Реестр"][1]][1:5] == [
        "Направление",
        "Группа услуг",
        "Услуга или процесс",
        "Кто обращается",
    ]
    found = {row[2].value for row in book["Реестр"].iter_rows(min_row=2)}
    assert found == {item.name for item in profile.activities}
    printed = [str(cell.value) for row in book[profile.act.annex].iter_rows() for cell in row if cell.value]
    assert profile.annex.title.format(genitive=profile.body.genitive) in printed
    assert {"Группа услуг", "Где обратиться", "Что можно получить"} <= set(printed)
    summary = [str(cell.value) for row in book["Сводка"].iter_rows() for cell in row if cell.value]
    assert {profile.texts.title, profile.texts.by_activity, "Изменения по пункту 9 Порядка"} <= set(summary)
    assert any(text.startswith("• Подписать распоряжение о внесении изменений") for text in summary)


def test_the_draft_is_of_the_kind_of_act_that_this_body_issues(cycle: Cycle) -> None:
    profile, text = cycle.profile, "\n".join(cycle.order).replace("\xa0", " ")
    assert "РАСПОРЯЖЕНИЕ" in cycle.order
    assert f"в распоряжение Администрации города Светлоозёрска (пример) от {profile.act.date:%d.%m.%Y}" in text
    assert f"в пункте 5 после слов «телефон справочной службы» дополнить словами «, {HALL}» (офлайн-точки)" in text
    assert f"{profile.act.annex} изложить в новой редакции согласно приложению к настоящему распоряжению" in text
    assert "Глава города" in text


def test_the_annex_of_this_body_is_read_by_its_own_headers(cycle: Cycle) -> None:
    made = {path.name: path for path in cycle.made}
    rows = [
        [row[at].value for row in load_workbook(made[name])["Реестр"].iter_rows(min_row=2) for at in (2, 3, 4, 5, 7, 8)]
        for name in ("Перечень_2026-11-22.xlsx", "ввод.xlsx")
    ]
    assert rows[0] == rows[1] != []


def test_a_template_of_one_theme_is_not_taken_for_another(tmp_path: Path) -> None:
    services, requests = (load_profile(name) for name in THEMES)
    (template, *_) = commands.templates(services, None, tmp_path / "шаблоны", []).outputs
    Filled(template, services.profile).save(tmp_path / "входящие" / template.name)
    result = commands.check([tmp_path / "входящие"], requests, None, None, Options("2026-11-22"))
    assert told(result, "П-27")[0].startswith("Код подразделения «ЗЕМЛЯ» в профиле не значится.")


# --- no word of the first body ----------------------------------------------------------------------------------------

OF_THE_BODY = {
    *("body", "act", "officer", "bodies", "directions", "activities", "touchpoints", "units", "clients", "needs"),
    *("interaction_forms", "fields", "annex", "clauses", "defects", "order", "texts"),
}
# The program's own sentences say these too.
COMMON = {"быть", "ниже", "пока", "сравнении", "точках"}
FILES = re.compile(r"Проект_приказа_[\d-]+\.docx")


def words(texts: Iterable[str]) -> set[str]:
    """Return the words of texts, as compared; the name of the draft's file is the program's own."""
    return {word for text in texts for word in re.findall(r"[а-яё]{4,}", compare_key(FILES.sub("", text)).lower())}


def strings(value: object) -> list[str]:
    if isinstance(value, dict | list | tuple):
        return [text for inner in (value.values() if isinstance(value, dict) else value) for text in strings(inner)]
    return [value] if isinstance(value, str) else []


def words_of_the_first_body(other: Profile) -> set[str]:
    """Return the words that only the first profile says, where it speaks of its body and act."""
    said = FIRST.model_dump(include=OF_THE_BODY)
    return words(strings(said)) - words(strings(other.model_dump())) - COMMON


def test_no_word_of_the_first_body_leaks_into_an_output(cycle: Cycle) -> None:
    foreign = words_of_the_first_body(cycle.profile)
    assert {"министерства", "смоленской", "приказ", "советов", "илюхин", "бухгалтерского", "внутренний"} <= foreign | {
        "внутренний"
    }
    assert len(cycle.made) > 10
    leaks = {
        (path.name, word, text[:80])
        for path in cycle.made
        for text in texts_of(path)
        for word in words([text]) & foreign
    }
    assert leaks == set()


@pytest.mark.parametrize("name", THEMES)
def test_the_profile_itself_keeps_no_word_of_the_first_body(name: str) -> None:
    said = "\n".join(strings(load_profile(name).profile.model_dump()))
    marks = (
        "инистерств",
        "смоленск",
        "Илюхин",
        "Дома Советов",
        "раздел I",
        "раздела I",
        "Приложение 1",
        "Приложения 1",
    )
    assert [mark for mark in marks if mark in said.replace("министерство", "", 1)] == []
    assert not re.search(r"\b[Пп]риказ", said)
