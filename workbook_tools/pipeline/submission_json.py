"""A unit's file as read, as plain objects that JSON holds, and back: nothing that is read this way can run."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import astuple
from typing import TYPE_CHECKING, Any, TypeVar

from workbook_tools.limits import CELL_CHARACTERS
from workbook_tools.remarks import Place, Remark
from workbook_tools.submissions import SET_ASIDE, Answer, RawRow, SetAside, Submission, TitleValue

if TYPE_CHECKING:
    from workbook_tools.grids import CellValue

Plain = dict[str, Any]
Item = TypeVar("Item")
# What a frame can hold; no file has as many rows.
_LARGEST = 2**62


def as_plain(submission: Submission) -> Plain:
    """Return a file that could be read as plain objects; rows go by columns, as they are alike."""
    return {
        "file": submission.file,
        "sha256": submission.sha256,
        "sheet": submission.sheet,
        "title_sheet": submission.title_sheet,
        "title": {name: _plain_title(value) for name, value in submission.title.items()},
        "meta": dict(submission.meta),
        "columns": dict(submission.columns),
        "rows": _plain_rows(submission.rows),
        "filled": submission.filled,
        "aside": [list(item) for item in submission.aside],
        "remarks": [_plain_remark(remark) for remark in submission.remarks],
        "answers": [list(astuple(answer)) for answer in submission.answers],
    }


def of_plain(plain: object) -> Submission:
    """Return the file that as_plain made plain objects of.

    Raises
    ------
    ValueError
        They are not such objects: whoever wrote them, every one is looked at.
    """
    given = _mapping(plain, _same)
    try:
        submission = Submission(
            file=_text(given["file"]),
            sha256=_text(given["sha256"]),
            sheet=_text(given["sheet"]),
            title_sheet=_text(given["title_sheet"]),
            title=_mapping(given["title"], _title),
            meta=_mapping(given["meta"], _text),
            columns=_mapping(given["columns"], _number),
            rows=_rows(given["rows"]),
            filled=_number(given["filled"]),
            aside=tuple(_items(given["aside"], _set_aside)),
            remarks=tuple(_items(given["remarks"], _remark)),
            answers=tuple(_items(given["answers"], _answer)),
        )
    except (KeyError, TypeError) as error:
        raise ValueError from error
    if submission.filled != len(submission.rows) + len(submission.aside):
        # The merge would take it for a row that the program has lost.
        raise ValueError
    return submission


def _plain_title(value: TitleValue) -> list[Any]:
    return [_plain_value(value.value), value.text, value.cell, value.unreadable]


def _title(plain: object) -> TitleValue:
    value, text, cell, unreadable = _items(plain, _same)
    if type(unreadable) is not bool:
        raise ValueError
    return TitleValue(_value(value), _text(text), _text(cell), unreadable)


def _plain_value(value: CellValue) -> Any:  # noqa: ANN401 - what JSON holds
    """Return a cell's value; whatever JSON itself does not tell apart goes with the name of its kind."""
    if type(value) in {str, int, bool}:
        return value
    if isinstance(value, float):
        return {"float": value.hex()}
    if isinstance(value, datetime.timedelta):
        return {"timedelta": [value.days, value.seconds, value.microseconds]}
    if isinstance(value, datetime.datetime | datetime.date | datetime.time):
        return {type(value).__name__: value.isoformat()}
    raise ValueError


_KINDS: Mapping[str, Callable[[Any], CellValue]] = {
    "float": float.fromhex,
    "datetime": datetime.datetime.fromisoformat,
    "date": datetime.date.fromisoformat,
    "time": datetime.time.fromisoformat,
    "timedelta": lambda parts: datetime.timedelta(*_items(parts, _whole)),
}


def _value(plain: object) -> CellValue:
    if isinstance(plain, str | bool | int):
        return plain
    ((kind, written),) = _mapping(plain, _same).items()
    return _KINDS[kind](written)


def _plain_rows(rows: Sequence[RawRow]) -> list[list[Any]]:
    by_names: dict[tuple[str, ...], list[RawRow]] = defaultdict(list)
    for row in rows:
        by_names[tuple(row.texts)].append(row)
    return [
        [
            list(names),
            [row.number for row in own],
            [sorted(row.unreadable) for row in own],
            [[row.texts[name] for row in own] for name in names],
        ]
        for names, own in by_names.items()
    ]


def _rows(plain: object) -> tuple[RawRow, ...]:
    groups = _items(plain, _group)
    rows = [row for group in groups for row in group]
    return tuple(sorted(rows, key=lambda row: row.number) if len(groups) > 1 else rows)


def _group(plain: object) -> list[RawRow]:
    given_names, given_numbers, given_unreadable, given_columns = _items(plain, _same)
    names, numbers = _items(given_names, _text), _items(given_numbers, _number)
    # Equal texts are one object, as they are where the file is read: a register repeats itself.
    once: dict[str, str] = {}
    columns = [
        [once.setdefault(text, text) for text in texts] for texts in _items(given_columns, lambda c: _items(c, _text))
    ]
    unreadable = [frozenset(item) for item in _items(given_unreadable, lambda item: _items(item, _text))]
    cells = zip(*columns, strict=True) if names else [()] * len(numbers)
    return [
        RawRow(number, dict(zip(names, texts, strict=True)), unread)
        for number, unread, texts in zip(numbers, unreadable, cells, strict=True)
    ]


def _set_aside(plain: object) -> SetAside:
    row, what = _items(plain, _same)
    if what not in SET_ASIDE:
        raise ValueError
    return SetAside(_number(row), _text(what))


def _plain_remark(remark: Remark) -> list[Any]:
    return [remark.rule, remark.message, list(astuple(remark.place)), dict(remark.words), remark.suggestion]


def _remark(plain: object) -> Remark:
    rule, message, place, words, suggestion = _items(plain, _same)
    return Remark(_text(rule), _text(message), _place(place), _mapping(words, _text), _text(suggestion))


def _place(plain: object) -> Place:
    unit, file, sheet, cell, row, *others = _items(plain, _same)
    column, value, record = map(_text, others)
    return Place(_text(unit), _text(file), _text(sheet), _text(cell), _number(row), column, value, record)


def _answer(plain: object) -> Answer:
    return Answer(*_items(plain, _text))


def _same(plain: Item) -> Item:
    return plain


def _items(plain: object, of: Callable[[Any], Item]) -> list[Item]:
    if type(plain) is not list:
        raise ValueError
    return [of(item) for item in plain]


def _mapping(plain: object, of: Callable[[Any], Item]) -> dict[str, Item]:
    if type(plain) is not dict:
        raise ValueError
    return {_text(name): of(item) for name, item in plain.items()}


def _text(plain: object) -> str:
    if type(plain) is not str or len(plain) > CELL_CHARACTERS:
        raise ValueError
    return plain


def _whole(plain: object) -> int:
    if type(plain) is not int:
        raise ValueError
    return plain


def _number(plain: object) -> int:
    number = _whole(plain)
    if not 0 <= number <= _LARGEST:
        raise ValueError
    return number
