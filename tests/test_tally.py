"""How far each rule reached: what it was asked of, what it found, or why it was not asked."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from tests.books import EDITION, NEW, PROFILE, UnitBook, found_in, looked_at, profile_without_rule
from tests.desk import Desk
from workbook_tools import findings as found
from workbook_tools.remarks import Remark, Severity
from workbook_tools.rules import row_rules
from workbook_tools.schema import check_table
from workbook_tools.tally import CHECKED, NOT_APPLICABLE, OFF, cells_asked, filled_cells, tally

if TYPE_CHECKING:
    import pandas as pd


def test_every_rule_has_a_line_in_clause_order() -> None:
    lines = tally({}, found.empty(), PROFILE)
    assert [line.code for line in lines] == [f"П-{number:02d}" for number in range(1, 30)]
    assert {line.status for line in lines} == {NOT_APPLICABLE}


def test_a_rule_is_checked_not_applicable_or_off() -> None:
    profile = profile_without_rule("П-02")
    findings = found.of_remarks([Remark("П-12", words={"d": "Направление"})], profile)
    lines = {line.code: line for line in tally({"П-02": 5, "П-05": 7}, findings, profile)}
    assert (lines["П-02"].status, lines["П-02"].checked) == (OFF, 5)
    assert (lines["П-05"].status, lines["П-05"].checked, lines["П-05"].findings) == (CHECKED, 7, 0)
    assert (lines["П-12"].status, lines["П-12"].warnings, lines["П-12"].findings) == (CHECKED, 1, 1)
    assert lines["П-28"].status == NOT_APPLICABLE


def test_the_findings_of_the_lines_are_all_findings(tmp_path: Path) -> None:
    book = UnitBook()
    book.add(**NEW | {"kind": "оба", "basis": "", "needs": "Выплата"})
    findings = looked_at(book.save(tmp_path / "КАДР.xlsx")).findings
    lines = tally({}, findings, PROFILE)
    assert sum(line.findings for line in lines) == len(findings) > 0
    assert sum(line.errors for line in lines) == found.count(findings, Severity.ERROR)


def test_a_rule_counts_the_cells_that_it_was_asked_of(tmp_path: Path) -> None:
    """Three kept rows and a new one: kinds of four cells, clients of four, a basis of the new row alone."""
    book = UnitBook()
    book.add(**NEW)
    table = looked_at(book.save(tmp_path / "КАДР.xlsx")).table
    asked = cells_asked(table, row_rules(PROFILE), PROFILE)
    assert {code: asked[code] for code in ("П-05", "П-13", "П-14", "П-28")} == {
        "П-05": 4,
        "П-13": 4,
        "П-14": 1,
        "П-28": 0,
    }
    # Action of all, and six required columns of each.
    assert asked["П-02"] >= 4 * 7
    assert filled_cells(table) == int((table.typed.drop(columns="number") != "").to_numpy().sum())


def test_where_a_rule_was_asked_is_seen_once_and_counted_alike(tmp_path: Path) -> None:
    book = UnitBook()
    book.add(**NEW | {"kind": "оба", "basis": "", "needs": "Выплата"})
    examined = looked_at(book.save(tmp_path / "КАДР.xlsx"))
    asked: dict[str, pd.Series[bool]] = {}
    check_table(examined.table, row_rules(PROFILE), PROFILE, asked)
    assert asked.keys() == {rule.name for rule in row_rules(PROFILE)}
    counts = cells_asked(examined.table, row_rules(PROFILE), PROFILE)
    assert cells_asked(examined.table, row_rules(PROFILE), PROFILE, asked) == counts
    assert {code: examined.asked[code] for code in counts if code != "П-02"} == {
        code: count for code, count in counts.items() if code != "П-02"
    }


def test_a_cell_that_two_messages_judge_counts_once(tmp_path: Path) -> None:
    table = looked_at(UnitBook().save(tmp_path / "КАДР.xlsx")).table
    rules = [rule for rule in row_rules(PROFILE) if rule.code == "П-19"]
    assert len(rules) == 2
    assert cells_asked(table, rules, PROFILE) == Counter({"П-19": 3})


def test_the_report_and_the_workbook_say_how_far_each_rule_reached(tmp_path: Path) -> None:
    desk = Desk(tmp_path, EDITION)
    desk.send("КАДР", UnitBook())
    result = desk.merge()
    listed = {item["rule"]: item for item in result.report["rules"]}
    assert list(listed) == list(PROFILE.rules)
    assert (listed["П-05"]["status"], listed["П-05"]["checked"], listed["П-05"]["counted"]) == (CHECKED, 3, "cells")
    per_rule = Counter(item["rule"] for item in result.report["findings"])
    assert {code: item["errors"] + item["warnings"] + item["infos"] for code, item in listed.items()} == {
        code: per_rule[code] for code in listed
    }
    assert found_in(desk.folder / "входящие") == []
