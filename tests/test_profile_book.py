"""The profile's workbook and the .toml mean the same; what is wrong in a cell is told by sheet and cell."""

from __future__ import annotations

import copy
import datetime
import tempfile
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from pydantic import ValidationError

from workbook_tools.errors import ProfileError
from workbook_tools.profile import Profile, load_profile, shipped_names
from workbook_tools.profile_book import profile_of_book, write_profile
from workbook_tools.profile_book.reading import _gather
from workbook_tools.profile_book.shape import gathered, laid_out, path_told
from workbook_tools.profile_book.writing import ORDERED
from workbook_tools.reading.book import read_book
from workbook_tools.text import compare_key

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

    from workbook_tools.grids import Grid

PROFILE = load_profile().profile
DATA = PROFILE.model_dump(by_alias=True)


def written(profile: Profile, path: Path) -> Path:
    write_profile(path, profile)
    return path


def through_a_book(profile: Profile) -> Profile:
    with tempfile.TemporaryDirectory() as folder:
        return profile_of_book(read_book(written(profile, Path(folder) / "профиль.xlsx")))


def test_a_book_made_before_a_rule_had_a_message_serves_on(tmp_path: Path) -> None:
    book = load_workbook(written(PROFILE, tmp_path / "профиль.xlsx"))
    sheet = book["Сообщения правил"]
    (row,) = (row for row, (_, name, *_) in enumerate(sheet.values, 1) if name == "waiting_dropped")
    sheet.delete_rows(row)
    book.save(tmp_path / "профиль.xlsx")
    assert profile_of_book(read_book(tmp_path / "профиль.xlsx")) == PROFILE


# --- the way there and back -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", shipped_names())
def test_a_shipped_profile_comes_back_from_its_workbook(name: str) -> None:
    profile = load_profile(name).profile
    again = through_a_book(profile)
    assert again == profile
    # Two profiles are equal in any order; what is printed is printed in this one.
    for table in ("rules", "clauses", "changes", "sheets"):
        assert list(getattr(again, table)) == list(getattr(profile, table))
    for code, rule in profile.rules.items():
        assert list(again.rules[code].messages) == list(rule.messages)


def leaves(value: object, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """Return the ways to all values of a profile's data."""
    if isinstance(value, dict | list | tuple) and value:
        items = value.items() if isinstance(value, dict) else enumerate(value)
        return [way for key, inner in items for way in leaves(inner, (*path, key))]
    return [path]


def put(data: Any, way: tuple[str | int, ...], value: object) -> Any:  # noqa: ANN401 - data of any depth
    """Return a copy of data with a value in its place."""
    if not way:
        return value
    changed = list(data) if isinstance(data, tuple | list) else dict(data)
    changed[way[0]] = put(data[way[0]], way[1:], value)  # type: ignore[index] # a list or a mapping
    return changed


LEAVES = leaves({name: value for name, value in DATA.items() if name not in {"schema", "decision_rules"}})
TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from("\t\r\n"), max_size=12)
VALUES = TEXTS | st.booleans() | st.integers(0, 300) | st.floats(50, 100) | st.dates() | st.lists(TEXTS, max_size=3)


def changed_by(changes: list[tuple[tuple[str | int, ...], object]]) -> Profile:
    """Return the shipped profile with those of the changes that a profile allows."""
    profile, data = PROFILE, DATA
    for way, value in changes:
        try:
            profile = Profile.model_validate(put(data, way, value))
        except ValidationError:
            continue
        data = put(data, way, value)
    return profile


@settings(max_examples=8, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(LEAVES), VALUES), min_size=5, max_size=15))
def test_whatever_a_profile_says_comes_back(changes: list[tuple[tuple[str | int, ...], object]]) -> None:
    profile = changed_by(changes)
    with tempfile.TemporaryDirectory() as folder:
        found = _gather(grids(written(profile, Path(folder) / "профиль.xlsx")))
    assert found.faults == []
    assert Profile.model_validate(gathered(found.data)) == profile


def test_the_property_changes_profiles_at_all() -> None:
    assert changed_by([(("act", "number"), "1\r\n"), (("act", "date"), "x")]).act.number == "1\r\n"


