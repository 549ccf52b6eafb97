"""Generated registers: an edition, files that keep to every rule, and defects to seed into them."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from openpyxl import load_workbook

from tests.books import ACCOUNTING, BASIS, COMPUTING, MINISTRY, PHONE, SED, STAFF, UnitBook, edition_of_rows, record
from tests.naive import ERROR_CELL, NAMES
from workbook_tools.records import Edition, code_text, rows

ACTIVITIES = {"КАДР": STAFF, "ИТ": COMPUTING, "БУХ": ACCOUNTING}
POINTS: dict[str, tuple[str, str]] = {
    MINISTRY: ("offline", "каб. 5"),
    SED: ("digital", ""),
    PHONE: ("offline", "(4812) 00-00-01, доб. 12"),
    "официальный сайт Министерства": ("digital", "https://dprt.admin-smolensk.ru/priem"),
    "электронная почта Министерства": ("digital", "kadry@admin-smolensk.ru"),
}
NEEDS = ("Получение консультации", "Подача заявления; получение ответа", "Получение форм документов")
SUBJECTS = ("личного дела", "служебной поездки", "рабочего места", "расчётного листка", "архивной справки")
KINDS = {"digital": "цифровая", "offline": "офлайн"}
ACTIONS = ("без изменений", "без изменений", "без изменений", "изменить", "исключить", "включить")
FIRST = 6

Sheet = list[tuple[int, dict[str, str]]]


@dataclass
class Generated:
    """An edition in force and the rows of each unit's file by their numbers."""

    edition: Edition
    files: dict[str, Sheet]

    @property
    def named(self) -> Mapping[str, tuple[str, Sheet]]:
        """The rows by file name, each with its unit."""
        return {f"{unit}.xlsx": (unit, sheet) for unit, sheet in self.files.items()}

    def save(self, folder: Path) -> Path:
        """Write the files into a folder through the unit's template."""
        for unit, sheet in self.files.items():
            book = UnitBook(unit, self.edition)
            for row, texts in sheet:
                book.put(row, **{name: texts.get(name, "") for name in NAMES[1:]})
            path = book.save(folder / f"{unit}.xlsx")
            assert load_workbook(path, read_only=True)["Сведения"].max_row >= sheet[-1][0]
        return folder


def generated(size: int, chance: random.Random, old_defects: int = 0) -> Generated:
    """Return an edition and as many rows about it, every action among them; nothing in the rows breaks a rule.

    Parameters
    ----------
    size
        The number of rows in all files together.
    old_defects
        How many of the edition's records have a building as a digital point.
    """
    files: dict[str, Sheet] = {unit: [] for unit in ACTIVITIES}
    held: list[dict[str, object]] = []
    for number in range(1, size + 1):
        unit = chance.choice(list(ACTIVITIES))
        action = chance.choice(ACTIONS)
        point, (kind, contact) = chance.choice(list(POINTS.items()))
        texts = {
            "activity": ACTIVITIES[unit],
            "process": f"Оформление {chance.choice(SUBJECTS)} {number}",
            "client": "внутренний",
            "touchpoint": point,
            "contact": contact,
            "kind": KINDS[kind],
            "needs": chance.choice(NEEDS),
            "key": chance.choice(("да", "нет", "")),
        }
        if action != "включить":
            held.append(_record(code_text(len(held) + 1), unit, texts, wrong=len(held) < old_defects))
            texts |= {"code": str(held[-1]["code"]), "kind": KINDS[str(held[-1]["kind"])]}
        if action == "изменить":
            texts["needs"] += "; предоставление обратной связи"
        texts |= {"action": action, "basis": "" if action == "без изменений" else BASIS, "note": ""}
        files[unit].append((0, texts))
    coded = {unit: sorted(sheet, key=lambda item: "code" not in item[1]) for unit, sheet in files.items()}
    numbered = {unit: [(row, texts) for row, (_, texts) in enumerate(sheet, FIRST)] for unit, sheet in coded.items()}
    return Generated(edition_of_rows(held), numbered)


def _record(code: str, unit: str, texts: Mapping[str, str], *, wrong: bool) -> dict[str, object]:
    own = {name: texts[name] for name in ("client", "contact", "needs")}
    kind = next(key for key, name in KINDS.items() if name == texts["kind"])
    point = MINISTRY if wrong else texts["touchpoint"]
    key = {"да": "yes", "нет": "no", "": ""}[texts["key"]]
    return record(
        code,
        unit,
        texts["activity"],
        texts["process"],
        point,
        **own | {"kind": "digital" if wrong else kind, "key": key},
    )


def as_people_read(edition: Edition) -> list[Mapping[str, str]]:
    """Return an edition's records with the words of the template."""
    answers = {"yes": "да", "no": "нет", "": ""}
    return [
        {name: str(value) for name, value in item.items()} | {"kind": KINDS[item["kind"]], "key": answers[item["key"]]}
        for item in rows(edition.records)
    ]


