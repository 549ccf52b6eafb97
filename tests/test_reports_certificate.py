"""The certificate says of an edition in force from what, with what and by whose decisions it was made."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from docx import Document

from tests.books import DATE, EDITION, PROFILE, profile_without_rule
from workbook_tools.decisions import Decision, Question, Settled, Settlement
from workbook_tools.decisions.settle import ACCEPTED, KEPT, OPEN
from workbook_tools.dossier import MISSING, RECEIVED, Dossier, UnitLine
from workbook_tools.errors import OutputError
from workbook_tools.pipeline.consolidating import APPROVED
from workbook_tools.records import Approval
from workbook_tools.reports.certificate import File, Proof, write_certificate
from workbook_tools.standing import Standing
from workbook_tools.tally import CHECKED, OFF, RuleLine

SHA = "f" * 64
PROOF = Proof("0.0.9", None, [File("Перечень_2026-12-01.xlsx", SHA)], [File("входящие/КАДР.xlsx", SHA)])
DOSSIER = Dossier(
    PROFILE,
    "e" * 64,
    EDITION.records,
    "2026-12-01",
    APPROVED,
    EDITION.last_code,
    DATE,
    approval=Approval("30 <02> & 1", "2026-12-01"),
)


def written(path: Path, dossier: Dossier, proof: Proof = PROOF) -> tuple[str, list[list[list[str]]]]:
    """Write a certificate; return its paragraphs as one text, and its tables as rows of texts."""
    write_certificate(path, dossier, proof)
    document = Document(str(path))
    tables = [[[cell.text for cell in row.cells] for row in table.rows] for table in document.tables]
    return "\n".join(item.text for item in document.paragraphs).replace("\u00a0", " "), tables


def test_it_names_the_act_the_files_and_what_was_used(tmp_path: Path) -> None:
    words, tables = written(tmp_path / "акт.docx", DOSSIER)
    assert "АКТ СООТВЕТСТВИЯ\nредакции Перечня от 01.12.2026, приказ от 01.12.2026 № 30 <02> & 1\n" in words
    assert "Записей: 5." in words
    assert words.rstrip().endswith("Советник-эксперт ____________________\n«____» ____________________ 20____ г.")
    assert tables[0] == [["Файл", "Контрольная сумма (SHA-256)"], ["Перечень_2026-12-01.xlsx", SHA]]
    used = dict(tables[1])
    assert used["Программа perechen при сведении"] == "версия 0.0.9"
    assert used["Профиль (правила и справочники)"] == f"smolensk_minprom\nSHA-256 {'e' * 64}"
    assert (used["Прежняя редакция"], used["Книга с решениями"]) == ("не было", "не было")
    assert tables[-1][1] == ["входящие/КАДР.xlsx", SHA]


def test_it_names_the_edition_before_and_the_book_of_decisions(tmp_path: Path) -> None:
    proof = PROOF._replace(base=replace(EDITION, sha256="a" * 64))
    _, tables = written(tmp_path / "акт.docx", replace(DOSSIER, decided_in=("решения.xlsx", "b" * 64)), proof)
    used = dict(tables[1])
    assert used["Прежняя редакция"] == f"редакция.xlsx\nSHA-256 {'a' * 64}"
    assert used["Книга с решениями"] == f"решения.xlsx\nSHA-256 {'b' * 64}"


def test_it_says_what_became_of_each_file_and_who_was_silent(tmp_path: Path) -> None:
    files = [
        Standing("КАДР.xlsx", SHA, "КАДР", "accepted", rows=4),
        Standing("копия\x07.xlsx", SHA, "КАДР", "superseded", rows=3, reason="учтён другой"),
        Standing("письмо.txt", "", "", "ignored", reason="не книга"),
        Standing("~$КАДР.xlsx", "", "", "ignored", reason="служебный файл"),
        Standing("Thumbs.db", "", "", "ignored", reason="служебный файл"),
    ]
    units = [UnitLine("КАДР", "Отдел кадров", RECEIVED), UnitLine("ИТ", "Отдел ИТ", MISSING)]
    words, tables = written(tmp_path / "акт.docx", replace(DOSSIER, files=files, units=units))
    answered = "Ответили 1 из 2 подразделений. Не ответили: Отдел ИТ; их записи перенесены без подтверждения."
    assert f"{answered} Служебных файлов, которые не читались: 2." in words
    assert [row[:4] for row in tables[2][1:]] == [
        ["КАДР.xlsx", "КАДР", "принят", "4"],
        ["копия\\x0007.xlsx", "КАДР", "заменён более поздним: учтён другой", "3"],
        ["письмо.txt", "", "не читался: не книга", "0"],
    ]


def test_it_gives_each_decision_with_its_reason_and_who_took_it(tmp_path: Path) -> None:
    asked = Question(
        "В-1", "Точки нет в п. 3.", "Т-0001", "КАДР", "КАДР.xlsx", "раздел II, п. 3", rule="П-07", variant="main"
    )
    taken = Decision("В-1", "Принято", reason="согласовано", who="Иванова А.А.", when="2026-11-20")
    settlement = Settlement((Settled(asked, taken, ACCEPTED), Settled(replace(asked, key="В-2"), None, OPEN)))
    words, tables = written(tmp_path / "акт.docx", replace(DOSSIER, settlement=settlement))
    assert "Вопросов: 2, решено: 1, ждут решения: 1." in words
    assert ["Точки нет в п. 3.\nТ-0001", "принять", "согласовано", "Иванова А.А.\n20.11.2026"] in tables[-2]


def test_a_decision_names_its_record_or_its_place_and_until_when_it_holds(tmp_path: Path) -> None:
    asked = Question("В-1", "Точки нет в п. 3.", "", "КАДР", "КАДР.xlsx, Сведения, G8", "раздел II, п. 3")
    taken = Decision("В-1", "Принято", reason="согласовано", who="Иванова А.А.", when="2026-11-20", until="2027-12-31")
    settlement = Settlement((Settled(asked, taken, ACCEPTED), Settled(asked, replace(taken, reason=""), ACCEPTED)))
    _, tables = written(tmp_path / "акт.docx", replace(DOSSIER, settlement=settlement))
    assert [row[:3] for row in tables[-2][1:]] == [
        ["Точки нет в п. 3.\nКАДР.xlsx, Сведения, G8", "принять", "согласовано\nДействует до 31.12.2027."],
        ["Точки нет в п. 3.\nКАДР.xlsx, Сведения, G8", "принять", "Действует до 31.12.2027."],
    ]


def test_a_decision_that_nothing_asked_for_is_no_question(tmp_path: Path) -> None:
    asked = Question("В-1", "Точки нет в п. 3.", "Т-0001", "КАДР", "КАДР.xlsx", "раздел II, п. 3")
    taken = Decision("В-2", "Принято", reason="согласовано")
    kept = " Прежних решений, которые не понадобились и хранятся: 1."
    for settled, said in (
        ((Settled(None, taken, KEPT),), "Вопросов уполномоченному сотруднику не было."),
        ((Settled(asked, None, OPEN), Settled(None, taken, KEPT)), "Вопросов: 1, решено: 0, ждут решения: 1."),
    ):
        words, _ = written(tmp_path / "акт.docx", replace(DOSSIER, settlement=Settlement(settled)))
        assert f"{said}{kept}" in words


def test_what_introduces_a_table_stays_on_its_page(tmp_path: Path) -> None:
    write_certificate(tmp_path / "акт.docx", DOSSIER, PROOF)
    kept = {item.text: item.paragraph_format.keep_with_next for item in Document(str(tmp_path / "акт.docx")).paragraphs}
    assert kept["Все исходные файлы в том виде, в каком они прочитаны:"]
    assert not kept["Вопросов уполномоченному сотруднику не было."]


def test_the_signature_stays_with_the_last_row_above_it(tmp_path: Path) -> None:
    proof = PROOF._replace(archived=[File(f"входящие/{number}.xlsx", SHA) for number in range(3)])
    write_certificate(tmp_path / "акт.docx", DOSSIER, proof)
    document = Document(str(tmp_path / "акт.docx"))
    *others, last = document.tables[-1].rows
    assert all(cell.paragraphs[0].paragraph_format.keep_with_next for cell in last.cells)
    assert not any(row.cells[0].paragraphs[0].paragraph_format.keep_with_next for row in others[1:])
    *_, blank, count, signature, date = document.paragraphs
    assert (blank.text, count.text) == ("", "Всего файлов в архиве: 3.")
    assert all(item.paragraph_format.keep_with_next for item in (blank, count, signature))
    assert not date.paragraph_format.keep_with_next
    (gap,) = [item for item, after in pairwise(document.paragraphs) if after.text.startswith("2. ")]
    assert not gap.paragraph_format.keep_with_next


def test_it_names_the_rules_that_are_off_and_those_that_found_errors(tmp_path: Path) -> None:
    rules = [
        RuleLine("П-01", "Форма", CHECKED, 1, "files", 2, 0, 0),
        RuleLine("П-02", "Ячейки", CHECKED, 9, "cells", 0, 0, 0),
        RuleLine("П-03", "Коды", OFF, 0, "cells", 0, 0, 0),
    ]
    dossier = replace(DOSSIER, rules=rules, profile=profile_without_rule("П-03"))
    words, tables = written(tmp_path / "акт.docx", dossier)
    assert dict(tables[1])["Правила"] == "всего 3, проверено 2, отключены: П-03"
    assert "Ошибки по правилам: П-01 – 2." in words


def test_it_says_what_stood_open_and_why(tmp_path: Path) -> None:
    words, _ = written(tmp_path / "акт.docx", DOSSIER)
    assert "Ничего: ошибок и вопросов без решения нет." in words
    stood = DOSSIER.approval._replace(reason="срок", stands=("ошибок – 2",)) if DOSSIER.approval else None
    words, _ = written(tmp_path / "акт.docx", replace(DOSSIER, approval=stood))
    assert "При утверждении оставалось: ошибок – 2. Причина: срок." in words


def test_it_is_the_same_bytes_each_time_and_takes_thousands_of_files(tmp_path: Path) -> None:
    proof = PROOF._replace(archived=[File(f"входящие/{number}.xlsx", SHA) for number in range(3_000)])
    one, two = tmp_path / "один.docx", tmp_path / "другой.docx"
    for path in (one, two):
        write_certificate(path, DOSSIER, proof)
    assert one.read_bytes() == two.read_bytes()


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match=r"нет.акт\.docx: файл не записан"):
        write_certificate(tmp_path / "нет" / "акт.docx", DOSSIER, PROOF)
