"""One engine runs every rule: its findings are those of a plain loop over rows, none dropped, none doubled."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
from pandas.testing import assert_frame_equal

from tests.books import BASIS, DATE, EDITION, MINISTRY, PROFILE, STAFF, edition_of_rows, profile_without_rule, record
from workbook_tools import records
from workbook_tools.facts import facts
from workbook_tools.normalise import normalise
from workbook_tools.rules import row_rules
from workbook_tools.schema import build_schema, check_table
from workbook_tools.submissions import RawRow, Submission, TitleValue

if TYPE_CHECKING:
    import pandas as pd

    from workbook_tools.profile import Profile
    from workbook_tools.records import Edition
    from workbook_tools.tables import Table

FIELDS = tuple(PROFILE.headers("data"))
COLUMNS = {name: column for column, name in enumerate(FIELDS)}
DEFECTS: dict[str, tuple[str, ...]] = {
    "action": ("", "оставить", "исключить", "включить", "изменить"),
    "code": ("", "Т-0001", "Т-9999"),
    "activity": ("", "кадры", "ведение бухгалтерского учета"),
    "process": ("", "Процесс 1", "Очень длинный процесс " * 20),
    "client": ("", "все", "внешний"),
    "touchpoint": ("", "Чат-бот", "здание Дома Советов, здание Министерства", "СЭД", "телефон"),
    "kind": ("", "смешанная", "цифровая"),
    "needs": ("", "Консультация"),
    "key": ("возможно", "да"),
    "basis": ("", BASIS),
}


def held(size: int) -> Edition:
    rows = [
        record(
            records.code_text(number), "КАДР" if number % 3 else "ИТ", STAFF, f"Процесс {number}", MINISTRY,
            kind="offline" if number % 5 else "digital",
        )
        for number in range(1, size + 1)
    ]  # fmt: skip
    return edition_of_rows(rows, DATE)


def seeded(size: int, chance: random.Random) -> tuple[list[Submission], Edition]:
    """Return files over an edition, most rows as the edition has them, every third with a defect or two."""
    edition = held(size)
    files: dict[str, list[RawRow]] = {"КАДР": [], "ИТ": []}
    for number, item in enumerate(records.rows(edition.records), 6):
        texts = {name: PROFILE.shown(name, str(item[name])) for name in FIELDS if name in item}
        texts |= {"number": str(number - 5), "action": "без изменений", "basis": "", "note": ""}
        for name in chance.sample(list(DEFECTS), chance.choice((0, 0, 1, 2))):
            texts[name] = chance.choice(DEFECTS[name])
        unreadable = frozenset(chance.sample(FIELDS[1:12], 1)) if chance.random() < 0.05 else frozenset()
        texts |= dict.fromkeys(unreadable, "")
        files[item["unit"]].append(RawRow(number, texts, unreadable))
    return [sent(unit, rows) for unit, rows in files.items()], edition


def sent(unit: str, rows: list[RawRow]) -> Submission:
    title = {"unit": TitleValue(unit, unit, "C8")}
    return Submission(f"{unit}.xlsx", "", sheet="Сведения", title=title, columns=COLUMNS, rows=tuple(rows))


def table_of(files: list[Submission], edition: Edition) -> Table:
    table = normalise(files, PROFILE)
    return table.with_columns(facts(table.frame, edition, PROFILE, frozenset(item.file for item in files)))


def naive(table: Table, profile: Profile) -> Counter[tuple[str, ...]]:
    """Return rule, severity, file, cell, column and value of each finding, row by row and rule by rule."""
    found: Counter[tuple[str, ...]] = Counter()
    for rule in row_rules(profile):
        answers, setting = rule.holds(table.frame, profile), profile.rules[rule.code]
        spoken_of = rule.applies(table.frame, profile) if rule.applies else answers | True
        for index in table.frame.index:
            row = table.frame.loc[index]
            silent = any(table.unreadable.loc[index, name] for name in rule.reads)
            blank = row[rule.at] == "" and not rule.judges_blank
            if answers[index] or not spoken_of[index] or silent or blank or not setting.enabled:
                continue
            severity = setting.severities.get(rule.message, setting.severity)
            eased = "warning" if severity == "error" and row["settled"] else severity
            typed = table.typed.loc[index, rule.at]
            found[rule.code, eased, row["file"], table.cell(index, rule.at), rule.at, typed] += 1
    return found


def engine(table: Table, profile: Profile) -> Counter[tuple[str, ...]]:
    names = ["rule", "severity", "file", "cell", "column", "value"]
    return Counter(map(tuple, check_table(table, row_rules(profile), profile)[names].to_numpy().tolist()))


@pytest.mark.parametrize("seed", range(3))
def test_the_engine_finds_what_a_loop_over_rows_finds(seed: int) -> None:
    table = table_of(*seeded(300, random.Random(seed)))  # noqa: S311 - defects, not secrets
    expected = naive(table, PROFILE)
    assert engine(table, PROFILE) == expected
    assert {rule for rule, *_ in expected} >= {
        f"П-{number:02d}" for number in (2, 4, 5, 6, 7, 8, 9, 12, 13, 14, 15, 19)
    }
    assert {severity for _, severity, *_ in expected} == {"error", "warning"}


def test_a_rule_switched_off_leaves_the_others_as_they_were() -> None:
    table = table_of(*seeded(60, random.Random(7)))  # noqa: S311 - defects, not secrets
    without = profile_without_rule("П-02")
    expected = naive(table, PROFILE)
    assert engine(table, without) == Counter({key: count for key, count in expected.items() if key[0] != "П-02"})
    assert any(key[0] == "П-02" for key in expected)


def test_checking_changes_nothing_in_the_table() -> None:
    table = table_of(*seeded(60, random.Random(8)))  # noqa: S311 - defects, not secrets
    before = table.frame.copy(), table.typed.copy(), table.unreadable.copy()
    check_table(table, row_rules(PROFILE), PROFILE)
    for frame, copy in zip((table.frame, table.typed, table.unreadable), before, strict=True):
        assert_frame_equal(frame, copy)
    assert table.frame.index.is_unique
    assert list(table.frame.index) == list(range(60))


def test_each_rule_has_a_name_of_its_own_and_reads_columns_that_are() -> None:
    rules = row_rules(PROFILE)
    assert max(Counter(rule.name for rule in rules).values()) == 1
    table = table_of(*seeded(6, random.Random(9)))  # noqa: S311 - defects, not secrets
    assert {name for rule in rules for name in (rule.at, *rule.reads)} <= set(table.unreadable.columns)
    schema = build_schema(table, rules, PROFILE)
    assert sum(len(column.checks) for column in schema.columns.values()) == len(rules)


def test_rows_in_order_and_no_rows_have_no_findings() -> None:
    rows = [
        RawRow(6, {name: PROFILE.shown(name, str(item[name])) for name in FIELDS if name in item}
               | {"action": "без изменений", "basis": ""})
        for item in records.rows(EDITION.records[EDITION.records["unit"] == "КАДР"])
    ]  # fmt: skip
    for files in ([sent("КАДР", rows)], [sent("КАДР", [])], []):
        assert check_table(table_of(files, EDITION), row_rules(PROFILE), PROFILE).empty


def test_the_rules_are_given_the_texts_of_the_table_themselves() -> None:
    table = table_of(*seeded(50, random.Random(7)))  # noqa: S311 - defects, not secrets
    given, rule = [], row_rules(PROFILE)[0]

    def looks(frame: pd.DataFrame, profile: Profile) -> pd.Series[bool]:
        given.append(frame)
        return rule.holds(frame, profile)

    check_table(table, [replace(rule, holds=looks), *row_rules(PROFILE)[1:]], PROFILE)
    texts = [name for name, kind in table.frame.dtypes.items() if kind == "str"]
    assert len(texts) > 20
    assert {str(given[0][name].dtype) for name in texts} == {"object"}
    assert all(np.shares_memory(given[0][name].to_numpy(), table.frame[name].to_numpy()) for name in texts)
