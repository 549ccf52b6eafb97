"""Records that were only split or merged are told as such; a touchpoint in another's place is linked to it."""

from __future__ import annotations

from typing import Any

import pytest

from tests.books import MINISTRY, PHONE, PROFILE, SED, SOVIETS, STAFF, record
from workbook_tools import records
from workbook_tools.comparing import Change, Context, compare, count, meets, regrouped_by
from workbook_tools.comparing.keys import compared
from workbook_tools.comparing.regroup import Group, Regrouped, regrouped, replacements

Row = dict[str, Any]
PROCESS, OTHER = "Приём заявлений на отпуск", "Выдача справок"
BOTH = f"{SOVIETS}, {MINISTRY}"
ADVICE, FORMS = "Получение консультации", "Получение форм документов"


def row(touchpoint: str = MINISTRY, **values: str) -> Row:
    return record("", "КАДР", STAFF, PROCESS, touchpoint) | values


def grouped(before: list[Row], after: list[Row]) -> Regrouped:
    old, new = (compared(records.frame(side), PROFILE) for side in (before, after))
    return regrouped(old, new, PROFILE)


def log(before: list[Row], after: list[Row], **options: Any) -> list[Change]:  # noqa: ANN401 - compare's own options
    return compare(records.frame(before), records.frame(after), PROFILE, Context(**options))


NOTHING = Regrouped((), ())


# --- several touchpoints in one cell -------------------------------------------------------------------------------

GLUED, APART = [row(BOTH)], [row(MINISTRY), row(SOVIETS)]


def test_a_record_that_named_two_touchpoints_is_split_into_one_record_each() -> None:
    found = grouped(GLUED, APART)
    assert found == Regrouped((Group(0, (1, 0)),), ())
    assert (found.gone, found.come) == ({0}, {0, 1})


def test_records_that_were_written_into_one_are_merged() -> None:
    found = grouped(APART, GLUED)
    assert found == Regrouped((), (Group(0, (1, 0)),))
    assert (found.gone, found.come) == ({0, 1}, {0})


@pytest.mark.parametrize("text", [f"{SOVIETS}; {MINISTRY}", f"{SOVIETS}\n{MINISTRY}", f"{SOVIETS} и {MINISTRY}"])
def test_it_makes_no_difference_how_the_touchpoints_were_strung_together(text: str) -> None:
    assert grouped([row(text)], APART) == Regrouped((Group(0, (1, 0)),), ())


def test_a_touchpoint_by_another_of_its_names_is_still_its_part() -> None:
    assert grouped([row(f"{SED}, {PHONE}")], [row("телефон"), row("СЭД")]).splits == (Group(0, (1, 0)),)


@pytest.mark.parametrize(
    "other",
    [
        {"kind": "digital"},
        {"client": "внешний"},
        {"needs": FORMS},
        {"process": OTHER},
        {"activity": "кадры"},
        {"contact": "каб. 3"},
        {"unit": "ИТ"},
        {"key": "yes"},
    ],
)
def test_a_part_with_other_content_makes_it_no_regrouping(other: dict[str, str]) -> None:
    assert grouped(GLUED, [APART[0], APART[1] | other]) == NOTHING
    assert grouped([APART[0], APART[1] | other], GLUED) == NOTHING


def test_the_addresses_of_the_parts_add_up_to_that_of_the_whole() -> None:
    whole = [row(BOTH, contact="каб. 1; каб. 2")]
    for contacts in (
        ("каб. 1", "каб. 2"),
        ("каб. 2", "каб. 1"),
        ("каб. 1; каб. 2", "каб. 2; каб. 1"),
        ("", whole[0]["contact"]),
    ):
        parts = [item | {"contact": contact} for item, contact in zip(APART, contacts, strict=True)]
        assert grouped(whole, parts).splits == (Group(0, (1, 0)),)
        assert grouped(parts, whole).merges == (Group(0, (1, 0)),)
    for contacts in (("каб. 1", "каб. 1"), ("каб. 1", "каб. 3"), ("", ""), ("каб. 1; каб. 2", "каб. 3")):
        parts = [item | {"contact": contact} for item, contact in zip(APART, contacts, strict=True)]
        assert grouped(whole, parts) == grouped(parts, whole) == NOTHING


