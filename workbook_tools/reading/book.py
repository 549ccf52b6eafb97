"""Any file that may hold a register -> its sheets or tables as found: what a child process does for its parent."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from workbook_tools.errors import InputError
from workbook_tools.reading.guards import FileType, file_type
from workbook_tools.reading.workbook import read_workbook

if TYPE_CHECKING:
    from workbook_tools.grids import Book


def read_book(path: Path, wanted: frozenset[str] = frozenset()) -> Book:
    """Read a workbook or a Word document, whichever it is by its content.

    Parameters
    ----------
    wanted
        The names of the sheets that are needed (see `read_workbook`).

    Raises
    ------
    InputError
        The file cannot be opened, is damaged or neither; one Russian sentence without the file's name.
    """
    try:
        if file_type(path) is not FileType.DOCX:
            return read_workbook(path, path.name, wanted)
    except OSError as error:
        raise InputError("файл не открывается. Проверьте, не занят ли он другой программой") from error
    # Few files are documents, and the library takes longer to load than most of them to read.
    from workbook_tools.reading.word import read_document  # noqa: PLC0415 - as above

    return read_document(path, path.name)
