"""What a match rests on is told in words that can be quoted: for it, against it, what else would fit."""

from __future__ import annotations

from typing import Any

import pytest

from tests.books import COMPUTING, MINISTRY, PHONE, PROFILE, SED, SOVIETS, STAFF, record
from tests.language import foreign_words
from workbook_tools import records
from workbook_tools.comparing import Change, Context, compare, name_of_pair, telling
from workbook_tools.comparing.change import RuleChange
from workbook_tools.comparing.evidence import Term
from workbook_tools.comparing.matching import BY_CODE, BY_KEY, BY_SIMILARITY, Match
from workbook_tools.comparing.similar import Similar
from workbook_tools.comparing.wording import carried_over, entry, evidence, needs_words, record_name
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
    assert accepted.text == proposed.text
    assert proposed.text == (
        f"Процесс «{IN_FULL}», точка «{MINISTRY}». Процесс «{PROCESS}» переименован в «{IN_FULL}»."
    )
    assert accepted.evidence == proposed.evidence
    gone, come = sorted(log(before, after, refused=name), key=lambda change: change.after is not None)
    assert (gone.classes, come.classes) == (("excluded",), ("new",))
    assert not gone.proposed
    assert not come.proposed


RIVALS = [row(process="Приём заявлений на отпуск сотрудников"), row(process="Приём заявлений на отпуск служащих")]


@pytest.mark.parametrize(("before", "after"), [([row()], RIVALS), (RIVALS, [row()])])
def test_a_refused_match_lets_the_one_that_fits_as_well_be_proposed(before: list[Row], after: list[Row]) -> None:
    seen: list[str] = []
    lone = "new" if len(after) > len(before) else "excluded"
    for _ in RIVALS:
        found = log(before, after, refused=frozenset(seen))
        assert sorted(change.classes for change in found) == sorted([(lone,), ("process_renamed",)])
        (proposed,) = [change for change in found if change.proposed]
        assert proposed.pair is not None
        assert bool(proposed.evidence[-1].startswith("Подходит и другое")) is not bool(seen)
        assert name_of_pair(*proposed.pair) not in seen
        seen.append(name_of_pair(*proposed.pair))
    left = log(before, after, refused=frozenset(seen))
    assert sorted(change.classes for change in left) == sorted([("excluded",), ("new",), (lone,)])
    assert not any(change.proposed for change in left)


def test_a_refused_match_leaves_the_others_as_they_were() -> None:
    before = [*BESIDE, row(), row(process="Выдача справок о стаже", touchpoint=PHONE)]
    after = [*BESIDE, row(process=IN_FULL), row(process="Справок о стаже выдача", touchpoint=PHONE)]
    proposed = log(before, after)
    assert [change.classes for change in proposed] == [("process_renamed",)] * 2
    (refused,) = [change for change in proposed if change.record["touchpoint"] == MINISTRY]
    (stays,) = [change for change in proposed if change is not refused]
    assert refused.pair is not None
    found = log(before, after, refused=frozenset({name_of_pair(*refused.pair)}))
    assert sorted(change.classes for change in found) == [("excluded",), ("new",), ("process_renamed",)]
    assert [change for change in found if change.proposed] == [stays]


def test_records_that_repeat_each_other_are_renamed_together() -> None:
    twice = [row(needs="Подача жалобы"), row(contact="каб. 2")]
    found = log([*BESIDE, *twice], [*BESIDE, *(item | {"process": IN_FULL} for item in twice)])
    assert [(change.classes, change.proposed) for change in found] == [(("process_renamed",), True)] * 2
    pairs = [change.pair for change in found if change.pair is not None]
    assert sorted((was["contact"], now["contact"]) for was, now in pairs) == [("каб. 1",) * 2, ("каб. 2",) * 2]
    assert [was["needs"] for was, _ in pairs] == [now["needs"] for _, now in pairs]


def test_of_records_that_repeat_each_other_the_one_that_says_the_same_is_the_renamed_one() -> None:
    twice = [row(contact="каб. 1"), row(contact="каб. 2")]
    found = log([*BESIDE, *twice], [*BESIDE, twice[1] | {"process": IN_FULL}])
    assert sorted(change.classes for change in found) == [("excluded",), ("process_renamed",)]


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("key", "yes"),
        ("contact", ""),
        ("unit", "ИТ"),
        ("client", "внешний"),
        ("kind", "digital"),
        ("needs", "Подача жалобы"),
    ],
)
@pytest.mark.parametrize("code", ["Т-0001", ""])
def test_a_difference_in_a_column_that_an_edition_does_not_have_is_no_change(
    column: str, value: str, code: str
) -> None:
    one, other = [row(code)], [row(code, **{column: value})]
    for before, after in ((one, other), (other, one)):
        assert len(log(before, after)) == 1
        assert log(before, after, absent=frozenset({"code", column})) == []
        (renamed,) = log(before, [after[0] | {"touchpoint": MINISTRY.upper()}], absent=frozenset({column}))
        assert renamed.classes == ("editorial",)


