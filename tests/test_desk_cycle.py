"""Where a cycle stands: what lies in the folder decides it, and nothing else."""

from __future__ import annotations

import datetime
from dataclasses import replace

import pytest

from tests.language import JARGON, foreign_words
from workbook_tools.desk.cycle import Lying, Seen, Stand, deadline_words, is_seen, stand_of

TODAY = datetime.date(2026, 11, 22)
DUE, OVER = datetime.date(2026, 11, 30), datetime.date(2026, 11, 20)
UNITS = {"КАДР": "Отдел кадров", "БУХ": "Бухгалтерия"}
FILES = {"кадр.xlsx": "a1", "бух.xlsx": "b2"}
NEW = Lying(UNITS, profile="p")
BASE = replace(NEW, edition="Перечень_2024-03-19.xlsx")
SENT = replace(BASE, templates="шаблоны/2026-11-01")
CAME = replace(SENT, incoming=FILES)
CLEAN = Seen(FILES, frozenset(UNITS), profile="p", place="замечания/2026-11-22")
FAULTY = replace(CLEAN, errors=2)
SILENT = replace(CLEAN, units=frozenset({"КАДР"}))
MERGED = replace(CLEAN, is_merge=True, book="выпуски/2026-11-22/Перечень_2026-11-22.xlsx", place="выпуски/2026-11-22")

CASES: dict[str, tuple[Lying, str, str]] = {
    "a new folder": (NEW, "no_edition", ""),
    "with an annex": (replace(NEW, annexes=("приложение.docx",)), "no_edition", "perechen import приложение.docx"),
    "with a name of several words": (
        replace(NEW, annexes=("приложение 1.docx",)),
        "no_edition",
        "perechen import «приложение 1.docx»",
    ),
    "with two annexes": (replace(NEW, annexes=("а.docx", "б.docx")), "no_edition", ""),
    "an edition": (BASE, "no_templates", "perechen templates"),
    "templates": (SENT, "waiting", "perechen status --letters"),
    "templates and letters": (replace(SENT, letters="письма/2026-11-22"), "waiting", ""),
    "templates of no edition": (replace(NEW, templates="шаблоны/2026-11-01"), "waiting", "perechen status --letters"),
    "files": (CAME, "unchecked", "perechen check"),
    "files without templates": (replace(BASE, incoming=FILES), "unchecked", "perechen check"),
    "files of the cycle before": (replace(BASE, incoming=FILES, of_past=2), "no_templates", "perechen templates"),
    "templates and files of the cycle before": (replace(CAME, of_past=2), "waiting", "perechen status --letters"),
    "files of two cycles": (replace(CAME, of_past=1), "past", ""),
    "checked": (replace(CAME, last=CLEAN), "ready", "perechen merge"),
    "checked, with questions": (replace(CAME, last=replace(CLEAN, open_questions=2)), "ready", "perechen merge"),
    "a silent unit, and questions": (
        replace(CAME, last=replace(SILENT, open_questions=1)),
        "silent",
        "perechen status --letters",
    ),
    "another file since": (
        replace(CAME, last=replace(CLEAN, files={"кадр.xlsx": "a1"})),
        "unchecked",
        "perechen check",
    ),
    "a file changed since": (
        replace(CAME, last=replace(CLEAN, files=FILES | {"бух.xlsx": "b1"})),
        "unchecked",
        "perechen check",
    ),
    "the profile changed since": (replace(CAME, last=replace(CLEAN, profile="q")), "unchecked", "perechen check"),
    "errors": (replace(CAME, last=FAULTY), "errors", "perechen status --letters"),
    "errors, letters written": (replace(CAME, last=FAULTY, letters="письма/2026-11-22"), "errors", ""),
    "errors before the deadline": (replace(CAME, last=FAULTY, deadline=DUE), "errors", "perechen status --letters"),
    "errors after the deadline": (replace(CAME, last=FAULTY, deadline=OVER), "errors", "perechen merge"),
    "a silent unit": (replace(CAME, last=SILENT, deadline=DUE), "silent", "perechen status --letters"),
    "a silent unit, reminded": (replace(CAME, last=SILENT, letters="письма/2026-11-22"), "silent", "perechen merge"),
    "a silent unit after the deadline": (replace(CAME, last=SILENT, deadline=OVER), "ready", "perechen merge"),
    "merged": (replace(CAME, last=MERGED), "done", ""),
    "merged, questions": (replace(CAME, last=replace(MERGED, open_questions=3)), "questions", ""),
    "merged, answered": (
        replace(CAME, last=replace(MERGED, open_questions=3), decided=True),
        "questions",
        "perechen merge",
    ),
    "merged with errors": (replace(CAME, last=replace(MERGED, errors=1)), "errors", "perechen status --letters"),
    "merged, then a new file": (
        replace(CAME, last=MERGED, incoming=FILES | {"в.xlsx": "c3"}),
        "unchecked",
        "perechen check",
    ),
}


