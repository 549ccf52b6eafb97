"""What was written, read again by another reader before anybody sees it: its parts, its formulas, its values."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from hashlib import blake2b
from itertools import chain, islice, zip_longest
from pathlib import Path
from typing import Any, NamedTuple

from python_calamine import CalamineWorkbook

from workbook_tools.limits import FIRST_DATE
from workbook_tools.memory import give_back
from workbook_tools.text import russian_date
from workbook_tools.xlsx.parts import XLSX_PARTS, check_parts, wrong

Value = str | int | float | datetime.date | None
# A sheet as it is read: the rows from the top down, each with its place and its values from the first column on.
Rows = Iterable[tuple[int, list[Any]]]

_FIRST_DAY = datetime.datetime(1899, 12, 30)  # noqa: DTZ001 - a workbook's dates have no zone
_TEXTS = {str}
# They end a cell and a row where values stand in one text: no cell holds them.
_END, _ROW_END = "\x1f", "\x1e"
_AT_ONCE = 512
# The other reader has a text of its own for each cell of a sheet.
_LARGE = 100_000


class Tally(NamedTuple):
    """How many cells of a sheet hold a value, and a digest of what each holds and where; the same in every process."""

    cells: int
    digest: str

    def meets(self, rows: Rows) -> bool:
        """Tell whether rows, as they are read, hold just that."""
        return tally_of(_texts(rows)) == self


def tally_of(rows: Iterable[tuple[int, Sequence[str]]]) -> Tally:
    """Count the cells of rows, which come from the top down by the texts of their values, "" for a blank."""
    cells, digest, coming = 0, blake2b(digest_size=16), iter(rows)
    while some := list(islice(coming, _AT_ONCE)):
        texts = [(row, _END.join(values).rstrip(_END)) for row, values in some]
        cells += sum([len(values) - values.count("") for _, values in some])
        lines = [f"{row}{_END}{text}{_ROW_END}" for row, text in texts if text]
        digest.update("".join(lines).encode("utf-8", "surrogatepass"))
    return Tally(cells, digest.hexdigest())


class Written:
    """What was put into a sheet: a cell may be written again, and then only the last counts."""

    def __init__(self) -> None:
        self._rows: dict[int, Sequence[str]] = {}
        # Rows that no one else holds.
        self._own: set[int] = set()
        self._sealed: Tally | None = None

    def put(self, row: int, column: int, value: Value) -> None:
        """Note what a cell holds now."""
        text, held = _as_text(value), self._rows.get(row, ())
        if len(held) <= column or held[column] != text:
            self._upto(row, column + 1)[column] = text

    def put_rows(self, first: int, rows: Sequence[Sequence[Value]]) -> None:
        """Note what rows one below the other hold now, of which none held anything."""
        if not _TEXTS.issuperset(map(type, chain.from_iterable(rows))):
            rows = [list(map(_as_text, values)) for values in rows]
        self._rows.update(enumerate(rows, first))  # type: ignore[arg-type] # texts by now

    def _upto(self, row: int, columns: int) -> list[str]:
        """Return the texts of a row, at least so many, to change them."""
        if row not in self._own:
            self._rows[row] = list(self._rows.get(row, ()))
            self._own.add(row)
        texts: list[str] = self._rows[row]  # type: ignore[assignment] # an own row is a list
        if columns > len(texts):
            texts += [""] * (columns - len(texts))
        return texts

    def clear(self, first: tuple[int, int], last: tuple[int, int]) -> None:
        """Note that nothing is left in an area, both corners included."""
        for row in range(first[0], last[0] + 1):
            if any(self._rows.get(row, ())[first[1] : last[1] + 1]):
                texts = self._upto(row, 0)
                for column in range(first[1], min(last[1] + 1, len(texts))):
                    texts[column] = ""

    def seal(self) -> None:
        """Keep of the cells only their digest; what is put after it will be found to be a difference."""
        self._sealed = self.tally
        self._rows.clear()
        self._own.clear()

    @property
    def tally(self) -> Tally:
        """The cells that hold a value."""
        return self._sealed or tally_of((row, self._rows[row]) for row in sorted(self._rows))

    def meets(self, rows: Rows) -> bool:
        """Tell whether rows, as they are read, hold just that."""
        if self._sealed is not None:
            return self._sealed.meets(rows)
        last = -1
        for last, values in rows:
            held = self._rows.get(last, ())
            # Most rows hold texts alone, and as many as were written.
            if list(held) != values and not _alike(held, values):
                return False
        return not any(map(any, [held for row, held in self._rows.items() if row > last]))


Expected = Sequence[tuple[str, Written | Tally]]
Check = Callable[[Path, Sequence[tuple[str, Written]]], None]


def check_workbook(path: Path, expected: Expected) -> None:
    """Make sure that a workbook holds the sheets, in order, with the values that were put into them, and no more.

    Raises
    ------
    InternalError
        It does not, or holds a part, a link or a formula that is none of ours.
    """
    # The other reader works beside Python, so both looks take the time of the longer one.
    with ThreadPoolExecutor(1) as pool:
        parts = pool.submit(check_parts, path, XLSX_PARTS)
        try:
            difference = _difference(path, expected)
        except Exception as error:
            parts.result()
            raise wrong("записанная книга не читается") from error
        parts.result()
    if difference:
        raise wrong(difference)


def _difference(path: Path, expected: Expected) -> str:
    """Return in what a workbook is not as expected, "" where in nothing."""
    with CalamineWorkbook.from_path(path) as book:
        if book.sheet_names != [name for name, _ in expected]:
            return "в записанной книге не те листы"
        for name, wanted in expected:
            if not wanted.meets(_rows(book, name)):
                held, given = tally_of(_texts(_rows(book, name))), wanted if isinstance(wanted, Tally) else wanted.tally
                return (
                    f"лист «{name}»: в книге заполнено ячеек {held.cells}, передано на запись {given.cells}"
                    if held.cells != given.cells
                    else f"лист «{name}»: значения в книге отличаются от переданных на запись"
                )
            if isinstance(wanted, Tally) and wanted.cells > _LARGE:
                give_back()
    return ""


def _rows(book: CalamineWorkbook, name: str) -> Rows:
    """Give the rows of a sheet: read row by row it begins with the first, yet with the first column that is filled."""
    sheet = book.get_sheet_by_name(name)
    before = [""] * (sheet.start[1] if sheet.start else 0)
    rows: Rows = enumerate(sheet.iter_rows())
    return ((row, before + values) for row, values in rows) if before else rows


def _texts(rows: Rows) -> Iterator[tuple[int, list[str]]]:
    is_text = _TEXTS.issuperset
    for row, values in rows:
        yield row, values if is_text(map(type, values)) else list(map(_as_text, values))


def _alike(held: Sequence[str], values: Sequence[object]) -> bool:
    """Tell whether values are those of a row, but for blanks at the end."""
    return all(one == other for one, other in zip_longest(held, map(_as_text, values), fillvalue=""))


def _as_text(value: object) -> str:
    """Return a value as a text: of no text the one that no cell can hold."""
    if value is None:
        return ""
    return value if isinstance(value, str) else f"\x00{_canonical(value)!r}"


def as_cells_hold(value: Value) -> Value:
    """Return a day that a workbook has no number for as people write it; anything else as it is."""
    if not isinstance(value, datetime.date) or value.isoformat() >= FIRST_DATE.isoformat():
        return value
    return russian_date(value.isoformat()[:10])


def _canonical(value: object) -> object:
    """Return a value as a workbook keeps it: numbers to 16 digits, zero without a sign, dates as numbers of days."""
    if isinstance(value, int | float):
        return float(f"{value:.16G}") + 0
    if isinstance(value, datetime.datetime):
        return (value - _FIRST_DAY) / datetime.timedelta(days=1)
    if isinstance(value, datetime.date):
        return float((value - _FIRST_DAY.date()).days)
    return value