def test_what_else_changed_is_told_though_a_column_is_absent() -> None:
    (change,) = log([row("Т-0001")], [row("Т-0001", key="yes", contact="каб. 9")], absent=frozenset({"key"}))
    assert change.classes == ("contact_changed",)


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
    assert carried_over(PROFILE, row("Т-0001"), date, received=True).text == (
        "Т-0001. Сведения подразделения «Отдел кадров (пример)» по этой записи не приняты; "
        f"запись перенесена из {edition}."
    )
    assert carried_over(PROFILE, row("Т-0001"), date, received=None).text == (
        f"Т-0001. Запись перенесена из {edition} без подтверждения подразделением «Отдел кадров (пример)»."
    )


def test_a_record_carried_over_from_an_edition_without_a_date_is_told_by_comparing() -> None:
    (change,) = log([row("Т-0001")], [row("Т-0001", state=UNCONFIRMED)], received=frozenset())
    assert change.classes == ("carried_over",)
    assert change.text.endswith("запись перенесена из прежней редакции.")


@pytest.mark.parametrize(
    ("received", "variant"), [(None, "unknown"), (frozenset(), ""), ({"ИТ"}, ""), ({"ИТ", "КАДР"}, "rejected")]
)
def test_what_the_unit_did_is_told_only_where_it_is_known(received: set[str] | None, variant: str) -> None:
    known = received if received is None else frozenset(received)
    (change,) = log([row("Т-0001")], [row("Т-0001", state=UNCONFIRMED)], received=known, date="2024-03-19")
    (made,) = change.entries
    said = {None: None, "": False, "rejected": True}.get(variant)
    assert (made.kind, made.variant) == ("carried_over", variant)
    assert change.text == carried_over(PROFILE, row("Т-0001"), "2024-03-19", received=said).text


@pytest.mark.parametrize(
    ("was", "now", "variant", "sentence"),
    [
        ({"contact": ""}, {"contact": "каб. 2"}, "added", f"Точка «{MINISTRY}»: указан адрес «каб. 2»."),
        ({"contact": "каб. 2"}, {"contact": ""}, "removed", f"Точка «{MINISTRY}»: адрес «каб. 2» исключён."),
        ({}, {"contact": "каб. 2"}, "", f"Точка «{MINISTRY}»: адрес «каб. 1» заменён на «каб. 2»."),
        ({}, {"key": "yes"}, "", f"Точка «{MINISTRY}»: отметка «ключевая» – да."),
        ({}, {"client": "внешний"}, "", "Тип клиента: «внутренний» → «внешний»."),
        (
            {},
            {"unit": "ИТ"},
            "",
            "Ответственное подразделение: «Отдел кадров (пример)» → «Отдел информационных технологий (пример)».",
        ),
        ({}, {"activity": COMPUTING}, "", f"Перенесена из «{STAFF}» в «{COMPUTING}»."),
        (
            {"touchpoint": f"{PHONE} (20-00-01)", "contact": ""},
            {"touchpoint": f"{PHONE} (20-00-01)", "contact": "20-00-02"},
            "",
            f"Точка «{PHONE} (20-00-01)»: адрес «20-00-01» заменён на «20-00-01; 20-00-02».",
        ),
    ],
)
def test_without_a_code_the_process_and_the_touchpoint_stand_before_a_sentence(
    was: dict[str, str], now: dict[str, str], variant: str, sentence: str
) -> None:
    (coded,) = log([row("Т-0001", **was)], [row("Т-0001", **now)])
    (uncoded,) = log([row(**was)], [row(**now)])
    assert coded.text == f"Т-0001. {sentence}"
    assert uncoded.text == f"Процесс «{PROCESS}», точка «{now.get('touchpoint', MINISTRY)}». {sentence}"
    assert coded.entries[0].variant == uncoded.entries[0].variant == variant


@pytest.mark.parametrize(
    ("was", "now", "variant", "sentence"),
    [
        ({}, {"kind": "digital"}, "", "вид изменён с «офлайн» на «цифровая»."),
        ({}, {"needs": "Получение консультации; Подача жалобы"}, "added", "добавлены потребности: Подача жалобы."),
        (
            {"needs": "Получение консультации; Подача жалобы"},
            {},
            "removed",
            "исключены потребности: Подача жалобы.",
        ),
        (
            {},
            {"needs": "Подача жалобы"},
            "",
            "добавлены потребности: Подача жалобы; исключены: Получение консультации.",
        ),
        ({"needs": ""}, {}, "added", "добавлены потребности: Получение консультации."),
        ({}, {"needs": ""}, "removed", "исключены потребности: Получение консультации."),
    ],
)
def test_a_sentence_that_names_both_already_begins_without_them(
    was: dict[str, str], now: dict[str, str], variant: str, sentence: str
) -> None:
    (coded,) = log([row("Т-0001", **was)], [row("Т-0001", **now)])
    (uncoded,) = log([row(**was)], [row(**now)])
    assert uncoded.text == f"Точка «{MINISTRY}», процесс «{PROCESS}»: {sentence} Основание: не указано."
    assert coded.text == f"Т-0001. {uncoded.text}"
    assert coded.entries[0].variant == uncoded.entries[0].variant == variant


