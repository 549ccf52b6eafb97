"""The forms in which two editions are compared: what a difference of spelling is not, and what names a record."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING, TypeVar

import numpy as np
import pandas as pd

from workbook_tools import records
from workbook_tools.compared import comparison
from workbook_tools.frames import mapped
from workbook_tools.glued import GluedTouchpoints
from workbook_tools.memory import remembered
from workbook_tools.records import CONTENT
from workbook_tools.text import Made, compare_key, join_list, list_key, split_list

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from workbook_tools.profile import Profile

Key = TypeVar("Key", str, int)

COMPARED = (*CONTENT, "unit")
# Of needs and addresses more is made here.
_AS_EVERYWHERE = tuple(name for name in CONTENT if name not in {"needs", "contact"})
# What an address looks like: only such a touchpoint is taken apart, for that is dear.
_WORDS = re.compile(r"[^\W_]+")
_ADDRESS = re.compile(r"[@/(:]|www\.|\d")


def order_of(edition: pd.DataFrame) -> NDArray[np.int64]:
    """Return the places of the records in force, in an order that the order of the rows has no part in."""
    held = records.in_force(edition[["code", "state"]].reset_index(drop=True))
    places: NDArray[np.int64] = held.index.to_numpy()
    # Where no code comes twice, nothing beside it decides.
    beside = () if held["code"].is_unique else dict.fromkeys((*CONTENT, *records.RECORD))
    rows = records.tuples(edition.iloc[places] if beside else held, *dict.fromkeys(("code", *beside)))
    return places[sorted(range(len(rows)), key=rows.__getitem__)]


def ordered(edition: pd.DataFrame) -> pd.DataFrame:
    """Return the records in force in that order, index 0…n-1."""
    return edition.iloc[order_of(edition)].reset_index(drop=True)


def compared(table: pd.DataFrame, profile: Profile, needs: Made[str] | None = None) -> pd.DataFrame:
    """Return the compared form of each column of a records frame.

    Parameters
    ----------
    needs
        What `needs_made` gives, where the same needs stand in another frame too.

    Returns
    -------
    DataFrame
        Same index, columns COMPARED: needs as a sorted set without the profile's synonyms, the touchpoint apart from
        an address in its cell. And as written: `typed`, the touchpoint, `name`, the process, and `address`, the contact
        with what the touchpoint's cell holds of it.
    """
    apart = _addresses_apart(table, profile)
    same = comparison(apart, profile, _AS_EVERYWHERE)
    forms = same.assign(
        process=mapped(same["process"], words_key),
        needs=mapped(table["needs"], needs_made(profile) if needs is None else needs),
        contact=mapped(apart["contact"], list_key),
        unit=mapped(table["unit"], compare_key),
        typed=table["touchpoint"],
        name=table["process"],
        address=apart["contact"],
    )
    return forms[[*COMPARED, "typed", "name", "address"]]


@remembered(1 << 17)
def words_key(key: str) -> str:
    """Return a compared text by its words alone: a name whose words are the same is the same name.

    A text of signs alone stays as it is.
    """
    return " ".join(_WORDS.findall(key)) or key


def needs_made(profile: Profile) -> Made[str]:
    """Return what makes the compared form of needs: dear, and the same for most records of two editions."""
    return Made(lambda text: _needs_key(text, profile))


def _needs_key(text: str, profile: Profile) -> str:
    """Return the needs by their words, one a line."""
    return "\n".join(sorted({words_key(item) for item in profile.needs_key(text).split("\n")}))


def _addresses_apart(table: pd.DataFrame, profile: Profile) -> pd.DataFrame:
    """Return touchpoint and contact with an address in the touchpoint's cell put beside the contact."""
    find = GluedTouchpoints(profile)
    typed = pd.Index(table["touchpoint"].unique())
    split = {
        text: parts
        for text in typed
        if _ADDRESS.search(text) and not profile.touchpoint(text) and (parts := find.with_address(text))
    }
    if not split:
        return table
    touched = table["touchpoint"].isin(list(split))
    rows = zip(table.loc[touched, "touchpoint"], table.loc[touched, "contact"], strict=True)
    apart = [(split[name][0], _together(*split[name][1], *split_list(contact))) for name, contact in rows]
    own = pd.DataFrame(apart, columns=["touchpoint", "contact"], index=table.index[touched], dtype="str")
    return table.assign(
        touchpoint=own["touchpoint"].reindex(table.index).fillna(table["touchpoint"]).astype("str"),
        contact=own["contact"].reindex(table.index).fillna(table["contact"]).astype("str"),
    )


def _together(*addresses: str) -> str:
    """Return addresses as one list, each once however often it was written."""
    return join_list(tuple({compare_key(item): item for item in addresses if item}.values()))


def joined(keys: pd.DataFrame, *columns: str) -> pd.Series[str]:
    """Return the named columns as one key a row."""
    texts = map("\n".join, records.tuples(keys, *columns))
    return pd.Series(texts, index=keys.index, dtype="str", name=columns[0])


def numbered(old: pd.DataFrame, new: pd.DataFrame, *columns: str) -> tuple[pd.Series[int], pd.Series[int]]:
    """Return the named columns as one number a row: in both frames the same for rows that say the same.

    It takes a fortieth of the room that the texts would.
    """
    numbers: NDArray[np.int64] = np.zeros(len(old) + len(new), dtype="int64")
    for name in columns:
        found, known = pd.factorize(np.concatenate([old[name].to_numpy(), new[name].to_numpy()]))
        # What came before is numbered anew, so that however many columns there are no number grows too large.
        numbers = pd.factorize(numbers * (len(known) + 1) + found)[0]
    first, second = numbers[: len(old)], numbers[len(old) :]
    return pd.Series(first, index=old.index, dtype="int64"), pd.Series(second, index=new.index, dtype="int64")


def labels_by(keys: pd.Series[Key]) -> dict[Key, list[int]]:
    """Return the labels of each key, in order."""
    groups: dict[Key, list[int]] = defaultdict(list)
    for index, key in zip(keys.index.tolist(), keys.tolist(), strict=True):
        groups[key].append(index)
    return groups


def single(old: pd.Series[str], new: pd.Series[str]) -> Iterator[tuple[int, int]]:
    """Yield the labels of equal keys that both sides have once; blank keys never."""
    left, right = (side[~side.duplicated(keep=False)] for side in (old, new))
    at = dict(zip(right.tolist(), right.index.tolist(), strict=True))
    for label, key in zip(left.index.tolist(), left.tolist(), strict=True):
        if key in at and key.strip():
            yield label, at[key]
