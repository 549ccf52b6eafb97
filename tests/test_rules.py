"""Every message of the catalogue, through a real file: one case that is in order, one that is not."""

from __future__ import annotations

import ast
import datetime
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

import workbook_tools
from tests.books import (
    ACCOUNTING,
    BASIS,
    COMPUTING,
    EDITION,
    MINISTRY,
    NEW,
    PHONE,
    PROFILE,
    SED,
    SOVIETS,
    STAFF,
    TODAY,
    Found,
    Typed,
    UnitBook,
    edition_of_rows,
    found_in,
    looked_at,
    profile_with,
    profile_without_rule,
    record,
    stated,
)
from workbook_tools.dossier import Dossier
from workbook_tools.pipeline.commands import Options, check
from workbook_tools.profile import LoadedProfile, load_profile
from workbook_tools.records import Edition, empty, rows
from workbook_tools.reports.consolidated import write_consolidated
from workbook_tools.rules import TITLE_RULES, row_rules
from workbook_tools.standing import ACCEPTED, REJECTED, SUPERSEDED

FILE = "КАДР.xlsx"
DATA, TITLE = "Сведения", "Титул"
WHOLE, COMPLETE, SIGNATURE = (
    "раздел I, п. 2; Приложение 1",
    "раздел II, п. 2.2, абз. 2",
    "раздел III, абз. 6; раздел II, п. 2.2, абз. 2",
)
ONCE, CASES, CLIENTS = "раздел II, п. 2.4", "раздел III", "раздел I, п. 3, абз. 2–4"
CHANGED: dict[str, Typed] = {"action": "изменить", "basis": BASIS}
EXCLUDED: dict[str, Typed] = {"action": "исключить", "basis": BASIS}
NUMBER = "(4812) 00-00-09"
MAIL, APPEALS = (
    "электронная почта Министерства",
    "рассмотрение письменных и устных обращений и запросов внешних клиентов",
)
FORMS = "; ".join(form.name for form in PROFILE.interaction_forms[:-1])
LONG = ("Оформление отпусков работников " * 10).strip()

Hands = Callable[[UnitBook], object]


class Case(NamedTuple):
    """A message of the catalogue: hands that leave the file in order, and hands that do not."""

    message: str
    name: str
    fine: Hands
    faulty: Hands
    found: Found


def new(**values: Typed) -> Hands:
    return lambda book: book.add(**NEW | values)


def edit(code: str, /, **values: Typed) -> Hands:
    return lambda book: book.edit(code, **values)


def sign(**values: Typed) -> Hands:
    return lambda book: book.sign(**values)


def both(*hands: Hands) -> Hands:
    return lambda book: [each(book) for each in hands]


def untouched(book: UnitBook) -> None:
    """Leave the template as it is."""


def cell(sheet: str, address: str, value: Typed) -> Hands:
    def type_in(book: UnitBook) -> None:
        book.book[sheet][address] = value

    return type_in


def without_sheet(name: str) -> Hands:
    def drop(book: UnitBook) -> None:
        del book.book[name]

    return drop


def renamed(name: str, other: str) -> Hands:
    def rename(book: UnitBook) -> None:
        book.book[name].title = other

    return rename


def moved_column(book: UnitBook) -> None:
    """Put «Вид точки» behind the other columns."""
    values = [row[0].value for row in book.data.iter_rows(min_col=9, max_col=9)]
    book.data.delete_cols(9)
    for row, value in enumerate(values, 1):
        book.data.cell(row, 13).value = value


def on_data(rule: str, severity: str, clause: str, address: str, value: str, message: str) -> Found:
    return Found(rule, severity, clause, "КАДР", FILE, DATA, address, value, message)


def on_title(rule: str, severity: str, clause: str, address: str, value: str, message: str) -> Found:
    return Found(rule, severity, clause, "КАДР", FILE, TITLE, address, value, message)


NO_SHEET = (
    "В книге нет листа «{}» с графами шаблона. Возможно, приложен не тот файл; заполните шаблон, который вам прислали."
)
BLANK = "Не заполнена графа «{}». Без неё сведения считаются неполными."
UNSIGNED = "На листе «Титул» не указано, кто и когда проверил сведения. Заполните должность, фамилию и дату."

WHOLE_FILE = [
    Case(
        "П-01 main",
        "a missing column",
        moved_column,
        lambda book: book.data.delete_cols(9),
        on_data(
            "П-01",
            "error",
            WHOLE,
            "",
            "",
            "В файле нет графы «Вид точки». Не удаляйте и не переименовывайте графы шаблона; возьмите исходный "
            "шаблон и перенесите данные.",
        ),
    ),
    Case(
        "П-01 no_sheet",
        "no data sheet",
        renamed(DATA, "Лист1"),
        without_sheet(DATA),
        Found("П-01", "error", WHOLE, "КАДР", FILE, "", "", "", NO_SHEET.format(DATA)),
    ),
    Case(
        "П-01 no_sheet",
        "no title sheet",
        renamed(TITLE, "Лист2"),
        without_sheet(TITLE),
        Found("П-01", "error", WHOLE, "КАДР", FILE, "", "", "", NO_SHEET.format(TITLE)),
    ),
    Case(
        "П-01 no_title",
        "a line of the title sheet is gone",
        lambda book: book.title.insert_rows(4),
        lambda book: book.title.delete_rows(6),
        on_title(
            "П-01",
            "error",
            WHOLE,
            "",
            "",
            "На листе «Титул» нет строки «Период актуализации». Не удаляйте строки этого листа: строка с этим "
            "названием должна быть на месте и заполнена.",
        ),
    ),
    Case(
        "П-01 twice_column",
        "a column stands twice",
        untouched,
        cell(DATA, "N5", "вид  точки"),
        on_data(
            "П-01",
            "error",
            WHOLE,
            "N5",
            "",
            "Графа «вид точки» встречается дважды. Оставьте одну графу.",
        ),
    ),
    Case(
        "П-01 extra_column",
        "a column of the unit's own",
        untouched,
        both(cell(DATA, "N5", "Телефон"), cell(DATA, "N6", "22-33-44")),
        on_data(
            "П-01",
            "warning",
            WHOLE,
            "N5",
            "Телефон",
            "Графа «Телефон» в шаблоне не предусмотрена; значения из неё не переносятся. Если они нужны, запишите их в "
            "«Пояснение подразделения».",
        ),
    ),
]

