"""What a comparison only proposes is asked of the officer once, and the answer holds while both records do."""

from __future__ import annotations

from typing import Any

import pytest

from tests.books import COMPUTING, MINISTRY, PHONE, PROFILE, SED, SOVIETS, STAFF, record
from tests.language import foreign_words
from workbook_tools import records
from workbook_tools.comparing import Change, compare, name_of_pair
from workbook_tools.decisions import Decision, Question, ask_of_changes, settle
from workbook_tools.decisions.decision import subject_of
from workbook_tools.decisions.settle import ACCEPTED, OPEN, RETURNED, STALE

Row = dict[str, Any]
TODAY = "2026-11-22"
PROCESS, IN_FULL = "Приём заявлений на отпуск", "Приём заявлений на отпуск в электронной форме"
BESIDE = [
    record("", "ИТ", COMPUTING, "Ремонт средств связи", SED, kind="digital"),
    record("", "ИТ", COMPUTING, "Уборка помещений", SOVIETS, contact="каб. 7"),
]


def row(code: str = "", process: str = PROCESS, touchpoint: str = MINISTRY, **values: str) -> Row:
    return record(
        code, "КАДР", STAFF, process, touchpoint, contact="каб. 1", source="книга.xlsx › Реестр › строка 2"
    ) | (values)


def log(before: list[Row], after: list[Row]) -> list[Change]:
    return compare(records.frame([*before, *BESIDE]), records.frame([*after, *BESIDE]), PROFILE)


def asked(before: list[Row], after: list[Row]) -> list[Question]:
    return list(ask_of_changes(log(before, after), PROFILE).values())


def only(before: list[Row], after: list[Row]) -> Question:
    (question,) = asked(before, after)
    return question


# --- what is asked -------------------------------------------------------------------------------------------------


def test_a_renamed_process_is_asked_about_with_its_score_and_why() -> None:
    after = row(process=IN_FULL, source="новая.xlsx › Реестр › строка 5")
    (change,) = log([row()], [after])
    question = only([row()], [after])
    score = f"{change.score:.2f}".replace(".", ",")
    assert score.startswith("0,")
    assert question.text == (
        f"Одна ли это запись (сходство {score}): было «{PROCESS}» – «{MINISTRY}», стало «{IN_FULL}» – «{MINISTRY}»? "
        f"{' '.join(change.evidence)} Принять – это изменение одной записи; вернуть – прежняя запись исключена, "
        "новая включена."
    )
    assert foreign_words(question.text) == []
    assert (question.rule, question.variant, question.unit) == ("К6", "proposed", "КАДР")
    assert question.source == "книга.xlsx › Реестр › строка 2 → новая.xlsx › Реестр › строка 5"
    assert question.clause != ""


def test_a_score_is_written_with_a_comma() -> None:
    twin = row(process="Приём заявлений на отпуск сотрудников"), row(process="Приём заявлений на отпуск служащих")
    (question,) = asked([row()], list(twin))
    assert "(сходство 0,50)" in question.text
    assert "Подходит и другое:" in question.text


def test_a_replacement_is_two_changes_and_one_question() -> None:
    before, after = [row()], [row(touchpoint=PHONE)]
    assert [change.proposed for change in log(before, after)] == [True, True]
    question = only(before, after)
    assert question.text == (
        f"Заменена ли точка «{MINISTRY}» точкой «{PHONE}» по процессу «{PROCESS}»? Потребности, клиент и подразделение "
        "те же. Принять – исключение и появление связаны как замена; вернуть – они не связаны."
    )
    assert question.rule == "К13"


def test_records_that_repeat_a_touchpoint_are_asked_about_without_a_score() -> None:
    before, after = [row(contact="каб. 1"), row(contact="каб. 2")], [row(contact="каб. 3"), row(contact="каб. 4")]
    questions = asked(before, after)
    assert len(questions) == 2
    assert all("сходство" not in question.text for question in questions)
    assert all("повторяются в нескольких записях" in question.text for question in questions)
    assert len({question.key for question in questions}) == 2


def test_every_renamed_record_is_asked_about_by_itself() -> None:
    places = (MINISTRY, SOVIETS, PHONE)
    questions = asked([row("", PROCESS, place) for place in places], [row("", IN_FULL, place) for place in places])
    assert len({question.key for question in questions}) == 3


def test_what_a_code_or_a_key_decided_is_not_asked() -> None:
    assert asked([row("Т-0001")], [row("Т-0001", IN_FULL)]) == []
    assert asked([row()], [row(contact="каб. 9")]) == []
    assert asked([row()], []) == asked([], [row()]) == asked([row()], [row()]) == []


def test_a_question_is_found_by_the_name_of_its_pair() -> None:
    changes = log([row()], [row(process=IN_FULL)])
    assert changes[0].pair is not None
    assert list(ask_of_changes(changes, PROFILE)) == [name_of_pair(*changes[0].pair)]


def test_the_question_names_the_code_that_either_record_bears() -> None:
    assert only([row("Т-0001")], [row("", IN_FULL)]).code == "Т-0001"
    assert only([row()], [row("Т-0005", IN_FULL)]).code == "Т-0005"
    assert only([row()], [row("", IN_FULL)]).code == ""


# --- how long an answer holds --------------------------------------------------------------------------------------


def test_the_code_of_a_question_is_the_same_in_every_run_and_wherever_the_records_stand() -> None:
    first = only([row()], [row(process=IN_FULL)])
    again = only([row(source="иной.xlsx › Реестр › строка 9")], [row(process=IN_FULL, basis="приказ № 5")])
    assert first.key == again.key
    assert subject_of(first.key) != ""


@pytest.mark.parametrize(
    "other", [{"needs": "Подача жалобы"}, {"contact": "каб. 5"}, {"process": f"{IN_FULL} и лично"}, {"key": "yes"}]
)
def test_with_other_values_the_code_is_another_but_says_what_it_is_about(other: dict[str, str]) -> None:
    first, changed = only([row()], [row(process=IN_FULL)]), only([row()], [row(process=IN_FULL) | other])
    assert first.key != changed.key
    assert subject_of(first.key) == subject_of(changed.key)


def test_a_question_on_a_replacement_is_never_taken_for_one_on_a_rename() -> None:
    renamed, replaced = only([row()], [row(process=IN_FULL)]), only([row()], [row(touchpoint=PHONE)])
    assert subject_of(renamed.key) != subject_of(replaced.key)


def status(question: Question, key: str, verdict: str, reason: str = "Сверено") -> str:
    settlement = settle([question], [Decision(key, verdict, reason, row=6)], TODAY, PROFILE)
    (item,) = settlement.settled
    if not settlement.remarks:
        return item.status
    assert item.status == OPEN
    return settlement.remarks[0].message.removeprefix("decision_")


def test_an_answer_applies_while_both_records_stay_and_is_stale_when_one_changed() -> None:
    question = only([row()], [row(process=IN_FULL)])
    changed = only([row()], [row(process=IN_FULL, needs="Подача жалобы")])
    assert status(question, question.key, "принять") == ACCEPTED
    assert status(question, question.key, "вернуть") == RETURNED
    assert status(changed, question.key, "принять") == STALE
