"""How a cycle stands unit by unit, as plain data: what `perechen status` says, writes and puts into letters."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from workbook_tools import findings as found
from workbook_tools.decisions.question import CONFLICT
from workbook_tools.dossier import RECEIVED
from workbook_tools.records import rows
from workbook_tools.standing import REJECTED, UNREADABLE, beside

if TYPE_CHECKING:
    from workbook_tools.dossier import Dossier, UnitLine
    from workbook_tools.groups import Finding
    from workbook_tools.profile import Unit
    from workbook_tools.remarks import Severity
    from workbook_tools.standing import Standing

# What concerns the form of a file refuses it even where it stands at a row.
_SHAPE = "П-01"
REMIND, MEND, DECIDE, NOTHING_DUE = "remind", "mend", "decide", ""


def is_mendable(finding: Finding) -> bool:
    """Tell whether a unit can mend an error; a conflict between units first waits for the officer's decision."""
    return (finding["rule"], finding.get("variant")) != CONFLICT


def is_of_whole_file(finding: Finding) -> bool:
    """Tell whether an error stands on no row and no record: it refuses its file as a whole."""
    return finding["rule"] == _SHAPE or not (finding["row"] or finding["record"])


@dataclass(frozen=True)
class UnitState:
    """A unit in this cycle.

    Attributes
    ----------
    unit
        The unit as the profile has it.
    line
        What came from it; counts.
    received
        The date of its file on the disk, ISO; "" where none came.
    round
        Which of its different files this is: 1 for the first, 0 where none came.
    mendable
        How many of its errors it can mend; the others wait for the officer.
    refused
        Why its file is refused as a whole, none of its rows counting; "" where it is not.
    """

    unit: Unit
    line: UnitLine
    received: str = ""
    round: int = 0

    mendable: int = 0
    refused: str = ""

    @property
    def due(self) -> str:
        """What is due: remind (nothing came), mend (errors of its own), decide (errors for the officer), "" nothing."""
        if self.line.status != RECEIVED:
            return REMIND
        if self.mendable:
            return MEND
        return DECIDE if self.line.errors else NOTHING_DUE


@dataclass(frozen=True)
class Overview:
    """A cycle at a day.

    Attributes
    ----------
    dossier
        What a check of all files came to; without files, what the edition carries over.
    today
        The day at which it is looked at.
    units
        The units of the profile, in its order.
    stage, said, next_step
        Where the cycle stands, in words, and the command that goes on, "" where the next step is none of the program's.
    """

    dossier: Dossier
    today: datetime.date
    units: Sequence[UnitState]
    stage: str = ""
    said: Sequence[str] = ()
    next_step: str = ""

    @property
    def deadline(self) -> datetime.date | None:
        """The day until which the units must answer, where the profile sets one."""
        return self.dossier.profile.period.deadline

    @property
    def days_left(self) -> int | None:
        """Days to the deadline, negative once it has passed."""
        return (self.deadline - self.today).days if self.deadline else None

    def due(self, what: str) -> list[UnitState]:
        """Return the units of which something is due."""
        return [state for state in self.units if state.due == what]

    @cached_property
    def troubled(self) -> list[Standing]:
        """The files that count for no unit: unreadable ones, and refused ones that name none."""
        known = self.dossier.profile.unit
        nobodys = (item for item in self.dossier.files if item.unit not in known)
        unreadable = (item for item in self.dossier.files if item.status == UNREADABLE and item.unit in known)
        return [*unreadable, *(item for item in nobodys if item.status in {UNREADABLE, REJECTED})]

    def findings_on(self, unit: str, severity: Severity) -> Sequence[Finding]:
        """Return the findings of a severity on what a unit sent."""
        frame = found.of_severity(self.dossier.findings, severity)
        return rows(frame[frame["unit"] == unit])

    def findings_in(self, file: str) -> Sequence[Finding]:
        """Return the findings on a file."""
        frame = self.dossier.findings
        return rows(frame[frame["file"] == file])

    def other_files(self, state: UnitState) -> Sequence[Standing]:
        """Return the files of a unit beside the one that its line is about."""
        code = state.unit.code
        return beside(self.dossier.files, {code: state.line.file}).get(code, [])
