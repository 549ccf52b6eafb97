"""Two editions -> what the later one's own journal tells for certain: documents behind exclusions, replacements."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from workbook_tools import records
from workbook_tools.errors import InputError
from workbook_tools.reading.journal import Exclusion, exclusions_of, replacements_of
from workbook_tools.text import compare_key

if TYPE_CHECKING:
    from workbook_tools.pipeline.foreign import ForeignFiles
    from workbook_tools.profile import Profile
    from workbook_tools.reading.journal import Named, Pair
    from workbook_tools.records import Edition

_SAME = ("activity", "process", "touchpoint")
_Held = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class OfJournal:
    """What the later edition's journal tells for certain.

    Attributes
    ----------
    exclusions
        Its lines on what was excluded from the earlier edition that name a document.
    links
        Codes of replaced records, old -> new (К13).
    """

    exclusions: Sequence[Exclusion] = ()
    links: Mapping[str, str] = field(default_factory=dict)


def told_by_journal(before: Edition, after: Edition, path: Path, profile: Profile, files: ForeignFiles) -> OfJournal:
    """Return what the journal of the later edition tells of how it was made from the earlier one.

    That is nothing where it was not made from it, or its journal cannot be read; a line counts only where the edition
    of which it tells has that record under that code.

    Parameters
    ----------
    path
        The later edition's workbook.
    """
    if not is_made_from(after, before):
        return OfJournal()
    try:
        book = files.book(path, profile.sheets["journal"].name)
    except InputError:
        return OfJournal()
    if book.sha256 != after.sha256:
        return OfJournal()
    was, now = _held(before), _held(after)
    exclusions = [item for item in exclusions_of(book, profile) if item.basis and _is_in(was, item)]
    return OfJournal(exclusions, dict(_links(replacements_of(book, profile), was, now)))


def is_made_from(after: Edition, before: Edition) -> bool:
    """Tell whether the later edition says of its predecessor, by date and counts, what the earlier one is."""
    is_dated_so = bool(before.date) and after.base_date == before.date
    return is_dated_so and after.history[:-1][-1:] == (before.point,)


def _links(pairs: Iterable[Pair], was: _Held, now: _Held) -> Iterator[tuple[str, str]]:
    """Yield the codes of the pairs of which one record is gone and the other has come."""
    for pair in pairs:
        for old, new in (pair, reversed(pair)):
            is_gone_and_come = old.code not in now and new.code not in was
            if is_gone_and_come and _is_in(was, old) and _is_in(now, new):
                yield old.code, new.code


def _held(edition: Edition) -> _Held:
    rows = records.rows(edition.in_force)
    return {row["code"]: _said(*(row[name] for name in _SAME)) for row in rows if row["code"]}


def _is_in(held: _Held, item: Named | Exclusion) -> bool:
    return held.get(item.code) == _said(item.activity, item.process, item.touchpoint)


def _said(*texts: str) -> tuple[str, ...]:
    return tuple(map(compare_key, texts))
