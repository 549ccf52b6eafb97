"""The fast form counts only the shape it knows, and trusts nothing that does not come out even."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

import pytest

from tests.sheets import MAIN, sheet
from workbook_tools.reading.integrity import agrees, may_hold_odd_texts, survey

if TYPE_CHECKING:
    from workbook_tools.grids import CellValue

ROW = '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1"><v>5</v></c><c r="C1" t="inlineStr"><is><t>т</t></is></c></row>'
READ: tuple[tuple[CellValue, ...], ...] = (("первая", 5.0, "т"),)


def counted(content: str | bytes, rows: tuple[tuple[CellValue, ...], ...], *, from_1904: bool = False) -> bool:
    part = content.encode() if isinstance(content, str) else content
    found = survey(part, has_strings=True)
    return found is not None and agrees(found, part, rows, from_1904=from_1904, first="первая")


def test_a_sheet_of_the_known_shape_comes_out_even() -> None:
    assert counted(sheet(ROW), READ)
    assert counted(sheet(""), ())
    assert counted(sheet(ROW + '<row r="2" s="1"/><row r="3"><c r="A3" s="1"></c></row>'), READ)
    assert counted(
        sheet('<row r="1"><c r="A1"><f>1</f><v>2</v></c><c r="B1" t="str"><f>1</f><v>т</v></c></row>'), ((2.0, "т"),)
    )


@pytest.mark.parametrize(
    "rows",
    [(), (("первая", 5.0, ""),), (("первая", "5", "т"),), (("первая", 5.0, "т", "ещё"),), ((), ("первая", 5.0, "т")),
     (("первая", float("nan"), "т"),), (("первая", 3_000_000.0, "т"),), (("первая", datetime.time(12), "т"),),
     (("первая", datetime.date(1900, 2, 28), "т"),)],
)  # fmt: skip
def test_rows_that_are_not_what_was_counted_are_not_trusted(rows: tuple[tuple[CellValue, ...], ...]) -> None:
    assert not counted(sheet(ROW), rows)


def test_the_day_before_the_false_one_is_a_day_where_days_are_counted_from_1904() -> None:
    day: tuple[tuple[CellValue, ...], ...] = (("первая", datetime.date(1900, 2, 28), "т"),)
    assert counted(sheet(ROW), day, from_1904=True)


@pytest.mark.parametrize(
    "content",
    [
        sheet(ROW).encode("utf-16"),
        f'<?xml version="1.0" encoding="koi8-r"?>{sheet(ROW)}',
        sheet(f"<!-- -->{ROW}"),
        sheet(ROW.replace("<row r", "<row s='1' r")),
        sheet(ROW + ROW),
        sheet(ROW.replace('r="1"', 'r="0"')),
        sheet(ROW.replace("<v>0</v>", "<v>-1</v>")),
        sheet(ROW.replace("<v>0</v>", "<v> 0 </v>")),
        sheet(ROW.replace("<v>0</v>", "<v>AB</v>")),
        sheet(ROW.replace("<v>0</v>", '<v>"</v>')),
        sheet(ROW.replace("<v>0</v>", "<v>18446744073709551616</v>")),
        sheet(ROW.replace("<v>0</v>", "<v>1</v>")),
        sheet(ROW.replace('<c r="B1">', '<c r="B1" t="e"/><c r="D1">')),
        sheet(ROW.replace("<v>5</v>", "<x:v>5</x:v>")),
        sheet(ROW.replace("<v>5</v>", "<v>5<?x ?></v>")),
        sheet(ROW.replace("<v>0</v>", "<v>-1</v>"), after='<extLst><z t="s"><v>0</v></z></extLst>'),
        sheet(ROW.replace('t="s"', "t='s'")),
        sheet("<c r='A1'/>" + ROW),
        sheet(ROW, after="<sheetData></sheetData>"),
        f'<x:worksheet xmlns:x="{MAIN}"><x:sheetData/></x:worksheet>',
        sheet(ROW.replace("<c r", f"<c {' ' * 60_000}r", 1)),
        sheet(ROW.replace('r="B1"', 'r="B121048576"')),
        sheet(ROW.replace('<c r="B1"', "<c s='1' r='ZZZZZZ1'")),
        sheet(ROW.replace('r="B1"', 'r = "B121048576"')),
        sheet(ROW.replace('<c r="B1"', '<c s="1"r="B121048576"')),
    ],
    ids=[
        "utf-16",
        "koi8",
        "comment",
        "order",
        "twice",
        "row 0",
        "-1",
        "spaces",
        "letters",
        "a quote",
        "64 bits",
        "another string",
        "an error without a name",
        "a prefix",
        "an instruction",
        "elsewhere",
        "quotes",
        "loose",
        "two",
        "prefix",
        "long",
        "far below",
        "far right",
        "far below with spaces",
        "far below without a space",
    ],
)
def test_another_shape_is_left_to_the_exact_form(content: str | bytes) -> None:
    assert not counted(content, READ)


@pytest.mark.parametrize("place", ['s="1" r="XFD999999"', 's="1" r="Z9999999"', 'r="Z9999999"'])
def test_no_fast_reader_goes_where_a_cell_of_a_far_row_stands(place: str) -> None:
    content = sheet(f'{ROW}<row r="999999"><c {place}><v>1</v></c></row><row r="1000000"></row>')
    assert survey(content.encode(), has_strings=True) is None


@pytest.mark.parametrize(
    ("text", "odd"),
    [
        ("<t>текст! №5</t>", False),
        ("\x01", True),
        ("&#1;", True),
        ("_x0001_", True),
        ("\uffff", True),
        ("\t\r\n", False),
        ("<si><t>" + "т" * 9_000 + "</t></si>", True),
        (("<si><t>" + "т" * 7_000 + "</t></si>") * 9, False),
    ],
)
def test_texts_worth_a_look_are_noticed(text: str, *, odd: bool) -> None:
    assert may_hold_odd_texts(text.encode()) is odd
