"""Приложение 1 of the order is read record by record as regulation.md section 2 has it; nothing is lost."""

from __future__ import annotations

import re
import sys
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbook_tools import findings, records
from workbook_tools.annex import read_annex
from workbook_tools.annex.segments import kind_codes, wording_segments
from workbook_tools.annex.touchpoints import Named, touchpoint_segments
from workbook_tools.annex.wordings import wordings_of
from workbook_tools.errors import InputError
from workbook_tools.grids import Book, Grid, Span
from workbook_tools.profile import Profile, load_profile
from workbook_tools.reading.word import read_document
from workbook_tools.reading.workbook import read_workbook
from workbook_tools.text import tidy

if TYPE_CHECKING:
    import pandas as pd

SAMPLES = Path(__file__).parent.parent / "samples"
sys.path.insert(0, str(SAMPLES))

import build_annex  # noqa: E402 - the samples' builder is a script beside them, no part of the package

PROFILE = load_profile().profile
WORDINGS = wordings_of(PROFILE)
HEADER = tuple(PROFILE.headers("annex").values())
OFFLINE, DIGITAL = "Офлайн-точка", "Цифровая точка"

REQUESTS = "Прием и рассмотрение обращений и запросов, поступающих в Министерство"
INTERNET = "Информирование о деятельности Министерства через интернет-ресурсы"
ENTRY = "Поступление на государственную гражданскую службу (прием на работу) в Министерство"
SERVICE = "Сопровождение процесса прохождения государственной гражданской службы (работы) в Министерство"
LEAVING = "Увольнение с государственной гражданской службы (работы) в Министерстве"
SUPPLY = "Рассмотрение заявок на снабжение ПО и техникой в Министерстве"
SYSTEMS = "Обеспечение эксплуатации, развития и сопровождения ГИС в Министерстве"
EVENTS = "Техническое сопровождение мероприятий Министерства"
WORKPLACES = "Настройка автоматизированных рабочих мест для сотрудников Министерства"
PROPERTY = "Организация работы по передаче имущества"
SALARY = "Организация работы по вопросам начисления заработной платы"
ADVANCE = "Оформление авансового отчета"
STATIONERY = "Обеспечение сотрудников канцтоварами, оборудованием и инструментами, необходимыми для выполнения работы"
SITE = "Официальный сайт Министерства (интернет-приемная)"
SED = "Система электронного документооборота (СЭД ДелоПро)"
SOVIETS, MINISTRY, LOWER_MINISTRY = "Здание Дома Советов", "Здание Министерства", "здание Министерства"
PHONE = "Телефонная связь"
ADVICE = "Получение консультации"
FILING = "Получение консультации; подача жалобы/обращения/запроса"
NEWS = "Получение информации о деятельности ведомства"
COUNSEL = "Получение консультации по общеорганизационным вопросам работы в ведомстве"
LEAVE = "Увольнение с государственной гражданской службы (работы)"
PAPERS = "Получение консультации; предоставление документов; предоставление информации о ходе рассмотрения документов"
READY_PLACE = "Получение консультации; предоставление настроенного автоматизированного рабочего места"
HANDED = "Предоставление документов на передаваемое имущество"
PAID = "Сотруднику начислена заработная плата"
TRAVEL = "Сотруднику выплачены командировочные"
EQUIPPED = (
    "Сотрудник оснащен всеми необходимыми расходными материалами, необходимыми для выполнения должностных обязанностей"
)