COLUMNS = [
    Case(
        "П-02 main",
        "a blank required cell of a new row",
        new(),
        new(needs=""),
        on_data("П-02", "error", COMPLETE, "J9", "", BLANK.format("Удовлетворяемые потребности клиента")),
    ),
    Case(
        "П-02 main",
        "a blank required cell of a record that is kept",
        untouched,
        edit("Т-0001", needs=""),
        on_data("П-02", "error", COMPLETE, "J6", "", BLANK.format("Удовлетворяемые потребности клиента")),
    ),
    Case(
        "П-02 main",
        "a row with text but no action",
        lambda book: book.put(9, number=4),
        lambda book: book.put(9, note="см. приложение"),
        on_data("П-02", "error", COMPLETE, "C9", "", BLANK.format("Действие")),
    ),
    Case(
        "П-02 too_long",
        "a text longer than its column",
        new(process=LONG[:250]),
        new(process=LONG[:251]),
        on_data(
            "П-02",
            "error",
            COMPLETE,
            "E9",
            LONG[:251],
            "В графе «Наименование процесса» 251 знак, допускается не более 250. Сократите текст; подробности "
            "запишите в «Пояснение подразделения».",
        ),
    ),
    Case(
        "П-02 error_cell",
        "an error cell in a record that is kept",
        edit("Т-0001", note="#REF!, так и написано"),
        edit("Т-0001", needs="#REF!"),
        on_data(
            "П-02",
            "error",
            COMPLETE,
            "J6",
            "#REF!",
            "В графе «Удовлетворяемые потребности клиента» вместо значения стоит ошибка #REF!. "
            "Впишите значение заново.",
        ),
    ),
    Case(
        "П-02 formula",
        "a formula never calculated, in the touchpoint",
        new(),
        new(touchpoint="=G6"),
        on_data(
            "П-02",
            "error",
            COMPLETE,
            "G9",
            "=G6",
            "В графе «Точка взаимодействия» стоит формула, значение которой не сохранено. Впишите само значение.",
        ),
    ),
    Case(
        "П-02 error_cell",
        "an error in the code is not a deleted row",
        untouched,
        edit("Т-0001", code="#N/A"),
        on_data(
            "П-02",
            "error",
            COMPLETE,
            "B6",
            "#N/A",
            "В графе «Код записи» вместо значения стоит ошибка #N/A. Впишите значение заново.",
        ),
    ),
    Case(
        "П-02 stray",
        "a filled cell outside the columns",
        cell(DATA, "P3", "над шапкой – не данные"),
        cell(DATA, "P7", "позвонить"),
        on_data(
            "П-02",
            "warning",
            COMPLETE,
            "P7",
            "позвонить",
            "Ячейка за пределами граф шаблона заполнена: «позвонить». Значение не переносится; впишите его в графу "
            "шаблона или удалите.",
        ),
    ),
    Case(
        "П-04 unknown",
        "an activity outside the six",
        new(activity="Кадровая работа"),
        new(activity="кадры"),
        on_data(
            "П-04",
            "error",
            "раздел II, п. 1, абз. 6–11",
            "D9",
            "кадры",
            "Вид деятельности «кадры» в Порядке не назван. Выберите: «рассмотрение письменных и устных обращений и "
            "запросов внешних клиентов», «информирование о деятельности Министерства», «кадровая работа», "
            "«информационно-техническое обеспечение сотрудников», «ведение бухгалтерского учета», «осуществление "
            "административно-хозяйственной деятельности».",
        ),
    ),
    Case(
        "П-05 main",
        "a kind that is none",
        new(kind="Офлайн"),
        new(kind="смешанная"),
        on_data(
            "П-05",
            "error",
            "раздел I, п. 3, абз. 5–6",
            "I9",
            "смешанная",
            "Вид точки «смешанная» не предусмотрен. Укажите «цифровая» или «офлайн». Если точек две, заведите две "
            "строки.",
        ),
    ),
    Case(
        "П-06 main",
        "a building as a digital point",
        new(touchpoint=SED, kind="цифровая"),
        new(kind="цифровая"),
        on_data(
            "П-06",
            "error",
            "раздел II, п. 3; раздел I, п. 3, абз. 5–6",
            "I9",
            "цифровая",
            "здание Министерства – это офлайн точка (раздел II, п. 3, абз. 3), а указано «цифровая». Исправьте вид или "
            "назовите другую точку.",
        ),
    ),
    Case(
        "П-06 disputed",
        "the telephone as a digital point",
        edit("Т-0002", **CHANGED, contact="(4812) 00-00-02"),
        edit("Т-0002", **CHANGED, kind="цифровая"),
        on_data(
            "П-06",
            "warning",
            "раздел II, п. 3; раздел I, п. 3, абз. 5–6",
            "I7",
            "цифровая",
            "телефонная связь – это офлайн точка (раздел II, п. 3, абз. 3), а указано «цифровая». Порядок говорит об "
            "этой точке двояко; проверьте вид и поясните выбор.",
        ),
    ),
    Case(
        "П-07 main",
        "a touchpoint outside the reference list",
        new(touchpoint="Дом Советов"),
        new(touchpoint="Чат-бот", kind="цифровая"),
        on_data(
            "П-07",
            "warning",
            "раздел II, п. 3; раздел III, абз. 2",
            "G9",
            "Чат-бот",
            "Точки «Чат-бот» нет в перечне раздела II, п. 3. Она будет показана как новая; для включения потребуется "
            "изменить и п. 3 раздела II. Приложите основание.",
        ),
    ),
    Case(
        "П-07 main",
        "a messenger, known but outside the reference list",
        new(touchpoint="социальные сети", kind="цифровая"),
        new(touchpoint="мессенджеры", kind="цифровая"),
        on_data(
            "П-07",
            "warning",
            "раздел II, п. 3; раздел III, абз. 2",
            "G9",
            "мессенджеры",
            "Точки «мессенджеры» нет в перечне раздела II, п. 3. Она будет показана как новая; для включения "
            "потребуется изменить и п. 3 раздела II. Приложите основание.",
        ),
    ),
    Case(
        "П-08 main",
        "two touchpoints in one cell",
        new(touchpoint=SOVIETS),
        new(touchpoint=f"{SOVIETS}, {MINISTRY}"),
        on_data(
            "П-08",
            "error",
            ONCE,
            "G9",
            f"{SOVIETS}, {MINISTRY}",
            "В одной ячейке указано несколько точек: «здание Дома Советов», «здание Министерства». Заведите отдельную "
            "строку на каждую.",
        ),
    ),
    Case(
        "П-09 main",
        "a new row repeats a record of the file",
        new(process="Увольнение со службы", touchpoint=PHONE, contact=NUMBER),
        new(process="увольнение со службы."),
        on_data(
            "П-09",
            "error",
            ONCE,
            "G9",
            MINISTRY,
            "Точка «здание Министерства» по процессу «увольнение со службы.» уже указана в строке 6. Оставьте одну "
            "строку и перечислите в ней все потребности.",
        ),
    ),
    Case(
        "П-09 main",
        "two new rows say the same",
        both(new(), new(touchpoint=SOVIETS)),
        both(new(), new(touchpoint="Здание Министерства")),
        on_data(
            "П-09",
            "error",
            ONCE,
            "G10",
            "Здание Министерства",
            "Точка «Здание Министерства» по процессу «Оформление отпуска» уже указана в строке 9. Оставьте одну строку "
            "и перечислите в ней все потребности.",
        ),
    ),
    Case(
        "П-09 main",
        "a changed record becomes one that stands below it",
        edit("Т-0001", **CHANGED, process="Прием на службу"),
        edit("Т-0001", **CHANGED, process="Прием на службу", touchpoint=PHONE, contact=NUMBER),
        on_data(
            "П-09",
            "error",
            ONCE,
            "G6",
            PHONE,
            "Точка «телефонная связь» по процессу «Прием на службу» уже указана в строке 7. Оставьте одну строку и "
            "перечислите в ней все потребности.",
        ),
    ),
    Case(
        "П-09 in_edition",
        "a changed record becomes another unit's",
        edit("Т-0001", **CHANGED, activity=COMPUTING, process="Настройка рабочих мест"),
        edit(
            "Т-0001", **CHANGED, activity=COMPUTING, process="Настройка рабочих мест", touchpoint=SED, kind="цифровая"
        ),
        on_data(
            "П-09",
            "error",
            ONCE,
            "G6",
            SED,
            "Точка «система электронного документооборота (СЭД)» по процессу «Настройка рабочих мест» уже есть в "
            "Перечне, запись Т-0005. Внесите изменения в ту запись; в этой строке верните прежние значения, а если она "
            "новая, очистите её.",
        ),
    ),
    Case(
        "П-10 main",
        "two stages of one process at one point",
        both(new(process="Прием заявлений на отпуск"), new(process="Рассмотрение жалоб на отпуск")),
        both(new(process="Прием заявлений на отпуск"), new(process="Рассмотрение заявления на отпуск")),
        on_data(
            "П-10",
            "warning",
            ONCE,
            "E10",
            "Рассмотрение заявления на отпуск",
            "Похоже на этапы одного процесса (строки 9, 10). Если это один процесс, объедините строки.",
        ),
    ),
    Case(
        "П-10 known",
        "a process worded almost as one of the register",
        new(process="Прием на работу по совместительству"),
        new(process="Ведение личных делах", touchpoint=MINISTRY),
        on_data(
            "П-10",
            "warning",
            ONCE,
            "E9",
            "Ведение личных делах",
            "Процесс «Ведение личных делах» похож на известный: «Ведение личных дел». Если это один процесс, запишите "
            "его так же.",
        ),
    ),
    Case(
        "П-11 main",
        "a need that is no form of the order",
        new(needs="Получение консультации по вопросам отпуска"),
        new(needs="Получение консультации; Сотруднику начислены отпускные"),
        on_data(
            "П-11",
            "info",
            "раздел II, п. 1, абз. 14–21",
            "J9",
            "Получение консультации; Сотруднику начислены отпускные",
            f"Потребность «Сотруднику начислены отпускные» отнесена к «иным взаимодействиям». Проверьте, нельзя ли "
            f"назвать её словами Порядка: {FORMS}.",
        ),
    ),
    Case(
        "П-11 several",
        "several needs that are no form of the order",
        new(needs="Подача запроса"),
        new(needs="Сотрудник отдохнул; Сотруднику начислены отпускные"),
        on_data(
            "П-11",
            "info",
            "раздел II, п. 1, абз. 14–21",
            "J9",
            "Сотрудник отдохнул; Сотруднику начислены отпускные",
            f"Потребности «Сотрудник отдохнул», «Сотруднику начислены отпускные» отнесены к «иным взаимодействиям». "
            f"Проверьте, нельзя ли назвать их словами Порядка: {FORMS}.",
        ),
    ),
    Case(
        "П-12 unknown",
        "a mark of a key touchpoint that is none",
        new(key="Да"),
        new(key="возможно"),
        on_data(
            "П-12",
            "error",
            "раздел II, п. 2.3",
            "K9",
            "возможно",
            "Отметка «возможно» в графе «Ключевая точка» не предусмотрена. Укажите «да» или «нет».",
        ),
    ),
    Case(
        "П-13 unknown",
        "a client that is none",
        new(),
        new(client="граждане"),
        on_data(
            "П-13",
            "error",
            CLIENTS,
            "F9",
            "граждане",
            "Тип клиента «граждане» не предусмотрен. Выберите: «внешний», «внутренний», «внешний и внутренний».",
        ),
    ),
    Case(
        "П-13 main",
        "an unusual client",
        new(),
        new(client="внешний"),
        on_data(
            "П-13",
            "warning",
            CLIENTS,
            "F9",
            "внешний",
            "Для вида деятельности «кадровая работа» обычно указывается «внутренний» клиент, а указано «внешний». "
            "Проверьте.",
        ),
    ),
]

