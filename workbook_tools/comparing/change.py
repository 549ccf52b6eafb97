"""A change between two editions as plain data; wording is another function."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from workbook_tools.records import RECORD

Record = Mapping[str, Any]

NEW, KIND, NEEDS, EXCLUDED = "new", "kind_changed", "needs_changed", "excluded"
CONTACT, PROCESS, ACTIVITY, UNIT = "contact_changed", "process_renamed", "activity_moved", "unit_changed"
KEY, CLIENT, EDITORIAL = "key_changed", "client_changed", "editorial"
REPLACED, SPLIT_MERGED, CARRIED_OVER = "replaced", "split_merged", "carried_over"
RULE = "rule_changed"


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
class RuleChange:
    """A touchpoint whose kind the profile's rule changed, and the records that only follow it."""

    touchpoint: str
    followed: tuple[tuple[Record, Record], ...] = ()


@dataclass(frozen=True)
class Change:
    """What happened to one record; or to a rule that many records follow (К12).

    Attributes
    ----------
    entries
        One a class, in the order К1…К15.
    before, after
        The record in the two editions; None where it is new or excluded; both None for a rule.
    by, score, proposed
        How the two were matched, how surely (0 to 1), and whether a person must confirm it.
    counterpart
        The record that took the place of an excluded one, or whose place a new one took (К13).
    evidence
        What speaks for and against the match, as people read it; empty where a code or a key decided.
    rule
        The touchpoint whose rule changed and the records that follow it, before and after; None where a record
        changed.
    basis
        The document that an exclusion rests on, where it is known: the record's own is that of its inclusion. So it is
        where the record was excluded that only repeated another (К14).
    """

    entries: tuple[Entry, ...]
    before: Record | None
    after: Record | None
    by: str = "code"
    score: float = 1.0
    proposed: bool = False
    basis: str = ""
    counterpart: Record | None = None
    evidence: tuple[str, ...] = ()
    rule: RuleChange | None = None

    @cached_property
    def classes(self) -> tuple[str, ...]:
        """The classes of the change (design.md section 6)."""
        return tuple(dict.fromkeys(entry.kind for entry in self.entries))

    @property
    def record(self) -> Record:
        """The record as it stands now, else as it stood; of a rule only its touchpoint."""
        found = self.after if self.after is not None else self.before
        if found is not None:
            return found
        if self.rule is None:
            raise ValueError("a change concerns a record or a rule")
        return dict.fromkeys(RECORD, "") | {"row": 0, "touchpoint": self.rule.touchpoint}

    @property
    def pair(self) -> tuple[Record, Record] | None:
        """The two records that are taken to be one, or one in the other's place; None where only one is concerned."""
        if self.before is not None and self.after is not None:
            return self.before, self.after
        if self.counterpart is None:
            return None
        return (self.before, self.counterpart) if self.before is not None else (self.counterpart, self.record)

    @property
    def text(self) -> str:
        """The ready sentences of all its classes."""
        return " ".join(entry.text for entry in self.entries)


def count(changes: list[Change], kind: str) -> int:
    """Return how many changes are of a class."""
    return sum(kind in change.classes for change in changes)
