"""A cell of an OpenDocument sheet is read by its attributes and paragraphs; what it does not say for sure is told."""

from __future__ import annotations

import datetime

import pytest

from tests.opened import book, row
from workbook_tools.grids import CellValue, Grid, Trouble
from workbook_tools.reading.opendocument import read_sheets
from workbook_tools.reading.signs import sign_troubles


def read(attributes: str, inside: str = "") -> Grid:
    (grid,) = read_sheets(book(row(f"<table:table-cell {attributes}>{inside}</table:table-cell>")))
    return grid


def typed(kind: str, value: str, name: str = "value") -> str:
    return f'office:value-type="{kind}" office:{name}="{value}"'


TEXT = 'office:value-type="string"'


@pytest.mark.parametrize(
    ("inside", "text"),
    [
        ("<text:p>а</text:p><text:p>б</text:p>", "а\nб"),
        ("<text:p>а<text:line-break/>б<text:tab/>в</text:p>", "а\nб\tв"),
        ('<text:p>а<text:s/>б<text:s text:c="3"/>в</text:p>', "а б   в"),
        ("<text:p>а <text:span>б <text:a>в</text:a></text:span></text:p>", "а б в"),
        ("<text:p><![CDATA[а & б]]></text:p>", "а & б"),
        ("\n  <text:p>а</text:p>\n", "а"),
        ("<text:h>а</text:h><text:list><text:list-item><text:p>б</text:p></text:list-item></text:list>", "а\nб"),
        ("<office:annotation><text:p>примечание</text:p></office:annotation><text:p>а</text:p>", "а"),
        ("<text:p>а<!-- нет -->б</text:p>", "аб"),
        ("<text:p>лист <text:sheet-name>Лист</text:sheet-name></text:p>", "лист Лист"),
    ],
)
def test_a_text_is_read_as_people_see_it(inside: str, text: str) -> None:
    grid = read(TEXT, inside)
    assert (grid.rows, grid.troubles, grid.asides) == (((text,),), (), ())


@pytest.mark.parametrize(
    ("attributes", "value"),
    [
        (typed("string", "а б", "string-value"), "а б"),
        (typed("float", "7"), 7.0),
        (typed("percentage", ".5"), 0.5),
        (typed("boolean", "false", "boolean-value"), False),
        (typed("date", "2026-11-25", "date-value"), datetime.date(2026, 11, 25)),
        (typed("date", "2026-11-25T00:00:00", "date-value"), datetime.date(2026, 11, 25)),
        (typed("time", "PT26H30M", "time-value"), datetime.timedelta(hours=26, minutes=30)),
        (typed("time", "-PT1H", "time-value"), datetime.timedelta(hours=-1)),
        (typed("time", "PT0H0M1,5S", "time-value"), datetime.time(0, 0, 1, 500_000)),
        ('table:formula="of:=1" ' + typed("float", "1"), 1.0),
    ],
)
def test_a_value_is_read_by_its_kind(attributes: str, value: CellValue) -> None:
    grid = read(attributes, "" if "string" in attributes else "<text:p>как показано</text:p>")
    assert (grid.rows, grid.troubles) == (((value,),), ())


@pytest.mark.parametrize("attributes", ["", 'table:style-name="ce1"', 'office:value-type="void"', TEXT])
def test_a_cell_without_a_value_is_blank(attributes: str) -> None:
    grid = read(attributes)
    assert (grid.rows, grid.troubles) == ((), ())


SHOWN = "<text:p>слово</text:p>"


@pytest.mark.parametrize(
    ("attributes", "inside", "kind", "shown"),
    [
        ("", SHOWN, "no_value", "слово"),
        ('office:value-type="void"', SHOWN, "no_value", "слово"),
        ('office:value-type="float"', SHOWN, "no_value", "слово"),
        ('office:value-type="float"', "", "no_value", "#?"),
        ('office:value="7"', "", "no_value", "7"),
        ('table:formula="of:=A1"', "", "formula", "#?"),
        (f'{TEXT} calcext:value-type="error"', "<text:p>#N/A</text:p>", "error_cell", "#N/A"),
        (f'{TEXT} calcext:value-type="error"', "", "error_cell", "#?"),
        (typed("string", "иное", "string-value"), SHOWN, "twice_cell", "иное; слово"),
        (typed("float", "1,5"), SHOWN, "no_number", "1,5"),
        (typed("float", "nan"), SHOWN, "no_number", "nan"),
        (typed("float", "1e999"), SHOWN, "no_number", "1e999"),
        (typed("boolean", "да", "boolean-value"), SHOWN, "no_value", "да"),
        (typed("date", "2026-02-31", "date-value"), SHOWN, "no_date", "2026-02-31"),
        (typed("date", "2026-02-03T10:00:00Z", "date-value"), SHOWN, "no_value", "2026-02-03T10:00:00Z"),
        (typed("time", "10:20", "time-value"), SHOWN, "no_value", "10:20"),
        (typed("time", "PT", "time-value"), SHOWN, "no_value", "PT"),
    ],
)
def test_what_is_not_certain_is_told(attributes: str, inside: str, kind: str, shown: str) -> None:
    grid = read(attributes, inside)
    assert grid.troubles == (Trouble(0, 0, kind, shown),)
    assert grid.rows == (("",),)


def test_a_text_written_twice_keeps_its_lines() -> None:
    grid = read(typed("string", "а б", "string-value"), "<text:p>а</text:p><text:p>б</text:p>")
    assert grid.rows == (("а\nб",),)


NOTE = (
    "<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>ниже</text:p></text:note-body>"
    "</text:note>"
)
BOX = "<draw:custom-shape><svg:title>Имя</svg:title><text:p>в рамке</text:p><text:p>ниже</text:p></draw:custom-shape>"


@pytest.mark.parametrize(
    ("inside", "text", "aside"),
    [
        (f"{BOX}<text:p>а</text:p>", "а", ("надпись или рисунок", "в рамке ниже")),
        (f"<text:p>а{BOX}б</text:p>", "аб", ("надпись или рисунок", "в рамке ниже")),
        (
            f"<text:p>а{NOTE}б</text:p>",
            "аб",
            ("сноска", "1 ниже"),
        ),
        (
            "<text:p><text:ruby><text:ruby-base>а</text:ruby-base><text:ruby-text>б</text:ruby-text></text:ruby></text:p>",
            "а",
            ("подпись над словом", "б"),
        ),
        ("слово<text:p>а</text:p>", "а", ("текст", "слово")),
        ("<table:unknown>слово</table:unknown><text:p>а</text:p>", "а", ("текст", "слово")),
    ],
)
def test_what_is_no_part_of_the_text_is_told_beside_it(inside: str, text: str, aside: tuple[str, str]) -> None:
    grid = read(TEXT, inside)
    assert grid.rows == ((text,),)
    assert [(item.row, item.column, item.what, item.shown) for item in grid.asides] == [(0, 0, *aside)]


@pytest.mark.parametrize("inside", [BOX, "слово"])
def test_what_stands_in_a_blank_cell_is_told_too(inside: str) -> None:
    assert len(read("", inside).asides) == 1


def test_a_picture_without_words_is_not_spoken_of() -> None:
    image = "<draw:frame><draw:image/><svg:desc>герб</svg:desc></draw:frame><text:p>а</text:p>"
    assert read(TEXT, image).asides == ()


def test_more_blanks_than_a_cell_holds_are_told() -> None:
    grid = read(TEXT, '<text:p>а<text:s text:c="99999"/></text:p>')
    assert [trouble.kind for trouble in sign_troubles(grid.rows)] == ["long_text"]
