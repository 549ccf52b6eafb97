"""What a person struck out in a workbook is read as any other text, and told where it stands."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font

from tests import opened
from tests.sheets import STYLES, book_parts, replaced, saved
from workbook_tools.grids import Aside
from workbook_tools.reading.book import read_book

ODS = "application/vnd.oasis.opendocument.spreadsheet"
FONTS = "<fonts><font/><font><strike/></font></fonts>"
MIXED = (
    "<si><r><t xml:space='preserve'>по почте </t></r><r><rPr><strike/></rPr><t>и лично</t></r>"
    "<r><rPr><b/></rPr><t>, по записи</t></r><rPh sb='0' eb='1'><t>нет</t></rPh></si>"
)


def written(path: Path, *cells: tuple[str, object, bool]) -> Path:
    """Write cells, some of them struck out as a whole."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for name, value, is_struck in cells:
        sheet[name] = value  # type: ignore[assignment] # texts of several fonts are values too
        sheet[name].font = Font(strike=is_struck, bold=True)
    book.save(path)
    return path


def struck_parts(rows: str, strings: str) -> dict[str, str]:
    """Return the parts of a workbook in which format 3 strikes out."""
    parts = book_parts(rows, strings=strings)
    parts[STYLES] = parts[STYLES].replace("<cellXfs>", f"{FONTS}<cellXfs>")
    parts[STYLES] = parts[STYLES].replace("</cellXfs>", '<xf numFmtId="0" fontId="1"/></cellXfs>')
    return parts


def asides(path: Path, *wanted: str) -> tuple[Aside, ...]:
    return read_book(path, frozenset(wanted)).grids[0].asides


def told(row: int, column: int, words: str) -> Aside:
    return Aside(row, column, "зачёркнутый текст", words, is_read=True)


def test_a_cell_that_is_struck_out_is_read_and_told(tmp_path: Path) -> None:
    path = written(tmp_path / "к.xlsx", ("B2", "Увольнение", True), ("C2", "каб. 5", False), ("A3", 7, True))
    assert asides(path) == (told(1, 1, "Увольнение"), told(2, 0, "7"))
    assert read_book(path).grids[0].rows[1] == ("", "Увольнение", "каб. 5")


def test_what_is_struck_out_in_a_row_is_told_once(tmp_path: Path) -> None:
    path = written(tmp_path / "к.xlsx", ("A1", "цел", False), ("B1", "а", True), ("C1", "", True), ("D1", "б", True))
    assert asides(path) == (told(0, 1, "а; б"),)


@pytest.mark.parametrize(("style", "words"), [(0, "и лично"), (3, "по почте и лично")])
def test_of_a_text_of_several_fonts_the_struck_words_are_told(tmp_path: Path, style: int, words: str) -> None:
    """A piece that says nothing of its font has that of its cell."""
    parts = struck_parts(f'<row r="1"><c r="A1" t="s" s="{style}"><v>0</v></c></row>', MIXED)
    path = saved(tmp_path / "к.xlsx", parts)
    assert asides(path) == (told(0, 0, words),)
    assert read_book(path).grids[0].rows == (("по почте и лично, по записи",),)


@pytest.mark.parametrize("blank", ["<si/>", "<si><t/></si>", "<si><r><rPr><b/></rPr></r></si>"])
def test_a_blank_text_in_a_struck_cell_says_nothing(tmp_path: Path, blank: str) -> None:
    """Not the number of the text among those that the sheets share."""
    parts = struck_parts('<row r="1"><c r="A1" t="s" s="3"><v>0</v></c></row>', blank)
    assert asides(saved(tmp_path / "к.xlsx", parts)) == ()


def test_a_book_in_which_nothing_is_struck_out_has_nothing_to_tell(tmp_path: Path) -> None:
    path = written(tmp_path / "к.xlsx", ("A1", "а", False), ("A2", None, True))
    assert asides(path) == ()


def test_sheets_of_a_book_of_ours_are_read_without_that_look(tmp_path: Path) -> None:
    """Its log of changes strikes out what was taken away; to look at a whole register for that takes long."""
    path = written(tmp_path / "к.xlsx", ("A1", "а", True))
    assert asides(path, "Sheet") == ()
    assert asides(path, "Реестр") == (told(0, 0, "а"),)


@pytest.mark.parametrize(
    ("strike", "is_told"),
    [
        ("<strike/>", True),
        ('<strike val="true"/>', True),
        ('<strike val="0"/>', False),
        ('<strike val="false"/>', False),
    ],
)
def test_a_property_that_is_switched_off_strikes_nothing_out(tmp_path: Path, strike: str, *, is_told: bool) -> None:
    path = written(tmp_path / "к.xlsx", ("A1", "а", True))
    other = replaced(path, tmp_path / "д.xlsx", STYLES, ('<strike val="1"/>', strike))
    assert asides(other) == ((told(0, 0, "а"),) if is_told else ())


@pytest.mark.parametrize("words", ["<strike>", "strike"])
def test_the_word_itself_strikes_nothing_out(tmp_path: Path, words: str) -> None:
    assert asides(written(tmp_path / "к.xlsx", ("A1", words, False))) == ()


