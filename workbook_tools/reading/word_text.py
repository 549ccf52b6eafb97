"""A paragraph of a Word document -> its text as a reader sees it, and what is to be told of it."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, NamedTuple

from docx.oxml import parse_xml
from docx.oxml.ns import nsmap, qn

from workbook_tools.grids import ABOVE_A_WORD, DRAWN
from workbook_tools.reading.word_fields import FIELD_MARK, codes_of
from workbook_tools.reading.word_signs import sign_of
from workbook_tools.text import tidy

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from docx.document import Document as WordDocument
    from docx.opc.part import Part
    from docx.oxml.xmlchemy import BaseOxmlElement

_COMPATIBLE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_ALTERNATE = f"{_COMPATIBLE}AlternateContent"
OTHER = "{other}branch"
"""The element that stands for a branch of alternative content that was not taken and says something else."""
MATHS = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_DRAWN_TEXT, _CHART_TEXT = f"{{{nsmap['a']}}}t", "{http://schemas.openxmlformats.org/drawingml/2006/chart}v"
_VECTOR, _LINKED = "{urn:schemas-microsoft-com:vml}", f"{{{nsmap['r']}}}"
_RUN, _WORDS, _SIGN, _RUN_LOOKS, _PARAGRAPH_LOOKS, _VALUE = map(qn, ("w:r", "w:t", "w:sym", "w:rPr", "w:pPr", "w:val"))
_ABOVE, _FORM, _SUB_DOCUMENT, _OBJECT, _CHUNK = map(qn, ("w:rt", "w:ffData", "w:subDoc", "w:object", "w:altChunk"))
_FORMULA = f"{MATHS}t"
_TEXTS = {_WORDS, _DRAWN_TEXT, _FORMULA}

_SIGNS = dict.fromkeys(map(qn, ("w:tab", "w:ptab")), "\t") | dict.fromkeys(map(qn, ("w:br", "w:cr")), "\n")
_SIGNS |= {qn("w:noBreakHyphen"): "-"}
# What was taken out or moved away, what only describes, and what is read apart: paragraphs and tables in boxes.
_PASSED = set(
    map(qn, ("w:del", "w:moveFrom", "w:delText", "w:instrText", "w:pPr", "w:rPr", "w:sdtPr", "w:p", "w:tbl"))
) | {f"{MATHS}{name}" for name in ("rPr", "ctrlPr")}
_DRAWINGS = set(map(qn, ("w:drawing", "w:pict", "w:object")))
_FIELDS = set(
    map(qn, ("w:dayShort", "w:dayLong", "w:monthShort", "w:monthLong", "w:yearShort", "w:yearLong", "w:pgNum"))
)
_LOOKS = dict.fromkeys(map(qn, ("w:vanish", "w:webHidden", "w:specVanish")), "скрытый текст")
_LOOKS |= dict.fromkeys(map(qn, ("w:strike", "w:dstrike")), "зачёркнутый текст")
# What is taken whole, or not at all where it stands in the code of a field.
_WHOLE = {*_TEXTS, *_SIGNS, *_DRAWINGS, *_FIELDS, _SIGN, _ABOVE, _SUB_DOCUMENT, OTHER, FIELD_MARK}
_WHOLE_DOCUMENT, _OTHER_WORDS = "вставленный целиком документ", "другой вид того же текста"
_OFF = {"0", "false", "off"}
_TICKED, _BLANK_BOX = "☒", "☐"
_TAG = re.compile(r"<(style|script|head)\b.*?</\1>|<[^>]*>", re.DOTALL | re.IGNORECASE)
_SHOWN_WORDS = 300


class Said(NamedTuple):
    """What is to be told of a paragraph: what it is, in Russian, its words, whether these are in the text."""

    what: str
    shown: str
    is_read: bool


def settle(root: BaseOxmlElement) -> None:
    """Put into the place of alternative content the first of its branches that says anything.

    A document holds such content several times, for programs that know more and for those that know less.
    """
    # What stands inside other alternative content comes after it, and must be settled before.
    for found in reversed(list(root.iter(_ALTERNATE))):
        branches = [branch for branch in found if isinstance(branch.tag, str)]
        taken = next((branch for branch in branches if _words(branch)), branches[0] if branches else None)
        parent, at = found.getparent(), found.getparent().index(found)
        content = [] if taken is None else list(taken)
        said = "" if taken is None else _words(taken)
        for branch in branches:
            words = _words(branch)
            if words and "".join(words.split()) != "".join(said.split()):
                content.append(found.makeelement(OTHER, {"words": words}))
        if found.tail and content:
            content[-1].tail = found.tail
        parent[at : at + 1] = content


def _words(element: BaseOxmlElement) -> str:
    texts = (text for part in element.iter() for text in _own_words(part))
    return tidy(" ".join(texts))


def _own_words(part: BaseOxmlElement) -> Iterator[str]:
    if part.tag in _TEXTS:
        yield _whole(part)
    elif part.tag == f"{_VECTOR}textpath":
        yield part.get("string", "")


def _whole(part: BaseOxmlElement) -> str:
    """Return an element's text; a comment of the markup inside it is no end of it."""
    return (part.text or "") + "".join(inner.tail or "" for inner in part)


