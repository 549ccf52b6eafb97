"""What was written as an edition is read as the same edition; what cannot be one is refused in one Russian line."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from pandas.testing import assert_frame_equal

from tests.books import DATE, EDITION, PROFILE, Typed
from workbook_tools import records
from workbook_tools.dossier import Dossier
from workbook_tools.errors import InputError
from workbook_tools.pipeline.editions import load_edition
from workbook_tools.reading.edition import edition_of, holds_register
from workbook_tools.reading.workbook import read_workbook
from workbook_tools.records import Edition
from workbook_tools.reports.consolidated import write_consolidated
from workbook_tools.text import join_list, split_list, tidy

NAME = "Перечень.xlsx"


def write(edition: Edition, path: Path) -> Path:
    dossier = Dossier(
        profile=PROFILE,
        profile_sha256="0" * 64,
        records=edition.records,
        date=edition.date,
        state=edition.state,
        last_code=edition.last_code,
    )
    write_consolidated(path, dossier)
    return path


def read(path: Path) -> Edition:
    return edition_of(read_workbook(path, path.name), PROFILE)


LETTERS = st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Co", "Cn"))
TEXT = st.text(LETTERS, max_size=40).map(tidy)
FILLED = TEXT.filter(bool)
PLACE = st.text("абвгд019 ().", min_size=1, max_size=12).map(tidy).filter(bool)


@st.composite
def rows(draw: st.DrawFn) -> dict[str, object]:
    activity = draw(st.sampled_from(PROFILE.activities)).name
    file, sheet, row = draw(PLACE), draw(PLACE), draw(st.integers(1, 9999))
    return {
        "direction": PROFILE.direction_of[activity],
        "activity": activity,
        "process": draw(FILLED),
        "client": draw(st.sampled_from([client.name for client in PROFILE.clients])),
        "touchpoint": draw(FILLED),
        "contact": draw(TEXT),
        "kind": draw(st.sampled_from(["digital", "offline"])),
        "needs": join_list(split_list("; ".join(draw(st.lists(TEXT, max_size=3))))),
        "key": draw(st.sampled_from(["yes", "no", ""])),
        "basis": draw(TEXT),
        "unit": draw(st.sampled_from(list(PROFILE.unit))),
        "state": draw(st.sampled_from([records.IN_FORCE, records.QUARANTINED, records.UNCONFIRMED])),
        "source": records.source_text(file, sheet, row),
        "file": file,
        "sheet": sheet,
        "row": row,
    }


ODD = ["=1+1", "NULL", "nan", "007", "1E5", "_x0041_", "'", "#REF!", "TRUE", "19.03.2024", "<b>&amp;</b>", "e\u0301"]
ODD_ROWS = [
    {**row, "process": tidy(text), "contact": tidy(text), "basis": tidy(text)}
    for row, text in zip([EDITION.records.iloc[0].to_dict()] * len(ODD), ODD, strict=True)
]


@settings(max_examples=25, deadline=None)
@given(st.lists(rows(), max_size=6), st.integers(0, 40), st.sampled_from(["ПРОЕКТ", "утверждена"]))
@example(ODD_ROWS, 0, "утверждена")
@example([], 7, "ПРОЕКТ")
def test_what_was_written_is_what_is_read(plain: list[dict[str, object]], beyond: int, state: str) -> None:
    coded = [row | {"code": records.code_text(number)} for number, row in enumerate(plain, 1)]
    edition = Edition(records.frame(coded), DATE, state, len(coded) + beyond)
    with TemporaryDirectory() as folder:
        found = read(write(edition, Path(folder) / NAME))
    assert_frame_equal(found.records, edition.records)
    assert (found.date, found.state, found.last_code, found.file) == (DATE, state, edition.last_code, NAME)


def test_the_sheet_alone_is_enough(tmp_path: Path) -> None:
    book = load_workbook(write(EDITION, tmp_path / NAME))
    for name in book.sheetnames:
        if name != "Реестр":
            del book[name]
    book.save(tmp_path / NAME)
    found = read(tmp_path / NAME)
    assert_frame_equal(found.records, EDITION.records)
    assert (found.date, found.state, found.last_code) == ("", "", 5)


def test_blank_lines_and_words_as_people_write_them_are_read(tmp_path: Path) -> None:
    book = load_workbook(write(EDITION, tmp_path / NAME))
    sheet = book["Реестр"]
    sheet.insert_rows(3)
    sheet["A2"], sheet["H2"], sheet["L2"], sheet["M2"] = "T-1", "оффлайн", "кадр", ""
    book.save(tmp_path / NAME)
    found = read(tmp_path / NAME).records
    assert list(found["code"]) == ["Т-0001", "Т-0002", "Т-0003", "Т-0004", "Т-0005"]
    assert dict(found.loc[0, ["kind", "unit", "state"]]) == {"kind": "offline", "unit": "КАДР", "state": "in_force"}


def test_marks_that_were_spoiled_by_hand_do_not_stop_the_reading(tmp_path: Path) -> None:
    book = load_workbook(write(EDITION, tmp_path / NAME))
    book["_meta"]["B3"] = "пять"
    book.save(tmp_path / NAME)
    assert read(tmp_path / NAME).last_code == 5


def refused(path: Path) -> str:
    with pytest.raises(InputError) as error:
        load_edition(path, PROFILE)
    assert "\n" not in str(error.value)
    return str(error.value)


def spoiled(tmp_path: Path, **cells: Typed | None) -> Path:
    book = load_workbook(write(EDITION, tmp_path / NAME))
    for address, value in cells.items():
        book["Реестр"][address] = value
    book.save(tmp_path / NAME)
    return tmp_path / NAME


def test_missing_columns_are_named(tmp_path: Path) -> None:
    assert refused(spoiled(tmp_path, H1="Вид", J1=None)) == (
        f"{NAME}: на листе «Реестр» нет граф: Вид точки, Ключевая точка. Укажите книгу Перечня целиком."
    )


def test_repeated_codes_are_named(tmp_path: Path) -> None:
    assert refused(spoiled(tmp_path, A3="T-0001", A5="Т-5", A4=None)) == (
        f"{NAME}: коды записей повторяются: Т-0001, Т-0005. Код даётся записи один раз."
    )


@pytest.mark.parametrize("typed", ["#REF!", "=G2"])
def test_a_cell_that_cannot_be_read_is_named(typed: str, tmp_path: Path) -> None:
    assert refused(spoiled(tmp_path, F3=typed)) == (
        f"{NAME}: вместо значения стоит {typed} (Реестр!F3). Впишите значение."
    )


def test_a_state_that_is_none_is_named(tmp_path: Path) -> None:
    assert refused(spoiled(tmp_path, M3="на уточнениии")) == (
        f"{NAME}: состояние записи «на уточнениии» не предусмотрено (Реестр!M3). "
        "Впишите одно из трёх: «действует», «на уточнении», «перенесено без подтверждения»."
    )


@pytest.mark.parametrize(
    ("value", "code", "said"),
    [(2.5, "0", "записано 2,5, а видно другое: «3»"), (5, "# ?/?", "записано 5, а видно другое: «# ?/?»")],
)
def test_a_number_seen_otherwise_than_it_is_written_is_refused(
    value: float, code: str, said: str, tmp_path: Path
) -> None:
    book = load_workbook(write(EDITION, tmp_path / NAME))
    book["Реестр"]["G3"], book["Реестр"]["G3"].number_format = value, code
    book.save(tmp_path / NAME)
    assert refused(tmp_path / NAME) == f"{NAME}: {said} (Реестр!G3). Впишите значение как текст."


def test_a_number_is_read_as_it_is_seen(tmp_path: Path) -> None:
    book = load_workbook(write(EDITION, tmp_path / NAME))
    book["Реестр"]["G3"], book["Реестр"]["G3"].number_format = 17, "0000"
    book.save(tmp_path / NAME)
    assert read(tmp_path / NAME).records["contact"].tolist()[1] == "0017"


def test_a_book_without_the_register_is_refused(tmp_path: Path) -> None:
    book = Workbook()
    book.worksheets[0]["A1"] = "Код записи"
    book.save(tmp_path / NAME)
    found = read_workbook(tmp_path / NAME, NAME)
    assert not holds_register(found, PROFILE)
    with pytest.raises(InputError) as error:
        edition_of(found, PROFILE)
    assert str(error.value) == f"{NAME}: нет листа «Реестр» с графами Перечня. Укажите книгу Перечня."


def test_reading_leaves_the_types_of_a_records_frame(tmp_path: Path) -> None:
    frame = read(write(EDITION, tmp_path / NAME)).records
    assert list(frame.columns) == list(records.RECORD)
    assert {str(frame[name].dtype) for name in records.RECORD if name != "row"} == {"str"}
    assert frame["row"].dtype == "int64"
    assert isinstance(frame.index, pd.RangeIndex)


@pytest.mark.parametrize(
    ("mark", "value"),
    [
        ("last_code", "9" * 5000),
        ("date", "9" * 5000),
        ("date", "31.02.2026"),
        ("history", f"2024-01-01:{'9' * 4400}:1"),
    ],
)
def test_a_mark_that_no_register_has_is_passed_over(tmp_path: Path, mark: str, value: str) -> None:
    write_consolidated(tmp_path / NAME, Dossier(PROFILE, "", EDITION.records, DATE, "утверждена", 5))
    book = load_workbook(tmp_path / NAME)
    row = next(row for row in book["_meta"].iter_rows(max_col=2) if row[0].value == mark)
    row[1].value = value
    book.save(tmp_path / NAME)
    found = read(tmp_path / NAME)
    assert len(found.records) == len(EDITION.records)
    assert {"last_code": found.last_code < 10**6, "date": found.date == "", "history": found.earlier == ()}[mark]


def test_a_register_under_another_name_is_found_where_a_sheet_of_its_name_is_none(tmp_path: Path) -> None:
    path = write(EDITION, tmp_path / "р.xlsx")
    book = load_workbook(path)
    book["Реестр"].title = "Старое"
    book.create_sheet("Реестр", 0)["A1"] = "См. лист «Старое»"
    book.save(path)
    assert load_edition(path, PROFILE).edition.records["code"].tolist() == EDITION.records["code"].tolist()


def test_a_sheet_that_makes_no_edition_may_be_damaged(tmp_path: Path) -> None:
    path = write(EDITION, tmp_path / "р.xlsx")
    book = load_workbook(path)
    book.create_sheet("Заметки")["XFD1048576"] = "."
    book.save(path)
    assert load_edition(path, PROFILE).edition.records["code"].tolist() == EDITION.records["code"].tolist()
