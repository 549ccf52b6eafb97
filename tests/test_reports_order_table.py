"""The table of the annex as XML: what each cell says, how rows are merged, and how long it can be at most."""

from __future__ import annotations

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from hypothesis import given
from hypothesis import strategies as st

from tests.books import PROFILE
from workbook_tools.printed import AnnexRow
from workbook_tools.reports.order_table import most_bytes, table_xml

_TEXT = st.text(st.sampled_from("а1- \n<&%\x07"), max_size=8)
_ROWS = st.lists(
    st.builds(AnnexRow, st.sampled_from("12"), st.sampled_from(["", "д"]), st.sampled_from("аб"), _TEXT, _TEXT, _TEXT),
    max_size=6,
)
_SAID = {qn("w:br"): "\n", qn("w:noBreakHyphen"): "-"}


def cells(rows: list[AnnexRow]) -> list[list[tuple[str, str]]]:
    """Return for each row what each cell says, and how it is merged: restart, continue or ""."""
    xml = "".join(table_xml(rows, 257, PROFILE)).replace("<w:tbl>", f"<w:tbl {nsdecls('w')}>", 1)
    _, *made = parse_xml(xml).xpath("w:tr")
    return [[(said(cell), cell.vMerge or "") for cell in row.xpath("w:tc")] for row in made]


def said(cell: object) -> str:
    return "".join(_SAID.get(part.tag, part.text or "") for part in cell.xpath("w:p/w:r/*"))  # type: ignore[attr-defined] # an element


@given(_ROWS)
def test_every_row_says_its_texts_or_goes_on_from_one_that_does(rows: list[AnnexRow]) -> None:
    above: list[str] = []
    for row, made in zip(rows, cells(rows), strict=True):
        texts = [above[at] if merged == "continue" else text for at, (text, merged) in enumerate(made)]
        assert texts == ["\n".join(text.replace("\x07", "\\x0007").splitlines()) for text in row]
        assert {merged for _, merged in made[3:]} == {""}
        above = texts


@given(_ROWS)
def test_the_table_is_no_longer_than_is_said(rows: list[AnnexRow]) -> None:
    assert sum(len(piece.encode()) for piece in table_xml(rows, 257, PROFILE)) <= most_bytes(rows)


def test_no_hyphen_within_a_number_ends_a_line() -> None:
    row = AnnexRow("1", "д", "из-за", "телефонная связь: 29-01-77", "2-", "-2")
    (made,) = ("".join(table_xml([row], 257, PROFILE)).split("<w:tr>")[2:],)
    assert made[0].count("<w:noBreakHyphen/>") == 2
    assert [text for text, _ in cells([row])[0]] == list(row)