# --- defects ----------------------------------------------------------------------------------------------------------

VALUES: dict[str, tuple[str, ...]] = {
    "action": ("", "оставить", "исключить", "включить", "изменить", "без изменений"),
    "code": ("", "Т-0001", "Т-0002", "Т-99999"),
    "activity": ("", "кадры", ACCOUNTING, "Ведение  бухгалтерского учёта"),
    "process": ("", "Приём жалоб граждан", "Рассмотрение жалоб граждан", "Оформление личного дела 3",
                "Офрмление архивной справки 7", "Очень длинный процесс " * 20, "Сверка Министерства финансов",
                ERROR_CELL),
    "client": ("", "все", "внешний", "внешний и внутренний", ERROR_CELL),
    "touchpoint": ("", "Чат-бот", "здание Дома Советов, здание Министерства", "СЭД", "CЭД", "телефон", "мессенджеры",
                   "  Сайт   Министерства ", ERROR_CELL),
    "contact": ("", "deprpromtorg@smolinvest", "https://dprt.admin-smolensk.ru/", "info@firma.ru", "каб. 7",
                "(4812) 00-00-02"),
    "kind": ("", "смешанная", "цифровая", "офлайн", "Оффлайн-точка", ERROR_CELL),
    "needs": ("", "Консультация", "Сотруднику начислена заработная плата", "Выплата; справка о выплате",
              "Приём жалоб граждан", " Получение   консультации", ERROR_CELL),
    "key": ("возможно", "да", "нет", ""),
    "basis": ("", BASIS),
    "note": ("По письму Министерства финансов", "уточнено"),
}  # fmt: skip


def spoil(made: Generated, chance: random.Random, share: float = 0.5) -> None:
    """Put one to three random values into a share of the rows; the rows may then break any rules at once."""
    for sheet in made.files.values():
        for _, texts in sheet:
            if chance.random() < share:
                for name in chance.sample(list(VALUES), chance.choice((1, 1, 2, 3))):
                    texts[name] = chance.choice(VALUES[name])
            elif chance.random() < 0.05:
                texts["process"] = mistyped(chance.choice(sheet)[1]["process"])
            elif chance.random() < 0.05:
                texts["needs"] = f"Получение консультации; {texts['process'].lower()}"


def mistyped(text: str) -> str:
    """Return a text with its third letter left out."""
    return text[:2] + text[3:]


def claim(made: Generated, chance: random.Random, count: int = 60) -> None:
    """Add new rows that claim what another row has: of the same unit or another, alike or with other kind or client."""
    for _ in range(count):
        theirs = chance.choice(list(made.files))
        mine = chance.choice(list(made.files))
        _, copied = chance.choice(made.files[theirs])
        row = made.files[mine][-1][0] + 1
        changed = {"code": "", "action": "включить", "basis": BASIS, "kind": chance.choice(list(KINDS.values()))}
        client = chance.choice((copied["client"], copied["client"], "внешний и внутренний"))
        made.files[mine].append((row, copied | changed | {"client": client}))


def come_again(made: Generated, count: int = 12) -> None:
    """Add new rows that name what another row of their file excludes: every second says something else of it."""
    for sheet in made.files.values():
        excluded = [texts for _, texts in sheet if texts["action"] == GONE][:count]
        for at, texts in enumerate(excluded):
            other = {"needs": "Получение ответа на обращение"} if at % 2 else {}
            sheet.append((sheet[-1][0] + 1, texts | {"code": "", "action": NEW, "basis": BASIS} | other))


@dataclass(frozen=True)
class Defect:
    """One fault in an otherwise sound row.

    Attributes
    ----------
    action
        The action of the rows that it can be put into.
    values
        What it puts into which columns.
    found
        Rule, message and column of each finding that it must lead to; nothing else may be found.
    """

    action: str
    values: Mapping[str, str]
    found: tuple[tuple[str, str, str], ...]


