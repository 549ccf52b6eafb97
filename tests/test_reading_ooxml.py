"""No cell of a sheet is lost or misread: read at once where counts come out even, cell by cell where they do not."""

from __future__ import annotations

import datetime
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from tests.sheets import MAIN, SHEET, STRICT, STRINGS, STYLES, book_parts, saved, sheet
from workbook_tools.errors import InputError
from workbook_tools.grids import CellValue, Grid, Shown, Trouble
from workbook_tools.reading import ooxml
from workbook_tools.reading.values import Values
from workbook_tools.reading.workbook import read_workbook

if TYPE_CHECKING:
    from collections.abc import Mapping

SAMPLES = Path(__file__).parent.parent / "samples"
AGAIN = "Откройте его, сохраните заново в формате .xlsx и пришлите ещё раз"
Rows = tuple[tuple[CellValue, ...], ...]


def read(parts: Mapping[str, str | bytes], tmp_path: Path) -> Grid:
    return read_workbook(saved(tmp_path / "а.xlsx", parts), "а.xlsx").grids[0]


def read_rows(rows: str, tmp_path: Path) -> Grid:
    return read(book_parts(rows), tmp_path)


def in_row(*cells: str) -> str:
    return f'<row r="1">{"".join(cells)}</row>'


READ: dict[str, tuple[str, Rows]] = {
    "rows out of order": (
        '<row r="3"><c r="A3"><v>3</v></c></row><row r="1"><c r="A1"><v>1</v></c></row>',
        ((1.0,), ("",), (3.0,)),
    ),
    "cells from right to left": (in_row('<c r="C1"><v>3</v></c>', '<c r="A1"><v>1</v></c>'), ((1.0, "", 3.0),)),
    "no numbers of rows and cells": (
        "<row><c><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row>",
        ((1.0, 2.0), (3.0, "")),
    ),
    "one row in two pieces": (
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="1"><c r="B1"><v>2</v></c></row>',
        ((1.0, 2.0),),
    ),
    "a place in small letters": (in_row('<c r="b1"><v>1</v></c>'), (("", 1.0),)),
    "shared strings": (
        in_row('<c r="A1" t="s"><v>1</v></c>', '<c t="s" r="B1"><v> 0 </v></c>'),
        (("вторая", "первая"),),
    ),
    "text in its place, rich and with its reading": (
        in_row(
            '<c r="A1" t="inlineStr"><is><r><t>а </t></r><r><t xml:space="preserve"> б</t></r>'
            '<rPh sb="0" eb="1"><t>нет</t></rPh></is></c>'
        ),
        (("а б",),),
    ),
    "text of a formula": (in_row('<c r="A1" t="str"><f>B1</f><v> т </v></c>'), ((" т ",),)),
    "empty text of a formula": (
        in_row('<c r="A1" t="str"><f>B1</f><v></v></c>', '<c r="B1"><v>1</v></c>'),
        (("", 1.0),),
    ),
    "text without its element": (in_row('<c r="A1" t="inlineStr"><v>т</v></c>'), (("т",),)),
    "escapes are decoded once": (
        in_row('<c r="A1" t="inlineStr"><is><t>а_x000D_б_x0041_в_x005F_x0041_</t></is></c>'),
        (("а\rбAв_x0041_",),),
    ),
    "raw text and comments": (
        in_row('<c r="A1"><v><![CDATA[5]]></v></c>', '<c r="B1" t="str"><v>а<!-- -->б</v></c>'),
        ((5.0, "аб"),),
    ),
    "truth": (in_row('<c r="A1" t="b"><v>1</v></c>', '<c r="B1" t="b"><v>false</v></c>'), ((True, False),)),
    "a date as text": (in_row('<c r="A1" t="d"><v>2026-11-18</v></c>'), ((datetime.date(2026, 11, 18),),)),
    "a date of 1900": (
        in_row('<c r="A1" s="1"><v>59</v></c>', '<c r="B1" s="1"><v>61</v></c>', '<c r="C1" s="1"><v>45000.5</v></c>'),
        ((datetime.date(1900, 2, 28), datetime.date(1900, 3, 1), datetime.datetime(2023, 3, 15, 12)),),  # noqa: DTZ001
    ),
    "a length of time": (in_row('<c r="A1" s="2"><v>1.5</v></c>'), ((datetime.timedelta(hours=36),),)),
    "many digits after the point": (in_row('<c r="A1"><v>0.30000000000000004</v></c>'), ((0.30000000000000004,),)),
    "a number of fifteen digits": (in_row('<c r="A1"><v>123456789012345</v></c>'), ((123456789012345.0,),)),
    "spaces around a number": (in_row('<c r="A1"><v> 15 </v></c>'), ((15.0,),)),
    "blank cells and rows": (
        '<row r="1"><c r="A1" s="1"/><c r="B1" s="1"></c></row><row r="2"/><row r="3"><c r="B3"><v>1</v></c></row>',
        (("", ""), ("", ""), ("", 1.0)),
    ),
    "an extension of a cell": (in_row('<c r="A1"><v>1</v><extLst><ext><v>2</v></ext></extLst></c>'), ((1.0,),)),
}