class Texts:
    """Reads the paragraphs of one document."""

    def __init__(self, document: WordDocument) -> None:
        self._part = document.part
        self._styles = {style.get(qn("w:styleId"), ""): style for style in document.styles.element.iter(qn("w:style"))}

    def read(self, paragraph: BaseOxmlElement) -> tuple[str, list[Said]]:
        """Return a paragraph's text, and what is to be told of it.

        Insertions and content controls are part of it, what was deleted or moved away is not. A paragraph may also
        stand for content that is none: a document put in whole, a branch that was not taken.
        """
        if paragraph.tag == OTHER:
            return "", [Said(_OTHER_WORDS, paragraph.get("words", ""), is_read=False)]
        if paragraph.tag == _CHUNK:
            return "", [Said(_WHOLE_DOCUMENT, self._chunk(paragraph), is_read=False)]
        reader = _Paragraph(self, self._looks(paragraph.find(_PARAGRAPH_LOOKS), qn("w:pStyle")))
        reader.read(paragraph)
        return "".join(reader.pieces), reader.told()

    def _chunk(self, element: BaseOxmlElement) -> str:
        part = self.linked(element.get(f"{_LINKED}id", ""))
        if part is None:
            return "…"
        if b"<" not in part.blob[:200]:
            return str(part.partname).rpartition("/")[2]
        return tidy(html.unescape(_TAG.sub(" ", part.blob.decode(errors="replace"))))[:_SHOWN_WORDS] or "…"

    def linked(self, relation: str) -> Part | None:
        """Return the part that a relationship of the document leads to, None for what stands outside."""
        found = self._part.rels.get(relation)
        return None if found is None or found.is_external else found.target_part

    def looks(self, run: BaseOxmlElement, outer: Mapping[str, bool]) -> dict[str, bool]:
        """Return which looks a run has, by their elements: its own settings, those of its style, those around it."""
        properties = run.find(_RUN_LOOKS)
        if properties is None:
            return dict(outer)
        return {**outer, **self._looks(properties, qn("w:rStyle")), **_own_looks(properties)}

    def _looks(self, properties: BaseOxmlElement | None, reference: str) -> dict[str, bool]:
        """Return the looks of the style that properties name, and of those it is based on."""
        found = None if properties is None else properties.find(reference)
        chain: list[BaseOxmlElement] = []
        while found is not None:
            style = self._styles.get(found.get(_VALUE, ""))
            if style is None or style in chain:
                break
            chain.append(style)
            found = style.find(qn("w:basedOn"))
        looks: dict[str, bool] = {}
        for style in reversed(chain):
            own = style.find(_RUN_LOOKS)
            looks |= {} if own is None else _own_looks(own)
        return looks


def _wholes(element: BaseOxmlElement) -> Iterator[BaseOxmlElement]:
    """Yield what is taken whole inside an element, in its order."""
    for part in element:
        if isinstance(part.tag, str) and part.tag not in _PASSED:
            if part.tag in _WHOLE:
                yield part
            else:
                yield from _wholes(part)


def _own_looks(properties: BaseOxmlElement) -> dict[str, bool]:
    return {item.tag: item.get(_VALUE, "") not in _OFF for item in properties if item.tag in _LOOKS}


