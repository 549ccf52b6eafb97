"""What must be decided is named by who decides it, and leads to the rows; a question is found again on its change."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from tests.books import MINISTRY, PHONE, PROFILE, STAFF, TODAY, edition_of_rows, record
from workbook_tools import findings
from workbook_tools.comparing.change import Change, Entry
from workbook_tools.decisions import Question, Settled, Settlement
from workbook_tools.dossier import MISSING, Dossier, UnitLine
from workbook_tools.matters import gaps, matters, open_questions, process_of, processes, questions_on
from workbook_tools.records import Approval, rows
from workbook_tools.remarks import Place, Remark

ASKED = Question("В-1", "Какой это вид?", "Т-0002", "КАДР", "a.xlsx, Сведения, I6", "раздел II", file="a.xlsx", row=6)

APPROVAL = Approval("29/01-07", TODAY)


def row(number: int, touchpoint: str = MINISTRY, kind: str = "offline", **more: Any) -> dict[str, Any]:  # noqa: ANN401 - any column of a record
    return record(f"Т-{number:04d}", "КАДР", STAFF, f"Процесс {number}", touchpoint, kind=kind) | more


def dossier(*held: dict[str, Any], **more: Any) -> Dossier:  # noqa: ANN401 - the dossier's own fields
    return Dossier(PROFILE, "", edition_of_rows(list(held)).records, TODAY, "ПРОЕКТ", 99, **more)


def texts(made: Dossier) -> list[str]:
    return [matter.text for matter in matters(made)]


def test_a_register_in_order_asks_only_for_the_deadline_that_the_order_does_not_set() -> None:
    assert texts(dossier(row(1))) == ["Установить срок представления сведений: Порядком он не установлен."]


def test_a_touchpoint_that_the_order_does_not_name_asks_to_amend_it() -> None:
    found = next(matters(dossier(row(1), row(2, "Чат-бот", "digital"))))
    assert found.text == ("Дополнить пункт 3 раздела II Порядка или отклонить точки, которых в нём нет: «Чат-бот».")
    assert found.about == "remark П-07"


def test_what_the_act_in_force_adds_to_the_list_is_asked_no_more() -> None:
    bot, kiosk = row(1, "Чат-бот", "digital"), row(2, "Киоск")
    entry = Entry("new", "", "", "", "Включена точка.")
    made = dossier(bot, kiosk, changes=[Change((entry,), None, bot)])
    asked = next(matters(replace(made, approval=APPROVAL))).text
    assert asked.endswith("точки, которых в нём нет: «Киоск».")
    assert any("«Чат-бот», «Киоск»" in text for text in texts(made))


def test_in_an_edition_in_force_a_kind_is_to_settle_only_where_its_question_stands_open() -> None:
    made = dossier(row(1, PHONE), row(2, PHONE, "digital"), approval=APPROVAL)
    question = replace(ASKED, rule="П-06", variant="main")
    for settled, count in ((Settled(question, None), 1), (Settled(question, None, "accepted"), 0)):
        asked = texts(replace(made, settlement=Settlement((settled,))))
        assert sum(text.startswith("Решить, какая это точка") for text in asked) == count


def test_an_edition_in_force_wants_no_signature() -> None:
    made = dossier(row(1), base_date=TODAY, changes=[Change((Entry("new", "", "", "", "Да."),), None, row(1))])
    assert any(text.startswith("Подписать приказ") for text in texts(made))
    assert made.conclusion == "Изменений: 1, из них требуют приказа: 1."
    approved = replace(made, approval=APPROVAL)
    assert not any(text.startswith("Подписать приказ") for text in texts(approved))
    assert approved.conclusion == "Изменений: 1, из них по разделу III: 1."


def test_a_touchpoint_of_two_kinds_is_the_heads_to_settle_only_where_records_differ() -> None:
    differs = dossier(row(1, PHONE), row(2, PHONE, "digital"))
    assert any(text.startswith(f"Решить, какая это точка – «{PHONE}»") and "раздел" in text for text in texts(differs))
    assert len(texts(dossier(row(1, PHONE)))) == 1


def test_who_is_silent_and_what_waits_is_asked_for_last() -> None:
    silent = [UnitLine(f"П{at}", f"Отдел № {at}", MISSING) for at in range(8)]
    settled = Settlement((Settled(ASKED, None),))
    made = dossier(row(1), row(2, state="quarantined"), units=silent, settlement=settled)
    assert [matter.about for matter in matters(made)] == ["", "units", "questions", "quarantined"]
    assert "Отдел № 5 и ещё 2." in texts(made)[1]


def test_gaps_lead_to_the_remarks_of_their_rule() -> None:
    remarks = (Remark("П-25", "main", Place(), {}), Remark("П-07", "main", Place("ИТ", "a.xlsx"), {"tp": "Киоск"}))
    made = dossier(row(1), findings=findings.of_remarks(remarks, PROFILE))
    assert [gap.about for gap in gaps(made)] == [f"records {STAFF}", "remark П-25"]


def test_an_open_question_is_found_by_the_record_and_by_its_row() -> None:
    asked = open_questions(dossier(settlement=Settlement((Settled(replace(ASKED, code=""), None),))))
    made = dossier(row(1, file="a.xlsx", row=6), row(2, file="b.xlsx", row=6))
    changes = [Change((), None, item) for item in rows(made.records)]
    assert [questions_on(change, asked) for change in changes] == [(1,), ()]
    by_code = open_questions(dossier(settlement=Settlement((Settled(ASKED, None),))))
    assert questions_on(changes[1], by_code) == (1,)


def test_every_open_question_on_a_record_is_found_each_once() -> None:
    at_its_row, answered = replace(ASKED, code=""), Settled(ASKED, None, "accepted")
    settled = Settled(ASKED, None), answered, Settled(at_its_row, None), Settled(ASKED, None)
    made = dossier(row(2, file=ASKED.file, row=ASKED.row), settlement=Settlement(settled))
    (change,) = [Change((), None, item) for item in rows(made.records)]
    assert questions_on(change, open_questions(made)) == (1, 3, 4)


def test_a_question_that_is_answered_is_no_longer_open() -> None:
    assert not open_questions(dossier(settlement=Settlement((Settled(ASKED, None, "accepted"),))))


def test_a_question_names_the_process_once() -> None:
    known = processes(dossier(row(2)))
    assert process_of(ASKED, known) == "Процесс 2"
    assert process_of(replace(ASKED, text="Процесс 2: какой это вид?"), known) == ""
    assert process_of(replace(ASKED, code="Т-0009"), known) == ""
