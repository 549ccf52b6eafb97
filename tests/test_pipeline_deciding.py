"""Decisions on «Решения» are read back, applied, recorded and kept; one that does not fit is told, never applied."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
from docx import Document
from openpyxl import load_workbook

from tests.books import BASIS, EDITION, MINISTRY, NEW, PHONE, PROFILE, STAFF, UnitBook, edition_of_rows, record
from tests.desk import Desk, day, lines, told
from workbook_tools.errors import InputError
from workbook_tools.records import rows
from workbook_tools.text import russian_date

if TYPE_CHECKING:
    from workbook_tools.pipeline.commands import Result
    from workbook_tools.records import Edition

OFFICER = "советник-эксперт"
BOT = "Чат-бот"
OUTSIDE = f"Точки «{BOT}» нет в перечне раздела II, п. 3."


def register(result: Result) -> list[dict[str, Any]]:
    assert result.dossier is not None
    return list(rows(result.dossier.records))


def touchpoints(result: Result) -> list[str]:
    return [row["touchpoint"] for row in register(result)]


def finding(result: Result, rule: str) -> dict[str, Any]:
    (found,) = [item for item in result.report["findings"] if item["rule"] == rule]
    return dict(found)


class Start(NamedTuple):
    """A desk and what was first merged there: made once, and copied for each test that goes on from it."""

    desk: Desk
    first: Result

    @classmethod
    def of(cls, desk: Desk) -> Start:
        return cls(desk, desk.merge())

    def copy(self, folder: Path) -> Start:
        return Start(self.desk.copy(folder), self.first)


@pytest.fixture(scope="module")
def start(tmp_path_factory: pytest.TempPathFactory) -> Start:
    """A desk where КАДР brings a touchpoint outside II.3: one warning that wants a decision."""
    desk = Desk(tmp_path_factory.mktemp("стол"))
    book = UnitBook()
    book.edit("Т-0002", contact="(4812) 00-00-01")
    book.add(**NEW | {"touchpoint": BOT, "kind": "цифровая", "note": "Работает с мая"})
    desk.send("КАДР", book)
    return Start.of(desk)


@pytest.fixture
def desk(start: Start, tmp_path: Path) -> Desk:
    return start.copy(tmp_path).desk


@pytest.fixture
def first(start: Start) -> Result:
    return start.first


def number(result: Result, rule: str, record: str | None = None) -> str:
    """Return the number of the one question of a rule, as the desk wants it."""
    (at,) = [at for at, line in enumerate(lines(result), 1) if line.rule == rule and record in {None, line.record}]
    return f"n{at}"


def test_a_warning_that_wants_an_answer_is_a_question(start: Start) -> None:
    desk, result = start
    (line,) = [line for line in lines(result) if line.rule == "П-07"]
    assert (line.status, line.record, line.decision) == ("open", None, None)
    sheet = load_workbook(desk.book(result))["Решения"]
    texts = [[cell.value for cell in row] for row in sheet.iter_rows()]
    (shown,) = [row for row in texts if line.key in row]
    assert any(str(cell).startswith(OUTSIDE) for cell in shown)
    assert "Работает с мая" in shown
    assert shown[-1] == "ждёт решения"


def test_what_is_accepted_is_taken_and_only_told(desk: Desk, first: Result) -> None:
    path = desk.decide(first, **{number(first, "П-07"): {"decision": "принять", "reason": "Есть приказ № 5"}})
    result = desk.merge(path, out="второй")
    assert BOT in touchpoints(result)
    found = finding(result, "П-07")
    assert found["severity"] == "info"
    assert found["message"].startswith(OUTSIDE)
    assert found["message"].endswith(" Принято уполномоченным сотрудником: Есть приказ № 5.")
    (line,) = [line for line in lines(result) if line.rule == "П-07"]
    assert line[1:] == ("accepted", "П-07", None, "accept", "Есть приказ № 5", None, OFFICER, "2026-11-22")
    assert told(result) == [("no_name", "warning", None, "В профиле не указана фамилия уполномоченного сотрудника.")]


def test_what_is_returned_is_not_taken_and_goes_back_with_the_reason(desk: Desk, first: Result) -> None:
    assert BOT in touchpoints(first)
    path = desk.decide(first, **{number(first, "П-07"): {"decision": "Вернуть", "reason": "Нет приказа."}})
    result = desk.merge(path, out="второй")
    assert BOT not in touchpoints(result)
    found = finding(result, "П-07")
    assert (found["severity"], found["cell"]) == ("error", "G9")
    assert found["message"].endswith(" Возвращено подразделению: Нет приказа.")
    assert result.exit_code == 1
    assert result.report["reconciliation"]["rejected"] == 1
    copy = load_workbook(desk.folder / "второй" / "замечания" / "КАДР.xlsx")
    note = copy["Сведения"]["G9"].comment
    assert note is not None
    assert "Возвращено подразделению: Нет приказа." in note.text


def test_who_and_when_stay_as_they_were_first_written(desk: Desk, first: Result) -> None:
    given = {"decision": "принять", "reason": "Приказ № 5", "who": "Иванова И.И.", "when": day("2026-11-20")}
    path = desk.decide(first, **{number(first, "П-07"): given})
    second = desk.merge(path, out="второй")
    third = desk.merge(desk.book(second), today="2027-02-01", out="третий")
    for result in (second, third):
        (line,) = [line for line in lines(result) if line.rule == "П-07"]
        assert (line.status, line.who, line.when) == ("accepted", "Иванова И.И.", "2026-11-20")
    unsigned = desk.decide(first, **{number(first, "П-07"): {"decision": "принять", "reason": "Приказ № 5"}})
    second = desk.merge(unsigned, out="четвёртый")
    third = desk.merge(desk.book(second), today="2027-02-01", out="пятый")
    (line,) = [line for line in lines(third) if line.rule == "П-07"]
    assert (line.who, line.when) == (OFFICER, "2026-11-22")


@pytest.mark.parametrize(
    ("today", "status", "severity"), [("2026-12-31", "accepted", "info"), ("2027-01-01", "expired", "warning")]
)
def test_an_exception_holds_through_its_last_day(
    desk: Desk, first: Result, today: str, status: str, severity: str
) -> None:
    given = {"decision": "принять", "reason": "На время опыта", "until": day("2026-12-31")}
    path = desk.decide(first, **{number(first, "П-07"): given})
    result = desk.merge(path, today=today, out="второй")
    (line,) = [line for line in lines(result) if line.rule == "П-07"]
    assert (line.status, line.until) == (status, "2026-12-31")
    assert finding(result, "П-07")["severity"] == severity
    expired = [item for item in told(result) if item[0] == "decision_expired"]
    if status == "accepted":
        assert expired == []
    else:
        ((_, weight, cell, message),) = expired
        assert (weight, cell) == ("warning", f"I{6 + int(number(first, 'П-07')[1:])}")
        assert message.startswith(f"Срок решения по вопросу {line.key} истёк {russian_date('2026-12-31')}.")


def test_an_expired_exception_is_asked_anew_with_blank_cells(desk: Desk, first: Result) -> None:
    given = {"decision": "принять", "reason": "На время", "until": day("2026-11-01")}
    second = desk.merge(desk.decide(first, **{number(first, "П-07"): given}), out="второй")
    third = desk.merge(desk.book(second), out="третий")
    assert [line.status for line in lines(third) if line.rule == "П-07"] == ["open"]
    assert not [item for item in told(third) if item[0].startswith("decision")]


def test_a_decision_on_data_that_changed_is_told_and_not_applied(desk: Desk, first: Result) -> None:
    path = desk.decide(first, **{number(first, "П-07"): {"decision": "принять", "reason": "Приказ № 5"}})
    book = UnitBook()
    book.add(**NEW | {"touchpoint": "Голосовой помощник", "kind": "цифровая"})
    desk.send("КАДР", book)
    gone = desk.merge(path, out="второй")
    assert finding(gone, "П-07")["severity"] == "warning"
    assert [item[0] for item in told(gone)] == ["no_name", "decision_gone_row"]


def test_a_foreign_row_that_was_accepted_and_then_edited_is_stale(foreign: Start) -> None:
    desk, first = foreign
    path = desk.decide(first, **{number(first, "П-19"): {"decision": "принять", "reason": "Согласовано с БУХ"}})
    book = UnitBook("ИТ")
    book.put(7, **foreign_row(needs="Получение справки; уничтожение архива"))
    desk.send("ИТ", book)
    result = desk.merge(path, out="второй")
    assert [line.status for line in lines(result) if line.rule == "П-19"] == ["open"]
    ((_, severity, _, message),) = [item for item in told(result) if item[0] == "decision_stale"]
    assert severity == "warning"
    assert "сведения изменились. Решение не применено" in message
    assert needs_of(result, "Т-0001") == "Получение консультации"


def foreign_row(**values: str) -> dict[str, Any]:
    """Return ИТ's change of a record of КАДР."""
    return {
        "code": "Т-0001",
        "action": "изменить",
        "activity": STAFF,
        "process": "Увольнение со службы",
        "client": "внутренний",
        "touchpoint": MINISTRY,
        "contact": "каб. 12",
        "kind": "офлайн",
        "needs": "Получение справки",
        "key": "да",
        "basis": BASIS,
        **values,
    }


