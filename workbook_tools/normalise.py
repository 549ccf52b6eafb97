"""Raw rows -> one frame of canonical values, with every correction told (П-26)."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import compress
from typing import TYPE_CHECKING, Any

import pandas as pd

from workbook_tools import records
from workbook_tools.frames import mapped
from workbook_tools.grids import cell_name
from workbook_tools.remarks import Place, Remark
from workbook_tools.submissions import by_columns
from workbook_tools.tables import Table
from workbook_tools.text import compare_key, join_list, one_script, split_list, tidy

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from workbook_tools.profile import Profile
    from workbook_tools.submissions import Submission


def normalise(submissions: Sequence[Submission], profile: Profile) -> Table:
    """Put the rows of all submissions into one table.

    Returns
    -------
    Table
        `frame` with `file`, `sheet`, `row` (integer), `unit` and a text column for each field of the
        template, blank is ""; closed lists hold their codes where the value is known, else the text as typed.
    """
    fields = [column.name for column in profile.sheets["data"].columns]
    place, texts, unread = _joined(submissions, fields)
    typed = pd.DataFrame(texts).astype("str")
    unreadable = pd.DataFrame(_marked(unread, fields), index=typed.index)
    canonical = {name: mapped(typed[name], _canonical(name, profile)) for name in fields}
    frame = place.join(pd.DataFrame(canonical, index=typed.index))
    files, numbers = frame["file"].tolist(), frame["row"].tolist()
    columns = {submission.file: submission.columns for submission in submissions}

    def cell(index: int, name: str) -> str:
        at = columns[files[index]].get(name)
        return "" if at is None else cell_name(int(numbers[index]) - 1, at)

    return Table(frame, typed, unreadable, cell)


def _joined(
    submissions: Sequence[Submission], fields: Sequence[str]
) -> tuple[pd.DataFrame, dict[str, list[str]], list[frozenset[str]]]:
    """Return where each row stands, the texts of all rows by field, and by row what could not be read of it."""
    places: dict[str, list[str]] = {"file": [], "sheet": [], "unit": []}
    texts: dict[str, list[str]] = {name: [] for name in fields}
    numbers: list[int] = []
    unread: list[frozenset[str]] = []
    for item in submissions:
        rows = by_columns(item.rows, fields)
        numbers += rows.numbers
        unread += rows.unreadable
        for name, value in zip(places, (item.file, item.sheet, item.unit), strict=True):
            places[name] += [value] * len(rows.numbers)
        for name, column in rows.texts.items():
            texts[name] += column
    columns = {name: pd.Series(column, dtype="str") for name, column in places.items()}
    row = pd.Series(numbers, dtype="int64")
    return pd.DataFrame({**columns, "row": row})[["file", "sheet", "row", "unit"]], texts, unread


def _marked(unread: Sequence[frozenset[str]], fields: Sequence[str]) -> dict[str, list[bool]]:
    """Return by field in which rows it is named; of most rows none is."""
    if not any(unread):
        return {name: [False] * len(unread) for name in fields}
    return {name: [name in names for names in unread] for name in fields}


def _canonical(name: str, profile: Profile) -> Callable[[str], str]:
    """Return the function that brings a column's text to its canonical form."""
    listing = profile.field[name].list
    if listing is not None:
        words = profile.words[listing]
        return lambda text: words[key].value if (key := compare_key(text)) in words else tidy(text)
    if name == "code":
        return lambda text: records.canonical_code(text) if text.strip() else ""
    if name == "needs":
        return lambda text: join_list(split_list(one_script(tidy(text))))
    return lambda text: one_script(tidy(text))


def corrections(table: Table, profile: Profile) -> Iterator[Remark]:
    """Yield П-26 for each value that was corrected; differences of case in closed lists are none."""
    for name in table.typed.columns:
        if name == "number":
            continue
        listed = profile.field[name].list is not None
        pairs = list(zip(table.typed[name].tolist(), table.frame[name].tolist(), strict=True))
        read = ((pair, _corrected(*pair, name, profile, listed=listed)) for pair in set(pairs))
        told = {pair: shown for pair, shown in read if shown is not None}
        if not told:
            continue
        corrected = [pair in told for pair in pairs]
        places = table.frame.loc[corrected, ["unit", "file", "sheet", "row", "code"]]
        texts = list(compress(pairs, corrected))
        for index, values, pair in zip(places.index.tolist(), records.rows(places), texts, strict=True):
            words = {**values, "typed": pair[0], "shown": told[pair]}
            yield _correction(words, name, table.cell(index, name))


def _corrected(typed: str, value: str, name: str, profile: Profile, *, listed: bool) -> str | None:
    """Return what is read in place of what was typed, as people read it; None where nothing was corrected."""
    if typed == value and not listed:
        return None
    shown = profile.shown(name, value)
    same = typed.casefold() == shown.casefold() if listed else typed == shown
    return shown if typed.strip() and not same else None


def _correction(values: Mapping[str, Any], name: str, cell: str) -> Remark:
    typed, corrected = values["typed"], values["shown"]
    place = Place(
        unit=values["unit"],
        file=values["file"],
        sheet=values["sheet"],
        cell=cell,
        row=values["row"],
        column=name,
        value=typed,
        record=values["code"],
    )
    latin = _put_into_russian(typed, corrected)
    words = {"a": tidy(typed) if latin else typed, "b": corrected, "letters": latin}
    return Remark("П-26", "lookalike" if latin else "main", place, words)


def _put_into_russian(typed: str, corrected: str) -> str:
    """Return the Latin letters that a correction replaced by their Russian twins."""
    gone = [sign for sign in dict.fromkeys(typed) if sign.isascii() and sign.isalpha() and sign not in corrected]
    return ", ".join(f"«{sign}»" for sign in gone)
