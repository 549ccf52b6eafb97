"""The shipped profile says what the order and the contract say; a wrong profile is refused in plain Russian."""

from __future__ import annotations

import datetime
import hashlib
import re
import string
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import workbook_tools
from workbook_tools.errors import ProfileError
from workbook_tools.profile import load_profile, shipped_names
from workbook_tools.rules import TITLE_RULES, Rule, row_rules

if TYPE_CHECKING:
    from collections.abc import Mapping

SHIPPED = Path(workbook_tools.__file__).parent / "profiles" / "smolensk_minprom.toml"
TEXT = SHIPPED.read_text(encoding="utf-8")
PROFILE = load_profile().profile
CODE_RULES = (*row_rules(PROFILE), *TITLE_RULES)

# --- the shipped profile ----------------------------------------------------------------------------------------------


def test_the_shipped_profile_is_named_by_the_sum_of_its_file() -> None:
    loaded = load_profile()
    assert loaded.sha256 == hashlib.sha256(SHIPPED.read_bytes()).hexdigest()
    assert loaded == load_profile(SHIPPED)


def test_the_order_is_named_as_it_was_signed() -> None:
    act = PROFILE.act
    assert (act.kind, act.date, act.number, act.annex) == (
        "приказ",
        datetime.date(2024, 3, 19),
        "29/01-01",
        "Приложение 1",
    )
    assert PROFILE.body.name == "Министерство промышленности и торговли Смоленской области"
    assert PROFILE.body.genitive == "Министерства промышленности и торговли Смоленской области"
    assert (PROFILE.officer.post, PROFILE.officer.name) == ("советник-эксперт", "")
    assert PROFILE.period.deadline is None


def test_the_touchpoints_are_those_of_section_ii_and_the_messengers_of_section_i() -> None:
    digital, offline, definition = (
        "раздел II, п. 3, абз. 2",
        "раздел II, п. 3, абз. 3",
        "раздел I, п. 3, абз. 5",
    )
    assert [
        (item.name, PROFILE.kind_of(item), PROFILE.clauses[item.clause].cite, item.in_list)
        for item in PROFILE.touchpoints
    ] == [
        ("электронная почта Министерства", "digital", digital, True),
        ("Платформа обратной связи", "digital", digital, True),
        ("система электронного документооборота (СЭД)", "digital", digital, True),
        ("официальный сайт Министерства", "digital", digital, True),
        ("социальные сети", "digital", digital, True),
        ("телефонная связь", "offline", offline, True),
        ("здание Дома Советов", "offline", offline, True),
        ("здание Министерства", "offline", offline, True),
        ("мессенджеры", "digital", definition, False),
    ]
    assert [item.name for item in PROFILE.touchpoints if item.kind_disputed] == ["телефонная связь"]


@pytest.mark.parametrize(
    ("wording", "code"),
    [
        ("Официальный сайт Министерства (интернет-приемная)", "САЙТ"),
        ("официальный сайт министерства (интернет–приёмная)", "САЙТ"),
        ("СЭД ДелоПро", "СЭД"),
        ("Система электронного документооборота (СЭД ДелоПро)", "СЭД"),
        ("CЭД", "СЭД"),
        ("здание Министерства", "ЗДАНИЕ"),
        ("Здание  Министерства.", "ЗДАНИЕ"),
        ("Здание Дома Советов", "ДОМ-СОВЕТОВ"),
        ("Телефонная связь", "ТЕЛЕФОН"),
        ("Электронная почта", "ПОЧТА"),
        ("Социальные сети Министерства", "СОЦСЕТИ"),
        ("ПОС", "ПОС"),
        ("Мессенджеры", "МЕССЕНДЖЕРЫ"),
    ],
)
def test_a_wording_of_the_annex_means_its_touchpoint(wording: str, code: str) -> None:
    known = PROFILE.touchpoint(wording)
    assert known is not None
    assert known.code == code
    assert PROFILE.touchpoint_key(wording) == code


def test_an_unknown_touchpoint_is_known_by_its_own_wording() -> None:
    assert PROFILE.touchpoint("Telegram-бот") is None
    assert PROFILE.touchpoint_key("Telegram-Бот") == PROFILE.touchpoint_key(" telegram-бот ") == "telegram-бот"