def foreign_desk(folder: Path) -> Desk:
    desk = Desk(folder)
    book = UnitBook("ИТ")
    book.put(7, **foreign_row())
    desk.send("ИТ", book)
    return desk


@pytest.fixture(scope="module")
def foreign_start(tmp_path_factory: pytest.TempPathFactory) -> Start:
    return Start.of(foreign_desk(tmp_path_factory.mktemp("стол")))


@pytest.fixture
def foreign(foreign_start: Start, tmp_path: Path) -> Start:
    return foreign_start.copy(tmp_path)


def needs_of(result: Result, code: str) -> str:
    return next(str(row["needs"]) for row in register(result) if row["code"] == code)


def test_a_foreign_change_waits_and_acts_when_it_is_accepted(foreign: Start) -> None:
    desk, first = foreign
    assert needs_of(first, "Т-0001") == "Получение консультации"
    path = desk.decide(first, **{number(first, "П-19"): {"decision": "принять", "reason": "Согласовано"}})
    result = desk.merge(path, out="второй")
    assert needs_of(result, "Т-0001") == "Получение справки"
    (changed,) = [row for row in register(result) if row["code"] == "Т-0001"]
    assert changed["unit"] == "КАДР"
    assert result.report["reconciliation"]["changed"] == 1
    assert finding(result, "П-19")["severity"] == "info"


