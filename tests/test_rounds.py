"""What was mended, what is left, what is new; the same file again is no new round."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from tests.books import BASIS, NEW, PROFILE, UnitBook
from tests.desk import Desk
from workbook_tools import findings as found
from workbook_tools.errors import InputError
from workbook_tools.pipeline.commands import Options, check
from workbook_tools.profile import load_profile
from workbook_tools.remarks import Place, Remark
from workbook_tools.rounds import compared, mended_findings
from workbook_tools.standing import ACCEPTED, Standing
from workbook_tools.unit_form import Round

if TYPE_CHECKING:
    import pandas as pd

    from workbook_tools.pipeline.commands import Result

FILE = "КАДР.xlsx"


def faults(values: list[str]) -> pd.DataFrame:
    """Return findings that differ in value, each in a row of its own."""
    places = [Place("КАДР", FILE, "Сведения", f"I{row}", row, "kind", value) for row, value in enumerate(values, 6)]
    return found.of_remarks([Remark("П-05", "main", place, {"v": place.value}) for place in places], PROFILE)


def report(values: list[str], sha256: str = "1") -> dict[str, Any]:
    files = [{"unit": "КАДР", "file": FILE, "sha256": sha256, "status": "accepted"}]
    return {"files": files, "findings": found.as_json(faults(values)), "mended": []}


def now(sha256: str = "2") -> list[Standing]:
    return [Standing(FILE, sha256, "КАДР", ACCEPTED)]


values = st.lists(st.sampled_from(["оба", "смешанная", "нет", "да"]), max_size=8)


def test_a_conflict_that_was_returned_meanwhile_is_the_same_fault() -> None:
    words = {"tp": "т", "p": "п", "k": "офлайн", "unit2": "ИТ", "k2": "цифровая", "m": "ИТ.xlsx, строка 6"}
    place = Place("КАДР", FILE, "Сведения", "G6", 6, "touchpoint", "т")
    conflict = found.of_remarks([Remark("П-09", "between_units", place, words)], PROFILE)
    before = report([]) | {"findings": found.as_json(conflict)}
    returned = conflict.assign(variant="between_units_returned")
    assert compared(before, returned, now()).by_unit["КАДР"] == Round(0, 1, 0)
    assert compared(before, conflict.assign(variant="in_file"), now()).by_unit["КАДР"] == Round(1, 0, 1)


@given(values, values)
def test_what_was_there_is_mended_or_left_and_what_is_there_is_left_or_new(before: list[str], after: list[str]) -> None:
    rounds = compared(report(before), faults(after), now())
    counts = rounds.by_unit["КАДР"]
    assert counts.mended + counts.left == len(before)
    assert counts.left + counts.new == len(after)
    assert len(rounds.mended) == counts.mended
    assert sorted(rounds.findings["since"]) == sorted(["left"] * counts.left + ["new"] * counts.new)
    assert len(mended_findings(rounds.mended)) == counts.mended


@given(values)
def test_nothing_changed_is_all_left(before: list[str]) -> None:
    assert compared(report(before), faults(before), now()).by_unit["КАДР"] == Round(0, len(before), 0)


def test_the_same_file_again_is_no_new_round() -> None:
    rounds = compared(report(["оба"], "1"), faults(["оба"]), now("1"))
    assert (rounds.by_unit, rounds.mended, set(rounds.findings["since"])) == ({}, (), {""})


def test_without_a_round_before_nothing_is_said() -> None:
    rounds = compared(None, faults(["оба"]), now())
    assert (rounds.by_unit, rounds.mended, set(rounds.findings["since"])) == ({}, (), {""})


def test_a_unit_that_sent_nothing_before_has_no_round_before() -> None:
    rounds = compared({"files": [], "findings": [], "mended": []}, faults(["оба"]), now())
    assert (rounds.by_unit, set(rounds.findings["since"])) == ({}, {""})


# --- through real files --------------------------------------------------------------------------------------------


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A desk with a first round: a blank cell, a missing basis."""
    desk = Desk(tmp_path)
    book = UnitBook()
    book.edit("Т-0002", needs="", action="изменить", basis=BASIS)
    book.add(**NEW | {"basis": ""})
    desk.send("КАДР", book)
    return desk


