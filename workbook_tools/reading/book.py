"""Any file that may hold a register -> its sheets or tables as found: what a child process does for its parent."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from workbook_tools.errors import InputError
from workbook_tools.reading.files import NOT_OPENED, read_content
from workbook_tools.reading.guards import FileType, type_of
from workbook_tools.reading.workbook import book_of

if TYPE_CHECKING:
    from workbook_tools.grids import Book


def read_book(path: Path, wanted: frozenset[str] = frozenset()) -> Book:
    """Read a workbook or a Word document, whichever it is by its content.

    Parameters
    ----------
    wanted
        The names of the sheets that are needed (see `book_of`).

    Raises
    ------
    InputError
        The file cannot be opened, is damaged or neither; one Russian sentence without the file's name.
    """
    try:
        content = read_content(path)
    except OSError as error:
        raise InputError(NOT_OPENED) from error
    if type_of(content) is not FileType.DOCX:
        return book_of(path.name, content, path.suffix, wanted)
    # Few files are documents, and the library takes longer to load than most of them to read.
    from workbook_tools.reading.word import read_document  # noqa: PLC0415 - as above

    return read_document(path, path.name)