ACTIONS = [
    Case(
        "П-14 main",
        "no basis for an exclusion",
        edit("Т-0001", **EXCLUDED),
        edit("Т-0001", action="исключить"),
        on_data(
            "П-14",
            "error",
            "раздел II, п. 1, абз. 12",
            "L6",
            "",
            "Укажите документ-основание (вид, дата, номер): без него действие «исключить» не принимается.",
        ),
    ),
    Case(
        "П-15 unknown",
        "an action that is none",
        edit("Т-0001", action="Без изменений"),
        edit("Т-0001", action="оставить"),
        on_data(
            "П-15",
            "error",
            CASES,
            "C6",
            "оставить",
            "Действие «оставить» не предусмотрено. Выберите: «без изменений», «включить», «изменить», «исключить».",
        ),
    ),
    Case(
        "П-15 edited",
        "a record is kept and edited",
        edit("Т-0001", note="проверено", basis=BASIS),
        edit("Т-0001", touchpoint=SOVIETS, contact="каб. 13"),
        on_data(
            "П-15",
            "error",
            CASES,
            "C6",
            "без изменений",
            "Отмечено «без изменений», но изменены графы: «Точка взаимодействия», «Адрес (контакт) точки». Выберите "
            "«изменить» или верните прежние значения.",
        ),
    ),
    Case(
        "П-15 edited",
        "a column that may be blank is emptied in a record that is kept",
        edit("Т-0002", key="нет"),
        edit("Т-0001", contact=""),
        on_data(
            "П-15",
            "error",
            CASES,
            "C6",
            "без изменений",
            "Отмечено «без изменений», но изменены графы: «Адрес (контакт) точки». Выберите «изменить» или верните "
            "прежние значения.",
        ),
    ),
    Case(
        "П-15 same",
        "a record is to change and does not",
        edit("Т-0001", **CHANGED, process="Увольнение со Службы"),
        edit("Т-0001", **CHANGED),
        on_data(
            "П-15",
            "error",
            CASES,
            "C6",
            "изменить",
            "Отмечено «изменить», но значения прежние. Выберите «без изменений» или исправьте значения.",
        ),
    ),
    Case(
        "П-15 no_code",
        "a new point is marked as a change",
        new(),
        new(action="изменить"),
        on_data(
            "П-15",
            "error",
            CASES,
            "B9",
            "",
            "Для действия «изменить» нужен код записи, а он пуст. Для новой точки выберите «включить».",
        ),
    ),
    Case(
        "П-15 has_code",
        "a record is included again",
        new(),
        edit("Т-0001", action="включить", basis=BASIS),
        on_data(
            "П-15",
            "error",
            CASES,
            "B6",
            "Т-0001",
            "Действие «включить» – для новых точек, а в строке стоит код Т-0001. Выберите «изменить» или перенесите "
            "точку в свободную строку.",
        ),
    ),
    Case(
        "П-15 unknown_code",
        "a code of the unit's own making",
        new(),
        new(action="изменить", code="Т-0099"),
        on_data(
            "П-15",
            "error",
            CASES,
            "B9",
            "Т-0099",
            "Записи Т-0099 в действующей редакции нет. Коды присваивает уполномоченный сотрудник; для новой точки "
            "выберите «включить» и оставьте код пустым.",
        ),
    ),
    Case(
        "П-15 other_touchpoint",
        "an excluded row names another point",
        edit("Т-0001", **EXCLUDED, process="", kind="", needs="", activity="", client=""),
        edit("Т-0001", **EXCLUDED, touchpoint=SOVIETS),
        on_data(
            "П-15",
            "error",
            CASES,
            "G6",
            SOVIETS,
            "Отмечено «исключить», а названа другая точка: «здание Дома Советов» вместо «здание Министерства». Верните "
            "прежнюю точку: исключается запись Т-0001.",
        ),
    ),
    Case(
        "П-15 again",
        "what one row excludes another includes",
        both(edit("Т-0003", **EXCLUDED), new(touchpoint=SOVIETS)),
        both(edit("Т-0003", **EXCLUDED), new(touchpoint=SOVIETS, process="Ведение личных дел")),
        on_data(
            "П-15",
            "info",
            CASES,
            "C9",
            "включить",
            f"Эта строка включает ту же точку по тому же процессу, что исключена в строке 8 (основание: {BASIS}). "
            "Запись Т-0003 остаётся в Перечне под своим кодом, а отличия учтены как её изменение. Чтобы изменить "
            "запись, достаточно выбрать «изменить» в её строке.",
        ),
    ),
    Case(
        "П-15 again_same",
        "what one row excludes another includes as it was",
        both(edit("Т-0003", **EXCLUDED), new(touchpoint=SOVIETS)),
        both(
            edit("Т-0003", **EXCLUDED),
            new(touchpoint=SOVIETS, process="Ведение личных дел", needs="Предоставление документов"),
        ),
        on_data(
            "П-15",
            "info",
            CASES,
            "C9",
            "включить",
            f"Эта строка включает ту же точку по тому же процессу, что исключена в строке 8 (основание: {BASIS}), и "
            "сведения в ней те же. Запись Т-0003 остаётся в Перечне под своим кодом. Чтобы подтвердить запись, "
            "достаточно выбрать «без изменений» в её строке.",
        ),
    ),
    Case(
        "П-15 deleted",
        "a pre-filled row is gone",
        lambda book: book.data.insert_rows(7),
        lambda book: book.data.delete_rows(8),
        on_data(
            "П-15",
            "error",
            CASES,
            "",
            "Т-0003",
            "Строка Т-0003 удалена. Чтобы исключить точку, верните строку и выберите «исключить».",
        ),
    ),
    Case(
        "П-19 main",
        "another unit's record",
        edit("Т-0001", **CHANGED, contact="каб. 13"),
        lambda book: book.put(
            9,
            code="Т-0005",
            **NEW
            | {
                "action": "изменить",
                "activity": COMPUTING,
                "process": "Настройка рабочих мест",
                "touchpoint": SED,
                "kind": "цифровая",
                "needs": "Получение консультации; предоставление документов",
            },
        ),
        on_data(
            "П-19",
            "warning",
            "раздел II, п. 2.2, абз. 2",
            "B9",
            "Т-0005",
            "Запись Т-0005 закреплена за «Отдел информационных технологий (пример)». Изменение передано "
            "уполномоченному сотруднику для согласования.",
        ),
    ),
    Case(
        "П-19 kept",
        "another unit's record, confirmed",
        edit("Т-0001", **CHANGED, contact="каб. 13"),
        lambda book: book.put(
            9,
            code="Т-0005",
            **NEW
            | {
                "action": "без изменений",
                "activity": COMPUTING,
                "process": "Настройка рабочих мест",
                "touchpoint": SED,
                "kind": "цифровая",
                "needs": "Получение консультации",
                "basis": "",
            },
        ),
        on_data(
            "П-19",
            "warning",
            "раздел II, п. 2.2, абз. 2",
            "B9",
            "Т-0005",
            "Запись Т-0005 закреплена за «Отдел информационных технологий (пример)». Подтверждение другого "
            "подразделения не учитывается; эту строку можно очистить.",
        ),
    ),
    Case(
        "П-26 main",
        "doubled and trailing spaces",
        new(process="Оформление отпуска"),
        new(process="Оформление   отпуска "),
        on_data(
            "П-26",
            "info",
            "Порядком не установлено",
            "E9",
            "Оформление   отпуска ",
            "Исправлено написание: «Оформление   отпуска » → «Оформление отпуска».",
        ),
    ),
    Case(
        "П-26 main",
        "another wording of a closed list",
        new(kind="ОФЛАЙН"),
        new(kind="оффлайн"),
        on_data(
            "П-26",
            "info",
            "Порядком не установлено",
            "I9",
            "оффлайн",
            "Исправлено написание: «оффлайн» → «офлайн».",
        ),
    ),
    Case(
        "П-26 lookalike",
        "a Latin letter inside a Russian word",
        new(touchpoint="СЭД", kind="цифровая"),
        new(touchpoint="CЭД", kind="цифровая"),
        on_data(
            "П-26",
            "warning",
            "Порядком не установлено",
            "G9",
            "CЭД",
            "Среди русских букв стоят латинские: «C». Исправлено написание: «CЭД» → «СЭД».",
        ),
    ),
]

