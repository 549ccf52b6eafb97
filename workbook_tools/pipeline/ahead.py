"""What a run will ask for, begun while this process still loads its libraries: others read meanwhile."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from workbook_tools.errors import InputError
from workbook_tools.pipeline.foreign import ForeignFiles, foreign_files
from workbook_tools.pipeline.wanted import EDITION, check_place
from workbook_tools.placing.journal import is_disordered
from workbook_tools.reading.scanning import scan

if TYPE_CHECKING:
    from workbook_tools.profile import Profile
    from workbook_tools.sources import Address

_LOADED_MEANWHILE = "workbook_tools.pipeline.commands"


def edition_sheets(profile: Profile) -> tuple[str, str]:
    """Return the names of the sheets that alone make a workbook an edition."""
    return profile.sheets["register"].name, profile.sheets["meta"].name


def expect_edition(path: Path | None, profile: Profile, files: ForeignFiles) -> None:
    """Let an edition that will be loaded be read while other files are.

    Raises
    ------
    InputError
        There is no such file.
    """
    if path is not None:
        check_place(path, EDITION)
        files.expect_book(path, *edition_sheets(profile))


@contextmanager
def ahead(
    paths: Sequence[Path | Address],
    edition: Path | None,
    decisions: Path | None,
    out: Path | None,
    profile: Profile,
    workers: int = 1,
) -> Iterator[ForeignFiles]:
    """Give a reader that has begun a run's files, and load what the run is made of while they are read.

    Nothing is refused here: what cannot be read, the run itself will meet. Nor is anything begun where a killed run
    left the folder of outputs in disorder, as the edition may lie there.
    """
    with foreign_files(workers) as files:
        begin = partial(_expect, paths, edition, decisions, out, profile, files)
        files.attend(partial(import_module, _LOADED_MEANWHILE), begin)
        yield files


def _expect(
    paths: Sequence[Path | Address],
    edition: Path | None,
    decisions: Path | None,
    out: Path | None,
    profile: Profile,
    files: ForeignFiles,
) -> None:
    if out and is_disordered(out):
        return
    with suppress(InputError):
        expect_edition(edition, profile, files)
    if decisions is not None:
        files.expect_book(decisions)
    local = [path for path in paths if isinstance(path, Path)]
    with suppress(InputError):
        candidates = scan(local, out) if len(local) == len(paths) else []
        files.expect_submissions([candidate for candidate in candidates if not candidate.ignored], profile)
