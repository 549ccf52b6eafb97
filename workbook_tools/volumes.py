"""A register that no sheet holds: which records stand in which volume, and what people are told of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from workbook_tools.records import in_force
from workbook_tools.text import plural

if TYPE_CHECKING:
    import pandas as pd

    from workbook_tools.profile import Profile

# Hidden marks: of an edition how many volumes and records it has, of a volume which one it is.
VOLUMES_MARK, RECORDS_MARK, VOLUME_MARK = "volumes", "records", "volume"
# The list of volumes on the edition's own sheet: written and read back by these headers.
HEADERS = {
    "number": "№ тома",
    "file": "Файл тома",
    "content": "Что в томе",
    "rows": "Строк в томе",
    "sha256": "Контрольная сумма (SHA-256)",
}
_NO_FLAT = 'не записан: не установлено дополнение cluster (pip install "perechen[cluster]")'
_SHOWN_NAMES = 3


class Volume(NamedTuple):
    """A workbook beside the edition's own.

    Attributes
    ----------
    file, sha256
        Its name in the same folder, and the checksum by which it is known again.
    content
        What stands in it, as people read it.
    rows
        How many records, or lines of the journal.
    """

    file: str
    content: str
    rows: int
    sha256: str


class Volumes(NamedTuple):
    """What stands beside an edition's workbook: the volumes of its records and of its journal, and one flat table.

    `flat` is "" where the table could not be written; with no volumes of records there is none.
    """

    register: tuple[Volume, ...] = ()
    journal: tuple[Volume, ...] = ()
    flat: str = ""

    @property
    def sheets(self) -> frozenset[str]:
        """The keys of the sheets whose rows stand in volumes."""
        return frozenset([*(["annex", "register"] if self.register else []), *(["journal"] if self.journal else [])])


NO_VOLUMES = Volumes()


class Stretch(NamedTuple):
    """The records of one volume: their places in the register, half open, and the № of their first heading."""

    start: int
    stop: int
    heading: int


def divided(records: pd.DataFrame, room: int) -> list[Stretch]:
    """Divide a register into volumes, in its order.

    A volume takes as many whole activities as it has room for; only an activity that alone has no room in one goes on
    in the next.

    Parameters
    ----------
    room
        How many records a volume takes.
    """
    numbers = _headings(records)
    parts = _parts([len(list(group)) for _, group in groupby(records["activity"])], room)
    return [Stretch(start, stop, next(filter(None, numbers[start:stop]), 1)) for start, stop in parts]


def _parts(sizes: Sequence[int], room: int) -> Iterator[tuple[int, int]]:
    start = stop = 0
    for size in sizes:
        if start < stop and size <= room < stop - start + size:
            yield start, stop
            start = stop
        stop += size
        while stop - start > room:
            yield start, start + room
            start += room
    if start < stop:
        yield start, stop


def _headings(records: pd.DataFrame) -> list[int]:
    """Return for each record the number of its heading in the printed form, 0 for one that is not printed."""
    printed = in_force(records)["activity"]
    numbers = (printed != printed.shift()).cumsum()
    return [int(number) for number in numbers.reindex(records.index, fill_value=0)]


def told(volumes: Volumes, profile: Profile) -> Iterator[str]:
    """Yield what is said of the volumes on «Сводка» and at the end of a run: one sentence each, with the names."""
    names = {key: f"«{profile.sheets[key].name}»" for key in ("register", "annex", "journal")}
    if volumes.register:
        count = plural(len(volumes.register), "томе", "томах", "томах")
        yield (
            f"Записей больше, чем помещается в одну книгу: {names['register']} и {names['annex']} – в {count} рядом с "
            f"этой книгой, без них она неполна: {named(volumes.register)}."
        )
        flat = f"в файле {volumes.flat}" if volumes.flat else f"файл .parquet {_NO_FLAT}"
        yield f"Все записи одной таблицей: {flat}."
    if volumes.journal:
        count = plural(len(volumes.journal), "книге", "книгах", "книгах")
        yield (
            f"Строк журнала больше, чем помещается в одну книгу: {names['journal']} – в {count}: "
            f"{named(volumes.journal)}."
        )


def named(volumes: Sequence[Volume]) -> str:
    """Return the names of volumes, of many the first and the last: they are numbered."""
    names = [volume.file for volume in volumes]
    return ", ".join(names) if len(names) <= _SHOWN_NAMES else f"{names[0]} … {names[-1]}"
