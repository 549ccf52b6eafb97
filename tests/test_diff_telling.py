"""What a match rests on is told in words that can be quoted: for it, against it, what else would fit."""

from __future__ import annotations

from typing import Any

import pytest

from tests.books import COMPUTING, MINISTRY, PHONE, PROFILE, SED, SOVIETS, STAFF, record
from tests.language import foreign_words
from workbook_tools import records
from workbook_tools.diff import Change, Context, compare, name_of_pair
from workbook_tools.diff.change import RuleChange
from workbook_tools.diff.evidence import Term
from workbook_tools.diff.matching import BY_CODE, BY_KEY, BY_SIMILARITY, Match
from workbook_tools.diff.similar import Similar
from workbook_tools.diff.wording import carried_over, entry, evidence, needs_words, record_name
from workbook_tools.records import UNCONFIRMED

Row = dict[str, Any]
PROCESS, IN_FULL = "Приём заявлений на отпуск", "Приём заявлений на отпуск в электронной форме"


def row(code: str = "", process: str = PROCESS, touchpoint: str = MINISTRY, **values: str) -> Row:
    return record(code, "КАДР", STAFF, process, touchpoint, contact="каб. 1", basis="") | values


def log(before: list[Row], after: list[Row], **options: Any) -> list[Change]:  # noqa: ANN401 - compare's own options
    return compare(records.frame(before), records.frame(after), PROFILE, Context(**options))


# What both editions hold besides, without a change.
BESIDE = [row("", "Ремонт связи", SED, activity=COMPUTING), row("", "Уборка помещений", SOVIETS, contact="каб. 7")]
OLD = [row(), row(process="Приём заявлений", code="Т-0002"), row(process="Отпуск")]
NEW = [row(process=IN_FULL), row(process="Отпуска", touchpoint=PHONE)]


def told(*terms: tuple[str, float], before: tuple[int, ...] = (), after: tuple[int, ...] = ()) -> tuple[str, ...]:
    """Return the evidence of a match by similarity with the given terms and rivals."""
    similar = Similar(0, 0, 0.9, tuple(Term(*term) for term in terms), before, after)
    return evidence(Match(0, 0, BY_SIMILARITY, similar), OLD, NEW)


# --- why two records are taken to be one ---------------------------------------------------------------------------


def test_what_speaks_for_and_against_is_told_the_strongest_first() -> None:
    terms = ("name", 2.0), ("activity", 0.6), ("needs", 4.0), ("contact", -1.6), ("touchpoints", -3.0)
    assert told(*terms) == (
        "За: потребности, слова наименования процесса, вид деятельности.",
        "Против: набор точек процесса, адрес.",
    )


def test_what_weighs_next_to_nothing_is_not_told() -> None:
    assert told(("name", 0.5), ("kind", -0.5), ("client", 0.0)) == ()
    assert told(("name", 0.6), ("kind", 0.1)) == ("За: слова наименования процесса.",)


def test_at_most_two_others_that_would_fit_are_named_by_code_or_by_process_and_touchpoint() -> None:
    assert told(before=(1,)) == ("Подходит и другое: Т-0002.",)
    assert told(after=(1,)) == (f"Подходит и другое: «Отпуска» – «{PHONE}».",)
    assert told(before=(1, 2), after=(1,)) == (f"Подходит и другое: Т-0002; «Отпуск» – «{MINISTRY}».",)


def test_what_went_along_and_what_lived_on_are_told_in_words() -> None:
    assert told(("along", 5.0)) == ("За: другие записи процесса сопоставлены так же.",)
    assert told(("lives_on", -2.0)) == ("Против: процесс с прежним наименованием остался.",)


@pytest.mark.parametrize(
    "about",
    ["name", "activity", "touchpoints", "kind", "needs", "contact", "client", "unit", "key", "along", "lives_on"],
)
def test_every_kind_of_evidence_has_its_words(about: str) -> None:
    (sentence,) = told((about, 1.0))
    assert sentence.startswith("За: ")
    assert foreign_words(sentence) == []


@pytest.mark.parametrize("by", [BY_CODE, BY_KEY])
def test_where_a_code_or_a_key_decided_nothing_need_be_said(by: str) -> None:
    assert evidence(Match(0, 0, by), OLD, NEW) == ()


def test_of_records_that_repeat_it_is_said_that_the_nearest_were_taken() -> None:
    assert evidence(Match(0, 0, BY_KEY, equal=True), OLD, NEW) == (
        "Процесс и точка повторяются в нескольких записях; сопоставлены самые близкие.",
    )


