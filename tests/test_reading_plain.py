"""The plain form reads what programs write, and nothing otherwise than the exact form does."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.sheets import MAIN, SHEET, STRINGS, book_parts, sheet, zipped
from workbook_tools.errors import InputError
from workbook_tools.grids import Grid, Span
from workbook_tools.reading import ooxml
from workbook_tools.reading.archive import Archive
from workbook_tools.reading.parts import Package
from workbook_tools.reading.plain import plain_strings
from workbook_tools.reading.values import Values

if TYPE_CHECKING:
    from workbook_tools.grids import CellValue

ROW = '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1"><v>5</v></c><c r="C1" s="1"/><c r="D1" t="s"><v>1</v></c></row>'
TWO = "<si><t>первая</t></si><si><t>вторая</t></si>"
SPACED = ' xml:space="preserve"'
READ: tuple[tuple[CellValue, ...], ...] = (("первая", 5.0, "", "вторая"),)


def plain(part: str | bytes, strings: str = TWO) -> Grid | None:
    """Return a sheet as the plain form reads it, None where that leaves it to the others."""
    reader = Values(Package(Archive(zipped({**book_parts(strings=strings), SHEET: part})))).plain
    found = reader.sheet(part.encode() if isinstance(part, str) else part) if reader else None
    return found and Grid("Лист1", found.rows, tuple(found.around.merged), filtered=found.around.filtered)


def exact(part: str, strings: str = TWO) -> Grid:
    """Return a sheet as the exact form reads it."""
    content = zipped({**book_parts(strings=strings), SHEET: part})
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Values, "plain", None)
        patch.setattr(ooxml, "survey", lambda *_, **__: None)
        (grid,), _ = ooxml.read_package(Archive(content), content)
    return grid


@pytest.mark.parametrize(
    "row",
    [
        ROW,
        ROW.replace('r="1"', 'r="1" spans="1:4" s="1" customFormat="1" ht="15.75" customHeight="1"', 1),
        ROW.replace('r="1"', 'r="1" customFormat="false" ht="12.8" hidden="false" customHeight="false"', 1),
        ROW.replace('r="1"', 'r="1" outlineLevel="0" collapsed="false"', 1),
        ROW.replace('<c r="B1">', '<c r="B1" t="n">'),
        ROW.replace('r="C1" s="1"', 'r="C1" t="s"'),
        ROW + '<row r="3" ht="15"/><row r="7"><c r="A7" s="1"/></row>',
    ],
    ids=["xlsxwriter", "excel", "office", "outline", "n", "blank string", "blank rows"],
)
def test_what_programs_write_is_of_the_plain_form(row: str) -> None:
    found = plain(sheet(row, before='<cols><col min="1" max="1"/></cols>'))
    assert found is not None
    assert found.rows == READ
    assert type(found.rows[0][1]) is float


def test_what_stands_around_the_rows_is_told() -> None:
    found = plain(sheet(ROW, after='<mergeCells count="1"><mergeCell ref="A1:B2"/></mergeCells>'))
    assert found is not None
    assert found.merged == (Span(0, 0, 1, 1),)


def test_rows_stand_at_their_places() -> None:
    cells = '<c r="C9" t="s"><v>0</v></c><c r="AB9" t="s"><v>1</v></c>'
    found = plain(sheet(f'<row r="2"><c r="A2"/><c r="B2"><v>7</v></c></row><row r="9">{cells}</row>'))
    assert found is not None
    places = {(row, column): text for row, texts in enumerate(found.rows) for column, text in enumerate(texts) if text}
    assert places == {(1, 1): 7.0, (8, 2): "первая", (8, 27): "вторая"}
    assert {len(row) for row in found.rows} == {28}


def test_a_day_is_a_day_and_an_empty_sheet_is_empty() -> None:
    found = plain(sheet('<row r="1"><c r="A1" s="1"><v>45370</v></c></row>'))
    assert found is not None
    assert found.rows == ((datetime.date(2024, 3, 19),),)
    assert plain(sheet("")) == Grid("Лист1", ())


@pytest.mark.parametrize(
    "content",
    [
        sheet(ROW).encode("utf-16"),
        f'<?xml version="1.0" encoding="koi8-r"?>{sheet(ROW)}',
        sheet(f"<!-- -->{ROW}"),
        sheet(ROW, before="<!-- -->"),
        sheet(ROW + ROW),
        sheet(ROW.replace('r="1"', 'r="1" hidden="1"', 1)),
        sheet(ROW.replace('r="1"', 'r="1" hidden="true"', 1)),
        sheet(ROW.replace('r="1"', 'r="1" x14ac:dyDescent="0.25"', 1)),
        sheet(ROW.replace('<row r="1"', '<row r="0"')),
        sheet(ROW.replace('"B1"', '"B2"')),
        sheet(ROW.replace('"B1"', '"A1"')),
        sheet(ROW.replace('"D1"', '"XFE1"')),
        sheet(ROW.replace("<v>1</v>", "<v>2</v>")),
        sheet(ROW.replace("<v>1</v>", "<v>-1</v>")),
        sheet(ROW.replace("<v>1</v>", "<v> 1 </v>")),
        sheet(ROW.replace("<v>1</v>", "<v>1<v>1</v></v>")),
        sheet(ROW.replace("<v>1</v>", "<v></v>")),
        sheet(ROW.replace("<v>5</v>", "<v>5.5</v>")),
        sheet(ROW.replace("<v>5</v>", "<v>18446744073709551616</v>")),
        sheet(ROW.replace("<v>5</v>", "<f>2+3</f><v>5</v>")),
        sheet(ROW.replace("<v>5</v>", "<f>2+3</f>")),
        sheet(ROW.replace("<v>5</v>", "<x5>7</x5><v>5</v>")),
        sheet(ROW.replace("</c>", "</c>5", 1)),
        sheet(ROW.replace('"A1"', '"A1"5', 1)),
        sheet(ROW.replace('<c r="B1">', '<c r="B1" s="2">')),
        sheet(ROW.replace('<c r="B1">', '<c r="B1" s="3">')),
        sheet(ROW.replace('<c r="B1"><v>5</v>', '<c r="B1" s="1"><v>60</v>')),
        sheet(ROW.replace('<c r="B1">', '<c r="B1" t="e">')),
        sheet(ROW.replace('<c r="B1">', '<c r="B1" t="b">')),
        sheet(ROW.replace("<v>5</v>", "<is><t>т</t></is>")),
        sheet(ROW.replace('t="s"', "t='s'")),
        sheet(ROW, after="<sheetData></sheetData>"),
        sheet(ROW + '<row r="1048576"><c r="XFD1048576" t="s"><v>0</v></c></row>'),
        f'<x:worksheet xmlns:x="{MAIN}"><x:sheetData/></x:worksheet>',
        f'<!--<sheetData>{ROW}</sheetData>--><worksheet xmlns="{MAIN}"><sheetData/></worksheet>',
        f'\ufeff<!--<sheetData>{ROW}</sheetData>--><worksheet xmlns="{MAIN}"><sheetData/></worksheet>',
        f'<?pi <sheetData>{ROW}</sheetData>?><worksheet xmlns="{MAIN}"><sheetData/></worksheet>',
        f'<worksheet xmlns="{MAIN}"><sheetData/><x><sheetData>{ROW}</sheetData></x></worksheet>',
        f'<worksheet xmlns="{MAIN}"><x><sheetData>{ROW}</sheetData></x></worksheet>',
        sheet(ROW, after="<sheetData/>"),
        sheet(ROW, before="<sheetData/>"),
        sheet(ROW, namespace="urn:another"),
        sheet(ROW.replace('r="1"', 'r="1" x14ac:dyDescent="0.25"', 1), after='<a xmlns:x14ac="urn:a"/>'),
    ],
)  # fmt: skip
def test_what_is_spelled_otherwise_is_left_to_the_other_forms(content: str | bytes) -> None:
    assert plain(content) is None


def test_a_broken_place_around_the_rows_is_refused() -> None:
    with pytest.raises(InputError, match="разметка нарушена"):
        plain(sheet(ROW, after="<a></b>"))
    with pytest.raises(InputError, match="вне таблицы"):
        plain(sheet(ROW, after='<row r="7"/>'))


@pytest.mark.parametrize(
    ("strings", "texts"),
    [
        ("<si><t>а</t></si><si><t/></si><si><t></t></si>", ["а", "", ""]),
        ('<si><t xml:space="preserve"> а\n</t></si><si><t>б\nв</t></si>', [" а\n", "б\nв"]),
        ("<si><t>&lt;r&gt; &amp;lt; &quot;&apos; ></t></si><si><t>б</t></si>", ["<r> &lt; \"' >", "б"]),
    ],
)
def test_plain_strings_are_every_letter_as_it_is(strings: str, texts: list[str]) -> None:
    assert plain_strings(book_parts(strings=strings)[STRINGS].encode()) == texts


@pytest.mark.parametrize(
    "strings",
    ["", "<si><t> а</t></si>", "<si><t>а\n</t></si>", "<si><t>а\r</t></si>", "<si><t>&#1072;</t></si>",
     "<si><t>&nbsp;</t></si>", "<si><t>& </t></si>", "<si><r><t>а</t></r></si>", "<si> <t>а</t></si>",
     "<si><t>а</t><t>б</t></si>", "<si><t>а<b/></t></si>", "<si><t>а</t></si> ", "<si><t>а]]></t></si>",
     "<si><t>а</t></si><extLst/>", "<!-- --><si><t>а</t></si>", "<x><si><t>а</t></si>",
     "<si><t>а</t><rPh><t>б</t></rPh></si>", '<si><t xml:space="default">а</t></si>'],
)  # fmt: skip
def test_strings_that_may_be_otherwise_are_left_to_the_parser(strings: str) -> None:
    assert plain_strings(book_parts(strings=strings)[STRINGS].encode()) is None


@pytest.mark.parametrize("hidden", ["<!--{}-->", "\ufeff<!--{}-->", "<?pi {}?>"])
def test_strings_of_a_comment_at_the_beginning_are_no_strings(hidden: str) -> None:
    own = f'<x:sst xmlns:x="{MAIN}"><x:si><x:t>а</x:t></x:si></x:sst>'
    assert plain_strings(f"{hidden.format('<si><t>б</t></si></sst>')}{own}".encode()) is None


@pytest.mark.parametrize("between", ['" encoding="', '" encoding = "', '"\nencoding\t= "', f'"{" " * 300}encoding="'])
def test_strings_of_another_encoding_are_left_to_the_parser(between: str) -> None:
    # In the other encoding these two letters are the bytes of one in UTF-8.
    part = book_parts(strings="<si><t>Рђ</t></si>")[STRINGS]
    assert plain_strings(f'<?xml version="1.0{between}windows-1251"?>{part}'.encode("cp1251")) is None


def test_strings_that_are_no_utf_8_are_left_to_the_parser() -> None:
    part = book_parts()[STRINGS]
    assert plain_strings(part.encode("cp1251")) is None


@pytest.mark.parametrize("text", ["а_x0001_", "\x7f", "т" * 40_000], ids=["escaped", "control", "long"])
def test_strings_with_odd_signs_make_no_sheet_plain(text: str) -> None:
    assert plain(sheet('<row r="1"><c r="A1" t="s"><v>0</v></c></row>'), f"<si><t>{text}</t></si>") is None


# What a cell holds, all but the last of the plain form; and what is put into a sheet or a list of strings.
KINDS = ['" t="s"><v>1</v></c>', '"><v>3</v></c>', '" s="1"><v>61</v></c>', '"/>', '" s="1"/>', '" s="2"><v>1</v></c>']
PIECES = ['<row r="', '">', '"/>', "</row>", '<c r="', "A1", '" t="s"><v>', "</v></c>", "7", " ", "<f>", 'spans="1:2"']
TEXTS = st.text(st.sampled_from("аб\n <&"), max_size=4)


@st.composite
def changed(draw: st.DrawFn, text: str) -> str:
    """Return a text with something put into it or taken out of it, more often as it is."""
    at, length = draw(st.integers(0, len(text))), draw(st.integers(0, 3))
    return draw(st.sampled_from([text, text, text[:at] + draw(st.sampled_from(PIECES)) + text[at + length :]]))


@st.composite
def rows(draw: st.DrawFn) -> str:
    """Return rows of a sheet."""
    found = []
    for number in sorted(draw(st.sets(st.integers(1, 12), max_size=4))):
        cells = sorted(draw(st.dictionaries(st.sampled_from("ABCDE"), st.sampled_from(KINDS[:5]))).items())
        found.append(
            f'<row r="{number}">{"".join(f"""<c r="{column}{number}{kind}""" for column, kind in cells)}</row>'
        )
    return "".join(found)


