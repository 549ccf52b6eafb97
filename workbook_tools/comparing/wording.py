"""The ready Russian sentence of each class of change (regulation.md section 5)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from workbook_tools.comparing.change import CARRIED_OVER, Entry, Record
from workbook_tools.text import russian_date, split_list

if TYPE_CHECKING:
    from workbook_tools.comparing.evidence import Term
    from workbook_tools.comparing.matching import Match
    from workbook_tools.profile import Profile

_PLACE = re.compile(r"\{\w+\}")
_NO_BASIS = "не указано"
NOTHING = "нет"


def entry(
    profile: Profile,
    kind: str,
    record: Record,
    words: Mapping[str, str] | None = None,
    variant: str = "",
    column: str = "",
) -> Entry:
    """Return a class of change with its sentence.

    Parameters
    ----------
    record
        The record that the sentence is about.
    words
        More words of the sentence; `old` and `new` are also what stood and what stands.
    variant
        Which of the class's variants it is, if it has any.
    column
        The column it concerns, where the class has none of its own.
    """
    setting = profile.changes[kind]
    template = setting.variants[variant] if variant and "{" in setting.variants.get(variant, "") else setting.text
    if not record["code"] and {"{tp}", "{p}"} <= set(_PLACE.findall(template)):
        template = template.removeprefix("{id}. ")
    given = {**_words(profile, record), **(words or {})}
    return Entry(
        kind, column or setting.column, given.get("old", ""), given.get("new", ""), template.format_map(given), variant
    )


def _words(profile: Profile, record: Record) -> dict[str, str]:
    return {
        "id": record["code"] or f"Процесс «{record['process']}», точка «{record['touchpoint']}»",
        "tp": record["touchpoint"],
        "p": record["process"],
        "kind": profile.name_of("kinds", record["kind"]),
        "needs": record["needs"] or NOTHING,
        "doc": record["basis"] or _NO_BASIS,
        "unit": profile.unit_name(record["unit"]) or _NO_BASIS,
    }


def needs_words(before: Record, after: Record, profile: Profile) -> dict[str, str]:
    """Return which needs were added and which removed; order, case and synonyms are no change."""
    old = {profile.need_key(item): item for item in split_list(before["needs"])}
    new = {profile.need_key(item): item for item in split_list(after["needs"])}
    added = [item for key, item in new.items() if key not in old]
    removed = [item for key, item in old.items() if key not in new]
    return {
        "old": before["needs"],
        "new": after["needs"],
        "added": "; ".join(added) or NOTHING,
        "removed": "; ".join(removed) or NOTHING,
    }


def carried_over(profile: Profile, record: Record, date: str, *, received: bool | None) -> Entry:
    """Return К15: the unit was silent, what it sent of this record was not taken, or (None) it is not known which.

    Of a record that belongs to no unit of the profile nobody could send anything.
    """
    known = russian_date(date)
    words = {"date": known or _NO_BASIS, "edition": f"редакции от {known}" if known else "прежней редакции"}
    variant = {True: "rejected", False: "", None: "unknown"}[received]
    if received is False and record["unit"] not in profile.unit:
        variant = "no_unit"
    return entry(profile, CARRIED_OVER, record, words, variant)


_ABOUT = {
    "name": "слова наименования процесса",
    "activity": "вид деятельности",
    "touchpoints": "набор точек процесса",
    "kind": "вид точки",
    "needs": "потребности",
    "contact": "адрес",
    "client": "тип клиента",
    "unit": "подразделение",
    "key": "отметка «ключевая»",
    "along": "другие записи процесса сопоставлены так же",
    "lives_on": "процесс с прежним наименованием остался",
}
_TELLING = 0.5
_SHOWN_RIVALS = 2


def evidence(item: Match, old: Sequence[Record], new: Sequence[Record]) -> tuple[str, ...]:
    """Return what speaks for and against a match, as people read it; nothing where a code or a key decided alone."""
    if item.equal:
        return ("Процесс и точка повторяются в нескольких записях; сопоставлены самые близкие.",)
    if item.similar is None:
        return ()
    terms = item.similar.terms
    speaks_for = _listed(term for term in terms if term.weight > _TELLING)
    speaks_against = _listed(term for term in terms if term.weight < -_TELLING)
    rivals = [old[index] for index in item.similar.rivals_before] + [new[index] for index in item.similar.rivals_after]
    parts = (
        f"За: {speaks_for}." if speaks_for else "",
        f"Против: {speaks_against}." if speaks_against else "",
        f"Подходит и другое: {'; '.join(map(record_name, rivals[:_SHOWN_RIVALS]))}." if rivals else "",
    )
    return tuple(part for part in parts if part)


def _listed(terms: Iterator[Term]) -> str:
    strongest = sorted(terms, key=lambda term: -abs(term.weight))
    return ", ".join(_ABOUT[term.about] for term in strongest)


def record_name(record: Record) -> str:
    """Return how a sentence names a record: its code, else its process and touchpoint."""
    return str(record["code"]) or f"«{record['process']}» – «{record['touchpoint']}»"
