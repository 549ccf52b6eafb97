"""A project comes into force: anew from its inputs, with its case beside it, once, and never while something stands."""

from __future__ import annotations

import hashlib
import json
import os
import socket
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from docx import Document
from openpyxl import load_workbook

from tests.books import COMPUTING, DATE, PROFILE, TODAY
from tests.working import NUMBER, ORDER_DAY, SOUND, Working, answer, book_of
from workbook_tools.desk.finding import last_decisions
from workbook_tools.desk.folder import edition_in_force
from workbook_tools.desk.publishing import publish
from workbook_tools.desk.runs import swept
from workbook_tools.errors import InputError, OutputError
from workbook_tools.pipeline.commands import Options, Result, diff, merge, templates
from workbook_tools.pipeline.consolidating import APPROVED
from workbook_tools.pipeline.editions import load_edition
from workbook_tools.placing.lock import LOCK
from workbook_tools.records import Approval

ROOT = Path(__file__).parent.parent
OUTSIDE = {"touchpoint": "многофункциональный центр"}
FAULTY = {"touchpoint": ""}
BOOK, CASE, CERTIFICATE = f"Перечень_{ORDER_DAY}.xlsx", f"Дело_{ORDER_DAY}.zip", f"Акт_соответствия_{ORDER_DAY}.docx"
TWICE = "{}: редакция от {} уже есть, вторую той же датой утвердить нельзя. Проверьте --date."
EARLIER = "--date: редакция от 18.03.2024 не может сменить редакцию от 19.03.2024. Проверьте дату документа."
STANDS = (
    "выпуски/2026-11-22: этот выпуск утвердить нельзя: {} или назовите причину, она войдёт в акт и в книгу: "
    '--reason "…".'
)
MEND = "{}. Исправьте это и сведите файлы ещё раз (perechen merge)"
EARLY = "расхождение дат (документ от 21.11.2026, а выпуск сведён позже, 22.11.2026)"
REASON = "Министр решил не ждать ответа отдела"


@pytest.fixture(scope="module")
def merged(tmp_path_factory: pytest.TempPathFactory) -> Working:
    """A folder with a sound release; to be copied, never changed."""
    working = Working.made(tmp_path_factory.mktemp("дело") / "дело")
    assert working.merge().exit_code == 0
    return working


@pytest.fixture(scope="module")
def published(merged: Working, tmp_path_factory: pytest.TempPathFactory) -> tuple[Working, Result]:
    """A folder whose release was published; to be looked at, never changed."""
    working = merged.copy(tmp_path_factory.mktemp("утверждённое") / "дело")
    return working, working.publish()


@pytest.fixture
def working(merged: Working, tmp_path: Path) -> Working:
    return merged.copy(tmp_path / "дело")


def words_of(path: Path) -> str:
    """Return all words of a document, in paragraphs and tables."""
    document = Document(str(path))
    cells = (cell.text for table in document.tables for row in table.rows for cell in row.cells)
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def refused(
    working: Working, *, date: str = ORDER_DAY, number: str = NUMBER, reason: str = "", today: str = ORDER_DAY
) -> str:
    """Return why a publication is refused; nothing may have changed."""
    before = working.contents()
    with pytest.raises(InputError) as caught:
        working.publish(date, number, reason, today)
    assert working.contents() == before
    told = str(caught.value)
    assert "\n" not in told
    return told.replace(f"{working.desk.root}/", "")


# ---- what comes into force


def test_the_project_becomes_the_edition_in_force(published: tuple[Working, Result]) -> None:
    working, result = published
    assert result.exit_code == 0
    assert [path.name for path in result.outputs] == [BOOK, CASE, CERTIFICATE]
    assert edition_in_force(working.desk) == working.desk.editions / ORDER_DAY / BOOK
    project = load_edition(working.desk.releases / TODAY / f"Перечень_{TODAY}.xlsx", PROFILE).edition
    made = load_edition(book_of(result), PROFILE).edition
    assert made.approval == Approval(NUMBER, ORDER_DAY)
    assert (made.date, made.state) == (ORDER_DAY, APPROVED)
    assert made.records.equals(project.records)
    assert (made.last_code, made.kinds) == (project.last_code, project.kinds)
    assert [item.date for item in made.history] == [DATE, ORDER_DAY]
    assert (
        diff(working.desk.releases / TODAY / f"Перечень_{TODAY}.xlsx", book_of(result), working.loaded).exit_code == 0
    )