# unit, process, touchpoint, contact, needs, kind, row of the Word table
TRANSCRIBED = [
    ("ОРГ", REQUESTS, SITE, "https://dprt.admin-smolensk.ru/", FILING, "digital", 2),
    ("ОРГ", REQUESTS, "Электронная почта", "deprpromtorg@smolinvest.com", FILING, "digital", 2),
    ("ИНФ", INTERNET, SED, "", FILING, "digital", 3),
    ("ИНФ", INTERNET, "Социальные сети Министерства", "", FILING, "digital", 3),
    ("КАДР", ENTRY, MINISTRY, "", NEWS, "digital", 4),
    ("КАДР", ENTRY, MINISTRY, "", NEWS, "offline", 5),
    ("КАДР", SERVICE, MINISTRY, "", COUNSEL, "offline", 8),
    ("КАДР", LEAVING, MINISTRY, "", LEAVE, "offline", 9),
    ("ИТ", SUPPLY, SOVIETS, "", PAPERS, "offline", 10),
    ("ИТ", SUPPLY, LOWER_MINISTRY, "", PAPERS, "offline", 10),
    ("ИТ", SYSTEMS, SOVIETS, "", PAPERS, "offline", 11),
    ("ИТ", SYSTEMS, LOWER_MINISTRY, "", PAPERS, "offline", 11),
    ("ИТ", EVENTS, SOVIETS, "", ADVICE, "offline", 12),
    ("ИТ", EVENTS, LOWER_MINISTRY, "", ADVICE, "offline", 12),
    ("ИТ", EVENTS, PHONE, "", ADVICE, "offline", 12),
    ("ИТ", WORKPLACES, PHONE, "", READY_PLACE, "offline", 14),
    ("БУХ", PROPERTY, PHONE, "", ADVICE, "offline", 15),
    ("БУХ", PROPERTY, SOVIETS, "", HANDED, "offline", 15),
    ("БУХ", PROPERTY, LOWER_MINISTRY, "", HANDED, "offline", 15),
    ("БУХ", SALARY, SOVIETS, "", PAID, "offline", 16),
    ("БУХ", SALARY, LOWER_MINISTRY, "", PAID, "offline", 16),
    ("АХО", ADVANCE, SOVIETS, "", TRAVEL, "offline", 17),
    ("АХО", ADVANCE, LOWER_MINISTRY, "", TRAVEL, "offline", 17),
    ("АХО", STATIONERY, PHONE, "", EQUIPPED, "offline", 17),
]
ACTIVITY_OF = {unit.code: PROFILE.activities[index] for index, unit in enumerate(PROFILE.units)}


def book(*rows: tuple[str, ...], header: tuple[str, ...] = HEADER, before: tuple[str, ...] = ()) -> Book:
    return Book("приложение.docx", "", (Grid("таблица 1", (header, *rows)),), before)


def row(touchpoint: str, kind: str = OFFLINE, process: str = "Приём граждан", needs: str = ADVICE) -> tuple[str, ...]:
    return ("1", "Рассмотрение обращений и запросов", process, touchpoint, needs, kind)


def messages(found: pd.DataFrame, rule: str) -> list[str]:
    return found.loc[found["rule"] == rule, "message"].tolist()


def cells(found: pd.DataFrame, rule: str, words: str) -> list[str]:
    chosen = found[(found["rule"] == rule) & found["message"].str.contains(words, regex=False)]
    return chosen["cell"].tolist()


@pytest.fixture(scope="module")
def word() -> tuple[pd.DataFrame, pd.DataFrame]:
    return read_annex(read_document(SAMPLES / "annex-2024-03-19.docx", "annex.docx"), PROFILE)


@pytest.fixture(scope="module")
def sheet() -> tuple[pd.DataFrame, pd.DataFrame]:
    return read_annex(read_workbook(SAMPLES / "annex-2024-03-19.xlsx", "annex.xlsx"), PROFILE)


# --- the order's annex ---------------------------------------------------------------------------------------------


def test_the_word_annex_gives_the_24_transcribed_records(word: tuple[pd.DataFrame, pd.DataFrame]) -> None:
    names = ["unit", "process", "touchpoint", "contact", "needs", "kind", "row"]
    assert list(word[0][names].itertuples(index=False, name=None)) == TRANSCRIBED
    assert word[0].columns.tolist() == list(records.RECORD)
    assert word[0].index.tolist() == list(range(24))


def test_all_but_the_fifth_record_are_in_force(word: tuple[pd.DataFrame, pd.DataFrame]) -> None:
    table = word[0]
    assert table.index[table["state"] == records.QUARANTINED].tolist() == [4]
    assert records.in_force(table)["kind"].value_counts().to_dict() == {"offline": 19, "digital": 4}


def test_what_the_annex_does_not_say_comes_from_the_profile(word: tuple[pd.DataFrame, pd.DataFrame]) -> None:
    for record in records.rows(word[0]):
        activity = ACTIVITY_OF[record["unit"]]
        assert (record["activity"], record["client"]) == (activity.name, activity.client)
        assert record["direction"] == PROFILE.direction_of[activity.name]
        assert (record["code"], record["key"], record["basis"]) == ("", "", "")
        assert (record["file"], record["sheet"]) == ("annex.docx", "таблица 1")
        assert record["source"] == f"annex.docx › таблица 1 › строка {record['row']}"