def test_a_foreign_change_beside_the_owners_own_is_not_applied(tmp_path: Path) -> None:
    desk = foreign_desk(tmp_path)
    own = UnitBook()
    own.edit("Т-0001", action="изменить", basis=BASIS, needs="Получение трудовой книжки")
    desk.send("КАДР", own)
    first = desk.merge()
    path = desk.decide(first, **{number(first, "П-19"): {"decision": "принять", "reason": "Согласовано"}})
    result = desk.merge(path, out="второй")
    assert needs_of(result, "Т-0001") == "Получение трудовой книжки"
    assert [item[0] for item in told(result)] == ["no_name", "decision_held"]
    assert [line.status for line in lines(result) if line.rule == "П-19"] == ["clash"]


def test_a_foreign_change_wins_over_the_owners_confirmation_when_it_is_accepted(tmp_path: Path) -> None:
    desk = foreign_desk(tmp_path)
    desk.send("КАДР", UnitBook())
    first = desk.merge()
    path = desk.decide(first, **{number(first, "П-19"): {"decision": "принять", "reason": "Согласовано"}})
    result = desk.merge(path, out="второй")
    assert needs_of(result, "Т-0001") == "Получение справки"


def test_what_comes_in_place_of_a_record_excluded_by_decision_is_told_to_take_it_over(tmp_path: Path) -> None:
    desk = foreign_desk(tmp_path)
    book = UnitBook("ИТ")
    book.put(7, **foreign_row(action="исключить"))
    desk.send("ИТ", book)
    desk.send("КАДР", UnitBook())
    book = UnitBook("БУХ")
    book.add(**NEW | {"process": "Увольнение со службы", "needs": "Получение справки", "basis": "приказ № 5"})
    desk.send("БУХ", book)
    first = desk.merge()
    (united,) = [item for item in first.report["findings"] if item["file"] == "БУХ.xlsx" and item["rule"] == "П-09"]
    assert united["variant"] == "united"
    path = desk.decide(first, **{number(first, "П-19"): {"decision": "принять", "reason": "Согласовано"}})
    result = desk.merge(path, out="второй")
    found = finding(result, "П-15")
    assert (found["file"], found["variant"], found["cell"]) == ("БУХ.xlsx", "taken_over", "C7")
    assert "«Отдел информационных технологий (пример)» (ИТ.xlsx, строка 7, основание: " + BASIS in found["message"]
    assert "П-09" not in {item["rule"] for item in result.report["findings"]}
    (held,) = [row for row in register(result) if row["code"] == "Т-0001"]
    assert (held["unit"], held["needs"], held["basis"]) == ("БУХ", "Получение справки", "приказ № 5")


def test_what_comes_in_place_of_a_record_moved_by_decision_is_not_told_to_be_united(tmp_path: Path) -> None:
    desk = foreign_desk(tmp_path)
    book = UnitBook("ИТ")
    talk = {"touchpoint": PHONE, "contact": "(4812) 00-00-01"}
    book.put(7, **foreign_row(**talk, code="Т-0002", process="Назначение на должность", key=""))
    desk.send("ИТ", book)
    book = UnitBook("БУХ")
    book.add(**NEW | talk | {"process": "Прием на службу", "kind": "цифровая"})
    desk.send("БУХ", book)
    first = desk.merge()
    assert [item["variant"] for item in first.report["findings"] if item["rule"] == "П-09"] == ["between_units"]
    path = desk.decide(first, **{number(first, "П-19"): {"decision": "принять", "reason": "Согласовано"}})
    result = desk.merge(path, out="второй")
    assert [item for item in result.report["findings"] if item["rule"] == "П-09"] == []
    assert [line.status for line in lines(result) if line.rule == "П-09"] == []


def conflict_desk(folder: Path) -> Desk:
    """КАДР and ИТ bring one point of one process with different kinds."""
    desk = Desk(folder)
    for unit, kind in (("КАДР", "цифровая"), ("ИТ", "офлайн")):
        book = UnitBook(unit)
        book.add(**NEW | {"touchpoint": BOT, "kind": kind, "needs": f"Получение ответа {unit}"})
        desk.send(unit, book)
    return desk


@pytest.fixture(scope="module")
def conflict_start(tmp_path_factory: pytest.TempPathFactory) -> Start:
    return Start.of(conflict_desk(tmp_path_factory.mktemp("стол")))


@pytest.fixture
def conflict(conflict_start: Start, tmp_path: Path) -> Start:
    return conflict_start.copy(tmp_path)


