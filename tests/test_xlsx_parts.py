"""The rows that are looked at without a parser are just those that a parser would pass."""

from __future__ import annotations

import datetime
import zipfile
from collections.abc import Iterable
from pathlib import Path
from xml.parsers import expat

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from workbook_tools.xlsx.book import XlsxBook
from workbook_tools.xlsx.parts import but_for_rows
from workbook_tools.xlsx.style import CELL, DATE

HEAD = b'<?xml version="1.0" encoding="UTF-8"?>\n<worksheet><dimension ref="A1:B9"/><sheetData>'
TAIL = '</sheetData><hyperlinks><hyperlink display="К листу «Сводка»"/></hyperlinks></worksheet>'.encode()
ROWS = (
    b'<row r="1" spans="1:2" ht="28.5" customHeight="1"><c r="A1" s="23" t="s"><v>15</v></c><c r="B1" s="23"/></row>',
    b'<row r="2"><c r="A2"><v>-1.5</v></c><c r="B2" s="2"><v>1E-05</v></c></row>',
    b'<row r="3" spans="1:2"></row>',
    b'<row r="4" hidden="1"><c r="A4" t="b"><v>1</v></c></row>',
    '<row r="5"><c r="A5" t="inlineStr"><is><t>слово</t></is></c></row>'.encode(),
)
SPOILT = [
    b"<",
    b">",
    b"&",
    b'"',
    b"/",
    b"</row>",
    b"<row>",
    b"<sheetData>",
    b"<v>",
    b"--",
    b"<!--",
    b"-->",
    b"<f>1</f>",
]


def is_well_formed(pieces: Iterable[bytes]) -> bool:
    parser = expat.ParserCreate()
    try:
        for piece in pieces:
            parser.Parse(piece, False)  # noqa: FBT003 - the parser has no names for its arguments
        parser.Parse(b"", True)  # noqa: FBT003 - as above
    except expat.ExpatError:
        return False
    return True


def cut(data: bytes, size: int) -> list[bytes]:
    return [data[start : start + size] for start in range(0, len(data), size)]


@given(
    st.lists(st.sampled_from(ROWS), max_size=6).map(b"".join),
    st.none() | st.tuples(st.floats(0, 1), st.integers(0, 12), st.sampled_from(SPOILT) | st.binary(max_size=2)),
    st.integers(1, 400),
)
@example(ROWS[0].replace(b'"23"', b'"<row r="7"></row>"'), None, 400)
@example(b"<!--" + ROWS[0] + b"-->" + ROWS[2].replace(b"3", b"3--"), None, 400)
@settings(max_examples=600, deadline=None)
def test_a_sheet_is_well_formed_without_its_rows_if_and_only_if_it_is_with_them(
    rows: bytes, spoilt: tuple[float, int, bytes] | None, size: int
) -> None:
    data = HEAD + rows + TAIL
    if spoilt:
        at = round(spoilt[0] * len(data))
        data = data[:at] + spoilt[2] + data[at + spoilt[1] :]
    left = list(but_for_rows(cut(data, size)))
    assert is_well_formed(left) == is_well_formed([data])
    assert b"".join(left).count(b"<f>") == data.count(b"<f>")


@pytest.mark.parametrize("row", ROWS[:3])
def test_a_row_of_numbers_and_shared_texts_needs_no_parser(row: bytes) -> None:
    assert b"".join(but_for_rows([HEAD + row * 2 + TAIL])) == HEAD + TAIL


@pytest.mark.parametrize("row", ROWS[3:])
def test_any_other_row_is_left_to_the_parser(row: bytes) -> None:
    assert b"".join(but_for_rows([HEAD + row + ROWS[0] + TAIL])) == HEAD + row + TAIL


def test_what_is_long_and_holds_no_row_is_handed_on_as_it_comes() -> None:
    """Held back until the end it would be searched anew with each piece, and lie in memory as a whole."""
    piece = b'<hyperlink ref="A1"/>' * 30_000
    left = list(but_for_rows([HEAD + ROWS[0], *[piece] * 20, ROWS[1], TAIL]))
    assert max(map(len, left)) < 3 * len(piece)
    assert b"".join(left) == HEAD + piece * 20 + ROWS[1] + TAIL


def test_all_rows_that_are_written_are_of_the_kind_that_needs_no_parser(tmp_path: Path) -> None:
    """Else the look at a large workbook takes several times as long, and nobody sees why."""
    day = datetime.date(2024, 3, 19)
    with XlsxBook(tmp_path / "к.xlsx", {"title": "Книга"}, day, {"font_name": "Calibri", "font_size": 10}) as book:
        sheet = book.sheet("Лист")
        sheet.put_row(0, ["текст", 5, 0.1 + 0.2, 1e-9, -7, day, None])
        sheet.put_rows(1, [["да", "", 3], ["нет", "да", -1e20]], [(book.format(CELL),) * 3] * 2, [15.0, 40.5])
        sheet.put(3, 1, day, DATE)
        sheet.merge((4, 0), (5, 1), "вместе", CELL)
    with zipfile.ZipFile(tmp_path / "к.xlsx") as package:
        data = package.read("xl/worksheets/sheet1.xml")
    assert data.count(b"<row ") == 6
    assert b"<row" not in b"".join(but_for_rows(cut(data, 100)))
