"""What has no row: the register as a whole, silent units, deleted rows."""

from __future__ import annotations

import pandas as pd
import pytest

from workbook_tools import findings as found
from workbook_tools import records
from workbook_tools.profile import load_profile
from workbook_tools.records import Edition
from workbook_tools.rules.register import coverage, deleted_rows, key_touchpoints, silent_units

PROFILE = load_profile().profile
REQUESTS = PROFILE.activities[0]
SITE, PHONE = "официальный сайт Министерства", "телефонная связь"


def register(*rows: dict[str, str]) -> pd.DataFrame:
    whole = {"process": "Прием", "state": "in_force", "kind": "digital", "touchpoint": SITE, "unit": "ОРГ"}
    made = [whole | {"activity": REQUESTS.name, "direction": PROFILE.direction_of[REQUESTS.name]} | row for row in rows]
    return records.frame(made)


def messages(frame: pd.DataFrame) -> list[tuple[str, str, str]]:
    said = found.of_remarks(coverage(frame, PROFILE), PROFILE)
    return [(row["rule"], row["severity"], row["message"]) for row in said.to_dict("records")]


ORAL = ("П-25", "warning", "Для устных обращений не указано ни одной точки (телефон, личный приём).")


def test_oral_requests_need_a_place_or_a_telephone() -> None:
    assert ORAL in messages(register({}))


@pytest.mark.parametrize(
    "row", [{"touchpoint": PHONE, "kind": "digital"}, {"touchpoint": "приемная", "kind": "offline"}]
)
def test_a_telephone_or_a_place_serves_oral_requests(row: dict[str, str]) -> None:
    assert ORAL not in messages(register({}, row))


def test_a_quarantined_place_serves_nobody() -> None:
    assert ORAL in messages(register({}, {"touchpoint": PHONE, "kind": "offline", "state": "quarantined"}))


def test_an_activity_without_a_record_is_told() -> None:
    said = messages(register({}))
    others = [activity.name for activity in PROFILE.activities[1:]]
    told = [message for rule, severity, message in said if (rule, severity) == ("П-24", "warning")]
    assert told == [f"По виду деятельности «{name}» нет ни одной записи." for name in others]


def test_a_touchpoint_of_the_list_that_nobody_uses_is_told_and_one_outside_it_is_not() -> None:
    unused = "Точка «{}» названа в п. 3 раздела II, но не используется ни в одном процессе."
    told = [message for _, severity, message in messages(register({})) if severity == "info"]
    listed = [touchpoint.name for touchpoint in PROFILE.touchpoints if touchpoint.in_list and touchpoint.code != "САЙТ"]
    assert told == [unused.format(name) for name in listed]


def test_a_touchpoint_used_by_an_alias_is_used() -> None:
    used = messages(register({"touchpoint": "СЭД ДелоПро"}))
    assert not any("(СЭД)" in message for _, _, message in used)


def test_each_direction_without_a_key_touchpoint_is_told() -> None:
    said = found.of_remarks(key_touchpoints(register({"key": "yes"}), PROFILE), PROFILE)
    names = [direction.name for direction in PROFILE.directions[1:]]
    assert said["message"].tolist() == [
        f"По направлению «{name}» не отмечена ни одна ключевая точка." for name in names
    ]


def test_a_silent_unit_is_told_with_what_was_carried_over() -> None:
    codes = ("Т-0001", "Т-0002", "Т-0003")
    edition = Edition(register(*({"code": code, "touchpoint": f"точка {code}"} for code in codes)))
    # Т-0003 another unit changed, with the officer's consent.
    states = ("unconfirmed", "unconfirmed", "in_force")
    following = register(*({"code": code, "state": state} for code, state in zip(codes, states, strict=True)))
    received = frozenset(PROFILE.unit) - {"ОРГ", "ИТ"}
    said = found.of_remarks(silent_units(edition, following, received, PROFILE), PROFILE)
    silent = "Сведения от «{}» не поступили. {}"
    assert said["message"].tolist() == [
        silent.format(
            "Отдел организационной работы (пример)", "2 записи перенесены из прежней редакции без подтверждения."
        ),
        silent.format(
            "Отдел информационных технологий (пример)", "Записей этого подразделения в прежней редакции нет."
        ),
    ]


def test_a_silent_unit_of_which_nothing_was_carried_over_had_records_all_the_same() -> None:
    (said,) = silent_units(Edition(register({})), records.empty(), frozenset(PROFILE.unit) - {"ОРГ"}, PROFILE)
    assert (said.message, said.words["k"]) == ("main", "0 записей перенесено")


def test_a_deleted_row_is_told_and_a_kept_one_is_not() -> None:
    edition = Edition(register({"code": "Т-0001"}, {"code": "Т-0002", "touchpoint": PHONE}))
    rows = pd.DataFrame({"file": ["а.xlsx"], "code": ["Т-0002"]}, dtype="str")
    (said,) = deleted_rows(rows, {"а.xlsx": "ОРГ"}, edition, PROFILE)
    assert (said.rule, said.message, said.place.value, said.place.file) == ("П-15", "deleted", "Т-0001", "а.xlsx")
    assert list(deleted_rows(rows, {"а.xlsx": "ОРГ"}, None, PROFILE)) == []
