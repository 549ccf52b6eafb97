"""An annex is read from whatever file it was typed in; a file that is none is refused in one clear line."""

from __future__ import annotations

import datetime
import io
import shutil
import subprocess
from pathlib import Path

import pytest
import xlsxwriter
from docx import Document

from tests.sheets import old_file
from workbook_tools.annex import read_annex
from workbook_tools.cli import main
from workbook_tools.pipeline.editions import load_edition
from workbook_tools.profile import load_profile
from workbook_tools.reading.workbook import read_workbook

PROFILE = load_profile().profile
SAMPLE = Path(__file__).parent.parent / "samples" / "annex-2024-03-19.docx"
HEADER = tuple(PROFILE.headers("annex").values())
ASKED, INNER = PROFILE.activities[0].annex_label, PROFILE.activities[2].annex_label
OFFLINE, BUILDING = "Офлайн-точка", "Здание Министерства"
FIRST = ("1", ASKED, "Приём граждан", "Телефонная связь", "Получение консультации", OFFLINE)
SECOND = ("2", INNER, "Увольнение", BUILDING, "Подача жалобы", OFFLINE)


def converted(path: Path, suffix: str) -> Path:
    profile = f"-env:UserInstallation=file://{path.parent / 'office'}"
    subprocess.run(
        ["soffice", profile, "--headless", "--convert-to", suffix, "--outdir", str(path.parent), str(path)],
        check=True,
        capture_output=True,
        timeout=120,
    )
    return path.with_suffix(f".{suffix}")


@pytest.mark.libreoffice
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_a_workbook_saved_as_ods_or_xls_gives_the_same_records(tmp_path: Path) -> None:
    rows = (HEADER, FIRST, ("", "", "", BUILDING, "", ""), HEADER, ("", "", "и организаций", "", "", ""), SECOND)
    path = tmp_path / "приложение.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Приложение 1")
        for row, texts in enumerate(rows, 3):
            sheet.write_row(row, 2, texts)
        for column, text in enumerate(FIRST):
            if column != 3:  # the touchpoint alone differs
                sheet.merge_range(4, 2 + column, 5, 2 + column, text)
        sheet.merge_range(0, 2, 0, 7, "Примечание")
    expected = read_annex(read_workbook(path, "a"), PROFILE)[0]
    assert expected["process"].tolist() == ["Приём граждан и организаций"] * 2 + ["Увольнение"]
    for suffix in ("ods", "xls"):
        came_back = read_annex(read_workbook(converted(path, suffix), "a"), PROFILE)[0]
        assert came_back.equals(expected), suffix


def test_values_of_a_workbook_are_read_as_people_see_them(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "a.xlsx") as book:
        sheet = book.add_worksheet()
        sheet.write_row(4, 2, [f" {HEADER[0]} ", *HEADER[1:]])
        sheet.write_row(6, 2, [1, ASKED, "Приём\xa0граждан ", "Теле\xadфон ", 5, OFFLINE])
        sheet.write_datetime(8, 6, datetime.datetime(2024, 3, 19), book.add_format({"num_format": "dd.mm.yyyy"}))  # noqa: DTZ001 - a cell bears no zone
        sheet.write_row(8, 4, ["Увольнение", BUILDING])
        sheet.write(8, 7, OFFLINE)
        sheet.write_formula(9, 5, "=1/0", value="#DIV/0!")
        sheet.write(9, 7, OFFLINE)
        sheet.set_row(8, None, None, {"hidden": True})
        sheet.set_column(3, 3, None, None, {"hidden": True})
    table, found = read_annex(read_workbook(tmp_path / "a.xlsx", "a.xlsx"), PROFILE)
    assert table["process"].tolist() == ["Приём граждан", "Увольнение", "Увольнение"]
    assert table["touchpoint"].tolist() == ["Телефон", BUILDING, ""]
    assert table["needs"].tolist() == ["5", "19.03.2024", "19.03.2024"]
    assert found.loc[found["variant"] == "error_cell", "cell"].tolist() == ["F10"]


def without_tables() -> bytes:
    document, stream = Document(), io.BytesIO()
    document.add_paragraph("Письмо")
    document.save(stream)
    return stream.getvalue()


def with_another_table() -> bytes:
    document, stream = Document(), io.BytesIO()
    document.add_table(2, 6).cell(0, 0).text = "Лист согласования"
    document.save(stream)
    return stream.getvalue()


def encrypted() -> bytes:
    """Return what Office writes for a document with a password: the package in a stream of an old file."""
    return old_file({"EncryptedPackage": b"x", "EncryptionInfo": b"y"})


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "файл пуст"),
        (SAMPLE.read_bytes()[:20_000], "повреждён"),
        (SAMPLE.read_bytes()[:2_000], "повреждён"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 4096, "повреждён"),
        (encrypted(), "паролем"),
        (b"{\\rtf1\\ansi annex}", "это документ в формате RTF. Укажите Приложение 1 приказа"),
        (b"%PDF-1.7 annex", "надёжно не читается. Укажите Приложение 1 приказа"),
        (without_tables(), "нет таблицы Перечня"),
        (with_another_table(), "нет таблицы Перечня"),
    ],
)
def test_a_file_that_is_no_annex_gives_one_clear_line(
    tmp_path: Path, content: bytes, words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "приложение.docx").write_bytes(content)
    code = main(["import", str(tmp_path / "приложение.docx"), "--out", str(tmp_path / "e.xlsx")])
    said = capsys.readouterr().err.strip()
    assert (code, said.count("\n")) == (2, 0)
    assert words in said
    assert not (tmp_path / "e.xlsx").exists()


@pytest.mark.parametrize(("source", "suffix"), [("docx", "xlsx"), ("xlsx", "docx")])
def test_a_file_is_what_it_holds_whatever_its_name(tmp_path: Path, source: str, suffix: str) -> None:
    (tmp_path / f"a.{suffix}").write_bytes(SAMPLE.with_suffix(f".{source}").read_bytes())
    edition = load_edition(tmp_path / f"a.{suffix}", PROFILE).edition
    assert len(edition.records) == 24