TITLES = [
    Case(
        "П-17 main",
        "no head is named",
        untouched,
        sign(head_name=""),
        on_title("П-17", "error", SIGNATURE, "C13", "", UNSIGNED),
    ),
    Case(
        "П-17 main",
        "the whole service block is blank: one cause, one finding",
        untouched,
        sign(head_name="", head_post="", checked=""),
        on_title("П-17", "error", SIGNATURE, "C13", "", UNSIGNED),
    ),
    Case(
        "П-17 main",
        "the check has no date",
        sign(checked="19.11.2026"),
        sign(checked=""),
        on_title("П-17", "error", SIGNATURE, "C15", "", UNSIGNED),
    ),
    Case(
        "П-17 not_a_date",
        "a day that no calendar has",
        sign(checked="2026-02-28"),
        sign(checked="31.02.2026"),
        on_title(
            "П-17",
            "error",
            SIGNATURE,
            "C15",
            "31.02.2026",
            "На листе «Титул» в строке «Дата проверки» не дата: «31.02.2026». Запишите дату в виде дд.мм.гггг.",
        ),
    ),
    Case(
        "П-17 not_a_date",
        "the day of filling in is words",
        sign(filled="1.11.2026 г."),
        sign(filled="вчера"),
        on_title(
            "П-17",
            "error",
            SIGNATURE,
            "C12",
            "вчера",
            "На листе «Титул» в строке «Дата заполнения» не дата: «вчера». Запишите дату в виде дд.мм.гггг.",
        ),
    ),
    Case(
        "П-17 future",
        "checked tomorrow",
        sign(checked=datetime.date(2026, 11, 22)),
        sign(checked=datetime.date(2026, 11, 23)),
        on_title(
            "П-17",
            "error",
            SIGNATURE,
            "C15",
            "23.11.2026",
            "На листе «Титул» дата «Дата проверки» (23.11.2026) ещё не наступила. Впишите верную дату.",
        ),
    ),
    Case(
        "П-17 before_edition",
        "checked before the edition",
        sign(checked=datetime.date(2024, 3, 19)),
        sign(checked=datetime.date(2024, 3, 18)),
        on_title(
            "П-17",
            "error",
            SIGNATURE,
            "C15",
            "18.03.2024",
            "На листе «Титул» дата «Дата проверки» (18.03.2024) раньше даты редакции (19.03.2024). Укажите день, когда "
            "проверены именно эти сведения.",
        ),
    ),
    Case(
        "П-17 executor",
        "no executor: one finding for its lines",
        untouched,
        sign(executor_post="", executor_phone=""),
        on_title(
            "П-17",
            "warning",
            SIGNATURE,
            "C10",
            "",
            "На листе «Титул» не заполнена строка «Ответственный исполнитель: должность». Заполните её, чтобы "
            "было у кого уточнить сведения.",
        ),
    ),
    Case(
        "П-27 no_base",
        "a template that was made from no edition",
        without_sheet("_meta"),
        both(without_sheet("_meta"), sign(edition="")),
        on_title(
            "П-27",
            "warning",
            "раздел I, п. 2",
            "C5",
            "",
            "Шаблон подготовлен без действующей редакции, а действует редакция от 19.03.2024. Запросите новый шаблон.",
        ),
    ),
    Case(
        "П-17 answer",
        "not said whether anything changed",
        sign(has_changes="Нет"),
        sign(has_changes=""),
        on_title(
            "П-17",
            "warning",
            SIGNATURE,
            "C16",
            "",
            "На листе «Титул» не указано, есть ли изменения за период. Выберите «да» или «нет».",
        ),
    ),
    Case(
        "П-17 contradiction",
        "«нет» beside a new row",
        both(sign(has_changes="нет"), lambda book: book.put(9, number=4)),
        both(sign(has_changes="нет"), new()),
        on_title(
            "П-17",
            "warning",
            SIGNATURE,
            "C16",
            "нет",
            "На листе «Титул» указано «нет», а изменений в строках: 1. Проверьте ответ или строки.",
        ),
    ),
]