def test_the_activities_lead_to_the_directions_and_owners() -> None:
    requests = "Рассмотрение обращений и запросов"
    access = "Обеспечение доступа к информации о деятельности"
    internal = "Взаимодействие с внутренним клиентом"
    assert [direction.name for direction in PROFILE.directions] == [requests, access, internal]
    assert [
        (activity.name, PROFILE.direction_of[activity.name], PROFILE.owner_of[activity.name], activity.client)
        for activity in PROFILE.activities
    ] == [
        ("рассмотрение письменных и устных обращений и запросов внешних клиентов", requests, "ОРГ", "внешний"),
        ("информирование о деятельности Министерства", access, "ИНФ", "внешний"),
        ("кадровая работа", internal, "КАДР", "внутренний"),
        ("информационно-техническое обеспечение сотрудников", internal, "ИТ", "внутренний"),
        ("ведение бухгалтерского учета", internal, "БУХ", "внутренний"),
        ("осуществление административно-хозяйственной деятельности", internal, "АХО", "внутренний"),
    ]


def test_the_forms_of_interaction_are_the_eight_of_section_ii() -> None:
    assert len(PROFILE.interaction_forms) == 8
    assert PROFILE.interaction_forms[-1].name == "иные взаимодействия"


E, W, I = "error", "warning", "info"  # noqa: E741 - the letters of the catalogue

# regulation.md 1.2: the rule's own severity, then those of its messages that differ.
CATALOGUE: dict[str, tuple[str, dict[str, str]]] = {
    "П-01": (E, {}),
    "П-02": (E, {}),
    "П-03": (E, {"alias": W}),
    "П-04": (E, {}),
    "П-05": (E, {}),
    "П-06": (E, {"disputed": W}),
    "П-07": (W, {}),
    "П-08": (E, {"split": W}),
    "П-09": (E, {"between_units": E}),
    "П-10": (W, {}),
    "П-11": (I, {}),
    "П-12": (W, {}),
    "П-13": (W, {}),
    "П-14": (E, {}),
    "П-15": (E, {}),
    "П-16": (I, {}),
    "П-17": (E, {}),
    "П-18": (W, {}),
    "П-19": (W, {}),
    "П-20": (E, {}),
    "П-21": (E, {"main": W}),
    "П-22": (W, {}),
    "П-23": (E, {"absent": W, "not_government": I}),
    "П-24": (W, {"unused": I}),
    "П-25": (W, {}),
    "П-26": (I, {"lookalike": W}),
    "П-27": (E, {}),
    "П-28": (W, {}),
    "П-29": (W, {}),
}


def test_all_29_rules_are_there_with_the_severities_of_the_catalogue() -> None:
    assert list(PROFILE.rules) == [f"П-{number:02}" for number in range(1, 30)] == list(CATALOGUE)
    for code, (severity, messages) in CATALOGUE.items():
        rule = PROFILE.rules[code]
        assert rule.severity == severity
        assert rule.enabled
        assert {name: rule.severities.get(name, rule.severity) for name in messages} == messages


@pytest.mark.parametrize(
    ("rule", "cite"),
    [
        ("П-01", "раздел I, п. 2; Приложение 1"),
        ("П-02", "раздел II, п. 2.2, абз. 2"),
        ("П-05", "раздел I, п. 3, абз. 5–6"),
        ("П-06", "раздел II, п. 3; раздел I, п. 3, абз. 5–6"),
        ("П-07", "раздел II, п. 3; раздел III, абз. 2"),
        ("П-09", "раздел II, п. 2.4"),
        ("П-12", "раздел II, п. 2.3"),
        ("П-14", "раздел II, п. 1, абз. 12"),
        ("П-15", "раздел III"),
        ("П-17", "раздел III, абз. 6; раздел II, п. 2.2, абз. 2"),
        ("П-18", "раздел III, абз. 6"),
        ("П-27", "раздел I, п. 2"),
    ],
)
def test_a_rule_cites_the_clause_of_the_catalogue(rule: str, cite: str) -> None:
    assert PROFILE.cite(rule) == cite


