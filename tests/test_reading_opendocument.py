"""Errors in OpenDocument spreadsheets are found at their cells, whatever is repeated before them."""

from __future__ import annotations

import pytest

from workbook_tools.grids import Shown, Trouble
from workbook_tools.reading.found import Found
from workbook_tools.reading.opendocument import look_through

OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
ERROR = '<t:table-cell o:value-type="string" c:value-type="error"{}><x:p>#DIV/0!</x:p></t:table-cell>'


def content(rows: str) -> bytes:
    spaces = f'xmlns:t="t" xmlns:o="{OFFICE}" xmlns:c="c" xmlns:x="x"'
    return f'<a {spaces}><t:table t:name="Лист">{rows}</t:table></a>'.encode()


def test_an_error_stands_after_all_that_is_repeated_before_it() -> None:
    rows = (
        '<t:table-row t:number-rows-repeated="3"><t:table-cell/></t:table-row><t:table-row>'
        f'<t:table-cell t:number-columns-repeated="2"/><t:covered-table-cell/>{ERROR.format("")}</t:table-row>'
        f"<t:table-row>{ERROR.format(' t:number-columns-repeated=' + chr(34) + '2' + chr(34))}</t:table-row>"
    )
    places = [(3, 3), (4, 0), (4, 1)]
    assert look_through(content(rows)) == {
        "Лист": Found(tuple(Trouble(*place, "error_cell", "#DIV/0!") for place in places))
    }


def test_a_sheet_without_errors_has_none() -> None:
    text = '<t:table-row><t:table-cell o:value-type="string"><x:p>error</x:p></t:table-cell></t:table-row>'
    assert look_through(content(text)) == {}


@pytest.mark.parametrize(
    ("cell", "kind", "shown"),
    [
        ("<t:table-cell><x:p>слово</x:p></t:table-cell>", "no_value", "слово"),
        ('<t:table-cell o:value-type="void"><x:p>слово</x:p></t:table-cell>', "no_value", "слово"),
        ('<t:table-cell o:value-type="float"><x:p>7</x:p></t:table-cell>', "no_value", "7"),
        ('<t:table-cell t:formula="of:=A1"></t:table-cell>', "formula", "#?"),
        ('<t:table-cell o:value-type="string"><x:p>а<x:line-break/>б</x:p></t:table-cell>', "no_value", "аб"),
        ('<t:table-cell o:value-type="string"><x:p>а<x:tab/>б</x:p></t:table-cell>', "no_value", "аб"),
    ],
)
def test_what_the_fast_reader_would_lose_or_glue_is_told(cell: str, kind: str, shown: str) -> None:
    assert look_through(content(f"<t:table-row>{cell}</t:table-row>")) == {"Лист": Found((Trouble(0, 0, kind, shown),))}


@pytest.mark.parametrize(
    "cell",
    [
        "<t:table-cell/>",
        '<t:table-cell o:value-type="float" o:value="7.5"><x:p>7,5</x:p></t:table-cell>',
        '<t:table-cell t:formula="of:=1" o:value-type="float" o:value="1"><x:p>1</x:p></t:table-cell>',
        '<t:table-cell o:value-type="date" o:date-value="2026-11-25"><x:p>25.11.2026</x:p></t:table-cell>',
        "<t:table-cell><o:annotation><x:p>примечание</x:p></o:annotation></t:table-cell>",
    ],
)
def test_cells_as_programs_write_them_are_no_trouble(cell: str) -> None:
    assert look_through(content(f"<t:table-row>{cell}</t:table-row>")) == {}


@pytest.mark.parametrize(
    ("cell", "told"),
    [
        ('o:value-type="percentage" o:value="0.5"><x:p>50%</x:p>', ("shown_number", "50%", "0,5")),
        ('o:value-type="currency" o:value="5"><x:p>5,00 ₽</x:p>', ("shown_number", "5,00 ₽", "5")),
        ('o:value-type="float" o:value="2.5"><x:p>3</x:p>', ("rounded_number", "2,5", "3")),
        ('o:value-type="float" o:value="5"><x:p/>', ("rounded_number", "5", "")),
        ('o:value-type="date" o:date-value="2026-04-03"><x:p>3.апр</x:p>', ("shown_date", "03.04.2026", "3.апр")),
        ('o:value-type="time" o:time-value="PT36H00M00S"><x:p>36:00</x:p>', ("moment", "36:00:00", "")),
    ],
)
def test_what_is_seen_otherwise_than_it_is_written_is_told_wherever_it_is_repeated(
    cell: str, told: tuple[str, str, str]
) -> None:
    repeated = f'<t:table-row><t:table-cell t:number-columns-repeated="2" {cell}</t:table-cell></t:table-row>'
    shown = (Shown(0, 0, *told), Shown(0, 1, *told))
    assert look_through(content(repeated)) == {"Лист": Found(shown=shown)}


@pytest.mark.parametrize("value", ["value", "NaN", "1,5", "1e9999"])
def test_what_is_no_number_is_not_compared(value: str) -> None:
    cell = f'<t:table-cell o:value-type="float" o:value="{value}"><x:p>7</x:p></t:table-cell>'
    assert look_through(content(f"<t:table-row>{cell}</t:table-row>")) == {}