@pytest.mark.parametrize("kind", READ)
def test_what_can_be_read_in_one_way_is_read(kind: str, tmp_path: Path) -> None:
    rows, expected = READ[kind]
    grid = read_rows(rows, tmp_path)
    width = max(map(len, expected))
    assert grid.troubles == ()
    assert tuple((*row, *[""] * (width - len(row))) for row in grid.rows if width) == expected


UNCERTAIN: dict[str, tuple[str, str, str]] = {
    "an error": ('<c r="B1" t="e"><v>#REF!</v></c>', "error_cell", "#REF!"),
    "a new error": ('<c r="B1" t="e"><v>#SPILL!</v></c>', "error_cell", "#SPILL!"),
    "a formula never calculated": ('<c r="B1"><f>1+1</f></c>', "formula", "=1+1"),
    "a formula with an empty value": ('<c r="B1"><f>1+1</f><v></v></c>', "formula", "=1+1"),
    "a shared formula without its value": ('<c r="B1"><f t="shared" si="0"/></c>', "formula", "=…"),
    "two cells at one place": ('<c r="B1"><v>1</v></c><c r="B1"><v>2</v></c>', "twice_cell", "1; 2"),
    "a string before the first": ('<c r="B1" t="s"><v>-1</v></c>', "lost_text", "-1"),
    "a string that is no number": ('<c r="B1" t="s"><v>abc</v></c>', "lost_text", "abc"),
    "a string of a number too long": (
        '<c r="B1" t="s"><v>18446744073709551617</v></c>',
        "lost_text",
        "18446744073709551617",
    ),
    "a string after the last": ('<c r="B1" t="s"><v>2</v></c>', "lost_text", "2"),
    "no number": ('<c r="B1"><v>NaN</v></c>', "no_number", "NaN"),
    "infinity": ('<c r="B1"><v>1e400</v></c>', "no_number", "1e400"),
    "a number of another base": ('<c r="B1"><v>0x10</v></c>', "no_number", "0x10"),
    "a comma in a number": ('<c r="B1"><v>1,5</v></c>', "no_number", "1,5"),
    "digits of another script": ('<c r="B1"><v>١٢</v></c>', "no_number", "١٢"),
    "sixteen digits": ('<c r="B1"><v>1234567890123456</v></c>', "long_number", "1234567890123456"),
    "no truth": ('<c r="B1" t="b"><v>2</v></c>', "no_value", "2"),
    "an unknown type": ('<c r="B1" t="zz"><v>5</v></c>', "no_value", "5"),
    "a day before the first": ('<c r="B1" s="1"><v>0.5</v></c>', "no_date", "0.5"),
    "a day that never was": ('<c r="B1" s="1"><v>60</v></c>', "no_date", "60"),
    "a day after the last": ('<c r="B1" s="1"><v>2958466</v></c>', "no_date", "2958466"),
    "a day of no calendar": ('<c r="B1" t="d"><v>2026-02-31</v></c>', "no_date", "2026-02-31"),
    "a control character": ('<c r="B1" t="inlineStr"><is><t>а_x0001_</t></is></c>', "control", "0001"),
    "half a character": ('<c r="B1" t="inlineStr"><is><t>а_xD800_</t></is></c>', "control", "D800"),
    "no character": ('<c r="B1" t="inlineStr"><is><t>а\ufffe</t></is></c>', "control", "FFFE"),
}


