"""The items that add touchpoints to the list of пункт 3 раздела II, where a record comes in with one outside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook_tools.comparing.change import NEW

if TYPE_CHECKING:
    from collections.abc import Sequence

    from workbook_tools.comparing import Change
    from workbook_tools.profile import Profile


def list_items(changes: Sequence[Change], profile: Profile) -> list[str]:
    """Return one item for each kind that gets new touchpoints, digital first, without number or final sign.

    Source: раздел II, п. 3, абз. 2 (цифровые) and абз. 3 (офлайн).
    """
    texts, items = profile.order, []
    for kind in (kind.code for kind in profile.kinds):
        new, last = _outside_list(changes, kind, profile), _last_listed(kind, profile)
        if new and last:
            added = "".join(texts.added_item.format(touchpoint=name) for name in new)
            items.append(texts.list_item.format(paragraph=texts.list_paragraphs[kind], last=last, added=added))
    return items


def _outside_list(changes: Sequence[Change], kind: str, profile: Profile) -> list[str]:
    """Return the touchpoints of a kind that come in and are not in the list, each once, as the profile names it."""
    names: dict[str, str] = {}
    for change in changes:
        record = change.record
        known = profile.touchpoint(record["touchpoint"])
        listed = known is not None and known.in_list
        if NEW in change.classes and record["kind"] == kind and not listed:
            name = known.name if known else record["touchpoint"]
            names.setdefault(profile.touchpoint_key(record["touchpoint"]), name)
    return list(names.values())


def _last_listed(kind: str, profile: Profile) -> str:
    """Return the last touchpoint of the list of a kind in the words of the clause itself; "" where there is none.

    The words to be found by whoever applies the amendment are those of the order's text, not of the profile.
    """
    listed = [touchpoint for touchpoint in profile.touchpoints if touchpoint.in_list and touchpoint.kind == kind]
    if not listed:
        return ""
    text = profile.clauses[listed[-1].clause].text
    folded = text.casefold()
    wordings = (word for touchpoint in listed for word in (touchpoint.name, *touchpoint.aliases))
    places = ((folded.rfind(word.casefold()), len(word)) for word in wordings)
    found = [(at + length, length) for at, length in places if at >= 0]
    if not found:
        return listed[-1].name
    end, length = max(found)
    return text[end - length : end]
