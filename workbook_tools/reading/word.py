"""Word document -> its tables as grids; nothing is interpreted here."""

from __future__ import annotations

import hashlib
import io
import zipfile
import zlib
from dataclasses import replace
from itertools import groupby, takewhile
from typing import TYPE_CHECKING

from docx import Document
from docx.exceptions import PythonDocxError
from docx.opc.exceptions import OpcError
from docx.oxml import parse_xml
from docx.oxml.ns import qn

from workbook_tools.errors import InputError
from workbook_tools.grids import FOOTNOTES, LINES_ABOVE, LINES_BELOW, NESTED_TABLE, Aside, Book, Grid, Span
from workbook_tools.reading.archive import Archive
from workbook_tools.reading.files import read_content
from workbook_tools.reading.guards import FileType, type_of
from workbook_tools.reading.word_text import MATHS, OTHER, Said, Texts, settle
from workbook_tools.text import tidy

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from docx.document import Document as WordDocument
    from docx.oxml.table import CT_Row, CT_Tbl, CT_Tc
    from docx.oxml.xmlchemy import BaseOxmlElement

    _Cells = dict[int, tuple[CT_Tc, "_CellText"]]

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
_WIDEST_TABLE = 1_000
_LINES = {qn("w:p"), qn("w:altChunk"), OTHER}
_TABLE, _CELL, _BOX = qn("w:tbl"), qn("w:tc"), qn("w:txbxContent")
_STRAY = (*map(qn, ("w:r", "w:t")), f"{MATHS}oMath", f"{MATHS}oMathPara")
_PARAGRAPH, _GATHERED = qn("w:p"), "{other}gathered"
_HOLDERS = set(map(qn, ("w:body", "w:tc", "w:txbxContent", "w:footnote", "w:endnote")))
_GONE = (qn("w:del"), qn("w:moveFrom"))
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
        below a table and the footnotes are grids of one column. What a document shows besides plain text is
        among the asides of its grid; that above the first table in a grid without rows.

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
    settle(document.element.body)
    _gather_strays(document.element.body)
    parts, texts = list(_parts(document)), Texts(document)
    above = _lines(LINES_ABOVE, takewhile(lambda part: part.tag in _LINES, parts), texts)
    grids = [replace(above, rows=()), *_numbered(parts, texts), *_notes(document, texts)]
    before = tuple(str(text) for (text,) in above.rows)
    kept = tuple(grid for grid in grids if grid.rows or grid.asides)
    return Book(name, hashlib.sha256(content).hexdigest(), kept, before)


def _gather_strays(root: BaseOxmlElement) -> None:
    """Put what stands in no paragraph, but straight in a cell, a box or the document, into a paragraph of its own."""
    for part in list(root.iter(*_STRAY)):
        outer = next(part.iterancestors(_PARAGRAPH, *_STRAY, *_HOLDERS), None)
        if outer is None or outer.tag not in _HOLDERS:
            continue
        before = part.getprevious()
        if before is None or before.get(_GATHERED) is None:
            before = part.makeelement(_PARAGRAPH, {_GATHERED: "1"})
            part.addprevious(before)
        before.append(part)


def _parts(document: WordDocument) -> Iterator[BaseOxmlElement]:
    """Return the tables and paragraphs in order, wherever controls and frames put them; none from inside a table."""
    parts = _inside(document.element.body, *_LINES, _TABLE)
    return (part for part in parts if not _is_inside(part, _TABLE))


def _inside(element: BaseOxmlElement, *tags: str) -> Iterator[BaseOxmlElement]:
    """Yield what stands inside an element; not what was taken out, nor a branch not taken that a paragraph tells."""
    for part in element.iterdescendants(*tags):
        if not _is_inside(part, *_GONE) and not (part.tag == OTHER and _is_inside(part, qn("w:p"))):
            yield part


def _is_inside(part: BaseOxmlElement, *tags: str) -> bool:
    return next(part.iterancestors(*tags), None) is not None


def _lines(name: str, paragraphs: Iterable[BaseOxmlElement], texts: Texts) -> Grid:
    """Return the filled paragraphs as a grid of one column."""
    rows: list[tuple[str]] = []
    asides: list[Aside] = []
    for paragraph in paragraphs:
        text, said = texts.read(paragraph)
        line = tidy(text)
        row, column = (len(rows), 0) if line else (None, None)
        asides += [Aside(row, column, *item) for item in said]
        rows += [(line,)] if line else []
    return Grid(name, tuple(rows), asides=tuple(asides))


