"""The register's records as a frame: one row = one process × one touchpoint."""

from __future__ import annotations

import re
from collections.abc import Container, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from operator import itemgetter
from typing import TYPE_CHECKING, Any, NamedTuple

import pandas as pd

from workbook_tools.frames import TEXT, Rows
from workbook_tools.text import compare_key, each, tidy

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from workbook_tools.profile import Profile

IN_FORCE, QUARANTINED, UNCONFIRMED = "in_force", "quarantined", "unconfirmed"
# Before a touchpoint's code, among an edition's hidden marks: its kind by the rule of that edition.
KIND_MARK = "kind "
KEEP, INCLUDE, CHANGE, EXCLUDE = "keep", "include", "change", "exclude"

CONTENT = ("activity", "process", "client", "touchpoint", "contact", "kind", "needs", "key")
RECORD = ("code", "direction", *CONTENT, "basis", "unit", "state", "source", "file", "sheet", "row")

_BLANK: Mapping[str, Any] = dict.fromkeys(RECORD, "") | {"row": 0}

# More digits than any register will need, and than a number may have before it is refused by the language.
_MARK, _MOST_DIGITS = "Т-", 12
_CODE = re.compile(r"\s*[ТT]\s*[-–]\s*(\d{1,12})\s*")
_SOURCE = re.compile(r"(?P<file>.+) › (?P<sheet>.+) › строка (?P<row>\d{1,7})")


class Point(NamedTuple):
    """How many records of each kind an edition had: a point in the register's history."""

    date: str
    digital: int
    offline: int


class Approval(NamedTuple):
    """The act that put an edition in force.

    Attributes
    ----------
    number, date
        Of the order; the date ISO.
    reason
        Why it was done although something stood open; "" where nothing did.
    stands
        What stood open, a phrase each.
    """

    number: str
    date: str
    reason: str = ""
    stands: tuple[str, ...] = ()


@dataclass(frozen=True)
class Edition:
    """An edition of the register.

    Attributes
    ----------
    records
        Columns RECORD, index 0…n-1; text everywhere but `row` (integer), blank is "".
        `kind` digital/offline, `key` yes/no/"", `needs` joined by «; »,
        `state` in_force/quarantined/unconfirmed, `unit` a unit's code.
    date
        The edition's date, ISO; "" where it is not known.
    state
        «утверждена» or «проект», as people read it.
    last_code
        The highest number ever given to a record, so that none is used twice.
    file, sha256
        The file it was read from.
    kinds
        By the code of a touchpoint its kind by the rule of that edition; empty where the edition does not say.
    earlier, base_date
        The editions before it, as far as it knows them; the date of the one it was made from, ISO, else "".
    absent
        Columns that its source does not have: what stands there was derived, and is no statement of the edition.
    volumes
        By the name of each volume beside the file its SHA-256.
    approval
        The act that put it in force, by number and date; None where it does not say.
    handed
        By the unit that held them and the one that has them now the codes of records that were handed over.
    """

    records: pd.DataFrame
    date: str = ""
    state: str = ""
    last_code: int = 0
    file: str = ""
    sha256: str = ""
    kinds: Mapping[str, str] = field(default_factory=dict)
    earlier: tuple[Point, ...] = ()
    base_date: str = ""
    absent: frozenset[str] = frozenset()
    volumes: Mapping[str, str] = field(default_factory=dict)
    approval: Approval | None = None
    handed: Mapping[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)

    @property
    def point(self) -> Point:
        """What this edition adds to the history."""
        return point(self.date, self.records)

    @property
    def history(self) -> tuple[Point, ...]:
        """The editions up to this one, oldest first."""
        return (*(item for item in self.earlier if item.date < self.date), self.point)

    @property
    def in_force(self) -> pd.DataFrame:
        """The records of the register itself: all but the quarantined."""
        return in_force(self.records)

    def of_unit(self, unit: str) -> Rows:
        """Return what a unit's records hold, in their order: code and content columns by name."""
        return rows(self.records[["code", *CONTENT]].iloc[self._places_of_units.get(unit, [])])

    @cached_property
    def waiting_codes(self) -> frozenset[str]:
        """The codes of the quarantined records."""
        return frozenset(quarantined(self.records)["code"])

    @cached_property
    def _places_of_units(self) -> Mapping[str, Any]:
        return {str(unit): places for unit, places in self.records.groupby("unit").indices.items()}

    @cached_property
    def processes(self) -> frozenset[tuple[str, str]]:
        """The pairs (activity, process) of the whole register."""
        return frozenset(tuples(self.records, "activity", "process"))


def point(date: str, records: pd.DataFrame) -> Point:
    """Return what an edition of a date adds to the history."""
    kinds = in_force(records)["kind"]
    return Point(date, int((kinds == "digital").sum()), int((kinds == "offline").sum()))


def in_force(records: pd.DataFrame) -> pd.DataFrame:
    """Return the records of the register itself: all but the quarantined."""
    return records[records["state"] != QUARANTINED]


def quarantined(records: pd.DataFrame) -> pd.DataFrame:
    """Return the records that are kept apart until somebody says what is meant."""
    return records[records["state"] == QUARANTINED]