@pytest.mark.parametrize("kind", UNCERTAIN)
def test_what_is_not_certain_is_told_at_its_cell_and_the_rest_is_read(kind: str, tmp_path: Path) -> None:
    cell, trouble, shown = UNCERTAIN[kind]
    grid = read_rows(in_row('<c r="A1"><v>7</v></c>', cell, '<c r="C1" t="s"><v>0</v></c>'), tmp_path)
    assert grid.troubles == (Trouble(0, 1, trouble, shown),)
    assert grid.rows == ((7.0, "", "первая"),)


REFUSED = {
    "row 0": ('<row r="0"><c r="A0"><v>1</v></c></row>', "A1 указана строка 0, которой на листе быть не может"),
    "a row past the last": (
        '<row r="1048577"><c r="A1048577"><v>1</v></c></row>',
        "A1048577 указана строка 1048577, которой на листе быть не может",
    ),
    "a row of words": (
        '<row r="первая"><c><v>1</v></c></row>',
        "A1 указана строка «первая», которой на листе быть не может",
    ),
    "a cell of another row": (
        '<row r="5"><c r="A1"><v>1</v></c></row>',
        "A5 указана ячейка «A1», которой в строке 5 быть не может",
    ),
    # A fast reader would make room for all that lies between, some hundred gigabytes.
    "a cell far below": (
        '<row r="5"><c r="A121048576" s="0"><v>1</v></c></row>',
        "A5 указана ячейка «A121048576», которой в строке 5 быть не может",
    ),
    "a cell far to the right": (
        '<row r="5"><c s="0" r="ZZZZZZ5"><v>1</v></c></row>',
        "A5 указана ячейка «ZZZZZZ5», которой в строке 5 быть не может",
    ),
    "a place that is none": (
        in_row('<c r="1B"><v>1</v></c>'),
        "A1 указана ячейка «1B», которой в строке 1 быть не может",
    ),
    "a column past the last": (in_row('<c r="XFE1"><v>1</v></c>'), "XFE1 указана ячейка правее последней графы листа"),
    "two values in a cell": (
        in_row('<c r="A1"><v>1</v><v>2</v></c>'),
        "A1 в одной ячейке записаны два значения",
    ),
    "an unknown element": (in_row('<zz><c r="A1"><v>1</v></c></zz>'), "A1 стоит неизвестный элемент «zz»"),
    "a cell outside its row": ('<c r="A1"><v>1</v></c>', "A1 стоит неизвестный элемент «c»"),
    "a cell of another language": (
        in_row('<c r="A1"><v>1</v></c>', '<y:c xmlns:y="y" r="B1"><y:v>1</y:v></y:c>'),
        "A1 стоит неизвестный элемент «c»",
    ),
}


@pytest.mark.parametrize("kind", REFUSED)
def test_a_sheet_that_can_be_read_in_several_ways_is_refused_where_it_begins_to(kind: str, tmp_path: Path) -> None:
    rows, fault = REFUSED[kind]
    with pytest.raises(InputError) as refused:
        read_rows(rows, tmp_path)
    assert str(refused.value) == f"файл повреждён: на листе «Лист1» около ячейки {fault}. {AGAIN}"


def test_two_tables_of_cells_and_none_are_refused(tmp_path: Path) -> None:
    two = sheet(
        in_row('<c r="A1"><v>1</v></c>'), after='<sheetData><row r="2"><c r="A2"><v>2</v></c></row></sheetData>'
    )
    for content, fault in ((two, "две таблицы ячеек"), ("<worksheet/>", "нет таблицы ячеек")):
        with pytest.raises(InputError) as refused:
            read(book_parts() | {SHEET: content}, tmp_path)
        assert str(refused.value) == f"файл повреждён: на листе «Лист1» {fault}. {AGAIN}"


