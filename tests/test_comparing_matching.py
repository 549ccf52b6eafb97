"""Records are matched by code, then by key, then under another activity, then by similarity; each at most once."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.books import COMPUTING, MINISTRY, PHONE, PROFILE, SOVIETS, STAFF, edition_of_rows, record
from workbook_tools import records
from workbook_tools.comparing import Change, Context, codes_agree, compare
from workbook_tools.comparing.keys import compared
from workbook_tools.comparing.matching import BY_CODE, BY_KEY, BY_SIMILARITY, Match, match

Row = dict[str, Any]
PROCESS, IN_FULL, OTHER = "Приём заявлений на отпуск", "Приём заявлений на отпуск (дистанционно)", "Выдача справок"


def row(code: str = "", process: str = PROCESS, touchpoint: str = MINISTRY, **values: str) -> Row:
    return record(code, "КАДР", STAFF, process, touchpoint, contact="каб. 1") | values


def matched(before: list[Row], after: list[Row]) -> list[Match]:
    frames = [records.frame(side) for side in (before, after)]
    old, new = (compared(side, PROFILE) for side in frames)
    return match(old, new, (frames[0]["code"], frames[1]["code"]))


def ways(before: list[Row], after: list[Row]) -> dict[tuple[int, int], str]:
    return {(item.before, item.after): item.by for item in matched(before, after)}


def log(before: list[Row], after: list[Row], **options: Any) -> list[Change]:  # noqa: ANN401 - compare's own options
    return compare(records.frame(before), records.frame(after), PROFILE, Context(**options))


# --- which way comes first -----------------------------------------------------------------------------------------


def test_the_code_wins_over_the_key() -> None:
    before = [row("Т-0001"), row("Т-0002", OTHER)]
    after = [row("Т-0001", OTHER), row("Т-0002")]
    assert ways(before, after) == {(0, 0): BY_CODE, (1, 1): BY_CODE}


def test_the_key_wins_over_another_activity() -> None:
    before = [row(), row(activity=COMPUTING)]
    after = [row(activity=COMPUTING, contact="каб. 5"), row(contact="каб. 6")]
    assert ways(before, after) == {(0, 1): BY_KEY, (1, 0): BY_KEY}


def test_another_activity_wins_over_similarity() -> None:
    assert ways([row()], [row(process=IN_FULL), row(activity=COMPUTING)]) == {(0, 1): BY_KEY}


def test_what_is_left_over_is_matched_by_similarity_and_proposed() -> None:
    (item,) = matched([row()], [row(process=IN_FULL)])
    assert (item.by, item.proposed) == (BY_SIMILARITY, True)
    assert item.similar is not None
    assert (item.similar.before, item.similar.after) == (item.before, item.after)


def test_each_way_takes_what_the_ways_before_it_left() -> None:
    before = [row("Т-0001"), row("", OTHER), row("", "Учёт имущества"), row("", "Ремонт связи", SOVIETS)]
    after = [
        row("", "Ремонт средств связи", SOVIETS),
        row("", "Учёт имущества", activity=COMPUTING),
        row("", OTHER, contact="каб. 9"),
        row("Т-0001", "Увольнение"),
    ]
    assert ways(before, after) == {(0, 3): BY_CODE, (1, 2): BY_KEY, (2, 1): BY_KEY, (3, 0): BY_SIMILARITY}


def test_a_process_that_is_twice_under_other_activities_is_not_matched_by_chance() -> None:
    finance = PROFILE.activities[4].name
    after = [row(activity=COMPUTING, contact="каб. 5"), row(activity=finance, contact="каб. 6")]
    assert BY_KEY not in ways([row()], after).values()


@pytest.mark.parametrize("code", ["", "Т-0001"])
def test_blank_codes_and_codes_that_stand_twice_match_nothing(code: str) -> None:
    twice = [row(code, "Увольнение"), row(code, "Приём на службу", PHONE)]
    assert BY_CODE not in ways(twice, [row(code, OTHER, SOVIETS)]).values()


def test_records_that_are_spoken_for_take_no_part() -> None:
    frames = records.frame([row(), row(process=OTHER)])
    keys = compared(frames, PROFILE)
    found = match(keys, keys, (frames["code"], frames["code"]), ({0}, {0}))
    assert [(item.before, item.after) for item in found] == [(1, 1)]


# --- codes in use --------------------------------------------------------------------------------------------------


def test_where_codes_are_in_use_another_code_is_another_record_however_near() -> None:
    before, after = [row("Т-0001", OTHER), row("Т-0002")], [row("Т-0001", OTHER), row("Т-0003", IN_FULL)]
    assert ways(before, after) == {(0, 0): BY_CODE}
    assert sorted(change.classes for change in log(before, after)) == [("excluded",), ("new",)]


def test_where_codes_are_in_use_records_without_one_are_still_matched_by_similarity() -> None:
    before, after = [row("Т-0001", OTHER), row("")], [row("Т-0001", OTHER), row("", IN_FULL)]
    assert ways(before, after) == {(0, 0): BY_CODE, (1, 1): BY_SIMILARITY}


def test_codes_that_are_not_of_one_count_decide_nothing() -> None:
    before, after = [row("Т-0001"), row("Т-0002", OTHER)], [row("Т-0001", OTHER), row("Т-0002")]
    assert [change.classes for change in log(before, after)] == [("process_renamed",)] * 2
    assert log(before, after, codes=False) == []


# --- several records of one key ------------------------------------------------------------------------------------


def test_of_several_records_of_one_key_the_most_alike_are_paired() -> None:
    before = [row(contact="каб. 1", key="yes"), row(contact="каб. 2", client="внешний")]
    after = [row(contact="каб. 2", client="внешний", kind="digital"), row(contact="каб. 3", key="yes")]
    found = {(item.before, item.after): item.equal for item in matched(before, after)}
    assert found == {(0, 1): False, (1, 0): False}


def test_the_fewest_differences_in_all_are_sought_not_the_nearest_for_the_first() -> None:
    before = [row(contact="каб. 1"), row(contact="каб. 1", kind="digital", client="внешний")]
    after = [row(contact="каб. 2"), row(contact="каб. 1", client="внешний", key="yes", kind="digital")]
    assert {(item.before, item.after) for item in matched(before, after)} == {(0, 0), (1, 1)}


def test_where_others_fit_as_well_the_pairs_are_only_proposed_and_say_so() -> None:
    before = [row(contact="каб. 1"), row(contact="каб. 2")]
    after = [row(contact="каб. 3"), row(contact="каб. 4")]
    assert all(item.equal and item.proposed and item.by == BY_KEY for item in matched(before, after))
    found = log(before, after)
    assert [change.classes for change in found] == [("contact_changed",)] * 2
    assert {change.evidence for change in found} == {
        ("Процесс и точка повторяются в нескольких записях; сопоставлены самые близкие.",)
    }


def test_equal_records_are_paired_first_and_leave_nothing_to_decide() -> None:
    before = [row(contact="каб. 1"), row(contact="каб. 2")]
    after = [row(contact="каб. 3"), row(contact="каб. 1")]
    found = {(item.before, item.after): item.proposed for item in matched(before, after)}
    assert found == {(0, 1): False, (1, 0): False}


def test_of_unequal_numbers_of_one_key_the_rest_comes_or_goes() -> None:
    before = [row(needs="Подача жалобы"), row(needs="Подача запроса"), row(needs="Получение ответа")]
    found = log(before, [row(needs="Подача запроса")])
    assert [change.classes for change in found] == [("excluded",)] * 2
    assert {change.record["needs"] for change in found} == {"Подача жалобы", "Получение ответа"}


# --- law -----------------------------------------------------------------------------------------------------------

ROWS = st.builds(
    row,
    st.sampled_from(["", "", "Т-0001", "Т-0002", "Т-0003"]),
    st.sampled_from([PROCESS, IN_FULL, OTHER]),
    st.sampled_from([MINISTRY, PHONE]),
    activity=st.sampled_from([STAFF, COMPUTING]),
    contact=st.sampled_from(["каб. 1", "каб. 2"]),
)
EDITIONS = st.lists(ROWS, max_size=6)


@settings(deadline=None, max_examples=20)
@given(EDITIONS, EDITIONS)
def test_no_record_is_matched_twice_and_codes_are_never_crossed_by_similarity(
    before: list[Row], after: list[Row]
) -> None:
    found = matched(before, after)
    assert len({item.before for item in found}) == len({item.after for item in found}) == len(found)
    in_use = any(item.by == BY_CODE for item in found)
    crossed = [item for item in found if item.by == BY_SIMILARITY and before[item.before]["code"]]
    assert not (in_use and crossed)


# --- whether codes are of one count --------------------------------------------------------------------------------

EDITION = edition_of_rows([row(f"Т-000{at}", f"{OTHER} № {at}") for at in range(1, 7)])


def renumbered(turn: int, count: int = 6) -> list[Row]:
    """Return the edition's records with the codes given anew, beginning elsewhere."""
    return [row(f"Т-000{(at + turn) % 6 + 1}", f"{OTHER} № {at}") for at in range(1, count + 1)]


