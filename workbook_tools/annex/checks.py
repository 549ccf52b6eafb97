"""What the records of an annex say against the reference list and against each other."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from workbook_tools.records import IN_FORCE, QUARANTINED, frame, record_key
from workbook_tools.remarks import Remark

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from workbook_tools.annex.pairing import Draft
    from workbook_tools.profile import Profile, Touchpoint
    from workbook_tools.remarks import Place


def quarantined(drafts: Sequence[Draft], profile: Profile) -> frozenset[int]:
    """Return the positions of records that another record of the same touchpoint and process puts in doubt.

    Of two such records with different kinds, the one against the reference list.
    Source: раздел II, п. 2.4 and п. 3.
    """
    doubtful = set()
    for group in _repeated(drafts, profile):
        wrong = [index for index in group if _disputed_with(drafts[index], profile) is not None]
        kinds = {drafts[index].record["kind"] for index in group}
        doubtful.update(wrong if len(wrong) == 1 and len(kinds) > 1 else [])
    return frozenset(doubtful)


def states(drafts: Sequence[Draft], doubtful: frozenset[int]) -> list[str]:
    """Return each record's state."""
    return [QUARANTINED if index in doubtful else IN_FORCE for index in range(len(drafts))]


def kind_remarks(drafts: Sequence[Draft], doubtful: frozenset[int], profile: Profile) -> Iterator[Remark]:
    """Yield П-05 for a kind that is no kind, П-06 for one against the reference list."""
    codes = {kind.code: kind.name for kind in profile.kinds}
    for index, draft in enumerate(drafts):
        kind = str(draft.record["kind"])
        known = _disputed_with(draft, profile)
        if kind and kind not in codes:
            yield Remark("П-05", place=_place(draft), words={"v": kind})
        elif known is not None:
            message = "quarantined" if index in doubtful else "disputed" if known.kind_disputed else "main"
            yield Remark("П-06", message, _place(draft), _kind_words(draft, known, profile))


def repeat_remarks(drafts: Sequence[Draft], doubtful: frozenset[int], profile: Profile) -> Iterator[Remark]:
    """Yield П-09 for each further record of the same activity, process and touchpoint (раздел II, п. 2.4)."""
    for group in _repeated(drafts, profile):
        first, *others = [drafts[index] for index in group if index not in doubtful]
        for draft in others:
            values = draft.record
            place = draft.touchpoint.place(str(values["unit"]))
            rows = {"id": f"строки {first.record['row']}", "id2": f"строки {values['row']}"}
            yield Remark(
                "П-09", "edition", place, {"tp": str(values["touchpoint"]), "p": str(values["process"]), **rows}
            )


def _repeated(drafts: Sequence[Draft], profile: Profile) -> list[list[int]]:
    groups: dict[str, list[int]] = defaultdict(list)
    for index, key in enumerate(record_key(frame(draft.record for draft in drafts), profile)):
        groups[key].append(index)
    return [group for group in groups.values() if len(group) > 1]


def _disputed_with(draft: Draft, profile: Profile) -> Touchpoint | None:
    """Return the touchpoint of the reference list that a record's kind disagrees with."""
    known = profile.touchpoint(str(draft.record["touchpoint"]))
    kinds = {kind.code for kind in profile.kinds} - ({profile.kind_of(known)} if known else set())
    return known if known and draft.record["kind"] in kinds else None


def _place(draft: Draft) -> Place:
    return draft.kind.place(str(draft.record["unit"]))


def _kind_words(draft: Draft, known: Touchpoint, profile: Profile) -> dict[str, str]:
    return {
        "tp": str(draft.record["touchpoint"]),
        "k_ref": profile.name_of("kinds", profile.kind_of(known)),
        "ref": profile.clauses[known.clause].cite,
        "k": profile.name_of("kinds", str(draft.record["kind"])),
    }
