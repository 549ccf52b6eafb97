"""The draft amending order as texts: which form, what it changes, how many structural units, on what it rests."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import starmap
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from pydantic import ValidationError

from tests.books import ACCOUNTING, COMPUTING, DATE, MINISTRY, PHONE, PROFILE, SED, SOVIETS, STAFF, profile_with, record
from workbook_tools import comparing, records
from workbook_tools.comparing import Change, Entry
from workbook_tools.comparing.change import CARRIED_OVER, RuleChange
from workbook_tools.dossier import Dossier
from workbook_tools.order import Group, Note, draft_order
from workbook_tools.profile.order_texts import OrderTexts

if TYPE_CHECKING:
    from workbook_tools.profile import Profile

Row = dict[str, object]

DISMISSAL = record("Т-0001", "КАДР", STAFF, "Увольнение", MINISTRY, contact="каб. 12")
HIRING = record("Т-0002", "КАДР", STAFF, "Прием на службу", PHONE, contact="(4812) 00-00-01")
DESKS = record("Т-0003", "ИТ", COMPUTING, "Настройка рабочих мест", SED, kind="digital")
WAGES = record("Т-0004", "БУХ", ACCOUNTING, "Выдача справок", MINISTRY)
STANDING = [DISMISSAL, HIRING, DESKS, WAGES]
BASIS = "приказ от 12.10.2026 № 77"

ORDER = "приказ Министерства промышленности и торговли Смоленской области от 19.03.2024 № 29/01-01"
ANNEX = "Приложение 1 изложить в новой редакции согласно приложению к настоящему приказу"
ONE, MANY = "1. Внести в Порядок следующее изменение:", "1. Внести в Порядок следующие изменения:"
CLOSING = (
    "2. Советнику-эксперту довести настоящий приказ до сведения заинтересованных лиц.",
    "3. Контроль за исполнением настоящего приказа оставляю за собой.",
)


def dossier(now: list[Row], changes: list[Change], base: str = DATE, profile: Profile = PROFILE) -> Dossier:
    return Dossier(profile, "", records.frame(now), "2026-11-25", "ПРОЕКТ", 9, base_date=base, changes=changes)


def amended(now: list[Row], before: list[Row] | None = None) -> Dossier:
    """Return the edition of the records given, compared with what stood."""
    was = STANDING if before is None else before
    return dossier(now, comparing.compare(records.frame(was), records.frame(now), PROFILE))


def with_row(row: Row, **values: str) -> list[Row]:
    """Return the standing records, one of them changed."""
    return [{**item, **values} if item is row else item for item in STANDING]


def new(code: str, touchpoint: str, kind: str = "offline", **values: str) -> Row:
    given = {"activity": STAFF, "process": "Увольнение", "basis": BASIS} | values
    return record(code, "КАДР", given.pop("activity"), given.pop("process"), touchpoint, kind=kind, **given)


def change(kind: str, before: Row | None, after: Row | None, old: str = "", now: str = "", **more: Any) -> Change:  # noqa: ANN401 - a change's own fields
    return Change((Entry(kind, "", old, now, f"Запись: {kind}."),), before, after, **more)


def items(made: Dossier, form: str = "") -> tuple[str, ...]:
    """Return what stands between the first item and those that close the order."""
    first, *inside, second, third = draft_order(made, form).items
    assert first in {ONE, MANY}
    assert (second, third) == CLOSING
    return tuple(inside)


def note(made: Dossier, form: str = "") -> Note:
    found = draft_order(made, form).note
    assert found is not None
    return found


# --- the order itself ----------------------------------------------------------------------------------------------


def test_by_default_the_annex_is_given_whole() -> None:
    order = draft_order(amended(with_row(DISMISSAL, needs="Получение справки")))
    assert order.mark == "ПРОЕКТ"
    assert order.body == PROFILE.body.name
    assert order.kind == "ПРИКАЗ"
    assert order.title == f"О внесении изменения в {ORDER}"
    assert order.preamble == (
        (
            "В соответствии с разделом III Порядка ведения перечня точек взаимодействия с клиентом по основным "
            "направлениям деятельности Министерства промышленности и торговли Смоленской области, утвержденного "
            "приказом Министерства промышленности и торговли Смоленской области от 19.03.2024 № 29/01-01 "
            "(далее – Порядок),"
        ),
        "п р и к а з ы в а ю:",
    )
    assert order.items == (ONE, f"{ANNEX}.", *CLOSING)
    assert order.signatory == ("Министр", "П.Ю. Илюхин")


def test_the_number_and_the_date_are_left_empty() -> None:
    order = draft_order(amended([*STANDING, new("Т-0005", PHONE)]))
    assert order.number_line == "«__» ________ 20__ № ______"
    assert order.annex is not None
    assert "от «__» ________ 20__ № ______" in order.annex.mark


def test_the_annex_has_its_mark_and_the_title_of_the_order_in_force() -> None:
    annex = draft_order(amended([*STANDING, new("Т-0005", PHONE)])).annex
    assert annex is not None
    assert annex.mark == (
        "Приложение",
        "к приказу Министерства промышленности и торговли Смоленской области",
        "от «__» ________ 20__ № ______",
        "",
        "Приложение 1",
        (
            "к Порядку ведения перечня точек взаимодействия с клиентом по основным направлениям деятельности "
            "Министерства промышленности и торговли Смоленской области"
        ),
    )
    assert annex.title == (
        "Перечень точек взаимодействия с клиентом по основным направлениям деятельности "
        "Министерства промышленности и торговли Смоленской области"
    )


# --- пункт 3 раздела II --------------------------------------------------------------------------------------------

DIGITAL_ITEM = "абзац второй пункта 3 раздела II после слов «социальные сети» дополнить словами «, Чат-бот»"
OFFLINE_ITEM = "абзац третий пункта 3 раздела II после слов «здание Министерства» дополнить словами «, Киоск»"


@pytest.mark.parametrize(
    ("come", "expected"),
    [
        ([new("Т-0005", PHONE)], (f"{ANNEX}.",)),
        ([new("Т-0005", "Чат-бот", "digital")], (f"1) {DIGITAL_ITEM};", f"2) {ANNEX}.")),
        ([new("Т-0005", "Киоск")], (f"1) {OFFLINE_ITEM};", f"2) {ANNEX}.")),
        (
            [new("Т-0005", "Киоск"), new("Т-0006", "Чат-бот", "digital")],
            (f"1) {DIGITAL_ITEM};", f"2) {OFFLINE_ITEM};", f"3) {ANNEX}."),
        ),
        (
            [
                new("Т-0005", "Чат-бот", "digital"),
                new("Т-0006", "мессенджер", "digital"),
                new("Т-0007", "чат-бот", "digital", process="Прием на службу"),
            ],
            (f"1) {DIGITAL_ITEM[:-1]}, мессенджеры»;", f"2) {ANNEX}."),
        ),
    ],
    ids=["listed", "digital", "offline", "both", "several of a kind"],
)
def test_a_touchpoint_outside_the_list_adds_an_item(come: list[Row], expected: tuple[str, ...]) -> None:
    made = amended([*STANDING, *come])
    assert items(made) == expected
    order = draft_order(made)
    several = len(expected) > 1
    assert order.items[0] == (MANY if several else ONE)
    assert order.title == f"О внесении {'изменений' if several else 'изменения'} в {ORDER}"


def test_a_touchpoint_outside_the_list_that_already_stood_adds_nothing() -> None:
    stood = [*STANDING, new("Т-0005", "Киоск")]
    assert items(amended([*stood, new("Т-0006", PHONE)], stood)) == (f"{ANNEX}.",)


def test_the_last_touchpoint_is_named_in_the_words_of_the_order() -> None:
    clauses = PROFILE.model_dump(by_alias=True)["clauses"]
    clauses["touchpoints_offline"]["text"] = "Офлайн-точки взаимодействия: здание Дома Советов, Телефон."
    made = replace(amended([*STANDING, new("Т-0005", "Киоск")]), profile=profile_with(clauses=clauses))
    assert items(made)[0] == f"1) {OFFLINE_ITEM.replace('здание Министерства', 'Телефон')};"


def test_without_the_words_of_the_order_the_last_touchpoint_has_its_own_name() -> None:
    clauses = PROFILE.model_dump(by_alias=True)["clauses"]
    clauses["touchpoints_offline"]["text"] = ""
    made = replace(amended([*STANDING, new("Т-0005", "Киоск")]), profile=profile_with(clauses=clauses))
    assert items(made)[0] == f"1) {OFFLINE_ITEM};"


def test_a_kind_that_the_list_does_not_name_has_no_paragraph_to_add_to() -> None:
    touchpoints = PROFILE.model_dump(by_alias=True)["touchpoints"]
    listed = [item | {"in_list": item["kind"] == "digital" and item["in_list"]} for item in touchpoints]
    made = replace(amended([*STANDING, new("Т-0005", "Киоск")]), profile=profile_with(touchpoints=listed))
    assert items(made) == (f"{ANNEX}.",)


# --- point edits ---------------------------------------------------------------------------------------------------

AT_DISMISSAL = "в позиции «Увольнение» раздела 1"


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (
            [*STANDING, new("Т-0005", PHONE, contact="12-34")],
            (
                "позицию «Увольнение» раздела 1 дополнить точкой взаимодействия «телефонная связь: 12-34» с "
                "удовлетворяемыми потребностями клиента «Получение консультации» и особенностями взаимодействия с "
                "клиентом «Офлайн-точка»"
            ),
        ),
        (
            [*STANDING, new("Т-0005", PHONE, process="Отпуск")],
            (
                "раздел 1 дополнить позицией «Отпуск» с точкой взаимодействия «телефонная связь», удовлетворяемыми "
                "потребностями клиента «Получение консультации» и особенностями взаимодействия с клиентом "
                "«Офлайн-точка»"
            ),
        ),
        ([DISMISSAL, HIRING, DESKS], "позицию «Выдача справок» раздела 3 исключить"),
        (
            with_row(DISMISSAL, kind="digital"),
            (
                f"{AT_DISMISSAL} для точки взаимодействия «{MINISTRY}» слова «Офлайн-точка» заменить словами "
                "«Цифровая точка»"
            ),
        ),
        (
            with_row(DISMISSAL, needs="Получение справки; Получение консультации"),
            (
                f"{AT_DISMISSAL} для точки взаимодействия «{MINISTRY}» слова «Получение консультации» заменить словами "
                "«Получение справки; Получение консультации»"
            ),
        ),
        (
            with_row(DISMISSAL, contact="каб. 14"),
            f"{AT_DISMISSAL} для точки взаимодействия «{MINISTRY}» слова «каб. 12» заменить словами «каб. 14»",
        ),
        (
            with_row(DISMISSAL, contact=""),
            f"{AT_DISMISSAL} для точки взаимодействия «{MINISTRY}» слова «каб. 12» исключить",
        ),
        (
            with_row(WAGES, contact="каб. 3"),
            "в позиции «Выдача справок» раздела 3 после слов «здание Министерства» дополнить словами «каб. 3»",
        ),
        (
            with_row(DISMISSAL, process="Увольнение со службы"),
            "в разделе 1 наименование процесса «Увольнение» изложить в следующей редакции: «Увольнение со службы»",
        ),
        (
            with_row(DISMISSAL, touchpoint="Здание Министерства"),
            (
                f"{AT_DISMISSAL} для точки взаимодействия «{MINISTRY}» слова «здание Министерства» заменить словами "
                "«Здание Министерства»"
            ),
        ),
    ],
    ids=[
        "touchpoint",
        "position",
        "excluded",
        "kind",
        "needs",
        "contact",
        "contact gone",
        "contact come",
        "process",
        "spelling",
    ],
)
def test_asked_for_a_change_is_an_edit_of_words(now: list[Row], expected: str) -> None:
    made = amended(now)
    assert items(made, "edits") == (f"в Приложении 1 {expected}.",)
    order = draft_order(made, "edits")
    assert (order.items[0], order.title) == (ONE, f"О внесении изменения в {ORDER}")
    assert order.annex is None
    assert order.note is not None
    assert items(made, "annex") == (f"{ANNEX}.",)


def test_several_edits_of_the_annex_stand_under_letters_and_are_one_structural_unit() -> None:
    now = [*with_row(DISMISSAL, contact="каб. 14"), new("Т-0005", PHONE), new("Т-0006", SOVIETS, process="Отпуск")]
    made = amended(now)
    opening, *edits = items(made, "edits")
    assert opening == "в Приложении 1:"
    assert [edit[:3] for edit in edits] == ["а) ", "б) ", "в) "]
    assert [edit[-1] for edit in edits] == [";", ";", "."]
    assert draft_order(made, "edits").items[0] == ONE


def test_edits_stand_beside_the_item_of_the_list() -> None:
    first, second = items(amended([*STANDING, new("Т-0005", "Киоск")]), "edits")
    assert first == f"1) {OFFLINE_ITEM};"
    assert second.startswith("2) в Приложении 1 позицию «Увольнение» раздела 1 дополнить точкой взаимодействия «Киоск»")
    several = items(amended([*STANDING, new("Т-0005", "Киоск"), new("Т-0006", PHONE)]), "edits")
    assert several[:2] == (f"1) {OFFLINE_ITEM};", "2) в Приложении 1:")


def test_a_new_position_is_added_once_and_then_has_touchpoints_added() -> None:
    come = [new("Т-0005", PHONE, process="Отпуск"), new("Т-0006", SOVIETS, process="Отпуск")]
    _, first, second = items(amended([*STANDING, *come]), "edits")
    assert first.startswith("а) раздел 1 дополнить позицией «Отпуск» с точкой")
    assert second.startswith("б) позицию «Отпуск» раздела 1 дополнить точкой")


def test_a_position_with_another_touchpoint_loses_only_the_one() -> None:
    stood = [*STANDING, new("Т-0005", PHONE)]
    assert items(amended(STANDING, stood), "edits") == (
        f"в Приложении 1 {AT_DISMISSAL} точку взаимодействия «{PHONE}» исключить.",
    )


def test_a_position_that_loses_all_its_touchpoints_is_excluded_once() -> None:
    stood = [*STANDING, new("Т-0005", PHONE, process="Отпуск"), new("Т-0006", SOVIETS, process="Отпуск")]
    assert items(amended(STANDING, stood), "edits") == ("в Приложении 1 позицию «Отпуск» раздела 1 исключить.",)


def test_a_replacement_is_an_exclusion_and_an_addition() -> None:
    made = amended(with_row(WAGES, touchpoint=PHONE))
    assert {name for item in made.changes for name in item.classes} == {"excluded", "new", "replaced"}
    opening, *edits = items(made, "edits")
    assert opening == "в Приложении 1:"
    assert {edit[3:40] for edit in edits} == {
        "в позиции «Выдача справок» раздела 3 "[:37],
        "позицию «Выдача справок» раздела 3 дополнить"[:37],
    }
    assert [group.heading[:3] for group in note(made).others] == ["К13"]


def test_the_number_of_a_section_is_that_of_the_annex_in_force() -> None:
    made = amended([*with_row(WAGES, contact="каб. 3")][2:], STANDING)
    _, *edits = items(made, "edits")
    assert edits[-1].startswith("в) в позиции «Выдача справок» раздела 3 ")


def test_a_heading_that_the_profile_does_not_know_comes_last() -> None:
    strange = {**WAGES, "code": "Т-0005", "activity": "архивное дело", "process": "Выписки"}
    made = amended([*STANDING, {**strange, "contact": "каб. 5"}], [*STANDING, strange])
    assert items(made, "edits")[0].startswith("в Приложении 1 в позиции «Выписки» раздела 4 ")


def test_a_changed_rule_is_one_edit_for_all_the_records_that_follow_it() -> None:
    was, now = {**HIRING}, {**HIRING, "kind": "digital"}
    rule = RuleChange(PHONE, ((was, now), (was, now)))
    made = dossier([DISMISSAL, now, DESKS, WAGES], [change("rule_changed", None, None, rule=rule)])
    assert items(made, "edits") == (
        (
            "в Приложении 1 для точки взаимодействия «телефонная связь» слова «Офлайн-точка» заменить словами "
            "«Цифровая точка»."
        ),
    )
    assert items(made) == (f"{ANNEX}.",)
    assert note(made).cases == ()
    assert note(made).others == (
        Group("К12. Изменено правило отнесения (настройка профиля)", ("Запись: rule_changed.",)),
    )


def test_a_changed_rule_that_not_all_records_follow_is_no_edit_of_words() -> None:
    was, now = {**HIRING}, {**HIRING, "kind": "digital"}
    aside = {**HIRING, "code": "Т-0009", "process": "Иной процесс"}
    rule = RuleChange(PHONE, ((was, now),))
    made = dossier([DISMISSAL, now, aside, DESKS, WAGES], [change("rule_changed", None, None, rule=rule)])
    assert items(made, "edits") == (f"{ANNEX}.",)


def test_the_records_that_wait_are_named_in_the_note_and_stand_in_no_annex() -> None:
    waiting = {**DISMISSAL, "code": "Т-0008", "state": "quarantined"}
    made = amended([*with_row(WAGES, contact="каб. 3"), waiting], STANDING)
    said = "Запись Т-0008 (точка «{}», процесс «{}») – на уточнении: в приложение она не вошла."
    assert said.format(waiting["touchpoint"], waiting["process"]) in note(made).opening


MOVED = {**DISMISSAL, "activity": COMPUTING}
NOT_BY_WORDS = "Приложение 1 изложено в новой редакции: не все изменения можно записать правкой отдельных слов."


@pytest.mark.parametrize(
    "case",
    [
        change("activity_moved", DISMISSAL, MOVED),
        change("split_merged", DISMISSAL, DISMISSAL),
        change("editorial", DISMISSAL, DISMISSAL, "Кадровая  работа", "Кадровая работа"),
        change("needs_changed", {**DISMISSAL, "needs": ""}, DISMISSAL),
        change("new", None, record("Т-0009", "ИНФ", "информирование о деятельности Министерства", "Новости", SED)),
        change("rule_changed", None, None, rule=RuleChange(PHONE)),
    ],
    ids=["moved", "split", "heading", "needs from nothing", "new section", "rule without records"],
)
def test_what_no_edit_of_words_can_say_gives_the_annex_whole(case: Change) -> None:
    now = [*STANDING, *([dict(case.after)] if case.before is None and case.after else [])]
    made = dossier(now, [case])
    assert items(made, "edits") == (f"{ANNEX}.",)
    assert note(made, "edits").opening[-1] == NOT_BY_WORDS
    assert NOT_BY_WORDS not in note(made).opening


TWIN = DISMISSAL | {"code": "Т-0005", "needs": "Получение справки"}


@pytest.mark.parametrize(
    "left",
    [
        pytest.param(STANDING, id="the second is excluded"),
        pytest.param([TWIN if item is DISMISSAL else item for item in STANDING], id="the first is excluded"),
        pytest.param([*with_row(DISMISSAL, needs="Получение ответа"), TWIN], id="the needs of one change"),
    ],
)
def test_words_that_would_hit_both_of_two_records_give_the_annex_whole(left: list[Row]) -> None:
    made = amended(left, [*STANDING, TWIN])
    assert len(made.changes) == 1
    assert items(made, "edits") == (f"{ANNEX}.",)
    assert note(made, "edits").opening[-1] == NOT_BY_WORDS


def test_two_records_with_one_process_and_touchpoint_are_excluded_together_in_one_edit() -> None:
    stood = [*STANDING, new("Т-0005", SED), new("Т-0006", SED, needs="Получение справки")]
    assert len(items(amended(STANDING, stood), "edits")) == 1


def test_too_many_changes_give_the_annex_whole() -> None:
    come = list(starmap(new, [("Т-0005", PHONE), ("Т-0006", SOVIETS), ("Т-0007", SED, "digital")]))
    assert len(items(amended([*STANDING, *come]), "edits")) == 4
    made = amended([*with_row(WAGES, contact="каб. 3"), *come])
    assert items(made, "edits") == (f"{ANNEX}.",)
    assert note(made, "edits").opening[-1] == (
        "Приложение 1 изложено в новой редакции: изменений 4, а правкой отдельных слов записывается не более 3."
    )


def test_changes_that_the_annex_does_not_print_are_not_counted() -> None:
    now = [*with_row(WAGES, contact="каб. 3", key="yes"), new("Т-0005", PHONE)]
    silent = [{**item, "unit": "АХО"} if item["code"] in {"Т-0001", "Т-0002", "Т-0003"} else item for item in now]
    made = amended(silent)
    assert len(made.changes) == 5
    assert len(items(made, "edits")) == 3


def test_the_profile_says_the_form_and_how_many_edits_there_may_be() -> None:
    texts = PROFILE.order.model_dump()
    made = amended(with_row(DISMISSAL, contact="каб. 14"))
    edits = replace(made, profile=profile_with(order=texts | {"form": "edits"}))
    assert items(edits)[0].startswith("в Приложении 1 в позиции")
    assert items(edits, "annex") == (f"{ANNEX}.",)
    few = amended([*with_row(DISMISSAL, contact="каб. 14"), new("Т-0005", PHONE)])
    assert items(replace(few, profile=profile_with(order=texts | {"edits_up_to": 1})), "edits") == (f"{ANNEX}.",)


# --- the explanatory list ------------------------------------------------------------------------------------------


def test_the_note_gives_the_cases_with_their_bases_and_then_the_rest() -> None:
    stood = [*STANDING, new("Т-0005", SED, "digital")]
    now = [
        {**DISMISSAL, "needs": "Получение справки", "kind": "digital", "contact": "каб. 14", "basis": BASIS},
        {**HIRING, "unit": "ИТ", "key": "yes"},
        DESKS,
        WAGES,
        new("Т-0006", SOVIETS, needs="Получение форм документов"),
    ]
    made = note(amended(now, stood))
    assert made.title == "Справка к проекту приказа"
    assert made.opening == (
        (
            "Составлена по изменениям Перечня по сравнению с редакцией от 19.03.2024. Новая редакция подготовлена "
            "25.11.2026."
        ),
        "Изменений, при которых Перечень подлежит актуализации: 3; уточнений: 1.",
        "Одно изменение может быть названо ниже под несколькими классами.",
    )
    assert [group.heading for group in made.cases] == [
        "К1. Появление новой точки взаимодействия (раздел III, абз. 2)",
        "К2. Изменение вида точки взаимодействия (раздел III, абз. 3)",
        "К3. Изменение удовлетворяемых потребностей (раздел III, абз. 4)",
        "К4. Исключение точки взаимодействия (раздел III, абз. 5)",
    ]
    assert made.cases[0].lines == (
        (
            "Т-0006. Включена точка «здание Дома Советов» (офлайн) по процессу «Увольнение». Потребности: Получение "
            f"форм документов. Основание: {BASIS}. Подразделение: Отдел кадров (пример)."
        ),
    )
    assert all("Основание: " in line for group in made.cases for line in group.lines)
    assert [group.heading for group in made.others] == [
        "К5. Уточнён адрес (контакт)",
        "К8. Изменено ответственное подразделение",
        "К9. Изменена отметка «ключевая»",
    ]


@given(
    changed=st.lists(
        st.sampled_from([{"contact": "каб. 9"}, {"needs": "Справка"}, {"touchpoint": SED}, {"key": "yes"}, {}]),
        min_size=len(STANDING),
        max_size=len(STANDING),
    ),
    gone=st.integers(0, 2),
)
def test_the_counts_of_the_note_sum_to_the_number_of_changes(changed: list[Row], gone: int) -> None:
    made = amended([row | own for row, own in zip(STANDING, changed, strict=True)][gone:])
    assume(made.changes)
    counts = [int(number) for number in re.findall(r": (\d+)", note(made).opening[1])]
    assert (len(counts), sum(counts)) == (2, len(made.own_changes))


def test_what_is_carried_over_is_counted_apart_from_what_was_made_precise() -> None:
    key = change("key_changed", DISMISSAL, {**DISMISSAL, "key": "yes"})
    carried = [Change((Entry(CARRIED_OVER, "", "", "", f"{row['code']}."),), row, row) for row in (HIRING, DESKS)]
    words = "Записей, перенесенных без подтверждения: {}."
    made = note(dossier(STANDING, [key, *carried]))
    assert made.opening[1].endswith("; уточнений: 1.")
    assert made.opening[2] == words.format(2)
    assert not any("без подтверждения" in line for line in note(dossier(STANDING, [key])).opening)


def test_a_sentence_that_several_changes_share_stands_once() -> None:
    pieces = [change("split_merged", DISMISSAL, {**DISMISSAL, "code": code}) for code in ("Т-0005", "Т-0006")]
    assert note(dossier(STANDING, pieces)).others[0].lines == ("Запись: split_merged.",)


def test_a_proposed_change_counts_and_waits_for_the_officer() -> None:
    renamed = change("process_renamed", DISMISSAL, {**DISMISSAL, "process": "Уход"}, proposed=True, score=0.95)
    made = dossier(with_row(DISMISSAL, process="Уход"), [renamed])
    assert items(made) == (f"{ANNEX}.",)
    assert note(made).others[0].lines == (
        (
            "Запись: process_renamed. Сопоставление записей предложено программой; ждет подтверждения уполномоченного "
            "сотрудника."
        ),
    )


# --- no order ------------------------------------------------------------------------------------------------------

UNCHANGED = (
    "По сравнению с редакцией Перечня от 19.03.2024 нет изменений, которые требуют приказа: Приложение 1 к Порядку, "
    "утвержденному приказом Министерства промышленности и торговли Смоленской области от 19.03.2024 № 29/01-01, "
    "остается прежним."
)


@pytest.mark.parametrize("form", ["", "edits"])
def test_with_nothing_to_change_the_officer_is_told_so(form: str) -> None:
    order = draft_order(amended(STANDING), form)
    assert order.mark == "ПРОЕКТ"
    assert order.title == "Приказ о внесении изменений не требуется"
    assert order.items == (UNCHANGED,)
    assert (order.kind, order.number_line, order.preamble, order.signatory) == ("", "", (), None)
    assert (order.annex, order.note) == (None, None)


def test_changes_that_the_annex_does_not_print_need_no_order_but_are_listed() -> None:
    order = draft_order(amended(with_row(DISMISSAL, unit="ИТ", key="yes", client="внешний")))
    assert order.items == (UNCHANGED,)
    assert order.annex is None
    assert order.note is not None
    assert order.note.cases == ()
    assert [group.heading.partition(".")[0] for group in order.note.others] == ["К8", "К9", "К10"]


def test_the_first_edition_amends_nothing_and_comes_with_its_annex() -> None:
    come = comparing.compare(records.empty(), records.frame(STANDING), PROFILE)
    order = draft_order(dossier(STANDING, come, base=""))
    assert order.title == "Приказ о внесении изменений не составлен"
    assert order.items == (
        "Действующая редакция Перечня при запуске не указана: вносить изменения не во что.",
        (
            "Перечень утверждается основным приказом – приказом Министерства промышленности и торговли Смоленской "
            "области от 19.03.2024 № 29/01-01 – как Приложение 1 к Порядку. Приложение 1, составленное по сведениям "
            "подразделений, приведено далее."
        ),
    )
    assert order.annex is not None
    assert order.annex.mark[0] == "Приложение 1"
    assert (order.note, order.signatory, order.number_line) == (None, None, "")


# --- the profile's words -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("place", "text", "fault"),
    [
        ("title_one", "О {чём}", "order.title_one: подстановка «чём» этому тексту неизвестна"),
        ("closing", ("Всё.", "{base} {last}"), "order.closing.1: подстановка «last» этому тексту неизвестна"),
        ("mark", "ПРОЕКТ}", "order.mark: непарная фигурная скобка"),
        (
            "edits",
            PROFILE.order.edits.model_dump() | {"position_removed": "{added}"},
            "order.edits.position_removed: подстановка «added» этому тексту неизвестна",
        ),
    ],
)
def test_a_text_of_the_profile_that_cannot_be_filled_in_is_a_fault(place: str, text: object, fault: str) -> None:
    with pytest.raises(ValidationError) as refused:
        OrderTexts.model_validate(PROFILE.order.model_dump() | {place: text})
    assert fault in str(refused.value)
