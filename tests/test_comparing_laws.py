"""Laws of comparing, on editions that people might write: nothing is lost or invented, order decides nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.editions import HEAVY, pair
from workbook_tools import records
from workbook_tools.comparing import Change, Context, compare, count, meets
from workbook_tools.comparing.keys import COMPARED, compared
from workbook_tools.profile import Profile, load_profile
from workbook_tools.records import IN_FORCE, QUARANTINED, UNCONFIRMED

PROFILE = load_profile().profile
FLIPPED = PROFILE.model_copy(update={"kind_overrides": {"ТЕЛЕФОН": "digital"}})
STAFF, COMPUTING = "кадровая работа", "информационно-техническое обеспечение сотрудников"
BUILDING, SOVIETS, PHONE = "здание Министерства", "здание Дома Советов", "телефонная связь"
PROCESSES = [
    "Прием заявлений на отпуск",
    "Прием заявлений на отпуск в электронной форме",
    "Принятие заявлений на отпуск сотр.",
    "Заявлений на отпуск: прием",
    "Прием заявлений на отпуск за 2025 год",
    "Прием заявлений на отпуск за 2026 год",
    "Выдача справок о доходах",
    "Выдача справок о стаже",
    "ВЫДАЧА  справок о доходах.",
]
Row = dict[str, Any]

ROWS = st.fixed_dictionaries(
    {
        "activity": st.sampled_from([STAFF, COMPUTING]),
        "process": st.sampled_from(PROCESSES),
        "touchpoint": st.sampled_from(
            [BUILDING, SOVIETS, PHONE, f"{SOVIETS}, {BUILDING}", "Телефон (20-00-01)", "МФЦ"]
        ),
        "contact": st.sampled_from(["", "каб. 1", "20-00-01"]),
        "client": st.sampled_from(["внутренний", "внешний"]),
        "kind": st.sampled_from(["digital", "offline"]),
        "needs": st.sampled_from(["Консультация", "Получение консультации", "Подача жалобы; Получение ответа"]),
        "key": st.sampled_from(["", "yes"]),
        "unit": st.sampled_from(["КАДР", "ИТ"]),
        "state": st.sampled_from([IN_FORCE, IN_FORCE, UNCONFIRMED, QUARANTINED]),
        "code": st.sampled_from(["", "", "Т-0001", "Т-0002", "Т-0003"]),
    }
)


def _coded_once(rows: list[Row]) -> list[Row]:
    given: set[str] = set()
    kept = []
    for number, row in enumerate(rows, 1):
        code = "" if row["code"] in given else row["code"]
        given.add(code)
        kept.append({**row, "code": code, "row": number})
    return kept


EDITIONS = st.lists(ROWS, max_size=8).map(_coded_once)


def changes(before: list[Row], after: list[Row], profile: Profile = PROFILE) -> list[Change]:
    return compare(records.frame(before), records.frame(after), profile)


def content(rows: Sequence[Row]) -> Counter[tuple[str, ...]]:
    """Return what an edition says, in the form in which editions are compared."""
    frame = records.in_force(records.frame(rows)).reset_index(drop=True)
    return Counter(compared(frame, PROFILE)[list(COMPARED)].itertuples(index=False, name=None))


def applied(old: Sequence[Row], found: list[Change]) -> list[Row]:
    """Apply a change log to the old edition: each entry touches its own column and no other."""
    rows = {int(row["row"]): dict(row) for row in old if row["state"] != QUARANTINED}
    added: list[Row] = []
    for change in found:
        _apply(change, rows, added)
    return [*rows.values(), *added]


def _apply(change: Change, rows: dict[int, Row], added: list[Row]) -> None:
    before, after = change.before, change.after
    if change.rule is not None:
        for was, now in change.rule.followed:
            rows[int(was["row"])]["kind"] = now["kind"]
    elif before is None:
        added.append(dict(change.record))
    elif after is None:
        del rows[int(before["row"])]
    elif change.classes == ("split_merged",):
        rows.pop(int(before["row"]), None)
        added += [] if after in added else [dict(after)]
    else:
        rows[int(before["row"])] |= {entry.column: after[entry.column] for entry in change.entries if entry.column}


@settings(deadline=None, max_examples=60)
@given(EDITIONS)
def test_an_edition_does_not_differ_from_itself(edition: list[Row]) -> None:
    assert changes(edition, edition) == []


# Three laws of one comparison, which is what takes the time.
@settings(deadline=None, max_examples=80)
@given(EDITIONS, EDITIONS)
def test_the_changes_lead_to_the_new_edition_meet_its_sum_and_tell_of_no_record_twice(
    before: list[Row], after: list[Row]
) -> None:
    found = changes(before, after)
    assert content(applied(before, found)) == content(after)
    assert meets(content(before).total(), content(after).total(), found)
    assert not meets(content(before).total(), content(after).total() + 1, found)
    of_one = [change for change in found if "split_merged" not in change.classes]
    for side in ("before", "after"):
        rows = [record["row"] for change in of_one if (record := getattr(change, side)) is not None]
        assert len(rows) == len(set(rows))


@settings(deadline=None, max_examples=60)
@given(EDITIONS, EDITIONS)
def test_swapping_the_editions_mirrors_new_and_excluded(before: list[Row], after: list[Row]) -> None:
    there, back = changes(before, after), changes(after, before)
    came = Counter(_said(change.after) for change in there if "new" in change.classes)
    went = Counter(_said(change.before) for change in back if "excluded" in change.classes)
    assert came == went
    for kind in ("needs_changed", "replaced", "split_merged", "process_renamed"):
        assert count(there, kind) == count(back, kind)
    assert _kinds_changed(there) == _kinds_changed(back)


def _kinds_changed(found: list[Change]) -> int:
    """Return how many records changed their kind: by themselves, or told at once as following a rule (К12).

    A rule is seen only where it leads to the profile's, so that the way back is told record by record.
    """
    followed = sum(len(change.rule.followed) for change in found if change.rule)
    return count(found, "kind_changed") + followed


def test_records_that_follow_a_rule_one_way_are_changed_one_by_one_the_other_way() -> None:
    digital = [
        {
            "activity": STAFF,
            "process": process,
            "touchpoint": PHONE,
            "client": "внутренний",
            "kind": "digital",
            "needs": "Консультация",
            "unit": "КАДР",
            "state": IN_FORCE,
            "row": number,
        }
        for number, process in enumerate(PROCESSES[:1] + PROCESSES[6:7], 1)
    ]
    offline = [row | {"kind": "offline"} for row in digital]
    there, back = changes(digital, offline), changes(offline, digital)
    assert (count(there, "rule_changed"), count(there, "kind_changed")) == (1, 0)
    assert (count(back, "rule_changed"), count(back, "kind_changed")) == (0, 2)
    assert _kinds_changed(there) == _kinds_changed(back) == 2


def _said(record: Any) -> tuple[str, ...]:  # noqa: ANN401 - a record or None, as a change has it
    return tuple(str(record[name]) for name in ("code", *COMPARED))


@settings(deadline=None, max_examples=40)
@given(EDITIONS, EDITIONS, st.randoms(use_true_random=False), st.integers(1, 1000))
def test_reordering_and_renumbering_the_rows_changes_nothing(
    before: list[Row],
    after: list[Row],
    chance: Any,  # noqa: ANN401 - hypothesis's own
    shift: int,
) -> None:
    old, new = ([{**row, "row": int(row["row"]) * 7 + shift} for row in side] for side in (before, after))
    chance.shuffle(old)
    chance.shuffle(new)
    assert Counter(map(_line, changes(before, after))) == Counter(map(_line, changes(old, new)))


def _line(change: Change) -> tuple[object, ...]:
    return change.classes, change.text, change.by, change.score, change.proposed


@pytest.mark.parametrize("coded", [False, True])
@pytest.mark.parametrize("flip", [False, True])
def test_a_large_edition_with_every_kind_of_edit_follows_the_same_laws(*, coded: bool, flip: bool) -> None:
    profile = FLIPPED if flip else PROFILE
    made = pair(600, HEAVY, profile, 4242, coded=coded, flip=flip)
    old, new = records.rows(made.old), records.rows(made.new)
    found = compare(made.old, made.new, profile, Context())
    assert content(applied(old, found)) == content(new)
    assert meets(len(old), len(new), found)
    assert compare(made.new, made.new, profile, Context()) == []
    assert {name for change in found for name in change.classes} >= {"new", "excluded", "process_renamed", "editorial"}
    assert ("rule_changed" in {name for change in found for name in change.classes}) is flip