def test_leadership_finds_the_change_log_and_the_order_in_it(published: tuple[Working, Result]) -> None:
    book = load_workbook(book_of(published[1]))
    journal = [row for row in book["Журнал изменений"].iter_rows(values_only=True) if "Оформление отпуска" in row]
    assert [str(row[1])[:10] for row in journal] == [ORDER_DAY]
    summary = "\n".join(str(cell) for row in book["Сводка"].iter_rows(values_only=True) for cell in row if cell)
    assert f"утверждена (приказ от 01.12.2026 № {NUMBER})" in summary
    assert "ПРОЕКТ" not in summary


def test_the_next_cycle_begins_with_it(published: tuple[Working, Result], tmp_path: Path) -> None:
    working = published[0].copy(tmp_path / "дело")
    made = templates(working.loaded, edition_in_force(working.desk), tmp_path / "шаблоны")
    book = load_workbook(next(path for path in made.outputs if "КАДР" in path.name))
    processes = [row[4] for row in book["Сведения"].iter_rows(min_row=6, values_only=True) if row[1]]
    assert "Оформление отпуска" in processes
    again = working.merge("2026-12-10")
    assert again.report["edition"]["date"] == ORDER_DAY


def test_the_first_edition_of_a_register_can_be_published(tmp_path: Path) -> None:
    working = Working.made(tmp_path / "дело", None)
    working.merge()
    result = working.publish()
    assert len(load_edition(book_of(result), PROFILE).edition.records) == 1
    assert "Прежняя редакция\nне было" in words_of(result.outputs[-1])


def test_a_register_in_volumes_is_published_in_volumes(tmp_path: Path) -> None:
    working = Working.made(tmp_path / "дело")
    project = working.merge(sheet_rows=10)
    assert any("_том_" in path.name for path in project.outputs)
    result = working.publish(sheet_rows=10)
    volumes = [path.name for path in result.outputs if "_том_" in path.name]
    assert volumes
    assert all(name.startswith(f"Перечень_{ORDER_DAY}_том_") for name in volumes)
    book = result.outputs[0].parent / BOOK
    assert load_edition(book, PROFILE).edition.records.equals(load_edition(book_of(project), PROFILE).edition.records)
    assert all(name in words_of(result.outputs[-1]) for name in volumes)


def test_the_same_publication_gives_the_same_bytes(working: Working, published: tuple[Working, Result]) -> None:
    outputs = (working.publish().outputs, published[1].outputs)
    assert [path.read_bytes() for path in outputs[0]] == [path.read_bytes() for path in outputs[1]]


# ---- the case beside it


def test_the_case_holds_every_input_with_its_checksum(published: tuple[Working, Result]) -> None:
    working, result = published
    with zipfile.ZipFile(result.outputs[1]) as archive:
        names = archive.namelist()
        sums = archive.read(names[-1]).decode().splitlines()
        held = {f"{hashlib.sha256(archive.read(name)).hexdigest()}  {name}" for name in names[:-1]}
        assert archive.read("входящие/КАДР.xlsx") == (working.desk.incoming / "КАДР.xlsx").read_bytes()
        assert archive.read("профиль/профиль.xlsx") == working.desk.profile.read_bytes()
    assert set(sums) == held
    assert names == [
        "входящие/КАДР.xlsx",
        "выпуск/run.json",
        f"выпуск/Перечень_{TODAY}.xlsx",
        f"выпуск/Проект_приказа_{TODAY}.docx",
        "профиль/профиль.xlsx",
        f"редакция/Перечень_{DATE}.xlsx",
        "контрольные_суммы.txt",
    ]


