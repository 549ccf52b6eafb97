"""What speaks for and against two processes being one: each piece of evidence has its sign, both ways the same."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.books import COMPUTING, MINISTRY, PHONE, PROFILE, SED, SOVIETS, STAFF, record
from workbook_tools import records
from workbook_tools.comparing import compare
from workbook_tools.comparing.evidence import STAYS, Process, Scales
from workbook_tools.comparing.keys import compared
from workbook_tools.comparing.names import name_of

if TYPE_CHECKING:
    import pandas as pd

Row = dict[str, Any]
PROCESS, OTHER = "Приём заявлений на отпуск", "Выдача справок о стаже работы"
# What both editions hold besides: no value is so common that to share it tells nothing.
BESIDE = [
    ("Согласование служебных командировок", SOVIETS, {"client": "внешний", "unit": "ИТ", "needs": "Подача запроса"}),
    ("Ремонт средств связи", SED, {"kind": "digital", "key": "yes", "contact": "каб. 3", "needs": "Получение ответа"}),
    ("Проведение медицинских осмотров", MINISTRY, {"client": "внешний", "activity": COMPUTING, "contact": "каб. 4"}),
    ("Уборка помещений", SOVIETS, {"kind": "digital", "activity": COMPUTING, "key": "yes", "unit": "БУХ"}),
    ("Подписка на журналы", SED, {"unit": "ИТ", "client": "внешний", "contact": "каб. 7", "needs": "Подача жалобы"}),
    ("Хранение архивных дел", PHONE, {"activity": COMPUTING, "kind": "digital", "contact": "20-00-09"}),
]


def row(process: str = PROCESS, touchpoint: str = MINISTRY, **values: str) -> Row:
    return record("", "КАДР", STAFF, process, touchpoint, contact="каб. 1", key="") | values


def table(rows: list[Row]) -> pd.DataFrame:
    beside = [row(process, touchpoint, **values) for process, touchpoint, values in BESIDE]
    return compared(records.frame([*rows, *beside]), PROFILE)


def process_of(keys: pd.DataFrame, labels: list[int], paired: Mapping[str, int] | None = None) -> Process:
    first = keys.loc[labels[0]]
    seen: Counter[str] = Counter()
    rows: dict[str, int] = {}
    for label in labels:
        touchpoint = str(keys["touchpoint"].iloc[label])
        rows[touchpoint + "\n" * seen[touchpoint]] = label
        seen[touchpoint] += 1
    name = name_of(str(first["name"]))
    return Process(str(first["activity"]), str(first["process"]), name, rows, Counter(paired or {}))


def weighed(
    before: list[Row],
    after: list[Row],
    was_paired: Mapping[str, int] | None = None,
    now_paired: Mapping[str, int] | None = None,
) -> dict[str, float]:
    """Return the terms on the processes of the given records, by what each is about."""
    old, new = table(before), table(after)
    was = process_of(old, list(range(len(before))), was_paired)
    now = process_of(new, list(range(len(after))), now_paired)
    terms = Scales(old, new).of(was, now)
    assert len({term.about for term in terms}) == len(terms)
    return {term.about: term.weight for term in terms}


def all_else_same(before: list[Row], after: list[Row], crowd: int = 1, **paired: Mapping[str, int]) -> bool:
    """Tell whether the processes of the given records differ in nothing but their names."""
    old, new = table(before), table(after)
    was = process_of(old, list(range(len(before))), paired.get("was"))
    now = process_of(new, list(range(len(after))), paired.get("now"))
    there, back = (
        Scales(*sides).all_else_same(*pair, crowd)
        for sides, pair in (((old, new), (was, now)), ((new, old), (now, was)))
    )
    assert there is back
    return there


def name_weight(one: str, other: str) -> float:
    return weighed([row(one)], [row(other)])["name"]


def test_a_process_is_what_its_activity_and_the_words_of_its_name_say() -> None:
    quoted, plain, moved = (
        process_of(table([values]), [0])
        for values in (row(f"«{PROCESS}»!"), row(PROCESS), row(PROCESS, activity=COMPUTING))
    )
    assert quoted.key == plain.key == f"{STAFF}\nприем заявлений на отпуск"
    assert quoted.name != plain.name
    assert moved.key != plain.key


# --- names ---------------------------------------------------------------------------------------------------------


def test_the_same_words_speak_for_a_match_and_other_words_against() -> None:
    same, reworded = name_weight(PROCESS, PROCESS), name_weight(PROCESS, "Принятие заявлений на отпуск")
    added, other = name_weight(PROCESS, f"{PROCESS} в электронной форме"), name_weight(PROCESS, OTHER)
    assert same > added > 0
    assert same > reworded > other
    assert other < -5


@pytest.mark.parametrize(
    ("one", "other"),
    [("Договор № 5", "Договор № 6"), ("План на 2024 год", "План на 2025 год"), ("Этап II", "Этап III")],
)
def test_other_numbers_outweigh_the_same_words(one: str, other: str) -> None:
    assert name_weight(one, one) > 0
    assert name_weight(one, other) < -5


# --- columns -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("column", "was", "now"),
    [
        ("kind", "offline", "digital"),
        ("needs", "Получение консультации", "Подача жалобы"),
        ("contact", "каб. 1", "каб. 2"),
        ("client", "внутренний", "внешний"),
        ("unit", "КАДР", "ИТ"),
        ("key", "yes", ""),
    ],
)
def test_a_value_that_stays_speaks_for_a_match_and_another_against(column: str, was: str, now: str) -> None:
    before = [row(**{column: was})]
    assert weighed(before, [row(**{column: was})])[column] > 0
    assert weighed(before, [row(**{column: now})])[column] < 0


def test_every_column_that_is_likely_to_stay_is_weighed() -> None:
    assert set(weighed([row(key="yes")], [row(key="yes")])) == {"name", "activity", "touchpoints", *STAYS}


def test_what_both_leave_blank_says_nothing() -> None:
    terms = weighed([row(contact="", key="")], [row(contact="", key="")])
    assert "contact" not in terms
    assert "key" not in terms


def test_a_rare_value_in_common_tells_more_than_a_common_one() -> None:
    rare = weighed([row(contact="каб. 99")], [row(contact="каб. 99")])["contact"]
    common = weighed([row(contact="каб. 4")], [row(contact="каб. 4")])["contact"]
    assert rare > common > 0


def test_another_activity_speaks_against() -> None:
    assert weighed([row()], [row()])["activity"] > 0 > weighed([row()], [row(activity=COMPUTING)])["activity"]


def test_the_columns_together_never_outweigh_other_words() -> None:
    places = (MINISTRY, SOVIETS, PHONE, SED)
    before = [row(PROCESS, name, contact=f"каб. {at}", key="yes") for at, name in enumerate(places, 70)]
    terms = weighed(before, [item | {"process": OTHER} for item in before])
    columns = sum(terms[name] for name in STAYS)
    assert 0 < columns <= 5.0 + 1e-9
    assert columns + terms["name"] < 0


def test_of_records_that_repeat_each_other_each_is_weighed_with_its_like() -> None:
    twice = [row(contact="каб. 98"), row(contact="каб. 99")]
    same, one_other = weighed(twice, twice), weighed(twice, [twice[0], row(contact="каб. 97")])
    assert same["contact"] > max(0.0, one_other["contact"])
    assert same["touchpoints"] > weighed(twice, twice[:1])["touchpoints"]


def test_a_repeated_record_shares_no_rarer_touchpoint_than_the_first() -> None:
    one, two = [row()], [row(), row(contact="каб. 99")]
    once, twice = weighed(one, one)["touchpoints"], weighed(two, two)["touchpoints"]
    assert twice <= 2 * once


# --- nothing in common but all else --------------------------------------------------------------------------------

ALIKE = [row(contact="каб. 99", needs="Подача жалобы", key="yes", unit="ИТ")]
RENAMED = [ALIKE[0] | {"process": OTHER}]


def test_processes_that_differ_in_their_names_alone_may_be_one() -> None:
    assert all_else_same(ALIKE, RENAMED)
    both = [*ALIKE, ALIKE[0] | {"touchpoint": PHONE}]
    assert all_else_same(both, [item | {"process": OTHER} for item in both])


@pytest.mark.parametrize(
    "other",
    [
        {"kind": "digital"},
        {"needs": "Подача запроса"},
        {"contact": "каб. 98"},
        {"client": "внешний"},
        {"unit": "БУХ"},
        {"key": ""},
        {"activity": COMPUTING},
        {"touchpoint": PHONE},
        {"process": f"{OTHER}, этап 2"},
    ],
)
def test_one_other_value_or_number_is_enough_to_make_them_two(other: dict[str, str]) -> None:
    assert not all_else_same(ALIKE, [RENAMED[0] | other])


def test_another_record_beside_or_one_that_has_its_pair_makes_them_two() -> None:
    assert not all_else_same(ALIKE, [*RENAMED, RENAMED[0] | {"touchpoint": PHONE}])
    assert not all_else_same(ALIKE, RENAMED, was={key_of("Уборка помещений"): 1})
    assert not all_else_same(ALIKE, RENAMED, now={key_of("Уборка помещений"): 1})


def test_what_all_records_say_alike_makes_no_two_of_them_one() -> None:
    assert not all_else_same([row(contact="", needs="", unit="")], [row(OTHER, contact="", needs="", unit="")])


def test_the_more_processes_there_are_the_more_they_must_have_in_common() -> None:
    terms = weighed(ALIKE, RENAMED)
    old, new = table(ALIKE), table(RENAMED)
    total = sum(term.weight for term in Scales(old, new).of_record(0, 0))
    most = math.exp(total - 3.0)
    assert min(terms[name] for name in STAYS) > 0
    assert all_else_same(ALIKE, RENAMED, int(most))
    assert not all_else_same(ALIKE, RENAMED, int(most) + 1)


def lone(count: int, edition: str) -> list[Row]:
    """Return processes of one edition that the other has nothing like."""
    return [
        row(
            f"{edition}{at} {edition}{at}овка",
            PHONE,
            contact=f"{edition}-{at}",
            needs=("Получение консультации", f"{edition} {at}")[at % 2],
            kind=("offline", "digital")[at % 2],
            client=("внутренний", "внешний")[at % 2],
            unit=("КАДР", "БУХ")[at % 2],
        )
        for at in range(count)
    ]


@pytest.mark.parametrize(("count", "classes"), [(0, [("process_renamed",)]), (60, [("excluded",), ("new",)])])
def test_in_a_small_register_a_name_beyond_recognition_is_proposed_and_in_a_large_one_not(
    count: int, classes: list[tuple[str, ...]]
) -> None:
    own = row(contact="каб. 99")
    beside = [row(process, touchpoint, **values) for process, touchpoint, values in BESIDE]
    before = [own, *beside, *lone(count, "Щ")]
    after = [own | {"process": OTHER}, *beside, *lone(count, "Ю")]
    found = compare(records.frame(before), records.frame(after), PROFILE)
    renamed = [change for change in found if change.record["touchpoint"] == MINISTRY]
    assert sorted(change.classes for change in renamed) == classes
    if count == 0:
        assert [(change.score, change.by, change.proposed) for change in renamed] == [(0.55, "similarity", True)]
    else:
        assert not any(change.proposed for change in found)


# --- touchpoints and the other records -----------------------------------------------------------------------------


def test_more_touchpoints_in_common_speak_for_a_match_and_lone_ones_against() -> None:
    one, two = [row()], [row(), row(touchpoint=PHONE)]
    shared_one, shared_two = weighed(one, one)["touchpoints"], weighed(two, two)["touchpoints"]
    assert shared_two > shared_one > weighed(one, two)["touchpoints"]


def key_of(process: str) -> str:
    return process_of(table([row(process)]), [0]).key


def test_records_that_went_along_speak_for_a_match() -> None:
    terms = weighed([row()], [row(OTHER)], was_paired={key_of(OTHER): 1})
    assert terms["along"] > 0
    assert "lives_on" not in terms
    assert weighed([row()], [row(OTHER)], now_paired={key_of(PROCESS): 2})["along"] == terms["along"]


def test_a_process_that_lives_on_under_its_name_speaks_against() -> None:
    terms = weighed([row()], [row(OTHER)], was_paired={key_of(PROCESS): 1})
    assert terms["lives_on"] < 0
    assert "along" not in terms
    assert weighed([row()], [row(OTHER)], now_paired={key_of(OTHER): 1})["lives_on"] == terms["lives_on"]


def test_what_went_along_outweighs_what_lives_on() -> None:
    terms = weighed([row()], [row(OTHER)], was_paired={key_of(OTHER): 1, key_of(PROCESS): 1})
    assert terms["along"] > 0
    assert "lives_on" not in terms


def test_records_paired_with_a_third_process_say_nothing() -> None:
    terms = weighed([row()], [row(OTHER)], was_paired={key_of("Уборка помещений"): 3})
    assert {"along", "lives_on"} & set(terms) == set()


# --- law -----------------------------------------------------------------------------------------------------------

ROWS = st.lists(
    st.builds(
        row,
        st.sampled_from(
            [PROCESS, "Принятие заявлений на отпуск", OTHER, "Договор № 5", "Договор № 6", "Настройка АРМ"]
        ),
        st.sampled_from([MINISTRY, SOVIETS, PHONE]),
        activity=st.sampled_from([STAFF, COMPUTING]),
        kind=st.sampled_from(["offline", "digital"]),
        needs=st.sampled_from(["Консультация", "Получение консультации; Приём", ""]),
        contact=st.sampled_from(["", "каб. 1", "каб. 2"]),
        unit=st.sampled_from(["КАДР", "ИТ", ""]),
        key=st.sampled_from(["", "yes"]),
    ),
    min_size=1,
    max_size=4,
)


@settings(deadline=None, max_examples=40)
@given(ROWS, ROWS)
def test_the_evidence_is_the_same_whichever_edition_is_the_earlier(before: list[Row], after: list[Row]) -> None:
    old, new = table(before), table(after)
    there, back = Scales(old, new), Scales(new, old)
    for label in range(len(before)):
        for at in range(len(after)):
            was, now = process_of(old, [label]), process_of(new, [at])
            now.paired[was.key] += at % 2
            terms, turned = there.of(was, now), back.of(now, was)
            assert [term.about for term in terms] == [term.about for term in turned]
            assert [term.weight for term in terms] == pytest.approx([term.weight for term in turned])
            assert there.all_else_same(was, now, 1) is back.all_else_same(now, was, 1)
