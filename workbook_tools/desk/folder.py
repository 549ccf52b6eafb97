"""What lies where in a working folder («дело»): the one place that knows its names."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from workbook_tools.placing.journal import JOURNAL

PROFILE, NOTE = "профиль.xlsx", "ПРОЧТИ.txt"
EDITIONS, TEMPLATES, INCOMING, REMARKS, RELEASES = "редакции", "шаблоны", "входящие", "замечания", "выпуски"
FOLDERS = (EDITIONS, TEMPLATES, INCOMING, REMARKS, RELEASES)
# Made when the first letters are written.
LETTERS = "письма"
# Behind a dot, so that it is no file of anybody's; it may be deleted at any time.
CACHE = ".кэш"
# The workbook that is the edition; volumes and the pages of a long log lie beside it under longer names.
_EDITION_NAME = re.compile(r"Перечень_(\d{4}-\d{2}-\d{2})\.xlsx", re.IGNORECASE)
_RUN_NAME = re.compile(r"(\d{4}-\d{2}-\d{2})(?:_(\d+))?")


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
    def letters(self) -> Path:
        """Letters to the units, a folder each time."""
        return self.root / LETTERS

    @property
    def of_runs(self) -> tuple[Path, ...]:
        """The folders in which every run has a folder of its own."""
        return self.templates, self.remarks, self.releases, self.letters, self.editions

    @property
    def cache(self) -> Path:
        """What was read already; may be deleted at any time."""
        return self.root / CACHE

    def shown(self, path: Path) -> str:
        """Return a place in the working folder as people name it: from the folder on, with forward slashes."""
        return path.relative_to(self.root).as_posix()


def desk_at(place: Path) -> Desk | None:
    """Return the working folder that a folder is, or None where it is none."""
    desk = Desk(place)
    return desk if desk.profile.is_file() and desk.editions.is_dir() else None


def desk_around(place: Path) -> Desk | None:
    """Return the working folder that a folder is or lies in, the nearest one; None where there is none."""
    whole = place.absolute()
    return next(filter(None, map(desk_at, (whole, *whole.parents))), None)


def without_profile(place: Path) -> Path | None:
    """Return the working folder that a folder is or lies in and whose profile is gone or renamed; None: there is none.

    A folder without runs and editions is none: so it looks where `init` was killed, and `init` again mends it.
    """
    whole = place.absolute()
    return next((folder for folder in (whole, *whole.parents) if _lacks_profile(Desk(folder))), None)


def _lacks_profile(desk: Desk) -> bool:
    stands = all((desk.root / name).is_dir() for name in FOLDERS) and not desk.profile.exists()
    return stands and any(runs(parent) for parent in desk.of_runs)


def fresh_folder(parent: Path, date: str) -> Path:
    """Return the folder of a new run (not made yet): named by its date, from the second of a day on with a number.

    Parameters
    ----------
    date
        ISO.
    """
    names = (date if number == 1 else f"{date}_{number}" for number in count(1))
    return next(parent / name for name in names if not (parent / name).exists())


def edition_in_force(desk: Desk, before: Path | None = None) -> Path | None:
    """Return the edition of the latest date, None where there is none; with `before` the last one before that.

    An edition lies in a folder named by its date, or directly in `редакции/` as somebody put it there: then its date
    stands in its name. A workbook of another name has no date and serves only where no other is.
    """
    dated = [(*key, book) for folder, key in runs(desk.editions) for book in _editions_in(folder)]
    lying = [book for book in sorted(desk.editions.glob("*.xlsx")) if _is_somebodys(book)]
    # Of one date the published one, for it has its archive beside it.
    dated += [(*_key(book), book) for book in lying]
    books = [book for *_, book in sorted(dated)]
    earlier = books[: books.index(before)] if before in books else books
    return earlier[-1] if earlier else None


def runs(parent: Path) -> list[tuple[Path, tuple[str, int]]]:
    """Return the folders of runs in a folder, each with its date (ISO) and its number of the day, in their order."""
    if not parent.is_dir():
        return []
    named = ((folder, _RUN_NAME.fullmatch(folder.name)) for folder in parent.iterdir() if folder.is_dir())
    found = [(folder, (name[1], int(name[2] or 1))) for folder, name in named if name]
    return sorted(found, key=lambda item: item[1])


def _editions_in(folder: Path) -> list[Path]:
    """Return the editions of a folder, none where a run was killed between two files of it."""
    whole = [] if (folder / JOURNAL).exists() else sorted(folder.glob("*.xlsx"))
    return [book for book in whole if _EDITION_NAME.fullmatch(book.name)]


def _is_somebodys(book: Path) -> bool:
    return not book.name.startswith(("~$", "."))


def _key(book: Path) -> tuple[str, int]:
    name = _EDITION_NAME.fullmatch(book.name)
    return (name[1], 0) if name else ("", 0)