def test_the_certificate_says_from_what_and_how(published: tuple[Working, Result]) -> None:
    working, result = published
    told = words_of(result.outputs[-1]).replace("\u00a0", " ")
    sent = working.desk.incoming / "КАДР.xlsx"
    for phrase in (
        f"редакции Перечня от 01.12.2026, приказ от 01.12.2026 № {NUMBER}",
        "Было записей 4 + включено 1 (К1) − исключено 0 (К4) = стало 5.",
        hashlib.sha256(sent.read_bytes()).hexdigest(),
        hashlib.sha256(result.outputs[1].read_bytes()).hexdigest(),
        working.loaded.sha256,
        f"версия {PROFILE.template.version}",
        "всего 29, проверено",
        "Прочитано строк\n4",
        "– не принято\n0",
        "– из них перенесено без подтверждения\n1",
        "Вопросов уполномоченному сотруднику не было.",
        "Ничего: ошибок и вопросов без решения нет.",
        "Ответили 1 из 6 подразделений.",
    ):
        assert phrase in told


def test_a_draft_order_that_was_mended_goes_into_the_case_as_it_lies(working: Working) -> None:
    order = working.desk.releases / TODAY / f"Проект_приказа_{TODAY}.docx"
    order.write_bytes(b"mended")
    (working.desk.releases / TODAY / f"Перечень_{TODAY}.xlsx").touch()
    with zipfile.ZipFile(working.publish().outputs[1]) as archive:
        assert archive.read(f"выпуск/{order.name}") == b"mended"


def test_a_draft_order_that_was_taken_away_is_not_missed(working: Working) -> None:
    (working.desk.releases / TODAY / f"Проект_приказа_{TODAY}.docx").unlink()
    with zipfile.ZipFile(working.publish().outputs[1]) as archive:
        assert not [name for name in archive.namelist() if "приказа" in name]


# ---- decisions


def test_decisions_go_into_the_case_and_the_certificate(tmp_path: Path) -> None:
    working = Working.made(tmp_path / "дело")
    working.send("КАДР", **OUTSIDE)
    first = working.merge()
    assert refused(working).startswith("выпуски/2026-11-22: этот выпуск утвердить нельзя: вопросов без решения – 1.")
    book = book_of(first)
    answer(book, {"decision": "принять", "reason": "точка согласована", "who": "Иванова А.А."})
    assert "на листе «Решения» есть ответы, которые в этот выпуск не вошли" in refused(working, reason=REASON)
    second = working.merge(decisions=book)
    assert second.report["decided_in"] == {"file": book.name, "sha256": hashlib.sha256(book.read_bytes()).hexdigest()}
    result = working.publish()
    with zipfile.ZipFile(result.outputs[1]) as archive:
        assert archive.read(f"решения/{book.name}") == book.read_bytes()
    told = words_of(result.outputs[-1])
    assert "точка согласована" in told
    assert "Иванова А.А." in told
    assert "Вопросов: 1, решено: 1, ждут решения: 0." in told
    kept = load_workbook(book_of(result))["Решения"]
    assert any("точка согласована" in row for row in kept.iter_rows(values_only=True))
    # What was accepted without a date goes on: the next cycle takes it from the edition.
    assert last_decisions(working.desk, working.loaded.profile) == (book_of(result), 1)


def test_a_book_of_decisions_that_was_changed_since_is_missed(tmp_path: Path) -> None:
    working = Working.made(tmp_path / "дело")
    working.send("КАДР", **OUTSIDE)
    book = book_of(working.merge())
    answer(book, {"decision": "принять", "reason": "точка согласована"})
    working.merge(decisions=book)
    answer(book, {"reason": "передумали"})
    assert refused(working) == (
        "книги, из которой взяты решения, в деле нет, или она изменена после сведения. "
        "Сведите файлы ещё раз (perechen merge) и утвердите новый выпуск."
    )


# ---- what stands against it


