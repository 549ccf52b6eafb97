"""Processes that differ only in a stage: «приём заявлений» and «рассмотрение заявлений» (раздел II, п. 2.4)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pandas as pd

from workbook_tools.frames import mapped
from workbook_tools.text import compare_key

if TYPE_CHECKING:
    from workbook_tools.profile import Profile

_WORD = re.compile(r"\w+")
_SHORTEST, _STEM, _ENDING = 3, 5, 2


def stage_twins(frame: pd.DataFrame, profile: Profile) -> pd.Series[int]:
    """Return for each row the number of the first row of its file whose process differs only in its stage.

    Both stand at one touchpoint of one activity; 0 where there is none. Columns `file`, `row`, `checked`,
    `activity`, `process`, `touchpoint` are read.
    """
    keys = pd.DataFrame(
        {
            "file": frame["file"],
            "activity": mapped(frame["activity"], compare_key),
            "touchpoint": mapped(frame["touchpoint"], profile.touchpoint_key),
            "subject": mapped(frame["process"], _Stems(profile).subject_of),
            "process": mapped(frame["process"], compare_key),
            "row": frame["row"],
        }
    )
    whole = frame["checked"] & (keys[["activity", "touchpoint", "subject"]] != "").all(axis=1)
    groups = keys[whole].groupby(["file", "activity", "touchpoint", "subject"], sort=False)
    first = groups[["row", "process"]].transform("first")
    twin = first["row"].where(first["process"] != keys.loc[whole, "process"], 0)
    return twin.reindex(frame.index, fill_value=0).astype("int64")


class _Stems(dict[str, str]):
    """The stem of each word that says what a process is about; "" for one that is a stage, or too short to say it."""

    def __init__(self, profile: Profile) -> None:
        super().__init__()
        self._stages = tuple(re.sub("[аеиоуыэюя]$", "", compare_key(word)) for word in profile.stage_words)

    def __missing__(self, word: str) -> str:
        tells = len(word) >= _SHORTEST or word.isdecimal()
        self[word] = stem = word[:_STEM] if tells and not _is_stage(word, self._stages) else ""
        return stem

    def subject_of(self, process: str) -> str:
        """Return what a process is about: its words without the stage, by their stems, in order of the alphabet."""
        return " ".join(sorted({self[word] for word in _WORD.findall(compare_key(process))} - {""}))


def _is_stage(word: str, stages: tuple[str, ...]) -> bool:
    return word.startswith(stages) and any(
        word.startswith(stage) and len(word) - len(stage) <= _ENDING for stage in stages
    )
