"""What a unit's workbook holds before it is written."""

from __future__ import annotations

import pickle
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbook_tools import findings, records
from workbook_tools.forms import LISTED_PROCESSES, blank_form, process_pairs, returned_form
from workbook_tools.profile import load_profile
from workbook_tools.records import Edition
from workbook_tools.remarks import Place, Remark
from workbook_tools.submissions import RawRow, Submission, TitleValue
from workbook_tools.unit_form import FormRow, FormRows

if TYPE_CHECKING:
    from workbook_tools.groups import Finding

PROFILE = load_profile().profile
STAFF, BOOKS = "кадровая работа", "ведение бухгалтерского учета"


def record(code: str, process: str, unit: str = "КАДР", activity: str = STAFF, **values: str) -> dict[str, str]:
    return {
        "code": code,
        "direction": "Взаимодействие с внутренним клиентом",
        "activity": activity,
        "process": process,
        "client": "внутренний",
        "touchpoint": "здание Министерства",
        "kind": "offline",
        "needs": "Получение консультации",
        "unit": unit,
        "state": "in_force",
        **values,
    }


EDITION = Edition(
    records.frame(
        [
            record("Т-0001", "Приём на работу", key="yes", contact="каб. 5", basis="приказ № 1"),
            record("Т-0002", "Увольнение"),
            record("Т-0003", "Передача имущества", unit="БУХ", activity=BOOKS),
            record("Т-0004", "Прочее", activity="неведомая деятельность", state="quarantined"),
        ]
    ),
    date="2024-03-19",
    state="утверждена",
)
STAFF_UNIT = PROFILE.unit["КАДР"]


def submission(*rows: dict[str, str], **title: str) -> Submission:
    values = {name: TitleValue(text, text, "C9") for name, text in {"unit": "КАДР", **title}.items()}
    numbered = tuple(RawRow(6 + 2 * line, texts) for line, texts in enumerate(rows))
    return Submission("к.xlsx", "", sheet="Сведения", title_sheet="Титул", title=values, rows=numbered)


def found(*remarks: Remark) -> list[Finding]:
    return [*records.rows(findings.of_remarks(remarks, PROFILE))]


def test_a_unit_gets_its_own_records_all_unchanged() -> None:
    form = blank_form(PROFILE, EDITION, STAFF_UNIT, "4 квартал 2026 г.")
    assert [row.shown["code"] for row in form.rows] == ["Т-0001", "Т-0002", "Т-0004"]
    assert (
        form.rows[0]
        == form.rows[-3]
        == FormRow(
            {
                "number": "1",
                "action": "без изменений",
                "code": "Т-0001",
                "activity": STAFF,
                "process": "Приём на работу",
                "client": "внутренний",
                "touchpoint": "здание Министерства",
                "contact": "каб. 5",
                "kind": "офлайн",
                "needs": "Получение консультации",
                "key": "да",
            },
            given=True,
        )
    )
    assert all(row.given and row.shown["action"] == "без изменений" for row in form.rows)
    assert form.remarks == ()


def test_a_form_knows_which_of_its_records_wait() -> None:
    assert blank_form(PROFILE, EDITION, STAFF_UNIT).waiting == {2}
    assert blank_form(PROFILE, EDITION, PROFILE.unit["БУХ"]).waiting == frozenset()


def test_the_title_says_whose_form_it_is_and_by_which_edition() -> None:
    form = blank_form(PROFILE, EDITION, STAFF_UNIT, " 4 квартал 2026 г. ")
    assert form.title == {
        "body": "Министерство промышленности и торговли Смоленской области",
        "act": "приказ от 19.03.2024 № 29/01-01",
        "edition": "19.03.2024",
        "unit_name": "Отдел кадров (пример)",
        "unit": "КАДР",
        "period": "4 квартал 2026 г.",
    }


def test_without_an_edition_the_form_has_no_rows_and_no_date() -> None:
    form = blank_form(PROFILE, Edition(records.empty()), STAFF_UNIT)
    assert (list(form.rows), form.edition, form.title["edition"], form.fingerprints) == ([], "", "", {})
    assert form.title["period"] == PROFILE.period.label


def test_every_activity_stands_in_the_list_of_processes_and_no_other() -> None:
    pairs = process_pairs(PROFILE, EDITION, EDITION.of_unit(STAFF_UNIT.code))
    assert list(pairs) == sorted(pairs)
    assert {activity for activity, _ in pairs} == {activity.name for activity in PROFILE.activities}
    assert [process for activity, process in pairs if activity == STAFF] == ["Приём на работу", "Увольнение"]
    assert [process for activity, process in pairs if activity == PROFILE.activities[0].name] == [""]


def test_of_a_very_large_register_a_unit_is_offered_its_own_processes() -> None:
    others = [record(f"Т-{number:04}", f"Процесс {number}", unit="ОРГ") for number in range(10, LISTED_PROCESSES + 10)]
    own = [record("Т-0001", "Приём на работу")]
    for number, expected in ((-1, LISTED_PROCESSES), (len(others), 1)):
        edition = Edition(records.frame([*own, *others[:number]]))
        pairs = process_pairs(PROFILE, edition, edition.of_unit(STAFF_UNIT.code))
        assert sum(bool(process) for _, process in pairs) == expected
        assert {activity for activity, _ in pairs} == {activity.name for activity in PROFILE.activities}