def test_the_change_classes_are_those_of_the_design_in_order() -> None:
    assert {name: change.code for name, change in PROFILE.changes.items()} == {
        "new": "К1",
        "kind_changed": "К2",
        "needs_changed": "К3",
        "excluded": "К4",
        "contact_changed": "К5",
        "process_renamed": "К6",
        "activity_moved": "К7",
        "unit_changed": "К8",
        "key_changed": "К9",
        "client_changed": "К10",
        "editorial": "К11",
        "rule_changed": "К12",
        "replaced": "К13",
        "split_merged": "К14",
        "carried_over": "К15",
    }
    assert [change.code for change in PROFILE.changes.values() if change.case] == ["К1", "К2", "К3", "К4"]
    assert [PROFILE.clauses[change.clause].cite for change in PROFILE.changes.values()][:4] == [
        "раздел III, абз. 2",
        "раздел III, абз. 3",
        "раздел III, абз. 4",
        "раздел III, абз. 5",
    ]


def test_thirty_defects_are_named_each_once() -> None:
    assert len({(defect.clause, defect.defect) for defect in PROFILE.defects}) == 30
    assert all(defect.resolution for defect in PROFILE.defects)


HEADERS = {
    "data": "№ · Код записи · Действие · Вид деятельности · Наименование процесса · Тип клиента · "
    "Точка взаимодействия · Адрес (контакт) точки · Вид точки · Удовлетворяемые потребности клиента · "
    "Ключевая точка · Основание (документ) · Пояснение подразделения",
    "register": "Код записи · Направление деятельности · Вид деятельности · Наименование процесса · Тип клиента · "
    "Точка взаимодействия · Адрес (контакт) точки · Вид точки · Удовлетворяемые потребности клиента · "
    "Ключевая точка · Основание (документ) · Подразделение · Состояние · Источник",
    "annex": "№ · Направление деятельности исполнительного органа · Наименование процесса · Точка взаимодействия · "
    "Удовлетворяемые потребности клиента · Особенности взаимодействия с клиентом",
}


@pytest.mark.parametrize("sheet", HEADERS)
def test_the_headers_of_a_sheet_are_those_of_the_contract(sheet: str) -> None:
    assert " · ".join(PROFILE.headers(sheet).values()) == HEADERS[sheet]


def test_the_sheets_bear_the_names_of_the_contract() -> None:
    template = ("instruction", "title", "data", "lists", "meta")
    assert [PROFILE.sheets[key].name for key in template] == [
        "Инструкция",
        "Титул",
        "Сведения",
        "Справочники",
        "_meta",
    ]
    consolidated = ("summary", "annex", "register", "journal", "remarks", "decisions", "units", "defects", "run")
    assert [PROFILE.sheets[key].name for key in consolidated] == [
        "Сводка",
        "Приложение 1",
        "Реестр",
        "Журнал изменений",
        "Замечания",
        "Решения",
        "Подразделения",
        "Замечания к Порядку",
        "Сведения о запуске",
    ]
    assert PROFILE.sheets["unit_remarks"].name == "Замечания"


def test_the_labels_of_the_title_sheet_are_those_of_the_contract() -> None:
    assert [field.label for field in PROFILE.title_fields] == [
        "Орган",
        "Реквизиты приказа",
        "Редакция, взятая за основу",
        "Период актуализации",
        "Структурное подразделение",
        "Код подразделения",
        "Ответственный исполнитель: ФИО",
        "Ответственный исполнитель: должность",
        "Ответственный исполнитель: телефон",
        "Дата заполнения",
        "Руководитель подразделения: ФИО",
        "Руководитель подразделения: должность",
        "Дата проверки",
        "Есть ли изменения за период (да / нет)",
    ]


def test_the_template_has_its_header_in_row_5_and_200_free_rows() -> None:
    assert (PROFILE.template.header_row, PROFILE.template.free_rows) == (5, 200)


@pytest.mark.parametrize(
    ("column", "value", "shown"),
    [
        ("kind", "digital", "цифровая"),
        ("key", "yes", "да"),
        ("state", "unconfirmed", "перенесено без подтверждения"),
        ("unit", "ИТ", "Отдел информационных технологий (пример)"),
        ("unit", "НЕТ", "НЕТ"),
        ("kind", "смешанная", "смешанная"),
        ("process", "digital", "digital"),
    ],
)
def test_a_value_is_shown_as_people_read_it(column: str, value: str, shown: str) -> None:
    assert PROFILE.shown(column, value) == shown


