"""Names of processes are alike however they are shortened, turned or qualified; other numbers speak against it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbook_tools.comparing.names import Likeness, likeness, name_of, same_word, stem, weights

TYPED = (
    "приём принятие выдача выдачи справок справка заявлений заявление отпуск отпуска гос. государственную службу сотр. "
    "сотрудников Министерства Мин-ва АРМ автоматизированных рабочих мест учёт, контроль и в на по о «Развитие» № 5 12 "
    "2024 2025 44-ФЗ II III техническое обслуживание обслживание средств связи"
)
WORDS = TYPED.split()
NAMES = st.lists(st.sampled_from(WORDS), max_size=7).map(" ".join)
# What stands beside the two names in a register, so that common words weigh less than rare ones.
OTHERS = (
    "Приём заявлений сотрудников Министерства",
    "Выдача пропусков сотрудникам Министерства",
    "Учёт обращений государственных служащих",
    "Согласование заявлений на ремонт рабочих мест",
)


def alike(one: str, other: str) -> Likeness:
    names = name_of(one), name_of(other)
    return likeness(*names, weights([*names, *map(name_of, OTHERS)]))


# --- taken apart ---------------------------------------------------------------------------------------------------


def test_a_name_is_taken_apart_into_stems_numbers_and_actions() -> None:
    name = name_of("Приём заявлений на отпуск по форме № 12 за 2024 год")
    assert name.stems == ("при", "заявлен", "отпуск", "форм")
    assert name.numbers == ("12", "2024")
    assert name.actions == {"при"}
    assert name.key == "прием заявлений на отпуск по форме № 12 за 2024 год"


def test_a_name_is_taken_apart_as_it_is_written_whatever_its_spelling() -> None:
    name = name_of("Приём  «заявлений» на\u00a0отпуск.")
    assert name == name_of('ПРИЕМ "ЗАЯВЛЕНИЙ" НА ОТПУСК')
    assert name.key == 'прием "заявлений" на отпуск'


def test_small_words_are_left_out_and_a_word_that_repeats_counts_once() -> None:
    assert name_of("и в на, по; для – с").stems == ()
    assert name_of("учёт и учёт").stems == ("учет",)
    assert name_of("План на 2024 год").stems == name_of("План на 2024 г.").stems == ("план",)


@pytest.mark.parametrize("action", ["Рассмотрение", "Регистрация", "Подготовка", "Поддержка", "Проверка", "Передача"])
def test_a_noun_of_doing_is_an_action(action: str) -> None:
    name = name_of(f"{action} документов")
    assert name.actions == {name.stems[0]}


@pytest.mark.parametrize("matter", ["документов", "отпуск", "станция метро", "кабинет"])
def test_a_matter_is_no_action_unless_it_ends_like_one(matter: str) -> None:
    name = name_of(matter)
    assert {"документ", "отпуск", "метр", "кабинет"} & set(name.stems)
    assert {"документ", "отпуск", "метр", "кабинет"} & name.actions == set()


@pytest.mark.parametrize(
    ("word", "start"),
    [
        ("государственную", "государствен"),
        ("заявлений", "заявлен"),
        ("справок", "справок"),
        ("гос.", "гос."),
        ("год", "год"),
        ("", ""),
    ],
)
def test_a_stem_is_a_word_without_its_ending_and_one_cut_short_keeps_its_dot(word: str, start: str) -> None:
    assert stem(word) == start


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("государственная", "государственных"),
        ("заявление", "заявлениями"),
        ("сотрудник", "сотрудникам"),
        ("документ", "документов"),
    ],
)
def test_the_forms_of_one_word_have_one_stem(one: str, other: str) -> None:
    assert stem(one) == stem(other)


def test_words_that_only_begin_alike_have_stems_of_their_own() -> None:
    stems = {stem(word) for word in ("учёт", "участков", "участников", "учреждений", "учредителей")}
    assert len(stems) == 5


def test_the_words_of_a_text_that_is_no_name_are_taken_up_to_the_sixtieth() -> None:
    words = [
        f"{one}{two}" for one in "бвгджзклмн" for two in ("удров", "арков", "ирков", "ырков", "укров", "акров", "юков")
    ]
    name = name_of(" ".join(words))
    assert name.stems == tuple(dict.fromkeys(map(stem, words[:60])))
    assert len(name.stems) == 60


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("Договор № 5", ("5",)),
        ("Договор №5", ("5",)),
        ("План на 2024 год", ("2024",)),
        ("Закупки по 44-ФЗ", ("44",)),
        ("Сопровождение 1С", ("1с",)),
        ("Приём, II этап", ("ii",)),
        ("Приём (этап IV)", ("iv",)),
        ("Форма 3.1", ("1", "3")),
        ("Договоры № 7, № 5", ("5", "7")),
        ("Уборка корпуса Б", ("б",)),
        ("Уборка корпуса «А»", ("а",)),
        ("Уборка корпуса (в)", ("в",)),
        ("Приём, этап Х", ("х",)),
        ("Приём, этап XX", ("хх",)),
        ("Приём, этап ХХ", ("хх",)),
        ("Приём, этап XII", ("xii",)),
        ("Уборка корпуса А, этаж первый", ("а",)),
        ("Уборка корпуса Б и двора", ("б",)),
        ("Уборка (зона а; зона б)", ("а", "б")),
        ("Ведение реестра А-В", ("а", "в")),
        ("Учёт не принятых заявок", ("не",)),
        ("Приём без записи", ("без",)),
        ("Приём в здании", ()),
        ("В здании", ()),
        ("Договоры с В. Ивановым", ()),
        ("УБОРКА КОРПУСА Б И ДВОРА", ()),
        ("Договоры", ()),
    ],
)
def test_numbers_years_and_indices_are_told_apart_from_words(text: str, numbers: tuple[str, ...]) -> None:
    assert name_of(text).numbers == numbers


# --- weights -------------------------------------------------------------------------------------------------------


def test_a_rare_word_weighs_more_than_a_common_one_and_an_action_half() -> None:
    names = [name_of(text) for text in ("Выдача справок", "Выдача пропусков", "Выдача справок", "Кабинет")]
    weight = weights(names)
    assert weight["пропуск"] > weight["справок"]
    assert weight["кабинет"] == weight["пропуск"]
    assert weight["выдач"] < weight["справок"] / 1.5


def test_no_names_have_no_weights() -> None:
    assert dict(weights([])) == {}


# --- what makes no difference --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Приём на государственную гражданскую службу", "Приём на гос. гражд. службу"),
        ("Учёт имущества подведомственных учреждений", "Учёт имущества подвед. учреждений"),
        ("Настройка автоматизированных рабочих мест", "Настройка АРМ"),
        ("Сопровождение системы электронного документооборота", "Сопровождение СЭД"),
        ("Выдача трудовых книжек", "Трудовых книжек: выдача"),
        ("Приём заявлений на отпуск", "На отпуск заявлений приём"),
        ("Приём заявлений на отпуск", "Приём заявлний на отпуск"),
        ("Согласование командировок", "Соглосование командировок"),
        ("Выдача справки", "Выдача справок"),
        ("Договор № 12", "Договор №12"),
        ("Выдача справок сотрудникам Министерства", "Выдача справок сотрудникам Мин-ва"),
        ("Государство и право", "Гос-во и право"),
        ("Выдача электронных подписей", "Выдача эл-х подписей"),
        (
            "Сопровождение автоматизированных рабочих мест и системы электронного документооборота",
            "Сопровождение АРМ и СЭД",
        ),
        ("Ремонт средств связи Министерства", "Ремонт средств свези Министерства"),
        ("Приём, этап XX", "Приём, этап ХХ"),
    ],
)
def test_abbreviations_word_order_endings_and_typing_errors_make_no_difference(one: str, other: str) -> None:
    assert alike(one, other) == Likeness(common=1.0, swapped=0.0, numbers=True)
    assert alike(other, one) == Likeness(common=1.0, swapped=0.0, numbers=True)


@pytest.mark.parametrize(
    "longer",
    ["Выдача справок о стаже работы", "Выдача справок в установленном порядке", "Выдача справок (дистанционно)"],
)
def test_an_added_qualifier_swaps_nothing_though_less_is_common(longer: str) -> None:
    like = alike("Выдача справок", longer)
    assert like.swapped == 0.0
    assert 0.2 < like.common < 1.0
    assert like.numbers


def test_a_reworded_action_swaps_less_than_a_reworded_matter() -> None:
    action = alike("Приём заявлений на отпуск", "Принятие заявлений на отпуск")
    matter = alike("Приём заявлений на отпуск", "Приём заявлений на обучение")
    assert 0.0 < action.swapped < matter.swapped
    assert action.common > matter.common


def test_names_that_share_no_word_have_nothing_in_common() -> None:
    assert alike("Выдача справок", "Согласование отпусков") == Likeness(common=0.0, swapped=1.0, numbers=True)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Договор № 5", "Договор № 6"),
        ("Договор № 5", "Договор"),
        ("План на 2024 год", "План на 2025 год"),
        ("Закупки по 44-ФЗ", "Закупки по 223-ФЗ"),
        ("Приём документов, II этап", "Приём документов, III этап"),
        ("Сопровождение 1С", "Сопровождение 2С"),
        ("Форма 3.1", "Форма 3.2"),
        ("Договоры № 5 и № 7", "Договоры № 5"),
        ("Уборка корпуса А", "Уборка корпуса Б"),
        ("Приём, этап X", "Приём, этап V"),
        ("Приём, этап XX", "Приём, этап XI"),
        ("Уборка корпуса А, этаж первый", "Уборка корпуса Б, этаж первый"),
        ("Уборка корпуса Б и двора", "Уборка корпуса А и двора"),
        ("Приём граждан по предварительной записи № 5", "Приём граждан по предварительной записи № 6"),
        ("Учёт принятых заявок", "Учёт не принятых заявок"),
        ("Приём граждан по записи", "Приём граждан без записи"),
    ],
)
def test_other_numbers_years_and_indices_speak_against(one: str, other: str) -> None:
    assert not alike(one, other).numbers
    assert not alike(other, one).numbers
    assert alike(one, one).numbers


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Учёт участков", "Учёт участников"),
        ("Выдача лицензий юридическим лицам", "Выдача лицензий физическим лицам"),
        ("Согласование внутренних перевозок грузов", "Согласование внешних перевозок грузов"),
        ("Приём отчётов учреждений", "Приём отчётов учредителей"),
    ],
)
def test_another_matter_near_in_letters_is_another_matter(one: str, other: str) -> None:
    like = alike(one, other)
    assert like.common < 1.0
    assert like.swapped > 0.0


# --- words ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("гос.", "государствен"),
        ("сотр.", "сотрудник"),
        ("подвед.", "подведомствен"),
        ("предпр.", "предпр"),
        ("заявлен", "заявлн"),
        ("справк", "справок"),
        ("отпуск", "отпуск"),
        ("муниц.", "муниципальн"),
        ("согласован", "соглосован"),
    ],
)
def test_a_word_cut_short_or_with_a_vowel_that_comes_and_goes_is_the_same_word(one: str, other: str) -> None:
    assert same_word(one, other)
    assert same_word(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("гос.", "муниципальн"),
        ("г.", "город"),
        ("гос", "государствен"),
        ("год", "код"),
        ("прием", "отпуск"),
        ("связи", "сдачи"),
        ("связ", "сяз"),
        ("участк", "участник"),
        ("заявле", "заявлн"),
        ("юридическ", "физическ"),
    ],
)
def test_a_single_letter_another_beginning_and_short_words_are_not(one: str, other: str) -> None:
    assert not same_word(one, other)
    assert not same_word(other, one)


# --- laws ----------------------------------------------------------------------------------------------------------


@settings(deadline=None, max_examples=200)
@given(NAMES, NAMES, st.lists(NAMES, max_size=4))
def test_likeness_is_the_same_both_ways(one: str, other: str, beside: list[str]) -> None:
    names = name_of(one), name_of(other)
    weight = weights([*names, *map(name_of, beside)])
    there, back = likeness(*names, weight), likeness(names[1], names[0], weight)
    assert there.common == pytest.approx(back.common)
    assert there.swapped == pytest.approx(back.swapped)
    assert there.numbers is back.numbers


@settings(deadline=None, max_examples=150)
@given(NAMES, NAMES)
def test_likeness_is_a_part_of_the_whole(one: str, other: str) -> None:
    like = alike(one, other)
    assert -1e-9 <= like.common <= 1 + 1e-9
    assert -1e-9 <= like.swapped <= 1 + 1e-9


@settings(deadline=None, max_examples=150)
@given(st.one_of(NAMES, st.text(max_size=40)))
def test_a_name_is_wholly_like_itself(text: str) -> None:
    like = alike(text, text)
    assert like.common == pytest.approx(1.0)
    assert like.swapped == pytest.approx(0.0)
    assert like.numbers


def _turned(words: list[str]) -> st.SearchStrategy[tuple[list[str], list[str]]]:
    return st.tuples(st.just(words), st.permutations(words))


# A letter before a comma is an index, whatever it would be elsewhere.
@pytest.mark.parametrize(("sign", "words"), [(" ", WORDS), (", ", [word for word in WORDS if len(word) > 1])])
@settings(deadline=None, max_examples=100)
@given(st.data())
def test_the_order_of_the_words_makes_no_difference(sign: str, words: list[str], data: st.DataObject) -> None:
    sides = data.draw(st.lists(st.sampled_from(words), max_size=7).flatmap(_turned))
    # The full stop of the last word is taken for that of the sentence: see the expected failures below.
    one, other = (name_of(sign.join([*side, "отдел"])) for side in sides)
    assert one.numbers == other.numbers
    assert set(one.stems) == set(other.stems)


# --- known faults: a strict failure tells when one is mended -------------------------------------------------------


@pytest.mark.xfail(
    reason="the full stop of the last word is dropped, so that it is not seen to be cut short", strict=True
)
def test_an_abbreviation_at_the_end_is_spelled_out() -> None:
    assert alike("Приём заявлений организаций", "Приём заявлений орг.").swapped == 0.0


@pytest.mark.parametrize(
    ("latin", "russian"), [("Приём, этап X", "Приём, этап Х"), ("Уборка корпуса A", "Уборка корпуса А")]
)
def test_an_index_in_latin_letters_that_look_russian_is_the_russian_one(latin: str, russian: str) -> None:
    assert name_of(latin).numbers == name_of(russian).numbers


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Учёт входящей корреспонденции Министерства", "Учёт исходящей корреспонденции Министерства"),
        ("Учёт земельных участков Смоленской области", "Учёт земельных участников Смоленской области"),
        ("Приём отчётов об исполнении бюджета", "Приём отчётов о неисполнении бюджета"),
    ],
)
def test_another_matter_near_in_letters_is_another_matter_in_a_long_name_too(one: str, other: str) -> None:
    assert alike(one, other).swapped > 0.0


def test_only_the_shorter_of_two_words_can_be_cut_short() -> None:
    assert not same_word("прил.", "при")


def test_a_hyphened_abbreviation_is_spelled_out_in_any_case() -> None:
    assert alike("Работа с Министерством", "Работа с Мин-вом").swapped == 0.0
