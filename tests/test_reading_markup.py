"""Markup that no office program writes is refused, with the limit that it breaks."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from workbook_tools import limits
from workbook_tools.errors import InputError
from workbook_tools.reading.markup import check_part, has_short_tags, parse

AGAIN = "Откройте его, сохраните заново в формате .xlsx и пришлите ещё раз"
DECLARED = f"в файле есть объявления, которых не бывает в документах. {AGAIN}"


class Names:
    """Keeps the names and texts it is given."""

    def __init__(self) -> None:
        self.seen: list[str] = []

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        self.seen.append(f"{name}{len(attributes) or ''}")

    def end(self, name: str) -> None:
        self.seen.append(f"/{name}")

    def text(self, data: str) -> None:
        self.seen.append(data)


def parsed(part: str | bytes) -> list[str]:
    names = Names()
    parse(part.encode() if isinstance(part, str) else part, names)
    return names.seen


def refusal(part: str | bytes) -> str:
    with pytest.raises(InputError) as refused:
        parsed(part)
    return str(refused.value)


def test_elements_come_with_their_namespaces_and_texts() -> None:
    assert parsed('<a xmlns="n" b="1">т<x:c xmlns:x="m"/></a>') == ["n a1", "т", "m c", "/m c", "/n a"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
@pytest.mark.parametrize("mark", ["<!DOCTYPE a>", '<!ENTITY a "b">'])
def test_declarations_are_refused_in_any_encoding(mark: str, encoding: str) -> None:
    with pytest.raises(InputError) as refused:
        check_part(f"{mark}<a/>".encode(encoding))
    assert str(refused.value) == DECLARED
    check_part("<a>! объявление</a>".encode(encoding))


def test_the_parser_itself_takes_no_declaration() -> None:
    assert refusal('<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>') == DECLARED


def test_elements_as_deep_as_the_limit_are_read_and_one_more_is_refused() -> None:
    deep = limits.XML_DEPTH
    assert len(parsed("<a>" * deep + "</a>" * deep)) == 2 * deep
    assert refusal("<a>" * (deep + 1) + "</a>" * (deep + 1)) == f"в файле больше 256 вложенных элементов. {AGAIN}"


def test_as_many_attributes_as_the_limit_are_read_and_one_more_is_refused() -> None:
    many = [f'a{number}=""' for number in range(limits.XML_ATTRIBUTES + 1)]
    assert parsed(f"<a {' '.join(many[:-1])}/>")[0] == "a10000"
    assert refusal(f"<a {' '.join(many)}/>") == f"у элемента файла больше 10000 свойств. {AGAIN}"


def test_a_tag_over_the_limit_is_refused() -> None:
    check_part(b"<a>" + b"t" * 100 + b"</a>")
    with pytest.raises(InputError) as refused:
        check_part(b'<a b="' + b"t" * 2 * limits.XML_TAG_BYTES + b'"/>')
    assert str(refused.value) == f"в файле есть элемент длиннее 1 МиБ. {AGAIN}"


def test_short_tags_are_told_from_long_ones() -> None:
    assert has_short_tags(b"<a/>" * 10_000)
    assert not has_short_tags(b"<a " + b" " * 100_000 + b"/>")


@pytest.mark.parametrize("part", ["<a>", "<a></b>", "<a>&b;</a>", "<a>&#0;</a>", "", b"<a>\xff</a>", "<a/><b/>"])
def test_what_is_not_well_formed_is_damage(part: str | bytes) -> None:
    assert refusal(part) == f"файл повреждён: его разметка нарушена. {AGAIN}"
