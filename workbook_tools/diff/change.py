"""A change between two editions as plain data; wording is another function."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Record = Mapping[str, Any]

NEW, KIND, NEEDS, EXCLUDED = "new", "kind_changed", "needs_changed", "excluded"
CONTACT, PROCESS, ACTIVITY, UNIT = "contact_changed", "process_renamed", "activity_moved", "unit_changed"
KEY, CLIENT, EDITORIAL = "key_changed", "client_changed", "editorial"
REPLACED, SPLIT_MERGED, CARRIED_OVER = "replaced", "split_merged", "carried_over"


@dataclass(frozen=True)
class Entry:
    """One line of the change log: a class, the column it concerns, what stood there and what stands now."""

    kind: str
    column: str
    before: str
    after: str
    text: str
    variant: str = ""


@dataclass(frozen=True)
class Change:
    """What happened to one record.

    Attributes
    ----------
    entries
        One a class, in the order К1…К15.
    before, after
        The record in the two editions; None where it is new or excluded.
    by, score, proposed
        How the two were matched, how surely, and whether a person must confirm it.
    basis
        The document that an exclusion rests on, where it is known: the record's own is that of its inclusion.
    """

    entries: tuple[Entry, ...]
    before: Record | None
    after: Record | None
    by: str = "code"
    score: float = 1.0
    proposed: bool = False
    basis: str = ""

    @property
    def classes(self) -> tuple[str, ...]:
        """The classes of the change (design.md section 6)."""
        return tuple(dict.fromkeys(entry.kind for entry in self.entries))

    @property
    def record(self) -> Record:
        """The record as it stands now, else as it stood."""
        found = self.after if self.after is not None else self.before
        if found is None:
            raise ValueError("a change concerns a record")
        return found

    @property
    def text(self) -> str:
        """The ready sentences of all its classes."""
        return " ".join(entry.text for entry in self.entries)


def count(changes: list[Change], kind: str) -> int:
    """Return how many changes are of a class."""
    return sum(kind in change.classes for change in changes)
