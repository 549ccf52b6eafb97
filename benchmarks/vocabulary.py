"""Words of which process names, needs and addresses are made, and the ways in which people rewrite them."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from itertools import product

VERBS = {
    "Прием": "Принятие", "Рассмотрение": "Разбор", "Подготовка": "Оформление", "Выдача": "Предоставление",
    "Согласование": "Визирование", "Учет": "Ведение учета", "Проверка": "Контроль", "Организация": "Проведение",
    "Сопровождение": "Поддержка", "Хранение": "Сохранение", "Регистрация": "Внесение в журнал", "Передача": "Сдача",
}  # fmt: skip
OBJECTS = (
    "заявлений на отпуск", "служебных командировок", "листков нетрудоспособности", "должностных инструкций",
    "личных карточек", "трудовых книжек", "справок о доходах", "справок о стаже работы", "авансовых отчетов",
    "расчетных листков", "материальных ценностей", "основных средств", "канцелярских товаров", "заявок на ремонт",
    "рабочих мест", "учетных записей", "электронных подписей", "лицензий на программы", "средств связи",
    "обращений граждан", "запросов организаций", "жалоб на действия служащих", "предложений по работе",
    "информационных сообщений", "публикаций на сайте", "опросов посетителей", "договоров аренды",
    "государственных контрактов", "технических заданий", "коммерческих предложений", "инвестиционных проектов",
    "субсидий предприятиям", "соглашений о сотрудничестве", "планов мероприятий", "протоколов совещаний",
    "поручений руководителя", "архивных дел", "номенклатуры дел", "служебного транспорта", "пропусков в здание",
    "помещений и кабинетов", "охранной сигнализации", "пожарных извещателей", "конкурсных заявок",
    "наградных материалов", "квалификационных экзаменов", "кадрового резерва", "дополнительного обучения",
    "медицинских осмотров", "сведений о доходах служащих",
)  # fmt: skip
QUALIFIERS = (
    "", "сотрудников Министерства", "подведомственных учреждений", "промышленных предприятий", "торговых организаций",
    "государственных гражданских служащих", "руководителей отделов", "за {year} год", "по форме № {number}",
    "по программе «Развитие торговли»", "муниципальных образований", "иногородних заявителей", "малого бизнеса",
    "в рамках договора № {number}", "на {year} год", "внештатных работников",
)  # fmt: skip
ADDED = (
    " в электронной форме",
    " (в том числе дистанционно)",
    ", включая консультирование",
    " в установленном порядке",
)
SHORT = {
    "государственных": "гос.", "Министерства": "Мин-ва", "организаций": "орг.", "сотрудников": "сотр.",
    "программе": "прогр.", "учреждений": "учр.", "предприятий": "предпр.", "муниципальных": "мун.",
}  # fmt: skip
NEEDS = (
    "Получение консультации", "Подача заявления", "Получение ответа", "Получение форм документов", "Подача жалобы",
    "Получение информации о ходе рассмотрения документов", "Предоставление обратной связи", "Подача документов",
)  # fmt: skip
SYNONYMS = {"Получение консультации": "Консультация", "Получение форм документов": "Получение бланков"}
POINTS = (
    ("официальный сайт Министерства", "digital"), ("электронная почта Министерства", "digital"),
    ("Платформа обратной связи", "digital"), ("система электронного документооборота (СЭД)", "digital"),
    ("социальные сети", "digital"), ("телефонная связь", "offline"), ("здание Министерства", "offline"),
    ("здание Дома Советов", "offline"),
)  # fmt: skip
PHONE = "телефонная связь"
_LAST_NUMBER = 2400


def process_names(chance: random.Random) -> Iterator[str]:
    """Yield process names that differ in more than spelling, for as long as there are any."""
    parts = list(product(VERBS, OBJECTS, QUALIFIERS))
    chance.shuffle(parts)
    seen = set()
    turn = 0
    while True:
        for verb, thing, qualifier in parts:
            filled = qualifier.format(year=chance.randint(2015, 2030), number=chance.randint(1, 400))
            name = f"{verb} {thing} {filled}".strip() + (f", участок {turn}" if turn else "")
            if name.casefold() not in seen:
                seen.add(name.casefold())
                yield name
        turn += 1


def contact_of(point: str, chance: random.Random) -> str:
    """Return an address of a touchpoint, "" where it has none."""
    number = chance.randint(1, 60)
    return {
        "официальный сайт Министерства": f"https://dprt.admin-smolensk.ru/{number}/",
        "электронная почта Министерства": f"otdel{number}@admin-smolensk.ru",
        PHONE: f"(4812) 20-00-{number:02d}",
        "здание Министерства": f"каб. {number}",
        "здание Дома Советов": f"каб. {number}",
    }.get(point, "")


def reworded(name: str, chance: random.Random) -> str:
    """Return a process's name in other words that mean the same: one to two rewordings."""
    for _ in range(chance.choice((1, 1, 2))):
        name = chance.choice((_synonym, _shortened, _turned, _qualified))(name, chance)
    return name


def _synonym(name: str, _chance: random.Random) -> str:
    verb, _, rest = name.partition(" ")
    return f"{VERBS[verb]} {rest}" if verb in VERBS else name


def _shortened(name: str, chance: random.Random) -> str:
    known = [word for word in SHORT if word in name]
    return name.replace(word := chance.choice(known), SHORT[word]) if known else _qualified(name, chance)


def _turned(name: str, _chance: random.Random) -> str:
    verb, _, rest = name.partition(" ")
    return f"{rest[:1].upper()}{rest[1:]}: {verb.lower()}"


def _qualified(name: str, chance: random.Random) -> str:
    added = chance.choice(ADDED)
    return name if added.strip() in name else f"{name}{added}"


def decoy(name: str, chance: random.Random) -> str:
    """Return the name of another process: another number or year, else another object."""
    digits = [word for word in name.replace(",", " ").split() if word.isdigit()]
    if digits:
        return name.replace(chance.choice(digits), str(chance.randint(2015, _LAST_NUMBER)), 1)
    thing = next((item for item in OBJECTS if item in name), "")
    return name.replace(thing, chance.choice(OBJECTS)) if thing else f"{name} № {chance.randint(2, 99)}"


def respelled(text: str, chance: random.Random) -> str:
    """Return a text that differs only in spelling: case, spaces, a final dot, ё, quotes, a look-alike letter."""
    ways: tuple[Callable[[str], str], ...] = (
        str.upper,
        lambda name: name.replace(" ", "  ", 1) if " " in name else name.upper(),
        lambda name: f"{name}.",
        lambda name: name.replace("е", "ё", 1) if "е" in name else name.upper(),
        lambda name: name.replace("«", '"').replace("»", '"') if "«" in name else name.lower(),
        lambda name: name.replace("о", "o", 1) if "о" in name else f"{name}.",
    )
    found = text
    while found == text:
        found = chance.choice(ways)(text)
    return found


def other_needs(needs: str, chance: random.Random) -> str:
    """Return needs that are another set."""
    was = set(needs.split("; "))
    now = set(was)
    while now == was or not now:
        now ^= {chance.choice(NEEDS)}
    return "; ".join(sorted(now))


def same_needs(needs: str, chance: random.Random) -> str:
    """Return the same needs in another order, or by a synonym: no change."""
    items = needs.split("; ")
    chance.shuffle(items)
    known = [item for item in items if item in SYNONYMS]
    if known and chance.random() < 0.5:  # noqa: PLR2004 - as often as not
        return "; ".join(SYNONYMS.get(item, item) for item in items)
    return "; ".join(items)