@given(
    st.sets(st.sampled_from(sorted(DATA["rules"]))),
    st.dictionaries(
        st.sampled_from([item["code"] for item in DATA["touchpoints"]]), st.sampled_from(["digital", "offline"])
    ),
)
def test_laying_out_and_gathering_are_each_other_s_way_back(rules: set[str], kinds: dict[str, str]) -> None:
    data = {**DATA, "decision_rules": sorted(rules), "kind_overrides": kinds}
    before = copy.deepcopy(data)
    rows = laid_out(data)
    # A cell that is blank says nothing.
    rows["touchpoints"] = [
        {key: value for key, value in item.items() if value is not None} for item in rows["touchpoints"]
    ]
    assert gathered(rows) == {**data, "touchpoints": list(data["touchpoints"])}
    assert data == before


def grids(path: Path) -> dict[str, Grid]:
    return {compare_key(grid.name): grid for grid in read_book(path).grids}


def test_every_key_of_the_model_has_its_cell(tmp_path: Path) -> None:
    found = _gather(grids(written(PROFILE, tmp_path / "профиль.xlsx")))
    told = {path_told(way, found.data) for way in found.places}
    # Words that stand in one cell have one place.
    missing = [way for way in LEAVES if not {".".join(map(str, way)), ".".join(map(str, way[:-1]))} & told]
    assert [way for way in missing if way != ("kind_overrides",)] == []


def test_the_same_profile_gives_the_same_bytes(tmp_path: Path) -> None:
    first, second = (written(PROFILE, tmp_path / name).read_bytes() for name in ("а.xlsx", "б.xlsx"))
    assert first == second


# --- what an officer sees ---------------------------------------------------------------------------------------------


def test_the_first_sheet_leads_to_every_other(tmp_path: Path) -> None:
    book = load_workbook(written(PROFILE, tmp_path / "профиль.xlsx"))
    assert book.sheetnames == ["О профиле", *(part.sheet for part in ORDERED)]
    guide = book["О профиле"]
    links = [row[0].value for row in guide.iter_rows() if row[0].hyperlink]
    assert sorted(map(str, links)) == sorted(part.sheet for part in ORDERED)
    for name in book.sheetnames[1:]:
        assert book[name].freeze_panes == "B6"


def test_what_may_be_chosen_is_offered(tmp_path: Path) -> None:
    book = load_workbook(written(PROFILE, tmp_path / "профиль.xlsx"))
    offered = {str(area.sqref).split(":")[0]: area.formula1 for area in book["Точки"].data_validations.dataValidation}
    assert offered["C6"] == '"цифровая,офлайн"'
    assert offered["F6"] == '"да,нет"'
    assert offered["J6"] == "Нормы!$A$6:$A$1000"
    clients = [str(area.formula1) for area in book["Виды деятельности"].data_validations.dataValidation]
    assert '"внешний,внутренний,внешний и внутренний"' in clients


# --- a book under a person's hands ------------------------------------------------------------------------------------


@lru_cache
def _bytes() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        return written(PROFILE, Path(folder) / "профиль.xlsx").read_bytes()