CELLS = in_row('<c r="A1" t="s"><v>0</v></c>', '<c r="B1"><v>2</v></c>')
PREFIXED = (
    '<x:worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><x:sheetData><x:row r="1">'
    '<x:c r="A1" t="s"><x:v>0</x:v></x:c><x:c r="B1"><x:v>2</x:v></x:c></x:row></x:sheetData></x:worksheet>'
)


@pytest.mark.parametrize(
    "content",
    [
        sheet(CELLS),
        sheet(CELLS, namespace=STRICT),
        PREFIXED,
        f'<?xml version="1.0" encoding="UTF-16"?>{sheet(CELLS)}'.encode("utf-16"),
        f'<?xml version="1.0" encoding="windows-1251"?>{sheet(CELLS)}'.encode("cp1251"),
        "\ufeff" + sheet(CELLS),
        sheet(f"<!-- -->{CELLS}"),
    ],
    ids=["plain", "strict", "prefixed", "utf-16", "cp1251", "mark", "comment"],
)
def test_a_sheet_is_the_same_however_it_is_spelled(content: str | bytes, tmp_path: Path) -> None:
    grid = read(book_parts() | {SHEET: content}, tmp_path)
    assert (grid.rows, grid.troubles) == ((("первая", 2.0),), ())


@pytest.mark.parametrize(
    ("strings", "text"),
    [
        ("<si><r><t>а</t></r><r><t xml:space='preserve'> б </t></r><rPh sb='0' eb='1'><t>нет</t></rPh></si>", "а б "),
        ("<si><t>  а  </t></si>", "а"),
        ("<si><t>а&#13;&#10;б_x0041_в_x005F_x0042_</t></si>", "а\r\nбAв_x0042_"),
        ("<si><t><![CDATA[а<б]]>в</t></si>", "а<бв"),
    ],
)
@pytest.mark.parametrize("also", ["", '<c r="B1" t="e"><v>#N/A</v></c>'], ids=["at once", "cell by cell"])
def test_a_shared_string_is_the_same_in_both_forms(strings: str, text: str, also: str, tmp_path: Path) -> None:
    grid = read(book_parts(in_row('<c r="A1" t="s"><v>0</v></c>', also), strings=strings), tmp_path)
    assert grid.rows[0][0] == text


@pytest.mark.parametrize("also", ["", '<c r="B1" t="e"><v>#N/A</v></c>'], ids=["at once", "cell by cell"])
def test_a_text_longer_than_a_cell_is_told_wherever_it_stands(also: str, tmp_path: Path) -> None:
    text = "".join(map(str, range(9_000)))
    runs = "".join(f"<r><t>{text[at : at + 9]}</t></r>" for at in range(0, len(text), 9))
    for cell in ('<c r="A1" t="s"><v>0</v></c>', f'<c r="A1" t="inlineStr"><is>{runs}</is></c>'):
        grid = read(book_parts(in_row(cell, also), strings=f"<si>{runs}</si>"), tmp_path)
        assert Trouble(0, 0, "long_text", str(len(text))) in grid.troubles


@pytest.mark.parametrize(
    "lost", ['<c r="A1" t="e"><x:v>#N/A</x:v></c>', '<c r="A1"><f>1+1</f></c>', '<c r="A1"><f t="shared" si="0"/></c>']
)
def test_elements_with_a_prefix_make_up_for_no_lost_cell(lost: str, tmp_path: Path) -> None:
    rows = in_row(lost, '<c r="B1"><x:v>5</x:v></c>', '<c r="C1"><x:v>6</x:v></c>')
    parts = book_parts(rows)
    parts[SHEET] = parts[SHEET].replace("<worksheet ", f'<worksheet xmlns:x="{MAIN}" ')
    grid = read(parts, tmp_path)
    assert (grid.rows[0][1:], [item.column for item in grid.troubles]) == ((5.0, 6.0), [0])


def test_a_number_with_an_instruction_inside_is_read_whole(tmp_path: Path) -> None:
    assert read_rows(in_row('<c r="A1"><v>5<?x ?>3</v></c>'), tmp_path).rows == ((53.0,),)


