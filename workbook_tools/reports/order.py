"""«Проект приказа»: the amending order, the annex in its new edition and the explanatory list as a Word document."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Mm, Pt

from workbook_tools.order import draft_order
from workbook_tools.printed import AnnexRow, annex_rows
from workbook_tools.reports.word import (
    A4_MM,
    CENTRE,
    JUSTIFIED,
    LEFT,
    RIGHT,
    TABLE_STYLE,
    add_text,
    new_document,
    new_section,
    save_document,
    shrink,
)
from workbook_tools.volumes import named
from workbook_tools.xlsx.book import printable

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

    from workbook_tools.dossier import Dossier
    from workbook_tools.order import AnnexPart, Group, Note, Order
    from workbook_tools.profile import Profile

_GAP_PT = 12.0
_SIGNATURE_GAP_PT = 36.0
_LETTER_SPACING = 60
_MARK_WIDTH_MM = 80
# A centred title is narrower than the text, so that no single word is left on its last line.
_TITLE_SIDE_MM = 18
_CELL_SIDE, _CELL_TOP = 85, 20
_TWIPS_PER_MM = 1440 / 25.4
# Columns merged over their rows, and how much of two rows' keys must agree for it.
_MERGED = {0: 3, 1: 3, 2: 4}
# A text editor lays out a merged area in a time that grows by the square of its rows, and shows its text on its first
# page only: a heading of more rows stands again at the next process.
_LONGEST_MERGE = 40

_IN_VOLUMES = "Приложение печатается из томов Перечня: лист «{sheet}» в книгах {files}."
_INSIDE_NUMBER = re.compile(r"(?<=\d)-(?=\d)")
_Key = tuple[str, ...]


def write_order(path: Path, dossier: Dossier, form: str = "") -> None:
    """Write the draft order (regulation.md sections 5 and 6); without a form the profile's.

    Raises
    ------
    OutputError
        The file cannot be written.
    """
    profile, order = dossier.profile, draft_order(dossier, form)
    created = datetime.date.fromisoformat(dossier.date)
    document = new_document(profile.style, order.title, profile.body.name, created)
    _write_head(document, order)
    _write_items(document, order, profile)
    if order.annex:
        new_section(document, profile.style, landscape=True)
        _write_annex(document, order.annex, dossier)
    if order.note:
        new_section(document, profile.style)
        _write_note(document, order, order.note)
    elif order.annex:
        # A document may not end with a table.
        document.add_paragraph()
        shrink(document)
    save_document(document, path)


def _write_head(document: WordDocument, order: Order) -> None:
    """Write what stands above the text; number and date stay empty."""
    add_text(document, order.mark, RIGHT, bold=True, after=_GAP_PT)
    add_text(document, order.body.upper(), CENTRE, bold=True, after=_GAP_PT, side_mm=_TITLE_SIDE_MM)
    if order.kind:
        kind = add_text(document, order.kind, CENTRE, bold=True, after=_GAP_PT)
        spacing = parse_xml(f'<w:spacing {nsdecls("w")} w:val="{_LETTER_SPACING}"/>')
        kind.runs[0]._r.get_or_add_rPr().append(spacing)  # noqa: SLF001 - the library cannot space letters
        add_text(document, order.number_line, CENTRE, after=2 * _GAP_PT)
    add_text(document, order.title, CENTRE, bold=True, after=2 * _GAP_PT, side_mm=_TITLE_SIDE_MM)


def _write_items(document: WordDocument, order: Order, profile: Profile) -> None:
    for text in order.preamble:
        add_text(document, text).paragraph_format.keep_with_next = True
    paragraphs = [add_text(document, text) for text in order.items]
    if order.signatory:
        # Who signs never stands alone on a page.
        paragraphs[-1].paragraph_format.keep_with_next = True
        _write_signatory(document, order.signatory, profile)


def _write_signatory(document: WordDocument, signatory: tuple[str, str], profile: Profile) -> None:
    line = add_text(document, "\t".join(signatory), LEFT)
    line.paragraph_format.space_before = Pt(_SIGNATURE_GAP_PT)
    margins = profile.style.margins_mm
    line.paragraph_format.tab_stops.add_tab_stop(Mm(A4_MM[0] - margins.left - margins.right), WD_TAB_ALIGNMENT.RIGHT)


def _write_annex(document: WordDocument, annex: AnnexPart, dossier: Dossier) -> None:
    profile, volumes = dossier.profile, dossier.volumes.register
    margins = profile.style.margins_mm
    width = A4_MM[1] - margins.left - margins.right
    for text in annex.mark:
        add_text(document, text, LEFT).paragraph_format.left_indent = Mm(width - _MARK_WIDTH_MM)
    title = add_text(document, annex.title, CENTRE, bold=True, after=_GAP_PT, side_mm=_TITLE_SIDE_MM)
    title.paragraph_format.space_before = Pt(_GAP_PT)
    if volumes:
        # No program opens a document with a table of that length.
        add_text(document, _IN_VOLUMES.format(sheet=profile.sheets["annex"].name, files=named(volumes)))
        return
    document.element.body.insert_element_before(parse_xml(_table(annex_rows(dossier), width, profile)), "w:sectPr")


def _table(rows: list[AnnexRow], width_mm: float, profile: Profile) -> str:
    """Return the table as XML: the library's own cells take time by the square of their number."""
    shares = [column.width for column in profile.sheets["annex"].columns]
    widths = [round(width_mm * _TWIPS_PER_MM * share / sum(shares)) for share in shares]
    sides = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    header = _row(list(profile.headers("annex").values()), widths, header=True)
    return (
        f'<w:tbl {nsdecls("w")}><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        f'<w:tblInd w:w="{_CELL_SIDE}" w:type="dxa"/><w:tblBorders>{sides}</w:tblBorders>'
        f'<w:tblLayout w:type="fixed"/><w:tblCellMar><w:top w:w="{_CELL_TOP}" w:type="dxa"/>'
        f'<w:left w:w="{_CELL_SIDE}" w:type="dxa"/><w:bottom w:w="{_CELL_TOP}" w:type="dxa"/>'
        f'<w:right w:w="{_CELL_SIDE}" w:type="dxa"/></w:tblCellMar></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{header}{''.join(_rows(rows, widths))}</w:tbl>"
    )


