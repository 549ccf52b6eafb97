"""What leadership reads in one sentence, and what the officer must decide, follows from the edition alone."""

from __future__ import annotations

from dataclasses import replace

import pytest

from workbook_tools import findings, records
from workbook_tools.approval import edition_line
from workbook_tools.comparing import Change, Entry
from workbook_tools.comparing.change import RuleChange
from workbook_tools.decisions import Decision, Settled, Settlement, ask_of_edition
from workbook_tools.dossier import (
    MISSING,
    RECEIVED,
    Dossier,
    UnitLine,
    activity_counts,
)
from workbook_tools.profile import load_profile
from workbook_tools.remarks import Place, Remark

PROFILE = load_profile().profile
STAFF, COMPUTING = "кадровая работа", "информационно-техническое обеспечение сотрудников"
NEITHER_CHANGED = "Изменений нет; записей на уточнении: 1."


def record(code: str, **values: object) -> dict[str, object]:
    base: dict[str, object] = {
        "code": code,
        "activity": STAFF,
        "process": "Приём",
        "touchpoint": "здание Министерства",
        "kind": "offline",
        "unit": "КАДР",
        "state": "in_force",
        "source": f"a.xlsx › Сведения › строка {code[-1]}",
        "file": "a.xlsx",
        "sheet": "Сведения",
        "row": int(code[-1]),
    }
    return base | values


ROWS = [
    record("Т-0001", kind="digital", key="yes"),
    record("Т-0002", state="unconfirmed"),
    record("Т-0003", state="quarantined", kind="digital", key="yes"),
    record("Т-0004", activity=COMPUTING, unit="ИТ", key="no"),
]


def change(kind: str, number: int = 0, *, gone: bool = False) -> Change:
    row = records.rows(records.frame(ROWS))[number]
    entries = (Entry(kind, "", "", "", ""),)
    return Change(entries, row, None) if gone else Change(entries, None, row)


def dossier(*, changes: tuple[Change, ...] = (), remarks: tuple[Remark, ...] = (), missing: int = 0) -> Dossier:
    units = [
        UnitLine(unit.code, unit.name, MISSING if number < missing else RECEIVED)
        for number, unit in enumerate(PROFILE.units)
    ]
    return Dossier(
        profile=PROFILE,
        profile_sha256="",
        records=records.frame(ROWS),
        date="2026-11-22",
        state="ПРОЕКТ",
        last_code=4,
        changes=changes,
        findings=findings.of_remarks(remarks, PROFILE),
        units=units,
    )


BASIS_MISSING = Remark("П-14", "main", Place("КАДР", "a.xlsx", "Сведения", "L6", 6, "basis"), {"act": "изменить"})
OUTSIDE_LIST = Remark("П-07", "main", Place("ИТ", "a.xlsx", "Сведения", "G4", 4, "touchpoint"), {"tp": "Киоск"})


@pytest.mark.parametrize(
    ("made", "beginning", "ending"),
    [
        (dossier(), "Изменений нет", "Изменений нет"),
        (dossier(changes=(change("carried_over"),)), "Изменений нет", "Изменений нет"),
        (
            dossier(changes=(change("new"), change("key_changed"), change("carried_over"))),
            "Изменений: 2, из них требуют приказа: 1",
            "требуют приказа: 1",
        ),
        (dossier(missing=1), "Изменений нет; не ответили: 1 подразделение", "1 подразделение"),
        (dossier(missing=2), "Изменений нет; не ответили: 2 подразделения", "2 подразделения"),
        (dossier(missing=5), "Изменений нет; не ответили: 5 подразделений", "5 подразделений"),
    ],
)
def test_the_conclusion_is_one_sentence_that_says_only_what_is_so(made: Dossier, beginning: str, ending: str) -> None:
    assert made.conclusion.startswith(beginning)
    assert made.conclusion.endswith(f"{ending}; записей на уточнении: 1.")
    assert made.conclusion.count(".") == 1


def test_errors_are_told_in_the_conclusion_and_warnings_are_not() -> None:
    assert dossier(remarks=(OUTSIDE_LIST,)).conclusion == NEITHER_CHANGED
    told = dossier(remarks=(BASIS_MISSING,)).conclusion
    assert told != NEITHER_CHANGED
    assert told.endswith("ошибок в файлах: 1; записей на уточнении: 1.")


@pytest.mark.parametrize("name", PROFILE.changes)
def test_only_the_four_cases_of_section_three_ask_for_an_order(name: str) -> None:
    cases = dossier(changes=(change(name),)).cases
    assert len(cases) == (name in {"new", "kind_changed", "needs_changed", "excluded"})


def test_the_register_is_all_but_the_quarantined() -> None:
    assert dossier().in_force["code"].tolist() == ["Т-0001", "Т-0002", "Т-0004"]


def test_the_counts_by_activity_hold_the_records_in_force_and_what_changed() -> None:
    changes = (change("new"), change("excluded", 3, gone=True), change("needs_changed", 3), change("carried_over"))
    counts = activity_counts(dossier(changes=changes))
    assert counts.index.tolist() == [activity.name for activity in PROFILE.activities]
    assert counts.to_dict("index")[STAFF] == {
        "records": 2,
        "digital": 1,
        "offline": 1,
        "key": 1,
        "included": 1,
        "changed": 0,
        "excluded": 0,
    }
    assert list(counts.to_dict("index")[COMPUTING].values()) == [1, 0, 1, 0, 0, 1, 1]
    assert list(counts.sum()) == [3, 1, 2, 1, 1, 1, 1]


def test_a_change_of_a_rule_and_one_of_an_activity_that_is_gone_are_counted_too() -> None:
    gone = replace(change("excluded", gone=True), before=record("Т-0001", activity="прежний вид деятельности"))
    rule = Change((Entry("rule_changed", "", "", "", ""),), None, None, rule=RuleChange("телефонная связь"))
    counts = activity_counts(dossier(changes=(gone, rule)))
    assert counts.index.tolist()[-2:] == ["прежний вид деятельности", "правила отнесения точек"]
    assert counts[["included", "changed", "excluded"]].sum().sum() == 2


def test_an_edition_asks_about_warnings_of_the_rules_that_need_a_decision() -> None:
    given = dossier(remarks=(BASIS_MISSING, OUTSIDE_LIST))
    first = ask_of_edition(given.findings, given.records, PROFILE)
    outside = next(item for item in first if item.rule == "П-07")
    assert outside.text.startswith("Точки «Киоск» нет в перечне раздела II, п. 3.")
    assert (outside.code, outside.unit, outside.source, outside.clause) == (
        "Т-0004",
        "ИТ",
        "a.xlsx, Сведения, G4",
        "раздел II, п. 3; раздел III, абз. 2",
    )
    assert not any("документ-основание" in item.text for item in first)


def test_a_question_is_open_until_a_decision_applies() -> None:
    question = ask_of_edition(dossier(remarks=(OUTSIDE_LIST,)).findings, records.empty(), PROFILE)[0]
    decision = Decision(question.key, "принять")
    given = [Settled(question, None), Settled(question, decision, "accepted"), Settled(question, decision, "expired")]
    kept = Settled(None, decision, "kept")
    assert replace(dossier(), settlement=Settlement((*given, kept))).open_questions == 2


def test_the_edition_is_named_with_the_dates_as_people_write_them() -> None:
    assert edition_line(dossier()) == "Редакция от 22.11.2026. Состояние: ПРОЕКТ."