def mend(desk: Desk) -> None:
    """Correct the copy that came back: one fault of two, and make a new one; answer the other."""
    copy = desk.folder / "выпуск" / "замечания" / FILE
    book = load_workbook(copy)
    book["Сведения"]["J7"] = "Получение консультации; подача запроса"
    book["Сведения"]["I8"] = "смешанная"
    book["Сведения"]["C8"] = "изменить"
    book["Сведения"]["L8"] = BASIS
    sheet = book["Замечания"]
    header = next(row for row in range(1, 12) if sheet.cell(row, 1).value == "Уровень")
    columns = {cell.value: number for number, cell in enumerate(sheet[header], 1)}
    for row in range(header + 1, sheet.max_row + 1):
        if sheet.cell(row, columns["Правило"]).value == "П-14":
            sheet.cell(row, columns["Ответ подразделения"]).value = "Приказ готовится"
        if sheet.cell(row, columns["Правило"]).value == "П-02":
            sheet.cell(row, columns["Ответ подразделения"]).value = "Заполнили"
    book.save(desk.folder / "входящие" / FILE)


def since(result: Result) -> dict[str, str | None]:
    return {
        item["rule"]: item["since"]
        for item in result.report["findings"]
        if item["unit"] == "КАДР" and item["severity"] != "info"
    }


def unit_line(result: Result) -> Any:  # noqa: ANN401 - whatever JSON holds
    return next(item["round"] for item in result.report["units"] if item["unit"] == "КАДР")


def test_the_second_round_says_what_was_mended_left_and_new(desk: Desk) -> None:
    first = desk.merge()
    assert unit_line(first) is None
    assert set(since(first).values()) == {None}
    mend(desk)
    second = desk.merge()
    assert unit_line(second) == {"mended": 1, "left": 1, "new": 1}
    assert since(second) == {"П-14": "left", "П-05": "new"}
    assert [(item["rule"], item["cell"]) for item in second.report["mended"]] == [("П-02", "J7")]
    copy = load_workbook(desk.folder / "выпуск" / "замечания" / FILE)
    shown = [[str(cell.value or "") for cell in row] for row in copy["Замечания"].iter_rows()]
    assert "С прошлого раза: исправлено 1, осталось 1, новых 1." in shown[3]
    assert [row[7] for row in shown if row[1] in {"П-05", "П-14"}] == ["новое", "осталось"]
    assert [row[0] for row in shown if row[1] == "П-02"] == ["исправлено"]
    book = load_workbook(desk.book(second))
    texts = [str(cell.value) for row in book["Подразделения"].iter_rows() for cell in row]
    assert "исправлено 1, осталось 1, новых 1" in texts


def test_answers_come_through_and_stay_while_the_fault_stays(desk: Desk) -> None:
    desk.merge()
    mend(desk)
    second = desk.merge()
    assert [(item["rule"], item["answer"], item["finding"]) for item in second.report["answers"]] == [
        ("П-02", "Заполнили", False),
        ("П-14", "Приказ готовится", True),
    ]
    answers = {item["rule"]: item["answer"] for item in second.report["findings"] if item["answer"]}
    assert answers == {"П-14": "Приказ готовится"}
    sheet = load_workbook(desk.book(second))["Замечания"]
    rows = [[str(cell.value or "") for cell in row] for row in sheet.iter_rows()]
    (answered,) = [row for row in rows if "Приказ готовится" in row]
    assert (answered[0], answered[1]) == ("ошибка", "П-14")
    (gone,) = [row for row in rows if "Заполнили" in row]
    assert (gone[0], gone[1]) == ("ответ", "П-02")
    copy = load_workbook(desk.folder / "выпуск" / "замечания" / FILE)["Замечания"]
    kept = [row for row in copy.iter_rows(values_only=True) if "Приказ готовится" in row]
    assert [row[1] for row in kept] == ["П-14"]


def test_the_marks_disappear_with_the_faults(desk: Desk) -> None:
    desk.merge()
    before = load_workbook(desk.folder / "выпуск" / "замечания" / FILE)["Сведения"]
    assert before["J7"].comment is not None
    mend(desk)
    desk.merge()
    after = load_workbook(desk.folder / "выпуск" / "замечания" / FILE)["Сведения"]
    assert after["J7"].comment is None
    assert after["J7"].fill.fgColor.rgb != before["J7"].fill.fgColor.rgb
    assert after["L9"].comment is not None


def test_the_same_command_again_gives_the_same_bytes_in_every_round(desk: Desk) -> None:
    def run() -> dict[str, bytes]:
        return {path.name: path.read_bytes() for path in desk.merge().outputs}

    assert run() == run()
    mend(desk)
    second = run()
    assert second == run() == run()


