"""The first of the shared strings is found without the others, however the part is written."""

from __future__ import annotations

import pytest

from tests.sheets import MAIN, STRINGS, book_parts, zipped
from workbook_tools.reading.archive import Archive
from workbook_tools.reading.parts import Package
from workbook_tools.reading.values import Values


@pytest.mark.parametrize(
    ("part", "first"),
    [
        (f'<sst xmlns="{MAIN}"><si><t>первая</t></si><si><t>вторая</t></si></sst>', "первая"),
        (f'<sst xmlns="{MAIN}"><si><r><t>пер</t></r><r><t>вая</t></r></si><si><t>вторая</t></si></sst>\n', "первая"),
        (f'<x:sst xmlns:x="{MAIN}"><x:si><x:t>первая</x:t></x:si><x:si><x:t>вторая</x:t></x:si></x:sst>', "первая"),
        (f'<sst xmlns="{MAIN}"><si/><si><t>вторая</t></si></sst>', ""),
        (f'<sst xmlns="{MAIN}"/>', ""),
        (f'<sst xmlns="{MAIN}"><si><!-- </si> --><t>первая</t></si><si><t>вторая</t></si></sst>', "первая"),
        (f'<sst xmlns="{MAIN}"><si><t><![CDATA[первая</si>]]></t></si></sst>', "первая</si>"),
        (f'<sst xmlns="{MAIN}"><!-- <si><t>нет</t></si> --><si><t>первая</t></si></sst>', "первая"),
    ],
    ids=["plain", "runs", "prefixed", "blank", "none", "comment", "character data", "item in a comment"],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_the_first_string_is_that_of_the_whole_list(part: str, first: str, encoding: str) -> None:
    parts: dict[str, str | bytes] = {**book_parts(), STRINGS: part.encode(encoding)}
    assert Values(Package(Archive(zipped(parts)))).first_string == first


def test_a_book_without_shared_strings_has_no_first() -> None:
    parts = book_parts()
    parts["xl/_rels/workbook.xml.rels"] = parts["xl/_rels/workbook.xml.rels"].replace("/sharedStrings", "/other")
    assert Values(Package(Archive(zipped(parts)))).first_string == ""