# --- the code and the profile's messages agree ------------------------------------------------------------------------


@pytest.mark.parametrize("rule", CODE_RULES, ids=lambda rule: rule.name)
def test_every_rule_of_the_code_has_its_message_in_the_profile(rule: Rule) -> None:
    assert rule.message in PROFILE.rules[rule.code].messages


def test_no_two_rules_of_the_code_have_one_name() -> None:
    assert len({rule.name for rule in CODE_RULES}) == len(CODE_RULES)


class EveryColumn(dict[str, object]):
    """A row that has a value in every column a rule's words may ask for."""

    def __missing__(self, key: str) -> object:
        return f"значение {key}"


def row() -> Mapping[str, object]:
    return EveryColumn(
        activity="кадровая работа",
        changed="needs, kind",
        edited="needs, kind",
        touchpoint="телефонная связь",
        ref_kind="offline",
        rival="between_units",
        rival_row=7,
        rival_file="б.xlsx",
        edition_date="2024-03-19",
        base_date="2023-01-01",
    )


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("rule", CODE_RULES, ids=lambda rule: rule.name)
def test_a_rule_gives_every_word_its_message_asks_for(rule: Rule) -> None:
    message = PROFILE.rules[rule.code].messages[rule.message]
    words = rule.words(row(), PROFILE)
    assert placeholders(message) <= set(words)
    assert "{" not in message.format_map(words)


def quoted_messages() -> set[tuple[str, str]]:
    """Return every pair «rule, message» of the profile whose names both stand in one module of the package."""
    sources = [path.read_text(encoding="utf-8") for path in SHIPPED.parent.parent.rglob("*.py")]
    return {
        (code, name)
        for code, setting in PROFILE.rules.items()
        for name in setting.messages
        for source in sources
        if f'"{code}"' in source and (name == "main" or f'"{name}"' in source)
    }


# Rules of the catalogue that nothing checks yet; whoever writes one takes it out here.
def test_every_message_of_the_profile_beside_main_is_given_by_some_rule() -> None:
    given = {(code, name) for code, setting in PROFILE.rules.items() for name in setting.messages if name != "main"}
    assert given - quoted_messages() == set()


@pytest.mark.parametrize("code", PROFILE.rules)
def test_no_message_of_the_catalogue_is_blank_or_half_a_sentence(code: str) -> None:
    for message in PROFILE.rules[code].messages.values():
        assert message.endswith((".", "?"))
        assert all(re.fullmatch(r"[a-z_0-9]+", name) for name in placeholders(message))


def test_a_template_is_named_by_unit_and_edition() -> None:
    words = {"unit": "ИТ", "edition": "2024-03-19"}
    assert PROFILE.template.file_name.format_map(words) == "Перечень_ИТ_2024-03-19.xlsx"


def test_a_unit_names_whom_to_write_to_and_a_cycle_its_period_and_deadline(tmp_path: Path) -> None:
    people = 'head = "И.И. Иванова"\nexecutor = "П.П. Петров"\nemail = "otdel-kadrov@пример.рф"'
    text = changed('activities = ["КАДР"]', f'activities = ["КАДР"]\n{people}')
    text = text.replace('label = ""', 'label = "4 квартал 2026 г."\ndeadline = 2026-12-15', 1)
    path = tmp_path / "профиль.toml"
    path.write_text(text, encoding="utf-8")
    profile = load_profile(path).profile
    unit = profile.unit["КАДР"]
    assert (unit.head, unit.executor, unit.email) == ("И.И. Иванова", "П.П. Петров", "otdel-kadrov@пример.рф")
    assert (profile.period.label, profile.period.deadline) == ("4 квартал 2026 г.", datetime.date(2026, 12, 15))
    assert (PROFILE.unit["КАДР"].head, PROFILE.unit["КАДР"].executor, PROFILE.unit["КАДР"].email) == ("", "", "")


