"""The register's records: codes, keys, comparison, sources."""

from __future__ import annotations

import json
import re

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbook_tools import frames, records
from workbook_tools.profile import load_profile
from workbook_tools.records import Edition
from workbook_tools.reports import run_json
from workbook_tools.reports.run_json import edition_json

PROFILE = load_profile().profile
RECORD: dict[str, str | int] = {
    "code": "Т-0007",
    "direction": "Взаимодействие с внутренним клиентом",
    "activity": "кадровая работа",
    "process": "Приём на работу",
    "client": "внутренний",
    "touchpoint": "Здание Министерства",
    "contact": "каб. 5",
    "kind": "offline",
    "needs": "Консультация; подача документов",
    "key": "yes",
    "basis": "приказ № 7",
    "unit": "КАДР",
    "state": "in_force",
    "source": "а.xlsx › Сведения › строка 8",
    "file": "а.xlsx",
    "sheet": "Сведения",
    "row": 8,
}


def table(*changes: dict[str, str | int]) -> pd.DataFrame:
    return records.frame([RECORD | change for change in changes])


def test_a_frame_of_records_has_its_columns_and_types_even_when_empty() -> None:
    for frame in (records.empty(), table({}), records.frame([{"process": "Приём"}])):
        assert frame.columns.tolist() == list(records.RECORD)
        assert frame["row"].dtype == "int64"
        assert {str(frame[name].dtype) for name in records.RECORD if name != "row"} == {"str"}


def test_what_a_row_lacks_is_blank() -> None:
    (row,) = records.rows(records.frame([{"process": "Приём", "unknown": "x"}]))
    assert row == dict.fromkeys(records.RECORD, "") | {"row": 0, "process": "Приём"}


def test_rows_come_back_as_they_went_in() -> None:
    assert list(records.rows(table({}, {"code": "Т-0008"}))) == [RECORD, RECORD | {"code": "Т-0008"}]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Т-0001", 1),
        ("T-0001", 1),
        (" Т – 12 ", 12),
        ("Т-12345", 12_345),
        ("т-0001", 0),
        ("Т0001", 0),
        ("0001", 0),
        ("Т-", 0),
        ("Т-1а", 0),
        ("", 0),
    ],
)
def test_a_code_has_a_number_in_either_script(text: str, number: int) -> None:
    assert records.code_number(text) == number


@given(st.integers(1, 10**9))
def test_a_number_is_found_again_in_its_code(number: int) -> None:
    code = records.code_text(number)
    assert records.code_number(code) == number
    assert records.canonical_code(code) == code
    assert records.canonical_code(f" {code.replace('Т', 'T')}\u00a0") == code


def test_a_code_has_at_least_four_digits() -> None:
    assert [records.code_text(number) for number in (1, 9_999, 10_000)] == ["Т-0001", "Т-9999", "Т-10000"]


@given(st.text())
def test_a_canonical_code_is_its_own(text: str) -> None:
    assert records.canonical_code(records.canonical_code(text)) == records.canonical_code(text)


def test_text_that_is_no_code_comes_back_tidied() -> None:
    assert records.canonical_code("  новая\u00a0 точка ") == "новая точка"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"touchpoint": "Здание Министерства"}, {"touchpoint": "здание  министерства"}),
        ({"touchpoint": "СЭД ДелоПро"}, {"touchpoint": "Система электронного документооборота"}),
        ({"process": "Приём на работу"}, {"process": "«Прием» на работу.".replace("«", "").replace("»", "")}),
        ({"needs": "а"}, {"needs": "б", "kind": "digital", "code": "Т-0009", "unit": "ИТ"}),
    ],
)
def test_records_of_one_process_and_touchpoint_have_one_key(one: dict[str, str], other: dict[str, str]) -> None:
    first, second = records.record_key(table({**one}, {**other}), PROFILE)
    assert first == second


@pytest.mark.parametrize("name", ["activity", "process", "touchpoint"])
def test_records_of_another_activity_process_or_touchpoint_have_another_key(name: str) -> None:
    first, second = records.record_key(table({}, {name: "иное"}), PROFILE)
    assert first != second


@given(st.text("ТT-–0123456789٣ \n", max_size=16) | st.from_regex(r"Т-[0-9]{1,14}", fullmatch=True))
def test_a_code_has_one_number_however_it_is_found(code: str) -> None:
    match = re.fullmatch(r"\s*[ТT]\s*[-–]\s*(\d{1,12})\s*", code)
    assert records.code_number(code) == (int(match[1]) if match else 0)


def test_a_frame_of_rows_that_lack_something_has_blanks_there() -> None:
    whole, part = records.frame([RECORD]), records.frame([RECORD, {"code": "Т-0008"}])
    pd.testing.assert_frame_equal(part.iloc[:1], whole)
    assert records.rows(part)[1] == dict.fromkeys(records.RECORD, "") | {"code": "Т-0008", "row": 0}