def conflicts(result: Result) -> dict[str, str]:
    """Return by unit the number of its side of the conflict."""
    return {
        str(item["unit"]): f"n{at}" for at, item in enumerate(result.report["decisions"], 1) if item["rule"] == "П-09"
    }


def kinds(result: Result) -> list[str]:
    return [row["kind"] for row in register(result) if row["touchpoint"] == BOT]


@pytest.mark.parametrize(("unit", "kind"), [("КАДР", "digital"), ("ИТ", "offline")])
@pytest.mark.parametrize("other", [None, "вернуть"])
def test_of_two_units_the_one_that_is_accepted_is_taken(conflict: Start, unit: str, kind: str, other: str) -> None:
    desk, first = conflict
    assert kinds(first) == []
    at = conflicts(first)
    given = {at[unit]: {"decision": "принять", "reason": "Верно"}}
    if other:
        (loser,) = set(at) - {unit}
        given[at[loser]] = {"decision": other, "reason": "Другой вид"}
    result = desk.merge(desk.decide(first, **given), out="второй")
    assert kinds(result) == [kind]
    assert needs_of_bot(result) == f"Получение ответа {unit}"
    assert not [item for item in told(result) if item[0].startswith("decision")]


def needs_of_bot(result: Result) -> str:
    return next(str(row["needs"]) for row in register(result) if row["touchpoint"] == BOT)


def test_two_sides_of_a_conflict_cannot_both_be_accepted(conflict: Start) -> None:
    desk, first = conflict
    both = {at: {"decision": "принять", "reason": "Верно"} for at in conflicts(first).values()}
    result = desk.merge(desk.decide(first, **both), out="второй")
    assert kinds(result) == []
    assert [item[0] for item in told(result)] == ["no_name", "decision_clash", "decision_clash"]


def test_sides_of_a_conflict_that_agree_are_accepted_together(conflict: Start) -> None:
    desk, _ = conflict
    book = UnitBook("БУХ")
    book.add(**NEW | {"touchpoint": BOT, "kind": "офлайн", "needs": "Получение ответа БУХ"})
    desk.send("БУХ", book)
    first = desk.merge()
    at = conflicts(first)
    yes = {"decision": "принять", "reason": "Верно"}
    result = desk.merge(desk.decide(first, **{at["ИТ"]: yes, at["БУХ"]: yes}), out="второй")
    assert kinds(result) == ["offline"]
    assert needs_of_bot(result) == "Получение ответа ИТ; Получение ответа БУХ"
    assert [item[0] for item in told(result)] == ["no_name"]
    all_three = desk.merge(desk.decide(first, **dict.fromkeys(at.values(), yes)), out="третий")
    assert kinds(all_three) == []
    assert [item[0] for item in told(all_three)] == ["no_name", *["decision_clash"] * 3]


@pytest.mark.parametrize("verdict", ["вернуть", "принять"])
@pytest.mark.parametrize("away", ["КАДР", "ИТ"])
def test_decisions_on_a_conflict_wait_until_both_sides_are_there(conflict: Start, away: str, verdict: str) -> None:
    desk, first = conflict
    (stays,) = {"КАДР", "ИТ"} - {away}
    at = conflicts(first)
    given = {at[stays]: {"decision": verdict, "reason": "Иной вид"}, at[away]: {"decision": "вернуть", "reason": "Нет"}}
    decided = desk.decide(first, **given)
    (desk.folder / "входящие" / f"{away}.xlsx").rename(desk.folder / f"{away}.xlsx")
    alone = desk.merge(decided, out="второй")
    assert sorted(line.reason or "" for line in lines(alone) if line.status == "kept") == ["Иной вид", "Нет"]
    said = [item[3] for item in told(alone) if item[0] == "decision_awaited"]
    assert len(said) == 2
    assert all(f"файл подразделения «{PROFILE.unit_name(away)}» ещё не поступил" in message for message in said)
    shown = [row[-1] for row in load_workbook(desk.book(alone))["Решения"].iter_rows(values_only=True)]
    assert shown.count("хранится: ждёт файла подразделения") == 2
    (desk.folder / f"{away}.xlsx").rename(desk.folder / "входящие" / f"{away}.xlsx")
    again = desk.merge(desk.book(alone), out="третий")
    applied = {line.reason: line.status for line in lines(again) if line.rule == "П-09"}
    assert applied == {"Иной вид": "accepted" if verdict == "принять" else "returned", "Нет": "returned"}


def test_a_decision_on_a_conflict_that_its_unit_ended_itself_waits_for_nobody(conflict: Start) -> None:
    desk, first = conflict
    decided = desk.decide(first, **{conflicts(first)["КАДР"]: {"decision": "вернуть", "reason": "Другой вид"}})
    book = UnitBook()
    book.add(**NEW | {"touchpoint": BOT, "kind": "офлайн", "needs": "Получение ответа КАДР"})
    desk.send("КАДР", book)
    (desk.folder / "входящие" / "ИТ.xlsx").unlink()
    alone = desk.merge(decided, out="второй")
    assert [item[0] for item in told(alone) if item[0].startswith("decision")] == ["decision_unused"]
    assert [line for line in lines(alone) if line.status == "kept"] == []


