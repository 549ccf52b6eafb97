"""An edition under the rules of content: what it says is asked about, its records stay, errors only warn."""

from __future__ import annotations

import pytest

from tests.books import ACCOUNTING, EDITION, MINISTRY, PHONE, PROFILE, SED, STAFF, edition_of_rows, record
from workbook_tools.audit import audit
from workbook_tools.records import RECORD


def of_rows(**values: str) -> list[tuple[str, str, str, str]]:
    """Return rule, severity, record and value of what is found on one record, the register as a whole left out."""
    row = record("Т-0007", "КАДР", STAFF, "Прием на службу", MINISTRY) | values
    found = audit(edition_of_rows([row]).records, PROFILE)
    own = found[found["record"] != ""]
    return [tuple(line) for line in own[["rule", "severity", "record", "value"]].to_numpy().tolist()]


def test_a_sound_record_has_no_finding() -> None:
    assert of_rows() == []


@pytest.mark.parametrize(
    ("values", "rule", "severity", "value"),
    [
        ({"needs": "Выплачена премия"}, "П-11", "info", "Выплачена премия"),
        ({"client": "внешний"}, "П-13", "warning", "внешний"),
        ({"process": "Сверка Министерства финансов"}, "П-22", "warning", "Сверка Министерства финансов"),
        ({"contact": "priem@admin"}, "П-23", "warning", "priem@admin"),
        ({"touchpoint": PHONE}, "П-23", "warning", ""),
        ({"touchpoint": SED, "client": "внешний и внутренний", "kind": "digital"}, "П-28", "warning", SED),
        ({"needs": "прием на службу"}, "П-29", "warning", "прием на службу"),
        ({"direction": "Рыболовство"}, "П-03", "warning", "Рыболовство"),
        ({"activity": ACCOUNTING, "direction": "Рассмотрение обращений и запросов"}, "П-04", "warning",
         "Рассмотрение обращений и запросов"),
    ],
)  # fmt: skip
def test_an_old_defect_is_told_at_its_record_and_only_warns(
    values: dict[str, str], rule: str, severity: str, value: str
) -> None:
    assert (rule, severity, "Т-0007", value) in of_rows(**values)


def test_stages_of_one_process_are_asked_about() -> None:
    stages = ("Прием заявлений", "Рассмотрение заявлений")
    rows = [record(f"Т-000{n}", "КАДР", STAFF, name, MINISTRY) | {"row": n} for n, name in enumerate(stages, 2)]
    found = audit(edition_of_rows(rows).records, PROFILE)
    assert found.loc[found["rule"] == "П-10", "record"].tolist() == ["Т-0003"]


def test_the_register_as_a_whole_is_looked_at() -> None:
    found = audit(EDITION.records, PROFILE)
    assert {"П-12", "П-24"} <= set(found.loc[found["record"] == "", "rule"])


def test_no_finding_on_an_edition_is_an_error_and_its_records_are_not_touched() -> None:
    before = EDITION.records.copy()
    assert "error" not in set(audit(EDITION.records, PROFILE)["severity"])
    assert EDITION.records.equals(before)
    assert tuple(EDITION.records.columns) == RECORD
