"""What lies where in a working folder («дело»): the one place that knows its names."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import count
from pathlib import Path

PROFILE, NOTE = "профиль.xlsx", "ПРОЧТИ.txt"
EDITIONS, TEMPLATES, INCOMING, REMARKS, RELEASES = "редакции", "шаблоны", "входящие", "замечания", "выпуски"
FOLDERS = (EDITIONS, TEMPLATES, INCOMING, REMARKS, RELEASES)
# Behind a dot, so that it is no file of anybody's; it may be deleted at any time.
CACHE = ".кэш"


@dataclass(frozen=True)
class Desk:
    """A working folder.

    Attributes
    ----------
    root
        The folder itself; everything else stands under it.
    """

    root: Path

    @property
    def profile(self) -> Path:
        """The profile as a workbook."""
        return self.root / PROFILE

    @property
    def editions(self) -> Path:
        """Editions in force, a folder each: see `publish`."""
        return self.root / EDITIONS

    @property
    def templates(self) -> Path:
        """Templates to be sent out."""
        return self.root / TEMPLATES

    @property
    def incoming(self) -> Path:
        """What the units sent back."""
        return self.root / INCOMING

    @property
    def remarks(self) -> Path:
        """Checks, a folder for each run: returned copies and the report."""
        return self.root / REMARKS

    @property
    def releases(self) -> Path:
        """Merges, a folder for each run: consolidated workbook, draft order, returned copies, report."""
        return self.root / RELEASES

    @property
    def cache(self) -> Path:
        """What was read already; may be deleted at any time."""
        return self.root / CACHE


def desk_at(place: Path) -> Desk | None:
    """Return the working folder that a folder is, or None where it is none."""
    desk = Desk(place)
    return desk if desk.profile.is_file() and desk.editions.is_dir() else None


def fresh_folder(parent: Path, date: str) -> Path:
    """Return the folder of a new run (not made yet): named by its date, from the second of a day on with a number.

    Parameters
    ----------
    date
        ISO.
    """
    names = (date if number == 1 else f"{date}_{number}" for number in count(1))
    return next(parent / name for name in names if not (parent / name).exists())
