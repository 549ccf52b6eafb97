"""What a unit wrote beside its remarks meets the finding that it answers; nothing written is lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.books import NEW, PROFILE, UnitBook, looked_at
from workbook_tools import findings as found
from workbook_tools.answers import Voice, voices, with_answers
from workbook_tools.remarks import Place, Remark
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