def test_the_report_of_the_round_before_can_be_named(desk: Desk, tmp_path: Path) -> None:
    desk.merge()
    mend(desk)
    loaded, today = load_profile(), "2026-11-22"
    named = Options(today, previous=desk.folder / "выпуск" / "run.json")
    result = check([desk.folder / "входящие"], loaded, desk.edition, tmp_path / "проверка", named)
    assert unit_line(result) == {"mended": 1, "left": 1, "new": 1}
    alone = check([desk.folder / "входящие"], loaded, desk.edition, None, Options(today))
    assert unit_line(alone) is None


@pytest.mark.parametrize("content", ["", "{", "[]", '{"schema": 2}', '{"schema": 1, "command": "diff"}', "ёё"])
def test_a_report_that_is_none_is_refused_when_named_and_passed_over_when_found(desk: Desk, content: str) -> None:
    wrong = desk.folder / "выпуск" / "run.json"
    wrong.parent.mkdir()
    wrong.write_text(content, encoding="utf-8")
    assert unit_line(desk.merge()) is None
    assert json.loads(wrong.read_text(encoding="utf-8"))["schema"] == 1
    other = desk.folder / "чужой.json"
    other.write_text(content, encoding="utf-8")
    with pytest.raises(InputError, match="это не отчёт прошлого запуска"):
        check([desk.folder / "входящие"], load_profile(), desk.edition, None, Options("2026-11-22", previous=other))


def test_a_unit_that_mended_everything_gets_no_copy_and_the_officer_sees_it(desk: Desk) -> None:
    desk.merge()
    book = UnitBook()
    book.edit("Т-0001", action="изменить", basis=BASIS, needs="Получение консультации; подача запроса")
    desk.send("КАДР", book)
    result = desk.merge(out="выпуск")
    assert unit_line(result) == {"mended": 2, "left": 0, "new": 0}
    assert FILE not in {path.name for path in result.outputs}


def bot_book(unit: str, kind: str) -> UnitBook:
    book = UnitBook(unit)
    book.add(**NEW | {"touchpoint": "Чат-бот", "kind": kind})
    return book


def resigned(desk: Desk, unit: str, book: UnitBook) -> None:
    """Send a file again with nothing but its title changed."""
    book.sign(executor_phone="(4812) 29-00-00")
    desk.send(unit, book)


def test_what_the_officer_accepted_is_not_said_to_be_mended(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    book = UnitBook()
    book.edit("Т-0002", contact="", action="изменить", basis=BASIS)
    book.add(**NEW | {"basis": ""})
    desk.send("КАДР", book)
    first = desk.merge()
    at = [item["rule"] for item in first.report["decisions"]].index("П-23") + 1
    decided = desk.decide(first, **{f"n{at}": {"decision": "принять", "reason": "Номера ещё нет"}})
    resigned(desk, "КАДР", book)
    second = desk.merge(decided)
    assert unit_line(second) == {"mended": 0, "left": 1, "new": 0}
    assert second.report["mended"] == []
    copy = load_workbook(desk.folder / "выпуск" / "замечания" / FILE)["Замечания"]
    assert [row[0] for row in copy.iter_rows(values_only=True) if row[1] == "П-23"] == ["сведение"]


def test_a_conflict_that_ended_without_its_unit_is_not_said_to_be_mended(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    book = bot_book("КАДР", "цифровая")
    desk.send("КАДР", book)
    desk.send("ИТ", bot_book("ИТ", "офлайн"))
    desk.merge()
    (desk.folder / "входящие" / "ИТ.xlsx").unlink()
    resigned(desk, "КАДР", book)
    alone = desk.merge()
    assert alone.report["mended"] == []
    assert unit_line(alone)["mended"] == 0


def test_a_conflict_that_its_unit_ended_is_mended(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    for unit, kind in (("КАДР", "цифровая"), ("ИТ", "офлайн")):
        desk.send(unit, bot_book(unit, kind))
    desk.merge()
    desk.send("КАДР", bot_book("КАДР", "офлайн"))
    second = desk.merge()
    assert [(item["rule"], item["unit"]) for item in second.report["mended"]] == [("П-09", "КАДР")]


def test_a_fault_between_two_rows_is_mended_in_either(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    book = UnitBook()
    book.add(**NEW)
    book.add(**NEW | {"needs": "Получение ответа"})
    desk.send("КАДР", book)
    desk.merge()
    once = UnitBook()
    once.add(**NEW | {"process": "Учёт отпусков"})
    once.add(**NEW | {"needs": "Получение ответа"})
    desk.send("КАДР", once)
    assert [item["rule"] for item in desk.merge().report["mended"]] == ["П-09"]