def test_another_spelling_of_unit_address_and_needs_is_no_other_content() -> None:
    values = {"contact": "КАБ. 1.", "unit": "кадр", "needs": "«Получение консультации»", "process": f"«{PROCESS}»"}
    whole = [row(BOTH, contact="каб. 1")]
    assert grouped(whole, [item | values for item in APART]).splits == (Group(0, (1, 0)),)


def test_a_part_that_is_missing_makes_it_no_regrouping() -> None:
    assert grouped(GLUED, APART[:1]) == NOTHING
    assert grouped(GLUED, []) == NOTHING


def test_what_stands_as_before_is_not_regrouped() -> None:
    assert grouped(GLUED, GLUED) == NOTHING
    assert grouped(GLUED, [*GLUED, *APART]) == NOTHING
    assert grouped(APART, APART) == NOTHING


def test_a_part_that_the_earlier_edition_had_already_is_no_part() -> None:
    assert grouped([*GLUED, APART[0]], APART) == NOTHING


def test_two_records_that_named_the_same_touchpoints_share_no_parts() -> None:
    found = grouped(GLUED * 2, [*APART, *APART])
    assert sorted(part for group in found.splits for part in group.parts) == [0, 1, 2, 3]
    assert grouped(GLUED * 2, APART).splits == (Group(0, (1, 0)),)


@pytest.mark.parametrize(("before", "after", "grown"), [(GLUED, APART, 1), (APART, GLUED, -1)])
def test_the_register_adds_up_over_what_was_split_or_merged(before: list[Row], after: list[Row], grown: int) -> None:
    found = log(before, after)
    assert [change.classes for change in found] == [("split_merged",)] * 2
    assert regrouped_by(found) == grown
    assert meets(len(before), len(after), found)


# --- one process and touchpoint several times ----------------------------------------------------------------------

ALL, PARTS = [row(needs=f"{ADVICE}; {FORMS}")], [row(needs=ADVICE), row(needs=FORMS)]


def test_records_that_repeat_a_touchpoint_become_the_one_that_has_the_needs_of_all() -> None:
    assert grouped(PARTS, ALL) == Regrouped((), (Group(0, (0, 1)),))


def test_one_record_becomes_those_that_share_its_needs_between_them() -> None:
    assert grouped(ALL, PARTS) == Regrouped((Group(0, (0, 1)),), ())


def test_needs_by_another_wording_are_the_same_needs() -> None:
    assert grouped([row(needs="консультация"), PARTS[1]], ALL).merges == (Group(0, (0, 1)),)


@pytest.mark.parametrize("needs", [ADVICE, f"{ADVICE}; {FORMS}; Подача жалобы", ""])
def test_where_a_need_was_lost_or_won_nothing_was_only_merged(needs: str) -> None:
    assert grouped(PARTS, [row(needs=needs)]) == NOTHING
    assert grouped([row(needs=needs)], PARTS) == NOTHING


@pytest.mark.parametrize(
    "other", [{"kind": "digital"}, {"client": "внешний"}, {"contact": "каб. 3"}, {"unit": "ИТ"}, {"key": "yes"}]
)
def test_repeats_with_other_content_are_not_merged(other: dict[str, str]) -> None:
    assert grouped([PARTS[0], PARTS[1] | other], ALL) == NOTHING
    assert grouped(PARTS, [ALL[0] | other]) == NOTHING
    assert grouped([ALL[0] | other], PARTS) == NOTHING


def test_parts_that_say_all_that_the_whole_does_repeat_it() -> None:
    assert grouped(ALL, ALL * 2) == Regrouped((Group(0, (0, 1), repeats=True),), ())
    assert grouped(ALL * 3, ALL) == Regrouped((), (Group(0, (0, 1, 2), repeats=True),))
    assert grouped(ALL, [*ALL, *PARTS[:1]]).splits == (Group(0, (0, 1), repeats=False),)


def test_a_record_that_is_written_again_is_told_to_be_left_once() -> None:
    found = log([row(code="Т-0001")], [row(code="Т-0002"), row(code="Т-0003")])
    assert {change.text for change in found} == {
        (
            "Строка Т-0001 прежней редакции повторена в новой: Т-0002, Т-0003. "
            "Содержание не изменено; оставьте одну запись."
        )
    }
    assert {change.entries[0].variant for change in found} == {"repeated"}
    assert (len(found), regrouped_by(found), meets(1, 2, found)) == (2, 1, True)


