"""One row of Приложение 1 → its records: which touchpoint has which kind, process and needs."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from workbook_tools.annex.headings import heading_of
from workbook_tools.annex.lists import list_items, need_items, unlisted
from workbook_tools.annex.segments import kind_codes, wording_segments
from workbook_tools.annex.touchpoints import Named, touchpoint_segments
from workbook_tools.records import IN_FORCE, RECORD, source_text
from workbook_tools.remarks import Remark
from workbook_tools.text import join_list, split_list

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workbook_tools.annex.cells import Cell, SourceRow
    from workbook_tools.annex.touchpoints import Segment
    from workbook_tools.annex.wordings import Wordings
    from workbook_tools.profile import Profile


@dataclass(frozen=True)
class Draft:
    """A record as one row of the annex gives it, and the cells that findings on it point to."""

    record: dict[str, str | int]
    kind: Cell
    touchpoint: Cell


class Share(NamedTuple):
    """What one touchpoint takes of its row."""

    named: Named
    kind: str
    process: str
    needs: str


class Parts(NamedTuple):
    """The texts of a row, taken apart."""

    segments: tuple[Segment, ...]
    kinds: tuple[str, ...]
    processes: tuple[str, ...]
    needs: tuple[str, ...]

    @property
    def named(self) -> tuple[Named, ...]:
        """The touchpoints of all segments."""
        return tuple(chain.from_iterable(self.segments))

    @property
    def in_order(self) -> bool:
        """Whether the columns have as many segments as there are kinds, so that order pairs them."""
        count = len(self.kinds)
        return len(self.segments) == len(self.needs) == count and len(self.processes) in {1, count}


def drafts_of(row: SourceRow, wordings: Wordings, profile: Profile) -> list[Draft]:
    """Return the records of one row, in the order in which the row names their touchpoints."""
    heading = heading_of(row.cells["direction"].typed, profile)
    common: dict[str, str | int] = {
        **dict.fromkeys(RECORD, ""),
        "activity": heading.activity,
        "direction": heading.direction,
        "client": heading.client,
        "unit": heading.unit,
        "state": IN_FORCE,
        "source": source_text(row.file, row.sheet, row.row + 1),
        "file": row.file,
        "sheet": row.sheet,
        "row": row.row + 1,
    }
    return [
        Draft({**common, **_own(share, wordings)}, row.cells["kind"], row.cells["touchpoint"])
        for share in _shares(row, _parts(row, wordings), profile)
    ]


def _own(share: Share, wordings: Wordings) -> dict[str, str | int]:
    return {
        "process": share.process,
        "touchpoint": share.named.text,
        "contact": join_list(share.named.contacts),
        "kind": share.kind,
        "needs": join_list(need_items(share.needs, wordings)),
    }


def _parts(row: SourceRow, wordings: Wordings) -> Parts:
    return Parts(
        touchpoint_segments(unlisted(row.cells["touchpoint"].typed), wordings),
        kind_codes(unlisted(row.cells["kind"].typed), wordings),
        _segments(row.cells["process"].typed, wordings),
        _segments(row.cells["needs"].typed, wordings),
    )


def _segments(text: str, wordings: Wordings) -> tuple[str, ...]:
    return list_items(text) or wording_segments(text, wordings)


def _shares(row: SourceRow, parts: Parts, profile: Profile) -> Iterator[Share]:
    if len(parts.kinds) > 1 and parts.in_order:
        yield from _paired(parts, row.cells["process"].text)
        return
    # A cell that names nothing still makes a record: a row that came in is never lost.
    for index, named in enumerate(parts.named or (Named(""),)):
        kind = _kind(parts, index, profile) or row.cells["kind"].text
        yield Share(named, kind, row.cells["process"].text, row.cells["needs"].typed)


def _paired(parts: Parts, process: str) -> Iterator[Share]:
    count = len(parts.kinds)
    processes = parts.processes if len(parts.processes) == count else (process,) * count
    for segment, kind, own_process, needs in zip(parts.segments, parts.kinds, processes, parts.needs, strict=True):
        for named in segment:
            yield Share(named, kind, own_process, needs)


def _kind(parts: Parts, index: int, profile: Profile) -> str:
    """Return the kind of a touchpoint whose row is not paired, "" where the row does not tell it."""
    kinds, count = parts.kinds, len(parts.kinds)
    if len(set(kinds)) == 1:
        return kinds[0]
    if count and len(parts.named) == count:
        return kinds[index]
    if count and len(parts.segments) == count:
        return next(kinds[at] for at, segment in enumerate(parts.segments) if parts.named[index] in segment)
    known = profile.touchpoint(parts.named[index].text) if parts.named else None
    return profile.kind_of(known) if known and profile.kind_of(known) in kinds else ""


def split_remarks(row: SourceRow, wordings: Wordings, profile: Profile) -> Iterator[Remark]:
    """Yield what was taken apart in one row: П-08 for touchpoints, П-23 for addresses among them, П-26 for needs."""
    parts = _parts(row, wordings)
    cell = row.cells["touchpoint"]
    place = cell.place(heading_of(row.cells["direction"].typed, profile).unit)
    if len(parts.kinds) > 1:
        message = "paired" if parts.in_order else "crossed"
        yield Remark("П-08", message, place, {"list": _pairs(parts) if parts.in_order else _listed(parts.named)})
    elif len(parts.named) > 1:
        yield Remark("П-08", "split", place, {"list": _listed(parts.named)})
    column = profile.field["contact"].header
    for address in chain.from_iterable(named.contacts for named in parts.named):
        yield Remark("П-23", "moved", place, {"v": address, "col": column})
    needs = row.cells["needs"]
    items = need_items(needs.typed, wordings)
    told_in_pairs = len(parts.kinds) > 1 and parts.in_order
    if items != split_list(needs.text) and needs.row == row.row and not told_in_pairs:
        yield Remark("П-26", "parted", needs.place(place.unit), {"list": "; ".join(f"«{item}»" for item in items)})


def _listed(named: tuple[Named, ...]) -> str:
    return ", ".join(f"«{item.text}»" for item in named)


def _pairs(parts: Parts) -> str:
    count = len(parts.kinds)
    processes = parts.processes if len(parts.processes) == count else ("",) * count
    return "; ".join(
        " – ".join(filter(None, [process and f"«{process}»", _listed(segment), f"«{needs}»"]))
        for process, segment, needs in zip(processes, parts.segments, parts.needs, strict=True)
    )
