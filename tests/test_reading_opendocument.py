"""Errors in OpenDocument spreadsheets are found at their cells, whatever is repeated before them."""

from __future__ import annotations

from workbook_tools.grids import Trouble
from workbook_tools.reading.opendocument import error_cells

ERROR = '<t:table-cell o:value-type="string" c:value-type="error"{}><x:p>#DIV/0!</x:p></t:table-cell>'


def content(rows: str) -> bytes:
    return f'<a xmlns:t="t" xmlns:o="o" xmlns:c="c" xmlns:x="x"><t:table t:name="Лист">{rows}</t:table></a>'.encode()


def test_an_error_stands_after_all_that_is_repeated_before_it() -> None:
    rows = (
        '<t:table-row t:number-rows-repeated="3"><t:table-cell/></t:table-row><t:table-row>'
        f'<t:table-cell t:number-columns-repeated="2"/><t:covered-table-cell/>{ERROR.format("")}</t:table-row>'
        f"<t:table-row>{ERROR.format(' t:number-columns-repeated=' + chr(34) + '2' + chr(34))}</t:table-row>"
    )
    places = [(3, 3), (4, 0), (4, 1)]
    assert error_cells(content(rows)) == {"Лист": tuple(Trouble(*place, "error_cell", "#DIV/0!") for place in places)}


def test_a_sheet_without_errors_has_none() -> None:
    text = '<t:table-row><t:table-cell o:value-type="string"><x:p>error</x:p></t:table-cell></t:table-row>'
    assert error_cells(content(text)) == {}
