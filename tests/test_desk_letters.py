"""Letters: to whom, until when, what to do, in kind official Russian; files that any editor shows."""

from __future__ import annotations

import datetime
from functools import lru_cache
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.books import UnitBook
from tests.cycle import checked, opened, profile_due, send
from tests.language import JARGON, foreign_words
from workbook_tools.desk.folder import Desk
from workbook_tools.desk.letters import Letter, letters, stage_letters
from workbook_tools.desk.status import status_of
from workbook_tools.outputs import Outputs
from workbook_tools.pipeline.commands import Options
from workbook_tools.profile import LoadedProfile, load_profile

DUE = datetime.date(2026, 11, 30)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which КАДР has an error and a warning, ИТ is clean, the others are silent."""
    desk = opened(tmp_path_factory.mktemp("д") / "дело")
    book = UnitBook("КАДР")
    book.edit("Т-0001", needs="")
    book.edit("Т-0002", action="изменить", kind="цифровая", basis="приказ от 12.10.2026 № 77")
    send(desk, "КАДР", book)
    send(desk, "ИТ", UnitBook("ИТ"))
    return desk.root


def written(
    root: Path, today: str = "2026-11-22", deadline: datetime.date | None = DUE, **head: str
) -> dict[str, Letter]:
    return {letter.name: letter for letter in _letters(root, today, deadline, tuple(head.items()))}


@lru_cache
def _letters(root: Path, today: str, deadline: datetime.date | None, head: tuple[tuple[str, str], ...]) -> list[Letter]:
    loaded = LoadedProfile(profile_due(deadline, **dict(head)), "")
    return letters(status_of(Desk(root), loaded, Options(today)).overview)


def test_the_silent_and_those_with_errors_get_a_letter_each_and_nobody_else(folder: Path) -> None:
    assert list(written(folder)) == [
        "Напоминание_ОРГ.txt",
        "Напоминание_ИНФ.txt",
        "Замечания_КАДР.txt",
        "Напоминание_БУХ.txt",
        "Напоминание_АХО.txt",
    ]


def test_a_reminder_says_to_whom_until_when_what_and_by_which_clause(folder: Path) -> None:
    lines = written(folder, БУХ="Орлова О.О.")["Напоминание_БУХ.txt"].lines
    assert lines[:5] == (
        "Руководителю структурного подразделения",
        "«Отдел бухгалтерского учета (пример)»",
        "Орлова О.О.",
        "",
        "О представлении сведений для Перечня точек взаимодействия",
    )
    assert lines[6].startswith("Прошу в срок до 30.11.2026 представить сведения о точках взаимодействия, ")
    assert lines[6].endswith(" за период: 4 квартал 2026 г.")
    assert ".." not in lines[6]
    assert "Основание: приказ от 19.03.2024 № 29/01-01, раздел III, абз. 6." in lines
    assert "По состоянию на 22.11.2026 сведения от подразделения не поступили." in lines
    assert any("«Перечень_БУХ_2024-03-19.xlsx»" in line for line in lines)
    assert "Без ответа действующие записи подразделения (1 запись) войдут в новую редакцию без подтверждения." in lines
    assert lines[-1] == "Советник-эксперт"


def test_a_unit_without_records_is_not_told_of_any(folder: Path) -> None:
    assert not any("без подтверждения" in line for line in written(folder)["Напоминание_ОРГ.txt"].lines)


def test_a_letter_of_remarks_names_each_with_its_cell_and_clause(folder: Path) -> None:
    text = "\n".join(written(folder)["Замечания_КАДР.txt"].lines)
    assert "Прошу в срок до 30.11.2026 устранить замечания к представленным сведениям" in text
    assert "Проверен файл «КАДР.xlsx», заполнен 18.11.2026." in text
    errors, warnings = text.split("Предупреждения (исправлять не обязательно, но прошу ответить на каждое):")
    assert "лист «Сведения», J6: Не заполнена графа «Удовлетворяемые потребности клиента»." in errors
    assert "Основание: раздел II, п. 2.2, абз. 2." in errors
    assert "лист «Сведения», I7: " in warnings
    assert "1. Откройте приложенную копию вашего файла («КАДР.xlsx»)" in warnings


def test_a_letter_on_a_file_that_is_refused_as_a_whole_says_so_and_begins_with_the_title_sheet(tmp_path: Path) -> None:
    desk = opened(tmp_path / "дело")
    book = UnitBook("КАДР")
    book.edit("Т-0001", needs="")
    book.sign(checked="")
    send(desk, "КАДР", book)
    lines = written(desk.root)["Замечания_КАДР.txt"].lines
    assert "Файл целиком не принят. На листе «Титул» не указано, кто и когда проверил сведения." in "\n".join(lines)
    errors = lines.index("Ошибки, из-за которых файл не принят целиком:")
    assert [line.partition(":")[0] for line in lines[errors + 1 : errors + 5]] == [
        "1. лист «Титул», C15",
        "",
        "Ошибки в строках (их тоже нужно исправить)",
        "1. лист «Сведения», J6",
    ]


def test_a_letter_on_a_file_with_nothing_but_faults_of_the_whole_speaks_of_no_rows(tmp_path: Path) -> None:
    desk = opened(tmp_path / "дело")
    book = UnitBook("КАДР")
    book.data["E5"].value = "Мероприятие"
    send(desk, "КАДР", book)
    lines = written(desk.root)["Замечания_КАДР.txt"].lines
    errors = lines.index("Ошибки, из-за которых файл не принят целиком:")
    assert "«Наименование процесса»" in lines[errors + 1]
    assert not any("строки с ними" in line for line in lines)


def test_a_letter_on_a_file_of_which_the_copy_does_not_hold_all_says_what_and_to_mend_the_file(tmp_path: Path) -> None:
    desk = opened(tmp_path / "дело")
    book = UnitBook("КАДР")
    book.data["I5"].value = "Вид точек"
    send(desk, "КАДР", book)
    checked(desk)
    lines = written(desk.root)["Замечания_КАДР.txt"].lines
    to_do = lines.index("Что нужно сделать:")
    assert list(lines[to_do + 1 : to_do + 3]) == [
        (
            "1. Откройте приложенную копию вашего файла («КАДР.xlsx»): на листе «Замечания» сказано, что исправить. "
            "В копии нет: графа «Вид точек» (I5)."
        ),
        (
            "2. Исправьте не копию, а свой файл «КАДР.xlsx»: в нём ничего не изменено. Ответить можно в графе "
            "«Пояснение подразделения»."
        ),
    ]
    assert any(line.startswith("1. лист «Сведения», I5: В файле нет графы «Вид точки».") for line in lines)
    copy = load_workbook(next(desk.remarks.rglob("КАДР.xlsx")))["Замечания"]
    assert "в вашем файле: Сведения, I5" in [cell.value for cell in copy["C"]]


def test_a_letter_on_several_files_of_a_unit_tells_the_remarks_of_each_apart(tmp_path: Path) -> None:
    desk = opened(tmp_path / "дело")
    for name, code in (("а", "Т-0001"), ("б", "Т-0003")):
        book = UnitBook("КАДР")
        book.edit(code, needs="")
        book.save(desk.incoming / f"{name}.xlsx")
    lines = written(desk.root)["Замечания_КАДР.txt"].lines
    assert "Проверен файл «б.xlsx», заполнен 18.11.2026. Основание: приказ от 19.03.2024 № 29/01-01." in lines
    other = lines.index(
        "Замечания к другому файлу подразделения – «а.xlsx» (не учтён: есть другой файл с той же датой: «б.xlsx»):"
    )
    end = lines.index("Что нужно сделать:")
    own, others = "\n".join(lines[:other]), "\n".join(lines[other:end])
    assert ("J8: Не заполнена графа" in own, "J6: Не заполнена графа" in own) == (True, False)
    assert ("J8: Не заполнена графа" in others, "J6: Не заполнена графа" in others) == (False, True)


def test_a_letter_on_a_file_whose_other_rows_count_says_nothing_of_a_refusal(folder: Path) -> None:
    assert not any("целиком" in line for line in written(folder)["Замечания_КАДР.txt"].lines)


@pytest.mark.parametrize(
    ("today", "deadline", "request_", "overdue"),
    [
        ("2026-11-30", DUE, "Прошу в срок до 30.11.2026 ", False),
        ("2026-12-01", DUE, "Прошу незамедлительно ", True),
        ("2026-12-01", None, "Прошу в возможно короткий срок ", False),
    ],
)
def test_the_request_depends_on_the_deadline(
    folder: Path,
    today: str,
    deadline: datetime.date | None,
    request_: str,
    overdue: bool,  # noqa: FBT001 - a parameter of the test
) -> None:
    for letter in written(folder, today, deadline).values():
        assert sum(line.startswith(request_) for line in letter.lines) == 1
        assert any("Установленный срок (30.11.2026) истёк." in line for line in letter.lines) is overdue


@pytest.mark.parametrize(
    ("head", "greeting"),
    [
        ("Орлова Ольга Олеговна", "Уважаемая Ольга Олеговна!"),
        ("Орлов Олег Ильич, начальник отдела", "Уважаемый Олег Ильич!"),
        ("Орлов Олег Олегович", "Уважаемый Олег Олегович!"),
        ("Орлова О.О.", ""),
        ("Кузнецова Анна Ильинична", "Уважаемая Анна Ильинична!"),
        ("Рашидов Рашид оглы", ""),
    ],
)
def test_whoever_is_named_in_full_is_greeted_by_name(folder: Path, head: str, greeting: str) -> None:
    lines = written(folder, БУХ=head)["Напоминание_БУХ.txt"].lines
    assert lines[2] == head
    assert [line for line in lines if line.startswith("Уважаем")] == ([greeting] if greeting else [])


def test_another_body_is_named_by_its_own_words(tmp_path: Path) -> None:
    loaded = load_profile("svetloozersk_services")
    Desk(tmp_path).editions.mkdir()
    made = letters(status_of(Desk(tmp_path), loaded, Options("2026-11-22")).overview)
    assert len(made) == len(loaded.profile.units)
    text = "\n".join(made[0].lines)
    assert "Прошу в срок до 15.12.2026 " in text
    assert "Основание: распоряжение от 02.03.2026 № 118-р, " in text
    assert text.endswith("Главный специалист, Р.Р. Рябинина")
    assert "клиент" not in text


def test_letters_are_russian_and_have_no_headers_of_mail(folder: Path) -> None:
    for letter in written(folder).values():
        text = "\n".join(letter.lines)
        assert foreign_words(text) == []
        assert JARGON.search(text) is None
        assert not any(line.startswith(("Кому:", "Тема:", "От:")) for line in letter.lines)


def test_the_file_is_shown_by_the_plainest_editor_of_windows(folder: Path, tmp_path: Path) -> None:
    some = list(written(folder).values())
    with Outputs(tmp_path) as outputs:
        stage_letters(outputs, some)
    content = (tmp_path / "Напоминание_БУХ.txt").read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.count(b"\n") == content.count(b"\r\n") > 10
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(letter.name for letter in some)


def test_of_many_remarks_the_first_are_told_and_the_rest_counted(tmp_path: Path) -> None:
    desk = opened(tmp_path / "дело")
    book = UnitBook("КАДР")
    for number in range(30):
        book.add(action="включить", process=f"Процесс {number}", touchpoint=f"место {number}")
    send(desk, "КАДР", book)
    (letter,) = (item for item in written(desk.root).values() if "КАДР" in item.name)
    numbered = [line for line in letter.lines if line.startswith("20. ")]
    assert len(numbered) <= 2
    assert not any(line.startswith("21. ") for line in letter.lines)
