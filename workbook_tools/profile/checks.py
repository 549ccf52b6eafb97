"""What a profile must hold across its tables: every name used is a name given."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from workbook_tools.text import compare_key, plural

if TYPE_CHECKING:
    from workbook_tools.profile.profile import Profile

SHEETS = [
    "instruction",
    "title",
    "data",
    "lists",
    "meta",
    "summary",
    "annex",
    "register",
    "journal",
    "remarks",
    "unit_remarks",
    "decisions",
    "units",
    "defects",
    "run",
]
BOOKS = (
    ("instruction", "title", "data", "lists", "unit_remarks", "meta"),
    ("summary", "annex", "register", "journal", "remarks", "decisions", "units", "defects", "run", "meta"),
)
FIELDS = [
    "number",
    "code",
    "action",
    "direction",
    "activity",
    "process",
    "client",
    "touchpoint",
    "contact",
    "kind",
    "needs",
    "key",
    "basis",
    "note",
    "unit",
    "state",
    "source",
]
TITLE_FIELDS = [
    "body",
    "act",
    "edition",
    "period",
    "unit_name",
    "unit",
    "executor_name",
    "executor_post",
    "executor_phone",
    "filled",
    "head_name",
    "head_post",
    "checked",
    "has_changes",
]
COLUMNS = {
    "data": [name for name in FIELDS if name not in {"direction", "unit", "state", "source"}],
    "register": [name for name in FIELDS if name not in {"number", "action", "note"}],
}
CODES = {
    "kinds": {"digital", "offline"},
    "actions": {"keep", "include", "change", "exclude"},
    "answers": {"yes", "no"},
    "states": {"in_force", "quarantined", "unconfirmed"},
    "severities": {"error", "warning", "info"},
}
RULES = [f"П-{number:02}" for number in range(1, 30)]
CHANGES = [
    "new",
    "kind_changed",
    "needs_changed",
    "excluded",
    "contact_changed",
    "process_renamed",
    "activity_moved",
    "unit_changed",
    "key_changed",
    "client_changed",
    "editorial",
    "rule_changed",
    "replaced",
    "split_merged",
    "carried_over",
]


# One address that a letter can be sent to, in either script; whether anybody reads it, no program knows.
_ADDRESS = re.compile(r"[^\s@,;<>]+@[^\s@,;<>.]+(\.[^\s@,;<>.]+)+")
# What Windows takes for a device whatever ending follows.
_DEVICES = frozenset(
    {"con", "prn", "aux", "nul", *(f"{name}{number}" for name in ("com", "lpt") for number in range(10))}
)
_NOT_IN_A_NAME = re.compile(r"[\[\]:*?/\\]|^'|'$")


def cross_faults(profile: Profile) -> list[str]:
    """Return one Russian line, with the key's path, for each disagreement inside the profile."""
    return [
        *_repeats(profile),
        *_file_names(profile),
        *_codes(profile),
        *_references(profile),
        *_officer(profile),
        *_addresses(profile),
        *_names(profile),
    ]


def _repeats(profile: Profile) -> Iterator[str]:
    for table in ("directions", "activities", "touchpoints", "units"):
        items = getattr(profile, table)
        yield from _twice(f"{table}.code", (item.code for item in items))
        yield from _twice(f"{table}.name", (compare_key(item.name) for item in items))
    for table in ("activities", "touchpoints", "kinds", "clients", "actions", "needs"):
        words = [{compare_key(word) for word in (term.name, *term.aliases)} for term in getattr(profile, table)]
        yield from _twice(f"{table}.aliases", (word for group in words for word in group))


def _file_names(profile: Profile) -> Iterator[str]:
    """Yield the unit codes that are no names of files everywhere: a unit's copy is named by its code."""
    codes = {unit.code for unit in profile.units}
    for key, count in Counter(code.casefold() for code in codes).items():
        if count > 1:
            alike = ", ".join(f"«{code}»" for code in sorted(codes) if code.casefold() == key)
            yield (
                f"units.code: {alike} различаются только прописными буквами; "
                "файлы этих подразделений заменили бы друг друга"
            )
    for index, unit in enumerate(profile.units):
        if unit.code.casefold() in _DEVICES:
            yield f"units.{index}.code: «{unit.code}» – имя устройства, файл так назвать нельзя; выберите другой код"


def _twice(path: str, values: Iterable[str]) -> Iterator[str]:
    for value, count in Counter(values).items():
        if count > 1:
            times = plural(count, "раз", "раза", "раз")
            yield f"{path}: значение «{value}» встречается {times}; оно должно быть одно"


