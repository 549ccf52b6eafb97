"""Cells come back as they stand, each at its address; what cannot be read is a trouble, never a blank."""

from __future__ import annotations

import datetime
import hashlib
import shutil
import subprocess
import zipfile
from typing import TYPE_CHECKING

import pytest
from openpyxl import Workbook
from openpyxl.worksheet.formula import ArrayFormula

from tests.sheets import old_file, record, saved
from workbook_tools.errors import InputError
from workbook_tools.grids import Grid, Span, Trouble
from workbook_tools.reading.workbook import read_workbook

if TYPE_CHECKING:
    from pathlib import Path

    from tests.books import Typed

DAMAGED = "книга повреждена и не читается. Откройте её, сохраните заново в формате .xlsx и пришлите ещё раз"


def read(book: Workbook, tmp_path: Path) -> Grid:
    book.save(tmp_path / "a.xlsx")
    return read_workbook(tmp_path / "a.xlsx", "a.xlsx").grids[0]


def filled(**cells: Typed | ArrayFormula) -> Workbook:
    book = Workbook()
    for address, value in cells.items():
        book.worksheets[0][address] = value
    return book


def test_a_cell_keeps_its_address_though_rows_and_columns_before_it_are_blank(tmp_path: Path) -> None:
    grid = read(filled(C7="Т-0001", E9=5, B9=2.5, D9=True), tmp_path)
    assert grid.text(6, 2) == "Т-0001"
    assert [grid.text(8, column) for column in range(5)] == ["", "2,5", "", "да", "5"]
    assert [grid.text(row, 2) for row in range(6)] == [""] * 6
    assert grid.troubles == ()


def test_a_date_is_a_date_and_text_that_looks_like_one_is_text(tmp_path: Path) -> None:
    moment = datetime.datetime(2026, 11, 18, 9, 30)  # noqa: DTZ001 - spreadsheets know no time zones
    grid = read(filled(A1=datetime.date(2026, 11, 18), A2="18.11.2026", A3=moment), tmp_path)
    assert [grid.text(row, 0) for row in range(3)] == ["18.11.2026", "18.11.2026", "18.11.2026 09:30"]
    assert grid.rows[0][0] == datetime.date(2026, 11, 18)
    assert grid.rows[1][0] == "18.11.2026"


def test_words_that_other_readers_take_for_nothing_stay(tmp_path: Path) -> None:
    words = ["NULL", "NA", "None", "nan", "-", "0", "нет", "#Н/Д словами", "007"]
    grid = read(filled(**{f"A{row}": word for row, word in enumerate(words, 1)}), tmp_path)
    assert [grid.text(row, 0) for row in range(len(words))] == words


@pytest.mark.parametrize("corner", ["A1", "B3"])
def test_errors_and_formulas_never_calculated_are_troubles_at_their_cells(corner: str, tmp_path: Path) -> None:
    book = filled(D8="#REF!", E9="=SUM(A1:A2)", F9="текст")
    book.worksheets[0][corner] = "угол"
    grid = read(book, tmp_path)
    assert grid.troubles == (Trouble(7, 3, "error_cell", "#REF!"), Trouble(8, 4, "formula", "=SUM(A1:A2)"))
    assert (grid.text(7, 3), grid.text(8, 4), grid.text(8, 5)) == ("", "", "текст")


def test_an_array_formula_is_shown_by_its_text(tmp_path: Path) -> None:
    grid = read(filled(B2=ArrayFormula("B2:B3", "=A1:A2*2")), tmp_path)
    assert grid.troubles == (Trouble(1, 1, "formula", "=A1:A2*2"),)


def test_a_formula_with_its_value_is_that_value(tmp_path: Path) -> None:
    filled(A1="=1+1", B1="текст").save(tmp_path / "a.xlsx")
    with zipfile.ZipFile(tmp_path / "a.xlsx") as source, zipfile.ZipFile(tmp_path / "b.xlsx", "w") as target:
        for name in source.namelist():
            part = source.read(name)
            target.writestr(name, part.replace(b"<v></v>", b"<v>2</v>").replace(b"<v />", b"<v>2</v>"))
    grid = read_workbook(tmp_path / "b.xlsx", "b.xlsx").grids[0]
    assert (grid.text(0, 0), grid.troubles) == ("2", ())


