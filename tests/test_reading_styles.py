"""The formats of an .xlsx package: which are unusual, and which cells of a sheet have one."""

from __future__ import annotations

import pytest

from tests.sheets import MAIN, sheet
from workbook_tools.errors import InputError
from workbook_tools.reading.exact import read_cells
from workbook_tools.reading.styles import read_styles, style_number

STYLES = (
    f'<styleSheet xmlns="{MAIN}"><numFmts><numFmt numFmtId="164" formatCode="000-00"/></numFmts>'
    '<cellStyleXfs><xf numFmtId="9"/></cellStyleXfs>'
    '<cellXfs><xf numFmtId="{}"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="9"/><xf numFmtId="46"/></cellXfs>'
    "</styleSheet>"
)
PLAIN = read_styles(STYLES.format(0).encode())
CELLS = (
    '<row r="1"><c r="A1" s="2"><v>1</v></c><c r="B1" s="2" t="s"><v>0</v></c><c s=\'3\' r=\'AA1\' t="n"><v>2</v></c>'
    '<c r="D1" s="1"><v>46115</v></c><c r="E1" s="3"/><c r="F1" s="22"><v>1</v></c><c r="G1"><v>1</v></c></row>'
)


def test_formats_are_known_by_the_number_a_cell_names() -> None:
    assert PLAIN.codes == ["", "", "000-00", "0%", "[h]:mm:ss"]
    assert PLAIN.odd == {2: "000-00", 3: "0%", 4: "[h]:mm:ss"}
    assert [PLAIN.kind(style) for style in (0, 1, 2, 4, 5, -1)] == ["", "datetime", "", "timedelta", "", ""]


def test_formats_that_show_a_number_as_it_is_and_days_are_known() -> None:
    numbers = "".join(f'<xf numFmtId="{number}"/>' for number in (0, 49, 14, 22, 165, 1))
    own = '<numFmt numFmtId="165" formatCode="dd.mm.yyyy"/>{}'
    part = f'<styleSheet xmlns="{MAIN}"><numFmts>{own}</numFmts><cellXfs>{numbers}</cellXfs></styleSheet>'
    styles = read_styles(part.format("").encode())
    assert (set(styles.general), set(styles.days)) == ({0, 1}, {2, 4})
    own_codes = '<numFmt numFmtId="0" formatCode="0%"/><numFmt numFmtId="14" formatCode="mmm"/>'
    styles = read_styles(part.format(own_codes).encode())
    assert (set(styles.general), set(styles.days)) == ({1}, {4})


def test_numbers_of_odd_formats_are_found_at_their_places_in_both_ways() -> None:
    found = {(0, 0): "000-00", (0, 26): "0%"}
    assert PLAIN.odd_cells(CELLS.encode()) == found
    assert PLAIN.odd_of(read_cells(sheet(CELLS).encode(), "Лист")) == found


@pytest.mark.parametrize("style", ["9", "164"])
def test_an_odd_format_of_cells_that_name_none_asks_for_the_exact_form(style: str) -> None:
    styles = read_styles(STYLES.format(style).encode())
    assert styles.odd_cells(CELLS.encode()) is None
    cells = read_cells(sheet(CELLS).encode(), "Лист")
    assert styles.odd_of(cells)[0, 6] == styles.codes[0]


def test_a_cell_of_no_place_asks_for_the_exact_form() -> None:
    assert PLAIN.odd_cells(b'<row r="1"><c s="2"><v>1</v></c></row>') is None


@pytest.mark.parametrize("spelling", ['s="02"', 's = "2"', 's= "2"', 's="&#50;"', 's="+2"', 's=" 2"', "s\n='2'"])
def test_an_unusual_spelling_of_a_format_asks_for_the_exact_form(spelling: str) -> None:
    cells = f'<row r="1"><c r="A1" {spelling}><v>1</v></c></row>'.encode()
    assert PLAIN.odd_cells(cells) is None


def test_attributes_of_other_names_place_and_type_no_cell() -> None:
    cells = b'<row r="1"><c x:r="B1" x:t="s" r="A1" s="2"><v>1</v></c></row>'
    assert PLAIN.odd_cells(cells) == {(0, 0): "000-00"}


@pytest.mark.parametrize(
    ("fonts", "struck"),
    [
        ("<font/><font><b/><strike/></font>", {1, 3}),
        ('<font><strike val="0"/></font><font><strike/><strike val="false"/></font>', set()),
        ("<font><strike/></font><font/>", {0, 2}),
        ("<strike/>", set()),
        ("", set()),
    ],
)
def test_formats_whose_font_is_struck_out_are_known(fonts: str, struck: set[int]) -> None:
    formats = '<xf/><xf fontId="1"/><xf fontId="0"/><xf fontId="01"/><xf fontId="7"/><xf fontId="x"/>'
    others = '<cellStyleXfs><xf fontId="1"/></cellStyleXfs>'
    after = "<dxfs><dxf><font><strike/></font></dxf></dxfs>"
    part = f'<styleSheet xmlns="{MAIN}"><fonts>{fonts}</fonts>{others}<cellXfs>{formats}</cellXfs>{after}</styleSheet>'
    assert read_styles(part.encode()).struck == struck


def test_no_formats_are_general_ones() -> None:
    none = read_styles(b"")
    assert (none.codes, none.odd, none.odd_cells(CELLS.encode()), none.kind(0)) == ([], {}, {}, "")


def test_broken_formats_are_refused() -> None:
    with pytest.raises(InputError, match="повреждён"):
        read_styles(b"<styleSheet><numFmts>")


def test_a_format_named_by_no_number_is_none() -> None:
    assert [style_number(given) for given in ("7", "", "-1", "x", "9" * 10)] == [7, -1, -1, -1, -1]
