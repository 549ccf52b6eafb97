"""The form in which the contents of records are compared, and where two frames differ in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from workbook_tools import frames, records
from workbook_tools.text import compare_key, list_key

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from workbook_tools.profile import Profile


def comparison(table: pd.DataFrame, profile: Profile, names: Iterable[str] = records.CONTENT) -> pd.DataFrame:
    """Return content columns in the form in which they are compared; same index, columns as named."""
    forms = _compared_forms(profile)
    return pd.DataFrame({name: frames.mapped(table[name], forms[name]) for name in names}, index=table.index)


def differing(one: pd.DataFrame, other: pd.DataFrame, profile: Profile) -> pd.DataFrame:
    """Tell where the forms in which two frames are compared differ; index of the first, columns CONTENT.

    Most texts are the same letter by letter, and the forms of those need not be made.
    """
    columns = {}
    for name, form in _compared_forms(profile).items():
        pairs = zip(one[name].tolist(), other[name].tolist(), strict=True)
        columns[name] = [left != right and form(left) != form(right) for left, right in pairs]
    return pd.DataFrame(columns, index=one.index, dtype="bool")


def _compared_forms(profile: Profile) -> dict[str, Callable[[str], str]]:
    """Return what makes the compared form of a text, by content column."""
    forms: dict[str, Callable[[str], str]] = dict.fromkeys(records.CONTENT, compare_key)
    return forms | {"touchpoint": profile.touchpoint_key, "needs": list_key, "key": _marked_key}


def _marked_key(key: str) -> str:
    return key if key == "yes" else ""
