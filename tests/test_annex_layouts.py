"""However an annex was typed, it is read to the same records; what is decided on the way is told with its cell."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.annex_words import (
    ADVICE,
    ASKED,
    BUILDING,
    COMPLAINT,
    DIGITAL,
    HEADER,
    INNER,
    OFFLINE,
    PHONE,
    PROFILE,
    SITE,
    WORDINGS,
)
from workbook_tools.annex import read_annex
from workbook_tools.annex.lists import need_items, unlisted
from workbook_tools.annex.segments import kind_codes
from workbook_tools.annex.touchpoints import touchpoint_segments
from workbook_tools.errors import InputError
from workbook_tools.grids import (
    LINES_ABOVE,
    LINES_BELOW,
    NESTED_TABLE,
    Aside,
    Book,
    Grid,
    Shown,
    Span,
    Trouble,
    cell_name,
)
from workbook_tools.text import tidy

if TYPE_CHECKING:
    import pandas as pd

FIRST = ("1", ASKED, "Приём граждан", PHONE, ADVICE, OFFLINE)
BLANK = ("",) * 6


def read(*grids: Grid | tuple[tuple[str, ...], ...], before: tuple[str, ...] = ()) -> tuple[pd.DataFrame, pd.DataFrame]:
    named = [
        item if isinstance(item, Grid) else Grid(f"таблица {number}", item) for number, item in enumerate(grids, 1)
    ]
    return read_annex(Book("приложение.docx", "", tuple(named), before), PROFILE)


def brief(table: pd.DataFrame) -> list[tuple[str, ...]]:
    names = ["unit", "process", "touchpoint", "needs", "kind"]
    return list(table[names].itertuples(index=False, name=None))


def told(found: pd.DataFrame, rule: str, variant: str) -> list[str]:
    chosen = found[(found["rule"] == rule) & (found["variant"] == variant)]
    return [f"{sheet[-1]}{cell}" for sheet, cell in zip(chosen["sheet"], chosen["cell"], strict=True)]


# --- merged, blank, repeated ---------------------------------------------------------------------------------------


def test_merged_blank_and_repeated_cells_give_the_same_records() -> None:
    repeated = (HEADER, FIRST, (*FIRST[:3], BUILDING, *FIRST[4:]), (*FIRST[:3], SITE, COMPLAINT, DIGITAL))
    blank = (HEADER, FIRST, ("", "", "", BUILDING, "", ""), ("", "", "", SITE, COMPLAINT, DIGITAL))
    merged = Grid("таблица 1", blank, (*(Span(1, at, 3, at) for at in range(3)), Span(1, 4, 2, 4), Span(1, 5, 2, 5)))
    expected = [
        ("ОРГ", "Приём граждан", PHONE, ADVICE, "offline"),
        ("ОРГ", "Приём граждан", BUILDING, ADVICE, "offline"),
        ("ОРГ", "Приём граждан", SITE, COMPLAINT, "digital"),
    ]
    assert [brief(read(item)[0]) for item in (repeated, blank, merged)] == [expected] * 3
    assert told(read(blank)[1], "П-26", "continued") == ["1C3", "1E3", "1F3", "1C4"]


def test_a_blank_cell_of_another_process_continues_nothing() -> None:
    table, found = read((HEADER, FIRST, ("", "", "Увольнение", BUILDING, "", "")))
    assert brief(table)[1] == ("ОРГ", "Увольнение", BUILDING, "", "")
    assert told(found, "П-02", "main") == ["1E3", "1F3"]


def test_another_direction_ends_what_stood_under_the_one_before() -> None:
    table, found = read((HEADER, FIRST, ("3", INNER, "", "", ADVICE, OFFLINE)))
    assert brief(table)[1] == ("КАДР", "", "", ADVICE, "offline")
    assert told(found, "П-02", "main") == ["1C3", "1D3"]


@pytest.mark.parametrize("number", ["", "3. ", "III. ", "Раздел 3. "])
def test_a_row_across_the_table_names_the_direction_of_the_rows_below(number: str) -> None:
    rows = (HEADER, FIRST, (f"{number}{INNER}", *BLANK[1:]), ("", "", "Увольнение", BUILDING, ADVICE, OFFLINE))
    merged = read(Grid("таблица 1", rows, (Span(2, 0, 2, 5),)))[0]
    assert [row[0] for row in brief(merged)] == ["ОРГ", "КАДР"]
    assert merged.equals(read(rows)[0])


def test_an_unknown_heading_across_the_table_is_a_direction_only_if_rows_follow_under_it() -> None:
    rows = (HEADER, ("Прочее", *BLANK[1:]), ("", *FIRST[2:3], *FIRST[2:]), ("Конец", *BLANK[1:]))
    rows = (*rows[:2], ("1", "", *FIRST[2:]), rows[3])
    table, found = read(Grid("таблица 1", rows, (Span(1, 0, 1, 5), Span(3, 0, 3, 5))))
    assert table["direction"].tolist() == ["Прочее"]
    assert told(found, "П-03", "main") == ["1A2"]
    assert told(found, "П-01", "set_aside") == ["1A4"]


def test_a_process_alone_names_the_rows_below_it() -> None:
    rows = (HEADER, ("1", ASKED, "Приём граждан", "", "", ""), ("", "", "", PHONE, ADVICE, OFFLINE))
    table, _ = read((*rows, ("", "", "", BUILDING, ADVICE, OFFLINE)))
    assert [row[1:3] for row in brief(table)] == [("Приём граждан", PHONE), ("Приём граждан", BUILDING)]


def test_needs_one_a_row_are_one_record() -> None:
    needs = ("", "", "", "", COMPLAINT, "")
    table, found = read((HEADER, FIRST, needs, ("", "", "", "", "запись на приём", "")))
    assert table["needs"].tolist() == [f"{ADVICE}; {COMPLAINT}; запись на приём"]
    assert told(found, "П-26", "added") == ["1E3", "1E4"]


# --- headers -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("header", "near"),
    [
        (tuple(text.upper() for text in HEADER), ""),
        (("№ п/п", "Направление  деятельности\nисполнительного органа", "Наимено-\nвание процесса", *HEADER[3:]), ""),
        ((HEADER[0], HEADER[1], "Наиме\xadнование\xa0процеcсa", *HEADER[3:]), ""),
        (("№", "Направление деятельности", *HEADER[2:]), "B"),
        ((*HEADER[:3], "Точки взаимодействия (адреса)", *HEADER[4:]), "D"),
        ((*HEADER[:4], "Потребности клиента", "Вид точки"), "EF"),
        (
            ("N п/п", "Направление деятельности", "Процесс", "Точка", "Потребности", "Особенности взаимодействия"),
            "BCDEF",
        ),
        ((*HEADER[:3], "Точка взаимодействия", HEADER[4], "Вид точки взаимодействия"), "F"),
    ],
)
def test_headers_spelled_otherwise_are_known_and_told(header: tuple[str, ...], near: str) -> None:
    table, found = read((header, FIRST))
    assert brief(table) == brief(read((HEADER, FIRST))[0])
    assert sorted(told(found, "П-01", "near_header")) == [f"1{column}1" for column in near]


def test_a_header_on_two_rows_is_one_header() -> None:
    two = (
        ("№", "Направление деятельности", "Наименование", "Точка", "Удовлетворяемые потребности", "Особенности"),
        ("п/п", "исполнительного органа", "процесса", "взаимодействия", "клиента", "взаимодействия с клиентом"),
        ("1", "2", "3", "4", "5", "6"),
    )
    table, found = read((*two, FIRST, *two, ("3", INNER, *FIRST[2:])))
    assert table["unit"].tolist() == ["ОРГ", "КАДР"]
    assert told(found, "П-01", "near_header") == []
    assert told(found, "П-01", "numbering") == ["1A3", "1A7"]
    assert told(found, "П-01", "repeated_header") == ["1A5"]


def test_a_header_over_merged_rows_takes_them_all() -> None:
    rows = (HEADER, ("", "", "", "наименование", "", ""), FIRST)
    merged = tuple(Span(0, at, 1, at) for at in (0, 1, 2, 4, 5))
    assert len(read(Grid("таблица 1", rows, merged))[0]) == 1


def test_columns_that_could_be_either_are_refused() -> None:
    with pytest.raises(InputError, match="нет таблицы Перечня"):
        read(((*HEADER[:3], "Взаимодействие", HEADER[4], "Взаимодействие"), FIRST))


def test_a_table_without_numbers_is_read() -> None:
    table, found = read((("", *HEADER[1:]), ("", *FIRST[1:]), ("пометка", "", *FIRST[2:3], BUILDING, ADVICE, OFFLINE)))
    assert table["touchpoint"].tolist() == [PHONE, BUILDING]
    assert told(found, "П-01", "outside") == ["1A3"]


def test_a_second_header_may_have_another_order() -> None:
    table, found = read((HEADER, FIRST, BLANK, tuple(reversed(HEADER)), tuple(reversed(("3", INNER, *FIRST[2:])))))
    assert table["unit"].tolist() == ["ОРГ", "КАДР"]
    assert told(found, "П-01", "repeated_header") == ["1F4"]


def test_the_register_itself_is_no_annex() -> None:
    register = tuple(PROFILE.headers("register").values())
    table, found = read((HEADER, FIRST), (register, register))
    assert len(table) == 1
    assert told(found, "П-01", "foreign_table") == ["2A1"]


# --- page breaks ---------------------------------------------------------------------------------------------------

CUT = ("1", ASKED, "Приём и рассмотрение", "Здание Дома Советов,", "Получение", OFFLINE)


@pytest.mark.parametrize("between", [(), (HEADER,), (HEADER, tuple("123456"))])
@pytest.mark.parametrize(
    ("tail", "columns"),
    [
        (("", "", "обращений", "", "", ""), "C"),
        (("", "", "", "здание Министерства", "", ""), "D"),
        (("", "", "", "", "консультации", ""), "E"),
        (("", "", "обращений", "", "консультации", ""), "CE"),
        (("", "", "обращений", "здание Министерства", "консультации", ""), "CDE"),
    ],
)
def test_a_text_cut_by_a_page_break_is_joined(
    between: tuple[tuple[str, ...], ...], tail: tuple[str, ...], columns: str
) -> None:
    table, found = read((HEADER, CUT, *between, tail, ("", "", "Увольнение", PHONE, ADVICE, OFFLINE)))
    whole = [" ".join(filter(None, pair)) for pair in zip(CUT, tail, strict=True)]
    assert table["process"].tolist()[0] == whole[2]
    assert table["needs"].tolist()[0] == whole[4]
    assert table["touchpoint"].tolist()[:-1] == [text.strip() for text in whole[3].rstrip(",").split(",")]
    assert told(found, "П-26", "joined") == [f"1{column}{3 + len(between)}" for column in columns]
    assert table["process"].tolist()[-1] == "Увольнение"


@pytest.mark.parametrize(
    "row",
    [
        ("", "", "увольнение", PHONE, ADVICE, OFFLINE),
        ("", "", "", "телефонная связь", ADVICE, OFFLINE),
        ("2", INNER, "увольнение", PHONE, ADVICE, ""),
        ("", "", "Увольнение", PHONE, ADVICE, ""),
    ],
)
@pytest.mark.parametrize("between", [(), (HEADER,)])
def test_a_record_of_its_own_is_not_joined(row: tuple[str, ...], between: tuple[tuple[str, ...], ...]) -> None:
    table, found = read((HEADER, CUT, *between, row))
    assert len(table) == 2
    assert told(found, "П-26", "joined") == []


def test_the_second_part_of_a_name_is_no_touchpoint_of_its_own() -> None:
    head, tail = ("1", ASKED, "Приём", "Официальный сайт", ADVICE, DIGITAL), ("", "", "", "Министерства", "", "")
    assert read((HEADER, head, HEADER, tail))[0]["touchpoint"].tolist() == ["Официальный сайт Министерства"]


def test_a_process_over_rows_on_a_new_page_is_not_joined() -> None:
    below = ("", "", "", BUILDING, ADVICE, OFFLINE)
    table, _ = read((HEADER, FIRST, HEADER, ("", "", "Увольнение", "", "", ""), below))
    assert table["process"].tolist() == ["Приём граждан", "Увольнение"]


# --- titles, notes, other tables -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "note",
    [
        ("Примечание: перечень обновляется раз в год", *BLANK[1:]),
        ("* запись по телефону", *BLANK[1:]),
        ("Продолжение таблицы", *BLANK[1:]),
        ("Министр", "", "", "", "", "П.Ю. Илюхин"),
        ("", "Начальник отдела", "", "И.И. Иванов", "", ""),
        ("", "", "Исполнитель: Иванова", "", "", ""),
        ("Итого", "", "", "24", "", ""),
        ("7", "", "", "", "", ""),
    ],
)
def test_a_note_is_no_record_and_is_told(note: tuple[str, ...]) -> None:
    table, found = read((HEADER, FIRST, BLANK, note))
    assert len(table) == 1
    assert told(found, "П-01", "set_aside") == [f"1{cell_name(3, at)}" for at, text in enumerate(note) if text]
    assert set(found.loc[found["variant"] == "set_aside", "severity"]) == {"info"}


def test_lines_above_are_told_but_for_the_mark_and_the_title() -> None:
    title = f"Перечень точек взаимодействия {PROFILE.body.genitive}"
    rows = (("Приложение № 1",), ("к приказу",), (title,), ("по состоянию на год",), HEADER, FIRST)
    _, found = read(rows)
    assert told(found, "П-01", "set_aside") == ["1A2", "1A4"]
    assert found.loc[found["variant"] == "set_aside", "value"].tolist() == ["к приказу", "по состоянию на год"]


def test_a_table_without_a_header_goes_on_with_the_one_before() -> None:
    tail, further = ("", "", "и организаций", "", "", ""), ("", "", "Увольнение", PHONE, ADVICE, OFFLINE)
    table, found = read((HEADER, FIRST), (tail, further), (("Согласовано", "Иванов", "", "", "", ""),))
    assert table["process"].tolist() == ["Приём граждан и организаций", "Увольнение"]
    assert told(found, "П-01", "next_table") == ["2A1"]
    assert told(found, "П-01", "foreign_table") == ["3A1"]


def test_a_sheet_of_its_own_and_a_hidden_one_are_read() -> None:
    first, second = Grid("Лист1", (HEADER, FIRST)), Grid("Лист2", (HEADER, ("3", INNER, *FIRST[2:])), hidden=True)
    table, found = read(first, second)
    assert table["unit"].tolist() == ["ОРГ", "КАДР"]
    assert found.loc[found["variant"] == "hidden_sheet", "sheet"].tolist() == ["Лист2"]


def test_cells_beside_the_table_are_told() -> None:
    table, found = read(((*HEADER, "Прочее"), (*FIRST, "12"), (*BLANK, "пометка")))
    assert len(table) == 1
    assert told(found, "П-01", "extra_column") == ["1G1"]
    assert (told(found, "П-01", "outside"), told(found, "П-01", "set_aside")) == (["1G2"], ["1G3"])


def test_a_number_seen_otherwise_is_told_in_its_column() -> None:
    rows = (HEADER, FIRST, ("50%", "", "50%", *FIRST[3:]))
    shown = tuple(Shown(2, column, "shown_number", "50%", "0,5") for column in (0, 2))
    _, found = read(Grid("Лист1", rows, shown=shown))
    assert told(found, "П-02", "shown_number") == ["1C3"]


def test_what_is_no_plain_text_is_told_where_it_stands() -> None:
    asides = Aside(1, 3, "надпись или рисунок", "в рамке"), Aside(1, 4, "зачёркнутый текст", ADVICE, is_read=True)
    below = Grid(f"{LINES_BELOW} 1", (("внизу",),), asides=(Aside(0, 0, "скрытый текст", "внизу", is_read=True),))
    above = Grid(LINES_ABOVE, (), asides=(Aside(None, None, "вставленный целиком документ", "…"),))
    table, found = read(above, Grid("таблица 1", (HEADER, FIRST), asides=asides), below)
    assert len(table) == 1
    said = found[found["variant"].isin(["left_out", "marked"])]
    assert said[["sheet", "cell", "severity"]].to_numpy().tolist() == [
        [LINES_ABOVE, "", "warning"],
        ["таблица 1", "D2", "warning"],
        ["таблица 1", "E2", "warning"],
        [f"{LINES_BELOW} 1", "", "warning"],
    ]
    left = "Это не прочитано; если это часть записи, впишите её текстом в графы таблицы."
    marked = "Это прочитано наравне с остальным; если это не часть записи, удалите это из документа."
    assert said["message"].tolist() == [
        f"Вне ячеек есть вставленный целиком документ: «…». {left}",
        f"В ячейке есть надпись или рисунок: «в рамке». {left}",
        f"В ячейке есть зачёркнутый текст: «{ADVICE}». {marked}",
        f"Вне ячеек есть скрытый текст: «внизу». {marked}",
    ]


def test_what_stands_in_a_table_in_a_cell_is_told_once() -> None:
    aside = Aside(0, 0, "скрытый текст", "внутри", is_read=True)
    outer = Grid("таблица 1", (HEADER, FIRST), asides=(aside,))
    inner = Grid(f"таблица 1, {NESTED_TABLE} 1", (("внутри",),), asides=(aside,))
    assert read(outer, inner)[1]["variant"].tolist().count("marked") == 1
    outer = Grid("таблица 1", (("внутри",),), asides=(aside,))
    inner = Grid(f"таблица 1, {NESTED_TABLE} 1", (HEADER, FIRST), asides=(aside,))
    found = read(outer, inner)[1]
    assert found.loc[found["variant"] == "marked", "sheet"].tolist() == [inner.name]


def test_an_error_in_a_cell_is_told_and_continues_nothing() -> None:
    rows = (HEADER, FIRST, ("", "", "", "", ADVICE, OFFLINE), ("", "", "", "", "", ""))
    troubles = (Trouble(2, 3, "error_cell", "#REF!"), Trouble(3, 2, "formula", "=A1"))
    table, found = read(Grid("Лист1", rows, troubles=troubles))
    assert table["touchpoint"].tolist()[1] == ""
    assert told(found, "П-02", "error_cell") == ["1D3"]
    assert told(found, "П-02", "formula") == ["1C4"]


# --- cells ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("1. Официальный сайт  2. Здание Министерства", ["Официальный сайт", BUILDING]),
        ("1) Телефон; 2) СЭД", ["Телефон", "СЭД"]),
        ("• Телефон • МФЦ", ["Телефон", "МФЦ"]),
        ("- Телефон\n- МФЦ", ["Телефон", "МФЦ"]),
        ("Телефон и электронная почта, а также МФЦ", ["Телефон", "электронная почта", "МФЦ"]),
        ("Телефон/СЭД", ["Телефон", "СЭД"]),
        ("Телефон Здание Министерства", ["Телефон", BUILDING]),
        ("МФЦ, каб. 2. Архив", ["МФЦ"]),
        ("2. Архив", ["2. Архив"]),
    ],
)
def test_touchpoints_listed_in_a_cell_are_taken_apart(text: str, names: list[str]) -> None:
    split = [item for segment in touchpoint_segments(unlisted(text), WORDINGS) for item in segment]
    assert [item.text for item in split] == names


@pytest.mark.parametrize(
    ("text", "contacts"),
    [
        ("Официальный сайт (https://a.ru/b?c=1)", ("https://a.ru/b?c=1",)),
        ("Официальный сайт www.a.ru.", ("www.a.ru",)),
        ("Электронная почта – a@b.ru, c@d.ru", ("a@b.ru", "c@d.ru")),
        (
            "Телефон: 8 (4812) 29-15-01, 29-15-02; +7 (4812) 29-15-03",
            ("8 (4812) 29-15-01", "29-15-02", "+7 (4812) 29-15-03"),
        ),
        ("Здание Министерства каб. 12", ("каб. 12",)),
        ("Здание Министерства (каб. 12)", ("каб. 12",)),
        ("Здание Министерства, г. Смоленск, пл. Ленина, д. 1", ("г. Смоленск, пл. Ленина, д. 1",)),
        ("Здание Министерства: 214000, г. Смоленск, пл. Ленина, д. 1", ("214000, г. Смоленск, пл. Ленина, д. 1",)),
        ("Здание Министерства – пл. Ленина, 1", ("пл. Ленина, 1",)),
        ("Социальные сети: ВКонтакте, Telegram", ("ВКонтакте", "Telegram")),
        ("Телефон, 3 этаж", ("3 этаж",)),
    ],
)
def test_what_follows_a_touchpoint_is_its_address(text: str, contacts: tuple[str, ...]) -> None:
    (((item),),) = touchpoint_segments(text, WORDINGS)
    assert item.contacts == contacts


@pytest.mark.parametrize(
    "text",
    [
        f"{ADVICE}; {COMPLAINT}",
        f"1. {ADVICE} 2. {COMPLAINT}",
        f"1) {ADVICE};\n2) {COMPLAINT}",
        f"- {ADVICE}\n- {COMPLAINT}",
        f"• {ADVICE} • {COMPLAINT}",
        f"{ADVICE}\n{COMPLAINT}",
        f"Получение\nконсультации,\n{COMPLAINT}",
        f"{ADVICE} {COMPLAINT}",
        f"{ADVICE}, {COMPLAINT}",
    ],
)
def test_needs_are_told_apart(text: str) -> None:
    assert need_items(text, WORDINGS) == (ADVICE, COMPLAINT)


@pytest.mark.parametrize(
    "text", ["Получение консультации\nпо труду", "Получение консультации в МФЦ Росреестр", "Сотруднику начислена Плата"]
)
def test_a_need_is_not_broken(text: str) -> None:
    assert need_items(text, WORDINGS) == (tidy(text),)


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Цифровая точка / Офлайн-точка", ("digital", "offline")),
        ("цифровая, офлайн", ("digital", "offline")),
        ("1. Цифровая 2. Офлайн", ("digital", "offline")),
        ("Цифровая\nОФЛАЙН", ("digital", "offline")),
        ("(оффлайн)", ("offline",)),
        ("Офлайн - точка", ("offline",)),
        ("Офлайн\xadточки", ("offline",)),
        ("точка", ()),
    ],
)
def test_kinds_are_known_however_they_are_joined(text: str, codes: tuple[str, ...]) -> None:
    assert kind_codes(unlisted(text), WORDINGS) == codes


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ('Система электронного документооборота (СЭД "ДелоПро")', 1),
        ("Система электронного документооборота (СЭД «ДелоПро») Социальные сети Министерства", 2),
        ("Мессенджер MAX", 1),
        ("Социальные сети Министерства Мессенджер MAX", 2),
    ],
)
def test_quotes_in_brackets_and_a_name_in_latin_letters_part_no_touchpoint(text: str, names: int) -> None:
    segments = touchpoint_segments(text, WORDINGS)
    assert len([item for segment in segments for item in segment]) == names
    assert "".join(item.text for segment in segments for item in segment).count("(") == text.count("(")


@pytest.mark.parametrize(
    "signature",
    [
        ("Министр", "", "", "", "П.Ю. Илюхин", ""),
        ("", "", "Согласовано", "", "Петров Б.Б.", ""),
        ("", "", "«01» февраля 2025 г.", "", "", ""),
        ("", "Начальник отдела", "", "", "А. Иванова", ""),
    ],
)
def test_a_signature_under_the_table_is_no_record_and_is_told(signature: tuple[str, ...]) -> None:
    table, found = read((HEADER, FIRST, BLANK, signature))
    assert len(table) == 1
    asides = told(found, "П-01", "set_aside")
    assert len(asides) == sum(bool(text) for text in signature)