def _numbered(parts: Sequence[BaseOxmlElement], texts: Texts) -> Iterator[Grid]:
    """Yield each table, then the tables inside it, then the lines below it."""
    number = 0
    for is_line, group in groupby(parts, lambda part: part.tag in _LINES):
        if is_line:
            if number:
                yield _lines(f"{LINES_BELOW} {number}", group, texts)
            continue
        for table in group:
            number += 1
            yield _grid(f"таблица {number}", table, texts)
            for index, inner in enumerate(table.xpath(".//w:tbl")):
                yield _grid(f"таблица {number}, {NESTED_TABLE} {index + 1}", inner, texts)


def _notes(document: WordDocument, texts: Texts) -> Iterator[Grid]:
    """Yield the footnotes, which stand in a part of their own."""
    for part in document.part.package.iter_parts():
        if str(part.partname) in _NOTE_PARTS:
            # A part that the library does not know is handed over as it lies in the file.
            root = parse_xml(part.blob)
            settle(root)
            _gather_strays(root)
            yield _lines(_NOTE_PARTS[str(part.partname)], root.iter(qn("w:p")), texts)


def _grid(name: str, table: CT_Tbl, texts: Texts) -> Grid:
    depth = len(table.xpath("ancestor-or-self::w:tbl"))
    lines = table.xpath(f".//w:tr[count(ancestor::w:tbl) = {depth}]")
    rows = [{column: (cell, _CellText(cell, texts)) for column, cell in _row(line)} for line in lines]
    columns = max((column + _width(cell) for row in rows for column, (cell, _) in row.items()), default=0)
    if columns > _WIDEST_TABLE:
        raise ValueError(columns)
    spans = tuple(_spans(rows))
    inside = {(row, span.first_column) for span in spans for row in range(span.first_row + 1, span.last_row + 1)}
    # A cell inside a merged area has no text that anybody sees.
    values = tuple(
        tuple("" if column not in row or (at, column) in inside else row[column][1].text for column in range(columns))
        for at, row in enumerate(rows)
    )
    between = (part for part in _inside(table, OTHER) if not _is_inside(part, _CELL))
    apart = (Aside(None, None, *item) for part in between for item in texts.read(part)[1])
    return Grid(name, values, spans, asides=(*_asides(lines, rows), *apart))


def _asides(lines: Sequence[CT_Row], rows: Sequence[_Cells]) -> Iterator[Aside]:
    for at, (line, row) in enumerate(zip(lines, rows, strict=True)):
        if line.xpath("./w:trPr/w:hidden[not(@w:val = '0' or @w:val = 'false' or @w:val = 'off')]") and row:
            shown = tidy(" ".join(cell.text for _, cell in row.values()))
            yield Aside(at, min(row), "скрытая строка", shown, is_read=True)
        for column, (_, cell) in row.items():
            yield from (Aside(at, column, *item) for item in cell.said)


class _CellText:
    """What a cell says: its paragraphs and those of the boxes and tables in it, parted by line breaks."""

    def __init__(self, cell: CT_Tc, texts: Texts) -> None:
        self.said: list[Said] = []
        boxes, read = _boxes(cell), []
        for paragraph in _inside(cell, *_LINES):
            text, said = texts.read(paragraph)
            read.append(text)
            self.said += said
            if tidy(text) and _boxes(paragraph) > boxes:
                self.said.append(Said("надпись в рамке", tidy(text), is_read=True))
        self.text = "\n".join(filter(tidy, read)) or "".join(read)


def _boxes(part: BaseOxmlElement) -> int:
    """Return how many boxes an element stands in."""
    return sum(1 for _ in part.iterancestors(_BOX))


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


def _spans(rows: Sequence[_Cells]) -> Iterator[Span]:
    taken: set[tuple[int, int]] = set()
    for index, row in enumerate(rows):
        for column, (cell, _) in row.items():
            if (index, column) in taken:
                continue
            last_row = index + _continued(cell, (row_below.get(column) for row_below in rows[index + 1 :]))
            taken.update((inside, column) for inside in range(index + 1, last_row + 1))
            if last_row > index or _width(cell) > 1:
                yield Span(index, column, last_row, column + _width(cell) - 1)


def _continued(cell: CT_Tc, below: Iterable[tuple[CT_Tc, _CellText] | None]) -> int:
    """Return how many of the cells below go on with the one above; one that says something stands for itself."""
    if cell.vMerge != "restart":
        return 0
    return sum(1 for _ in takewhile(lambda under: under is not None and _is_continuation(*under), below))


def _is_continuation(cell: CT_Tc, said: _CellText) -> bool:
    return cell.vMerge == "continue" and not tidy(said.text)