LATER = [
    Case(
        "П-22 main",
        "a process that names another ministry",
        new(process="Оформление отпуска в Министерстве"),
        new(process="Оформление отпуска в Министерстве финансов Смоленской области"),
        on_data(
            "П-22",
            "warning",
            "Приложение 1",
            "E9",
            "Оформление отпуска в Министерстве финансов Смоленской области",
            "В тексте упомянут другой орган: «Министерстве финансов Смоленской области». Проверьте, не перенесено ли "
            "из чужого документа.",
        ),
    ),
    Case(
        "П-22 main",
        "a note that names another body",
        new(note="Согласовано с отделом кадров"),
        new(note="Согласовано с Минфином"),
        on_data(
            "П-22",
            "warning",
            "Приложение 1",
            "M9",
            "Согласовано с Минфином",
            "В тексте упомянут другой орган: «Минфином». Проверьте, не перенесено ли из чужого документа.",
        ),
    ),
    Case(
        "П-23 main",
        "an e-mail address without a domain",
        new(touchpoint=MAIL, kind="цифровая", contact="otdel@admin-smolensk.ru"),
        new(touchpoint=MAIL, kind="цифровая", contact="deprpromtorg@smolinvest"),
        on_data(
            "П-23",
            "error",
            COMPLETE,
            "H9",
            "deprpromtorg@smolinvest",
            "Адрес «deprpromtorg@smolinvest» записан с ошибкой.",
        ),
    ),
    Case(
        "П-23 absent",
        "a telephone without a number",
        new(touchpoint=PHONE, contact=NUMBER),
        new(touchpoint=PHONE),
        on_data("П-23", "warning", COMPLETE, "H9", "", "Для точки «телефонная связь» укажите адрес (номер)."),
    ),
    Case(
        "П-23 not_government",
        "an e-mail address outside the domains of public bodies",
        new(touchpoint=MAIL, kind="цифровая", contact="otdel@admin-smolensk.ru"),
        new(touchpoint=MAIL, kind="цифровая", contact="otdel@smolinvest.com"),
        on_data(
            "П-23",
            "info",
            COMPLETE,
            "H9",
            "otdel@smolinvest.com",
            "Адрес «otdel@smolinvest.com» не в домене органов власти. Проверьте.",
        ),
    ),
    Case(
        "П-28 main",
        "an external client in the document system",
        new(touchpoint=SED, kind="цифровая"),
        new(touchpoint=SED, kind="цифровая", activity=APPEALS, client="внешний"),
        on_data(
            "П-28",
            "warning",
            "раздел I, п. 3, абз. 3; раздел II, п. 3",
            "G9",
            SED,
            "СЭД указана как точка для внешнего клиента. Внешний клиент в неё не входит; вероятно, имелись в виду сайт "
            "или ПОС.",
        ),
    ),
    Case(
        "П-29 main",
        "a need that repeats the process",
        new(process="Оформление отпуска", needs="Получение консультации"),
        new(process="Оформление отпуска", needs="Оформление отпуска."),
        on_data(
            "П-29",
            "warning",
            ONCE,
            "J9",
            "Оформление отпуска.",
            "В графе «Потребности» повторено наименование процесса. Напишите, что получает клиент.",
        ),
    ),
]
CASES_IN_ONE_FILE = [*WHOLE_FILE, *COLUMNS, *ACTIONS, *TITLES, *LATER]


def ids(case: Case) -> str:
    return f"{case.message}: {case.name}"


def found_after(hands: Hands, path: Path, unit: str = "КАДР") -> list[Found]:
    book = UnitBook(unit)
    hands(book)
    return found_in(book.save(path))


@pytest.mark.parametrize("case", CASES_IN_ONE_FILE, ids=ids)
def test_what_is_in_order_is_not_spoken_of(case: Case, tmp_path: Path) -> None:
    assert found_after(case.fine, tmp_path / FILE) == []


@pytest.mark.parametrize("case", CASES_IN_ONE_FILE, ids=ids)
def test_one_cause_is_one_finding_with_its_cell_and_its_sentence(case: Case, tmp_path: Path) -> None:
    assert found_after(case.faulty, tmp_path / FILE) == [case.found]


# ------------------------------------------------------------------ what takes two files, another edition or profile


def saved(folder: Path, name: str, unit: str, *hands: Hands, edition: Edition = EDITION) -> Path:
    book = UnitBook(unit, edition)
    both(*hands)(book)
    return book.save(folder / name)


