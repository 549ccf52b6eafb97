"""What a cell says, element by element: what stands in it, and the text that it holds itself."""

from __future__ import annotations

import pytest

from tests.sheets import sheet
from workbook_tools.reading.exact import Cell, read_cells
from workbook_tools.reading.pieces import Piece


def cell(content: str) -> Cell:
    row = f'<row r="1"><c r="A1" s="2" t="inlineStr">{content}</c><c r="B1"><v>1</v></c></row>'
    cells = read_cells(sheet(row).encode(), "Лист").at
    assert cells[0, 1] == Cell("", "0", value="1")
    return cells[0, 0]


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ("<is><t> а </t></is>", "а"),
        ("<is><r><t>а</t></r><r><t xml:space='preserve'> _x0041_</t></r></is>", "а _x0041_"),
        ("<is><t>а</t><rPh sb='0' eb='1'><t>нет</t></rPh></is>", "а"),
        ("<is><t>а</t></is><is><t>б</t></is>", "аб"),
        ("<is><t>а<b>б</b>в</t><b><t>г</t></b></is>", "абвг"),
        ("<is><t>а</t><extLst><ext><t>нет</t></ext></extLst><r><t>б</t></r></is>", "аб"),
        ("<is>нет<t>а</t>нет</is>", "а"),
    ],
    ids=["one", "runs", "aloud", "two", "element", "extension", "letters outside"],
)
def test_a_text_in_its_cell_is_whole(content: str, text: str) -> None:
    assert cell(content) == Cell("inlineStr", "2", text=text, pieces=[Piece(text, is_struck=None)])


def test_a_text_in_its_cell_says_which_pieces_are_struck_out() -> None:
    text = cell("<is><r><t>а</t></r><r><rPr><strike/></rPr><t>б</t></r></is>")
    assert (text.text, text.pieces) == ("аб", [Piece("а", is_struck=None), Piece("б", is_struck=True)])


def test_a_value_and_a_formula_stand_beside_a_text() -> None:
    assert cell("<f>A2</f><v> 5 </v><is/>") == Cell("inlineStr", "2", value=" 5 ", formula="A2", text="")


def test_a_text_without_letters_fills_no_cell() -> None:
    row = '<row r="1"><c r="A1" t="inlineStr"><is><t/></is></c></row>'
    assert read_cells(sheet(row).encode(), "Лист").at == {}
