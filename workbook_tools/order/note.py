"""The explanatory list to the draft: what changed and on what it rests."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook_tools.comparing.change import CARRIED_OVER
from workbook_tools.matters import told_of_dropped
from workbook_tools.order.model import Group, Note, common_words
from workbook_tools.records import quarantined, rows

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workbook_tools.comparing import Change
    from workbook_tools.dossier import Dossier
    from workbook_tools.profile import Profile

_SEVERAL = "Одно изменение может быть названо ниже под несколькими классами."


def explain(dossier: Dossier, remark: str = "") -> Note:
    """Return the list: К1–К4 with their bases, then all the other classes, each under its heading.

    Parameters
    ----------
    remark
        What else is to be said of the draft at the top of the list; "" where there is nothing.
    """
    profile = dossier.profile
    texts, words = profile.order, common_words(dossier)
    groups = _groups(dossier)
    cases = tuple(group for kind, group in groups.items() if profile.changes[kind].case)
    others = tuple(group for kind, group in groups.items() if not profile.changes[kind].case)
    changes, carried = len(dossier.own_changes), groups.get(CARRIED_OVER)
    # By changes and not by lines: one that obliges to actualise is not counted again for what else it brought.
    counts = {"cases": str(len(dossier.cases)), "others": str(changes - len(dossier.cases))}
    opening = (
        texts.note_opening.format_map(words),
        texts.note_counts.format_map(words | counts),
        _SEVERAL if sum(len(group.lines) for group in groups.values() if group is not carried) > changes else "",
        f"Записей, перенесенных без подтверждения: {len(carried.lines)}." if carried else "",
        remark,
        *_left_out(dossier),
        told_of_dropped(dossier),
    )
    return Note(
        texts.note_title.format_map(words),
        tuple(line for line in opening if line),
        texts.note_cases.format_map(words),
        cases,
        texts.note_others.format_map(words),
        others,
        texts.note_none.format_map(words),
    )


def _left_out(dossier: Dossier) -> Iterator[str]:
    """Yield a sentence for each record that waits for its unit: it stands in no annex until it is settled."""
    for row in rows(quarantined(dossier.records)):
        words = {"touchpoint": row["touchpoint"], "process": row["process"], "code": row["code"]}
        yield dossier.profile.order.note_left_out.format_map(common_words(dossier) | words)


def _groups(dossier: Dossier) -> dict[str, Group]:
    """Return the sentences by class, in the order К1…К15; one that several changes share stands once."""
    profile = dossier.profile
    lines: dict[str, dict[str, None]] = {kind: {} for kind in profile.changes}
    for change in dossier.changes:
        for entry in change.entries:
            lines[entry.kind][_line(entry.text, change, dossier)] = None
    return {kind: Group(_heading(kind, profile), tuple(own)) for kind, own in lines.items() if own}


def _line(text: str, change: Change, dossier: Dossier) -> str:
    if not change.proposed:
        return text
    return f"{text} {dossier.profile.order.waiting.format_map(common_words(dossier))}"


def _heading(kind: str, profile: Profile) -> str:
    setting = profile.changes[kind]
    text = profile.order.note_case if setting.case else profile.order.note_class
    return text.format(code=setting.code, label=setting.label, clause=profile.clauses[setting.clause].cite)