class _Paragraph:
    """Takes the elements of a paragraph in their order."""

    def __init__(self, texts: Texts, looks: Mapping[str, bool]) -> None:
        self.pieces: list[str] = []
        self._texts = texts
        self._around = looks
        self._looks = looks
        self._said: list[Said] = []
        self._marked: dict[str, list[str]] = {}
        self._codes: frozenset[BaseOxmlElement] = frozenset()

    def read(self, paragraph: BaseOxmlElement) -> None:
        """Take a paragraph; of its fields the results, not the codes."""
        if next(paragraph.iter(FIELD_MARK), None) is not None:
            self._codes, shown_by_none = codes_of(_wholes(paragraph))
            self._leave("текст в коде поля", tidy("".join(map(_whole, shown_by_none))))
        self.walk(paragraph)

    def told(self) -> list[Said]:
        """Return what is to be told, texts of one look as one."""
        marked = ((what, tidy("".join(pieces))) for what, pieces in self._marked.items())
        return [*self._said, *(Said(what, words, is_read=True) for what, words in marked if words)]

    def walk(self, element: BaseOxmlElement) -> None:
        """Take the elements inside another."""
        for part in element:
            if isinstance(part.tag, str) and part.tag not in _PASSED and part not in self._codes:
                self._take(part)

    def _take(self, part: BaseOxmlElement) -> None:
        tag = part.tag
        if tag == _RUN:
            before, self._looks = self._looks, self._texts.looks(part, self._around)
            self.walk(part)
            self._looks = before
        elif tag == _WORDS:
            self._add(_whole(part))
        elif tag in _SIGNS:
            self._add(_SIGNS[tag])
        elif tag == _SIGN:
            self._add_sign(part)
        elif tag == _FORMULA:
            self._add(_whole(part), "формула, прочитанная знак за знаком")
        elif tag in _DRAWINGS:
            self._pass_drawing(part)
        else:
            self._take_rare(part)

    def _take_rare(self, part: BaseOxmlElement) -> None:
        if part.tag == _ABOVE:
            self._leave(ABOVE_A_WORD, _words(part))
        elif part.tag == OTHER:
            self._leave(_OTHER_WORDS, part.get("words", ""))
        elif part.tag == _SUB_DOCUMENT:
            self._leave(_WHOLE_DOCUMENT, "…")
        elif part.tag in _FIELDS:
            self._leave("дата или номер, которые подставляет сам Word", "…")
        elif part.tag == _FORM:
            self._add(_form_field(part))
        else:
            self.walk(part)

    def _add(self, text: str, mark: str = "") -> None:
        self.pieces.append(text)
        looks = {look for tag, look in _LOOKS.items() if self._looks.get(tag)}
        for what in sorted({*looks, mark} - {""}):
            self._marked.setdefault(what, []).append(text)

    def _leave(self, what: str, words: str) -> None:
        if words:
            self._said.append(Said(what, words, is_read=False))

    def _add_sign(self, part: BaseOxmlElement) -> None:
        font, code = part.get(qn("w:font"), ""), part.get(qn("w:char"), "")
        sign = sign_of(font, code)
        self._add(sign)
        if not sign:
            self._leave("знак особого шрифта", f"{font}, код {code}")

    def _pass_drawing(self, part: BaseOxmlElement) -> None:
        """Tell the words of a drawing and of the scheme or chart that it shows; paragraphs in boxes are read apart."""
        words = [word for inner in part.iter(_DRAWN_TEXT, f"{_VECTOR}textpath") for word in _own_words(inner)]
        words += [text for box in part.iter(f"{_VECTOR}textbox") for text in _stray(box)]
        for inner in part.iter():
            for name, relation in inner.attrib.items():
                target = self._texts.linked(relation) if name in {f"{_LINKED}dm", f"{_LINKED}id"} else None
                if target is not None and str(target.partname).endswith(".xml"):
                    words += (_whole(text) for text in parse_xml(target.blob).iter(_DRAWN_TEXT, _CHART_TEXT))
        what = "вложенный объект" if part.tag == _OBJECT else DRAWN
        self._leave(what, tidy(" ".join(words)) or ("…" if part.tag == _OBJECT else ""))


def _stray(box: BaseOxmlElement) -> Iterator[str]:
    """Yield the texts of a box that stand in no paragraph of it."""
    for part in box.iter():
        if isinstance(part.tag, str) and not part.tag.startswith(f"{{{nsmap['w']}}}"):
            yield from filter(None, (part.text, part.tail if part is not box else ""))


def _form_field(data: BaseOxmlElement) -> str:
    """Return what a field of a form shows and no run says: the chosen line of a list, a box and its tick."""
    listed, box = data.find(qn("w:ddList")), data.find(qn("w:checkBox"))
    if box is not None:
        tick = box.find(qn("w:checked"))
        tick = box.find(qn("w:default")) if tick is None else tick
        return _BLANK_BOX if tick is None or tick.get(_VALUE, "") in _OFF else _TICKED
    if listed is None:
        return ""
    chosen = listed.find(qn("w:result"))
    chosen = listed.find(qn("w:default")) if chosen is None else chosen
    number = "0" if chosen is None else chosen.get(_VALUE, "0")
    entries = [entry.get(_VALUE, "") for entry in listed.iter(qn("w:listEntry"))]
    return entries[int(number)] if number.isdecimal() and int(number) < len(entries) else ""
