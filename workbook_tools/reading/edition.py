"""Workbook -> an edition: the sheet «Реестр» alone is enough."""

from __future__ import annotations

import datetime
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import partial
from itertools import compress
from typing import TYPE_CHECKING

from workbook_tools import records
from workbook_tools.approval import DATE_MARK, NUMBER_MARK
from workbook_tools.errors import InputError
from workbook_tools.grids import cell_name
from workbook_tools.reading.headers import find_sheet, find_table
from workbook_tools.reading.masks import READ_AS_SHOWN
from workbook_tools.records import KIND_MARK, QUARANTINED, Approval, Edition, Point
from workbook_tools.remarks import Place
from workbook_tools.text import compare_key, each, join_list, split_list, tidy
from workbook_tools.volumes import VOLUME_MARK

if TYPE_CHECKING:
    import pandas as pd

    from workbook_tools.grids import Book, Grid
    from workbook_tools.profile import Profile
    from workbook_tools.reading.headers import Table

_LEAST_HEADERS = 8
_MOST_DIGITS = 12


def holds_register(book: Book, profile: Profile) -> bool:
    """Tell whether a workbook has the sheet «Реестр», by its headers."""
    return _register(book, profile) is not None


def edition_of(book: Book, profile: Profile) -> Edition:
    """Read an edition from its sheet «Реестр»; date, state and last code from the hidden marks where they are.

    Raises
    ------
    InputError
        There is no such sheet, a column is missing, a code stands twice, a cell cannot be read, or the workbook is
        only a volume.
    """
    marks = marks_of(book, profile)
    if VOLUME_MARK in marks:
        raise InputError(
            f"{book.file}: это том Перечня, а не вся редакция. Укажите книгу «{marks.get('edition', 'Перечень')}», "
            "рядом с которой он записан."
        )
    return edition_with(book, records_of(book, profile), marks)


def records_of(book: Book, profile: Profile) -> pd.DataFrame:
    """Read the records of a workbook's sheet «Реестр».

    Raises
    ------
    InputError
        As for `edition_of`.
    """
    grid = _register(book, profile)
    headers = profile.headers("register")
    table = find_table(grid, headers, _LEAST_HEADERS) if grid else None
    if grid is None or table is None:
        raise InputError(
            f"{book.file}: нет листа «{profile.sheets['register'].name}» с графами Перечня. Укажите книгу Перечня."
        )
    _refuse_missing(book, table, headers)
    _refuse_troubles(book, grid)
    _refuse_shown(book, grid, table)
    _refuse_states(book, grid, table, profile)
    return _records(grid, table, profile)


def waiting_places(book: Book, profile: Profile) -> list[Place]:
    """Return where in the register each record that is kept apart has its kind, in their order; row from 1."""
    grid = _register(book, profile)
    table = find_table(grid, profile.headers("register"), _LEAST_HEADERS) if grid else None
    if grid is None or table is None:
        return []
    column, first = table.columns["kind"], table.header_row + 1
    (states,) = grid.columns_of((table.columns["state"],), first)
    waiting = (row for row, state in enumerate(states, first) if coded(profile, "states", state) == QUARANTINED)
    return [Place(file=book.file, sheet=grid.name, cell=cell_name(row, column), row=row + 1) for row in waiting]


def edition_with(book: Book, frame: pd.DataFrame, marks: Mapping[str, str]) -> Edition:
    """Return the edition of the records given; date, state and last code from the hidden marks where they are.

    Raises
    ------
    InputError
        A code stands twice.
    """
    _refuse_repeated(book, frame["code"].tolist())
    given = marks.get("last_code", "")
    last = max([int(given) if is_number(given) else 0, *map(records.code_number, frame["code"])])
    kinds = {name.removeprefix(KIND_MARK): kind for name, kind in marks.items() if name.startswith(KIND_MARK)}
    return Edition(
        frame,
        _date(marks.get("date", "")),
        marks.get("state", ""),
        last,
        book.file,
        book.sha256,
        kinds,
        tuple(_points(marks.get("history", ""))),
        _date(marks.get("base_date", "")),
        approval=_approval(marks),
    )


def _register(book: Book, profile: Profile) -> Grid | None:
    return find_sheet(book, profile.sheets["register"].name, list(profile.headers("register").values()), _LEAST_HEADERS)


def _refuse_missing(book: Book, table: Table, headers: dict[str, str]) -> None:
    missing = [header for name, header in headers.items() if name not in table.columns]
    if missing:
        raise InputError(
            f"{book.file}: на листе «Реестр» нет граф: {', '.join(missing)}. Укажите книгу Перечня целиком."
        )


