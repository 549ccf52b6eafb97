"""What stops a run: each error carries its exit code and one Russian sentence."""

from __future__ import annotations

import errno

SAVE_AGAIN = "Откройте его, сохраните заново в формате .xlsx и пришлите ещё раз"
"""What to do with a file that its program can still open."""

_REFUSALS = {
    errno.ENAMETOOLONG: "имя или путь длиннее, чем допускает система. Сократите его",
    errno.ENOSPC: "на диске нет места. Освободите его и запустите ещё раз",
    errno.EDQUOT: "место на диске, отведённое вам, кончилось. Освободите его и запустите ещё раз",
    errno.EROFS: "диск доступен только для чтения. Укажите другое место",
    errno.EACCES: "нет прав на доступ. Получите их или укажите другое место",
    errno.EPERM: "система не разрешает этого. Получите права или укажите другое место",
    errno.ENOENT: "файла или папки больше нет. Проверьте путь и запустите ещё раз",
    errno.ENOTDIR: "часть пути – файл, а не папка. Проверьте путь",
    errno.EISDIR: "это папка, а не файл. Проверьте путь",
    errno.ELOOP: "ссылка ведёт по кругу. Укажите сам файл",
    errno.EIO: "диск или сеть отказали. Проверьте их и запустите ещё раз",
    errno.EMFILE: "открыто слишком много файлов. Закройте другие программы и запустите ещё раз",
    errno.ENFILE: "открыто слишком много файлов. Закройте другие программы и запустите ещё раз",
}


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


class WrongKindError(InputError):
    """A file is of a kind that is not read here.

    Parameters
    ----------
    what
        What it is, a Russian sentence without its full stop.
    advice
        What who sent it is to do, likewise; where the file is no unit's, another advice may stand in its place.
    """

    def __init__(self, what: str, advice: str) -> None:
        self.what = what
        super().__init__(what, advice)

    def __str__(self) -> str:
        return ". ".join(self.args)


class OutputError(WorkbookToolsError):
    """An output could not be written; what stood there before still stands."""


class InternalError(WorkbookToolsError):
    """The program's own sums do not meet: a fault of ours, never of the user."""

    exit_code = 3


def refusal(error: OSError) -> str:
    """Return what a refusal of the system means and what to do, "" for one that a person cannot mend."""
    return _REFUSALS.get(error.errno or 0, "")