COMPUTER_NEWS: dict[str, Typed] = {
    "activity": COMPUTING,
    "process": "Обучение",
    "touchpoint": PHONE,
    "contact": NUMBER,
}


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("мессенджеры", ""),
        ("мессенджер", ""),
        ("месенджеры", "мессенджеры"),
        ("официальный сат", "официальный сайт Министерства"),
    ],
)
def test_a_touchpoint_beyond_the_list_is_not_proposed_in_place_of_itself(
    typed: str, meant: str, tmp_path: Path
) -> None:
    path = saved(tmp_path, "кадр.xlsx", "КАДР", new(touchpoint=typed, kind="цифровая"))
    findings = looked_at(path).findings
    assert findings.loc[findings["rule"] == "П-07", "suggestion"].tolist() == [meant]


def test_a_record_that_another_unit_excludes_is_told_where_it_comes_anew_with_the_basis(tmp_path: Path) -> None:
    saved(tmp_path, FILE, "КАДР", edit("Т-0003", **EXCLUDED))
    same = {"process": "Ведение личных дел", "touchpoint": SOVIETS, "needs": "Предоставление документов"}
    saved(tmp_path, "ИТ.xlsx", "ИТ", new(**same))
    sentence = (
        f"Ту же точку по тому же процессу исключает «Отдел кадров (пример)» (КАДР.xlsx, строка 8, основание: {BASIS}), "
        "а эта строка её включает. Запись Т-0003 остаётся в Перечне под своим кодом. Если точки больше нет, очистите "
        "эту строку."
    )
    assert found_in(tmp_path) == [
        Found("П-15", "info", CASES, "ИТ", "ИТ.xlsx", DATA, "C7", "включить", sentence),
    ]


def test_units_that_agree_on_a_point_are_told_that_it_is_united(tmp_path: Path) -> None:
    saved(tmp_path, FILE, "КАДР", new(**COMPUTER_NEWS))
    saved(tmp_path, "ИТ.xlsx", "ИТ", new(**COMPUTER_NEWS))
    sentence = (
        "Точку «телефонная связь» по процессу «Обучение» указывает и «{}» ({}). Записи объединены, потребности сложены."
    )
    here = sentence.format("Отдел информационных технологий (пример)", "ИТ.xlsx, строка 7")
    there = sentence.format("Отдел кадров (пример)", "КАДР.xlsx, строка 9")
    assert found_in(tmp_path) == [
        Found("П-09", "info", ONCE, "ИТ", "ИТ.xlsx", DATA, "G7", PHONE, there),
        on_data("П-09", "info", ONCE, "G9", PHONE, here),
    ]


def test_units_that_agree_but_for_the_client_are_told_on_both_sides(tmp_path: Path) -> None:
    saved(tmp_path, FILE, "КАДР", new(**COMPUTER_NEWS))
    saved(tmp_path, "ИТ.xlsx", "ИТ", new(**COMPUTER_NEWS, client="внешний и внутренний"))
    sentence = (
        "Точку «телефонная связь» по процессу «Обучение» указывает и «{}» ({}), но с другим типом клиента: здесь «{}», "
        "там «{}». Проверьте тип клиента в объединённой записи."
    )
    both_ways = "внешний и внутренний"
    here = sentence.format("Отдел информационных технологий (пример)", "ИТ.xlsx, строка 7", "внутренний", both_ways)
    there = sentence.format("Отдел кадров (пример)", "КАДР.xlsx, строка 9", both_ways, "внутренний")
    assert [item for item in found_in(tmp_path) if item.rule == "П-09" and item.severity == "warning"] == [
        Found("П-09", "warning", ONCE, "ИТ", "ИТ.xlsx", DATA, "F7", both_ways, there),
        on_data("П-09", "warning", ONCE, "F9", "внутренний", here),
    ]


def test_units_that_disagree_on_the_kind_both_wait_for_the_officer(tmp_path: Path) -> None:
    saved(tmp_path, FILE, "КАДР", new(**COMPUTER_NEWS))
    saved(tmp_path, "ИТ.xlsx", "ИТ", new(**COMPUTER_NEWS, kind="цифровая"))
    found = [item for item in found_in(tmp_path) if item.rule == "П-09"]
    sentence = (
        "Точка «телефонная связь» по процессу «Обучение» указана с разным видом: здесь «{}», а «{}» указывает «{}» "
        "({}). Решает уполномоченный сотрудник."
    )
    here = sentence.format("офлайн", "Отдел информационных технологий (пример)", "цифровая", "ИТ.xlsx, строка 7")
    there = sentence.format("цифровая", "Отдел кадров (пример)", "офлайн", "КАДР.xlsx, строка 9")
    assert found == [
        Found("П-09", "error", ONCE, "ИТ", "ИТ.xlsx", DATA, "G7", PHONE, there),
        on_data("П-09", "error", ONCE, "G9", PHONE, here),
    ]


def test_units_with_different_points_have_nothing_to_settle(tmp_path: Path) -> None:
    saved(tmp_path, FILE, "КАДР", new(**COMPUTER_NEWS))
    saved(tmp_path, "ИТ.xlsx", "ИТ", new(**COMPUTER_NEWS | {"touchpoint": MINISTRY}))
    assert found_in(tmp_path) == []


def test_a_file_that_takes_nothing_is_no_rival(tmp_path: Path) -> None:
    saved(tmp_path, FILE, "КАДР", new(**COMPUTER_NEWS))
    saved(tmp_path, "ИТ.xlsx", "ИТ", new(**COMPUTER_NEWS, kind="цифровая"), sign(head_name=""))
    examined = looked_at(tmp_path)
    assert {item.file: item.status for item in examined.files} == {"ИТ.xlsx": REJECTED, FILE: ACCEPTED}
    assert {item.rule for item in stated(examined.findings)} == {"П-17", "П-06"}


def test_a_code_that_stands_twice_is_told_at_both_rows(tmp_path: Path) -> None:
    found = found_after(lambda book: book.edit("Т-0002", code="Т-0001"), tmp_path / FILE)
    twice = [item for item in found if "дважды" in item.message]
    sentence = "Запись Т-0001 указана в файле дважды: строка {} и эта. Оставьте одну строку."
    assert [(item.severity, item.clause, item.cell, item.value, item.message) for item in twice] == [
        ("warning", CASES, "B6", "Т-0001", sentence.format(7)),
        ("error", CASES, "B7", "Т-0001", sentence.format(6)),
    ]


# Once for the file, however many rows it has: one cause is one finding.
OF_OTHERS = Found(
    "П-19",
    "warning",
    "раздел II, п. 2.2, абз. 2",
    "",
    FILE,
    DATA,
    "",
    "",
    "Файл не принят, а записи в нём закреплены за «Отдел кадров (пример)»: 3 (Т-0001, Т-0002, Т-0003). Ни одна его "
    "строка не учтена; эти записи проверяет само названное подразделение по своему шаблону.",
)


def test_a_unit_that_the_profile_does_not_know_is_told(tmp_path: Path) -> None:
    found = found_after(both(without_sheet("_meta"), sign(unit="СПОРТ")), tmp_path / FILE)
    message = "Код подразделения «СПОРТ» в профиле не значится. Возьмите шаблон своего подразделения."
    unknown = Found("П-27", "error", "раздел I, п. 2", "СПОРТ", FILE, TITLE, "C8", "СПОРТ", message)
    assert found == [OF_OTHERS._replace(unit="СПОРТ"), unknown]