def test_the_workbook_gives_the_same_records(
    word: tuple[pd.DataFrame, pd.DataFrame], sheet: tuple[pd.DataFrame, pd.DataFrame]
) -> None:
    place = ["file", "sheet", "row", "source"]
    assert sheet[0].drop(columns=place).equals(word[0].drop(columns=place))
    assert (sheet[0]["row"] - word[0]["row"]).unique().tolist() == [build_annex.HEADER_ROW]
    assert sheet[1]["message"].tolist() == word[1]["message"].tolist()


@pytest.mark.parametrize(
    ("rule", "words", "addresses"),
    [
        ("П-01", "Шапка таблицы повторена", ["A6", "A13"]),
        ("П-03", "приведено к «Обеспечение доступа к информации о деятельности»", ["B3"]),
        ("П-04", "отнесён к виду деятельности", ["B2", "B3", "B4", "B10", "B15", "B17"]),
        ("П-06", "Запись оставлена на уточнении", ["F4"]),
        ("П-08", "заведена отдельная запись", ["D2", "D3", "D10", "D11", "D12", "D16"]),
        ("П-08", "Они соединены по порядку", ["D15", "D17"]),
        ("П-13", "нет графы «Тип клиента»", ["B2", "B3", "B4", "B10", "B15", "B17"]),
        ("П-21", "«Министерства цифрового развития Смоленской области»", [""]),
        ("П-23", "перенесён в графу «Адрес (контакт) точки»", ["D2", "D2"]),
        ("П-26", f"соединено: «{ENTRY}»", ["C7"]),
        ("П-26", f"продолжение объединённой ячейки выше: «{MINISTRY}»", ["D5"]),
    ],
)
def test_every_reading_decision_is_a_finding(
    word: tuple[pd.DataFrame, pd.DataFrame], rule: str, words: str, addresses: list[str]
) -> None:
    assert cells(word[1], rule, words) == addresses


def test_the_annex_has_no_other_findings_and_no_errors(word: tuple[pd.DataFrame, pd.DataFrame]) -> None:
    assert len(word[1]) == 29
    assert not findings.has_errors(word[1])
    assert word[1].columns.tolist() == list(findings.COLUMNS)


def test_findings_name_row_column_value_and_unit(word: tuple[pd.DataFrame, pd.DataFrame]) -> None:
    (joined,) = [item for item in records.rows(word[1]) if "соединено" in item["message"]]
    assert (joined["row"], joined["column"], joined["unit"]) == (7, "process", "КАДР")
    assert joined["value"] == "гражданскую службу (прием на работу) в Министерство"
    assert (joined["file"], joined["sheet"]) == ("annex.docx", "таблица 1")


def test_pairs_are_named_in_full(word: tuple[pd.DataFrame, pd.DataFrame]) -> None:
    paired = [text for text in messages(word[1], "П-08") if "по порядку" in text]
    assert f"«{ADVANCE}» – «{SOVIETS}», «{LOWER_MINISTRY}» – «{TRAVEL}»; «{STATIONERY}» – «{PHONE}»" in paired[1]
    assert f"«{PHONE}» – «{ADVICE}»; «{SOVIETS}», «{LOWER_MINISTRY}» – «{HANDED}»" in paired[0]


# --- other documents -----------------------------------------------------------------------------------------------


def test_columns_are_found_in_any_order_and_extra_ones_are_named(word: tuple[pd.DataFrame, pd.DataFrame]) -> None:
    source = read_document(SAMPLES / "annex-2024-03-19.docx", "annex.docx")
    turned = tuple(
        (*reversed(values), "Прочее" if index == 0 else "") for index, values in enumerate(source.grids[0].rows)
    )
    table, found = read_annex(replace(source, grids=(Grid("таблица 1", turned),)), PROFILE)
    assert table.equals(word[0])
    assert cells(found, "П-01", "Графа «Прочее»") == ["G1"]


def test_headers_are_compared_not_matched_letter_by_letter() -> None:
    header = tuple(text.upper().replace(" ", "\n") for text in HEADER)
    assert len(read_annex(book(row(PHONE), header=header), PROFILE)[0]) == 1


def test_tables_of_one_document_are_one_table() -> None:
    first, second = (HEADER, row(PHONE, process="Приём")), (HEADER, ("", "", "граждан", "", "", ""), row(MINISTRY))
    grids = (Grid("таблица 1", first), Grid("таблица 2", second), Grid("таблица 3", (("Иное",),)))
    table, found = read_annex(Book("а.docx", "", grids), PROFILE)
    assert table["process"].tolist() == ["Приём граждан", "Приём граждан"]
    assert table["sheet"].tolist() == ["таблица 1", "таблица 2"]
    assert cells(found, "П-01", "Шапка таблицы повторена") == ["A1"]


