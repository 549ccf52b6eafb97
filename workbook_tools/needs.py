"""The needs of a record beside the forms of interaction of the Порядок (раздел II, п. 1, абз. 14–21)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
from rapidfuzz import fuzz

from workbook_tools.text import compare_key, join_list, split_list

if TYPE_CHECKING:
    from workbook_tools.profile import Profile


def needs_facts(frame: pd.DataFrame, profile: Profile) -> pd.DataFrame:
    """Sort the needs of each row.

    Returns
    -------
    DataFrame
        Same index; `needs_copied`: the needs that repeat the name of the process (П-29); `needs_other`: those of
        the rest that are none of the forms (П-11); joined by «; ».
    """
    processes, needs = frame["process"].tolist(), frame["needs"].tolist()
    sorter = {text: _Needs(text, profile) for text in dict.fromkeys(needs)}
    told = [sorter[text].told(process) for process, text in zip(processes, needs, strict=True)]
    copied, other = zip(*told, strict=True) if told else ((), ())
    columns = {"needs_copied": copied, "needs_other": other}
    return pd.DataFrame({name: pd.Series(texts, frame.index, "str") for name, texts in columns.items()})


class _Needs:
    """The needs of a cell, taken apart once for all rows that have them."""

    def __init__(self, text: str, profile: Profile) -> None:
        items = split_list(text)
        self._least = profile.limits.similar_need
        self._items = items
        self._near: dict[int, list[str]] = {}
        self._other = tuple(item for item in items if not form_of(item, profile))
        self._all_other = join_list(self._other)

    def told(self, process: str) -> tuple[str, str]:
        """Return those that repeat the name of a process, and of the rest those that are no forms."""
        length = len(compare_key(process))
        near = self._near.get(length)
        if near is None:
            near = self._near[length] = [item for item in self._items if _may_be_alike(item, length, self._least)]
        copied = tuple(item for item in near if is_copy(item, process, self._least)) if near else ()
        if not copied:
            return "", self._all_other
        return join_list(copied), join_list(tuple(item for item in self._other if item not in copied))


def _may_be_alike(need: str, length: int, least: float) -> bool:
    """Tell whether a need may repeat a name of some length: what two texts share is no longer than the shorter."""
    own = len(compare_key(need))
    return 200 * min(own, length) > least * (own + length) - 1


def is_copy(need: str, process: str, least: float) -> bool:
    """Tell whether a need repeats the name of a process; `least` is the score from which it does (0–100)."""
    own, name = compare_key(need), compare_key(process)
    return bool(own) and bool(name) and fuzz.ratio(own, name, score_cutoff=least) > 0


def form_of(need: str, profile: Profile) -> str:
    """Return the form of interaction that a need is worded as or begins with, "" where it is none."""
    key = compare_key(need)
    forms = profile.forms_by_wording
    return next((forms[word] for word in forms if key == word or key.startswith(f"{word} ")), "")