def test_a_returned_row_claims_nothing_any_more(conflict: Start) -> None:
    desk, first = conflict
    given = {conflicts(first)["КАДР"]: {"decision": "вернуть", "reason": "Другой вид"}}
    result = desk.merge(desk.decide(first, **given), out="второй")
    assert kinds(result) == ["offline"]


def test_an_accepted_row_against_a_record_of_the_edition_sets_its_kind(tmp_path: Path) -> None:
    edition = edition_of_rows(
        [record("Т-0001", "ИТ", STAFF, "Выдача пропусков", BOT, kind="offline", needs="Получение консультации")]
    )
    desk = Desk(tmp_path, edition)
    book = UnitBook("КАДР", edition)
    book.add(
        **NEW | {"process": "Выдача пропусков", "touchpoint": BOT, "kind": "цифровая", "needs": "Получение ответа"}
    )
    desk.send("КАДР", book)
    first = desk.merge()
    given = {conflicts(first)["КАДР"]: {"decision": "принять", "reason": "Точка цифровая"}}
    result = desk.merge(desk.decide(first, **given), out="второй")
    (row,) = register(result)
    assert (row["code"], row["kind"]) == ("Т-0001", "digital")
    assert row["needs"] == "Получение консультации; Получение ответа"
    (change,) = result.report["changes"]
    assert {"kind_changed", "needs_changed"} <= set(change["classes"])


def waiting_edition(*, twin: bool) -> Any:  # noqa: ANN401 - an edition
    doubtful = record("Т-0001", "БУХ", STAFF, "Выдача справок", MINISTRY, kind="digital", state="quarantined")
    other = [record("Т-0002", "БУХ", STAFF, "Выдача справок", MINISTRY)] if twin else []
    return edition_of_rows([doubtful, *other])


@pytest.mark.parametrize("twin", [False, True])
def test_a_waiting_record_is_put_in_force_unless_another_stands_for_it(tmp_path: Path, *, twin: bool) -> None:
    edition = waiting_edition(twin=twin)
    desk = Desk(tmp_path, edition)
    desk.send("КАДР", UnitBook("КАДР", edition))
    first = desk.merge()
    given = {number(first, "П-06"): {"decision": "принять", "reason": "Проверено"}}
    result = desk.merge(desk.decide(first, **given), out="второй")
    state = next(row["state"] for row in register(result) if row["code"] == "Т-0001")
    assert state == ("quarantined" if twin else "in_force")
    assert [item[0] for item in told(result)] == (["no_name", "decision_held"] if twin else ["no_name"])
    sums = result.report["reconciliation"]
    assert sums["after"] == sums["before"] + (not twin)


def test_a_waiting_record_that_is_excluded_stands_wherever_the_sums_do(tmp_path: Path) -> None:
    edition = waiting_edition(twin=True)
    desk = Desk(tmp_path, edition)
    book = UnitBook("БУХ", edition)
    book.edit("Т-0001", action="исключить", basis=BASIS)
    book.add(**NEW)
    desk.send("БУХ", book)
    result = desk.merge()
    said = "Сверх того исключены записи на уточнении, в Перечень они не входили: 1 (Т-0001)."
    sheets = load_workbook(desk.book(result))
    for name, words in (("journal", said), ("run", "исключено 1 (из них на уточнении, вне Перечня: Т-0001)")):
        texts = [str(value) for row in sheets[PROFILE.sheets[name].name].iter_rows(values_only=True) for value in row]
        assert any(words in text for text in texts), name
    (order,) = [path for path in result.outputs if path.suffix == ".docx"]
    assert said in [paragraph.text for paragraph in Document(str(order)).paragraphs]


@pytest.mark.parametrize(
    ("values", "variant", "sentence"),
    [
        ({"decision": "может быть"}, "decision_wrong", "Решение «может быть» по вопросу"),
        ({"reason": "Так надо"}, "decision_no_verdict", "не выбрано «принять» или «вернуть»"),
        ({"decision": "вернуть"}, "decision_no_reason", "напишите подразделению, что исправить"),
        ({"decision": "принять", "reason": "Да", "until": "до весны"}, "decision_bad_date", "«до весны» – не дата"),
        ({"decision": "принять", "reason": "Да", "key": "В-1"}, "decision_unknown", "Код вопроса «В-1» неизвестен."),
        ({"decision": "принять", "reason": "Да", "key": None}, "decision_unknown", "Код вопроса «–» неизвестен."),
    ],
)
def test_a_line_that_says_nothing_clear_is_told_and_not_applied(
    desk: Desk, first: Result, values: dict[str, Any], variant: str, sentence: str
) -> None:
    result = desk.merge(desk.decide(first, **{number(first, "П-07"): values}), out="второй")
    ((name, severity, _, message),) = [item for item in told(result) if item[0].startswith("decision")]
    assert (name, severity) == (variant, "warning")
    assert sentence in message
    assert finding(result, "П-07")["severity"] == "warning"
    assert [line.status for line in lines(result) if line.rule == "П-07"] == ["open"]


