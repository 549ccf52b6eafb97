"""Lists typed into one cell: numbered, bulleted, one item a line, or glued one after another."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from workbook_tools.annex.segments import capitals_inside
from workbook_tools.text import split_list, tidy

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workbook_tools.annex.wordings import Wordings

_NUMBER = re.compile(r"(?:(?<=[\s;,.])|^)(\d{1,2})[.)]\s*(?=[^\W\d])")
_BULLET = re.compile(r"^[ \t]*[-–—*·•▪‣●○■□\uf0b7][ \t]*(?=\S)|[ \t]*[•▪‣●○■□\uf0b7][ \t]*", re.MULTILINE)
# A number after these is no mark of a list: «каб. 2. Здание …».
_NUMBERED_THING = re.compile(
    r"(?:\b(?:каб|ком|пом|оф|кв|д|стр|корп|эт|тел|доб|окно|кабинет|комната|этаж|дом|офис)\.?|№|\bN)\s*$", re.IGNORECASE
)
_ENDED = re.compile(r"[;.]\s*$")
_NEED = re.compile(
    r"(?:получ|пода|предостав|направл|запи|консульт|информир|оформл|выда|согласов|рассмотр|обращ|уведомл|ознаком"
    r"|подготов|участ|заключ|оплат|регистр|подпис|сда|оказ|сопровожд|провед|внес|продл)"
    r"\w*(?:ие|ча|ция|сь|ть|ка|та)\b|при[её]м\b",
    re.IGNORECASE,
)


def list_items(text: str) -> tuple[str, ...]:
    """Return the items of a numbered or bulleted list without their marks; none where the text is no such list."""
    numbered = _numbered(text)
    items = numbered or (_BULLET.split(text) if _BULLET.match(text) else [])
    return tuple(item for item in map(tidy, items) if item)


def unlisted(text: str) -> str:
    """Return a text with each item of its list on a line of its own and without its mark; other texts as they are."""
    return "\n".join(list_items(text)) or text


def begins_need(text: str) -> bool:
    """Tell whether a text begins as a need does: «Получение …», «подача …»."""
    return bool(_NEED.match(tidy(text)))


def need_items(text: str, wordings: Wordings) -> tuple[str, ...]:
    """Return the needs that a cell names.

    They are parted by the marks of a list, by «;», by line breaks before a new item,
    or by a capital letter with which a need begins. Nothing is dropped but the marks.
    """
    lines = list_items(text) or tuple(_lines(text))
    items = (item for line in lines for item in split_list(line))
    return tuple(part for item in items for part in _unglued(item, wordings) if part)


def _numbered(text: str) -> list[str]:
    """Return the items of a list numbered from 1 on, none where a text is not one from its beginning."""
    run: list[re.Match[str]] = []
    for mark in _NUMBER.finditer(text):
        if int(mark[1]) == len(run) + 1 and not _NUMBERED_THING.search(text[: mark.start()]):
            run.append(mark)
    if not run or text[: run[0].start()].strip():
        return []
    ends = [*(mark.start() for mark in run[1:]), len(text)]
    return [text[mark.end() : end] for mark, end in zip(run, ends, strict=True)]


def _lines(text: str) -> Iterator[str]:
    """Yield the lines that begin an item, each with those that only go on with it."""
    item = ""
    for before, line in pairwise(["", *filter(None, map(tidy, text.splitlines()))]):
        begins = not item or _ENDED.search(before) or begins_need(line) or line[0].isupper()
        if begins and item:
            yield item.rstrip(" ,")
        item = line if begins else f"{item} {line}"
    yield item


def _unglued(item: str, wordings: Wordings) -> tuple[str, ...]:
    """Part glued needs at a capital, but only where both sides begin as needs do."""
    starts = [start for start in capitals_inside(item, wordings) if begins_need(item[start:])]
    if not begins_need(item):
        return (item,)
    bounds = [0, *starts, len(item)]
    return tuple(item[first:last].strip(" ,") for first, last in pairwise(bounds))