def test_strings_are_found_by_their_relationship_not_by_a_guessed_name(tmp_path: Path) -> None:
    parts = book_parts(CELLS)
    links = parts["xl/_rels/workbook.xml.rels"].replace("sharedStrings.xml", "texts.xml")
    other = parts[STRINGS].replace("первая", "другая")
    grid = read(parts | {"xl/_rels/workbook.xml.rels": links, "xl/texts.xml": other}, tmp_path)
    assert grid.rows == (("другая", 2.0),)


def test_days_counted_from_1904_are_those_days(tmp_path: Path) -> None:
    cells = [f'<c r="{letter}1" s="1"><v>{days}</v></c>' for letter, days in zip("ABC", (1, 60, 44000), strict=True)]
    parts = book_parts(in_row(*cells))
    main = parts["xl/workbook.xml"].replace("<sheets>", '<workbookPr date1904="1"/><sheets>')
    for also in ("", '<c r="D1" s="1"><v>2957004</v></c>'):
        grid = read(parts | {"xl/workbook.xml": main, SHEET: sheet(in_row(*cells, also))}, tmp_path)
        assert grid.rows[0][:3] == tuple(datetime.date(*day) for day in ((1904, 1, 2), (1904, 3, 1), (2024, 6, 19)))
    assert grid.troubles == (Trouble(0, 3, "no_date", "2957004"),)


@pytest.mark.parametrize("also", ["", '<c r="E1" t="e"><v>#N/A</v></c>'], ids=["at once", "cell by cell"])
def test_a_number_is_read_as_its_format_shows_it_in_both_forms(also: str, tmp_path: Path) -> None:
    cells = (
        '<c r="A1" s="3"><v>5e-1</v></c><c r="B1" s="4"><v>46115</v></c><c r="C1" s="3" t="s"><v>0</v></c>'
        '<c r="D1" s="3"><f>1/8</f><v>0.125</v></c>'
    )
    parts = book_parts(in_row(cells, also))
    more = '<xf numFmtId="9"/><xf numFmtId="16"/></cellXfs>'
    grid = read(parts | {STYLES: parts[STYLES].replace("</cellXfs>", more)}, tmp_path)
    assert grid.rows[0][:4] == ("50%", datetime.date(2026, 4, 3), "первая", 0.125)
    assert grid.shown == (
        Shown(0, 0, "shown_number", "50%", "0,5"),
        Shown(0, 1, "shown_date", "03.04.2026", "d-mmm"),
        Shown(0, 3, "rounded_number", "0,125", "13%"),
    )


def test_what_is_hidden_filtered_and_merged_is_told(tmp_path: Path) -> None:
    states = ("", ' hidden="1"', ' hidden="false"', ' hidden="true"')
    rows = "".join(
        f'<row r="{row}"{state}><c r="A{row}"><v>1</v></c><c r="C{row}"><v>2</v></c></row>'
        for row, state in enumerate(states, 1)
    )
    around = {
        "before": '<cols><col min="2" max="2" hidden="1"/><col min="3" max="16384" hidden="true"/></cols>',
        "after": '<autoFilter ref="A1:C4"><filterColumn colId="0"/></autoFilter><mergeCells><mergeCell ref="A1:B2"/>'
        '<mergeCell ref="нет"/></mergeCells>',
    }
    for error in ("", '<row r="5"><c r="A5" t="e"><v>#N/A</v></c></row>'):
        grid = read(book_parts() | {SHEET: sheet(rows + error, **around)}, tmp_path)
        assert (grid.hidden_rows, grid.hidden_columns, grid.filtered) == ((1, 3), (1, 2), True)
        assert [(span.first_row, span.first_column, span.last_row, span.last_column) for span in grid.merged] == [
            (0, 0, 1, 1)
        ]


def test_a_format_on_a_million_rows_is_no_value(tmp_path: Path) -> None:
    rows = "".join(f'<row r="{row}" s="1"><c r="AB{row}" s="1"></c></row>' for row in range(2, 1_048_577, 16))
    grid = read_rows(in_row('<c r="A1"><v>1</v></c>') + rows, tmp_path)
    assert (grid.rows[0][0], grid.troubles) == (1.0, ())


