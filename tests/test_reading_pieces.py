"""A text of several pieces is put together once: what one reader says of it, all say."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple
from xml.sax.saxutils import escape

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.sheets import MAIN, STYLES, book_parts, zipped
from workbook_tools.reading.archive import Archive
from workbook_tools.reading.markup import parse
from workbook_tools.reading.ooxml import read_package
from workbook_tools.reading.pieces import Piece, Strings, unescaped

if TYPE_CHECKING:
    from workbook_tools.grids import Grid

ALOUD = '<rPh sb="0" eb="1"><t>нет</t></rPh><phoneticPr fontId="1"/>'
# What a run says of its font, and whether that strikes it out; None where it is the font of its cell that counts.
FONTS = {
    "": None,
    "<rPr/>": False,
    "<rPr><b/></rPr>": False,
    "<rPr><strike/></rPr>": True,
    '<rPr><sz val="11"/><strike val="1"/></rPr>': True,
    '<rPr><strike val="0"/></rPr>': False,
}
SIGNS = ("а", "б", " ", "\t", "\n", "<", "&", "_x0041_", "_x005F_", "_x0009_", "_xD800_")


class Run(NamedTuple):
    """A run of a text as a program writes it."""

    text: str
    font: str = ""
    keeps_space: bool = False

    @property
    def markup(self) -> str:
        space = ' xml:space="preserve"' if self.keeps_space else ""
        return f"<r>{self.font}<t{space}>{escape(self.text)}</t></r>"

    @property
    def seen(self) -> str:
        text = self.text if self.keeps_space else self.text.strip()
        return re.sub("_x(0041|005F|0009)_", lambda code: chr(int(code[1], 16)), text)


RUNS = st.lists(
    st.builds(Run, st.lists(st.sampled_from(SIGNS), max_size=4).map("".join), st.sampled_from([*FONTS]), st.booleans()),
    max_size=4,
)


def taken(*items: str) -> Strings:
    strings = Strings()
    parse(f'<sst xmlns="{MAIN}">{"".join(items)}</sst>'.encode(), strings)
    return strings


def read(cells: str, item: str) -> Grid:
    """Return a sheet of one row; format 3 strikes out."""
    parts = book_parts(f'<row r="1">{cells}</row>', strings=item)
    fonts = "<fonts><font/><font><strike/></font></fonts>"
    parts[STYLES] = parts[STYLES].replace("<cellXfs>", f"{fonts}<cellXfs>")
    parts[STYLES] = parts[STYLES].replace("</cellXfs>", '<xf numFmtId="0" fontId="1"/></cellXfs>')
    content = zipped(parts)
    return read_package(Archive(content), content)[0][0]


@settings(max_examples=60, deadline=None)
@given(RUNS, st.sampled_from(["", ALOUD]))
@example([], "")
@example([Run("_x0041_ ", keeps_space=True), Run("б", "<rPr><strike/></rPr>")], ALOUD)
def test_what_one_reader_says_of_a_text_all_say(runs: list[Run], aloud: str) -> None:
    """Shared or in its cell, at once or cell by cell: the text, and which of it is struck out."""
    inside = "".join(run.markup for run in runs) + aloud
    whole = "".join(run.seen for run in runs)
    assert unescaped(taken(f"<si>{inside}</si>").found[0]) == whole
    for style in (0, 3):
        struck = [run.seen for run in runs if FONTS[run.font] or (style and FONTS[run.font] is None)]
        told = [words for words in ["".join(struck).strip()] if words]
        for cell in ('t="s"><v>0</v>', f't="inlineStr"><is>{inside}</is>'):
            for also in ("", '<c r="B1" t="e"><v>#N/A</v></c>'):
                grid = read(f'<c r="A1" s="{style}" {cell}</c>{also}', f"<si>{inside}</si>")
                assert (grid.text(0, 0), [aside.shown for aside in grid.asides]) == (whole, told)


def test_only_texts_with_fonts_of_their_own_are_kept_in_pieces() -> None:
    strings = taken(
        "<si><t>а</t></si>", "<si><r><t>а</t></r><r><t>б</t></r></si>", f"<si><t>в</t>{ALOUD}</si>", "<si/>"
    )
    assert (strings.found, strings.pieces) == (["а", "аб", "в", ""], {})
    assert strings.pieces_of(1) == [Piece("аб", is_struck=None)]


def test_of_a_text_with_fonts_every_piece_says_whether_it_is_struck_out() -> None:
    fonts = "<r><t>в</t></r><r><rPr><strike/></rPr><t>г</t></r><r><rPr><b/></rPr><t>д</t></r><r><t>е</t></r>"
    strings = taken("<si><t>а</t></si>", f"<si><t>б</t>{fonts}</si>", "<si><t>ж</t></si>")
    told = [("бв", None), ("г", True), ("д", False), ("е", None)]
    assert strings.pieces == {1: [Piece(*piece) for piece in told]}
    assert strings.found == ["а", "бвгде", "ж"]


def test_a_mark_outside_the_properties_of_a_run_strikes_nothing_out() -> None:
    assert taken("<si><strike/><t>а</t></si>").pieces == {}


@pytest.mark.parametrize(
    ("inside", "text"),
    [
        ("<t>а<b>б</b>в</t>", "абв"),
        ("<b><t>а</t></b>", "а"),
        ("<t> а\r\n\t</t>", "а"),
        ("<t xml:space='preserve'> а </t>", " а "),
        ("<t xml:space='default'> а </t>", "а"),
        ("<t>\u00a0а\u00a0</t>", "\u00a0а\u00a0"),
        ("<t>а<![CDATA[<б>]]>в</t>", "а<б>в"),
    ],
)
def test_no_letter_of_a_text_is_lost(inside: str, text: str) -> None:
    assert taken(f"<si>{inside}</si>").found == [text]


def test_a_text_before_the_first_belongs_to_none() -> None:
    assert taken("<t>нет</t>", "<si><t>а</t></si>").found == ["а"]


@pytest.mark.parametrize(
    ("text", "decoded"),
    [
        ("а_x000D_б", "а\rб"),
        ("_x005F_x0041_", "_x0041_"),
        ("_xD800_", "_xD800_"),
        ("_x00e9_", "_x00e9_"),
        ("_x41_", "_x41_"),
    ],
)
def test_codes_are_decoded_once_and_halves_of_a_character_stay(text: str, decoded: str) -> None:
    assert unescaped(text) == decoded
