"""Seeded pairs of editions with the truth about what was changed between them."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from benchmarks.register import Process, Row, first_edition, first_row
from benchmarks.vocabulary import (
    PHONE,
    POINTS,
    contact_of,
    decoy,
    other_needs,
    respelled,
    reworded,
    same_needs,
)
from workbook_tools import records

if TYPE_CHECKING:
    import pandas as pd

    from workbook_tools.profile import Profile

Fact = tuple[str, int, int]
_TRIES = 20


class Editing(NamedTuple):
    """How likely each edit is, per record or process."""

    renamed: float
    moved: float
    process_gone: float
    gone: float
    come: float
    cell: float
    regrouped: float


MODERATE = Editing(0.10, 0.02, 0.02, 0.03, 0.04, 0.04, 0.01)
HEAVY = Editing(0.30, 0.05, 0.08, 0.08, 0.10, 0.10, 0.02)


@dataclass
class Pair:
    """Two editions and the truth: class, row in the old one, row in the new one; 0 where there is none."""

    old: pd.DataFrame
    new: pd.DataFrame
    truth: set[Fact]


class Made(NamedTuple):
    """A record of the new edition and what became of it: classes, each with the row of the old edition."""

    row: Row
    facts: list[tuple[str, int]]


def pair(size: int, editing: Editing, profile: Profile, seed: int, *, coded: bool, flip: bool = False) -> Pair:
    """Return an edition of about `size` records, what it became, and what was done to it.

    Parameters
    ----------
    coded
        Whether the records bear codes; new ones get theirs.
    flip
        Whether the rule that calls the telephone offline was changed, and its records with it.
    """
    chance = random.Random(seed)  # noqa: S311 - benchmarks, not secrets
    old = list(first_edition(size, profile, chance))
    editor = _Editor(chance, editing, profile, {process.name.casefold() for process in old}, flip=flip)
    made = [item for process in old for item in editor.edited(process)]
    chance.shuffle(made)
    for number, item in enumerate(made, 1):
        item.row["now"] = number
    truth = {(kind, was, int(item.row["now"])) for item in made for kind, was in item.facts} | editor.excluded
    before = [row for process in old for row in process.rows]
    return Pair(
        _frame(before, profile, "row", coded=coded),
        _frame([item.row for item in made], profile, "now", coded=coded),
        truth | ({("rule_changed", 0, 0)} if editor.flipped else set()),
    )


class _Editor:
    """Edits an edition process by process and keeps the truth."""

    def __init__(
        self, chance: random.Random, editing: Editing, profile: Profile, names: set[str], *, flip: bool
    ) -> None:
        self.chance, self.editing, self.profile, self.names, self.flip = chance, editing, profile, names, flip
        self.excluded: set[Fact] = set()
        self.flipped = False

    def _happens(self, likely: float) -> bool:
        return self.chance.random() < likely

    def edited(self, process: Process) -> list[Made]:
        """Return a process's records as they stand now, each with what was changed."""
        if self._happens(self.editing.process_gone):
            self.excluded |= {("excluded", int(row["row"]), 0) for row in process.rows}
            return self._instead(process) if self._happens(0.5) else []
        made = self._regrouped(process) if self._happens(self.editing.regrouped) else self._kept(process)
        for item in made:
            self._follow_rule(item)
        return made

    def _kept(self, process: Process) -> list[Made]:
        name, activity, facts = self._of_process(process)
        made = []
        for row in process.rows:
            if self._happens(self.editing.gone):
                self.excluded.add(("excluded", int(row["row"]), 0))
                continue
            made += self._record({**row, "process": name, "activity": activity}, facts, process)
        if self._happens(self.editing.come) and made:
            made += self._further(Process(name, activity), process)
        return made

    def _of_process(self, process: Process) -> tuple[str, str, list[str]]:
        """Return name and activity of a process as they are now, and the classes of what was done to them."""
        name, activity, facts = process.name, process.activity, []
        if self._happens(self.editing.renamed):
            name, facts = self._reworded(name), ["process_renamed"]
        elif self._happens(self.editing.cell):
            name, facts = respelled(name, self.chance), ["editorial"]
        if self._happens(self.editing.moved):
            activity = self.chance.choice([a.name for a in self.profile.activities if a.name != activity])
            facts = [*facts, "activity_moved"]
        return name, activity, facts

    def _record(self, row: Row, facts: list[str], process: Process) -> list[Made]:
        was = int(row["row"])
        if not facts and self._happens(self.editing.cell / 3):
            return [Made({**row, "state": records.UNCONFIRMED}, [("carried_over", was)])]
        if not facts and self._happens(self.editing.cell / 6):
            return self._replaced(row, process)
        if not facts and len(process.rows) > 1 and self._happens(self.editing.renamed / 10):
            # One record of a process is reworded by hand and the others are left as they were.
            row, facts = {**row, "process": self._reworded(str(row["process"]))}, ["process_renamed"]
        kinds = dict.fromkeys([*facts, *self._cells(row)])
        return [Made(row, [(kind, was) for kind in kinds])]

    def _cells(self, row: Row) -> Iterator[str]:
        """Change some of a record's cells; yield the classes."""
        chance, likely = self.chance, self.editing.cell
        if self._happens(likely):
            row["needs"] = other_needs(str(row["needs"]), chance)
            yield "needs_changed"
        elif self._happens(likely):
            row["needs"] = same_needs(str(row["needs"]), chance)
        yield from self._address(row, likely)
        if self._happens(likely / 3) and not (self.flip and row["point"] == PHONE):
            row["kind"] = "offline" if row["kind"] == "digital" else "digital"
            yield "kind_changed"
        if self._happens(likely / 3):
            row["client"] = "внешний и внутренний"
            yield "client_changed"
        if self._happens(likely / 3):
            row["key"] = "" if row["key"] == "yes" else "yes"
            yield "key_changed"
        if self._happens(likely / 3):
            row["unit"] = chance.choice([unit.code for unit in self.profile.units if unit.code != row["unit"]])
            yield "unit_changed"

    def _address(self, row: Row, likely: float) -> Iterator[str]:
        """Change a record's address or touchpoint in what it says, in how it is spelled, or in where it stands."""
        was = row["contact"]
        if was and self._happens(likely):
            while row["contact"] == was:
                row["contact"] = contact_of(str(row["touchpoint"]), self.chance)
            yield "contact_changed"
        elif was and self._happens(likely / 3):
            row["touchpoint"], row["contact"] = f"{row['touchpoint']} ({was})", ""
            yield "editorial"
        elif self._happens(likely / 2):
            row["touchpoint"] = respelled(str(row["touchpoint"]), self.chance)
            yield "editorial"

    def _replaced(self, row: Row, process: Process) -> list[Made]:
        """Return the record with another touchpoint: to section III it is an exclusion and a new touchpoint."""
        free = self._free(process)
        was = int(row["row"])
        self.excluded |= {("excluded", was, 0), ("replaced", was, 0)}
        if not free:
            self.excluded.discard(("replaced", was, 0))
            return []
        point, kind = self.chance.choice(free)
        now = {**row, "point": point, "touchpoint": point, "kind": kind, "contact": contact_of(point, self.chance)}
        return [Made(now, [("new", 0), ("replaced", 0)])]

    def _free(self, process: Process) -> list[tuple[str, str]]:
        had = {str(row["touchpoint"]) for row in process.rows}
        return [item for item in POINTS if item[0] not in had]

    def _further(self, now: Process, process: Process) -> list[Made]:
        """Return one more record of a process: a touchpoint that it did not have."""
        free = self._free(process)
        if not free:
            return []
        point, kind = self.chance.choice(free)
        row = first_row(now, point, kind, 0, str(process.rows[0]["unit"]), self.chance)
        return [Made(row, [("new", 0)])]

    def _instead(self, process: Process) -> list[Made]:
        """Return the records of another process that took the place: near in words, another in matter."""
        name = self._unused(process.name, decoy)
        if not name:
            return []
        made = Process(name, process.activity)
        owner = str(process.rows[0]["unit"])
        points = self.chance.sample(POINTS, self.chance.choice((1, 2, 3)))
        items = [Made(first_row(made, *point, 0, owner, self.chance), [("new", 0)]) for point in points]
        for item in items:
            self._follow_rule(item)
        return items

    def _regrouped(self, process: Process) -> list[Made]:
        """Return the process with one record split in two that the old edition wrote in one, or the reverse."""
        first, *others = process.rows
        kept = [Made({**row}, []) for row in others]
        buildings = ("здание Министерства", "здание Дома Советов")
        if {str(row["touchpoint"]) for row in process.rows} & {*buildings, PHONE}:
            return [Made({**first}, []), *kept]
        first.update(touchpoint=", ".join(buildings), kind="offline", contact="")
        parts = [{**first, "touchpoint": name} for name in buildings]
        return [*(Made(part, [("split_merged", int(first["row"]))]) for part in parts), *kept]

    def _follow_rule(self, item: Made) -> None:
        if self.flip and item.row["point"] == PHONE:
            item.row["kind"] = "digital"
            self.flipped = True

    def _reworded(self, name: str) -> str:
        return self._unused(name, reworded) or f"{name} в установленном порядке"

    def _unused(self, name: str, make: object) -> str:
        for _ in range(_TRIES):
            found = make(name, self.chance)  # type: ignore[operator]
            if found.casefold() not in self.names:
                self.names.add(found.casefold())
                return str(found)
        return ""


def _frame(rows: list[Row], profile: Profile, number: str, *, coded: bool) -> pd.DataFrame:
    last, made, given = max((int(row["row"]) for row in rows), default=0), [], set()
    for row in rows:
        code = int(row["row"])
        if not code or code in given:
            last += 1
            code = 1_000_000 + last
        given.add(code)
        direction = profile.direction_of[str(row["activity"])]
        made.append(
            {**row, "row": row[number], "code": records.code_text(code) if coded else "", "direction": direction}
        )
    return records.frame(made)
