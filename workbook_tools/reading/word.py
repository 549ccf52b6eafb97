"""Word document -> its tables as grids; nothing is interpreted here."""

from __future__ import annotations

import hashlib
import io
import zipfile
import zlib
from itertools import groupby, takewhile
from typing import TYPE_CHECKING

from docx import Document
from docx.exceptions import PythonDocxError
from docx.opc.exceptions import OpcError
from docx.oxml import parse_xml
from docx.oxml.ns import qn

from workbook_tools.errors import InputError
from workbook_tools.grids import FOOTNOTES, LINES_BELOW, NESTED_TABLE, Book, Grid, Span
from workbook_tools.reading.archive import Archive
from workbook_tools.reading.files import read_content
from workbook_tools.reading.guards import FileType, type_of
from workbook_tools.text import tidy

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
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
# Word writes a text box twice, the second time for programs that do not know the first.
_SHOWN = "not(ancestor::*[local-name() = 'Fallback'])"
_NOTE_PARTS = {"/word/footnotes.xml": FOOTNOTES, "/word/endnotes.xml": FOOTNOTES}


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
        its first cell, a cell's paragraphs are parted by line breaks; a table inside a cell is part of
        its text and a grid besides; `before` holds the filled paragraphs above the first table, those
        below a table and the footnotes are grids of one column.

    Raises
    ------
    InputError
        The file cannot be opened, is damaged or no Word document; one Russian sentence without the file's name.
    """
    try:
        content = read_content(path)
        if type_of(content) is not FileType.DOCX:
            raise InputError(f"это не документ Word. {_SAVE_AGAIN}")
        Archive(content).check_markup()
        return _book(content, name)
    except FileNotFoundError as error:
        raise InputError("файл не найден. Проверьте путь") from error
    except _DAMAGED as error:
        raise InputError(f"документ повреждён и не читается. {_SAVE_AGAIN}") from error


def _book(content: bytes, name: str) -> Book:
    document = Document(io.BytesIO(content))
    parts = list(_parts(document))
    grids = [grid for grid in _numbered(parts) if grid.rows]
    return Book(name, hashlib.sha256(content).hexdigest(), (*grids, *_notes(document)), tuple(_above(parts)))


def _parts(document: WordDocument) -> Iterator[BaseOxmlElement]:
    """Yield the tables and paragraphs in order, wherever controls and frames put them; none from inside a table."""
    body = document.element.body
    yield from body.xpath(f"(.//w:tbl | .//w:p)[not(ancestor::w:tbl) and {_SHOWN}]")


def _above(parts: Sequence[BaseOxmlElement]) -> Iterator[str]:
    above = takewhile(lambda part: part.tag == qn("w:p"), parts)
    return (text for text in map(tidy, map(_text, above)) if text)


def _numbered(parts: Sequence[BaseOxmlElement]) -> Iterator[Grid]:
    """Yield each table, then the tables inside it, then the lines below it."""
    number = 0
    for is_line, group in groupby(parts, lambda part: part.tag == qn("w:p")):
        if is_line:
            lines = [(text,) for text in map(tidy, map(_text, group)) if text]
            yield Grid(f"{LINES_BELOW} {number}", tuple(lines if number else ()))
            continue
        for table in group:
            number += 1
            yield _grid(f"таблица {number}", table)
            for index, inner in enumerate(table.xpath(f".//w:tbl[{_SHOWN}]")):
                yield _grid(f"таблица {number}, {NESTED_TABLE} {index + 1}", inner)


def _notes(document: WordDocument) -> Iterator[Grid]:
    """Yield the footnotes, which stand in a part of their own."""
    for part in document.part.package.iter_parts():
        if str(part.partname) in _NOTE_PARTS:
            # A part that the library does not know is handed over as it lies in the file.
            root = parse_xml(part.blob)
            lines = (tidy(_text(paragraph)) for paragraph in root.iter(qn("w:p")))
            yield Grid(_NOTE_PARTS[str(part.partname)], tuple((line,) for line in lines if line))


def _grid(name: str, table: CT_Tbl) -> Grid:
    depth = len(table.xpath("ancestor-or-self::w:tbl"))
    rows = [dict(_row(row)) for row in table.xpath(f".//w:tr[count(ancestor::w:tbl) = {depth}]")]
    columns = max((column + _width(cell) for row in rows for column, cell in row.items()), default=0)
    if columns > _WIDEST_TABLE:
        raise ValueError(columns)
    spans = tuple(_spans(rows))
    inside = {(row, span.first_column) for span in spans for row in range(span.first_row + 1, span.last_row + 1)}
    values = tuple(
        tuple(_cell_text(row.get(column), inside=(at, column) in inside) for column in range(columns))
        for at, row in enumerate(rows)
    )
    return Grid(name, values, spans)


def _row(row: CT_Row) -> Iterator[tuple[int, CT_Tc]]:
    """Yield a row's cells with the columns in which they begin."""
    column = max(0, row.grid_before)
    depth = len(row.xpath("ancestor::w:tbl"))
    for cell in row.xpath(f".//w:tc[count(ancestor::w:tbl) = {depth}]"):
        yield column, cell
        column += _width(cell)


def _width(cell: CT_Tc) -> int:
    """Return how many columns a cell takes: one where it claims none, or no cell would stand beside it."""
    return max(1, cell.grid_span)


def _spans(rows: list[dict[int, CT_Tc]]) -> Iterator[Span]:
    taken: set[tuple[int, int]] = set()
    for index, row in enumerate(rows):
        for column, cell in row.items():
            if (index, column) in taken:
                continue
            last_row = index + _continued(cell, (row_below.get(column) for row_below in rows[index + 1 :]))
            taken.update((inside, column) for inside in range(index + 1, last_row + 1))
            if last_row > index or _width(cell) > 1:
                yield Span(index, column, last_row, column + _width(cell) - 1)


def _continued(cell: CT_Tc, below: Iterable[CT_Tc | None]) -> int:
    """Return how many of the cells below go on with the one above; one that says something stands for itself."""
    if cell.vMerge != "restart":
        return 0
    return sum(1 for _ in takewhile(lambda under: under is not None and _is_continuation(under), below))


def _is_continuation(cell: CT_Tc) -> bool:
    return cell.vMerge == "continue" and not tidy(_cell_text(cell, inside=False))


def _cell_text(cell: CT_Tc | None, *, inside: bool) -> str:
    """Return a cell's text; a cell inside a merged area has none that anybody sees."""
    if cell is None or inside:
        return ""
    paragraphs = cell.xpath(f".//w:p[{_SHOWN}]")
    return "\n".join(filter(tidy, map(_text, paragraphs))) or "".join(map(_text, paragraphs))


def _text(paragraph: BaseOxmlElement) -> str:
    """Return a paragraph's text as a reader sees it: insertions and content controls too, what was moved away not."""
    depth = int(paragraph.xpath("count(ancestor-or-self::w:p)"))
    parts = paragraph.xpath(
        f".//w:r[not(ancestor::w:moveFrom) and not(ancestor::w:del) and count(ancestor::w:p) = {depth} and {_SHOWN}]/*"
    )
    return "".join(_run(part) for part in parts)


def _run(part: BaseOxmlElement) -> str:
    """Return the text of a part of a run; a comment of the markup inside it is no end of it."""
    if part.tag != qn("w:t"):
        return _SIGNS.get(part.tag, "")
    return (part.text or "") + "".join(inner.tail or "" for inner in part)