def test_codes_of_an_edition_made_from_the_other_agree() -> None:
    derived = [*records.rows(EDITION.records)[1:], row("Т-0007", "Награждение")]
    derived[0] |= {"process": "Приём граждан"}
    assert codes_agree(EDITION, edition_of_rows(derived, "2026-11-22"), PROFILE)


def test_codes_of_editions_that_were_numbered_independently_do_not_agree() -> None:
    assert not codes_agree(EDITION, edition_of_rows(renumbered(3), "2026-11-22"), PROFILE)


def test_codes_that_mostly_agree_are_of_one_count_though_some_records_changed_places() -> None:
    rows = [row(f"Т-000{at}", f"{OTHER} № {at}") for at in range(1, 7)]
    rows[0]["code"], rows[1]["code"] = rows[1]["code"], rows[0]["code"]
    assert codes_agree(EDITION, edition_of_rows(rows, "2026-11-22"), PROFILE)


@pytest.mark.parametrize("count", [0, 1, 2])
def test_too_few_records_in_common_prove_nothing(count: int) -> None:
    assert codes_agree(EDITION, edition_of_rows(renumbered(3, count), "2026-11-22"), PROFILE)
    assert not codes_agree(EDITION, edition_of_rows(renumbered(3, 3), "2026-11-22"), PROFILE)


def test_an_edition_without_codes_agrees_with_any() -> None:
    blank = replace(EDITION, records=EDITION.records.assign(code=pd.Series([""] * 6, dtype="str")))
    assert codes_agree(blank, EDITION, PROFILE)
    assert codes_agree(EDITION, blank, PROFILE)