@settings(deadline=None)
@given(rows().flatmap(changed))
@example('<row r="1"><c r="A1"5 t="s"><v>1</v></c></row>')
@example('<row r="1"><c r="A1" s="2"><v>1</v></c></row>')
def test_a_sheet_of_the_plain_form_is_what_the_exact_form_reads(body: str) -> None:
    found = plain(sheet(body))
    if found is not None:
        read = exact(sheet(body))
        assert found == read
        assert [list(map(type, row)) for row in found.rows] == [list(map(type, row)) for row in read.rows]


@settings(deadline=None)
@given(st.lists(TEXTS, min_size=1, max_size=4), st.data())
def test_plain_strings_are_what_the_parser_reads(texts: list[str], data: st.DataObject) -> None:
    items = (f"<si><t{data.draw(st.sampled_from(['', SPACED]))}>{escape(text)}</t></si>" for text in texts)
    strings = data.draw(changed("".join(items)))
    found = plain_strings(book_parts(strings=strings)[STRINGS].encode())
    if found is not None:
        cells = "".join(
            f'<row r="{row}"><c r="A{row}" t="s"><v>{row - 1}</v></c></row>' for row in range(1, len(found) + 1)
        )
        assert [(text,) for text in found] == list(exact(sheet(cells), strings).rows)
