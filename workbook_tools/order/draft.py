"""An edition with its changes -> the draft amending order (regulation.md section 5)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from workbook_tools.order.additions import list_items
from workbook_tools.order.edits import NotByWords, alters, point_edits
from workbook_tools.order.model import AnnexPart, Order, common_words
from workbook_tools.order.note import explain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from workbook_tools.dossier import Dossier

_LETTERS = "абвгдежзиклмнопрстуфхцчшщэюя"


def draft_order(dossier: Dossier, form: str = "") -> Order:
    """Return the draft order, or why none is needed.

    Parameters
    ----------
    form
        `annex` gives Приложение 1 whole in its new edition (variant А); `edits` edits its words (variant Б) where
        there are few changes and each can be put so; "" is what the profile says.
    """
    if not dossier.base_date:
        return _first(dossier)
    if not any(map(alters, dossier.changes)):
        return _nothing(dossier)
    wanted = form or dossier.profile.order.form
    edits, remark = _by_words(dossier) if wanted == "edits" else ([], "")
    added = list_items(dossier.changes, dossier.profile)
    return _amending(dossier, added, edits, remark)


def _by_words(dossier: Dossier) -> tuple[list[str], str]:
    """Return the edits of words, else none and why the annex is given whole."""
    texts, words = dossier.profile.order, common_words(dossier)
    count = sum(map(alters, dossier.changes))
    if count > texts.edits_up_to:
        return [], texts.too_many.format_map(words | {"count": str(count), "limit": str(texts.edits_up_to)})
    try:
        return point_edits(dossier), ""
    except NotByWords:
        return [], texts.not_by_words.format_map(words)


def _amending(dossier: Dossier, added: Sequence[str], edits: Sequence[str], remark: str) -> Order:
    """Return the order itself; its number depends on how many structural units of the Порядок it changes."""
    profile, words = dossier.profile, common_words(dossier)
    texts = profile.order
    annex = (texts.edits_item if edits else texts.annex_item).format_map(words)
    several = bool(added)
    items = [
        (texts.amend_many if several else texts.amend_one).format_map(words),
        *(line.format_map(words) for line in texts.closing),
    ]
    first, *closing = (f"{number}. {text}" for number, text in enumerate(items, 1))
    return Order(
        texts.mark.format_map(words),
        profile.body.name,
        (texts.title_many if several else texts.title_one).format_map(words),
        (first, *_changes([*added, annex], edits), *closing),
        texts.kind.format_map(words),
        texts.number_line.format_map(words),
        tuple(text.format_map(words) for text in (texts.preamble, texts.enacting)),
        (profile.body.signatory.post, profile.body.signatory.name),
        None if edits else _annex(dossier, texts.annex_mark),
        explain(dossier, remark),
    )


def _changes(units: Sequence[str], edits: Sequence[str]) -> list[str]:
    """Return the paragraphs of what changes: numbered where there are several, the edits of the last under letters."""
    numbered = [f"{number}) {text}" for number, text in enumerate(units, 1)] if len(units) > 1 else list(units)
    *others, last = numbered
    if len(edits) == 1:
        ending = [f"{last} {edits[0]}"]
    elif edits:
        ending = [f"{last}:", *_stopped([f"{_letter(index)}) {text}" for index, text in enumerate(edits)])]
        return [*(f"{text};" for text in others), *ending]
    else:
        ending = [last]
    return _stopped([*others, *ending])


def _letter(index: int) -> str:
    return _LETTERS[index % len(_LETTERS)] * (index // len(_LETTERS) + 1)


def _stopped(lines: Sequence[str]) -> list[str]:
    """Return the lines of a list with their final signs."""
    return [*(f"{line};" for line in lines[:-1]), f"{lines[-1].rstrip('.')}."]


def _annex(dossier: Dossier, mark: Sequence[str]) -> AnnexPart:
    words = common_words(dossier)
    return AnnexPart(tuple(line.format_map(words) for line in mark), dossier.profile.annex.title.format_map(words))


def _nothing(dossier: Dossier) -> Order:
    """Return what tells the officer that the annex stays as it is."""
    texts = dossier.profile.order
    told = _told(dossier, texts.nothing_title, texts.nothing_text)
    return replace(told, note=explain(dossier)) if dossier.changes else told


def _first(dossier: Dossier) -> Order:
    """Return what tells the officer that the first edition amends nothing, with its annex."""
    texts = dossier.profile.order
    return replace(_told(dossier, texts.first_title, texts.first_text), annex=_annex(dossier, texts.first_mark))


def _told(dossier: Dossier, title: str, lines: Sequence[str]) -> Order:
    """Return what stands in the place of an order that is not needed."""
    profile, words = dossier.profile, common_words(dossier)
    return Order(
        profile.order.mark.format_map(words),
        profile.body.name,
        title.format_map(words),
        tuple(line.format_map(words) for line in lines),
    )
