"""«Проект приказа»: the amending order, the annex in its new edition and the explanatory list as a Word document."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Mm, Pt

from workbook_tools.order import draft_order
from workbook_tools.printed import annex_rows
from workbook_tools.reports.order_table import most_bytes, table_xml
from workbook_tools.reports.word import (
    A4_MM,
    CENTRE,
    LEFT,
    RIGHT,
    Stretches,
    add_text,
    new_document,
    new_section,
    paragraph_xml,
    save_document,
    shrink,
)
from workbook_tools.volumes import named

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

_IN_VOLUMES = "Приложение печатается из томов Перечня: лист «{sheet}» в книгах {files}."


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
    stretches = Stretches(document)
    _write_head(document, order)
    _write_items(document, order, profile)
    if order.annex:
        new_section(document, profile.style, landscape=True)
        _write_annex(document, stretches, order.annex, dossier)
    if order.note:
        new_section(document, profile.style)
        _write_note(document, stretches, order, order.note)
    elif order.annex:
        # A document may not end with a table.
        document.add_paragraph()
        shrink(document)
    save_document(document, path, stretches)


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


def _write_annex(document: WordDocument, stretches: Stretches, annex: AnnexPart, dossier: Dossier) -> None:
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
    rows = annex_rows(dossier)
    stretches.put(table_xml(rows, width, profile), most_bytes(rows))


def _write_note(document: WordDocument, stretches: Stretches, order: Order, note: Note) -> None:
    add_text(document, note.title, CENTRE, bold=True)
    add_text(document, f"«{order.title}»", CENTRE, after=_GAP_PT, side_mm=_TITLE_SIDE_MM)
    _write_paragraphs(stretches, [paragraph_xml(text) for text in note.opening])
    for title, groups in ((note.cases_title, note.cases), (note.others_title, note.others)):
        heading = add_text(document, title, CENTRE, bold=True, after=_GAP_PT / 2)
        heading.paragraph_format.space_before = Pt(_GAP_PT)
        heading.paragraph_format.keep_with_next = True
        _write_paragraphs(stretches, list(_grouped(groups)) or [paragraph_xml(note.none)])


def _grouped(groups: Sequence[Group]) -> Iterator[str]:
    for group in groups:
        yield paragraph_xml(group.heading, heading=True)
        yield from (paragraph_xml(f"{number}. {line}") for number, line in enumerate(group.lines, 1))


def _write_paragraphs(stretches: Stretches, paragraphs: Sequence[str]) -> None:
    stretches.put(paragraphs, sum(len(text.encode()) for text in paragraphs))