def test_a_refused_file_with_a_record_of_its_own_is_told_of_others_row_by_row(tmp_path: Path) -> None:
    found = found_after(
        both(sign(head_name=""), lambda book: book.put(9, code="Т-0005", **NEW | CHANGED)), tmp_path / FILE
    )
    assert [item.cell for item in found if item.rule == "П-19"] == ["B9"]


def test_a_title_of_one_unit_in_the_template_of_another_is_told(tmp_path: Path) -> None:
    found = found_after(sign(unit="ИТ"), tmp_path / FILE)
    message = (
        "На листе «Титул» указано подразделение «ИТ», а шаблон подготовлен для «КАДР». Возьмите шаблон своего "
        "подразделения."
    )
    mixed = Found("П-27", "error", "раздел I, п. 2", "ИТ", FILE, TITLE, "C8", "ИТ", message)
    assert found == [OF_OTHERS._replace(unit="ИТ"), mixed]


NEWER = edition_of_rows([record("Т-0001", "КАДР", STAFF, "Увольнение со службы", MINISTRY)], "2025-01-31")


def test_a_template_of_an_older_edition_is_told(tmp_path: Path) -> None:
    saved(tmp_path, FILE, "КАДР", edition=edition_of_rows(rows(NEWER.records)))
    message = "Шаблон подготовлен по редакции от 19.03.2024, действует редакция от 31.01.2025. Запросите новый шаблон."
    assert found_in(tmp_path, edition=NEWER) == [
        on_title("П-27", "error", "раздел I, п. 2", "C5", "19.03.2024", message)
    ]
    assert found_in(saved(tmp_path / "b", FILE, "КАДР", edition=NEWER), edition=NEWER) == []


def test_a_run_without_the_edition_is_told_that_nothing_can_be_compared(tmp_path: Path) -> None:
    path = saved(tmp_path, FILE, "КАДР")
    message = (
        "Шаблон подготовлен по редакции от 19.03.2024, а действующая редакция при запуске не указана. Сверить строки с "
        "ней нельзя."
    )
    assert found_in(path, edition=None) == [on_title("П-27", "warning", "раздел I, п. 2", "C5", "19.03.2024", message)]


def test_a_template_of_another_version_is_told(tmp_path: Path) -> None:
    path = saved(tmp_path, FILE, "КАДР")
    later = profile_with(template=PROFILE.template.model_dump() | {"version": "2"})
    message = "Шаблон версии 1, действует версия 2. Запросите новый шаблон."
    assert found_in(path, profile=later) == [on_title("П-27", "error", "раздел I, п. 2", "C5", "19.03.2024", message)]


def test_a_file_that_is_no_book_is_told_and_the_others_are_read(tmp_path: Path) -> None:
    (tmp_path / "письмо.xlsx").write_bytes(b"dear colleagues")
    saved(tmp_path, FILE, "КАДР")
    message = (
        "Файл не удалось прочитать: это текст, а не книга. "
        "Откройте его, сохраните заново в формате .xlsx и пришлите ещё раз."
    )
    assert found_in(tmp_path) == [Found("П-01", "error", WHOLE, "", "письмо.xlsx", "", "", "", message)]


def test_a_later_file_supersedes_an_earlier_one_and_only_that_is_told_of_it(tmp_path: Path) -> None:
    saved(tmp_path, "1.xlsx", "КАДР", sign(filled=datetime.date(2026, 11, 17), head_name=""), new(kind="смешанная"))
    saved(tmp_path, "2.xlsx", "КАДР")
    message = "Файл заменён более поздним от 18.11.2026: «2.xlsx». Строки этого файла не учтены."
    examined = looked_at(tmp_path)
    assert stated(examined.findings) == [
        Found("П-18", "info", "раздел III, абз. 6", "КАДР", "1.xlsx", "", "", "", message)
    ]
    assert [item.status for item in examined.files] == [SUPERSEDED, ACCEPTED]


def test_the_same_file_sent_twice_counts_once(tmp_path: Path) -> None:
    path = saved(tmp_path, "1.xlsx", "КАДР")
    (tmp_path / "2.xlsx").write_bytes(path.read_bytes())
    message = "Файл полностью совпадает с «2.xlsx» и учтён один раз."
    assert found_in(tmp_path) == [Found("П-18", "info", "раздел III, абз. 6", "КАДР", "1.xlsx", "", "", "", message)]


def test_a_copy_of_a_refused_file_is_not_said_to_be_counted(tmp_path: Path) -> None:
    path = saved(tmp_path, "1.xlsx", "КАДР", sign(head_name=""))
    (tmp_path / "2.xlsx").write_bytes(path.read_bytes())
    message = (
        "Файл полностью совпадает с «2.xlsx», а тот не принят целиком: не учтён ни один из них. Почему – сказано в "
        "замечании к «2.xlsx»."
    )
    examined = looked_at(tmp_path)
    assert stated(examined.findings)[0] == Found(
        "П-18", "info", "раздел III, абз. 6", "КАДР", "1.xlsx", "", "", "", message
    )
    assert [(item.status, item.reason.partition(":")[0]) for item in examined.files] == [
        (SUPERSEDED, "есть файл «2.xlsx» от 18.11.2026"),
        (REJECTED, "На листе «Титул» не указано, кто и когда проверил сведения. Заполните должность, фамилию и дату."),
    ]


def test_two_files_of_one_date_are_both_refused(tmp_path: Path) -> None:
    saved(tmp_path, "1.xlsx", "КАДР")
    saved(tmp_path, "2.xlsx", "КАДР", new())
    sentence = (
        "От подразделения поступили разные файлы с одной датой заполнения 18.11.2026: «{}». Оставьте один файл или "
        "исправьте дату."
    )
    examined = looked_at(tmp_path)
    assert stated(examined.findings) == [
        Found("П-18", "error", "раздел III, абз. 6", "КАДР", "1.xlsx", "", "", "", sentence.format("2.xlsx")),
        Found("П-18", "error", "раздел III, абз. 6", "КАДР", "2.xlsx", "", "", "", sentence.format("1.xlsx")),
    ]
    assert [item.status for item in examined.files] == [REJECTED, REJECTED]


# ------------------------------------------------------------------ what needs the whole register


def checked(folder: Path, edition: Edition) -> list[Found]:
    """Run `check` over a folder against an edition that is a real workbook."""
    loaded = load_profile()
    path = folder / "редакция" / "Перечень.xlsx"
    path.parent.mkdir()
    write_consolidated(path, dossier_of(edition, loaded))
    result = check([folder / "входящие"], loaded, path, None, Options(TODAY))
    assert result.dossier is not None
    return stated(result.dossier.findings)


def dossier_of(edition: Edition, loaded: LoadedProfile) -> Dossier:
    return Dossier(
        profile=loaded.profile,
        profile_sha256=loaded.sha256,
        records=edition.records,
        date=edition.date,
        state=edition.state,
        last_code=edition.last_code,
    )


