"""Long stretches of a Word document, written as text: the same as the library would have written."""

from __future__ import annotations

import datetime
import zipfile
from itertools import repeat
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Pt
from hypothesis import given
from hypothesis import strategies as st

from tests.books import PROFILE
from workbook_tools.errors import InternalError
from workbook_tools.reports.word import (
    HEADING_GAP_PT,
    Stretches,
    add_text,
    bound,
    new_document,
    paragraph_xml,
    save_document,
)

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

_DOCUMENT = Document()


def begun() -> WordDocument:
    return new_document(PROFILE.style, "Проект", "Автор", datetime.date(2026, 11, 25))


@given(st.text(st.sampled_from("а№ 1\t\n\r<&>\"'\x07\ud800\u00a0\u2028"), min_size=1), st.booleans())
def test_a_paragraph_as_text_is_the_one_that_the_library_makes(text: str, heading: bool) -> None:  # noqa: FBT001 - given
    made = add_text(_DOCUMENT, text, bold=heading)
    if heading:
        made.paragraph_format.keep_with_next = True
        made.paragraph_format.space_before = Pt(HEADING_GAP_PT)
    body = _DOCUMENT.element.body
    body.append(parse_xml(paragraph_xml(text, heading=heading).replace("<w:p>", f"<w:p {nsdecls('w')}>", 1)))
    assert made._p.xml == body[-1].xml  # noqa: SLF001 - the paragraph as it is written
    body.clear()


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("приказ от 05.11.2026 № 151", "приказ от 05.11.2026 №_151"),
        ("раздел III, абз. 2 и 5", "раздел III, абз._2 и 5"),
        ("раздел II, п. 2.2, абз. 2; Пп. 4", "раздел II, п._2.2, абз._2; Пп._4"),
        ("и т. п. 5 записей, абз. второй, № ", "и т. п._5 записей, абз. второй, № "),
        ("стр. 5, отп. 6", "стр. 5, отп. 6"),
    ],
)
def test_a_part_of_an_act_is_never_parted_from_its_number(text: str, written: str) -> None:
    assert bound(text) == written.replace("_", "\u00a0")


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("Министр П.Ю. Илюхин", "Министр П.Ю._Илюхин"),
        ("Министру П. Ю. Илюхину доложить", "Министру П._Ю._Илюхину доложить"),
        ("возложить на Петрову-Ильину А.Б., заместителя", "возложить на Петрову-Ильину_А.Б., заместителя"),
        ("возложить на Петрова А.Б. и С.С. Котова", "возложить на Петрова_А.Б. и С.С._Котова"),
        ("возложить на Петрова А. Б.", "возложить на Петрова_А._Б."),
        ("за 4 квартал 2026 г. и далее", "за 4 квартал 2026_г. и далее"),
        ("Раздел III. В нём. Отдел А. Порядок", "Раздел III. В нём. Отдел А. Порядок"),
    ],
)
def test_a_name_is_never_parted_from_its_initials_nor_a_year_from_its_word(text: str, written: str) -> None:
    assert bound(text) == written.replace("_", "\u00a0")


def test_a_stretch_stands_where_the_document_ended_when_it_came(tmp_path: Path) -> None:
    document = begun()
    stretches = Stretches(document)
    add_text(document, "первый")
    stretches.put(map(paragraph_xml, ["второй", "третий"]), 1000)
    stretches.put([], 0)
    add_text(document, "четвёртый")
    stretches.put(repeat(paragraph_xml("ещё"), 2000), 1_000_000)
    save_document(document, tmp_path / "Проект.docx", stretches)
    texts = [paragraph.text for paragraph in Document(str(tmp_path / "Проект.docx")).paragraphs]
    assert texts == ["первый", "второй", "третий", "четвёртый", *["ещё"] * 2000]


def test_a_text_that_looks_like_the_place_of_a_stretch_stays_a_text(tmp_path: Path) -> None:
    document, text = begun(), '<w:customXml w:element="0"/>'
    stretches = Stretches(document)
    add_text(document, text)
    stretches.put([paragraph_xml(text)], 1000)
    save_document(document, tmp_path / "Проект.docx", stretches)
    assert [paragraph.text for paragraph in Document(str(tmp_path / "Проект.docx")).paragraphs] == [text, text]


def test_what_may_be_longer_than_two_gigabytes_is_noted_so_and_opens(tmp_path: Path) -> None:
    document = begun()
    stretches = Stretches(document)
    stretches.put([paragraph_xml("текст")], 1 << 31)
    save_document(document, tmp_path / "Проект.docx", stretches)
    with zipfile.ZipFile(tmp_path / "Проект.docx") as archive:
        assert archive.getinfo("word/document.xml").extract_version == zipfile.ZIP64_VERSION
    assert [paragraph.text for paragraph in Document(str(tmp_path / "Проект.docx")).paragraphs] == ["текст"]


def test_a_stretch_that_is_no_xml_is_seen_before_anybody_opens_it(tmp_path: Path) -> None:
    document = begun()
    stretches = Stretches(document)
    stretches.put(["<w:p>"], 10)
    with pytest.raises(InternalError, match="записанный файл повреждён"):
        save_document(document, tmp_path / "Проект.docx", stretches)
