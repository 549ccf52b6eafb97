"""A real LibreOffice opens what we write, and what is typed there comes back as it was typed."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.interop.office import Typing, converted, needs_typing, printed_pages, typed
from workbook_tools import findings as found
from workbook_tools.pipeline import commands
from workbook_tools.pipeline.commands import Options
from workbook_tools.profile import load_profile
from workbook_tools.reading.submission import read_submission
from workbook_tools.remarks import Severity

ROOT = Path(__file__).parent.parent.parent
EDITION = ROOT / "samples" / "edition-2024-03-19.xlsx"

LOADED = load_profile()
PROFILE = LOADED.profile
HEADERS = list(PROFILE.headers("data"))
TITLE_CELLS = {field.name: f"C{row}" for row, field in enumerate(PROFILE.title_fields, 3)}

TITLE = {
    "executor_name": "Иванова А.А.",
    "executor_post": "главный специалист",
    "executor_phone": "(4812) 00-00-00",
    "filled": "16.11.2026",
    "head_name": "Петров Б.Б.",
    "head_post": "начальник отдела",
    "checked": "17.11.2026",
    "has_changes": "да",
}
CHANGED = {
    "action": "изменить",
    "needs": "Получение консультации; получение форм документов",
    "key": "да",
    "basis": "приказ от 12.10.2026 № 77",
}
NEW = {
    "action": "включить",
    "activity": "кадровая работа",
    "process": "Оформление отпуска",
    "client": "внутренний",
    "touchpoint": "здание Министерства",
    "contact": "кабинет 0017",
    "kind": "офлайн",
    "needs": "Получение консультации",
    "basis": "приказ от 12.10.2026 № 78",
    "note": "=сначала обед",
}


pytestmark = needs_typing


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("templates")
    return commands.templates(LOADED, EDITION, folder, ["КАДР"], "4 квартал 2026 г.").outputs[0]


def data_cells(row: int, values: dict[str, str]) -> list[list[str]]:
    return [["Сведения", f"{chr(ord('A') + HEADERS.index(name))}{row}", text] for name, text in values.items()]


def typed_into(workbook: Path, out: Path, cells: list[list[str]]) -> list[list[str]]:
    return typed(Typing(workbook, out, cells))


def filled(template: Path, out: Path) -> list[list[str]]:
    title = [["Титул", TITLE_CELLS[name], text] for name, text in TITLE.items()]
    return typed_into(template, out, [*title, *data_cells(8, CHANGED), *data_cells(10, NEW)])


@pytest.mark.parametrize("kind", ["xlsx", "ods"])
def test_what_is_typed_in_libreoffice_is_read_back_as_typed(template: Path, tmp_path: Path, kind: str) -> None:
    out = tmp_path / f"filled.{kind}"
    assert filled(template, out) == []
    before, after = read_submission(template, "a", PROFILE), read_submission(out, "a", PROFILE)
    rows = {row.number: dict(row.texts) for row in after.rows}
    expected = {row.number: dict(row.texts) for row in before.rows}
    expected[8] |= CHANGED
    expected[10] = dict.fromkeys(HEADERS, "") | NEW | {"number": rows[10]["number"]}
    assert rows == expected
    assert {name: after.title[name].text for name in TITLE} == TITLE
    assert after.remarks == ()


@pytest.mark.parametrize("kind", ["xlsx", "ods"])
def test_a_file_saved_by_libreoffice_is_accepted(template: Path, tmp_path: Path, kind: str) -> None:
    out = tmp_path / "incoming" / f"filled.{kind}"
    out.parent.mkdir()
    filled(template, out)
    result = commands.check([out.parent], LOADED, EDITION, None, Options("2026-11-22"))
    assert result.dossier is not None
    errors = found.of_severity(result.dossier.findings, Severity.ERROR)
    assert errors["message"].tolist() == []
    assert [item.status for item in result.dossier.files] == ["accepted"]
    sums = result.dossier.reconciliation
    assert sums is not None
    assert (sums.changed, sums.included, sums.unchanged) == (1, 1, 3)


def test_libreoffice_refuses_to_change_locked_cells(template: Path, tmp_path: Path) -> None:
    locked = [["Сведения", "B6", "Т-9999"], ["Сведения", "A6", "77"], ["Титул", "C8", "ИТ"], ["Справочники", "A5", "x"]]
    assert typed_into(template, tmp_path / "out.xlsx", locked) == locked


@pytest.mark.skipif(not shutil.which("pdfinfo"), reason="poppler-utils are not installed")
def test_the_consolidated_workbook_prints(tmp_path: Path) -> None:
    (printed,) = converted("pdf", tmp_path, EDITION)
    info = subprocess.run(["pdfinfo", str(printed)], capture_output=True, text=True, check=True)
    pages = next(int(line.split()[1]) for line in info.stdout.splitlines() if line.startswith("Pages:"))
    sheets = 9
    assert pages >= sheets
    assert "Перечень точек взаимодействия с клиентом" in "".join(printed_pages(printed))


# --- the returned copy ------------------------------------------------------------------------------------------------

FAULTS = CHANGED | {"kind": "смешанная", "basis": ""}
REMARK_COLUMNS = list(PROFILE.headers("unit_remarks"))


def remark_rows(copy: Path) -> dict[str, int]:
    """Return the row of each rule on «Замечания» of a returned copy."""
    sheet = load_workbook(copy)["Замечания"]
    rule = REMARK_COLUMNS.index("rule") + 1
    return {str(value): row for row in range(7, sheet.max_row + 1) if (value := sheet.cell(row, rule).value)}


@pytest.fixture(scope="module")
def round_one(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a first round: a file with two faults was sent, its copy lies in замечания/."""
    folder = tmp_path_factory.mktemp("цикл")
    (folder / "входящие").mkdir()
    title = [["Титул", TITLE_CELLS[name], text] for name, text in TITLE.items()]
    assert typed_into(template, folder / "входящие" / "КАДР.xlsx", [*title, *data_cells(8, FAULTS)]) == []
    result = commands.check([folder / "входящие"], LOADED, EDITION, folder / "итог", Options("2026-11-22"))
    assert {item["rule"] for item in result.report["findings"] if item["severity"] == "error"} == {"П-05", "П-14"}
    return folder