def _codes(profile: Profile) -> Iterator[str]:
    for table, wanted in CODES.items():
        given = {term.code for term in getattr(profile, table)}
        for code in sorted(wanted - given):
            yield f"{table}.code: нет обязательного значения «{code}»"
        for code in sorted(given - wanted):
            yield f"{table}.code: неизвестное значение «{code}»; допустимы: {', '.join(sorted(wanted))}"


def _references(profile: Profile) -> Iterator[str]:
    for path, value, known in (*_list_references(profile), *_clause_references(profile)):
        yield from _unknown(path, value, known)
    for code, rule in profile.rules.items():
        for message in rule.severities:
            if message != "main":
                yield from _unknown(f"rules.{code}.severities", message, rule.messages)


Reference = tuple[str, str, Iterable[str]]


def _list_references(profile: Profile) -> Iterator[Reference]:
    directions = {item.code for item in profile.directions}
    activities = {item.code for item in profile.activities}
    clients = {item.name for item in profile.clients}
    for index, activity in enumerate(profile.activities):
        yield f"activities.{index}.direction", activity.direction, directions
        yield f"activities.{index}.client", activity.client, clients
    for index, unit in enumerate(profile.units):
        yield from ((f"units.{index}.activities", code, activities) for code in unit.activities)
    yield from (("decision_rules", code, profile.rules) for code in sorted(profile.decision_rules))
    touchpoints = {item.code for item in profile.touchpoints}
    yield from (("kind_overrides", code, touchpoints) for code in profile.kind_overrides)


def _clause_references(profile: Profile) -> Iterator[Reference]:
    for index, touchpoint in enumerate(profile.touchpoints):
        yield f"touchpoints.{index}.clause", touchpoint.clause, profile.clauses
    yield from ((f"rules.{code}.clause", rule.clause, profile.clauses) for code, rule in profile.rules.items())
    yield from ((f"changes.{name}.clause", item.clause, profile.clauses) for name, item in profile.changes.items())


def _unknown(path: str, value: str, known: Iterable[str]) -> Iterator[str]:
    if value not in known:
        yield f"{path}: значение «{value}» нигде не описано; исправьте его или сначала опишите"


def _officer(profile: Profile) -> Iterator[str]:
    code = profile.officer.unit
    if code and code not in {unit.code for unit in profile.units}:
        yield (
            f"officer.unit: подразделения с кодом «{code}» в профиле нет; "
            "впишите код одного из его подразделений или оставьте пустым"
        )


def _addresses(profile: Profile) -> Iterator[str]:
    for index, unit in enumerate(profile.units):
        if unit.email and not _ADDRESS.fullmatch(unit.email):
            yield (
                f"units.{index}.email: «{unit.email}» не адрес электронной почты; "
                "запишите один адрес вида имя@сайт.рф или оставьте пустым"
            )


def _names(profile: Profile) -> Iterator[str]:
    yield from _missing("sheets", SHEETS, profile.sheets)
    yield from _missing("fields.name", FIELDS, [field.name for field in profile.fields])
    yield from _missing("title_fields.name", TITLE_FIELDS, [field.name for field in profile.title_fields])
    for name, columns in COLUMNS.items():
        if name in profile.sheets:
            yield from _missing(f"sheets.{name}.columns", columns, [item.name for item in profile.sheets[name].columns])
    yield from _exactly("rules", RULES, profile.rules)
    yield from _exactly("changes", CHANGES, profile.changes)
    yield from _sheet_names(profile)
    fields = {field.name for field in profile.fields}
    for key, sheet in profile.sheets.items():
        for column in sheet.columns:
            if not column.header:
                yield from _unknown(f"sheets.{key}.columns", column.name, fields)


def _sheet_names(profile: Profile) -> Iterator[str]:
    """Yield what a workbook would refuse: signs that no sheet may bear, two sheets of one name."""
    for key, sheet in profile.sheets.items():
        if _NOT_IN_A_NAME.search(sheet.name):
            yield f"sheets.{key}.name: в имени листа не допускаются знаки [ ] : * ? / \\ и апостроф по краям"
    for book in BOOKS:
        yield from _twice(
            "sheets.name", (compare_key(profile.sheets[key].name) for key in book if key in profile.sheets)
        )


def _missing(path: str, wanted: Iterable[str], given: Iterable[str]) -> Iterator[str]:
    present = set(given)
    for name in wanted:
        if name not in present:
            yield f"{path}: нет обязательного раздела «{name}»"


def _exactly(path: str, wanted: Iterable[str], given: Iterable[str]) -> Iterator[str]:
    names, known = list(given), set(wanted)
    yield from _missing(path, wanted, names)
    yield from (f"{path}: неизвестный раздел «{name}»" for name in names if name not in known)
