"""Build the annex of 19.03.2024 as a Word document and as a workbook from its plain-text transcription."""

from __future__ import annotations

import datetime
import io
import itertools
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import xlsxwriter
from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from docx.table import Table, _Cell
    from docx.text.paragraph import Paragraph
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

SAMPLES = Path(__file__).resolve().parent
NAME = "annex-2024-03-19"
MARK = "Приложение 1"
FONT = "Times New Roman"
DAY = datetime.datetime(2024, 3, 19)  # noqa: DTZ001 - a document's property bears no zone
WIDTHS_MM = (10, 44, 54, 54, 59, 36)
WIDTHS_CHARACTERS = (5, 26, 34, 34, 36, 18)
MERGED_COLUMNS = range(4)
HEADER_ROW = 3


@dataclass(frozen=True)
class Merge:
    """Cells of one column that are one cell on the page, by zero-based rows, both ends included."""

    column: int
    first: int
    last: int


@dataclass(frozen=True)
class Annex:
    """The transcription: the title and, page by page, the rows of the table, each page with its header."""

    title: str
    pages: tuple[tuple[tuple[str, ...], ...], ...]

    @property
    def rows(self) -> tuple[tuple[str, ...], ...]:
        """The rows of all pages."""
        return tuple(itertools.chain.from_iterable(self.pages))

    @property
    def page_starts(self) -> tuple[int, ...]:
        """The row with which each page but the first begins."""
        return tuple(itertools.accumulate(len(page) for page in self.pages[:-1]))

    @property
    def merges(self) -> tuple[Merge, ...]:
        """Blank cells under a filled one on the same page; a header takes nothing in."""
        starts = (0, *self.page_starts)
        return tuple(
            Merge(column, start + first, start + last)
            for start, page in zip(starts, self.pages, strict=True)
            for column in MERGED_COLUMNS
            for first, last in _runs([row[column] for row in page])
        )


def _runs(texts: list[str]) -> list[tuple[int, int]]:
    filled = [index for index, text in enumerate(texts) if text and index > 0]
    ends = [*filled[1:], len(texts)]
    return [(first, end - 1) for first, end in zip(filled, ends, strict=True) if end - first > 1]


def read_transcription(path: Path) -> Annex:
    """Read the transcription: the title line, then pages parted by blank lines, cells by tabs."""
    title, *pages = path.read_text(encoding="utf-8").strip("\n").split("\n\n")
    return Annex(title, tuple(tuple(tuple(line.split("\t")) for line in page.split("\n")) for page in pages))


def build_docx(annex: Annex, path: Path) -> None:
    """Write the annex as a Word document; the same bytes every time."""
    document = Document()
    _page(document)
    _line(document, MARK, WD_ALIGN_PARAGRAPH.RIGHT)
    _line(document, annex.title, WD_ALIGN_PARAGRAPH.CENTER, bold=True)
    _fill(document.add_table(len(annex.rows), len(WIDTHS_MM), "Table Grid"), annex)
    properties = document.core_properties
    properties.author, properties.comments = "", ""
    properties.title = annex.title
    properties.created = properties.modified = DAY
    buffer = io.BytesIO()
    document.save(buffer)
    path.write_bytes(_settled(buffer))


def _page(document: WordDocument) -> None:
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.left_margin, section.right_margin = Mm(30), Mm(10)
    section.top_margin = section.bottom_margin = Mm(20)
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = FONT, Pt(12)
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)


def _line(document: WordDocument, text: str, alignment: WD_ALIGN_PARAGRAPH, *, bold: bool = False) -> None:
    paragraph = document.add_paragraph()
    paragraph.alignment = alignment
    paragraph.add_run(text).bold = bold


def _fill(table: Table, annex: Annex) -> None:
    table.autofit = False
    for column, width in zip(table.columns, WIDTHS_MM, strict=True):
        column.width = Mm(width)
    heads = {0, *annex.page_starts}
    for index, (row, texts) in enumerate(zip(table.rows, annex.rows, strict=True)):
        for cell, text, width in zip(row.cells, texts, WIDTHS_MM, strict=True):
            cell.width = Mm(width)
            _write(cell, text, head=index in heads)
    for index in annex.page_starts:
        table.cell(index, 0).paragraphs[0].paragraph_format.page_break_before = True
    for merge in annex.merges:
        _merge(table, merge)


def _write(cell: _Cell, text: str, *, head: bool) -> None:
    paragraph: Paragraph = cell.paragraphs[0]
    paragraph.paragraph_format.space_after = Pt(0)
    if head:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = paragraph.add_run(text)
    run.font.size, run.font.name, run.bold = Pt(10), FONT, head


def _merge(table: Table, merge: Merge) -> None:
    table.cell(merge.first, merge.column).merge(table.cell(merge.last, merge.column))


def build_xlsx(annex: Annex, path: Path) -> None:
    """Write the annex as a workbook; the same bytes every time."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        book.set_properties({"title": annex.title, "created": DAY})
        look = {"font_name": FONT, "font_size": 10, "text_wrap": True, "valign": "top"}
        sheet = book.add_worksheet(MARK)
        _sheet_page(sheet)
        sheet.write_string(0, 5, MARK, book.add_format(look | {"align": "right"}))
        sheet.merge_range(1, 0, 1, 5, annex.title, book.add_format(look | {"bold": True, "align": "center"}))
        cell = book.add_format(look | {"border": 1})
        head = book.add_format(look | {"border": 1, "bold": True, "align": "center"})
        _sheet_rows(sheet, annex, cell, head)
    path.write_bytes(_settled(buffer))


def _sheet_page(sheet: Worksheet) -> None:
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.set_row(1, 30)
    for column, width in enumerate(WIDTHS_CHARACTERS):
        sheet.set_column(column, column, width)


def _sheet_rows(sheet: Worksheet, annex: Annex, cell: Format, head: Format) -> None:
    heads = {0, *annex.page_starts}
    for index, texts in enumerate(annex.rows):
        look = head if index in heads else cell
        sheet.set_row(HEADER_ROW + index, _height(texts))
        for column, text in enumerate(texts):
            sheet.write(HEADER_ROW + index, column, text, look)
    for merge in annex.merges:
        first, last = HEADER_ROW + merge.first, HEADER_ROW + merge.last
        sheet.merge_range(first, merge.column, last, merge.column, annex.rows[merge.first][merge.column], cell)
    sheet.set_h_pagebreaks([HEADER_ROW + start for start in annex.page_starts])


def _height(texts: tuple[str, ...]) -> float:
    lines = max(-(-len(text) // (width - 4)) for text, width in zip(texts, (9, *WIDTHS_CHARACTERS[1:]), strict=True))
    return 13.5 * max(lines, 1) + 3


def _settled(buffer: io.BytesIO) -> bytes:
    """Zip the parts anew, in one order and with one date, so that no run differs from another."""
    settled = io.BytesIO()
    with zipfile.ZipFile(buffer) as source, zipfile.ZipFile(settled, "w") as target:
        for name in sorted(source.namelist(), key=lambda name: (name != "[Content_Types].xml", name)):
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.create_system = 0
            entry.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(entry, source.read(name))
    return settled.getvalue()


def main() -> None:
    """Build both samples beside the transcription."""
    annex = read_transcription(SAMPLES / f"{NAME}.txt")
    build_docx(annex, SAMPLES / f"{NAME}.docx")
    build_xlsx(annex, SAMPLES / f"{NAME}.xlsx")


if __name__ == "__main__":
    main()
