"""What stops a run: each error carries its exit code and one Russian sentence."""

from __future__ import annotations

SAVE_AGAIN = "Откройте его, сохраните заново в формате .xlsx и пришлите ещё раз"
"""What to do with a file that its program can still open."""


class WorkbookToolsError(Exception):
    """An error that a person can mend; its text is shown as it stands."""

    exit_code = 2


class ProfileError(WorkbookToolsError):
    """The profile is wrong.

    Parameters
    ----------
    source
        The profile's file, as the user named it.
    faults
        One Russian line for each fault, with the key's path.
    """

    def __init__(self, source: str, faults: list[str]) -> None:
        self.source = source
        self.faults = faults
        super().__init__("\n".join(f"{source}: {fault}" for fault in faults))


class InputError(WorkbookToolsError):
    """A file could not be read, or what was asked for is not there."""


class OutputError(WorkbookToolsError):
    """An output could not be written; what stood there before still stands."""


class InternalError(WorkbookToolsError):
    """The program's own sums do not meet: a fault of ours, never of the user."""

    exit_code = 3