def test_a_fingerprint_changes_with_the_content_and_with_nothing_else() -> None:
    marks = blank_form(PROFILE, EDITION, STAFF_UNIT).fingerprints
    assert set(marks) == {"Т-0001", "Т-0002", "Т-0004"}
    assert len(set(marks.values())) == 3

    def mark(named: str = "Увольнение", **values: str) -> str:
        other = Edition(records.frame([record("Т-0002", named, **values)]))
        return blank_form(PROFILE, other, STAFF_UNIT).fingerprints["Т-0002"]

    assert mark() == mark(basis="приказ № 5", state="unconfirmed", source="а.xlsx") == marks["Т-0002"]
    assert mark("увольнение.") == mark()
    assert mark(needs="Получение ответа") != mark()


ROWS = (
    {"code": "T-0001", "action": "изменить", "process": "Приём на службу", "number": "1"},
    {"code": "", "action": "включить", "process": "Обучение", "kind": "смешанная"},
)


def test_the_returned_form_holds_the_units_own_values_and_restores_what_it_deleted() -> None:
    form = returned_form(PROFILE, EDITION, submission(*ROWS, filled="20.11.2026"), found())
    names = [column.name for column in PROFILE.sheets["data"].columns]
    sent = [{name: row.get(name, "") for name in names} | {"number": str(at)} for at, row in enumerate(ROWS, 1)]
    assert list(form.rows[:2]) == [FormRow(sent[0], given=True), FormRow(sent[1], given=False)]
    assert [(row.shown["code"], row.shown["number"], row.given) for row in form.rows[2:]] == [
        ("Т-0002", "3", True),
        ("Т-0004", "4", True),
    ]
    assert form.fingerprints == blank_form(PROFILE, EDITION, STAFF_UNIT).fingerprints


def test_every_row_of_the_returned_form_is_numbered_in_its_order_whatever_the_unit_typed() -> None:
    rows = (
        {"code": "T-0002", "number": "2"},
        {"action": "включить", "number": ""},
        {"action": "включить", "number": "x"},
    )
    form = returned_form(PROFILE, EDITION, submission(*rows), found())
    assert list(form.rows.columns["number"]) == [str(number) for number in range(1, len(form.rows) + 1)]


@pytest.mark.parametrize(("sent", "lines"), [((), {3}), (({"code": "T-0004", "action": "без изменений"},), {2})])
def test_the_returned_form_knows_too_which_records_wait(sent: tuple[dict[str, str], ...], lines: set[int]) -> None:
    """Those that the unit sent, however the code is typed, and those that it deleted."""
    assert returned_form(PROFILE, EDITION, submission(*ROWS, *sent), found()).waiting == lines


def test_the_returned_title_keeps_what_the_unit_wrote_and_mends_what_the_program_gave() -> None:
    sent = submission(filled="20.11.2026", body="Чужое министерство", period="3 квартал")
    form = returned_form(PROFILE, EDITION, sent, found())
    assert (form.title["filled"], form.title["period"]) == ("20.11.2026", "3 квартал")
    assert form.title["body"] == PROFILE.body.name


@pytest.mark.parametrize(
    ("remark", "line"),
    [
        (Remark("П-05", "main", Place(row=8, column="kind"), {"v": "смешанная"}), 1),
        (Remark("П-14", "main", Place(row=6, column="basis"), {"act": "изменить"}), 0),
        (Remark("П-15", "deleted", Place(column="code", value="Т-0002"), {"id": "Т-0002"}), 2),
        (Remark("П-15", "deleted", Place(column="code", value="Т-0004"), {"id": "Т-0004"}), 3),
        (Remark("П-15", "deleted", Place(column="code", value="Т-0099"), {"id": "Т-0099"}), -1),
        (Remark("П-17", "main", Place(column="checked")), -1),
        (Remark("П-01", "main", Place(row=5, column="kind"), {"col": "Вид точки"}), -1),
    ],
)
def test_a_remark_stands_at_the_line_it_speaks_of(remark: Remark, line: int) -> None:
    given = found(remark)
    form = returned_form(PROFILE, EDITION, submission(*ROWS), given)
    assert form.remarks == [{**given[0], "row": line}]
    assert given == found(remark)


@given(st.lists(st.tuples(st.dictionaries(st.sampled_from("абв"), st.text(max_size=2)), st.booleans()), max_size=5))
def test_lines_kept_by_columns_are_those_that_were_put_in(lines: list[tuple[dict[str, str], bool]]) -> None:
    rows = FormRows.of(FormRow(shown, given=is_given) for shown, is_given in lines)
    assert rows.texts(list("абвг")) == [tuple(shown.get(name, "") for name in "абвг") for shown, _ in lines]
    assert [row.given for row in rows] == [is_given for _, is_given in lines]
    assert FormRows.of(rows) == rows == pickle.loads(pickle.dumps(rows))  # noqa: S301 - our own
