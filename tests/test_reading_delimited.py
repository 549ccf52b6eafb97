"""Text with delimiters gives the cells that were typed, in any encoding; a doubtful one is refused with its line."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbook_tools.errors import InputError
from workbook_tools.reading.delimited import GUESSED, read_delimited

HEADER = ["№", "Код записи", "Действие"]
ROWS = [HEADER, ["1", "Т-0001", "без изменений"], ["2", "0007", "изменить; исключить\nи «прочее»"]]


def text(rows: list[list[str]], delimiter: str = ";") -> str:
    stream = io.StringIO(newline="")
    csv.writer(stream, delimiter=delimiter).writerows(rows)
    return stream.getvalue()


def cells(content: bytes) -> list[list[object]]:
    (grid,), _ = read_delimited(content)
    return [list(row) for row in grid.rows]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1251"])
@pytest.mark.parametrize("delimiter", [";", "\t"])
def test_every_field_comes_back_as_typed(encoding: str, delimiter: str) -> None:
    assert cells(text(ROWS, delimiter).encode(encoding)) == ROWS


fields = st.text(st.characters(codec="utf-8", exclude_characters="\0\r"), max_size=12)


@given(st.integers(2, 5).flatmap(lambda width: st.lists(st.lists(fields, min_size=width, max_size=width), min_size=1)))
def test_what_is_written_is_read_back(rows: list[list[str]]) -> None:
    assert cells(text(rows).encode("utf-8-sig"))[: len(rows)] == rows


def test_the_encoding_is_told() -> None:
    told = [read_delimited(text(ROWS).encode(name))[1] for name in ("utf-8", "utf-16", "cp1251")]
    assert told == ["UTF-8", "UTF-16", GUESSED]


def test_lines_above_the_table_and_blank_ones_keep_their_rows() -> None:
    given_rows = [["Сведения о точках"], [], *ROWS, [], ["3", "Т-0003", "включить"]]
    found = cells(text(given_rows).encode())
    assert found[0] == ["Сведения о точках"]
    assert found[2:] == given_rows[2:]


def test_lines_of_a_title_may_have_any_width() -> None:
    title = [["Орган", "Министерство"], ["", "Период", "2026"]]
    assert cells(text([*title, *[[str(at)] * 6 for at in range(3)]]).encode())[:2] == title


def test_a_long_title_above_a_short_table_is_no_table() -> None:
    given_rows = [*[["Название", "значение"]] * 14, *[[str(at)] * 13 for at in range(4)]]
    assert cells(text(given_rows).encode()) == given_rows


def test_a_field_longer_than_a_cell_is_no_open_quotation_mark() -> None:
    long = "ъ" * 200_000
    assert cells(text([*ROWS, ["3", "Т-0003", long]]).encode())[-1] == ["3", "Т-0003", long]


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"\xd0\x98\x98;\xff\xfe\x98", "буквы таблицы не читаются"),
        ("просто текст\nбез граф".encode(), "в тексте нет граф"),
        ('№;Код\n1;"Т-0001\n'.encode(), "строка 2: кавычки открыты и не закрыты"),
        ("№;Код;Действие\n1;Т-0001;включить\n2;Т-0002\n".encode(), "строка 3: значений 2, а граф в таблице 3"),
        ("№;Код\n1;Т-0001\n2;Т-0002;лишнее\n".encode(), "строка 3: значений 3, а граф в таблице 2"),
        ("№;Код;Действие;лишнее\n1;Т-0001;включить\n2;Т-0002;включить\n".encode(), "строка 1: значений 4, а граф"),
        ("а;б;в;г\n1;2;3;4;5\n1;2;3;4;5;6\n1;2;3;4;5;6\n".encode(), "строка 1: значений 4, а граф в таблице 6"),
        ("№;Код\0\n1;Т-0001\n".encode(), "нулевые знаки"),
    ],
)
def test_a_doubtful_text_is_refused_with_what_to_do(content: bytes, why: str) -> None:
    with pytest.raises(InputError) as refused:
        read_delimited(content)
    assert why in str(refused.value)
    assert "пришлите ещё раз" in str(refused.value)
