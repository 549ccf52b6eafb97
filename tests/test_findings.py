"""Findings are worded by the profile and stay plain data to the last report."""

from __future__ import annotations

import json

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbook_tools import findings
from workbook_tools.profile import Profile, load_profile
from workbook_tools.remarks import Place, Remark, Severity

PROFILE = load_profile().profile


def remark(rule: str = "П-02", message: str = "main", row: int = 7, **words: str) -> Remark:
    place = Place("ИТ", "ИТ.xlsx", "Сведения", f"J{row}", row, "needs", "как есть ")
    return Remark(rule, message, place, words or {"col": "Вид точки"})


def without_rule(rule: str) -> Profile:
    off = PROFILE.rules[rule].model_copy(update={"enabled": False})
    return PROFILE.model_copy(update={"rules": {**PROFILE.rules, rule: off}})


def test_a_remark_is_worded_by_the_profile() -> None:
    frame = findings.of_remarks([remark()], PROFILE)
    assert frame.to_dict("records") == [
        {
            "rule": "П-02",
            "severity": "error",
            "clause": "раздел II, п. 2.2, абз. 2",
            "unit": "ИТ",
            "file": "ИТ.xlsx",
            "sheet": "Сведения",
            "cell": "J7",
            "row": 7,
            "column": "needs",
            "value": "как есть ",
            "message": "Не заполнена графа «Вид точки». Без неё сведения считаются неполными.",
            "suggestion": "",
            "variant": "main",
            "record": "",
            "since": "",
            "answer": "",
        }
    ]


def test_a_frame_of_findings_has_its_columns_and_types_even_when_empty() -> None:
    for frame in (findings.empty(), findings.of_remarks([remark()], PROFILE), findings.gather()):
        assert frame.columns.tolist() == list(findings.COLUMNS)
        assert frame["row"].dtype == "int64"
        assert {str(frame[name].dtype) for name in findings.COLUMNS if name != "row"} == {"str"}


def test_a_message_may_weigh_otherwise_than_its_rule() -> None:
    assert findings.severity_of(PROFILE, "П-09") is Severity.ERROR
    assert findings.severity_of(PROFILE, "П-09", "united") is Severity.INFO
    assert findings.severity_of(PROFILE, "П-26", "lookalike") is Severity.WARNING


def test_a_rule_switched_off_gives_no_findings() -> None:
    given = [remark(), remark("П-19", id="Т-0001", unit2="Отдел кадров")]
    assert findings.of_remarks(given, without_rule("П-02"))["rule"].tolist() == ["П-19"]


@given(st.text(max_size=100))
def test_words_are_never_read_as_a_format(text: str) -> None:
    assert findings.worded(PROFILE, "П-05", "main", {"v": text}) == (
        f"Вид точки «{text}» не предусмотрен. Укажите «цифровая» или «офлайн». Если точек две, заведите две строки."
    )


def test_a_long_word_is_cut_short_in_the_message_and_stands_whole_as_the_value() -> None:
    text = "ж" * 32_767
    place = Place(row=7, column="kind", value=text)
    (row,) = findings.of_remarks([Remark("П-05", "main", place, {"v": text})], PROFILE).to_dict("records")
    assert row["value"] == text
    assert row["message"].startswith(f"Вид точки «{'ж' * 999}…» не предусмотрен.")


def test_braces_typed_by_a_unit_stay_braces() -> None:
    assert "«{v.__class__} {0}»" in findings.worded(PROFILE, "П-05", "main", {"v": "{v.__class__} {0}"})


def test_gathered_findings_stand_by_file_sheet_and_row_each_once() -> None:
    one = findings.of_remarks([remark(row=9), remark(row=7)], PROFILE)
    other = findings.of_remarks([remark(row=7), remark("П-01", row=7, col="№")], PROFILE)
    joined = findings.gather(one, other)
    assert list(zip(joined["row"], joined["rule"], strict=True)) == [(7, "П-01"), (7, "П-02"), (9, "П-02")]
    assert joined.index.tolist() == [0, 1, 2]
    assert one["row"].tolist() == [9, 7]


rows = st.lists(st.tuples(st.sampled_from(["П-01", "П-02", "П-26"]), st.integers(0, 3)), max_size=8)


@given(rows, rows)
@settings(max_examples=25, deadline=None)
def test_gathering_is_order_free_and_gathers_once(one: list[tuple[str, int]], other: list[tuple[str, int]]) -> None:
    words = {"col": "№", "a": "а", "b": "б"}
    frames = [
        findings.of_remarks([remark(rule, row=row, **words) for rule, row in given], PROFILE) for given in (one, other)
    ]
    joined = findings.gather(*frames)
    assert set(zip(joined["rule"], joined["row"], strict=True)) == {*one, *other}
    assert len(joined) == len({*one, *other})
    pd.testing.assert_frame_equal(findings.gather(*reversed(frames)), joined)
    pd.testing.assert_frame_equal(findings.gather(joined), joined)


def test_findings_are_counted_and_chosen_by_severity() -> None:
    frame = findings.of_remarks([remark(), remark(row=3), remark("П-26", a="а", b="б")], PROFILE)
    assert [findings.count(frame, severity) for severity in Severity] == [2, 0, 1]
    assert findings.of_severity(frame, Severity.INFO)["rule"].tolist() == ["П-26"]
    assert findings.has_errors(frame)
    assert not findings.has_errors(findings.of_severity(frame, Severity.INFO))
    assert not findings.has_errors(findings.empty())


def test_a_finding_in_the_report_has_the_keys_of_the_contract_and_null_for_what_is_not_known() -> None:
    frame = findings.of_remarks([Remark("П-18", "main", Place(unit="ИТ"), {"unit": "Отдел", "k": "1 запись"})], PROFILE)
    (plain,) = findings.as_json(frame)
    assert json.loads(json.dumps(plain)) == {
        "rule": "П-18",
        "severity": "warning",
        "clause": "раздел III, абз. 6",
        "unit": "ИТ",
        "file": None,
        "sheet": None,
        "cell": None,
        "row": None,
        "column": None,
        "value": "",
        "message": "Сведения от «Отдел» не поступили. 1 запись из прежней редакции без подтверждения.",
        "suggestion": None,
        "variant": "main",
        "record": None,
        "since": None,
        "answer": None,
    }


def test_a_value_stands_in_the_report_as_typed() -> None:
    (plain,) = findings.as_json(findings.of_remarks([remark()], PROFILE))
    assert (plain["value"], plain["row"], plain["cell"]) == ("как есть ", 7, "J7")


@pytest.mark.parametrize("rule", ["П-00", "П-30"])
def test_a_rule_that_the_profile_does_not_have_is_a_fault_of_the_program(rule: str) -> None:
    with pytest.raises(KeyError):
        findings.of_remarks([remark(rule)], PROFILE)
