"""The earlier one of two generated editions: processes with their records."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from benchmarks.vocabulary import NEEDS, POINTS, contact_of, process_names
from workbook_tools import records

if TYPE_CHECKING:
    import random
    from collections.abc import Iterator

    from workbook_tools.profile import Profile

Row = dict[str, str | int]
CLIENTS = ("внешний", "внутренний")


@dataclass
class Process:
    """A process of the register and its records."""

    name: str
    activity: str
    rows: list[Row] = field(default_factory=list)


def first_edition(size: int, profile: Profile, chance: random.Random) -> Iterator[Process]:
    """Yield the processes of an edition of about `size` records."""
    names, number = process_names(chance), 0
    while number < size:
        process = Process(next(names), chance.choice(profile.activities).name)
        owner = chance.choice(profile.units).code
        for point, kind in chance.sample(POINTS, chance.choice((1, 2, 2, 3, 4))):
            number += 1
            process.rows.append(first_row(process, point, kind, number, owner, chance))
        yield process


def first_row(process: Process, point: str, kind: str, number: int, owner: str, chance: random.Random) -> Row:
    """Return a record of the process; `number` is its row, 0 for one of the later edition only."""
    return {
        "activity": process.activity,
        "process": process.name,
        "client": chance.choice(CLIENTS),
        "point": point,
        "touchpoint": point,
        "contact": contact_of(point, chance),
        "kind": kind,
        "needs": "; ".join(chance.sample(NEEDS, chance.choice((1, 1, 2, 3)))),
        "key": chance.choice(("yes", "no", "")),
        "unit": owner,
        "state": records.IN_FORCE,
        "row": number,
    }