def test_an_edition_with_errors_needs_a_reason_which_is_recorded(tmp_path: Path) -> None:
    working = Working.made(tmp_path / "дело")
    working.send("КАДР", **FAULTY)
    working.merge()
    assert refused(working) == STANDS.format(MEND.format("ошибок – 1"))
    late = f"дней до даты документа (02.12.2026) – 1; {MEND.format('ошибок – 1')}".replace(
        "Исправьте это", "Дождитесь этого дня или укажите другую дату (--date). Исправьте остальное"
    )
    assert refused(working, date="2026-12-02") == STANDS.format(late)
    result = working.publish(reason=f"  {REASON}. ")
    assert result.exit_code == 1
    assert (result.report["reason"], result.report["stands"]) == (f"{REASON}.", ["ошибок – 1"])
    stood = f"При утверждении оставалось: ошибок – 1. Причина: {REASON}."
    assert stood in words_of(result.outputs[-1])
    run = load_workbook(book_of(result))["Сведения о запуске"]
    assert stood in "\n".join(str(cell) for row in run.iter_rows(values_only=True) for cell in row if cell)


def test_a_file_that_could_not_be_read_needs_a_reason(working: Working) -> None:
    (working.desk.incoming / "ИТ.xlsx").write_bytes(b"PK\x03\x04")
    working.merge()
    assert "непрочитанных файлов – 1; ошибок – 1." in refused(working)
    assert working.publish(reason=REASON).exit_code == 1


@pytest.mark.parametrize(
    ("order", "told"),
    [
        ({"number": "  "}, "--order: номер пустой. Укажите номер подписанного документа."),
        ({"number": "1" * 101}, "--order: номер длиннее 100 знаков. Укажите только номер документа."),
        ({"reason": "а" * 2001}, "--reason: причина длиннее 2000 знаков. Сократите её."),
        ({"date": "2028-01-01"}, "--date: 01.01.2028 – больше чем через год. Проверьте дату документа."),
        (
            {"date": DATE},
            TWICE.format("редакции/2024-03-19", "19.03.2024"),
        ),
        (
            {"date": "2024-03-18", "reason": REASON},
            EARLIER,
        ),
        (
            {"date": "2026-11-21"},
            STANDS.format(f"{EARLY}. Проверьте дату документа (--date)"),
        ),
        (
            {"date": "2026-12-02"},
            STANDS.format(
                "дней до даты документа (02.12.2026) – 1. Дождитесь этого дня или укажите другую дату (--date)"
            ),
        ),
    ],
)
def test_an_order_that_cannot_be_is_refused(working: Working, order: dict[str, str], told: str) -> None:
    assert refused(working, **order) == told


def test_an_order_of_a_strange_day_needs_a_reason(working: Working) -> None:
    result = working.publish("2026-11-21", reason=REASON)
    assert result.exit_code == 0
    assert f"При утверждении оставалось: {EARLY}. Причина:" in words_of(result.outputs[-1])


def test_the_same_release_is_not_published_twice(published: tuple[Working, Result]) -> None:
    working = published[0]
    assert refused(working) == TWICE.format("редакции/2026-12-01", "01.12.2026")
    assert refused(working, date="2026-12-02", today="2026-12-02") == (
        "выпуск сведён не с действующей редакцией (действует редакции/2026-12-01/Перечень_2026-12-01.xlsx). "
        "Сведите файлы ещё раз (perechen merge) и утвердите новый выпуск."
    )


# ---- inputs that are not what they were


def test_a_folder_without_a_release_has_nothing_to_publish(tmp_path: Path) -> None:
    working = Working.made(tmp_path / "дело")
    assert refused(working) == (
        "выпуски: здесь нет ни одного выпуска, утверждать нечего. Сведите файлы подразделений: perechen merge."
    )


def test_a_file_that_came_changed_or_went_since_the_merge_is_named(working: Working) -> None:
    stale = "файлы не те, по которым сведён выпуск"
    again = "Сведите файлы ещё раз (perechen merge) и утвердите новый выпуск."
    new = working.send("ИТ")
    assert refused(working) == f"входящие: {stale} (новые: ИТ.xlsx). {again}"
    new.rename(working.desk.incoming / "КАДР.xlsx")
    assert refused(working) == f"входящие: {stale} (изменены: КАДР.xlsx). {again}"
    (working.desk.incoming / "КАДР.xlsx").rename(working.desk.incoming / "ОРГ.xlsx")
    assert refused(working) == f"входящие: {stale} (новые: ОРГ.xlsx; нет: КАДР.xlsx). {again}"