def test_a_renamed_process_says_what_spoke_for_it_and_against_it() -> None:
    (change,) = log([*BESIDE, row()], [*BESIDE, row(process=IN_FULL, contact="каб. 9")])
    speaks_for, speaks_against = change.evidence
    assert speaks_for.startswith("За: слова наименования процесса")
    assert speaks_against == "Против: адрес."


def test_a_process_that_lives_on_is_told_against_the_match() -> None:
    before = [*BESIDE, row(), row(touchpoint=PHONE)]
    after = [*BESIDE, row(process=IN_FULL), row(touchpoint=PHONE)]
    (change,) = log(before, after)
    assert change.classes == ("process_renamed",)
    assert any("процесс с прежним наименованием остался" in text for text in change.evidence)


# --- what the officer decided --------------------------------------------------------------------------------------


def test_a_confirmed_match_stands_and_a_refused_one_is_none() -> None:
    before, after = [row()], [row(process=IN_FULL)]
    (proposed,) = log(before, after)
    assert proposed.pair is not None
    name = frozenset({name_of_pair(*proposed.pair)})
    (accepted,) = log(before, after, accepted=name)
    assert (proposed.proposed, accepted.proposed) == (True, False)
    assert accepted.text == proposed.text == f"Запись без кода. Процесс «{PROCESS}» переименован в «{IN_FULL}»."
    assert accepted.evidence == proposed.evidence
    gone, come = sorted(log(before, after, refused=name), key=lambda change: change.after is not None)
    assert (gone.classes, come.classes) == (("excluded",), ("new",))
    assert not gone.proposed
    assert not come.proposed


def test_a_decision_on_other_values_touches_nothing() -> None:
    (change,) = log([row()], [row(process=IN_FULL)])
    assert change.pair is not None
    other = frozenset({name_of_pair(change.pair[0], dict(change.pair[1]) | {"needs": "Иное"})})
    assert log([row()], [row(process=IN_FULL)], accepted=other, refused=other) == [change]


# --- sentences -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("record_of", "name"),
    [(row("Т-0007"), "Т-0007"), (row(""), f"«{PROCESS}» – «{MINISTRY}»")],
)
def test_a_record_is_named_by_its_code_else_by_process_and_touchpoint(record_of: Row, name: str) -> None:
    assert record_name(record_of) == name


def test_needs_by_another_wording_are_neither_added_nor_removed() -> None:
    words = needs_words(
        row(needs="Консультация; Подача жалобы"), row(needs="Получение консультации; Получение ответа"), PROFILE
    )
    assert (words["added"], words["removed"]) == ("Получение ответа", "Подача жалобы")


@pytest.mark.parametrize(("date", "edition"), [("", "прежней редакции"), ("2024-03-19", "редакции от 19.03.2024")])
def test_what_was_carried_over_names_the_date_only_where_it_is_known(date: str, edition: str) -> None:
    text = carried_over(PROFILE, row("Т-0001"), date, received=False).text
    assert text == (
        f"Т-0001. Подразделение «Отдел кадров (пример)» сведений не представило; запись перенесена из {edition}."
    )
    assert carried_over(PROFILE, row("Т-0001"), date, received=True).text.endswith(f"перенесена из {edition}.")


def test_a_record_carried_over_from_an_edition_without_a_date_is_told_by_comparing() -> None:
    (change,) = log([row("Т-0001")], [row("Т-0001", state=UNCONFIRMED)])
    assert change.classes == ("carried_over",)
    assert change.text.endswith("запись перенесена из прежней редакции.")


def test_every_class_of_change_has_a_sentence_without_a_gap() -> None:
    given = dict.fromkeys(("old", "new", "added", "removed", "k", "id_old", "id_new", "src", "ids", "date"), "слово")
    for kind, setting in PROFILE.changes.items():
        for variant in ("", *setting.variants):
            text = entry(PROFILE, kind, row("Т-0001"), given | {"edition": "редакции"}, variant).text
            assert text.endswith(".")
            assert "{" not in text
            assert "  " not in text
            assert foreign_words(text) == []


# --- the plain data of a change ------------------------------------------------------------------------------------


def test_a_change_of_a_rule_concerns_no_record_but_its_touchpoint() -> None:
    change = Change((), None, None, rule=RuleChange(PHONE))
    assert change.pair is None
    assert (change.record["touchpoint"], change.record["code"], change.record["row"]) == (PHONE, "", 0)


def test_a_change_of_nothing_is_a_fault_of_the_program() -> None:
    with pytest.raises(ValueError, match="a change concerns a record or a rule"):
        _ = Change((), None, None).record
