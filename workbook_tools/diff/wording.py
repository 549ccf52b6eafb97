"""The ready Russian sentence of each class of change (regulation.md section 5)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from workbook_tools.diff.change import CARRIED_OVER, Entry, Record
from workbook_tools.text import compare_key, russian_date, split_list

if TYPE_CHECKING:
    from workbook_tools.profile import Profile

_NO_CODE = "Запись без кода"
_NO_BASIS = "не указано"
_NOTHING = "нет"


def entry(
    profile: Profile, kind: str, record: Record, words: Mapping[str, str] | None = None, variant: str = ""
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
    """
    setting = profile.changes[kind]
    given = {**_words(profile, record), **(words or {})}
    template = setting.variants[variant] if variant and "{" in setting.variants.get(variant, "") else setting.text
    return Entry(kind, setting.column, given.get("old", ""), given.get("new", ""), template.format_map(given), variant)


def _words(profile: Profile, record: Record) -> dict[str, str]:
    return {
        "id": record["code"] or _NO_CODE,
        "tp": record["touchpoint"],
        "p": record["process"],
        "kind": profile.name_of("kinds", record["kind"]),
        "needs": record["needs"] or _NOTHING,
        "doc": record["basis"] or _NO_BASIS,
        "unit": profile.unit_name(record["unit"]) or _NO_BASIS,
    }


def needs_words(before: Record, after: Record) -> dict[str, str]:
    """Return which needs were added and which removed; order and case are no change."""
    old = {compare_key(item): item for item in split_list(before["needs"])}
    new = {compare_key(item): item for item in split_list(after["needs"])}
    added = [item for key, item in new.items() if key not in old]
    removed = [item for key, item in old.items() if key not in new]
    return {
        "old": before["needs"],
        "new": after["needs"],
        "added": "; ".join(added) or _NOTHING,
        "removed": "; ".join(removed) or _NOTHING,
    }


def carried_over(profile: Profile, record: Record, date: str, *, received: bool) -> Entry:
    """Return К15: the unit was silent, or what it sent of this record was not taken."""
    return entry(
        profile, CARRIED_OVER, record, {"date": russian_date(date) or _NO_BASIS}, "rejected" if received else ""
    )
