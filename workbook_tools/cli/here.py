"""The working folder that a command is started in, and what it adds to a call."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from workbook_tools.cli.options import count_of, required
from workbook_tools.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workbook_tools.desk import Desk
    from workbook_tools.desk.given import Given
    from workbook_tools.pipeline.foreign import ForeignFiles
    from workbook_tools.profile import LoadedProfile


def here() -> Desk | None:
    """Return the working folder of the current folder, in order after killed runs; None where there is none."""
    from workbook_tools.desk import desk_around

    desk = desk_around(Path.cwd())
    if desk is None:
        return None
    from workbook_tools.desk.runs import swept

    return swept(desk)


def desk_named(folder: Path | None) -> Desk:
    """Return the working folder that is named, without a name that of the current folder, in order after killed runs.

    Raises
    ------
    InputError
        There is none.
    """
    from workbook_tools.desk import desk_at
    from workbook_tools.desk.runs import swept

    desk = here() if folder is None else desk_at(folder)
    if desk is None:
        place = folder or Path.cwd()
        refuse_without_profile(place)
        raise InputError(f"{place}: здесь нет дела. Перейдите в его папку или заведите новое: perechen init ДЕЛО.")
    return desk if folder is None else swept(desk)


def refuse_without_profile(place: Path) -> None:
    """Refuse a working folder that has lost its profile: a new one made there would hide what was done.

    Raises
    ------
    InputError
        It has.
    """
    from workbook_tools.desk.folder import PROFILE, without_profile

    lost = without_profile(place)
    if lost is not None:
        raise InputError(
            f"{lost}: это папка дела, но файла «{PROFILE}» в ней нет. Верните его сюда под этим именем; "
            "копия лежит в архиве дела рядом с каждой утверждённой редакцией."
        )


def profile_at(desk: Desk | None, given: Path | None) -> Path | None:
    """Return the profile that serves: the one given, that of the working folder, None for the shipped one."""
    return given or (desk.profile if desk else None)


def cache_at(desk: Desk | None) -> Path | None:
    """Return where a working folder keeps what was read; nothing is kept elsewhere."""
    return desk.cache if desk else None


def for_files(desk: Desk | None, given: Given, folder: str, today: str, loaded: LoadedProfile) -> Given:
    """Return what a run over the units' files works on.

    Parameters
    ----------
    folder
        The name of the folder in which a working folder keeps its outputs.

    Raises
    ------
    InputError
        No path was named, and there is no working folder.
    """
    if desk is None:
        required(given.paths, "ПУТЬ")
        return given
    from workbook_tools.desk import finding

    return finding.for_files(desk, given, desk.root / folder, today, loaded.profile)


@contextmanager
def begun(
    desk: Desk | None, found: Given, loaded: LoadedProfile, workers: str, scheduler: str
) -> Iterator[ForeignFiles | None]:
    """Begin reading a run's files, and load meanwhile what the run needs.

    None where a working folder has loaded all that already and keeps what was read before, and where a cluster reads.
    """
    count = count_of(workers)
    if desk or scheduler:
        yield None
        return
    from workbook_tools.pipeline.ahead import ahead

    with ahead(found.paths, found.edition, found.decisions, found.out, loaded.profile, count) as files:
        yield files