def test_a_profile_that_was_changed_since_the_merge_is_told(working: Working) -> None:
    with working.desk.profile.open("ab") as stream:
        stream.write(b"\n")
    assert refused(working) == (
        "профиль изменён после того, как выпуск был сведён. "
        "Сведите файлы ещё раз (perechen merge) и утвердите новый выпуск."
    )


def test_a_register_that_was_changed_by_hand_is_told(working: Working) -> None:
    path = working.desk.releases / TODAY / f"Перечень_{TODAY}.xlsx"
    book = load_workbook(path)
    book["Реестр"].cell(3, 4).value = "Вписано от руки"
    book.save(path)
    assert "лист «Реестр» изменён вручную после сведения." in refused(working)


def test_a_workbook_that_was_only_saved_again_is_the_same(working: Working) -> None:
    path = working.desk.releases / TODAY / f"Перечень_{TODAY}.xlsx"
    before = path.read_bytes()
    load_workbook(path).save(path)
    assert path.read_bytes() != before
    assert working.publish().exit_code == 0


def test_a_report_that_was_changed_by_hand_is_told(working: Working) -> None:
    path = working.desk.releases / TODAY / "run.json"
    report = json.loads(path.read_text(encoding="utf-8"))
    report["findings"] = report["findings"][1:]
    path.write_text(json.dumps(report, ensure_ascii=False), encoding="utf-8")
    assert "повторное сведение тех же файлов даёт не то, что записано в отчёте выпуска" in refused(working)
    path.write_text("{}", encoding="utf-8")
    assert "это не отчёт прошлого запуска." in refused(working)


@pytest.mark.parametrize(
    ("name", "value"), [("date", "вчера"), ("date", None), ("outputs", {}), ("outputs", [1]), ("command", "check")]
)
def test_a_report_that_is_none_of_a_merge_is_told(working: Working, name: str, value: object) -> None:
    path = working.desk.releases / TODAY / "run.json"
    path.write_text(json.dumps(json.loads(path.read_text(encoding="utf-8")) | {name: value}), encoding="utf-8")
    assert refused(working).startswith("выпуски/2026-11-22: это не выпуск: отчёт в папке записан не сведением.")


def test_outputs_that_a_report_only_claims_are_left_out_of_the_case(working: Working) -> None:
    path = working.desk.releases / TODAY / "run.json"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('"outputs": [', '"outputs": [\n    "../../профиль.xlsx",'), encoding="utf-8")
    with zipfile.ZipFile(working.publish().outputs[1]) as archive:
        assert [name for name in archive.namelist() if ".." in name or "выпуск/профиль" in name] == []


def test_files_that_no_run_reads_may_come_and_go(working: Working) -> None:
    (working.desk.incoming / "~$КАДР.xlsx").write_bytes(b"")
    assert working.publish().exit_code == 0


def test_files_that_were_put_away_too_early_are_asked_for(working: Working) -> None:
    (working.desk.incoming / "КАДР.xlsx").unlink()
    assert refused(working).endswith("Для утверждения нужны те самые файлы, по которым сведён выпуск.")


def test_a_release_without_its_workbook_is_told(working: Working) -> None:
    (working.desk.releases / TODAY / f"Перечень_{TODAY}.xlsx").unlink()
    assert f"в папке выпуска нет книги Перечень_{TODAY}.xlsx." in refused(working)


def test_the_last_release_counts_and_one_that_was_interrupted_does_not(working: Working) -> None:
    working.send("ИТ", activity=COMPUTING, process="Замена картриджей")
    working.merge("2026-11-23")
    (working.desk.releases / "2026-11-24").mkdir()
    result = working.publish()
    assert len(load_edition(book_of(result), PROFILE).edition.records) == len(SOUND.records) + 2


# ---- a round before