@pytest.mark.parametrize("code", ["Т-0001", ""])
def test_what_came_and_what_went_is_told_with_or_without_a_code(code: str) -> None:
    head = f"{code}. " if code else ""
    (come,), (gone,) = log([], [row(code)]), log([row(code)], [])
    assert come.text == (
        f"{head}Включена точка «{MINISTRY}» (офлайн) по процессу «{PROCESS}». Потребности: Получение консультации. "
        "Основание: не указано. Подразделение: Отдел кадров (пример)."
    )
    assert gone.text == f"{head}Исключена точка «{MINISTRY}» по процессу «{PROCESS}». Основание: не указано."


@pytest.mark.parametrize(
    ("codes", "links", "variant", "head"),
    [
        (("Т-0001", "Т-0001"), {}, "same", "Т-0001. "),
        (("Т-0001", "Т-0002"), {"Т-0001": "Т-0002"}, "", "Т-0001 → Т-0002. "),
        (("", ""), {}, "uncoded", ""),
        (("Т-0001", ""), {}, "uncoded", ""),
        (("", "Т-0002"), {}, "uncoded", ""),
    ],
)
def test_a_replacement_names_a_code_once_and_none_where_there_is_none(
    codes: tuple[str, str], links: dict[str, str], variant: str, head: str
) -> None:
    found = log([row(codes[0])], [row(codes[1], touchpoint=PHONE)], links=links)
    assert sorted(change.classes for change in found) == [("excluded", "replaced"), ("new", "replaced")]
    sentences = {change.entries[-1].text for change in found}
    assert sentences == {f"{head}Точка «{MINISTRY}» заменена точкой «{PHONE}» по процессу «{PROCESS}»."}
    assert {change.entries[-1].variant for change in found} == {variant}


@pytest.mark.parametrize(
    ("was", "now"),
    [
        ({"touchpoint": f"{PHONE} (20-00-01)", "contact": ""}, {"touchpoint": PHONE, "contact": "20-00-01"}),
        ({"touchpoint": PHONE, "contact": "20-00-01"}, {"touchpoint": f"{PHONE} (20-00-01)", "contact": ""}),
    ],
)
def test_an_address_that_went_to_another_column_is_told_as_that(was: dict[str, str], now: dict[str, str]) -> None:
    (change,) = log([row("Т-0001", **was)], [row("Т-0001", **now)])
    assert change.classes == ("editorial",)
    (moved,) = [made for made in change.entries if made.variant == "moved"]
    assert moved.text == "Т-0001. Адрес «20-00-01» записан в другой графе; содержание не изменено."
    assert moved.column == "contact"


@pytest.mark.parametrize("code", ["Т-0001", ""])
def test_every_class_of_change_has_a_sentence_without_a_gap(code: str) -> None:
    names = ("old", "new", "added", "removed", "k", "id_old", "id_new", "src", "ids", "date", "address")
    given = dict.fromkeys(names, "слово") | {"edition": "редакции"}
    for kind, setting in PROFILE.changes.items():
        for variant in ("", *setting.variants):
            text = entry(PROFILE, kind, row(code), given, variant).text
            assert text.endswith(".")
            assert "{" not in text
            assert "  " not in text
            assert not text.startswith((".", " "))
            assert foreign_words(text) == []


# --- the plain data of a change ------------------------------------------------------------------------------------


def test_a_change_of_a_rule_concerns_no_record_but_its_touchpoint() -> None:
    change = Change((), None, None, rule=RuleChange(PHONE))
    assert change.pair is None
    assert (change.record["touchpoint"], change.record["code"], change.record["row"]) == (PHONE, "", 0)


def test_a_change_of_nothing_is_a_fault_of_the_program() -> None:
    with pytest.raises(ValueError, match="a change concerns a record or a rule"):
        _ = Change((), None, None).record


def test_however_many_pairs_are_looked_at_together_the_same_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    codes = [f"Т-000{number}" for number in range(1, 7)]
    before = [row(code, f"{PROCESS} {code}", PHONE, kind="digital", contact=code) for code in codes]
    after = [item | {"kind": "offline"} for item in before]
    after[1] |= {"contact": "каб. 9"}
    after[4] |= {"needs": "Консультация", "key": "yes"}
    kinds = {point.code: "digital" for point in PROFILE.touchpoints if point.name == PHONE}
    whole = log(before, after, kinds=kinds)
    for at_once in (1, 2, 4, 5):
        monkeypatch.setattr(telling, "_AT_ONCE", at_once)
        assert log(before, after, kinds=kinds) == whole
    assert [change.rule is not None for change in whole] == [True, False, False]
