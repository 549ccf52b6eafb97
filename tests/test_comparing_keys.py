"""What two editions are compared by: neither spelling, nor the order of rows, nor an address beside a touchpoint."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.books import MINISTRY, PHONE, PROFILE, STAFF, profile_with, record
from workbook_tools import records
from workbook_tools.comparing.keys import COMPARED, compared, joined, labels_by, numbered, ordered, single, words_key
from workbook_tools.records import CONTENT, QUARANTINED, RECORD

PROCESS = "Приём заявлений"
ADVICE, FORMS = "Получение консультации", "Получение форм документов"


def row(code: str = "", process: str = PROCESS, touchpoint: str = MINISTRY, **values: str) -> dict[str, Any]:
    return record(code, "КАДР", STAFF, process, touchpoint) | values


def key_of(**values: str) -> dict[str, Any]:
    """Return the compared form of one record."""
    return dict(compared(records.frame([row(**values)]), PROFILE).iloc[0])


# --- the order of the rows -----------------------------------------------------------------------------------------


def test_records_are_put_in_order_by_code_then_by_what_they_say() -> None:
    frame = records.frame([row("Т-0002"), row("", "Б"), row("Т-0001"), row("", "А")])
    put = ordered(frame)
    assert put["code"].tolist() == ["", "", "Т-0001", "Т-0002"]
    assert put["process"].tolist()[:2] == ["А", "Б"]
    assert put.index.tolist() == [0, 1, 2, 3]


def test_waiting_records_take_no_part_and_nothing_is_lost_otherwise() -> None:
    put = ordered(records.frame([row("Т-0001"), row("Т-0002", state=QUARANTINED), row("Т-0003")]))
    assert put["code"].tolist() == ["Т-0001", "Т-0003"]
    assert tuple(put.columns) == RECORD
    assert ordered(records.empty()).empty


ROWS = st.lists(
    st.builds(
        row,
        st.sampled_from(["", "Т-0001", "Т-0002"]),
        st.sampled_from(["А", "Б", "а"]),
        st.sampled_from([MINISTRY, PHONE]),
        contact=st.sampled_from(["", "каб. 1", "каб. 2"]),
        unit=st.sampled_from(["КАДР", "ИТ"]),
        basis=st.sampled_from(["", "приказ № 1"]),
    ),
    max_size=7,
)


def _shuffled(rows: list[dict[str, Any]]) -> st.SearchStrategy[tuple[list[dict[str, Any]], list[dict[str, Any]]]]:
    return st.tuples(st.just(rows), st.permutations(rows))


@settings(deadline=None, max_examples=25)
@given(ROWS.flatmap(_shuffled))
def test_the_order_in_which_rows_were_written_leaves_no_trace(
    sides: tuple[list[dict[str, Any]], list[dict[str, Any]]],
) -> None:
    one, other = (ordered(records.frame(side)) for side in sides)
    pd.testing.assert_frame_equal(one, other)


# --- the compared form ---------------------------------------------------------------------------------------------


def test_the_compared_form_has_the_content_the_unit_and_the_touchpoint_as_typed() -> None:
    frame = records.frame([row("Т-0001", contact="Каб. 1"), row("Т-0002", "«Приём»", "МФЦ")])
    frame.index = pd.Index([7, 3])
    keys = compared(frame, PROFILE)
    assert tuple(keys.columns) == (*COMPARED, "typed", "name", "address")
    assert (*CONTENT, "unit") == COMPARED
    assert keys.index.tolist() == [7, 3]
    assert keys["typed"].tolist() == [MINISTRY, "МФЦ"]
    assert keys["touchpoint"].tolist() == ["ЗДАНИЕ", "мфц"]
    assert keys["name"].tolist() == [PROCESS, "«Приём»"]
    assert keys["process"].tolist() == ["прием заявлений", "прием"]
    assert keys["address"].tolist() == ["Каб. 1", ""]
    assert keys["contact"].tolist() == ["каб. 1", ""]


@pytest.mark.parametrize(
    "process", ["ПРИЕМ ЗАЯВЛЕНИЙ.", "Приём «заявлений»", "Приём, заявлений", "Приём – заявлений!", "(Приём) заявлений"]
)
def test_a_process_is_compared_by_its_words_alone(process: str) -> None:
    assert key_of(process=process)["process"] == "прием заявлений"
    assert key_of(process=process)["name"] == process


@pytest.mark.parametrize("process", ["Приём заявления", "Заявлений приём", "Приём заявлений 2", "Приёмзаявлений", ""])
def test_other_words_are_another_process(process: str) -> None:
    assert key_of(process=process)["process"] != "прием заявлений"


def test_a_name_of_signs_alone_is_compared_by_its_signs() -> None:
    assert [key_of(process=text)["process"] for text in ("–", "***", "", "№ 5")] == ["-", "***", "", "5"]
    assert [words_key(text) for text in ("а-б", "44-фз, «в»", "?!", "")] == ["а б", "44 фз в", "?!", ""]


def test_a_unit_is_compared_whatever_its_spelling() -> None:
    assert key_of(unit=" Отдел  Учёта.")["unit"] == key_of(unit="отдел учета")["unit"] == "отдел учета"
    assert key_of(unit="КАДР")["unit"] != key_of(unit="ИТ")["unit"]


@pytest.mark.parametrize(
    "needs",
    [
        f"{FORMS}; {ADVICE}",
        f"{ADVICE.upper()};{FORMS}.",
        "консультация; получение бланков",
        "Консультирование; получение форм документов клиентом; консультация",
        f" {ADVICE} ;; {FORMS}",
        f"«{ADVICE}»; {FORMS.replace(' ', ', ')}",
    ],
)
def test_needs_are_a_set_of_what_the_profile_calls_one(needs: str) -> None:
    assert key_of(needs=needs)["needs"] == key_of(needs=f"{ADVICE}; {FORMS}")["needs"]


@pytest.mark.parametrize(
    "needs", [ADVICE, f"{ADVICE}, {FORMS}", f"{ADVICE}; {FORMS}; Подача жалобы", "", "консультация по телефону"]
)
def test_other_needs_are_other_needs(needs: str) -> None:
    assert key_of(needs=needs)["needs"] != key_of(needs=f"{ADVICE}; {FORMS}")["needs"]


def test_what_is_one_need_is_the_profiles_business() -> None:
    without = profile_with(needs=())
    frame = records.frame([row(needs="Консультация"), row(needs=ADVICE)])
    assert len(set(compared(frame, PROFILE)["needs"])) == 1
    assert len(set(compared(frame, without)["needs"])) == 2


@pytest.mark.parametrize(
    ("touchpoint", "contact"),
    [
        ("телефонная связь (20-00-01)", ""),
        ("Телефонная связь: 20-00-01", ""),
        ("телефон 20-00-01", ""),
        (PHONE, "20-00-01"),
    ],
)
def test_an_address_in_the_touchpoints_cell_is_the_address(touchpoint: str, contact: str) -> None:
    key = key_of(touchpoint=touchpoint, contact=contact)
    assert (key["touchpoint"], key["contact"]) == ("ТЕЛЕФОН", "20-00-01")
    assert (key["typed"], key["address"]) == (touchpoint, "20-00-01")


def test_an_address_in_the_touchpoints_cell_stands_before_the_one_in_its_own_column() -> None:
    key = key_of(touchpoint="официальный сайт Министерства (https://dprt.admin-smolensk.ru)", contact="каб. 1")
    assert (key["touchpoint"], key["contact"]) == ("САЙТ", "https://dprt.admin-smolensk.ru\nкаб. 1")
    assert key["address"] == "https://dprt.admin-smolensk.ru; каб. 1"


def test_an_address_in_both_cells_is_one_address() -> None:
    assert key_of(touchpoint="телефонная связь (20-00-01)", contact="20-00-01")["contact"] == "20-00-01"


@pytest.mark.parametrize("touchpoint", ["МФЦ", "чат-бот (https://t.me/bot)", "СЭД", ""])
def test_what_is_no_known_touchpoint_with_an_address_is_left_as_it_is(touchpoint: str) -> None:
    key = key_of(touchpoint=touchpoint, contact="каб. 1")
    assert key["touchpoint"] == PROFILE.touchpoint_key(touchpoint)
    assert key["contact"] == "каб. 1"


def test_only_the_rows_with_an_address_in_the_cell_are_touched() -> None:
    frame = records.frame([row(contact="каб. 1"), row(touchpoint="телефон (20-00-01)"), row(touchpoint=PHONE)])
    keys = compared(frame, PROFILE)
    assert keys["contact"].tolist() == ["каб. 1", "20-00-01", ""]
    assert keys["touchpoint"].tolist() == ["ЗДАНИЕ", "ТЕЛЕФОН", "ТЕЛЕФОН"]


# --- keys ----------------------------------------------------------------------------------------------------------


def test_joined_columns_never_run_into_each_other() -> None:
    keys = pd.DataFrame({"process": ["аб", "а"], "touchpoint": ["в", "бв"], "unit": ["ИТ", "ИТ"]}, dtype="str")
    assert joined(keys, "process", "touchpoint").tolist() == ["аб\nв", "а\nбв"]
    assert joined(keys, "touchpoint", "unit", "process").tolist() == ["в\nИТ\nаб", "бв\nИТ\nа"]


def test_labels_stand_by_their_key_in_order() -> None:
    keys = pd.Series(["а", "б", "а", ""], index=[4, 2, 1, 9], dtype="str")
    assert labels_by(keys) == {"а": [4, 1], "б": [2], "": [9]}


SIDES = st.lists(st.lists(st.sampled_from(["", "а", "б", "а\nб"]), min_size=3, max_size=3), max_size=6)


@given(SIDES, SIDES)
def test_rows_have_the_same_number_if_and_only_if_they_say_the_same(old: list[list[str]], new: list[list[str]]) -> None:
    names = ["activity", "process", "touchpoint"]
    before, after = (pd.DataFrame(side, columns=names, dtype="str").rename(lambda at: at * 2) for side in (old, new))
    one, other = numbered(before, after, *names)
    assert (one.index.tolist(), other.index.tolist()) == (before.index.tolist(), after.index.tolist())
    said = list(zip([*one.tolist(), *other.tolist()], map(tuple, [*old, *new]), strict=True))
    assert all((left == right) is (a == b) for left, a in said for right, b in said)


def test_keys_that_both_sides_have_once_are_paired_and_no_others() -> None:
    old = pd.Series(["а", "б", "в", "в", "", "д"], index=[0, 1, 2, 3, 4, 5], dtype="str")
    new = pd.Series(["в", "а", "", "д", "д", "е"], index=[10, 11, 12, 13, 14, 15], dtype="str")
    assert list(single(old, new)) == [(0, 11)]


def test_a_key_of_blanks_pairs_nothing() -> None:
    blank = pd.Series(["\n", " ", "\n\n"], dtype="str")
    assert list(single(blank, blank)) == []


KEYS = st.lists(st.sampled_from(["", "а", "б", "в", "г"]), max_size=6).map(lambda items: pd.Series(items, dtype="str"))


@settings(deadline=None, max_examples=60)
@given(KEYS, KEYS)
def test_pairs_are_one_to_one_and_the_same_both_ways(old: pd.Series[str], new: pd.Series[str]) -> None:
    pairs = list(single(old, new))
    assert len({one for one, _ in pairs}) == len({other for _, other in pairs}) == len(pairs)
    assert all(old[one] == new[other] for one, other in pairs)
    assert {(other, one) for one, other in single(new, old)} == set(pairs)