@pytest.mark.parametrize(
    ("values", "shown"),
    [
        ({"decision": "Возвратить"}, ("вернуть", None, None)),
        ({"decision": "может быть", "reason": "Уточнить"}, ("может быть", "Уточнить", None)),
        ({"reason": "Так надо", "who": "Иванова И.И."}, (None, "Так надо", None)),
        ({"decision": "принять", "reason": "Да", "until": "до весны"}, ("принять", "Да", "до весны")),
    ],
)
def test_what_a_decision_lacks_can_be_added_to_what_was_written(
    desk: Desk, first: Result, values: dict[str, Any], shown: tuple[str | None, ...]
) -> None:
    at = number(first, "П-07")
    second = desk.merge(desk.decide(first, **{at: values}), out="второй")
    key = next(line.key for line in lines(second) if line.rule == "П-07")
    (row,) = [row for row in load_workbook(desk.book(second))["Решения"].iter_rows(values_only=True) if key in row]
    names = [column.name for column in PROFILE.sheets["decisions"].columns]
    written = dict(zip(names, row, strict=True))
    assert tuple(written[name] for name in ("decision", "reason", "until")) == shown
    assert written["who"] == values.get("who")
    assert str(written["status"]).startswith("ждёт решения: написанное не применено")
    mended = desk.decide(second, **{at: {"decision": "вернуть", "reason": "Нет приказа", "until": None}})
    third = desk.merge(mended, out="третий")
    assert [line.status for line in lines(third) if line.rule == "П-07"] == ["returned"]


def test_accepting_without_a_reason_counts_and_is_told(desk: Desk, first: Result) -> None:
    result = desk.merge(desk.decide(first, **{number(first, "П-07"): {"decision": "принять"}}), out="второй")
    assert finding(result, "П-07")["severity"] == "info"
    assert [item[0] for item in told(result)] == ["no_name", "decision_unexplained"]


def test_a_question_answered_twice_has_no_answer(desk: Desk, first: Result) -> None:
    key = next(line.key for line in lines(first) if line.rule == "П-07")
    at = int(number(first, "П-07")[1:])
    given = {"decision": "принять", "reason": "Да"}
    path = desk.decide(first, **{f"n{at}": given, f"n{at + 1}": {**given, "key": key, "decision": "вернуть"}})
    result = desk.merge(path, out="второй")
    assert finding(result, "П-07")["severity"] == "warning"
    assert [item[0] for item in told(result)] == ["no_name", "decision_twice", "decision_twice"]


def test_what_was_written_unfinished_is_kept_while_its_unit_is_silent(desk: Desk, first: Result) -> None:
    at = number(first, "П-07")
    decided = desk.decide(first, **{at: {"decision": "вернуть", "reason": None}})
    for file in (desk.folder / "входящие").iterdir():
        file.unlink()
    desk.send("ИТ", UnitBook("ИТ"))
    silent = desk.merge(decided, out="второй")
    (kept,) = [line for line in lines(silent) if line.status == "kept"]
    assert (kept.decision, kept.reason) == ("return", None)
    assert "decision_no_reason" in [item[0] for item in told(silent)]
    assert ("вернуть", "хранится: ждёт файла подразделения") in [
        (row[8], row[-1]) for row in load_workbook(desk.book(silent))["Решения"].iter_rows(values_only=True)
    ]


def test_an_exception_is_kept_while_its_unit_is_silent_and_applies_when_it_speaks(desk: Desk) -> None:
    book = UnitBook()
    book.edit("Т-0002", contact="")
    book.edit("Т-0002", action="изменить", basis=BASIS)
    desk.send("КАДР", book)
    first = desk.merge()
    given = {"decision": "принять", "reason": "Номера ещё нет", "until": day("2027-12-31")}
    second = desk.merge(desk.decide(first, **{number(first, "П-23"): given}), out="второй")
    (desk.folder / "входящие" / "КАДР.xlsx").unlink()
    desk.send("ИТ", UnitBook("ИТ"))
    silent = desk.merge(desk.book(second), out="третий")
    (kept,) = [line for line in lines(silent) if line.status == "kept"]
    assert (kept.decision, kept.reason, kept.until, kept.record) == ("accept", "Номера ещё нет", "2027-12-31", "Т-0002")
    assert [item["unit"] for item in silent.report["decisions"] if item["status"] == "kept"] == ["КАДР"]
    shown = load_workbook(desk.book(silent))["Решения"].iter_rows(values_only=True)
    assert [(row[4], row[-1]) for row in shown if kept.key in row] == [
        ("Отдел кадров (пример)", "хранится: ждёт файла подразделения")
    ]
    ((variant, severity, _, message),) = [item for item in told(silent) if item[0].startswith("decision")]
    assert (variant, severity) == ("decision_awaited", "info")
    assert message.startswith(
        f"Решение по вопросу {kept.key} ждёт: файл подразделения «Отдел кадров (пример)» ещё не поступил."
    )
    desk.send("КАДР", book)
    again = desk.merge(desk.book(silent), out="четвёртый")
    assert [line.status for line in lines(again) if line.rule == "П-23"] == ["accepted"]


