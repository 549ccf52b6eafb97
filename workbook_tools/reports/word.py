"""Writing Word documents: the page and font of an official paper, and the same bytes for the same input."""

from __future__ import annotations

import datetime
import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from docx import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt

from workbook_tools.placing.disk import target_of, unwritable
from workbook_tools.xlsx.book import printable
from workbook_tools.xlsx.parts import MOST_OF_A_PART, check_parts

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from docx.section import Section
    from docx.text.paragraph import Paragraph

    from workbook_tools.profile.models import Style

LEFT, CENTRE, RIGHT = WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.RIGHT
JUSTIFIED = WD_ALIGN_PARAGRAPH.JUSTIFY
A4_MM = (210, 297)
TABLE_STYLE = "Table Text"

HEADING_GAP_PT = 6.0
"""The gap above a heading within a text, in points."""
_INDENT_MM = 12.5
_HEADER_MM = 10
_LEFT_OUT = ("/thumbnail", "/stylesWithEffects")
_PARTS = re.compile(
    r"\[Content_Types\]\.xml|_rels/\.rels|docProps/(core|app)\.xml|word/(_rels/document\.xml\.rels|theme/theme1\.xml)"
    r"|word/(document|styles|settings|webSettings|fontTable|numbering|header\d+)\.xml"
    r"|customXml/(item1|itemProps1)\.xml|customXml/_rels/item1\.xml\.rels"
)
# The blanks at which no line ends. Each is looked for first, what stands around it then: a note has a million of them.
_BOUND = re.compile(
    r"""[ ](?:
      (?<=№[ ])(?=\S)
    | (?=\d)(?:(?<=\b[Аа]бз\.[ ])|(?<=\b[Пп]одп\.[ ])|(?<=\b[Пп]п\.[ ])|(?<=\b[ПпЧч]\.[ ])|(?<=\b[Сс]т\.[ ]))
    | (?<=\d[ ])(?=г\.)                                             # 2026 г.
    | (?=[А-ЯЁ])(?:
          (?<=\b[А-ЯЁ]\.[А-ЯЁ]\.[ ])(?=.[а-яё])                     # А.Б. Петров
        | (?<=\b[А-ЯЁ]\.[ ][А-ЯЁ]\.[ ])(?=.[а-яё])                  # А. Б. Петров
        | (?<=\b[А-ЯЁ]\.[ ])(?=.\.)
        | (?<=[а-яё][ ])(?=.\.[ ]?[А-ЯЁ]\.(?![ ][А-ЯЁ][а-яё]))       # Петров А.Б.
      )
    )""",
    re.VERBOSE,
)
_BODY = "word/document.xml"
# An element that no document of ours has; what stands in its place is written with the file.
_PLACE = '<w:customXml {namespace}w:element="{number}"/>'
_FILLED = re.compile(_PLACE.format(namespace="", number=r"(\d+)").encode())
_AT_ONCE = 512
# A long table is the same marks over and over: more effort takes twice the time to make three bytes of four.
_EFFORT = 3
_KEPT = f'<w:keepNext/><w:spacing w:before="{Pt(HEADING_GAP_PT).twips}"/>'
_TAB_OR_BREAK = re.compile(r"([\t\r\n])")
_WRITTEN = {"\t": "<w:tab/>", "\r": "<w:br/>", "\n": "<w:br/>"}


def bound(text: str) -> str:
    """Return text that a document can hold; № is never parted from its number, nor a name from its initials."""
    return _BOUND.sub("\u00a0", printable(text))


def new_document(style: Style, title: str, author: str, created: datetime.date) -> WordDocument:
    """Return an empty document in the official font, its first page without a number, the others with one.

    Parameters
    ----------
    created
        The date in the document's properties: an argument, so that the bytes repeat.
    """
    document = Document()
    for part in (document.part.package, document.part):
        for key in [key for key, rel in part.rels.items() if rel.reltype.endswith(_LEFT_OUT)]:
            part.rels.pop(key)
    _set_defaults(document, style)
    _set_properties(document, title, author, created)
    section = document.sections[0]
    set_page(section, style)
    section.different_first_page_header_footer = True
    _number_pages(section)
    return document


def _set_defaults(document: WordDocument, style: Style) -> None:
    """Set the font once for all styles; the library's template has fonts of the theme, English and gaps."""
    (defaults,) = document.styles.element.xpath("w:docDefaults")
    fonts = " ".join(f'w:{name}="{style.font}"' for name in ("ascii", "hAnsi", "eastAsia", "cs"))
    size = style.size * 2
    new = parse_xml(
        f"<w:docDefaults {nsdecls('w')}><w:rPrDefault><w:rPr><w:rFonts {fonts}/>"
        f'<w:sz w:val="{size}"/><w:szCs w:val="{size}"/><w:lang w:val="ru-RU" w:eastAsia="ru-RU" w:bidi="ar-SA"/>'
        f'</w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:before="0" w:after="0" w:line="240" '
        f'w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults>'
    )
    defaults.getparent().replace(defaults, new)
    table = document.styles.add_style(TABLE_STYLE, 1)
    table.font.size = Pt(style.table_size)
    table.element.rPr.append(parse_xml(f'<w:szCs {nsdecls("w")} w:val="{style.table_size * 2}"/>'))


def _set_properties(document: WordDocument, title: str, author: str, created: datetime.date) -> None:
    moment = datetime.datetime.combine(created, datetime.time())
    properties = document.core_properties
    properties.title, properties.author, properties.last_modified_by = bound(title)[:255], author[:255], author[:255]
    properties.created = properties.modified = moment
    properties.comments, properties.language = "", "ru-RU"


