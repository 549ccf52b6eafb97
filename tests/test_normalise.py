"""Typed values become canonical ones; every correction is told with the value as typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.books import PROFILE
from workbook_tools.normalise import corrections, normalise
from workbook_tools.remarks import Place, Remark
from workbook_tools.submissions import RawRow, Submission, TitleValue

if TYPE_CHECKING:
    from workbook_tools.tables import Table

FIELDS = tuple(PROFILE.headers("data"))


def submission(*rows: RawRow, file: str = "КАДР.xlsx", unit: str = "КАДР", shift: int = 0) -> Submission:
    columns = {name: column + shift for column, name in enumerate(FIELDS)}
    title = {"unit": TitleValue(unit, unit, "C8")}
    return Submission(file, "", sheet="Сведения", title_sheet="Титул", title=title, columns=columns, rows=rows)


def row(number: int = 6, /, **texts: str) -> RawRow:
    return RawRow(number, dict.fromkeys(FIELDS, "") | texts)


def table(**texts: str) -> Table:
    return normalise([submission(row(**texts))], PROFILE)


@pytest.mark.parametrize(
    ("name", "typed", "canonical"),
    [
        ("action", " Без\u00a0изменений ", "keep"),
        ("action", "удалить", "exclude"),
        ("action", "убрать", "убрать"),
        ("activity", "Бухгалтерский учет.", "ведение бухгалтерского учета"),
        ("activity", "ведение бухгалтерского учёта", "ведение бухгалтерского учета"),
        ("client", "Внешний/внутренний", "внешний и внутренний"),
        ("kind", "Офлайн‑точка", "offline"),
        ("kind", "Цифровая", "digital"),
        ("key", "ДА", "yes"),
        ("key", "+", "+"),
        ("code", " t-12", "t-12"),
        ("code", "T – 12", "Т-0012"),
        ("code", "", ""),
        ("process", " Ведение\n личных\u00a0\u00ad дел ", "Ведение личных дел"),
        ("touchpoint", "CЭД", "СЭД"),
        ("contact", "minprom@example.ru", "minprom@example.ru"),
        ("needs", "подача жалобы;; Получение  консультации ;", "подача жалобы; Получение консультации"),
        ("note", "«кавычки» остаются – и тире", "«кавычки» остаются – и тире"),
    ],
)
def test_a_value_comes_to_its_canonical_form(name: str, typed: str, canonical: str) -> None:
    found = table(**{name: typed})
    assert (found.frame.loc[0, name], found.typed.loc[0, name]) == (canonical, typed)


def test_each_row_keeps_its_file_its_number_and_its_cells() -> None:
    found = normalise(
        [submission(row(6), row(9)), submission(row(6), file="ИТ.xlsx", unit="ИТ", shift=1)],
        PROFILE,
    )
    assert found.frame[["file", "sheet", "row", "unit"]].to_numpy().tolist() == [
        ["КАДР.xlsx", "Сведения", 6, "КАДР"],
        ["КАДР.xlsx", "Сведения", 9, "КАДР"],
        ["ИТ.xlsx", "Сведения", 6, "ИТ"],
    ]
    assert [found.cell(index, "touchpoint") for index in found.frame.index] == ["G6", "G9", "H6"]
    assert list(found.frame.index) == list(found.typed.index) == list(found.unreadable.index) == [0, 1, 2]


def test_a_column_that_the_file_lacks_is_blank_has_no_cell_and_is_unreadable() -> None:
    columns = {name: column for column, name in enumerate(FIELDS) if name != "kind"}
    texts = dict.fromkeys(columns, "х")
    lone = Submission("а.xlsx", "", columns=columns, rows=(RawRow(6, texts, frozenset({"kind"})),))
    found = normalise([lone], PROFILE)
    assert (found.frame.loc[0, "kind"], found.typed.loc[0, "kind"], found.cell(0, "kind")) == ("", "", "")
    assert [name for name in FIELDS if found.unreadable.loc[0, name]] == ["kind"]


@pytest.mark.parametrize("given_files", [[], [submission()]])
def test_no_rows_are_an_empty_table_of_the_same_columns(given_files: list[Submission]) -> None:
    found = normalise(given_files, PROFILE)
    assert list(found.frame.columns) == ["file", "sheet", "row", "unit", *FIELDS]
    assert (len(found.frame), list(corrections(found, PROFILE))) == (0, [])


def told(**texts: str) -> list[Remark]:
    return list(corrections(table(**texts), PROFILE))


def place(cell: str, column: str, value: str) -> Place:
    code = "Т-0012" if column == "code" else ""
    return Place("КАДР", "КАДР.xlsx", "Сведения", cell, 6, column, value, code)


@pytest.mark.parametrize(
    ("column", "cell", "typed", "message", "words"),
    [
        ("process", "E6", "Ведение  дел", "main", {"a": "Ведение  дел", "b": "Ведение дел"}),
        ("kind", "I6", "оффлайн", "main", {"a": "оффлайн", "b": "офлайн"}),
        ("needs", "J6", "а;б", "main", {"a": "а;б", "b": "а; б"}),
        ("touchpoint", "G6", "CЭД ", "lookalike", {"a": "CЭД", "b": "СЭД", "letters": "«C»"}),
        ("code", "B6", "Т-12", "main", {"a": "Т-12", "b": "Т-0012"}),
        ("code", "B6", "T-0012", "lookalike", {"a": "T-0012", "b": "Т-0012", "letters": "«T»"}),
    ],
)
def test_a_correction_is_told_with_what_was_typed(
    column: str, cell: str, typed: str, message: str, words: dict[str, str]
) -> None:
    (made,) = told(**{column: typed})
    assert (made.rule, made.message, made.place) == ("П-26", message, place(cell, column, typed))
    assert dict(made.words) == {"letters": ""} | words


@pytest.mark.parametrize(
    "texts",
    [
        {"kind": "Офлайн", "action": "ВКЛЮЧИТЬ", "key": "Да"},
        {"number": " 1 "},
        {"process": "  ", "needs": "\n"},
        {"process": "Ведение дел", "contact": "https://example.ru/A?b=c"},
        {"kind": "смешанная"},
    ],
)
def test_what_needs_no_correction_is_not_told(texts: dict[str, str]) -> None:
    assert told(**texts) == []


@given(st.dictionaries(st.sampled_from(FIELDS), st.text(max_size=20)))
def test_a_canonical_value_is_canonical(texts: dict[str, str]) -> None:
    once = table(**texts).frame.loc[0, list(FIELDS)]
    shown = {name: PROFILE.shown(name, str(once[name])) for name in FIELDS}
    assert dict(table(**shown).frame.loc[0, list(FIELDS)]) == dict(once)


def test_a_text_that_holds_nothing_to_be_seen_is_told_where_it_is_read_as_blank() -> None:
    (told,) = corrections(table(note="\u200b"), PROFILE)
    assert (told.place.column, told.words["b"]) == ("note", "")
