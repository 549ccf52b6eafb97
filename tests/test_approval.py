"""An edition in force says by which act, wherever people look, and the next run reads it back."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.books import DATE, EDITION, PROFILE
from workbook_tools.approval import annex_mark, edition_line, reservations
from workbook_tools.comparing import compare
from workbook_tools.dossier import Dossier
from workbook_tools.matters import matters
from workbook_tools.pipeline.consolidating import APPROVED, PROJECT
from workbook_tools.pipeline.editions import load_edition
from workbook_tools.records import Approval
from workbook_tools.reports.consolidated import write_consolidated

ACT = Approval("30/01-02", "2026-12-01")
OPEN = ACT._replace(reason="Министр решил не ждать.", stands=("ошибок – 2", "вопросов без решения – 1"))
RESERVED = "При утверждении оставалось: ошибок – 2; вопросов без решения – 1. Причина: Министр решил не ждать."


def dossier(approval: Approval | None, date: str = ACT.date) -> Dossier:
    state = APPROVED if approval else PROJECT
    return Dossier(PROFILE, "", EDITION.records, date, state, EDITION.last_code, DATE, approval=approval)


def plain(text: str) -> str:
    """Return a text with spaces of one kind: № never parts from its number."""
    return text.replace("\u00a0", " ")


def test_a_project_says_that_it_is_one() -> None:
    assert edition_line(dossier(None)) == (
        "Редакция от 01.12.2026, на основе редакции от 19.03.2024. Состояние: ПРОЕКТ."
    )
    assert plain(annex_mark(dossier(None))[-1]) == "(в редакции приказа от ____________ № ________)"
    assert reservations(dossier(None)) == []


def test_an_edition_in_force_says_by_which_act() -> None:
    assert edition_line(dossier(ACT)) == (
        "Редакция от 01.12.2026, на основе редакции от 19.03.2024. "
        "Состояние: утверждена (приказ от 01.12.2026 № 30/01-02)."
    )
    assert plain(annex_mark(dossier(ACT))[-1]) == "(в редакции приказа от 01.12.2026 № 30/01-02)"
    assert reservations(dossier(ACT)) == []


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("от ____ г. № __", "от 01.12.2026 г. № 30/01-02"),
        ("утверждён постановлением № ____ от ____", "утверждён постановлением № ____ от ____"),
        ("без места для даты", "без места для даты"),
    ],
)
def test_date_and_number_stand_only_where_room_is_left_for_them(line: str, expected: str) -> None:
    profile = PROFILE.model_copy(update={"annex": PROFILE.annex.model_copy(update={"mark": (line,)})})
    assert annex_mark(replace(dossier(ACT), profile=profile)) == [expected]


def test_what_stood_open_is_told_with_the_reason() -> None:
    assert reservations(dossier(OPEN)) == [RESERVED]
    assert reservations(dossier(ACT._replace(reason="по поручению"))) == ["Причина: по поручению."]


def test_nobody_is_asked_to_sign_what_is_in_force() -> None:
    new = EDITION.records
    changes = compare(new.iloc[:-1].reset_index(drop=True), new, PROFILE)
    signs = [
        any("Подписать приказ" in item.text for item in matters(replace(dossier(act), changes=changes)))
        for act in (None, ACT)
    ]
    assert signs == [True, False]


def test_the_workbook_tells_the_act_on_every_sheet_and_reads_it_back(tmp_path: Path) -> None:
    path = tmp_path / "Перечень_2026-12-01.xlsx"
    write_consolidated(path, dossier(OPEN))
    read = load_edition(path, PROFILE).edition
    assert read.approval == ACT
    assert (read.date, read.state, read.last_code) == (ACT.date, APPROVED, EDITION.last_code)
    book = load_workbook(path)
    texts = {
        sheet.title: "\n".join(str(cell) for row in sheet.iter_rows(values_only=True) for cell in row if cell)
        for sheet in book
    }
    assert "утверждена (приказ от 01.12.2026 № 30/01-02)" in texts["Сводка"]
    assert "(в редакции приказа от 01.12.2026 № 30/01-02)" in plain(texts["Приложение 1"])
    assert RESERVED in texts["Сведения о запуске"]
    assert "ПРОЕКТ" not in "".join(texts.values())


@pytest.mark.parametrize(("mark", "value"), [("order_number", ""), ("order_date", "вчера"), ("order_date", "")])
def test_marks_that_somebody_changed_name_no_act(tmp_path: Path, mark: str, value: str) -> None:
    path = tmp_path / "Перечень.xlsx"
    write_consolidated(path, dossier(ACT))
    book = load_workbook(path)
    sheet = book[PROFILE.sheets["meta"].name]
    cell = next(row[1] for row in sheet.iter_rows() if row[0].value == mark)
    cell.value = value
    book.save(path)
    assert load_edition(path, PROFILE).edition.approval is None