def test_a_trouble_belongs_to_its_own_sheet_and_hidden_sheets_are_read_and_flagged(tmp_path: Path) -> None:
    book = filled(A1="первый")
    for title in ("скрытый", "совсем скрытый"):
        book.create_sheet(title)["B2"] = "#N/A"
    book["скрытый"].sheet_state = "hidden"
    book["совсем скрытый"].sheet_state = "veryHidden"
    book.save(tmp_path / "a.xlsx")
    read_back = read_workbook(tmp_path / "a.xlsx", "входящие/a.xlsx")
    assert read_back.file == "входящие/a.xlsx"
    assert read_back.sha256 == hashlib.sha256((tmp_path / "a.xlsx").read_bytes()).hexdigest()
    assert [(grid.name, grid.hidden) for grid in read_back.grids] == [
        ("Sheet", False),
        ("скрытый", True),
        ("совсем скрытый", True),
    ]
    trouble = Trouble(1, 1, "error_cell", "#N/A")
    assert [grid.troubles for grid in read_back.grids] == [(), (trouble,), (trouble,)]


def test_a_merged_area_is_told_and_holds_its_value_once(tmp_path: Path) -> None:
    book = filled(B2="общее")
    book.worksheets[0].merge_cells("B2:C4")
    grid = read(book, tmp_path)
    assert grid.merged == (Span(1, 1, 3, 2),)
    assert [text for row in range(4) for column in range(3) if (text := grid.text(row, column))] == ["общее"]


@pytest.mark.parametrize("first", ["х", "#REF!"])
def test_a_value_far_outside_is_refused_before_it_fills_the_memory(first: str, tmp_path: Path) -> None:
    filled(A1=first, XFD20000="далеко").save(tmp_path / "a.xlsx")
    with pytest.raises(InputError) as refused:
        read_workbook(tmp_path / "a.xlsx", "a.xlsx")
    assert str(refused.value) == (
        "значение в ячейке XFD20000 стоит далеко за таблицей: лист занимает больше 20 млн ячеек. Удалите его и "
        "пришлите файл ещё раз"
    )


def test_a_long_narrow_sheet_and_a_short_wide_one_are_within_the_limit(tmp_path: Path) -> None:
    long = read(filled(A1="х", S300000="внизу"), tmp_path)
    assert long.text(299_999, 18) == "внизу"
    wide = read(filled(A1="х", XFD3="справа"), tmp_path)
    assert wide.text(2, 16_383) == "справа"


def test_a_format_far_outside_is_no_value(tmp_path: Path) -> None:
    book = filled(A1="#REF!")
    book.worksheets[0]["XFD1048576"].number_format = "0.00"
    grid = read(book, tmp_path)
    assert grid.troubles == (Trouble(0, 0, "error_cell", "#REF!"),)


@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/workbook.xml"])
def test_a_workbook_with_a_broken_part_is_refused_in_russian(part: str, tmp_path: Path) -> None:
    filled(A1="х").save(tmp_path / "a.xlsx")
    with zipfile.ZipFile(tmp_path / "a.xlsx") as source, zipfile.ZipFile(tmp_path / "b.xlsx", "w") as target:
        for name in source.namelist():
            target.writestr(name, b'<x t="e"' if name == part else source.read(name))
    with pytest.raises(InputError) as refused:
        read_workbook(tmp_path / "b.xlsx", "b.xlsx")
    again = "Откройте его, сохраните заново в формате .xlsx и пришлите ещё раз"
    assert str(refused.value) == f"файл повреждён: его разметка нарушена. {again}"


def test_a_workbook_at_which_the_reader_fails_in_any_way_is_refused_in_russian(tmp_path: Path) -> None:
    records = record(0x0809, b"\0\6\5\0") + record(0x0085, b"\xff" * 8) + record(0x000A, b"")
    (tmp_path / "a.xls").write_bytes(old_file({"Workbook": records}))
    with pytest.raises(InputError) as refused:
        read_workbook(tmp_path / "a.xls", "a.xls")
    assert str(refused.value) == DAMAGED


def test_an_open_document_that_lost_digits_is_told(tmp_path: Path) -> None:
    number = ODS_CONTENT.replace('office:value="5"', 'office:value="1234567890123456789"')
    saved(tmp_path / "a.ods", {"mimetype": ODS, "content.xml": number, "META-INF/manifest.xml": "<manifest/>"})
    (grid,) = read_workbook(tmp_path / "a.ods", "a.ods").grids
    assert grid.troubles == (Trouble(2, 2, "long_number", "1.23457e+18"),)
    assert grid.text(2, 2) == ""