def _rows(rows: list[AnnexRow], widths: Sequence[int]) -> Iterator[str]:
    """Yield the rows; one whose process goes on below stays on the page of the next."""
    keys: list[_Key | None] = [None, *_keys(rows), None]
    for row, above, own, below in zip(rows, keys, keys[1:], keys[2:], strict=False):
        merges = [_merge(_MERGED.get(column, 0), above, own, below) for column in range(len(widths))]
        yield _row(row.texts, widths, merges, keep=_agree(own, below, _MERGED[2]))


def _keys(rows: list[AnnexRow]) -> Iterator[_Key]:
    """Yield what each row shares with those it is merged with: its part of the heading, №, direction, process."""
    part, size = 0, 0
    for above, row in zip([None, *rows], rows, strict=False):
        same_heading, same_process = (above is not None and above.texts[:to] == row.texts[:to] for to in (2, 3))
        full = size >= _LONGEST_MERGE * (2 if same_process else 1)
        part, size = (part, size + 1) if same_heading and not full else (part + 1, 1)
        yield (str(part), *row.texts[:3])


def _agree(key: _Key | None, other: _Key | None, depth: int) -> bool:
    return key is not None and other is not None and key[:depth] == other[:depth]


def _merge(depth: int, above: _Key | None, own: _Key | None, below: _Key | None) -> str:
    """Return how a cell takes part in a merged area: `continue`, `restart` or ""."""
    if depth and _agree(own, above, depth):
        return "continue"
    return "restart" if depth and _agree(own, below, depth) else ""


def _row(
    texts: Sequence[str],
    widths: Sequence[int],
    merges: Sequence[str] = ("",) * 6,
    *,
    header: bool = False,
    keep: bool = False,
) -> str:
    cells = "".join(
        _cell(text, width, merge, header=header, keep=keep)
        for text, width, merge in zip(texts, widths, merges, strict=True)
    )
    repeated = "<w:tblHeader/>" if header else ""
    return f"<w:tr><w:trPr><w:cantSplit/>{repeated}</w:trPr>{cells}</w:tr>"


def _cell(text: str, width: int, merge: str, *, header: bool, keep: bool) -> str:
    merged = f'<w:vMerge w:val="{merge}"/>' if merge else ""
    centred = ('<w:vAlign w:val="center"/>', '<w:jc w:val="center"/>') if header else ("", "")
    kept = "<w:keepNext/>" if keep or header else ""
    run = f"<w:r>{_marked(text)}</w:r>" if text and merge != "continue" else ""
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{merged}{centred[0]}</w:tcPr>'
        f'<w:p><w:pPr><w:pStyle w:val="{TABLE_STYLE.replace(" ", "")}"/>{kept}{centred[1]}</w:pPr>{run}</w:p></w:tc>'
    )


def _marked(text: str) -> str:
    """Return a text as XML, its lines parted by breaks and no number of a telephone broken over two lines."""
    return "<w:br/>".join(
        "<w:noBreakHyphen/>".join(
            f'<w:t xml:space="preserve">{escape(part)}</w:t>' for part in _INSIDE_NUMBER.split(line)
        )
        for line in printable(text).splitlines()
    )


def _write_note(document: WordDocument, order: Order, note: Note) -> None:
    add_text(document, note.title, CENTRE, bold=True)
    add_text(document, f"«{order.title}»", CENTRE, after=_GAP_PT, side_mm=_TITLE_SIDE_MM)
    for text in note.opening:
        add_text(document, text)
    for title, groups in ((note.cases_title, note.cases), (note.others_title, note.others)):
        _write_groups(document, title, groups, note.none)


def _write_groups(document: WordDocument, title: str, groups: Sequence[Group], none: str) -> None:
    heading = add_text(document, title, CENTRE, bold=True, after=_GAP_PT / 2)
    heading.paragraph_format.space_before = Pt(_GAP_PT)
    heading.paragraph_format.keep_with_next = True
    if not groups:
        add_text(document, none)
    for group in groups:
        below = add_text(document, group.heading, JUSTIFIED, bold=True)
        below.paragraph_format.keep_with_next = True
        for number, line in enumerate(group.lines, 1):
            add_text(document, f"{number}. {line}")