def test_what_was_returned_waits_for_its_unit_too(desk: Desk, first: Result) -> None:
    path = desk.decide(first, **{number(first, "П-07"): {"decision": "вернуть", "reason": "Сначала приказ"}})
    (desk.folder / "входящие" / "КАДР.xlsx").rename(desk.folder / "КАДР.xlsx")
    desk.send("ИТ", UnitBook("ИТ"))
    silent = desk.merge(path, out="второй")
    assert [(line.status, line.decision) for line in lines(silent) if line.reason] == [("kept", "return")]
    assert [item[0] for item in told(silent)] == ["no_name", "decision_awaited"]
    (desk.folder / "КАДР.xlsx").rename(desk.folder / "входящие" / "КАДР.xlsx")
    again = desk.merge(desk.book(silent), out="третий")
    assert [line.status for line in lines(again) if line.rule == "П-07"] == ["returned"]
    assert BOT not in touchpoints(again)


def test_a_decision_waits_for_a_mended_file_where_the_file_is_refused_as_a_whole(desk: Desk, first: Result) -> None:
    path = desk.decide(first, **{number(first, "П-07"): {"decision": "принять", "reason": "Приказ № 5"}})
    book = UnitBook()
    book.add(**NEW | {"touchpoint": BOT, "kind": "цифровая", "note": "Работает с мая"})
    book.sign(head_name="", checked="")
    desk.send("КАДР", book)
    result = desk.merge(path, out="второй")
    ((variant, _, _, message),) = [item for item in told(result) if item[0].startswith("decision")]
    assert variant == "decision_awaited_mended"
    assert "файл подразделения «Отдел кадров (пример)» целиком не принят" in message


def test_a_decision_on_a_record_that_waited_needs_no_file(tmp_path: Path) -> None:
    waits = rows(EDITION.records.assign(state=["in_force"] * 3 + ["quarantined", "in_force"]))
    desk = Desk(tmp_path / "стол", edition_of_rows(waits))
    desk.send("ИТ", UnitBook("ИТ"))
    first = desk.merge()
    (line,) = [line for line in lines(first) if line.record == "Т-0004"]
    at = lines(first).index(line) + 1
    path = desk.decide(first, **{f"n{at}": {"decision": "принять", "reason": "Подтверждено"}})
    following = Desk(tmp_path / "другой")
    following.send("ИТ", UnitBook("ИТ"))
    result = following.merge(path)
    assert [item[0] for item in told(result) if item[0].startswith("decision")] == ["decision_unused"]


def test_a_decision_on_a_record_that_is_gone_is_dropped_and_told(desk: Desk, tmp_path: Path) -> None:
    book = UnitBook()
    book.edit("Т-0002", contact="", action="изменить", basis=BASIS)
    desk.send("КАДР", book)
    first = desk.merge()
    path = desk.decide(first, **{number(first, "П-23"): {"decision": "принять", "reason": "Номера ещё нет"}})
    without = Desk(tmp_path / "другой", edition_of_rows(rows(EDITION.records[EDITION.records["code"] != "Т-0002"])))
    without.send("ИТ", UnitBook("ИТ"))
    result = without.merge(path)
    assert [item[0] for item in told(result) if item[0].startswith("decision")] == ["decision_gone"]
    assert [line for line in lines(result) if line.status == "kept"] == []


class NextCycle(NamedTuple):
    """A cycle after the one in which a new record was accepted without its telephone, and that cycle's decisions."""

    folder: Path
    edition: Edition
    decisions: Path

    def merge(self, unit: str, book: UnitBook | None = None, decisions: Path | None = None) -> Result:
        """Merge a unit's file: its template as it is, unless another is given."""
        desk = Desk(self.folder, self.edition)
        desk.send(unit, book or UnitBook(unit, self.edition))
        return desk.merge(decisions or self.decisions)


NO_NUMBER = "По справочнику"


@pytest.fixture
def following(tmp_path: Path) -> NextCycle:
    desk = Desk(tmp_path / "первый")
    book = UnitBook()
    book.add(**NEW | {"touchpoint": PHONE, "contact": ""})
    desk.send("КАДР", book)
    first = desk.merge()
    decided = desk.decide(first, **{number(first, "П-23"): {"decision": "принять", "reason": NO_NUMBER}})
    second = desk.merge(decided, out="второй")
    assert [line.record for line in lines(second) if line.status == "accepted"] == [None]
    return NextCycle(tmp_path / "следующий", edition_of_rows(register(second)), desk.book(second))


def coded(cycle: NextCycle) -> str:
    (code,) = set(cycle.edition.records["code"]) - set(EDITION.records["code"])
    return str(code)


def test_an_exception_follows_the_new_record_when_it_has_its_code(following: NextCycle) -> None:
    result = following.merge("КАДР")
    (line,) = [line for line in lines(result) if line.reason == NO_NUMBER]
    assert (line.status, line.rule, line.record) == ("accepted", "П-23", coded(following))
    assert [item[0] for item in told(result) if item[0].startswith("decision")] == []


