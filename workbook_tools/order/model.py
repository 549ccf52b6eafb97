"""The draft order as plain data, and the words that every text of it knows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from workbook_tools.text import russian_date

if TYPE_CHECKING:
    from workbook_tools.dossier import Dossier


@dataclass(frozen=True)
class AnnexPart:
    """What stands above the table of the annex: the mark's lines, an empty one between two marks, and the title."""

    mark: tuple[str, ...]
    title: str


@dataclass(frozen=True)
class Group:
    """The sentences of one class of change under its heading."""

    heading: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Note:
    """The explanatory list: the cases of section III with their bases, then what is beyond them."""

    title: str
    opening: tuple[str, ...]
    cases_title: str
    cases: tuple[Group, ...]
    others_title: str
    others: tuple[Group, ...]
    none: str


@dataclass(frozen=True)
class Order:
    """The draft order.

    Attributes
    ----------
    mark, body
        «ПРОЕКТ», and the body's name.
    kind, number_line
        «ПРИКАЗ», and the empty date and number; both "" where no order is needed.
    title
        What the order is about.
    preamble
        The paragraphs before the items; empty where no order is needed.
    items
        The paragraphs of the order, each with its number and its final sign.
    signatory
        The post and the name of who signs; None where no order is needed.
    annex, note
        The annex in its new edition and the explanatory list; None where neither goes along.
    """

    mark: str
    body: str
    title: str
    items: tuple[str, ...]
    kind: str = ""
    number_line: str = ""
    preamble: tuple[str, ...] = ()
    signatory: tuple[str, str] | None = None
    annex: AnnexPart | None = None
    note: Note | None = None


def common_words(dossier: Dossier) -> dict[str, str]:
    """Return the words that every text of the order knows; dates as people write them."""
    profile = dossier.profile
    return {
        "genitive": profile.body.genitive,
        "name": profile.body.name,
        "date": russian_date(profile.act.date.isoformat()),
        "number": profile.act.number,
        "base": russian_date(dossier.base_date),
        "edition": russian_date(dossier.date),
    }