def test_what_a_round_mended_stands_in_the_edition_though_its_report_is_gone(tmp_path: Path) -> None:
    working = Working.made(tmp_path / "дело")
    working.send("КАДР", **FAULTY)
    first = working.merge()
    working.send("КАДР")
    out = working.desk.releases / "2026-11-23"
    report = working.desk.releases / TODAY / "run.json"
    second = merge(
        [working.desk.incoming],
        working.loaded,
        edition_in_force(working.desk),
        out,
        Options("2026-11-23", previous=report),
    )
    assert first.exit_code == 1
    assert next(unit["round"] for unit in second.report["units"] if unit["unit"] == "КАДР")["mended"] == 1
    report.unlink()
    result = working.publish()
    texts = [
        [list(load_workbook(path)[name].iter_rows(values_only=True)) for name in ("Замечания", "Подразделения")]
        for path in (out / "Перечень_2026-11-23.xlsx", book_of(result))
    ]
    assert texts[0] == texts[1]
    assert any("исправлено" in str(cell) for sheet in texts[1] for row in sheet for cell in row if cell)


# ---- a disk and another run


PROGRAM = """
import os, sys
from pathlib import Path
from tests.falling import KILL, Fall, Fault
from tests.working import Working

working = Working(Path(sys.argv[1]))
fall = Fall(str(working.desk.editions), lambda: None)
fall.fault = Fault(KILL, at=int(sys.argv[2]))
real = os.fsync
os.fsync = lambda number: (fall.happens("fsync"), real(number))
sys.addaudithook(fall.hook)
working.publish()
print(fall.count)
"""


def killed(working: Working, at: int) -> int:
    """Publish in a process that is killed at an operation in `редакции`; return how many there were, 0 if killed."""
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(working.desk.root), str(at)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) in {(0, ""), (-9, "")}
    return int(done.stdout or 0)


@pytest.mark.skipif(sys.platform == "win32", reason="the system does not kill like this")
def test_a_killed_publication_leaves_the_former_edition_in_force_or_the_new_one_whole(
    merged: Working, published: tuple[Working, Result], tmp_path: Path
) -> None:
    whole = published[0].contents()
    count = killed(merged.copy(tmp_path / "целиком"), 0)
    assert count > 20
    states = set()
    for at in (count // 3, count - 6, count - 2):
        working = merged.copy(tmp_path / f"дело {at}")
        assert killed(working, at) == 0
        swept(working.desk)
        in_force = edition_in_force(working.desk)
        assert in_force is not None
        states.add(in_force.name)
        if in_force.name == BOOK:
            assert working.contents() == whole
        else:
            working.publish()
            assert working.contents() == whole
    assert states == {BOOK, f"Перечень_{DATE}.xlsx"}


def test_while_another_run_writes_there_nothing_is_published(working: Working) -> None:
    folder = working.desk.editions / ORDER_DAY
    folder.mkdir()
    (folder / LOCK).write_text(f"{os.getppid()} {socket.gethostname()}", encoding="utf-8")
    with pytest.raises(OutputError):
        working.publish()
    assert edition_in_force(working.desk) == working.desk.editions / DATE / f"Перечень_{DATE}.xlsx"


def test_two_publications_at_once_put_only_one_edition_in_force(working: Working) -> None:
    (working.desk.editions / LOCK).write_text(f"{os.getppid()} {socket.gethostname()}", encoding="utf-8")
    with pytest.raises(OutputError) as refused:
        working.publish()
    assert str(refused.value).startswith(f"{working.desk.editions}: в эту папку сейчас пишет другой запуск программы")
    assert not (working.desk.editions / ORDER_DAY).exists()
    # Of a run that is no more the lock is taken over, and given back.
    (working.desk.editions / LOCK).write_text(f"{os.getpid()} {socket.gethostname()}", encoding="utf-8")
    assert working.publish().exit_code == 0
    assert not (working.desk.editions / LOCK).exists()


def test_a_publication_keeps_others_away_from_its_beginning(working: Working) -> None:
    seen = []
    options = Options(ORDER_DAY, progress=lambda *_: seen.append((working.desk.editions / LOCK).exists()))
    publish(working.desk, working.loaded, Approval(NUMBER, ORDER_DAY), options)
    assert seen
    assert all(seen)


def test_editions_that_nobody_may_write_to_are_told(working: Working) -> None:
    (working.desk.editions / LOCK).mkdir()
    with pytest.raises(OutputError, match="файл не записан"):
        working.publish()
