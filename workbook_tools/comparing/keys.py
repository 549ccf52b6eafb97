"""The forms in which two editions are compared: what a difference of spelling is not, and what names a record."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pandas as pd

from workbook_tools import records
from workbook_tools.compared import comparison
from workbook_tools.frames import mapped
from workbook_tools.glued import GluedTouchpoints
from workbook_tools.memory import remembered
from workbook_tools.records import CONTENT
from workbook_tools.text import compare_key, join_list, list_key, split_list

if TYPE_CHECKING:
    from workbook_tools.profile import Profile

COMPARED = (*CONTENT, "unit")
# What an address looks like: only such a touchpoint is taken apart, for that is dear.
_WORDS = re.compile(r"[^\W_]+")
_ADDRESS = re.compile(r"[@/(:]|www\.|\d")


def ordered(edition: pd.DataFrame) -> pd.DataFrame:
    """Return the records in force, index 0…n-1, in an order that the order of the rows has no part in."""
    held = records.in_force(edition)
    apart = ["code", *CONTENT, *(name for name in records.RECORD if name not in {"code", *CONTENT})]
    rows = records.tuples(held, *apart)
    return held.iloc[sorted(range(len(rows)), key=rows.__getitem__)].reset_index(drop=True)


def compared(table: pd.DataFrame, profile: Profile) -> pd.DataFrame:
    """Return the compared form of each column of a records frame.

    Returns
    -------
    DataFrame
        Same index, columns COMPARED: needs as a sorted set without the profile's synonyms, the touchpoint apart from
        an address in its cell. And as written: `typed`, the touchpoint, `name`, the process, and `address`, the contact
        with what the touchpoint's cell holds of it.
    """
    apart = _addresses_apart(table, profile)
    same = comparison(apart, profile)
    return same.assign(
        process=mapped(same["process"], words_key),
        needs=mapped(table["needs"], lambda text: _needs_key(text, profile)),
        contact=mapped(apart["contact"], list_key),
        unit=mapped(table["unit"], compare_key),
        typed=table["touchpoint"],
        name=table["process"],
        address=apart["contact"],
    )


@remembered(1 << 17)
def words_key(key: str) -> str:
    """Return a compared text by its words alone: a name whose words are the same is the same name.

    A text of signs alone stays as it is.
    """
    return " ".join(_WORDS.findall(key)) or key


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


Columns = dict[str, list[str]]


def columns_of(table: pd.DataFrame) -> Columns:
    """Return the columns of a frame with the index 0…n-1 as lists: to look up single cells in a frame is slow."""
    return {str(name): table[name].tolist() for name in table}


def joined(keys: pd.DataFrame, *columns: str) -> pd.Series[str]:
    """Return the named columns as one key a row."""
    texts = map("\n".join, records.tuples(keys, *columns))
    return pd.Series(texts, index=keys.index, dtype="str", name=columns[0])


def labels_by(keys: pd.Series[str]) -> dict[str, list[int]]:
    """Return the labels of each key, in order."""
    groups: dict[str, list[int]] = defaultdict(list)
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