def set_page(section: Section, style: Style, *, landscape: bool = False) -> None:
    """Set A4 with the margins of the profile."""
    short, long = A4_MM
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = (Mm(long), Mm(short)) if landscape else (Mm(short), Mm(long))
    margins = style.margins_mm
    section.left_margin, section.right_margin = Mm(margins.left), Mm(margins.right)
    section.top_margin, section.bottom_margin = Mm(margins.top), Mm(margins.bottom)
    section.header_distance = section.footer_distance = Mm(_HEADER_MM)


def _number_pages(section: Section) -> None:
    """Put the page's number into the middle of the top margin; later sections go on with this header."""
    paragraph = section.header.paragraphs[0]
    paragraph.alignment = CENTRE
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    paragraph.add_run("2")
    field.append(paragraph.runs[0]._r)  # noqa: SLF001 - the library has no fields
    paragraph._p.append(field)  # noqa: SLF001 - as above


def new_section(document: WordDocument, style: Style, *, landscape: bool = False) -> None:
    """Begin a section on a new page; the numbers of the pages go on."""
    section = document.add_section(WD_SECTION.NEW_PAGE)
    section.different_first_page_header_footer = False
    set_page(section, style, landscape=landscape)
    shrink(document)


def shrink(document: WordDocument) -> None:
    """Make the last paragraph, which holds no text, too low to push anything to a new page."""
    last = document.element.body.xpath("w:p[last()]")[0]
    properties = last.get_or_add_pPr()
    properties.insert_element_before(
        parse_xml(f'<w:spacing {nsdecls("w")} w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>'),
        "w:ind",
        "w:jc",
        "w:rPr",
        "w:sectPr",
    )


def add_text(
    document: WordDocument,
    text: str,
    alignment: WD_ALIGN_PARAGRAPH = JUSTIFIED,
    *,
    bold: bool = False,
    after: float = 0,
    side_mm: float = 0,
) -> Paragraph:
    """Add a paragraph: justified with the first line indented, any other without.

    Parameters
    ----------
    after
        The gap below, in points.
    side_mm
        How much narrower than the page's text it is on either side.
    """
    paragraph = document.add_paragraph()
    run = paragraph.add_run(bound(text))
    if bold:
        run.bold = True
    shape = paragraph.paragraph_format
    shape.alignment = alignment
    shape.first_line_indent = Mm(_INDENT_MM) if alignment == JUSTIFIED else None
    shape.left_indent = shape.right_indent = Mm(side_mm) if side_mm else None
    shape.space_after = Pt(after) if after else None
    return paragraph


def paragraph_xml(text: str, *, heading: bool = False) -> str:
    """Return a justified paragraph as XML, as add_text adds it; a heading is bold, apart, and stays with the next."""
    kept, bold = (_KEPT, "<w:rPr><w:b/></w:rPr>") if heading else ("", "")
    return (
        f'<w:p><w:pPr>{kept}<w:ind w:firstLine="{Mm(_INDENT_MM).twips}"/><w:jc w:val="both"/></w:pPr>'
        f"<w:r>{bold}{_run_xml(bound(text))}</w:r></w:p>"
    )


def _run_xml(text: str) -> str:
    return "".join(_WRITTEN.get(part) or text_xml(part) for part in _TAB_OR_BREAK.split(text) if part)


def text_xml(text: str) -> str:
    """Return text without tabs and breaks as XML; a blank at either end is lost where nothing says to keep it."""
    space = ' xml:space="preserve"' if text.strip() != text else ""
    return f"<w:t{space}>{escape(text)}</w:t>"


class Stretches:
    """Long stretches of a document as ready XML, each put where the body ends at that time.

    They are written with the file, piece by piece: the library keeps a tree of every sign, and takes a time for each
    paragraph that grows with their number.
    """

    def __init__(self, document: WordDocument) -> None:
        self._body = document.element.body
        self._kept: list[Iterable[str]] = []
        self.most_bytes = 0

    def put(self, xml: Iterable[str], most_bytes: int) -> None:
        """Add elements of the body, in pieces of any size that are together no longer than so many bytes."""
        place = _PLACE.format(namespace=f"{nsdecls('w')} ", number=len(self._kept))
        self._body.insert_element_before(parse_xml(place), "w:sectPr")
        self._kept.append(xml)
        self.most_bytes += most_bytes

    def filled(self, body: bytes) -> Iterator[bytes]:
        """Yield the body's XML with every stretch in its place."""
        for at, part in enumerate(_FILLED.split(body)):
            if at % 2:
                yield from _encoded(iter(self._kept[int(part)]))
            else:
                yield part


def _encoded(pieces: Iterator[str]) -> Iterator[bytes]:
    while some := list(islice(pieces, _AT_ONCE)):
        yield "".join(some).encode()


def save_document(document: WordDocument, path: Path, stretches: Stretches) -> None:
    """Write the document with no time of its own in it.

    Raises
    ------
    OutputError
        The file cannot be written.
    InternalError
        It holds a part or a link that it should not.
    """
    made = io.BytesIO()
    document.save(made)
    try:
        with (
            zipfile.ZipFile(made) as source,
            zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=_EFFORT) as target,
        ):
            for name in source.namelist():
                _copy(source, target, name, stretches)
    except OSError as error:
        raise unwritable(target_of(path), error) from error
    check_parts(path, _PARTS)


def _copy(source: zipfile.ZipFile, target: zipfile.ZipFile, name: str, stretches: Stretches) -> None:
    content = source.read(name)
    size = len(content) + (stretches.most_bytes if name == _BODY else 0)
    # Only so no hour is put beside it.
    with target.open(name, "w", force_zip64=size > MOST_OF_A_PART) as stream:
        for piece in stretches.filled(content) if name == _BODY else (content,):
            stream.write(piece)