def test_blank_rows_numbered_columns_and_headings_alone_make_no_records() -> None:
    heading = ("2", "Взаимодействие с внутренним клиентом", "", "", "", "")
    inner = ("", "", "Приём на работу", MINISTRY, NEWS, OFFLINE)
    table, _ = read_annex(book(tuple("123456"), row(PHONE), ("",) * 6, heading, inner), PROFILE)
    assert table["unit"].tolist() == ["ОРГ", "КАДР"]
    assert table["row"].tolist() == [3, 6]


def test_merged_needs_and_kind_hold_for_all_rows_of_the_area() -> None:
    rows = (HEADER, row(PHONE), ("", "", "", MINISTRY, "", ""), ("", "", "", SOVIETS, "", OFFLINE))
    grid = Grid("лист", rows, (Span(1, 4, 2, 4), Span(1, 5, 2, 5)))
    table, found = read_annex(Book("а.xlsx", "", (grid,)), PROFILE)
    assert table["needs"].tolist() == [ADVICE, ADVICE, ""]
    assert table["kind"].tolist() == ["offline"] * 3
    assert cells(found, "П-02", "«Удовлетворяемые потребности клиента»") == ["E4"]


def test_a_document_without_the_table_is_refused() -> None:
    with pytest.raises(InputError, match=r"в документе нет таблицы Перечня с графами «№», «Направление"):
        read_annex(book(header=HEADER[:5]), PROFILE)


def test_a_header_alone_gives_no_records() -> None:
    table, found = read_annex(book(), PROFILE)
    assert (len(table), len(found), table.columns.tolist()) == (0, 0, list(records.RECORD))


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("Перечень точек взаимодействия комитета", "Перечень точек взаимодействия комитета"),
        ("Перечень точек взаимодействия Министерства культуры в рамках работы", "Министерства культуры"),
        (f"Перечень точек взаимодействия с клиентом {PROFILE.body.genitive}", None),
        ("Приложение 1", None),
    ],
)
def test_the_title_is_held_against_the_body(line: str, value: str | None) -> None:
    _, found = read_annex(book(row(PHONE), before=("Приложение 1", line)), PROFILE)
    named = [re.findall(r"другой орган: «(.+?)»\. ", text)[0] for text in messages(found, "П-21")]
    assert named == ([] if value is None else [value])


def test_a_title_above_the_header_of_a_sheet_has_its_cell(sheet: tuple[pd.DataFrame, pd.DataFrame]) -> None:
    assert cells(sheet[1], "П-21", "цифрового развития") == ["A2"]


def test_an_unknown_heading_is_kept_as_typed() -> None:
    table, found = read_annex(book(("1", "Космос", "Полёт", PHONE, ADVICE, OFFLINE)), PROFILE)
    (record,) = records.rows(table)
    assert [record[name] for name in ("activity", "direction", "client", "unit")] == ["Космос", "Космос", "", ""]
    assert cells(found, "П-03", "Направление «Космос» в Порядке не названо") == ["B2"]


def test_a_direction_that_is_no_activity_asks_for_the_activity() -> None:
    data = PROFILE.model_dump(by_alias=True)
    first, *others = data["directions"]
    profile = Profile.model_validate(data | {"directions": [first | {"aliases": ["Обращения"]}, *others]})
    table, found = read_annex(book(("1", "Обращения", "Приём", PHONE, ADVICE, OFFLINE)), profile)
    assert (table["activity"].tolist(), table["direction"].tolist()) == (["Обращения"], [first["name"]])
    assert cells(found, "П-04", "в Порядке не назван") == ["B2"]


def test_a_kind_that_is_none_is_kept_and_reported() -> None:
    table, found = read_annex(book(row(PHONE, "смешанная"), row(MINISTRY, "")), PROFILE)
    assert table["kind"].tolist() == ["смешанная", ""]
    assert cells(found, "П-05", "«смешанная» не предусмотрен") == ["F2"]
    assert cells(found, "П-02", "«Особенности взаимодействия с клиентом»") == ["F3"]