def test_an_exception_on_a_new_record_waits_under_its_code_for_its_unit(following: NextCycle) -> None:
    result = following.merge("ИТ")
    (line,) = [line for line in lines(result) if line.reason == NO_NUMBER]
    assert (line.status, line.record) == ("kept", coded(following))
    assert [item[0] for item in told(result) if item[0].startswith("decision")] == ["decision_awaited"]


def test_an_exception_on_a_new_record_is_none_on_other_data(following: NextCycle) -> None:
    book = UnitBook("КАДР", following.edition)
    book.edit(coded(following), action="изменить", basis=BASIS, contact="каб. 5")
    result = following.merge("КАДР", book)
    assert [line.reason for line in lines(result) if line.status == "accepted"] == []


def test_what_was_decided_of_the_record_itself_goes_before(following: NextCycle) -> None:
    silent = following.merge("ИТ")
    both = load_workbook(following.decisions)
    sheet, kept = both["Решения"], next(line for line in lines(silent) if line.reason == NO_NUMBER)
    (at,) = [row for row in range(1, sheet.max_row + 1) if NO_NUMBER in [cell.value for cell in sheet[row]]]
    names = [column.name for column in PROFILE.sheets["decisions"].columns]
    for column, cell in enumerate(sheet[at], 1):
        sheet.cell(at + 1, column).value = cell.value
    for name, value in (("key", kept.key), ("code", kept.record), ("reason", "Снова")):
        sheet.cell(at + 1, names.index(name) + 1).value = value
    path = following.folder / "оба.xlsx"
    both.save(path)
    result = following.merge("КАДР", decisions=path)
    assert [line.reason for line in lines(result) if line.status in {"accepted", "kept"}] == ["Снова"]
    assert [item[0] for item in told(result) if item[0].startswith("decision")] == ["decision_gone_row"]


def test_a_decision_on_a_new_row_that_is_no_more_is_dropped_and_told(following: NextCycle) -> None:
    without = following._replace(edition=EDITION)
    result = without.merge("КАДР")
    assert [line for line in lines(result) if line.reason == NO_NUMBER] == []
    ((variant, severity, _, message),) = [item for item in told(result) if item[0].startswith("decision")]
    assert (variant, severity) == ("decision_gone_row", "info")
    assert message.startswith("Новой строки, о которой принято решение по вопросу В-")
    assert "среди сведений подразделения «Отдел кадров (пример)» больше нет. Решение снято." in message


def test_a_decision_on_a_new_row_that_asks_nothing_now_is_kept_while_the_row_is_there(following: NextCycle) -> None:
    book = UnitBook()
    book.add(**NEW | {"touchpoint": PHONE, "contact": "(4812) 00-00-09"})
    same = following._replace(edition=EDITION)
    result = same.merge("КАДР", book)
    assert [item[0] for item in told(result) if item[0].startswith("decision")] == ["decision_unused"]
    assert [line.status for line in lines(result) if line.reason == NO_NUMBER] == ["kept"]


@pytest.mark.parametrize("damaged", [False, True])
def test_a_file_that_is_no_book_of_decisions_is_a_finding_and_exit_two(desk: Desk, *, damaged: bool) -> None:
    wrong = desk.folder / "не то.xlsx"
    if damaged:
        wrong.write_bytes(b"PK\x03\x04 cut off")
    else:
        shutil.copy(desk.folder / "входящие" / "КАДР.xlsx", wrong)
    result = desk.merge(wrong)
    assert result.exit_code == 2
    ((severity, message),) = [(item[1], item[3]) for item in told(result) if item[0] == "decisions_file"]
    assert severity == "error"
    assert message.startswith("Файл решений не прочитан: ")
    assert message.endswith(" Ни одно решение не применено.")
    assert BOT in touchpoints(result)
    assert desk.book(result).exists()


def test_a_missing_file_of_decisions_stops_the_run(desk: Desk) -> None:
    with pytest.raises(InputError, match="такого файла нет"):
        desk.merge(desk.folder / "нет.xlsx")


def test_the_same_decisions_give_the_same_bytes(desk: Desk, first: Result) -> None:
    path = desk.decide(first, **{number(first, "П-07"): {"decision": "принять", "reason": "Приказ № 5"}})
    one, two = desk.merge(path, out="раз"), desk.merge(path, out="два")
    for left, right in zip(one.outputs, two.outputs, strict=True):
        assert left.read_bytes() == right.read_bytes()


def test_the_telephone_may_be_digital_by_decision(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    book = UnitBook()
    book.edit("Т-0002", action="изменить", basis=BASIS, kind="цифровая")
    desk.send("КАДР", book)
    first = desk.merge()
    path = desk.decide(
        first, **{number(first, "П-06", "Т-0002"): {"decision": "принять", "reason": "Голосовой помощник"}}
    )
    result = desk.merge(path, out="второй")
    assert {row["kind"] for row in register(result) if row["touchpoint"] == PHONE} == {"digital"}
    assert finding(result, "П-06")["severity"] == "info"
    assert PROFILE.rules["П-06"].severities["disputed"] == "warning"