class Hands:
    """The shipped profile's workbook, to be changed and read again."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "профиль.xlsx"
        self.path.write_bytes(_bytes())
        self.book = load_workbook(self.path)

    def __getitem__(self, sheet: str) -> Worksheet:
        return self.book[sheet]

    def row(self, sheet: str, text: str, column: int = 1) -> int:
        """Return the row in which a text stands."""
        return next(row for row in range(1, 200) if self.book[sheet].cell(row, column).value == text)

    def line(self, sheet: str, key: str) -> int:
        """Return the row of a key."""
        return self.row(sheet, key, 4)

    def read(self) -> Profile:
        self.book.save(self.path)
        return profile_of_book(read_book(self.path))

    def faults(self) -> list[str]:
        with pytest.raises(ProfileError) as refused:
            self.read()
        assert str(refused.value).splitlines() == [f"профиль.xlsx: {fault}" for fault in refused.value.faults]
        return refused.value.faults


@pytest.fixture
def hands(tmp_path: Path) -> Hands:
    return Hands(tmp_path)


def test_an_officer_s_year_is_read(hands: Hands) -> None:
    units = hands["Подразделения"]
    row = hands.row("Подразделения", "АХО") + 1
    for column, value in enumerate(["ПРАВО", "Правовой отдел", "ОБР; ИНФ", "И.И. Иванов", "", "pravo@example.org"], 1):
        units.cell(row, column, value or None)
    body = hands["Орган и акт"]
    body.cell(hands.line("Орган и акт", "officer.name"), 2, "Сидорова А.А.")
    body.cell(hands.line("Орган и акт", "officer.unit"), 2, "ПРАВО")
    body.cell(hands.line("Орган и акт", "period.deadline"), 2, datetime.date(2026, 12, 15))
    hands["Точки"].cell(hands.row("Точки", "ТЕЛЕФОН"), 9, "цифровая")
    hands["Правила"].cell(hands.row("Правила", "П-12"), 3, "ошибка")
    hands["Правила"].cell(hands.row("Правила", "П-10"), 4, "нет")
    profile = hands.read()
    unit = profile.unit["ПРАВО"]
    assert (unit.name, unit.activities, unit.head, unit.email) == (
        "Правовой отдел",
        ("ОБР", "ИНФ"),
        "И.И. Иванов",
        "pravo@example.org",
    )
    officer = profile.officer
    assert (officer.name, officer.unit, profile.period.deadline) == (
        "Сидорова А.А.",
        "ПРАВО",
        datetime.date(2026, 12, 15),
    )
    assert profile.kind_overrides == {"ТЕЛЕФОН": "digital"}
    assert (profile.rules["П-12"].severity, profile.rules["П-10"].enabled) == ("error", False)


def test_a_paragraph_is_added_in_a_new_line_under_the_last(hands: Hands) -> None:
    sheet = hands["Проект акта"]
    row = hands.row("Проект акта", PROFILE.order.closing[-1], 2) + 1
    sheet.insert_rows(row)
    sheet.cell(row, 2, "Признать утратившим силу прежний приказ.")
    assert hands.read().order.closing == (*PROFILE.order.closing, "Признать утратившим силу прежний приказ.")


def test_rows_may_be_moved_and_deleted_and_own_sheets_kept(hands: Hands) -> None:
    units = hands["Подразделения"]
    units.delete_rows(hands.row("Подразделения", "КАДР"))
    units.insert_rows(hands.row("Подразделения", "ИТ"))
    hands.book.create_sheet("Мои заметки")["A1"] = "позвонить"
    assert [unit.code for unit in hands.read().units] == ["ОРГ", "ИНФ", "ИТ", "БУХ", "АХО"]


FAULTS: dict[str, tuple[str, int, int, object, str]] = {
    "no address": ("Подразделения", 6, 6, "отдел", "Подразделения!F6: «отдел» не адрес электронной почты"),
    "an unknown activity": ("Подразделения", 7, 3, "ЖКХ", "Подразделения!C7: значение «ЖКХ» нигде не описано"),
    "a wrong code": ("Подразделения", 6, 1, "О Р Г", "Подразделения!A6: допустимы буквы, цифры и дефис"),
    "no name": ("Точки", 6, 2, None, "Точки!B6: значение не может быть пустым"),
    "a wrong kind": ("Точки", 7, 3, "смешанная", "Точки!C7: «смешанная» здесь не предусмотрено. Выберите: «цифровая»"),
    "no kind": ("Точки", 7, 3, None, "Точки!C7: значение не заполнено; впишите его"),
    "an unknown clause": ("Точки", 7, 10, "нет", "Точки!J7: значение «нет» нигде не описано"),
    "a wrong level": ("Правила", 6, 3, "беда", "Правила!C6: «беда» здесь не предусмотрено. Выберите: «ошибка»"),
    "an unknown rule": ("Правила", 6, 1, "П-77", "Сообщения правил!A6: «П-01» не описано"),
    "a rule twice": ("Правила", 7, 1, "П-01", "Правила!A7: «П-01» здесь уже есть; оставьте одну строку"),
    "no rule": ("Сообщения правил", 6, 1, None, "Сообщения правил!A6: значение не заполнено; впишите его"),
    "a strange word": (
        "Сообщения правил",
        6,
        4,
        "{что}",
        "Сообщения правил!D6: подстановка «что» этому тексту неизвестна",
    ),
    "no words": ("Сообщения правил", 6, 4, None, "Сообщения правил!D6: значение не заполнено; впишите его"),
    "no date": ("Орган и акт", 14, 2, "весной", "Орган и акт!B14: «весной» не дата"),
    "a broken key": ("Орган и акт", 7, 4, "тело", "Орган и акт!D7: ключ «тело» неизвестен; верните ключ этой строки"),
    "an empty body": ("Орган и акт", 7, 2, None, "Орган и акт!B7: значение не может быть пустым"),
    "a key twice": ("Орган и акт", 8, 4, "body.name", "Орган и акт!B8: «Полное наименование» здесь уже есть"),
    "no unit of the officer": (
        "Орган и акт",
        22,
        2,
        "ПЕРС",
        "Орган и акт!B22: подразделения с кодом «ПЕРС» в профиле нет; впишите код одного из его подразделений",
    ),
    "a lost header": ("Точки", 5, 5, None, "Точки: нет графы «Другие написания»; верните заголовок"),
    "an own header": ("Точки", 5, 11, "Заметки", "Точки!K5: такой графы в профиле нет; удалите её"),
    "a score": ("Пороги и приметы", 7, 2, 40, "Пороги и приметы!B7: число должно быть не меньше 50"),
    "no number": ("Пороги и приметы", 7, 2, "мало", "Пороги и приметы!B7: «мало» не число"),
    "half a sheet": ("Шаблон и печать", 8, 2, 2.5, "Шаблон и печать!B8: нужно целое число"),
    "a wide column": ("Графы листов", 6, 3, 300, "Графы листов!C6: число должно быть не больше 255"),
    "a code that is needed": ("Слова", 6, 2, "цифра", "Слова!B6: недопустимое значение"),
    "a bad sheet name": ("Листы", 6, 2, "А/Б", "Листы!B6: в имени листа не допускаются знаки"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_names_its_sheet_and_cell(hands: Hands, fault: str) -> None:
    sheet, row, column, value, told = FAULTS[fault]
    hands[sheet].cell(row, column).value = value  # type: ignore[assignment] # any value a person types
    assert any(line.startswith(told) for line in hands.faults())


def test_a_name_given_twice_is_told_at_its_column(hands: Hands) -> None:
    hands["Подразделения"].cell(7, 1, "ОРГ")
    assert hands.faults() == ["Подразделения!A5: значение «ОРГ» встречается 2 раза; оно должно быть одно"]


def test_a_lost_line_is_told_at_its_sheet(hands: Hands) -> None:
    hands["Орган и акт"].delete_rows(hands.line("Орган и акт", "act.number"))
    assert hands.faults() == ["Орган и акт: нет строки «Номер акта»; верните её с ключом act.number"]


def test_a_book_made_before_the_officers_unit_could_be_named_serves_on(hands: Hands) -> None:
    hands["Орган и акт"].delete_rows(hands.line("Орган и акт", "officer.unit"))
    assert hands.read() == PROFILE


def test_a_value_that_belongs_to_nothing_is_told(hands: Hands) -> None:
    hands["Орган и акт"].cell(hands.line("Орган и акт", "name") + 3, 2, "что-то")
    (fault,) = hands.faults()
    assert fault.endswith(": не видно, к чему относится значение; верните ключ этой строки или удалите её")


def test_a_lost_sheet_is_told(hands: Hands) -> None:
    del hands.book["Нормы"]
    assert hands.faults() == ["нет листа «Нормы»; верните его или составьте профиль заново"]


def test_a_cell_that_cannot_be_read_is_told(hands: Hands) -> None:
    hands["Подразделения"]["B6"] = "=1/0"
    hands["Подразделения"]["B7"] = "#N/A"
    hands["Подразделения"]["B7"].data_type = "e"
    faults = hands.faults()
    assert "Подразделения!B6: значение не читается; впишите его заново" in faults
    assert "Подразделения!B7: значение не читается; впишите его заново" in faults


def test_all_faults_are_told_at_once(hands: Hands) -> None:
    hands["Подразделения"].cell(6, 6, "отдел")
    hands["Точки"].cell(6, 10, "нет")
    assert len(hands.faults()) == 2


def test_another_workbook_is_no_profile(tmp_path: Path) -> None:
    path = tmp_path / "книга.xlsx"
    hands = Hands(tmp_path)
    for name in hands.book.sheetnames[4:]:
        del hands.book[name]
    hands.book.save(path)
    with pytest.raises(ProfileError, match="в книге нет листов профиля"):
        profile_of_book(read_book(path))