def test_a_kind_against_the_reference_list_is_an_error_or_disputed() -> None:
    table, found = read_annex(book(row(MINISTRY, DIGITAL), row(PHONE, DIGITAL)), PROFILE)
    assert set(table["state"]) == {records.IN_FORCE}
    assert cells(found, "П-06", "Исправьте вид или назовите другую точку") == ["F2"]
    assert cells(found, "П-06", "Порядок говорит об этой точке двояко") == ["F3"]


@pytest.mark.parametrize("touchpoint", [MINISTRY, "Окно № 5"])
def test_a_record_given_twice_is_left_and_reported(touchpoint: str) -> None:
    table, found = read_annex(book(row(touchpoint), row(touchpoint)), PROFILE)
    assert set(table["state"]) == {records.IN_FORCE}
    assert cells(found, "П-09", "записи строки 2 и строки 3") == ["D3"]


def test_two_unlike_records_of_an_unknown_touchpoint_are_both_left() -> None:
    table, found = read_annex(book(row("Окно № 5"), row("Окно № 5", DIGITAL)), PROFILE)
    assert set(table["state"]) == {records.IN_FORCE}
    assert cells(found, "П-09", "указана в редакции дважды") == ["D3"]


@pytest.mark.parametrize(
    ("touchpoint", "kind", "kinds"),
    [
        (f"{PHONE}, {MINISTRY}", f"{OFFLINE} {OFFLINE}", ["offline", "offline"]),
        (f"Официальный сайт, {MINISTRY}", f"{DIGITAL} {OFFLINE}", ["digital", "offline"]),
        (f"{SOVIETS}, {MINISTRY} Официальный сайт", f"{OFFLINE}; {DIGITAL}", ["offline", "offline", "digital"]),
        (
            f"Официальный сайт, {MINISTRY}, Окно",
            f"{OFFLINE}; {DIGITAL}",
            ["digital", "offline", f"{OFFLINE}; {DIGITAL}"],
        ),
    ],
)
def test_a_row_that_does_not_pair_is_crossed(touchpoint: str, kind: str, kinds: list[str]) -> None:
    table, found = read_annex(book(row(touchpoint, kind)), PROFILE)
    assert table["kind"].tolist() == kinds
    assert set(table["needs"]) == {ADVICE}
    assert cells(found, "П-08", "Каждой точке приписаны все потребности") == ["D2"]


def test_a_row_without_any_touchpoint_is_still_a_record() -> None:
    table, found = read_annex(book(row("")), PROFILE)
    assert table["touchpoint"].tolist() == [""]
    assert cells(found, "П-02", "«Точка взаимодействия»") == ["D2"]


# --- splitting -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "segments"),
    [
        (f"{SOVIETS} и {LOWER_MINISTRY}; {PHONE}", [[SOVIETS, LOWER_MINISTRY, PHONE]]),
        (f"{PHONE}\n{SOVIETS},\n{LOWER_MINISTRY}", [[PHONE], [SOVIETS, LOWER_MINISTRY]]),
        ("CЭД / ПОС", [["CЭД", "ПОС"]]),
        ("здание\u00a0 министерства", [["здание министерства"]]),
        ("Новое здание Министерства", [["Новое здание Министерства"]]),
        ("Здание Министерства (правое крыло)", [["Здание Министерства (правое крыло)"]]),
        ("МФЦ, Telegram-бот", [["МФЦ", "Telegram-бот"]]),
        ("МФЦ (ул. Ленина, 5)\nАрхив", [["МФЦ (ул. Ленина, 5)"], ["Архив"]]),
        ("Приёмная и здание Министерства", [["Приёмная", "здание Министерства"]]),
        ("пос. Красный", [["пос. Красный"]]),
        ("", []),
    ],
)
def test_touchpoints_are_split_by_the_reference_list(text: str, segments: list[list[str]]) -> None:
    assert [[item.text for item in segment] for segment in touchpoint_segments(text, WORDINGS)] == segments


@pytest.mark.parametrize(
    ("text", "contacts"),
    [
        ("Электронная почта: a.b@gov.ru", ("a.b@gov.ru",)),
        ("Электронная почта (a@gov.ru), b@gov.ru", ("a@gov.ru", "b@gov.ru")),
        ("Официальный сайт Министерства dprt.admin-smolensk.ru", ("dprt.admin-smolensk.ru",)),
        ("Телефонная связь: 8 (4812) 29-15-01", ("8 (4812) 29-15-01",)),
        ("Телефонная связь, тел. 29-15-01", ("тел. 29-15-01",)),
        ("Здание Министерства, каб. 305", ("каб. 305",)),
    ],
)
def test_addresses_go_to_the_touchpoint_they_follow(text: str, contacts: tuple[str, ...]) -> None:
    (((item),),) = touchpoint_segments(text, WORDINGS)
    assert item.contacts == contacts