@pytest.mark.parametrize("kind", ["xlsx", "ods"])
def test_a_returned_copy_corrected_in_libreoffice_is_accepted_and_its_marks_are_gone(
    round_one: Path, tmp_path: Path, kind: str
) -> None:
    shutil.copytree(round_one, tmp_path / "цикл")
    copy = tmp_path / "цикл" / "итог" / "замечания" / "КАДР.xlsx"
    marked = load_workbook(copy)["Сведения"]
    answer = f"{chr(ord('A') + REMARK_COLUMNS.index('answer'))}{remark_rows(copy)['П-05']}"
    mended = {"kind": "офлайн", "basis": "приказ от 12.10.2026 № 77"}
    sent = tmp_path / "цикл" / "снова" / f"КАДР.{kind}"
    sent.parent.mkdir()
    typing = [*data_cells(8, mended), ["Замечания", answer, "Исправили: точка одна"]]
    assert typed_into(copy, sent, typing) == []
    result = commands.check([sent.parent], LOADED, EDITION, tmp_path / "цикл" / "итог", Options("2026-11-23"))
    assert [item["status"] for item in result.report["files"]] == ["accepted"]
    assert [item for item in result.report["findings"] if item["severity"] == "error"] == []
    assert [(item["rule"], item["answer"]) for item in result.report["answers"]] == [("П-05", "Исправили: точка одна")]
    assert {item["rule"] for item in result.report["mended"]} == {"П-05", "П-14"}
    corrected = {name: f"{chr(ord('A') + HEADERS.index(name))}8" for name in mended}
    assert all(marked[cell].comment for cell in corrected.values())
    (again,) = [path for path in result.outputs if path.parent.name == "замечания"]
    sheet = load_workbook(again)["Сведения"]
    for name, cell in corrected.items():
        assert (sheet[cell].value, sheet[cell].comment) == (mended[name], None)
        assert sheet[cell].fill.fgColor.rgb != marked[cell].fill.fgColor.rgb