def test_a_record_that_was_only_shared_out_is_not_told_to_repeat() -> None:
    found = log(ALL, PARTS)
    assert {change.entries[0].variant for change in found} == {""}
    assert all(change.text.endswith("Содержание не изменено.") and "разделена" in change.text for change in found)
    assert {change.entries[0].variant for change in log(ALL * 2, ALL)} == {"merged"}


def test_repeats_on_both_sides_are_matched_not_merged() -> None:
    assert grouped(PARTS, PARTS) == NOTHING
    assert log(PARTS, PARTS) == []


@pytest.mark.parametrize("other", [{"contact": "каб. 3"}, {"unit": "ИТ"}, {"key": "yes"}])
@pytest.mark.parametrize(
    ("before", "after"), [(PARTS, ALL), (ALL, PARTS), (GLUED, APART), (APART, GLUED), (ALL, ALL * 2), (ALL * 2, ALL)]
)
def test_a_change_of_content_beside_a_regrouping_is_told(
    before: list[Row], after: list[Row], other: dict[str, str]
) -> None:
    for changed in ([item | other for item in after], [*after[:-1], after[-1] | other]):
        found = log(before, changed)
        assert count(found, "split_merged") == 0
        assert "Содержание не изменено" not in " ".join(change.text for change in found)
        assert found
        assert meets(len(before), len(after), found)


@pytest.mark.parametrize(
    ("before", "after", "other", "kind"),
    [
        (GLUED, APART, {"key": "yes"}, "split_merged"),
        (ALL, PARTS, {"unit": ""}, "split_merged"),
        ([row()], [row(PHONE)], {"unit": ""}, "replaced"),
    ],
)
def test_a_column_that_an_edition_lacks_stands_in_the_way_of_nothing(
    before: list[Row], after: list[Row], other: dict[str, str], kind: str
) -> None:
    found = log(before, [item | other for item in after], absent=frozenset(other))
    assert count(found, kind) == 2


# --- a touchpoint in another's place -------------------------------------------------------------------------------


def placed(before: list[Row], after: list[Row], links: dict[str, str] | None = None) -> dict[int, tuple[int, bool]]:
    frames = [records.frame(side) for side in (before, after)]
    old, new = (compared(side, PROFILE) for side in frames)
    return replacements(old, new, (frames[0]["code"], frames[1]["code"]), links or {})


def test_a_known_link_is_certain_whatever_the_records_say() -> None:
    before, after = [row(code="Т-0001")], [row(PHONE, code="Т-0009", needs="Иное", client="внешний")]
    assert placed(before, after, {"Т-0001": "Т-0009"}) == {0: (0, True)}
    assert placed(before, after, {"Т-0001": "Т-0010"}) == {}
    assert placed(before, after, {"Т-0002": "Т-0009"}) == {}


def test_one_lost_and_one_new_touchpoint_that_offer_the_same_are_only_proposed() -> None:
    assert placed([row()], [row(PHONE)]) == {0: (0, False)}
    assert placed([row(code="Т-0001")], [row(PHONE)]) == {0: (0, False)}


def test_two_codes_are_two_records_whatever_they_offer() -> None:
    assert placed([row(code="Т-0001")], [row(PHONE, code="Т-0002")]) == {}


@pytest.mark.parametrize(
    "other", [{"client": "внешний"}, {"needs": FORMS}, {"unit": "ИТ"}, {"key": "yes"}, {"process": OTHER}]
)
def test_what_offers_something_else_took_no_ones_place(other: dict[str, str]) -> None:
    assert placed([row()], [row(PHONE) | other]) == {}


def test_without_needs_nothing_says_that_the_same_is_offered() -> None:
    assert placed([row(needs="")], [row(PHONE, needs="")]) == {}


def test_of_several_that_offer_the_same_none_is_picked() -> None:
    assert placed([row()], [row(PHONE), row(SED)]) == {}
    assert placed([row(), row(SOVIETS)], [row(PHONE)]) == {}


def test_a_new_record_takes_one_place_and_what_a_link_took_is_taken() -> None:
    before, after = [row(code="Т-0001"), row(SOVIETS)], [row(PHONE, code="Т-0009")]
    assert placed(before, after, {"Т-0001": "Т-0009"}) == {0: (0, True)}
    assert placed(before[1:], after) == {0: (0, False)}
