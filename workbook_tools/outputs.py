"""Outputs that appear whole or not at all: temporaries first, then all replacements."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path
from typing import TYPE_CHECKING, Self

from workbook_tools.errors import OutputError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from types import TracebackType

_TEMPORARY = ".perechen-tmp"


class Outputs:
    """The files of one run.

    Use as a context manager: `stage` gives a temporary path to write to; leaving the
    block puts every staged file in place, leaving it by an exception puts none.

    Parameters
    ----------
    root
        The folder under which the outputs lie; made when the first file is staged.
    inputs
        Files that no output may replace.
    """

    def __init__(self, root: Path, inputs: Iterable[Path] = ()) -> None:
        self.root = root
        self._inputs = {path.resolve() for path in inputs}
        self._staged: dict[Path, Path] = {}

    @property
    def names(self) -> list[str]:
        """The staged files relative to the root, in order, with forward slashes."""
        return [target.relative_to(self.root).as_posix() for target in self._staged]

    def stage(self, relative: str) -> Path:
        """Return the temporary path for an output.

        Raises
        ------
        OutputError
            The place cannot be written to, is open in a spreadsheet program, or is an input.
        """
        target = self.root / relative
        self._refuse(target)
        temporary = target.with_name(f".{target.name}{_TEMPORARY}")
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            temporary.unlink(missing_ok=True)
            temporary.touch(exist_ok=False)
        except OSError as error:
            raise _unwritable(target) from error
        self._staged[target] = temporary
        return temporary

    def _refuse(self, target: Path) -> None:
        if target.resolve() in self._inputs:
            raise OutputError(f"{target}: это входной файл, он не может быть заменён. Укажите другую папку для итогов.")
        if target.with_name(f"~${target.name}").exists():
            raise OutputError(f"{target}: файл открыт в другой программе. Закройте его и запустите ещё раз.")
        if target.is_dir():
            raise OutputError(
                f"{target}: на месте файла стоит папка. Переименуйте её или укажите другую папку для итогов."
            )

    def commit(self) -> None:
        """Put every staged file in place.

        Raises
        ------
        OutputError
            A target cannot be replaced; nothing was.
        """
        for target, temporary in self._staged.items():
            _settle(target, temporary)
        for target, temporary in self._staged.items():
            try:
                temporary.replace(target)
            except OSError as error:
                raise _unwritable(target) from error

    def discard(self) -> None:
        """Remove the temporaries; what stood at the targets still stands."""
        for temporary in self._staged.values():
            with contextlib.suppress(OSError):
                temporary.unlink(missing_ok=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if kind is None:
                self.commit()
        finally:
            self.discard()


def _settle(target: Path, temporary: Path) -> None:
    """Make sure the bytes are on disk and the target may be replaced, before anything is."""
    try:
        with temporary.open("rb+") as stream:
            os.fsync(stream.fileno())
        if target.exists():
            with target.open("rb+"):
                pass
    except OSError as error:
        raise _unwritable(target) from error


def _unwritable(target: Path) -> OutputError:
    return OutputError(
        f"{target}: файл не записан. Закройте его в других программах, проверьте права на папку и место на диске.",
    )