def test_in_an_opendocument_workbook_it_is_told_too(tmp_path: Path) -> None:
    struck = '<style:style style:name="ce2"><style:text-properties style:text-line-through-style="{}"/></style:style>'
    styles = struck.format("solid") + struck.replace("ce2", "ce3").format("none")
    cells = opened.cell("а", 'table:style-name="ce2"') + opened.cell("б", 'table:style-name="ce3"')
    rows = opened.row(opened.cell("в") + cells) + opened.row(opened.cell("", 'table:style-name="ce2"'))
    path = saved(
        tmp_path / "к.ods", {"mimetype": ODS, "content.xml": opened.book(rows, styles), "META-INF/manifest.xml": "<m/>"}
    )
    assert asides(path) == (told(0, 1, "а"),)
    assert read_book(path).grids[0].rows[0] == ("в", "а", "б")


def test_struck_words_are_told_of_a_text_that_stands_in_the_sheet_itself(tmp_path: Path) -> None:
    """Some libraries write texts so; spreadsheet programs make shared ones of them."""
    text = CellRichText("по почте ", TextBlock(InlineFont(strike=True), "и лично"), ", по записи")
    path = written(tmp_path / "к.xlsx", ("A1", text, False), ("B1", "strike", False))
    assert asides(path) == (told(0, 0, "и лично"),)
    assert read_book(path).grids[0].rows == (("по почте и лично, по записи", "strike"),)


def test_a_struck_day_is_told_as_a_person_sees_it(tmp_path: Path) -> None:
    path = written(tmp_path / "к.xlsx", ("A1", datetime.date(2024, 12, 2), True))
    assert asides(path) == (told(0, 0, "02.12.2024"),)


@pytest.mark.parametrize("rows", ["{}", "<!-- -->{}"])
@pytest.mark.parametrize("place", ['r="{}"', ""])
def test_struck_cells_are_found_among_others_however_a_sheet_is_written(tmp_path: Path, rows: str, place: str) -> None:
    """Those in which nothing is struck out are left aside only where each other one says where it stands."""
    cells = [("A2", 't="s"', "<v>1</v>"), ("B2", 't="s"', "<v> 0 </v>"), ("C2", 's="3"', "<v>5</v>"), ("D2", "", "")]
    row = "".join(f"<c {place.format(name)} {kind}>{value}</c>" for name, kind, value in cells)
    written_rows = rows.format(f"<row {place.format(1)}/><row {place.format(2)}>{row}</row>")
    parts = struck_parts(written_rows, MIXED + "<si><t>цел</t></si>")
    assert asides(saved(tmp_path / "к.xlsx", parts)) == (told(1, 1, "и лично; 5"),)


def opendocument(path: Path, rows: str, styles: str, named: str = "") -> Path:
    parts: dict[str, str | bytes] = {"mimetype": ODS, "META-INF/manifest.xml": "<m/>"}
    parts["content.xml"] = opened.book(rows, styles)
    return saved(path, parts | ({"styles.xml": opened.book("", named)} if named else {}))


def styled(name: str, line: str = "", family: str = "table-cell", attributes: str = "") -> str:
    said = f'<style:text-properties style:text-line-through-{line}"/>' if line else ""
    return f'<style:style style:name="{name}" style:family="{family}" {attributes}>{said}</style:style>'


CELLS_STYLE = styled("ce1", 'style="solid')


def test_a_cell_without_a_style_has_that_of_its_row_or_its_column(tmp_path: Path) -> None:
    """LibreOffice writes the style of most cells of a column with the column alone."""
    named = 'table:default-cell-style-name="ce1"'
    columns = f'<table:table-column/><table:table-column table:number-columns-repeated="2" {named}/>'
    rows = columns + opened.row(opened.cell("а") + opened.cell("б") + opened.cell("в", 'table:style-name="ce2"'))
    rows += opened.row(opened.cell("г"), named) + opened.row(opened.cell("д"))
    assert asides(opendocument(tmp_path / "к.ods", rows, CELLS_STYLE)) == (told(0, 1, "б"), told(1, 0, "г"))


def test_of_an_opendocument_text_of_several_fonts_the_struck_words_are_told(tmp_path: Path) -> None:
    styles = CELLS_STYLE + styled("T1", 'type="single', "text") + styled("T2", 'style="none', "text")
    mixed = 'по <text:span text:style-name="T1">почте<text:s/></text:span><text:span text:style-name="T2">и</text:span>'
    rows = opened.row(opened.cell(mixed)) + opened.row(opened.cell(mixed, 'table:style-name="ce1"'))
    path = opendocument(tmp_path / "к.ods", rows, styles)
    assert asides(path) == (told(0, 0, "почте"), told(1, 0, "по почте"))
    assert read_book(path).grids[0].rows == (("по почте и",),) * 2


def test_a_style_strikes_out_that_is_based_on_one_with_a_name_of_its_own(tmp_path: Path) -> None:
    named = styled("Удалено", 'style="solid') + styled("Круг", attributes='style:parent-style-name="Круг"')
    own = styled("ce1", attributes='style:parent-style-name="Удалено"')
    own += styled("ce2", 'style="none', attributes='style:parent-style-name="Удалено"')
    names = ("Удалено", "ce1", "ce2", "Круг")
    rows = "".join(opened.row(opened.cell(name, f'table:style-name="{name}"')) for name in names)
    assert asides(opendocument(tmp_path / "к.ods", rows, own, named)) == (told(0, 0, "Удалено"), told(1, 0, "ce1"))


def test_rows_that_are_alike_are_each_told(tmp_path: Path) -> None:
    rows = opened.row(opened.cell("а", 'table:style-name="ce1"'), 'table:number-rows-repeated="2"')
    assert asides(opendocument(tmp_path / "к.ods", rows, CELLS_STYLE)) == (told(0, 0, "а"), told(1, 0, "а"))