# --- a wrong profile --------------------------------------------------------------------------------------------------


def wrong(tmp_path: Path, content: str | bytes) -> list[str]:
    """Return the faults of a profile with this content."""
    path = tmp_path / "профиль.toml"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(ProfileError) as refused:
        load_profile(path)
    assert refused.value.exit_code == 2
    assert str(refused.value).splitlines() == [f"профиль.toml: {fault}" for fault in refused.value.faults]
    return refused.value.faults


def changed(old: str, new: str) -> str:
    assert old in TEXT
    return TEXT.replace(old, new, 1)


NO_ADDRESS = "не адрес электронной почты; запишите один адрес вида имя@сайт.рф или оставьте пустым"
FAULTS = {
    "a missing key": (
        'number = "29/01-01"\n',
        "",
        "act.number: нет обязательного ключа",
    ),
    "a missing table": (
        TEXT[TEXT.index("[officer]") : TEXT.index("[period]")],
        "",
        "officer: нет обязательного ключа",
    ),
    "an unknown key": (
        'number = "29/01-01"',
        'number = "29/01-01"\nnomer = "1"',
        "act.nomer: неизвестный ключ; проверьте написание",
    ),
    "a wrong type of text": (
        'number = "29/01-01"',
        "number = 29",
        "act.number: нужен текст в кавычках",
    ),
    "a wrong type of number": (
        "free_rows = 200",
        'free_rows = "много"',
        "template.free_rows: нужно целое число",
    ),
    "a fraction": (
        "free_rows = 200",
        "free_rows = 2.5",
        "template.free_rows: нужно целое число",
    ),
    "too small a number": (
        "header_row = 5",
        "header_row = 0",
        "template.header_row: число должно быть не меньше 1",
    ),
    "too wide a column": (
        '{ name = "code", width = 8 }',
        '{ name = "code", width = 300 }',
        "sheets.data.columns.1.width: число должно быть не больше 255",
    ),
    "no list": (
        'decision_rules = ["П-06", "П-07", "П-08", "П-09", "П-10", "П-13", "П-19", "П-22", "П-23", "П-28", "П-29"]',
        'decision_rules = "П-06"',
        "decision_rules: нужен список в квадратных скобках",
    ),
    "no table": (
        'signatory = { post = "Министр", name = "П.Ю. Илюхин" }',
        'signatory = "Министр"',
        "body.signatory: нужна таблица ключей и значений",
    ),
    "no address": (
        'activities = ["КАДР"]',
        'activities = ["КАДР"]\nemail = "кадры@пример"',
        f"units.2.email: «кадры@пример» {NO_ADDRESS}",
    ),
    "two addresses": (
        'activities = ["КАДР"]',
        'activities = ["КАДР"]\nemail = "а@б.рф, в@б.рф"',
        f"units.2.email: «а@б.рф, в@б.рф» {NO_ADDRESS}",
    ),
    "an empty name": (
        'short = "Министерство"',
        'short = ""',
        "body.short: значение не может быть пустым",
    ),
    "a wrong date": (
        "date = 2024-03-19",
        'date = "19.03.2024"',
        "act.date: нужна дата в виде ГГГГ-ММ-ДД",
    ),
    "a number for a date": (
        "date = 2024-03-19",
        "date = true",
        "act.date: нужна дата в виде ГГГГ-ММ-ДД",
    ),
    "an unknown severity": (
        '«Удовлетворяемые потребности клиента» пуста."\nseverity = "error"',
        '«Удовлетворяемые потребности клиента» пуста."\nseverity = "fatal"',
        "rules.П-02.severity: недопустимое значение; допустимы: 'error', 'warning' или 'info'",
    ),
    "an unknown severity of a message": (
        'stray = "warning" }',
        'stray = "fatal" }',
        "rules.П-02.severities.stray: недопустимое значение; допустимы: 'error', 'warning' или 'info'",
    ),
    "a severity of no message": (
        'stray = "warning" }',
        'lost = "warning" }',
        "rules.П-02.severities: значение «lost» нигде не описано; исправьте его или сначала опишите",
    ),
    "a duplicate unit": (
        'code = "ИТ"\nname = "Отдел информационных технологий (пример)"',
        'code = "БУХ"\nname = "Отдел информационных технологий (пример)"',
        "units.code: значение «БУХ» встречается 2 раза; оно должно быть одно",
    ),
    "unit codes that differ by case only": (
        'code = "АХО"',
        'code = "ит"',
        "units.code: «ИТ», «ит» различаются только прописными буквами; файлы этих подразделений заменили бы друг друга",
    ),
    "a unit code that names a device": (
        'code = "АХО"',
        'code = "con"',
        "units.5.code: «con» – имя устройства, файл так назвать нельзя; выберите другой код",
    ),
    "a wrong unit code": (
        'code = "АХО"',
        'code = "АХО/1"',
        "units.5.code: допустимы буквы, цифры и дефис, не более 20 знаков",
    ),
    "an unknown activity of a unit": (
        'activities = ["ИТ"]',
        'activities = ["ПО"]',
        "units.3.activities: значение «ПО» нигде не описано; исправьте его или сначала опишите",
    ),
    "an unknown unit of the officer": (
        '\nunit = ""',
        '\nunit = "ПЕРС"',
        (
            "officer.unit: подразделения с кодом «ПЕРС» в профиле нет; "
            "впишите код одного из его подразделений или оставьте пустым"
        ),
    ),
    "an unknown direction": (
        'direction = "ИНФОРМАЦИЯ"',
        'direction = "СВЯЗЬ"',
        "activities.1.direction: значение «СВЯЗЬ» нигде не описано; исправьте его или сначала опишите",
    ),
    "an unknown clause of a rule": (
        'clause = "completeness"',
        'clause = "полнота"',
        "rules.П-02.clause: значение «полнота» нигде не описано; исправьте его или сначала опишите",
    ),
    "an unknown clause of a change": (
        'clause = "case_new"',
        'clause = "появление"',
        "changes.new.clause: значение «появление» нигде не описано; исправьте его или сначала опишите",
    ),
    "an unknown rule for decisions": (
        'decision_rules = ["П-06"',
        'decision_rules = ["П-60"',
        "decision_rules: значение «П-60» нигде не описано; исправьте его или сначала опишите",
    ),
    "a wording of two touchpoints": (
        'aliases = ["телефон"]',
        'aliases = ["ПОС"]',
        "touchpoints.aliases: значение «пос» встречается 2 раза; оно должно быть одно",
    ),
    "an unknown action": (
        'code = "exclude"',
        'code = "drop"',
        "actions.code: нет обязательного значения «exclude»",
    ),
    "a sheet that is not there": (
        '[sheets.summary]\nname = "Сводка"\n',
        "",
        "sheets: нет обязательного раздела «summary»",
    ),
    "a column of no field": (
        '{ name = "basis", width = 14 },',
        '{ name = "basis", width = 14 }, { name = "basis_document", width = 22 },',
        "sheets.data.columns: значение «basis_document» нигде не описано; исправьте его или сначала опишите",
    ),
    "a column that the template needs": (
        '  { name = "action", width = 12 },\n',
        "",
        "sheets.data.columns: нет обязательного раздела «action»",
    ),
    "a message that no rule has": (
        'no_code = "Для',
        'no_codes = "Для',
        (
            "rules.П-15.messages.no_codes: такого сообщения у правила нет; исправьте имя или удалите его. "
            "Есть: «edited», «deleted», «same», «unknown», «no_code», «has_code», «unknown_code», «code_twice», "
            "«other_touchpoint», «again», «again_same», «taken_over»"
        ),
    ),
    "a message that says nothing": (
        'main = "Вид точки «{v}»',
        'main = " " # "',
        "rules.П-05.messages.main: значение не заполнено; впишите его",
    ),
    "a word that the message cannot have": (
        'main = "Вид точки «{v}»',
        'main = "Вид точки «{touchpoint}»',
        "rules.П-05.messages.main: подстановка «touchpoint» этому тексту неизвестна",
    ),
    "a brace left open": (
        'main = "Вид точки «{v}»',
        'main = "Вид точки «{v»',
        "rules.П-05.messages.main: непарная фигурная скобка; подстановка записывается в скобках с двух сторон",
    ),
    "a word that a sentence cannot have": (
        'text = "{id}. Исключена точка',
        'text = "{code}. Исключена точка',
        "changes.excluded.text: подстановка «code» этому тексту неизвестна",
    ),
    "a word that a file name cannot have": (
        'file_name = "Перечень_{unit}_{edition}.xlsx"',
        'file_name = "Перечень_{title}.xlsx"',
        "template.file_name: подстановка «title» этому тексту неизвестна",
    ),
    "a sheet name that no workbook takes": (
        'name = "Титул"',
        'name = "Титул/обложка"',
        "sheets.title.name: в имени листа не допускаются знаки [ ] : * ? / \\ и апостроф по краям",
    ),
    "two sheets of one name in a workbook": (
        'name = "Справочники"',
        'name = "сведения"',
        "sheets.name: значение «сведения» встречается 2 раза; оно должно быть одно",
    ),
    "another schema": (
        "schema = 1",
        "schema = 2",
        "schema: недопустимое значение; допустимы: 1",
    ),
    "a word that a sentence of the summary does not know": (
        'need_act = "из них требуют приказа"',
        'need_act = "из них требуют {какого} приказа"',
        "texts.need_act: подстановка «какого» этому тексту неизвестна",
    ),
    "an unknown kind of contact": (
        'contact_joins = { url = " "',
        'contact_joins = { link = " "',
        "annex.contact_joins.link: недопустимое значение; допустимы: 'none', 'url', 'email', 'phone' или 'place'",
    ),
}
KEYS = re.compile(r"'[a-z]+'|«[a-z_]+»|[a-z_]+(?=[.:])|\b[a-z_]+\b(?=\.)")


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_named_with_its_key_in_russian(tmp_path: Path, fault: str) -> None:
    old, new, line = FAULTS[fault]
    faults = wrong(tmp_path, changed(old, new))
    assert line in faults
    assert re.search("[A-Za-z]", KEYS.sub("", line.replace("П-", ""))) is None