def test_an_address_with_no_touchpoint_stays_as_text() -> None:
    assert touchpoint_segments("a@gov.ru", WORDINGS) == ((Named("a@gov.ru"),),)


@pytest.mark.parametrize(
    ("text", "segments"),
    [
        (f"{ADVANCE} {STATIONERY}", (ADVANCE, STATIONERY)),
        ("Обеспечение ГИС в Министерстве", ("Обеспечение ГИС в Министерстве",)),
        ("Ремонт здания Дома Советов Смоленской области", ("Ремонт здания Дома Советов Смоленской области",)),
        ("Выезд в Вязьму (Смоленск Орёл)", ("Выезд в Вязьму (Смоленск Орёл)",)),
        ("", ()),
    ],
)
def test_glued_sentences_part_at_capitals_but_not_at_names(text: str, segments: tuple[str, ...]) -> None:
    assert wording_segments(text, WORDINGS) == segments


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("офлайн–точка\nОфлайн-точка", ("offline", "offline")),
        ("Цифровая точка и офлайн", ("digital", "offline")),
        ("Цифровая точка, смешанная", ()),
        ("", ()),
    ],
)
def test_kinds_are_counted_only_where_nothing_else_stands(text: str, codes: tuple[str, ...]) -> None:
    assert kind_codes(text, WORDINGS) == codes


PARTS = st.sampled_from(
    [
        SITE,
        SED,
        SOVIETS,
        LOWER_MINISTRY,
        PHONE,
        "МФЦ",
        "окно № 5",
        "(левое крыло)",
        "a@gov.ru",
        "29-15-01",
        "СЭД",
        "Новое",
    ]
)
SEPARATORS = st.sampled_from([" ", ", ", "; ", "\n", " и ", ": ", " / "])


def words(text: str) -> list[str]:
    return sorted(word for word in re.findall(r"\w+", text) if word != "и")


@settings(deadline=None)
@given(st.lists(st.tuples(PARTS, SEPARATORS), max_size=8))
def test_splitting_touchpoints_loses_no_word(parts: list[tuple[str, str]]) -> None:
    text = "".join(part + separator for part, separator in parts)
    split = [item for segment in touchpoint_segments(text, WORDINGS) for item in segment]
    assert words(" ".join(f"{item.text} {' '.join(item.contacts)}" for item in split)) == words(text)
    assert all(item.text for item in split)


@settings(deadline=None)
@given(st.text(max_size=60))
def test_splitting_any_text_loses_no_letter(text: str) -> None:
    split = [item for segment in touchpoint_segments(text, WORDINGS) for item in segment]
    kept = "".join(f"{item.text} {' '.join(item.contacts)}" for item in split)
    assert sorted(re.findall(r"\w", kept)) == sorted(re.findall(r"\w", tidy(text)))


@settings(deadline=None)
@given(st.lists(st.sampled_from(["Приём", "граждан", "в", "Министерстве", "ГИС", "«Росток", "Волга»", "Учёт;"])))
def test_splitting_wordings_loses_no_word(parts: list[str]) -> None:
    assert words(" ".join(wording_segments(" ".join(parts), WORDINGS))) == words(" ".join(parts))


# --- the samples ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("suffix", "build"), [("docx", build_annex.build_docx), ("xlsx", build_annex.build_xlsx)])
def test_the_samples_are_fresh_and_the_same_every_time(tmp_path: Path, suffix: str, build: object) -> None:
    assert callable(build)
    annex = build_annex.read_transcription(SAMPLES / f"{build_annex.NAME}.txt")
    paths = [tmp_path / f"{name}.{suffix}" for name in ("a", "b")]
    for path in paths:
        build(annex, path)
    assert paths[0].read_bytes() == paths[1].read_bytes()
    assert parts(paths[0]) == parts(SAMPLES / f"{build_annex.NAME}.{suffix}")


def parts(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_the_transcription_says_what_the_documents_say() -> None:
    annex = build_annex.read_transcription(SAMPLES / f"{build_annex.NAME}.txt")
    (table,) = read_document(SAMPLES / f"{build_annex.NAME}.docx", "").grids
    assert table.rows == annex.rows