@pytest.mark.parametrize(("codes", "deleted"), [([], 0), (["Т-0001"], 2)])
def test_rows_that_a_template_of_no_edition_never_had_are_not_told_as_deleted(
    tmp_path: Path, codes: list[str], deleted: int
) -> None:
    """But where it has a record of the edition, the others were taken out of it."""

    def fill(book: UnitBook) -> None:
        for code in codes:
            book.add(**NEW | {"code": code, "action": "изменить"})

    saved(tmp_path / "входящие", FILE, "КАДР", fill, edition=Edition(empty()))
    found = checked(tmp_path, EDITION)
    assert [item.rule for item in found if "действует редакция от" in item.message] == ["П-27"]
    assert sum("удалена" in item.message for item in found) == deleted


def test_a_direction_without_a_key_touchpoint_and_a_silent_unit_are_told(tmp_path: Path) -> None:
    saved(tmp_path / "входящие", FILE, "КАДР")
    saved(tmp_path / "входящие", "БУХ.xlsx", "БУХ")
    found = [item for item in checked(tmp_path, EDITION) if item.rule in {"П-12", "П-18"}]
    held = "1 запись перенесена из прежней редакции без подтверждения."
    none = "Записей этого подразделения в прежней редакции нет."
    silent = [
        Found(
            "П-18",
            "warning",
            "раздел III, абз. 6",
            code,
            "",
            "",
            "",
            "",
            f"Сведения от «{PROFILE.unit_name(code)}» не поступили. {moved}",
        )
        for code, moved in {"ОРГ": none, "ИНФ": none, "ИТ": held, "АХО": none}.items()
    ]
    keyless = [
        Found(
            "П-12",
            "warning",
            "раздел II, п. 2.3",
            "",
            "",
            "",
            "",
            "",
            f"По направлению «{direction}» не отмечена ни одна ключевая точка.",
        )
        for direction in ("Рассмотрение обращений и запросов", "Обеспечение доступа к информации о деятельности")
    ]
    assert sorted(found) == sorted([*silent, *keyless])


def test_old_defects_of_a_record_that_is_kept_are_warnings(tmp_path: Path) -> None:
    kept = found_after(untouched, tmp_path / "БУХ.xlsx", "БУХ")
    message = (
        "здание Министерства – это офлайн точка (раздел II, п. 3, абз. 3), а указано «цифровая». Исправьте вид или "
        "назовите другую точку."
    )
    clause = "раздел II, п. 3; раздел I, п. 3, абз. 5–6"
    defect = Found("П-06", "warning", clause, "БУХ", "БУХ.xlsx", DATA, "I6", "цифровая", message)
    assert kept == [defect]
    touched = found_after(edit("Т-0004", **CHANGED, contact="каб. 1"), tmp_path / "БУХ.xlsx", "БУХ")
    assert touched == [defect._replace(severity="error")]


def test_an_old_blank_is_a_warning_but_a_new_blank_an_error(tmp_path: Path) -> None:
    old = edition_of_rows([record("Т-0001", "БУХ", ACCOUNTING, "Выдача справок", MINISTRY, needs="")])
    path = saved(tmp_path, "БУХ.xlsx", "БУХ", edition=old)
    assert [(item.rule, item.severity, item.cell) for item in found_in(path, edition=old)] == [
        ("П-02", "warning", "J6")
    ]


def test_of_an_excluded_row_only_action_code_point_and_basis_are_looked_at(tmp_path: Path) -> None:
    rest: dict[str, Typed] = {
        "activity": "кадры",
        "process": LONG,
        "client": "все",
        "kind": "смешанная",
        "needs": "",
        "key": "может",
    }
    assert found_after(edit("Т-0001", **EXCLUDED, **rest), tmp_path / FILE) == []
    bare = found_after(edit("Т-0001", action="исключить", touchpoint="", **rest), tmp_path / FILE)
    assert [(item.rule, item.cell) for item in bare] == [("П-02", "G6"), ("П-14", "L6")]


def test_an_unreadable_cell_silences_every_rule_that_reads_it(tmp_path: Path) -> None:
    found = found_after(both(new(kind="цифровая", touchpoint="=G6")), tmp_path / FILE)
    assert [(item.rule, item.cell) for item in found] == [("П-02", "G9")]


ONE_OF_EACH_RULE = {case.found.rule: case for case in CASES_IN_ONE_FILE}


@pytest.mark.parametrize("case", ONE_OF_EACH_RULE.values(), ids=ids)
def test_a_rule_that_is_switched_off_is_silent(case: Case, tmp_path: Path) -> None:
    book = UnitBook()
    case.faulty(book)
    found = found_in(book.save(tmp_path / FILE), profile=profile_without_rule(case.found.rule))
    assert case.found.rule not in {item.rule for item in found}


# ------------------------------------------------------------------ nothing the program can say is left out

TOLD_ELSEWHERE = {
    "П-19 file",
    "П-01 unreadable",
    "П-09 between_units",
    "П-09 clients",
    "П-09 united",
    "П-12 main",
    "П-15 code_twice",
    "П-15 taken_over",
    "П-18 main",
    "П-18 silent",
    "П-03 main",
    "П-03 alias",
    "П-04 main",
    "П-15 deleted",
    "П-16 main",
    "П-20 main",
    "П-20 no_name",
    "П-20 no_act",
    "П-20 decisions_file",
    "П-21 output",
    "П-01 other_table",
    "П-01 same_name",
    "П-01 beside",
    "П-01 other_sheet",
    "П-01 merged",
    "П-01 hidden",
    "П-01 live",
    "П-01 no_title_text",
    "П-01 guessed_letters",
    "П-06 waiting_dropped",
    "П-18 adopted",
    "П-18 adopted_by_officer",
    "П-18 handed",
    "П-18 handed_to_officer",
    "П-18 no_owner",
    "П-18 superseded",
    "П-18 same_file",
    "П-18 same_refused",
    "П-18 same_date",
    "П-24 main",
    "П-24 unused",
    "П-25 main",
    "П-27 main",
    "П-27 mixed",
    "П-27 unit",
    "П-27 no_edition",
    "П-27 version",
}


MAIN = ast.Constant("main")


def remarks_in(path: Path) -> set[str]:
    """Return what a module says of its own accord: rule and message of each remark it makes."""
    calls = [node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Call)]
    made = [call.args for call in calls if isinstance(call.func, ast.Name) and call.func.id == "Remark"]
    return {
        f"{rule.value!s} {message.value!s}"
        for rule, message, *_ in (args if len(args) > 1 else (*args, MAIN) for args in made)
        if isinstance(rule, ast.Constant) and isinstance(message, ast.Constant)
    }


def test_every_message_that_a_unit_can_get_has_its_case() -> None:
    package = Path(workbook_tools.__file__).parent
    modules = [*package.glob("*.py"), *package.glob("reading/*.py"), *package.glob("rules/*.py")]
    said = {message for module in modules for message in remarks_in(module)}
    ruled = {f"{rule.code} {rule.message}" for rule in (*row_rules(PROFILE), *TITLE_RULES)}
    tested = {case.message for case in CASES_IN_ONE_FILE} | TOLD_ELSEWHERE
    assert (said | ruled) - tested == set()