ODS = "application/vnd.oasis.opendocument.spreadsheet"
ODS_CONTENT = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.2">'
    '<office:body><office:spreadsheet><table:table table:name="Сведения">'
    '<table:table-row table:number-rows-repeated="2"><table:table-cell/></table:table-row><table:table-row>'
    '<table:table-cell/><table:table-cell office:value-type="string"><text:p>Т-0001</text:p></table:table-cell>'
    '<table:table-cell office:value-type="float" office:value="5"><text:p>5</text:p></table:table-cell>'
    "</table:table-row></table:table></office:spreadsheet></office:body></office:document-content>"
)


def test_an_open_document_spreadsheet_is_read_at_the_same_addresses(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.ods", "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", ODS_CONTENT)
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
    (grid,) = read_workbook(tmp_path / "a.ods", "a.ods").grids
    assert (grid.name, grid.text(2, 1), grid.text(2, 2)) == ("Сведения", "Т-0001", "5")


def converted(path: Path, *endings: str) -> Path:
    """Return a workbook saved by LibreOffice in one format after the other."""
    for ending in endings:
        profile = f"-env:UserInstallation={(path.parent / 'profile').as_uri()}"
        command = ["soffice", profile, "--headless", "--convert-to", ending, "--outdir", str(path.parent), path.name]
        subprocess.run(command, cwd=path.parent, check=True, capture_output=True, timeout=120)
        path = path.with_suffix(f".{ending}")
    return path


@pytest.mark.libreoffice
@pytest.mark.skipif(shutil.which("soffice") is None, reason="there is no LibreOffice here")
@pytest.mark.parametrize("endings", [(), ("xls",), ("ods",), ("fods", "ods")], ids="-".join)
def test_what_a_cell_shows_is_read_or_told_whatever_program_saved_it(endings: tuple[str, ...], tmp_path: Path) -> None:
    book = Workbook()
    formats = {"A1": (0.5, "0%"), "A2": (123456, "000-00-00"), "A3": (2.5, "0"), "A4": (0.5, "# ?/?"), "A5": (3, "0")}
    days = {"B1": (datetime.date(2026, 4, 3), "d-mmm"), "B2": (datetime.date(2026, 4, 3), "dd.mm.yyyy")}
    for place, (value, code) in (formats | days).items():
        book.worksheets[0][place], book.worksheets[0][place].number_format = value, code
    book.worksheets[0]["C1"] = "#N/A"
    book.save(tmp_path / "a.xlsx")
    (grid,) = read_workbook(converted(tmp_path / "a.xlsx", *endings), "a").grids
    assert [grid.text(row, 0) for row in range(5)] == ["50%", "012-34-56", "2,5", "0,5", "3"]
    assert [grid.text(row, 1) for row in range(2)] == ["03.04.2026", "03.04.2026"]
    assert {(item.row, item.column): item.kind.partition("_")[0] for item in grid.shown} | {(3, 0): "masked"} == {
        (0, 0): "shown",
        (1, 0): "shown",
        (2, 0): "rounded",
        (3, 0): "masked",
        (0, 1): "shown",
    }
    assert (3, 0) in {(item.row, item.column) for item in grid.shown}
    assert grid.troubles == (Trouble(0, 2, "error_cell", "#N/A"),)


@pytest.mark.libreoffice
@pytest.mark.skipif(shutil.which("soffice") is None, reason="there is no LibreOffice here")
def test_an_old_binary_workbook_is_read_at_the_same_addresses(tmp_path: Path) -> None:
    filled(B3="Т-0001", C3=5).save(tmp_path / "a.xlsx")
    converted(tmp_path / "a.xlsx", "xls")
    (grid,) = read_workbook(tmp_path / "a.xls", "a.xls").grids
    assert (grid.name, grid.text(2, 1), grid.text(2, 2)) == ("Sheet", "Т-0001", "5")


def test_of_a_workbook_that_has_the_sheets_wanted_no_others_are_read(tmp_path: Path) -> None:
    book = filled(A1="код")
    book.worksheets[0].title = "Реестр"
    book.create_sheet("Прочее")["A1"] = "=1+1"
    book.save(tmp_path / "a.xlsx")
    whole, part, other = (
        read_workbook(tmp_path / "a.xlsx", "a.xlsx", wanted)
        for wanted in (frozenset[str](), frozenset({"Реестр", "_meta"}), frozenset({"Титул"}))
    )
    assert [grid.name for grid in whole.grids] == [grid.name for grid in other.grids] == ["Реестр", "Прочее"]
    assert part.grids == (whole.grids[0],)