def stand(name: str) -> Stand:
    return stand_of(CASES[name][0], TODAY)


@pytest.mark.parametrize("name", CASES)
def test_the_stage_and_the_next_step_follow_from_what_lies_there(name: str) -> None:
    found = stand(name)
    assert (found.stage, found.step.words if found.step else "") == CASES[name][1:]


@pytest.mark.parametrize("name", CASES)
def test_every_stand_is_told_in_plain_russian(name: str) -> None:
    found = stand(name)
    words = " ".join([*found.said, found.step.question if found.step else ""])
    assert found.said
    assert foreign_words(words, "perechen") == []
    assert JARGON.search(words) is None


def test_what_is_to_be_done_is_said_with_places() -> None:
    assert stand("templates").said == (
        "Шаблоны лежат в папке «шаблоны/2026-11-01». Разошлите их; ответы складывайте в папку «входящие».",
        "Пока не ответил никто из 2 подразделений.",
    )
    assert stand("errors before the deadline").said == (
        "При проверке найдено: 2 ошибки. Копии для возврата подразделениям: «замечания/2026-11-22/замечания».",
        "Срок – 30.11.2026: осталось 8 дней.",
    )
    nobodys = replace(CAME, last=replace(FAULTY, has_copies=False))
    assert stand_of(nobodys, TODAY).said == (
        "При проверке найдено: 2 ошибки. Файлы не отнесены ни к одному подразделению профиля, копий для возврата нет.",
    )
    assert "Не ответили: БУХ." in stand("a silent unit").said
    left = replace(MERGED, units=frozenset({"КАДР"}))
    for last in (replace(left, open_questions=3), replace(left, errors=1)):
        assert "Не ответили: БУХ." in stand_of(replace(CAME, last=last), TODAY).said
    assert stand("files").said == ("В папке «входящие» файлов: 2; 2 файла ещё не проверены.",)
    assert stand("a file changed since").said == ("В папке «входящие» файлов: 2; 1 файл ещё не проверен.",)
    assert "профиль изменился" in stand("the profile changed since").said[0]
    assert stand("merged, questions").said[1].startswith("3 вопроса ждут вашего решения")
    assert any("--reason ПРИЧИНА" in sentence for sentence in stand("merged with errors").said)
    for name, count in (("files of the cycle before", "2 файла"), ("files of two cycles", "1 файл")):
        assert stand(name).said[-1] == (
            f"В папке «входящие» ещё лежит прошлый цикл: {count}. Уберите их оттуда: они есть в архиве той редакции."
        )
    assert stand("checked").said == ("Файлы проверены, ошибок нет.",)
    asked = "Исправлять подразделениям нечего; {} предстоит решить вам на листе «Решения» сводной книги."
    assert stand("checked, with questions").said == (asked.format("2 вопроса"),)
    assert stand("a silent unit, and questions").said[0] == asked.format("1 вопрос")
    assert stand("merged").said[-1] == ("Когда он подписан: perechen publish --order НОМЕР --date ГГГГ-ММ-ДД.")


@pytest.mark.parametrize(
    ("deadline", "words"),
    [
        (None, ()),
        (datetime.date(2026, 11, 23), ("Срок – 23.11.2026: остался 1 день.",)),
        (datetime.date(2026, 12, 3), ("Срок – 03.12.2026: осталось 11 дней.",)),
        (datetime.date(2026, 12, 13), ("Срок – 13.12.2026: остался 21 день.",)),
        (datetime.date(2026, 12, 14), ("Срок – 14.12.2026: осталось 22 дня.",)),
        (TODAY, ("Срок – 22.11.2026: сегодня последний день.",)),
        (OVER, ("Срок 20.11.2026 истёк 2 дня назад.",)),
    ],
)
def test_the_days_to_the_deadline_are_counted(deadline: datetime.date | None, words: tuple[str, ...]) -> None:
    assert deadline_words(deadline, TODAY) == words


def test_a_file_whose_checksum_could_not_be_taken_is_known_by_its_name() -> None:
    assert is_seen({"а.xlsx": "1", "б.xlsx": "2"}, {"а.xlsx": "1", "б.xlsx": ""})
    assert not is_seen({"а.xlsx": "1"}, {"а.xlsx": "1", "б.xlsx": ""})
    assert not is_seen({"а.xlsx": "1"}, {"а.xlsx": "2"})
