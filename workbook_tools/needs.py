"""The needs of a record beside the forms of interaction of the Порядок (раздел II, п. 1, абз. 14–21)."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import pandas as pd
from rapidfuzz import fuzz

from workbook_tools.records import tuples
from workbook_tools.text import compare_key, join_list, split_list

if TYPE_CHECKING:
    from collections.abc import Callable

    from workbook_tools.profile import Profile


def needs_facts(frame: pd.DataFrame, profile: Profile) -> pd.DataFrame:
    """Sort the needs of each row.

    Returns
    -------
    DataFrame
        Same index; `needs_copied`: the needs that repeat the name of the process (П-29); `needs_other`: those of
        the rest that are none of the forms (П-11); joined by «; ».
    """
    pairs = tuples(frame, "process", "needs")
    is_form = cache(lambda need: bool(form_of(need, profile)))
    least = profile.limits.similar_need
    sorted_needs = {(process, needs): _sorted(process, needs, is_form, least) for process, needs in set(pairs)}
    return pd.DataFrame(
        [sorted_needs[pair] for pair in pairs], index=frame.index, columns=["needs_copied", "needs_other"]
    ).astype("str")


def _sorted(process: str, needs: str, is_form: Callable[[str], bool], least: float) -> tuple[str, str]:
    items = split_list(needs)
    copied = tuple(item for item in items if is_copy(item, process, least))
    other = tuple(item for item in items if item not in copied and not is_form(item))
    return join_list(copied), join_list(other)


def is_copy(need: str, process: str, least: float) -> bool:
    """Tell whether a need repeats the name of a process; `least` is the score from which it does (0–100)."""
    own, name = compare_key(need), compare_key(process)
    return bool(own) and bool(name) and fuzz.ratio(own, name, score_cutoff=least) > 0


def form_of(need: str, profile: Profile) -> str:
    """Return the form of interaction that a need is worded as or begins with, "" where it is none."""
    key = compare_key(need)
    forms = profile.forms_by_wording
    return next((forms[word] for word in forms if key == word or key.startswith(f"{word} ")), "")