@pytest.mark.parametrize("also", ["", '<c r="B1" t="e"><v>#N/A</v></c>'], ids=["at once", "cell by cell"])
def test_a_value_far_outside_is_named(also: str, tmp_path: Path) -> None:
    rows = in_row('<c r="A1"><v>1</v></c>', also) + '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    with pytest.raises(InputError, match=r"^значение в ячейке XFD1048576 стоит далеко за таблицей: .* 20 млн ячеек"):
        read_rows(rows, tmp_path)


def all_forms(path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[list[Grid], list[Grid], list[Grid]]:
    """Return the sheets as they are read, as they are where none is plain, and as the exact form reads them."""
    read = [read_workbook(path, "а").grids]
    with monkeypatch.context() as patch:
        patch.setattr(Values, "plain", None)
        read.append(read_workbook(path, "а").grids)
        patch.setattr(ooxml, "survey", lambda *_, **__: None)
        read.append(read_workbook(path, "а").grids)
    first, second, third = (list(map(cropped, grids)) for grids in read)
    return first, second, third


def cropped(grid: Grid) -> Grid:
    """Return a sheet without the blanks at its end, of which one form has more than the other."""
    rows = [tuple(row) for row in grid.rows]
    while rows and not any(value != "" for value in rows[-1]):
        rows.pop()
    width = max((column + 1 for row in rows for column, value in enumerate(row) if value != ""), default=0)
    return Grid(grid.name, tuple(row[:width] for row in rows), grid.merged, grid.troubles, grid.hidden)


@pytest.mark.parametrize("path", sorted(SAMPLES.rglob("*.xlsx")), ids=lambda path: path.name)
def test_all_forms_read_the_samples_alike(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read, at_once, exact = all_forms(path, monkeypatch)
    assert read == at_once == exact


TYPED = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**14), 10**14),
    st.floats(-1e14, 1e14),
    st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"), max_size=8).filter(
        lambda text: not text.startswith("=") and "_x" not in text
    ),
    st.dates(datetime.date(1900, 3, 1), datetime.date(9999, 12, 31)),
    st.sampled_from(["#REF!", "=1+1", "_x0041_", " края ", "а\nб"]),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(TYPED, max_size=4), max_size=5))
def test_all_forms_read_whatever_is_typed_alike(rows: list[list[CellValue | None]]) -> None:
    book = Workbook()
    for row, values in enumerate(rows, 1):
        for column, value in enumerate(values, 1):
            book.worksheets[0].cell(row, column).value = value
    with pytest.MonkeyPatch.context() as patch, tempfile.TemporaryDirectory() as folder:
        book.save(Path(folder) / "а.xlsx")
        read, at_once, exact = all_forms(Path(folder) / "а.xlsx", patch)
    assert read == at_once == exact


@pytest.mark.parametrize(
    ("code", "written", "read_as"),
    [
        ("h:mm", "0.395833333333333", datetime.time(9, 30)),
        ("h:mm:ss AM/PM", "0", datetime.time()),
        ('[$-419]hh"ч"mm"м дня"', "0.75", datetime.time(18)),
        ("dd.mm.yyyy h:mm", "0.5", ""),
        ("h:mm", "0.99999999999", ""),
        ("h:mm", "-0.5", ""),
        ("h:mm", "45000.5", datetime.datetime(2023, 3, 15, 12)),  # noqa: DTZ001 - a workbook's times have no zone
    ],
)
@pytest.mark.parametrize("also", ["", '<c r="B1" t="e"><v>#N/A</v></c>'], ids=["at once", "cell by cell"])
def test_a_share_of_a_day_in_a_format_of_hours_is_a_time_of_day(
    code: str, written: str, read_as: object, also: str, tmp_path: Path
) -> None:
    """A unit that types 9:30 means no date; shown with a day it is one that cannot be."""
    parts = book_parts(in_row(f'<c r="A1" s="2"><v>{written}</v></c>', also))
    grid = read(parts | {STYLES: parts[STYLES].replace("[h]:mm", code.replace('"', "&quot;"))}, tmp_path)
    assert grid.rows[0][0] == read_as if grid.rows else read_as == ""
    assert [item.shown for item in grid.troubles if item.kind == "no_date"] == ([written] if read_as == "" else [])
