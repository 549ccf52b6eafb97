"""Two editions are compared in the classes of the order: each has its sentence, nothing is counted twice or lost."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from workbook_tools import records
from workbook_tools.comparing import Change, Context, compare, count, meets, name_of_pair, regrouped_by
from workbook_tools.profile import load_profile
from workbook_tools.records import IN_FORCE, QUARANTINED, UNCONFIRMED

PROFILE = load_profile().profile
STAFF, COMPUTING = "кадровая работа", "информационно-техническое обеспечение сотрудников"
PROCESS = "Приём «заявок» на ремонт – этаж 1"
OTHER_PROCESS = "Выдача справок"
BUILDING, SOVIETS, PHONE = "здание Министерства", "здание Дома Советов", "телефонная связь"
BOTH = f"{SOVIETS}, {BUILDING}"
ADVICE, FORMS = "Получение консультации", "Получение форм документов"
BASIS = "приказ от 01.02.2026 № 7"

Row = dict[str, Any]


def record(code: str = "Т-0001", **values: object) -> Row:
    base = {
        "code": code,
        "direction": "Взаимодействие с внутренним клиентом",
        "activity": STAFF,
        "process": PROCESS,
        "client": "внутренний",
        "touchpoint": BUILDING,
        "contact": "каб. 1",
        "kind": "offline",
        "needs": f"{ADVICE}; {FORMS}",
        "key": "no",
        "basis": BASIS,
        "unit": "КАДР",
        "state": IN_FORCE,
    }
    return base | values


def changes(before: list[Row], after: list[Row], **options: Any) -> list[Change]:  # noqa: ANN401 - compare's own options
    return compare(records.frame(before), records.frame(after), PROFILE, Context(**options))


def only(before: list[Row], after: list[Row]) -> Change:
    (change,) = changes(before, after)
    return change


def seen(found: list[Change]) -> list[tuple[tuple[str, ...], str, object, object]]:
    """Return what a log says, without the places its records come from."""
    return [(change.classes, change.text, _code(change.before), _code(change.after)) for change in found]


def _code(side: Any) -> object:  # noqa: ANN401 - a record or None
    return None if side is None else (side["code"], side["activity"], side["process"], side["touchpoint"])


# --- one class at a time -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("values", "kind", "old", "new", "sentence"),
    [
        (
            {"kind": "digital"},
            "kind_changed",
            "офлайн",
            "цифровая",
            (
                f"Т-0001. Точка «{BUILDING}», процесс «{PROCESS}»: вид изменён с «офлайн» на «цифровая». "
                f"Основание: {BASIS}."
            ),
        ),
        (
            {"needs": f"{ADVICE}; подача жалобы"},
            "needs_changed",
            f"{ADVICE}; {FORMS}",
            f"{ADVICE}; подача жалобы",
            (
                f"Т-0001. Точка «{BUILDING}», процесс «{PROCESS}»: добавлены потребности: подача жалобы; "
                f"исключены: {FORMS}. Основание: {BASIS}."
            ),
        ),
        (
            {"needs": ADVICE},
            "needs_changed",
            f"{ADVICE}; {FORMS}",
            ADVICE,
            (f"Т-0001. Точка «{BUILDING}», процесс «{PROCESS}»: исключены потребности: {FORMS}. Основание: {BASIS}."),
        ),
        (
            {"contact": "каб. 2"},
            "contact_changed",
            "каб. 1",
            "каб. 2",
            f"Т-0001. Точка «{BUILDING}»: адрес «каб. 1» заменён на «каб. 2».",
        ),
        (
            {"contact": ""},
            "contact_changed",
            "каб. 1",
            "не указано",
            f"Т-0001. Точка «{BUILDING}»: адрес «каб. 1» исключён.",
        ),
        (
            {"process": OTHER_PROCESS},
            "process_renamed",
            PROCESS,
            OTHER_PROCESS,
            f"Т-0001. Процесс «{PROCESS}» переименован в «{OTHER_PROCESS}».",
        ),
        (
            {"activity": COMPUTING},
            "activity_moved",
            STAFF,
            COMPUTING,
            f"Т-0001. Перенесена из «{STAFF}» в «{COMPUTING}».",
        ),
        (
            {"unit": "ИТ"},
            "unit_changed",
            "Отдел кадров (пример)",
            "Отдел информационных технологий (пример)",
            (
                "Т-0001. Ответственное подразделение: «Отдел кадров (пример)» → «Отдел информационных технологий "
                "(пример)»."
            ),
        ),
        ({"key": "yes"}, "key_changed", "нет", "да", f"Т-0001. Точка «{BUILDING}»: отметка «ключевая» – да."),
        (
            {"client": "внешний"},
            "client_changed",
            "внутренний",
            "внешний",
            "Т-0001. Тип клиента: «внутренний» → «внешний».",
        ),
        (
            {"process": "Прием «заявок» на ремонт – этаж 1"},
            "editorial",
            PROCESS,
            "Прием «заявок» на ремонт – этаж 1",
            f"Т-0001. Исправлено написание: «{PROCESS}» → «Прием «заявок» на ремонт – этаж 1».",
        ),
    ],
)
def test_a_difference_in_one_column_is_one_class_with_its_sentence(
    values: Row, kind: str, old: str, new: str, sentence: str
) -> None:
    change = only([record()], [record(**values)])
    (entry,) = change.entries
    assert (entry.kind, entry.before, entry.after, entry.text) == (kind, old, new, sentence)
    assert (change.classes, change.text, change.by, change.score, change.proposed) == (
        (kind,),
        sentence,
        "code",
        1.0,
        False,
    )
    assert change.before is not None
    assert change.after is not None
    assert [name for name in records.RECORD if change.before[name] != change.after[name]] == list(values)


@pytest.mark.parametrize(("others", "variant"), [([], "body"), ([record("Т-0002", process=OTHER_PROCESS)], "process")])
def test_a_record_of_the_new_edition_only_is_new(others: list[Row], variant: str) -> None:
    change = only(others, [*others, record()])
    assert change.before is None
    assert (change.classes, change.entries[0].variant) == (("new",), variant)
    assert change.text == (
        f"Т-0001. Включена точка «{BUILDING}» (офлайн) по процессу «{PROCESS}». Потребности: {ADVICE}; {FORMS}. "
        f"Основание: {BASIS}. Подразделение: Отдел кадров (пример)."
    )


@pytest.mark.parametrize(("others", "variant"), [([], "body"), ([record("Т-0002", process=OTHER_PROCESS)], "process")])
def test_a_record_of_the_old_edition_only_is_excluded(others: list[Row], variant: str) -> None:
    change = only([*others, record()], others)
    assert change.after is None
    assert (change.classes, change.entries[0].variant) == (("excluded",), variant)
    assert change.text == f"Т-0001. Исключена точка «{BUILDING}» по процессу «{PROCESS}». Основание: не указано."


def test_the_basis_of_an_exclusion_is_the_one_given_for_it_not_the_one_the_record_came_in_with() -> None:
    (change,) = changes([record()], [], bases={"Т-0001": "приказ от 03.03.2026 № 9"})
    assert change.text == (
        f"Т-0001. Исключена точка «{BUILDING}» по процессу «{PROCESS}». Основание: приказ от 03.03.2026 № 9."
    )
    assert change.basis == "приказ от 03.03.2026 № 9"
    assert change.before is not None
    assert change.before["basis"] == BASIS


def test_a_record_without_a_code_is_named_by_process_and_touchpoint_once() -> None:
    change = only([], [record("", basis="", unit="")])
    assert change.text.startswith(f"Включена точка «{BUILDING}» (офлайн) по процессу «{PROCESS}».")
    assert change.text.endswith("Основание: не указано. Подразделение: не указано.")
    moved = only([record("")], [record("", activity=COMPUTING)])
    assert moved.text == f"Процесс «{PROCESS}», точка «{BUILDING}». Перенесена из «{STAFF}» в «{COMPUTING}»."


def test_a_record_that_lost_its_code_is_named_by_the_one_it_had() -> None:
    change = only([record("Т-0001")], [record("", contact="каб. 2")])
    assert change.text.startswith("Т-0001. Точка")


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("", "каб. 1", "указан адрес «каб. 1»."),
        ("каб. 1", "", "адрес «каб. 1» исключён."),
        ("каб. 1", "каб. 2", "адрес «каб. 1» заменён на «каб. 2»."),
    ],
)
def test_an_address_comes_goes_or_is_replaced(old: str, new: str, sentence: str) -> None:
    assert only([record(contact=old)], [record(contact=new)]).text == f"Т-0001. Точка «{BUILDING}»: {sentence}"


@pytest.mark.parametrize(
    ("was", "now", "kind", "text"),
    [
        (("Телефон (20-00-01)", ""), ("Телефон (20-00-02)", ""), "contact_changed", "«20-00-01» заменён на «20-00-02»"),
        (("Телефон (20-00-01)", ""), ("телефон", ""), "contact_changed", "«20-00-01» исключён"),
        (("Телефон (20-00-01)", ""), ("телефон", "20-00-02"), "contact_changed", "«20-00-01» заменён на «20-00-02»"),
        (("Телефон (20-00-01)", ""), ("телефон", "20-00-01"), "editorial", "«20-00-01» записан в другой графе"),
    ],
)
def test_an_address_in_the_touchpoints_cell_is_an_address(
    was: tuple[str, str], now: tuple[str, str], kind: str, text: str
) -> None:
    old, new = (record(touchpoint=touchpoint, contact=contact) for touchpoint, contact in (was, now))
    change = only([old], [new])
    assert kind in change.classes
    assert text in change.text
    assert "не указано" not in change.text.replace("Основание: не указано", "")


@pytest.mark.parametrize("needs", ["Получение консультации, Получение форм документов", f"{ADVICE} ; {FORMS}."])
def test_another_sign_between_the_needs_is_no_other_set(needs: str) -> None:
    found = changes([record()], [record(needs=needs)])
    assert "needs_changed" not in {name for change in found for name in change.classes}


@pytest.mark.parametrize("process", [PROCESS.replace("«", "(").replace("»", ")"), PROCESS.replace(" –", ",")])
def test_other_signs_between_the_same_words_are_editorial(process: str) -> None:
    assert only([record("")], [record("", process=process)]).classes == ("editorial",)


@pytest.mark.parametrize("links", [None, {"Т-0001": "Т-0009"}])
def test_another_touchpoint_in_a_coded_row_is_an_exclusion_and_a_new_record_that_are_linked(
    links: dict[str, str] | None,
) -> None:
    code = "Т-0009" if links else "Т-0001"
    gone, come = sorted(
        changes([record()], [record(code, touchpoint=PHONE)], links=links), key=lambda change: change.after is not None
    )
    codes = "Т-0001 → Т-0009" if links else "Т-0001"
    sentence = f"{codes}. Точка «{BUILDING}» заменена точкой «{PHONE}» по процессу «{PROCESS}»."
    assert (gone.classes, gone.after) == (("excluded", "replaced"), None)
    assert (come.classes, come.before) == (("new", "replaced"), None)
    for change in (gone, come):
        linked = change.entries[1]
        assert (linked.before, linked.after, linked.text) == (BUILDING, PHONE, sentence)


def test_without_codes_a_touchpoint_that_offers_the_same_is_proposed_as_the_one_in_the_place_of_the_lost_one() -> None:
    found = changes([record("")], [record("", touchpoint=PHONE, contact="20-00-01")])
    assert sorted(change.classes for change in found) == [("excluded", "replaced"), ("new", "replaced")]
    assert all(change.proposed for change in found)


@pytest.mark.parametrize("other", [{"needs": ADVICE}, {"client": "внешний"}, {"unit": "ИТ"}])
def test_without_codes_nothing_is_replaced_by_what_offers_something_else(other: Row) -> None:
    found = changes([record("")], [record("", touchpoint=PHONE, **other)])
    assert sorted(change.classes for change in found) == [("excluded",), ("new",)]


def test_the_officer_may_confirm_or_refuse_a_proposed_replacement() -> None:
    before, after = [record("")], [record("", touchpoint=PHONE)]
    pair = changes(before, after)[0].pair
    assert pair is not None
    name = frozenset({name_of_pair(*pair)})
    assert not any(change.proposed for change in changes(before, after, accepted=name))
    assert sorted(change.classes for change in changes(before, after, refused=name)) == [("excluded",), ("new",)]


def test_a_known_touchpoint_under_another_of_its_names_is_editorial() -> None:
    change = only(
        [record(touchpoint="СЭД")], [record(touchpoint="Система электронного документооборота (СЭД ДелоПро)")]
    )
    assert change.classes == ("editorial",)


def test_several_columns_are_several_classes_in_the_order_of_the_classes() -> None:
    change = only(
        [record()],
        [
            record(
                kind="digital",
                needs=ADVICE,
                contact="каб. 2",
                process=OTHER_PROCESS,
                activity=COMPUTING,
                unit="ИТ",
                key="yes",
                client="внешний",
                touchpoint=BUILDING.upper(),
            )
        ],
    )
    assert change.classes == (
        "kind_changed",
        "needs_changed",
        "contact_changed",
        "process_renamed",
        "activity_moved",
        "unit_changed",
        "key_changed",
        "client_changed",
        "editorial",
    )
    assert list(PROFILE.changes)[: len(change.classes) + 2] == [
        "new",
        *change.classes[:2],
        "excluded",
        *change.classes[2:],
    ]


def test_a_record_that_had_no_unit_has_not_changed_hands() -> None:
    assert changes([record("Т-0001", unit="")], [record("Т-0001")]) == []
    change = only([record("Т-0001")], [record("Т-0001", unit="")])
    assert change.text == "Т-0001. Ответственное подразделение: «Отдел кадров (пример)» → «не указано»."


def test_a_row_that_named_two_touchpoints_is_split_without_a_change_of_content() -> None:
    before = [record("Т-0001", touchpoint=BOTH)]
    after = [record("Т-0002", touchpoint=SOVIETS), record("Т-0003", touchpoint=BUILDING)]
    found = changes(before, after)
    assert [change.classes for change in found] == [("split_merged",)] * 2
    assert {change.text for change in found} == {
        "Строка Т-0001 прежней редакции разделена на записи Т-0002, Т-0003. Содержание не изменено."
    }
    assert regrouped_by(found) == 1
    assert meets(1, 2, found)


def test_a_split_that_also_changes_the_needs_is_no_split() -> None:
    before = [record("Т-0001", touchpoint=BOTH)]
    after = [record("Т-0002", touchpoint=SOVIETS), record("Т-0003", touchpoint=BUILDING, needs="Иное")]
    found = changes(before, after)
    assert (count(found, "split_merged"), count(found, "excluded"), count(found, "new")) == (0, 1, 2)


def test_repeated_records_are_merged_without_a_change_of_content() -> None:
    found = changes([record("Т-0001"), record("Т-0002")], [record("Т-0001")])
    assert [change.text for change in found] == [
        "Строки Т-0001, Т-0002 прежней редакции объединены в запись Т-0001. Содержание не изменено."
    ] * 2
    assert (regrouped_by(found), meets(2, 1, found)) == (-1, True)


def test_repeated_records_are_merged_where_the_needs_of_both_are_kept_and_not_where_one_is_lost() -> None:
    before = [record("", needs=ADVICE, row=1), record("", needs=FORMS, row=2)]
    assert {change.classes for change in changes(before, [record("")])} == {("split_merged",)}
    assert sorted(change.classes for change in changes(before, [record("", needs=ADVICE)])) == [("excluded",)]


def test_what_was_merged_one_way_is_split_the_other() -> None:
    glued, apart = [record("", touchpoint=BOTH)], [record("", touchpoint=SOVIETS), record("", touchpoint=BUILDING)]
    there, back = changes(glued, apart), changes(apart, glued)
    assert [change.classes for change in there] == [change.classes for change in back] == [("split_merged",)] * 2
    assert (regrouped_by(there), regrouped_by(back)) == (1, -1)
    parts = f"«{PROCESS}» – «{SOVIETS}», «{PROCESS}» – «{BUILDING}»"
    told = f"Строки {parts} прежней редакции объединены в запись «{PROCESS}» – «{BOTH}». Содержание не изменено."
    assert {change.text for change in back} == {told}


def test_two_rows_that_named_the_same_touchpoints_never_share_the_records_they_became() -> None:
    before = [record("", touchpoint=BOTH, row=1), record("", touchpoint=BOTH, row=2)]
    after = [record("", touchpoint=SOVIETS, row=1), record("", touchpoint=BUILDING, row=2)]
    assert meets(2, 2, changes(before, after))


@pytest.mark.parametrize(
    ("received", "sentence"),
    [
        (
            frozenset[str](),
            (
                "Т-0001. Подразделение «Отдел кадров (пример)» сведений не представило; "
                "запись перенесена из редакции от 19.03.2024."
            ),
        ),
        (
            frozenset({"КАДР"}),
            (
                "Т-0001. Сведения подразделения «Отдел кадров (пример)» по этой записи не приняты; "
                "запись перенесена из редакции от 19.03.2024."
            ),
        ),
    ],
)
def test_a_record_that_nobody_confirmed_is_carried_over(received: frozenset[str], sentence: str) -> None:
    after = [record(state=UNCONFIRMED)]
    (change,) = changes([record()], after, date="2024-03-19", received=received)
    assert (change.classes, change.text) == (("carried_over",), sentence)
    assert changes(after, after) == []


# --- what is no change, and what only its spelling -----------------------------------------------------------------


@pytest.mark.parametrize(
    "needs",
    [
        f"{FORMS}; {ADVICE}",
        f"{ADVICE.upper()};{FORMS}",
        f"{ADVICE}; {FORMS}; {ADVICE.lower()}",
        f" {ADVICE} ;; {FORMS}",
    ],
)
def test_order_case_and_repeats_of_needs_are_no_change(needs: str) -> None:
    assert changes([record()], [record(needs=needs)]) == []


def named(needs: str) -> list[Change]:
    """Compare an edition with itself but for the wording of the needs, both ways."""
    plain, other = [record(needs=f"{FORMS}; Получение консультации")], [record(needs=needs)]
    return [*changes(plain, other), *changes(other, plain)]


@pytest.mark.parametrize("needs", [f"{FORMS}; консультирование", f"Консультация; {FORMS}"])
def test_a_need_by_a_synonym_of_the_profile_is_no_change(needs: str) -> None:
    assert named(needs) == []


@pytest.mark.parametrize("needs", [f"{FORMS}; Получение «консультации»", f"{FORMS}; Получение кoнсультации"])
def test_the_same_need_spelled_otherwise_is_editorial(needs: str) -> None:
    assert [change.classes for change in named(needs)] == [("editorial",)] * 2


@pytest.mark.parametrize(
    "values", [{"key": ""}, {"basis": "иной документ"}, {"file": "b.xlsx", "sheet": "Лист", "row": 9}]
)
def test_an_unmarked_key_another_basis_and_another_place_are_no_change(values: Row) -> None:
    assert changes([record()], [record(**values)]) == []


@pytest.mark.parametrize(
    "process",
    [
        PROCESS.replace("ё", "е"),
        PROCESS.replace("«", '"').replace("»", '"'),
        PROCESS.replace("«", "„").replace("»", "“"),
        PROCESS.replace("–", "-"),
        PROCESS.replace("–", "—"),
        PROCESS.replace(" ", "\u00a0"),
        PROCESS.replace(" ", "  "),
        PROCESS.replace("на ремонт", "на\nремонт"),
        PROCESS.replace("рем", "\u00adрем\u200b"),
        PROCESS.replace("о", "o", 1),
        f"{PROCESS}.",
        PROCESS.upper(),
    ],
)
@pytest.mark.parametrize("code", ["Т-0001", ""])
def test_a_difference_of_spelling_only_is_editorial_with_or_without_a_code(process: str, code: str) -> None:
    change = only([record(code)], [record(code, process=process)])
    (entry,) = change.entries
    assert (entry.kind, entry.before, entry.after) == ("editorial", PROCESS, process)
    assert change.by == ("code" if code else "key")


@pytest.mark.parametrize("process", [PROCESS.replace("1", "2"), PROCESS.replace(" на", ""), f"{PROCESS}, каб. 2"])
def test_other_words_and_other_numbers_are_a_renamed_process(process: str) -> None:
    assert only([record()], [record(process=process)]).classes == ("process_renamed",)


# --- matching ------------------------------------------------------------------------------------------------------


def test_the_code_wins_over_the_key() -> None:
    before = [record("Т-0001"), record("Т-0002", process=OTHER_PROCESS)]
    after = [record("Т-0001", process=OTHER_PROCESS), record("Т-0002")]
    assert [change.classes for change in changes(before, after)] == [("process_renamed",)] * 2


def test_records_without_codes_are_matched_by_their_key_whatever_its_spelling() -> None:
    after = [record("Т-0005", process=PROCESS.upper(), touchpoint="ЗДАНИЕ МИНИСТЕРСТВА.", contact="каб. 2")]
    change = only([record("")], after)
    assert (change.by, change.classes) == ("key", ("contact_changed", "editorial"))


def test_records_are_matched_under_another_activity_by_process_and_touchpoint() -> None:
    change = only([record("")], [record("", activity=COMPUTING)])
    assert (change.by, change.classes) == ("key", ("activity_moved",))


def test_the_same_activity_wins_over_another() -> None:
    before = [record(""), record("", activity=COMPUTING)]
    after = [record("", activity=COMPUTING, contact="каб. 7"), record("")]
    assert only(before, after).classes == ("contact_changed",)


def test_records_without_a_touchpoint_are_matched_like_others() -> None:
    assert only([record("", touchpoint="")], [record("", touchpoint="", key="yes")]).classes == ("key_changed",)


def test_two_records_of_one_key_are_matched_with_two_not_twice_with_one() -> None:
    before = [record("", row=1), record("", row=2)]
    assert changes(before, before) == []
    assert [change.classes for change in changes(before[:1], before)] == [("split_merged",)] * 2


def test_quarantined_records_take_no_part() -> None:
    waiting = record("Т-0002", state=QUARANTINED)
    assert changes([record(), waiting], [record()]) == []
    assert changes([record()], [record(), waiting]) == []
    assert only([record(), waiting], [record(), waiting | {"state": IN_FORCE, "touchpoint": PHONE}]).classes == ("new",)


def test_an_empty_register_compares_with_an_empty_one() -> None:
    assert changes([], []) == []


# --- what it is given ----------------------------------------------------------------------------------------------


def test_comparing_changes_neither_edition() -> None:
    before = [record("Т-0001"), record("", touchpoint=BOTH), record("", process=OTHER_PROCESS, touchpoint=PHONE)]
    after = [record("Т-0001", kind="digital"), record("", process=f"{OTHER_PROCESS} сотрудникам", touchpoint=PHONE)]
    old, new = records.frame(before), records.frame(after)
    was = old.copy(), new.copy()
    compare(old, new, PROFILE)
    pd.testing.assert_frame_equal(old, was[0])
    pd.testing.assert_frame_equal(new, was[1])