@pytest.mark.parametrize("fault", sorted(set(FAULTS) - {"an unknown action"}))
def test_one_fault_gives_one_line(tmp_path: Path, fault: str) -> None:
    old, new, line = FAULTS[fault]
    assert wrong(tmp_path, changed(old, new)) == [line]


def test_an_unknown_change_is_named(tmp_path: Path) -> None:
    faults = wrong(tmp_path, changed("[changes.contact_changed]", "[changes.moved]"))
    assert faults == ["changes: нет обязательного раздела «contact_changed»", "changes: неизвестный раздел «moved»"]


def test_a_missing_and_an_unknown_rule_are_named(tmp_path: Path) -> None:
    text = changed('[rules."П-11"]', '[rules."П-30"]').replace('[rules."П-11".messages]', '[rules."П-30".messages]')
    assert wrong(tmp_path, text) == ["rules: нет обязательного раздела «П-11»", "rules: неизвестный раздел «П-30»"]


def test_a_message_that_a_profile_was_made_without_is_said_as_shipped(tmp_path: Path) -> None:
    """A profile made before a rule had the message serves on, with the severity of that message."""
    line = next(line for line in TEXT.splitlines() if line.startswith("waiting_dropped = "))
    path = tmp_path / "профиль.toml"
    path.write_text(changed(f"{line}\n", "").replace(', waiting_dropped = "warning"', ""), encoding="utf-8")
    assert load_profile(path).profile == PROFILE


