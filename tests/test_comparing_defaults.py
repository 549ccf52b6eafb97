"""A touchpoint whose kind the profile's rule changed is one entry, however many records follow it (К12)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.books import MINISTRY, PHONE, PROFILE, SED, STAFF, record
from workbook_tools import records
from workbook_tools.comparing import Change, Context, compare, count, meets
from workbook_tools.comparing.defaults import Flip, flips
from workbook_tools.comparing.keys import compared

if TYPE_CHECKING:
    from workbook_tools.profile import Profile

Row = dict[str, Any]
DIGITAL = PROFILE.model_copy(update={"kind_overrides": {"ТЕЛЕФОН": "digital"}})
(TELEPHONE,) = (item for item in PROFILE.touchpoints if item.code == "ТЕЛЕФОН")
STOOD: dict[str, str] = {item.code: item.kind for item in PROFILE.touchpoints}
FLIP = {"ТЕЛЕФОН": Flip(TELEPHONE, "offline", "digital")}


def rows(*kinds: str, touchpoint: str = PHONE, **values: str) -> list[Row]:
    """Return a record for each kind given, each of a process of its own."""
    return [
        record(f"Т-{at:04d}", "КАДР", STAFF, f"Приём заявлений по форме № {at}", touchpoint, kind=kind) | values
        for at, kind in enumerate(kinds, 1)
    ]


def log(before: list[Row], after: list[Row], profile: Profile = DIGITAL, **options: Any) -> list[Change]:  # noqa: ANN401 - compare's own options
    return compare(records.frame(before), records.frame(after), profile, Context(**options))


def flipped(before: list[Row], after: list[Row], stood: dict[str, str], profile: Profile = DIGITAL) -> dict[str, Flip]:
    old, new = (compared(records.frame(side), profile) for side in (before, after))
    return flips(old, new, stood, profile)


def followed(change: Change) -> list[str]:
    assert change.rule is not None
    return [after["code"] for _, after in change.rule.followed]


OFFLINE, ONLINE = ["offline"] * 3, ["digital"] * 3


# --- the earlier edition says its rules ----------------------------------------------------------------------------


def test_where_the_earlier_rule_is_known_the_change_of_it_is_told_once() -> None:
    (change,) = log(rows(*OFFLINE), rows(*ONLINE), kinds=STOOD)
    assert change.classes == ("rule_changed",)
    assert change.text == "Для точки «телефонная связь» вид по умолчанию теперь «цифровая»; затронуто записей: 3."
    assert (change.entries[0].before, change.entries[0].after) == ("офлайн", "цифровая")
    assert followed(change) == ["Т-0001", "Т-0002", "Т-0003"]
    assert (change.before, change.after, change.pair, change.proposed) == (None, None, None, False)


def test_one_record_is_enough_where_the_rule_is_known() -> None:
    (change,) = log(rows("offline"), rows("digital"), kinds=STOOD)
    assert (change.classes, followed(change)) == (("rule_changed",), ["Т-0001"])


@pytest.mark.parametrize(
    ("before", "after", "classes"),
    [
        (["digital"], ["digital"], []),
        (["offline"], ["offline"], []),
        (["digital"], ["offline"], [("kind_changed",)]),
        (["digital"], [], [("excluded",)]),
        ([], ["digital"], [("new",)]),
        ([], [], []),
    ],
)
def test_a_rule_that_changed_is_told_only_where_a_record_follows_it(
    before: list[str], after: list[str], classes: list[tuple[str, ...]]
) -> None:
    assert flipped(rows(*before)[: len(after)], rows(*after)[: len(before)], STOOD) == FLIP
    assert [change.classes for change in log(rows(*before), rows(*after), kinds=STOOD)] == classes


def test_where_the_known_rule_stayed_every_change_of_kind_is_the_records_own() -> None:
    stood = STOOD | {"ТЕЛЕФОН": "digital"}
    assert [change.classes for change in log(rows(*OFFLINE), rows(*ONLINE), kinds=stood)] == [("kind_changed",)] * 3
    assert flipped(rows(*OFFLINE), rows(*ONLINE), stood) == {}


def test_of_any_touchpoint_a_known_rule_may_have_changed() -> None:
    stood = STOOD | {"СЭД": "offline"}
    (change,) = log(rows("offline", touchpoint=SED), rows("digital", touchpoint=SED), PROFILE, kinds=stood)
    assert change.classes == ("rule_changed",)
    assert change.record["touchpoint"] == SED


def test_an_earlier_edition_that_says_nothing_of_a_touchpoint_changes_no_rule_of_it() -> None:
    assert flipped(rows(*OFFLINE), rows(*ONLINE), {"СЭД": "digital"}) == {}


# --- the earlier edition does not say them -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (["offline"] * 2, ["digital"] * 2),
        (["offline"] * 3, ["digital"] * 3),
        (["offline"] * 3, ["digital", "digital", "offline"]),
        (["offline", "offline", "digital"], ["digital"] * 3),
    ],
)
def test_where_at_least_two_records_and_most_of_them_turned_the_rule_is_taken_to_have_changed(
    before: list[str], after: list[str]
) -> None:
    assert flipped(rows(*before), rows(*after), {}) == FLIP


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (["offline"], ["digital"]),
        (["offline"] * 3, ["digital", "offline", "offline"]),
        (["offline"] * 4, ["digital", "digital", "offline", "offline"]),
        (["offline", "digital", "digital", "digital"], ["digital"] * 4),
        (["digital"] * 3, ["offline"] * 3),
        ([], []),
    ],
)
def test_where_fewer_turned_or_to_what_is_not_the_rule_it_is_not(before: list[str], after: list[str]) -> None:
    assert flipped(rows(*before), rows(*after), {}) == {}


def test_one_record_that_turned_alone_is_a_change_of_its_kind() -> None:
    assert [change.classes for change in log(rows("offline"), rows("digital"))] == [("kind_changed",)]


def test_only_a_touchpoint_that_the_order_calls_both_ways_can_have_had_another_rule() -> None:
    before, after = rows("digital", "digital", touchpoint=MINISTRY), rows("offline", "offline", touchpoint=MINISTRY)
    assert [change.classes for change in log(before, after, PROFILE)] == [("kind_changed",)] * 2
    assert [change.classes for change in log(after, before, PROFILE)] == [("kind_changed",)] * 2


# --- beside it -----------------------------------------------------------------------------------------------------


def test_other_changes_of_the_records_that_follow_stay_theirs() -> None:
    after = rows(*ONLINE)
    after[0] |= {"needs": "Подача жалобы"}
    after[2] |= {"contact": "20-00-07"}
    rule, needs, contact = log(rows(*OFFLINE), after)
    assert (rule.classes, followed(rule)) == (("rule_changed",), ["Т-0001", "Т-0002", "Т-0003"])
    assert (needs.record["code"], needs.classes) == ("Т-0001", ("needs_changed",))
    assert (contact.record["code"], contact.classes) == ("Т-0003", ("contact_changed",))


def test_a_record_that_turned_against_the_rule_is_a_change_of_its_kind() -> None:
    before, after = rows("offline", "offline", "digital"), rows("digital", "digital", "offline")
    rule, own = log(before, after, kinds=STOOD)
    assert followed(rule) == ["Т-0001", "Т-0002"]
    assert (own.record["code"], own.classes) == ("Т-0003", ("kind_changed",))
    assert "вид изменён с «цифровая» на «офлайн»" in own.text


def test_a_record_that_stayed_as_it_was_is_no_change() -> None:
    (rule,) = log(rows(*OFFLINE), rows("digital", "digital", "offline"), kinds=STOOD)
    assert followed(rule) == ["Т-0001", "Т-0002"]


def test_records_that_came_or_went_follow_nothing() -> None:
    found = log(rows(*OFFLINE)[:2], rows(*ONLINE)[1:], kinds=STOOD)
    assert [change.classes for change in found] == [("rule_changed",), ("excluded",), ("new",)]
    assert followed(found[0]) == ["Т-0002"]
    assert meets(2, 2, found)


def test_a_changed_rule_adds_nothing_to_the_sum_and_comes_first() -> None:
    before, after = rows(*OFFLINE), rows(*ONLINE, "digital")
    found = log(before, after, kinds=STOOD)
    assert [change.classes for change in found] == [("rule_changed",), ("new",)]
    assert meets(3, 4, found)
    assert count(found, "kind_changed") == 0
