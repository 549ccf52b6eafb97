"""Word document -> its tables as grids; nothing is interpreted here."""

from __future__ import annotations

import zipfile
import zlib
from itertools import takewhile
from typing import TYPE_CHECKING

from docx import Document
from docx.exceptions import PythonDocxError
from docx.opc.exceptions import OpcError
from docx.oxml.ns import qn
from docx.table import Table
from docx.text.paragraph import Paragraph

from workbook_tools.errors import InputError
from workbook_tools.grids import Book, Grid, Span
from workbook_tools.reading.guards import FileType, file_type
from workbook_tools.reading.workbook import file_sha256
from workbook_tools.text import tidy

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from docx.document import Document as WordDocument
    from docx.oxml.table import CT_Row, CT_Tbl, CT_Tc
    from docx.oxml.xmlchemy import BaseOxmlElement

# What python-docx and the libraries below it raise at a file that is not what it should be.
_DAMAGED = (
    AttributeError,
    EOFError,
    LookupError,
    NotImplementedError,
    OpcError,
    OSError,
    PythonDocxError,
    RuntimeError,
    SyntaxError,
    TypeError,
    ValueError,
    zipfile.BadZipFile,
    zlib.error,
)
_SAVE_AGAIN = "Откройте его в текстовом редакторе, сохраните заново в формате .docx и повторите"
_SIGNS = {qn("w:tab"): "\t", qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-"}
_WIDEST_TABLE = 1_000


def read_document(path: Path, name: str) -> Book:
    """Read a Word document (.docx).

    Parameters
    ----------
    name
        The file as findings will name it.

    Returns
    -------
    Book
        One grid for each table, named «таблица 1», «таблица 2», …; a merged area's text stands in
        its first cell, a cell's paragraphs are parted by line breaks; `before` holds the filled
        paragraphs above the first table.

    Raises
    ------
    InputError
        The file cannot be opened, is damaged or no Word document; one Russian sentence without the file's name.
    """
    try:
        if file_type(path) is not FileType.DOCX:
            raise InputError(f"это не документ Word. {_SAVE_AGAIN}")
        return _book(path, name)
    except FileNotFoundError as error:
        raise InputError("файл не найден. Проверьте путь") from error
    except _DAMAGED as error:
        raise InputError(f"документ повреждён и не читается. {_SAVE_AGAIN}") from error


def _book(path: Path, name: str) -> Book:
    with path.open("rb") as stream:
        document = Document(stream)
    return Book(name, file_sha256(path), tuple(_grids(document)), tuple(_before(document)))


def _before(document: WordDocument) -> Iterator[str]:
    above = takewhile(lambda block: isinstance(block, Paragraph), document.iter_inner_content())
    texts = (tidy(_text(block._element)) for block in above)  # noqa: SLF001 - the library gives text only without revisions
    return (text for text in texts if text)


def _grids(document: WordDocument) -> Iterator[Grid]:
    tables = (block for block in document.iter_inner_content() if isinstance(block, Table))
    for index, table in enumerate(tables):
        yield _grid(f"таблица {index + 1}", table._tbl)  # noqa: SLF001 - merges are seen only in the XML


def _grid(name: str, table: CT_Tbl) -> Grid:
    rows = [dict(_row(row)) for row in table.tr_lst]
    columns = max((column + cell.grid_span for row in rows for column, cell in row.items()), default=0)
    if columns > _WIDEST_TABLE:
        raise ValueError(columns)
    values = tuple(tuple(_cell_text(row.get(column)) for column in range(columns)) for row in rows)
    return Grid(name, values, tuple(_spans(rows)))


def _row(row: CT_Row) -> Iterator[tuple[int, CT_Tc]]:
    """Yield a row's cells with the columns in which they begin."""
    column = row.grid_before
    for cell in row.xpath("./w:tc | ./w:sdt/w:sdtContent/w:tc"):
        yield column, cell
        column += cell.grid_span


def _spans(rows: list[dict[int, CT_Tc]]) -> Iterator[Span]:
    for index, row in enumerate(rows):
        for column, cell in row.items():
            if cell.vMerge == "continue":
                continue
            last_row = index + _continued(row_below.get(column) for row_below in rows[index + 1 :])
            if last_row > index or cell.grid_span > 1:
                yield Span(index, column, last_row, column + cell.grid_span - 1)


def _continued(below: Iterable[CT_Tc | None]) -> int:
    """Return how many of the cells below go on with the one above."""
    return sum(1 for _ in takewhile(lambda cell: cell is not None and cell.vMerge == "continue", below))


def _cell_text(cell: CT_Tc | None) -> str:
    if cell is None or cell.vMerge == "continue":
        return ""
    return "\n".join(map(_text, cell.xpath(".//w:p"))).strip("\n")


def _text(paragraph: BaseOxmlElement) -> str:
    """Return a paragraph's text as a reader sees it: insertions and content controls too, what was moved away not."""
    parts = paragraph.xpath(".//w:r[not(ancestor::w:moveFrom)]/*")
    return "".join(part.text or "" if part.tag == qn("w:t") else _SIGNS.get(part.tag, "") for part in parts)
