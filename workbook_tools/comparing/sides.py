"""Two editions side by side as they are compared, and what is known beside them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from workbook_tools.comparing.classes import WRITTEN
from workbook_tools.comparing.keys import COMPARED, compared, needs_made, order_of
from workbook_tools.frames import Rows
from workbook_tools.records import CONTENT

if TYPE_CHECKING:
    import pandas as pd

    from workbook_tools.comparing.change import Record
    from workbook_tools.profile import Profile
    from workbook_tools.text import Made


@dataclass(frozen=True)
class Context:
    """What is known beside the two editions.

    Attributes
    ----------
    date
        The date of the earlier edition, ISO, for К15.
    received
        Units that sent something, for К15: of them a record was not accepted rather than not sent; None where that
        is not known.
    links
        Codes of replaced records, old -> new, where they are known (К13).
    bases
        By the code of an excluded record the document that its exclusion rests on, where it is known.
    kinds
        By the code of a touchpoint its kind by the rule of the earlier edition, where that edition says it (К12).
    codes
        Whether the codes of the two editions are of one count; else they match nothing.
    absent
        Columns that one of the editions does not have: no difference in them is a change.
    accepted, refused
        Names of the pairs (see name_of_pair) that the officer confirmed, and of those that are none.
    """

    date: str = ""
    received: frozenset[str] | None = None
    links: Mapping[str, str] | None = None
    bases: Mapping[str, str] | None = None
    kinds: Mapping[str, str] | None = None
    codes: bool = True
    absent: frozenset[str] = frozenset()
    accepted: frozenset[str] = frozenset()
    refused: frozenset[str] = frozenset()


class Side(NamedTuple):
    """An edition as it is compared.

    Attributes
    ----------
    raw, keys
        Its records in force – code, state and what `differences` reads of them as written – and their compared forms
        (keys.compared), index 0…n-1.
    rows
        The records as plain rows.
    touchpoints, addresses
        Their touchpoints as compared, and their addresses, apart from the touchpoint's cell.
    """

    raw: pd.DataFrame
    keys: pd.DataFrame
    rows: Sequence[Record]
    touchpoints: Sequence[str]
    addresses: Sequence[str]

    def picked(self, labels: list[int], raw: Iterable[str], keys: Iterable[str]) -> tuple[pd.DataFrame, pd.DataFrame]:
        """Return some columns of the records and of their compared forms, of some labels, numbered anew."""
        written, forms = (
            table[list(names)].iloc[labels].reset_index(drop=True)
            for table, names in ((self.raw, raw), (self.keys, keys))
        )
        return written, forms


class Sides(NamedTuple):
    """The two editions, the profile by which they are read, and what is known beside them."""

    old: Side
    new: Side
    profile: Profile
    known: Context

    @property
    def codes(self) -> tuple[pd.Series[str], pd.Series[str]]:
        """The codes of both, blank where they are not of one count."""
        old, new = self.old.raw["code"], self.new.raw["code"]
        if self.known.codes:
            return old, new
        return old.where(old == "", ""), new.where(new == "", "")


def side_by_side(before: pd.DataFrame, after: pd.DataFrame, profile: Profile, known: Context) -> Sides:
    """Prepare two records frames for comparing."""
    needs = needs_made(profile)
    old, new = (_side(edition, profile, known, needs) for edition in (before, after))
    return Sides(old, new, profile, known)


def _side(edition: pd.DataFrame, profile: Profile, known: Context, needs: Made[str]) -> Side:
    order = order_of(edition)
    raw = edition[["code", "state", *COMPARED]].iloc[order].reset_index(drop=True)
    # What one of the editions does not have speaks neither for a match nor against it.
    keys = compared(raw, profile, needs).assign(**dict.fromkeys(sorted(known.absent), ""))
    read = raw[["code", "state", *WRITTEN]]
    return Side(read, keys, Rows(edition, order), keys["touchpoint"].tolist(), keys["address"].tolist())


def name_of_pair(before: Record, after: Record) -> str:
    """Return what a pair of records is called by while both say the same."""
    return "\n".join(str(record[name]) for record in (before, after) for name in ("code", *CONTENT, "unit"))