NEW, CHANGED, KEPT, GONE = "включить", "изменить", "без изменений", "исключить"
STREET = {"touchpoint": MINISTRY, "kind": "офлайн", "contact": ""}
DEFECTS: dict[str, Defect] = {
    "blank need": Defect(NEW, {"needs": ""}, (("П-02", "main", "needs"),)),
    "blank process": Defect(CHANGED, {"process": " "}, (("П-02", "main", "process"),)),
    "blank kept cell": Defect(KEPT, {"client": ""}, (("П-02", "main", "client"),)),
    "no action": Defect(KEPT, {"action": ""}, (("П-02", "main", "action"),)),
    "long process": Defect(NEW, {"process": "ъ" * 251}, (("П-02", "too_long", "process"),)),
    "error cell": Defect(NEW, {"kind": ERROR_CELL}, (("П-02", "error_cell", "kind"),)),
    "no such activity": Defect(NEW, {"activity": "рыболовство"}, (("П-04", "unknown", "activity"),)),
    "no such kind": Defect(NEW, {"kind": "смешанная"}, (("П-05", "main", "kind"),)),
    "digital building": Defect(NEW, STREET | {"kind": "цифровая"}, (("П-06", "main", "kind"),)),
    "digital telephone": Defect(
        NEW, {"touchpoint": PHONE, "kind": "цифровая", "contact": "112"}, (("П-06", "disputed", "kind"),)
    ),
    "new touchpoint": Defect(NEW, {"touchpoint": "Чат-бот", "contact": ""}, (("П-07", "main", "touchpoint"),)),
    "two touchpoints": Defect(
        NEW, {"touchpoint": "здание Министерства, телефон"}, (("П-08", "main", "touchpoint"),)
    ),
    "other need": Defect(NEW, {"needs": "Выплачена премия"}, (("П-11", "main", "needs"),)),
    "other needs": Defect(NEW, {"needs": "Выплачена премия; сдан отчёт"}, (("П-11", "several", "needs"),)),
    "no such mark": Defect(NEW, {"key": "возможно"}, (("П-12", "unknown", "key"),)),
    "unusual client": Defect(NEW, STREET | {"client": "внешний"}, (("П-13", "main", "client"),)),
    "no such client": Defect(NEW, {"client": "все"}, (("П-13", "unknown", "client"),)),
    "no basis for a new row": Defect(NEW, {"basis": ""}, (("П-14", "main", "basis"),)),
    "no basis for a change": Defect(CHANGED, {"basis": ""}, (("П-14", "main", "basis"),)),
    "no basis for an exclusion": Defect(GONE, {"basis": ""}, (("П-14", "main", "basis"),)),
    "no such action": Defect(KEPT, {"action": "оставить"}, (("П-15", "unknown", "action"),)),
    "edited but kept": Defect(KEPT, {"needs": "Получение ответа"}, (("П-15", "edited", "action"),)),
    "kept but to change": Defect(
        KEPT, {"action": CHANGED, "basis": BASIS}, (("П-15", "same", "action"),)
    ),
    "no code": Defect(CHANGED, {"code": ""}, (("П-15", "no_code", "code"), ("П-15", "deleted", ""))),
    "a code that is none": Defect(
        CHANGED, {"code": "Т-99999"}, (("П-15", "unknown_code", "code"), ("П-15", "deleted", ""))
    ),
    "code of a new row": Defect(NEW, {"code": "Т-88888"}, (("П-15", "has_code", "code"),)),
    "excluded as another": Defect(GONE, {"touchpoint": "Чат-бот"}, (("П-15", "other_touchpoint", "touchpoint"),)),
    "another body": Defect(NEW, {"note": "Как у Министерства финансов"}, (("П-22", "main", "note"),)),
    "wrong address": Defect(NEW, {"contact": "priem@admin"}, (("П-23", "main", "contact"),)),
    "no number": Defect(
        NEW, {"touchpoint": PHONE, "kind": "офлайн", "contact": ""}, (("П-23", "absent", "contact"),)
    ),
    "private address": Defect(
        NEW,
        {"touchpoint": "электронная почта", "kind": "цифровая", "contact": "kadry@mail.ru"},
        (("П-23", "not_government", "contact"),),
    ),
    "spaces": Defect(NEW, {"needs": "Получение\xa0 консультации"}, (("П-26", "main", "needs"),)),
    "Latin letters": Defect(
        NEW, {"touchpoint": "CЭД", "kind": "цифровая", "contact": ""}, (("П-26", "lookalike", "touchpoint"),)
    ),
    "a system nobody enters": Defect(
        NEW,
        {"touchpoint": SED, "kind": "цифровая", "contact": "", "client": "внешний и внутренний"},
        (("П-28", "main", "touchpoint"), ("П-13", "main", "client")),
    ),
    "need that is the process": Defect(
        NEW, {"process": "Увольнение со службы", "needs": "увольнение со службы"}, (("П-29", "main", "needs"),)
    ),
}  # fmt: skip


def seed(made: Generated, chance: random.Random) -> Mapping[tuple[str, int], Defect]:
    """Put every defect into one row, no row having two; return where each stands."""
    rows_of = {action: [(unit, row, texts) for unit, sheet in made.files.items() for row, texts in sheet
                        if texts["action"] == action] for action in (NEW, CHANGED, KEPT, GONE)}  # fmt: skip
    chosen = {action: iter(chance.sample(listed, len(listed))) for action, listed in rows_of.items()}
    seeded = {}
    for defect in DEFECTS.values():
        unit, row, texts = next(chosen[defect.action])
        texts |= defect.values
        seeded[f"{unit}.xlsx", row] = defect
    return seeded