def test_a_variant_that_a_profile_was_made_without_is_said_as_shipped(tmp_path: Path) -> None:
    path = tmp_path / "профиль.toml"
    path.write_text(changed('variants = { body = "из всего Перечня", ', "variants = { "), encoding="utf-8")
    assert load_profile(path).profile == PROFILE


def test_all_faults_are_named_at_once(tmp_path: Path) -> None:
    text = changed('number = "29/01-01"', "number = 29").replace("free_rows = 200", "free_rows = -1")
    assert wrong(tmp_path, text) == [
        "act.number: нужен текст в кавычках",
        "template.free_rows: число должно быть не меньше 0",
    ]


def test_five_units_of_one_code_bend_the_noun(tmp_path: Path) -> None:
    text = TEXT
    for code in ("ИНФ", "КАДР", "ИТ", "БУХ"):
        text = text.replace(f'[[units]]\ncode = "{code}"', '[[units]]\ncode = "ОРГ"')
    assert wrong(tmp_path, text) == ["units.code: значение «ОРГ» встречается 5 раз; оно должно быть одно"]


def test_broken_toml_is_named_by_its_line(tmp_path: Path) -> None:
    line = "запись не по правилам TOML; проверьте кавычки, скобки и знак «=»"
    assert wrong(tmp_path, 'schema = 1\nname = "x\n') == [f"строка 2: {line}"]
    assert wrong(tmp_path, "schema = 1\n[act") == [f"конец файла: {line}"]