def frame(rows: Iterable[Mapping[str, Any]]) -> pd.DataFrame:
    """Return a records frame (columns RECORD) of plain rows; what a row lacks is blank."""
    given = list(rows)
    return of_columns({name: _values(given, name) for name in RECORD}, len(given))


def _values(rows: Sequence[Mapping[str, Any]], name: str) -> list[Any]:
    try:
        return list(map(itemgetter(name), rows))
    except KeyError:
        return [row.get(name, _BLANK[name]) for row in rows]


def of_columns(columns: Mapping[str, Sequence[Any]], count: int | None = None) -> pd.DataFrame:
    """Return a records frame (columns RECORD) of plain columns of one length; what is not given is blank.

    Parameters
    ----------
    count
        How many records there are; without it as many as have a code.
    """
    rows = len(columns["code"]) if count is None else count
    given = {name: columns.get(name, [_BLANK[name]] * rows) for name in RECORD}
    return pd.DataFrame({name: pd.Series(given[name], dtype="int64" if name == "row" else TEXT) for name in RECORD})


def typed(table: pd.DataFrame) -> pd.DataFrame:
    """Return the frame with the columns of RECORD in their order and types."""
    return table[list(RECORD)].astype({name: "int64" if name == "row" else "str" for name in RECORD})


def empty() -> pd.DataFrame:
    """Return a records frame with no rows."""
    return frame([])


def code_text(number: int) -> str:
    """Return a record's code for its number: Т-0001."""
    return f"{_MARK}{number:04d}"


def code_number(code: str) -> int:
    """Return the number in a record's code, 0 where it is none; a Latin T counts as the Russian one."""
    # Nearly every code is written as the register writes it.
    digits = code[len(_MARK) :]
    if code.startswith(_MARK) and digits.isascii() and digits.isdecimal() and len(digits) <= _MOST_DIGITS:
        return int(digits)
    match = _CODE.fullmatch(code)
    return int(match.group(1)) if match else 0


def canonical_code(text: str) -> str:
    """Return a code as the register writes it; text that is no code comes back tidied."""
    number = code_number(text)
    return code_text(number) if number else tidy(text)


def counted(edition: Edition) -> Edition:
    """Return an edition of whose records no more is left than how many there are in each state."""
    return replace(edition, records=edition.records[["state"]].copy())


def with_codes(edition: Edition) -> Edition:
    """Return the edition with a code for every record; codes already given stay, new ones follow the last."""
    blank = edition.records["code"] == ""
    last = edition.last_code + int(blank.sum())
    fresh = iter(range(edition.last_code + 1, last + 1))
    codes = [code or code_text(next(fresh)) for code in edition.records["code"].tolist()]
    return replace(edition, records=typed(edition.records.assign(code=codes)), last_code=last)


def record_key(table: pd.DataFrame, profile: Profile) -> pd.Series[str]:
    """Return what identifies a record without its code: activity, process and touchpoint, compared.

    Source: раздел II, п. 2.4 – one process, one touchpoint, one record.
    """
    columns = (
        each(compare_key, table["activity"].tolist()),
        each(compare_key, table["process"].tolist()),
        each(profile.touchpoint_key, table["touchpoint"].tolist()),
    )
    return pd.Series(map("\n".join, zip(*columns, strict=True)), index=table.index, dtype=TEXT, name="activity")


def key_of(record: Mapping[str, Any], profile: Profile) -> str:
    """Return what identifies one record without its code, as `record_key` does."""
    parts = (
        compare_key(record["activity"]),
        compare_key(record["process"]),
        profile.touchpoint_key(record["touchpoint"]),
    )
    return "\n".join(parts)


def source_text(file: str, sheet: str, row: int) -> str:
    """Return where a record comes from, as people read it."""
    return f"{file} › {sheet} › строка {row}"


def source_parts(text: str) -> tuple[str, str, int]:
    """Return file, sheet and row of the first place in a source text; the text itself as file where it is none."""
    match = _SOURCE.fullmatch(text.partition("; ")[0].strip())
    if match is None:
        return text, "", 0
    return match["file"], match["sheet"], int(match["row"])


def rows(table: pd.DataFrame) -> Rows:
    """Return the frame's rows as plain dictionaries."""
    return Rows(table)


def unconfirmed_by_unit(register: pd.DataFrame) -> dict[str, int]:
    """Return how many records of each unit were carried over without confirmation."""
    counts = register.loc[register["state"] == UNCONFIRMED, "unit"].value_counts()
    return {str(unit): int(count) for unit, count in counts.items()}


def among(table: pd.DataFrame, wanted: Container[tuple[Any, ...]], *names: str) -> pd.Series[bool]:
    """Tell of which rows the values of some columns are wanted; same index."""
    return pd.Series([values in wanted for values in tuples(table, *names)], index=table.index, dtype="bool")


def tuples(table: pd.DataFrame, *names: str) -> list[tuple[Any, ...]]:
    """Return the values of some columns row by row, as plain objects.

    The library's own ways make an object of its own for each value on the way, and take many times as long.
    """
    return list(zip(*(table[name].tolist() for name in names), strict=True))
