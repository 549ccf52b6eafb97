"""What is known of a row beside the row itself: the edition's record, the reference list, the other claims."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import pytest
from pandas.testing import assert_frame_equal

from tests.books import (
    BASIS,
    COMPUTING,
    EDITION,
    MINISTRY,
    NEW,
    PHONE,
    PROFILE,
    SOVIETS,
    STAFF,
    edition_of_rows,
    record,
)
from workbook_tools.facts import facts
from workbook_tools.normalise import normalise
from workbook_tools.records import QUARANTINED, Edition
from workbook_tools.submissions import RawRow, Submission, TitleValue

if TYPE_CHECKING:
    import pandas as pd

FIELDS = tuple(PROFILE.headers("data"))
Texts = Mapping[str, str]
PLAIN = {name: str(text) for name, text in NEW.items() if name != "basis"}


def kept(code: str, **texts: str) -> Texts:
    held = EDITION.records.set_index("code").loc[code]
    shown = {name: PROFILE.shown(name, str(held[name])) for name in FIELDS if name in held.index}
    return {**shown, "code": code, "action": "без изменений", "basis": "", **texts}


def sent(*rows: Texts, unit: str = "КАДР") -> Submission:
    title = {"unit": TitleValue(unit, unit, "C8")}
    numbered = tuple(RawRow(number, row) for number, row in enumerate(rows, 6))
    columns = {name: column for column, name in enumerate(FIELDS)}
    return Submission(f"{unit}.xlsx", "", sheet="Сведения", title=title, columns=columns, rows=numbered)


def known(*files: Submission, edition: Edition | None = EDITION, dead: str = "") -> pd.DataFrame:
    frame = normalise(files, PROFILE).frame
    before = frame.copy()
    found = facts(frame, edition, PROFILE, frozenset({item.file for item in files} - {dead}))
    assert_frame_equal(frame, before)
    assert list(found.index) == list(frame.index)
    return found


@pytest.mark.parametrize(
    ("texts", "changed", "edited", "retyped"),
    [
        ({}, "", "", False),
        ({"process": "УВОЛЬНЕНИЕ со службы."}, "", "", True),
        ({"touchpoint": "Здание министерства"}, "", "", True),
        ({"key": ""}, "key", "key", False),
        ({"kind": "цифровая", "contact": ""}, "contact, kind", "contact, kind", True),
        ({"needs": ""}, "needs", "", True),
        ({"needs": "", "client": "внешний"}, "client, needs", "client", True),
        ({"note": "проверено", "basis": "приказ"}, "", "", False),
    ],
)
def test_a_row_is_compared_with_its_record(texts: Texts, changed: str, edited: str, *, retyped: bool) -> None:
    found = known(sent(kept("Т-0001", **texts))).loc[0]
    assert (found["changed"], found["edited"], found["retyped"]) == (changed, edited, retyped)
    assert (found["known"], found["settled"]) == (True, changed == "")


def test_needs_in_another_order_are_the_same_needs() -> None:
    edition = edition_of_rows([record("Т-0001", "КАДР", STAFF, "Процесс", MINISTRY, needs="а; б")])
    texts = kept("Т-0001", process="Процесс", contact="", key="", needs="Б;а")
    assert known(sent(texts), edition=edition).loc[0, "changed"] == ""


def test_an_unmarked_key_is_the_same_as_no() -> None:
    assert known(sent(kept("Т-0002", key="нет"))).loc[0, "changed"] == ""


def test_what_the_edition_holds_stands_beside_the_row() -> None:
    found = known(sent(kept("Т-0001"), kept("Т-0005"), {**PLAIN, "code": "Т-0099"}, PLAIN))
    assert list(found["known"]) == [True, True, False, False]
    assert list(found["was_unit"]) == ["КАДР", "ИТ", "", ""]
    assert list(found["was_kind"]) == ["offline", "digital", "", ""]
    assert list(found["changed"][2:]) == ["", ""]
    assert found["has_edition"].all()


def test_without_an_edition_nothing_is_known() -> None:
    found = known(sent(kept("Т-0001")), edition=None)
    assert not found[["known", "has_edition", "settled"]].to_numpy().any()


@pytest.mark.parametrize(
    ("touchpoint", "kind", "disputed", "listed", "glued"),
    [
        ("сайт Министерства", "digital", False, True, ""),
        ("Телефон", "offline", True, True, ""),
        ("мессенджеры", "digital", False, False, ""),
        ("Чат-бот", "", False, False, ""),
        ("", "", False, False, ""),
        (f"{SOVIETS}, {MINISTRY}", "", False, False, f"«{SOVIETS}», «{MINISTRY}»"),
    ],
)
def test_the_reference_list_speaks_of_the_touchpoint(
    touchpoint: str, kind: str, glued: str, *, disputed: bool, listed: bool
) -> None:
    found = known(sent({**PLAIN, "touchpoint": touchpoint})).loc[0]
    assert (found["ref_kind"], found["ref_disputed"], found["ref_listed"], found["glued"]) == (
        kind, disputed, listed, glued,
    )  # fmt: skip


def test_a_twin_row_is_named_at_each_of_two() -> None:
    found = known(sent(kept("Т-0001"), kept("Т-0002"), kept("Т-0001"), PLAIN, PLAIN), sent(kept("Т-0001"), unit="ИТ"))
    assert list(found["twin_row"]) == [8, 0, 6, 0, 0, 0]


def rivals(found: pd.DataFrame) -> list[tuple[str, str, int, str]]:
    names = ["rival", "rival_file", "rival_row", "rival_code"]
    return [(str(a), str(b), int(c), str(d)) for a, b, c, d in found[names].to_numpy()]


def left(found: pd.DataFrame) -> list[tuple[str, str, int, str]]:
    names = ["left", "left_file", "left_row", "left_code"]
    return [(str(a), str(b), int(c), str(d)) for a, b, c, d in found[names].to_numpy()]


NONE = ("", "", 0, "")


def test_of_two_rows_of_a_file_only_the_later_has_a_rival() -> None:
    assert rivals(known(sent(PLAIN, PLAIN))) == [NONE, ("same_file", "КАДР.xlsx", 6, "")]


def test_a_new_row_has_the_record_for_its_rival_wherever_it_stands() -> None:
    same = {**PLAIN, "process": "Увольнение со службы"}
    assert rivals(known(sent(same, kept("Т-0001")))) == [("same_file", "КАДР.xlsx", 7, "Т-0001"), NONE]


@pytest.mark.parametrize("first", [True, False])
def test_a_changed_record_has_the_untouched_one_for_its_rival(*, first: bool) -> None:
    becomes = kept("Т-0001", action="изменить", process="Прием на службу", touchpoint=PHONE)
    rows = (becomes, kept("Т-0002")) if first else (kept("Т-0002"), becomes)
    found = rivals(known(sent(*rows)))
    assert found[0 if first else 1] == ("same_file", "КАДР.xlsx", 7 if first else 6, "Т-0002")
    assert found[1 if first else 0] == NONE


def test_a_record_that_moves_away_leaves_its_place() -> None:
    moves = kept("Т-0001", action="изменить", process="Другой процесс")
    assert rivals(known(sent(moves, {**PLAIN, "process": "Увольнение со службы"}))) == [NONE, NONE]


def test_an_excluded_record_leaves_its_place_and_whoever_takes_it_in_the_same_file_is_known() -> None:
    gone, come = kept("Т-0001", action="исключить"), {**PLAIN, "process": "Увольнение со службы"}
    again = ("again", "КАДР.xlsx", 6, "Т-0001")
    assert left(known(sent(gone, come))) == [NONE, again]
    twice = known(sent(gone, come, come))
    assert rivals(twice) == [NONE, NONE, ("same_file", "КАДР.xlsx", 7, "")]
    assert left(twice)[1] == again


def test_what_comes_again_as_it_was_is_told_from_what_comes_changed() -> None:
    gone, same = kept("Т-0001", action="исключить", basis=BASIS), {**kept("Т-0001", action="включить"), "code": ""}
    others: tuple[Texts, ...] = ({}, {"key": "нет"}, {"contact": "каб.  12"}, {"process": "увольнение со службы"})
    found = [known(sent(gone, {**same, **other})).iloc[1] for other in others]
    assert [item["left"] for item in found] == ["again_same", "again", "again_same", "again"]
    assert {item["left_basis"] for item in found} == {BASIS}


def test_a_record_that_one_unit_excludes_is_known_to_every_unit_that_names_it_anew() -> None:
    gone, come = kept("Т-0001", action="исключить"), {**PLAIN, "process": "Увольнение со службы"}
    over = ("taken_over", "КАДР.xlsx", 6, "Т-0001")
    assert left(known(sent(gone), sent(come, unit="ИТ"))) == [NONE, over]
    both = known(sent(gone), sent(come, unit="ИТ"), sent(come, unit="БУХ"))
    assert left(both) == [NONE, over, over]
    assert [kind for kind, *_ in rivals(both)] == ["", "united", "united"]
    mine = known(sent(gone, come), sent(come, unit="ИТ"))
    assert [kind for kind, *_ in left(mine)] == ["", "again", "taken_over"]
    assert left(known(sent(gone), sent(come, unit="ИТ"), dead="ИТ.xlsx")) == [NONE, NONE]


def test_of_two_records_with_one_key_the_one_that_stays_takes_what_comes() -> None:
    twins = edition_of_rows([record(code, "КАДР", STAFF, "Процесс", MINISTRY) for code in ("Т-0001", "Т-0002")])
    own = {**PLAIN, "process": "Процесс"}
    gone = [{**own, "code": code, "action": "исключить"} for code in ("Т-0002", "Т-0001")]
    stays = {**own, "code": "Т-0001", "action": "без изменений"}
    found = known(sent(gone[0], stays), sent(own, unit="ИТ"), edition=twins)
    assert (left(found)[2], rivals(found)[2]) == (NONE, ("united", "КАДР.xlsx", 7, "Т-0001"))
    assert left(known(sent(*gone), sent(own, unit="ИТ"), edition=twins))[2] == ("taken_over", "КАДР.xlsx", 7, "Т-0001")


def test_a_row_belongs_to_a_foreign_file_where_that_counts_for_nothing_and_names_no_record_of_its_unit() -> None:
    other = sent(kept("Т-0001"), kept("Т-0002"), unit="СПОРТ")
    assert known(other, dead="СПОРТ.xlsx")["foreign_file"].tolist() == [True, True]
    assert known(other)["foreign_file"].tolist() == [False, False]
    assert known(sent(kept("Т-0001"), kept("Т-0005")), dead="КАДР.xlsx")["foreign_file"].tolist() == [False, False]


def test_a_record_that_nobody_confirms_still_holds_its_place() -> None:
    found = rivals(known(sent({**PLAIN, "process": "Увольнение со службы"})))
    assert found == [("in_edition", "", 0, "Т-0001")]


def test_units_are_rivals_by_kind_and_both_are_told() -> None:
    talk = {**PLAIN, "activity": COMPUTING, "process": "Обучение", "touchpoint": PHONE}
    agree = rivals(known(sent(talk), sent(talk, unit="ИТ")))
    assert agree == [("united", "ИТ.xlsx", 6, ""), ("united", "КАДР.xlsx", 6, "")]
    differ = rivals(known(sent(talk), sent({**talk, "kind": "цифровая"}, unit="ИТ")))
    assert differ == [("between_units", "ИТ.xlsx", 6, ""), ("between_units", "КАДР.xlsx", 6, "")]


def test_a_file_that_does_not_count_claims_nothing_from_others() -> None:
    talk = {**PLAIN, "process": "Обучение"}
    assert rivals(known(sent(talk), sent(talk, unit="ИТ"), dead="ИТ.xlsx")) == [NONE, NONE]


def test_rows_without_a_whole_key_claim_nothing() -> None:
    blank = {**PLAIN, "process": ""}
    assert rivals(known(sent(blank, blank))) == [NONE, NONE]


def test_a_quarantined_record_that_is_kept_waits_and_claims_nothing() -> None:
    waiting = record("Т-0001", "КАДР", STAFF, "Процесс", MINISTRY, state=QUARANTINED, kind="digital")
    held = record("Т-0002", "КАДР", STAFF, "Процесс", MINISTRY)
    edition = edition_of_rows([waiting, held])
    base = {**PLAIN, "process": "Процесс", "action": "без изменений"}
    rows = ({**base, "code": "Т-0001", "kind": "цифровая"}, {**base, "code": "Т-0002"})
    assert rivals(known(sent(*rows), edition=edition)) == [NONE, NONE]
    settled = ({**base, "code": "Т-0001", "action": "изменить"}, {**base, "code": "Т-0002"})
    assert rivals(known(sent(*settled), edition=edition)) == [("same_file", "КАДР.xlsx", 7, "Т-0002"), NONE]


def test_what_is_checked_depends_on_the_action() -> None:
    rows = [{**PLAIN, "action": action} for action in ("включить", "изменить", "без изменений", "исключить", "", "x")]
    assert list(known(sent(*rows))["checked"]) == [True, True, True, False, False, False]
