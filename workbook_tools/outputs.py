"""Outputs that appear whole or not at all: temporaries first, then all replacements, and a way back until the last."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Self

from workbook_tools.errors import OutputError
from workbook_tools.placing import journal
from workbook_tools.placing.disk import TEMPORARY, beside, file_sha256, settle, unwritable
from workbook_tools.placing.lock import FolderLock

if TYPE_CHECKING:
    from types import TracebackType

_OTHER_NAME = "Укажите другое имя или другую папку для итогов."


class Outputs:
    """The files of one run.

    Use as a context manager: `stage` gives a temporary path to write to; leaving the
    block puts every staged file in place, leaving it by an exception puts none. From the first
    staged file on the folder is locked against other runs, and what a killed run left there is put in order.

    Parameters
    ----------
    root
        The folder under which the outputs lie; made when the first file is staged.
    inputs
        Files that no output may replace.
    seen
        By file the SHA-256 that it had when it was read: nothing is put in place once one has changed.
    """

    def __init__(self, root: Path, inputs: Iterable[Path] = (), seen: Mapping[Path, str] | None = None) -> None:
        self.root = root
        # A link that leads to itself was sent too: it is no place to write to, and no reason to stop.
        self._inputs = {os.path.realpath(path) for path in inputs}
        self._seen = dict(seen or {})
        self._staged: dict[Path, Path] = {}
        self._made: list[Path] = []
        self._lock = FolderLock(root)

    @property
    def names(self) -> list[str]:
        """The staged files relative to the root, in order, with forward slashes."""
        return [target.relative_to(self.root).as_posix() for target in self._staged]

    def stage(self, relative: str) -> Path:
        """Return the temporary path for an output.

        Raises
        ------
        OutputError
            The place cannot be written to, is open in a spreadsheet program, is an input, or another run writes there.
        """
        target = self.root / relative
        self._refuse(target)
        temporary = beside(target, TEMPORARY)
        try:
            self._make(target.parent)
            self._prepare()
            temporary.touch(exist_ok=False)
        except OSError as error:
            raise unwritable(target, error) from error
        self._staged[target] = temporary
        return temporary

    def stage_text(self, relative: str, pieces: Iterable[str]) -> None:
        """Stage an output that is text, given in pieces: UTF-8, line breaks as they are.

        Raises
        ------
        OutputError
            As for `stage`, or the text cannot be written.
        """
        temporary = self.stage(relative)
        try:
            with temporary.open("w", encoding="utf-8", newline="\n") as stream:
                stream.writelines(pieces)
        except OSError as error:
            raise unwritable(self.root / relative, error) from error

    def _make(self, folder: Path) -> None:
        """Make a folder and those above it, and note which of them are new."""
        lacking = [item for item in (folder, *folder.parents) if not item.exists()]
        self._made = [*lacking, *self._made]
        folder.mkdir(parents=True, exist_ok=True)

    def _refuse(self, target: Path) -> None:
        if not _is_readable(target):
            raise OutputError(f"{target}: имя не читается: в нём есть знаки, которых нет в системе. {_OTHER_NAME}")
        _refuse_unnameable(target)
        if os.path.realpath(target) in self._inputs:
            raise OutputError(f"{target}: это входной файл, он не может быть заменён. Укажите другую папку для итогов.")
        blocking = next((item for item in target.parents if os.path.lexists(item) and not item.is_dir()), None)
        if blocking:
            raise OutputError(f"{blocking}: это файл, а не папка: в нём ничего не создать. Укажите другую папку.")
        # Before anything that needs a name: «.» and «/» have none.
        if target.is_dir():
            raise OutputError(
                f"{target}: на месте файла стоит папка. Переименуйте её или укажите другую папку для итогов."
            )
        if os.path.lexists(target.with_name(f"~${target.name}")):
            raise OutputError(f"{target}: файл открыт в другой программе. Закройте его и запустите ещё раз.")
        if os.path.lexists(target) and not (target.is_file() or target.is_symlink()):
            raise OutputError(f"{target}: это устройство, а не файл: его нельзя заменить. Укажите другой файл.")

    def _prepare(self) -> None:
        if not self._lock.held:
            self._lock.take()
            journal.put_in_order(self.root)

    def commit(self) -> None:
        """Put every staged file in place.

        Raises
        ------
        OutputError
            A target cannot be replaced, or an input has changed; what stood there before still stands.
        """
        for target, temporary in self._staged.items():
            settle(target, temporary)
        self._refuse_changed()
        journal.replace_all(self.root, self._staged)
        self._made.clear()

    def _refuse_changed(self) -> None:
        for path, sha256 in self._seen.items():
            if sha256 and _sha256(path) != sha256:
                raise OutputError(
                    f"{path}: входной файл изменился, пока программа работала. Итоги не записаны. Запустите ещё раз."
                )

    def discard(self) -> None:
        """Remove the temporaries, the lock and new folders that are empty; what stood at the targets still stands."""
        for temporary in self._staged.values():
            with contextlib.suppress(OSError):
                temporary.unlink(missing_ok=True)
        self._lock.release()
        for folder in self._made:
            with contextlib.suppress(OSError):  # somebody has put something there
                folder.rmdir()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if kind is None and self._staged:
                self.commit()
        finally:
            self.discard()


def recover(root: Path) -> None:
    """Put in order what a killed run left in a folder of outputs, before anything there is read.

    Raises
    ------
    OutputError
        Another run writes there, or the folder cannot be put in order.
    """
    if not journal.is_disordered(root):
        return
    lock = FolderLock(root)
    try:
        lock.take()
        journal.put_in_order(root)
    except OSError as error:
        raise unwritable(root, error) from error
    finally:
        lock.release()


def _is_readable(path: Path) -> bool:
    """Tell whether a name can be written as text: a library that reads what was written takes no other."""
    try:
        str(path).encode()
    except UnicodeEncodeError:
        return False
    return True


def _refuse_unnameable(target: Path) -> None:
    """Refuse a name that the system, as the program was started in it, cannot write."""
    try:
        os.fsencode(target)
    except UnicodeEncodeError as error:
        raise OutputError(
            f"{target}: такое имя файла не записать: программа запущена с кодировкой «{sys.getfilesystemencoding()}», "
            "в которой нет русских букв. Задайте переменную среды PYTHONUTF8=1 и запустите ещё раз."
        ) from error


def _sha256(path: Path) -> str:
    try:
        return file_sha256(path)
    except OSError:
        return "gone"