@given(st.lists(st.text(max_size=5)))
def test_a_function_over_a_column_sees_each_text_once(texts: list[str]) -> None:
    seen: list[str] = []

    def marked(text: str) -> str:
        seen.append(text)
        return f"<{text}>"

    column = frames.mapped(pd.Series(texts, dtype="str"), marked)
    assert column.tolist() == [f"<{text}>" for text in texts]
    assert sorted(seen) == sorted(set(texts))


def test_the_quarantined_are_not_in_force() -> None:
    frame = table({"code": "Т-0001"}, {"code": "Т-0002", "state": "quarantined"}, {"state": "unconfirmed"})
    assert records.in_force(frame)["code"].tolist() == ["Т-0001", "Т-0007"]
    assert Edition(frame).in_force.equals(records.in_force(frame))
    assert records.quarantined(frame)["code"].tolist() == ["Т-0002"]


places = st.tuples(st.text("а.xlsx ›/ё«»", min_size=1), st.text("Лист 1", min_size=1), st.integers(1, 10**6))


@given(places.filter(lambda place: place[0] == place[0].strip() and place[1] == place[1].strip()))
def test_a_place_is_found_again_in_its_text(place: tuple[str, str, int]) -> None:
    assert records.source_parts(records.source_text(*place)) == place


def test_of_several_sources_the_first_is_the_place() -> None:
    text = "; ".join([records.source_text("а.xlsx", "Сведения", 8), records.source_text("б.xlsx", "Сведения", 9)])
    assert records.source_parts(text) == ("а.xlsx", "Сведения", 8)


def test_a_source_in_free_words_is_kept_whole() -> None:
    assert records.source_parts("со слов начальника") == ("со слов начальника", "", 0)


@pytest.mark.parametrize(("key", "expected"), [("yes", True), ("no", False), ("", None)])
def test_a_record_in_the_report_is_as_the_contract_says(key: str, expected: bool | None) -> None:  # noqa: FBT001
    (row,) = records.rows(table({"key": key, "code": ""}))
    assert json.loads(json.dumps(run_json.record_json(row))) == {
        "code": None,
        "direction": "Взаимодействие с внутренним клиентом",
        "activity": "кадровая работа",
        "process": "Приём на работу",
        "client": "внутренний",
        "touchpoint": "Здание Министерства",
        "contact": "каб. 5",
        "kind": "offline",
        "needs": ["Консультация", "подача документов"],
        "key": expected,
        "basis": "приказ № 7",
        "unit": "КАДР",
        "state": "in_force",
        "source": {"file": "а.xlsx", "sheet": "Сведения", "row": 8},
    }


@pytest.mark.parametrize("row", ["", "9" * 8, "9" * 5_000])
def test_a_source_whose_row_no_sheet_has_is_text(row: str) -> None:
    text = f"а.xlsx › Сведения › строка {row}"
    assert records.source_parts(text) == (text, "", 0)


def test_the_records_of_a_unit_stand_in_their_order_and_an_unknown_unit_has_none() -> None:
    edition = Edition(table({"code": "Т-0002"}, {"unit": "ИТ"}, {"code": "Т-0001", "process": "Увольнение"}))
    own = edition.of_unit("КАДР")
    assert [(record["code"], record["process"]) for record in own] == [
        ("Т-0002", RECORD["process"]),
        ("Т-0001", "Увольнение"),
    ]
    assert set(own[0]) == {"code", *records.CONTENT}
    assert not list(edition.of_unit("нет такого"))
    assert not list(Edition(records.empty()).of_unit("ИТ"))


def test_the_processes_of_an_edition_are_each_named_once_by_their_activity() -> None:
    edition = Edition(table({}, {"unit": "ИТ"}, {"process": "Увольнение"}, {"activity": "закупки"}))
    named = records.tuples(edition.records, "activity", "process")
    assert named.count((RECORD["activity"], RECORD["process"])) == 2
    assert edition.processes == set(named)


def test_carried_over_records_are_counted_by_unit() -> None:
    states = {"КАДР": (records.UNCONFIRMED, records.IN_FORCE), "ИТ": (records.QUARANTINED,)}
    rows = [{"unit": unit, "state": state} for unit, own in states.items() for state in own]
    assert records.unconfirmed_by_unit(records.frame(rows)) == {"КАДР": 1}
    assert records.unconfirmed_by_unit(records.empty()) == {}


def test_an_edition_that_is_counted_still_says_all_that_a_report_says_of_it() -> None:
    edition = Edition(table({}, {"code": "Т-0008", "state": "quarantined"}), "2026-11-22", file="а.xlsx", sha256="ab")
    left = records.counted(edition)
    assert left.records.columns.tolist() == ["state"]
    assert edition_json(left) == edition_json(edition)