def _refuse_troubles(book: Book, grid: Grid) -> None:
    if grid.troubles:
        first = grid.troubles[0]
        raise InputError(
            f"{book.file}: вместо значения стоит {first.shown} ({grid.name}!{cell_name(first.row, first.column)}). "
            "Впишите значение.",
        )


def _refuse_shown(book: Book, grid: Grid, table: Table) -> None:
    """Refuse a register in which something else is seen than is read; what is read as it is seen may stay a number."""
    columns = set(table.columns.values())
    told = (item for item in grid.shown if item.column in columns and item.kind != READ_AS_SHOWN)
    first = next((item for item in told if item.row > table.header_row), None)
    if first:
        raise InputError(
            f"{book.file}: записано {first.read}, а видно другое: «{first.other}» "
            f"({grid.name}!{cell_name(first.row, first.column)}). Впишите значение как текст.",
        )


def _refuse_states(book: Book, grid: Grid, table: Table, profile: Profile) -> None:
    """Refuse a state that is none: whether such a record is in force or waits, nobody can guess."""
    column, first = table.columns["state"], table.header_row + 1
    (states,) = grid.columns_of((column,), first)
    known = profile.words["states"]
    strange = {text for text in set(states) if tidy(text) and compare_key(text) not in known}
    for row, state in enumerate(states if strange else (), first):
        if state in strange:
            names = ", ".join(f"«{term.name}»" for term in profile.states)
            what = f"состояние записи «{tidy(state)}» не предусмотрено ({grid.name}!{cell_name(row, column)})"
            raise InputError(f"{book.file}: {what}. Впишите одно из трёх: {names}.")


def _refuse_repeated(book: Book, codes: list[object]) -> None:
    twice = sorted(str(code) for code, count in Counter(codes).items() if code and count > 1)
    if twice:
        raise InputError(f"{book.file}: коды записей повторяются: {', '.join(twice)}. Код даётся записи один раз.")


def _records(grid: Grid, table: Table, profile: Profile) -> pd.DataFrame:
    """Return the rows below the header as records; blank ones are left out."""
    typed = grid.columns_of(tuple(table.columns.values()), table.header_row + 1)
    shown = dict(zip(table.columns, (each(tidy, column) for column in typed), strict=True))
    filled = [any(texts) for texts in zip(*shown.values(), strict=True)]
    # Most of it the units' files say again: it takes its room once.
    shown = {name: list(map(sys.intern, compress(column, filled))) for name, column in shown.items()}
    files, sheets, rows = zip(*each(records.source_parts, shown["source"]), strict=True) if any(filled) else ((),) * 3
    return records.of_columns(
        {
            **shown,
            "code": list(map(records.canonical_code, shown["code"])),
            "kind": each(partial(coded, profile, "kinds"), shown["kind"]),
            "key": each(partial(coded, profile, "answers"), shown["key"]),
            "state": [state or records.IN_FORCE for state in each(partial(coded, profile, "states"), shown["state"])],
            "needs": each(lambda text: join_list(split_list(text)), shown["needs"]),
            "unit": each(profile.unit_code, shown["unit"]),
            "file": files,
            "sheet": sheets,
            "row": rows,
        }
    )


def coded(profile: Profile, listing: str, text: str) -> str:
    """Return the code of a term of a closed list, or the text itself where it is none."""
    term = profile.words[listing].get(compare_key(text))
    return term.value if term else text


def _approval(marks: Mapping[str, str]) -> Approval | None:
    number, date = tidy(marks.get(NUMBER_MARK, "")), _date(marks.get(DATE_MARK, ""))
    return Approval(number, date) if number and date else None


def _points(text: str) -> Iterator[Point]:
    """Yield the editions that the marks know; what is no such mark is passed over."""
    for item in text.split(";"):
        date, _, counts = item.partition(":")
        digital, _, offline = counts.partition(":")
        if _date(date) and is_number(digital) and is_number(offline):
            yield Point(date, int(digital), int(offline))


def is_number(text: str) -> bool:
    """Tell a number that a register may have from text that somebody put into the marks."""
    return text.isascii() and text.isdecimal() and len(text) <= _MOST_DIGITS


def _date(text: str) -> str:
    """Return an ISO date, "" where a mark is none."""
    try:
        return datetime.date.fromisoformat(text).isoformat()
    except ValueError:
        return ""


def marks_of(book: Book, profile: Profile) -> dict[str, str]:
    """Return the hidden marks of a workbook."""
    name = profile.sheets["meta"].name
    grid = next((grid for grid in book.grids if grid.name == name), None)
    return {grid.text(row, 0): grid.text(row, 1) for row in range(len(grid.rows))} if grid else {}
