"""What goes out: officer, order and body are named, changes beyond the four cases are told, directions agree."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.books import (
    ACCOUNTING,
    BASIS,
    EDITION,
    MINISTRY,
    PROFILE,
    STAFF,
    UnitBook,
    edition_of_rows,
    profile_with,
    record,
)
from tests.desk import Desk
from workbook_tools import findings as found
from workbook_tools.rules.output import directions_agree, named_in_output, with_canonical_directions

if TYPE_CHECKING:
    from workbook_tools.pipeline.commands import Result
    from workbook_tools.profile import Profile

DATA = PROFILE.model_dump(by_alias=True)
NAMED = profile_with(officer=DATA["officer"] | {"name": "Иванова А.А."})


def told(profile: Profile) -> list[tuple[str, str, str, str]]:
    said = found.of_remarks(named_in_output(profile), PROFILE)
    return [tuple(row) for row in said[["rule", "severity", "clause", "message"]].to_numpy().tolist()]


def with_officer(**values: str) -> Profile:
    return profile_with(officer=DATA["officer"] | values)


# --- П-20, П-21 -------------------------------------------------------------------------------------------------------


def test_an_officer_with_post_and_name_an_order_with_its_number_and_the_body_are_in_order() -> None:
    assert told(NAMED) == []


@pytest.mark.parametrize(
    ("profile", "finding"),
    [
        (
            with_officer(post=" ", name="Иванова А.А."),
            ("П-20", "error", "раздел II, п. 2", "В профиле не указан уполномоченный сотрудник."),
        ),
        (
            with_officer(name=""),
            ("П-20", "warning", "раздел II, п. 2", "В профиле не указана фамилия уполномоченного сотрудника."),
        ),
        (
            NAMED.model_copy(update={"act": NAMED.act.model_copy(update={"number": ""})}),
            (
                "П-20",
                "error",
                "раздел II, п. 2",
                "В профиле не указан номер приказа. Без него редакция не назовёт документ, на котором она основана.",
            ),
        ),
        (
            NAMED.model_copy(
                update={"annex": NAMED.annex.model_copy(update={"title": "Перечень Министерства цифрового развития"})}
            ),
            (
                "П-21",
                "error",
                "раздел I, п. 2; Приложение 1",
                (
                    "Заголовок Приложения 1 не называет орган: «Перечень Министерства цифрового развития». Впишите в "
                    "заголовок в профиле: «Министерства промышленности и торговли Смоленской области»."
                ),
            ),
        ),
    ],
)
def test_what_the_output_cannot_name_is_told_to_the_officer(
    profile: Profile, finding: tuple[str, str, str, str]
) -> None:
    assert told(profile) == [finding]


# --- П-16 -------------------------------------------------------------------------------------------------------------


def merged(folder: Path, **values: str) -> Result:
    desk = Desk(folder)
    book = UnitBook()
    book.edit("Т-0001", action="изменить", basis=BASIS, **values)
    desk.send("КАДР", book)
    return desk.merge()


def of_rule(result: Result, rule: str) -> list[dict[str, Any]]:
    return [item for item in result.report["findings"] if item["rule"] == rule]


def test_a_change_beyond_the_four_cases_is_told_at_its_cell(tmp_path: Path) -> None:
    (item,) = of_rule(merged(tmp_path, contact="каб. 14"), "П-16")
    assert (item["cell"], item["value"], item["severity"], item["record"]) == ("H6", "каб. 14", "info", "Т-0001")
    assert item["clause"] == "раздел III, абз. 2–5"
    assert item["message"] == "Изменение не подпадает под четыре случая раздела III и учтено как уточнение."


@pytest.mark.parametrize("values", [{"needs": "Подача заявления"}, {"needs": "Подача заявления", "contact": "каб. 14"}])
def test_a_change_of_one_of_the_four_cases_is_not_told(tmp_path: Path, values: dict[str, str]) -> None:
    assert of_rule(merged(tmp_path, **values), "П-16") == []


# --- П-03, П-04 on the directions of an edition -----------------------------------------------------------------------


def with_direction(direction: str, activity: str = STAFF) -> list[tuple[str, str, str, str]]:
    held = edition_of_rows([record("Т-0001", "КАДР", activity, "Прием", MINISTRY, direction=direction)]).records
    said = found.of_remarks(directions_agree(held, PROFILE), PROFILE)
    return [tuple(row) for row in said[["rule", "severity", "value", "message"]].to_numpy().tolist()]


INSIDE = "Взаимодействие с внутренним клиентом"
ALIAS = "Обеспечение доступа к информации деятельности"
NAMES = "; ".join(direction.name for direction in PROFILE.directions)


@pytest.mark.parametrize("direction", [INSIDE, "взаимодействие с  внутренним клиентом", ""])
def test_the_direction_of_its_activity_is_in_order(direction: str) -> None:
    assert with_direction(direction) == []


@pytest.mark.parametrize(
    ("direction", "activity", "finding"),
    [
        (
            "Рыболовство",
            STAFF,
            ("П-03", "error", "Рыболовство", f"Направление «Рыболовство» в Порядке не названо. Выберите: {NAMES}."),
        ),
        (
            ALIAS,
            "информирование о деятельности Министерства",
            (
                "П-03",
                "warning",
                ALIAS,
                f"Направление записано как «{ALIAS}»; приведено к «Обеспечение доступа к информации о деятельности».",
            ),
        ),
        (
            "Рассмотрение обращений и запросов",
            ACCOUNTING,
            (
                "П-04",
                "error",
                "Рассмотрение обращений и запросов",
                (
                    f"Вид деятельности «{ACCOUNTING}» не относится к направлению «Рассмотрение обращений и запросов». "
                    f"Ожидается «{INSIDE}»."
                ),
            ),
        ),
    ],
)
def test_another_direction_is_told(direction: str, activity: str, finding: tuple[str, str, str, str]) -> None:
    assert with_direction(direction, activity) == [finding]


def test_a_known_spelling_of_a_direction_is_brought_to_its_name_and_another_stays() -> None:
    held = [
        record("Т-0001", "КАДР", STAFF, "Прием", MINISTRY, direction=direction) for direction in (ALIAS, "Рыболовство")
    ]
    register = with_canonical_directions(edition_of_rows(held).records, PROFILE)
    assert register["direction"].tolist() == ["Обеспечение доступа к информации о деятельности", "Рыболовство"]


def test_an_edition_with_a_foreign_direction_still_carries_its_records(tmp_path: Path) -> None:
    wrong = EDITION.records.assign(
        direction=EDITION.records["direction"].mask(EDITION.records["code"] == "Т-0004", "?")
    )
    desk = Desk(tmp_path, replace(EDITION, records=wrong))
    desk.send("КАДР", UnitBook())
    result = desk.merge()
    assert result.report["reconciliation"]["after"] == len(EDITION.records)
