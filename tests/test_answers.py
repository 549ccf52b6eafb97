"""What a unit wrote beside its remarks meets the finding that it answers; nothing written is lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from openpyxl import load_workbook

from tests.books import NEW, PROFILE, UnitBook, looked_at
from tests.desk import Desk
from workbook_tools import findings as found
from workbook_tools.answers import Voice, voices, with_answers
from workbook_tools.remarks import Place, Remark, told
from workbook_tools.submissions import Answer, Submission

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd

KIND = PROFILE.column_header("kind")


def findings(*cells: str) -> pd.DataFrame:
    places = [Place("КАДР", "КАДР.xlsx", "Сведения", cell, int(cell[1:]), "kind", "оба") for cell in cells]
    return found.of_remarks([Remark("П-05", "main", place, {"v": "оба"}) for place in places], PROFILE)


def sent(*answers: Answer) -> Submission:
    return Submission("КАДР.xlsx", "", answers=answers)


def answer(place: str, rule: str = "П-05", header: str = KIND, text: str = "Так верно") -> Answer:
    return Answer(rule, place, header, "Вид точки…", text, "Замечания", "I8")


def answered(frame: pd.DataFrame, *answers: Answer) -> list[str]:
    texts: list[str] = with_answers(frame, [sent(*answers)], PROFILE)["answer"].tolist()
    return texts


def test_an_answer_meets_the_finding_of_its_cell() -> None:
    assert answered(findings("I6", "I7"), answer("Сведения, I7")) == ["", "Так верно"]


@pytest.mark.parametrize("wrong", [answer("Сведения, I6", "П-06"), answer("Сведения, I6", header="Действие")])
def test_an_answer_to_another_rule_or_column_meets_nothing(wrong: Answer) -> None:
    assert answered(findings("I6"), wrong) == [""]


def test_an_answer_to_a_group_meets_every_finding_of_it() -> None:
    assert answered(findings("I6", "I7", "I20"), answer("Сведения, I6, I7 и ещё 1")) == ["Так верно"] * 3
    assert answered(findings("I6", "I7", "I20"), answer("Сведения, I6, I20")) == ["Так верно", "", "Так верно"]


def test_an_answer_to_a_group_does_not_go_to_another_fault_of_the_column() -> None:
    frame = found.of_remarks(
        [
            Remark("П-05", "main", Place("КАДР", "КАДР.xlsx", "Сведения", f"I{row}", row, "kind", said), {"v": said})
            for row, said in enumerate(("оба", "оба", "обе"), 6)
        ],
        PROFILE,
    )
    line = Answer("П-05", "Сведения, I6 и ещё 1", KIND, WORDED, "Так верно", "Замечания", "I8")
    assert answered(frame, line) == ["Так верно", "Так верно", ""]


WORDED = told(*findings("I6")[["message", "suggestion"]].iloc[0])


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (("I6", "I9"), ["Так верно", ""]),
        (("I7", "I9"), ["Так верно", "Так верно"]),
        (("I9",), ["Так верно"]),
    ],
)
def test_an_answer_follows_its_remark_when_rows_have_moved(cells: tuple[str, ...], expected: list[str]) -> None:
    line = Answer("П-05", "Сведения, I6", KIND, WORDED, "Так верно", "Замечания", "I8")
    assert answered(findings(*cells), line) == expected


def test_an_answer_does_not_go_to_the_other_fault_that_stands_at_its_cell_now() -> None:
    other = Place("КАДР", "КАДР.xlsx", "Сведения", "I6", 6, "kind", "обе")
    frame = found.of_remarks(
        [
            Remark("П-05", "main", other, {"v": "обе"}),
            Remark("П-05", "main", Place("КАДР", "КАДР.xlsx", "Сведения", "I7", 7, "kind", "оба"), {"v": "оба"}),
        ],
        PROFILE,
    )
    line = Answer("П-05", "Сведения, I6", KIND, WORDED, "Так верно", "Замечания", "I8")
    assert answered(frame, line) == ["", "Так верно"]


def test_the_first_of_two_answers_to_one_remark_counts() -> None:
    assert answered(findings("I6"), answer("Сведения, I6", text="раз"), answer("Сведения, I6", text="два")) == ["раз"]


def test_an_answer_that_looks_like_a_formula_is_kept_as_written(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    book = UnitBook()
    book.add(**NEW | {"kind": "оба"})
    desk.send("КАДР", book)
    desk.merge()
    copy = load_workbook(tmp_path / "выпуск" / "замечания" / "КАДР.xlsx")
    sheet = copy["Замечания"]
    row = next(row for row in range(7, sheet.max_row + 1) if sheet.cell(row, 2).value == "П-05")
    sheet.cell(row, 9).value = "=сначала решите с ИТ"
    copy.save(tmp_path / "входящие" / "КАДР.xlsx")
    told = [item["answer"] for item in desk.merge().report["findings"] if item["rule"] == "П-05"]
    assert told == ["=сначала решите с ИТ"]


def test_an_answer_in_another_file_is_not_to_this_one() -> None:
    other = Submission("ИТ.xlsx", "", answers=(answer("Сведения, I6"),))
    assert with_answers(findings("I6"), [other], PROFILE)["answer"].tolist() == [""]


def test_the_frame_keeps_its_index() -> None:
    frame = findings("I6", "I7").set_axis([7, 3])
    assert list(with_answers(frame, [sent(answer("Сведения, I7"))], PROFILE).index) == [7, 3]


def test_every_answer_and_every_note_is_handed_on(tmp_path: Path) -> None:
    book = UnitBook()
    book.add(**NEW | {"note": "Согласовано с бухгалтерией"})
    examined = looked_at(book.save(tmp_path / "КАДР.xlsx"))
    frame = with_answers(
        findings("I6"), [sent(answer("Сведения, I6"), answer("Сведения, I9", text="Исправили"))], PROFILE
    )
    said = voices(
        [sent(answer("Сведения, I6"), answer("Сведения, I9", text="Исправили"))], examined.table, frame, PROFILE
    )
    assert [(item.kind, item.cell, item.text, item.stands) for item in said] == [
        ("answer", "I8", "Так верно", True),
        ("answer", "I8", "Исправили", False),
        ("note", "M9", "Согласовано с бухгалтерией", True),
    ]
    assert said[2] == Voice("note", "КАДР", "КАДР.xlsx", "Сведения", "M9", "", "", "Согласовано с бухгалтерией")