def test_a_profile_in_another_encoding_is_named(tmp_path: Path) -> None:
    assert wrong(tmp_path, TEXT.encode("cp1251", "replace")) == [
        "файл профиля не в кодировке UTF-8; сохраните его в UTF-8"
    ]


def test_a_profile_with_a_byte_order_mark_is_read(tmp_path: Path) -> None:
    path = tmp_path / "профиль.toml"
    path.write_bytes(b"\xef\xbb\xbf" + TEXT.encode())
    assert load_profile(path).profile == PROFILE


@pytest.mark.parametrize("make", ["nothing", "folder"])
def test_a_profile_that_is_not_there_is_named(tmp_path: Path, make: str) -> None:
    path = tmp_path / "профиль.toml"
    if make == "folder":
        path.mkdir()
    with pytest.raises(ProfileError) as refused:
        load_profile(path)
    shipped = ", ".join(shipped_names())
    missing = f"такого файла нет; проверьте путь или назовите один из встроенных профилей: {shipped}"
    folder = "это папка, а не файл; укажите файл профиля в формате .toml или .xlsx"
    assert str(refused.value) == f"{path}: {folder if make == 'folder' else missing}"


# --- the clauses that findings quote ----------------------------------------------------------------------------------


def plain(text: str) -> str:
    """Return a text without marks of lists, kinds of dashes, case and line breaks."""
    without = re.sub(r"(?m)^\s*[-–]\s+", " ", text)
    return " ".join(re.sub(r"\s[-–]\s", " – ", f" {without} ").casefold().split())


ORDER = plain((Path(__file__).parent.parent / "samples" / "order-2024-03-19.txt").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", sorted(PROFILE.clauses))
def test_a_quoted_clause_stands_word_for_word_in_the_order(name: str) -> None:
    parts = [plain(part).strip(" .;,") for part in PROFILE.clauses[name].text.split("…")]
    assert [part for part in parts if part not in ORDER] == []


def test_only_what_the_order_does_not_rule_has_no_quotation() -> None:
    assert [name for name, clause in PROFILE.clauses.items() if not clause.text] == ["none"]
    assert PROFILE.quoted("П-26") == "Порядком не установлено"
    assert PROFILE.quoted("П-12") == (
        "раздел II, п. 2.3: «В рамках каждого направления деятельности и (или) взаимодействия должны быть определены "
        "ключевые точки взаимодействия»"
    )


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"", "ни одного из его разделов"),
        (b"[tool]\nx = 1\n", "ни одного из его разделов"),
        (b"PK\x03\x04 a book", "это не текст"),
        (b"x = 1\0", "это не текст"),
        (b"x = " + b"[" * 100_000, "скобки вложены слишком глубоко"),
        (b"[units" + b".a" * 5_000 + b"]", "скобки вложены слишком глубоко"),
        (b"[units]\nx = " + b"9" * 10_000, "запись не по правилам"),
        (b"#" * 5_000_000, "файл больше 4 МиБ"),
        (b'[body]\nname = "a\\u0000"', "body.name: в тексте стоит управляющий знак"),
    ],
    ids=range(9),
)
def test_what_is_no_profile_at_all_is_told_in_one_sentence(tmp_path: Path, content: bytes, fault: str) -> None:
    path = tmp_path / "профиль.toml"
    path.write_bytes(content)
    with pytest.raises(ProfileError) as refused:
        load_profile(path)
    (sentence,) = refused.value.faults
    assert fault in sentence
