"""What becomes of a decision that answers no question of the run: it waits only where a file may still ask."""

from __future__ import annotations

import pytest

from tests.books import PROFILE
from workbook_tools.decisions.decision import Decision, question_key
from workbook_tools.decisions.settle import AWAITED, AWAITED_MENDED, KEPT, Ground, settle

TODAY = "2026-11-22"
KEY = question_key(("П-07", "main", "touchpoint", "КАДР", "Т-0001"), ("Чат-бот",))
OF_FILE, OF_ANNEX = "КАДР.xlsx, Сведения, G6", "annex.docx, таблица 1, строка 5"


def waits(
    verdict: str, *, source: str = OF_FILE, when: str = "2026-11-20", since: str = "2024-03-19"
) -> tuple[bool, str]:
    """Return whether a decision on a silent unit's row waits, and what is told of it."""
    ground = Ground(frozenset({"Т-0001"}), {"КАДР": AWAITED}, since=since, sheet="Сведения")
    decision = Decision(KEY, verdict, "Нет приказа", when=when, code="Т-0001", unit="КАДР", source=source, row=6)
    settlement = settle([], [decision], TODAY, PROFILE, ground)
    (remark,) = settlement.remarks
    kept = [item.awaits for item in settlement.settled if item.status == KEPT]
    return kept == [True], remark.message.removeprefix("decision_")


@pytest.mark.parametrize("verdict", ["принять", "вернуть"])
def test_a_decision_on_a_row_waits_for_its_file(verdict: str) -> None:
    assert waits(verdict) == (True, AWAITED)


@pytest.mark.parametrize("verdict", ["принять", "вернуть"])
def test_a_decision_on_what_an_annex_asked_waits_for_no_file(verdict: str) -> None:
    assert waits(verdict, source=OF_ANNEX) == (False, "unused")


def test_what_was_returned_before_the_edition_in_force_waits_no_more_and_an_exception_does() -> None:
    assert waits("вернуть", since="2026-11-21") == (False, "unused")
    assert waits("принять", since="2026-11-21") == (True, AWAITED)
    assert waits("вернуть", since="2026-11-20") == (True, AWAITED)
    assert waits("вернуть", since="2026-11-21", when="") == (True, AWAITED)


def test_what_a_refused_file_asked_waits_for_a_mended_one() -> None:
    ground = Ground(frozenset({"Т-0001"}), {"КАДР": AWAITED_MENDED}, sheet="Сведения")
    decision = Decision(KEY, "вернуть", "Нет приказа", code="Т-0001", unit="КАДР", source=OF_FILE, row=6)
    (remark,) = settle([], [decision], TODAY, PROFILE, ground).remarks
    assert remark.message == "decision_awaited_mended"
