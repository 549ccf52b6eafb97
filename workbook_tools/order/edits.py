"""Point edits of the annex in force (variant Б): additions, exclusions, words put for words."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from workbook_tools import records
from workbook_tools.comparing.change import (
    ACTIVITY,
    CONTACT,
    EDITORIAL,
    EXCLUDED,
    KIND,
    NEEDS,
    NEW,
    PROCESS,
    RULE,
    SPLIT_MERGED,
)
from workbook_tools.printed import printed_kind, printed_touchpoint
from workbook_tools.text import compare_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from workbook_tools.comparing import Change, Entry
    from workbook_tools.comparing.change import Record
    from workbook_tools.dossier import Dossier
    from workbook_tools.profile import Profile
    from workbook_tools.profile.order_texts import EditTexts

# The classes that alter the printed annex: unit, mark «ключевая» and client have no column there.
ALTERING = frozenset({NEW, KIND, NEEDS, EXCLUDED, CONTACT, PROCESS, ACTIVITY, EDITORIAL, SPLIT_MERGED, RULE})

_WORDED = frozenset({"process", "touchpoint", "contact", "needs", "kind"})
_Key = tuple[str, str]


class NotByWords(Exception):  # noqa: N818 - no error: the annex is then given whole
    """A change that cannot be put as an edit of words."""


def alters(change: Change) -> bool:
    """Tell whether a change alters what the annex prints."""
    return not ALTERING.isdisjoint(change.classes)


def point_edits(dossier: Dossier) -> list[str]:
    """Return the edits of the annex in force, each once, in the order of the changes; without final signs.

    Raises
    ------
    NotByWords
        A record moved to another section, was split or merged, a whole section comes in, or two records have one
        process and touchpoint: words that mean one of them would hit the other too.
    """
    annex = _standing(dossier)
    edits = [edit for change in dossier.changes if alters(change) for edit in _edits(change, annex, dossier.profile)]
    return list(dict.fromkeys(edits))


@dataclass
class _Standing:
    """The annex in force, as far as the new edition and its changes tell it.

    Attributes
    ----------
    sections
        The number of each section by its activity.
    positions
        The processes that stand in it, with those that the edits so far have added.
    staying
        The processes that stand in the new edition too.
    touchpoints
        How many records of the new edition each touchpoint has, by its compared name.
    places
        The processes with their touchpoints that stand in the new edition.
    twins
        Those of them that the annex in force has more than once.
    """

    sections: dict[str, str]
    positions: set[_Key]
    staying: set[_Key] = field(default_factory=set)
    touchpoints: Counter[str] = field(default_factory=Counter)
    places: set[str] = field(default_factory=set)
    twins: set[str] = field(default_factory=set)


def _key(record: Record) -> _Key:
    return compare_key(record["activity"]), compare_key(record["process"])


def _standing(dossier: Dossier) -> _Standing:
    """Work out what stood: the records of the new edition that did not come in, and what the changes replaced."""
    profile = dossier.profile
    now = records.rows(dossier.in_force)
    come = {id_of(change.after) for change in dossier.changes if change.before is None and change.after is not None}
    was = [change.before for change in dossier.changes if change.before is not None]
    stood: list[Record] = [*(record for record in now if id_of(record) not in come), *was]
    names = dict.fromkeys(record["activity"] for record in stood)
    order = [activity.name for activity in profile.activities]
    ranked = sorted(names, key=lambda name: order.index(name) if name in order else len(order))
    sections = {name: str(number) for number, name in enumerate(ranked, 1)}
    return _Standing(
        sections,
        {_key(record) for record in stood},
        {_key(record) for record in now},
        Counter(profile.touchpoint_key(record["touchpoint"]) for record in now),
        {records.key_of(record, profile) for record in now},
        _twins(dossier, now, was),
    )


def _twins(dossier: Dossier, now: Iterable[Record], was: Iterable[Record]) -> set[str]:
    """Return the processes with their touchpoints that the annex in force has more than once."""
    others = {id_of(change.after) for change in dossier.changes if change.after is not None}
    each = {id_of(record): record for record in (*was, *(record for record in now if id_of(record) not in others))}
    count = Counter(records.key_of(record, dossier.profile) for record in each.values())
    return {place for place, times in count.items() if times > 1}


def id_of(record: Record) -> tuple[str, str, str, str]:
    """Return what tells a record of one edition from its others, with a code or without."""
    return record["code"], record["activity"], record["process"], record["touchpoint"]


def _edits(change: Change, annex: _Standing, profile: Profile) -> Iterator[str]:
    for entry in change.entries:
        if entry.kind not in ALTERING:
            continue
        if entry.kind == RULE:
            yield from _rule(change, annex, profile)
        elif entry.kind == NEW:
            yield _added(change.record, annex, profile)
        elif entry.kind == EXCLUDED:
            yield _removed(change.record, annex, profile)
        else:
            yield _reworded(change, entry, annex, profile)


def _added(record: Record, annex: _Standing, profile: Profile) -> str:
    if record["activity"] not in annex.sections:
        raise NotByWords
    texts = profile.order.edits
    text = texts.touchpoint_added if _key(record) in annex.positions else texts.position_added
    annex.positions.add(_key(record))
    return text.format_map(_words(record, annex, profile))


def _removed(record: Record, annex: _Standing, profile: Profile) -> str:
    if records.key_of(record, profile) in annex.places:
        raise NotByWords
    texts = profile.order.edits
    text = texts.touchpoint_removed if _key(record) in annex.staying else texts.position_removed
    return text.format_map(_words(record, annex, profile) | {"touchpoint": record["touchpoint"]})


def _reworded(change: Change, entry: Entry, annex: _Standing, profile: Profile) -> str:
    """Return the edit of one cell; what the cell holds is told by the records, not by the sentence."""
    before, after = change.before, change.after
    column = entry.column
    if before is None or after is None or column not in _WORDED or entry.kind == SPLIT_MERGED:
        raise NotByWords
    if records.key_of(before, profile) in annex.twins:
        raise NotByWords
    old, new = (_shown(column, record[column], profile) for record in (before, after))
    if old == new:
        # What changed stands in another cell than the sentence says: an address in the touchpoint's own.
        raise NotByWords
    words = _words(before, annex, profile) | {"touchpoint": before["touchpoint"], "old": old, "new": new}
    return _text_for(column, old, new, profile.order.edits).format_map(words)


def _text_for(column: str, old: str, new: str, texts: EditTexts) -> str:
    if column == "process":
        return texts.process_renamed
    if old and new:
        return texts.words_replaced
    if column != "contact":
        raise NotByWords
    return texts.words_added if new else texts.words_removed


def _rule(change: Change, annex: _Standing, profile: Profile) -> Iterator[str]:
    """Yield К12 as one edit for each turn of the kind; words put for words must hit the followers and no others."""
    followed = change.rule.followed if change.rule else ()
    turns = dict.fromkeys((before["kind"], after["kind"]) for before, after in followed)
    if not turns or len(followed) < annex.touchpoints[profile.touchpoint_key(change.record["touchpoint"])]:
        raise NotByWords
    for old, new in turns:
        words = {"old": _shown("kind", old, profile), "new": _shown("kind", new, profile)}
        yield profile.order.edits.rule_changed.format_map(words | {"touchpoint": change.record["touchpoint"]})


def _words(record: Record, annex: _Standing, profile: Profile) -> dict[str, str]:
    return {
        "section": annex.sections.get(record["activity"], ""),
        "process": record["process"],
        "touchpoint": printed_touchpoint(record, profile),
        "needs": record["needs"],
        "kind": _shown("kind", record["kind"], profile),
    }


def _shown(column: str, value: str, profile: Profile) -> str:
    """Return a value as the annex prints it."""
    return printed_kind(value, profile) if column == "kind" else value
